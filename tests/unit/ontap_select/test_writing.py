# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writes, the jobs that they start, and how these are watched by long poll."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import Busy, Refused, ResponseLost
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.job import DONE, FAILED, RUNNING, Job
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.steps import Request
from tests.unit.http.servers import Answer, NoAnswer
from tests.unit.ontap_select.scripted import LATER, THEN, MakeDeploy, accepted, record, records, refused, told

STEP = Request("create", "POST", "clusters?node_count=2", {"name": "c1"}, "create cluster c1")


def test_a_write_goes_out_once_and_its_job_is_told(deploy: MakeDeploy) -> None:
    it = deploy(accepted(told("queued", "Waiting"), "clusters/c-1"))
    job = it.client.send(STEP)
    assert job == Job("j1", RUNNING, "queued", note="Waiting", action="create", resource_id="c-1")
    assert (it.talk, it.queries) == (["POST clusters"], [{"node_count": "2"}])
    assert it.script.requests[0].body == {"name": "c1"}


@pytest.mark.parametrize("body", ["null", "{}", None])
@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_what_is_done_at_once_is_a_job_that_is_over(deploy: MakeDeploy, status: int, body: str | None) -> None:
    where = {"Location": "https://deploy/api/clusters/9317b4d4-80d2-11ea-b7df-00505694379e"}
    job = deploy(Answer(status, body, where)).client.send(STEP)
    assert (job.id, job.state, job.resource_id) == ("", DONE, where["Location"].rpartition("/")[2])


def test_a_refusal_is_told_with_deploys_words(deploy: MakeDeploy) -> None:
    with pytest.raises(Refused) as caught:
        deploy(refused(409, "There is one already.")).client.send(STEP)
    assert "There is one already. (Code1, HTTP 409 on POST /api/v3/clusters?node_count=2)" in str(caught.value)


def test_a_write_without_an_answer_is_not_repeated(deploy: MakeDeploy) -> None:
    it = deploy(records(), NoAnswer())
    it.client.query("clusters", "id")
    with pytest.raises(ResponseLost):
        it.client.send(STEP)
    assert it.talk == ["GET clusters", "POST clusters"]


def test_a_job_is_watched_from_what_is_known_of_it(deploy: MakeDeploy) -> None:
    """The answer to the write tells when the job was last changed: the first look can be held back already."""
    it = deploy(accepted(told("queued")), record(told("running", "Booting", LATER)), record(told("success", "", LATER)))
    it.client.send(STEP)
    job = it.client.job("j1", 600)
    assert (job.state, job.phase, job.note, job.long_polled) == (RUNNING, "running", "Booting", True)
    assert it.client.job("j1", 5.7).state == DONE
    assert it.queries[1:] == [
        {"fields": "id,state,message,last_modified", "poll_timeout": "15", "last_modified": f">={THEN}"},
        {"fields": "id,state,message,last_modified", "poll_timeout": "5", "last_modified": f">={LATER}"},
    ]


def test_another_ones_job_is_looked_at_at_once_first(deploy: MakeDeploy) -> None:
    it = deploy(record(told("running")), record(told("running")))
    assert not it.client.job("j1", 600).long_polled
    assert "poll_timeout" not in it.queries[0]
    it.client.job("j1", 600)
    assert it.queries[1]["poll_timeout"] == "15"


def test_with_no_time_left_the_answer_is_not_held_back(deploy: MakeDeploy) -> None:
    it = deploy(accepted(told("queued")), record(told("running")))
    it.client.send(STEP)
    it.client.job("j1", 0.5)
    assert "poll_timeout" not in it.queries[1]


@pytest.mark.parametrize("took, since, long_polled", [(0.1, THEN, False), (14.9, THEN, True), (0.1, LATER, True)])
def test_whether_deploy_held_the_answer_back(deploy: MakeDeploy, took: float, since: str, long_polled: bool) -> None:
    """A Deploy that answers at once without news is asked less often."""
    it = deploy(accepted(told("running")), record(told("running", "", since)))
    it.client.send(STEP)
    it.ticks = [0.0, took]
    assert it.client.job("j1", 600).long_polled is long_polled


def test_a_failure_tells_its_message_and_where_its_events_are(deploy: MakeDeploy) -> None:
    answers = accepted(told("queued"), **{"request-id": "r7"}), record(told("failure", "No such host."))
    it = deploy(*answers)
    it.client.send(STEP)
    job = it.client.job("j1", 600)
    assert job.state == FAILED
    assert [one["message"] for one in job.messages] == ["No such host. (request-id r7)"]


@pytest.mark.parametrize(
    "state, meant", [("RUNNING", RUNNING), ("pausing", RUNNING), ("Success", DONE), (None, RUNNING)]
)
def test_states_in_any_case_and_unknown_ones(deploy: MakeDeploy, state: t.Any, meant: str) -> None:
    assert deploy(record(told(state))).client.job("j1").state == meant


def test_a_poll_that_fails_is_not_repeated_here(deploy: MakeDeploy) -> None:
    """The engine looks again, and knows for how long it may."""
    it = deploy(accepted(told("queued")), Answer(504, "gateway"))
    it.client.send(STEP)
    with pytest.raises(ResponseLost):
        it.client.job("j1", 600)
    assert len(it.talk) == 2


@pytest.mark.parametrize("failure", [Answer(500, ""), Answer(200, '{"record": {"id'), Answer(429, "slower")])
def test_a_poll_survives_one_of_these(deploy: MakeDeploy, failure: Answer) -> None:
    it = deploy(accepted(told("queued")), failure, record(told("success")))
    it.client.send(STEP)
    try:
        job = it.client.job("j1", 600)
    except Busy:  # the engine waits as long as Deploy asks for
        job = it.client.job("j1", 600)
    assert job.state == DONE


@pytest.mark.parametrize("answer", [Answer(202, '{"job": {"id": "j'), Answer(200, "<html>"), Answer(201, "created")])
def test_a_write_that_was_taken_with_an_answer_that_cannot_be_read(deploy: MakeDeploy, answer: Answer) -> None:
    """It may have had an effect, so the engine looks; it is not sent again here."""
    it = deploy(answer)
    with pytest.raises(ResponseLost, match="The request was taken, but its answer cannot be read"):
        it.client.send(STEP)
    assert len(it.talk) == 1


def test_a_file_is_sent_in_parts(deploy: MakeDeploy) -> None:
    it = deploy(Answer(201, "null", {"Location": "https://deploy/api/licensing/licenses/320000042"}))
    step = Request("create", "POST", "licensing/licenses", None, "add licence")
    job = it.client.send(step, {"license_file": ("l.nlf", b"{}", "application/octet-stream")})
    assert job.resource_id == "320000042"
    assert it.script.requests[0].headers["content-type"].startswith("multipart/form-data")
    assert 'name="license_file"; filename="l.nlf"' in str(it.script.requests[0].body)
