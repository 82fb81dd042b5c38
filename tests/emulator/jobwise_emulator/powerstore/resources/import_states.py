# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""States of import sessions and what may be done in each (PowerStore REST 4.0, import_session and its actions).

``V`` stands for the session of one volume, ``G`` for the session of a consistency group.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.errors import Refused

ALLOWED: dict[str, dict[str, str]] = {
    "cancel": {
        "Scheduled": "VG",
        "Queued": "VG",
        "In_Progress": "G",
        "Mirror_Enabled": "V",
        "Ready_To_Start_Copy": "V",
        "Copy_In_Progress": "V",
        "Paused": "VG",
        "Ready_For_Cutover": "VG",
        "Import_Cutover_Incomplete": "G",
        "Cancel_Required": "VG",
        "Cancel_Failed": "G",
        "Failed": "G",
    },
    "pause": {"Copy_In_Progress": "VG"},
    "resume": {"Paused": "VG"},
    "cutover": {"Ready_For_Cutover": "VG", "Import_Cutover_Incomplete": "G"},
    "enable_destination_volume": {"Mirror_Enabled": "V"},
    "start_copy": {"Ready_To_Start_Copy": "V"},
    "cleanup": {"Cleanup_Required": "VG"},
    "modify": {"Scheduled": "VG"},
    "delete": {"Failed": "VG", "Cancelled": "VG", "Import_Completed": "VG", "Import_Completed_With_Errors": "VG"},
}
OVER = set(ALLOWED["delete"])
AGENTLESS_ONLY = {"enable_destination_volume", "start_copy"}
OF_A_GROUP = {"modify", "delete", "cutover", "cleanup"}
"""What is done to the session of the group, never to that of a member."""

HOLDING = {"In_Progress", "Mirror_Enabled", "Ready_To_Start_Copy", "Copy_In_Progress", "Paused"}
"""States in which the session of a volume takes one of the places of those that run at once."""

NO_COPY_YET = {"Scheduled", "Queued", "In_Progress", "Mirror_Enabled", "Ready_To_Start_Copy"}
COPIED = {"Ready_For_Cutover", "Cutover_In_Progress", "Import_Cutover_Incomplete"}


def is_group(session: Json) -> bool:
    """Whether a session imports a consistency group."""
    return bool(session["@group"])


def check(session: Json, action: str, also: bool = False) -> None:
    """422 for an action that the state, kind or type of a session does not allow; ``also`` lets any state pass."""
    name, state = session["name"], session["state"]
    if session["parent_session_id"] and action in OF_A_GROUP:
        text = f"Import session {name} is part of a consistency group import; {action} is for the group's session."
        raise Refused(422, "0xE0A0D0010002", text, name, action)
    kind = "G" if is_group(session) else "V"
    if kind not in ALLOWED[action].get(state, "") and not also:
        what = "consistency group" if is_group(session) else "volume"
        usual = [one for one, kinds in ALLOWED[action].items() if kind in kinds]
        text = f"The {action} operation is not allowed on {what} import session {name} in the {state} state."
        text += f" Allowed: {', '.join(usual)}." if usual else " It is only for the session of a single volume."
        raise Refused(422, "0xE0A0D0010001", text, action, name, state)
    if action in AGENTLESS_ONLY and session["type"] != "Agentless":
        text = f"The {action} operation is only for agentless import sessions; {name} is {session['type']}."
        raise Refused(422, "0xE0A0D0010003", text, action, name)


def progress(state: str, copied: float) -> int | None:
    """``progress_percentage`` in a state when this share is copied: 0 before the copy, None after it or on failure."""
    if state in NO_COPY_YET:
        return 0
    if state in COPIED:
        return 100
    return int(100 * copied) if state in ("Copy_In_Progress", "Paused") else None
