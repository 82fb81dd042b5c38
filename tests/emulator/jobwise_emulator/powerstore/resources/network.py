# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Networks and their addresses (PowerStore REST 4.0, network): the addresses are ``ip_pool_address`` objects."""

from __future__ import annotations

from typing import Any

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused

POOL = "ip_pool_address"
OF_USERS = ("Storage", "File_Mobility")
FLOATING = {
    ("cluster_mgmt_address", "Management"): "Mgmt_Cluster_Floating",
    ("cluster_mgmt_address", "File_Mobility"): "File_Mobility_Floating",
    ("storage_discovery_address", "Storage"): "Storage_Cluster_Floating",
}
WRITTEN = ("add_addresses", "remove_addresses", "cluster_mgmt_address", "storage_discovery_address", "force")


def check_create(call: Call) -> None:
    """Users create networks for storage and file mobility only."""
    if call.body["type"] not in OF_USERS:
        raise Refused(422, "0xE0C030010010", f"A network of type {call.body['type']} cannot be created.")
    check(call, {"id": None, "type": call.body["type"]})


def check_modify(call: Call) -> None:
    """The networks inside the cluster stay as they are."""
    if call.target["type"].startswith("Intra_Cluster"):
        raise Refused(422, "0xE0C030010011", f"Network {call.target['name']} cannot be changed.", call.target["name"])
    check(call, call.target)


def check(call: Call, network: Json) -> None:
    """MTU, and addresses that come and go."""
    world, body = call.world, call.body
    limit = min((one["physical_mtu"] for one in world.store.all("cluster") if one["physical_mtu"]), default=9000)
    if body.get("mtu", 0) > limit:
        raise Refused(422, "0xE0C030010012", f"The MTU must not exceed that of the cluster, {limit}.", str(body["mtu"]))
    for address in body.get("add_addresses") or []:
        if world.store.where(POOL, "address", address):
            raise Refused(422, "0xE0C030010013", f"The address {address} is in use.", address)
    check_removed(world, network, body)
    for name in ("cluster_mgmt_address", "storage_discovery_address"):
        if name in body and (name, network["type"]) not in FLOATING:
            raise Refused(422, "0xE0C030010015", f"A network of type {network['type']} has no {name}.", name)


def check_removed(world: ApplianceState, network: Json, body: Json) -> None:
    """Addresses go that are of the network. One in use goes only if another comes for it, as Dell's module does it."""
    replacements = list(body.get("add_addresses") or [])
    for address in body.get("remove_addresses") or []:
        found = [one for one in world.store.where(POOL, "address", address) if one["network_id"] == network["id"]]
        if not found or (in_use(found[0]) and not replacements):
            text = f"The address {address} is in use, or not in the network."
            raise Refused(422, "0xE0C030010014", text, address)
        if in_use(found[0]):
            replacements.pop()


def in_use(entry: Json) -> bool:
    """Whether an address has a purpose."""
    return bool(entry["ip_port_id"]) or entry["purposes"] != ["Unused"]


def write(call: Call, network: Json) -> None:
    """Make the addresses those that the body asks for. An added one does what a removed one did."""
    world, body = call.world, call.body
    for name in WRITTEN:
        network.pop(f"@{name}", None)
    added = list(body.get("add_addresses") or [])
    for address in body.get("remove_addresses") or []:
        for one in world.store.where(POOL, "address", address):
            if in_use(one):
                one["address"] = added.pop(0)
                one["name"] = f"{network['name']} ({one['address']})"
            else:
                world.store.remove(POOL, one["id"])
    for address in added:
        put(world, network, address, "Unused")
    for name in ("cluster_mgmt_address", "storage_discovery_address"):
        if name in body:
            float_address(world, network, FLOATING[name, network["type"]], body[name])
    for cluster in world.store.all("cluster"):
        management = addresses_for(world, "Mgmt_Cluster_Floating")
        discovery = addresses_for(world, "Storage_Cluster_Floating")
        cluster["management_address"] = management[0] if management else cluster["management_address"]
        cluster["storage_discovery_address"] = discovery[0] if len(discovery) == 1 else None


def put(world: ApplianceState, network: Json, address: str, purpose: str) -> None:
    """A new address of a network."""
    name = f"{network['name']} ({address})"
    plain: Json = {"network_id": network["id"], "address": address, "purposes": [purpose]}
    world.store.add(POOL, world.new(POOL, id=world.store.next_number(POOL, "IP"), name=name, **plain))


def float_address(world: ApplianceState, network: Json, purpose: str, address: Any) -> None:
    """Give a network its one address for a purpose; an empty text takes it away."""
    for one in world.store.where(POOL, "network_id", network["id"]):
        if purpose in one["purposes"]:
            world.store.remove(POOL, one["id"])
    if address:
        put(world, network, address, purpose)


def addresses_for(world: ApplianceState, purpose: str) -> list[str]:
    """All addresses with a purpose."""
    return [one["address"] for one in world.store.where(POOL, "purposes", purpose)]


def check_delete(call: Call) -> None:
    """Only networks that users made go, and only while no port uses them."""
    network = call.target
    used = [one for one in call.world.store.where(POOL, "network_id", network["id"]) if one["ip_port_id"]]
    if network["type"] not in OF_USERS or used:
        raise Refused(422, "0xE0C030010016", f"Network {network['name']} cannot be deleted.", network["name"])


RULES = {
    "network": Rules(
        before={"create": check_create, "modify": check_modify, "delete": check_delete},
        after={"create": write, "modify": write},
    )
}
