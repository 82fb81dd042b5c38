# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nodes: made with their cluster, configured until it is deployed.

ONTAP Select Deploy REST API v3, /clusters/{id}/nodes.
"""

from __future__ import annotations

import re

from jobwise_emulator.exchange import Json, Reply
from jobwise_emulator.ontap_select import bodies, reading
from jobwise_emulator.ontap_select.appliance_state import ApplianceState, Call, done
from jobwise_emulator.ontap_select.errors import Refused, invalid
from jobwise_emulator.ontap_select.resources.clusters import configurable
from jobwise_emulator.ontap_select.routes import Routes

SHAPE = {
    "name": str,
    "ip": "ip",
    "host": {"id": str},
    "instance_type": ("small", "medium", "large"),
    "passthrough_disks": bool,
    "license": {"id": str},
    "serial_number": str,
    "is_storage_efficiency_enabled": bool,
    "cpu_reservation_percentage": int,
}
SERIAL = re.compile(r"[0-9]{9}|[0-9]{20}")


def owner(call: Call) -> tuple[Json, Json]:
    """The cluster and the node that a path begins with."""
    cluster = call.world.get("cluster", call.keys[0])
    return cluster, call.world.get("node", call.keys[1], _cluster=cluster["id"])


def for_change(call: Call) -> tuple[Json, Json]:
    """The same, if the node may still be configured."""
    cluster, node = owner(call)
    call.world.free(cluster)
    configurable(cluster)
    return cluster, node


def modify(call: Call) -> Reply:
    """Configure a node."""
    bodies.only(call.request)
    body = bodies.parse(call.request, SHAPE)
    cluster, node = for_change(call)
    check(call.world, cluster, node, body)
    node.update(body)
    couple_license(call.world, node, body)
    return done()


def couple_license(world: ApplianceState, node: Json, body: Json) -> None:
    """``license`` and ``serial_number`` are two ways to say the same."""
    if "license" in body:
        node["serial_number"] = (body["license"] or {}).get("id")
    elif "serial_number" in body:
        serial = body["serial_number"]
        node["license"] = {"id": serial} if world.all("license", id=serial) else None


def check(world: ApplianceState, cluster: Json, node: Json, body: Json) -> None:
    """What the attributes of a node must keep to."""
    if "name" in body and not body["name"]:
        raise invalid("name must not be empty.")
    for other in world.nodes(cluster):
        for name in ("name", "ip"):
            if other is not node and body.get(name) is not None and other[name] == body[name]:
                raise Refused(409, f"Node {other['name']} has the {name} {body[name]} already.")
    percentage = body.get("cpu_reservation_percentage")
    if percentage is not None and not 0 <= percentage <= 100:
        raise invalid(f"cpu_reservation_percentage must be from 0 to 100, not {percentage}.")
    after = {**node, **body}
    if after.get("host") is not None and not after["host"].get("id"):
        raise invalid("host needs an id.")
    if (body.get("host") or {}).get("id") and world.host_of(after) is None:
        raise invalid(f"There is no host {body['host']['id']}.")
    check_size(world, after)
    check_license(world, node, body)


def check_size(world: ApplianceState, node: Json) -> None:
    """The largest nodes run on ESX only."""
    host = world.host_of(node)
    if host and host["hypervisor_type"] == "KVM" and node["instance_type"] == "large":
        raise invalid(f"Node {node['name']}: instance type large is for ESX hosts only.")


def check_license(world: ApplianceState, node: Json, body: Json) -> None:
    """A licence must be there, and no other node may have it."""
    key = (body.get("license") or {}).get("id")
    serial = body.get("serial_number")
    if key is not None and serial is not None and key != serial:
        raise invalid("license and serial_number name different licences.")
    wanted = key or serial
    if wanted is None:
        return
    if not SERIAL.fullmatch(wanted):
        raise invalid(f"A serial number has 9 or 20 digits, unlike {wanted}.")
    if key is not None and key not in [entry["id"] for entry in world.all("license")]:
        raise invalid(f"There is no licence {key}.")
    users = [other["name"] for other in world.all("node", serial_number=wanted) if other is not node]
    if users:
        raise invalid(f"Serial number {wanted} is used by node {users[0]}.")


def listed(call: Call) -> Reply:
    """The nodes of a cluster."""
    return reading.many(call, "node", call.world.nodes(call.world.get("cluster", call.keys[0])))


ROUTES: Routes = {
    "clusters/{}/nodes": {"GET": listed},
    "clusters/{}/nodes/{}": {"GET": lambda call: reading.one(call, "node", owner(call)[1]), "PATCH": modify},
}
