# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Somebody else does the same at the same time, and what a failed run shows of the object."""

from __future__ import annotations

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import (
    ApplianceError,
    ConnectionFailed,
    JobFailed,
    Refused,
    ResponseLost,
    WaitTimeout,
)
from tests.unit.engine.appliance import (
    JOB_FAILS,
    NEVER_ARRIVED,
    OVERTAKEN,
    OVERTAKEN_IN_JOB,
    REFUSED,
    Appliance,
)
from tests.unit.engine.tables import book, member, shelf, task

TASKS = [
    pytest.param(None, {"note": "new"}, id="create"),
    pytest.param(shelf(), {"note": "new"}, id="modify"),
    pytest.param(shelf(), {"books": [book(2)]}, id="put"),
    pytest.param(shelf(), {"state": "absent"}, id="delete"),
]


@pytest.mark.parametrize("current, options", TASKS)
def test_who_loses_a_race_is_content(current: Json | None, options: Json) -> None:
    appliance = Appliance(task(**options), current, [OVERTAKEN])
    outcome = appliance.run()
    assert outcome.error is None and appliance.left() == []
    assert not outcome.record.changed and outcome.record.completed_steps == [] and outcome.record.current_step == ""
    assert outcome.record.resource == appliance.current
    (warning,) = outcome.record.warnings
    assert "No room." in warning and "Somebody else was first" in warning
    assert len(appliance.sent) == 1


@pytest.mark.parametrize("current, options", [TASKS[0], TASKS[3]])
def test_a_job_can_lose_it_too(current: Json | None, options: Json) -> None:
    appliance = Appliance(task(**options), current, [OVERTAKEN_IN_JOB])
    outcome = appliance.run()
    assert outcome.error is None and not outcome.record.changed
    assert [job.state for job in outcome.record.jobs] == ["failed"]


def test_a_job_that_fails_on_what_exists_is_a_failure_whatever_it_has_left() -> None:
    outcome = Appliance(task(note="new"), shelf(), [OVERTAKEN_IN_JOB]).run()
    assert isinstance(outcome.error, JobFailed)


def test_an_object_that_differs_is_not_overwritten() -> None:
    appliance = Appliance(task(note="new", books=[book(1)]), None, [OVERTAKEN])
    appliance.do = lambda step: setattr(appliance, "current", shelf(note="theirs"))  # type: ignore[method-assign]
    outcome = appliance.run()
    assert isinstance(outcome.error, Refused) and "No room." in str(outcome.error)
    assert "Somebody else was first" in str(outcome.error) and "change note" in str(outcome.error)
    assert appliance.current and appliance.current["note"] == "theirs" and len(appliance.sent) == 1


@pytest.mark.parametrize("fate", [REFUSED, JOB_FAILS])
def test_who_has_created_the_object_itself_blames_nobody(fate: str) -> None:
    """The first read showed no object, but the run's own first step has made it."""
    outcome = Appliance(task(note="new", locked=True), None, ["", fate]).run()
    assert isinstance(outcome.error, (Refused, JobFailed)) and len(outcome.record.completed_steps) == 1
    assert "Somebody else" not in str(outcome.error)


def test_a_refusal_is_still_one_if_nobody_else_was_first() -> None:
    outcome = Appliance(task(note="new"), shelf(), [REFUSED]).run()
    assert isinstance(outcome.error, Refused) and outcome.record.warnings == []


def test_the_second_look_does_not_hide_the_first_error() -> None:
    appliance = Appliance(task(note="new"), shelf(), [REFUSED])
    appliance.trouble["read"] = [None, None, ConnectionFailed("Gone.")]
    outcome = appliance.run()
    assert isinstance(outcome.error, Refused) and "No room." in str(outcome.error)


@pytest.mark.parametrize("fate", [REFUSED, JOB_FAILS])
def test_a_failed_run_shows_what_its_first_steps_have_left(fate: str) -> None:
    appliance = Appliance(task(note="new", books=[book(2)]), shelf(books=[member(1)]), ["", fate])
    outcome = appliance.run()
    assert outcome.error and outcome.record.changed
    assert outcome.record.resource and outcome.record.resource["note"] == "new"
    assert outcome.record.resource == appliance.current


@pytest.mark.parametrize("error", [ResponseLost("Cut."), ConnectionFailed("No route.")])
def test_null_rather_than_what_was_there_before(error: ApplianceError) -> None:
    appliance = Appliance(task(note="new", books=[book(2)]), shelf())
    appliance.trouble["send"] = [None, error]
    appliance.trouble["read"] = [None, None, error, error]
    outcome = appliance.run()
    assert outcome.error is error and outcome.record.changed
    assert outcome.record.resource is None


def test_what_was_read_stays_if_nothing_was_sent() -> None:
    appliance = Appliance(task(note="new"), shelf())
    appliance.trouble["send"] = [ConnectionFailed("No route.")]
    outcome = appliance.run()
    assert isinstance(outcome.error, ConnectionFailed) and outcome.record.resource == shelf()


def test_giving_up_shows_what_is_there_now() -> None:
    appliance = Appliance(task(note="new"), None, takes=50.0)
    outcome = appliance.run(timeout=5.0)
    assert isinstance(outcome.error, WaitTimeout) and outcome.record.resource is None
    appliance = Appliance(task(note="new", state="present"), shelf(), [NEVER_ARRIVED, ""], takes=50.0)
    outcome = appliance.run(timeout=5.0)
    assert isinstance(outcome.error, WaitTimeout) and outcome.record.resource == shelf()
