# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Networks and sets of networks, with the bandwidth that each keeps in a connection template of its own.

Source: HPE OneView REST API, ethernet-networks, fc-networks, network-sets, connection-templates.
"""

from __future__ import annotations

import copy
import dataclasses

from ..engine.errors import InputError
from ..engine.plan import VERSION_LATER, Plan, Step
from ..engine.resource import Json, Resource
from .client import OneViewClient
from .subject import OneViewSubject

ETHERNET = "/rest/ethernet-networks"
BANDWIDTH = {"typical_bandwidth": "typicalBandwidth", "maximum_bandwidth": "maximumBandwidth"}
BANDWIDTH_SPEC: Json = {name: {"type": "int"} for name in BANDWIDTH}
TEMPLATE = "connection_template"


class NetworkSubject(OneViewSubject):
    """A network, or a set of them, whose bandwidth may be asked for, in Mb/s."""

    def __init__(self, client: OneViewClient, resource: Resource, want: Json) -> None:
        super().__init__(client, resource, want)
        self.bandwidth = {name: want[name] for name in BANDWIDTH if want.get(name) is not None}
        typical, most = want.get("typical_bandwidth"), want.get("maximum_bandwidth")
        for name, value in self.bandwidth.items():
            if value <= 0:
                raise InputError(f"{name} takes Mb/s, more than 0, not {value}.")
        if typical and most and typical > most:
            raise InputError(f"typical_bandwidth {typical} is more than maximum_bandwidth {most}.")

    def complete(self, have: Json) -> Json:
        """Put the connection template beside the network, if the task is about bandwidth."""
        if self.bandwidth and self.want["state"] == "present":
            uri = have.get("connectionTemplateUri")
            have[TEMPLATE] = self.client.get(uri) if uri else None
            if have[TEMPLATE] is None:
                raise InputError(f"The appliance keeps no bandwidth for {self.label}.")
        return have

    def plan(self, have: Json | None) -> Plan:
        """Return what is to be done to the network, then to its bandwidth."""
        plan = super().plan(have)
        template = (have or {}).get(TEMPLATE)
        if not self.bandwidth or self.want["state"] != "present":
            return plan
        now = (template or {}).get("bandwidth") or {}
        before = {name: now.get(wire) for name, wire in BANDWIDTH.items() if name in self.bandwidth}
        steps = plan.steps
        if before != self.bandwidth:
            steps += (self._step(template),)
        shown = before if have else {}
        return dataclasses.replace(
            plan, steps=steps, before={**plan.before, **shown}, after={**plan.after, **self.bandwidth}
        )

    def _step(self, template: Json | None) -> Step:
        told = " and ".join(f"{name} {value} Mb/s" for name, value in self.bandwidth.items())
        says = f"set {told} of {self.label}"
        if template is None:
            return Step("bandwidth", "PUT", "", {}, says, version=VERSION_LATER)
        body = copy.deepcopy(template)
        body["bandwidth"] = {
            **(body.get("bandwidth") or {}),
            **{BANDWIDTH[name]: value for name, value in self.bandwidth.items()},
        }
        return Step("bandwidth", "PUT", template["uri"], body, says, version=str(template.get("eTag") or ""))
