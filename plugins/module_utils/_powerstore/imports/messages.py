# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Texts about import sessions: their progress, and the steps of a plan with their summaries.

Source: PowerStore REST API 4.0, import_session, its actions, rates in bytes per second.
"""

from __future__ import annotations

from ..._engine.data import Json
from ..._engine.planning.steps import Request, Wait
from ..._engine.text.paths import in_path
from .action_history import TYPE
from .transitions import ForeseenStep

WORDS = {
    "enable_destination_volume": "enable the destination volume of {}",
    "start_copy": "start the copy of {}",
    "cutover": "cut over {}",
    "cleanup": "clean up {}",
    "delete": "remove the record of {}",
}


def progress_text(session: Json) -> str:
    """Return the progress of a session as text: state, percent, MB/s, and the number of members in each state."""
    words = str(session["state"])
    if session.get("progress_percentage"):
        words += f" {session['progress_percentage']} %"
    if session.get("current_transfer_rate"):
        words += f", {session['current_transfer_rate'] / 1e6:.0f} MB/s"
    states = [member["state"] for member in session.get("members") or ()]
    counted = ", ".join(f"{states.count(state)} {state}" for state in dict.fromkeys(states))
    return words + (f" (members: {counted})" if counted else "")


def step_of(foreseen: ForeseenStep, session: Json, force: bool, agentless: bool) -> Request | Wait:
    """Return the request or the wait of one foreseen step.

    force: cancel even if a roll-back is impossible. agentless: the run sends actions to a group's members.
    """
    title = f"import session {session['name']}"
    if not foreseen.action:
        verb = "lead its members until" if foreseen.leads and agentless else "wait until"
        return Wait(f"{verb} {title} is {foreseen.until}", progress_text(session) if "state" in session else "")
    summary = WORDS.get(foreseen.action, foreseen.action + " {}").format(title)
    path = f"{TYPE}/{in_path(session['id'])}"
    if foreseen.action == "delete":
        return Request("delete", "DELETE", path, None, summary)
    if foreseen.action == "cancel" and force:
        return Request("cancel", "POST", f"{path}/cancel", {"force": True}, f"{summary}, even without roll-back")
    return Request(foreseen.action, "POST", f"{path}/{foreseen.action}", None, summary)
