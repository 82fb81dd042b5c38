# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Networks and network sets. The appliance keeps the bandwidth of each in a separate connection template.

Source: HPE OneView REST API, ethernet-networks, fc-networks, network-sets, connection-templates.
"""

from __future__ import annotations

import copy
import dataclasses

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.mistakes import Mistakes
from ..._engine.planning.history import History
from ..._engine.planning.plan import Plan
from ..._engine.planning.steps import VERSION_LATER, Request
from ..._engine.table.resource_type import ResourceType
from ..client import OneViewClient
from ..handler import OneViewHandler

ETHERNET = "/rest/ethernet-networks"
BANDWIDTH = {"typical_bandwidth": "typicalBandwidth", "maximum_bandwidth": "maximumBandwidth"}
BANDWIDTH_SPEC: Json = {name: {"type": "int"} for name in BANDWIDTH}
TEMPLATE = "connection_template"
USUAL = "/rest/connection-templates/defaultConnectionTemplate"
"""The template with the bandwidth that new networks get."""

TAGGED = "Tagged"
LOWEST_VLAN, HIGHEST_VLAN = 1, 4094
SHORTEST_LINK, LONGEST_LINK = 1, 1800


class NetworkHandler(OneViewHandler):
    """Handles a network or network set, and its bandwidth in Mb/s."""

    def __init__(self, client: OneViewClient, resource: ResourceType, desired: Json) -> None:
        self.bandwidth = {name: desired[name] for name in BANDWIDTH if desired.get(name) is not None}
        super().__init__(client, resource, desired)

    def note_options(self, desired: Json, mistakes: Mistakes) -> None:
        """Note invalid bandwidths."""
        for name, value in self.bandwidth.items():
            if value <= 0:
                mistakes.add(f"{name} takes Mb/s, more than 0, not {value}.")
        typical, most = (self.bandwidth.get(name) for name in BANDWIDTH)
        if typical and most and typical > most:
            mistakes.add(f"typical_bandwidth {typical} is more than maximum_bandwidth {most}.")

    def complete(self, current: Json) -> Json:
        """Add the network's connection template as ``connection_template`` if the task gives a bandwidth."""
        if self.bandwidth and self.desired["state"] == "present":
            uri = current.get("connectionTemplateUri")
            current[TEMPLATE] = self.client.get(uri) if uri else None
            if current[TEMPLATE] is None:
                raise InputError(f"The appliance keeps no bandwidth for {self.label}.")
        return current

    def plan(self, current: Json | None, history: History) -> Plan:
        """Return the plan: first the network, then its bandwidth."""
        plan = super().plan(current, history)
        template = (current or {}).get(TEMPLATE)
        if not self.bandwidth or self.desired["state"] != "present":
            return plan
        now = (template or {}).get("bandwidth") or {}
        before = {name: now.get(wire) for name, wire in BANDWIDTH.items() if name in self.bandwidth}
        steps = plan.steps
        if before != self.bandwidth:
            steps += (self._step(template),)
        shown = before if current else {}
        return dataclasses.replace(
            plan, steps=steps, before={**plan.before, **shown}, after={**plan.after, **self.bandwidth}
        )

    def refused(self, current: Json | None, plan: Plan) -> list[InputError]:
        """Return also an error if the typical bandwidth would exceed the maximum.

        If the task gives only one of the two, the network keeps the other one; a new network gets the default.
        """
        found = super().refused(current, plan)
        if len(self.bandwidth) != 1 or self.desired["state"] != "present":
            return found
        template = current[TEMPLATE] if current else self.client.get(USUAL)
        usual = (template or {}).get("bandwidth") or {}
        bandwidth = {name: self.bandwidth.get(name, usual.get(wire)) for name, wire in BANDWIDTH.items()}
        typical, most = (bandwidth[name] for name in BANDWIDTH)
        if typical and most and typical > most:
            other = next(name for name in BANDWIDTH if name not in self.bandwidth)
            source = f"{self.label} has" if current else "new networks get"
            text = f"typical_bandwidth {typical} is more than maximum_bandwidth {most}; {source} this {other}."
            found.append(InputError(text, hint=f"Give {other}, too."))
        return found

    def _step(self, template: Json | None) -> Request:
        values = " and ".join(f"{name} {value} Mb/s" for name, value in self.bandwidth.items())
        summary = f"set {values} of {self.label}"
        if template is None:
            return Request("bandwidth", "PUT", "", {}, summary, version=VERSION_LATER)
        body = copy.deepcopy(template)
        body["bandwidth"] = {
            **(body.get("bandwidth") or {}),
            **{BANDWIDTH[name]: value for name, value in self.bandwidth.items()},
        }
        return Request("bandwidth", "PUT", template["uri"], body, summary, version=str(template.get("eTag") or ""))


class EthernetHandler(NetworkHandler):
    """Handles an Ethernet network. Only a tagged network has a VLAN."""

    def note_options(self, desired: Json, mistakes: Mistakes) -> None:
        """Note an invalid VLAN, and a VLAN for a network that is not tagged."""
        super().note_options(desired, mistakes)
        vlan, kind = desired["vlan_id"], desired["ethernet_network_type"]
        if vlan is not None and not LOWEST_VLAN <= vlan <= HIGHEST_VLAN:
            mistakes.add(f"vlan_id takes {LOWEST_VLAN} to {HIGHEST_VLAN}, not {vlan}.")
        if vlan is not None and kind not in (None, TAGGED):
            mistakes.add(f"vlan_id: a network of type {kind} has no VLAN.", "Leave vlan_id out.")

    def wrong(self, current: Json | None) -> list[InputError]:
        """Return also an error for a new tagged network without a VLAN."""
        found = super().wrong(current)
        if (
            self.is_new(current)
            and self.desired["vlan_id"] is None
            and self.desired["ethernet_network_type"] in (None, TAGGED)
        ):
            text = f"{self.sentence} does not exist; to create it, give vlan_id, {LOWEST_VLAN} to {HIGHEST_VLAN}, too."
            found.append(InputError(text, hint="For a network without a VLAN, give another ethernet_network_type."))
        return found


class FibreChannelHandler(NetworkHandler):
    """Handles a Fibre Channel network."""

    def note_options(self, desired: Json, mistakes: Mistakes) -> None:
        """Note an invalid link stability time."""
        super().note_options(desired, mistakes)
        seconds = desired["link_stability_time"]
        if seconds is not None and not SHORTEST_LINK <= seconds <= LONGEST_LINK:
            mistakes.add(f"link_stability_time takes {SHORTEST_LINK} to {LONGEST_LINK} seconds, not {seconds}.")


class NetworkSetHandler(NetworkHandler):
    """Handles a set of Ethernet networks. One of them may be the native network."""

    def wrong(self, current: Json | None) -> list[InputError]:
        """Return also an error for a native network that is not in the set."""
        found = super().wrong(current)
        desired = self.resolved()
        if desired["state"] != "present":
            return found
        native, networks = desired["native_network"], desired["networks"]
        native_uri = (current or {}).get("nativeNetworkUri") if native is None else getattr(native, "id", None)
        members = (current or {}).get("networkUris") or () if networks is None else [network.id for network in networks]
        if native_uri and native_uri not in members and None not in members:
            name = self.directory.name_of(native_uri) or native_uri
            hint = "Give it in networks, too." if native else "Keep it in networks, or give another native_network."
            found.append(InputError(f"native_network: {name} would not be in the {self.label}.", hint=hint))
        return found
