# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The course of a replication session: what follows from its actions, and what from time.

Source: PowerStore REST API 4.0, replication_session, its actions and ReplicationStateEnum.
"""

from __future__ import annotations

from ..._engine.data import Json
from ..sessions.course import Course
from .states import FRESH, KEPT, PLAIN, REPLICATIONS, TESTING, ReplicationSituation

AFTER = {
    "sync": "Synchronizing",
    "pause": "Pausing",
    "resume": "Resuming",
    "reprotect": "Reprotecting",
    "modify": "Modify_Role_In_Progress",
}
"""The state right after an action. The others keep it, but for a failover."""
MARKED = {
    "sync": FRESH,
    "resume": PLAIN,
    "start_failover_test": TESTING,
    "stop_failover_test": PLAIN,
    "promote": "Promoted",
    "demote": "Demoted",
}
BY_ITSELF = {
    "Initializing": "Synchronizing",
    "Synchronizing": "OK",
    "Pausing": "Paused",
    "Resuming": "OK",
    "Paused_For_Migration": "OK",
    "Paused_For_NDU": "OK",
    "Failing_Over": "Failed_Over",
    "Failing_Over_For_DR": "Failed_Over",
    "Reprotecting": "OK",
    "Switching_To_Synchronous": "OK",
    "Switching_To_Metro_Sync": "OK",
    "Modify_Role_In_Progress": "OK",
    "Partial_OK": "OK",
    "Fractured": "Switching_To_Metro_Sync",
}
"""The next state that a session reaches by itself without a failure."""
OF_METRO = dict.fromkeys(("Synchronizing", "Resuming"), "Switching_To_Metro_Sync")
TYPES = {"Asynchronous": "async", "Synchronous": "sync", "Metro_Active_Active": "metro"}
OF_FILES = ("nas_server", "file_system")
LEADING = ("Source", "Metro_Preferred")
SIDES = {
    ("metro", True): "preferred",
    ("metro", False): "not preferred",
    ("", True): "source",
    ("", False): "destination",
}
SHOWN = {TESTING: "failover test", KEPT: "failover test", FRESH: "synchronized"}


def situation_of(session: Json, keeps: bool, fresh: bool | None) -> ReplicationSituation:
    """Return what decides about the next transition of a session.

    keeps: whether the task uses the data of a failover test. fresh: whether the last copy is recent enough, None for a
    task that does not ask.
    """
    kind = TYPES.get(session.get("type") or "Asynchronous", "")
    if kind == "async" and session.get("resource_type") in OF_FILES:
        kind = "nas"
    mark = PLAIN
    if kind == "metro":
        state = session.get("local_resource_state")
        mark = PLAIN if state in (None, "System_Defined") else str(state)
    elif fresh is not None:
        mark = FRESH if fresh else PLAIN
    elif session.get("failover_test_in_progress"):
        mark = KEPT if keeps else TESTING
    return ReplicationSituation(session["state"], kind, session.get("role") in LEADING, mark)


def _after(situation: ReplicationSituation, action: str) -> ReplicationSituation:
    state = AFTER.get(action, situation.state)
    if action == "failover":
        # Only the source fails over as planned, and only the destination for a disaster.
        state = "Failing_Over" if situation.leads else "Failing_Over_For_DR"
    leads = situation.leads or action == "modify"
    mark = PLAIN if action == "failover" else MARKED.get(action, situation.mark)
    return situation._replace(state=state, leads=leads, mark=mark)


def _by_itself(situation: ReplicationSituation, dummy_goal: str) -> ReplicationSituation:
    known = OF_METRO if situation.kind == "metro" else {}
    state = known.get(situation.state) or BY_ITSELF[situation.state]
    leads = situation.leads != (state == "Failed_Over")
    return situation._replace(state=state, leads=leads)


def _named(situation: ReplicationSituation) -> str:
    """Return state, side and mark, as in ``OK (source, failover test)``."""
    side = SIDES["metro" if situation.kind == "metro" else "", situation.leads]
    shown = SHOWN.get(situation.mark, situation.mark)
    return f"{situation.state} ({side})" if situation.mark == PLAIN else f"{situation.state} ({side}, {shown})"


COURSE = Course(REPLICATIONS, _after, _by_itself, _named)
