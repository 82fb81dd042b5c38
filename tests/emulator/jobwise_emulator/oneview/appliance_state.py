# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the rules work with: the resources of the appliance, its settings, and one call."""

from __future__ import annotations

import dataclasses
import uuid
from typing import Any

from jobwise_emulator.clock import Clock
from jobwise_emulator.exchange import Json, Reply, Request
from jobwise_emulator.oneview import settings as usual
from jobwise_emulator.oneview.access import Access
from jobwise_emulator.oneview.errors import Refused, conflict, not_found
from jobwise_emulator.oneview.kinds import Kind
from jobwise_emulator.oneview.tasks import Task, Tasks, Work, stamp

ETAGS = {"date": "{stamp}", "ms": "{ms}/{count}", "uuid": "{uuid}"}


class ApplianceState:
    """All resources by category and URI, in the order they were made.

    Attributes that begin with ``_`` are the emulator's own: passwords, ids of scopes, contents.
    """

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.settings: Json = usual.merge(None, {})
        self.objects: dict[str, dict[str, Json]] = {}
        self.tasks = Tasks(clock, lambda: self.settings)
        self.count = 0
        self.touched = 0.0
        self.own_certificate = ""

    def now(self) -> str:
        """The appliance's time."""
        return stamp(self.clock.now())

    def all(self, path: str, **having: Any) -> list[Json]:
        """Resources of a category whose attributes have these values."""
        stored = self.objects.get(path, {}).values()
        return [entry for entry in stored if all(entry.get(name) == value for name, value in having.items())]

    def named(self, path: str, name: str, key: str = "name") -> Json | None:
        """The resource with that name, rather in exactly this case than in another one."""
        same = [one for one in self.all(path) if str(one.get(key)).lower() == name.lower()]
        return next((one for one in same if one.get(key) == name), same[0] if same else None)

    def find(self, uri: str) -> Json | None:
        """The resource at a URI."""
        return next((known[uri] for known in self.objects.values() if uri in known), None)

    def get(self, path: str, uri: str) -> Json:
        """A resource of a category; 404 when there is none."""
        entry = self.objects.get(path, {}).get(uri)
        if entry is None:
            raise not_found(uri)
        return entry

    def exists(self, uri: str, path: str = "") -> bool:
        """Whether a URI leads to something, of a category if one is given."""
        return uri in self.objects.get(path, {}) if path else self.find(uri) is not None

    def add(self, kind: Kind, order: Json) -> Json:
        """Store a new resource; what is not given has its default."""
        key = str(order.get("id") or uuid.uuid4())
        uri = order.get("uri") or f"/rest/{kind.path}/{key}"
        now = order.get("created") or self.now()
        entry: Json = {
            "type": kind.type,
            "uri": uri,
            "category": kind.category,
            "state": "Active",
            "status": "OK",
            **copied(kind.defaults),
            **copied(kind.shown),
            "created": now,
            "modified": now,
            "scopesUri": f"/rest/scopes/resources{uri}",
            **copied(order),
        }
        entry["_scope_uris"] = [*entry.get("_scope_uris", ()), *(entry.pop("initialScopeUris", None) or ())]
        self.objects.setdefault(kind.path, {})[uri] = entry
        kind.made(self, entry)
        self.tag(kind, entry)
        return entry

    def tag(self, kind: Kind, entry: Json) -> None:
        """A new eTag, unlike all before."""
        self.count += 1
        self.touched = max(self.clock.now(), self.touched + 0.001)
        parts = {"stamp": stamp(self.touched), "ms": int(self.touched * 1000), "count": self.count}
        entry["eTag"] = ETAGS[kind.etag].format(uuid=uuid.uuid4(), **parts)

    def touch(self, kind: Kind, entry: Json) -> None:
        """The resource has changed."""
        entry["modified"] = self.now()
        self.tag(kind, entry)

    def remove(self, kind: Kind, entry: Json) -> None:
        """Forget a resource; nothing happens when it is gone already."""
        if self.objects.get(kind.path, {}).pop(entry["uri"], None) is not None:
            kind.gone(self, entry)

    def free(self, uri: str) -> None:
        """Refuse with 409 while a task works on a resource."""
        task = self.tasks.busy(uri)
        if task:
            raise conflict(
                "RESOURCE_LOCKED",
                "The resource is locked by another operation.",
                f"Task {task.uri} ({task.work.name}, by {task.owner}) has not ended.",
                "Wait until the task has ended, then try again.",
            )


@dataclasses.dataclass
class Call:
    """One request to a rule. ``keys`` are the variable parts of its path in order.

    ``seconds`` is given for somebody else's operation, whose task takes exactly that long.
    """

    world: ApplianceState
    request: Request
    keys: list[str]
    version: int
    user: str
    access: Access
    seconds: float | None = None
    task: Task | None = None

    @property
    def query(self) -> dict[str, str]:
        """The parameters; the last of those that repeat."""
        return dict(self.request.query)

    def header(self, name: str) -> str | None:
        """A header of the request."""
        return self.request.headers.get(name.lower())

    def flag(self, name: str) -> bool:
        """A parameter that says true."""
        return self.query.get(name, "").lower() == "true"

    def check_version(self, entry: Json, body: Json | None, needed: bool = True) -> None:
        """Hold the eTag that the request names (If-Match, or in its body) against the resource's."""
        header = self.header("if-match")
        given = header if header else (body or {}).get("eTag")
        if not given:
            if not needed:
                return
            raise Refused(
                int(self.world.settings["missing_etag_status"]),
                "MISSING_ETAG_IN_REQUEST",
                "The request has no ETag.",
                None,
                ("Specify an ETag value in the If-Match header or the eTag attribute of the request body.",),
            )
        if given.strip() != "*" and given.strip().strip('"') != str(entry["eTag"]).strip('"'):
            raise Refused(
                412,
                "EtagPreconditionFailedException",
                "The resource has changed since it was read.",
                f"The request names ETag {given}, the resource has {entry['eTag']}.",
                ("Read the resource again, then repeat the change.",),
            )

    def is_async(self, path: str, action: str) -> bool:
        """Whether this category does this as a task."""
        table = self.world.settings["async"]
        return bool(table.get(f"{path}:{action}", table.get(path, False)))

    def perform(self, kind: Kind, action: str, work: Work, status: int) -> Reply:
        """Do it now, or start a task, as the category does. ``status`` is that of a success at once."""
        world = self.world
        if work.uri:
            world.free(work.uri)
        fault = (self.request.fault or {}).get("job") or self.request.fault or {}
        if not self.is_async(kind.path, action) and self.seconds is None:
            effect = work.prepare()
            if fault.get("fault") == "job_fail":
                raise Refused(
                    int(fault.get("status", 500)), "EMULATED_FAILURE", str(fault.get("messages", "It failed."))
                )
            return self.done(kind, effect(), status)
        if kind.path not in world.settings["refused_in_task"] or self.seconds is not None:
            work.prepare()
        self.task = world.tasks.start(work, self.user, fault, self.seconds)
        return self.on_accepted(kind.path, self.task)

    def done(self, kind: Kind, entry: Json | None, status: int) -> Reply:
        """The reply of something that is done."""
        if entry is None or status == 204:
            return Reply(204)
        return self.shown(kind, entry, status)

    def shown(self, kind: Kind, entry: Json, status: int = 200) -> Reply:
        """A resource; 304 when the client has it already."""
        headers = {"ETag": str(entry["eTag"]), "Cache-Control": "no-cache"}
        known = self.header("if-none-match")
        if self.request.method == "GET" and known and known.strip('"') == str(entry["eTag"]).strip('"'):
            return Reply(304, headers=headers)
        return Reply(status, view(self.world, kind, entry, self.version), headers)

    def on_accepted(self, path: str, task: Task) -> Reply:
        """202 in the form that the settings say."""
        world = self.world
        table = world.settings["task_in"]
        where = table.get(path, table["default"])
        host = self.request.headers.get("host", "localhost")
        headers = {
            "location": {"Location": task.uri},
            "absolute": {"Location": f"https://{host}{task.uri}"},
            "x-task-uri": {"X-Task-URI": task.uri},
        }.get(where, {})
        form = "task" if where == "body" else world.settings["accepted_body"]
        body: Json | None = {"task": world.tasks.describe(task), "empty": {}}.get(form)
        return Reply(202, None if where == "none" else body, headers)


def view(world: ApplianceState, kind: Kind, entry: Json, version: int) -> Json:
    """What can be read of a resource."""
    told = kind.view(world, entry, version)
    return {name: value for name, value in told.items() if not name.startswith("_")}


def copied(value: Any) -> Any:
    """A copy of nested JSON."""
    if isinstance(value, dict) or hasattr(value, "items"):
        return {name: copied(inner) for name, inner in value.items()}
    return [copied(inner) for inner in value] if isinstance(value, list | tuple) else value
