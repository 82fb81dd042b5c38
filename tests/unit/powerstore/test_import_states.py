# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The table of import states, every pair of state and goal, against what the array allows and what becomes of it.

The expectations are written from the documents on their own: PowerStore REST API 4.0, import_session (states and
actions), and the guide "Importing External Storage".
"""

from __future__ import annotations

import itertools

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.imports.states import (
    ACTION,
    DONE,
    GOALS,
    IMPOSSIBLE,
    ROUTES,
    STATES,
    WAIT,
    SessionType,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.imports.transitions import (
    foresee,
    next_transition,
)

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

SORTS = [SessionType(*flags) for flags in itertools.product((False, True), repeat=3)]
PAIRS = list(itertools.product(SORTS, STATES, GOALS))


def letters(session_type: SessionType) -> str:
    return "G" if session_type.group else "VA" if session_type.agentless else "V"


def named(pair: tuple[SessionType, str, str]) -> str:
    return f"{letters(pair[0])}{'auto' if pair[0].automatic else ''}-{pair[1]}-{pair[2]}"


def strange(session_type: SessionType, state: str) -> bool:
    """Tell whether the documents know no session of this sort in the state."""
    waits_for_user = state in ("Mirror_Enabled", "Ready_To_Start_Copy")
    return waits_for_user and not (session_type.agentless or session_type.group)


def by_itself(session_type: SessionType, state: str, goal: str) -> set[str]:
    """Return where a session may go from a state without an action on it, for better or worse.

    A group is paused by its members where they are led to that.
    """
    bad = (
        {"Cancel_Required"} if session_type.agentless else {"Cleanup_In_Progress"} if session_type.group else {"Failed"}
    )
    ended = {"Import_Completed"}
    volume = {
        "In_Progress": {"Mirror_Enabled" if session_type.agentless else "Copy_In_Progress"} | bad,
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
    known = {"Scheduled": {"Queued"}, "Queued": {"In_Progress"}, **(group if session_type.group else volume)}
    if session_type.automatic:
        known["Ready_For_Cutover"] = {"Cutover_In_Progress"}
    return known.get(state, set())


def after(session_type: SessionType, action: str) -> set[str]:
    """Return where a session may be right after an action."""
    return {
        "enable_destination_volume": {"Ready_To_Start_Copy"},
        "start_copy": {"Copy_In_Progress"},
        "pause": {"Paused"},
        "resume": {"In_Progress" if session_type.group else "Copy_In_Progress"},
        "cutover": {"Cutover_In_Progress", "Import_Completed"},
        "cancel": {"Cancel_In_Progress", "Cancelled"},
        "cleanup": {"Cleanup_In_Progress"},
        "delete": {"gone"},
    }[action]


def test_the_table_is_complete() -> None:
    assert len(STATES) == 21 and set(STATES) == set(ALLOWED)
    assert set(ROUTES) == set(GOALS) and len(GOALS) == 6
    assert [goal for goal, route in ROUTES.items() if set(route) != set(STATES)] == []


@pytest.mark.parametrize("pair", PAIRS, ids=named)
def test_a_pair(pair: tuple[SessionType, str, str]) -> None:
    """An action is allowed, a wait is for something, and what is impossible has a reason, in its place."""
    session_type, state, goal = pair
    transition = next_transition(session_type, state, goal)
    assert transition.kind in (ACTION, WAIT, DONE, IMPOSSIBLE)
    if transition.kind == ACTION:
        assert transition.action in ACTIONS[goal]
        assert set(ALLOWED[state].get(transition.action, "")) & set(letters(session_type))
    if transition.kind == WAIT:
        assert by_itself(session_type, state, goal)
    if goal == "cancelled" and set(ALLOWED[state].get("cancel", "")) & set(letters(session_type)):
        assert transition.action == "cancel", "an import is cancelled as soon as it can be"
    elif goal != "present" and transition.kind != IMPOSSIBLE:
        assert (transition.kind == DONE) == (state in REACHED[goal])
    starts = STARTS.get(goal, " ".join(STATES)).split()
    possible = (state in starts or f"{letters(session_type)[0]}:{state}" in starts) and (
        not strange(session_type, state) or goal in ("present", "cancelled")
    )
    assert (transition.kind != IMPOSSIBLE) == possible, transition
    assert bool(transition.reason) >= (transition.kind == IMPOSSIBLE or transition.again)


@pytest.mark.parametrize("pair", PAIRS, ids=named)
def test_every_way_ends(pair: tuple[SessionType, str, str]) -> None:
    """Whatever becomes of each step, the way ends: at the goal or where the table says why it cannot be reached."""
    session_type, state, goal = pair
    ways = [(state, frozenset[str](), frozenset[str]())]
    steps = 0
    while ways:
        here, taken, waited = ways.pop()
        steps += 1
        assert steps < 2000
        if here == "gone":
            continue
        transition = next_transition(session_type, here, goal)
        if (
            transition.kind == ACTION
            and transition.action not in taken
            and not (transition.again and (taken or here != state))
        ):
            ways += [
                (there, taken | {transition.action}, frozenset()) for there in after(session_type, transition.action)
            ]
        elif transition.kind == ACTION:
            assert transition.again, f"{transition.action} would be sent twice"
        elif transition.kind == WAIT:
            assert here not in waited, "waits in a circle"
            ways += [(there, taken, waited | {here}) for there in by_itself(session_type, here, goal)]


@pytest.mark.parametrize("pair", PAIRS, ids=named)
def test_the_way_that_is_foreseen(pair: tuple[SessionType, str, str]) -> None:
    """Step by step it goes where the documents say, and it ends at the goal or where the table gives a reason."""
    session_type, state, goal = pair
    here = state
    for foreseen in foresee(session_type, state, goal):
        transition = next_transition(session_type, here, goal)
        if foreseen.action:
            assert (transition.kind, transition.action) == (ACTION, foreseen.action)
            here = min(after(session_type, foreseen.action), key=lambda one: "In_Progress" not in one)
        elif foreseen.until != here:
            assert transition.kind == WAIT
            assert foreseen.until in reachable(session_type, here, goal)
            here = foreseen.until
    end = next_transition(session_type, here, goal).kind if here != "gone" else DONE
    started = next_transition(session_type, state, goal).kind != IMPOSSIBLE
    assert end == (DONE if started and not in_vain(session_type, state, goal) else IMPOSSIBLE)
    assert end == IMPOSSIBLE or goal == "present" or here in REACHED[goal]


def in_vain(session_type: SessionType, state: str, goal: str) -> bool:
    """Tell whether it turns out only on the way, at best, that the goal is out of reach.

    An agentless import stops before it copies, and a cut-over that is waited for cannot be undone.
    """
    paused = goal == "paused" and session_type.agentless and not session_type.group and state == "In_Progress"
    return paused or (goal == "cancelled" and state == "Cutover_In_Progress")


def reachable(session_type: SessionType, state: str, goal: str) -> set[str]:
    """Return all states that a session may come to from a state by itself."""
    found, new = set[str](), by_itself(session_type, state, goal)
    while new:
        found |= new
        new = set().union(*(by_itself(session_type, one, goal) for one in new)) - found
    return found


@pytest.mark.parametrize("goal", GOALS)
def test_a_state_that_nobody_knows(goal: str) -> None:
    assert next_transition(SessionType(), "Something_New", goal).kind == IMPOSSIBLE
