# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""OneView: every fault at every write, tasks with every end, and others who change the same network meanwhile."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.client import OneViewClient
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.networking.networks import NetworkHandler
from ansible_collections.jobwise.appliance.plugins.modules import oneview_ethernet_network, oneview_network_set
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner

Result = dict[str, t.Any]

CREATE = ({"name": "faulty", "vlan_id": 7}, "POST", "ethernet-networks", "create")
MODIFY = ({"name": "faulty", "purpose": "ISCSI"}, "PUT", "ethernet-networks/*", "modify")
DELETE = ({"name": "faulty", "state": "absent"}, "DELETE", "ethernet-networks/*", "delete")
every_write = pytest.mark.parametrize(
    "options, method, path, action", [pytest.param(*case, id=case[3]) for case in (CREATE, MODIFY, DELETE)]
)


class Networks(Runner):
    """Performs tasks about Ethernet networks."""

    def network(self, check: bool = False, **options: t.Any) -> Result:
        return self(oneview_ethernet_network.TASK, check=check, **options)

    def there(self) -> Result | None:
        """Return the network as the appliance has it now."""
        found: Result | None = self.network(check=True, name="faulty", state="absent")["resource"]
        return found


@pytest.fixture
def run(emulator: Emulator) -> Networks:
    return Networks(emulator)


def prepare(emulator: Emulator, action: str = "modify") -> None:
    """Let the network exist, unless it is to be created."""
    if action != "create":
        create = {"name": "faulty", "vlanId": 7, "purpose": "General", "ethernetNetworkType": "Tagged"}
        emulator.change("ethernet-networks", create=create)


def as_wanted(found: Result | None, action: str) -> bool:
    """Tell whether the write has had its effect."""
    if action == "delete" or found is None:
        return action == "delete" and found is None
    return bool(found["vlanId"] == 7 and found["purpose"] == ("ISCSI" if action == "modify" else "General"))


def writes(emulator: Emulator) -> list[str]:
    asked = emulator.requests()["requests"]
    return [
        f"{one['method']} {one['path']}"
        for one in asked
        if one["method"] != "GET" and not one["path"].endswith("login-sessions")
    ]


def no_session_is_left(emulator: Emulator) -> bool:
    return not emulator.sessions()["open"]


# The way to the appliance and back


@every_write
def test_reset_before_the_write(
    run: Networks, emulator: Emulator, options: Result, method: str, path: str, action: str
) -> None:
    prepare(emulator, action)
    emulator.fault("reset_before", method, path)
    result = run.network(**options)
    assert result["changed"] and not result.get("failed") and as_wanted(run.there(), action)
    assert emulator.requests()["jobs"]["started"] == 1 and no_session_is_left(emulator)


@every_write
def test_lost_reply(run: Networks, emulator: Emulator, options: Result, method: str, path: str, action: str) -> None:
    """The task runs, is found, waited for, and not started twice."""
    prepare(emulator, action)
    emulator.fault("lost_reply", method, path)
    result = run.network(**options)
    assert result["changed"] and not result.get("failed") and as_wanted(run.there(), action)
    assert emulator.requests()["jobs"]["started"] == 1 and len(result["jobs"]) == 1


@every_write
def test_lost_reply_of_a_task_that_fails(
    run: Networks, emulator: Emulator, options: Result, method: str, path: str, action: str
) -> None:
    prepare(emulator, action)
    emulator.fault("lost_reply", method, path, job={"fault": "job_fail", "messages": ["No."]})
    result = run.network(**options)
    assert result["failed"] and not result["changed"] and result["error"]["kind"] == "job_failed"
    assert "No." in result["msg"] and emulator.requests()["jobs"]["started"] == 1


@every_write
def test_lost_session(run: Networks, emulator: Emulator, options: Result, method: str, path: str, action: str) -> None:
    prepare(emulator, action)
    emulator.fault("expire_session", method, path)
    result = run.network(**options)
    assert result["changed"] and as_wanted(run.there(), action)
    assert no_session_is_left(emulator)


@every_write
def test_forbidden(run: Networks, emulator: Emulator, options: Result, method: str, path: str, action: str) -> None:
    prepare(emulator, action)
    emulator.fault("forbid", method, path)
    result = run.network(**options)
    assert result["failed"] and not result["changed"] and result["error"]["kind"] == "refused"
    assert "does not permit it" in result["msg"] and no_session_is_left(emulator)


@every_write
def test_busy(run: Networks, emulator: Emulator, options: Result, method: str, path: str, action: str) -> None:
    prepare(emulator, action)
    emulator.fault("status", method, path, status=503)
    result = run.network(**options)
    assert result["changed"] and as_wanted(run.there(), action)


def test_nobody_there(run: Networks, emulator: Emulator) -> None:
    result = run.network(name="faulty", vlan_id=7, port=1)
    assert result["failed"] and not result["changed"] and result["error"]["kind"] == "connection"


def test_a_wrong_password_is_tried_once(run: Networks, emulator: Emulator) -> None:
    result = run.network(name="faulty", password="wrong-1")
    assert result["error"]["kind"] == "login" and "wrong-1" not in str(result)
    assert emulator.sessions()["failed_logins"] == 1


def test_too_many_sessions_is_no_wrong_password(run: Networks, emulator: Emulator) -> None:
    emulator.change("settings", set={"session_limit": 0})
    result = run.network(name="faulty")
    assert result["error"]["kind"] == "busy" and "too many" in result["msg"]


# What tasks end with


@every_write
def test_a_failed_task_tells_all_errors_and_all_advice(
    run: Networks, emulator: Emulator, options: Result, method: str, path: str, action: str
) -> None:
    prepare(emulator, action)
    nested = {"errorCode": "UPLINK", "message": "The uplink is in use.", "recommendedActions": ["Free the uplink."]}
    first = {"errorCode": "BAD", "message": "It cannot be.", "details": "Today.", "recommendedActions": ["Wait."]}
    emulator.fault("job_fail", method, path, messages=[{**first, "nestedErrors": [nested]}, "And more."])
    result = run.network(**options)
    assert result["failed"] and not result["changed"] and result["error"]["kind"] == "job_failed"
    for words in ("It cannot be. Today.", "The uplink is in use.", "And more.", "Wait.", "Free the uplink."):
        assert words in result["msg"]
    assert [one["code"] for one in result["error"]["messages"]][:2] == ["BAD", "UPLINK"]


@pytest.mark.parametrize("state", ["Error", "Terminated", "Killed", "Cancelled", "Interrupted", "Unknown"])
def test_an_end_that_is_none_is_no_success(run: Networks, emulator: Emulator, state: str) -> None:
    emulator.fault("job_fail", "POST", "ethernet-networks", state=state)
    result = run.network(name="faulty", vlan_id=7)
    assert result["failed"] and f"ended as {state}" in result["msg"] and not result["changed"]
    assert [(job["state"], job["phase"]) for job in result["jobs"]] == [("failed", state)]


def test_a_warning_is_a_success_that_warns(run: Networks, emulator: Emulator) -> None:
    message = {"message": "A port is down.", "recommendedActions": ["Look at the cable."]}
    emulator.fault("job_fail", "POST", "ethernet-networks", state="Warning", messages=[message])
    result = run.network(name="faulty", vlan_id=7)
    assert result["changed"] and result["warnings"] == ["A port is down. Look at the cable."]


@every_write
def test_a_task_that_takes_longer_is_adopted_by_the_next_run(
    run: Networks, emulator: Emulator, options: Result, method: str, path: str, action: str
) -> None:
    prepare(emulator, action)
    emulator.fault("job_slow", method, path, seconds=1.5)
    late = run.network(**options, wait_timeout=0.3)
    assert late["failed"] and late["changed"] and late["error"]["kind"] == "wait_timeout"
    result = run.network(**options)
    assert not result.get("failed") and as_wanted(run.there(), action)
    assert emulator.requests()["jobs"]["started"] == 1


def test_wait_false_names_the_task(run: Networks, emulator: Emulator) -> None:
    result = run.network(name="faulty", vlan_id=7, wait=False)
    assert result["changed"] and result["jobs"][0]["id"].startswith("/rest/tasks/") and result["resource"] is None


@pytest.mark.parametrize("form", ["location", "absolute", "x-task-uri", "body"])
@pytest.mark.parametrize("body", ["task", "empty", "none"])
def test_wherever_the_task_is_named(run: Networks, emulator: Emulator, form: str, body: str) -> None:
    emulator.change("settings", set={"task_in": {"default": form}, "accepted_body": body})
    result = run.network(name="faulty", vlan_id=7)
    assert result["changed"] and len(result["jobs"]) == 1


def test_done_without_a_task(run: Networks, emulator: Emulator) -> None:
    emulator.change("settings", set={"async": {"ethernet-networks": False}})
    assert run.network(name="faulty", vlan_id=7)["changed"] and as_wanted(run.there(), "create")


# Others write, too


class Meanwhile:
    """Lets somebody else change the network between this task's read and its write."""

    def __init__(self, emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
        self.emulator, self.monkeypatch = emulator, monkeypatch

    def __call__(self, times: int = 1, **change: t.Any) -> None:
        real = OneViewClient.send
        left = [times]

        def send(itself: t.Any, step: t.Any, *more: t.Any, **named: t.Any) -> t.Any:
            if left[0]:
                left[0] -= 1
                self.emulator.change("ethernet-networks", name="faulty", set=change)
            return real(itself, step, *more, **named)

        self.monkeypatch.setattr(OneViewClient, "send", send)


@pytest.fixture
def meanwhile(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    prepare(emulator)
    return Meanwhile(emulator, monkeypatch)


def test_a_change_of_something_else_is_kept(run: Networks, emulator: Emulator, meanwhile: Meanwhile) -> None:
    meanwhile(smartLink=True)
    result = run.network(name="faulty", purpose="ISCSI")
    assert result["changed"] and not result.get("failed")
    assert result["resource"]["smartLink"] and result["resource"]["purpose"] == "ISCSI"
    assert len(writes(emulator)) == 2, "refused, and then taken"


def test_a_change_of_the_same_is_not_overwritten(run: Networks, emulator: Emulator, meanwhile: Meanwhile) -> None:
    meanwhile(purpose="Management")
    result = run.network(name="faulty", purpose="ISCSI")
    assert result["failed"] and not result["changed"] and result["error"]["kind"] == "outdated"
    assert (
        "purpose was 'General' and is now 'Management'" in result["msg"] and "Nothing was overwritten" in result["msg"]
    )
    found = run.there()
    assert found and found["purpose"] == "Management"


def test_who_has_changed_it_is_told_where_a_task_tells(
    run: Networks, emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(emulator)
    real = OneViewClient.send

    def send(itself: t.Any, step: t.Any, *more: t.Any) -> t.Any:
        monkeypatch.setattr(OneViewClient, "send", real)
        request = {"purpose": "Management"}
        emulator.job("ethernet-networks", "update", resource_name="faulty", seconds=0, request=request)
        return real(itself, step, *more)

    monkeypatch.setattr(OneViewClient, "send", send)
    result = run.network(name="faulty", purpose="ISCSI")
    assert "Administrator has changed Ethernet network faulty" in result["msg"]


def test_what_somebody_else_has_done_already_is_left_alone(
    run: Networks, emulator: Emulator, meanwhile: Meanwhile
) -> None:
    meanwhile(purpose="ISCSI")
    result = run.network(name="faulty", purpose="ISCSI")
    assert not result.get("failed") and len(writes(emulator)) == 1


def test_force_overwrites(run: Networks, emulator: Emulator, meanwhile: Meanwhile) -> None:
    meanwhile(purpose="Management")
    result = run.network(name="faulty", purpose="ISCSI", force=True)
    assert result["changed"] and result["resource"]["purpose"] == "ISCSI" and len(writes(emulator)) == 1


def test_another_ones_task_in_the_way_is_waited_for(run: Networks, emulator: Emulator) -> None:
    prepare(emulator)
    emulator.job("ethernet-networks", "update", resource_name="faulty", seconds=1, request={"smartLink": False})
    result = run.network(name="faulty", purpose="ISCSI")
    assert result["changed"] and not result.get("failed") and result["resource"]["smartLink"] is False
    assert [job["adopted"] for job in result["jobs"]] == [True, False]


def test_another_ones_create_of_the_same_is_adopted(run: Networks, emulator: Emulator) -> None:
    emulator.job("ethernet-networks", "create", seconds=1, request={"name": "faulty", "vlanId": 7})
    result = run.network(name="faulty", vlan_id=7)
    assert not result.get("failed") and [job["adopted"] for job in result["jobs"]] == [True]
    assert emulator.requests()["jobs"]["started"] == 0


@pytest.mark.parametrize("action", ["create", "modify", "delete"])
def test_another_ones_task_that_ends_before_the_first_write(
    run: Networks, emulator: Emulator, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    """What is read first is older than the end of that task.

    Before a create, the task is looked for, and the object is read again. A change is guarded by the version that was
    read: the appliance refuses it once, and the next read shows that nothing is left to do.
    """
    prepare(emulator, action)
    options: Result = {"create": CREATE, "modify": MODIFY, "delete": DELETE}[action][0]  # type: ignore[assignment]
    real = NetworkHandler.find_jobs

    def find_jobs(itself: t.Any, *given: t.Any) -> t.Any:
        monkeypatch.setattr(NetworkHandler, "find_jobs", real)
        named = {} if action == "create" else {"resource_name": "faulty"}
        request = {"create": {"name": "faulty", "vlanId": 7}, "modify": {"purpose": "ISCSI"}, "delete": None}[action]
        emulator.job("ethernet-networks", action, seconds=0, request=request, **named)
        return real(itself, *given)

    monkeypatch.setattr(NetworkHandler, "find_jobs", find_jobs)
    result = run.network(**options)
    assert not result.get("failed") and as_wanted(run.there(), action)
    assert len(writes(emulator)) == (0 if action == "create" else 1)


# What goes beyond one network


def test_networks_with_apostrophes_are_found(run: Networks, emulator: Emulator) -> None:
    name = 'Anna\'s "net"'
    assert run.network(name=name, vlan_id=9)["changed"]
    assert not run.network(name=name.upper(), vlan_id=9)["changed"]


def test_filters_that_the_appliance_ignores_find_nothing_else(run: Networks, emulator: Emulator) -> None:
    emulator.change("settings", set={"filters": "ignored", "page_size": 2})
    assert run.network(check=True, name="no-such", vlan_id=9)["plan"] == ["create Ethernet network no-such"]
    assert not run.network(name="prod-103")["changed"]


def test_the_bandwidth_of_a_new_set_is_no_reason_to_say_that_nothing_changed(run: Networks, emulator: Emulator) -> None:
    options: Result = {"name": "fresh", "networks": ["prod-101"]}
    run(oneview_network_set.TASK, **options)
    found = run(oneview_network_set.TASK, name="fresh", typical_bandwidth=1, check=True)["resource"]
    same = found["connection_template"]["bandwidth"]["typicalBandwidth"]
    run(oneview_network_set.TASK, name="fresh", state="absent")
    assert run(oneview_network_set.TASK, **options, typical_bandwidth=same)["changed"]
    assert not run(oneview_network_set.TASK, **options, typical_bandwidth=same)["changed"]


@every_write
@pytest.mark.parametrize("is_done", [True, False])
def test_a_task_that_the_appliance_no_longer_knows(
    run: Networks, emulator: Emulator, options: Result, method: str, path: str, action: str, is_done: bool
) -> None:
    """The network tells what became of it."""
    prepare(emulator, action)
    takes: Result = {"seconds": 0} if is_done else {}
    emulator.fault("job_slow" if is_done else "job_hang", method, path, **takes)
    emulator.fault("status", "GET", "tasks/*", status=404, times=0)
    result = run.network(**options)
    assert result["changed"]
    if is_done:
        assert not result.get("failed"), result
        assert as_wanted(run.there(), action)
    else:
        assert result["error"]["kind"] == "job_lost"
        assert result["error"]["job_id"] == result["jobs"][0]["id"]
