# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Import sessions of consistency groups: members, and how the group's state follows from theirs."""

from __future__ import annotations

import pytest

from tests.unit.emulator.powerstore.imports import Imports

MEMBERS = ("g1.lun10", "g1.lun11", "g1.lun12")
UNREACHABLE = {"type": "remote_system", "name": "unity1", "set": {"state": "Management_Connection_Lost"}}
REACHABLE = {"type": "remote_system", "name": "unity1", "set": {"state": "OK"}}


@pytest.fixture
def grouped(imports: Imports) -> Imports:
    """With session ``g1`` of group ``cg01``, just begun, and room for all its members."""
    imports.settings(imports_at_once=10)
    imports.start("g1", "cg01")
    return imports


def test_a_group_has_sessions_for_its_members(grouped: Imports) -> None:
    imports = grouped
    assert imports.names("import_session") == ["g1", *MEMBERS]
    key = imports.key("import_session", "g1")
    assert imports.names("import_session", parent_session_id=f"eq.{key}") == list(MEMBERS)
    assert imports.names("import_session", parent_session_id="is.null") == ["g1"]
    assert imports.show("g1.lun10")["source_resource_id"] == imports.source("lun10")
    assert imports.criteria("cg01") == imports.criteria("lun10") == "In_Progress"


def test_a_group_stays_in_progress_until_all_members_are_ready(imports: Imports) -> None:
    imports.start("g1", "cg01", protection_policy_id="name:gold")
    seen = set()
    while imports.show("g1")["state"] != "Ready_For_Cutover":
        seen.add((imports.show("g1")["state"], "Queued" in imports.states().values()))
        imports.clock.advance(1)
    assert seen == {("In_Progress", True), ("In_Progress", False)}
    assert set(imports.states().values()) == {"Ready_For_Cutover"}
    imports.act("g1", "cutover")
    assert set(imports.states().values()) == {"Cutover_In_Progress"}
    imports.clock.advance(1)
    assert set(imports.states().values()) == {"Import_Completed"}
    shown = imports.show("g1")
    assert shown["destination_resource_type"] == "volume_group"
    group = imports.get(f"volume_group/{shown['destination_resource_id']}", select="*,volumes(name,id)")
    assert (group["name"], group["is_importing"]) == ("cg01", False)
    assert [volume["name"] for volume in group["volumes"]] == ["lun10", "lun11", "lun12"]
    assert imports.show("g1.lun10")["destination_resource_id"] == group["volumes"][0]["id"]
    assert group["protection_policy_id"] == imports.key("policy", "gold")
    assert imports.get("volume/name:lun10", select="protection_policy_id") == {"protection_policy_id": None}
    assert imports.criteria("cg01") == imports.criteria("lun12") == "Imported"


def test_progress_of_a_group_is_that_of_its_members(grouped: Imports) -> None:
    grouped.clock.advance(7)
    assert grouped.show("g1")["progress_percentage"] == 50
    assert grouped.get("volume_group/name:cg01", select="is_importing") == {"is_importing": True}
    grouped.clock.advance(6)
    assert grouped.show("g1")["progress_percentage"] == 100


def test_an_automatic_cutover_of_a_group(imports: Imports) -> None:
    imports.start("g1", "cg01", automatic_cutover=True)
    imports.clock.advance(100)
    assert set(imports.states().values()) == {"Import_Completed"}


def test_a_scheduled_group_takes_its_members_along(imports: Imports) -> None:
    imports.start("g1", "cg01", scheduled_timestamp="2099-01-01T00:00:00Z")
    assert set(imports.states().values()) == {"Scheduled"}
    imports.do("PATCH", "import_session/name:g1", {"scheduled_timestamp": "2098-01-01T00:00:00Z"})
    assert imports.show("g1.lun10")["scheduled_timestamp"] == "2098-01-01T00:00:00Z"
    imports.act("g1", "cancel")
    imports.clock.advance(1)
    assert set(imports.states().values()) == {"Cancelled"}


def test_a_group_waits_in_the_queue_as_one(imports: Imports) -> None:
    imports.start("m1", "lun01")
    imports.start("m2", "lun02")
    imports.start("g1", "cg01")
    assert {imports.states()[name] for name in ("g1", *MEMBERS)} == {"Queued"}
    imports.clock.advance(9)
    assert imports.states()["g1"] == "In_Progress"


def test_a_group_is_paused_through_its_members(grouped: Imports) -> None:
    imports = grouped
    status, text = imports.refused("POST", "import_session/name:g1/pause")
    assert (status, "In_Progress state" in text) == (422, True)
    imports.clock.advance(4)
    imports.act("g1", "pause")
    assert set(imports.states().values()) == {"Paused"}
    imports.clock.advance(100)
    assert set(imports.states().values()) == {"Paused"}
    imports.act("g1", "resume")
    assert imports.states()["g1"] == "In_Progress"
    assert {imports.states()[name] for name in MEMBERS} == {"Copy_In_Progress"}
    imports.clock.advance(10)
    assert imports.states()["g1"] == "Ready_For_Cutover"


def test_members_that_come_later_wait_while_the_group_is_paused(imports: Imports) -> None:
    imports.start("g1", "cg01")
    imports.clock.advance(5)
    imports.act("g1", "pause")
    imports.clock.advance(100)
    expected = {"g1": "Paused", "g1.lun10": "Paused", "g1.lun11": "Paused", "g1.lun12": "Queued"}
    assert imports.states() == expected
    imports.act("g1", "resume")
    imports.clock.advance(100)
    assert set(imports.states().values()) == {"Ready_For_Cutover"}


def test_a_member_in_its_set_up_waits_while_the_group_is_paused(grouped: Imports) -> None:
    grouped.clock.advance(4)
    grouped.force("g1.lun12", "In_Progress")
    grouped.act("g1", "pause")
    assert grouped.states()["g1.lun12"] == "In_Progress"
    grouped.clock.advance(2)
    assert grouped.states()["g1.lun12"] == "Paused"


def test_a_resumed_group_may_be_ready_at_once(grouped: Imports) -> None:
    grouped.force("g1", "Paused")
    for name in MEMBERS:
        grouped.force(name, "Ready_For_Cutover")
    assert grouped.states()["g1"] == "Paused"
    grouped.do("POST", "import_session/name:g1/resume")
    assert grouped.states()["g1"] == "Ready_For_Cutover"


def test_members_of_an_agentless_group_are_driven_one_by_one(imports: Imports) -> None:
    imports.start("g1", "cg03", type="Agentless")
    imports.clock.advance(2)
    members = ("g1.cg03-lun1", "g1.cg03-lun2")
    assert imports.states() == {"g1": "In_Progress", members[0]: "Mirror_Enabled", members[1]: "Mirror_Enabled"}
    assert imports.refused("POST", "import_session/name:g1/enable_destination_volume")[0] == 422
    for member in members:
        imports.act(member, "enable_destination_volume")
        imports.act(member, "start_copy")
    imports.clock.advance(20)
    assert imports.states() == {"g1": "Ready_For_Cutover", **dict.fromkeys(members, "Ready_For_Cutover")}


@pytest.mark.parametrize("action", ["cutover", "cleanup"])
def test_what_is_done_to_the_group_only(grouped: Imports, action: str) -> None:
    grouped.force("g1.lun10", "Ready_For_Cutover" if action == "cutover" else "Cleanup_Required")
    status, text = grouped.refused("POST", f"import_session/name:g1.lun10/{action}")
    assert (status, "the group's session" in text) == (422, True)


def test_members_are_neither_rescheduled_nor_deleted(grouped: Imports) -> None:
    grouped.force("g1", "Cancelled")
    grouped.force("g1.lun10", "Cancelled")
    assert grouped.refused("DELETE", "import_session/name:g1.lun10")[0] == 422
    grouped.force("g1.lun10", "Scheduled")
    body = {"scheduled_timestamp": "2099-01-01T00:00:00Z"}
    assert grouped.refused("PATCH", "import_session/name:g1.lun10", body)[0] == 422
    grouped.do("DELETE", "import_session/name:g1")
    assert grouped.get("import_session") == []


def test_cancel_of_a_group(grouped: Imports) -> None:
    grouped.clock.advance(5)
    grouped.act("g1", "cancel")
    assert set(grouped.states().values()) == {"Cancel_In_Progress"}
    grouped.clock.advance(1)
    assert set(grouped.states().values()) == {"Cancelled"}
    assert "cg01" not in grouped.names("volume_group")
    assert grouped.names("volume", name="ilike.lun*") == []
    assert grouped.criteria("cg01") == grouped.criteria("lun10") == "Ready"


def test_a_member_that_fails_takes_the_group_back(grouped: Imports) -> None:
    grouped.settings(import_failures={"lun11": 40})
    grouped.clock.advance(6.5)
    assert grouped.states()["g1"] == "Cleanup_In_Progress"
    grouped.clock.advance(1)
    expected = {"g1": "Failed", "g1.lun10": "Cancelled", "g1.lun11": "Failed", "g1.lun12": "Cancelled"}
    assert grouped.states() == expected
    assert grouped.show("g1")["error"] == grouped.show("g1.lun11")["error"]
    assert grouped.show("g1")["progress_percentage"] is None
    assert grouped.criteria("cg01") == "Ready"
    grouped.act("g1", "cancel")
    grouped.clock.advance(1)
    assert grouped.states()["g1"] == "Cancelled"


def test_a_cancelled_member_takes_the_group_back(grouped: Imports) -> None:
    grouped.clock.advance(5)
    grouped.act("g1.lun10", "cancel")
    grouped.clock.advance(5)
    assert set(grouped.states().values()) == {"Failed", "Cancelled"}
    assert grouped.states()["g1"] == "Failed"


def test_an_agentless_member_that_fails_asks_for_a_cancel(imports: Imports) -> None:
    imports.settings(import_failures={"cg03-lun2": 40})
    imports.start("g1", "cg03", type="Agentless")
    imports.clock.advance(2)
    for name in ("g1.cg03-lun1", "g1.cg03-lun2"):
        imports.act(name, "enable_destination_volume")
        imports.act(name, "start_copy")
    imports.clock.advance(5)
    assert (imports.states()["g1"], imports.states()["g1.cg03-lun2"]) == ("Cancel_Required", "Cancel_Required")
    imports.act("g1", "cancel")
    imports.clock.advance(1)
    assert set(imports.states().values()) == {"Cancelled"}


def test_a_cutover_that_is_incomplete_is_repeated(grouped: Imports) -> None:
    grouped.settings(import_failures={"lun11": "cutover"})
    grouped.clock.advance(12)
    grouped.act("g1", "cutover")
    grouped.clock.advance(1)
    expected = {"g1.lun10": "Import_Completed", "g1.lun11": "Ready_For_Cutover", "g1.lun12": "Import_Completed"}
    assert grouped.states() == {"g1": "Import_Cutover_Incomplete", **expected}
    assert grouped.show("g1")["error"]["arguments"] == ["g1.lun11"]
    grouped.act("g1", "cutover")
    grouped.clock.advance(1)
    assert set(grouped.states().values()) == {"Import_Completed"}
    assert grouped.show("g1")["error"] is None


def test_cancel_of_an_incomplete_cutover_keeps_what_is_cut_over(grouped: Imports) -> None:
    grouped.settings(import_failures={"lun11": "cutover"})
    grouped.clock.advance(12)
    grouped.act("g1", "cutover")
    grouped.clock.advance(1)
    grouped.act("g1", "cancel")
    grouped.clock.advance(1)
    assert (grouped.states()["g1"], grouped.states()["g1.lun11"]) == ("Cancelled", "Cancelled")
    assert grouped.names("volume", name="ilike.lun*") == ["lun10", "lun12"]


def test_a_forced_cancel_without_the_source_rolls_nothing_back(grouped: Imports) -> None:
    grouped.clock.advance(5)
    grouped.change(UNREACHABLE)
    grouped.act("g1", "cancel", {"force": True})
    grouped.clock.advance(1)
    assert set(grouped.states().values()) == {"Cancelled"}
    group = grouped.get("volume_group/name:cg01", select="volumes(name)")
    assert len(group["volumes"]) == 3
    assert grouped.show("g1")["destination_resource_id"]


def test_a_cancel_that_fails_is_repeated(grouped: Imports) -> None:
    grouped.clock.advance(5)
    grouped.change(UNREACHABLE)
    grouped.act("g1", "cancel")
    grouped.clock.advance(1)
    assert set(grouped.states().values()) == {"Cancel_Failed"}
    grouped.change(REACHABLE)
    grouped.act("g1", "cancel")
    grouped.clock.advance(1)
    assert set(grouped.states().values()) == {"Cancelled"}


@pytest.mark.parametrize(("repaired", "state"), [(True, "Failed"), (False, "Cleanup_Failed")])
def test_a_roll_back_that_needs_a_clean_up(grouped: Imports, repaired: bool, state: str) -> None:
    grouped.settings(import_failures={"lun11": 40})
    grouped.change(UNREACHABLE)
    grouped.clock.advance(9)
    assert grouped.states()["g1"] == "Cleanup_Required"
    if repaired:
        grouped.change(REACHABLE)
    grouped.act("g1", "cleanup")
    assert grouped.states()["g1"] == "Cleanup_In_Progress"
    grouped.clock.advance(1)
    assert grouped.states()["g1"] == state


def test_a_forced_group_holds_its_members(grouped: Imports) -> None:
    grouped.clock.advance(5)
    grouped.force("g1", "Ready_For_Cutover")
    before = grouped.states()
    grouped.clock.advance(100)
    assert grouped.states() == before
    grouped.act("g1", "cutover")
    grouped.clock.advance(1)
    assert set(grouped.states().values()) == {"Import_Completed"}


def test_forced_members_move_their_group(grouped: Imports) -> None:
    for name in MEMBERS:
        grouped.force(name, "Ready_For_Cutover")
    assert grouped.states()["g1"] == "Ready_For_Cutover"


def test_other_systems(imports: Imports) -> None:
    imports.start("s1", "scvol01")
    imports.start("s2", "sccg01", type="Agentless")
    imports.start("u1", "unicg01", type="Agentless")
    unnamed = imports.get("import_universal_volume", name="is.null", select="wwn")[0]["wwn"]
    members = imports.names("import_session", parent_session_id="not.is.null")
    assert members == ["s2.scvol02", "s2.scvol03", f"u1.{unnamed}"]
