# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Checks of the network between hosts before a cluster is deployed there.

Source: field use of the Deploy REST API, version 3, /network/connectivitychecks; Deploy runs one check at a time.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._engine.data import Json
from .._engine.errors import Busy, InputError, Refused
from .._engine.job import Job
from .._engine.options.mistakes import Mistakes
from .._engine.planning.history import History
from .._engine.planning.plan import Plan
from .._engine.planning.steps import Request
from . import hosts
from .client import SelectClient
from .handler import OntapSelectHandler

CHECK = "check"
PATH = "network/connectivitychecks"
CONFLICT = 409
PLAN = "plan"
ADD_IT = "Add it with ontap_select_host. In check mode of a play that adds it, give if_missing: plan."


class NetworkCheckHandler(OntapSelectHandler):
    """One check, which a run makes once."""

    def __init__(self, client: SelectClient, desired: Json) -> None:
        networks = desired["host_networks"]
        mistakes = Mistakes()
        if any(not row["host_name"].strip() or not row["network_name"].strip() for row in networks):
            mistakes.add("host_networks has an empty entry: give host_name and network_name of each.")
        elif len({row["host_name"].lower() for row in networks}) < 2 and desired["mode"] != "cleanup":
            mistakes.add("host_networks needs networks of at least two hosts: the check runs between them.")
        if desired.get("mtu") is not None and desired["mtu"] < 1:
            mistakes.add(f"mtu must be at least 1, not {desired['mtu']}.")
        mistakes.refuse()
        names = list(dict.fromkeys(row["host_name"] for row in networks))
        super().__init__(client, desired, f"network between {', '.join(names)}")
        self._names = names
        self._unknown: t.List[str] = []
        self._spelled: t.Dict[str, str] = {}

    def read(self, object_id: str | None = None) -> Json | None:
        """Return None: a check is not an object that can be read."""
        return None

    def preflight(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError that names the hosts that Deploy does not have."""
        rows = self.client.query(hosts.PATH, "id,name")
        self._spelled = {name.lower(): name for name in (str(row.get("name")) for row in rows)}
        self._unknown = [name for name in self._names if name.lower() not in self._spelled]
        if self._unknown and self.desired["if_missing"] != PLAN:
            raise self._refusal()

    def _refusal(self) -> InputError:
        return InputError(f"Deploy has no host {', '.join(self._unknown)}.", hint=ADD_IT)

    def plan(self, current: Json | None, history: History) -> Plan:
        """Return the check; an empty plan once it was started."""
        if history.includes(CHECK):
            return Plan()
        desired = self.desired
        body = {
            "mode": desired["mode"],
            "vswitch_type": desired["vswitch_type"],
            "debug": desired["debug"],
            "host_networks": [
                {"host_name": row["host_name"], "network_name": row["network_name"]} for row in desired["host_networks"]
            ],
        }
        if desired.get("mtu") is not None:
            body["mtu"] = desired["mtu"]
        summary = f"check the {self.label} ({desired['mode']})"
        return Plan((Request(CHECK, "POST", PATH, body, summary),))

    def send(self, step: Request) -> Job:
        """Start the check. Raises InputError if a host is missing, Busy while Deploy runs another check."""
        if self._unknown:
            raise self._refusal()
        body = dict(step.body or {})
        body["host_networks"] = [
            {**row, "host_name": self._spelled.get(row["host_name"].lower(), row["host_name"])}
            for row in body["host_networks"]
        ]
        try:
            return super().send(dataclasses.replace(step, body=body))
        except Refused as error:
            if error.status != CONFLICT:
                raise
            raise Busy(error.message, error.method, error.path, error.status, error.messages) from None
