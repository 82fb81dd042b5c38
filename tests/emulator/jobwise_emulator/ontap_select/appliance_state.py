# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the rules work with: the objects of the Deploy VM, the data centre around it, and one call."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Iterator
from typing import Any

from jobwise_emulator.clock import Clock
from jobwise_emulator.exchange import Json, Reply, Request
from jobwise_emulator.ontap_select.errors import Refused, not_found
from jobwise_emulator.ontap_select.jobs import Job, Jobs, Work, utc

SETTINGS: Json = {
    "seconds": {
        "credential": 1.0,
        "host": 3.0,
        "deploy": 30.0,
        "power": 3.0,
        "delete": 4.0,
        "resize": 5.0,
        "check": 4.0,
        "backup": 2.0,
    },
    "messages_wake_polls": False,
    "backup_bytes": 65536,
}
"""How the emulator behaves where the API has no attribute for it, see README."""


class ApplianceState:
    """All objects by kind and id, in the order they were made.

    Attributes that begin with ``_`` are the emulator's own: parents (``_cluster``, ``_node``), passwords, places.
    ``inventory`` holds what exists outside of Deploy: vCenters and hosts with networks, storage pools and disks.
    """

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.objects: dict[str, dict[str, Json]] = {}
        self.inventory: Json = {"vcenters": {}, "hosts": {}}
        self.settings: Json = {}
        self.deploy: Json = {}
        self.jobs = Jobs(clock, self.job_ended)
        self.events = 0

    def all(self, kind: str, **having: Any) -> list[Json]:
        """Objects of a kind whose attributes have these values."""
        stored = self.objects.get(kind, {}).values()
        return [entry for entry in stored if all(entry.get(name) == value for name, value in having.items())]

    def get(self, kind: str, key: str, **having: Any) -> Json:
        """One object; 404 when there is none with this id and these attributes."""
        found = self.objects.get(kind, {}).get(key)
        if found is None or any(found.get(name) != value for name, value in having.items()):
            raise not_found(kind, key)
        return found

    def add(self, kind: str, entry: Json) -> Json:
        """Store a new object; it gets an id unless it has one."""
        entry = {"id": entry.get("id") or str(uuid.uuid4()), **{k: v for k, v in entry.items() if k != "id"}}
        self.objects.setdefault(kind, {})[str(entry["id"])] = entry
        return entry

    def remove(self, kind: str, key: str) -> None:
        """Forget an object; nothing happens when it is gone already."""
        self.objects.get(kind, {}).pop(key, None)

    def host_of(self, node: Json) -> Json | None:
        """The registered host of a node, if it has one that is still there."""
        key = (node.get("host") or {}).get("id")
        return self.objects.get("host", {}).get(key) if key else None

    def place(self, host: Json) -> Json:
        """What is really on a registered host: ``networks``, ``pools``, ``disks``. Empty until it is authenticated."""
        found: Json = self.inventory["hosts"].get(host["name"], {}) if host.get("_ready") else {}
        return found

    def nodes(self, cluster: Json) -> list[Json]:
        """The nodes of a cluster in their order."""
        return self.all("node", _cluster=cluster["id"])

    def pairs(self, cluster: Json) -> Iterator[tuple[Json, Json]]:
        """The HA pairs of a cluster: first and second node, third and fourth, ..."""
        nodes = self.nodes(cluster)
        return zip(nodes[::2], nodes[1::2], strict=False)

    def free(self, cluster: Json) -> None:
        """Refuse with 409 while a job works on a cluster."""
        job = self.jobs.busy("cluster", cluster["id"])
        if job:
            raise Refused(409, f"Cluster {cluster['name']} is busy: job {job.id} ({job.message}) has not ended.")

    def note(
        self, request_id: str, category: str, instance: str, description: str, status: str = "information"
    ) -> None:
        """Write an event."""
        self.events += 1
        self.add(
            "event",
            {
                "id": str(self.events),
                "type": "api",
                "time": utc(self.clock.now()),
                "request_id": request_id,
                "status": status,
                "category": category,
                "instance": instance,
                "description": description,
            },
        )

    def job_ended(self, job: Job) -> None:
        """Write down how a job ended."""
        status = "information" if job.state == "success" else "error"
        self.note(job.request_id, "job", job.id, job.message, status)


@dataclasses.dataclass
class Call:
    """One request to a rule. ``keys`` are the variable parts of its path in order.

    ``seconds`` is given for somebody else's operation, whose job takes exactly that long.
    """

    world: ApplianceState
    request: Request
    keys: list[str]
    request_id: str
    seconds: float | None = None
    job: Job | None = None

    @property
    def query(self) -> list[tuple[str, str]]:
        """The parameters in order."""
        return self.request.query

    def url(self, path: str, prefix: str | None = None) -> str:
        """An absolute URL on this VM, below the prefix that the request came by."""
        way = "/api/v3/" if self.request.segments[:2] == ["api", "v3"] else "/api/"
        return f"https://{self.request.headers.get('host', 'localhost')}{way if prefix is None else prefix}{path}"

    def created(self, path: str) -> Reply:
        """201 with the place of the new object and a body that says nothing."""
        return done(201, {"Location": self.url(path)})

    def on_accepted(self, work: Work, kind: str, path: str | None = None) -> Reply:
        """Start a job and answer 202; ``path`` is the place of the object that it makes.

        The job comes without its state, since only the record of a GET is known to have one.
        """
        world = self.world
        fault = self.request.fault or {}
        wanted = fault.get("job") or self.request.fault
        default = float(world.settings["seconds"][kind])
        self.job = world.jobs.start(work, default, self.request_id, wanted, self.seconds)
        headers = {} if path is None else {"Location": self.url(path)}
        told = {name: value for name, value in self.job.describe().items() if name != "state"}
        return Reply(202, {"job": told}, headers)


def done(status: int = 200, headers: dict[str, str] | None = None) -> Reply:
    """Success with a body that says nothing but is valid JSON: ``null``."""
    return Reply(status, text="null", headers=headers or {})
