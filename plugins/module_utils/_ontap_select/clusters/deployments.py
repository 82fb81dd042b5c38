# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The deployment of a cluster. It runs once, after every node has all that it needs.

Source: NetApp's documentation of the Deploy REST API, version 3, POST /clusters/{id}/deploy. Deploy rolls a failed
deployment back, unless the request inhibits the rollback.
"""

from __future__ import annotations

import dataclasses
import typing as t

from ..._engine.data import Json
from ..._engine.errors import ApplianceError, InputError
from ..._engine.job import FAILED, Job
from ..._engine.options.mistakes import Mistakes
from ..._engine.planning.history import History
from ..._engine.planning.plan import Plan
from ..._engine.planning.steps import Request
from ..._engine.table.attribute import SECRET
from ..._engine.text.paths import ID_LATER, in_path
from ..client import SelectClient
from ..handler import OntapSelectHandler
from ..host_parts import LARGE, check_size, hosts_of
from ..responses import message
from . import clusters
from .node_order import host_id, in_order, pairs_on_one_host

CLUSTER_FIELDS = f"{clusters.BASIC},ip,netmask,gateway"
NODE_FIELDS = "id,name,ip,host,instance_type,passthrough_disks,state"
PLAN = "plan"
DEPLOY = "deploy"


class DeploymentHandler(OntapSelectHandler):
    """A cluster that a task deploys."""

    def __init__(self, client: SelectClient, desired: Json) -> None:
        if not desired["cluster"].strip():
            raise InputError("cluster is empty: give the name of the cluster.")
        super().__init__(client, desired, f"cluster {desired['cluster']}", known_as=desired["cluster"])
        self._lacks: t.List[str] = []
        self._warnings: t.List[str] = []
        self._cluster_id = ""

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the cluster; if it is not deployed yet, also find out what its nodes lack."""
        current = self.client.find(clusters.PATH, CLUSTER_FIELDS, self.desired["cluster"])
        self._lacks, self._warnings = [], []
        if current is None:
            self._lack(
                f"There is no {self.label}.",
                "Make it with ontap_select_cluster and configure it with ontap_select_node.",
            )
            return None
        self._cluster_id = str(current["id"])
        if not current.get("is_deployed"):
            clusters.check_failed(current)
            rows = self.client.query(f"{self._path()}/nodes", NODE_FIELDS, order_by="name asc")
            nodes = in_order(rows, current["name"])
            lacks = [f"{self.label} lacks {', '.join(self._own(current))}"] if self._own(current) else []
            for node in nodes:
                missing = self._missing(node)
                lacks += [f"node {node['name']} lacks {', '.join(missing)}"] if missing else []
            if lacks:
                sentence = "; ".join(lacks)
                self._lack(
                    f"{sentence[:1].upper()}{sentence[1:]}.",
                    "Complete the configuration before you deploy the cluster.",
                )
            self._warnings += pairs_on_one_host(nodes)
            current["nodes"] = nodes
        return current

    def _path(self) -> str:
        return f"{clusters.PATH}/{in_path(self._cluster_id)}"

    @staticmethod
    def _own(current: Json) -> list[str]:
        return [name for name in ("ip", "netmask", "gateway") if name in current and not current[name]]

    def _missing(self, node: Json) -> list[str]:
        """Return what a node lacks."""
        place = f"{self._path()}/nodes/{in_path(node['id'])}"
        missing = ["ip"] if "ip" in node and not node["ip"] else []
        if not host_id(node):
            missing.append("host")
        for network in self.client.query(f"{place}/networks", "id,purpose,name"):
            missing += [] if network.get("name") else [f"network {network.get('purpose')}"]
        if node.get("passthrough_disks") and not self.client.query(f"{place}/storage/disks", "id"):
            missing.append("storage disks")
        if not self.client.query(f"{place}/storage/pools", "id"):
            missing.append("storage pools")  # also needed with disks: the pool holds the node itself
        return missing

    def _lack(self, sentence: str, hint: str) -> None:
        if self.desired["if_missing"] != PLAN:
            raise InputError(sentence, hint=hint)
        self._lacks.append(f"{sentence} {hint}")

    def plan(self, current: Json | None, history: History) -> Plan:
        """Return the deployment; an empty plan if the cluster is deployed already."""
        if current is not None and current.get("is_deployed"):
            shown = {"name": current["name"], "is_deployed": True}
            return Plan((), shown, shown)
        if not self.desired.get("ontap_password"):
            raise InputError(
                f"The deployment of {self.label} needs ontap_password, the password that ONTAP's admin gets."
            )
        path = f"{clusters.PATH}/{in_path(self._cluster_id or ID_LATER)}/deploy"
        query = f"inhibit_rollback={str(bool(self.desired['inhibit_rollback'])).lower()}"
        body = {"ontap_credential": {"password": self.desired["ontap_password"]}}
        kept = ", and keep what is there if it fails" if self.desired["inhibit_rollback"] else ""
        step = Request(DEPLOY, "POST", f"{path}?{query}", body, f"deploy {self.label}{kept}")
        before = {"name": current["name"], "is_deployed": False} if current else {}
        after = {"name": self.desired["cluster"], "is_deployed": True, "ontap_password": SECRET}
        later = [f"{lack} This plan assumes that it is complete." for lack in self._lacks]
        return Plan((step,), before, after, (*later, *self._warnings))

    def preflight(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for nodes on hosts of several types, and for sizes that their hosts do not support."""
        nodes = (current or {}).get("nodes") or []
        rows = hosts_of(self.client, nodes)
        mistakes = Mistakes()
        kinds = sorted({str(row["hypervisor_type"]) for row in rows.values() if row.get("hypervisor_type")})
        if len(kinds) > 1:
            placed = ", ".join(f"{node['name']} on {rows[host_id(node)].get('hypervisor_type')}" for node in nodes)
            mistakes.add(f"All nodes of {self.label} must be on hosts of one hypervisor type, but are: {placed}.")
        for node in nodes:
            if node.get("instance_type") == LARGE:
                check_size(f"Node {node['name']}", rows.get(host_id(node), {}), mistakes)
        mistakes.refuse()

    def send(self, step: Request) -> Job:
        """Start the deployment; raise InputError if something is missing."""
        if self._lacks:
            raise InputError(" ".join(self._lacks))
        return self.client.send(step)

    def job(self, job_id: str) -> Job:
        """Return a job; if it failed, add a message that says what it left behind."""
        job = super().job(job_id)
        if job.state == FAILED:
            left = self._left()
            return dataclasses.replace(job, messages=[*job.messages, message(left)] if left else job.messages)
        return job

    def _left(self) -> str:
        """Return a sentence about what a failed deployment left behind; "" if that cannot be read."""
        try:
            current = self.client.get(self._path(), clusters.BASIC)
            nodes = self.client.query(f"{self._path()}/nodes", "id,name,state", order_by="name asc") if current else []
        except ApplianceError:
            return ""
        if current is None:
            return f"What is left: {self.label} is gone, with its configuration."
        states = [f"{node.get('name')} ({node.get('state') or 'no virtual machine'})" for node in nodes]
        deployed = "deployed" if current.get("is_deployed") else "not deployed"
        state = f", state {current['state']}" if current.get("state") else ""
        return f"What is left: {self.label}, {deployed}{state}, its configuration, and its nodes {', '.join(states)}."
