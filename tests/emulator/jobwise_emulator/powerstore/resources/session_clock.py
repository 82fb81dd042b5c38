# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a replication session moves with time: its start-up, its way after an action, and its end.

Source: PowerStore REST 4.0, ReplicationStateEnum, DataTransferStateEnum, ReplicationResourceStateEnum. That the session
is still there for a while after its end is what Cinder's driver waits for. How long a phase takes is the setting
``replication_phase_seconds``.
"""

from __future__ import annotations

from jobwise_emulator.clock import iso
from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Rules

METRO, ASYNCHRONOUS, SYNCHRONOUS = "Metro_Active_Active", "Asynchronous", "Synchronous"
FIRST_METRO, FIRST = "System_Asynchronous_Initial_Sync", "Asynchronous_Initial_Sync"
PHASES = {
    METRO: {
        "Initializing": FIRST_METRO,
        "Synchronizing": FIRST_METRO,
        "Switching_To_Metro_Sync": "Switch_To_Sync_Diff_Copy",
        "OK": "Active_Active",
    },
    ASYNCHRONOUS: {"Initializing": FIRST, "Synchronizing": FIRST, "OK": "Asynchronous"},
    SYNCHRONOUS: {"Initializing": FIRST, "Switching_To_Synchronous": FIRST, "OK": "Synchronous"},
}
"""The states of a new session, one after the other, by type; and the state of the transfer in each."""
INTERRUPTED = {"Paused": "Paused", "Fractured": "Faulted"}
"""The same for states that only somebody else's change brings about; in any other state it stays what it was."""
BEGAN, COURSE, ENDED = "@began", "@course", "@ended"
FAILED_OVER = "Failed_Over"
OTHER_SIDE = {
    **{"Source": "Destination", "Destination": "Source"},
    **{"Metro_Preferred": "Metro_Non_Preferred", "Metro_Non_Preferred": "Metro_Preferred"},
}
"""The role of a side after the two have changed their roles."""


def phase_seconds(world: ApplianceState) -> float:
    """How long each phase takes."""
    return float(world.settings["replication_phase_seconds"]) / world.clock.speed


def start(world: ApplianceState, session: Json) -> None:
    """A session begins to move."""
    move(world, session, list(PHASES[session["type"]]))


def move(world: ApplianceState, session: Json, course: list[str]) -> None:
    """A session goes through these states, one after the other. In the last one it stays."""
    session[BEGAN], session[COURSE] = world.clock.now(), course
    show(session, course[0])


def arrive(session: Json, moment: float) -> None:
    """What the end of a course brings: after a failover the sides have changed roles, and OK means synchronized."""
    session.pop(COURSE)
    if session["state"] == FAILED_OVER:
        session["role"] = OTHER_SIDE[session["role"]]
    elif session["state"] == "OK":
        session["last_sync_timestamp"] = iso(moment)


def end(world: ApplianceState, session: Json) -> None:
    """A session goes away, one phase from now."""
    session.pop(BEGAN, None)
    session.pop(COURSE, None)
    session[ENDED] = world.clock.now()
    show(session, "Deleting")


def show(session: Json, state: str) -> None:
    """Set the state and what follows from it."""
    session["state"] = state
    transfer = {**PHASES[session["type"]], **INTERRUPTED}
    session["data_transfer_state"] = transfer.get(state, session["data_transfer_state"])


def run(world: ApplianceState) -> None:
    """Bring every session up to the clock."""
    now, step = world.clock.now(), phase_seconds(world)
    for session in [one for kind in PHASES for one in world.store.where("replication_session", "type", kind)]:
        if ENDED in session:
            if now >= session[ENDED] + step:
                world.store.remove("replication_session", session["id"])
        elif BEGAN in session:
            states = session[COURSE]
            passed = [state for place, state in enumerate(states) if now >= session[BEGAN] + place * step]
            if passed[-1] != session["state"]:
                show(session, passed[-1])
            if len(passed) == len(states):
                arrive(session, session.pop(BEGAN) + (len(states) - 1) * step)


def changed(world: ApplianceState, session: Json, values: Json) -> None:
    """A state that somebody else's change set is held until the next such change."""
    if "state" not in values or session["type"] not in PHASES:
        return
    for name in (BEGAN, COURSE, ENDED):
        if name in session:
            session.pop(name)
    if "data_transfer_state" not in values:
        show(session, session["state"])


RULES = {"replication_session": Rules(changed=changed)}
