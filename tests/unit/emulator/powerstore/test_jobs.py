# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs: what is refused at once, how a job lives, what it leaves behind."""

from __future__ import annotations

import pytest

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.jobs import Job, Jobs
from tests.unit.emulator.powerstore.array import Array


def start(array: Array, method: str, path: str, body: Json | None = None, fault: Json | None = None) -> str:
    reply = array.call(method, path, body, fault, is_async="true")
    assert (reply.status, set(reply.body)) == (202, {"id"})
    return str(reply.body["id"])


def test_life_of_a_create(array: Array) -> None:
    key = start(array, "POST", "volume_group", {"name": "new", "volume_ids": ["name:web01"]})
    seen: list[tuple[str, int]] = []
    for _turn in range(9):
        job = array.job(key)
        seen.append((job["phase"], job["progress_percentage"]))
        assert job["state"] == job["phase"].upper()
        assert (job["resource_type"], job["resource_action"], job["user"]) == ("volume_group", "create", "admin")
        assert job["resource_name"] == "new"
        assert (job["parent_id"], job["root_id"]) == (None, key)
        if job["phase"] != "Completed":
            assert job["resource_id"] is None
            assert job["response_body"] is None
            assert "new" not in array.names("volume_group")
        array.clock.advance(0.25 if seen[-1][0] != "Pending" else 0.15)
    phases = list(dict.fromkeys(phase for phase, dummy in seen))
    assert phases == ["Pending", "Queued", "In_Progress"]
    assert [percent for dummy, percent in seen] == sorted(percent for dummy, percent in seen)
    array.clock.advance(1)
    job = array.job(key)
    assert (job["phase"], job["progress_percentage"], job["response_status"]) == ("Completed", 100, "201")
    new = array.key("volume_group", "new")
    assert job["resource_id"] == new
    assert job["response_body"] == {"response_type": "job_create_response", "id": new}
    assert job["start_time"] < job["end_time"]


def test_a_look_at_some_jobs_touches_no_other(array: Array, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [start(array, "POST", "volume_group", {"name": f"new{number}"}) for number in range(5)]
    described: list[str] = []
    describe = Jobs.describe

    def noted(jobs: Jobs, job: Job) -> Json:
        described.append(job.id)
        return describe(jobs, job)

    monkeypatch.setattr(Jobs, "describe", noted)
    rows = array.get("job", id=f"in.({keys[1]},{keys[3]})", select="id")
    assert [row["id"] for row in rows] == described == [keys[1], keys[3]]


@pytest.mark.parametrize(
    ("method", "path", "body", "kind"),
    [
        ("PATCH", "volume_group/name:app01", {"description": "x"}, None),
        ("POST", "volume_group/name:app01/add_members", {"volume_ids": ["name:web01"]}, None),
        ("DELETE", "volume_group/name:app01", None, None),
        ("POST", "volume_group/name:app01/snapshot", {"name": "s"}, "job_volume_group_snapshot_response"),
        (
            "POST",
            "volume_group/name:app01/restore",
            {"from_snap_id": "name:app01-nightly"},
            "job_volume_group_restore_response",
        ),
    ],
)
def test_result_of_other_operations(array: Array, method: str, path: str, body: Json | None, kind: str | None) -> None:
    group = array.key("volume_group", "app01")
    key = start(array, method, path, body)
    array.clock.advance(2.1)
    job = array.job(key)
    assert job["phase"] == "Completed"
    assert (job["resource_id"], job["resource_name"]) == (group, "app01")
    if kind is None:
        assert (job["response_body"], job["response_status"]) == (None, None)
    else:
        assert (job["response_body"]["response_type"], job["response_status"]) == (kind, "200")


def test_the_effect_comes_at_the_end(array: Array) -> None:
    start(array, "PATCH", "volume_group/name:app01", {"description": "later"})
    array.clock.advance(1.9)
    assert array.get("volume_group/name:app01", select="description")["description"] == "first application"
    array.clock.advance(0.2)
    assert array.get("volume_group/name:app01", select="description")["description"] == "later"


def test_rules_are_checked_again_at_the_end(array: Array) -> None:
    first = start(array, "POST", "volume_group", {"name": "new"})
    array.clock.advance(0.5)
    second = start(array, "POST", "volume_group", {"name": "NEW"})
    array.clock.advance(2.05)
    assert array.job(first)["phase"] == "Completed"
    failing = array.job(second)
    assert (failing["phase"], failing["state"], failing["response_body"]) == ("Failing", "FAILING", None)
    array.clock.advance(0.5)
    failed = array.job(second)
    assert (failed["phase"], failed["response_status"]) == ("Failed", "400")
    assert failed["response_body"]["response_type"] == "job_error_response"
    assert "already in use" in failed["response_body"]["messages"][0]["message_l10n"]
    assert array.names("volume_group", name="ilike.new") == ["new"]


def test_the_object_may_be_gone_at_the_end(array: Array) -> None:
    key = start(array, "PATCH", "volume_group/name:app01-test", {"description": "x"})
    array.platform.change({"type": "volume_group", "name": "app01-test", "delete": True})
    array.clock.advance(3)
    assert (array.job(key)["phase"], array.job(key)["response_status"]) == ("Failed", "404")


def test_synchronous_requests_take_the_time_and_leave_a_job(array: Array) -> None:
    before = array.clock.now()
    new = array.do("POST", "volume_group", {"name": "new"})["id"]
    assert 1.99 < array.clock.now() - before < 2.2
    jobs = array.get("job", select="resource_id,state", resource_type="eq.volume_group", resource_action="eq.create")
    assert jobs == [{"resource_id": new, "state": "COMPLETED"}]


def test_jobs_are_found_by_the_query_language(array: Array) -> None:
    key = start(array, "PATCH", "volume_group/name:app01", {"description": "x"})
    array.clock.advance(1)
    query = {"resource_type": "eq.volume_group", "resource_name": "eq.APP01", "state": "eq.IN_PROGRESS"}
    assert array.get("job", **query) == [{"id": key}]
    assert array.get("job", phase="in.(Pending,Queued,In_Progress,Failing)", order="step_order.desc") == [{"id": key}]
    array.clock.advance(2)
    assert array.get("job", **query) == []
    assert array.call("GET", "job/unknown").status == 404
    assert array.call("DELETE", f"job/{key}").status == 405


def test_speed_divides_the_duration(array: Array) -> None:
    array.clock.speed = 10
    key = start(array, "PATCH", "volume_group/name:app01", {"description": "x"})
    array.clock.advance(0.21)
    assert array.job(key)["phase"] == "Completed"


@pytest.mark.parametrize(("value", "status"), [("true", 202), ("True", 202), ("false", 204), ("yes", 400)])
def test_is_async(array: Array, value: str, status: int) -> None:
    assert array.call("PATCH", "volume_group/name:app01", {"description": "x"}, is_async=value).status == status


def test_other_parameters_of_a_write_are_refused(array: Array) -> None:
    assert array.call("PATCH", "volume_group/name:app01", {}, async_="true").status == 400


def test_job_fail(array: Array) -> None:
    fault = {"fault": "job_fail", "percent": 40}
    key = start(array, "PATCH", "volume_group/name:app01", {"description": "x"}, fault)
    array.clock.advance(0.9)
    assert (array.job(key)["phase"], array.job(key)["progress_percentage"]) == ("Failing", 40)
    array.clock.advance(0.5)
    job = array.job(key)
    assert (job["phase"], job["progress_percentage"], job["response_status"]) == ("Failed", 40, "500")
    assert job["response_body"]["messages"][0]["code"] == "0xE0101001000C"
    assert array.get("volume_group/name:app01", select="description")["description"] == "first application"


def test_job_fail_with_messages_hits_synchronous_requests_too(array: Array) -> None:
    messages = [{"code": "0xE0A060019999", "severity": "Error", "message_l10n": "No.", "arguments": []}]
    fault = {"fault": "job_fail", "messages": messages, "status": 422}
    reply = array.call("PATCH", "volume_group/name:app01", {"description": "x"}, fault)
    assert (reply.status, reply.body) == (422, {"messages": messages})


def test_job_slow_and_job_hang(array: Array) -> None:
    array.clock.speed = 100
    slow = start(array, "PATCH", "volume_group/name:app01", {"description": "x"}, {"fault": "job_slow", "seconds": 50})
    hanging = start(array, "PATCH", "volume_group/name:app01", {"description": "y"}, {"fault": "job_hang"})
    array.clock.advance(49)
    assert array.job(slow)["phase"] == "In_Progress"
    array.clock.advance(2)
    assert array.job(slow)["phase"] == "Completed"
    assert (array.job(hanging)["phase"], array.job(hanging)["progress_percentage"]) == ("In_Progress", 50)
    array.platform.faults_cleared()
    array.clock.advance(1)
    assert array.job(hanging)["phase"] == "Completed"


def test_somebody_elses_job(array: Array) -> None:
    order = {"resource_type": "volume_group", "resource_action": "modify", "resource_name": "app01", "seconds": 30}
    key = array.platform.start_job({**order, "request": {"description": "theirs"}})["id"]
    array.clock.advance(29)
    assert array.job(key)["phase"] == "In_Progress"
    array.clock.advance(2)
    assert array.get("volume_group/name:app01", select="description")["description"] == "theirs"
    assert array.platform.jobs() == {"started": 0, "completed": 0, "failed": 0, "foreign": 1}
    create = {"resource_type": "volume_group", "resource_action": "create", "seconds": 1, "request": {"name": "new"}}
    assert array.job(array.platform.start_job(create)["id"])["resource_name"] == "new"
    for wrong in ({"resource_action": "explode"}, {"resource_name": "nope"}, {"request": {"colour": "red"}}):
        with pytest.raises(ValueError):
            array.platform.start_job({**order, **wrong})


def test_the_array_may_run_only_some_jobs_at_once(array: Array) -> None:
    """The others are Queued, first come first served, and their time begins when another one ends."""
    array.platform.change({"type": "settings", "set": {"jobs_at_once": 2}})
    keys = [start(array, "POST", "volume", {"name": f"new{number}", "size": 1024**3}) for number in range(5)]

    def phases() -> list[str]:
        return [array.job(key)["phase"] for key in keys]

    array.clock.advance(1)
    assert phases() == ["In_Progress"] * 2 + ["Queued"] * 3
    assert [array.job(keys[4])[name] for name in ("progress_percentage", "start_time")] == [0, None]
    array.clock.advance(1.1)
    assert phases() == ["Completed"] * 2 + ["Queued"] * 3
    array.clock.advance(0.4)
    assert phases() == ["Completed"] * 2 + ["In_Progress"] * 2 + ["Queued"]
    array.clock.advance(2)
    assert phases() == ["Completed"] * 4 + ["In_Progress"]
    array.clock.advance(1.6)
    assert phases() == ["Completed"] * 5
    assert array.job(keys[3])["end_time"] < array.job(keys[4])["end_time"]


def test_the_audit_log_names_each_job_that_has_ended(array: Array) -> None:
    first = len(array.get("audit_event", select="*"))
    done = start(array, "PATCH", "volume/name:web01", {"description": "theirs"})
    failed = start(array, "PATCH", "volume/name:web02", {"description": "theirs"}, {"fault": "job_fail", "percent": 50})
    assert len(array.get("audit_event", select="*")) == first
    array.clock.advance(60)
    events = array.get("audit_event", select="*")[first:]
    assert [(one["job_id"], one["is_successful"]) for one in events] == [(done, True), (failed, False)]
    assert {(one["username"], one["resource_type"], one["resource_action"]) for one in events} == {
        ("local/admin", "volume", "modify")
    }


def test_a_job_may_show_a_phase_of_a_newer_release(array: Array) -> None:
    fault = {"fault": "job_hang", "state": "Waiting_For_Approval"}
    waiting = start(array, "PATCH", "volume_group/name:app01", {"description": "z"}, fault)
    array.clock.advance(60)
    assert (array.job(waiting)["phase"], array.job(waiting)["progress_percentage"]) == ("Waiting_For_Approval", 0)
    array.platform.faults_cleared()
    array.clock.advance(60)
    assert array.job(waiting)["phase"] == "Completed"
