# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Imports of NAS servers: from a goal to the next, what fails or loses answers, and what a task cannot mean."""

from __future__ import annotations

import typing as t
from collections import Counter

import pytest

from ansible_collections.jobwise.appliance.plugins.modules import file_import_session, powerstore_info
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner

Result = dict[str, t.Any]
PORT = "IP_PORT9"
INTERFACE = "192.0.2.41"
NFS: Result = {"name": "f1", "remote_system": "unity1", "source": "vdm01", "import_interface": INTERFACE}
LOGIN = {"source_smb_admin_username": "administrator", "source_smb_admin_password": "Unity-12345"}
SMB: Result = {**NFS, "name": "f2", "source": "vdm02", **LOGIN}
DOMAIN = {"domain_admin_username": "admin", "domain_admin_password": "Domain-12345"}
LOST = {"state": "Management_Connection_Lost"}
PATH = "/api/rest/file_import_session"


@pytest.fixture(autouse=True)
def an_interface(emulator: Emulator) -> None:
    """Every import copies through an interface of this array."""
    emulator.change("ip_port", create={"id": PORT})
    values = {"ip_address": INTERFACE, "prefix_length": 24, "ip_port_id": PORT}
    emulator.change("file_import_interface", create=values)


def ask(run: Runner, **options: t.Any) -> Result:
    """Perform the task and expect that no session with the array is left open."""
    result = run(file_import_session.TASK, **options)
    assert not run.emulator.sessions()["open"]
    return result


def sent(emulator: Emulator) -> Counter[str]:
    """Return how often what was sent: create, modify, delete or the action; reports are reads."""
    told = []
    for one in emulator.requests()["requests"]:
        if one["path"].startswith(PATH) and one["method"] != "GET":
            parts = one["path"].split("/")
            plain = {"POST": "create", "PATCH": "modify", "DELETE": "delete"}[one["method"]]
            told.append(parts[5] if len(parts) > 5 else plain)
    return Counter(one for one in told if one != "report")


def at(result: Result) -> tuple[str, str | None]:
    """Return state and operation of the session after a task."""
    assert not result.get("failed"), result["msg"]
    return result["resource"]["state"], result["resource"]["current_operation"]


def servers(run: Runner) -> list[str]:
    """Return the names of the NAS servers of this array."""
    return [one["name"] for one in run(powerstore_info.TASK, type="nas_server")["resources"]]


# From goal to goal


def test_the_way_of_an_import(run: Runner, emulator: Emulator) -> None:
    planned = ask(run, check=True, **NFS, state="completed")
    assert planned["plan"] == [
        "create file import session f1",
        "wait until file import session f1 is Ready_For_Cutover",
        "cut over file import session f1",
        "wait until file import session f1 is Ready_For_Commit",
        "commit file import session f1",
        "wait until file import session f1 is Completed",
    ]
    assert planned["diff"]["after"]["state"] == "Completed" and not sent(emulator)
    assert at(ask(run, **NFS, state="ready")) == ("In_Progress", "Ready_For_Cutover")
    assert at(ask(run, name="f1", state="cut_over")) == ("In_Progress", "Ready_For_Commit")
    for goal in ("present", "ready", "cut_over"):
        again = ask(run, **NFS, state=goal)
        assert at(again) == ("In_Progress", "Ready_For_Commit") and not again["changed"] and not again["plan"]
    done = ask(run, name="f1", state="completed")
    assert at(done)[0] == "Completed" and done["diff"]["before"]["state"] == "Ready_For_Commit"
    assert done["diff"]["after"]["state"] == "Completed" and servers(run) == ["vdm01"]
    assert not ask(run, **NFS, state="completed")["changed"]
    assert ask(run, name="f1", state="absent")["changed"] and not ask(run, name="f1", state="absent")["changed"]
    assert servers(run) == ["vdm01"]
    assert sent(emulator) == {"create": 1, "cutover": 1, "commit": 1, "delete": 1}


def test_cancelled_after_the_cut_over(run: Runner, emulator: Emulator) -> None:
    ask(run, **NFS, state="cut_over")
    assert "cannot be removed" in ask(run, name="f1", state="absent")["msg"]
    assert at(ask(run, name="f1", state="cancelled"))[0] == "Cancelled" and servers(run) == []
    assert not ask(run, name="f1", state="cancelled")["changed"]
    assert "was cancelled" in ask(run, **NFS, state="ready")["msg"]
    ask(run, name="f1", state="absent")
    assert at(ask(run, **NFS))[0] in ("Queued", "In_Progress")


@pytest.mark.parametrize("goal", ["ready", "cut_over"])
def test_paused_and_resumed(run: Runner, emulator: Emulator, goal: str) -> None:
    """Both copies can be paused; a session that is paused after the cut-over is past it."""
    operation = "Initial_Copy" if goal == "ready" else "Incremental_Copy"
    if goal == "cut_over":
        ask(run, **NFS, state="ready")
        emulator.change("file_import_session", name="f1", set={"current_operation": "Incremental_Copy"})
    else:
        emulator.change("settings", set={"import_copy_seconds": 100})
        ask(run, **NFS)
    assert at(ask(run, name="f1", state="paused")) == ("Paused", operation)
    assert not ask(run, name="f1", state="paused")["changed"]
    if goal == "cut_over":
        assert not ask(run, name="f1", state="ready")["changed"]
    emulator.change("settings", set={"import_copy_seconds": 5})
    resumed = ask(run, name="f1", state=goal)
    assert resumed["plan"][0] == "resume file import session f1" and at(resumed)[0] == "In_Progress"
    assert "nothing to pause" in ask(run, name="f1", state="paused")["msg"]
    assert sent(emulator)["resume"] == 1


def test_a_server_in_a_domain_needs_a_login_for_the_cut_over(run: Runner, emulator: Emulator) -> None:
    ask(run, **SMB, state="ready")
    for check in (True, False):
        result = ask(run, check=check, name="f2", state="cut_over")
        assert (
            "vdm02 is joined to an Active Directory domain: the cut-over needs domain_admin_username" in result["msg"]
        )
    assert sent(emulator) == {"create": 1}
    new = {"computer_name": "old-vdm02", "domain": "example.com"}
    result = ask(run, name="f2", state="cut_over", **DOMAIN, new_source_smb_server_configuration=new)
    assert at(result) == ("In_Progress", "Ready_For_Commit")
    (cutover,) = (one for one in emulator.requests()["requests"] if one["path"].endswith("/cutover"))
    assert cutover["request"]["new_source_smb_server_configuration"] == new
    assert DOMAIN["domain_admin_password"] not in str(result)


def test_a_session_changes_its_name_description_and_logins(run: Runner, emulator: Emulator) -> None:
    ask(run, **SMB, state="ready")
    assert not ask(run, **SMB)["changed"]
    changed = ask(run, **{**SMB, "source_smb_admin_username": "other"}, new_name="f3", description="wave 3")
    assert changed["changed"] and changed["resource"]["name"] == "f3"
    (patch,) = (one for one in emulator.requests()["requests"] if one["method"] == "PATCH")
    assert set(patch["request"]) == {"name", "description", *LOGIN}
    assert not ask(run, **{**SMB, "source_smb_admin_username": "other"}, new_name="f3", description="wave 3")["changed"]
    assert ask(run, **{**SMB, "name": "f3", "source_smb_admin_username": "other"}, update_secrets="always")["changed"]


def test_the_report_is_read_once_a_task_need_not_wait(run: Runner, emulator: Emulator) -> None:
    result = ask(run, **NFS, state="ready", report=True)
    assert [one["source_file_system_name"] for one in result["resource"]["report"]["file_systems"]] == ["vdm01-data"]
    reports = [one for one in emulator.requests()["requests"] if one["path"].endswith("/report")]
    assert len(reports) == 1
    assert "report" not in ask(run, name="f1")["resource"]
    emulator.fault("status", "POST", "file_import_session/*/report", status=204)
    assert ask(run, name="f1", report=True)["resource"]["report"] is None


def test_a_schedule(run: Runner, emulator: Emulator) -> None:
    later, much_later = "2099-01-01T00:00:00Z", "2099-06-01T02:00:00+02:00"
    assert at(ask(run, **NFS, scheduled_timestamp=later)) == ("Scheduled", None)
    assert not ask(run, **NFS, scheduled_timestamp="2099-01-01 02:00:00+02:00")["changed"]
    assert ask(run, **NFS, scheduled_timestamp=much_later)["changed"]
    assert at(ask(run, name="f1", state="cancelled"))[0] == "Cancelled"
    assert "only while the session is Scheduled" in ask(run, **NFS, scheduled_timestamp=later)["msg"]


# What fails


@pytest.mark.parametrize("fault, requests", [("lost_reply", 1), ("reset_before", 2)])
@pytest.mark.parametrize("action", ["create", "cutover", "commit"])
def test_nothing_is_sent_twice(run: Runner, emulator: Emulator, action: str, fault: str, requests: int) -> None:
    emulator.fault(fault, "POST", "file_import_session" if action == "create" else f"file_import_session/*/{action}")
    assert at(ask(run, **NFS, state="completed"))[0] == "Completed"
    assert sent(emulator)[action] == requests
    assert sum(sent(emulator).values()) == len(sent(emulator)) + requests - 1


@pytest.mark.parametrize("operation", ["Initial_Provisioning", "Initial_Copy", "Importing_Config", "Incremental_Copy"])
def test_an_import_that_fails_is_resumed_by_the_next_run(run: Runner, emulator: Emulator, operation: str) -> None:
    emulator.change("settings", set={"import_failures": {"vdm01": operation}})
    failed = ask(run, **NFS, state="cut_over")
    assert failed["error"]["kind"] == "job_failed" and f"f1 is Failed at {operation}: " in failed["msg"]
    assert "run the task again to resume it. The array says: " in failed["msg"]
    assert "Correct the cause, then resume or cancel" in failed["error"]["messages"][0]["message"]
    assert failed["resource"]["report"]["latest_failure_messages"]
    assert "Cancel it with state: cancelled first" in ask(run, name="f1", state="absent")["msg"]
    present = ask(run, **NFS)
    assert not present["changed"] and f"Failed at {operation}" in present["warnings"][0]
    emulator.change("settings", set={"import_failures": {}})
    resumed = ask(run, **NFS, state="cut_over")
    assert at(resumed) == ("In_Progress", "Ready_For_Commit") and sent(emulator)["resume"] == 1


def test_a_cut_over_that_is_rolled_back_is_tried_again_by_the_next_run(run: Runner, emulator: Emulator) -> None:
    ask(run, **NFS, state="ready")
    emulator.change("settings", set={"import_failures": {"vdm01": "Cutting_Over"}})
    failed = ask(run, name="f1", state="completed")
    assert "f1 is Ready_For_Cutover: cutover was accepted, but the session came back" in failed["msg"]
    assert "production interfaces of the source could not be disabled" in failed["msg"]
    assert sent(emulator)["cutover"] == 1
    emulator.change("settings", set={"import_failures": {}})
    assert at(ask(run, name="f1", state="completed"))[0] == "Completed"


def test_a_cut_over_without_a_way_back_has_to_be_cancelled(run: Runner, emulator: Emulator) -> None:
    ask(run, **NFS, state="ready")
    emulator.change("settings", set={"import_failures": {"vdm01": "Cutting_Over"}})
    emulator.change("remote_system", name="unity1", set=LOST)
    assert "cannot be resumed. Cancel it" in ask(run, name="f1", state="completed")["msg"]
    refused = ask(run, name="f1", state="cancelled")
    assert refused["failed"] and "does not respond" in refused["msg"]
    forced = ask(run, name="f1", state="cancelled", force=True)
    assert at(forced)[0] == "Cancelled"
    assert forced["plan"][0] == "cancel file import session f1, even if the source does not answer"


def test_a_session_that_somebody_removes_meanwhile(run: Runner, emulator: Emulator) -> None:
    emulator.change("settings", set={"import_copy_seconds": 100})
    ask(run, **NFS)
    emulator.fault("status", "GET", "file_import_session/*", status=404, body={"messages": []}, after=1)
    result = ask(run, **NFS, state="ready")
    assert result["failed"] and "is gone: somebody has removed it" in result["msg"]
    assert sent(emulator) == {"create": 1}


# What a task cannot mean


@pytest.mark.parametrize(
    "options, words",
    [
        ({"name": "f 1"}, "must not contain white space"),
        ({"name": "x" * 33}, "at most 32"),
        ({"remote_system": "nope"}, "no remote system nope"),
        ({"remote_system": None}, "give remote_system, too"),
        ({"source": "vdm1"}, "no NAS server vdm1 has been found on unity1. Did you mean vdm01"),
        ({"remote_system": "sc1"}, "no NAS server vdm01 has been found on sc1"),
        ({"source": "vdm05"}, "the array says: The NAS server has no production interfaces (No_Production_File_Inter"),
        ({"source": "vdm03"}, "has SMB shares: give source_smb_admin_username and source_smb_admin_password, too"),
        ({"source": "vdm04", **LOGIN}, "with file-level retention: give source_dhsm_username and source_dhsm_password"),
        ({"import_interface": "192.0.2.99"}, "with the address 192.0.2.99. Known: 192.0.2.41"),
        ({"file_interfaces": [{"name": "prod", "ip_port_id": PORT}]}, "has no interface prod. Known: vdm01-prod"),
        ({"protection_policy": "nope"}, "no protection policy nope"),
        ({"protection_policy": "bronze-qos"}, "but one of type QoS"),
        ({"scheduled_timestamp": "2020-01-01T00:00:00Z"}, "is in the past"),
        ({"scheduled_timestamp": "tomorrow"}, "takes a point in time such as"),
        ({"domain_admin_username": "admin", "state": "cut_over"}, "needs domain_admin_password, too"),
        ({"state": "paused"}, "no file import session f1 that could be paused"),
    ],
)
def test_bad_input(run: Runner, emulator: Emulator, options: Result, words: str) -> None:
    for check in (True, False):
        result = ask(run, check=check, **{**NFS, **options})
        assert result["failed"] and words in result["msg"], result["msg"]
        assert result["error"]["kind"] == "input" and not result["changed"]
    assert not sent(emulator)


def test_a_source_has_one_session(run: Runner) -> None:
    ask(run, **NFS)
    assert "It already has an import session." in ask(run, **{**NFS, "name": "other"})["msg"]


def test_what_a_session_copies_from_where_cannot_change(run: Runner, emulator: Emulator) -> None:
    ask(run, **NFS)
    result = ask(run, **{**NFS, "source": "vdm04"})
    assert "source is 'vdm01', asked for 'vdm04'" in result["msg"]
    emulator.change("file_import_interface", create={"ip_address": "192.0.2.42", "prefix_length": 24})
    result = ask(run, **{**NFS, "import_interface": "192.0.2.42"})
    assert "import_interface is '192.0.2.41', asked for '192.0.2.42'" in result["msg"]


def test_options_without_effect_are_named(run: Runner) -> None:
    result = ask(run, **NFS, force=True, **DOMAIN)
    assert [one.partition(" has an effect only with state:")[0] for one in result["warnings"]] == [
        "force: true",
        "domain_admin_username",
        "domain_admin_password",
    ]


def test_converged_costs_one_read(run: Runner, emulator: Emulator) -> None:
    ask(run, **NFS, state="ready")
    before = len(emulator.requests()["requests"])
    assert not ask(run, name="f1", state="ready")["changed"]
    assert [one["path"] for one in emulator.requests()["requests"][before:]] == [PATH, "/api/rest/logout"]
