# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Storage pools and disks attached to a node, before its cluster is deployed.

ONTAP Select Deploy REST API v3, /clusters/{id}/nodes/{id}/storage. How capacity is added to a deployed cluster is not
public.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json, Reply
from jobwise_emulator.ontap_select import bodies, reading
from jobwise_emulator.ontap_select.appliance_state import ApplianceState, Call, done
from jobwise_emulator.ontap_select.errors import Refused, invalid
from jobwise_emulator.ontap_select.resources.nodes import for_change, owner
from jobwise_emulator.ontap_select.routes import Handler, Routes

POOLS = {"pool_array": [{"name": str, "capacity": int}]}
DISKS = {"disks": [{"name": str}]}


def refuse_deployed(call: Call) -> None:
    """501 for storage of a deployed cluster."""
    if owner(call)[0]["is_deployed"]:
        raise Refused(501, "Adding storage to a deployed cluster is not implemented: its contract is not public.")


def named(orders: list[Json], what: str) -> list[Json]:
    """Orders that all have a name, each another one."""
    names = [order.get("name") for order in orders]
    if not orders or not all(names):
        raise invalid(f"Every {what} needs a name, and there must be one at least.")
    if len(set(names)) < len(names):
        raise invalid(f"A {what} is named twice.")
    return orders


def place_of(world: ApplianceState, node: Json) -> tuple[Json, Json]:
    """The host of a node and what is on it."""
    host = world.host_of(node)
    if host is None:
        raise invalid(f"Node {node['name']} has no host yet.")
    return host, world.place(host)


def attach_pools(call: Call) -> Reply:
    """Attach storage pools with a capacity in bytes; with software RAID without one."""
    bodies.only(call.request)
    body = bodies.parse(call.request, POOLS, ("pool_array",))
    refuse_deployed(call)
    cluster, node = for_change(call)
    orders = named(body["pool_array"], "pool")
    for order in orders:
        check_pool(call.world, node, order)
    made = [add_pool(call.world, node, order) for order in orders]
    place = f"clusters/{cluster['id']}/nodes/{node['id']}/storage/pools"
    return call.created(f"{place}/{made[0]['id']}") if len(made) == 1 else done(201)


def add_pool(world: ApplianceState, node: Json, order: Json) -> Json:
    """Attach one pool."""
    return world.add("node_pool", {"name": order["name"], "capacity": order.get("capacity"), "_node": node["id"]})


def check_pool(world: ApplianceState, node: Json, order: Json) -> None:
    """A pool must be there, free for this node, and large enough."""
    host, place = place_of(world, node)
    name, capacity = order["name"], order.get("capacity")
    real = next((pool for pool in place.get("pools", []) if pool["name"] == name), None)
    if real is None:
        raise invalid(f"Host {host['name']} has no storage pool {name}.")
    if world.all("node_pool", _node=node["id"], name=name):
        raise Refused(409, f"Storage pool {name} is attached to node {node['name']} already.")
    if capacity is None:
        if not node["passthrough_disks"]:
            raise invalid(f"Storage pool {name} needs a capacity.")
        return
    taken = sum(
        pool["capacity"] or 0
        for other in world.all("node")
        if other["host"] == node["host"]
        for pool in world.all("node_pool", _node=other["id"], name=name)
    )
    if not 0 < capacity <= real["available_capacity"] - taken:
        raise invalid(
            f"Storage pool {name} of host {host['name']}: capacity {capacity} must be above 0"
            f" and at most {real['available_capacity'] - taken} bytes."
        )


def attach_disks(call: Call) -> Reply:
    """Attach disks for software RAID; those that have labels only when their labels may be removed."""
    bodies.only(call.request, "remove_disk_labels")
    unlabel = bodies.flag(call.query, "remove_disk_labels")
    body = bodies.parse(call.request, DISKS, ("disks",))
    refuse_deployed(call)
    cluster, node = for_change(call)
    orders = named(body["disks"], "disk")
    for order in orders:
        check_disk(call.world, node, order["name"], unlabel)
    made = [call.world.add("node_disk", {"name": order["name"], "_node": node["id"]}) for order in orders]
    place = f"clusters/{cluster['id']}/nodes/{node['id']}/storage/disks"
    return call.created(f"{place}/{made[0]['id']}") if len(made) == 1 else done(201)


def check_disk(world: ApplianceState, node: Json, name: str, unlabel: bool) -> None:
    """A disk must be there and free."""
    if not node["passthrough_disks"]:
        raise invalid(f"Node {node['name']} uses hardware RAID: disks are for passthrough_disks.")
    host, place = place_of(world, node)
    real = next((disk for disk in place.get("disks", []) if disk["name"] == name), None)
    if real is None:
        raise invalid(f"Host {host['name']} has no disk {name}.")
    for other in world.all("node"):
        if other["host"] == node["host"] and world.all("node_disk", _node=other["id"], name=name):
            raise Refused(409, f"Disk {name} is attached to node {other['name']} already.")
    if real.get("_labelled") and not unlabel:
        raise invalid(f"Disk {name} of host {host['name']} has labels.")


def listed(kind: str) -> Handler:
    """The handler of a collection."""
    return lambda call: reading.many(call, kind, call.world.all(kind, _node=owner(call)[1]["id"]))


def single(kind: str) -> Handler:
    """The handler of one object."""
    return lambda call: reading.one(call, kind, call.world.get(kind, call.keys[2], _node=owner(call)[1]["id"]))


def detach(kind: str) -> Handler:
    """The handler of a DELETE."""

    def handler(call: Call) -> Reply:
        bodies.only(call.request)
        bodies.nothing(call.request)
        node = for_change(call)[1]
        call.world.remove(kind, call.world.get(kind, call.keys[2], _node=node["id"])["id"])
        return done()

    return handler


ROUTES: Routes = {
    f"clusters/{{}}/nodes/{{}}/storage/{name}{rest}": verbs
    for name, kind, attach in (("pools", "node_pool", attach_pools), ("disks", "node_disk", attach_disks))
    for rest, verbs in (
        ("", {"GET": listed(kind), "POST": attach}),
        ("/{}", {"GET": single(kind), "DELETE": detach(kind)}),
    )
}
