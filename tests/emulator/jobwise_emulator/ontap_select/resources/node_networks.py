# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The networks of a node: one record for each purpose, made by Deploy, pointed at a network of the node's host.

ONTAP Select Deploy REST API v3, /clusters/{id}/nodes/{id}/networks.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json, Reply
from jobwise_emulator.ontap_select import bodies, reading
from jobwise_emulator.ontap_select.appliance_state import ApplianceState, Call, done
from jobwise_emulator.ontap_select.errors import invalid
from jobwise_emulator.ontap_select.resources.nodes import for_change, owner
from jobwise_emulator.ontap_select.routes import Routes

SHAPE = {"name": str, "vlan_id": int}
HIGHEST_VLAN = 4094


def found(call: Call, node: Json) -> Json:
    """The network that a path names."""
    return call.world.get("node_network", call.keys[2], _node=node["id"])


def modify(call: Call) -> Reply:
    """Choose port group or bridge, and VLAN."""
    bodies.only(call.request)
    body = bodies.parse(call.request, SHAPE)
    node = for_change(call)[1]
    entry = found(call, node)
    vlan = body.get("vlan_id")
    if vlan is not None and not 0 <= vlan <= HIGHEST_VLAN:
        raise invalid(f"vlan_id must be from 0 to {HIGHEST_VLAN}, not {vlan}.")
    if body.get("name") is not None:
        check_name(call.world, node, body["name"])
    entry.update(body)
    return done()


def check_name(world: ApplianceState, node: Json, name: str) -> None:
    """The host must have the network, once the node has a host."""
    host = world.host_of(node)
    if host and name not in [network["name"] for network in world.place(host).get("networks", [])]:
        raise invalid(f"Host {host['name']} has no network {name}.")


def listed(call: Call) -> Reply:
    """The networks of a node: mgmt, data, internal."""
    return reading.many(call, "node_network", call.world.all("node_network", _node=owner(call)[1]["id"]))


ROUTES: Routes = {
    "clusters/{}/nodes/{}/networks": {"GET": listed},
    "clusters/{}/nodes/{}/networks/{}": {
        "GET": lambda call: reading.one(call, "node_network", found(call, owner(call)[1])),
        "PATCH": modify,
    },
}
