# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Changes of a replication session: the side that is preferred (PowerStore REST 4.0, replication_session_modify)."""

from __future__ import annotations

from jobwise_emulator.powerstore.appliance_state import Call, Rules
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.resources.session_clock import METRO

PREFERRED = "Metro_Preferred"
SETTLED = ("OK", "Paused")


def check_role(call: Call) -> None:
    """Only a metro session changes, only to make this side the preferred one, and only while nothing moves."""
    session, role = call.target, call.body.get("role")
    if role is None:
        return
    if session["type"] != METRO or role != PREFERRED:
        text = f"The role of a session of type {session['type']} cannot be set to {role}."
        raise Refused(422, "0xE02010050014", text, role)
    if session["role"] == PREFERRED:
        raise Refused(422, "0xE02010050015", "This system is the preferred side already.", session["id"])
    if session["state"] not in SETTLED:
        text = f"The role cannot be changed in state {session['state']}."
        raise Refused(422, "0xE02010050016", text, session["state"])


RULES = {"replication_session": Rules(before={"modify": check_role})}
