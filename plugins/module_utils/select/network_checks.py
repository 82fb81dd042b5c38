# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Checks of the network between hosts, before a cluster is deployed there.

Source: field use of the Deploy REST API, version 3, /network/connectivitychecks; Deploy makes one check at a time.
"""

from __future__ import annotations

from ..engine.errors import Busy, InputError, Refused
from ..engine.job import Job
from ..engine.plan import Plan, Step
from ..engine.resource import Json
from .client import SelectClient
from .subject import SelectSubject

PATH = "network/connectivitychecks"
CONFLICT = 409


class NetworkCheckSubject(SelectSubject):
    """One check, made once in a run."""

    def __init__(self, client: SelectClient, want: Json) -> None:
        networks = want["host_networks"]
        for one in networks:
            if not one["host_name"].strip() or not one["network_name"].strip():
                raise InputError("host_networks has an empty entry: give host_name and network_name of each.")
        if len({one["host_name"].lower() for one in networks}) < 2 and want["mode"] != "cleanup":
            raise InputError("host_networks takes networks of at least two hosts: the check is made between them.")
        hosts = list(dict.fromkeys(one["host_name"] for one in networks))
        super().__init__(client, want, f"network between {', '.join(hosts)}")
        self._done = False

    def look_up(self, object_id: str | None = None) -> Json | None:
        """There is nothing to be looked up."""
        return None

    def plan(self, have: Json | None) -> Plan:
        """Return the check, until it is made."""
        if self._done:
            return Plan()
        want = self.want
        body = {
            "mode": want["mode"],
            "vswitch_type": want["vswitch_type"],
            "debug": want["debug"],
            "host_networks": [
                {"host_name": one["host_name"], "network_name": one["network_name"]} for one in want["host_networks"]
            ],
        }
        if want.get("mtu") is not None:
            body["mtu"] = want["mtu"]
        says = f"check the {self.label} ({want['mode']})"
        return Plan((Step("check", "POST", PATH, body, says),))

    def submit(self, step: Step) -> Job:
        """Start the check. While another one is made, Deploy takes no second."""
        try:
            return super().submit(step)
        except Refused as error:
            if error.status != CONFLICT:
                raise
            raise Busy(error.message, error.method, error.path, error.status, error.messages) from None

    def accepted(self, step: Step) -> None:
        """Once is enough."""
        self._done = True
