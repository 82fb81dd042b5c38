# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The table of import states: the next transition of a session for each of its states and each goal of a task.

Source: PowerStore REST API 4.0, import_session (states, and the states in which each action is allowed), and the guide
"Importing External Storage" (sessions of consistency groups and of their members).
"""

from __future__ import annotations

import dataclasses

ACTION, WAIT, DONE, IMPOSSIBLE = "action", "wait", "done", "impossible"
GOALS = ("present", "ready", "completed", "paused", "cancelled", "absent")


@dataclasses.dataclass(frozen=True)
class SessionType:
    """The type of a session. group: it imports a consistency group. agentless: it is of type Agentless.

    automatic: the array cuts over by itself.
    """

    group: bool = False
    agentless: bool = False
    automatic: bool = False


@dataclasses.dataclass(frozen=True)
class Transition:
    """The next transition: an action, a wait, nothing, or the reason why the goal is out of reach.

    kind: ACTION, WAIT, DONE or IMPOSSIBLE.
    again: the action repeats one that failed. A person must correct the reason first; one run never repeats it twice.
    unless_automatic: the array sends the action itself if the session cuts over automatically.
    members: the goal for the sessions of a group's members before or while the run waits for the group's session.
    """

    kind: str
    action: str = ""
    reason: str = ""
    again: bool = False
    unless_automatic: bool = False
    members: str = ""


@dataclasses.dataclass(frozen=True)
class TransitionRow:
    """The transitions for the types of session.

    non_disruptive: that of a volume's non-disruptive session if it differs.
    """

    volume: Transition
    group: Transition
    non_disruptive: Transition | None = None


def act(action: str) -> Transition:
    """Return the transition that sends an action."""
    return Transition(ACTION, action)


def impossible(reason: str) -> Transition:
    """Return the transition for a goal that is out of reach.

    reason: the words that follow "Import session x is STATE: ".
    """
    return Transition(IMPOSSIBLE, reason=reason)


def same(transition: Transition) -> TransitionRow:
    """Return a row with the same transition for all types of session."""
    return TransitionRow(transition, transition)


STAY = same(Transition(DONE))
HOLD = same(Transition(WAIT))

IMPORT_AGAIN = "Remove its record with state: absent, then run this task again for a new import"
CUT_OVER = "the import is cut over, which cannot be undone"
PARTIAL = "some members were cut over and others were cancelled. Find the cancelled members and import them again"
CANCELLING = "it is being cancelled"
FAILED = f"the import has failed. {IMPORT_AGAIN}"
CANCELLED = f"the import was cancelled. {IMPORT_AGAIN}"
ROLLING_BACK = "a member has failed and the others are being rolled back"
TO_BE_CANCELLED = "the copy has failed and must be cancelled: state: cancelled does it"
TO_BE_CANCELLED_AGAIN = "not all members could be cancelled. Correct the cause; state: cancelled then tries again"
TO_BE_CLEANED = "a roll-back did not work. Correct the cause; state: cancelled then cleans up"
STUCK = "the clean-up did not work, and the array has no action for this state. Contact the vendor's support"
INVALID = "the array itself did not expect this state. Contact the vendor's support"
NOT_HERE = "the array cannot cancel a group in this state. Bring it to state: ready first"
STRANGE = "according to its documents, the array has no session of this type in this state. Look at the array"
NOTHING_COPIES = "nothing is being copied, so there is nothing to pause"
COPIED = "everything is copied, so there is nothing to pause"
ACTIVE = "an import that is running cannot be removed. state: cancelled stops it, then its record can be removed"

STRANGE_HERE = impossible(STRANGE)
LEAD_TO_READY = Transition(WAIT, members="ready")
LEAD_TO_PAUSED = Transition(WAIT, members="paused")
REPEAT_CUTOVER = Transition(
    ACTION,
    "cutover",
    again=True,
    reason="the cutover of some members has failed. Correct the cause, then run the task again to repeat it",
)
REPEAT_CANCEL = Transition(ACTION, "cancel", again=True, reason=TO_BE_CANCELLED_AGAIN)
CLEAN_UP = Transition(ACTION, "cleanup", again=True, reason=TO_BE_CLEANED)
CUTOVER = Transition(ACTION, "cutover", unless_automatic=True)

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
"""States of an import without a failure. In the others the session reports an error."""

PRESENT = dict.fromkeys(STATES, STAY)

READY: dict[str, TransitionRow] = {
    "Scheduled": HOLD,
    "Queued": HOLD,
    "In_Progress": TransitionRow(volume=Transition(WAIT), group=LEAD_TO_READY),
    "Mirror_Enabled": TransitionRow(act("enable_destination_volume"), LEAD_TO_READY, non_disruptive=STRANGE_HERE),
    "Ready_To_Start_Copy": TransitionRow(act("start_copy"), LEAD_TO_READY, non_disruptive=STRANGE_HERE),
    "Copy_In_Progress": TransitionRow(volume=Transition(WAIT), group=LEAD_TO_READY),
    "Paused": same(act("resume")),
    "Ready_For_Cutover": STAY,
    # A session beyond the goal has reached it, so that the first tasks of a migration can run again.
    "Cutover_In_Progress": STAY,
    "Import_Completed": STAY,
    "Import_Cutover_Incomplete": TransitionRow(volume=STRANGE_HERE, group=Transition(DONE)),
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

COMPLETED: dict[str, TransitionRow] = {
    **READY,
    "Ready_For_Cutover": same(CUTOVER),
    "Cutover_In_Progress": HOLD,
    "Import_Completed": STAY,
    "Import_Cutover_Incomplete": TransitionRow(volume=STRANGE_HERE, group=REPEAT_CUTOVER),
}

PAUSED: dict[str, TransitionRow] = {
    **READY,
    "Scheduled": same(impossible(NOTHING_COPIES)),
    "Queued": same(impossible(NOTHING_COPIES)),
    "In_Progress": TransitionRow(volume=Transition(WAIT), group=LEAD_TO_PAUSED),
    "Mirror_Enabled": TransitionRow(impossible(NOTHING_COPIES), LEAD_TO_PAUSED),
    "Ready_To_Start_Copy": TransitionRow(impossible(NOTHING_COPIES), LEAD_TO_PAUSED),
    "Copy_In_Progress": same(act("pause")),
    "Paused": STAY,
    "Ready_For_Cutover": same(impossible(COPIED)),
    "Cutover_In_Progress": same(impossible(COPIED)),
    "Import_Completed": same(impossible(CUT_OVER)),
    "Import_Cutover_Incomplete": same(impossible(COPIED)),
}

CANCELLED_GOAL: dict[str, TransitionRow] = {
    "Scheduled": same(act("cancel")),
    "Queued": same(act("cancel")),
    "In_Progress": TransitionRow(volume=Transition(WAIT), group=act("cancel")),
    "Mirror_Enabled": TransitionRow(volume=act("cancel"), group=impossible(NOT_HERE)),
    "Ready_To_Start_Copy": TransitionRow(volume=act("cancel"), group=impossible(NOT_HERE)),
    # The array cannot cancel a group that is copying, so the group is paused first.
    "Copy_In_Progress": TransitionRow(volume=act("cancel"), group=act("pause")),
    "Paused": same(act("cancel")),
    "Ready_For_Cutover": same(act("cancel")),
    "Cutover_In_Progress": HOLD,
    "Import_Completed": same(impossible(CUT_OVER)),
    "Import_Completed_With_Errors": same(impossible(CUT_OVER)),
    "Import_Cutover_Incomplete": TransitionRow(volume=STRANGE_HERE, group=act("cancel")),
    "Cancel_In_Progress": HOLD,
    "Cancelled": STAY,
    "Cancel_Failed": TransitionRow(volume=STRANGE_HERE, group=REPEAT_CANCEL),
    "Cancel_Required": same(act("cancel")),
    # A failed import of a volume has been rolled back. After a failed import of a group, members may be left.
    "Failed": TransitionRow(volume=Transition(DONE), group=act("cancel")),
    "Cleanup_In_Progress": HOLD,
    "Cleanup_Failed": same(impossible(STUCK)),
    "Cleanup_Required": same(CLEAN_UP),
    "Invalid": same(impossible(INVALID)),
}

ABSENT: dict[str, TransitionRow] = {
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
