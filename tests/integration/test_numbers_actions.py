# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What actions on volume groups cost the array."""

from __future__ import annotations

import typing as t
from collections import Counter

import pytest

from .conftest import Player
from .counting import Counting, count

CONVERGED = Counter({"GET volume_group": 1, "POST logout": 1})
RESTORE = {"volume_group": "app01", "snapshot": "app01-nightly", "backup_snapshot": "before"}
REFRESH = {"volume_group": "app01-test", "source": "app01-nightly", "backup_snapshot": "before"}


@pytest.mark.parametrize(
    "module, options",
    [
        pytest.param("volume_group_restore", RESTORE, id="restore"),
        pytest.param("volume_group_refresh", REFRESH, id="refresh"),
    ],
)
def test_done_once_then_converged(newest: Player, route: str, module: str, options: dict[str, t.Any]) -> None:
    counting = Counting(newest.emulator)
    done = count(counting, newest, route, f"jobwise.appliance.{module}", options)
    assert done.pop("job read") >= 1
    assert done == CONVERGED + Counter({"job look-up": 1, "POST volume_group": 1, "GET volume_group": 2})
    assert count(counting, newest, route, f"jobwise.appliance.{module}", options) == CONVERGED


def test_metro_costs_one_look_for_the_other_system(newest: Player, route: str) -> None:
    counting = Counting(newest.emulator)
    metro = {"volume_group": "app01", "remote_system": "remote1"}
    for options, reads in ((metro, {"GET remote_system": 1}), ({**metro, "state": "absent"}, {})):
        done = count(counting, newest, route, "jobwise.appliance.volume_group_metro", options)
        assert done.pop("job read") >= 1
        writing = Counter({"job look-up": 1, "POST volume_group": 1, "GET volume_group": 2, **reads})
        assert done == CONVERGED + writing
        assert count(counting, newest, route, "jobwise.appliance.volume_group_metro", options) == CONVERGED
