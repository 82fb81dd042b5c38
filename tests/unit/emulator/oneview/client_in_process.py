# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A OneView in this process: the platform without HTTP, on a clock that moves only when told to."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from urllib.parse import quote, urlencode

from jobwise_emulator.clock import ManualClock
from jobwise_emulator.exchange import Json, Reply, Request
from jobwise_emulator.oneview.platform import OneView
from jobwise_emulator.platforms import Options

PASSWORD = "Password123!"


class Appliance:
    """A client of an emulated OneView, logged in as its administrator."""

    def __init__(self, user: str = "Administrator", **options: Any) -> None:
        self.clock = ManualClock()
        self.platform = OneView(Options(self.clock, **options))
        self.version = "8600"
        self.session = ""
        self.login(user)

    def login(self, user: str, password: str = PASSWORD, **more: Any) -> Reply:
        """Open a session and keep it."""
        reply = self.send("POST", "login-sessions", {"userName": user, "password": password, **more})
        if reply.status == 200:
            self.session = json.loads(reply.payload())["sessionID"]
        return reply

    def send(
        self,
        method: str,
        path: str,
        body: object = None,
        headers: Json | None = None,
        fault: Json | None = None,
        **query: Any,
    ) -> Reply:
        """One exchange; the path is what follows ``/rest/``, or a URI."""
        place = path if path.startswith("/") else f"/rest/{path}"
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        kind = "application/json-patch+json" if method == "PATCH" else "application/json"
        usual = {"x-api-version": self.version, "content-type": kind, "host": "oneview.example.com"}
        sent = {**usual, **({"auth": self.session} if self.session else {}), **(headers or {})}
        request = Request(method, quote(place, safe="/:%"), urlencode(query), sent, data, 1, fault)
        return asyncio.run(self.platform.answer(request))

    def get(self, path: str, **query: Any) -> Any:
        """The body of a successful GET."""
        reply = self.send("GET", path, **query)
        assert reply.status == 200, reply
        return reply.body

    def named(self, path: str, name: str) -> Json:
        """The member of a collection with that name."""
        found: list[Json] = self.get(path, filter=f"\"name='{name}'\"")["members"]
        assert len(found) == 1, found
        return found[0]

    def refused(self, method: str, path: str, body: object = None, headers: Json | None = None) -> tuple[int, str]:
        """Status and errorCode of a request that is refused."""
        reply = self.send(method, path, body, headers)
        assert reply.status >= 400, reply
        return reply.status, reply.body["errorCode"]

    def start(self, method: str, path: str, body: object = None, headers: Json | None = None, **more: Any) -> str:
        """A write that becomes a task; its URI."""
        reply = self.send(method, path, body, headers, **more)
        assert reply.status == 202, reply
        uri: str = reply.headers.get("Location") or reply.headers["X-Task-URI"]
        return uri

    def done(self, method: str, path: str, body: object = None, headers: Json | None = None, **more: Any) -> Json:
        """A write that becomes a task, run to its end; the task."""
        uri = self.start(method, path, body, headers, **more)
        self.clock.advance(10)
        told: Json = self.get(uri)
        return told
