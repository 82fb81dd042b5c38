# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of volumes by attribute and by action: what the array refuses, with which status and code."""

from __future__ import annotations

import pytest

from jobwise_emulator.exchange import Json
from tests.unit.emulator.powerstore.array import Array

MIB, GIB = 1024**2, 1024**3
WEB = "volume/name:web01"
LATER = "2099-01-01T00:00:00Z"


def change(array: Array, kind: str, name: str, **values: object) -> None:
    array.platform.change({"type": kind, "name": name, "set": values})


def session(array: Array, name: str, **values: object) -> str:
    """A session that replicates to a volume; its id."""
    change(array, "volume", name, is_replication_destination=True)
    order = {"role": "Destination", "state": "OK", "local_resource_id": array.key("volume", name), **values}
    return str(array.platform.change({"type": "replication_session", "create": order})["id"])


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({"size": MIB - 8192}, (422, "0xE0A070010025")),
        ({"size": MIB + 1}, (400, "0xE0A070010022")),
        ({"min_size": MIB + 1}, (400, "0xE0A070010022")),
        ({"min_size": GIB}, (400, "0xE0A070010026")),
        ({"size": 2**48 + 8192}, (400, "0xE04040030001")),
        ({"sector_size": 1024}, (400, "0xE0A070010023")),
        ({"name": " "}, (400, "0xE0A020010002")),
        ({"name": "a\tb"}, (400, "0xE0A020010001")),
        ({"description": "a\nb"}, (400, "0xE0A020010001")),
        ({"name": "WEB02"}, (422, "0xE0A080010014")),
        ({"app_type_other": "mine"}, (400, "0xE0A070010024")),
        ({"app_type": "Relational_Databases_Oracle", "app_type_other": "mine"}, (400, "0xE0A070010024")),
        ({"appliance_id": "A9"}, (404, "0xE04040020009")),
        ({"protection_policy_id": "nothing"}, (404, "0xE0A090010001")),
        ({"protection_policy_id": "default_low"}, (422, "0xE0A090010010")),
        ({"performance_policy_id": "name:gold"}, (422, "0xE0A090010010")),
    ],
)
def test_create_is_refused(array: Array, body: Json, refusal: tuple[int, str]) -> None:
    assert array.code("POST", "volume", {"name": "new", "size": 16 * MIB, **body}) == refusal


def test_defaults_of_a_new_volume(array: Array) -> None:
    given = {"min_size": MIB, "sector_size": 4096}
    array.do("POST", "volume", {"name": "new", "size": 16 * MIB, **given})
    found = array.get("volume/name:new", select="*")
    assert {name: found[name] for name in found if name in DEFAULTS} == DEFAULTS
    assert not set(given) & set(found)
    assert found["wwn"].startswith("naa.")
    assert found["nguid"].startswith("nguid.")
    assert found["protection_data"]["family_id"] == found["id"]


DEFAULTS = {
    **{"type": "Primary", "state": "Ready", "appliance_id": "A1", "app_type": None, "description": None},
    **{"performance_policy_id": "default_medium", "protection_policy_id": None, "qos_performance_policy_id": None},
    **{"node_affinity": "System_Select_At_Attach", "is_replication_destination": False, "logical_used": None},
}


def test_a_member_of_a_protected_group_has_no_policy_of_its_own(array: Array) -> None:
    array.do("POST", "volume", {"name": "new", "size": MIB, "volume_group_id": "name:app01"})
    found = array.get("volume/name:new", select="protection_policy_id,volume_groups(name)")
    assert found == {"protection_policy_id": None, "volume_groups": [{"name": "app01"}]}


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({"size": 50 * GIB}, (400, "0xE0A05001001A")),
        ({"size": 49 * GIB}, (400, "0xE0A05001001A")),
        ({"size": 50 * GIB + 1}, (400, "0xE0A070010022")),
        ({"performance_policy_id": ""}, (400, "0xE04040030001")),
        ({"performance_policy_id": "name:gold"}, (422, "0xE0A090010010")),
        ({"qos_performance_policy_id": "name:gold"}, (422, "0xE0A090010010")),
        ({"node_affinity": "System_Selected_Node_A"}, (400, "0xE0A070010034")),
        ({"node_affinity": "System_Selected_Node_B"}, (400, "0xE0A070010034")),
        ({"expiration_timestamp": LATER}, (422, "0xE0A070010031")),
        ({"expiration_timestamp": None}, (422, "0xE0A070010031")),
        ({"is_secure": False}, (422, "0xE0A070010031")),
        ({"is_replication_destination": True}, (422, "0xE0A070010033")),
        ({"is_replication_destination": False}, (422, "0xE0A070010033")),
        ({"app_type_other": "mine"}, (400, "0xE0A070010024")),
        ({"name": "Web02"}, (422, "0xE0A080010014")),
    ],
)
def test_modify_is_refused(array: Array, body: Json, refusal: tuple[int, str]) -> None:
    assert array.code("PATCH", WEB, body) == refusal


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({"size": 100 * GIB}, (422, "0xE0A070010030")),
        ({"protection_policy_id": None}, (422, "0xE0A070010030")),
        ({"qos_performance_policy_id": ""}, (422, "0xE0A070010030")),
        ({"is_replication_destination": False}, (422, "0xE0A070010030")),
        ({"is_secure": True}, (422, "0xE0A040010011")),
        ({"expiration_timestamp": "2001-01-01T00:00:00Z"}, (422, "0xE0A040010010")),
    ],
)
def test_modify_of_a_snapshot_is_refused(array: Array, body: Json, refusal: tuple[int, str]) -> None:
    array.do("POST", f"{WEB}/snapshot", {"name": "s1"})
    assert array.code("PATCH", "volume/name:s1", body) == refusal


@pytest.mark.parametrize("affinity", ["Preferred_Node_A", "Preferred_Node_B", "System_Select_At_Attach"])
def test_node_affinity_is_the_users_choice(array: Array, affinity: str) -> None:
    array.do("PATCH", WEB, {"node_affinity": affinity})
    assert array.get(WEB, select="node_affinity") == {"node_affinity": affinity}


@pytest.mark.parametrize(
    ("app_type", "other"),
    [("Healthcare_Other", "mine"), ("Other", "mine"), ("Healthcare_Epic", None)],
)
def test_the_other_application_goes_with_a_type_that_has_none(array: Array, app_type: str, other: str | None) -> None:
    array.do("PATCH", WEB, {"app_type": "Other", "app_type_other": "mine"})
    array.do("PATCH", WEB, {"app_type": app_type})
    assert array.get(WEB, select="app_type,app_type_other") == {"app_type": app_type, "app_type_other": other}


def test_a_secure_snapshot_is_only_locked_for_longer(array: Array) -> None:
    array.do("POST", f"{WEB}/snapshot", {"name": "s1", "is_secure": True, "expiration_timestamp": LATER})
    path = "volume/name:s1"
    assert array.code("POST", f"{WEB}/snapshot", {"name": "s2", "is_secure": True}) == (422, "0xE0A040010011")
    assert array.code("PATCH", path, {"is_secure": False}) == (422, "0xE0A040010012")
    for earlier in ("2098-01-01T00:00:00Z", None):
        assert array.code("PATCH", path, {"expiration_timestamp": earlier}) == (422, "0xE0A040010013")
    array.do("PATCH", path, {"expiration_timestamp": "2099-02-01T00:00:00Z"})


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", "", {"description": "x"}),
        ("DELETE", "", None),
        ("POST", "/attach", {"host_id": "name:linux01"}),
        ("POST", "/snapshot", {"name": "s"}),
        ("POST", "/clone", {"name": "c"}),
        ("POST", "/restore", {"from_snap_id": "name:s1"}),
        ("POST", "/refresh", {"from_object_id": "name:s1"}),
    ],
)
def test_a_replication_destination_is_left_alone_while_its_session_lives(
    array: Array, method: str, path: str, body: Json | None
) -> None:
    array.do("POST", f"{WEB}/snapshot", {"name": "s1"})
    key = session(array, "web01")
    assert array.code(method, WEB + path, body) == (422, "0xE0A070010050")
    array.platform.change({"type": "replication_session", "id": key, "delete": True})
    array.do(method, WEB + path, body)


def test_a_destination_becomes_an_ordinary_volume_once_its_session_is_gone(array: Array) -> None:
    key = session(array, "web01")
    body = {"is_replication_destination": False}
    assert array.code("PATCH", WEB, body) == (422, "0xE0A070010050")
    array.platform.change({"type": "replication_session", "id": key, "delete": True})
    array.do("PATCH", WEB, body)
    assert array.get(WEB, select="is_replication_destination") == body


def test_force_takes_the_policy_from_a_destination_that_never_synchronized(array: Array) -> None:
    change(array, "volume", "web01", protection_policy_id=array.key("policy", "gold"))
    key = session(array, "web01", last_sync_timestamp="2026-01-01T00:00:00+00:00")
    body = {"protection_policy_id": "", "force": True}
    assert array.code("PATCH", WEB, body)[0] == 422
    array.platform.change({"type": "replication_session", "id": key, "set": {"last_sync_timestamp": None}})
    assert array.code("PATCH", WEB, {**body, "description": "x"})[0] == 422
    assert array.code("PATCH", WEB, {"protection_policy_id": ""})[0] == 422
    array.do("PATCH", WEB, body)
    assert array.get(WEB, select="protection_policy_id") == {"protection_policy_id": None}


def test_what_keeps_a_volume_from_being_deleted(array: Array) -> None:
    """Each obstacle has a code of its own; without it the volume goes."""
    array.do("POST", f"{WEB}/attach", {"host_id": "name:linux01"})
    reply = array.call("DELETE", WEB)
    assert (reply.status, reply.body["messages"][0]["code"]) == (422, "0xE0A080020001")
    assert "linux01" in reply.body["messages"][0]["message_l10n"]
    array.do("POST", f"{WEB}/detach", {"host_id": "name:linux01"})
    array.do("PATCH", WEB, {"protection_policy_id": "name:gold"})
    assert array.code("DELETE", WEB) == (422, "0xE0A070010042")
    array.do("PATCH", WEB, {"protection_policy_id": None})
    array.do("POST", "volume_group", {"name": "g", "volume_ids": ["name:web01"]})
    assert array.code("DELETE", WEB) == (422, "0xE0A070010040")
    array.do("POST", "volume_group/name:g/remove_members", {"volume_ids": ["name:web01"]})
    change(array, "volume", "web01", migration_session_id="M1")
    assert array.code("DELETE", WEB) == (422, "0xE0A070010046")
    change(array, "volume", "web01", migration_session_id=None)
    array.do("DELETE", WEB)
    assert array.code("GET", WEB)[0] == 404


def test_a_mapped_snapshot_keeps_its_volume(array: Array) -> None:
    key = array.do("POST", f"{WEB}/snapshot", {"name": "s1"})["id"]
    array.do("POST", "host/name:linux01/attach", {"volume_id": key})
    assert array.code("DELETE", WEB) == (422, "0xE0A080020001")


def test_secure_snapshots_go_to_the_bin_with_their_volume_but_not_further(array: Array) -> None:
    array.do("POST", f"{WEB}/snapshot", {"name": "s1", "is_secure": True, "expiration_timestamp": LATER})
    assert array.code("DELETE", WEB) == (422, "0xE0A070010045")
    array.do("DELETE", WEB, {"immediate": False})
    array.do("DELETE", "volume/name:web02", {"immediate": False})
    item = f"recycle_bin/{array.key('recycle_bin', 'web01')}"
    assert array.code("DELETE", item) == (422, "0xE0A0F0010002")
    array.do("POST", "recycle_bin/empty")
    assert array.names("recycle_bin") == ["web01"]
    array.do("POST", f"{item}/recover")
    assert array.names("volume", name="in.(web01,s1)") == ["s1", "web01"]


def test_a_snapshot_never_goes_to_the_bin(array: Array) -> None:
    array.do("POST", f"{WEB}/snapshot", {"name": "s1"})
    array.do("DELETE", "volume/name:s1", {"immediate": False})
    assert array.get("recycle_bin") == []


def test_the_bin_gives_a_group_back_without_its_policy(array: Array) -> None:
    body = {"name": "g", "volume_ids": ["name:web01"], "protection_policy_id": "name:gold"}
    array.do("POST", "volume_group", body)
    array.do("DELETE", "volume_group/name:g", {"delete_members": True, "immediate": False})
    array.do("POST", f"recycle_bin/{array.key('recycle_bin', 'g')}/recover")
    assert array.get("volume_group/name:g", select="protection_policy_id") == {"protection_policy_id": None}


@pytest.mark.parametrize(
    ("path", "body", "refusal"),
    [
        ("volume/name:s1/snapshot", {"name": "s2"}, (422, "0xE0A040010001")),
        (f"{WEB}/snapshot", {"name": "S1"}, (400, "0xE0A060010012")),
        ("volume/name:c1/snapshot", {"name": "s1"}, (400, "0xE0A060010012")),
        ("volume/name:app01-log/refresh", {"from_object_id": "name:log-clone"}, (422, "0xE0A040010024")),
        (f"{WEB}/clone", {"name": "WEB02"}, (422, "0xE0A080010014")),
        (f"{WEB}/restore", {"from_snap_id": "name:web02"}, (422, "0xE0A040010020")),
        (f"{WEB}/restore", {"from_snap_id": "nothing"}, (404, "0xE0A07001000C")),
        ("volume/name:c1/restore", {"from_snap_id": "name:s1"}, (422, "0xE0A040010020")),
        (f"{WEB}/refresh", {"from_object_id": "name:web01"}, (422, "0xE0A040010021")),
        (f"{WEB}/refresh", {"from_object_id": "name:web02"}, (422, "0xE0A040010021")),
        (
            "volume/name:s1/refresh",
            {"from_object_id": "name:web01", "create_backup_snap": False},
            (422, "0xE0A040010022"),
        ),
        (
            f"{WEB}/restore",
            {"from_snap_id": "name:s1", "create_backup_snap": False, "backup_snap_profile": {"name": "b"}},
            (400, "0xE0A040010023"),
        ),
    ],
)
def test_copies_are_refused(array: Array, path: str, body: Json, refusal: tuple[int, str]) -> None:
    array.do("POST", f"{WEB}/snapshot", {"name": "s1"})
    array.do("POST", f"{WEB}/clone", {"name": "c1"})
    array.do("POST", "volume/name:app01-log/clone", {"name": "log-clone"})
    array.do("POST", "volume/name:web02/snapshot", {"name": "s2"})
    assert array.code("POST", path, body) == refusal


def test_a_clone_belongs_to_the_family_and_inherits_no_policy(array: Array) -> None:
    array.do("PATCH", WEB, {"protection_policy_id": "name:gold", "performance_policy_id": "default_high"})
    array.do("POST", f"{WEB}/clone", {"name": "c1"})
    found = array.get("volume/name:c1", select="type,protection_policy_id,performance_policy_id,protection_data")
    data = found.pop("protection_data")
    assert found == {"type": "Clone", "protection_policy_id": None, "performance_policy_id": "default_medium"}
    assert (data["family_id"], data["parent_id"]) == (array.key("volume", "web01"),) * 2


def test_a_refresh_and_a_restore_bring_size_and_source(array: Array) -> None:
    array.do("POST", f"{WEB}/snapshot", {"name": "s1"})
    array.do("POST", f"{WEB}/clone", {"name": "c1"})
    array.do("PATCH", WEB, {"size": 60 * GIB})
    array.do("POST", "volume/name:c1/refresh", {"from_object_id": "name:web01", "create_backup_snap": False})
    found = array.get("volume/name:c1", select="size,protection_data")
    assert (found["size"], found["protection_data"]["source_id"]) == (60 * GIB, array.key("volume", "web01"))
    array.do("POST", f"{WEB}/restore", {"from_snap_id": "name:s1", "create_backup_snap": False})
    found = array.get(WEB, select="size,protection_data")
    assert (found["size"], found["protection_data"]["source_id"]) == (50 * GIB, array.key("volume", "s1"))
