# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Snapshots and clones of file systems, refresh and restore."""

from __future__ import annotations

import pytest

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.resources.file_copies import NULL_GUID
from tests.unit.emulator.powerstore.array import Array
from tests.unit.emulator.powerstore.test_file_system import made

LATER, EARLIER, NEVER = "2090-01-01T00:00:00Z", "2089-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z"


@pytest.fixture(name="home")
def file_system(array: Array) -> str:
    """The path of a file system."""
    return made(array)


def taken(array: Array, home: str, name: str = "nightly", **body: object) -> str:
    """The path of a new snapshot."""
    return f"file_system/{array.do('POST', f'{home}/snapshot', {'name': name, **body})['id']}"


def test_a_snapshot_shows_settings_only_if_protocols_give_access(array: Array, home: str) -> None:
    fields = "filesystem_type,parent_id,access_type,access_policy,is_smb_op_locks_enabled,is_quota_enabled"
    plain = array.get(taken(array, home), select=fields)
    assert plain == {
        "filesystem_type": "Snapshot",
        "parent_id": home.split("/")[1],
        "access_type": "Snapshot",
        **dict.fromkeys(("access_policy", "is_smb_op_locks_enabled", "is_quota_enabled")),
    }
    shared = taken(array, home, "shared", access_type="Protocol", access_policy="UNIX")
    assert array.get(shared, select=fields) == {
        **plain,
        "access_type": "Protocol",
        "access_policy": "UNIX",
        "is_smb_op_locks_enabled": True,
    }


def test_names_are_shared_within_the_nas_server(array: Array, home: str) -> None:
    taken(array, home)
    for name in ("home", "NIGHTLY"):
        assert array.refused("POST", f"{home}/snapshot", {"name": name})[0] == 422
        assert array.refused("POST", f"{home}/clone", {"name": name})[0] == 422


def test_expiry(array: Array, home: str) -> None:
    copy = taken(array, home, expiration_timestamp=LATER)
    array.do("PATCH", copy, {"expiration_timestamp": NEVER})
    assert array.get(copy, select="expiration_timestamp") == {"expiration_timestamp": None}
    assert array.refused("PATCH", copy, {"expiration_timestamp": "2001-01-01T00:00:00Z"})[0] == 422
    assert array.refused("PATCH", home, {"expiration_timestamp": LATER})[0] == 422
    assert array.refused("PATCH", copy, {"size_total": 20 * 1024**3})[0] == 422


def test_a_secure_one_stays_until_it_expires() -> None:
    array = Array(api_version="4.1")
    home = made(array)
    copy = taken(array, home, expiration_timestamp=LATER, is_secure=True)
    for body in ({"expiration_timestamp": EARLIER}, {"expiration_timestamp": NEVER}, {"is_secure": False}):
        assert array.refused("PATCH", copy, body)[0] == 422
    assert array.refused("DELETE", copy)[0] == 422
    assert array.refused("POST", f"{copy}/refresh")[0] == 422
    assert array.refused("POST", f"{home}/snapshot", {"name": "other", "is_secure": True})[0] == 422


def test_a_clone_outlives_what_it_was_made_of(array: Array, home: str) -> None:
    copy = taken(array, home)
    clone = f"file_system/{array.do('POST', f'{copy}/clone', {'name': 'test', 'access_policy': 'UNIX'})['id']}"
    shown = array.get(clone, select="filesystem_type,parent_id,access_policy,locking_policy,is_quota_enabled")
    assert shown == {
        "filesystem_type": "Primary",
        "parent_id": copy.split("/")[1],
        "access_policy": "UNIX",
        "locking_policy": "Advisory",
        "is_quota_enabled": False,
    }
    array.do("DELETE", copy)
    assert array.get(clone, select="parent_id") == {"parent_id": NULL_GUID}


def test_refresh_and_restore_are_actions_of_the_snapshot(array: Array, home: str) -> None:
    copy = taken(array, home)
    for action in ("refresh", "restore"):
        assert array.refused("POST", f"{home}/{action}")[0] == 422
    assert array.refused("POST", f"{copy}/snapshot", {"name": "new"})[0] == 422
    array.do("POST", f"{copy}/refresh")
    assert array.get(copy, select="last_refresh_timestamp")["last_refresh_timestamp"]
    array.do("PATCH", home, {"size_total": 20 * 1024**3})
    backup = array.do("POST", f"{copy}/restore", {"copy_name": "before"})["id"]
    assert array.get(f"file_system/{backup}", select="parent_id,size_total") == {
        "parent_id": home.split("/")[1],
        "size_total": 20 * 1024**3,
    }
    assert array.get(home, select="size_total") == {"size_total": 10 * 1024**3}
    assert array.refused("POST", f"{copy}/restore", {"copy_name": "before"})[0] == 422
    assert not array.do("POST", f"{copy}/restore")


def test_compliance_is_neither_restored_nor_cloned_by_accident(array: Array) -> None:
    records = made(array, name="records", flr_attributes={"mode": "Compliance"})
    copy = taken(array, records)
    assert array.refused("POST", f"{copy}/restore")[0] == 422
    body: Json = {"name": "clone"}
    assert array.refused("POST", f"{records}/clone", body)[0] == 422
    array.do("POST", f"{records}/clone", {**body, "flr_attributes": {"force_clone": True}})


def test_copies_for_vmware_take_no_settings_of_smb(array: Array) -> None:
    vms = made(array, name="vms", config_type="VMware")
    for action in ("snapshot", "clone"):
        assert array.refused("POST", f"{vms}/{action}", {"name": "new", "is_smb_op_locks_enabled": False})[0] == 422


def test_the_destination_of_a_replication_takes_only_snapshots(array: Array, home: str) -> None:
    server = array.get("nas_server", name="eq.nas1")[0]["id"]
    array.platform.change({"type": "nas_server", "id": server, "set": {"is_production_mode_enabled": False}})
    copy = taken(array, home)
    for path, body in ((f"{home}/clone", {"name": "new"}), (f"{copy}/restore", None), (f"{copy}/refresh", None)):
        assert array.refused("POST", path, body)[0] == 422
