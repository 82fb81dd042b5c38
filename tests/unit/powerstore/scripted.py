# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An array that answers by a script, and a client that talks to it."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.client import PowerStoreClient
from tests.unit.http.fixtures import Start
from tests.unit.http.servers import Answer, NoAnswer, Request, Script

USER, PASSWORD = "ops", "Sup3r,Secret"
BASIC = "Basic b3BzOlN1cDNyLFNlY3JldA=="


def login(body: t.Any = None, status: int = 200, session: str = "1") -> Answer:
    """Answer and open a session on it: cookie and token come with the reply."""
    headers = {
        "Set-Cookie": f"auth_cookie=cookie{session}; Path=/; Secure; HttpOnly",
        "DELL-EMC-TOKEN": f"token{session}",
    }
    return Answer(status, [] if body is None else body, headers)


def who(must_change_password: bool = False, session: str = "2") -> Answer:
    """Answer the question who is logged in, in a new session."""
    row = {"id": "1", "user": USER, "role_ids": ["1"], "is_password_change_required": must_change_password}
    return login([row], session=session)


def refused(status: int, code: str = "0xE04040010005", text: str = "It cannot be.") -> Answer:
    """Answer with an error as the array words it."""
    return Answer(status, {"messages": [{"code": code, "severity": "Error", "message_l10n": text, "arguments": []}]})


def proof(request: Request) -> str:
    """Return how a request shows who sends it: basic, or its session; with the token where it has one."""
    told = []
    if "authorization" in request.headers:
        told.append("basic" if request.headers["authorization"] == BASIC else request.headers["authorization"])
    told += [request.headers[name] for name in ("cookie", "dell-emc-token") if name in request.headers]
    return " ".join(told).replace("auth_cookie=", "")


class ScriptedArray:
    """A client, and the script that its array follows. pauses: the seconds between its tries."""

    def __init__(self, start: Start, answers: tuple[Answer | NoAnswer, ...]) -> None:
        self.script: Script
        self.script, endpoint = start.script(*answers)
        self.pauses: list[float] = []
        self.client = PowerStoreClient(endpoint, USER, PASSWORD, sleep=self.pauses.append)

    @property
    def talk(self) -> list[str]:
        """The requests in short, without what all paths begin with."""
        return [one.replace("/api/rest/", "") for one in self.script.talk]

    @property
    def proofs(self) -> list[str]:
        """How each request showed who sent it."""
        return [proof(request) for request in self.script.requests]

    @property
    def queries(self) -> list[dict[str, str]]:
        """The query parameters of each request."""
        return [request.query for request in self.script.requests]


MakeArray = t.Callable[..., ScriptedArray]


@pytest.fixture
def array(start: Start) -> MakeArray:
    """Make an array that gives these answers; it must not be asked for more, nor less."""
    return lambda *answers: ScriptedArray(start, answers)
