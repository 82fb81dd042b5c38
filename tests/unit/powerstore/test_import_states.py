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
    Sort,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.imports.transitions import (
    foresee,
    next_move,
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

SORTS = [Sort(*flags) for flags in itertools.product((False, True), repeat=3)]
PAIRS = list(itertools.product(SORTS, STATES, GOALS))


def letters(sort: Sort) -> str:
    return "G" if sort.group else "VA" if sort.agentless else "V"


def named(pair: tuple[Sort, str, str]) -> str:
    return f"{letters(pair[0])}{'auto' if pair[0].automatic else ''}-{pair[1]}-{pair[2]}"


def strange(sort: Sort, state: str) -> bool:
    """Tell whether the documents know no session of this sort in the state."""
    waits_for_user = state in ("Mirror_Enabled", "Ready_To_Start_Copy")
    return waits_for_user and not (sort.agentless or sort.group)


def by_itself(sort: Sort, state: str, goal: str) -> set[str]:
    """Return where a session may go from a state without an action on it, for better or worse.

    A group is paused by its members where they are led to that.
    """
    bad = {"Cancel_Required"} if sort.agentless else {"Cleanup_In_Progress"} if sort.group else {"Failed"}
    ended = {"Import_Completed"}
    volume = {
        "In_Progress": {"Mirror_Enabled" if sort.agentless else "Copy_In_Progress"} | bad,
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
    known = {"Scheduled": {"Queued"}, "Queued": {"In_Progress"}, **(group if sort.group else volume)}
    if sort.automatic:
        known["Ready_For_Cutover"] = {"Cutover_In_Progress"}
    return known.get(state, set())


def after(sort: Sort, action: str) -> set[str]:
    """Return where a session may be right after an action."""
    return {
        "enable_destination_volume": {"Ready_To_Start_Copy"},
        "start_copy": {"Copy_In_Progress"},
        "pause": {"Paused"},
        "resume": {"In_Progress" if sort.group else "Copy_In_Progress"},
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
def test_a_pair(pair: tuple[Sort, str, str]) -> None:
    """An action is allowed, a wait is for something, and what is impossible has a reason, in its place."""
    sort, state, goal = pair
    move = next_move(sort, state, goal)
    assert move.kind in (ACTION, WAIT, DONE, IMPOSSIBLE)
    if move.kind == ACTION:
        assert move.action in ACTIONS[goal]
        assert set(ALLOWED[state].get(move.action, "")) & set(letters(sort))
    if move.kind == WAIT:
        assert by_itself(sort, state, goal)
    if goal == "cancelled" and set(ALLOWED[state].get("cancel", "")) & set(letters(sort)):
        assert move.action == "cancel", "an import is cancelled as soon as it can be"
    elif goal != "present" and move.kind != IMPOSSIBLE:
        assert (move.kind == DONE) == (state in REACHED[goal])
    starts = STARTS.get(goal, " ".join(STATES)).split()
    possible = (state in starts or f"{letters(sort)[0]}:{state}" in starts) and (
        not strange(sort, state) or goal in ("present", "cancelled")
    )
    assert (move.kind != IMPOSSIBLE) == possible, move
    assert bool(move.reason) >= (move.kind == IMPOSSIBLE or move.again)


@pytest.mark.parametrize("pair", PAIRS, ids=named)
def test_every_way_ends(pair: tuple[Sort, str, str]) -> None:
    """Whatever becomes of each step, the way ends: at the goal or where the table says why it cannot be reached."""
    sort, state, goal = pair
    ways = [(state, frozenset[str](), frozenset[str]())]
    steps = 0
    while ways:
        here, taken, waited = ways.pop()
        steps += 1
        assert steps < 2000
        if here == "gone":
            continue
        move = next_move(sort, here, goal)
        if move.kind == ACTION and move.action not in taken and not (move.again and (taken or here != state)):
            ways += [(there, taken | {move.action}, frozenset()) for there in after(sort, move.action)]
        elif move.kind == ACTION:
            assert move.again, f"{move.action} would be sent twice"
        elif move.kind == WAIT:
            assert here not in waited, "waits in a circle"
            ways += [(there, taken, waited | {here}) for there in by_itself(sort, here, goal)]


@pytest.mark.parametrize("pair", PAIRS, ids=named)
def test_the_way_that_is_foreseen(pair: tuple[Sort, str, str]) -> None:
    """Step by step it goes where the documents say, and it ends at the goal or where the table gives a reason."""
    sort, state, goal = pair
    here = state
    for leg in foresee(sort, state, goal):
        move = next_move(sort, here, goal)
        if leg.action:
            assert (move.kind, move.action) == (ACTION, leg.action)
            here = min(after(sort, leg.action), key=lambda one: "In_Progress" not in one)
        elif leg.until != here:
            assert move.kind == WAIT
            assert leg.until in reachable(sort, here, goal)
            here = leg.until
    end = next_move(sort, here, goal).kind if here != "gone" else DONE
    started = next_move(sort, state, goal).kind != IMPOSSIBLE
    assert end == (DONE if started and not in_vain(sort, state, goal) else IMPOSSIBLE)
    assert end == IMPOSSIBLE or goal == "present" or here in REACHED[goal]


def in_vain(sort: Sort, state: str, goal: str) -> bool:
    """Tell whether it turns out only on the way, at best, that the goal is out of reach.

    An agentless import stops before it copies, and a cut-over that is waited for cannot be undone.
    """
    paused = goal == "paused" and sort.agentless and not sort.group and state == "In_Progress"
    return paused or (goal == "cancelled" and state == "Cutover_In_Progress")


def reachable(sort: Sort, state: str, goal: str) -> set[str]:
    """Return all states that a session may come to from a state by itself."""
    found, new = set[str](), by_itself(sort, state, goal)
    while new:
        found |= new
        new = set().union(*(by_itself(sort, one, goal) for one in new)) - found
    return found


@pytest.mark.parametrize("goal", GOALS)
def test_a_state_that_nobody_knows(goal: str) -> None:
    assert next_move(Sort(), "Something_New", goal).kind == IMPOSSIBLE
