# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What create, change and delete from the schema do beyond storing attributes."""

from __future__ import annotations

import pytest

from tests.unit.emulator.powerstore.array import Array

SERVER = {"name": "nas1"}


@pytest.fixture
def nas(array: Array) -> str:
    """The id of a NAS server."""
    return str(array.do("POST", "nas_server", SERVER)["id"])


def file_system(array: Array, server: str, name: str = "fs1") -> str:
    body = {"name": name, "nas_server_id": server, "size_total": 3221225472}
    return str(array.do("POST", "file_system", body)["id"])


def test_what_is_in_use_stays_and_what_belongs_to_an_object_goes_with_it(array: Array, nas: str) -> None:
    system = file_system(array, nas)
    array.do("POST", "file_dns", {"nas_server_id": "name:nas1", "domain": "example.com", "ip_addresses": ["192.0.2.1"]})
    status, text = array.refused("DELETE", f"nas_server/{nas}")
    assert (status, text) == (422, "The nas server nas1 is in use by file system fs1.")
    array.do("DELETE", f"file_system/{system}")
    array.do("DELETE", f"nas_server/{nas}")
    assert array.get("file_dns") == []


def test_names_are_unique_in_their_scope(array: Array, nas: str) -> None:
    other = str(array.do("POST", "nas_server", {"name": "nas2"})["id"])
    system = file_system(array, nas)
    body = {"name": "FS1", "nas_server_id": nas, "size_total": 3221225472}
    assert array.refused("POST", "file_system", body)[0] == 422
    elsewhere = file_system(array, other)
    export = {"name": "e", "path": "/fs1"}
    array.do("POST", "nfs_server", {"nas_server_id": nas})
    array.do("POST", "nfs_server", {"nas_server_id": other})
    array.do("POST", "nfs_export", {**export, "file_system_id": system})
    assert array.refused("POST", "nfs_export", {**export, "file_system_id": system})[0] == 422
    array.do("POST", "nfs_export", {**export, "file_system_id": elsewhere})
    assert array.refused("PATCH", f"nas_server/{other}", {"name": "NAS1"})[0] == 422
    array.do("PATCH", f"nas_server/{other}", {"name": "NAS2"})


def test_what_identifies_may_be_left_out(array: Array) -> None:
    array.platform.change({"type": "ldap_domain", "create": {"id": "D1", "domain_name": "example.com"}})
    account = {"domain_id": "D1", "name": "jane", "role_id": "name:Operator"}
    array.do("POST", "ldap_account", account)
    status, text = array.refused("POST", "ldap_account", account)
    assert (status, text) == (422, "There is a ldap account already with domain_id D1, name jane, type User.")
    array.do("POST", "ldap_account", {**account, "type": "Group"})


def test_lists_by_additions_and_removals(array: Array, nas: str) -> None:
    body = {"nas_server_id": nas, "domain": "example.com", "ip_addresses": ["192.0.2.1", "192.0.2.2"]}
    path = f"file_dns/{array.do('POST', 'file_dns', body)['id']}"
    array.do("PATCH", path, {"add_ip_addresses": ["192.0.2.3"], "remove_ip_addresses": ["192.0.2.1"]})
    assert array.get(path, select="ip_addresses")["ip_addresses"] == ["192.0.2.2", "192.0.2.3"]
    for wrong in (
        {"add_ip_addresses": ["192.0.2.2"]},
        {"remove_ip_addresses": ["192.0.2.1"]},
        {"add_ip_addresses": ["192.0.2.9"], "ip_addresses": ["192.0.2.9"]},
    ):
        assert array.refused("PATCH", path, wrong)[0] == 400, wrong


def test_a_value_that_goes_one_way(array: Array, nas: str) -> None:
    array.platform.change({"type": "nas_server", "id": nas, "set": {"is_replication_destination": True}})
    array.do("PATCH", f"nas_server/{nas}", {"is_replication_destination": True})
    array.do("PATCH", f"nas_server/{nas}", {"is_replication_destination": False})
    assert array.refused("PATCH", f"nas_server/{nas}", {"is_replication_destination": True})[0] == 422


def test_replicas_are_read_only(array: Array) -> None:
    array.platform.change({"type": "file_events_publisher", "create": {"id": "P1", "name": "p", "is_replica": True}})
    assert array.refused("PATCH", "file_events_publisher/P1", {"name": "q"})[0] == 422
    assert array.refused("DELETE", "file_events_publisher/P1")[0] == 422


def test_an_empty_text_unsets_a_description_and_references_show_in_relations(array: Array, nas: str) -> None:
    array.do("PATCH", f"nas_server/{nas}", {"description": "d"})
    array.do("PATCH", f"nas_server/{nas}", {"description": ""})
    address = {"nas_server_id": nas, "ip_address": "192.0.2.7", "prefix_length": 24}
    interface = array.do("POST", "file_interface", address)["id"]
    array.do("PATCH", f"nas_server/{nas}", {"production_IPv4_interface_id": interface})
    shown = array.get(f"nas_server/{nas}", select="description,production_IPv4_interface_id,file_interfaces(id)")
    expected = {"description": None, "production_IPv4_interface_id": interface, "file_interfaces": [{"id": interface}]}
    assert shown == expected


def test_relations_that_a_body_gives_by_ids(array: Array, nas: str) -> None:
    publisher = array.do("POST", "file_events_publisher", {"name": "p"})["id"]
    array.do("PATCH", f"nas_server/{nas}", {"file_events_publisher_id": publisher})
    assert array.get(f"file_events_publisher/{publisher}", select="nas_servers(name)")["nas_servers"] == [SERVER]
    assert array.refused("DELETE", f"file_events_publisher/{publisher}")[0] == 422
    array.do("PATCH", f"nas_server/{nas}", {"file_events_publisher_id": None})
    array.do("DELETE", f"file_events_publisher/{publisher}")
