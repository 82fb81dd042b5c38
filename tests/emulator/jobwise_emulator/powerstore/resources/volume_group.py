# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Volume groups: create, modify, delete and their members (PowerStore REST 4.0, volume_group)."""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.jobs import Effect
from jobwise_emulator.powerstore.resources import names, protection, replication
from jobwise_emulator.powerstore.resources.members import (
    LIVE,
    check_joining,
    mapped,
    members,
    refuse_destination,
    refuse_live_destination,
    refuse_snapshot_set,
)
from jobwise_emulator.powerstore.resources.metro import refuse_other_side, refuse_running
from jobwise_emulator.powerstore.resources.policies import check_policies, chosen
from jobwise_emulator.powerstore.resources.recycle_bin import put_in_bin
from jobwise_emulator.powerstore.resources.volume import check_removal, remove_volume

LIVE_ONLY = (
    "is_write_order_consistent",
    "protection_policy_id",
    "qos_performance_policy_id",
    "is_replication_destination",
)
SET_ONLY = ("expiration_timestamp", "is_secure")


def check_name(world: ApplianceState, name: str, own: str | None = None) -> None:
    """Allowed characters, and unique among groups, clones and snapshot sets alike, ignoring case."""
    names.plain(name)
    taken = names.others(world, "volume_group", name, own)
    if taken:
        text = f"The volume group name {name} is already in use by another volume group."
        raise Refused(400, "0xE0A060010001", text, name)


def create(call: Call) -> Effect:
    """A new primary group with its members."""
    world, body = call.world, call.body
    check_name(world, body["name"])
    names.printable(body.get("description") or "", "description")
    volumes = check_joining(world, body.get("volume_ids") or [], None)
    check_policies(world, body)
    wanted = {"is_write_order_consistent": True, **body}
    replication.check_policy(world, "volume_group", wanted, body.get("protection_policy_id"))

    def effect() -> Json:
        group = new_group(world, body["name"], "Primary", [volume["id"] for volume in volumes])
        group["description"] = body.get("description")
        group["is_write_order_consistent"] = body.get("is_write_order_consistent", True)
        group.update(chosen(body))
        group["protection_data"] = protection.of_primary(world, group["id"])
        world.store.add("volume_group", group)
        replication.follow_policy(world, "volume_group", group)
        return {"id": group["id"]}

    return effect


def new_group(world: ApplianceState, name: str, kind: str, volume_ids: list[str]) -> Json:
    """A group of any type with the values a fresh one has; it is not stored yet."""
    return world.new(
        "volume_group",
        **{
            "name": name,
            "type": kind,
            "creation_timestamp": world.now(),
            "is_protectable": kind in LIVE,
            "is_write_order_consistent": True,
            "placement_rule": "Same_Appliance",
            "is_host_access_available": True,
            "is_importing": False,
            "@volumes": list(volume_ids),
        },
    )


def modify(call: Call) -> Effect:
    """Change a group, a clone or a snapshot set; which attributes are allowed depends on which it is."""
    world, group, body = call.world, call.target, call.body
    for attribute in LIVE_ONLY:
        if attribute in body:
            refuse_snapshot_set(group, attribute)
    if group["type"] in LIVE and any(attribute in body for attribute in SET_ONLY):
        given = next(attribute for attribute in SET_ONLY if attribute in body)
        raise Refused(422, "0xE0A060010030", f"{given} is only valid for a snapshot set.", given)
    if "name" in body:
        check_name(world, body["name"], group["id"])
    names.printable(body.get("description") or "", "description")
    check_policies(world, body)
    wanted = {**group, **body}
    replication.check_policy(world, "volume_group", wanted, wanted["protection_policy_id"])
    check_replication(world, group, body)
    refuse_running(world, group, "A change")
    if {"name", "is_write_order_consistent"} & set(body):
        refuse_other_side(world, group, "A change")
    protection.check_expiry(
        world, body.get("expiration_timestamp", False), body.get("is_secure"), group["protection_data"]
    )

    def effect() -> None:
        for attribute in ("name", "is_write_order_consistent", "is_replication_destination"):
            if attribute in body:
                group[attribute] = body[attribute]
        if "description" in body:
            group["description"] = body["description"] or None
        group.update(chosen(body))
        if "protection_policy_id" in body:
            replication.follow_policy(world, "volume_group", group)
        if body.get("is_replication_destination") is False:
            for volume in members(world, group):
                volume["is_replication_destination"] = False
        for entry in [group, *members(world, group)] if group["type"] not in LIVE else []:
            protection.set_expiry(entry, body)

    return effect


def check_replication(world: ApplianceState, group: Json, body: Json) -> None:
    """What may be done to a replication destination: clear the mark once no session is left, and with ``force``
    take the policy away from one whose session never synchronized.
    """
    sessions = world.store.where("replication_session", "local_resource_id", group["id"])
    destination = [session for session in sessions if session.get("role") == "Destination"]
    if body.get("is_replication_destination") is True:
        raise Refused(422, "0xE0A060010031", "is_replication_destination may only be set to false.")
    if body.get("is_replication_destination") is False and destination:
        text = f"Volume group {group['name']} is still the destination of a replication session."
        raise Refused(422, "0xE0A060010032", text, group["name"])
    if not group["is_replication_destination"] or body.get("is_replication_destination") is False:
        return
    forced = body.get("force") and set(body) <= {"force", "protection_policy_id"} and not body["protection_policy_id"]
    if not (forced and not any(session.get("last_sync_timestamp") for session in destination)):
        refuse_destination(group)


def delete(call: Call) -> Effect:
    """Delete a group with its snapshot sets, and its members when asked to; or move it to the recycle bin."""
    world, group, body = call.world, call.target, call.body
    with_members = bool(body.get("delete_members"))
    check_deletable(world, group, with_members)
    to_bin = with_members and group["@volumes"] and body.get("immediate", True) is False and group["type"] in LIVE

    def effect() -> None:
        if to_bin:
            put_in_bin(world, "volume_group", group)
        else:
            remove_group(world, group, with_members)

    return effect


def check_deletable(world: ApplianceState, group: Json, with_members: bool) -> None:
    """Refuse to delete what hosts use, replication or metro holds, what is secured, or members that cannot go."""
    refuse_live_destination(world, group, "Deleting it")
    volumes = members(world, group)
    attached = mapped(world, volumes)
    if attached:
        text = f"Volume group {group['name']} cannot be deleted: {attached[0]['name']} is mapped to a host."
        raise Refused(422, "0xE0A060010040", text, group["name"], attached[0]["name"])
    if group["metro_replication_session_id"]:
        text = f"Volume group {group['name']} is a metro volume group; end the metro configuration first."
        raise Refused(422, "0xE0A060010041", text, group["name"])
    for one in [group, *snapshot_sets(world, group)]:
        if protection.locked(world, one):
            text = f"Snapshot set {one['name']} is secure and cannot be deleted before it expires."
            raise Refused(422, "0xE0A060010042", text, one["name"])
    if with_members and group["type"] in LIVE:
        leaving = {entry["id"] for entry in snapshot_sets(world, group)}
        for volume in volumes:
            check_removal(world, volume, leaving)


def snapshot_sets(world: ApplianceState, group: Json) -> list[Json]:
    """The snapshot sets taken of a group."""
    return [
        entry
        for entry in world.store.where("volume_group", "protection_data.parent_id", group["id"])
        if entry["type"] == "Snapshot"
    ]


def remove_group(world: ApplianceState, group: Json, with_members: bool) -> None:
    """Take a group out with its snapshot sets; its volumes go too when asked to or when they are a set's snapshots."""
    for entry in snapshot_sets(world, group):
        remove_group(world, entry, with_members=True)
    volumes = members(world, group)
    protection.reparent(world, "volume_group", group)
    replication.forget(world, group)
    world.store.remove("volume_group", group["id"])
    if with_members or group["type"] == "Snapshot":
        for volume in volumes:
            remove_volume(world, volume)


def add_members(call: Call) -> Effect:
    """Put volumes into a group."""
    world, group = call.world, call.target
    check_members_change(call, "Adding members")
    volumes = check_joining(world, call.body["volume_ids"], group)

    def effect() -> None:
        group["@volumes"] = [*group["@volumes"], *(volume["id"] for volume in volumes)]

    return effect


def remove_members(call: Call) -> Effect:
    """Take volumes out of a group."""
    world, group = call.world, call.target
    check_members_change(call, "Removing members")
    keys = [world.find("volume", key)["id"] for key in call.body["volume_ids"]]
    for key in keys:
        if key not in group["@volumes"]:
            volume = world.find("volume", key)
            text = f"Volume {volume['name']} is not part of volume group {group['name']}."
            raise Refused(422, "0xE0A060010025", text, volume["name"], group["name"])

    def effect() -> None:
        group["@volumes"] = [key for key in group["@volumes"] if key not in keys]

    return effect


def check_members_change(call: Call, what: str) -> None:
    """Only a live group that no replication writes to, and only a list that names something."""
    refuse_snapshot_set(call.target, what)
    refuse_destination(call.target)
    refuse_running(call.world, call.target, what)
    refuse_other_side(call.world, call.target, what)
    if not call.body["volume_ids"]:
        raise Refused(400, "0xE0A060010026", "volume_ids must not be empty.")


def complete(world: ApplianceState, group: Json) -> None:
    """Fill in a seeded group; ``volume_ids`` names its members by id or ``name:<name>``."""
    keys = group.pop("volume_ids", None) or group.get("@volumes") or []
    fresh = new_group(world, "", group.get("type") or "Primary", [])
    for attribute, value in fresh.items():
        if group.get(attribute) is None:
            group[attribute] = value
    group["@volumes"] = [world.find("volume", key)["id"] for key in keys]
    group["protection_data"] = {**protection.of_primary(world, group["id"]), **(group.get("protection_data") or {})}


RULES = {
    "volume_group": Rules(
        {
            "create": create,
            "modify": modify,
            "delete": delete,
            "add_members": add_members,
            "remove_members": remove_members,
        },
        complete,
        lambda world, group: remove_group(world, group, with_members=False),
    )
}
