# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Texts about imports of volumes: their progress, and their actions in the words of a plan.

Source: PowerStore REST API 4.0, import_session, its actions, rates in bytes per second.
"""

from __future__ import annotations

from ..._engine.data import Json
from .session import WORDS

ACTIONS = {
    **WORDS,
    "enable_destination_volume": "enable the destination volume of {}",
    "start_copy": "start the copy of {}",
    "cleanup": "clean up {}",
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
