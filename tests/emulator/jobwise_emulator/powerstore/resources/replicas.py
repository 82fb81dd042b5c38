# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a volume refuses because of its copy on a second array: as a replication destination, and under metro.

Source: PowerStore REST 4.0, volume (is_replication_destination, metro_replication_session_id), volume_modify (force),
PATCH of a volume.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.resources.members import group_of

PAUSED = ("Paused",)
INTERRUPTED = ("Paused", "Fractured")
PREFERRED_ONLY = {"name", "performance_policy_id"}


def writing_sessions(world: ApplianceState, volume: Json) -> list[Json]:
    """The live replication sessions that write to a volume, or to the group it is in."""
    if not volume["is_replication_destination"]:
        return []
    home = group_of(world, volume)
    keys = {volume["id"], *([home["id"]] if home else [])}
    return [
        session
        for session in world.store.where("replication_session", "role", "Destination")
        if session["local_resource_id"] in keys
    ]


def refuse_replica(world: ApplianceState, volume: Json, what: str) -> None:
    """422 for a volume that a live replication session writes to; once that is gone, the mark alone forbids nothing."""
    if writing_sessions(world, volume):
        name = volume["name"]
        text = f"{what} is not allowed: volume {name} is the destination of an active replication session."
        raise Refused(422, "0xE0A070010050", text, name)


def check_destination(world: ApplianceState, volume: Json, body: Json) -> None:
    """What may be changed of a replication destination.

    While a session writes to it: with ``force``, the policy may be taken away if the session never synchronized.
    The mark can be cleared once no session is left.
    """
    sessions = writing_sessions(world, volume)
    forced = body.get("force") and set(body) == {"force", "protection_policy_id"} and not body["protection_policy_id"]
    if not (forced and not any(session["last_sync_timestamp"] for session in sessions)):
        refuse_replica(world, volume, "A change")
    wanted = body.get("is_replication_destination")
    if wanted or (wanted is False and not volume["is_replication_destination"]):
        text = "is_replication_destination may only be set to false, and only while it is true."
        raise Refused(422, "0xE0A070010033", text)


def check_metro_change(world: ApplianceState, volume: Json, body: Json) -> None:
    """A metro volume is changed while its session is paused; its size also while it is fractured. Name and
    performance policy are changed on the preferred side alone.
    """
    if not body:
        return
    refuse_unless(world, volume, "A change", INTERRUPTED if set(body) == {"size"} else PAUSED)
    session = metro_session(world, volume)
    if session is not None and PREFERRED_ONLY & set(body) and session["role"] != "Metro_Preferred":
        text = f"Name and performance policy of metro volume {volume['name']} are changed at its preferred side."
        raise Refused(422, "0xE0A070010052", text, volume["name"])


def refuse_unless(world: ApplianceState, volume: Json, what: str, states: tuple[str, ...]) -> None:
    """422 for a metro volume whose session is in none of these states."""
    session = metro_session(world, volume)
    if session is not None and session["state"] not in states:
        wanted = " or ".join(state.lower() for state in states)
        text = f"{what} needs the replication session of metro volume {volume['name']} to be {wanted}."
        raise Refused(422, "0xE0A070010051", text, volume["name"])


def metro_session(world: ApplianceState, volume: Json) -> Json | None:
    """The metro session of a volume."""
    return world.store.get("replication_session", volume["metro_replication_session_id"] or "")
