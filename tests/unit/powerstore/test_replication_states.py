# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The states of replication sessions: every situation with every goal, against what the emulated array allows."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.state_machine import (
    ACTION,
    DONE,
    IMPOSSIBLE,
    WAIT,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.replication.states import (
    GOALS,
    REPLICATIONS,
    STATES,
    ReplicationSituation,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.replication.transitions import (
    BY_ITSELF,
    COURSE,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.schema import facts_of
from jobwise_emulator.powerstore.resources import session_actions as array

LOCAL = ("Promoted", "Demoted", "System_Promoted", "System_Demoted")
OF_METRO = {"Switching_To_Metro_Sync", "Modify_Role_In_Progress"}
OF_REPLICATION = {"Failing_Over", "Failing_Over_For_DR", "Failed_Over", "Reprotecting"}
SERVING = {"promoted": ("Promoted", "System_Promoted"), "demoted": ("Demoted", "System_Demoted")}


def exists(situation: ReplicationSituation) -> bool:
    """Return whether a session can be in a situation."""
    state, kind, _leads, mark = situation
    if (state in OF_METRO and kind != "metro") or (state in OF_REPLICATION and kind == "metro"):
        return False
    if (state.startswith("Partial") and kind != "nas") or (state == "Switching_To_Synchronous" and kind != "sync"):
        return False
    if mark in ("Testing", "Kept"):
        return kind == "async" and state not in OF_REPLICATION
    return mark == "Plain" or (kind == "metro") == (mark in LOCAL)


PAIRS = [(situation, goal) for situation, goal in REPLICATIONS.pairs() if exists(situation)]


def reached(situation: ReplicationSituation, goal: str) -> bool:
    """Return whether a goal is reached: what a person who looks at the session would say."""
    state, kind, leads, mark = situation
    if goal in ("running", "synchronized"):
        return state == "OK" and (goal == "running" or kind in ("sync", "metro") or mark == "Fresh")
    if goal in SERVING:
        return state in ("Paused", "Fractured") and mark in SERVING[goal]
    if goal == "failed_over_forced":
        return state == "Failed_Over" and leads
    if goal.startswith("failed_over"):
        return state == "Failed_Over"
    if goal == "preferred":
        return leads and state != "Modify_Role_In_Progress"
    if goal in ("test_started", "test_stopped"):
        runs = mark in ("Testing", "Kept")
        return kind == "async" and not leads and (runs == (goal == "test_started"))
    if goal == "reprotected":
        return state in ("OK", "Switching_To_Synchronous", "Partial_OK", "Fractured")
    return state == "Paused"


ALLOWED: dict[str, tuple[str, ...]] = {
    "sync": ("OK", "System_Paused"),
    "pause": array.PAUSABLE,
    "resume": ("Paused", "Partial_Paused"),
    "reprotect": array.REPROTECTABLE,
    "start_failover_test": array.TESTABLE,
    "promote": array.SPLIT,
    "demote": array.SPLIT,
    "modify": ("OK", "Paused"),
}
SIDES = {"sync": True, "reprotect": True, "start_failover_test": False, "stop_failover_test": False, "modify": False}


def allows(situation: ReplicationSituation, goal: str, action: str) -> bool:
    """Return whether the array takes an action: the state and the side."""
    state, _kind, leads, mark = situation
    if action == "failover":
        if goal == "failed_over_planned":
            return leads and state in array.PLANNED and mark not in ("Testing", "Kept")
        lost = ("Failed_Over",) if goal == "failed_over_forced" else ()
        # What the documents leave open: the array may refuse it, but it is all that is left.
        open_to_try = ("Fractured", "Error")
        return not leads and mark != "Testing" and state in (*array.UNPLANNED, *lost, *open_to_try)
    if action == "stop_failover_test":
        return mark in ("Testing", "Kept") and not leads
    return state in ALLOWED[action] and SIDES.get(action, leads) == leads


def faults_of(situation: ReplicationSituation, goal: str) -> t.Iterator[str]:
    """An action is allowed, a wait is for something, a goal is reached where it says, and a reason has words."""
    transition = REPLICATIONS.next(situation, goal)
    if transition.kind == ACTION and not allows(situation, goal, transition.action):
        yield f"the array refuses {transition.action}"
    if transition.kind == WAIT and situation.state not in BY_ITSELF:
        yield "waits for nothing"
    if transition.kind == DONE and not reached(situation, goal):
        yield "is not reached"
    if transition.kind == ACTION and reached(situation, goal):
        yield f"is reached, so there is nothing to {transition.action}"
    if transition.kind == IMPOSSIBLE and len(transition.reason.split()) < 6:
        yield "has no reason"
    steps = COURSE.foresee(situation, goal)
    if len(steps) > 10:
        yield "a way without an end"


def test_every_situation_and_goal() -> None:
    assert REPLICATIONS.mistakes() == []
    assert len(PAIRS) > 3000
    offenders = [f"{goal} at {one}: {fault}" for one, goal in PAIRS for fault in faults_of(one, goal)]
    assert offenders == []


def test_the_states_are_those_of_the_documents() -> None:
    assert set(facts_of("replication_session").attributes["state"].enum) == set(STATES)


@pytest.mark.parametrize("goal", GOALS)
def test_what_is_foreseen_ends_at_the_goal(goal: str) -> None:
    """Or at a state that the next run explains, if a person must act in between."""
    ends = {False: 0, True: 0}
    for situation in {one for one, _goal in PAIRS}:
        here = situation
        for dummy in range(20):
            transition = REPLICATIONS.next(here, goal)
            if transition.kind == WAIT:
                here = COURSE.by_itself(here, goal)
            elif transition.kind == ACTION:
                here = COURSE.after(here, transition.action)
            else:
                break
        else:
            raise AssertionError(f"{goal} at {situation}: no end")
        if transition.kind == DONE:
            assert reached(here, goal), (situation, here)
            ends[True] += 1
    assert ends[True] > 3


@pytest.mark.parametrize(
    ("situation", "goal", "reason"),
    [
        (ReplicationSituation("OK", leads=False), "failed_over_planned", "only the source"),
        (ReplicationSituation("OK"), "failed_over_unplanned", "only the destination"),
        (ReplicationSituation("Failed_Over", leads=False), "reprotected", "other one"),
        (ReplicationSituation("OK"), "test_started", "only the destination"),
        (ReplicationSituation("OK", leads=False), "synchronized", "only the source"),
        (ReplicationSituation("OK"), "promoted", "state: failed_over"),
        (ReplicationSituation("OK", "metro"), "failed_over_planned", "state: promoted"),
        (ReplicationSituation("OK", "metro"), "promoted", "state: paused"),
        (ReplicationSituation("OK", leads=False, mark="Testing"), "failed_over_unplanned", "use_test_copy"),
        (ReplicationSituation("Failing_Over"), "paused", "failover is running"),
        (ReplicationSituation("Unheard_Of"), "running", "does not know"),
    ],
)
def test_reasons(situation: ReplicationSituation, goal: str, reason: str) -> None:
    transition = REPLICATIONS.next(situation, goal)
    assert transition.kind == IMPOSSIBLE and reason in transition.reason
