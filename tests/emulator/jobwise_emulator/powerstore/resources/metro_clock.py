# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a metro session moves with time: its start-up, and its end.

Source: PowerStore REST 4.0, ReplicationStateEnum, DataTransferStateEnum, ReplicationResourceStateEnum. That the session
is still there for a while after end_metro is what Cinder's driver waits for. How long a phase takes is the setting
``metro_phase_seconds``.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Rules

METRO = "Metro_Active_Active"
PHASES = ("Initializing", "Synchronizing", "Switching_To_Metro_Sync", "OK")
TRANSFER = {
    "Initializing": "System_Asynchronous_Initial_Sync",
    "Synchronizing": "System_Asynchronous_Initial_Sync",
    "Switching_To_Metro_Sync": "Switch_To_Sync_Diff_Copy",
    "OK": "Active_Active",
    "Paused": "Paused",
    "Fractured": "Faulted",
}
"""The state of the transfer in each state of a session; in any other state it stays what it was."""
BEGAN, ENDED = "@began", "@ended"


def phase_seconds(world: ApplianceState) -> float:
    """How long each phase takes."""
    return float(world.settings["metro_phase_seconds"]) / world.clock.speed


def start(world: ApplianceState, session: Json) -> None:
    """A session begins to move."""
    session[BEGAN] = world.clock.now()
    show(session, PHASES[0])


def end(world: ApplianceState, session: Json) -> None:
    """A session goes away, one phase from now."""
    session.pop(BEGAN, None)
    session[ENDED] = world.clock.now()
    show(session, "Deleting")


def show(session: Json, state: str) -> None:
    """Set the state and what follows from it."""
    session["state"] = state
    session["data_transfer_state"] = TRANSFER.get(state, session["data_transfer_state"])


def run(world: ApplianceState) -> None:
    """Bring every session up to the clock."""
    now, step = world.clock.now(), phase_seconds(world)
    for session in world.store.where("replication_session", "type", METRO):
        if ENDED in session:
            if now >= session[ENDED] + step:
                world.store.remove("replication_session", session["id"])
        elif BEGAN in session:
            passed = [phase for place, phase in enumerate(PHASES) if now >= session[BEGAN] + place * step]
            if passed[-1] != session["state"]:
                show(session, passed[-1])
            if passed[-1] == PHASES[-1]:
                session.pop(BEGAN)


def changed(world: ApplianceState, session: Json, values: Json) -> None:
    """A state that somebody else's change set is held until the next such change."""
    if "state" not in values or session["type"] != METRO:
        return
    for name in (BEGAN, ENDED):
        if name in session:
            session.pop(name)
    if "data_transfer_state" not in values:
        show(session, session["state"])


RULES = {"replication_session": Rules(changed=changed)}
