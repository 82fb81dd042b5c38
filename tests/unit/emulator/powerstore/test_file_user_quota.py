# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of user quotas."""

from __future__ import annotations

import pytest

from jobwise_emulator.exchange import Json
from tests.unit.emulator.powerstore.array import Array

GIB = 1024**3


@pytest.fixture
def systems(array: Array) -> list[str]:
    """The ids of two file systems, the second one for VMware."""
    array.do("POST", "nas_server", {"name": "nas1"})
    body = {"nas_server_id": "name:nas1", "size_total": 4 * GIB}
    made = [
        array.do("POST", "file_system", {**body, "name": name, "config_type": config})
        for name, config in (("home", "General"), ("vms", "VMware"))
    ]
    return [str(one["id"]) for one in made]


def test_a_windows_user_and_limits_in_blocks(array: Array, systems: list[str]) -> None:
    body = {"file_system_id": systems[0], "windows_name": "CORP\\Kim", "hard_limit": 8193}
    path = f"file_user_quota/{array.do('POST', 'file_user_quota', body)['id']}"
    shown = array.get(path, select="windows_name,hard_limit,soft_limit,tree_quota_id")
    assert shown == {"windows_name": "corp\\Kim", "hard_limit": 16384, "soft_limit": 0, "tree_quota_id": None}
    assert array.get(f"file_system/{systems[0]}", select="is_quota_enabled") == {"is_quota_enabled": True}
    assert array.refused("PATCH", path, {"soft_limit": 16385})[0] == 422
    assert array.refused("DELETE", path)[0] == 405


@pytest.mark.parametrize(
    "body, status",
    [
        ({}, 400),
        ({"uid": 5, "unix_name": "kim"}, 400),
        ({"uid": 0}, 400),
        ({"windows_name": "corp\\KIM"}, 422),
        ({"uid": 5, "file_system_id": "vms"}, 422),
        ({"uid": 5, "tree_quota_id": "tree"}, 422),
    ],
)
def test_what_no_quota_can_be(array: Array, systems: list[str], body: Json, status: int) -> None:
    """One identifier of a user who has none in this place; a tree quota of the same file system."""
    array.do("POST", "file_user_quota", {"file_system_id": systems[0], "windows_name": "CORP\\kim"})
    array.platform.change(
        {"type": "file_tree_quota", "create": {"id": "tree", "path": "/a", "file_system_id": systems[1]}}
    )
    ids = {"file_system_id": systems[1] if body.get("file_system_id") else systems[0]}
    assert array.refused("POST", "file_user_quota", {**body, **ids})[0] == status


def test_a_refresh_shows_what_is_used(array: Array, systems: list[str]) -> None:
    body = {"file_system_id": systems[0], "uid": 1001, "hard_limit": 2 * GIB, "soft_limit": GIB}
    key = array.do("POST", "file_user_quota", body)["id"]
    shown = ["state", "remaining_grace_period"]

    def use(size: int) -> None:
        array.platform.change({"type": "file_user_quota", "id": key, "set": {"size_used": size}})

    def seen() -> list[object]:
        quota = array.get(f"file_user_quota/{key}", select=",".join(shown))
        return [quota[name] for name in shown]

    use(GIB + 1)
    assert seen() == ["Ok", -1], "the array knows nothing of it yet"
    array.do("POST", f"file_user_quota/{key}/refresh")
    assert seen() == ["Soft_Exceeded", 7 * 24 * 3600]
    use(2 * GIB)
    array.do("POST", f"file_system/{systems[0]}/refresh_quota")
    assert seen()[0] == "Hard_Reached"
    use(0)
    array.do("POST", f"file_user_quota/{key}/refresh")
    assert seen() == ["Ok", -1]
    assert array.refused("POST", f"file_system/{systems[1]}/refresh_quota")[0] == 422
