# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plans of import sessions: from one state and what the run has done before, and what is read for them."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import (
    ApplianceError,
    InputError,
    JobFailed,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.lookup.references import Reference
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.history import NEW_RUN
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.plan import Plan
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.steps import Change, Request, Wait
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.imports.sources import Source, find_source
from ansible_collections.jobwise.appliance.plugins.modules.import_session import SPEC, make_handler
from tests.unit.http.servers import Answer
from tests.unit.powerstore.scripted import MakeArray, ScriptedArray, login

S1, M1, M2 = (f"5d0c52a3-9a0c-4d06-8f34-2b9c9a4c2d1{number}" for number in range(3))
LUN = "7f3b9a52-2d7c-4b1e-8c59-3e1a6d4b5c20"
CANCEL = Request("cancel", "POST", f"import_session/{S1}/cancel", None, "cancel import session m1")


def desired(**options: t.Any) -> Json:
    return {**{name: one.get("default") for name, one in SPEC.items()}, "name": "m1", **options}


def session(state: str, **more: t.Any) -> Json:
    told = {"destination_resource_type": "volume", "type": "Non_Disruptive", "source_resource_id": LUN, "error": None}
    return {"id": S1, "name": "m1", "state": state, **told, **more}


def member(number: int, state: str) -> Json:
    return {"id": (M1, M2)[number], "name": f"m1.lun{number}", "state": state}


class Run:
    """What one run sees of a session, look by look, and what it plans."""

    def __init__(self, array: MakeArray, *looks: Answer, **options: t.Any) -> None:
        self.array: ScriptedArray = array(*looks)
        self.make_handler = make_handler(self.array.client, desired(**options))
        self.history = NEW_RUN

    def plan(self) -> Plan:
        current = self.make_handler.read(S1)
        self.history = self.history.saw(self.make_handler.landmark(current))
        return self.make_handler.plan(current, self.history)

    def accept(self, step: Change) -> None:
        self.history = self.history.accepted(step)

    def summary(self) -> list[str]:
        return self.plan().sentences()

    def fails(self) -> ApplianceError:
        with pytest.raises((InputError, JobFailed)) as caught:
            self.plan()
        return caught.value


def states(*found: str, **more: t.Any) -> list[Answer]:
    first, *others = (session(state, **more) for state in found)
    return [login(first), *(Answer(200, one) for one in others)]


def test_an_action_that_takes_effect_later_is_waited_for(array: MakeArray) -> None:
    """The array has taken it, but shows the old state for a while."""
    run = Run(array, *states("Paused", "Paused", "Cancel_In_Progress", "Cancelled"), state="cancelled")
    assert run.plan().steps[0] == CANCEL
    run.accept(CANCEL)
    assert run.summary() == ["wait until the array shows the effect of cancel"]
    assert run.summary() == ["wait until import session m1 is Cancelled"]
    assert run.plan().steps == ()


def test_an_action_in_vain_is_not_repeated(array: MakeArray) -> None:
    looks = states("Ready_For_Cutover", "Cancel_In_Progress", "Ready_For_Cutover")
    run = Run(array, *looks, state="cancelled")
    run.plan()
    run.accept(CANCEL)
    assert run.summary() == ["wait until import session m1 is Cancelled"]
    error = run.fails()
    assert error.kind == "job_failed" and "cancel was accepted, but the session came back" in str(error)


def test_what_has_failed_just_now_is_left_to_the_next_run(array: MakeArray) -> None:
    """Somebody has to see to the reason first."""
    more = {"destination_resource_type": "volume_group", "members": []}
    members = Answer(200, [member(0, "Import_Completed"), member(1, "Ready_For_Cutover")])
    first, second = states("Cutover_In_Progress", "Import_Cutover_Incomplete", **more)
    run = Run(array, first, second, members, state="completed")
    assert run.summary() == ["wait until import session m1 is Import_Completed"]
    assert run.fails().kind == "job_failed"
    (found,) = states("Import_Cutover_Incomplete", **more)
    assert Run(array, found, members, state="completed").summary()[0] == "cut over import session m1"


def test_the_members_of_an_agentless_group_are_led(array: MakeArray) -> None:
    """What is due comes first, what comes later is told."""
    (found,) = states("In_Progress", type="Agentless", destination_resource_type="volume_group")
    rows = [member(0, "Ready_To_Start_Copy"), member(1, "In_Progress")]
    run = Run(array, found, Answer(200, rows), state="ready")
    plan = run.plan()
    assert [step.path for step in plan.requests] == [
        f"import_session/{M1}/start_copy",
        f"import_session/{M2}/enable_destination_volume",
        f"import_session/{M2}/start_copy",
    ]
    assert [isinstance(step, Wait) for step in plan.steps] == [False, True, False, False, True]
    assert isinstance(plan.steps[1], Wait)
    assert plan.steps[1].progress_text == "In_Progress (members: 1 Ready_To_Start_Copy, 1 In_Progress)"
    assert run.array.queries[1]["parent_session_id"] == f"eq.{S1}"


def test_a_group_whose_members_are_paused_is_paused(array: MakeArray) -> None:
    (found,) = states("In_Progress", destination_resource_type="volume_group")
    paused = [member(0, "Paused"), member(1, "Ready_For_Cutover")]
    assert Run(array, found, Answer(200, paused), state="paused").plan().steps == ()
    copied = [member(0, "Ready_For_Cutover")]
    assert "nothing is being copied" in str(Run(array, found, Answer(200, copied), state="paused").fails())


def test_members_that_are_to_begin_later_are_not_said_to_be_paused(array: MakeArray) -> None:
    looks = states("In_Progress", "In_Progress", destination_resource_type="volume_group")
    copying, paused = ([member(0, state), member(1, "Queued")] for state in ("Copy_In_Progress", "Paused"))
    run = Run(array, looks[0], Answer(200, copying), looks[1], Answer(200, paused), state="paused")
    plan = run.plan()
    assert plan.sentences() == [
        "pause import session m1.lun0",
        "wait until no member of import session m1 is copying",
    ]
    before = {"state": "In_Progress", "members": {"m1.lun0": "Copy_In_Progress", "m1.lun1": "Queued"}}
    assert before.items() <= plan.before.items()
    after = {"state": "In_Progress", "members": {"m1.lun0": "Paused", "m1.lun1": "Queued"}}
    assert after.items() <= plan.after.items()
    (warning,) = plan.warnings
    assert "wait for their turn: m1.lun1." in warning and "Run the task again" in warning
    ended = run.plan()
    assert ended.steps == () and ended.before == ended.after and ended.after["members"] == after["members"]


@pytest.mark.parametrize("state", ["Ready_For_Cutover", "Import_Completed", "Import_Cutover_Incomplete"])
def test_a_goal_that_is_reached_costs_one_read(array: MakeArray, state: str) -> None:
    kind = "volume" if state == "Import_Cutover_Incomplete" else None
    (found,) = states(state, destination_resource_type=kind)
    goal = "present" if kind else "ready"
    run = Run(array, found, state=goal)
    assert run.plan().steps == () and len(run.array.talk) == 1


def test_where_a_session_is_in_words(array: MakeArray) -> None:
    (found,) = states("Copy_In_Progress", progress_percentage=40, current_transfer_rate=120_400_000)
    step = Run(array, found, state="ready").plan().steps[0]
    assert isinstance(step, Wait) and step.progress_text == "Copy_In_Progress 40 %, 120 MB/s"


def test_a_session_that_is_gone_is_not_made_again(array: MakeArray) -> None:
    run = Run(array, *states("Copy_In_Progress"), Answer(404, {"messages": []}), state="ready")
    run.plan()
    error = run.fails()
    assert error.kind == "job_failed" and "is gone" in str(error)


def test_a_session_that_comes_into_being_between_two_reads_is_found(array: MakeArray) -> None:
    """Its source is being imported already when the task looks at it."""
    taken = [{"id": LUN, "name": "lun01", "importable_criteria": "In_Progress", **HERE}]
    found = Answer(200, [session("Copy_In_Progress")])
    looks = [login([]), Answer(200, [UNITY]), Answer(200, taken), Answer(200, []), found]
    one = array(*looks)
    handler = make_handler(one.client, desired(remote_system="unity1", source="lun01", state="ready"))
    current = handler.read()
    assert current and current["state"] == "Copy_In_Progress" and len(one.talk) == 5


@pytest.mark.parametrize(
    "actions, filtered", [(["cancel", "cutover"], "in.(cancel,cutover)"), (["start_copy", "cutover"], None)]
)
def test_jobs_of_actions_without_a_name_are_told_by_the_session(
    array: MakeArray, actions: list[str], filtered: str | None
) -> None:
    rows = [{"id": "1", "resource_action": "pause"}, {"id": "2", "resource_action": "cutover"}, {"id": "3"}]
    run = Run(array, login(rows))
    assert [job.id for job in run.make_handler.find_jobs(session("Paused"), actions)] == ["2", "3"]
    assert run.array.queries[0].get("resource_action") == filtered
    assert run.array.queries[0]["resource_id"] == f"eq.{S1}"


# Sources

HERE: Json = {"import_unity": {"management_address": "192.0.2.11"}}
UNITY = {"id": "r1", "name": "unity1", "type": "Unity", "management_address": "192.0.2.11"}


def row(number: int, criteria: str = "Ready", **more: t.Any) -> Json:
    return {"id": f"sv_{number}", "name": "lun", "importable_criteria": criteria, **more}


def test_a_source_of_the_system_comes_before_others(array: MakeArray) -> None:
    one = array(login([row(1), row(2, **HERE)]), Answer(200, []))
    assert find_source(one.client, UNITY, Reference(name="lun")).id == "sv_2"
    assert one.queries[0]["or"] == "(id.in.(lun),name.in.(lun))"


def test_sources_that_cannot_be_told_apart(array: MakeArray) -> None:
    one = array(login([row(1, **HERE)]), Answer(200, [row(2, **HERE)]))
    with pytest.raises(InputError, match="2 sources named lun. Give the id: sv_1, sv_2"):
        find_source(one.client, UNITY, Reference(name="lun"))


def test_an_id_leaves_no_doubt(array: MakeArray) -> None:
    one = array(login([row(1), {**row(2), "name": "sv_1"}]))
    assert find_source(one.client, UNITY, Reference(name="sv_1")).id == "sv_1"


def test_a_kind_of_system_that_is_not_known_is_left_to_the_array(array: MakeArray) -> None:
    unknown = {"id": "r9", "name": "new", "type": "Something_New"}
    assert find_source(array().client, unknown, Reference(name="sv_1")) == Source("sv_1", "sv_1")
