# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Volumes mapped to hosts and host groups (PowerStore REST 4.0, volume attach and detach)."""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.jobs import Effect

SIDES = (("host_id", "host"), ("host_group_id", "host_group"))


def check_host_choice(world: ApplianceState, body: Json, needed: bool = False) -> None:
    """At most one of host and host group, and it exists."""
    given = [(attribute, kind) for attribute, kind in SIDES if body.get(attribute)]
    if len(given) > 1:
        raise Refused(400, "0xE0A080010020", "Only one of host_id and host_group_id can be given.")
    if needed and not given:
        raise Refused(400, "0xE0A080010021", "One of host_id and host_group_id must be given.")
    for attribute, kind in given:
        world.find(kind, body[attribute])


def mapping_of(world: ApplianceState, volume: Json, body: Json) -> Json | None:
    """The mapping of a volume to the host or host group a body names."""
    for entry in world.store.where("host_volume_mapping", "volume_id", volume["id"]):
        if all(entry[attribute] == body[attribute] for attribute, dummy in SIDES if body.get(attribute)):
            return entry
    return None


def map_volume(world: ApplianceState, volume: Json, body: Json) -> None:
    """Map a volume if the body names a host or host group."""
    if not any(body.get(attribute) for attribute, dummy in SIDES):
        return
    taken = {entry["logical_unit_number"] for entry in world.store.all("host_volume_mapping")}
    number = body.get("logical_unit_number")
    free = next(lun for lun in range(1, 16384) if lun not in taken)
    mapping = world.new(
        "host_volume_mapping",
        volume_id=volume["id"],
        host_id=body.get("host_id"),
        host_group_id=body.get("host_group_id"),
        logical_unit_number=free if number is None else number,
    )
    world.store.add("host_volume_mapping", mapping)


def attach(call: Call) -> Effect:
    """Map a volume to a host or host group."""
    world, volume, body = call.world, call.target, call.body
    if all(body.get(attribute) for attribute, dummy in SIDES):
        raise Refused(500, "0xE0A080010052", "A volume internal error occurred.")
    check_host_choice(world, body, needed=True)
    if mapping_of(world, volume, body):
        raise Refused(422, "0xE0A080010022", f"Volume {volume['name']} is mapped there already.", volume["name"])
    return lambda: map_volume(world, volume, body)


def detach(call: Call) -> Effect:
    """Undo a mapping."""
    world, volume, body = call.world, call.target, call.body
    check_host_choice(world, body, needed=True)
    mapping = mapping_of(world, volume, body)
    if mapping is None:
        raise Refused(422, "0xE0A08001000F", f"Volume {volume['name']} is not mapped to that host.", volume["name"])
    key = mapping["id"]
    return lambda: world.store.remove("host_volume_mapping", key)


RULES = {"volume": Rules({"attach": attach, "detach": detach})}
