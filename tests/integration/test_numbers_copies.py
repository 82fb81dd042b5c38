# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What snapshot sets and clones cost the array."""

from __future__ import annotations

from collections import Counter

import pytest

from .conftest import Player
from .counting import Counting, count

SOURCES = {"volume": "web01", "volume_group": "app01"}
MORE = {"clone": {"GET recycle_bin": 1}, "snapshot": {}}
"""A clone needs a name that is free in the recycle bin, too."""


@pytest.mark.parametrize("action", MORE)
@pytest.mark.parametrize("kind", SOURCES)
def test_create(newest: Player, route: str, kind: str, action: str) -> None:
    """Converged, a task costs one read and the logout; tests/faults has that of all actions on volumes."""
    options = {"name": "copy", kind: SOURCES[kind], "description": "mine"}
    counting = Counting(newest.emulator)
    created = count(counting, newest, route, f"jobwise.appliance.{kind}_{action}", options)
    assert created.pop("job read") >= 1
    read = Counter({f"GET {kind}": 1, "POST logout": 1})
    assert created == read + Counter({"job look-up": 1, f"POST {kind}": 1, f"GET {kind}": 2, **MORE[action]})
