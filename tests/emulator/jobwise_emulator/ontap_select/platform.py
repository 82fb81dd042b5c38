# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""ONTAP Select Deploy as a platform of the emulator: every request goes through ``answer``."""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection
from typing import Any

from jobwise_emulator.exchange import Json, Reply, Request, given_name
from jobwise_emulator.ontap_select import control_commands, default_seed, polling, routes, seed
from jobwise_emulator.ontap_select.access import Access
from jobwise_emulator.ontap_select.appliance_state import ApplianceState, Call
from jobwise_emulator.ontap_select.errors import Refused
from jobwise_emulator.ontap_select.resources import TABLES, backups
from jobwise_emulator.platforms import Options, OrderError
from jobwise_emulator.redaction import redacted

SECRET = re.compile(r"password", re.IGNORECASE)


class Select:
    """One emulated Deploy VM."""

    prefix = ("/api/v3/", "/api/")

    def __init__(self, options: Options) -> None:
        self.options = options
        self.clock = options.clock
        self.seed = default_seed.built_in(options.seed, options.cluster)
        self.start()

    def start(self) -> None:
        """Everything new, from the seed."""
        self.world = ApplianceState(self.clock)
        self.access = Access(dict(self.seed["users"]))
        seed.plant(self.world, self.seed)

    def reset(self) -> None:
        """Back to the seed."""
        self.start()

    async def answer(self, request: Request) -> Reply:
        """Answer one request, refusals included; only successes have a request id."""
        request_id = str(uuid.uuid4())
        try:
            self.access.authenticate(request)
            reply = await self.operate(request, request_id)
        except Refused as refusal:
            return refusal.reply()
        reply.headers["request-id"] = request_id
        return reply

    async def operate(self, request: Request, request_id: str) -> Reply:
        """What a request of a known user does."""
        parts = request.segments
        tables = [backups.FILES]
        if parts[:1] == ["api"]:
            parts = parts[2:] if parts[1:2] == ["v3"] else parts[1:]
            tables = TABLES
        await polling.hold(self.world, request, parts)
        self.world.jobs.advance()
        handler, keys = routes.find(tables, request.method, parts)
        call = Call(self.world, request, keys, request_id)
        reply = handler(call)
        if request.method != "GET":
            self.world.note(request_id, parts[0], "/".join(parts), f"{request.method} by {request.user}")
        return reply

    def forbidden(self, request: Request) -> Reply:
        """A 403 for an account that may not do this."""
        return Refused(403, "The user is not authorized for this operation.").reply()

    def expired(self, request: Request) -> Reply:
        """A 401. There are no sessions that could be dropped."""
        return Refused(401, "Authentication is required.").reply()

    def redact(self, body: Any) -> Any:
        """A copy of a body without secrets."""
        return redacted(body, SECRET)

    def faults_cleared(self) -> None:
        """Let hanging jobs go on."""
        self.world.jobs.release()

    def sessions(self) -> Json:
        """Counters of credentials that were right and wrong."""
        return self.access.report()

    def jobs(self) -> Json:
        """Job counters."""
        return self.world.jobs.counters()

    def done(self) -> list[Json]:
        """The jobs of clients."""
        self.world.jobs.advance()
        return self.world.jobs.done()

    def types(self) -> Collection[str]:
        """Nothing: fault orders name paths."""
        return ()

    def name_of(self, request: Request) -> str | None:
        """The name in the body, or that of the object in the path."""
        named = (
            entry.get("name") for kind in ("cluster", "host") for entry in self.world.all(kind, id=request.segments[-1])
        )
        return given_name(request) or next((str(name) for name in named), None)

    def change(self, order: Json) -> Json:
        """Somebody else's change."""
        self.world.jobs.advance()
        return control_commands.change(self.world, order)

    def peer(self, order: Json) -> Json:
        """Deploy VMs do nothing together."""
        raise OrderError("this platform has no peers")

    def start_job(self, order: Json) -> Json:
        """Somebody else's operation as a job."""
        self.world.jobs.advance()
        return control_commands.start_job(self.world, order)


def create(options: Options) -> Select:
    """The platform, started from its seed."""
    return Select(options)
