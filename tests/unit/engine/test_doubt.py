# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Requests without an answer: found out about, never simply sent again."""

from __future__ import annotations

import contextlib
import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import (
    ApplianceError,
    Busy,
    ConnectionFailed,
    JobFailed,
    JobLost,
    ResponseLost,
    WaitTimeout,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.history import NEW_RUN
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.running.recovery import (
    PAUSE_BEFORE_AGAIN,
    SENDS,
)
from tests.unit.engine.appliance import (
    ANSWER_LOST,
    ANSWER_LOST_JOB_FAILS,
    ANSWER_LOST_NO_EFFECT,
    BUSY,
    DONE_ANSWER_LOST,
    JOB_FAILS,
    MESSAGES,
    NEVER_ARRIVED,
    NO_EFFECT,
    REFUSED,
    Appliance,
)
from tests.unit.engine.tables import book, member, planned, shelf, task

ONE_STEP = [
    pytest.param(None, {}, id="create"),
    pytest.param(shelf(), {"note": "new"}, id="modify"),
    pytest.param(shelf(), {"books": [book(1)]}, id="put"),
    pytest.param(shelf(books=[member(1)]), {"books": []}, id="take"),
    pytest.param(shelf(), {"state": "absent"}, id="delete"),
]


@pytest.mark.parametrize("current, options", ONE_STEP)
@pytest.mark.parametrize("takes", [0.0, 0.5, 30.0])
@pytest.mark.parametrize(
    "fates, sends",
    [
        ([ANSWER_LOST], 1),
        ([DONE_ANSWER_LOST], 1),
        ([NEVER_ARRIVED], 2),
        ([NEVER_ARRIVED, NEVER_ARRIVED], 3),
        ([NEVER_ARRIVED, ANSWER_LOST], 2),
        ([NEVER_ARRIVED, DONE_ANSWER_LOST], 2),
        ([BUSY], 2),
        ([BUSY, BUSY], 3),
        ([BUSY, ANSWER_LOST], 2),
    ],
)
def test_sent_again_only_without_effect(
    current: Json | None, options: Json, takes: float, fates: list[str], sends: int
) -> None:
    appliance = Appliance(task(**options), current, list(fates), takes)
    outcome = appliance.run()
    assert outcome.error is None
    assert len(appliance.sent) == sends
    assert len(appliance.effects) == 1
    record = outcome.record
    assert record.changed
    assert record.warnings == []
    assert record.resource == appliance.current
    assert appliance.left() == []


def test_the_talk_after_a_lost_answer() -> None:
    appliance = Appliance(task(note="new"), shelf(), [ANSWER_LOST], takes=PAUSE_BEFORE_AGAIN + 0.05)
    appliance.run()
    assert appliance.talk == [
        "read",
        "find_jobs modify",
        "read",
        "preflight",
        "send modify",
        "find_jobs modify",
        "job j1",
        "job j1",
        "read",
        "read",
    ]
    assert appliance.time.naps[0] == PAUSE_BEFORE_AGAIN


def test_the_job_of_a_lost_answer_is_reported_as_ones_own() -> None:
    record = Appliance(task(note="new"), shelf(), [ANSWER_LOST]).run().record
    assert [(job.id, job.action, job.state, job.adopted) for job in record.jobs] == [("j1", "modify", "done", False)]
    assert record.completed_steps == ["change note of book shelf hall"]


@pytest.mark.parametrize(
    "fate, error, words", [(NEVER_ARRIVED, ResponseLost, "The connection was reset."), (BUSY, Busy, "Come back later.")]
)
def test_not_for_ever(fate: str, error: type[ApplianceError], words: str) -> None:
    appliance = Appliance(task(note="new"), shelf(), [fate] * 10)
    outcome = appliance.run()
    assert outcome.error.__class__ is error and words in str(outcome.error)
    assert len(appliance.sent) == SENDS
    assert (outcome.record.changed, outcome.record.completed_steps) == (False, [])
    assert outcome.record.current_step == "change note of book shelf hall"


def test_each_step_has_its_own_tries() -> None:
    lost = [NEVER_ARRIVED] * (SENDS - 1)
    current = shelf(books=[member(1)])
    appliance = Appliance(task(note="new", books=[book(2)]), current, [*lost, "", *lost, "", *lost, ""])
    outcome = appliance.run()
    assert outcome.error is None
    assert appliance.effects == ["modify", "put", "take"]
    assert len(appliance.sent) == 3 * SENDS
    assert outcome.record.completed_steps == outcome.record.plan.sentences()


def test_what_is_sent_again_is_planned_anew() -> None:
    """Somebody else has changed a part of it in the meantime, by other means."""
    appliance = Appliance(task(note="new", boards=5), shelf(), [NEVER_ARRIVED])
    other = dataclasses.replace(planned(shelf(), boards=5).requests[0], action="elsewhere")
    appliance.begin(other, takes=PAUSE_BEFORE_AGAIN / 2)
    assert appliance.run().error is None
    assert [step.body for step in appliance.sent] == [{"note": "new", "board_count": 5}, {"note": "new"}]


def test_a_lost_answer_of_a_create_that_is_followed_by_more() -> None:
    appliance = Appliance(task(note="new", locked=True), None, [ANSWER_LOST, ANSWER_LOST])
    outcome = appliance.run()
    assert outcome.error is None
    assert appliance.effects == ["create", "modify"]
    assert [step.path for step in appliance.sent] == ["new/shelf", "shelf(s1)"]


def test_the_job_behind_a_lost_answer_has_failed() -> None:
    appliance = Appliance(task(note="new"), shelf(), [ANSWER_LOST_JOB_FAILS], takes=0.5)
    outcome = appliance.run()
    assert isinstance(outcome.error, JobFailed)
    assert outcome.error.facts()["messages"] == list(MESSAGES)
    assert len(appliance.sent) == 1, "a failed job is an answer"
    assert not outcome.record.changed
    assert [(job.id, job.state) for job in outcome.record.jobs] == [("j1", "failed")]


def test_the_job_behind_a_lost_answer_fails_later() -> None:
    outcome = Appliance(task(note="new"), shelf(), [ANSWER_LOST_JOB_FAILS], takes=10).run()
    assert isinstance(outcome.error, JobFailed)
    assert not outcome.record.changed
    assert [(job.id, job.state) for job in outcome.record.jobs] == [("j1", "failed")]


def test_the_job_behind_a_lost_answer_takes_too_long() -> None:
    outcome = Appliance(task(note="new"), shelf(), [ANSWER_LOST], takes=1000).run(timeout=30)
    assert isinstance(outcome.error, WaitTimeout)
    assert outcome.record.changed


def test_jobs_from_before_are_not_taken_for_the_lost_one() -> None:
    appliance = Appliance(task(note="new"), shelf(), [NEVER_ARRIVED])
    appliance.begin(planned(shelf(), note="old").requests[0], JOB_FAILS, takes=0)
    outcome = appliance.run()
    assert outcome.error is None
    assert len(appliance.sent) == 2
    assert [job.id for job in outcome.record.jobs] == ["j2"]


def test_a_job_is_found_once() -> None:
    """The job behind the first request says nothing of the second one."""
    appliance = Appliance(task(note="new"), shelf(), [ANSWER_LOST_NO_EFFECT, NEVER_ARRIVED], takes=0)
    record = appliance.run().record
    assert len(appliance.sent) == 3
    assert appliance.taken == ["modify", "modify"], "by the first job and by the third request"
    assert [job.id for job in record.jobs] == ["j1", "j2"]


@pytest.mark.parametrize("method, before", [("find_jobs", 1), ("read", 2)])
@pytest.mark.parametrize("second", [ConnectionFailed("Cannot connect."), ResponseLost("Reset again.")])
def test_an_appliance_that_stays_away_leaves_the_effect_unknown(
    method: str, before: int, second: ApplianceError
) -> None:
    trouble = [*[None] * before, second]
    appliance = Appliance(task(note="new"), shelf(), [DONE_ANSWER_LOST], trouble={method: trouble})
    outcome = appliance.run()
    assert isinstance(outcome.error, ResponseLost) and "The connection was reset." in str(outcome.error)
    told = ["change note of book shelf hall", "is not known", second.message, "Run the task again"]
    assert [words for words in told if words not in str(outcome.error)] == []
    assert appliance.run().error is None, "the next run finds the effect"
    assert appliance.effects == ["modify"]


def test_a_failure_after_an_effect_without_an_answer_tells_what_was_done() -> None:
    appliance = Appliance(task(note="new", books=[book(1)]), shelf(), [DONE_ANSWER_LOST, REFUSED])
    outcome = appliance.run()
    assert outcome.record.changed
    assert outcome.record.current_step == "add 1 book (Book 1) to book shelf hall"
    assert outcome.record.completed_steps == ["change note of book shelf hall"]


def test_a_step_whose_effect_was_found_is_not_what_failed_later() -> None:
    gone = ConnectionFailed("Cannot connect.")
    appliance = Appliance(task(note="new"), shelf(), [DONE_ANSWER_LOST], trouble={"read": [None, None, None, gone]})
    outcome = appliance.run()
    assert outcome.error is gone
    assert outcome.record.changed
    assert outcome.record.current_step == ""


def test_without_waiting_a_found_job_is_not_waited_for() -> None:
    appliance = Appliance(task(note="new"), shelf(), [ANSWER_LOST], takes=1000)
    outcome = appliance.run(wait=False)
    assert outcome.error is None
    assert len(appliance.sent) == 1
    assert [(job.id, job.state) for job in outcome.record.jobs] == [("j1", "running")]


FATES = st.lists(st.sampled_from(["", NEVER_ARRIVED, ANSWER_LOST, DONE_ANSWER_LOST, BUSY]), max_size=8)
TASKS = st.sampled_from(
    [
        (None, {"note": "new", "locked": True, "books": [book(1)]}),
        (shelf(books=[member(1), member(2)]), {"new_name": "attic", "boards": 9, "books": [book(2), book(3)]}),
        (shelf(), {"state": "absent"}),
    ]
)


@given(FATES, TASKS, st.sampled_from([0.0, 0.7, 3.0, 40.0]))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_whatever_gets_lost_nothing_is_done_twice(
    fates: list[str], one: tuple[Json | None, Json], takes: float
) -> None:
    current, options = one
    appliance = Appliance(task(**options), current, list(fates), takes)
    before = appliance.plan(current, NEW_RUN)
    outcome = appliance.run()
    if outcome.error:
        assert isinstance(outcome.error, (ResponseLost, Busy))
        assert outcome.record.changed is bool(appliance.effects)
        appliance.fates.clear()
        assert appliance.run().error is None, "the next run ends in the same state"
    assert appliance.effects == [step.action for step in before.requests]
    assert appliance.left() == []


@given(FATES, st.integers(0, 12), st.sampled_from([0.0, 0.7, 3.0]))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_cut_off_anywhere_and_run_again_ends_in_the_same_state(fates: list[str], calls: int, takes: float) -> None:
    class CutOff(BaseException):
        pass

    appliance = Appliance(task(note="new", locked=True, books=[book(1)]), None, list(fates), takes)
    ask = appliance.asked

    def asked(*words: str) -> None:
        ask(*words)
        if len(appliance.talk) > calls:
            raise CutOff

    appliance.asked = asked  # type: ignore[method-assign]
    with contextlib.suppress(CutOff):
        appliance.run()
    appliance.asked = ask  # type: ignore[method-assign]
    appliance.fates.clear()
    assert appliance.run().error is None
    assert appliance.effects == ["create", "modify"]
    assert appliance.left() == []


def lost(times: int = 1) -> list[ApplianceError | None]:
    """Return what an appliance says of a job that it no longer knows."""
    return [None, *[JobLost("The appliance no longer knows job j1.", status=404) for _each in range(times)]]


@pytest.mark.parametrize("current, options", ONE_STEP)
def test_a_job_that_is_gone_is_judged_by_the_object(current: Json | None, options: Json) -> None:
    appliance = Appliance(task(**options), current, takes=0.05, trouble={"job": lost()})
    outcome = appliance.run()
    assert outcome.error is None and outcome.record.changed
    assert appliance.left() == []
    assert "no longer knows job j1" in " ".join(outcome.record.warnings)
    assert [job.state for job in outcome.record.jobs] == ["done"]


@pytest.mark.parametrize("current, options", ONE_STEP)
def test_a_job_that_is_gone_without_its_work(current: Json | None, options: Json) -> None:
    appliance = Appliance(task(**options), current, fates=[NO_EFFECT], takes=0.05, trouble={"job": lost()})
    outcome = appliance.run()
    error = outcome.error
    assert isinstance(error, JobLost) and (error.kind, error.job, error.status) == ("job_lost", "j1", 404)
    assert "does not show" in str(error)
    assert outcome.record.changed  # it was accepted, and not seen to fail
    assert [job.state for job in outcome.record.jobs] == ["unknown"]
    assert (appliance.counted["send"], appliance.taken) == (1, [])


def test_a_job_that_is_gone_in_the_middle_of_a_plan() -> None:
    appliance = Appliance(task(note="new", books=[book(1)]), shelf(), takes=0.05, trouble={"job": lost()})
    outcome = appliance.run()
    assert outcome.error is None
    assert (appliance.effects, appliance.left()) == (["modify", "put"], [])


def test_somebody_elses_job_that_is_gone() -> None:
    appliance = Appliance(
        task(note="new"), shelf(), trouble={"job": [JobLost("The appliance no longer knows job j1.")]}
    )
    appliance.begin(planned(shelf(), note="new").requests[0])
    outcome = appliance.run()
    assert outcome.error is None and appliance.left() == []
    assert outcome.record.jobs[0].state == "unknown"


def test_an_object_that_cannot_be_read_after_its_job_is_gone() -> None:
    gone: list[ApplianceError | None] = [None, None, ConnectionFailed("No route.")]
    outcome = Appliance(task(note="new"), shelf(), takes=0.05, trouble={"job": lost(), "read": gone}).run()
    assert isinstance(outcome.error, JobLost) and "No route." in str(outcome.error)
