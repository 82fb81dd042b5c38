# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""States and operations of file imports, and what may be done in each.

Source: PowerStore REST 4.0, file_import_session: the enums, and the texts of its actions. The text of delete names no
state; that it takes a record only of what is over is a guess, as is that a start changes only while it is awaited.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.errors import Refused

PROGRESS = "In_Progress"
ENDED = ("Completed", "Cancelled")
COPIES = ("Initial_Copy", "Incremental_Copy")
RESUMED_AFTER_FAILURE = ("Initial_Provisioning", "Initial_Copy", "Importing_Config", "Incremental_Copy")
COPIED = ("Importing_Config", "Ready_For_Cutover")
CUT_OVER = ("Cutting_Over", "Incremental_Copy", "Ready_For_Commit", "Committing")
WAITING = ("Ready_For_Cutover", "Ready_For_Commit")


def allowed(session: Json, action: str) -> bool:
    """Whether the state and the operation of a session allow an action."""
    state, operation = session["state"], session["current_operation"]
    known: dict[str, bool] = {
        "cutover": state == PROGRESS and operation == "Ready_For_Cutover",
        "commit": state == PROGRESS and operation == "Ready_For_Commit",
        "pause": state == PROGRESS and operation in COPIES,
        "resume": state == "Paused" or (state == "Failed" and operation in RESUMED_AFTER_FAILURE),
        "cancel": state not in (*ENDED, "Cancelling"),
        "delete": state in ENDED,
        "schedule": state == "Scheduled",
        "report": True,
    }
    return known[action]


def check(session: Json, action: str) -> None:
    """422 for an action that the state or the operation does not allow."""
    if not allowed(session, action):
        name, state, operation = session["name"], session["state"], session["current_operation"]
        where = f"{state} state" + (f" ({operation})" if operation else "")
        text = f"The {action} operation is not allowed on file import session {name} in the {where}."
        raise Refused(422, "0xE08010090001", text, action, str(name), str(state))


def progress(session: Json) -> int | None:
    """``current_operation_progress_percentage``: 0 before a copy, None after the cutover or a failure."""
    state, operation = session["state"], session["current_operation"]
    if state in ("Failed", "Cancelling", "Cancelled", "Completed"):
        return None
    if operation in COPIES:
        return int(100 * session["@copied"])
    if operation in COPIED:
        return 100
    return None if operation in CUT_OVER else 0
