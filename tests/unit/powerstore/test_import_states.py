# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The table of import states, every pair of state and goal, against what the array allows and what becomes of it.

The expectations are written from the documents on their own: PowerStore REST API 4.0, import_session (states and
actions), and the guide "Importing External Storage".
"""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.state_machine import (
    ACTION,
    DONE,
    IMPOSSIBLE,
    WAIT,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.imports.states import (
    IMPORTS,
    STATES,
    ImportSituation,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.imports.transitions import COURSE

ALLOWED = {
    "Scheduled": {"cancel": "VG"},
    "Queued": {"cancel": "VG"},
    "In_Progress": {"cancel": "G"},
    "Mirror_Enabled": {"cancel": "V", "enable_destination_volume": "A"},
    "Ready_To_Start_Copy": {"cancel": "V", "start_copy": "A"},
    "Copy_In_Progress": {"cancel": "V", "pause": "VG"},
    "Paused": {"cancel": "VG", "resume": "VG"},
    "Ready_For_Cutover": {"cancel": "VG", "cutover": "VG"},
    "Cutover_In_Progress": {},
    "Import_Completed": {"delete": "VG"},
    "Import_Completed_With_Errors": {"delete": "VG"},
    "Import_Cutover_Incomplete": {"cancel": "G", "cutover": "G"},
    "Cancel_In_Progress": {},
    "Cancelled": {"delete": "VG"},
    "Cancel_Failed": {"cancel": "G"},
    "Cancel_Required": {"cancel": "VG"},
    "Failed": {"cancel": "G", "delete": "VG"},
    "Cleanup_In_Progress": {},
    "Cleanup_Failed": {},
    "Cleanup_Required": {"cleanup": "VG"},
    "Invalid": {},
}
"""V: a volume's session, G: a consistency group's, A: an agentless volume's."""

FIRST, LAST = "Scheduled Queued In_Progress", "Cutover_In_Progress Import_Completed"
COPYING = f"{FIRST} Mirror_Enabled Ready_To_Start_Copy Copy_In_Progress Paused Ready_For_Cutover"
ENDING = "Cancel_In_Progress Cleanup_In_Progress"
REACHED = {
    "present": {""},
    "ready": {"Ready_For_Cutover", "Cutover_In_Progress", "Import_Completed", "Import_Cutover_Incomplete"},
    "completed": {"Import_Completed"},
    "paused": {"Paused"},
    "cancelled": {"Cancelled", "Failed"},
    "absent": {"gone"},
}
"""Where a goal is reached."""

FORWARD = {"enable_destination_volume", "start_copy", "resume"}
ACTIONS = {
    "present": set[str](),
    "ready": FORWARD,
    "completed": FORWARD | {"cutover"},
    "paused": {"pause"},
    "cancelled": {"cancel", "cleanup", "pause"},
    "absent": {"delete"},
}
"""What may be sent for a goal. To cancel a group it is paused where it could not be cancelled otherwise."""

STARTS = {
    "ready": f"{COPYING} {LAST} G:Import_Cutover_Incomplete",
    "completed": f"{COPYING} {LAST} G:Import_Cutover_Incomplete",
    "paused": "In_Progress Copy_In_Progress Paused G:Mirror_Enabled G:Ready_To_Start_Copy",
    "cancelled": f"{FIRST} V:Mirror_Enabled V:Ready_To_Start_Copy Copy_In_Progress Paused Ready_For_Cutover {ENDING}"
    " Cutover_In_Progress G:Import_Cutover_Incomplete G:Cancel_Failed Cancel_Required Failed Cancelled"
    " Cleanup_Required",
    "absent": f"{LAST} Import_Completed_With_Errors {ENDING} Cancelled Failed",
}
"""Where the way to a goal may begin, for volumes and groups alike unless marked."""


def letters(session: ImportSituation) -> str:
    return "G" if session.group else "VA" if session.agentless else "V"


def strange(session: ImportSituation) -> bool:
    """Tell whether the documents know no session of this sort in the state."""
    waits_for_user = session.state in ("Mirror_Enabled", "Ready_To_Start_Copy")
    return waits_for_user and not (session.agentless or session.group)


def by_itself(session: ImportSituation, goal: str) -> set[str]:
    """Return where a session may go from a state without an action on it, for better or worse.

    A group is paused by its members where they are led to that.
    """
    bad = {"Cancel_Required"} if session.agentless else {"Cleanup_In_Progress"} if session.group else {"Failed"}
    ended = {"Import_Completed"}
    volume = {
        "In_Progress": {"Mirror_Enabled" if session.agentless else "Copy_In_Progress"} | bad,
        "Copy_In_Progress": {"Ready_For_Cutover"} | bad,
        "Cutover_In_Progress": ended | {"Failed"},
        "Cancel_In_Progress": {"Cancelled", "Cleanup_Required"},
        "Cleanup_In_Progress": {"Failed", "Cancelled", "Cleanup_Failed"},
    }
    members = {"Paused" if goal == "paused" else "Ready_For_Cutover"} | bad
    group = {
        **dict.fromkeys(("In_Progress", "Mirror_Enabled", "Ready_To_Start_Copy", "Copy_In_Progress"), members),
        "Cutover_In_Progress": ended | {"Import_Cutover_Incomplete", "Import_Completed_With_Errors"},
        "Cancel_In_Progress": {"Cancelled", "Cancel_Failed", "Cleanup_Required"},
        "Cleanup_In_Progress": {"Failed", "Cancelled", "Cleanup_Failed", "Cleanup_Required"},
    }
    known = {"Scheduled": {"Queued"}, "Queued": {"In_Progress"}, **(group if session.group else volume)}
    if session.automatic:
        known["Ready_For_Cutover"] = {"Cutover_In_Progress"}
    return known.get(session.state, set())


def after(session: ImportSituation, action: str) -> set[str]:
    """Return where a session may be right after an action."""
    return {
        "enable_destination_volume": {"Ready_To_Start_Copy"},
        "start_copy": {"Copy_In_Progress"},
        "pause": {"Paused"},
        "resume": {"In_Progress" if session.group else "Copy_In_Progress"},
        "cutover": {"Cutover_In_Progress", "Import_Completed"},
        "cancel": {"Cancel_In_Progress", "Cancelled"},
        "cleanup": {"Cleanup_In_Progress"},
        "delete": {"gone"},
    }[action]


Fault = t.Iterator[str]


def faults_of_a_pair(session: ImportSituation, goal: str) -> Fault:
    """An action is allowed, a wait is for something, and what is impossible has a reason, in its place."""
    transition, state = IMPORTS.next(session, goal), session.state
    if transition.kind == ACTION:
        if transition.action not in ACTIONS[goal]:
            yield f"{transition.action} does not serve the goal"
        if not set(ALLOWED[state].get(transition.action, "")) & set(letters(session)):
            yield f"the array refuses {transition.action}"
    if transition.kind == WAIT and not by_itself(session, goal):
        yield "waits for nothing"
    is_done, is_reached = transition.kind == DONE, state in REACHED[goal]
    if goal == "cancelled" and set(ALLOWED[state].get("cancel", "")) & set(letters(session)):
        if transition.action != "cancel":
            yield "an import is cancelled as soon as it can be"
    elif goal != "present" and transition.kind != IMPOSSIBLE and is_done != is_reached:
        yield f"{transition.kind} at a state that is {'' if is_reached else 'not '}the goal"
    starts = STARTS.get(goal, " ".join(STATES)).split()
    possible = (state in starts or f"{letters(session)[0]}:{state}" in starts) and (
        not strange(session) or goal in ("present", "cancelled")
    )
    if (transition.kind != IMPOSSIBLE) != possible:
        yield f"{transition.kind}, but the goal is {'in' if possible else 'out of'} reach"
    if (transition.kind == IMPOSSIBLE or transition.again) and not transition.reason:
        yield "the reason is missing"


def faults_of_ways(session: ImportSituation, goal: str) -> Fault:
    """Whatever becomes of each step, the way ends: at the goal or where the table says why it cannot be reached."""
    ways = [(session.state, frozenset[str](), frozenset[str]())]
    for dummy in range(2000):
        if not ways:
            return
        here, taken, waited = ways.pop()
        if here == "gone":
            continue
        now = session._replace(state=here)
        transition = IMPORTS.next(now, goal)
        repeats = transition.again and (taken or here != session.state)
        if transition.kind == ACTION and transition.action not in taken and not repeats:
            ways += [(there, taken | {transition.action}, frozenset()) for there in after(session, transition.action)]
        elif transition.kind == ACTION and not transition.again:
            yield f"{transition.action} would be sent twice"
        elif transition.kind == WAIT and here in waited:
            yield f"waits in a circle at {here}"
        elif transition.kind == WAIT:
            ways += [(there, taken, waited | {here}) for there in by_itself(now, goal)]
    yield "a way without an end"


def faults_of_foresight(session: ImportSituation, goal: str) -> Fault:
    """Step by step it goes where the documents say, and it ends at the goal or where the table gives a reason."""
    now = session
    for foreseen in COURSE.foresee(session, goal):
        transition = IMPORTS.next(now, goal)
        if foreseen.action:
            if (transition.kind, transition.action) != (ACTION, foreseen.action):
                yield f"foresees {foreseen.action} where the table has {transition}"
            there = min(after(session, foreseen.action), key=lambda one: "In_Progress" not in one)
            now = now._replace(state=there)
        elif foreseen.until != now.state:
            if transition.kind != WAIT or foreseen.until not in reachable(now, goal):
                yield f"foresees {foreseen.until}, which does not follow {now.state}"
            now = now._replace(state=foreseen.until)
    end = DONE if now.state == "gone" else IMPORTS.next(now, goal).kind
    started = IMPORTS.next(session, goal).kind != IMPOSSIBLE
    if end != (DONE if started and not in_vain(session, goal) else IMPOSSIBLE):
        yield f"ends {end} at {now.state}"
    if end == DONE and goal != "present" and now.state not in REACHED[goal]:
        yield f"ends at {now.state}, which is not the goal"


def test_every_pair_of_situation_and_goal() -> None:
    assert len(STATES) == 21 and set(STATES) == set(ALLOWED) and len(list(IMPORTS.pairs())) == 21 * 8 * 6
    offenders = [
        f"{letters(session)}{' automatic' if session.automatic else ''} {session.state} to {goal}: {fault}"
        for session, goal in IMPORTS.pairs()
        for find in (faults_of_a_pair, faults_of_ways, faults_of_foresight)
        for fault in find(session, goal)
    ]
    assert offenders == []


@pytest.mark.parametrize(
    "session, goal, kind, words",
    [
        (ImportSituation("Paused"), "completed", ACTION, "resume"),
        (ImportSituation("Ready_For_Cutover"), "completed", ACTION, "cutover"),
        (ImportSituation("Ready_For_Cutover", automatic=True), "completed", WAIT, ""),
        (ImportSituation("Mirror_Enabled", agentless=True), "ready", ACTION, "enable_destination_volume"),
        (ImportSituation("Mirror_Enabled"), "ready", IMPOSSIBLE, "no session of this type"),
        (ImportSituation("Copy_In_Progress", group=True), "cancelled", ACTION, "pause"),
        (ImportSituation("Failed"), "cancelled", DONE, ""),
        (ImportSituation("Import_Completed"), "absent", ACTION, "delete"),
        (ImportSituation("Paused"), "absent", IMPOSSIBLE, "cannot be removed"),
    ],
)
def test_examples(session: ImportSituation, goal: str, kind: str, words: str) -> None:
    transition = IMPORTS.next(session, goal)
    assert transition.kind == kind and words in (transition.action or transition.reason)


def in_vain(session: ImportSituation, goal: str) -> bool:
    """Tell whether it turns out only on the way, at best, that the goal is out of reach.

    An agentless import stops before it copies, and a cut-over that is waited for cannot be undone.
    """
    paused = goal == "paused" and session.agentless and not session.group and session.state == "In_Progress"
    return paused or (goal == "cancelled" and session.state == "Cutover_In_Progress")


def reachable(session: ImportSituation, goal: str) -> set[str]:
    """Return all states that a session may come to from a state by itself."""
    found, new = set[str](), by_itself(session, goal)
    while new:
        found |= new
        new = set().union(*(by_itself(session._replace(state=one), goal) for one in new)) - found
    return found


@pytest.mark.parametrize("goal", IMPORTS.goals)
def test_a_state_that_nobody_knows(goal: str) -> None:
    assert IMPORTS.next(ImportSituation("Something_New"), goal).kind == IMPOSSIBLE
