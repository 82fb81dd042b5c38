# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a task costs the array: requests, logins and connections, counted from the array's own record.

A task that has nothing to do is counted in test_shared_play.py, for every module with values.
"""

from __future__ import annotations

import typing as t
from collections import Counter

import pytest

from .conftest import Player, writes
from .counting import Counting, count

MODULE = "jobwise.appliance.volume_group"
PAIR = {"name": "pair", "volumes": ["web01", "web02"], "description": "two", "protection_policy": "gold"}


def test_create_then_changed(newest: Player, route: str) -> None:
    counting = Counting(newest.emulator)
    created = count(counting, newest, route, MODULE, PAIR)
    assert created.pop("job read") >= 1
    assert created == Counter(
        {
            "GET volume_group": 3,
            "GET volume": 1,
            "GET policy": 1,
            "GET recycle_bin": 1,
            "job look-up": 1,
            "POST volume_group": 1,
            "POST logout": 1,
        }
    )
    changed = count(counting, newest, route, MODULE, {**PAIR, "description": "2", "protection_policy": "silver"})
    assert changed.pop("job read") >= 1
    assert changed == Counter(
        {"GET volume_group": 3, "GET policy": 1, "job look-up": 1, "PATCH volume_group": 1, "POST logout": 1}
    )


def test_delete(newest: Player, route: str) -> None:
    """One read more than a change: of what goes with the group."""
    counting = Counting(newest.emulator)
    gone = {"name": "app01", "state": "absent", "delete_members": True}
    checked = count(counting, newest, route, MODULE, gone, "--check")
    assert checked == Counter({"GET volume_group": 2, "POST logout": 1})
    deleted = count(counting, newest, route, MODULE, gone)
    assert deleted.pop("job read") >= 1
    assert deleted == Counter({"GET volume_group": 4, "job look-up": 1, "DELETE volume_group": 1, "POST logout": 1})
    assert count(counting, newest, route, MODULE, gone) == Counter({"GET volume_group": 1, "POST logout": 1})


@pytest.mark.parametrize(
    "options",
    [
        PAIR,
        {"name": "pair", "state": "absent"},
        {"name": "primary", "description": "other", "volumes": [], "new_name": "third"},
        {"name": "primary", "state": "absent", "delete_members": True},
    ],
)
def test_check_mode_writes_nothing(newest: Player, route: str, options: dict[str, t.Any]) -> None:
    newest.emulator.change("volume_group", create={"name": "primary", "description": "mine"})
    count(Counting(newest.emulator), newest, route, MODULE, options, "--check", "--diff")
    assert writes(newest.emulator) == []


def test_loop_of_100_in_the_controller(newest: Player) -> None:
    for number in range(100):
        newest.emulator.change("volume_group", create={"name": f"many{number}"})
    counting = Counting(newest.emulator)
    loop = {"name": "it", MODULE: {"name": "many{{ item }}"}, "loop": "{{ range(100) | list }}"}
    run = newest.play([loop], "controller")
    assert run.returncode == 0, run.output
    talk = counting.talk()
    assert talk.requests == Counter({"GET volume_group": 100, "POST logout": 1})
    assert (talk.connections, talk.logins, talk.logouts) == (1, 1, 1)


def test_create_a_volume_in_a_group_with_two_mappings(newest: Player, route: str) -> None:
    """Two look-ups, and a look into the recycle bin for the name; the first mapping is part of the creation."""
    newest.emulator.change("volume_group", create={"name": "group1"})
    create = {
        "name": "host1",
        "os_type": "Linux",
        "initiators": [{"port_name": "iqn.2020-01.org:h", "port_type": "iSCSI"}],
    }
    newest.emulator.change("host", create=create)
    hosts = [{"host": "linux01"}, {"host": "host1"}]
    options = {"name": "vol1", "size": "1GiB", "volume_group": "group1", "mapped_hosts": hosts}
    counting = Counting(newest.emulator)
    created = count(counting, newest, route, "jobwise.appliance.volume", options)
    assert created.pop("job read") >= 1
    assert created == Counter(
        {
            "GET volume": 3,
            "GET volume_group": 1,
            "GET host": 1,
            "GET recycle_bin": 1,
            "job look-up": 1,
            "POST volume": 2,
            "POST logout": 1,
        }
    )
    sent = [one["path"].split("/")[-1] for one in writes(newest.emulator)]
    assert sent == ["volume", "attach"]
    assert count(counting, newest, route, "jobwise.appliance.volume", options) == {"GET volume": 1, "POST logout": 1}
