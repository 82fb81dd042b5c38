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


def shared_folder() -> Path | None:
    """Return the folder with the vendor's OpenAPI documents and the contract checker, None without them."""
    folder = Path(os.environ.get("JOBWISE_SHARED") or ROOT.parent / "shared")
    return folder if (folder / "tools" / "contract_check.py").exists() else None


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the vendor's documents; tests that need it are skipped where it is not there."""
    folder = shared_folder()
    if folder is None:
        pytest.skip("the vendor's documents are not there; JOBWISE_SHARED names their folder")
    return folder
