# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An array in this process: the platform without HTTP, on a clock that moves only when told to."""

from __future__ import annotations

import asyncio
import base64
import json
from typing import Any
from urllib.parse import quote, urlencode

from jobwise_emulator.clock import ManualClock
from jobwise_emulator.exchange import Json, Reply, Request
from jobwise_emulator.platforms import Options
from jobwise_emulator.powerstore.platform import PowerStore

PASSWORD = "Password123!"


def basic(user: str = "admin", password: str = PASSWORD) -> dict[str, str]:
    """A Basic authorization header."""
    return {"authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


class Array:
    """A client of an in-process array. ``call`` sends cookie and token; ``exchanges`` are the lines of a journal."""

    def __init__(self, user: str = "admin", **options: Any) -> None:
        self.clock = ManualClock()
        self.platform = PowerStore(Options(self.clock, **options))
        self.cookie = self.token = ""
        self.exchanges: list[Json] = []
        self.login(user)

    def login(self, user: str = "admin", password: str = PASSWORD) -> Reply:
        """Open a session and keep its cookie and token."""
        reply = self.send("GET", "login_session", headers=basic(user, password))
        if reply.status == 200:
            self.cookie = reply.headers["Set-Cookie"].split(";")[0]
            self.token = reply.headers["DELL-EMC-TOKEN"]
        return reply

    def send(
        self,
        method: str,
        path: str,
        body: object = None,
        headers: Any = None,
        fault: Any = None,
        **query: str,
    ) -> Reply:
        """One exchange with exactly these headers."""
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        text = urlencode({name.rstrip("_"): value for name, value in query.items()})
        request = Request(method, f"/api/rest/{quote(path, safe='/:%')}", text, headers or {}, data, 1, fault)
        reply = asyncio.run(self.platform.answer(request))
        seen = {"method": method, "path": f"/api/rest/{path}", "query": dict(request.query), "request": body}
        self.exchanges.append({**seen, "status": reply.status, "response": reply.body})
        return reply

    def call(self, method: str, path: str, body: object = None, fault: Any = None, **query: str) -> Reply:
        """One exchange within the session."""
        headers = {"cookie": self.cookie, "dell-emc-token": self.token}
        return self.send(method, path, body, headers, fault, **query)

    def get(self, path: str, **query: str) -> Any:
        """The body of a successful GET."""
        reply = self.call("GET", path, **query)
        assert reply.status in (200, 206), reply
        return reply.body

    def names(self, path: str, **query: str) -> list[str]:
        """The names in a collection, sorted."""
        return sorted(entry["name"] for entry in self.get(path, select="name", **query))

    def key(self, kind: str, name: str) -> str:
        """The id behind a name."""
        return str(self.get(f"{kind}/name:{name}")["id"])

    def do(self, method: str, path: str, body: object = None, **query: str) -> Any:
        """A write that succeeds; its body."""
        reply = self.call(method, path, body, **query)
        assert reply.status in (200, 201, 202, 204), reply
        return reply.body

    def refused(self, method: str, path: str, body: object = None, **query: str) -> tuple[int, str]:
        """Status and first message of a request that is refused."""
        reply = self.call(method, path, body, **query)
        assert reply.status >= 400, reply
        return reply.status, reply.body["messages"][0]["message_l10n"]

    def code(self, method: str, path: str, body: object = None, **query: str) -> tuple[int, str]:
        """Status and code of the first message of a request that is refused."""
        reply = self.call(method, path, body, **query)
        assert reply.status >= 400, reply
        return reply.status, reply.body["messages"][0]["code"]

    def job(self, key: str) -> Json:
        """A job, all of it."""
        found: Json = self.get(f"job/{key}", select="*")
        return found
