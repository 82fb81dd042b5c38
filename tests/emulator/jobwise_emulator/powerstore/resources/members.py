# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Membership of volumes in volume groups, kept in the group's hidden list ``@volumes``."""

from __future__ import annotations

from typing import Any

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState
from jobwise_emulator.powerstore.errors import Refused

LIVE = ("Primary", "Clone")


def members(world: ApplianceState, group: Json) -> list[Json]:
    """The volumes of a group."""
    found = (world.store.get("volume", key) for key in group["@volumes"])
    return [volume for volume in found if volume is not None]


def group_of(world: ApplianceState, volume: Json) -> Json | None:
    """The group or snapshot set a volume is in."""
    return next(iter(world.store.where("volume_group", "@volumes", volume["id"])), None)


def refuse_destination(group: Json) -> None:
    """422 for a group that a replication session writes to."""
    if group["is_replication_destination"]:
        text = f"Volume group {group['name']} is the destination of a replication session and cannot be changed."
        raise Refused(422, "0xE0A060010010", text, group["name"])


def refuse_live_destination(world: ApplianceState, group: Json, what: str) -> None:
    """422 for a group that an active replication session writes to: then the documents restrict all operations."""
    sessions = world.store.where("replication_session", "local_resource_id", group["id"])
    if group["is_replication_destination"] and any(session["role"] == "Destination" for session in sessions):
        text = (
            f"{what} is not allowed: volume group {group['name']} is the destination of an active replication session."
        )
        raise Refused(422, "0xE0A060010028", text, group["name"])


def refuse_snapshot_set(group: Json, what: str) -> None:
    """422 for an operation that only primary groups and clones take."""
    if group["type"] not in LIVE:
        text = f"{what} is only valid for a primary or clone volume group; {group['name']} is a {group['type']}."
        raise Refused(422, "0xE0A060010011", text, group["name"])


def check_joining(world: ApplianceState, keys: list[Any], group: Json | None) -> list[Json]:
    """The volumes that are to join a group (None: one yet to be made), after checking that they all may.

    Live volumes that are in no group, all on one appliance, none named twice.
    """
    volumes = [world.find("volume", key) for key in keys]
    if len({volume["id"] for volume in volumes}) < len(volumes):
        raise Refused(400, "0xE0A060010020", "A volume is named more than once in volume_ids.")
    present = members(world, group) if group else []
    for volume in volumes:
        name = volume["name"]
        if volume["type"] not in LIVE:
            text = f"Volume {name} is a {volume['type']}; only primary volumes and clones can be in a volume group."
            raise Refused(422, "0xE0A060010021", text, name)
        if volume.get("is_replication_destination"):
            text = f"Volume {name} is the destination of a replication session and cannot be changed."
            raise Refused(422, "0xE0A060010027", text, name)
        home = group_of(world, volume)
        if home is not None and group is not None and home["id"] == group["id"]:
            text = f"Volume {name} is already part of volume group {home['name']}."
            raise Refused(422, "0xE0A060010022", text, name, home["name"])
        if home is not None:
            text = f"Volume {name} is part of another volume group, {home['name']}."
            raise Refused(422, "0xE0A060010023", text, name, home["name"])
    one_appliance([*present, *volumes])
    return volumes


def one_appliance(volumes: list[Json]) -> None:
    """422 for members on different appliances."""
    if len({volume["appliance_id"] for volume in volumes}) > 1:
        raise Refused(422, "0xE0A060010024", "All members of a volume group must be on the same appliance.")


def mapped(world: ApplianceState, volumes: list[Json]) -> list[Json]:
    """Those volumes that are mapped to a host or host group."""
    return [volume for volume in volumes if world.store.where("host_volume_mapping", "volume_id", volume["id"])]
