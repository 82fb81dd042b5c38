# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.run.collection import ROOT, make_importable

make_importable()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the vendor's OpenAPI documents and the contract checker, which the project does not contain."""
    folder = Path(os.environ.get("JOBWISE_SHARED") or ROOT.parent / "shared")
    if not (folder / "tools" / "contract_check.py").exists():
        pytest.skip("the vendor's documents are not there; JOBWISE_SHARED names their folder")
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run what looks back at the whole run at its end."""
    items.sort(key=lambda item: item.get_closest_marker("last") is not None)
