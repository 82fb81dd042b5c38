# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of file systems."""

from __future__ import annotations

from typing import Any

import pytest

from jobwise_emulator.exchange import Json
from tests.unit.emulator.powerstore.array import Array

GIB = 1024**3


def made(array: Array, **body: Any) -> str:
    """The path of a new file system."""
    if not array.get("nas_server", name="eq.nas1"):
        array.do("POST", "nas_server", {"name": "nas1"})
    usual = {"name": "home", "nas_server_id": "name:nas1", "size_total": 10 * GIB}
    return f"file_system/{array.do('POST', 'file_system', {**usual, **body})['id']}"


def test_a_new_one_has_the_usual_values_and_whole_megabytes(array: Array) -> None:
    shown = array.get(
        made(array, size_total=3 * GIB + 1), select="size_total,filesystem_type,grace_period,flr_attributes"
    )
    assert (shown["size_total"], shown["filesystem_type"]) == (3 * GIB + 1024**2, "Primary")
    assert (shown["grace_period"], shown["flr_attributes"]["mode"]) == (604800, "None")


def test_one_for_vmware(array: Array) -> None:
    path = made(array, config_type="VMware")
    assert array.get(path, select="host_io_size,folder_rename_policy") == {
        "host_io_size": "VMware_8K",
        "folder_rename_policy": "SMB_Forbidden",
    }
    for body in ({"is_quota_enabled": True}, {"is_smb_op_locks_enabled": False}, {"default_hard_limit": GIB}):
        assert array.refused("PATCH", path, body)[0] == 422
    assert array.refused("POST", "file_system", {**NEW, "host_io_size": "VMware_8K"})[0] == 422


NEW: Json = {"name": "new", "nas_server_id": "name:nas1", "size_total": 10 * GIB}


@pytest.mark.parametrize(
    "body",
    [
        {"size_total": 3 * GIB},
        {"default_soft_limit": 2 * GIB, "default_hard_limit": GIB},
        {"flr_attributes": {"auto_lock": True}},
    ],
)
def test_what_a_change_cannot_be(array: Array, body: Json) -> None:
    path = made(array)
    array.platform.change({"type": "file_system", "id": path.split("/")[1], "set": {"size_used": 4 * GIB}})
    assert array.refused("PATCH", path, body)[0] == 422


def test_limits_are_whole_blocks(array: Array) -> None:
    path = made(array)
    array.do("PATCH", path, {"default_hard_limit": 8193})
    assert array.get(path, select="default_hard_limit") == {"default_hard_limit": 16384}


def test_retention(array: Array) -> None:
    path = made(array, flr_attributes={"mode": "Compliance", "minimum_retention": "1M"})
    shown = array.get(path, select="flr_attributes")["flr_attributes"]
    assert (shown["minimum_retention"], shown["default_retention"], shown["policy_interval"]) == ("1M", "1Y", 3600)
    array.do("PATCH", path, {"flr_attributes": {"auto_lock": True}})
    assert array.get(path, select="flr_attributes")["flr_attributes"] == {**shown, "auto_lock": True}
    assert array.refused("PATCH", path, {"flr_attributes": {"minimum_retention": "2Y"}})[0] == 400
    locked = {**shown, "has_protected_files": True}
    array.platform.change({"type": "file_system", "id": path.split("/")[1], "set": {"flr_attributes": locked}})
    assert array.refused("DELETE", path)[0] == 422
