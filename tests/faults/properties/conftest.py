# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Emulated appliances in this process, one of each platform and release, started when a test first needs it."""

from __future__ import annotations

import contextlib
import typing as t

import pytest

from tests.faults.cuts.actor import Actor
from tests.faults.cuts.appliance import LocalAppliance


@pytest.fixture(scope="module")
def actors() -> t.Iterator[dict[tuple[str, str], Actor]]:
    class Started(t.Dict[t.Tuple[str, str], Actor]):
        def __missing__(self, wanted: tuple[str, str]) -> Actor:
            self[wanted] = Actor(running.enter_context(LocalAppliance(*wanted)))
            return self[wanted]

    with contextlib.ExitStack() as running:
        yield Started()
