# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Volumes: create, modify, delete.

Source: PowerStore REST 4.0, volume, volume_create, volume_modify, volume_delete; codes from public clients (README).
"""

from __future__ import annotations

import secrets

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.jobs import Effect
from jobwise_emulator.powerstore.resources import import_states, names, protection, replicas, replication
from jobwise_emulator.powerstore.resources.members import (
    LIVE,
    group_of,
    mapped,
    members,
    one_appliance,
    refuse_destination,
    refuse_snapshot_set,
)
from jobwise_emulator.powerstore.resources.policies import check_policies, chosen
from jobwise_emulator.powerstore.resources.recycle_bin import put_in_bin
from jobwise_emulator.powerstore.resources.volume_hosts import SIDES, check_new_mapping, drop_mappings, map_volume

BLOCK = 8192
SMALLEST = 1048576
DEFAULT_APPLIANCE = "A1"
DEFAULT_PERFORMANCE = "default_medium"


def check_name(world: ApplianceState, name: str, own: str | None = None, of_snapshot: str | None = None) -> None:
    """Volumes and clones share one space of names; a snapshot's name is unique within its family, as Dell's white paper
    on snapshots says. of_snapshot: the family of a snapshot.
    """
    names.visible(name)
    for other in names.others(world, "volume", name, own):
        is_snapshot = other["type"] not in LIVE
        if of_snapshot is None and not is_snapshot:
            raise Refused(422, "0xE0A080010014", f"A volume with the name {name} exists already.", name)
        if of_snapshot and is_snapshot and other["protection_data"]["family_id"] == of_snapshot:
            raise Refused(400, "0xE0A060010012", f"A snapshot with the name {name} exists already.", name)


def check_plain(body: Json) -> None:
    """Rules about one attribute alone: description, size, application type."""
    names.printable(body.get("description") or "", "description")
    if body.get("size", SMALLEST) < SMALLEST:
        text = f"The minimum supported volume size is {SMALLEST}."
        raise Refused(422, "0xE0A070010025", text, str(SMALLEST))
    for name in ("size", "min_size"):
        if body.get(name, 0) % BLOCK:
            raise Refused(400, "0xE0A070010022", f"The {name} must be a multiple of {BLOCK} bytes.", str(body[name]))
    if body.get("min_size", 0) > body.get("size", 0):
        raise Refused(400, "0xE0A070010026", "min_size must not be larger than size.", str(body["min_size"]))
    if body.get("sector_size") not in (None, 512, 4096):
        raise Refused(400, "0xE0A070010023", "The sector size must be 512 or 4096 bytes.", str(body["sector_size"]))
    if body.get("app_type_other") and not is_other(body.get("app_type")):
        raise Refused(400, "0xE0A070010024", "app_type_other needs an app_type that ends in Other.")


def is_other(app_type: str | None) -> bool:
    """Whether a type of application leaves it to app_type_other which one it is."""
    return str(app_type or "").endswith("Other")


def create(call: Call) -> Effect:
    """A new primary volume, in a group and mapped to a host if asked for."""
    world, body = call.world, call.body
    check_name(world, body["name"])
    check_plain(body)
    check_policies(world, body)
    replication.check_policy(world, "volume", body, body.get("protection_policy_id"))
    check_new_mapping(world, body)
    appliance = body.get("appliance_id") or DEFAULT_APPLIANCE
    world.find("appliance", appliance)
    group = world.find("volume_group", body["volume_group_id"]) if body.get("volume_group_id") else None
    if group is not None:
        refuse_snapshot_set(group, "Adding members")
        refuse_destination(group)
        one_appliance([*members(world, group), {"appliance_id": appliance}])

    def effect() -> Json:
        volume = world.new("volume", **fresh(world, "Primary"))
        volume.update({name: body.get(name) for name in ("name", "description", "size", "app_type", "app_type_other")})
        volume.update(chosen(body))
        volume["appliance_id"] = appliance
        volume["protection_data"] = protection.of_primary(world, volume["id"])
        world.store.add("volume", volume)
        if group is not None:
            group["@volumes"] = [*group["@volumes"], volume["id"]]
        map_volume(world, volume, body)
        replication.follow_policy(world, "volume", volume)
        return {"id": volume["id"]}

    return effect


def fresh(world: ApplianceState, kind: str) -> Json:
    """Values a new volume of a type starts with."""
    number = secrets.token_hex(8)
    return {
        "type": kind,
        "state": "Ready",
        "wwn": f"naa.68ccf098{number}{secrets.token_hex(4)}",
        "nsid": int(number[:6], 16),
        "nguid": f"nguid.{secrets.token_hex(16)}",
        "appliance_id": DEFAULT_APPLIANCE,
        "logical_used": None,
        "node_affinity": "System_Select_At_Attach",
        "creation_timestamp": world.now(),
        "performance_policy_id": DEFAULT_PERFORMANCE,
        "is_host_access_available": True,
    }


def copy_volume(world: ApplianceState, source: Json, kind: str, body: Json, when: str) -> Json:
    """Make and store a snapshot or clone; of a snapshot, a clone belongs to the snapshot's parent."""
    copy = world.new("volume", **fresh(world, kind))
    copy.update({name: source[name] for name in ("size", "appliance_id", "app_type", "app_type_other", "logical_used")})
    copy.update({"name": body["name"], "description": body.get("description"), **chosen(body)})
    copy["protection_data"] = protection.of_copy(world, source, body, protection.origin(source, when))
    world.store.add("volume", copy)
    return copy


def modify(call: Call) -> Effect:
    """Change a volume, clone or snapshot."""
    world, volume, body = call.world, call.target, call.body
    live = volume["type"] in LIVE
    data = volume["protection_data"]
    check_plain({**body, "app_type": body.get("app_type", volume["app_type"])})
    check_kind(volume, body, live)
    replicas.check_destination(world, volume, body)
    replicas.check_metro_change(world, volume, body)
    if "name" in body:
        check_name(world, body["name"], volume["id"], None if live else data["family_id"])
    check_policies(world, body)
    replication.check_policy(world, "volume", volume, body.get("protection_policy_id"))
    protection.check_expiry(world, body.get("expiration_timestamp", False), body.get("is_secure"), data)

    def effect() -> None:
        plain = ("name", "description", "size", "node_affinity", "app_type", "is_replication_destination")
        volume.update({name: body[name] for name in plain if name in body})
        volume.update(chosen(body))
        if "app_type_other" in body or not is_other(volume["app_type"]):
            volume["app_type_other"] = body.get("app_type_other")
        protection.set_expiry(volume, body)
        if "protection_policy_id" in body:
            replication.follow_policy(world, "volume", volume)

    return effect


def check_kind(volume: Json, body: Json, live: bool) -> None:
    """What only live volumes or only snapshots take; sizes only grow; a node that the system selected is its affair."""
    for attribute in ("size", "protection_policy_id", "qos_performance_policy_id", "is_replication_destination"):
        if attribute in body and not live:
            raise Refused(422, "0xE0A070010030", f"{attribute} cannot be set on a snapshot.", attribute)
    for attribute in ("expiration_timestamp", "is_secure"):
        if attribute in body and live:
            raise Refused(422, "0xE0A070010031", f"{attribute} is only valid for a snapshot.", attribute)
    if "size" in body and body["size"] <= volume["size"]:
        text = "A size that is smaller than or equal to the current size is not supported."
        raise Refused(400, "0xE0A05001001A", text, str(body["size"]))
    if str(body.get("node_affinity")).startswith("System_Selected_"):
        text = f"{body['node_affinity']} is reserved for the system."
        raise Refused(400, "0xE0A070010034", text, body["node_affinity"])


def delete(call: Call) -> Effect:
    """Delete a volume with its snapshots, or move it to the recycle bin; a snapshot goes at once."""
    world, volume = call.world, call.target
    replicas.refuse_replica(world, volume, "Deleting it")
    home = group_of(world, volume)
    if home is not None:
        text = f"Volume {volume['name']} is a member of volume group {home['name']} and cannot be deleted."
        raise Refused(422, "0xE0A070010040", text, volume["name"], home["name"])
    to_bin = call.body.get("immediate", True) is False and volume["type"] in LIVE
    check_removal(world, volume, set(), to_bin)

    def effect() -> None:
        if to_bin:
            put_in_bin(world, "volume", volume)
        else:
            remove_volume(world, volume)

    return effect


def check_removal(world: ApplianceState, volume: Json, leaving: set[str], to_bin: bool = False) -> None:
    """Refuse what keeps a volume from being deleted; snapshot sets in ``leaving`` are deleted along with it. On the way
    to the bin, secure snapshots are no obstacle: they stay what they are there.
    """
    name = volume["name"]
    refuse_mapped(world, [volume, *snapshots(world, volume)])
    if volume["protection_policy_id"]:
        raise Refused(422, "0xE0A070010042", f"Volume {name} has a protection policy and cannot be deleted.", name)
    if volume["metro_replication_session_id"]:
        raise Refused(422, "0xE0A070010043", f"Volume {name} is a metro volume; end the metro configuration.", name)
    if is_moving(world, volume):
        raise Refused(422, "0xE0A070010046", f"A migration or import of volume {name} is in progress.", name)
    for one in [volume, *snapshots(world, volume)]:
        home = group_of(world, one) if one is not volume else None
        if home is not None and home["id"] not in leaving:
            text = f"Volume {name} has a snapshot in snapshot set {home['name']} and cannot be deleted."
            raise Refused(422, "0xE0A070010044", text, name, home["name"])
        if protection.locked(world, one) and not to_bin:
            text = f"Snapshot {one['name']} is secure and cannot be deleted before it expires."
            raise Refused(422, "0xE0A070010045", text, one["name"])


def refuse_mapped(world: ApplianceState, volumes: list[Json]) -> None:
    """422 for the first of these volumes that is mapped; the text names the hosts."""
    for volume in mapped(world, volumes):
        found = world.store.where("host_volume_mapping", "volume_id", volume["id"])
        sides = [world.store.get(kind, entry[attribute]) for entry in found for attribute, kind in SIDES]
        hosts = ", ".join(sorted(side["name"] for side in sides if side))
        text = f"Volume {volume['name']} is mapped to {hosts}; remove the host access before you delete it."
        raise Refused(422, "0xE0A080020001", text, volume["name"], hosts)


def is_moving(world: ApplianceState, volume: Json) -> bool:
    """Whether a migration or an import works on a volume."""
    sessions = world.store.where("import_session", "destination_resource_id", volume["id"])
    return bool(volume["migration_session_id"]) or any(one["state"] not in import_states.OVER for one in sessions)


def snapshots(world: ApplianceState, volume: Json) -> list[Json]:
    """The snapshots taken of a volume."""
    return [
        entry
        for entry in world.store.where("volume", "protection_data.parent_id", volume["id"])
        if entry["type"] == "Snapshot"
    ]


def remove_volume(world: ApplianceState, volume: Json) -> None:
    """Take a volume out with its snapshots; its clones stay."""
    for entry in snapshots(world, volume):
        world.store.remove("volume", entry["id"])
    protection.reparent(world, "volume", volume)
    drop_mappings(world, "volume_id", volume["id"])
    replication.forget(world, volume)
    world.store.remove("volume", volume["id"])


def complete(world: ApplianceState, volume: Json) -> None:
    """Fill in a seeded volume."""
    for attribute, value in {
        **fresh(world, volume.get("type") or "Primary"),
        "size": SMALLEST,
        "logical_used": 0,
    }.items():
        if volume.get(attribute) is None:
            volume[attribute] = value
    volume["protection_data"] = {**protection.of_primary(world, volume["id"]), **(volume.get("protection_data") or {})}


RULES = {"volume": Rules({"create": create, "modify": modify, "delete": delete}, complete, remove_volume)}
