# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Counts what tasks cost the array, from the array's own record."""

from __future__ import annotations

import dataclasses
import re
import typing as t
from collections import Counter

from jobwise_emulator.process import Emulator

from .conftest import Player


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


def count(
    counting: Counting, player: Player, route: str, module: str, options: dict[str, t.Any], *arguments: str
) -> Counter[str]:
    """Play one task and return its requests; whatever it does, it logs in and out once on one connection."""
    run = player.play([{"name": "it", module: options}], route, *arguments)
    assert run.returncode == 0, run.output
    talk = counting.talk()
    assert (talk.connections, talk.logins, talk.logouts) == (1, 1, 1)
    return talk.requests
