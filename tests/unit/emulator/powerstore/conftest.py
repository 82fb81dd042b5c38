# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures of the tests of the emulated PowerStore."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.unit.emulator.powerstore.array import Array
from tests.unit.emulator.powerstore.imports import Imports


@pytest.fixture
def array() -> Iterator[Array]:
    """An emulated array in this process, fresh from the built-in seed, with its administrator logged in."""
    array = Array()
    yield array
    assert not array.platform.world.store.stale()


@pytest.fixture
def imports() -> Iterator[Imports]:
    """The same, with short words for import sessions."""
    imports = Imports()
    yield imports
    assert not imports.platform.world.store.stale()
