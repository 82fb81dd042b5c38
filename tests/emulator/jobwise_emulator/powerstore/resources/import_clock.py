# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Import sessions on the clock: what becomes of a session by itself (PowerStore REST 4.0, import_session states).

Hidden keys of a session: ``@due`` is when the next thing happens by itself (None: somebody has to do something),
``@frozen`` holds a state that a test forced, ``@queued`` the time of queueing, ``@copied`` the share copied before the
current run of the copy and ``@copying_since`` the start of that run.
"""

from __future__ import annotations

from collections.abc import Callable

from jobwise_emulator.clock import iso
from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState
from jobwise_emulator.powerstore.resources import import_destination, import_group
from jobwise_emulator.powerstore.resources.import_states import HOLDING, is_group, progress

KIND = "import_session"
SET_UP_SECONDS = 2.0
STEP_SECONDS = 1.0
TRANSIENT = ("estimated_completion_timestamp", "average_transfer_rate", "current_transfer_rate")
COPY_FAILED: Json = {
    "code": "0xE0A0D0030001",
    "message_l10n": "The copy failed: the source volume could not be read.",
    "arguments": [],
}
CUTOVER_FAILED: Json = {
    "code": "0xE0A0D0030002",
    "message_l10n": "The cutover failed: the mirror of the volume is broken.",
    "arguments": [],
}


def run(world: ApplianceState) -> None:
    """Let everything happen that is due, in the order of time, and bring percentages and rates up to date."""
    now = world.clock.now()
    fill(world, now)
    while True:
        due = [one for one in world.store.all(KIND) if one["@due"] is not None and one["@due"] <= now]
        if not due:
            break
        session = min(due, key=lambda one: float(one["@due"]))
        moment = session["@due"]
        session["@due"] = None
        STEPS[session["state"]](world, session, moment)
        fill(world, moment)
    for session in world.store.all(KIND):
        if not session["@frozen"]:
            show_progress(world, session, now)


def after(world: ApplianceState, moment: float, seconds: float) -> float:
    """``seconds`` after a moment, at the speed of the clock."""
    return moment + float(seconds / world.clock.speed)


def enter(world: ApplianceState, session: Json, state: str, moment: float, seconds: float | None = None) -> None:
    """Put a session into a state, for so many seconds or until somebody does something."""
    session.update(dict.fromkeys(TRANSIENT), state=state, last_update_timestamp=iso(moment))
    session.update(progress_percentage=progress(state, session["@copied"]))
    session["@frozen"] = False
    session["@due"] = None if seconds is None else after(world, moment, seconds)


def show_progress(world: ApplianceState, session: Json, now: float) -> None:
    """Percentage, rates and estimate of a session that copies; a group shows the mean of its members."""
    if is_group(session) and session["state"] == "In_Progress":
        shares = [copied_share(world, one, now) for one in import_group.members(world, session)]
        session["progress_percentage"] = int(100 * sum(shares) / len(shares)) if shares else 0
    if session["state"] != "Copy_In_Progress":
        return
    rate = int(import_destination.size_of(world, session) * world.clock.speed / copy_seconds(world))
    left = (1 - copied_share(world, session, now)) * copy_seconds(world)
    session.update(
        progress_percentage=progress("Copy_In_Progress", copied_share(world, session, now)),
        average_transfer_rate=rate,
        current_transfer_rate=rate,
        estimated_completion_timestamp=iso(after(world, now, left)),
        last_update_timestamp=iso(now),
    )


def copy_seconds(world: ApplianceState) -> float:
    """How long a whole copy takes at speed 1."""
    return float(world.settings["import_copy_seconds"])


def copied_share(world: ApplianceState, session: Json, now: float) -> float:
    """The share of a session's data that is copied, 0 to 1."""
    if session["state"] != "Copy_In_Progress" or session["@copying_since"] is None:
        return float(session["@copied"])
    gone = (now - session["@copying_since"]) * world.clock.speed / copy_seconds(world)
    return min(0.99, float(session["@copied"] + gone))


def failing_at(world: ApplianceState, session: Json) -> object:
    """When the import of this source is to fail: a percentage of the copy, ``cutover``, or None."""
    name = import_destination.source_of(world, session).get("name")
    return world.settings["import_failures"].get(name)


def queue(world: ApplianceState, session: Json, moment: float) -> None:
    """Wait for a place among those that run at once; the members of a group wait with it."""
    for one in [session, *import_group.members(world, session)]:
        enter(world, one, "Queued", moment)
        one["@queued"] = moment


def fill(world: ApplianceState, moment: float) -> None:
    """Start queued sessions, first come first served, while there are places."""
    while True:
        everybody = world.store.all(KIND)
        running = [one for one in everybody if not is_group(one) and one["state"] in HOLDING]
        waiting = [one for one in everybody if one["state"] == "Queued" and not one["@frozen"]]
        ready = [one for one in waiting if import_group.may_start(world, one)]
        if not ready or len(running) >= world.settings["imports_at_once"]:
            return
        session = min(ready, key=lambda one: float(one["@queued"]))
        enter(world, session, "In_Progress", moment, None if is_group(session) else SET_UP_SECONDS)


def set_up(world: ApplianceState, session: Json, moment: float) -> None:
    """The set-up is done: agentless sessions wait for their user, others start to copy."""
    import_destination.prepare(world, session)
    if session["type"] == "Agentless":
        enter(world, session, "Mirror_Enabled", moment)
    elif import_group.is_paused(world, session):
        enter(world, session, "Paused", moment)
    else:
        copy(world, session, moment)


def copy(world: ApplianceState, session: Json, moment: float) -> None:
    """Start the copy, or go on with it."""
    copied, limit = float(session["@copied"]), failing_at(world, session)
    until = max(copied, limit / 100) if isinstance(limit, (int, float)) else 1.0
    session["@copying_since"] = moment
    enter(world, session, "Copy_In_Progress", moment, (until - copied) * copy_seconds(world))


def pause(world: ApplianceState, session: Json, moment: float) -> None:
    """Stop the copy where it is."""
    session["@copied"] = copied_share(world, session, moment)
    enter(world, session, "Paused", moment)


def copied(world: ApplianceState, session: Json, moment: float) -> None:
    """The copy came to its end, good or bad."""
    if isinstance(failing_at(world, session), (int, float)):
        fail(world, session, moment, COPY_FAILED)
    else:
        session["@copied"] = 1.0
        ready(world, session, moment)
    import_group.follow(world, session, moment)


def ready(world: ApplianceState, session: Json, moment: float) -> None:
    """Wait for the cut-over, a short while if it is automatic; members wait for their group."""
    alone = session["automatic_cutover"] and not session["parent_session_id"]
    enter(world, session, "Ready_For_Cutover", moment, STEP_SECONDS if alone else None)


def fail(world: ApplianceState, session: Json, moment: float, error: Json) -> None:
    """A copy or cut-over failed: agentless ones have to be cancelled, others are rolled back and over."""
    state = "Cancel_Required" if session["type"] == "Agentless" else "Failed"
    enter(world, session, state, moment)
    session["error"] = {**error, "arguments": [session["name"]]}
    if state == "Failed":
        import_destination.roll_back(world, session)


def cut_over(world: ApplianceState, session: Json, moment: float) -> None:
    """Begin the cut-over."""
    enter(world, session, "Cutover_In_Progress", moment, STEP_SECONDS)
    session["error"] = None
    if is_group(session):
        import_group.cut_over(world, session, moment)


def committed(world: ApplianceState, session: Json, moment: float) -> None:
    """The cut-over of a volume is done, or fails; a member whose cut-over fails may be tried once more."""
    if is_group(session):
        import_group.decide(world, session, moment)
        return
    if failing_at(world, session) == "cutover" and not session.get("@tried"):
        session["@tried"] = True
        if session["parent_session_id"]:
            enter(world, session, "Ready_For_Cutover", moment)
            session["error"] = {**CUTOVER_FAILED, "arguments": [session["name"]]}
        else:
            fail(world, session, moment, CUTOVER_FAILED)
    else:
        enter(world, session, "Import_Completed", moment)
        import_destination.finish(world, session)
    import_group.follow(world, session, moment)


def cancel(world: ApplianceState, session: Json, moment: float, force: bool) -> None:
    """Begin to cancel a session and, for a group, those of its members."""
    enter(world, session, "Cancel_In_Progress", moment, STEP_SECONDS)
    session["@forced"], session["@cancelled"] = force, True
    if is_group(session):
        import_group.cancel_members(world, session, moment, force)


def cancelled(world: ApplianceState, session: Json, moment: float) -> None:
    """The cancel of a volume is done; without the source only a forced one gets through, with nothing rolled back."""
    if is_group(session):
        import_group.decide(world, session, moment)
        return
    if not unreachable(world, session):
        enter(world, session, "Cancelled", moment)
        import_destination.roll_back(world, session)
    elif session["@forced"]:
        enter(world, session, "Cancelled", moment)
    else:
        enter(world, session, "Cancel_Failed" if session["parent_session_id"] else "Cleanup_Required", moment)
    import_group.follow(world, session, moment)


def clean_up(world: ApplianceState, session: Json, moment: float) -> None:
    """Begin the clean-up that a user asked for."""
    enter(world, session, "Cleanup_In_Progress", moment, STEP_SECONDS)
    if is_group(session):
        import_group.cancel_members(world, session, moment, force=False)


def cleaned(world: ApplianceState, session: Json, moment: float) -> None:
    """The clean-up of a volume is done: what was being cancelled is cancelled, everything else has failed."""
    if is_group(session):
        import_group.decide(world, session, moment)
    elif unreachable(world, session):
        enter(world, session, "Cleanup_Failed", moment)
    else:
        enter(world, session, "Cancelled" if session.get("@cancelled") else "Failed", moment)
        import_destination.roll_back(world, session)


def unreachable(world: ApplianceState, session: Json) -> bool:
    """Whether the array with the source does not answer."""
    remote = world.store.get("remote_system", session["remote_system_id"])
    return remote is None or remote["state"] == "Management_Connection_Lost"


def wake(world: ApplianceState, session: Json, moment: float) -> None:
    """Let a session go on from a state that a test forced."""
    if session["@frozen"]:
        session["@frozen"] = False
        if session["state"] == "Copy_In_Progress":
            copy(world, session, moment)
        elif session["state"] in STEPS and session["state"] not in {"Scheduled", "Ready_For_Cutover"}:
            session["@due"] = None if is_group(session) else after(world, moment, STEP_SECONDS)


def force(world: ApplianceState, session: Json, given: Json) -> None:
    """Hold a session in the state that somebody else's change gave it, until an action; its members stop with it.

    Attributes that go with the state are set unless the change gave them.
    """
    now, percent = world.clock.now(), given.get("progress_percentage", session["progress_percentage"])
    session["@copied"] = session["@copied"] if percent is None else percent / 100
    session["@copying_since"] = None
    values: Json = dict.fromkeys(TRANSIENT)
    shown = {**session, **values, "progress_percentage": progress(session["state"], session["@copied"])}
    show_progress(world, shown, now)
    session.update({name: shown[name] for name in (*values, "progress_percentage") if name not in given})
    session["last_update_timestamp"] = world.now()
    for one in [session, *import_group.members(world, session)]:
        one["@frozen"], one["@due"] = True, None
    import_group.follow(world, session, now)


STEPS: dict[str, Callable[[ApplianceState, Json, float], None]] = {
    "Scheduled": queue,
    "In_Progress": set_up,
    "Copy_In_Progress": copied,
    "Ready_For_Cutover": cut_over,
    "Cutover_In_Progress": committed,
    "Cancel_In_Progress": cancelled,
    "Cleanup_In_Progress": cleaned,
}
