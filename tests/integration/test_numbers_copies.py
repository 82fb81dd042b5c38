# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What snapshot sets and clones cost the array."""

from __future__ import annotations

from collections import Counter

import pytest

from .conftest import Player
from .counting import Counting, count

READ = Counter({"GET volume_group": 1, "POST logout": 1})


@pytest.mark.parametrize("module", ["volume_group_snapshot", "volume_group_clone"])
def test_create(newest: Player, route: str, module: str) -> None:
    options = {"name": "copy", "volume_group": "app01", "description": "mine"}
    counting = Counting(newest.emulator)
    created = count(counting, newest, route, f"jobwise.appliance.{module}", options)
    assert created.pop("job read") >= 1
    assert created == READ + Counter({"job look-up": 1, "POST volume_group": 1, "GET volume_group": 2})
