# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of NFS exports and tree quotas."""

from __future__ import annotations

import pytest

from jobwise_emulator.exchange import Json
from tests.unit.emulator.powerstore.array import Array

GIB = 1024**3
SNAPSHOT = {"id": "s1", "name": "snap", "filesystem_type": "Snapshot", "access_type": "Snapshot"}


@pytest.fixture
def home(array: Array) -> str:
    """The id of a file system."""
    array.do("POST", "nas_server", {"name": "nas1"})
    array.do("POST", "nfs_server", {"nas_server_id": "name:nas1"})
    return str(
        array.do("POST", "file_system", {"name": "home", "nas_server_id": "name:nas1", "size_total": 4 * GIB})["id"]
    )


def test_hosts_have_the_notation_of_the_array(array: Array, home: str) -> None:
    hosts = ["192.0.2.7", "192.0.2.77/26", "2001:db8::7", "Client01", "@builders"]
    body = {"name": "e", "file_system_id": home, "path": "/home/", "read_only_hosts": hosts}
    path = f"nfs_export/{array.do('POST', 'nfs_export', body)['id']}"
    shown = ["192.0.2.7/255.255.255.255", "192.0.2.64/255.255.255.192", *hosts[2:]]
    assert array.get(path, select="path,read_only_hosts,default_access") == {
        "path": "/home",
        "read_only_hosts": shown,
        "default_access": "No_Access",
    }
    assert array.code("PATCH", path, {"add_read_only_hosts": ["192.0.2.7"]}) == (400, "0xE080100F0008")
    assert array.refused("PATCH", path, {"remove_read_only_hosts": ["192.0.2.7"]})[0] == 400
    array.do("PATCH", path, {"remove_read_only_hosts": shown[:4], "add_read_write_hosts": ["192.0.2.7"]})
    assert array.get(path, select="read_only_hosts,read_write_hosts") == {
        "read_only_hosts": ["@builders"],
        "read_write_hosts": shown[:1],
    }


@pytest.mark.parametrize("body", [{"path": "/other"}, {"path": "/home"}, {"path": "/homes"}, {"file_system_id": "s1"}])
def test_what_no_export_can_be(array: Array, home: str, body: Json) -> None:
    """A path is inside of its file system, and is exported once. Not every snapshot has exports."""
    array.platform.change({"type": "file_system", "create": SNAPSHOT})
    array.do("POST", "nfs_export", {"name": "first", "file_system_id": home, "path": "/home"})
    assert array.refused("POST", "nfs_export", {"name": "e", "file_system_id": home, "path": "/snap", **body})[0] == 422


def test_a_datastore_keeps_its_export(array: Array, home: str) -> None:
    key = array.do("POST", "nfs_export", {"name": "e", "file_system_id": home, "path": "/home"})["id"]
    array.platform.change({"type": "datastore", "create": {"name": "ds", "nfs_export_id": key}})
    assert array.refused("DELETE", f"nfs_export/{key}")[0] == 422


def test_a_tree_quota_counts_in_blocks_and_switches_quotas_on(array: Array, home: str) -> None:
    body = {"file_system_id": home, "path": "a/", "hard_limit": 8193}
    path = f"file_tree_quota/{array.do('POST', 'file_tree_quota', body)['id']}"
    assert array.get(path, select="path,hard_limit,soft_limit") == {"path": "/a", "hard_limit": 16384, "soft_limit": 0}
    assert array.get(f"file_system/{home}", select="is_quota_enabled") == {"is_quota_enabled": True}
    wrong: list[Json] = [{"path": "/"}, {"path": "/a/b"}, {"path": "/c", "soft_limit": 3 * 8192, "hard_limit": 8192}]
    for one in wrong:
        assert array.refused("POST", "file_tree_quota", {"file_system_id": home, **one})[0] == 422
    assert array.refused("PATCH", path, {"soft_limit": GIB})[0] == 422
