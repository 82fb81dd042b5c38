# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writes: sent once, to the version that was read, and their task found wherever the reply names it."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import (
    Busy,
    InputError,
    Refused,
    ResponseLost,
    Unsupported,
    VersionConflict,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.steps import Request
from tests.unit.http.servers import Answer, NoAnswer
from tests.unit.oneview.scripted import TASK, MakeAppliance, error_from, refused, task

STEP = Request("modify", "PUT", "/rest/x/1", {"name": "a"}, "change x")
OPERATIONS: t.Any = [{"op": "replace", "path": "/a", "value": 1}]
PATCH = Request("modify", "PATCH", "/rest/x/1", OPERATIONS, "change x")
THING = {"uri": "/rest/x/1", "name": "a", "category": "x"}
RUNNING = {"uri": TASK, "category": "tasks", "taskState": "Running", "name": "Update"}


@pytest.mark.parametrize(
    "answer",
    [
        Answer(202, None, {"X-Task-URI": TASK}),
        Answer(202, None, {"X-Task-URI": TASK, "Location": "/rest/tasks/other"}),
        Answer(202, None, {"Location": TASK}),
        Answer(202, {}, {"Location": f"https://oneview.example.com{TASK}"}),
        Answer(202, {}, {"Location": f"https://oneview.example.com:8443{TASK}"}),
        Answer(202, RUNNING, {"Location": TASK}),
        Answer(202, RUNNING),
        Answer(202, {**RUNNING, "uri": f"https://oneview.example.com{TASK}"}),
        Answer(202, {"type": "BACKUP", "uri": "/rest/backups/b1", "taskUri": TASK}),
        Answer(200, {"type": "BACKUP", "uri": "/rest/backups/b1", "taskUri": TASK}),
        Answer(200, RUNNING),
        Answer(201, RUNNING),
    ],
    ids=lambda answer: f"{answer.status} {dict(answer.headers)} {list(answer.body or ())}",
)
def test_a_task_wherever_it_is_named(appliance: MakeAppliance, answer: Answer) -> None:
    job = appliance(answer).client.send(STEP)
    assert (job.id, job.state) == (TASK, "running")


@pytest.mark.parametrize(
    "answer, uri",
    [
        (Answer(200, THING), "/rest/x/1"),
        (Answer(201, THING), "/rest/x/1"),
        (Answer(201, None, {"Location": "https://oneview.example.com/rest/x/9"}), "/rest/x/9"),
        (Answer(204), None),
        (Answer(200, {**THING, "taskUri": "/rest/tasks/of-last-week"}), "/rest/x/1"),
        (Answer(200, "null"), None),
    ],
    ids=lambda one: str(getattr(one, "status", one)),
)
def test_done_at_once(appliance: MakeAppliance, answer: Answer, uri: str | None) -> None:
    job = appliance(answer).client.send(STEP)
    assert (job.id, job.state, job.resource_id) == ("", "done", uri)


@pytest.mark.parametrize(
    "answer",
    [
        Answer(202),
        Answer(202, {}),
        NoAnswer(),
        Answer(202, '{"taskState": "Runn', {"Location": "/rest/tasks/1"}),
        Answer(200, "<html>"),
        Answer(201, '{"uri": '),
        Answer(206, "half"),
    ],
)
def test_taken_without_a_task_is_for_the_engine_to_look_at(appliance: MakeAppliance, answer: Answer | NoAnswer) -> None:
    """As is an answer that is lost: neither is sent again here."""
    one = appliance(answer)
    assert isinstance(error_from(lambda: one.client.send(STEP)), ResponseLost)
    assert one.talk == ["PUT x/1"]


def test_the_version_goes_along(appliance: MakeAppliance) -> None:
    one = appliance(Answer(200, THING), Answer(200, THING), Answer(200, THING))
    one.client.send(STEP, "2026-11-21T10:00:00.000Z")
    one.client.send(PATCH, "*")
    one.client.send(STEP)
    assert [request.headers.get("if-match") for request in one.requests] == ["2026-11-21T10:00:00.000Z", "*", None]
    kinds = [request.headers["content-type"] for request in one.requests]
    assert kinds == ["application/json", "application/json-patch+json", "application/json"]
    assert one.requests[1].body == PATCH.body


@pytest.mark.parametrize(
    "answer, kind, words",
    [
        (
            refused(412, "AlertEtagPreconditionFailedException", "Stale."),
            VersionConflict,
            "has changed since it was read",
        ),
        (refused(412, "SOMETHING", "Stale."), VersionConflict, "has changed since it was read"),
        (refused(409, "BUSY_RESOURCE", "Locked."), Refused, "refused it: Locked. (BUSY_RESOURCE, HTTP 409 on PUT"),
        (refused(500, "INTERNAL", "Oh."), Refused, "failed internally"),
        (refused(501, "NOT_IMPLEMENTED", "Not here."), Unsupported, "The appliance cannot do this: Not here."),
        (Answer(501, "<html>"), Unsupported, "The appliance cannot do this: an HTML page"),
        (refused(429, "THROTTLED", "Slower."), Busy, "takes no more requests for now: Slower."),
        (refused(503, "STARTING", "Soon."), Busy, "busy or starting"),
        (refused(403, "INSUFFICIENT_PRIVILEGES", "No."), Refused, "does not permit it: No."),
        (Answer(502, "<html><title>Bad gateway</title></html>"), ResponseLost, "A gateway lost the request"),
    ],
)
def test_refusals(appliance: MakeAppliance, answer: Answer, kind: type[Exception], words: str) -> None:
    error = error_from(lambda: appliance(answer).client.send(STEP, "v1"))
    assert isinstance(error, kind) and words in error.message


def test_an_unknown_version_of_the_api_is_no_stale_object(appliance: MakeAppliance) -> None:
    error = error_from(lambda: appliance(refused(412, "API_VERSION", "Unsupported.")).client.send(STEP))
    assert isinstance(error, InputError) and "does not support API version" in error.message
    stale = refused(412, "MISSING_ETAG_IN_REQUEST", "Specify an ETag.")
    assert isinstance(error_from(lambda: appliance(stale).client.send(STEP)), VersionConflict)


def test_an_error_is_told_with_all_that_is_in_it(appliance: MakeAppliance) -> None:
    """Details, nested errors and what the vendor recommends."""
    nested = {"errorCode": "INNER", "message": "VLAN 5 is taken.", "recommendedActions": ["Take another one."]}
    deeper = {"message": "By network blue."}
    answer = refused(
        400,
        "OUTER",
        "Validation failed.",
        details="See below.",
        recommendedActions=["Correct it."],
        nestedErrors=[{**nested, "nestedErrors": [deeper]}],
    )
    error = error_from(lambda: appliance(answer).client.send(STEP))
    assert "Validation failed. See below. VLAN 5 is taken. By network blue. (OUTER, INNER, HTTP 400" in error.message
    assert error.hint == "Correct it. Take another one."
    assert [one["code"] for one in error.facts()["messages"]] == ["OUTER", "INNER", None]


class TestTasks:
    """The states of tasks: only what is completed is a success."""

    @pytest.mark.parametrize(
        "state", ["New", "Pending", "Starting", "Running", "Suspended", "Stopping", "Cancelling", "RUNNING"]
    )
    def test_still_at_it(self, appliance: MakeAppliance, state: str) -> None:
        job = appliance(task(state, percentComplete=0)).client.job(TASK)
        assert (job.state, job.phase, job.percent, list(job.messages)) == ("running", state, 0, [])

    @pytest.mark.parametrize("state, told", [("Completed", "done"), ("Warning", "done"), ("completed", "done")])
    def test_done(self, appliance: MakeAppliance, state: str, told: str) -> None:
        job = appliance(task(state)).client.job(TASK)
        assert (job.state, job.phase, job.percent) == (told, state, 100)

    @pytest.mark.parametrize(
        "state", ["Error", "Terminated", "Killed", "Cancelled", "Interrupted", "Unknown", "SomethingNew"]
    )
    def test_over_without_success(self, appliance: MakeAppliance, state: str) -> None:
        assert appliance(task(state)).client.job(TASK).state == "failed"

    def test_the_kind_of_resource_it_says_it_is_does_not_matter(self, appliance: MakeAppliance) -> None:
        assert appliance(task(type="TaskResourceV99")).client.job(TASK).state == "done"

    def test_what_it_is_at(self, appliance: MakeAppliance) -> None:
        """A parent task may stand at 0 % for long, and some updates hold JSON."""
        more: dict[str, t.Any] = {"percentComplete": 0, "computedPercentComplete": 40}
        updates = [{"statusUpdate": "Apply BIOS settings."}]
        job = appliance(task("Running", progressUpdates=updates, **more)).client.job(TASK)
        assert (job.phase, job.percent) == ("Running: Apply BIOS settings.", 40)
        job = appliance(task("Running", progressUpdates=[{"statusUpdate": '{"a": 1}'}], **more)).client.job(TASK)
        assert job.phase == "Running"

    @pytest.mark.parametrize(
        "name, action",
        [("Create", "create"), ("Add", "create"), ("Update", "modify"), ("Delete server profile", "delete")],
    )
    def test_names_of_tasks(self, appliance: MakeAppliance, name: str, action: str) -> None:
        assert appliance(task(name=name)).client.job(TASK).action == action
