# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Clones of NAS servers in the emulator."""

from __future__ import annotations

import pytest

from jobwise_emulator.exchange import Json
from tests.unit.emulator.powerstore.array import Array

GIB = 1024**3
CLONE = "nas_server/name:nas1/clone"


@pytest.fixture
def home(array: Array) -> str:
    """The id of a file system. Its NAS server has an interface and a service."""
    array.do("POST", "nas_server", {"name": "nas1", "description": "Homes"})
    array.do(
        "POST", "file_dns", {"nas_server_id": "name:nas1", "domain": "example.com", "ip_addresses": ["192.0.2.53"]}
    )
    where = {"nas_server_id": "name:nas1"}
    array.do("POST", "file_interface", {**where, "ip_address": "192.0.2.21", "prefix_length": 24})
    return str(array.do("POST", "file_system", {**where, "name": "home", "size_total": 4 * GIB})["id"])


def of(array: Array, kind: str, server: str, select: str) -> list[Json]:
    found: list[Json] = array.get(kind, nas_server_id=f"eq.{server}", select=select)
    return found


def test_a_clone_has_settings_and_file_systems_but_no_interfaces(array: Array, home: str) -> None:
    made = array.do("POST", CLONE, {"name": "copy", "file_systems": [home]})["id"]
    assert array.get(f"nas_server/{made}", select="name,description") == {"name": "copy", "description": "Homes"}
    assert of(array, "file_system", made, "name,parent_id") == [{"name": "home", "parent_id": home}]
    assert of(array, "file_dns", made, "domain") == [{"domain": "example.com"}]
    assert of(array, "file_interface", made, "ip_address") == []
    assert array.refused("POST", CLONE, {"name": "COPY"})[0] == 422
    assert of(array, "file_system", array.do("POST", CLONE, {"name": "empty"})["id"], "name") == []


def test_a_test_of_a_disaster_has_the_same_addresses(array: Array, home: str) -> None:
    assert array.refused("POST", CLONE, {"name": "test", "is_dr_test": True})[0] == 422
    nas = array.key("nas_server", "nas1")
    array.platform.change({"type": "nas_server", "id": nas, "set": {"is_replication_destination": True}})
    made = array.do("POST", CLONE, {"name": "test", "is_dr_test": True})["id"]
    assert of(array, "file_interface", made, "ip_address") == [{"ip_address": "192.0.2.21"}]
    shown = array.get(f"nas_server/{made}", select="is_dr_test,is_replication_destination")
    assert shown == {"is_dr_test": True, "is_replication_destination": False}


def test_what_is_not_cloned(array: Array, home: str) -> None:
    array.do("POST", "nas_server", {"name": "nas2"})
    bound = array.do("POST", "file_system", {"name": "b", "nas_server_id": "name:nas1", "size_total": 4 * GIB})["id"]
    array.platform.change({"type": "file_system", "id": bound, "set": {"flr_attributes": {"mode": "Compliance"}}})
    body = {"name": "copy", "file_systems": [bound]}
    assert array.refused("POST", CLONE, body)[0] == 422
    array.do("POST", CLONE, {**body, "clone_flr_file_systems": True})
    assert array.refused("POST", "nas_server/name:nas2/clone", {"name": "x", "file_systems": [home]})[0] == 422
    assert array.refused("POST", CLONE, {"name": "x", "file_systems": ["nosuch"]})[0] == 404
