# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An emulated OneView."""

from __future__ import annotations

import typing as t

import pytest

from jobwise_emulator.process import Emulator


@pytest.fixture(scope="session")
def running_emulator() -> t.Iterator[Emulator]:
    with Emulator("oneview", speed=20) as emulator:
        yield emulator
