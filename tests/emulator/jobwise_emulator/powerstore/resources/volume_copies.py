# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Snapshots and clones of volumes, restore and refresh.

Source: PowerStore REST 4.0, volume, actions snapshot, clone, restore and refresh.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.jobs import Effect
from jobwise_emulator.powerstore.resources import names, protection, replicas, replication
from jobwise_emulator.powerstore.resources.members import LIVE, group_of
from jobwise_emulator.powerstore.resources.policies import check_policies
from jobwise_emulator.powerstore.resources.volume import check_name, check_plain, copy_volume
from jobwise_emulator.powerstore.resources.volume_hosts import check_new_mapping, map_volume


def check_profile(world: ApplianceState, volume: Json, body: Json) -> Json:
    """A snapshot's body, checked, with the array's own name when it has none."""
    if volume["type"] not in LIVE:
        raise Refused(422, "0xE0A040010001", "A snapshot cannot be taken of a snapshot.", volume["name"])
    profile = {"name": world.now(), **body}
    check_name(world, profile["name"], of_snapshot=volume["protection_data"]["family_id"])
    check_plain(body)
    protection.check_expiry(world, body.get("expiration_timestamp") or False, body.get("is_secure") or None)
    return profile


def snapshot(call: Call) -> Effect:
    """Take a snapshot."""
    world, volume = call.world, call.target
    replicas.refuse_replica(world, volume, "Taking a snapshot")
    profile = check_profile(world, volume, call.body)
    return lambda: {"id": copy_volume(world, volume, "Snapshot", profile, world.now())["id"]}


def clone(call: Call) -> Effect:
    """Clone a volume or snapshot."""
    world, volume = call.world, call.target
    replicas.refuse_replica(world, volume, "Cloning it")
    body = {**call.body, "name": call.body.get("name") or names.made_up(world, "volume", f"{volume['name']}.clone")}
    check_name(world, body["name"])
    check_plain(body)
    check_policies(world, body)
    replication.check_policy(world, "volume", body, body.get("protection_policy_id"))
    check_new_mapping(world, body)

    def effect() -> Json:
        copy = copy_volume(world, volume, "Clone", body, world.now())
        map_volume(world, copy, body)
        replication.follow_policy(world, "volume", copy)
        return {"id": copy["id"]}

    return effect


def restore(call: Call) -> Effect:
    """Put a volume back to one of its own snapshots."""
    source = call.world.find("volume", call.body["from_snap_id"])
    if source["type"] != "Snapshot" or source["protection_data"]["parent_id"] != call.target["id"]:
        text = f"{source['name']} is not an immediate snapshot of volume {call.target['name']}."
        raise Refused(422, "0xE0A040010020", text, source["name"], call.target["name"])
    return overwrite(call, source)


def refresh(call: Call) -> Effect:
    """Overwrite a volume from another one of its family."""
    source = call.world.find("volume", call.body["from_object_id"])
    same = source["protection_data"]["family_id"] == call.target["protection_data"]["family_id"]
    if not same or source["id"] == call.target["id"]:
        text = f"{source['name']} is not another member of the family of volume {call.target['name']}."
        raise Refused(422, "0xE0A040010021", text, source["name"], call.target["name"])
    return overwrite(call, source)


def overwrite(call: Call, source: Json) -> Effect:
    """The effect of restore and refresh: a backup snapshot unless refused, size and source data from the source.

    A member of a write-order consistent group is overwritten only with the group (Dell's white paper on snapshots).
    """
    world, volume, body = call.world, call.target, call.body
    replicas.refuse_replica(world, volume, "Overwriting it")
    replicas.refuse_unless(world, volume, "Overwriting it", replicas.INTERRUPTED)
    if volume["type"] not in LIVE:
        raise Refused(422, "0xE0A040010022", f"Snapshot {volume['name']} cannot be overwritten.", volume["name"])
    home = group_of(world, volume)
    if home is not None and home["is_write_order_consistent"]:
        text = f"Volume {volume['name']} is in write-order consistent volume group {home['name']}."
        raise Refused(422, "0xE0A040010024", text, volume["name"], home["name"])
    profile = None
    if body.get("backup_snap_profile") and not body.get("create_backup_snap", True):
        raise Refused(400, "0xE0A040010023", "backup_snap_profile needs create_backup_snap.")
    if body.get("create_backup_snap", True):
        profile = check_profile(world, volume, body.get("backup_snap_profile") or {})

    def effect() -> Json | None:
        backup = copy_volume(world, volume, "Snapshot", profile, world.now()) if profile else None
        volume["size"] = source["size"]
        when = source["protection_data"]["source_timestamp"] or world.now()
        volume["protection_data"] = {**volume["protection_data"], "source_id": source["id"], "source_timestamp": when}
        return {"backup_snapshot_id": backup["id"]} if backup else None

    return effect


RULES = {"volume": Rules({"snapshot": snapshot, "clone": clone, "restore": restore, "refresh": refresh})}
