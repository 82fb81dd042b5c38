# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures of the emulator's own tests."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from tests.emulator.process import Emulator  # noqa: E402
from tests.unit.emulator.imports import Imports  # noqa: E402
from tests.unit.emulator.support import Array, shared_folder  # noqa: E402


@pytest.fixture
def array() -> Array:
    """An emulated array in this process, fresh from the built-in seed, with its administrator logged in."""
    return Array()


@pytest.fixture
def imports() -> Imports:
    """The same, with short words for import sessions."""
    return Imports()


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


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the vendor's documents and the contract checker; without it the test is skipped."""
    folder = shared_folder(ROOT)
    if folder is None:
        pytest.skip("the vendor's documents are not at hand")
    return folder
