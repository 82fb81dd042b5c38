# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Jobs that somebody else has started, or an earlier run that was cut off."""

from __future__ import annotations

import dataclasses
import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import ConnectionFailed, WaitTimeout
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.job import BlockedByJobs, Job
from tests.unit.engine.appliance import JOB_FAILS, LOCKED, MESSAGES, Appliance
from tests.unit.engine.tables import book, member, planned, shelf, task


def begun(current: Json | None, begun_options: Json, options: Json, fate: str = "", takes: float = 5.0) -> Appliance:
    """Return an appliance with a job that is running for another task."""
    appliance = Appliance(task(**options), current)
    appliance.begin(planned(current, **begun_options).requests[0], fate, takes)
    return appliance


@pytest.mark.parametrize(
    "current, options, action",
    [
        (None, {}, "create"),
        (None, {"note": "new", "books": [book(1)]}, "create"),
        (shelf(), {"note": "new"}, "modify"),
        (shelf(), {"books": [book(1)]}, "put"),
        (shelf(books=[member(1)]), {"books": []}, "take"),
        (shelf(), {"state": "absent"}, "delete"),
    ],
)
def test_a_job_that_does_it_already_is_adopted(current: Json | None, options: Json, action: str) -> None:
    appliance = begun(current, options, options)
    record = appliance.run().record
    assert appliance.sent == []
    assert appliance.effects == [action]
    assert [(job.id, job.action, job.state, job.adopted) for job in record.jobs] == [("j1", action, "done", True)]
    assert record.changed
    assert record.plan.sentences() == planned(current, **options).sentences()
    assert record.resource == appliance.current
    assert appliance.lines[0] == f"book shelf hall: job j1 ({action}) is already running, waiting for it"


@pytest.mark.parametrize(
    "current, options",
    [
        (None, {}),
        (shelf(), {"note": "new"}),
        (shelf(), {"books": [book(1)]}),
        (shelf(books=[member(1)]), {"books": []}),
        (shelf(), {"state": "absent"}),
    ],
)
def test_a_job_that_ends_between_the_read_and_the_query_for_jobs(current: Json | None, options: Json) -> None:
    """The plan is then older than the job's outcome, and the query shows that nothing runs."""
    appliance = begun(current, options, options, takes=2.0)
    ask = appliance.find_jobs

    def slowly(current: Json | None, actions: t.Sequence[str]) -> list[Job] | None:
        appliance.time.seconds += 3.0
        return ask(current, actions)

    appliance.find_jobs = slowly  # type: ignore[method-assign]
    outcome = appliance.run()
    assert outcome.error is None
    assert appliance.sent == []
    assert (outcome.record.changed, outcome.record.plan.sentences()) == (False, [])
    assert outcome.record.resource == appliance.current
    assert appliance.counted == {"read": 2, "find_jobs": 1}


def test_only_what_the_adopted_job_leaves_is_sent() -> None:
    appliance = begun(shelf(), {"note": "new"}, {"note": "new", "boards": 5, "books": [book(1)]})
    record = appliance.run().record
    assert [(step.action, step.body) for step in appliance.sent] == [
        ("modify", {"board_count": 5}),
        ("put", {"book_ids": ["b1"]}),
    ]
    assert [(job.id, job.adopted) for job in record.jobs] == [("j1", True), ("j2", False), ("j3", False)]
    assert appliance.left() == []


def test_what_another_job_did_otherwise_is_put_right() -> None:
    appliance = begun(shelf(), {"note": "theirs"}, {"note": "ours"})
    assert appliance.run().error is None
    assert appliance.current == shelf(note="ours")


def test_what_another_job_left_undone_is_no_change_of_this_run() -> None:
    appliance = begun(shelf(), {"note": "theirs"}, {"note": "ours"})
    appliance.fates = [JOB_FAILS]
    outcome = appliance.run()
    assert outcome.error is not None and not outcome.record.changed


def test_a_created_object_is_found_through_the_adopted_job() -> None:
    appliance = begun(None, {}, {"locked": True})
    appliance.run()
    assert [(step.action, step.path) for step in appliance.sent] == [("modify", "shelf(s1)")]


def test_several_running_jobs_are_all_waited_for() -> None:
    appliance = begun(shelf(), {"note": "new"}, {"note": "new", "books": [book(1)]})
    appliance.begin(planned(shelf(), books=[book(1)]).requests[0], takes=9)
    record = appliance.run().record
    assert appliance.sent == []
    assert sorted(job.id for job in record.jobs) == ["j1", "j2"]


def test_jobs_of_other_steps_are_left_alone() -> None:
    appliance = begun(shelf(), {"books": [book(1)]}, {"note": "new"}, takes=500)
    record = appliance.run().record
    assert [step.action for step in appliance.sent] == ["modify"]
    assert [job.id for job in record.jobs] == ["j2"]


@pytest.mark.parametrize("fate", ["", JOB_FAILS])
def test_jobs_that_are_over_are_left_alone(fate: str) -> None:
    appliance = begun(shelf(), {"note": "old"}, {"note": "new"}, fate, takes=0)
    record = appliance.run().record
    assert [step.action for step in appliance.sent] == ["modify"]
    assert [job.id for job in record.jobs] == ["j2"]
    assert record.warnings == []


def test_an_adopted_job_that_fails_is_told_and_the_work_is_done_anew() -> None:
    appliance = begun(shelf(), {"note": "new"}, {"note": "new"}, JOB_FAILS)
    outcome = appliance.run()
    assert outcome.error is None
    assert appliance.effects == ["modify"]
    told = [(job.id, job.state, job.adopted, tuple(job.messages)) for job in outcome.record.jobs]
    assert told == [("j1", "failed", True, MESSAGES), ("j2", "done", False, ())]
    [warning] = outcome.record.warnings
    assert warning.startswith("Adopted a running job, which failed: ") and "No room. (E1)" in warning


def test_an_adopted_job_that_fails_is_no_change() -> None:
    appliance = begun(shelf(), {"note": "new"}, {"note": "new"}, JOB_FAILS)
    appliance.fates = [JOB_FAILS]
    assert not appliance.run().record.changed


def test_an_adopted_job_that_takes_too_long() -> None:
    appliance = begun(shelf(), {"note": "new"}, {"note": "new"}, takes=1000)
    outcome = appliance.run(timeout=30)
    assert isinstance(outcome.error, WaitTimeout)
    assert outcome.error.job == "j1"
    assert appliance.sent == []
    assert outcome.record.changed
    assert [(job.id, job.state, job.adopted) for job in outcome.record.jobs] == [("j1", "running", True)]


def test_an_appliance_that_falls_silent_while_an_adopted_job_is_running() -> None:
    gone = ConnectionFailed("Cannot connect.")
    appliance = begun(shelf(), {"note": "new"}, {"note": "new"}, takes=1000)
    appliance.trouble["job"] = [gone] * 1000
    outcome = appliance.run()
    assert outcome.error is gone and gone.job == "j1"
    assert appliance.sent == []


def test_a_dry_run_adopts_nothing() -> None:
    appliance = begun(shelf(), {"note": "new"}, {"note": "new"})
    assert appliance.run(dry_run=True).record.changed
    assert appliance.talk == ["read", "preflight"]


def in_the_way(begun_options: Json, options: Json, times: int = 1) -> Appliance:
    """Return an appliance that refuses because of a job that it has not told of before."""
    appliance = begun(shelf(), begun_options, options)
    appliance.trouble["find_jobs"] = [None]
    appliance.works[0].job = dataclasses.replace(appliance.works[0].job, action="tidy up")
    appliance.fates = [LOCKED] * times
    return appliance


def test_a_job_in_the_way_is_waited_for() -> None:
    appliance = in_the_way({"books": [book(1)]}, {"note": "new"})
    record = appliance.run().record
    assert [step.action for step in appliance.sent] == ["modify", "modify"] and appliance.effects == ["put", "modify"]
    assert [(job.id, job.adopted) for job in record.jobs] == [("j1", True), ("j2", False)]
    assert record.changed and record.completed_steps == ["change note of book shelf hall"]


def test_a_job_in_the_way_that_does_what_is_asked() -> None:
    appliance = in_the_way({"note": "new"}, {"note": "new"})
    record = appliance.run().record
    assert appliance.effects == ["modify"] and len(appliance.sent) == 1 and record.changed


def test_a_job_in_the_way_is_no_change_of_this_run() -> None:
    appliance = in_the_way({"books": [book(1)]}, {"note": "new"})
    appliance.fates.append(JOB_FAILS)
    outcome = appliance.run()
    assert outcome.error and outcome.error.kind == "job_failed" and not outcome.record.changed


def test_jobs_in_the_way_again_and_again() -> None:
    appliance = in_the_way({"books": [book(1)]}, {"note": "new"}, times=9)
    error = appliance.run().error
    assert isinstance(error, BlockedByJobs) and error.message == "The shelf is in use." and len(appliance.sent) == 3


@pytest.mark.parametrize("asks, reads", [(True, 3), (False, 2)])
def test_a_handler_that_does_not_ask_for_jobs_needs_no_second_read_before_the_write(asks: bool, reads: int) -> None:
    @dataclasses.dataclass
    class Sure(Appliance):
        def find_jobs(self, current: Json | None, actions: t.Sequence[str]) -> list[Job] | None:
            return [] if asks else None

    appliance = Sure(task(note="new"), shelf(note="old"))
    assert appliance.run().error is None
    assert appliance.counted["read"] == reads and appliance.effects == ["modify"]
