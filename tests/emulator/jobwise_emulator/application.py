# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ASGI application: control interface on one side, the appliance's API with faults and record on the other."""

from __future__ import annotations

from collections.abc import Callable
from email.utils import formatdate
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp, Receive, Scope, Send

from jobwise_emulator import control
from jobwise_emulator.clock import Clock, iso
from jobwise_emulator.exchange import Json, Reply, Request
from jobwise_emulator.faults import Faults
from jobwise_emulator.platforms import Platform
from jobwise_emulator.record import Record
from jobwise_emulator.transport import Transport

SESSIONS = ("/logout", "/login-sessions", "/login_session")
"""What concerns the session alone."""
FAKED = {"status", "echo", "forbid", "expire_session"}


class Emulation:
    """One running appliance: its platform, clock, faults and record."""

    def __init__(self, platform: Platform, clock: Clock, transport: Transport, journal: Path | None) -> None:
        self.platform = platform
        self.clock = clock
        self.transport = transport
        self.faults = Faults(platform.prefix, platform.name_of)
        self.record = Record(journal)
        self.stop: Callable[[], None] = lambda: None

    def application(self) -> ASGIApp:
        """The ASGI application."""
        served = Starlette(routes=[Mount("/_emulator", routes=control.routes(self))])
        # A route would not match a path with a line feed, which is an unknown path of the appliance as any other.
        served.router.default = self.serve
        served.router.redirect_slashes = False
        return origin_form(served)

    def requests(self) -> Json:
        """The request record, the number of connections that carried it, and the job counters."""
        return {
            "requests": self.record.entries,
            "connections": self.record.connections(),
            "jobs": self.platform.jobs(),
        }

    def report(self) -> Json:
        """For people: what clients have started, how many requests there were, what went wrong on order."""
        entries = [one for one in self.record.entries if not one["path"].endswith(SESSIONS)]
        reads = [one["method"] for one in entries].count("GET")
        faults = self.faults.report()
        return {
            "jobs": self.platform.done(),
            "seconds": round(self.record.seconds(), 1),
            "reads": reads,
            "writes": len(entries) - reads,
            "faults": {
                "happened": [one.get("words", one["fault"]) for one in faults["fired"]],
                "waiting": [one.get("words", one["fault"]) for one in faults["armed"]],
            },
        }

    def reset(self) -> None:
        """Back to the seed: objects, jobs, sessions, faults and the request record."""
        self.faults.clear()
        self.record.clear()
        self.platform.reset()

    async def serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one exchange of the appliance's API."""
        request = await read(scope, receive, self.transport.number(scope))
        request.fault = self.faults.match(request)
        kind = request.fault["fault"] if request.fault else None
        if kind == "reset_before":
            self.note(request, None)
            self.transport.drop(scope)
            return
        if request.fault and kind == "delay":
            await self.clock.sleep(float(request.fault["seconds"]))
        reply = self.faked(request) if kind in FAKED else await self.platform.answer(request)
        if request.fault and kind == "refuse":
            self.transport.refuse(float(request.fault["seconds"]))
            reply.headers["Connection"] = "close"
        reply.headers.setdefault("Date", formatdate(self.clock.now(), usegmt=True))
        self.note(request, reply)
        if kind == "lost_reply":
            self.transport.drop(scope)
            return
        await write(send, reply, head_only=request.method == "HEAD", truncate=kind == "truncate")
        if kind == "truncate":
            self.transport.finish(scope)

    def faked(self, request: Request) -> Reply:
        """The reply of a fault that keeps the request from the appliance."""
        fault = request.fault or {}
        if fault["fault"] == "forbid":
            return self.platform.forbidden(request)
        if fault["fault"] == "expire_session":
            return self.platform.expired(request)
        if fault["fault"] == "echo":
            return echo(request, int(fault.get("status", 422)), fault.get("content_type", "application/json"))
        body = fault.get("body")
        is_text = isinstance(body, str)
        return Reply(
            int(fault["status"]),
            body=None if is_text else body,
            text=body if is_text else None,
            headers=dict(fault.get("headers") or {}),
            content_type=fault.get("content_type", "text/html" if is_text else "application/json"),
        )

    def note(self, request: Request, reply: Reply | None) -> None:
        """Write the exchange down before it is answered, so that whoever has the answer finds it in the record."""
        self.record.add(request, self.platform.redact(request.recorded()), reply, iso(self.clock.now()))


def echo(request: Request, status: int, content_type: str) -> Reply:
    """The whole request as the message of an error in every platform's form, or as plain text."""
    head = [f"{request.method} {request.path}?{request.query_text}"]
    head += [f"{name}: {value}" for name, value in request.headers.items()]
    text = "\n".join([*head, "", request.body.decode("utf-8", "replace")])
    if content_type != "application/json":
        return Reply(status, text=text, content_type=content_type)
    powerstore = [{"code": "ECHO", "severity": "Error", "message_l10n": text, "arguments": [text]}]
    oneview = {"errorCode": "ECHO", "message": "Echo.", "details": text, "recommendedActions": [text]}
    return Reply(status, {"messages": powerstore, **oneview, "error": {"code": "ECHO", "message": text}})


def origin_form(application: ASGIApp) -> ASGIApp:
    """Take request targets with scheme and host, too (RFC 9112, section 3.2.2), by leaving these out."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not scope["path"].startswith("/"):
            path, raw = urlsplit(scope["path"]).path, urlsplit(bytes(scope.get("raw_path") or b"")).path
            scope = {**scope, "path": path or "/", "raw_path": raw or b"/"}
        await application(scope, receive, send)

    return serve


async def read(scope: Scope, receive: Receive, connection: int) -> Request:
    """The request of an HTTP scope with its whole body."""
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    raw_path: bytes = scope.get("raw_path") or scope["path"].encode()
    query = scope.get("query_string", b"").decode("latin-1")
    return Request(scope["method"], raw_path.decode("latin-1"), query, headers, body, connection)


async def write(send: Send, reply: Reply, head_only: bool, truncate: bool) -> None:
    """Send a reply; ``truncate`` announces the whole body but sends half of it."""
    payload = reply.payload()
    headers: list[tuple[bytes, bytes]] = [(b"content-length", str(len(payload)).encode())]
    if payload or reply.content is not None:  # an empty file is one, too
        headers.append((b"content-type", reply.content_type.encode()))
    headers += [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in reply.headers.items()]
    start: dict[str, Any] = {"type": "http.response.start", "status": reply.status, "headers": headers}
    if reply.status == 204:
        start["headers"] = headers[1:]
    await send(start)
    if truncate:
        await send({"type": "http.response.body", "body": payload[: len(payload) // 2], "more_body": True})
    else:
        await send({"type": "http.response.body", "body": b"" if head_only else payload})
