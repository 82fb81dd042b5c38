# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The states of imports of NAS servers, against what the texts of the API say of each action and operation."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.state_machine import (
    ACTION,
    DONE,
    IMPOSSIBLE,
    WAIT,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.imports.file_states import (
    FILE_COURSE,
    FILE_IMPORTS,
    GOALS,
    OPERATIONS,
    STATES,
    FileImportSituation,
    situation_of,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.schema import facts_of
from jobwise_emulator.powerstore.resources.file_import_states import allowed

HALTS = ("Pausing", "Paused", "Failed")
COPIES = ("Initial_Copy", "Incremental_Copy")
WORKING = [one for one in OPERATIONS if not one.startswith("Ready")]
SITUATIONS = [
    *(FileImportSituation(state) for state in STATES if state not in HALTS),
    *(FileImportSituation(state, operation) for state in ("Pausing", "Paused") for operation in COPIES),
    *(FileImportSituation("Failed", operation) for operation in WORKING),
]
"""All that the texts of the API know."""

FIXED = {"cutover": "Cutting_Over", "commit": "Committing", "cancel": "Cancelling", "delete": "gone"}
REACHED: dict[str, set[str]] = {
    "ready": {"Ready_For_Cutover", "Cutting_Over", "Incremental_Copy", "Ready_For_Commit", "Committing", "Completed"},
    "cut_over": {"Ready_For_Commit", "Committing", "Completed"},
    "completed": {"Completed"},
    "paused": {"Paused"},
    "cancelled": {"Cancelled"},
    "absent": {"gone"},
}


def as_read(situation: FileImportSituation) -> dict[str, t.Any]:
    """Return a session in a situation, as the array shows it."""
    if situation.state in OPERATIONS:
        return {"name": "f1", "state": "In_Progress", "current_operation": situation.state}
    return {"name": "f1", "state": situation.state, "current_operation": situation.operation or None}


def after(situation: FileImportSituation, action: str) -> FileImportSituation:
    """Return the situation right after an action."""
    if action == "pause":
        return FileImportSituation("Pausing", situation.state)
    return FileImportSituation(situation.operation if action == "resume" else FIXED[action])


def by_itself(situation: FileImportSituation) -> set[FileImportSituation]:
    """Return where a session may go by itself, for better or worse."""
    state = situation.state
    if state == "Pausing":
        return {situation._replace(state="Paused")}
    known = {"Scheduled": "Queued", "Queued": "In_Progress", "In_Progress": "Initial_Provisioning"}
    known.update({"Cancelling": "Cancelled", "Committing": "Completed"})
    order = dict(zip(OPERATIONS, OPERATIONS[1:]))
    ahead = known.get(state) or (order.get(state) if state in WORKING else None)
    back = {"Ready_For_Cutover"} if state == "Cutting_Over" else set()
    failed = {FileImportSituation("Failed", state)} if state in WORKING else set()
    return {*(FileImportSituation(one) for one in (ahead, *back) if one), *failed}


def faults_of(situation: FileImportSituation, goal: str) -> t.Iterator[str]:
    """An action is allowed, a wait is for something, a goal is reached where it says, and every way ends."""
    transition = FILE_IMPORTS.next(situation, goal)
    past_ready = goal == "ready" and situation.operation == "Incremental_Copy"
    if transition.kind == ACTION and not allowed(as_read(situation), transition.action):
        yield f"the array refuses {transition.action}"
    if transition.kind == WAIT and not by_itself(situation):
        yield "waits for nothing"
    if goal != "present" and (transition.kind == DONE) != (situation.state in REACHED[goal] or past_ready):
        yield f"{transition.kind} here"
    can_cancel = allowed(as_read(situation), "cancel")
    if goal == "cancelled" and can_cancel != (transition.action == "cancel"):
        yield "an import is cancelled as soon as it can be"
    ways = [(situation, frozenset[str](), frozenset[FileImportSituation]())]
    for dummy in range(500):
        if not ways:
            return
        here, taken, waited = ways.pop()
        following = FILE_IMPORTS.next(here, goal) if here.state != "gone" else None
        if following is None or following.kind in (DONE, IMPOSSIBLE):
            continue
        if following.kind == WAIT and here in waited:
            yield f"waits in a circle at {here}"
        elif following.kind == WAIT:
            ways += [(there, taken, waited | {here}) for there in by_itself(here)]
        elif following.action not in taken and not (following.again and (taken or here != situation)):
            ways.append((after(here, following.action), taken | {following.action}, frozenset()))
    yield "a way without an end"


def test_every_situation_and_goal() -> None:
    offenders = [f"{one} to {goal}: {fault}" for one in SITUATIONS for goal in GOALS for fault in faults_of(one, goal)]
    assert offenders == []


def test_the_states_are_those_of_the_documents() -> None:
    attributes = facts_of("file_import_session").attributes
    assert set(attributes["current_operation"].enum) == set(OPERATIONS)
    assert set(attributes["state"].enum) == set(STATES) - set(OPERATIONS)
    assert [situation_of(as_read(one)) for one in SITUATIONS] == SITUATIONS


@pytest.mark.parametrize("goal", [one for one in GOALS if one not in ("present", "absent")])
def test_what_is_foreseen_ends_at_the_goal(goal: str) -> None:
    """From each situation from which the goal is in reach, if nothing fails."""
    for situation in SITUATIONS:
        steps = FILE_COURSE.foresee(situation, goal)
        if steps:
            assert steps[-1].until.partition(" at ")[0] in REACHED[goal], (situation, steps)
        else:
            assert FILE_IMPORTS.next(situation, goal).kind in (DONE, IMPOSSIBLE)


def test_a_value_that_nobody_knows() -> None:
    for session in ({"state": "In_Progress", "current_operation": "Resting"}, {"state": "Resting"}):
        assert FILE_IMPORTS.next(situation_of(session), "ready").kind == IMPOSSIBLE
