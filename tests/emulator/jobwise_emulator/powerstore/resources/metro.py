# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Metro for volumes and volume groups, as far as one side can show it.

Source: PowerStore REST 4.0, volume and volume_group, actions configure_metro and end_metro, replication_session; codes
and statuses from public clients (README).
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.jobs import Effect
from jobwise_emulator.powerstore.resources import session_clock
from jobwise_emulator.powerstore.resources.members import (
    LIVE,
    group_of,
    members,
    refuse_destination,
    refuse_snapshot_set,
)
from jobwise_emulator.powerstore.resources.replicas import refuse_replica
from jobwise_emulator.powerstore.resources.replication import new_session, rule_of

PAUSED = "Paused"
SUPPORTED = "Block_Metro_Active_Active"
SUBJECTS = {"volume": "Volume", "volume_group": "Volume group"}
CODES = {"volume": "0xE0A07001006", "volume_group": "0xE0A06001006"}
"""The codes of metro begin with this, by type."""


def refuse_running(world: ApplianceState, group: Json, what: str) -> None:
    """422 for what a metro volume group takes only while its session is paused: modify, members, refresh, restore."""
    session = world.store.get("replication_session", group["metro_replication_session_id"] or "")
    if session is not None and session["state"] != PAUSED:
        text = f"{what} needs the replication session of metro volume group {group['name']} to be paused."
        raise Refused(422, "0xE0A060010063", text, group["name"])


def refuse_other_side(world: ApplianceState, group: Json, what: str) -> None:
    """422 for what the preferred side of a metro volume group decides for both. The documents say so of volumes."""
    session = world.store.get("replication_session", group["metro_replication_session_id"] or "")
    if session is not None and session["role"] != "Metro_Preferred":
        text = f"{what} of metro volume group {group['name']} is possible only at its preferred side."
        raise Refused(422, "0xE0A060010069", text, group["name"])


def configure_group(call: Call) -> Effect:
    """Stretch a group over two clusters: a metro replication session to a remote system."""
    world, group = call.world, call.target
    refuse_snapshot_set(group, "configure_metro")
    refuse_destination(group)
    remote = find_remote(call, "volume_group")
    if not group["@volumes"]:
        text = f"Volume group {group['name']} has no members."
        raise Refused(422, "0xE0A060010061", text, group["name"])
    if rule_of(world, group["protection_policy_id"]) is not None:
        text = f"Volume group {group['name']} is replicated by its protection policy."
        raise Refused(422, "0xE0A060010067", text, group["name"])
    return stretched(world, "volume_group", group, remote)


def configure_volume(call: Call) -> Effect:
    """Stretch a volume that is in no group."""
    world, volume = call.world, call.target
    name, key = volume["name"], volume["id"]
    if group_of(world, volume) is not None:
        text = (
            f"The operation cannot be completed on volume {name} (id: {key}) because the volume is in a volume group."
        )
        raise Refused(400, "0xE0A050010072", text, name, key)
    if volume["type"] not in LIVE:
        raise Refused(422, "0xE0A070010061", f"{name} is a {volume['type']}; it cannot become a metro volume.", name)
    refuse_replica(world, volume, "configure_metro")
    remote = find_remote(call, "volume")
    family = world.store.where("volume", "protection_data.family_id", volume["protection_data"]["family_id"])
    if volume["type"] == "Clone" and any(one["metro_replication_session_id"] for one in family):
        raise Refused(422, "0xE0A070010066", f"Volume {name} is a copy of a metro volume.", name)
    if rule_of(world, volume["protection_policy_id"]) is not None:
        raise Refused(422, "0xE0A070010067", f"Volume {name} is replicated by its protection policy.", name)
    return stretched(world, "volume", volume, remote)


def find_remote(call: Call, kind: str) -> Json:
    """The remote system of a body, after checking that the object is not stretched yet and the system can do it."""
    subject, target = SUBJECTS[kind], call.target
    remote = call.world.find("remote_system", call.body["remote_system_id"])
    if target["metro_replication_session_id"]:
        text = f"{subject} {target['name']} is a metro {subject.lower()} already."
        raise Refused(400, f"{CODES[kind]}0", text, target["name"])
    if SUPPORTED not in remote["capabilities"]:
        raise Refused(422, f"{CODES[kind]}4", f"Remote system {remote['name']} does not support metro.", remote["name"])
    refuse_silent(remote, kind)
    return remote


def refuse_silent(remote: Json, kind: str) -> None:
    """422 for a remote system that does not answer."""
    if remote["state"] == "Management_Connection_Lost":
        raise Refused(422, f"{CODES[kind]}5", f"Remote system {remote['name']} does not answer.", remote["name"])


def stretched(world: ApplianceState, kind: str, target: Json, remote: Json) -> Effect:
    """The effect of configure_metro: a session that begins to synchronize."""

    def effect() -> Json:
        mark = {"role": "Metro_Preferred", "type": session_clock.METRO}
        session = new_session(world, kind, target, remote["id"], **mark)
        for entry in [target, *(members(world, target) if kind == "volume_group" else [])]:
            entry["metro_replication_session_id"] = session["id"]
        return {"metro_replication_session_id": session["id"]}

    return effect


def end_group(call: Call) -> Effect:
    """Take a group back to one cluster."""
    return ended(call, "volume_group")


def end_volume(call: Call) -> Effect:
    """Take a volume back to one cluster; a member of a group goes with its group."""
    if group_of(call.world, call.target) is not None and call.target["metro_replication_session_id"]:
        text = f"Volume {call.target['name']} is stretched with its volume group."
        raise Refused(400, "0xE0A070010068", text, call.target["name"])
    return ended(call, "volume")


def ended(call: Call, kind: str) -> Effect:
    """The effect of end_metro: the session goes away. ``force`` does so without the other cluster, which is all it is
    for here.
    """
    world, target = call.world, call.target
    session = world.store.get("replication_session", target["metro_replication_session_id"] or "")
    if not target["metro_replication_session_id"]:
        text = f"{SUBJECTS[kind]} {target['name']} is not in a metro replication session."
        raise Refused(400, f"{CODES[kind]}2", text, target["name"])
    if session is not None and not call.value("force"):
        refuse_silent(world.find("remote_system", session["remote_system_id"]), kind)

    def effect() -> None:
        if session is not None:
            session_clock.end(world, session)
        for entry in [target, *(members(world, target) if kind == "volume_group" else [])]:
            entry["metro_replication_session_id"] = None

    return effect


RULES = {
    "volume_group": Rules({"configure_metro": configure_group, "end_metro": end_group}),
    "volume": Rules({"configure_metro": configure_volume, "end_metro": end_volume}),
}
