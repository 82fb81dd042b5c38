# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Replies of the array turned into jobs and errors, whatever form they come in."""

from __future__ import annotations

import json
import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import (
    ApplianceError,
    Busy,
    Refused,
    ResponseLost,
    UnexpectedResponse,
    WaitTimeout,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.job import WaitOptions, wait_for
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.jobs import wait_for_all
from ansible_collections.jobwise.appliance.plugins.module_utils._http.answers import Response, parse
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.responses import (
    error_of,
    job_of,
    messages_of,
)

MESSAGE = {
    "code": "0xE0A070010010",
    "severity": "Error",
    "severity_l10n": "Error",
    "message_l10n": "The group is the destination of a session.",
    "arguments": ["finance"],
}
TOLD = {
    "code": "0xE0A070010010",
    "severity": "Error",
    "message": "The group is the destination of a session.",
    "arguments": ["finance"],
}


def bare(text: str) -> dict[str, t.Any]:
    return {"code": None, "severity": None, "message": text, "arguments": []}


@pytest.mark.parametrize(
    "body, messages",
    [
        ({"messages": [MESSAGE]}, [TOLD]),
        ({"messages": [MESSAGE, MESSAGE]}, [TOLD, TOLD]),
        ({"messages": MESSAGE}, [TOLD]),
        ({"messages": json.dumps([MESSAGE])}, [TOLD]),
        ({"messages": json.dumps(MESSAGE)}, [TOLD]),
        ({"messages": json.dumps({"messages": [MESSAGE]})}, [TOLD]),
        ([MESSAGE], [TOLD]),
        (json.dumps({"messages": [MESSAGE]}), [TOLD]),
        ({"messages": "It is full."}, [bare("It is full.")]),
        ({"messages": ["It is full.", "Really."]}, [bare("It is full."), bare("Really.")]),
        ("It is full.", [bare("It is full.")]),
        ({"messages": [{"code": "0xE1"}]}, [{"code": "0xE1", "severity": None, "message": "", "arguments": []}]),
        ({"messages": [{"message": "Said so."}]}, [bare("Said so.")]),
        ({"messages": [{"message_l10n": None, "arguments": None}]}, [bare("")]),
        ({"messages": [None, MESSAGE]}, [TOLD]),
        ({"messages": []}, []),
        ({"messages": None}, []),
        ({"messages": ""}, []),
        ({"messages": " "}, []),
        ({"messages": 7}, []),
        ({}, []),
        ([], []),
        (None, []),
        ("", []),
        (7, []),
    ],
)
def test_messages_in_every_form(body: t.Any, messages: list[dict[str, t.Any]]) -> None:
    assert messages_of(body) == messages


class TestJobs:
    """The job resource."""

    @pytest.mark.parametrize(
        "phase, state",
        [
            ("Pending", "running"),
            ("Queued", "running"),
            ("In_Progress", "running"),
            ("Failing", "running"),
            ("Completed", "done"),
            ("Skipped", "failed"),
            ("Failed", "failed"),
            ("Unrecoverable_Failed", "failed"),
            ("A_Later_Word", "running"),
        ],
    )
    def test_every_phase_and_the_older_state(self, phase: str, state: str) -> None:
        """A word that a later release brings is not taken for an end."""
        for body in ({"phase": phase}, {"phase": None, "state": phase.upper()}, {"phase": phase, "state": "PENDING"}):
            assert job_of({"id": "j1", **body}).state == state

    @pytest.mark.parametrize(
        "phase, says",
        [
            ("Waiting_For_Approval", "Waiting_For_Approval 0 % (a second person must approve it on the array)"),
            ("Pending_Authorization", "(a second person must approve it on the array)"),
            ("Pending", "a second person may have to approve it first."),
        ],
    )
    def test_one_that_waits_for_a_second_person(self, phase: str, says: str) -> None:
        """The wait ends with its id, and with words that lead to the one who must approve it."""
        job = job_of({"id": "j1", "phase": phase, "progress_percentage": 0})
        with pytest.raises(WaitTimeout) as one:
            wait_for(job, lambda dummy: job, WaitOptions(timeout=0.001), "delete volume db")
        with pytest.raises(WaitTimeout) as many:
            wait_for_all({"j1": job}, lambda dummy: [job], WaitOptions(timeout=0.001))
        assert one.value.job == many.value.job == "j1"
        assert says in str(one.value)
        assert "a second person m" in str(many.value)

    @pytest.mark.parametrize("phase", ["In_Progress", "Queued", "A_Later_Word"])
    def test_others_say_nothing_of_a_second_person(self, phase: str) -> None:
        job = job_of({"id": "j1", "phase": phase})
        assert (job.note, job.doubt) == ("", "")

    def test_a_finished_modify_as_arrays_tell_it(self) -> None:
        job = job_of(
            {
                "id": "j1",
                "phase": "Completed",
                "state": "COMPLETED",
                "progress_percentage": 100,
                "resource_action": "modify",
                "resource_type": "volume_group",
                "resource_id": "g1",
                "resource_name": None,
                "response_status": None,
                "response_body": None,
            }
        )
        assert (job.id, job.state, job.phase, job.percent) == ("j1", "done", "Completed", 100)
        assert (job.action, job.resource_id, job.resource_name) == ("modify", "g1", None)
        assert (job.result, job.messages, job.status, job.adopted) == (None, (), None, False)

    def test_a_create_names_the_new_object(self) -> None:
        body = {"response_type": "job_create_response", "id": "new"}
        job = job_of({"id": "j1", "phase": "Completed", "resource_id": "source", "response_body": body})
        assert job.resource_id == "new" and job.result == body

    def test_a_result_without_an_id_leaves_that_of_the_job(self) -> None:
        body = {"response_type": "job_volume_group_refresh_response", "backup_snapshot_id": "s1"}
        assert (
            job_of({"id": "j1", "phase": "Completed", "resource_id": "g1", "response_body": body}).resource_id == "g1"
        )

    def test_a_failed_one_tells_why(self) -> None:
        body = {"response_type": "job_error_response", "messages": [MESSAGE]}
        job = job_of({"id": "j1", "phase": "Failed", "response_status": "422", "response_body": body})
        assert (job.state, job.status, job.messages) == ("failed", 422, [TOLD])

    @pytest.mark.parametrize("body", [None, [], "", {}])
    def test_a_failed_one_may_tell_nothing(self, body: t.Any) -> None:
        job = job_of({"id": "j1", "phase": "Failed", "response_body": body})
        assert (job.state, list(job.messages)) == ("failed", [])

    def test_one_that_was_only_just_accepted(self) -> None:
        job = job_of({"id": 17})
        assert (job.id, job.state, job.percent) == ("17", "running", None)


def error(status: int, body: t.Any = None, text: str | None = None) -> ApplianceError:
    """Return the error that a reply is; body: as JSON, text: as it is."""
    text = text if text is not None else "" if body is None else json.dumps(body)
    return error_of(Response(status, {}, parse(text), text, {}), "PATCH", "/api/rest/volume_group/g1", "ops")


WHERE = "on PATCH /api/rest/volume_group/g1)"


@pytest.mark.parametrize(
    "status, kind, words",
    [
        (400, Refused, "The array refused it: "),
        (404, Refused, "The array refused it: "),
        (405, Refused, "The array refused it: "),
        (416, Refused, "The array refused it: "),
        (422, Refused, "The array refused it: "),
        (403, Refused, "The array does not permit it: "),
        (500, Refused, "The array failed internally: "),
        (502, ResponseLost, "A gateway lost the request: "),
        (503, Busy, "The array is busy or starting: "),
        (504, ResponseLost, "A gateway lost the request: "),
    ],
)
def test_every_status_with_the_arrays_reason(status: int, kind: type[ApplianceError], words: str) -> None:
    found = error(status, {"messages": [MESSAGE]})
    assert found.kind == kind.kind
    said = f"{words}The group is the destination of a session. (0xE0A070010010, HTTP {status} {WHERE}"
    assert found.message == said
    assert found.facts() == {
        "kind": kind.kind,
        "method": "PATCH",
        "path": "/api/rest/volume_group/g1",
        "status": status,
        "messages": [TOLD],
    }


def test_a_lost_gateway_is_no_refusal() -> None:
    """What was asked may have been done: nobody may send it again at once."""
    assert not isinstance(error(504), Refused) and not isinstance(error(502), Refused)


@pytest.mark.parametrize("status", [400, 403, 404, 422, 500, 502, 503, 504])
def test_an_empty_body_gives_no_reason(status: int) -> None:
    found = error(status)
    assert f": no reason given (HTTP {status} {WHERE}" in found.message
    assert found.messages == []


@pytest.mark.parametrize("status", [400, 404, 200])
def test_a_page_of_somebody_else_is_no_answer_of_the_array(status: int) -> None:
    found = error(status, text="<html><title>Company proxy</title></html>")
    assert isinstance(found, UnexpectedResponse)
    assert str(found).startswith(
        f"The server that answered is not a PowerStore: an HTML page titled 'Company proxy' (HTTP {status} {WHERE}"
    )
    assert str(found).endswith(" A proxy or another server may have answered. Check host, port and proxy.")


@pytest.mark.parametrize("status, kind", [(403, Refused), (500, Refused), (502, ResponseLost), (503, Busy)])
def test_a_page_of_the_arrays_own_front_is(status: int, kind: type[ApplianceError]) -> None:
    found = error(status, text="<html><title>Service unavailable</title></html>")
    assert found.kind == kind.kind and "an HTML page titled 'Service unavailable'" in found.message


def test_several_messages_are_one_sentence_each() -> None:
    second = {"code": "0xE2", "message_l10n": " It is full. "}
    assert error(422, {"messages": [MESSAGE, second]}).message == (
        "The array refused it: The group is the destination of a session. It is full. "
        f"(0xE0A070010010, 0xE2, HTTP 422 {WHERE}"
    )


def test_what_a_person_can_do() -> None:
    assert error(403).hint == "Check whether the role of user ops allows it."
    assert error(503).hint == "Try again later."
