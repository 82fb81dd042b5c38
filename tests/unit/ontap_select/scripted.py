# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A Deploy that answers by a script, and a client that talks to it."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.client import SelectClient
from tests.unit.http.fixtures import Start
from tests.unit.http.servers import Answer, NoAnswer, Script

USER, PASSWORD = "admin", "Sup3r,Secret"
BASIC = "Basic YWRtaW46U3VwM3IsU2VjcmV0"
THEN, LATER = "2026-11-21T03:22:05.952929Z", "2026-11-21T03:22:09.000001Z"


def records(*rows: dict[str, t.Any]) -> Answer:
    return Answer(200, {"num_records": len(rows), "records": list(rows)})


def record(row: dict[str, t.Any]) -> Answer:
    return Answer(200, {"record": row})


def told(state: str, message: str = "", since: str = THEN, id_: str = "j1") -> dict[str, t.Any]:
    """Return a job as Deploy tells it."""
    return {"id": id_, "state": state, "message": message, "last_modified": since}


def accepted(job: dict[str, t.Any], location: str = "", **headers: str) -> Answer:
    """Answer that a job has begun."""
    where = {"Location": f"https://deploy.example.com/api/v3/{location}"} if location else {}
    return Answer(202, {"job": job}, {**where, **headers})


def refused(status: int, message: str = "It cannot be.", code: t.Any = "Code1") -> Answer:
    return Answer(status, {"error": {"code": code, "message": message}})


class ScriptedDeploy:
    """A client, and the script that its Deploy follows. pauses: the seconds between its tries. ticks: its clock."""

    def __init__(self, start: Start, answers: tuple[Answer | NoAnswer, ...]) -> None:
        self.script: Script
        self.script, endpoint = start.script(*answers)
        self.pauses: list[float] = []
        self.ticks: list[float] = []
        self.client = SelectClient(endpoint, USER, PASSWORD, sleep=self.pauses.append, now=self._now)

    def _now(self) -> float:
        return self.ticks.pop(0) if self.ticks else 0.0

    @property
    def talk(self) -> list[str]:
        """The requests in short, without what all paths begin with."""
        return [one.replace("/api/v3/", "") for one in self.script.talk]

    @property
    def queries(self) -> list[dict[str, str]]:
        """The query parameters of each request."""
        return [request.query for request in self.script.requests]


MakeDeploy = t.Callable[..., ScriptedDeploy]


@pytest.fixture
def deploy(start: Start) -> MakeDeploy:
    """Make a Deploy that gives these answers."""
    return lambda *answers: ScriptedDeploy(start, answers)
