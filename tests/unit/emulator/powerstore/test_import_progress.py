# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Import sessions of volumes on the clock: progress, the queue, failures, cancel and clean-up."""

from __future__ import annotations

import pytest

from jobwise_emulator.exchange import Json
from tests.unit.emulator.powerstore.array import Array
from tests.unit.emulator.powerstore.imports import Imports

LATER = "2099-01-01T00:00:00Z"
UNREACHABLE = {"type": "remote_system", "name": "unity1", "set": {"state": "Management_Connection_Lost"}}
REACHABLE = {"type": "remote_system", "name": "unity1", "set": {"state": "OK"}}


def passed(imports: Imports, name: str, seconds: float) -> list[str]:
    """The states a session goes through while time passes, each once."""
    seen = [imports.show(name)["state"]]
    for dummy in range(int(seconds * 4)):
        imports.clock.advance(0.25)
        state = imports.show(name)["state"]
        if state != seen[-1]:
            seen.append(state)
    return seen


def test_a_non_disruptive_import(imports: Imports) -> None:
    imports.start("m1", "lun01")
    assert passed(imports, "m1", 30) == ["In_Progress", "Copy_In_Progress", "Ready_For_Cutover"]
    imports.act("m1", "cutover")
    assert passed(imports, "m1", 30) == ["Cutover_In_Progress", "Import_Completed"]
    shown = imports.show("m1")
    volume = imports.get(f"volume/{shown['destination_resource_id']}", select="name,size,type")
    assert volume == {"name": "lun01", "size": 10 * 1024**3, "type": "Primary"}
    assert (shown["destination_resource_type"], shown["progress_percentage"], shown["error"]) == ("volume", None, None)


def test_an_automatic_cutover(imports: Imports) -> None:
    imports.start("m1", "lun01", automatic_cutover=True)
    states = ["In_Progress", "Copy_In_Progress", "Ready_For_Cutover", "Cutover_In_Progress", "Import_Completed"]
    assert passed(imports, "m1", 30) == states


def test_an_agentless_import_waits_for_its_user_twice(imports: Imports) -> None:
    imports.start("m1", "lun05", type="Agentless", automatic_cutover=True)
    assert passed(imports, "m1", 30) == ["In_Progress", "Mirror_Enabled"]
    assert imports.names("volume", name="eq.lun05") == ["lun05"]
    imports.act("m1", "enable_destination_volume", {})
    assert passed(imports, "m1", 30) == ["Ready_To_Start_Copy"]
    imports.act("m1", "start_copy")
    states = ["Copy_In_Progress", "Ready_For_Cutover", "Cutover_In_Progress", "Import_Completed"]
    assert passed(imports, "m1", 30) == states


def test_numbers_while_it_copies(imports: Imports) -> None:
    imports.start("m1", "lun02")
    shown = imports.show("m1")
    assert (shown["progress_percentage"], shown["estimated_completion_timestamp"]) == (0, None)
    imports.clock.advance(7)
    shown = imports.show("m1")
    assert shown["progress_percentage"] == 50
    assert shown["average_transfer_rate"] == shown["current_transfer_rate"] == 2 * 1024**3
    now = imports.get("cluster/0", select="system_time")["system_time"]
    assert shown["last_update_timestamp"] == now < shown["estimated_completion_timestamp"]
    imports.clock.advance(4.5)
    assert imports.show("m1")["progress_percentage"] == 95
    imports.clock.advance(1)
    shown = imports.show("m1")
    assert (shown["state"], shown["progress_percentage"]) == ("Ready_For_Cutover", 100)
    nothing = ("average_transfer_rate", "current_transfer_rate", "estimated_completion_timestamp")
    assert [shown[name] for name in nothing] == [None] * 3


def test_a_paused_copy_goes_on_where_it_was(imports: Imports) -> None:
    imports.start("m1", "lun01")
    imports.clock.advance(4)
    imports.act("m1", "pause")
    assert imports.show("m1")["progress_percentage"] == 40
    imports.clock.advance(1000)
    shown = imports.show("m1")
    assert (shown["state"], shown["progress_percentage"], shown["current_transfer_rate"]) == ("Paused", 40, None)
    imports.act("m1", "resume")
    imports.clock.advance(5.5)
    assert imports.show("m1")["progress_percentage"] == 95
    imports.clock.advance(1)
    assert imports.states() == {"m1": "Ready_For_Cutover"}


def test_the_speed_of_the_clock_divides_everything(imports: Imports) -> None:
    imports.clock.speed = 100
    imports.start("m1", "lun01", automatic_cutover=True)
    imports.clock.advance(0.1)
    assert imports.show("m1")["current_transfer_rate"] == 100 * 1024**3
    imports.clock.advance(0.2)
    assert imports.states() == {"m1": "Import_Completed"}


def test_two_copy_at_once_and_the_rest_queue_in_order(imports: Imports) -> None:
    for number in (1, 2, 3, 4):
        imports.do("POST", "import_session", imports.body(f"m{number}", f"lun0{number}"), is_async="true")
    imports.clock.advance(2)
    assert imports.states() == {"m1": "In_Progress", "m2": "In_Progress", "m3": "Queued", "m4": "Queued"}
    imports.clock.advance(2)
    imports.act("m1", "pause")
    imports.act("m4", "cancel")
    imports.clock.advance(1)
    expected = {"m1": "Paused", "m2": "Copy_In_Progress", "m3": "Queued", "m4": "Cancelled"}
    assert imports.states() == expected
    imports.clock.advance(5)
    assert imports.states() == {**expected, "m2": "Ready_For_Cutover", "m3": "In_Progress"}


def test_how_many_copy_at_once_is_a_setting(imports: Imports) -> None:
    imports.settings(imports_at_once=1)
    for number in (1, 2, 3):
        imports.start(f"m{number}", f"lun0{number}")
    assert sorted(imports.states().values()) == ["Copy_In_Progress", "Queued", "Queued"]
    order = []
    for dummy in range(100):
        imports.clock.advance(0.5)
        order += [name for name, state in imports.states().items() if state == "Copy_In_Progress"]
    assert list(dict.fromkeys(order)) == ["m1", "m2", "m3"]
    imports.platform.reset()
    imports.login()
    assert imports.platform.world.settings["imports_at_once"] == 2


def test_a_long_jump_in_time_gives_the_same_as_small_steps(imports: Imports) -> None:
    for number in (1, 2, 3, 4):
        imports.start(f"m{number}", f"lun0{number}", automatic_cutover=True)
    imports.clock.advance(600)
    assert set(imports.states().values()) == {"Import_Completed"}
    ends = [imports.show(f"m{number}")["last_update_timestamp"] for number in (1, 2, 3, 4)]
    assert ends == sorted(ends)
    assert ends[0] < ends[2]


def test_settings_come_with_a_seed_too() -> None:
    array = Array(seed={"settings": {"imports_at_once": 7}})
    assert array.platform.world.settings["imports_at_once"] == 7
    assert "unity1" in array.platform.world.settings["discoverable"]
    with pytest.raises(ValueError, match="no setting 'imports_at_onec'"):
        Array(seed={"settings": {"imports_at_onec": 7}})


def test_a_copy_that_fails(imports: Imports) -> None:
    imports.settings(import_failures={"lun01": 40, "lun05": 40})
    imports.start("m1", "lun01")
    assert passed(imports, "m1", 5.5) == ["In_Progress", "Copy_In_Progress"]
    assert passed(imports, "m1", 1) == ["Copy_In_Progress", "Failed"]
    shown = imports.show("m1")
    assert shown["error"]["arguments"] == ["m1"]
    assert set(shown["error"]) == {"code", "message_l10n", "arguments"}
    assert (shown["progress_percentage"], shown["destination_resource_id"]) == (None, None)
    assert imports.names("volume", name="eq.lun01") == []
    assert imports.criteria("lun01") == "Ready"


def test_an_agentless_copy_that_fails_has_to_be_cancelled(imports: Imports) -> None:
    imports.settings(import_failures={"lun05": 40})
    imports.start("m1", "lun05", type="Agentless")
    imports.clock.advance(2)
    imports.act("m1", "enable_destination_volume")
    imports.act("m1", "start_copy")
    assert passed(imports, "m1", 10) == ["Copy_In_Progress", "Cancel_Required"]
    assert imports.show("m1")["error"]["code"]
    assert imports.names("volume", name="eq.lun05") == ["lun05"]
    imports.act("m1", "cancel")
    assert passed(imports, "m1", 3) == ["Cancel_In_Progress", "Cancelled"]
    assert imports.names("volume", name="eq.lun05") == []
    assert imports.criteria("lun05") == "Ready_For_Agentless_Import"


def test_a_cutover_that_fails(imports: Imports) -> None:
    imports.settings(import_failures={"lun01": "cutover"})
    imports.start("m1", "lun01", automatic_cutover=True)
    imports.clock.advance(20)
    assert (imports.states(), imports.show("m1")["error"]["arguments"]) == ({"m1": "Failed"}, ["m1"])


def test_cancel_rolls_back(imports: Imports) -> None:
    imports.start("m1", "lun01", volume_group_id="name:app01")
    imports.clock.advance(8)
    app01 = imports.get("volume_group/name:app01", select="is_importing,volumes(name)")
    assert app01["is_importing"] is True
    assert "lun01" in [volume["name"] for volume in app01["volumes"]]
    imports.clock.advance(10)
    imports.act("m1", "cancel", {"force": False})
    assert passed(imports, "m1", 3) == ["Cancel_In_Progress", "Cancelled"]
    app01 = imports.get("volume_group/name:app01", select="is_importing,volumes(name)")
    assert (app01["is_importing"], len(app01["volumes"])) == (False, 2)
    assert imports.names("volume", name="eq.lun01") == []
    assert imports.criteria("lun01") == "Ready"


def test_a_group_is_importing_until_the_last_session_is_over(imports: Imports) -> None:
    for number in (1, 2):
        imports.start(f"m{number}", f"lun0{number}", volume_group_id="name:app01")
    imports.clock.advance(20)
    for number, importing in ((1, True), (2, False)):
        imports.act(f"m{number}", "cutover")
        imports.clock.advance(2)
        assert imports.get("volume_group/name:app01", select="is_importing") == {"is_importing": importing}


def test_the_protection_policy_is_applied_after_the_cutover(imports: Imports) -> None:
    imports.start("m1", "lun01", protection_policy_id="name:gold")
    imports.clock.advance(20)
    policy: Json = {"select": "protection_policy(name)"}
    assert imports.get("volume/name:lun01", **policy) == {"protection_policy": None}
    imports.act("m1", "cutover")
    imports.clock.advance(2)
    assert imports.get("volume/name:lun01", **policy) == {"protection_policy": {"name": "gold"}}


def test_a_taken_name_gets_a_number(imports: Imports) -> None:
    imports.do("POST", "volume", {"name": "LUN01", "size": 1048576})
    imports.start("m1", "lun01")
    imports.clock.advance(4)
    assert imports.names("volume", name="ilike.lun01*") == ["LUN01", "lun01.2"]


@pytest.mark.parametrize(("force", "state"), [(False, "Cleanup_Required"), (True, "Cancelled")])
def test_cancel_when_the_source_does_not_answer(imports: Imports, force: bool, state: str) -> None:
    imports.start("m1", "lun01")
    imports.clock.advance(20)
    imports.change(UNREACHABLE)
    imports.act("m1", "cancel", {"force": force})
    imports.clock.advance(2)
    assert imports.states() == {"m1": state}
    assert imports.names("volume", name="eq.lun01") == ["lun01"]


@pytest.mark.parametrize(("repaired", "state"), [(True, "Cancelled"), (False, "Cleanup_Failed")])
def test_clean_up_after_a_cancel_that_did_not_work(imports: Imports, repaired: bool, state: str) -> None:
    imports.start("m1", "lun01")
    imports.clock.advance(20)
    imports.change(UNREACHABLE)
    imports.act("m1", "cancel")
    imports.clock.advance(2)
    if repaired:
        imports.change(REACHABLE)
    imports.act("m1", "cleanup")
    assert passed(imports, "m1", 3) == ["Cleanup_In_Progress", state]


def test_clean_up_of_what_was_not_cancelled_ends_in_failed(imports: Imports) -> None:
    imports.start("m1", "lun01")
    imports.force("m1", "Cleanup_Required")
    imports.act("m1", "cleanup")
    imports.clock.advance(2)
    assert imports.states() == {"m1": "Failed"}


def test_a_job_finds_out_that_the_state_has_changed(imports: Imports) -> None:
    imports.start("m1", "lun01")
    imports.clock.advance(9.5)
    job = imports.do("POST", "import_session/name:m1/pause", is_async="true")["id"]
    imports.clock.advance(3)
    found = imports.job(job)
    assert (found["phase"], found["response_status"]) == ("Failed", "422")
    assert "Ready_For_Cutover state" in found["response_body"]["messages"][0]["message_l10n"]


def test_filters_that_a_client_waits_with(imports: Imports) -> None:
    imports.start("wave-1", "lun01")
    imports.clock.advance(1)
    imports.start("wave-2", "lun02")
    assert imports.names("import_session", state="in.(In_Progress,Copy_In_Progress)") == ["wave-1", "wave-2"]
    assert imports.names("import_session", name="ilike.WAVE-*", progress_percentage="gt.0") == ["wave-1"]
    found = imports.get("remote_system/name:unity1", select="import_sessions(name)")
    assert found == {"import_sessions": [{"name": "wave-1"}, {"name": "wave-2"}]}
    assert imports.refused("GET", "import_session", error="is.null")[0] == 400
