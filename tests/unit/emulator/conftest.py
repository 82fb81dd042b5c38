# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures of the emulator's own tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from jobwise_emulator.process import Emulator


@pytest.fixture(scope="session")
def process() -> Iterator[Emulator]:
    """One emulator as a process for the whole run; tests that use it reset it first."""
    with Emulator(speed=20) as emulator:
        yield emulator


@pytest.fixture
def running(process: Emulator) -> Emulator:
    """The running emulator, back at its seed."""
    process.reset()
    return process
