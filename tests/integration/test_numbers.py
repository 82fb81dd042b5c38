# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a task costs the array: requests, logins and connections, counted from the array's own record."""

from __future__ import annotations

import dataclasses
import re
import typing as t
from collections import Counter

import pytest

from tests.emulator.process import Emulator

from .conftest import Player, writes

MODULE = "jobwise.appliance.volume_group"
PAIR = {"name": "pair", "volumes": ["web01", "web02"], "description": "two", "protection_policy": "gold"}


@dataclasses.dataclass
class Talk:
    """What the array saw since the last look: kinds of requests, connections, and sessions."""

    requests: Counter[str]
    connections: int
    logins: int
    logouts: int


class Counting:
    """Counts from one look at the array's record to the next."""

    def __init__(self, emulator: Emulator) -> None:
        self.emulator = emulator
        self.seen = self.logins = self.logouts = 0
        self.talk()

    def talk(self) -> Talk:
        requests = self.emulator.requests()["requests"]
        sessions = self.emulator.sessions()
        assert not sessions["open"]
        new, self.seen = requests[self.seen :], len(requests)
        logins, self.logins = sessions["logins"] - self.logins, sessions["logins"]
        logouts, self.logouts = sessions["logouts"] - self.logouts, sessions["logouts"]
        return Talk(Counter(map(kind, new)), len({one["connection"] for one in new}), logins, logouts)


def kind(request: dict[str, t.Any]) -> str:
    """Return verb and type of a request; reads of one job and the look-up of jobs are told apart."""
    path = request["path"].split("/api/rest/")[-1]
    if re.fullmatch(r"job/[^/]+", path):
        return "job read"
    return "job look-up" if path == "job" else f"{request['method']} {path.split('/')[0]}"


def count(counting: Counting, player: Player, route: str, options: dict[str, t.Any], *arguments: str) -> Counter[str]:
    """Play one task and return its requests; whatever it does, it logs in and out once on one connection."""
    run = player.play([{"name": "it", MODULE: options}], route, *arguments)
    assert run.returncode == 0, run.output
    talk = counting.talk()
    assert (talk.connections, talk.logins, talk.logouts) == (1, 1, 1)
    return talk.requests


def test_create_then_converged_then_changed(newest: Player, route: str) -> None:
    counting = Counting(newest.emulator)
    created = count(counting, newest, route, PAIR)
    assert created.pop("job read") >= 1
    assert created == Counter(
        {"GET volume_group": 2, "GET volume": 1, "job look-up": 1, "POST volume_group": 1, "POST logout": 1}
    )
    assert count(counting, newest, route, PAIR) == Counter({"GET volume_group": 1, "POST logout": 1})
    changed = count(counting, newest, route, {**PAIR, "description": "2", "protection_policy": "silver"})
    assert changed.pop("job read") >= 1
    assert changed == Counter({"GET volume_group": 2, "job look-up": 1, "PATCH volume_group": 1, "POST logout": 1})


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
    count(Counting(newest.emulator), newest, route, options, "--check", "--diff")
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
