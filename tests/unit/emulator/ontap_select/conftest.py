# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures of the tests of the emulated Deploy VM."""

from __future__ import annotations

import pytest

from tests.unit.emulator.ontap_select.deploy_vm import DeployVM


@pytest.fixture
def vm() -> DeployVM:
    """An emulated Deploy VM in this process, fresh from the built-in seed."""
    return DeployVM()
