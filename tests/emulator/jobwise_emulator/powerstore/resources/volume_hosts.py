# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Volumes mapped to hosts and host groups, from either side.

Source: PowerStore REST 4.0, volume, host and host_group, actions attach and detach, host_volume_mapping. What the
document leaves open (README): a LUN is used once for each host and each host group, and a host of a group is mapped
through its group alone.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.jobs import Effect
from jobwise_emulator.powerstore.resources.replicas import refuse_replica

SIDES = (("host_id", "host"), ("host_group_id", "host_group"))
LUNS = range(1, 16384)
"""What the array chooses from; a user may take 0 as well."""
NOT_MAPPED = {"host": "0xE0A01001001E", "host_group": "0xE0A03001001E"}


def check_host_choice(world: ApplianceState, body: Json, needed: bool = False) -> None:
    """At most one of host and host group, and it exists."""
    given = [(attribute, kind) for attribute, kind in SIDES if body.get(attribute)]
    if len(given) > 1:
        raise Refused(400, "0xE0A080010020", "Only one of host_id and host_group_id can be given.")
    if needed and not given:
        raise Refused(400, "0xE0A080010021", "One of host_id and host_group_id must be given.")
    for attribute, kind in given:
        world.find(kind, body[attribute])


def check_new_mapping(world: ApplianceState, body: Json) -> None:
    """Whether a volume may be mapped to the host or host group of a body, if it has one, with the LUN of the body."""
    check_host_choice(world, body)
    for attribute, kind in SIDES:
        if body.get(attribute):
            side = world.find(kind, body[attribute])
            refuse_internal(side)
            refuse_grouped(side)
            check_lun(world, attribute, side, body.get("logical_unit_number"))


def refuse_internal(side: Json) -> None:
    """422 for a host that is part of the array itself; a host group is never one."""
    if side.get("type") == "Internal":
        raise Refused(422, "0xE0A010010026", f"Host {side['name']} is managed by the system.", side["name"])


def refuse_grouped(side: Json) -> None:
    """422 for a host that is in a group."""
    if side.get("host_group_id"):
        text = f"Host {side['name']} is in a host group; volumes are mapped to the group."
        raise Refused(422, "0xE0A080010023", text, side["name"])


def check_lun(world: ApplianceState, attribute: str, side: Json, wanted: int | None) -> None:
    """422 for a LUN that the host or host group uses already, and if none is left to choose."""
    if wanted is not None and wanted in luns(world, attribute, side["id"]):
        text = f"The logical unit number {wanted} is in use for {side['name']}."
        raise Refused(422, "0xE0A080010024", text, str(wanted), side["name"])
    if wanted is None and free_lun(world, attribute, side["id"]) is None:
        raise Refused(422, "0xE0A080010025", f"No logical unit number is left for {side['name']}.", side["name"])


def luns(world: ApplianceState, attribute: str, key: str) -> set[int]:
    """The LUNs of one host or host group."""
    return {entry["logical_unit_number"] for entry in world.store.where("host_volume_mapping", attribute, key)}


def free_lun(world: ApplianceState, attribute: str, key: str) -> int | None:
    """The LUN the array chooses: the lowest one that this host or host group does not use."""
    taken = luns(world, attribute, key)
    return next((lun for lun in LUNS if lun not in taken), None)


def mapping_of(world: ApplianceState, volume: Json, body: Json) -> Json | None:
    """The mapping of a volume to the host or host group a body names."""
    for entry in world.store.where("host_volume_mapping", "volume_id", volume["id"]):
        if all(entry[attribute] == body[attribute] for attribute, dummy in SIDES if body.get(attribute)):
            return entry
    return None


def map_volume(world: ApplianceState, volume: Json, body: Json) -> None:
    """Map a volume if the body names a host or host group; the first mapping selects its node."""
    for attribute, dummy in SIDES:
        key = body.get(attribute)
        if key:
            number = body.get("logical_unit_number")
            mapping = world.new("host_volume_mapping", volume_id=volume["id"])
            mapping[attribute] = key
            mapping["logical_unit_number"] = free_lun(world, attribute, key) if number is None else number
            world.store.add("host_volume_mapping", mapping)
            if volume["node_affinity"] == "System_Select_At_Attach":
                volume["node_affinity"] = "System_Selected_Node_A"


def drop_mappings(world: ApplianceState, attribute: str, key: str) -> None:
    """Take away the mappings of a volume, host or host group that disappears."""
    for entry in world.store.where("host_volume_mapping", attribute, key):
        world.store.remove("host_volume_mapping", entry["id"])


def attach(call: Call) -> Effect:
    """Map a volume to a host or host group."""
    if all(call.body.get(attribute) for attribute, dummy in SIDES):
        raise Refused(500, "0xE0A080010052", "A volume internal error occurred.")
    check_host_choice(call.world, call.body, needed=True)
    return attached(call.world, call.target, call.body)


def attached(world: ApplianceState, volume: Json, body: Json) -> Effect:
    """The effect of a mapping that may be made."""
    refuse_replica(world, volume, "Attaching it")
    if mapping_of(world, volume, body):
        raise Refused(422, "0xE0A080010022", f"Volume {volume['name']} is mapped there already.", volume["name"])
    check_new_mapping(world, body)
    return lambda: map_volume(world, volume, body)


def detach(call: Call) -> Effect:
    """Undo a mapping."""
    check_host_choice(call.world, call.body, needed=True)
    return detached(call.world, call.target, call.body, 422, "0xE0A08001000F")


def detached(world: ApplianceState, volume: Json, body: Json, status: int, code: str) -> Effect:
    """The effect of a mapping's end; refused with this status and code if the volume is not mapped there."""
    for attribute, kind in SIDES:
        if body.get(attribute):
            refuse_internal(world.find(kind, body[attribute]))
    mapping = mapping_of(world, volume, body)
    if mapping is None:
        raise Refused(status, code, f"Volume {volume['name']} is not mapped to that host.", volume["name"])
    key = mapping["id"]
    return lambda: world.store.remove("host_volume_mapping", key)


def side_rules(attribute: str, kind: str) -> Rules:
    """The same two actions, asked of a host or host group."""

    def attach_side(call: Call) -> Effect:
        body = {attribute: call.target["id"], "logical_unit_number": call.value("logical_unit_number")}
        return attached(call.world, call.world.find("volume", call.body["volume_id"]), body)

    def detach_side(call: Call) -> Effect:
        volume = call.world.find("volume", call.body["volume_id"])
        return detached(call.world, volume, {attribute: call.target["id"]}, 400, NOT_MAPPED[kind])

    return Rules({"attach": attach_side, "detach": detach_side})


RULES = {
    "volume": Rules({"attach": attach, "detach": detach}),
    **{kind: side_rules(attribute, kind) for attribute, kind in SIDES},
}
