# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The state machine of import sessions.

Source: PowerStore REST API 4.0, import_session (states, and the states in which each action is allowed), and the guide
"Importing External Storage" (sessions of consistency groups and of their members).
"""

from __future__ import annotations

import typing as t

from ..._engine.state_machine import (
    ACTION,
    HOLD,
    NOTHING,
    WAIT,
    StateMachine,
    Transition,
    act,
    impossible,
    row,
)

GOALS = ("present", "ready", "completed", "paused", "cancelled", "absent")
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


class ImportSituation(t.NamedTuple):
    """What decides about the next transition of a session.

    group: it imports a consistency group. agentless: it is of type Agentless. automatic: the array cuts over by itself.
    """

    state: str
    group: bool = False
    agentless: bool = False
    automatic: bool = False


IMPORT_AGAIN = "Remove its record with state: absent, then run this task again for a new import"
# Each reason follows the words "Import session x is STATE: ".
CUT_OVER = impossible("the import is cut over, which cannot be undone")
PARTIAL = impossible(
    "some members were cut over and others were cancelled. Find the cancelled members and import them again"
)
CANCELLING = impossible("it is being cancelled")
FAILED = impossible(f"the import has failed. {IMPORT_AGAIN}")
CANCELLED = impossible(f"the import was cancelled. {IMPORT_AGAIN}")
ROLLING_BACK = impossible("a member has failed and the others are being rolled back")
TO_BE_CANCELLED = impossible("the copy has failed and must be cancelled: state: cancelled does it")
CANCEL_AGAIN = "not all members could be cancelled. Correct the cause; state: cancelled then tries again"
CLEAN_UP = "a roll-back did not work. Correct the cause; state: cancelled then cleans up"
STUCK = impossible(
    "the clean-up did not work, and the array has no action for this state. Contact the vendor's support"
)
INVALID = impossible("the array itself did not expect this state. Contact the vendor's support")
NOT_HERE = impossible("the array cannot cancel a group in this state. Bring it to state: ready first")
STRANGE = impossible(
    "according to its documents, the array has no session of this type in this state. Look at the array"
)
NOTHING_COPIES = impossible("nothing is being copied, so there is nothing to pause")
COPIED = impossible("everything is copied, so there is nothing to pause")
ACTIVE = impossible(
    "an import that is running cannot be removed. state: cancelled stops it, then its record can be removed"
)
LEAD_TO_READY = Transition(WAIT, members="ready")
LEAD_TO_PAUSED = Transition(WAIT, members="paused")
REPEAT_CUTOVER = Transition(
    ACTION,
    "cutover",
    again=True,
    reason="the cutover of some members has failed. Correct the cause, then run the task again to repeat it",
)
REPEAT_CANCEL = Transition(ACTION, "cancel", again=True, reason=CANCEL_AGAIN)
REPEAT_CLEAN_UP = Transition(ACTION, "cleanup", again=True, reason=CLEAN_UP)

SETTING_UP = "Mirror_Enabled Ready_To_Start_Copy"
"""States in which an agentless session waits for the user."""

FORWARD, IMPORTING = "ready completed", "ready completed paused"

IMPORTS = StateMachine(
    ImportSituation,
    {"state": STATES, "group": (False, True), "agentless": (False, True), "automatic": (False, True)},
    GOALS,
    (
        row("present", NOTHING),
        # A session beyond the goal ready has reached it, so that the first tasks of a migration can run again.
        row(FORWARD, HOLD, state="Scheduled Queued"),
        row(FORWARD, LEAD_TO_READY, state=f"In_Progress {SETTING_UP} Copy_In_Progress", group=True),
        row(FORWARD, HOLD, state="In_Progress Copy_In_Progress"),
        row(FORWARD, act("enable_destination_volume"), state="Mirror_Enabled", agentless=True),
        row(FORWARD, act("start_copy"), state="Ready_To_Start_Copy", agentless=True),
        row(FORWARD, STRANGE, state=SETTING_UP),
        row(FORWARD, act("resume"), state="Paused"),
        row("ready", NOTHING, state="Ready_For_Cutover Cutover_In_Progress"),
        row("completed", HOLD, state="Ready_For_Cutover", automatic=True),
        row("completed", act("cutover"), state="Ready_For_Cutover"),
        row("completed", HOLD, state="Cutover_In_Progress"),
        row(FORWARD, NOTHING, state="Import_Completed"),
        row("ready", NOTHING, state="Import_Cutover_Incomplete", group=True),
        row("completed", REPEAT_CUTOVER, state="Import_Cutover_Incomplete", group=True),
        row(FORWARD, STRANGE, state="Import_Cutover_Incomplete"),
        # Only a session that copies can be paused. The session of a group pauses through its members.
        row("paused", LEAD_TO_PAUSED, state=f"In_Progress {SETTING_UP}", group=True),
        row("paused", HOLD, state="In_Progress"),
        row("paused", act("pause"), state="Copy_In_Progress"),
        row("paused", NOTHING, state="Paused"),
        row("paused", NOTHING_COPIES, state=f"Scheduled Queued {SETTING_UP}"),
        row("paused", COPIED, state="Ready_For_Cutover Cutover_In_Progress Import_Cutover_Incomplete"),
        row("paused", CUT_OVER, state="Import_Completed"),
        # No goal of an import can be reached from a session that has failed or was cancelled.
        row(IMPORTING, PARTIAL, state="Import_Completed_With_Errors"),
        row(IMPORTING, CANCELLING, state="Cancel_In_Progress"),
        row(IMPORTING, CANCELLED, state="Cancelled"),
        row(IMPORTING, FAILED, state="Failed"),
        row(IMPORTING, ROLLING_BACK, state="Cleanup_In_Progress"),
        # The array cannot cancel a group that is copying, so the group is paused first.
        row("cancelled", act("pause"), state="Copy_In_Progress", group=True),
        row("cancelled", NOT_HERE, state=SETTING_UP, group=True),
        row("cancelled", HOLD, state="In_Progress", group=False),
        row("cancelled", act("cancel"), state=f"Scheduled Queued In_Progress {SETTING_UP} Copy_In_Progress Paused"),
        row("cancelled", act("cancel"), state="Ready_For_Cutover Cancel_Required"),
        row("cancelled", act("cancel"), state="Import_Cutover_Incomplete", group=True),
        row("cancelled", REPEAT_CANCEL, state="Cancel_Failed", group=True),
        row("cancelled", STRANGE, state="Import_Cutover_Incomplete Cancel_Failed"),
        row("cancelled", CUT_OVER, state="Import_Completed Import_Completed_With_Errors"),
        row("cancelled", REPEAT_CLEAN_UP, state="Cleanup_Required"),
        # A failed import of a volume has been rolled back. After a failed import of a group, members may be left.
        row("cancelled", act("cancel"), state="Failed", group=True),
        row("cancelled", NOTHING, state="Failed Cancelled"),
        row("absent", act("delete"), state="Import_Completed Import_Completed_With_Errors Cancelled Failed"),
        row("cancelled absent", HOLD, state="Cutover_In_Progress Cancel_In_Progress Cleanup_In_Progress"),
        row(f"{IMPORTING} absent", impossible(CANCEL_AGAIN), state="Cancel_Failed"),
        row(f"{IMPORTING} absent", TO_BE_CANCELLED, state="Cancel_Required"),
        row(f"{IMPORTING} absent", impossible(CLEAN_UP), state="Cleanup_Required"),
        row(f"{IMPORTING} cancelled absent", STUCK, state="Cleanup_Failed"),
        row(f"{IMPORTING} cancelled absent", INVALID, state="Invalid"),
        row("absent", ACTIVE),
    ),
    unknown=impossible("this collection does not know the state"),
)
