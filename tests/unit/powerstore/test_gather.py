# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a gathered document holds of an array, what it leaves out and why, and how many requests it takes."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.documents.catalog import TYPES, item_type
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.documents.gather import Gathered, gather
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.releases import as_release
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.schema import facts_of
from jobwise_emulator.powerstore.platform import PowerStore

from .in_process import array_of, client_of

GIB = 1024**3
UUID = "12345678-1234-1234-1234-123456789abc"


def planted(*objects: tuple[str, dict[str, t.Any]]) -> PowerStore:
    array = array_of()
    for kind, attributes in objects:
        array.change({"type": kind, "create": attributes})
    return array


def gathered(array: PowerStore, *types: str, **filters: dict[str, str]) -> Gathered:
    client, dummy = client_of(array)
    return gather(client, types or TYPES, filters)


def items(found: Gathered, type_: str) -> dict[str, dict[str, t.Any]]:
    return {one["name"]: one for one in found.document.get(type_, ())}


def test_one_request_a_type_and_one_a_referred_type() -> None:
    client, transport = client_of(array_of())
    found = gather(client, TYPES, {})
    reads = [line for line in transport.talk if line.startswith("GET ")]
    listed = {item_type(name).resource.type for name in TYPES}
    later = {name for name in listed if as_release(facts_of(name).since) > as_release(found.array.release)}
    referred = {"appliance", "role"}
    wanted = {*(listed - later), *referred, "cluster", "software_installed"}
    assert sorted(set(reads)) == sorted(f"GET {name}" for name in wanted)
    kinds = [query["type"] for query in transport.queries if "Protection" in query.get("type", "")]
    assert kinds == ["in.(Protection)"] and len(reads) - len(set(reads)) == 2, "policies of two kinds, and the cluster"
    assert (found.array.name, found.array.id, found.array.release) == ("emulated", "PSemulated0001", "4.0.0.0")


def test_what_is_unique_in_its_nas_server_is_told_apart_by_it() -> None:
    servers = [("nas_server", {"id": f"{UUID[:-1]}{number}", "name": f"nas0{number}"}) for number in (1, 2)]
    systems = [
        ("file_system", {"id": f"{key[:-2]}a{key[-1]}", "name": "home", "nas_server_id": key, "size_total": 3 * GIB})
        for key in (str(server["id"]) for dummy, server in servers)
    ]
    inside = [
        (type_, {**body, "file_system_id": system["id"]})
        for dummy, system in systems
        for type_, body in (("nfs_export", {"name": "home", "path": "/home"}), ("file_tree_quota", {"path": "/a"}))
    ]
    found = gathered(planted(*servers, *systems, *inside), "file_system", "nfs_export", "file_tree_quota")
    assert not found.omitted
    for type_ in found.document:
        assert {one["nas_server"] for one in found.document[type_]} == {"nas01", "nas02"}, type_
    exports = {one["nas_server"]: one["file_system"] for one in found.document["nfs_export"]}
    assert exports == {"nas01": "home", "nas02": "home"}, "the NAS server says which"


def test_defaults_and_what_nobody_can_set_again_are_left_out() -> None:
    found = gathered(array_of(), "volume", "volume_group", "local_user")
    assert items(found, "volume")["db01"] == {"name": "db01", "size": "500 GiB", "performance_policy": "medium"}
    assert items(found, "volume_group")["app01"] == {
        "name": "app01",
        "description": "first application",
        "protection_policy": "gold",
        "volumes": ["app01-data", "app01-log"],
    }
    assert items(found, "local_user")["helpdesk"] == {"name": "helpdesk", "role": "Operator", "is_mfa_bypass": True}
    assert {"type": "local_user", "name": "helpdesk", "option": "user_password"} in found.secrets


@pytest.mark.parametrize(
    "size, written",
    [(10 * GIB, "10 GiB"), (GIB + 8192, "131073 8 KiB"), (1024**2 + 8192, "1032 KiB"), (2 * 1024**4, "2 TiB")],
)
def test_sizes_are_exact(size: int, written: str) -> None:
    found = gathered(planted(("volume", {"name": "odd", "size": size})), "volume")
    assert items(found, "volume")["odd"]["size"] == ("1048584 KiB" if size == GIB + 8192 else written)


def test_a_quota_that_no_unit_fits_is_written_in_bytes() -> None:
    found = gathered(planted(("storage_container", {"name": "odd", "quota": 10**11 + 1})), "storage_container")
    assert items(found, "storage_container")["odd"]["quota"] == 10**11 + 1


def test_rules_compare_sizes_and_not_their_texts() -> None:
    """As texts, 8 GiB is more than 10 GiB."""
    quotas = {"is_quota_enabled": True, "default_soft_limit": 8 * GIB, "default_hard_limit": 10 * GIB}
    array = planted(
        ("nas_server", {"name": "nas01", "id": "n1"}),
        ("file_system", {"id": "f1", "name": "home", "size_total": 20 * GIB, "nas_server_id": "n1", **quotas}),
        ("file_ftp", {"id": "1", "nas_server_id": "n1", "is_ftp_enabled": True, "audit_max_size": 512 * 1024}),
    )
    home = items(gathered(array, "file_system"), "file_system")["home"]
    assert (home["default_soft_limit"], home["default_hard_limit"]) == ("8 GiB", "10 GiB")
    assert gathered(array, "file_ftp").document["file_ftp"][0]["audit_max_size"] == "512 KiB"


def test_mappings_and_initiators() -> None:
    initiator = {"port_name": "iqn.1994-05.com.example:x", "port_type": "iSCSI", "chap_single_username": "u"}
    array = planted(
        ("host", {"name": "h", "os_type": "Linux", "host_initiators": [initiator]}),
        ("host_volume_mapping", {"volume_id": "name:db01", "host_id": "name:h", "logical_unit_number": 0}),
        (
            "host_volume_mapping",
            {"volume_id": "name:db01", "host_group_id": "name:esx-cluster", "logical_unit_number": 4},
        ),
    )
    found = gathered(array, "volume", "host")
    assert items(found, "volume")["db01"]["mapped_hosts"] == [{"host": "h", "logical_unit_number": 0}]
    assert items(found, "volume")["db01"]["mapped_host_groups"] == [
        {"host_group": "esx-cluster", "logical_unit_number": 4}
    ]
    assert items(found, "host")["h"]["initiators"] == [initiator]
    secret = "initiators of iqn.1994-05.com.example:x: chap_single_password"
    assert found.secrets == [{"type": "host", "name": "h", "option": secret}]


@pytest.mark.parametrize(
    "name, written",
    [("plain", "plain"), ("name:x", "name:name:x"), ("id:x", "name:id:x"), (UUID, f"name:{UUID}"), ("N1", "N1")],
)
def test_references_lead_to_the_same_object(name: str, written: str) -> None:
    array = planted(
        ("volume", {"name": name, "size": GIB}), ("volume_group", {"name": "g", "volume_ids": [f"name:{name}"]})
    )
    assert items(gathered(array, "volume_group"), "volume_group")["g"]["volumes"] == [written]


@pytest.mark.parametrize("name", [" blanks ", "twice"])
def test_references_by_id(name: str) -> None:
    array = planted(("host", {"name": name, "os_type": "Linux"}))
    [key] = [row["id"] for row in array.world.store.all("host") if row["name"] == name]
    array.change({"type": "host_volume_mapping", "create": {"volume_id": "name:db01", "host_id": key}})
    array.change({"type": "host", "create": {"name": "TWICE", "os_type": "Linux"}})
    found = gathered(array, "host", "volume")
    assert [one["host"] for one in items(found, "volume")["db01"]["mapped_hosts"]] == [f"id:{key}"]


def test_what_is_left_out_and_why() -> None:
    rule = {"interval": "One_Hour", "desired_retention": 1}
    policy = {"type": "Protection", "snapshot_rule_ids": ["name:hourly"]}
    array = planted(
        ("snapshot_rule", {"name": "replica", **rule, "is_replica": True}),
        ("snapshot_rule", {"name": "vmware", **rule, "managed_by": "VMware_vSphere"}),
        ("policy", {"name": "fixed", **policy, "is_read_only": True}),
        ("policy", {"name": "metro", **policy, "managed_by": "Metro"}),
        ("host", {"name": "own", "os_type": "Linux", "type": "Internal"}),
        ("host", {"name": "Twice", "os_type": "Linux"}),
        ("host", {"name": "twice", "os_type": "Linux"}),
        ("volume", {"name": "copy", "size": GIB, "is_replication_destination": True}),
        ("volume", {"name": "snapshot", "size": GIB, "type": "Snapshot"}),
        ("local_user", {"name": "odd name", "role_id": "1"}),
    )
    found = gathered(array)
    accepted = "not what the module local_user takes: name takes letters, digits and dots only, not 'odd name'."
    assert found.omitted == {
        ("local_user", "built in"): ["admin"],
        ("local_user", accepted): ["odd name"],
        ("snapshot_rule", "a replica that its source system manages"): ["replica"],
        ("snapshot_rule", "managed by VMware vSphere"): ["vmware"],
        ("protection_policy", "built in"): ["fixed"],
        ("protection_policy", "managed by Metro"): ["metro"],
        ("host", "part of the array itself"): ["own"],
        ("host", "one of several with this name"): ["Twice", "twice"],
        ("volume", "the destination of a replication"): ["copy"],
    }
    assert "snapshot" not in items(found, "volume")


@pytest.mark.parametrize("role, there", [("Metro_Preferred", True), ("Metro_Non_Preferred", False)])
def test_only_the_preferred_side_of_metro(role: str, there: bool) -> None:
    array = planted(
        ("replication_session", {"id": UUID, "role": role, "state": "OK", "remote_system_id": "name:remote1"}),
        ("volume", {"name": "wide", "size": GIB, "metro_replication_session_id": UUID}),
    )
    found = gathered(array, "volume")
    assert ("wide" in items(found, "volume")) == there
    assert found.omitted == ({} if there else {("volume", "the other side of metro with remote1"): ["wide"]})


def test_filters() -> None:
    found = gathered(array_of(), "volume", "host", volume={"name": "like.db*", "size": "gte.100 GiB"})
    assert list(items(found, "volume")) == ["db01", "db02", "db03", "db04"] and len(items(found, "host")) == 3


def test_a_wrong_filter_is_refused_before_anything_is_read() -> None:
    client, transport = client_of(array_of())
    with pytest.raises(InputError, match="filter on name has no operator"):
        gather(client, ["host", "volume"], {"volume": {"name": "db*"}})
    assert transport.talk == []


def test_types_that_the_release_lacks_are_left_out() -> None:
    client, transport = client_of(array_of())
    assert gather(client, ["file_io_limit_rule", "file_qos_policy"], {}).document == {}
    assert [line for line in transport.talk if "policy" in line or "rule" in line] == []
