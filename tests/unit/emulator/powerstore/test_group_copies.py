# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of volume groups: snapshot sets, clones, restore, refresh, metro."""

from __future__ import annotations

import pytest

from jobwise_emulator.exchange import Json
from tests.unit.emulator.powerstore.array import Array

GIB = 1024**3


def show(array: Array, name: str) -> Json:
    found: Json = array.get(f"volume_group/name:{name}", select="*,volumes(name,type)")
    return found


def act(array: Array, name: str, action: str, body: Json) -> Json:
    found: Json = array.do("POST", f"volume_group/name:{name}/{action}", body)
    return found


def test_snapshot_set(array: Array) -> None:
    array.do("PATCH", "volume_group/name:app01", {"is_write_order_consistent": False})
    key = array.key("volume_group", "app01")
    body = {"name": "set", "description": "d", "expiration_timestamp": "2030-01-01T00:00:00Z", "is_secure": True}
    reply = array.call("POST", "volume_group/name:app01/snapshot", body)
    assert (reply.status, set(reply.body)) == (200, {"id"})
    found = show(array, "set")
    assert found["id"] == reply.body["id"]
    assert (found["type"], found["is_protectable"], found["is_write_order_consistent"]) == ("Snapshot", False, False)
    data = found["protection_data"]
    assert (data["source_id"], data["parent_id"], data["family_id"]) == (key, key, key)
    assert (data["is_secure"], data["expiration_timestamp"]) == (True, "2030-01-01T00:00:00Z")
    assert data["source_timestamp"] == found["creation_timestamp"]
    assert sorted(volume["name"] for volume in found["volumes"]) == ["set.app01-data", "set.app01-log"]
    assert {volume["type"] for volume in found["volumes"]} == {"Snapshot"}


@pytest.mark.parametrize(
    ("name", "action", "body", "status", "text"),
    [
        ("app01", "snapshot", {}, 400, "missing required"),
        ("app01", "snapshot", {"name": "app01"}, 400, "already in use"),
        ("app01", "snapshot", {"name": "s", "is_secure": True}, 422, "needs an expiration"),
        ("app01", "snapshot", {"name": "s", "expiration_timestamp": "2001-01-01T00:00:00Z"}, 422, "past"),
        ("app01-nightly", "snapshot", {"name": "s"}, 422, "primary or clone"),
        ("app01", "clone", {}, 400, "missing required"),
        ("app01", "clone", {"name": "APP01-nightly"}, 400, "already in use"),
        ("app01", "clone", {"name": "c", "protection_policy_id": "name:bronze-qos"}, 422, "type QoS"),
        ("app01", "restore", {}, 400, "missing required"),
        ("app01", "restore", {"from_snap_id": "name:nope"}, 404, "not found"),
        ("app01", "restore", {"from_snap_id": "name:app01-test"}, 422, "not an immediate snapshot set"),
        ("app01-test", "restore", {"from_snap_id": "name:app01-nightly"}, 422, "not an immediate snapshot set"),
        (
            "app01",
            "restore",
            {"from_snap_id": "name:app01-nightly", "backup_snap_profile": {}},
            400,
            "missing required",
        ),
        ("app01", "refresh", {"from_object_id": "name:app01"}, 422, "family"),
        ("app01", "refresh", {"from_object_id": "name:app01-nightly"}, 422, "use restore"),
        ("app01-nightly", "refresh", {"from_object_id": "name:app01"}, 422, "primary or clone"),
        ("app01", "configure_metro", {"remote_system_id": "name:nope"}, 404, "not found"),
        ("app01", "end_metro", {}, 400, "not in a metro"),
    ],
)
def test_refusals(array: Array, name: str, action: str, body: Json, status: int, text: str) -> None:
    before = array.names("volume_group")
    found = array.refused("POST", f"volume_group/name:{name}/{action}", body)
    assert found[0] == status
    assert text in found[1]
    assert array.names("volume_group") == before


def test_clone_of_a_group(array: Array) -> None:
    key = array.key("volume_group", "app01")
    act(array, "app01", "clone", {"name": "copy", "protection_policy_id": "name:silver"})
    found = show(array, "copy")
    assert (found["type"], found["is_write_order_consistent"]) == ("Clone", True)
    assert found["protection_policy_id"] == array.key("policy", "silver")
    data = found["protection_data"]
    assert (data["source_id"], data["parent_id"], data["family_id"]) == (key, key, key)
    assert {volume["type"] for volume in found["volumes"]} == {"Clone"}


def test_clone_of_a_set_counts_as_one_of_its_source(array: Array) -> None:
    array.clock.advance(60)
    act(array, "app01-nightly", "clone", {"name": "copy"})
    of_set, copy = show(array, "app01-nightly")["protection_data"], show(array, "copy")["protection_data"]
    assert copy["source_id"] == array.key("volume_group", "app01")
    assert copy["source_timestamp"] == of_set["source_timestamp"]


def test_restore_brings_sizes_back_and_leaves_a_backup(array: Array) -> None:
    array.do("PATCH", "volume/name:app01-log", {"size": 30 * GIB})
    array.clock.advance(60)
    answer = act(array, "app01", "restore", {"from_snap_id": "name:app01-nightly"})
    backup = array.get(f"volume_group/{answer['backup_snapshot_id']}", select="name,type,volumes(size)")
    assert (backup["type"], backup["name"].startswith("app01.backup.")) == ("Snapshot", True)
    assert sorted(volume["size"] for volume in backup["volumes"]) == [30 * GIB, 200 * GIB]
    assert array.get("volume/name:app01-log", select="size") == {"size": 20 * GIB}
    when = show(array, "app01-nightly")["protection_data"]["source_timestamp"]
    assert show(array, "app01")["protection_data"]["source_timestamp"] == when


def test_restore_and_refresh_without_backup_have_no_answer(array: Array) -> None:
    for action, source in (("restore", "from_snap_id"), ("refresh", "from_object_id")):
        name = "app01-nightly" if action == "restore" else "app01-test"
        body = {source: f"name:{name}", "create_backup_snap": False}
        assert array.call("POST", f"volume_group/name:app01/{action}", body).status == 204
    assert array.names("volume_group") == ["app01", "app01-nightly", "app01-test"]


def test_backup_profile_names_the_backup(array: Array) -> None:
    body = {"from_snap_id": "name:app01-nightly", "backup_snap_profile": {"name": "before", "description": "d"}}
    answer = act(array, "app01", "restore", body)
    assert array.key("volume_group", "before") == answer["backup_snapshot_id"]
    assert "already in use" in array.refused("POST", "volume_group/name:app01/restore", body)[1]


def test_changed_members_make_restore_and_refresh_impossible(array: Array) -> None:
    act(array, "app01", "add_members", {"volume_ids": ["name:web01"]})
    assert (
        "have changed"
        in array.refused("POST", "volume_group/name:app01/restore", {"from_snap_id": "name:app01-nightly"})[1]
    )
    assert (
        "have changed"
        in array.refused("POST", "volume_group/name:app01/refresh", {"from_object_id": "name:app01-test"})[1]
    )


@pytest.mark.parametrize(("target", "source"), [("app01", "app01-test"), ("app01-test", "app01")])
def test_refresh_from_a_live_group(array: Array, target: str, source: str) -> None:
    array.clock.advance(3600)
    act(array, target, "refresh", {"from_object_id": f"name:{source}"})
    data = show(array, target)["protection_data"]
    assert data["source_id"] == array.key("volume_group", source)
    assert data["source_timestamp"] > show(array, "app01-nightly")["protection_data"]["source_timestamp"]


def test_refresh_from_a_set_takes_the_sets_time(array: Array) -> None:
    array.clock.advance(3600)
    act(array, "app01-test", "refresh", {"from_object_id": "name:app01-nightly"})
    data, of_set = (show(array, name)["protection_data"] for name in ("app01-test", "app01-nightly"))
    assert data["source_id"] == array.key("volume_group", "app01-nightly")
    assert data["source_timestamp"] == of_set["source_timestamp"]


def test_metro(array: Array) -> None:
    array.platform.change({"type": "remote_system", "create": {"id": "RS1", "name": "other-site"}})
    answer = act(array, "app01", "configure_metro", {"remote_system_id": "name:other-site"})
    key = answer["metro_replication_session_id"]
    session = array.get(f"replication_session/{key}", select="type,remote_system(name),volume_groups(name)")
    assert session == {
        "type": "Metro_Active_Active",
        "remote_system": {"name": "other-site"},
        "volume_groups": [{"name": "app01"}],
    }
    assert show(array, "app01")["metro_replication_session_id"] == key
    assert "already" in array.refused("POST", "volume_group/name:app01/configure_metro", {"remote_system_id": "RS1"})[1]
    assert "end the metro" in array.refused("DELETE", "volume_group/name:app01")[1]
    assert array.call("POST", "volume_group/name:app01/end_metro").status == 204
    assert show(array, "app01")["metro_replication_session_id"] is None
    array.clock.advance(1)
    assert array.get("replication_session") == []
