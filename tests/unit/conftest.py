# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What all unit tests share."""

from __future__ import annotations

import pytest

from tests.pure_plans import check_plans


@pytest.fixture(autouse=True)
def plans_are_pure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail a test whose plans depend on more than the object and the history of the run, or change something."""
    check_plans(monkeypatch)
