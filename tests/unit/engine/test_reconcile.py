# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs without doubts: look, plan, gate, submit, wait, look again."""

from __future__ import annotations

import dataclasses

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import (
    ConnectionFailed,
    InputError,
    JobFailed,
    Refused,
    WaitTimeout,
)
from tests.unit.engine.appliance import JOB_FAILS, MESSAGES, NO_EFFECT, REFUSED, Appliance
from tests.unit.engine.tables import book, member, shelf, task

TO_DO = [
    pytest.param(None, {}, ["create"], id="create"),
    pytest.param(None, {"note": "new", "locked": True}, ["create", "modify"], id="create and modify"),
    pytest.param(shelf(), {"note": "new"}, ["modify"], id="modify"),
    pytest.param(
        shelf(books=[member(1)]), {"note": "new", "books": [book(2)]}, ["modify", "put", "take"], id="all kinds"
    ),
    pytest.param(shelf(), {"new_name": "attic"}, ["modify"], id="rename"),
    pytest.param(shelf(), {"state": "absent"}, ["delete"], id="delete"),
]
NOTHING_TO_DO = [
    pytest.param(shelf(note="new"), {"note": "new", "books": []}, id="present"),
    pytest.param(None, {"state": "absent"}, id="absent"),
]


@pytest.mark.parametrize("wait", [True, False])
@pytest.mark.parametrize("dry_run", [True, False])
@pytest.mark.parametrize("current, options", NOTHING_TO_DO)
def test_a_converged_task_costs_one_look(current: Json | None, options: Json, dry_run: bool, wait: bool) -> None:
    appliance = Appliance(task(**options), current)
    record = appliance.run(dry_run, wait).record
    assert appliance.talk == ["read"]
    assert (record.changed, record.plan.steps, record.jobs, record.completed_steps) == (False, (), [], [])
    assert record.resource == current


@pytest.mark.parametrize("current, options, actions", TO_DO)
def test_a_dry_run_stops_in_front_of_the_first_write(current: Json | None, options: Json, actions: list[str]) -> None:
    appliance = Appliance(task(**options), current)
    record = appliance.run(dry_run=True).record
    assert appliance.talk == ["read", "preflight"]
    assert [step.action for step in record.plan.requests] == actions
    assert (record.changed, record.jobs, record.completed_steps) == (True, [], [])
    assert record.resource == current == appliance.current


def test_a_dry_run_tells_what_the_appliance_would_refuse() -> None:
    appliance = Appliance(task(note="new"), shelf(), trouble={"preflight": [InputError("There is no such reader.")]})
    outcome = appliance.run(dry_run=True)
    assert str(outcome.error) == "There is no such reader."
    assert not outcome.record.changed


@pytest.mark.parametrize("current, options, actions", TO_DO)
def test_a_run_does_what_the_dry_run_has_shown(current: Json | None, options: Json, actions: list[str]) -> None:
    shown = Appliance(task(**options), current).run(dry_run=True).record.plan
    appliance = Appliance(task(**options), current)
    record = appliance.run().record
    assert record.plan == shown
    assert appliance.effects == appliance.taken == actions
    assert record.completed_steps == shown.sentences()
    assert [(job.id, job.action, job.state) for job in record.jobs] == [
        (f"j{number}", action, "done") for number, action in enumerate(actions, 1)
    ]
    assert record.changed
    assert record.resource == appliance.current
    assert (record.warnings, record.current_step) == ([], "")
    assert appliance.left() == []


@pytest.mark.parametrize("current, options, actions", TO_DO)
def test_a_second_run_changes_nothing(current: Json | None, options: Json, actions: list[str]) -> None:
    appliance = Appliance(task(**options), current)
    appliance.run()
    assert not appliance.run().record.changed
    assert len(appliance.effects) == len(actions)


BEFORE = ["read", "find_jobs modify put", "read", "preflight"]
"""What is asked before the first write."""


def test_the_talk_of_a_run() -> None:
    appliance = Appliance(task(note="new", books=[book(1)]), shelf(), takes=0)
    appliance.run()
    assert appliance.talk == [*BEFORE, "send modify", "send put", "read"]


def test_jobs_are_waited_for_one_after_the_other() -> None:
    appliance = Appliance(task(note="new", books=[book(1)]), shelf(), takes=0.05)
    appliance.run()
    steps = ["send modify", "job j1", "job j1", "send put", "job j2", "job j2"]
    assert appliance.talk == [*BEFORE, *steps, "read"]


def test_what_follows_a_create_is_sent_to_the_new_object() -> None:
    appliance = Appliance(task(locked=True), None)
    appliance.run()
    assert [step.path for step in appliance.sent] == ["new/shelf", "shelf(s1)"]


def test_the_plans_warnings_are_kept() -> None:
    appliance = Appliance(task(), shelf(), warnings=("The shelf is old.",))
    assert appliance.run().record.warnings == ["The shelf is old."]


def test_a_job_that_did_nothing_is_noticed() -> None:
    appliance = Appliance(task(note="new", boards=5), shelf(), fates=[NO_EFFECT])
    outcome = appliance.run()
    assert outcome.error is None
    assert outcome.record.warnings == [
        "The jobs ended well, yet book shelf hall still differs; left to do: change note and boards of book shelf hall."
    ]
    assert outcome.record.resource == appliance.current


THREE = {"note": "new", "books": [book(2)]}


def test_a_refusal_at_once() -> None:
    appliance = Appliance(task(**THREE), shelf(), fates=[REFUSED])
    outcome = appliance.run()
    assert isinstance(outcome.error, Refused)
    record = outcome.record
    assert (record.changed, record.completed_steps, record.jobs) == (False, [], [])
    assert record.current_step == "change note of book shelf hall"
    assert appliance.effects == appliance.taken == []
    assert len(appliance.sent) == 1, "a refusal is no reason to try again"


@pytest.mark.parametrize("fate, error", [(REFUSED, Refused), (JOB_FAILS, JobFailed)])
def test_a_failure_after_a_first_step_tells_what_was_done(fate: str, error: type[Exception]) -> None:
    appliance = Appliance(task(**THREE), shelf(books=[member(1)]), fates=["", fate])
    outcome = appliance.run()
    assert outcome.error.__class__ is error
    assert outcome.record.changed
    assert outcome.record.completed_steps == ["change note of book shelf hall"]
    assert [step.action for step in appliance.sent] == ["modify", "put"], "the third step is not tried"
    assert outcome.record.resource == shelf(books=[member(1)], note="new") == appliance.current, "as it is now"


def test_a_failed_job_is_no_change() -> None:
    appliance = Appliance(task(note="new"), shelf(), fates=[JOB_FAILS])
    outcome = appliance.run()
    assert isinstance(outcome.error, JobFailed)
    assert str(outcome.error).startswith("The job to change note of book shelf hall ended as Failed: No room. (E1)")
    assert outcome.error.facts()["messages"] == list(MESSAGES)
    record = outcome.record
    assert (record.changed, record.completed_steps, record.current_step) == (False, [], "")
    assert [(job.id, job.state, job.messages) for job in record.jobs] == [("j1", "failed", MESSAGES)]


def test_a_job_that_takes_too_long_counts_as_a_change() -> None:
    appliance = Appliance(task(**THREE), shelf(), takes=1000)
    outcome = appliance.run(timeout=30)
    assert isinstance(outcome.error, WaitTimeout)
    assert outcome.record.changed
    assert [(job.id, job.state) for job in outcome.record.jobs] == [("j1", "running")]
    assert [step.action for step in appliance.sent] == ["modify"]


def test_each_job_has_the_whole_time() -> None:
    appliance = Appliance(task(**THREE), shelf(books=[member(1)]), takes=25)
    assert appliance.run(timeout=30).error is None


@pytest.mark.parametrize(
    "current, options, actions, looks_at_jobs",
    [
        (shelf(), {"note": "new"}, ["modify"], False),
        (shelf(), {"state": "absent"}, ["delete"], False),
        (None, {}, ["create"], False),
        # the second step needs the id that the first one's job tells
        (None, {"locked": True}, ["create", "modify"], True),
    ],
)
def test_without_waiting(current: Json | None, options: Json, actions: list[str], looks_at_jobs: bool) -> None:
    appliance = Appliance(task(**options), current)
    record = appliance.run(wait=False).record
    assert [step.action for step in appliance.sent] == actions
    assert ("job" in appliance.counted) is looks_at_jobs
    assert appliance.counted["read"] == 2
    assert [job.state for job in record.jobs] == ["done"] * (len(actions) - 1) + ["running"]
    assert record.changed
    assert record.resource is None, "nobody knows yet"


def test_without_waiting_what_is_over_at_once_is_told() -> None:
    appliance = Appliance(task(note="new"), shelf(), takes=0)
    record = appliance.run(wait=False).record
    assert record.changed and record.completed_steps == ["change note of book shelf hall"]
    assert record.resource == appliance.current, "there is nothing left to wait for"


def test_an_appliance_that_is_not_there_is_told_as_it_is() -> None:
    gone = ConnectionFailed("Cannot connect.")
    outcome = Appliance(task(), None, trouble={"read": [gone]}).run()
    assert outcome.error is gone
    assert (outcome.record.changed, outcome.record.current_step) == (False, "")


def test_a_last_look_that_fails_leaves_no_doubt_of_what_was_done() -> None:
    gone = ConnectionFailed("Cannot connect.")
    appliance = Appliance(task(note="new"), shelf(), trouble={"read": [None, None, gone]})
    outcome = appliance.run()
    assert outcome.error is gone
    assert (outcome.record.changed, outcome.record.current_step) == (True, "")
    assert outcome.record.completed_steps == ["change note of book shelf hall"]


def test_a_job_that_the_appliance_calls_otherwise_is_told_once() -> None:
    appliance = Appliance(task(note="new"), shelf())
    real = appliance.job
    appliance.job = lambda job_id: dataclasses.replace(real(job_id), action="rework")  # type: ignore[method-assign]
    record = appliance.run().record
    assert [(job.id, job.action, job.state) for job in record.jobs] == [("j1", "modify", "done")]
