# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Larger nodes for a deployed cluster.

ONTAP Select Deploy REST API v3, PATCH /clusters/{id} with ``admin_password`` and ``nodes``: only larger, only online,
HA partners together.
"""

from __future__ import annotations

from functools import partial

from jobwise_emulator.exchange import Json, Reply
from jobwise_emulator.ontap_select import bodies
from jobwise_emulator.ontap_select.appliance_state import ApplianceState, Call
from jobwise_emulator.ontap_select.errors import invalid, not_found
from jobwise_emulator.ontap_select.jobs import Stage, Work

SIZES = ("small", "medium", "large")


def resize(call: Call, cluster: Json, body: Json) -> Reply:
    """Check the sizes, then start the job."""
    bodies.only(call.request)
    name = cluster["name"]
    if set(body) != {"admin_password", "nodes"} or not body["admin_password"] or not body["nodes"]:
        raise invalid("A resize takes admin_password and nodes, and nothing else.")
    if not cluster["is_deployed"]:
        raise invalid(f"Cluster {name} is not deployed: the size of its nodes is set at the nodes.")
    if cluster["state"] != "powered_on":
        raise invalid(f"Cluster {name} must be online to resize it.")
    sizes = wanted(call.world, cluster, body["nodes"])
    stages = [Stage("logging in to the cluster", partial(log_in, cluster, body["admin_password"]))]
    for node in call.world.nodes(cluster):
        if node["id"] in sizes:
            size = {"instance_type": sizes[node["id"]]}
            stages.append(Stage(f"resizing node {node['name']}", partial(node.update, size)))
    return call.on_accepted(Work(f"Resize cluster {name}", ("cluster", cluster["id"]), stages, "done"), "resize")


def wanted(world: ApplianceState, cluster: Json, orders: list[Json]) -> dict[str, str]:
    """The new sizes by node id, if they are allowed."""
    nodes = {node["id"]: node for node in world.nodes(cluster)}
    sizes: dict[str, str] = {}
    for order in orders:
        node = nodes.get(str(order.get("id")))
        if node is None:
            raise not_found("node", str(order.get("id")))
        size = order.get("instance_type")
        if size is None or SIZES.index(size) <= SIZES.index(node["instance_type"]):
            raise invalid(f"Node {node['name']} can only become larger than {node['instance_type']}.")
        host = world.host_of(node)
        if host and host["hypervisor_type"] == "KVM" and size == "large":
            raise invalid(f"Node {node['name']}: instance type large is for ESX hosts only.")
        sizes[node["id"]] = size
    for first, second in world.pairs(cluster):
        if sizes.get(first["id"]) != sizes.get(second["id"]):
            raise invalid(f"HA partners {first['name']} and {second['name']} must be resized together.")
    return sizes


def log_in(cluster: Json, password: str) -> None:
    """Deploy has to log in to ONTAP."""
    if password != cluster["_password"]:
        raise invalid(f"Cluster {cluster['name']} does not accept the password.")
