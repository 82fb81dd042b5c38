# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""File imports on the emulated array: what a new one may ask for, its way on the clock, failures and the report."""

from __future__ import annotations

from typing import Any

import pytest

from jobwise_emulator.exchange import Json
from tests.unit.emulator.powerstore.array import Array

LATER = "2099-01-01T00:00:00Z"
SMB = {"source_smb_admin_username": "admin", "source_smb_admin_password": "Password123!"}
SESSION = "file_import_session/name:f1"
WAY = ("Initial_Provisioning", "Initial_Copy", "Importing_Config", "Ready_For_Cutover")
REST = ("Cutting_Over", "Incremental_Copy", "Ready_For_Commit")


def body(array: Array, source: str, **more: Any) -> Json:
    """The body that creates a session. The interface is made with the first one."""
    found = array.get("file_import_interface")
    if not found:
        array.platform.change({"type": "ip_port", "create": {"id": "IP_PORT9"}})
        given = {"ip_address": "192.0.2.41", "prefix_length": 24, "ip_port_id": "IP_PORT9"}
        found = [array.do("POST", "file_import_interface", given)]
    ids = {one["name"]: one["id"] for one in array.get("file_import_nas_server", select="id,name")}
    needed = {"remote_system_id": "name:unity1", "import_file_interface_id": found[0]["id"]}
    return {"name": "f1", "source_resource_id": ids[source], **needed, **more}


def start(array: Array, source: str = "vdm01", **more: Any) -> str:
    """Create a session; its id."""
    return str(array.do("POST", "file_import_session", body(array, source, **more))["id"])


def act(array: Array, action: str, order: Json | None = None) -> None:
    array.do("POST", f"{SESSION}/{action}", order)


def at(array: Array) -> tuple[str, str | None]:
    """State and operation of the session."""
    found = array.get(SESSION, select="state,current_operation")
    return found["state"], found["current_operation"]


def seen(array: Array, seconds: float) -> list[str]:
    """The operations that the session goes through while time passes."""
    found: list[str] = []
    for dummy in range(int(seconds * 4)):
        operation = at(array)[1]
        if operation and found[-1:] != [operation]:
            found.append(operation)
        array.clock.advance(0.25)
    return found


def fail(array: Array, operation: str | None) -> None:
    """Let an operation of vdm01 fail from now on, or none."""
    failures = {"vdm01": operation} if operation else {}
    array.platform.change({"type": "settings", "set": {"import_failures": failures}})


def test_the_whole_way(array: Array) -> None:
    start(array)
    assert tuple(seen(array, 15)) == WAY
    server = array.get("nas_server", select="id,name,file_systems(name),file_interfaces(ip_address)")
    assert [(one["name"], one["file_systems"], one["file_interfaces"]) for one in server] == [
        ("vdm01", [{"name": "vdm01-data"}], [])
    ]
    act(array, "cutover")
    assert tuple(seen(array, 15)) == REST
    (interface,) = array.get("file_interface", select="ip_address,nas_server_id")
    assert interface == {"ip_address": "192.0.2.101", "nas_server_id": server[0]["id"]}
    act(array, "commit")
    array.clock.advance(1.5)
    assert at(array)[0] == "Completed"
    (source,) = array.get("file_import_nas_server", select="name,non_importable_criteria")[:1]
    assert source["non_importable_criteria"] == ["Imported_Nas_Server_Already_Exists"]
    array.do("DELETE", SESSION)
    assert array.names("nas_server") == ["vdm01"]


def test_cancelled_when_clients_are_here_already(array: Array) -> None:
    start(array)
    array.clock.advance(20)
    act(array, "cutover")
    array.clock.advance(20)
    assert at(array) == ("In_Progress", "Ready_For_Commit")
    assert array.refused("DELETE", SESSION)[0] == 422
    act(array, "cancel")
    array.clock.advance(1.5)
    assert at(array)[0] == "Cancelled"
    assert array.get("nas_server") == [] and array.get("file_interface") == [] and array.get("file_system") == []
    array.do("DELETE", SESSION)
    start(array)


def test_the_progress_of_a_copy(array: Array) -> None:
    def percent() -> int | None:
        found: int | None = array.get(SESSION, select="current_operation_progress_percentage")[
            "current_operation_progress_percentage"
        ]
        return found

    start(array)
    assert percent() == 0
    array.clock.advance(1)
    array.get(SESSION)
    array.clock.advance(4)
    assert percent() == 40
    act(array, "pause")
    assert at(array) == ("Pausing", "Initial_Copy")
    paused = percent()
    array.clock.advance(20)
    assert (at(array), percent()) == (("Paused", "Initial_Copy"), paused)
    act(array, "resume")
    assert percent() == paused
    array.clock.advance(2)
    assert percent() == (paused or 0) + 20
    array.clock.advance(20)
    assert percent() == 100
    act(array, "cutover")
    assert percent() is None


@pytest.mark.parametrize("operation", ["Initial_Provisioning", "Initial_Copy", "Importing_Config"])
def test_a_failure_is_resumed(array: Array, operation: str) -> None:
    fail(array, operation)
    start(array)
    array.clock.advance(20)
    assert at(array) == ("Failed", operation) and array.get(SESSION, select="error")["error"]
    report = array.call("POST", f"{SESSION}/report")
    assert report.status == 200 and report.body["latest_failure_messages"][0]["recommended_action"]["message_l10n"]
    assert array.refused("DELETE", SESSION)[0] == 422
    fail(array, None)
    act(array, "resume")
    array.clock.advance(20)
    assert at(array) == ("In_Progress", "Ready_For_Cutover") and array.get(SESSION, select="error")["error"] is None


@pytest.mark.parametrize("answers", [True, False])
def test_a_cut_over_that_fails_is_rolled_back_if_the_source_answers(array: Array, answers: bool) -> None:
    start(array)
    array.clock.advance(20)
    fail(array, "Cutting_Over")
    act(array, "cutover")
    if not answers:
        lost = {"state": "Management_Connection_Lost"}
        array.platform.change({"type": "remote_system", "name": "unity1", "set": lost})
    array.clock.advance(2)
    if answers:
        assert at(array) == ("In_Progress", "Ready_For_Cutover") and array.names("nas_server") == ["vdm01"]
        return
    assert at(array) == ("Failed", "Cutting_Over") and array.names("nas_server") == []
    assert array.refused("POST", f"{SESSION}/resume")[0] == 422
    assert "does not respond" in array.refused("POST", f"{SESSION}/cancel")[1]
    act(array, "cancel", {"force": True})


def test_so_many_at_once(array: Array) -> None:
    array.platform.change({"type": "settings", "set": {"imports_at_once": 1}})
    start(array)
    start(array, "vdm04", name="f2", source_dhsm_username="u", source_dhsm_password="Password123!")
    second = "file_import_session/name:f2"
    assert array.get(second, select="state")["state"] == "Queued"
    array.clock.advance(20)
    array.get(SESSION)
    assert array.get(second, select="state")["state"] == "In_Progress"


def test_a_schedule_can_change_until_it_is_time(array: Array) -> None:
    start(array, scheduled_timestamp=LATER)
    assert at(array) == ("Scheduled", None)
    array.do("PATCH", SESSION, {"scheduled_timestamp": "2098-01-01T00:00:00Z", "description": "d"})
    act(array, "cancel")
    array.clock.advance(1.5)
    assert at(array)[0] == "Cancelled"
    assert array.refused("PATCH", SESSION, {"scheduled_timestamp": LATER})[0] == 422


@pytest.mark.parametrize(
    ("source", "more", "status", "words"),
    [
        ("vdm01", {"name": "two words"}, 400, "white space"),
        ("vdm01", {"name": "a/b"}, 400, "not allowed"),
        ("vdm01", {"name": "x" * 33}, 400, "too long"),
        ("vdm01", {"remote_system_id": "name:sc1"}, 422, "is not on remote system sc1"),
        ("vdm01", {"source_resource_id": "nope"}, 404, "nope"),
        ("vdm05", {}, 422, "cannot be imported: No_Production_File_Interfaces"),
        ("vdm02", {}, 422, "source_smb_admin_username and password are required"),
        ("vdm04", {}, 422, "source_dhsm_username and password are required"),
        ("vdm01", {"file_interfaces": [{"name": "nope", "ip_port_id": "IP_PORT9"}]}, 422, "no interface nope"),
        ("vdm01", {"file_interfaces": [{"name": "vdm01-prod", "ip_port_id": "nope"}]}, 404, "nope"),
        ("vdm01", {"protection_policy_id": "name:bronze-qos"}, 422, "of type QoS"),
        ("vdm01", {"scheduled_timestamp": "2020-01-01T00:00:00Z"}, 422, "in the past"),
    ],
)
def test_what_is_refused(array: Array, source: str, more: Json, status: int, words: str) -> None:
    answer = array.refused("POST", "file_import_session", body(array, source, **more))
    assert (answer[0], words in answer[1]) == (status, True), answer
    assert array.get("file_import_session") == []


def test_a_server_in_a_domain(array: Array) -> None:
    start(array, "vdm02", **SMB)
    array.clock.advance(20)
    assert "domain_admin_username" in array.refused("POST", f"{SESSION}/cutover")[1]
    act(array, "cutover", {"domain_admin_username": "admin", "domain_admin_password": "Password123!"})
    array.clock.advance(20)
    assert "domain_admin_username" in array.refused("POST", f"{SESSION}/cancel")[1]
    shown = array.get(SESSION, select="*")
    assert shown["source_smb_admin_username"] == "admin" and "Password123!" not in str(shown)


@pytest.mark.parametrize("action", ["cutover", "commit", "pause", "resume"])
def test_actions_at_the_wrong_time(array: Array, action: str) -> None:
    start(array, scheduled_timestamp=LATER)
    status, text = array.refused("POST", f"{SESSION}/{action}")
    assert (status, "in the Scheduled state" in text) == (422, True)


def test_what_an_import_uses_stays(array: Array) -> None:
    start(array)
    (interface,) = array.get("file_import_interface")
    assert array.refused("DELETE", f"file_import_interface/{interface['id']}")[0] == 422
    assert array.refused("DELETE", "remote_system/name:unity1")[0] == 422
    act(array, "cancel")
    array.clock.advance(1.5)
    array.get(SESSION)
    array.do("DELETE", f"file_import_interface/{interface['id']}")
    array.do("DELETE", "remote_system/name:unity1")
    assert array.get("file_import_nas_server") == []
