# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Powers clusters on and off, and makes their nodes larger.

Source: NetApp's documentation of the Deploy REST API, version 3, PATCH /clusters/{id} with availability or with
admin_password and nodes; its sample script for resizing. Nodes only grow. The cluster must be powered on, and
HA partners must be resized together.
"""

from __future__ import annotations

import typing as t

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.mistakes import Mistakes
from ..._engine.planning.history import History
from ..._engine.planning.plan import Plan
from ..._engine.planning.steps import Request, Wait
from ..._engine.text.paths import in_path
from ..client import SelectClient
from ..handler import OntapSelectHandler
from ..host_parts import LARGE, check_size, hosts_of
from . import clusters
from .node_order import host_id, in_order, partner

SIZES = ("small", "medium", "large")
ON, OFF = "powered_on", "powered_off"
POWER = "power"
WORDS = {ON: "on", OFF: "off"}


class _Running(OntapSelectHandler):
    """A cluster that is deployed."""

    fields = clusters.BASIC

    def __init__(self, client: SelectClient, desired: Json) -> None:
        if not desired["cluster"].strip():
            raise InputError("cluster is empty: give the name of the cluster.")
        super().__init__(client, desired, f"cluster {desired['cluster']}", known_as=desired["cluster"])

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the cluster; raise InputError if it does not exist or is not deployed."""
        current = self.client.find(clusters.PATH, self.fields, self.desired["cluster"])
        if current is None:
            raise InputError(f"There is no {self.label}.")
        clusters.check_failed(current)
        if not current.get("is_deployed"):
            raise InputError(f"The {self.label} is not deployed yet.", hint="Deploy it with ontap_select_deployment.")
        return current


class PowerHandler(_Running):
    """A cluster that a task powers on or off."""

    def plan(self, current: Json | None, history: History) -> Plan:
        """Return the request, then the wait until the cluster shows the state: Deploy may switch it without a job."""
        now, wanted = (current or {}).get("state"), self.desired["state"]
        before, after = {"state": now}, {"state": wanted}
        if now == wanted:
            return Plan((), before, before)
        waits = Wait(f"see {self.label} powered {WORDS[wanted]}", f"state {now}")
        if history.includes(POWER):
            return Plan((waits,), before, after)
        path = f"{clusters.PATH}/{in_path((current or {})['id'])}" + ("?force=state" if self.desired["force"] else "")
        summary = f"power {WORDS[wanted]} {self.label}" + (", forced" if self.desired["force"] else "")
        return Plan((Request(POWER, "PATCH", path, {"availability": wanted}, summary), waits), before, after)


class ResizeHandler(_Running):
    """A cluster whose nodes a task makes larger."""

    def __init__(self, client: SelectClient, desired: Json) -> None:
        super().__init__(client, desired)
        mistakes = Mistakes()
        if desired["nodes"] is not None and not desired["nodes"]:
            mistakes.add("nodes is empty: give places of nodes, or leave it out for all.")
        for place in desired["nodes"] or ():
            if place < 1:
                mistakes.add(f"nodes takes places of nodes in the cluster, 1 for the first, not {place}.")
        mistakes.refuse()

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the cluster with its nodes in their order."""
        current = super().read()
        if current is not None:
            path = f"{clusters.PATH}/{in_path(current['id'])}/nodes"
            rows = self.client.query(path, "id,name,instance_type,host", order_by="name asc")
            current["nodes"] = in_order(rows, current["name"])
        return current

    def plan(self, current: Json | None, history: History) -> Plan:
        """Return one step that changes all nodes; raise InputError for a change that Deploy does not support."""
        there = current or {}
        nodes: t.Dict[int, Json] = dict(enumerate(there["nodes"], 1))
        places = sorted(nodes if self.desired["nodes"] is None else set(self.desired["nodes"]))
        unknown = [place for place in places if place not in nodes]
        if unknown:
            numbers = ", ".join(map(str, unknown))
            raise InputError(f"Cluster {there['name']} has {len(nodes)} nodes, so there is no node {numbers}.")
        wanted = self.desired["instance_type"]
        before = {"nodes": {nodes[place]["name"]: nodes[place].get("instance_type") for place in places}}
        smaller = [place for place in places if nodes[place].get("instance_type") != wanted]
        if not smaller:
            return Plan((), before, before)
        self._check(there, nodes, smaller)
        sizes = [{"id": nodes[place]["id"], "instance_type": wanted} for place in smaller]
        body = {"admin_password": self.desired["ontap_password"], "nodes": sizes}
        names = ", ".join(str(nodes[place]["name"]) for place in smaller)
        summary = f"make {names} of {self.label} {wanted}"
        after = {"nodes": dict.fromkeys(before["nodes"], wanted)}
        return Plan(
            (Request("resize", "PATCH", f"{clusters.PATH}/{in_path(there['id'])}", body, summary),), before, after
        )

    def _check(self, there: Json, nodes: t.Mapping[int, Json], smaller: t.Sequence[int]) -> None:
        wanted = self.desired["instance_type"]
        mistakes = Mistakes()
        for place in smaller:
            now = nodes[place].get("instance_type")
            if now in SIZES and SIZES.index(now) > SIZES.index(wanted):
                mistakes.add(f"Node {nodes[place]['name']} is {now}; nodes only grow, so it cannot become {wanted}.")
            other = partner(place)
            if other in nodes and other not in smaller and nodes[other].get("instance_type") != wanted:
                names = " and ".join(str(nodes[number]["name"]) for number in sorted((place, other)))
                mistakes.add(
                    f"Nodes {names} are HA partners and must have the same size.",
                    f"Give nodes {min(place, other)} and {max(place, other)} together.",
                )
        if there.get("state") != ON:
            mistakes.add(f"Cluster {there['name']} is {there.get('state')}; it must be powered on for a resize.")
        if not self.desired.get("ontap_password"):
            mistakes.add("A resize needs ontap_password, the password of ONTAP's admin.")
        mistakes.refuse()

    def preflight(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for nodes that would become larger than their hosts support."""
        changed = [node["id"] for step in plan.requests for node in (step.body or {}).get("nodes") or ()]
        nodes = [node for node in (current or {}).get("nodes") or () if node["id"] in changed]
        if self.desired["instance_type"] != LARGE or not nodes:
            return
        rows = hosts_of(self.client, nodes)
        mistakes = Mistakes()
        for node in nodes:
            check_size(f"Node {node['name']}", rows.get(host_id(node), {}), mistakes)
        mistakes.refuse()
