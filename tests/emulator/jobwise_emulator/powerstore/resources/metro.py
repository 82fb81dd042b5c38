# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Metro for volume groups (PowerStore REST 4.0, configure_metro and end_metro), as far as the documents go.

Of metro for volumes only a refusal is known.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused, no_rules
from jobwise_emulator.powerstore.jobs import Effect
from jobwise_emulator.powerstore.resources.members import (
    group_of,
    members,
    refuse_destination,
    refuse_snapshot_set,
)

PAUSED = "Paused"
SUPPORTED = "Block_Metro_Active_Active"


def refuse_running(world: ApplianceState, group: Json, what: str) -> None:
    """422 for what a metro volume group takes only while its session is paused: modify, members, refresh, restore."""
    session = world.store.get("replication_session", group["metro_replication_session_id"] or "")
    if session is not None and session["state"] != PAUSED:
        text = f"{what} needs the replication session of metro volume group {group['name']} to be paused."
        raise Refused(422, "0xE0A060010063", text, group["name"])


def configure_metro(call: Call) -> Effect:
    """Stretch a group over two clusters: a metro replication session to a remote system."""
    world, group = call.world, call.target
    refuse_snapshot_set(group, "configure_metro")
    refuse_destination(group)
    remote = world.find("remote_system", call.body["remote_system_id"])
    if SUPPORTED not in remote["capabilities"]:
        text = f"Remote system {remote['name']} does not support metro."
        raise Refused(422, "0xE0A060010064", text, remote["name"])
    refuse_silent(remote)
    if group["metro_replication_session_id"]:
        text = f"Volume group {group['name']} is a metro volume group already."
        raise Refused(422, "0xE0A060010060", text, group["name"])
    if not group["@volumes"]:
        text = f"Volume group {group['name']} has no members."
        raise Refused(422, "0xE0A060010061", text, group["name"])

    def effect() -> Json:
        session = world.new(
            "replication_session",
            state="OK",
            role="Metro_Preferred",
            type="Metro_Active_Active",
            resource_type="volume_group",
            local_resource_id=group["id"],
            remote_resource_id=world.new_id(),
            remote_system_id=remote["id"],
        )
        session["@volume_groups"] = [group["id"]]
        world.store.add("replication_session", session)
        for entry in [group, *members(world, group)]:
            entry["metro_replication_session_id"] = session["id"]
        return {"metro_replication_session_id": session["id"]}

    return effect


def refuse_silent(remote: Json) -> None:
    """422 for a remote system that does not answer."""
    if remote["state"] == "Management_Connection_Lost":
        raise Refused(422, "0xE0A060010065", f"Remote system {remote['name']} does not answer.", remote["name"])


def end_metro(call: Call) -> Effect:
    """Take a group back to one cluster; ``force`` does so without the other one, which is all it is for here."""
    world, group = call.world, call.target
    key = group["metro_replication_session_id"]
    if not key:
        text = f"Volume group {group['name']} is not a metro volume group."
        raise Refused(422, "0xE0A060010062", text, group["name"])
    session = world.store.get("replication_session", key)
    if session is not None and not call.value("force"):
        refuse_silent(world.find("remote_system", session["remote_system_id"]))

    def effect() -> None:
        world.store.remove("replication_session", key)
        for entry in [group, *members(world, group)]:
            entry["metro_replication_session_id"] = None

    return effect


def configure_volume_metro(call: Call) -> Effect:
    """Only a volume that is in no group can become a metro volume; how, this emulator does not know."""
    world, volume = call.world, call.target
    if group_of(world, volume) is not None:
        name, key = volume["name"], volume["id"]
        text = (
            f"The operation cannot be completed on volume {name} (id: {key}) because the volume is in a volume group."
        )
        raise Refused(400, "0xE0A050010072", text, name, key)
    raise no_rules("volume", "configure_metro")


RULES = {
    "volume_group": Rules({"configure_metro": configure_metro, "end_metro": end_metro}),
    "volume": Rules({"configure_metro": configure_volume_metro}),
}
