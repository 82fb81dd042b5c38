# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures of the tests of the emulated OneView."""

from __future__ import annotations

import pytest

from tests.unit.emulator.oneview.client_in_process import Appliance


@pytest.fixture
def appliance() -> Appliance:
    """An emulated OneView in this process, fresh from the built-in seed, with its administrator logged in."""
    return Appliance()
