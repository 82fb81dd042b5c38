# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Nodes of a cluster: their host, networks and storage, which can change until the cluster is deployed.

Source: NetApp's documentation of the Deploy REST API, version 3, /clusters/{id}/nodes with networks, storage pools and
storage disks. A node is one resource for the user and four for the API; `node_plan` makes one plan for them.
"""

from __future__ import annotations

import dataclasses
import typing as t
from urllib.parse import quote

from ..._engine.data import Json
from ..._engine.errors import Busy, InputError, Refused
from ..._engine.job import Job
from ..._engine.options.mistakes import Mistakes
from ..._engine.options.rules import Requires, in_vain
from ..._engine.planning.history import History
from ..._engine.planning.plan import Plan
from ..._engine.planning.steps import Request
from ..._engine.text.paths import in_path
from .. import hosts, licenses
from ..client import SelectClient
from ..handler import OntapSelectHandler
from ..host_parts import LARGE, check_capacities, check_parts, check_size
from . import clusters
from .node_options import check_options
from .node_order import default_place, host_id, in_doubt, in_order, pair_warning, partner
from .node_plan import ATTRIBUTES, CONFIGURE, PURPOSES, Wanted, check_storage, plan_node

NETWORK_FIELDS = "id,purpose,name,vlan_id"
NOT_YET = "(not known yet)"
PLAN = "plan"
RULES = (Requires("remove_disk_labels", "storage_disks", ignores=(False,)),)


class NodeHandler(OntapSelectHandler):
    """A node, identified by its cluster and its place in it."""

    def __init__(self, client: SelectClient, desired: Json) -> None:
        self._pools = check_options(desired)
        super().__init__(
            client, desired, f"node {desired['node']} of cluster {desired['cluster']}", known_as=desired["cluster"]
        )
        self._missing = ""
        self._is_deployed: bool | None = None
        self._host: str | None = desired.get("host_id")
        self._nodes: t.List[Json] = []

    # Reading

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the node, with those networks and that storage that the task asks for."""
        self._missing = ""
        cluster_id = self._cluster_id()
        if cluster_id is None:
            self._say_missing(f"There is no cluster {self.desired['cluster']}.", "Make it with ontap_select_cluster.")
            return None
        fields = ["id", "name", "host", *(wire for name, wire in ATTRIBUTES.items() if name in self._asked())]
        if self._pools is not None or self.desired["storage_disks"] is not None:
            fields.append("passthrough_disks")  # decides which storage the node can have
        path = f"{clusters.PATH}/{in_path(cluster_id)}/nodes"
        rows = self.client.query(path, ",".join(dict.fromkeys(fields)), order_by="name asc")
        self._nodes = in_order(rows, self.desired["cluster"])
        current = dict(self._pick())
        current["path"] = f"{path}/{in_path(current['id'])}"
        if self.desired["networks"]:
            current["networks"] = self.client.query(f"{current['path']}/networks", NETWORK_FIELDS)
        if self._pools is not None:
            current["storage_pools"] = self.client.query(f"{current['path']}/storage/pools", "id,name,capacity")
        if self.desired["storage_disks"] is not None:
            current["storage_disks"] = self.client.query(f"{current['path']}/storage/disks", "id,name")
        self._find_host(current)
        self._find_license(current)
        if self._is_deployed is None and self._compared(current).steps:
            cluster = self.client.get(f"{clusters.PATH}/{in_path(cluster_id)}", clusters.BASIC) or {}
            self._note_cluster(cluster)
        return current

    def _cluster_id(self) -> str | None:
        if self.desired.get("cluster_id"):
            return str(self.desired["cluster_id"])
        cluster = self.client.find(clusters.PATH, clusters.BASIC, self.desired["cluster"])
        if cluster is None:
            return None
        self._note_cluster(cluster)
        return str(cluster["id"])

    def _note_cluster(self, cluster: Json) -> None:
        self._is_deployed = bool(cluster.get("is_deployed"))
        clusters.check_failed(cluster)

    def _pick(self) -> Json:
        """Return the node in its place. If places are in doubt, return the node that already has the desired name.

        Raises InputError if there is no such place, or if the name belongs to another place.
        """
        cluster, place, name = self.desired["cluster"], self.desired["node"], self.desired.get("name")
        if place > len(self._nodes):
            raise InputError(f"Cluster {cluster} has {len(self._nodes)} nodes, so there is no node {place}.")
        node: Json = self._nodes[place - 1]
        if not name or str(node.get("name")).lower() == name.lower():
            return node
        hint = "Give the place of that node, or another name."
        doubtful = in_doubt(self._nodes, cluster)
        for number, other in enumerate(self._nodes, 1):
            if str(other.get("name")).lower() != name.lower():
                continue
            if node in doubtful and other in doubtful:
                return other
            raise InputError(f"name {name} already belongs to node {number} of cluster {cluster}.", hint=hint)
        if default_place(name, cluster) in set(range(1, len(self._nodes) + 1)) - {place}:
            number = default_place(name, cluster)
            raise InputError(f"name {name} is what Deploy calls node {number}, not node {place}.", hint=hint)
        return node

    def _find_host(self, current: Json) -> None:
        name = self.desired.get("host_name")
        if name and not self._host:
            host = self.client.find(hosts.PATH, "id,name", name)
            if host is None:
                self._say_missing(f"Deploy has no host {name}.", "Add it with ontap_select_host.")
            self._host = str(host["id"]) if host else None
        now = host_id(current)
        current["host_name"] = name if name and self._host == now else now
        if name and now and self._host != now:  # the diff shows names, not ids
            there = self.client.get(f"{hosts.PATH}/{in_path(now)}", "id,name") or {}
            current["host_name"] = str(there.get("name") or now)

    def _find_license(self, current: Json) -> None:
        serial = self.desired.get("license")
        if not serial or (current.get("license") or {}).get("id") == serial or self._is_deployed:
            return
        if not self.client.query(licenses.PATH, "id", {"id": serial}):
            self._say_missing(f"Deploy has no licence {serial}.", "Add its file with ontap_select_license.")

    def _say_missing(self, sentence: str, hint: str) -> None:
        """Raise InputError; with if_missing: plan, only remember its text, which `send` raises."""
        if self.desired["if_missing"] != PLAN:
            raise InputError(sentence, hint=hint)
        self._missing = self._missing or f"{sentence} {hint}"

    # Planning

    def plan(self, current: Json | None, history: History) -> Plan:
        """Return the plan. A deployed node gets an empty plan; its differences are a warning or an InputError."""
        plan = self._compared(current)
        warnings = list(plan.warnings)
        if self._missing and plan.steps:
            warnings.append(f"{self._missing} This plan assumes that it exists.")
        if plan.steps and self._is_deployed:
            differences = {
                name: (plan.before.get(name), plan.after.get(name))
                for name in plan.after
                if plan.before.get(name) != plan.after.get(name)
            }
            how = self.desired["if_deployed_differs"]
            return clusters.deployed(self.label, differences, plan.before, how)
        if plan.steps:
            mistakes = Mistakes()
            check_storage(current, self._wanted(), mistakes)
            self._check_others(current, plan, mistakes)
            mistakes.refuse()
        warnings += [*in_vain(RULES, self.desired), *self._alone(current)]
        return Plan(plan.steps, plan.before, plan.after, tuple(warnings))

    def _compared(self, current: Json | None) -> Plan:
        return plan_node(current, self._wanted())

    def _wanted(self) -> Wanted:
        return Wanted(self.label, self._asked(), self._networks(), self._pools, self._disks())

    def _asked(self) -> Json:
        """Return the attributes that the task asks for. host_id: the id of the host in the API."""
        asked = {name: self.desired[name] for name in ATTRIBUTES if self.desired.get(name) is not None}
        if "host_name" in asked or self.desired.get("host_id"):
            asked["host_name"] = self.desired.get("host_name") or self._host
            asked["host_id"] = self._host or NOT_YET
        return asked

    def _networks(self) -> dict[str, Json]:
        given: Json = self.desired["networks"] or {}
        networks = {purpose: given[purpose] for purpose in PURPOSES if given.get(purpose)}
        return {
            purpose: {name: value for name, value in network.items() if value is not None}
            for purpose, network in networks.items()
        }

    def _disks(self) -> list[str] | None:
        disks = self.desired["storage_disks"]
        return None if disks is None else list(dict.fromkeys(disks))

    def _alone(self, current: Json | None) -> list[str]:
        """Return a warning if the HA partner of the node runs on the same host."""
        place = partner(self.desired["node"])
        if current is None or not self._host or not 0 < place <= len(self._nodes):
            return []
        other = self._nodes[place - 1]
        same = other["id"] != current["id"] and host_id(other) == self._host
        return [pair_warning(str(current.get("name")), str(other.get("name")))] if same else []

    # Checking

    def _check_others(self, current: Json | None, plan: Plan, mistakes: Mistakes) -> None:
        """Note an address or a licence that another node of the cluster already has."""
        body = next((step.body or {} for step in plan.requests if step.action == CONFIGURE), {})
        for number, other in enumerate(self._nodes, 1):
            if current is None or other["id"] == current["id"]:
                continue
            for name in ("ip", "license"):
                if body.get(name) and other.get(name) == body[name]:
                    mistakes.add(f"{name} {self.desired[name]} already belongs to node {number} ({other.get('name')}).")

    def preflight(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError that names all that the node's host lacks, and a licence that another cluster uses."""
        if current is None or self._missing:
            return
        mistakes = Mistakes()
        host = self._host or host_id(current)
        bodies = {step.action: step.body or {} for step in plan.requests}
        if host and host != NOT_YET:
            self._check_host(current, host, bodies, mistakes)
        serial = (bodies.get(CONFIGURE, {}).get("license") or {}).get("id")
        if serial:
            self._check_license(serial, mistakes)
        mistakes.refuse()

    @staticmethod
    def _held(current: Json, host: str) -> dict[str, int]:
        """Return how many bytes of each storage pool of the host the node already uses, by name."""
        pools = current.get("storage_pools") or [] if host_id(current) == host else []
        return {str(pool["name"]): pool["capacity"] for pool in pools if isinstance(pool.get("capacity"), int)}

    def _check_host(self, current: Json, host: str, bodies: t.Mapping[str, Json], mistakes: Mistakes) -> None:
        name = str(self.desired.get("host_name") or host)
        networks = [body["name"] for action, body in bodies.items() if action.startswith("network ") and "name" in body]
        pools = {pool["name"]: pool.get("capacity") for pool in bodies.get("attach pools", {}).get("pool_array", ())}
        disks = [disk["name"] for disk in bodies.get("attach disks", {}).get("disks", ())]
        if networks:
            check_parts(self.client, host, name, "network", list(dict.fromkeys(networks)), mistakes)
        if pools:
            found = check_parts(self.client, host, name, "storage pool", list(pools), mistakes)
            asked = {pool: capacity for pool, capacity in pools.items() if capacity is not None}
            check_capacities(name, found, asked, self._held(current, host), mistakes)
        if disks:
            check_parts(self.client, host, name, "storage disk", disks, mistakes)
        if self.desired.get("instance_type") == LARGE and {"instance_type", "host"} & set(bodies.get(CONFIGURE, {})):
            row = self.client.get(f"{hosts.PATH}/{quote(host, safe='')}", "id,name,hypervisor_type") or {}
            check_size(f"{self.label[:1].upper()}{self.label[1:]}", row, mistakes)

    def _check_license(self, serial: str, mistakes: Mistakes) -> None:
        """Note a licence that a node of another cluster uses. `_check_others` looks at the nodes of this cluster."""
        try:
            rows = self.client.query(clusters.PATH, "id,name", {"nodes.serial_number": serial})
        except Busy:
            raise
        except Refused:
            return
        users = [
            str(row.get("name")) for row in rows if str(row.get("name")).lower() != self.desired["cluster"].lower()
        ]
        if users:
            mistakes.add(f"Licence {serial} is used by a node of cluster {', '.join(users)}.")

    # Writing

    def send(self, step: Request) -> Job:
        """Send a step; raise InputError if something that it needs does not exist."""
        if self._missing:
            raise InputError(self._missing)
        suffix = (
            "?remove_disk_labels=true" if step.action == "attach disks" and self.desired["remove_disk_labels"] else ""
        )
        return super().send(dataclasses.replace(step, path=step.path + suffix))
