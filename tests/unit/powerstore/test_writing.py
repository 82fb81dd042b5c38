# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writing: every step is sent once, as a job, and its answer is taken for what it is."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import (
    ApplianceError,
    Busy,
    Refused,
    ResponseLost,
    UnexpectedResponse,
    Unsupported,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.steps import Request
from tests.unit.http.servers import Answer, NoAnswer
from tests.unit.powerstore.scripted import MakeArray, ScriptedArray, login, refused

CREATE = Request("create", "POST", "volume_group", {"name": "web", "volume_ids": []}, "create volume group web")
MODIFY = Request("modify", "PATCH", "volume_group/g1", {"description": ""}, "change description of volume group web")
DELETE = Request("delete", "DELETE", "volume_group/g1", None, "delete volume group web")
ADD = Request("add_members", "POST", "volume_group/g1/add_members", {"volume_ids": ["v1"]}, "add 1 volume (web01)")


def written(array: MakeArray, answer: Answer | NoAnswer) -> ScriptedArray:
    """Return an array with a session, that gives this answer to a write."""
    one = array(login(), answer)
    one.client.query("volume_group", {"select": "id"})
    return one


@pytest.mark.parametrize("step", [CREATE, MODIFY, DELETE, ADD], ids=lambda step: step.action)
def test_every_write_asks_for_a_job(array: MakeArray, step: Request) -> None:
    one = written(array, Answer(202, {"id": "j1"}))
    job = one.client.send(step)
    assert (job.id, job.state, job.action) == ("j1", "running", step.action)
    sent = one.script.requests[-1]
    assert (sent.method, sent.path, sent.query) == (step.verb, f"/api/rest/{step.path}", {"is_async": "true"})
    assert sent.body == step.body
    assert (sent.headers.get("content-type") == "application/json") is (step.body is not None)


@pytest.mark.parametrize(
    "status, body, resource_id",
    [(200, {"id": "s1"}, "s1"), (201, {"id": "g9"}, "g9"), (201, None, None), (204, None, None)],
)
def test_what_the_array_does_at_once_is_over(
    array: MakeArray, status: int, body: dict[str, t.Any] | None, resource_id: str | None
) -> None:
    """Not every call can be a job."""
    job = written(array, Answer(status, body)).client.send(CREATE)
    assert (job.id, job.state, job.percent, job.resource_id, job.result) == ("", "done", 100, resource_id, body)


@pytest.mark.parametrize(
    "status, kind",
    [
        (400, Refused),
        (404, Refused),
        (405, Refused),
        (422, Refused),
        (500, Refused),
        (503, Busy),
        (502, ResponseLost),
        (504, ResponseLost),
    ],
)
def test_a_write_is_never_repeated_whatever_comes(array: MakeArray, status: int, kind: type[ApplianceError]) -> None:
    one = written(array, refused(status, text="It cannot be."))
    with pytest.raises(kind, match="It cannot be\\.") as caught:
        one.client.send(MODIFY)
    assert caught.value.kind == kind.kind
    assert one.talk == ["GET volume_group", "PATCH volume_group/g1"] and one.pauses == []
    facts = caught.value.facts()
    assert (facts["method"], facts["path"], facts["status"]) == ("PATCH", "/api/rest/volume_group/g1", status)


def test_nor_when_nothing_comes(array: MakeArray) -> None:
    one = written(array, NoAnswer())
    with pytest.raises(ResponseLost):
        one.client.send(CREATE)
    assert one.talk == ["GET volume_group", "POST volume_group"] and one.pauses == []


@pytest.mark.parametrize("status", [400, 404])
def test_a_page_of_somebody_else(array: MakeArray, status: int) -> None:
    one = written(array, Answer(status, "<html><title>Blocked</title></html>"))
    with pytest.raises(UnexpectedResponse, match="Blocked"):
        one.client.send(CREATE)


@pytest.mark.parametrize(
    "answer", [Answer(200, "<html>"), Answer(201, '{"id": "'), Answer(202, '{"id": "j'), Answer(206, "x")]
)
def test_taken_with_an_answer_that_cannot_be_read(array: MakeArray, answer: Answer) -> None:
    """It may have had an effect: the engine looks."""
    one = written(array, answer)
    with pytest.raises(ResponseLost):
        one.client.send(CREATE)
    assert one.talk == ["GET volume_group", "POST volume_group"]


@pytest.mark.parametrize("answer", [refused(501), Answer(501, "<html>"), Answer(501)])
def test_what_this_array_cannot_do(array: MakeArray, answer: Answer) -> None:
    one = written(array, answer)
    with pytest.raises(Unsupported, match="The array cannot do this: ") as caught:
        one.client.send(CREATE)
    assert caught.value.facts()["kind"] == "unsupported" and "release supports it" in caught.value.hint


@pytest.mark.parametrize("body", [None, {}, {"id": ""}, []])
def test_accepted_without_the_id_of_a_job(array: MakeArray, body: t.Any) -> None:
    """It was accepted: whoever takes it for a refusal sends it again."""
    one = written(array, Answer(202, body))
    with pytest.raises((ResponseLost, UnexpectedResponse)):
        one.client.send(CREATE)


def test_the_body_of_a_write_is_in_no_error(array: MakeArray) -> None:
    """It may hold a password."""
    step = Request("modify", "PATCH", "local_user/1", {"password": "N3w,Secret"}, "set the password of local user anna")
    one = written(array, refused(422, text="Password history."))
    with pytest.raises(Refused) as caught:
        one.client.send(step)
    assert "N3w,Secret" not in str(caught.value) + repr(caught.value.facts()) + repr(caught.value)
