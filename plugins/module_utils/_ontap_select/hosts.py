# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hypervisor hosts that nodes run on.

Source: NetApp's documentation of the Deploy REST API, version 3, /hosts. It documents no way to change a host
over REST.
"""

from __future__ import annotations

import dataclasses
import re
import typing as t

from .._engine.data import Json
from .._engine.errors import Busy, InputError, Refused
from .._engine.job import FAILED, Job
from .._engine.options.mistakes import Mistakes
from .._engine.planning.history import History
from .._engine.planning.plan import Plan
from .._engine.planning.steps import Request
from .._engine.table.attribute import SECRET
from .._engine.text.paths import in_path
from . import credentials
from .client import SelectClient
from .handler import CREATE, OntapSelectHandler, given, in_words
from .responses import message

PATH = "hosts"
FIELDS = "id,name,hypervisor_type,management_server"
PLAN = "plan"
ADD_IT = "Add it with ontap_select_credential. In check mode of a play that adds it, give if_missing: plan."
LOGIN = re.compile(r"authenti|password|credential|log ?in|log ?on", re.IGNORECASE)
"""Matches the reason of a failed job if the host or its vCenter server rejected Deploy's login."""


class HostHandler(OntapSelectHandler):
    """A host, identified by its name."""

    def __init__(self, client: SelectClient, desired: Json) -> None:
        name = desired["name"]
        mistakes = Mistakes()
        if not name.strip():
            mistakes.add("name is empty: give the host's name or address.")
        if desired.get("hypervisor_type") == "KVM" and desired.get("management_server"):
            mistakes.add("A KVM host has no management_server, which is a vCenter server.")
        if desired.get("management_server") and desired.get("host_username"):
            mistakes.add(
                f"Host {name} is managed by {desired['management_server']}, whose credential Deploy uses.",
                "Leave host_username and host_password out, and give that credential to ontap_select_credential.",
            )
        mistakes.refuse()
        super().__init__(client, desired, f"host {name}", known_as=name)
        self._server = ""
        self._stored: Json | None = None

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the host; if it does not exist, find out whether Deploy has the credential for adding it."""
        current = self.client.find(PATH, FIELDS, self.desired["name"])
        if current is None and self.desired["state"] == "present" and not self.desired.get("host_username"):
            server = self.desired.get("management_server")
            self._server = server or self.desired["name"]
            known = self.client.named(credentials.PATH, credentials.FIELDS, self._server, "hostname")
            kind = "vcenter" if server else "host"
            self._stored = next((row for row in known if row.get("type") in (None, kind)), None)
        return current

    def _missing(self) -> str:
        """Return a sentence about the credential that Deploy lacks for adding the host; "" if it lacks nothing."""
        if not self._server or self._stored is not None:
            return ""
        return f"Deploy has no credential for {self._server} yet, which host {self.desired['name']} needs."

    def preflight(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError if the credential of a new host is missing, or if nodes use the host to remove."""
        if self._missing() and self.desired["if_missing"] != PLAN:
            raise InputError(self._missing(), hint=ADD_IT)
        if current is not None and self.desired["state"] == "absent":
            users = self._users(current)
            if users:
                raise InputError(
                    f"Host {current['name']} is used by nodes of cluster {', '.join(users)}.",
                    hint="Move these nodes to another host, or remove the cluster first.",
                )

    def _users(self, current: Json) -> list[str]:
        """Return the clusters with nodes on the host; an empty list if Deploy refuses the filter."""
        try:
            rows = self.client.query("clusters", "id,name", {"nodes.host.id": str(current["id"])})
        except Busy:
            raise
        except Refused:
            return []
        return sorted(str(row.get("name") or row.get("id")) for row in rows)

    def send(self, step: Request) -> Job:
        """Send a step; raise InputError if the credential that it needs is missing."""
        if step.action == CREATE and self._missing():
            raise InputError(self._missing(), hint=ADD_IT)
        return super().send(step)

    def job(self, job_id: str) -> Job:
        """Return a job; if the host rejected the login, add a message that says whose password Deploy used."""
        job = super().job(job_id)
        if job.state != FAILED or not self._stored or not LOGIN.search(in_one(job.messages)):
            return job
        user = f" (user {self._stored['username']})" if self._stored.get("username") else ""
        explanation = (
            f"Deploy logged in with the credential that it holds for {self._server}{user}. ontap_select_credential "
            "sends a password only when it makes a credential: change this one in Deploy's user interface or CLI, "
            "then run the task again."
        )
        return dataclasses.replace(job, messages=[*job.messages, message(explanation)])

    def plan(self, current: Json | None, history: History) -> Plan:
        """Return the plan; raise InputError for a difference that REST cannot change on an existing host."""
        shown = given(self.desired, ("name", "hypervisor_type", "management_server"))
        if self.desired["state"] == "absent":
            return self._absent(current)
        if current is None:
            return self._create(shown)
        now = {name: current.get(name) or "" for name in shown}
        now["name"] = shown["name"]
        if now.get("management_server", "").lower() == shown.get("management_server", "").lower():
            now.update(given(self.desired, ("management_server",)))  # names of servers are case-insensitive
        # An older Deploy may not report all attributes. The others cannot be compared.
        reported = [name for name in shown if name in current]
        differences = {
            name: (now[name], shown[name]) for name in reported if name != "name" and now[name] != shown[name]
        }
        if differences:
            raise InputError(
                f"Host {self.desired['name']} exists, and Deploy documents no way to change it over REST: "
                f"{in_words(differences)}.",
                hint="Change it in Deploy's user interface or CLI, or remove the host first if no node uses it.",
            )
        return Plan((), now, now)

    def _absent(self, current: Json | None) -> Plan:
        if current is None:
            return Plan()
        step = Request(
            "delete", "DELETE", f"{PATH}/{in_path(current['id'])}", None, f"remove host {current['name']} from Deploy"
        )
        return Plan((step,), {"name": current["name"]}, {})

    def _create(self, shown: Json) -> Plan:
        desired = self.desired
        if not desired.get("hypervisor_type"):
            raise InputError(f"There is no host {desired['name']} yet; to add it, give hypervisor_type, too.")
        host = {name: value for name, value in shown.items() if value != ""}
        after = dict(shown)
        if desired.get("host_username"):
            host["credential"] = {"username": desired["host_username"], "password": desired.get("host_password") or ""}
            after.update(host_username=desired["host_username"], host_password=SECRET)
        by = f" through {desired['management_server']}" if desired.get("management_server") else ""
        summary = f"add {desired['hypervisor_type']} host {desired['name']}{by}"
        warnings: t.Tuple[str, ...] = ()
        if self._missing() and desired["if_missing"] == PLAN:
            warnings = (f"{self._missing()} This plan assumes that it exists.",)
        return Plan((Request(CREATE, "POST", PATH, {"hosts": [host]}, summary),), {}, after, warnings)


def in_one(messages: t.Sequence[t.Mapping[str, t.Any]]) -> str:
    """Return the texts of all messages as one string."""
    return " ".join(str(row.get("message") or "") for row in messages)
