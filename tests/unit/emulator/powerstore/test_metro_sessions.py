# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Metro of volumes, and how the session of a volume or a group comes up and goes."""

from __future__ import annotations

import pytest

from jobwise_emulator.exchange import Json
from tests.unit.emulator.powerstore.array import Array

WEB = "volume/name:web01"
GROUP = "volume_group/name:app01"
STRETCH = {"remote_system_id": "name:remote1"}
GIB = 1024**3
PHASE = 1.0


@pytest.fixture
def metro(array: Array) -> Array:
    """The array with web01 stretched to the second site."""
    array.do("POST", f"{WEB}/configure_metro", STRETCH)
    return array


def session_of(array: Array, path: str) -> str:
    return str(array.get(path, select="metro_replication_session_id")["metro_replication_session_id"])


def set_session(array: Array, **values: object) -> None:
    array.platform.change({"type": "replication_session", "id": session_of(array, WEB), "set": values})


@pytest.mark.parametrize("path", [WEB, GROUP])
def test_a_session_comes_up_in_phases(array: Array, path: str) -> None:
    key = array.do("POST", f"{path}/configure_metro", STRETCH)["metro_replication_session_id"]
    seen = []
    for _phase in range(5):
        seen.append(tuple(array.get(f"replication_session/{key}", select="state,data_transfer_state").values()))
        array.clock.advance(PHASE)
    assert seen == [
        ("Initializing", "System_Asynchronous_Initial_Sync"),
        ("Synchronizing", "System_Asynchronous_Initial_Sync"),
        ("Switching_To_Metro_Sync", "Switch_To_Sync_Diff_Copy"),
        ("OK", "Active_Active"),
        ("OK", "Active_Active"),
    ]


def test_a_phase_takes_as_long_as_the_setting_says(array: Array) -> None:
    array.platform.change({"type": "settings", "set": {"replication_phase_seconds": 3600}})
    array.do("POST", f"{WEB}/configure_metro", STRETCH)
    key = session_of(array, WEB)
    for hours, state in ((0.9, "Initializing"), (0.2, "Synchronizing"), (1, "Switching_To_Metro_Sync"), (1, "OK")):
        array.clock.advance(3600 * hours)
        assert array.get(f"replication_session/{key}", select="state") == {"state": state}


def test_what_a_session_says_of_its_two_sides(metro: Array) -> None:
    found = metro.get(f"replication_session/{session_of(metro, WEB)}", select="*,volumes(name),remote_system(name)")
    shown = ("type", "role", "resource_type", "local_resource_state", "data_connection_state", "volumes")
    assert [found[name] for name in shown] == [
        *("Metro_Active_Active", "Metro_Preferred", "volume", "System_Defined", "OK", [{"name": "web01"}])
    ]
    assert found["remote_system"] == {"name": "remote1"}
    assert [one["local_storage_element_id"] for one in found["storage_element_pairs"]] == [metro.key("volume", "web01")]
    metro.do("POST", f"{GROUP}/configure_metro", STRETCH)
    pairs = metro.get(f"replication_session/{session_of(metro, GROUP)}", select="storage_element_pairs")
    assert len(pairs["storage_element_pairs"]) == 2


def test_a_state_set_by_somebody_else_is_held(metro: Array) -> None:
    set_session(metro, state="Paused")
    metro.clock.advance(60)
    found = metro.get(f"replication_session/{session_of(metro, WEB)}", select="state,data_transfer_state")
    assert found == {"state": "Paused", "data_transfer_state": "Paused"}


@pytest.mark.parametrize("path", [WEB, GROUP])
def test_a_session_is_there_for_a_while_after_its_end(array: Array, path: str) -> None:
    key = array.do("POST", f"{path}/configure_metro", STRETCH)["metro_replication_session_id"]
    array.do("POST", f"{path}/end_metro")
    assert array.get(path, select="metro_replication_session_id") == {"metro_replication_session_id": None}
    assert array.get(f"replication_session/{key}", select="state") == {"state": "Deleting"}
    array.clock.advance(PHASE)
    assert array.code("GET", f"replication_session/{key}")[0] == 404


@pytest.mark.parametrize(
    ("path", "body", "refusal"),
    [
        (f"{WEB}/configure_metro", STRETCH, (400, "0xE0A070010060")),
        (f"{GROUP}/configure_metro", STRETCH, (400, "0xE0A060010060")),
        ("volume/name:web02/configure_metro", {"remote_system_id": "nothing"}, (404, "0xE04040020009")),
        ("volume/name:web02/configure_metro", {"remote_system_id": "name:unity1"}, (422, "0xE0A070010064")),
        ("volume/name:web02/end_metro", None, (400, "0xE0A070010062")),
        ("volume_group/name:app01-test/end_metro", None, (400, "0xE0A060010062")),
        ("volume/name:app01-data/end_metro", None, (400, "0xE0A070010068")),
        ("volume/name:app01-test.app01-data/configure_metro", STRETCH, (400, "0xE0A050010072")),
        ("volume/name:s1/configure_metro", STRETCH, (422, "0xE0A070010061")),
        ("volume/name:c1/configure_metro", STRETCH, (422, "0xE0A070010066")),
        ("volume/name:web03/configure_metro", STRETCH, (422, "0xE0A070010067")),
        ("volume/name:web04/configure_metro", STRETCH, (422, "0xE0A070010050")),
    ],
)
def test_metro_is_refused(metro: Array, path: str, body: Json | None, refusal: tuple[int, str]) -> None:
    metro.do("POST", f"{GROUP}/configure_metro", STRETCH)
    metro.do("POST", "volume/name:web02/snapshot", {"name": "s1"})
    metro.do("POST", f"{WEB}/clone", {"name": "c1"})
    rule = {"name": "r", "rpo": "One_Hour", "remote_system_id": metro.key("remote_system", "remote1")}
    rule_id = metro.platform.change({"type": "replication_rule", "create": rule})["id"]
    policy = {"name": "p", "type": "Protection", "replication_rule_ids": [rule_id]}
    key = metro.platform.change({"type": "policy", "create": policy})["id"]
    metro.platform.change({"type": "volume", "name": "web03", "set": {"protection_policy_id": key}})
    metro.platform.change({"type": "volume", "name": "web04", "set": {"is_replication_destination": True}})
    session = {"role": "Destination", "local_resource_id": metro.key("volume", "web04")}
    metro.platform.change({"type": "replication_session", "create": session})
    assert metro.code("POST", path, body) == refusal


@pytest.mark.parametrize("silent", [f"{WEB}/end_metro", "volume/name:web02/configure_metro"])
def test_a_side_that_does_not_answer(metro: Array, silent: str) -> None:
    lost = {"state": "Management_Connection_Lost"}
    metro.platform.change({"type": "remote_system", "name": "remote1", "set": lost})
    body = STRETCH if "configure" in silent else {}
    assert metro.code("POST", silent, body) == (422, "0xE0A070010065")
    metro.do("POST", f"{WEB}/end_metro", {"force": True})


@pytest.mark.parametrize(
    ("state", "allowed"),
    [
        ("OK", []),
        ("Fractured", ["size", "refresh", "restore"]),
        ("Paused", ["size", "refresh", "restore", "text", "name"]),
    ],
)
def test_what_a_metro_volume_takes_in_a_state(metro: Array, state: str, allowed: list[str]) -> None:
    metro.do("POST", f"{WEB}/snapshot", {"name": "s1"})
    metro.do("POST", f"{WEB}/clone", {"name": "c1"})
    set_session(metro, state=state)
    writes: dict[str, tuple[str, str, Json]] = {
        "size": ("PATCH", "", {"size": 60 * GIB}),
        "refresh": ("POST", "/refresh", {"from_object_id": "name:c1", "create_backup_snap": False}),
        "restore": ("POST", "/restore", {"from_snap_id": "name:s1", "create_backup_snap": False}),
        "text": ("PATCH", "", {"description": "x", "size": 70 * GIB}),
        "name": ("PATCH", "", {"name": "web01"}),
    }
    for what, (method, path, body) in writes.items():
        if what in allowed:
            metro.do(method, WEB + path, body)
        else:
            assert metro.code(method, WEB + path, body) == (422, "0xE0A070010051"), what


def test_the_name_is_changed_at_the_preferred_side(metro: Array) -> None:
    set_session(metro, state="Paused", role="Metro_Non_Preferred")
    for body in ({"name": "new"}, {"performance_policy_id": "default_high"}):
        assert metro.code("PATCH", WEB, body) == (422, "0xE0A070010052")
    metro.do("PATCH", WEB, {"description": "x"})


def test_a_metro_volume_is_not_deleted(metro: Array) -> None:
    assert metro.code("DELETE", WEB) == (422, "0xE0A070010043")
    metro.do("POST", f"{WEB}/end_metro", {"delete_remote_volume": True})
    metro.do("DELETE", WEB)


def test_only_the_side_that_is_not_preferred_becomes_it(metro: Array) -> None:
    path, body = f"replication_session/{session_of(metro, WEB)}", {"role": "Metro_Preferred"}
    assert "is the preferred side already" in metro.refused("PATCH", path, body)[1]
    set_session(metro, role="Metro_Non_Preferred", state="Fractured")
    assert "in state Fractured" in metro.refused("PATCH", path, body)[1]
    set_session(metro, state="OK")
    for role in ("Metro_Non_Preferred", "Source"):
        assert metro.refused("PATCH", path, {"role": role})[0] == 422
    metro.do("PATCH", path, body)
    assert metro.get(path, select="role") == body


def test_no_other_session_changes_its_role(array: Array) -> None:
    rule = {"name": "there", "rpo": "One_Hour", "remote_system_id": "name:remote1"}
    array.do("POST", "replication_rule", rule)
    array.do("POST", "policy", {"name": "p", "replication_rule_ids": ["name:there"]})
    array.do("PATCH", WEB, {"protection_policy_id": "name:p"})
    key = array.get("replication_session")[0]["id"]
    path = f"replication_session/{key}"
    assert array.refused("PATCH", path, {"role": "Metro_Preferred"})[0] == 422
    array.do("PATCH", path, {})
