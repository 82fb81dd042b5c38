# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of remote systems, and the source objects that come and go with them."""

from __future__ import annotations

import pytest

from jobwise_emulator.exchange import Json
from tests.unit.emulator.powerstore.array import Array
from tests.unit.emulator.powerstore.imports import Imports

UNITY: Json = {
    "type": "Unity",
    "name": "unity2",
    "description": "second",
    "management_address": "unity2.example.com",
    "remote_username": "importer",
    "remote_password": "Secret123!",
    "iscsi_addresses": ["192.0.2.60"],
    "discovery_chap_mode": "Disabled",
    "session_chap_mode": "Disabled",
}
POWERSTORE: Json = {"type": "PowerStore", "management_address": "192.0.2.70", "data_network_latency": "Low"}


def show(array: Array, name: str) -> Json:
    found: Json = array.get(f"remote_system/name:{name}", select="*")
    return found


def create(array: Array, body: Json) -> str:
    return str(array.do("POST", "remote_system", body)["id"])


def test_what_is_built_in(imports: Imports) -> None:
    found = imports.get("remote_system", select="name,type,state", order="name")
    assert [(one["name"], one["type"], one["state"]) for one in found] == [
        ("remote1", "PowerStore", "OK"),
        ("sc1", "Storage_Center", "OK"),
        ("uni1", "Universal", "OK"),
        ("unity1", "Unity", "OK"),
    ]
    volumes = imports.get("import_unity_volume", select="name,importable_criteria", name="like.lun*")
    assert len(volumes) == 12
    assert len({one["importable_criteria"] for one in volumes}) == 4
    group = "import_unity_consistency_group/name:cg01"
    members = imports.get(group, select="import_unity_volumes(name,import_unity(name))")["import_unity_volumes"]
    assert [one["name"] for one in members] == ["lun10", "lun11", "lun12"]
    assert members[0]["import_unity"] == {"name": "unity1"}
    assert imports.get("host/name:esx01", select="type,host_group(name)") == {
        "type": "External",
        "host_group": {"name": "esx-cluster"},
    }


def test_a_unity_brings_its_array(array: Array) -> None:
    key = create(array, UNITY)
    shown = show(array, "unity2")
    assert (shown["id"], shown["user_name"], shown["state"]) == (key, "importer", "OK")
    assert shown["iscsi_addresses"] == ["192.0.2.60"]
    assert not {name for name in shown if "password" in name or name.startswith("@") or name == "remote_username"}
    unity = array.get("import_unity/name:unity2", select="id,management_address,supported_import_type")
    assert unity["id"] == key
    assert unity["supported_import_type"] == "Non_Disruptive_And_Agentless"


def test_a_powerstore_is_named_by_the_array(array: Array) -> None:
    key = create(array, POWERSTORE)
    shown = array.get(f"remote_system/{key}", select="*")
    assert (shown["type"], shown["data_connection_type"], shown["management_port"]) == ("PowerStore", "TCP", None)
    assert shown["name"]
    assert "Block_Metro_Active_Active" in shown["capabilities"]
    array.do("POST", "volume_group/name:app01/configure_metro", {"remote_system_id": "name:remote1"})


@pytest.mark.parametrize("missing", ["name", "description", "management_address", "remote_username"])
def test_what_every_external_system_needs(array: Array, missing: str) -> None:
    body = {key: value for key, value in UNITY.items() if key != missing}
    status, text = array.refused("POST", "remote_system", body)
    assert (status, f"{missing} is required" in text) == (422, True), text


@pytest.mark.parametrize(
    ("base", "more", "status", "words"),
    [
        (UNITY, {"remote_password": ""}, 422, "remote_password is required"),
        (UNITY, {"iscsi_addresses": []}, 422, "iscsi_addresses are required"),
        (UNITY, {"session_chap_mode": "Mutual"}, 422, "import_chap_info is required"),
        (UNITY, {"management_port": 5443}, 422, "only for PowerMax"),
        (UNITY, {"data_connection_type": "TCP"}, 422, "FC or iSCSI"),
        (UNITY, {"type": "NetApp", "data_connection_type": "FC"}, 422, "by iSCSI"),
        (UNITY, {"type": "PowerMax_VMAX", "data_connection_type": "iSCSI"}, 422, "by FC"),
        (UNITY, {"type": "PowerProtect_DD"}, 422, "ppdd_storage_unit_details is required"),
        (UNITY, {"type": "Universal"}, 422, "data_connection_type is required"),
        (UNITY, {"type": "Universal", "data_connection_type": "FC"}, 422, "universal_details are required"),
        (UNITY, {"type": "CX"}, 400, "not found in enum"),
        (UNITY, {"name": "UNITY1"}, 400, "exists already"),
        (UNITY, {"name": "x" * 129}, 400, "longer than 128"),
        (UNITY, {"name": "x" * 257}, 400, "too long"),
        (UNITY, {"management_address": "192.0.2.11"}, 422, "unity1 has the management address"),
        (UNITY, {"management_address": "no address"}, 400, "no address"),
        (UNITY, {"iscsi_addresses": ["300.1.1.1"]}, 400, "no address"),
        (UNITY, {"password": "x"}, 400, "password"),
        (POWERSTORE, {"name": "site2"}, 422, "name is only for remote systems that are no PowerStore"),
        (POWERSTORE, {"remote_password": "x"}, 422, "no PowerStore"),
        (POWERSTORE, {"data_network_latency": "Slow"}, 400, "not found in enum"),
    ],
)
def test_what_is_refused(array: Array, base: Json, more: Json, status: int, words: str) -> None:
    answer = array.refused("POST", "remote_system", {**base, **more})
    assert (answer[0], words in answer[1]) == (status, True), answer
    assert len(array.get("remote_system")) == 4


def test_powermax_has_a_port(array: Array) -> None:
    body = {**UNITY, "type": "PowerMax_VMAX", "data_connection_type": "FC"}
    create(array, body)
    assert show(array, "unity2")["management_port"] == 5443
    array.do("PATCH", "remote_system/name:unity2", {"management_port": 8443})
    assert show(array, "unity2")["management_port"] == 8443
    assert array.get("import_vmax", select="supported_import_type") == [{"supported_import_type": "Agentless"}]


def test_modify(array: Array) -> None:
    body = {"name": "old-unity", "description": "x", "remote_username": "other", "remote_password": "Other123!"}
    array.do("PATCH", "remote_system/name:unity1", body)
    shown = show(array, "old-unity")
    assert (shown["description"], shown["user_name"]) == ("x", "other")


@pytest.mark.parametrize(
    ("name", "body", "status", "words"),
    [
        ("remote1", {"name": "x"}, 422, "name of a remote system of type PowerStore"),
        ("remote1", {"remote_username": "x"}, 422, "remote_username"),
        ("unity1", {"data_network_latency": "Low"}, 422, "data_network_latency"),
        ("unity1", {"management_port": 1}, 422, "management_port"),
        ("sc1", {"unity_file_details": {}}, 422, "unity_file_details"),
        ("unity1", {"name": "SC1"}, 400, "exists already"),
        ("unity1", {"management_address": "192.0.2.12"}, 422, "sc1 has the management address"),
        ("unity1", {"name": "x" * 129}, 400, "too long"),
        ("unity1", {"type": "VNX"}, 400, "type"),
        (
            "remote1",
            {"add_powerstore_data_network_groups": [], "remove_powerstore_data_network_group_ids": []},
            422,
            "Only one operation",
        ),
    ],
)
def test_what_cannot_be_modified(array: Array, name: str, body: Json, status: int, words: str) -> None:
    answer = array.refused("PATCH", f"remote_system/name:{name}", body)
    assert (answer[0], words in answer[1]) == (status, True), answer


def test_delete_takes_the_source_objects_along(array: Array) -> None:
    array.do("DELETE", "remote_system/name:unity1")
    assert array.names("remote_system") == ["remote1", "sc1", "uni1"]
    for kind in ("import_unity", "import_unity_volume", "import_unity_consistency_group"):
        assert array.get(kind) == []
    assert len(array.get("import_storage_center_volume")) == 3


def test_delete_refuses_while_an_import_is_active(imports: Imports) -> None:
    imports.start("m1", "lun01")
    status, text = imports.refused("DELETE", "remote_system/name:unity1")
    assert (status, "active import sessions" in text) == (422, True)
    imports.force("m1", "Cancelled")
    imports.do("DELETE", "remote_system/name:unity1")
    assert imports.show("m1")["remote_system"] is None


@pytest.mark.parametrize("kind", ["replication_rule", "snapshot_rule", "replication_session"])
def test_delete_refuses_while_protection_needs_it(array: Array, kind: str) -> None:
    create: Json = {"id": "X1", "remote_system_id": "name:remote1"}
    array.platform.change({"type": kind, "create": create})
    status, text = array.refused("DELETE", "remote_system/name:remote1")
    assert (status, kind.replace("_", " ") in text) == (422, True)
    array.platform.change({"type": kind, "id": "X1", "delete": True})
    array.do("DELETE", "remote_system/name:remote1")


def test_verify_brings_a_changed_system_up_to_date(array: Array) -> None:
    array.platform.change({"type": "remote_system", "name": "unity1", "set": {"state": "Update_Needed"}})
    array.do("POST", "remote_system/name:unity1/verify", {"update_transport": False})
    assert show(array, "unity1")["state"] == "OK"
    array.platform.change({"type": "remote_system", "name": "unity1", "set": {"state": "Management_Connection_Lost"}})
    for action in ("verify", "discover"):
        assert array.refused("POST", f"remote_system/name:unity1/{action}")[0] == 422


@pytest.mark.parametrize("path", ["remote_system/name:unity1/discover", "import_unity/name:unity1/discover"])
def test_discover_finds_new_volumes_and_keeps_known_ones(imports: Imports, path: str) -> None:
    imports.start("m1", "lun01")
    assert "lun13" not in imports.names("import_unity_volume")
    imports.do("POST", path)
    imports.do("POST", path)
    assert imports.names("import_unity_volume").count("lun13") == 1
    assert imports.criteria("lun01") == "In_Progress"
    imports.start("m2", "lun13")
    imports.do("POST", path)
    assert imports.criteria("lun13") == "In_Progress"


def test_discover_is_for_external_systems(array: Array) -> None:
    status, text = array.refused("POST", "remote_system/name:remote1/discover")
    assert (status, "nothing to discover" in text) == (422, True)


def test_what_a_new_system_brings_is_a_setting(imports: Imports) -> None:
    volume = {"name": "new01", "size": 8192, "wwn": "naa.1", "importable_criteria": "Ready"}
    imports.settings(discoverable={"unity2": {"import_unity_volume": [volume]}})
    create(imports, UNITY)
    body = {"name": "m1", "remote_system_id": "name:unity2", "source_resource_id": imports.source("new01")}
    imports.do("POST", "import_session", body)
    assert imports.show("m1")["remote_system"] == {"name": "unity2"}


def test_source_objects_are_read_only(array: Array) -> None:
    assert array.call("POST", "import_unity_volume", {"name": "x"}).status == 405
    assert array.call("DELETE", "import_unity/name:unity1").status == 405
