# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Results as playbooks get them: of what was done, of what would be done, and of failures."""

from __future__ import annotations

import dataclasses
import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import (
    ApplianceError,
    InputError,
    JobFailed,
    Refused,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.job import DONE, FAILED, Job, WaitOptions
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.running.run_result import RunResult
from ansible_collections.jobwise.appliance.plugins.module_utils._result import failure, found, report
from ansible_collections.jobwise.appliance.plugins.module_utils._task import Caller, perform, wait_only, waiting_of
from tests.unit.engine.appliance import JOB_FAILS, MESSAGES, REFUSED, Appliance
from tests.unit.engine.tables import book, shelf, task
from tests.unit.run.tasks import Asked, Library, PlainClient, library_task

SECRET = "hunter2"
JOB = {
    "id": "j1",
    "action": "modify",
    "state": "done",
    "phase": "Completed",
    "percent": 100,
    "resource_id": "s1",
    "adopted": False,
}


def performed(
    appliance: Appliance,
    check_mode: bool = False,
    diff: bool = False,
    wait: bool = True,
    timeout: float = 600.0,
    takes: float = 0,
) -> Json:
    """Return the result of a task on this appliance, in its own time."""
    # zero seconds for each job that is waited for: the task itself lives in real time
    appliance.takes = takes
    library = Library({}, appliance)
    params = {**appliance.desired, "wait": wait, "wait_timeout": timeout}
    return perform(library_task(library), Asked(params, check_mode, diff), library)


@pytest.mark.parametrize(("count", "warned"), [(1, False), (6999, False), (7001, True)])
def test_a_result_that_awx_would_drop_is_warned_of(count: int, warned: bool) -> None:
    row = {"name": "x" * (100 - len('{"name": ""}, '))}
    result = found([row] * count, ["y"], "select")
    assert (result["count"], result["missing"], result["changed"]) == (count, ["y"], False)
    assert any("Name the attributes that you need in select" in one for one in result.get("warnings", [])) is warned


def test_a_change() -> None:
    appliance = Appliance(task(note="new"), shelf())
    assert performed(appliance) == {
        "changed": True,
        "plan": ["change note of book shelf hall"],
        "jobs": [JOB],
        "resource": shelf(note="new"),
    }


@pytest.mark.parametrize("check_mode", [True, False])
def test_nothing_to_do(check_mode: bool) -> None:
    appliance = Appliance(task(note=""), shelf())
    assert performed(appliance, check_mode) == {"changed": False, "plan": [], "jobs": [], "resource": shelf()}


def test_check_mode_writes_nothing_and_shows_the_same() -> None:
    checked, completed_steps = Appliance(task(note="new"), shelf()), Appliance(task(note="new"), shelf())
    shown, real = performed(checked, check_mode=True, diff=True), performed(completed_steps, diff=True)
    assert (checked.sent, checked.current) == ([], shelf())
    assert {name: shown[name] for name in ("changed", "plan", "diff")} == {
        name: real[name] for name in ("changed", "plan", "diff")
    }
    assert (shown["jobs"], shown["resource"]) == ([], shelf())


def test_the_diff_tells_only_what_is_asked_for() -> None:
    appliance = Appliance(task(note="new", boards=4), shelf())
    assert performed(appliance, diff=True)["diff"] == {
        "before": {"name": "hall", "note": None, "boards": 4},
        "after": {"name": "hall", "note": "new", "boards": 4},
        "before_header": "book shelf hall",
        "after_header": "book shelf hall",
    }


def test_options_for_waiting_reach_the_engine() -> None:
    result = performed(Appliance(task(note="new"), shelf()), wait=False, takes=9)
    assert (result["changed"], result["resource"]) == (True, None)


def test_a_refusal() -> None:
    appliance = Appliance(task(note="new", books=[book(1)]), shelf(), ["", REFUSED])
    result = performed(appliance, diff=True)
    assert result.pop("diff")["after"]["note"] == "new"
    assert result == {
        "failed": True,
        "changed": True,
        "msg": "Could not add 1 book (Book 1) to book shelf hall. The appliance refuses: No room. (E1) "
        "Done before that: change note of book shelf hall.",
        "error": {
            "kind": "refused",
            "method": "DO",
            "path": "shelf(s1)/put",
            "status": 422,
            "messages": list(MESSAGES),
        },
        "plan": ["change note of book shelf hall", "add 1 book (Book 1) to book shelf hall"],
        "jobs": [JOB],
        "resource": shelf(note="new"),
    }


def test_a_failed_job() -> None:
    result = performed(Appliance(task(note="new"), shelf(), [JOB_FAILS]))
    assert (result["failed"], result["changed"]) == (True, False)
    assert result["msg"] == "The job to change note of book shelf hall ended as Failed: No room. (E1)"
    assert result["error"] == {"kind": "job_failed", "job_id": "j1", "messages": list(MESSAGES)}
    assert [(job["state"], job["messages"]) for job in result["jobs"]] == [("failed", list(MESSAGES))]


def test_warnings() -> None:
    result = performed(Appliance(task(), shelf(), warnings=("The shelf is old.",)))
    assert result["warnings"] == ["The shelf is old."]


def test_an_error_in_front_of_all_work() -> None:
    def work(library: Library, caller: Caller) -> Json:
        raise InputError("That cannot be.", hint="Ask for less.")

    library = Library({}, Appliance(task(), None))
    assert perform(library_task(library, work), Asked({}), library) == {
        "failed": True,
        "changed": False,
        "plan": [],
        "jobs": [],
        "resource": None,
        "msg": "That cannot be. Ask for less.",
        "error": {"kind": "input", "messages": []},
    }
    assert library.closed == 0, "who has opened the session closes it"


def test_answers_at_once_are_no_jobs() -> None:
    """A platform gives the answer of a direct call as a job without an id."""
    record = RunResult(jobs=[Job("", "done"), Job("j2", "done")])
    assert [job["id"] for job in report(record, "x", diff=False)["jobs"]] == ["j2"]


@pytest.mark.parametrize(
    "current_step, completed_steps, msg",
    [
        ("", [], "No. Sorry."),
        ("b", [], "Could not b. No. Sorry."),
        ("b", ["a"], "Could not b. No. Sorry. Done before that: a."),
        ("", ["a", "b"], "No. Sorry. Done before that: a; b."),
    ],
)
def test_a_failure_tells_what_was_tried_and_what_was_done(
    current_step: str, completed_steps: list[str], msg: str
) -> None:
    record = RunResult(current_step=current_step, completed_steps=completed_steps)
    assert failure(Refused("No.", hint="Sorry."), record)["msg"] == msg
    assert failure(Refused("No.", hint="Sorry."))["msg"] == "No. Sorry."


@pytest.mark.parametrize(
    "error, facts",
    [
        (ApplianceError("x"), {"kind": "error", "messages": []}),
        (InputError("x"), {"kind": "input", "messages": []}),
        (
            JobFailed("x", "POST", "shelf", 422, MESSAGES, "j1", "h"),
            {
                "kind": "job_failed",
                "method": "POST",
                "path": "shelf",
                "status": 422,
                "messages": list(MESSAGES),
                "job_id": "j1",
            },
        ),
        # a status of 0 or an empty path would be known, too
        (Refused("x", path="", status=0), {"kind": "refused", "path": "", "status": 0, "messages": []}),
    ],
)
def test_facts_are_told_where_they_are_known(error: ApplianceError, facts: Json) -> None:
    assert error.facts() == facts


def test_facts_belong_to_the_one_who_asked() -> None:
    error = Refused("x", messages=MESSAGES)
    error.facts()["messages"][0]["code"] = "changed"
    assert error.facts()["messages"] == list(MESSAGES)


class Patient:
    """A caller that asks for two jobs."""

    params: Json = {"ids": ["a", "b"], "wait_timeout": 5.0}
    check_mode = False
    diff = False
    secrets: set[str] = dataclasses.field(default_factory=set)

    def progress(self, line: str) -> None:
        """Nobody looks."""

    def last_words(self, line: str) -> None:
        """Nobody looks."""

    def still_wanted(self) -> None:
        """It always is."""


def test_waiting_tells_jobs_warnings_and_what_failed_and_changes_nothing() -> None:
    def await_jobs(client: object, ids: t.Sequence[str], waiting: WaitOptions, jobs: dict[str, Job]) -> None:
        assert (list(ids), waiting.timeout) == (["a", "b"], 5.0)
        jobs["a"] = Job("a", DONE, resource_name="shelf", messages=[{"message": "Dusty.", "actions": ["Dust it."]}])
        jobs["b"] = Job("b", FAILED, messages=[{"message": "Broken."}])
        raise JobFailed("The job to build ended as Failed: Broken.", job="b")

    result = wait_only(await_jobs, lambda jobs: [{"id": one} for one in jobs])(PlainClient(), Patient())
    assert result["warnings"] == ["shelf: Dusty. Dust it."]
    assert (result["changed"], result["failed"], result["jobs"]) == (False, True, [{"id": "a"}, {"id": "b"}])
    assert result["error"]["job_id"] == "b"


@pytest.mark.parametrize(
    "fault", [KeyError("name"), TypeError("no"), RecursionError(), OSError(5, "io"), ValueError(SECRET)]
)
def test_a_fault_of_our_own_after_an_accepted_write_hides_nothing(fault: Exception) -> None:
    appliance = Appliance(task(note="new"), shelf())
    calls = []

    def read(object_id: str | None = None) -> Json | None:
        calls.append(object_id)
        if appliance.effects:
            raise fault
        return shelf()

    appliance.read = read  # type: ignore[method-assign]
    result = performed(appliance)
    assert (result["failed"], result["changed"], result["plan"]) == (True, True, ["change note of book shelf hall"])
    assert [job["id"] for job in result["jobs"]] == ["j1"]
    assert "resource" in result and result["error"]["kind"] == "bug"
    assert type(fault).__name__ in result["msg"] and "test_results.py" in result["msg"]
    assert SECRET not in str(result)


def test_a_fault_of_our_own_in_a_task_that_only_waits() -> None:
    def await_jobs(client: t.Any, ids: t.Sequence[str], waiting: WaitOptions, jobs: dict[str, Job]) -> None:
        jobs["j1"] = Job("j1", DONE)
        raise LookupError

    work = wait_only(await_jobs, lambda jobs: [job.report() for job in jobs.values()])
    result = work(PlainClient(), Asked({"ids": ["j1"], "wait_timeout": 1.0}))
    assert (result["error"]["kind"], result["failed"], len(result["jobs"])) == ("bug", True, 1)


def test_secrets_that_come_back_are_in_no_result_and_no_line() -> None:
    """They are known from the task's options, and the session knows its own."""
    library = Library({}, Appliance(task(), None))

    def work(client: Library, caller: Caller) -> Json:
        waiting_of(client, caller).progress(f"echo of {SECRET}")
        return {"changed": True, "resource": {"name": f"it is {SECRET}"}, "warnings": [SECRET]}

    def fails(client: Library, caller: Caller) -> Json:
        raise Refused(f"no {SECRET}", messages=[{"message": SECRET, "arguments": [SECRET]}], hint=SECRET)

    asked = Asked({"wait_timeout": 1}, secrets={SECRET})
    for work_or_fail in (work, fails):
        result = perform(library_task(library, work_or_fail), asked, library)
        assert SECRET not in repr(result) and "***" in repr(result)
    assert asked.lines == ["echo of ***"]


def test_the_session_bounds_what_a_look_may_take() -> None:
    client = PlainClient()
    with waiting_of(client, Asked({"wait_timeout": 9.0})).within(7.0):
        assert client.bounds == [7.0]
