# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The session of a consistency group and those of its members (PowerStore REST 4.0, import_session).

The group's session stays In_Progress until all members are ready for cutover; its end follows from theirs.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState
from jobwise_emulator.powerstore.resources import import_clock, import_destination
from jobwise_emulator.powerstore.resources.import_states import OVER, is_group

BROKEN = {"Failed", "Cancelled"}
UNSETTLED = {"Cancel_In_Progress", "Cutover_In_Progress", "Cleanup_In_Progress"}


def members(world: ApplianceState, session: Json) -> list[Json]:
    """The sessions of a group's members; none for a session of a volume."""
    return world.store.where("import_session", "parent_session_id", session["id"]) if is_group(session) else []


def may_start(world: ApplianceState, session: Json) -> bool:
    """Whether a queued session may be started: a member only once its group is in progress."""
    parent = import_destination.parent_of(world, session)
    return parent is None or parent["state"] == "In_Progress"


def is_paused(world: ApplianceState, session: Json) -> bool:
    """Whether a session belongs to a group that is paused."""
    parent = import_destination.parent_of(world, session)
    return parent is not None and parent["state"] == "Paused"


def any_copying(world: ApplianceState, session: Json) -> bool:
    """Whether a group's session in progress has members that copy, so that there is something to pause."""
    copying = [one for one in members(world, session) if one["state"] == "Copy_In_Progress"]
    return session["state"] == "In_Progress" and bool(copying)


def pause(world: ApplianceState, session: Json, moment: float) -> None:
    """Pause the members that copy; those still to come will wait."""
    for one in members(world, session):
        import_clock.wake(world, one, moment)
        if one["state"] == "Copy_In_Progress":
            import_clock.pause(world, one, moment)
    import_clock.enter(world, session, "Paused", moment)


def resume(world: ApplianceState, session: Json, moment: float) -> None:
    """Let everything go on; the group is in progress again."""
    import_clock.enter(world, session, "In_Progress", moment)
    for one in members(world, session):
        import_clock.wake(world, one, moment)
        if one["state"] == "Paused":
            import_clock.copy(world, one, moment)
    decide(world, session, moment)


def cut_over(world: ApplianceState, session: Json, moment: float) -> None:
    """Cut over all members that are not over yet."""
    for one in members(world, session):
        if one["state"] not in OVER:
            import_clock.cut_over(world, one, moment)


def cancel_members(world: ApplianceState, session: Json, moment: float, force: bool) -> None:
    """Cancel all members that are not over yet."""
    for one in members(world, session):
        if one["state"] not in OVER:
            import_clock.cancel(world, one, moment, force)


def follow(world: ApplianceState, session: Json, moment: float) -> None:
    """Something happened to a member: see what it means for the group."""
    parent = import_destination.parent_of(world, session)
    if parent is not None and not parent["@frozen"]:
        decide(world, parent, moment)


def decide(world: ApplianceState, group: Json, moment: float) -> None:
    """The next state of a group's session from those of its members, once none of them is about to change."""
    states = [one["state"] for one in members(world, group)]
    if UNSETTLED & set(states):
        return
    if group["state"] == "In_Progress":
        decide_copy(world, group, states, moment)
    elif group["state"] == "Cutover_In_Progress":
        decide_cutover(world, group, states, moment)
    elif group["state"] == "Cancel_In_Progress":
        failed = [state for state in states if state not in OVER]
        end(world, group, "Cancel_Failed" if failed else "Cancelled", moment)
    elif group["state"] == "Cleanup_In_Progress":
        failed = [state for state in states if state not in OVER]
        again = "Cleanup_Failed" if group.get("@cleaned") else "Cleanup_Required"
        end(world, group, again if failed else "Cancelled" if group.get("@cancelled") else "Failed", moment)
        group["@cleaned"] = True


def decide_copy(world: ApplianceState, group: Json, states: list[str], moment: float) -> None:
    """While the members copy: ready when all are, rolled back when one failed."""
    broken = [one for one in members(world, group) if one["state"] in {*BROKEN, "Cancel_Required"}]
    if broken:
        group["error"] = broken[0]["error"]
    if any(state in BROKEN for state in states):
        import_clock.enter(world, group, "Cleanup_In_Progress", moment, import_clock.STEP_SECONDS)
        cancel_members(world, group, moment, force=False)
    elif broken:
        import_clock.enter(world, group, "Cancel_Required", moment)
    elif states and all(state == "Ready_For_Cutover" for state in states):
        import_clock.ready(world, group, moment)


def decide_cutover(world: ApplianceState, group: Json, states: list[str], moment: float) -> None:
    """After the cut-over: complete, to be repeated, or complete with errors."""
    if any(state not in OVER for state in states):
        import_clock.enter(world, group, "Import_Cutover_Incomplete", moment)
        group["error"] = next(one["error"] for one in members(world, group) if one["state"] not in OVER)
    elif any(state in BROKEN for state in states):
        end(world, group, "Import_Completed_With_Errors", moment)
    else:
        end(world, group, "Import_Completed", moment)


def end(world: ApplianceState, group: Json, state: str, moment: float) -> None:
    """Put a group's session into one of its last states, and do what goes with it."""
    import_clock.enter(world, group, state, moment)
    if state.startswith("Import_Completed"):
        import_destination.finish(world, group)
    elif state in BROKEN:
        kept = any(one["destination_resource_id"] for one in members(world, group))
        if not kept:
            import_destination.roll_back(world, group)
