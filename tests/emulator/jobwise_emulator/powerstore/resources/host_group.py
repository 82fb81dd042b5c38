# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Host groups: create, modify, delete. Their mappings are in ``volume_hosts``.

Source: PowerStore REST 4.0, host_group, host_group_create, host_group_modify; HostConnectivityEnum. That a deleted
group takes its hosts along is what the documentation of Dell's own Ansible module says.
"""

from __future__ import annotations

from typing import Any

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.jobs import Effect
from jobwise_emulator.powerstore.resources import names
from jobwise_emulator.powerstore.resources.volume_hosts import drop_mappings, refuse_internal

MEMBERS = ("add_host_ids", "remove_host_ids")
ALONE = ("name", "host_connectivity")
"""What is not changed together with the members."""


def hosts_of(world: ApplianceState, group: Json) -> list[Json]:
    """The hosts of a group."""
    return world.store.where("host", "host_group_id", group["id"])


def check_texts(world: ApplianceState, body: Json, own: str | None = None) -> None:
    """Name and description are printable, and the name is unique among host groups, ignoring case."""
    names.printable(body.get("description") or "", "description")
    if "name" not in body:
        return
    names.visible(body["name"])
    if names.others(world, "host_group", body["name"], own):
        text = f"A host group with the name {body['name']} exists already."
        raise Refused(400, "0xE0A030010010", text, body["name"])


def known_hosts(world: ApplianceState, keys: list[Any]) -> list[Json]:
    """The hosts with these ids; 400 if one is unknown or named twice."""
    found = [world.store.get("host", key) for key in keys]
    unknown = sorted(key for key, one in zip(keys, found, strict=True) if one is None)
    if unknown:
        raise Refused(400, "0xE0A030010001", f"There is no host with the id {', '.join(unknown)}.", *unknown)
    if len(set(keys)) < len(keys):
        raise Refused(400, "0xE0A030010002", "A host is named more than once.")
    return [one for one in found if one is not None]


def check_joining(world: ApplianceState, keys: list[Any], connectivity: str | None) -> list[Json]:
    """The hosts that are to join a group, after checking that they all may: external hosts, in no group, without
    volumes of their own, all of one connectivity, which is that of the group if it has hosts already.
    """
    joining = known_hosts(world, keys)
    for one in joining:
        name = one["name"]
        refuse_internal(one)
        if one["host_group_id"]:
            raise Refused(422, "0xE0A030010003", f"Host {name} is in a host group already.", name)
        if world.store.where("host_volume_mapping", "host_id", one["id"]):
            raise Refused(422, "0xE0A030010004", f"Host {name} has volumes of its own.", name)
    if len({*([connectivity] if connectivity else []), *(one["host_connectivity"] for one in joining)}) > 1:
        raise Refused(422, "0xE0A030010005", "All hosts of a host group must have the same host_connectivity.")
    return joining


def create(call: Call) -> Effect:
    """A new group of hosts."""
    world, body = call.world, call.body
    check_texts(world, body)
    if not body["host_ids"]:
        raise Refused(400, "0xE0A030010006", "A host group needs at least one host.")
    joining = check_joining(world, body["host_ids"], None)

    def effect() -> Json:
        group = world.new("host_group", name=body["name"], description=body.get("description"))
        group["host_connectivity"] = joining[0]["host_connectivity"]
        world.store.add("host_group", group)
        for one in joining:
            one["host_group_id"] = group["id"]
        return {"id": group["id"]}

    return effect


def modify(call: Call) -> Effect:
    """Change the texts, the connectivity of all hosts, or the members."""
    world, group, body = call.world, call.target, call.body
    check_together(body)
    check_texts(world, body, group["id"])
    present = hosts_of(world, group)
    joining = check_joining(world, body.get("add_host_ids") or [], group["host_connectivity"] if present else None)
    leaving = check_leaving(world, group, body.get("remove_host_ids") or [], present)
    if "host_connectivity" in body and not present:
        raise Refused(422, "0xE0A030010008", f"Host group {group['name']} has no hosts.", group["name"])

    def effect() -> None:
        group.update({name: body[name] for name in ("name", "description", "host_connectivity") if name in body})
        for one in present if "host_connectivity" in body else []:
            one["host_connectivity"] = body["host_connectivity"]
        for one in joining:
            one["host_group_id"], group["host_connectivity"] = group["id"], one["host_connectivity"]
        for one in leaving:
            one["host_group_id"] = None
        if not hosts_of(world, group):
            group["host_connectivity"] = None

    return effect


def check_together(body: Json) -> None:
    """400 for changes that cannot be made by the same request."""
    members = [name for name in MEMBERS if name in body]
    alone = [name for name in ALONE if name in body]
    if len(members) > 1 or (members and alone):
        given = ", ".join([*alone, *members])
        raise Refused(400, "0xE0A030010007", f"These cannot be changed together: {given}.", given)


def check_leaving(world: ApplianceState, group: Json, keys: list[Any], present: list[Json]) -> list[Json]:
    """The hosts that are to leave: members, and not all of them while the group has volumes."""
    leaving = known_hosts(world, keys)
    for one in leaving:
        if one["host_group_id"] != group["id"]:
            text = f"Host {one['name']} is not in host group {group['name']}."
            raise Refused(422, "0xE0A030010009", text, one["name"], group["name"])
    if leaving and len(leaving) == len(present) and is_attached(world, group):
        text = f"Host group {group['name']} has volumes mapped to it and must keep a host."
        raise Refused(422, "0xE0A030010011", text, group["name"])
    return leaving


def is_attached(world: ApplianceState, group: Json) -> bool:
    """Whether volumes are mapped to a group."""
    return bool(world.store.where("host_volume_mapping", "host_group_id", group["id"]))


def delete(call: Call) -> Effect:
    """Delete a group without volumes, and its hosts with it."""
    world, group = call.world, call.target
    if is_attached(world, group):
        raise Refused(422, "0xE0A030010012", f"Host group {group['name']} has volumes mapped to it.", group["name"])

    def effect() -> None:
        for one in hosts_of(world, group):
            world.store.remove("host", one["id"])
        world.store.remove("host_group", group["id"])

    return effect


def remove(world: ApplianceState, group: Json) -> None:
    """Take a group out with its mappings; its hosts stay."""
    drop_mappings(world, "host_group_id", group["id"])
    for one in hosts_of(world, group):
        one["host_group_id"] = None
    world.store.remove("host_group", group["id"])


RULES = {"host_group": Rules({"create": create, "modify": modify, "delete": delete}, remove=remove)}
