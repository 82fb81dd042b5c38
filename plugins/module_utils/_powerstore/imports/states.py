# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The route of an import session from any state to any goal, as a table.

Source: PowerStore REST API 4.0, import_session (states, and the states in which each action is allowed), and the guide
"Importing External Storage" (sessions of consistency groups and of their members).
"""

from __future__ import annotations

import dataclasses

ACTION, WAIT, DONE, IMPOSSIBLE = "action", "wait", "done", "impossible"
GOALS = ("present", "ready", "completed", "paused", "cancelled", "absent")


@dataclasses.dataclass(frozen=True)
class Sort:
    """Which sort of session it is. automatic: the array cuts over by itself."""

    group: bool = False
    agentless: bool = False
    automatic: bool = False


@dataclasses.dataclass(frozen=True)
class Move:
    """What comes next: an action, to wait, nothing, or a reason why the goal is out of reach.

    again: the action repeats what failed, so somebody has to see to the reason first; one run never tries it twice.
    unless_automatic: the array does it by itself where the session says so.
    members: the goal to lead the sessions of a group's members to before or while the group's own is waited for.
    """

    kind: str
    action: str = ""
    reason: str = ""
    again: bool = False
    unless_automatic: bool = False
    members: str = ""


@dataclasses.dataclass(frozen=True)
class Cell:
    """A move for each sort of session. non_disruptive: for the volume sessions of this type, where it differs."""

    volume: Move
    group: Move
    non_disruptive: Move | None = None


def act(action: str) -> Move:
    """Return the move that sends an action."""
    return Move(ACTION, action)


def impossible(reason: str) -> Move:
    """Return the move of a goal that is out of reach. reason: goes on behind "Import session x is STATE: "."""
    return Move(IMPOSSIBLE, reason=reason)


def same(move: Move) -> Cell:
    """Return the cell of one move for all."""
    return Cell(move, move)


STAY = same(Move(DONE))
HOLD = same(Move(WAIT))

ANEW = "Remove its record with state: absent, then run this task again for a new import"
CUT_OVER = "the import is cut over, which cannot be undone"
PARTIAL = "some members were cut over and others were cancelled; see which, and import those anew"
CANCELLING = "it is being cancelled"
FAILED = f"the import has failed. {ANEW}"
CANCELLED = f"the import was cancelled. {ANEW}"
ROLLING_BACK = "a member has failed and the others are being rolled back"
TO_BE_CANCELLED = "the copy has failed and has to be cancelled: state: cancelled does it"
TO_BE_CANCELLED_AGAIN = "not all members could be cancelled. See to what hinders it; state: cancelled tries again"
TO_BE_CLEANED = "a roll-back did not work. See to what hinders it; state: cancelled then cleans up"
STUCK = "the clean-up did not work, and the array has no action for this state. Ask the vendor's support"
INVALID = "the array itself did not expect this state. Ask the vendor's support"
NOT_HERE = "the array does not cancel a group in this state. state: ready leads it on"
STRANGE = "the array's documents know no session of this sort in this state. Look at the array"
NOTHING_COPIES = "nothing is being copied, so there is nothing to pause"
COPIED = "everything is copied, so there is nothing to pause"
ACTIVE = "an import that goes on is not removed. state: cancelled stops it, then its record can be removed"

STRANGE_HERE = impossible(STRANGE)
LEAD_TO_READY = Move(WAIT, members="ready")
LEAD_TO_PAUSED = Move(WAIT, members="paused")
REPEAT_CUTOVER = Move(
    ACTION,
    "cutover",
    again=True,
    reason="the cutover of some members has failed. See to what hinders it, then run the task again: it repeats it",
)
REPEAT_CANCEL = Move(ACTION, "cancel", again=True, reason=TO_BE_CANCELLED_AGAIN)
CLEAN_UP = Move(ACTION, "cleanup", again=True, reason=TO_BE_CLEANED)
CUTOVER = Move(ACTION, "cutover", unless_automatic=True)

STATES = (
    "Scheduled",
    "Queued",
    "In_Progress",
    "Mirror_Enabled",
    "Ready_To_Start_Copy",
    "Copy_In_Progress",
    "Paused",
    "Ready_For_Cutover",
    "Cutover_In_Progress",
    "Import_Completed",
    "Import_Completed_With_Errors",
    "Import_Cutover_Incomplete",
    "Cancel_In_Progress",
    "Cancelled",
    "Cancel_Failed",
    "Cancel_Required",
    "Failed",
    "Cleanup_In_Progress",
    "Cleanup_Failed",
    "Cleanup_Required",
    "Invalid",
)
GOOD_STATES = frozenset(STATES[:10])
"""States of an import that goes well; in others the session tells an error."""

PRESENT = dict.fromkeys(STATES, STAY)

READY: dict[str, Cell] = {
    "Scheduled": HOLD,
    "Queued": HOLD,
    "In_Progress": Cell(volume=Move(WAIT), group=LEAD_TO_READY),
    "Mirror_Enabled": Cell(act("enable_destination_volume"), LEAD_TO_READY, non_disruptive=STRANGE_HERE),
    "Ready_To_Start_Copy": Cell(act("start_copy"), LEAD_TO_READY, non_disruptive=STRANGE_HERE),
    "Copy_In_Progress": Cell(volume=Move(WAIT), group=LEAD_TO_READY),
    "Paused": same(act("resume")),
    "Ready_For_Cutover": STAY,
    # What is beyond the goal has reached it: an earlier part of a migration may run again.
    "Cutover_In_Progress": STAY,
    "Import_Completed": STAY,
    "Import_Cutover_Incomplete": Cell(volume=STRANGE_HERE, group=Move(DONE)),
    "Import_Completed_With_Errors": same(impossible(PARTIAL)),
    "Cancel_In_Progress": same(impossible(CANCELLING)),
    "Cancelled": same(impossible(CANCELLED)),
    "Cancel_Failed": same(impossible(TO_BE_CANCELLED_AGAIN)),
    "Cancel_Required": same(impossible(TO_BE_CANCELLED)),
    "Failed": same(impossible(FAILED)),
    "Cleanup_In_Progress": same(impossible(ROLLING_BACK)),
    "Cleanup_Failed": same(impossible(STUCK)),
    "Cleanup_Required": same(impossible(TO_BE_CLEANED)),
    "Invalid": same(impossible(INVALID)),
}

COMPLETED: dict[str, Cell] = {
    **READY,
    "Ready_For_Cutover": same(CUTOVER),
    "Cutover_In_Progress": HOLD,
    "Import_Completed": STAY,
    "Import_Cutover_Incomplete": Cell(volume=STRANGE_HERE, group=REPEAT_CUTOVER),
}

PAUSED: dict[str, Cell] = {
    **READY,
    "Scheduled": same(impossible(NOTHING_COPIES)),
    "Queued": same(impossible(NOTHING_COPIES)),
    "In_Progress": Cell(volume=Move(WAIT), group=LEAD_TO_PAUSED),
    "Mirror_Enabled": Cell(impossible(NOTHING_COPIES), LEAD_TO_PAUSED),
    "Ready_To_Start_Copy": Cell(impossible(NOTHING_COPIES), LEAD_TO_PAUSED),
    "Copy_In_Progress": same(act("pause")),
    "Paused": STAY,
    "Ready_For_Cutover": same(impossible(COPIED)),
    "Cutover_In_Progress": same(impossible(COPIED)),
    "Import_Completed": same(impossible(CUT_OVER)),
    "Import_Cutover_Incomplete": same(impossible(COPIED)),
}

CANCELLED_GOAL: dict[str, Cell] = {
    "Scheduled": same(act("cancel")),
    "Queued": same(act("cancel")),
    "In_Progress": Cell(volume=Move(WAIT), group=act("cancel")),
    "Mirror_Enabled": Cell(volume=act("cancel"), group=impossible(NOT_HERE)),
    "Ready_To_Start_Copy": Cell(volume=act("cancel"), group=impossible(NOT_HERE)),
    # The session of a group can be cancelled only where it does not copy, but there it can be paused.
    "Copy_In_Progress": Cell(volume=act("cancel"), group=act("pause")),
    "Paused": same(act("cancel")),
    "Ready_For_Cutover": same(act("cancel")),
    "Cutover_In_Progress": HOLD,
    "Import_Completed": same(impossible(CUT_OVER)),
    "Import_Completed_With_Errors": same(impossible(CUT_OVER)),
    "Import_Cutover_Incomplete": Cell(volume=STRANGE_HERE, group=act("cancel")),
    "Cancel_In_Progress": HOLD,
    "Cancelled": STAY,
    "Cancel_Failed": Cell(volume=STRANGE_HERE, group=REPEAT_CANCEL),
    "Cancel_Required": same(act("cancel")),
    # The import of a volume that has failed is over and rolled back; of a group, members may be left.
    "Failed": Cell(volume=Move(DONE), group=act("cancel")),
    "Cleanup_In_Progress": HOLD,
    "Cleanup_Failed": same(impossible(STUCK)),
    "Cleanup_Required": same(CLEAN_UP),
    "Invalid": same(impossible(INVALID)),
}

ABSENT: dict[str, Cell] = {
    **dict.fromkeys(STATES, same(impossible(ACTIVE))),
    "Cutover_In_Progress": HOLD,
    "Import_Completed": same(act("delete")),
    "Import_Completed_With_Errors": same(act("delete")),
    "Cancel_In_Progress": HOLD,
    "Cancelled": same(act("delete")),
    "Failed": same(act("delete")),
    "Cleanup_In_Progress": HOLD,
    "Cancel_Failed": same(impossible(TO_BE_CANCELLED_AGAIN)),
    "Cancel_Required": same(impossible(TO_BE_CANCELLED)),
    "Cleanup_Failed": same(impossible(STUCK)),
    "Cleanup_Required": same(impossible(TO_BE_CLEANED)),
    "Invalid": same(impossible(INVALID)),
}

ROUTES = {
    "present": PRESENT,
    "ready": READY,
    "completed": COMPLETED,
    "paused": PAUSED,
    "cancelled": CANCELLED_GOAL,
    "absent": ABSENT,
}
