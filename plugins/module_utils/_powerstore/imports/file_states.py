# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The state machine of imports of NAS servers, and the course of an import if nothing fails.

Source: PowerStore REST API 4.0, file_import_session (state, current_operation, and when each action is allowed). The
array shows two values. While the state is In_Progress, the operation says more, so it is the state here.
"""

from __future__ import annotations

import typing as t

from ..._engine.data import Json
from ..._engine.state_machine import ACTION, HOLD, NOTHING, StateMachine, Transition, act, impossible, row
from ..sessions.course import Course

GOALS = ("present", "ready", "cut_over", "completed", "paused", "cancelled", "absent")
OPERATIONS = (
    "Initial_Provisioning",
    "Initial_Copy",
    "Importing_Config",
    "Ready_For_Cutover",
    "Cutting_Over",
    "Incremental_Copy",
    "Ready_For_Commit",
    "Committing",
)
BEFORE, HALTED, ENDS = (
    ("Scheduled", "Queued", "In_Progress"),
    ("Pausing", "Paused", "Failed"),
    ("Completed", "Cancelling", "Cancelled"),
)
STATES = (*BEFORE, *OPERATIONS, *HALTED, *ENDS)
IN_PROGRESS, FAILED = "In_Progress", "Failed"


class FileImportSituation(t.NamedTuple):
    """What decides about the next transition of a session.

    operation: for a session that pauses, is paused or has failed, the operation in which it halts.
    """

    state: str
    operation: str = ""


def situation_of(session: Json) -> FileImportSituation:
    """Return the situation of a session as read."""
    state, operation = session["state"], session.get("current_operation") or ""
    if state == IN_PROGRESS:
        return FileImportSituation(operation or state)
    return FileImportSituation(state, operation if state in HALTED else "")


def named(situation: FileImportSituation) -> str:
    """Return the state as users read it."""
    return f"{situation.state} at {situation.operation}" if situation.operation else situation.state


IMPORT_AGAIN = "Remove its record with state: absent, then run this task again for a new import"
# Each reason follows the words "File import session x is STATE: ".
COMMITTED = impossible("the import is committed, which cannot be undone")
CANCELLING = impossible("it is being cancelled")
CANCELLED = impossible(f"the import was cancelled. {IMPORT_AGAIN}")
FAILED_FOR_GOOD = impossible(
    "the import has failed where it cannot be resumed. Cancel it with state: cancelled, remove its record with "
    "state: absent, then run this task again for a new import"
)
FAILED_COPY = impossible("the import has failed, so there is nothing to pause. state: ready resumes it")
FAILED_RECORD = impossible("the import has failed but not ended. Cancel it with state: cancelled first")
NOTHING_COPIES = impossible("nothing is being copied, so there is nothing to pause")
COPIED = impossible("everything is copied, so there is nothing to pause")
ACTIVE = impossible(
    "an import that is running cannot be removed. state: cancelled stops it, then its record can be removed"
)
RESUME_FAILED = Transition(
    ACTION,
    "resume",
    again=True,
    reason="the import has failed. Correct the cause, then run the task again to resume it",
)

FORWARD = "ready cut_over completed"
COPYING = "Scheduled Queued In_Progress Initial_Provisioning Initial_Copy Importing_Config"
PAST_CUTOVER = "Cutting_Over Incremental_Copy Ready_For_Commit Committing Completed"
RESUMED = "Initial_Provisioning Initial_Copy Importing_Config Incremental_Copy"
"""Operations at which a session that has failed can be resumed."""

FILE_IMPORTS = StateMachine(
    FileImportSituation,
    {"state": STATES, "operation": ("", *OPERATIONS)},
    GOALS,
    (
        row("present", NOTHING),
        # A session beyond a goal has reached it, so that the first tasks of a migration can run again.
        row(FORWARD, HOLD, state=COPYING),
        row("ready", NOTHING, state=f"Ready_For_Cutover {PAST_CUTOVER}"),
        row("ready", NOTHING, state="Pausing Paused Failed", operation="Incremental_Copy"),
        row(FORWARD, act("cutover"), state="Ready_For_Cutover"),
        row(FORWARD, HOLD, state="Cutting_Over Incremental_Copy"),
        row("cut_over", NOTHING, state="Ready_For_Commit Committing Completed"),
        row("completed", act("commit"), state="Ready_For_Commit"),
        row("completed", HOLD, state="Committing"),
        row("completed", NOTHING, state="Completed"),
        row(FORWARD, HOLD, state="Pausing"),
        row(FORWARD, act("resume"), state="Paused"),
        row(FORWARD, RESUME_FAILED, state="Failed", operation=RESUMED),
        row(FORWARD, FAILED_FOR_GOOD, state="Failed"),
        # Only copies can be paused, before and after the cut-over.
        row("paused", HOLD, state="In_Progress Initial_Provisioning Cutting_Over Pausing"),
        row("paused", act("pause"), state="Initial_Copy Incremental_Copy"),
        row("paused", NOTHING, state="Paused"),
        row("paused", NOTHING_COPIES, state="Scheduled Queued"),
        row("paused", COPIED, state="Importing_Config Ready_For_Cutover Ready_For_Commit Committing"),
        row("paused", COMMITTED, state="Completed"),
        row("paused", FAILED_COPY, state="Failed", operation=RESUMED),
        row("paused", FAILED_FOR_GOOD, state="Failed"),
        row(f"{FORWARD} paused", CANCELLING, state="Cancelling"),
        row(f"{FORWARD} paused", CANCELLED, state="Cancelled"),
        # The array cancels an import at any time until it has ended.
        row("cancelled absent", HOLD, state="Cancelling"),
        row("cancelled", NOTHING, state="Cancelled"),
        row("cancelled", COMMITTED, state="Completed"),
        row("cancelled", act("cancel")),
        row("absent", act("delete"), state="Completed Cancelled"),
        row("absent", HOLD, state="Committing"),
        row("absent", FAILED_RECORD, state="Failed"),
        row("absent", ACTIVE),
    ),
    unknown=impossible("this collection does not know the state"),
)

# The state of a session right after an action, and the next state that it reaches by itself without a failure.
AFTER = {"cutover": "Cutting_Over", "commit": "Committing", "cancel": "Cancelling"}
BY_ITSELF = {
    "Scheduled": "Queued",
    "Queued": "In_Progress",
    "In_Progress": "Initial_Provisioning",
    "Initial_Provisioning": "Initial_Copy",
    "Initial_Copy": "Importing_Config",
    "Importing_Config": "Ready_For_Cutover",
    "Cutting_Over": "Incremental_Copy",
    "Incremental_Copy": "Ready_For_Commit",
    "Committing": "Completed",
    "Pausing": "Paused",
    "Cancelling": "Cancelled",
}


def _after(situation: FileImportSituation, action: str) -> FileImportSituation:
    if action == "pause":
        return FileImportSituation("Pausing", situation.state)
    return FileImportSituation((situation.operation or IN_PROGRESS) if action == "resume" else AFTER[action])


def _by_itself(situation: FileImportSituation, dummy_goal: str) -> FileImportSituation:
    return situation._replace(state=BY_ITSELF[situation.state])


FILE_COURSE = Course(FILE_IMPORTS, _after, _by_itself, named)
