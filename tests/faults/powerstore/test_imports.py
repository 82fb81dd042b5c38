# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Imports that fail, are hindered, or lose answers; and what a task cannot mean."""

from __future__ import annotations

import typing as t
from collections import Counter

import pytest

from ansible_collections.jobwise.appliance.plugins.modules import import_session
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner

Result = dict[str, t.Any]
LUN01: Result = {"name": "m1", "remote_system": "unity1", "source": "lun01"}
LUN05: Result = {"name": "m5", "remote_system": "unity1", "source": "lun05", "type": "Agentless"}
CG01: Result = {"name": "g1", "remote_system": "unity1", "source": "cg01"}
CG03: Result = {"name": "g3", "remote_system": "unity1", "source": "cg03", "type": "Agentless"}
LOST = {"state": "Management_Connection_Lost"}
ERROR = {"code": "0xE0A0D0030009", "message_l10n": "The mirror is broken.", "arguments": ["m1"]}


def ask(run: Runner, **options: t.Any) -> Result:
    """Perform the task and expect that no session with the array is left open."""
    result = run(import_session.TASK, **options)
    assert not run.emulator.sessions()["open"]
    return result


def sent(emulator: Emulator) -> Counter[str]:
    """Return how often what was sent: create, modify, delete or the action."""
    told = []
    for one in emulator.requests()["requests"]:
        if one["path"].startswith("/api/rest/import_session") and one["method"] != "GET":
            parts = one["path"].split("/")
            plain = {"POST": "create", "PATCH": "modify", "DELETE": "delete"}[one["method"]]
            told.append(parts[5] if len(parts) > 5 else plain)
    return Counter(told)


def force(emulator: Emulator, name: str, state: str, **more: t.Any) -> None:
    emulator.change("import_session", name=name, set={"state": state, **more})


# Lost answers


@pytest.mark.parametrize("fault, requests", [("lost_reply", 1), ("reset_before", 2)])
@pytest.mark.parametrize(
    "options, action",
    [
        pytest.param(LUN01, "create", id="create"),
        pytest.param(LUN01, "cutover", id="cutover"),
        pytest.param(LUN05, "enable_destination_volume", id="enable"),
        pytest.param(LUN05, "start_copy", id="start"),
    ],
)
def test_nothing_is_sent_twice(
    run: Runner, emulator: Emulator, options: Result, action: str, fault: str, requests: int
) -> None:
    path = "import_session" if action == "create" else f"import_session/*/{action}"
    emulator.fault(fault, "POST", path)
    result = ask(run, **options, state="completed")
    assert not result.get("failed"), result
    assert result["changed"] and result["resource"]["state"] == "Import_Completed"
    assert sent(emulator)[action] == requests
    assert sum(sent(emulator).values()) == len(sent(emulator)) + requests - 1


@pytest.mark.parametrize("fault, requests", [("lost_reply", 2), ("reset_before", 3)])
def test_the_members_of_a_group_are_each_told_once(run: Runner, emulator: Emulator, fault: str, requests: int) -> None:
    emulator.fault(fault, "POST", "import_session/*/enable_destination_volume", after=1)
    result = ask(run, **CG03, state="ready")
    assert result["resource"]["state"] == "Ready_For_Cutover"
    assert sent(emulator) == {"create": 1, "enable_destination_volume": requests, "start_copy": 2}


@pytest.mark.parametrize("fault", ["lost_reply", "reset_before", "expire_session"])
def test_a_look_that_fails_is_repeated(run: Runner, emulator: Emulator, fault: str) -> None:
    emulator.fault(fault, "GET", "import_session/*", after=2, times=1)
    assert ask(run, **LUN01, state="ready")["resource"]["state"] == "Ready_For_Cutover"
    assert sent(emulator) == {"create": 1}


# Imports that go wrong


def test_a_copy_that_fails_is_told_in_the_arrays_words(run: Runner, emulator: Emulator) -> None:
    emulator.change("settings", set={"import_failures": {"lun01": 40}})
    result = ask(run, **LUN01, state="ready")
    assert result["failed"] and result["changed"] and result["error"]["kind"] == "job_failed"
    assert "Import session m1 is Failed" in result["msg"] and "could not be read" in result["msg"]
    assert result["error"]["messages"][0]["code"] in result["msg"]
    assert result["resource"]["state"] == "Failed" and result["resource"]["error"]
    again = ask(run, **LUN01, state="ready")
    assert again["error"]["kind"] == "input" and "state: absent" in again["msg"] and not again["changed"]
    assert not ask(run, name="m1", state="cancelled")["changed"]
    assert ask(run, name="m1", state="absent")["changed"]
    emulator.change("settings", set={"import_failures": {}})
    assert ask(run, **LUN01, state="ready")["resource"]["state"] == "Ready_For_Cutover"


def test_an_agentless_copy_that_fails_has_to_be_cancelled(run: Runner, emulator: Emulator) -> None:
    emulator.change("settings", set={"import_failures": {"lun05": 40}})
    result = ask(run, **LUN05, state="ready")
    assert "is Cancel_Required" in result["msg"] and "state: cancelled does it" in result["msg"]
    assert ask(run, name="m5", state="cancelled")["resource"]["state"] == "Cancelled"


def test_a_members_failure_fails_the_group(run: Runner, emulator: Emulator) -> None:
    emulator.change("settings", set={"import_failures": {"lun11": 40}})
    result = ask(run, **CG01, state="completed")
    assert result["failed"] and "could not be read" in result["msg"]
    assert result["resource"]["state"] in ("Cleanup_In_Progress", "Failed")
    assert ask(run, name="g1", state="cancelled")["resource"]["state"] == "Cancelled"
    assert ask(run, name="g1", state="absent")["changed"]


def test_an_incomplete_cutover_is_repeated_by_the_next_run(run: Runner, emulator: Emulator) -> None:
    emulator.change("settings", set={"import_failures": {"lun10": "cutover"}})
    result = ask(run, **CG01, state="completed")
    assert result["failed"] and "is Import_Cutover_Incomplete" in result["msg"] and "to repeat it" in result["msg"]
    assert sent(emulator)["cutover"] == 1
    assert ask(run, **CG01, state="completed")["resource"]["state"] == "Import_Completed"
    assert sent(emulator)["cutover"] == 2


def test_a_cancel_without_the_source_is_cleaned_up_later(run: Runner, emulator: Emulator) -> None:
    ask(run, **LUN01, state="ready")
    emulator.change("remote_system", name="unity1", set=LOST)
    result = ask(run, name="m1", state="cancelled")
    assert "is Cleanup_Required" in result["msg"] and sent(emulator)["cleanup"] == 0
    emulator.change("remote_system", name="unity1", set={"state": "OK"})
    assert ask(run, name="m1", state="cancelled")["resource"]["state"] == "Cancelled"
    assert sent(emulator) == {"create": 1, "cancel": 1, "cleanup": 1}


def test_a_forced_cancel_without_the_source(run: Runner, emulator: Emulator) -> None:
    ask(run, **LUN01, state="ready")
    emulator.change("remote_system", name="unity1", set=LOST)
    result = ask(run, name="m1", state="cancelled", force=True)
    assert result["resource"]["state"] == "Cancelled"
    assert result["plan"][0] == "cancel import session m1, even without roll-back"


@pytest.mark.parametrize("state", ["Cleanup_Failed", "Invalid"])
@pytest.mark.parametrize("goal", ["ready", "completed", "paused", "cancelled", "absent"])
def test_stuck(run: Runner, emulator: Emulator, state: str, goal: str) -> None:
    ask(run, **LUN01)
    force(emulator, "m1", state, error=ERROR)
    result = ask(run, name="m1", state=goal)
    assert result["failed"] and "The mirror is broken. (0xE0A0D0030009)" in result["msg"]
    assert sent(emulator) == {"create": 1}
    present = ask(run, name="m1")
    assert not present["changed"] and "The mirror is broken" in present["warnings"][0]


def test_a_session_that_somebody_removes_meanwhile(run: Runner, emulator: Emulator) -> None:
    """It is not created again."""
    ask(run, **LUN01)
    emulator.fault("status", "GET", "import_session/*", status=404, body={"messages": []}, after=1, times=99)
    emulator.fault("status", "GET", "import_session", status=200, body=[], after=1, times=99)
    result = ask(run, **LUN01, state="ready")
    assert result["failed"] and "is gone: somebody has removed it" in result["msg"]
    assert sent(emulator) == {"create": 1}


def test_the_jobs_refusal_reaches_the_user(run: Runner, emulator: Emulator) -> None:
    emulator.fault("job_fail", "POST", "import_session")
    result = ask(run, **LUN01, state="ready")
    assert result["failed"] and not result["changed"] and result["error"]["kind"] == "job_failed"
    assert result["error"]["messages"]


def test_pause_and_resume(run: Runner, emulator: Emulator) -> None:
    emulator.change("settings", set={"import_copy_seconds": 100})
    ask(run, **CG01, state="present")
    result = ask(run, name="g1", state="paused")
    assert result["changed"] and not result.get("failed")
    assert not ask(run, name="g1", state="paused")["changed"]
    emulator.change("settings", set={"import_copy_seconds": 10})
    assert ask(run, name="g1", state="ready")["resource"]["state"] == "Ready_For_Cutover"
    assert ask(run, name="g1", state="paused")["error"]["kind"] == "input"


def test_without_waiting(run: Runner, emulator: Emulator) -> None:
    result = ask(run, **LUN01, state="ready", wait=False)
    assert result["changed"] and result["plan"][-1].startswith("wait until")
    assert ask(run, **LUN01, state="ready")["resource"]["state"] == "Ready_For_Cutover"
    assert sent(emulator) == {"create": 1}


def test_an_automatic_cutover_is_left_to_the_array(run: Runner, emulator: Emulator) -> None:
    result = ask(run, **LUN01, state="completed", automatic_cutover=True)
    assert result["resource"]["state"] == "Import_Completed" and sent(emulator) == {"create": 1}


# What a task cannot mean


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize(
    "options, words",
    [
        ({"name": "m 1"}, "must not contain white space"),
        ({"name": "x" * 129}, "at most 128"),
        ({"remote_system": "nope"}, "no remote system nope. Known: remote1, sc1, uni1, unity1"),
        ({"remote_system": "remote1"}, "nothing can be imported"),
        ({"remote_system": None}, "give remote_system, too"),
        ({"source": "nope"}, "no volume or consistency group nope has been found on unity1"),
        ({"source": "lun08"}, "cannot be imported; the array says: Host Not Added (Host_Not_Added)"),
        ({"source": "lun09"}, "imported before"),
        ({"source": "cg02"}, "No_Members"),
        ({"scheduled_timestamp": "2020-01-01T00:00:00Z"}, "is in the past"),
        ({"scheduled_timestamp": "tomorrow"}, "takes a point in time such as"),
        ({"scheduled_timestamp": "2099-01-01T00:00:00"}, "lacks a time zone"),
        ({"hosts": ["linux01"]}, "only for imports of type: Agentless"),
        ({**LUN05, "hosts": ["linux01", "nope", "none"]}, "No host on the array for: nope, none"),
        ({**LUN05, "host_groups": ["nope"]}, "No host group on the array for: nope"),
        ({"protection_policy": "nope"}, "no protection policy nope"),
        ({"protection_policy": "bronze-qos"}, "but one of type QoS"),
        ({"volume_group": "nope"}, "no volume group nope"),
        ({"state": "paused"}, "no import session m1 that could be paused"),
    ],
)
def test_bad_input(run: Runner, emulator: Emulator, options: Result, words: str, check: bool) -> None:
    result = ask(run, check=check, **{**LUN01, **options})
    assert result["failed"] and words in result["msg"], result["msg"]
    assert result["error"]["kind"] == "input" and not result["changed"]
    assert not sent(emulator)


def test_the_wrong_type_is_warned_of(run: Runner, emulator: Emulator) -> None:
    """What the criteria say is a hint; the array decides."""
    result = ask(run, **{**LUN05, "type": None})
    assert "fits type: Agentless rather than Non_Disruptive" in result["warnings"][0]
    assert result["failed"] and "Ready_For_Agentless_Import" in result["msg"]


@pytest.mark.parametrize(
    "options, words",
    [
        ({"description": "other"}, "description is"),
        ({"source": "lun02"}, "source is"),
        ({"remote_system": "sc1"}, "remote_system is 'unity1', asked for 'sc1'"),
        ({"type": "Agentless"}, "type is 'Non_Disruptive', asked for 'Agentless'"),
        ({"automatic_cutover": True}, "automatic_cutover is False, asked for True"),
        ({"protection_policy": "gold"}, "protection_policy is '', asked for 'gold'"),
        ({"volume_group": "app01"}, "volume_group is '', asked for 'app01'"),
        ({"scheduled_timestamp": "2099-01-01T00:00:00Z"}, "only while the session is Scheduled"),
    ],
)
def test_only_the_schedule_can_change(run: Runner, emulator: Emulator, options: Result, words: str) -> None:
    ask(run, **LUN01)
    result = ask(run, name="m1", state="ready", **options)
    assert result["failed"] and words in result["msg"], result["msg"]
    assert sent(emulator) == {"create": 1}


def test_members_have_a_goal_of_their_group(run: Runner, emulator: Emulator) -> None:
    ask(run, **CG01, state="ready")
    for goal in ("completed", "absent"):
        assert "is for the group's" in ask(run, name="g1.lun10", state=goal)["msg"]


def test_hosts_of_members(run: Runner, emulator: Emulator) -> None:
    """By name, and each host is looked up once."""
    wwns = [f"naa.6006016{number:025x}" for number in (21, 22)]
    hosts = [{"volume_wwn": wwn, "hosts": ["esx01", "esx02"]} for wwn in wwns]
    assert ask(run, **CG03, member_hosts=hosts)["changed"]
    reads = [one["path"] for one in emulator.requests()["requests"] if one["path"] == "/api/rest/host"]
    assert len(reads) == 1


@pytest.mark.parametrize("system, refused", [("unity2", False), ("unity1", False), ("sc1", True)])
def test_sources_of_one_name_on_several_arrays(run: Runner, emulator: Emulator, system: str, refused: bool) -> None:
    address = "192.0.2.99"
    other = emulator.change("remote_system", create={"name": "unity2", "type": "Unity", "management_address": address})
    array = {"id": other["id"], "name": "unity2", "management_address": address}
    emulator.change("import_unity", create={**array, "supported_import_type": "Non_Disruptive_And_Agentless"})
    twin = {
        "name": "lun01",
        "import_unity_id": other["id"],
        "importable_criteria": "Ready",
        "wwn": "naa.1",
        "size": 2**30,
    }
    emulator.change("import_unity_volume", create=twin)
    result = ask(run, **{**LUN01, "remote_system": system})
    assert bool(result.get("failed")) == refused, result
