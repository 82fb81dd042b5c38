# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""HPE OneView as a platform of the emulator: every request goes through ``answer``."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from jobwise_emulator.exchange import Json, Reply, Request, given_name
from jobwise_emulator.oneview import bodies, control_commands, default_seed, routes, seed
from jobwise_emulator.oneview.access import Access, Session
from jobwise_emulator.oneview.appliance_state import ApplianceState, Call
from jobwise_emulator.oneview.errors import Refused, forbidden, not_found, unauthenticated
from jobwise_emulator.oneview.resources import TABLES
from jobwise_emulator.oneview.resources.sessions import OPEN
from jobwise_emulator.platforms import Options, OrderError
from jobwise_emulator.redaction import redacted

SECRET = re.compile(r"password|passphrase|communitystring", re.IGNORECASE)


class OneView:
    """One emulated appliance."""

    prefix = "/rest/"

    def __init__(self, options: Options) -> None:
        self.options = options
        self.clock = options.clock
        self.seed, self.built_in = default_seed.built_in(options.seed, options.bulk)
        if options.api_version:
            current = {"current_version": int(options.api_version)}
            self.seed["settings"] = {**self.seed.get("settings", {}), **current}
        self.start()

    def start(self) -> None:
        """Everything new, from the seed."""
        self.world = ApplianceState(self.clock)
        self.access = Access(self.clock, lambda: self.world.settings, self.find_user)
        seed.plant(self.world, self.seed, self.built_in, self.options.certificate)

    def find_user(self, name: str) -> Json | None:
        """A local user by name."""
        return self.world.named("users", name, "userName")

    def reset(self) -> None:
        """Back to the seed."""
        self.start()

    async def answer(self, request: Request) -> Reply:
        """Answer one request, refusals included."""
        self.world.tasks.advance()
        try:
            reply = self.operate(request)
        except Refused as refusal:
            reply = refusal.reply()
        self.world.tasks.advance()
        reply.headers.setdefault("Cache-Control", "no-cache")
        return reply

    def operate(self, request: Request) -> Reply:
        """What a request does."""
        parts = request.segments
        if parts[:1] != ["rest"]:
            raise not_found(request.path)
        parts = parts[1:]
        settings = self.world.settings
        path = "/".join(parts)
        if settings["starting"] and path not in ("version", "appliance/progress"):
            actions = ("Wait until the appliance has started.",)
            raise Refused(503, "APPLIANCE_STARTING", "The appliance is starting.", None, actions)
        version = self.version(request, path)
        session: Session | None = None
        if (request.method, path) not in OPEN:
            session = self.access.authenticate(request)
        handler, keys = routes.find(TABLES, request.method, parts)
        if session:
            self.permit(session, request, parts)
        if path != "backups/archive":
            bodies.media(request, version)
        return handler(Call(self.world, request, keys, version, session.user if session else "", self.access))

    def version(self, request: Request, path: str) -> int:
        """The version of the API that a request is in: the oldest if it names none, 412 if there is no such one."""
        settings = self.world.settings
        oldest, newest = int(settings["minimum_version"]), int(settings["current_version"])
        text = request.headers.get("x-api-version", "").strip()
        if not text or path == "version":
            return oldest
        if not text.isdigit() or not oldest <= int(text) <= newest:
            raise Refused(
                412,
                "UNSUPPORTED_API_VERSION",
                f"The version {text} of the API is not supported.",
                f"Supported are {oldest} to {newest}.",
                ("Choose a version between those that GET /rest/version names.",),
            )
        return int(text)

    def permit(self, session: Session, request: Request, parts: list[str]) -> None:
        """Roles: everybody reads, and writes what concerns the own account."""
        category = parts[0]
        if request.method == "GET" or category in ("login-sessions", "sessions"):
            return
        own = category == "users" and request.method == "PUT" and len(parts) == 1
        body = request.json() if own else None
        if isinstance(body, dict) and str(body.get("userName")).lower() == session.user.lower():
            return
        self.access.allow(session, category, f"{request.method} on {category}")

    def forbidden(self, request: Request) -> Reply:
        """A 403 for a user whose roles do not allow it."""
        session = self.access.open.get(request.headers.get("auth", ""))
        if session:
            request.session, request.user = session.id, session.user
        return forbidden(403, f"{request.method} on {request.path}").reply()

    def expired(self, request: Request) -> Reply:
        """Drop the session of a request and answer 401."""
        self.access.expire(request)
        return unauthenticated().reply()

    def redact(self, body: Any) -> Any:
        """A copy of a body without secrets."""
        return redacted(body, SECRET)

    def faults_cleared(self) -> None:
        """Let tasks that are held go on."""
        self.world.tasks.release()

    def sessions(self) -> Json:
        """Open sessions and login counters."""
        return self.access.report()

    def jobs(self) -> Json:
        """Task counters."""
        return self.world.tasks.counters()

    def done(self) -> list[Json]:
        """The tasks of clients."""
        self.world.tasks.advance()
        return self.world.tasks.done()

    def types(self) -> Collection[str]:
        """Nothing: fault orders name paths."""
        return ()

    def name_of(self, request: Request) -> str | None:
        """The name in the body, or that of the resource in the path."""
        found = self.world.find(request.path)
        return given_name(request) or (str(found.get("name")) if found else None)

    def change(self, order: Json) -> Json:
        """Somebody else's change."""
        self.world.tasks.advance()
        return control_commands.change(self.world, order)

    def peer(self, order: Json) -> Json:
        """Appliances do nothing together."""
        raise OrderError("this platform has no peers")

    def start_job(self, order: Json) -> Json:
        """Somebody else's operation as a task."""
        self.world.tasks.advance()
        return control_commands.start_job(self.world, self.access, order)


def create(options: Options) -> OneView:
    """The platform, started from its seed."""
    return OneView(options)
