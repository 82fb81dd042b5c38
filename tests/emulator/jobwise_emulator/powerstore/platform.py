# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""PowerStore as a platform of the emulator: every request goes through ``answer``."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import partial
from typing import Any

from jobwise_emulator.exchange import Json, Reply, Request, given_name
from jobwise_emulator.platforms import Options, OrderError
from jobwise_emulator.powerstore import (
    bodies,
    default_seed,
    files,
    initial,
    permissions,
    reading,
    routes,
    seed,
    unlisted,
    verbs,
    x509_seed,
)
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Check, Rules
from jobwise_emulator.powerstore.audit import AuditEvents
from jobwise_emulator.powerstore.deadlines import Deadlines
from jobwise_emulator.powerstore.errors import INVALID_REQUEST, Refused, invalid, no_rules
from jobwise_emulator.powerstore.jobs import Effect, Job, Jobs, Operation
from jobwise_emulator.powerstore.resources import (
    RULES,
    file_import_clock,
    host,
    import_clock,
    metrics,
    session_clock,
    x509_certificate,
    x509_exchange,
)
from jobwise_emulator.powerstore.sessions import Session, Sessions, Unauthenticated
from jobwise_emulator.redaction import redacted

SECRET = re.compile(r"pass(word|phrase|wd)|authpass|private_key|secret|trap_community|rsa_token", re.IGNORECASE)
LOOK_EVERY = 0.05


class PowerStore:
    """One emulated PowerStore cluster."""

    prefix = "/api/rest/"

    def __init__(self, options: Options) -> None:
        self.options = options
        self.clock = options.clock
        self.catalog, self.seed = initial.catalog_and_seed(options)
        self.has_samples = options.seed is None and options.document is None
        self.start()

    def start(self) -> None:
        """Everything new, from the seed."""
        self.world = ApplianceState(self.catalog, self.clock)
        self.deadlines = Deadlines(self.world.store)
        self.sessions_open = Sessions(self.clock, self.world.store)
        enums = self.catalog.enums
        self.job_list = Jobs(
            self.clock,
            enums["ResourceTypeEnum"],
            enums["ResourceActionEnum"],
            lambda: int(self.world.settings["jobs_at_once"]),
        )
        self.world.store.providers["job"] = self.job_list
        self.world.store.providers["initiator"] = host.Initiators(self.world)
        seed.plant(self.world, self.seed)
        x509_seed.plant(self.world, self.options.certificate, samples=self.has_samples)
        x509_seed.plant_peers(self.world, self.seed.get("peers", []))
        bulk = self.options.bulk
        seed.plant(self.world, default_seed.bulk(bulk.get("volumes", 0), bulk.get("groups", 0)))
        first = self.world.store.all("audit_event")
        self.world.store.providers["audit_event"] = AuditEvents(first, self.job_list)
        if self.has_samples:
            self.copy_sample_group()

    def copy_sample_group(self) -> None:
        """The snapshot set and the clone of the built-in group, made by the rules themselves."""
        for action, name in (("snapshot", "app01-nightly"), ("clone", "app01-test")):
            key = self.world.find("volume_group", "name:app01")["id"]
            self.operation("volume_group", action, key, {"name": name}, self.admin()).prepare()()

    def admin(self) -> Json:
        """The built-in administrator."""
        return self.world.store.where("local_user", "name", "admin")[0]

    def reset(self) -> None:
        """Back to the seed."""
        self.start()

    async def answer(self, request: Request) -> Reply:
        """Answer one request, refusals included."""
        self.catch_up()
        session: Session | None = None
        try:
            session = self.sessions_open.authenticate(request)
            reply = await self.operate(request, session)
        except Refused as refusal:
            reply = refusal.reply()
        if session is not None:
            reply.headers.update(self.sessions_open.headers(request, session))
        return reply

    def catch_up(self) -> None:
        """Let jobs that are due take effect, and things that are past their time go."""
        self.job_list.advance()
        import_clock.run(self.world)
        file_import_clock.run(self.world)
        session_clock.run(self.world)
        store = self.world.store
        for kind, key in self.deadlines.due(self.clock.now()):
            if store.get(kind, key) is not None:  # a snapshot goes with its set
                seed.change(self.world, {"type": kind, "id": key, "delete": True})
        x509_certificate.catch_up(self.world)
        for cluster in store.all("cluster"):
            cluster["system_time"] = self.world.now()

    async def operate(self, request: Request, session: Session) -> Reply:
        """What a request of a known user does."""
        catalog = self.catalog.internal if sees_internal(request) else self.catalog
        route = routes.find(catalog, request.method, request.segments)
        permissions.check(session, request.method, route.kind, route.key, route.action)
        check_media(request, bool(route.facts.get("multipart")))
        if request.method == "GET":
            return self.read(request, route, session)
        if route.kind == "logout":
            return self.logout(request, session)
        if route.kind == "metrics":
            return self.metrics(request, route)
        return await self.write(request, route, session)

    def read(self, request: Request, route: routes.Route, session: Session) -> Reply:
        """A GET."""
        world = self.world.internal() if sees_internal(request) else self.world
        if route.action == "list":
            own = [self.sessions_open.describe(session)] if route.kind == "login_session" else None
            return reading.read_collection(world, request, route.kind, own)
        if route.action.startswith("download"):
            entry = bodies.find(self.catalog, self.world.store, route.kind, route.key or "")
            return files.download(route.kind, route.action, entry)
        if route.action != "get" or f"{route.kind}_instance" not in self.catalog.structs:
            raise no_rules(route.kind, route.action)
        return reading.read_instance(world, request, route)

    def logout(self, request: Request, session: Session) -> Reply:
        """End the session; this is not a job."""
        bodies.parse(request.body, None, required=False)
        if request.query:
            raise invalid("logout takes no parameters.")
        self.sessions_open.logout(session)
        return Reply(204)

    def metrics(self, request: Request, route: routes.Route) -> Reply:
        """Metrics; to generate them is not a job."""
        body = bodies.parse(request.body, route.facts["body"], required=True)
        if request.query:
            raise invalid("generate takes no parameters.")
        return Reply(200, metrics.generate(self.world, self.checked(request, route.facts["body"], body)))

    async def write(self, request: Request, route: routes.Route, session: Session) -> Reply:
        """A request that changes something: checked, then done as a job, waited for unless it is asynchronous."""
        is_async = wants_async(request)
        target = None if route.key is None else self.target(route.kind, route.key)
        struct = route.facts.get("body")
        if route.facts.get("multipart"):
            before = RULES[route.kind].before.get(route.action) if route.kind in RULES else None
            if before:
                before(Call(self.world, target or {}, {}, session.user))
            return files.upload(request, route.kind, route.action, target)
        body = bodies.parse(request.body, struct, bool(route.facts.get("body_required")))
        if struct:
            body = self.checked(request, struct, body)
        answers = RULES.get(route.kind, Rules()).answers
        if target is not None and route.action in answers and not is_async:
            return Reply(200, answers[route.action](self.world, target))
        key = None if target is None else str(target["id"])
        operation = self.operation(route.kind, route.action, key, body, session.user)
        outside = RULES[route.kind].outside.get(route.action) if route.kind in RULES else None
        if outside:
            await outside(Call(self.world, target or {}, body, session.user))
        operation.prepare()
        jobs = self.job_list
        fault = request.fault or {}
        job = jobs.start(operation, fault.get("job") or request.fault)
        if is_async:
            return Reply(202, {"id": job.id})
        while not job.done:
            await self.clock.sleep(
                LOOK_EVERY if job.hanging else max(0.0, min(LOOK_EVERY, jobs.next_event(job) - self.clock.now()))
            )
            jobs.advance()
            if jobs is not self.job_list:
                raise Refused(503, INVALID_REQUEST, "The system was restarted.")
        return outcome(job)

    def target(self, kind: str, key: str) -> Json:
        """The object that a write is about; 404 if there is none. Settings that nobody has made yet can be changed."""
        rules = RULES.get(kind)
        if rules and rules.unset_id == key and not self.world.store.all(kind):
            return self.world.new(kind, id=key)
        return bodies.find(self.catalog, self.world.store, kind, key)

    def checked(self, request: Request, struct: str, body: Json) -> Json:
        """What a body gives, without the internal attributes, which have no effect; raises 400."""
        catalog = self.catalog.internal if sees_internal(request) else self.catalog
        known = self.catalog.struct(struct)
        given = bodies.check(catalog, struct, body)
        return {name: value for name, value in given.items() if known.get("open") or name in known["attributes"]}

    def operation(self, kind: str, action: str, key: str | None, body: Json, user: Json) -> Operation:
        """An operation ready to be checked and run; ``body`` fits the schema already."""
        check = verbs.check_of(kind, action, RULES.get(kind, Rules()))
        if check is None:
            raise no_rules(kind, action)
        known = self.catalog.internal.types[kind]
        facts = known["verbs"].get(action) or known["actions"][action]
        struct = facts.get("body")
        resolved = bodies.resolve_names(self.catalog, self.world.store, struct, body) if struct else {}
        target = self.target(kind, key) if key else {}
        name = resolved.get("name") if action == "create" else target.get("name")
        prepare = partial(self.prepare, check, kind, key, resolved, user)
        return Operation(kind, action, user["name"], prepare, key, name)

    def prepare(self, check: Check, kind: str, key: str | None, body: Json, user: Json) -> Effect:
        """Check an operation against the objects as they are now."""
        target = {} if key is None else self.target(kind, key)
        return check(Call(self.world, target, body, user))

    def forbidden(self, request: Request) -> Reply:
        """A 403 as for a role that may not do this."""
        self.sessions_open.identify(request)
        return Refused(403, "0xE09040020001", "User is not authorized to perform this operation.").reply()

    def expired(self, request: Request) -> Reply:
        """Drop the session of a request and answer 401."""
        self.sessions_open.expire(request)
        return Unauthenticated().reply()

    def redact(self, body: Any) -> Any:
        """A copy of a body without secrets."""
        return redacted(body, SECRET)

    def faults_cleared(self) -> None:
        """Let hanging jobs go on."""
        self.job_list.release()

    def sessions(self) -> Json:
        """Open sessions and login counters."""
        return self.sessions_open.report()

    def jobs(self) -> Json:
        """Job counters."""
        self.catch_up()
        return self.job_list.counters()

    def done(self) -> list[Json]:
        """The jobs of clients."""
        self.catch_up()
        return self.job_list.done()

    def types(self) -> Collection[str]:
        """All types of the API."""
        return self.catalog.types

    def name_of(self, request: Request) -> str | None:
        """The name in the body of a create, or that of the object in the path."""
        kind, key = (*request.segments[2:4], "", "")[:2]
        if not key or request.method == "POST" and len(request.segments) == 3:
            return given_name(request)
        if key.startswith("name:"):
            return key.removeprefix("name:")
        entry = self.world.store.get(kind, key)
        return None if entry is None else str(entry.get("name"))

    def change(self, order: Json) -> Json:
        """Somebody else's change."""
        self.catch_up()
        answer = seed.change(self.world, order)
        import_clock.run(self.world)
        file_import_clock.run(self.world)
        return answer

    def peer(self, order: Json) -> Json:
        """Another cluster introduces itself to exchange certificates."""
        self.catch_up()
        return x509_exchange.introduced(self.world, self.sessions_open, order)

    def start_job(self, order: Json) -> Json:
        """Somebody else's operation as a job: it is checked now and takes effect after ``seconds``."""
        self.catch_up()
        kind, action = str(order.get("resource_type")), str(order.get("resource_action"))
        user = self.world.store.where("local_user", "name", order.get("user", "admin"))
        if not user:
            raise OrderError("unknown user")
        try:
            key, body = self.job_target(kind, action, order)
            operation = self.operation(kind, action, key, body, user[0])
            operation.prepare()
        except Refused as refusal:
            raise OrderError(str(refusal)) from None
        return {"id": self.job_list.start(operation, seconds=float(order.get("seconds", 2.0))).id}

    def job_target(self, kind: str, action: str, order: Json) -> tuple[str | None, Json]:
        """The id of the object an order for a job is about, None for a create; and the checked body."""
        types = self.catalog.types.get(kind)
        if types is None or not (action in types["verbs"] or action in types["actions"]):
            raise OrderError(f"there is no operation {action!r} on {kind!r}")
        facts = types["verbs"].get(action) or types["actions"][action]
        body = order.get("request") or {}
        if facts.get("body"):
            body = bodies.check(self.catalog, facts["body"], body)
        if action == "create" or facts.get("level") == "class":
            return None, body
        names = {"id": order["resource_id"]} if "resource_id" in order else {"name": order.get("resource_name")}
        return str(seed.lookup(self.world, kind, names)["id"]), body


def check_media(request: Request, multipart: bool) -> None:
    """406 for a client that does not take JSON, 415 for a body that is said to be something else."""
    accepted = [part.split(";")[0].strip().lower() for part in request.headers.get("accept", "*/*").split(",")]
    if not any(part in ("application/json", "application/*", "*/*") for part in accepted):
        raise Refused(406, INVALID_REQUEST, "Only application/json can be produced.")
    sent = request.headers.get("content-type", "").split(";")[0].strip().lower()
    wanted = "multipart/form-data" if multipart else "application/json"
    if request.method != "GET" and sent not in ("", wanted):
        raise Refused(415, INVALID_REQUEST, f"Only {wanted} is accepted.", sent)


def sees_internal(request: Request) -> bool:
    """Whether a client asks for what is not in the public documents."""
    return request.headers.get(unlisted.HEADER, "").lower() == unlisted.VALUE


def wants_async(request: Request) -> bool:
    """The parameter ``is_async``, the only one a write takes."""
    for name, text in request.query:
        if name != "is_async":
            raise invalid(f"Parameter {name} is not known for this request.", name)
        if text.lower() not in ("true", "false"):
            raise invalid(f"Parameter is_async must be true or false, not {text}.", text)
    return dict(request.query).get("is_async", "").lower() == "true"


def outcome(job: Job) -> Reply:
    """The reply of a synchronous request whose job is over."""
    status = job.status or 500
    return Reply(status, {"messages": job.error} if job.error is not None else job.output)


def create(options: Options) -> PowerStore:
    """The platform, started from its seed."""
    return PowerStore(options)
