# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an import makes on this array: destination volumes and groups, their mappings, and their removal again."""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState
from jobwise_emulator.powerstore.resources import import_sources, names, protection
from jobwise_emulator.powerstore.resources.import_states import is_group
from jobwise_emulator.powerstore.resources.volume import BLOCK, SMALLEST, fresh, remove_volume
from jobwise_emulator.powerstore.resources.volume_group import new_group, remove_group
from jobwise_emulator.powerstore.resources.volume_hosts import map_volume


def source_of(world: ApplianceState, session: Json) -> Json:
    """The source object of a session; empty if it is gone."""
    found = import_sources.locate(world, session["source_resource_id"] or "")
    return found[1].entry if found else {}


def size_of(world: ApplianceState, session: Json) -> int:
    """Bytes to be copied, a multiple of the block size."""
    size = int(source_of(world, session).get("size") or SMALLEST)
    return -(-size // BLOCK) * BLOCK


def parent_of(world: ApplianceState, session: Json) -> Json | None:
    """The session of the group that a session is part of."""
    return world.store.get("import_session", session["parent_session_id"])


def prepare(world: ApplianceState, session: Json) -> None:
    """Make the destination volume of a session, in the group it belongs into."""
    if session["destination_resource_id"]:
        return
    name = str(source_of(world, session).get("name") or session["name"])
    volume = world.new("volume", **fresh(world, "Primary"))
    volume.update(name=names.made_up(world, "volume", name), size=size_of(world, session))
    volume["protection_data"] = protection.of_primary(world, volume["id"])
    world.store.add("volume", volume)
    session.update(destination_resource_id=volume["id"], destination_resource_type="volume")
    parent = parent_of(world, session)
    group = group_for(world, parent) if parent else world.store.get("volume_group", session["volume_group_id"])
    if group is not None:
        group["@volumes"] = [*group["@volumes"], volume["id"]]
        group["is_importing"] = True


def group_for(world: ApplianceState, parent: Json) -> Json | None:
    """The destination of a group's session, made when the first member needs it."""
    if not parent["destination_resource_id"]:
        name = str(source_of(world, parent).get("name") or parent["name"])
        group = new_group(world, names.made_up(world, "volume_group", name), "Primary", [])
        group["protection_data"] = protection.of_primary(world, group["id"])
        world.store.add("volume_group", group)
        parent.update(destination_resource_id=group["id"], destination_resource_type="volume_group")
    return world.store.get("volume_group", parent["destination_resource_id"])


def enable(world: ApplianceState, session: Json) -> None:
    """Map the destination volume to the hosts that were named when the session was created."""
    volume = world.store.get("volume", session["destination_resource_id"])
    if volume is not None:
        for side in session["@hosts"]:
            map_volume(world, volume, side)


def finish(world: ApplianceState, session: Json) -> None:
    """After the cut-over: the protection policy is applied, the source counts as imported."""
    import_sources.release(world, session, imported=True)
    kind = "volume_group" if is_group(session) else "volume"
    destination = world.store.get(kind, session["destination_resource_id"])
    if destination is not None and session["protection_policy_id"] and not session["parent_session_id"]:
        destination["protection_policy_id"] = session["protection_policy_id"]
    settle(world, session)


def roll_back(world: ApplianceState, session: Json) -> None:
    """After a cancel or a failure: the destination goes, the source is as before."""
    import_sources.release(world, session, imported=False)
    key, kind = session["destination_resource_id"], session["destination_resource_type"]
    entry = world.store.get(kind, key) if key else None
    if entry is not None and kind == "volume":
        for mapping in world.store.where("host_volume_mapping", "volume_id", key):
            world.store.remove("host_volume_mapping", mapping["id"])
        remove_volume(world, entry)
    elif entry is not None:
        remove_group(world, entry, with_members=False)
    session.update(destination_resource_id=None, destination_resource_type=None)
    settle(world, session)


def settle(world: ApplianceState, session: Json) -> None:
    """A group is importing no longer once nothing that is under way leads into it."""
    key = session["destination_resource_id"] if is_group(session) else session["volume_group_id"]
    group = world.store.get("volume_group", key)
    others = [
        one
        for one in world.store.where("import_session", "volume_group_id", key)
        if one["id"] != session["id"] and one["destination_resource_id"] and one["progress_percentage"] is not None
    ]
    if group is not None and not others:
        group["is_importing"] = False
