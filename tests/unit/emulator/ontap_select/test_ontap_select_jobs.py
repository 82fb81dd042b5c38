# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs: long poll, progress, failures in the middle, rollback."""

from __future__ import annotations

import pytest

from jobwise_emulator.exchange import Json
from tests.unit.emulator.ontap_select.deploy_vm import CREDENTIAL, DeployVM, credential

FAIL = {"fault": "job_fail", "percent": 60, "messages": ["Out of memory."]}


def start(vm: DeployVM, path: str, fault: Json | None = None) -> Json:
    """Start a deployment; the job as the reply tells it."""
    reply = vm.call("POST", path, credential(), fault)
    assert reply.status == 202, reply
    job: Json = reply.body["job"]
    return job


def test_the_reply_has_a_job_without_its_state(vm: DeployVM) -> None:
    reply = vm.call("POST", "security/credentials", CREDENTIAL)
    job = reply.body["job"]
    assert set(job) == {"id", "message", "last_modified"}
    assert vm.record(f"jobs/{job['id']}") == {
        "id": job["id"],
        "state": "queued",
        "last_modified": job["last_modified"],
    }
    assert set(vm.record(f"jobs/{job['id']}?fields=message")) == {"id", "state", "message", "last_modified"}


def test_a_deployment_is_watched_with_few_long_polls(vm: DeployVM) -> None:
    key = vm.cluster(4)[0]
    begin = vm.clock.now()
    job = start(vm, f"clusters/{key}/deploy?inhibit_rollback=false")
    since, polls, state = job["last_modified"], 0, "queued"
    while state not in ("success", "failure"):
        found = vm.record(
            f"jobs/{job['id']}?fields=state,message&poll_timeout=120&last_modified=>={since}",
        )
        since, state, polls = found["last_modified"], found["state"], polls + 1
    assert (state, polls) == ("success", 2)
    assert 30 <= vm.clock.now() - begin < 30.1


def test_a_poll_is_held_until_its_time_is_up(vm: DeployVM) -> None:
    key = vm.cluster()[0]
    job = start(vm, f"clusters/{key}/deploy")
    vm.clock.advance(5)
    since = vm.record(f"jobs/{job['id']}")["last_modified"]
    begin = vm.clock.now()
    found = vm.record(f"jobs/{job['id']}?fields=message&poll_timeout=10&last_modified=>={since}")
    assert vm.clock.now() - begin == pytest.approx(10)
    assert found["message"].startswith("Deploy cluster c1: ")


def test_messages_may_count_as_changes(vm: DeployVM) -> None:
    key = vm.cluster()[0]
    vm.platform.change({"type": "settings", "set": {"messages_wake_polls": True}})
    job = start(vm, f"clusters/{key}/deploy")
    messages: list[str] = []
    since = job["last_modified"]
    while not messages or messages[-1] != "done":
        found = vm.record(f"jobs/{job['id']}?fields=message&poll_timeout=60&last_modified=>={since}")
        since = found["last_modified"]
        messages.append(found["message"].partition(": ")[2])
    assert messages == [
        "checking hosts, networks and storage",
        "creating node c1-01",
        "starting node c1-01",
        "creating the ONTAP cluster",
        "setting the cluster up",
        "done",
    ]


@pytest.mark.parametrize("query", ["poll_timeout=60", "last_modified=>=2026-01-01T00:00:00Z"])
def test_half_a_long_poll_is_an_ordinary_one(vm: DeployVM, query: str) -> None:
    job = start(vm, f"clusters/{vm.cluster()[0]}/deploy")
    begin = vm.clock.now()
    vm.record(f"jobs/{job['id']}?{query}")
    assert vm.clock.now() == begin


def test_a_time_that_cannot_be_read_is_not_waited_for(vm: DeployVM) -> None:
    job = start(vm, f"clusters/{vm.cluster()[0]}/deploy")
    assert vm.record(f"jobs/{job['id']}?poll_timeout=60&last_modified=>=None")["state"] == "queued"


@pytest.mark.parametrize("seconds", ["0", "121", "x"])
def test_the_limits_of_a_long_poll(vm: DeployVM, seconds: str) -> None:
    job = start(vm, f"clusters/{vm.cluster()[0]}/deploy")
    assert vm.refused("GET", f"jobs/{job['id']}?poll_timeout={seconds}")[0] == 400


def test_a_deployment_that_fails_is_rolled_back_and_can_be_repeated(vm: DeployVM) -> None:
    key = vm.cluster(2)[0]
    job = start(vm, f"clusters/{key}/deploy", FAIL)
    vm.clock.advance(19)
    assert "rolling back, removing node c1-0" in vm.record(f"jobs/{job['id']}?fields=message")["message"]
    vm.clock.advance(10)
    found = vm.record(f"jobs/{job['id']}?fields=*")
    assert found["state"] == "failure"
    assert found["message"].startswith("Deploy cluster c1: Out of memory. Everything was rolled back")
    cluster = vm.record(f"clusters/{key}?fields=state,is_deployed,ip,nodes.state")
    assert cluster == {
        "id": key,
        "name": "c1",
        "ip": "192.0.2.10",
        "state": None,
        "is_deployed": False,
        "nodes": [{"state": None}, {"state": None}],
    }
    assert vm.run("POST", f"clusters/{key}/deploy", credential())["state"] == "success"


def test_a_rollback_can_be_inhibited(vm: DeployVM) -> None:
    key = vm.cluster(2)[0]
    start(vm, f"clusters/{key}/deploy?inhibit_rollback=true", FAIL)
    vm.clock.advance(60)
    cluster = vm.record(f"clusters/{key}?fields=state,is_deployed,nodes.state")
    assert (cluster["state"], cluster["is_deployed"]) == ("create_failed", False)
    assert cluster["nodes"][0]["state"] == "powered_on"
    assert "deleted first" in vm.refused("POST", f"clusters/{key}/deploy", credential())[1]
    assert vm.run("DELETE", f"clusters/{key}")["state"] == "success"
    assert vm.records("clusters") == []


def test_jobs_that_hang_go_on_when_faults_are_cleared(vm: DeployVM) -> None:
    job = start(vm, f"clusters/{vm.cluster()[0]}/deploy", {"fault": "job_hang"})
    vm.clock.advance(600)
    assert vm.record(f"jobs/{job['id']}")["state"] == "running"
    vm.platform.faults_cleared()
    vm.clock.advance(16)
    assert vm.record(f"jobs/{job['id']}")["state"] == "success"


def test_others_start_jobs_too(vm: DeployVM) -> None:
    key = vm.cluster()[0]
    order = {"resource_type": "cluster", "resource_action": "deploy", "resource_name": "c1", "request": credential()}
    job = vm.platform.start_job({**order, "seconds": 3})["id"]
    status, message = vm.refused("POST", f"clusters/{key}/deploy", credential())
    assert (status, job in message) == (409, True)
    assert [entry["id"] for entry in vm.records("jobs?state=queued|running&message=*cluster c1*")] == [job]
    vm.clock.advance(3)
    assert vm.record(f"clusters/{key}?fields=is_deployed")["is_deployed"] is True
    assert vm.platform.jobs()["foreign"] == 1


def test_a_job_may_not_be_kept(vm: DeployVM) -> None:
    job = start(vm, f"clusters/{vm.cluster()[0]}/deploy")
    vm.platform.change({"type": "job", "id": job["id"], "delete": True})
    assert vm.refused("GET", f"jobs/{job['id']}?poll_timeout=60&last_modified=>={job['last_modified']}")[0] == 404
    vm.clock.advance(60)
    assert [one["is_deployed"] for one in vm.records("clusters?fields=is_deployed")] == [True]
