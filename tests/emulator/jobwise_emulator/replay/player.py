# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sends the requests of a recording to an emulated appliance in this process, on a clock of its own."""

from __future__ import annotations

import base64
import dataclasses
import json
from typing import Any
from urllib.parse import urlencode

from jobwise_emulator.clock import ManualClock
from jobwise_emulator.exchange import Json, Reply, Request
from jobwise_emulator.platforms import Platform
from jobwise_emulator.powerstore.sessions import TOKEN_HEADER
from jobwise_emulator.replay.comparison import Difference, differences, shows_an_end
from jobwise_emulator.replay.ids import Ids, kind_of
from jobwise_emulator.replay.recording import HIDDEN, Exchange

LONG_ENOUGH = 6 * 3600.0
"""Seconds after which every job of the emulator is over, but no session that is in use: OneView's last 24 hours."""

LOGIN = "/rest/login-sessions"


@dataclasses.dataclass(frozen=True)
class Login:
    """Who works with the emulated appliance. The recording holds no passwords."""

    username: str
    password: str


class Player:
    """Replays the exchanges with one appliance."""

    def __init__(self, platform: Platform, clock: ManualClock, login: Login) -> None:
        self.platform = platform
        self.clock = clock
        self.login = login
        self.ids = Ids()
        self.headers: dict[str, str] = {}
        self.begun: float | None = None
        self.elsewhere: set[str] = set()

    def is_elsewhere(self, exchange: Exchange) -> bool:
        """Whether an exchange is about what only the appliance has, because the emulator has refused to make it."""
        return any(part in self.elsewhere for part in exchange.path.split("/"))

    async def play(self, exchange: Exchange) -> list[Difference]:
        """Where the emulator's answer differs from the recorded one."""
        self.keep_time(exchange)
        if shows_an_end(exchange.path, exchange.response):
            self.clock.advance(LONG_ENOUGH)
        reply = await self.answered(exchange)
        body = body_of(reply)
        if exchange.status is None:
            return []
        self.ids.learn(exchange.response, body, kind_of(exchange.path))
        if exchange.method != "GET" and exchange.status < 300 <= reply.status:
            self.elsewhere |= made_by(exchange)
        return differences(exchange.path, (exchange.status, exchange.response), (reply.status, body))

    def keep_time(self, exchange: Exchange) -> None:
        """Let as much time pass as has passed between the recorded requests."""
        now = exchange.seconds_since_1970
        if self.begun is not None and now > self.begun:
            self.clock.advance(now - self.begun)
        self.begun = now

    async def answered(self, exchange: Exchange) -> Reply:
        """The emulator's answer."""
        entry = exchange.entry
        if exchange.platform == "oneview" and exchange.path != LOGIN and exchange.path != "/rest/version":
            await self.log_in_to_oneview(exchange)
        body = self.with_secrets(self.ids.in_body(entry.get("request")))
        if exchange.path == LOGIN and isinstance(body, dict) and "userName" in body:
            body.update(userName=self.login.username, password=self.login.password)
        path, query = self.ids.in_path(exchange.path), urlencode(self.ids.in_query(entry.get("query") or []))
        headers = self.ids.in_headers(exchange.path, entry.get("request_headers") or {})
        reply = await self.send(exchange.method, path, query, headers, body)
        self.note_session(exchange, reply)
        return reply

    async def send(self, method: str, path: str, query: str, headers: Json, body: Any) -> Reply:
        """Send one request."""
        proof = f"{self.login.username}:{self.login.password}"
        sent = {"authorization": "Basic " + base64.b64encode(proof.encode()).decode(), **self.headers}
        sent.update({name.lower(): value for name, value in headers.items()})
        data = b"" if body is None else json.dumps(body).encode()
        if data:
            sent.setdefault("content-type", "application/json")
        return await self.platform.answer(Request(method, path, query, sent, data))

    def with_secrets(self, body: Any) -> Any:
        """A body with a password in each place where the recording has none."""
        if isinstance(body, dict):
            return {name: self.with_secrets(value) for name, value in body.items()}
        if isinstance(body, list):
            return [self.with_secrets(value) for value in body]
        return self.login.password if body == HIDDEN else body

    async def log_in_to_oneview(self, exchange: Exchange) -> None:
        """Open a session for a recording that begins within one."""
        if "auth" in self.headers:
            return
        version = exchange.entry.get("request_headers") or {}
        body = {"userName": self.login.username, "password": self.login.password}
        self.keep_session(await self.send("POST", LOGIN, "", version, body))

    def note_session(self, exchange: Exchange, reply: Reply) -> None:
        """Keep what opens a session, as a client does."""
        if exchange.path.endswith("/logout") or (exchange.path == LOGIN and exchange.method == "DELETE"):
            self.headers.clear()
            return
        self.keep_session(reply)

    def keep_session(self, reply: Reply) -> None:
        """Keep the session that an answer has opened."""
        body = body_of(reply)
        if isinstance(body, dict) and "sessionID" in body:
            self.headers["auth"] = str(body["sessionID"])
        cookie = reply.headers.get("Set-Cookie")
        if cookie:
            self.headers["cookie"] = cookie.partition(";")[0]
        if reply.headers.get(TOKEN_HEADER):
            self.headers[TOKEN_HEADER.lower()] = reply.headers[TOKEN_HEADER]


def made_by(exchange: Exchange) -> set[str]:
    """The ids of what a request has started or made on the appliance."""
    body = exchange.response if isinstance(exchange.response, dict) else {}
    places = [body.get("id"), body.get("uri"), (exchange.entry.get("headers") or {}).get("Location")]
    return {str(place).rstrip("/").rsplit("/", 1)[-1] for place in places if place}


def body_of(reply: Reply) -> Any:
    """The body of an answer as a client reads it."""
    try:
        return json.loads(reply.payload() or b"null")
    except ValueError:
        return None
