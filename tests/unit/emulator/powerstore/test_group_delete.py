# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of volume groups: delete, and the recycle bin."""

from __future__ import annotations

from typing import Any

import pytest

from jobwise_emulator.exchange import Json
from tests.unit.emulator.powerstore.array import Array

ALL = "*,volumes(name),protection_policy(name),qos_performance_policy(name)"


def create(array: Array, **body: Any) -> str:
    return str(array.do("POST", "volume_group", {"name": "new", **body})["id"])


def show(array: Array, name: str) -> Json:
    found: Json = array.get(f"volume_group/name:{name}", select=ALL)
    return found


def members(array: Array, name: str) -> list[str]:
    return sorted(volume["name"] for volume in show(array, name)["volumes"])


def test_delete_frees_members_and_takes_snapshot_sets_along(array: Array) -> None:
    array.do("DELETE", "volume_group/name:app01")
    assert array.names("volume_group") == ["app01-test"]
    volumes = array.names("volume", name="ilike.app01*")
    assert volumes == ["app01-data", "app01-log", "app01-test.app01-data", "app01-test.app01-log"]
    clone = show(array, "app01-test")
    assert clone["protection_data"]["parent_id"] is None


def test_delete_with_members(array: Array) -> None:
    array.do("DELETE", "volume_group/name:app01", {"delete_members": True})
    assert array.names("volume", name="ilike.app01*") == ["app01-test.app01-data", "app01-test.app01-log"]
    assert array.get("recycle_bin") == []


def test_delete_of_a_snapshot_set_takes_its_snapshots(array: Array) -> None:
    array.do("DELETE", "volume_group/name:app01-nightly")
    assert array.names("volume", type="eq.Snapshot") == []
    assert members(array, "app01") == ["app01-data", "app01-log"]


def test_delete_refuses_what_hosts_use(array: Array) -> None:
    array.platform.change({"type": "host", "create": {"id": "H1", "name": "esx1"}})
    array.do("POST", "volume/name:app01-log/attach", {"host_id": "name:esx1"})
    status, text = array.refused("DELETE", "volume_group/name:app01")
    assert (status, "mapped to a host" in text) == (422, True)
    array.do("POST", "volume/name:app01-log/detach", {"host_id": "name:esx1"})
    array.do("DELETE", "volume_group/name:app01")


def test_delete_with_members_refuses_members_that_cannot_go(array: Array) -> None:
    array.do("PATCH", "volume/name:app01-log", {"protection_policy_id": "name:silver"})
    assert "protection policy" in array.refused("DELETE", "volume_group/name:app01", {"delete_members": True})[1]
    array.do("PATCH", "volume/name:app01-log", {"protection_policy_id": None})
    array.do("DELETE", "volume_group/name:app01", {"delete_members": True})


@pytest.mark.parametrize(
    ("body", "goes_to_bin"),
    [
        ({"delete_members": True, "immediate": False}, True),
        ({"delete_members": True, "immediate": True}, False),
        ({"delete_members": True}, False),
        ({"immediate": False}, False),
    ],
)
def test_recycle_bin_takes_only_groups_deleted_with_members_and_not_immediately(
    array: Array, body: Json, goes_to_bin: bool
) -> None:
    create(array, volume_ids=["name:web01", "name:web02"])
    array.do("DELETE", "volume_group/name:new", body)
    assert array.names("recycle_bin") == (["new"] if goes_to_bin else [])
    assert "new" not in array.names("volume_group")


def test_an_empty_group_never_goes_to_the_bin(array: Array) -> None:
    create(array)
    array.do("DELETE", "volume_group/name:new", {"delete_members": True, "immediate": False})
    assert array.get("recycle_bin") == []


def test_recycle_bin_gives_everything_back_but_the_policy(array: Array) -> None:
    array.do("PATCH", "volume_group/name:app01", {"protection_policy_id": None})
    before = [show(array, name) for name in ("app01", "app01-nightly")]
    array.do("DELETE", "volume_group/name:app01", {"delete_members": True, "immediate": False})
    item = array.get("recycle_bin", select="*")[0]
    assert (item["resource_type"], item["logical_provisioned"]) == ("volume_group", 220 * 1024**3)
    assert array.names("volume_group") == ["app01-test"]
    assert "already in use" in array.refused("POST", "volume_group", {"name": "APP01"})[1]
    array.do("POST", f"recycle_bin/{item['id']}/recover")
    assert [show(array, name) for name in ("app01", "app01-nightly")] == before
    assert array.get("recycle_bin") == []


def test_recycle_bin_is_emptied(array: Array) -> None:
    for name in ("web01", "web02", "web03"):
        array.do("DELETE", f"volume/name:{name}", {"immediate": False})
    assert array.names("recycle_bin") == ["web01", "web02", "web03"]
    array.do("DELETE", f"recycle_bin/{array.key('recycle_bin', 'web01')}")
    assert array.names("recycle_bin") == ["web02", "web03"]
    array.do("POST", "recycle_bin/empty")
    assert array.get("recycle_bin") == []
    array.do("PATCH", "recycle_bin_config/0", {"expiration_duration": 1})
    array.do("DELETE", "volume/name:web04", {"immediate": False})
    array.clock.advance(86401)
    array.login()
    assert array.get("recycle_bin") == []
