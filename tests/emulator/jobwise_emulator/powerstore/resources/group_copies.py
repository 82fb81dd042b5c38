# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Snapshot sets and clones of volume groups, restore and refresh (PowerStore REST 4.0, volume_group actions)."""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.jobs import Effect
from jobwise_emulator.powerstore.resources import names, protection, replication
from jobwise_emulator.powerstore.resources.members import (
    members,
    refuse_destination,
    refuse_live_destination,
    refuse_snapshot_set,
)
from jobwise_emulator.powerstore.resources.metro import refuse_running
from jobwise_emulator.powerstore.resources.policies import check_policies, chosen
from jobwise_emulator.powerstore.resources.volume import copy_volume
from jobwise_emulator.powerstore.resources.volume_group import check_name, new_group


def snapshot(call: Call) -> Effect:
    """Take a snapshot set of a group."""
    world, group, body = call.world, call.target, call.body
    refuse_snapshot_set(group, "Taking a snapshot")
    refuse_live_destination(world, group, "Taking a snapshot")
    check_profile(world, body)
    return lambda: {"id": take_snapshot(world, group, body)["id"]}


def check_profile(world: ApplianceState, body: Json) -> None:
    """Name and expiry of a snapshot set to be taken."""
    check_name(world, body["name"])
    names.printable(body.get("description") or "", "description")
    protection.check_expiry(world, body.get("expiration_timestamp") or False, body.get("is_secure") or None)


def take_snapshot(world: ApplianceState, group: Json, body: Json) -> Json:
    """Make and store a snapshot set with one snapshot per member."""
    now = world.now()
    copy = copy_members(world, group, body, "Snapshot", now)
    copy["protection_data"] = protection.of_copy(world, group, body, protection.origin(group, now))
    world.store.add("volume_group", copy)
    return copy


def copy_members(world: ApplianceState, source: Json, body: Json, kind: str, when: str) -> Json:
    """A group of copies of another group's members; not stored yet."""
    copies = []
    for volume in members(world, source):
        name = names.made_up(world, "volume", f"{body['name']}.{volume['name']}")
        copy = copy_volume(world, volume, kind, {**body, "name": name, "description": None}, when)
        copies.append(copy["id"])
    copy = new_group(world, body["name"], kind, copies)
    copy["description"] = body.get("description")
    copy["is_write_order_consistent"] = source["is_write_order_consistent"]
    return copy


def clone(call: Call) -> Effect:
    """Clone a group or a snapshot set; the clone of a set counts as one of the set's source, made back then."""
    world, source, body = call.world, call.target, call.body
    refuse_live_destination(world, source, "Cloning it")
    check_name(world, body["name"])
    names.printable(body.get("description") or "", "description")
    check_policies(world, body)
    wanted = {**body, "is_write_order_consistent": source["is_write_order_consistent"]}
    replication.check_policy(world, "volume_group", wanted, body.get("protection_policy_id"))

    def effect() -> Json:
        come_from = protection.origin(source, world.now())
        plain = {"name": body["name"], "description": body.get("description")}
        copy = copy_members(world, source, plain, "Clone", come_from.when)
        copy.update(chosen(body))
        copy["is_replication_destination"] = bool(body.get("is_replication_destination"))
        copy["protection_data"] = protection.of_copy(world, source, {}, come_from)
        world.store.add("volume_group", copy)
        replication.follow_policy(world, "volume_group", copy)
        return {"id": copy["id"]}

    return effect


def restore(call: Call) -> Effect:
    """Put a group back to one of its own snapshot sets."""
    world, group = call.world, call.target
    refuse_snapshot_set(group, "Restoring")
    refuse_destination(group)
    refuse_running(world, group, "Restoring")
    source = world.find("volume_group", call.body["from_snap_id"])
    if source["type"] != "Snapshot" or source["protection_data"]["parent_id"] != group["id"]:
        text = f"{source['name']} is not an immediate snapshot set of volume group {group['name']}."
        raise Refused(422, "0xE0A060010050", text, source["name"], group["name"])
    taken_of = {volume["protection_data"]["parent_id"] for volume in members(world, source)}
    if taken_of != set(group["@volumes"]):
        raise different_members(group, source)
    return overwrite(call, source, source["protection_data"]["source_id"])


def refresh(call: Call) -> Effect:
    """Overwrite a group from another group or another group's snapshot set in the same family."""
    world, group = call.world, call.target
    refuse_snapshot_set(group, "Refreshing")
    refuse_destination(group)
    refuse_running(world, group, "Refreshing")
    source = world.find("volume_group", call.body["from_object_id"])
    data = source["protection_data"]
    if source["id"] == group["id"] or data["family_id"] != group["protection_data"]["family_id"]:
        text = f"{source['name']} is not another member of the family of volume group {group['name']}."
        raise Refused(422, "0xE0A060010052", text, source["name"], group["name"])
    if source["type"] == "Snapshot" and data["parent_id"] == group["id"]:
        text = f"{source['name']} is a snapshot set of {group['name']} itself; use restore."
        raise Refused(422, "0xE0A060010053", text, source["name"], group["name"])
    families = [sorted(v["protection_data"]["family_id"] for v in members(world, one)) for one in (source, group)]
    if families[0] != families[1]:
        raise different_members(group, source)
    return overwrite(call, source, source["id"])


def different_members(group: Json, source: Json) -> Refused:
    """422 for a source whose members are not those of the target."""
    text = f"The members of volume group {group['name']} have changed since {source['name']} was made."
    return Refused(422, "0xE0A060010051", text, group["name"], source["name"])


def overwrite(call: Call, source: Json, source_id: str) -> Effect:
    """The effect of restore and refresh: a backup set unless refused, sizes and source data from the source."""
    world, group, body = call.world, call.target, call.body
    wants_backup = body.get("create_backup_snap", True)
    profile = body.get("backup_snap_profile")
    if wants_backup and profile:
        check_profile(world, profile)

    def effect() -> Json | None:
        name = names.made_up(world, "volume_group", f"{group['name']}.backup.{world.now()}")
        backup = take_snapshot(world, group, profile or {"name": name}) if wants_backup else None
        sizes = {volume["protection_data"]["family_id"]: volume["size"] for volume in members(world, source)}
        for volume in members(world, group):
            volume["size"] = sizes[volume["protection_data"]["family_id"]]
        live = source["type"] != "Snapshot"
        when = world.now() if live else source["protection_data"]["source_timestamp"]
        group["protection_data"] = {**group["protection_data"], "source_id": source_id, "source_timestamp": when}
        return {"backup_snapshot_id": backup["id"]} if backup else None

    return effect


RULES = {"volume_group": Rules({"snapshot": snapshot, "clone": clone, "restore": restore, "refresh": refresh})}
