# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A document becomes an array: what it does not hold, what is wrong with it, what its head says, and who may log in."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.documents.catalog import TYPES, item_type
from jobwise_emulator.clock import ManualClock
from jobwise_emulator.platforms import Options, OrderError
from jobwise_emulator.powerstore import initial
from jobwise_emulator.powerstore.catalog import load
from jobwise_emulator.powerstore.platform import PowerStore
from jobwise_emulator.powerstore.twin import options
from jobwise_emulator.powerstore.twin.translation import objects_of

Json = t.Dict[str, t.Any]


def twin(text: str, **more: t.Any) -> PowerStore:
    return PowerStore(Options(ManualClock(), document=text, **more))


def seed(text: str, **more: t.Any) -> Json:
    return initial.catalog_and_seed(Options(ManualClock(), document=text, **more))[1]


def test_it_knows_every_option_of_every_type() -> None:
    assert list(options.KINDS) == list(TYPES)
    for name in TYPES:
        table, kind = item_type(name).resource, options.KINDS[name]
        catalog = load("4.1")
        for option, spec in table.argument_spec().items():
            if option in ("name", "id", kind.key, f"new_{table.key}", *item_type(name).elsewhere):
                continue
            value = [] if spec.get("type") == "list" else "1"
            item: Json = {kind.key: "x", option: value} if kind.has_name else {option: value}
            if name == "service_config":
                item["appliance"] = "one"  # its objects have the ids of their appliances
            objects_of({name: item if kind.id else [item]}, catalog)


def test_what_a_document_only_refers_to_is_there() -> None:
    world = twin(
        """
volume:
  - {name: db, size: 1 TiB, protection_policy: gold, mapped_hosts: [{host: h1}, {host: h2, logical_unit_number: 0}]}
  - {name: DB2, size: 10 GiB, mapped_hosts: [{host: H1}, {host: h2}], appliance: west}
volume_group:
  - {name: all, volumes: [db, db2, "id:5b0a9c6e-0000-4000-8000-000000000001"]}
local_user:
  - {name: kim, role: Storage Operator}
"""
    ).world
    policy = world.store.where("policy", "name", "gold")[0]
    assert (policy["type"], policy["managed_by"]) == ("Protection", "User")
    hosts = {host["id"]: host["name"] for host in world.store.all("host")}
    names = {volume["id"]: volume["name"] for volume in world.store.all("volume")}
    mapped = [
        (names[one["volume_id"]], hosts[one["host_id"]], one["logical_unit_number"])
        for one in world.store.all("host_volume_mapping")
    ]
    assert mapped == [("db", "h1", 0), ("db", "h2", 0), ("DB2", "h1", 1), ("DB2", "h2", 1)]
    (group,) = world.store.all("volume_group")
    assert group["@volumes"][2] == "5b0a9c6e-0000-4000-8000-000000000001"
    known_by_id = [volume for volume in world.store.all("volume") if "known by its id" in volume["name"]]
    assert len({volume["name"] for volume in known_by_id}) == 1 and len(known_by_id) == 2
    assert [one["name"] for one in world.store.all("appliance")] == ["west", "another appliance"]
    assert (
        world.find("role", world.store.where("local_user", "name", "kim")[0]["role_id"])["name"] == "Storage Operator"
    )


def test_relations_without_an_id_in_the_object() -> None:
    world = twin(
        """
file_events_publisher: [{name: p, file_events_pools: [a, b], publisher_username: u, publisher_password: x}]
nas_server: [{name: n, file_events_publisher: P}, {name: m, file_events_publisher: ""}]
"""
    ).world
    (publisher,) = world.store.all("file_events_publisher")
    pools = [world.find("file_events_pool", key)["name"] for key in publisher["@file_events_pools"]]
    assert (pools, publisher["username"]) == (["a", "b"], "u")
    users = {one["name"]: one["@file_events_publishers"] for one in world.store.all("nas_server")}
    assert users == {"n": [publisher["id"]], "m": []}


def test_what_somebody_else_manages_stays_so() -> None:
    world = twin("{volume: [{name: a, protection_policy: far}], protection_policy: [{name: near}]}").world
    assert world.store.where("policy", "name", "far")[0]["managed_by"] == "Metro"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("- a", "is not a document"),
        ("volume: [", "is neither YAML nor JSON"),
        ("volumes: []", "a document has no type volumes. Did you mean volume?"),
        ("volume: {name: a}", "volume has to be a list of dictionaries"),
        ("dns: [1]", "dns has to be a dictionary"),
        ("volume: [{size: 1 GiB}]", r"volume\[0\] has no name"),
        ("volume: [{name: a}, {name: a}]", r"volume\[1\]: there are two objects called a"),
        ("volume: [{name: a, sice: 1 GiB}]", r"volume\[0\] \(a\): volume has no option sice. Did you mean size?"),
        ("volume: [{name: a, size: big}]", r"volume\[0\] \(a\): size takes a capacity such as 500 GiB, not 'big'"),
        ("volume: [{name: a, mapped_hosts: [h]}]", "an entry of mapped_hosts needs host"),
        ("volume_group: [{name: a, volumes: b}]", "volumes has to be a list"),
        ("host: [{name: a, initiators: [iqn]}]", "an initiator needs port_name and port_type"),
        ("io_limit_rule: [{name: a, max_iops: many}]", "max_iops takes a whole number, not 'many'"),
        ("# Gathered by x\n# format: 2\n---\n{}", "has format 2; this emulator knows format 1"),
    ],
)
def test_a_wrong_document_is_explained(text: str, why: str) -> None:
    with pytest.raises(OrderError, match=why):
        seed(text)


def test_the_release_decides_about_types() -> None:
    with pytest.raises(
        OrderError, match="file_io_limit_rule: PowerStore 4.0 has no such objects. Give --api-version 4.1"
    ):
        seed("# Gathered by x\n# release: 4.0.0.1\n---\nfile_io_limit_rule: [{name: a, max_bw: 1000}]")
    assert seed("file_io_limit_rule: [{name: a, max_bw: 1000}]")["file_io_limit_rule"][0]["max_bw"] == 1000
    newer = seed("# Gathered by x\n# release: 9.2.0.0\n---\n{}")
    assert [one["release_version"] for one in newer["software_installed"]] == ["9.2.0.0", "9.2.0.0"]


def test_users_without_a_password_get_the_given_one() -> None:
    text = "local_user: [{name: kim}, {name: lee, user_password: Own!pass1}, {name: max, user_password: !vault x}]"
    users = {user["name"]: user["password"] for user in seed(text, username="ansible", password="Pw!12345")["users"]}
    assert users == {
        "admin": "Pw!12345",
        "kim": "Pw!12345",
        "lee": "Own!pass1",
        "max": "Pw!12345",
        "ansible": "Pw!12345",
    }


def test_an_array_has_what_every_array_has_and_what_is_added() -> None:
    more = {"remote_system": [{"name": "unity1", "type": "Unity", "management_address": "192.0.2.9"}]}
    world = twin("volume: [{name: gone, state: absent}]", seed=more).world
    assert world.store.all("volume") == [] and world.store.all("storage_container") == []
    assert [one["name"] for one in world.store.all("remote_system")] == ["unity1"]
    assert [one["name"] for one in world.store.all("local_user")] == ["admin"]
    assert world.store.all("dns") and world.store.all("network") and len(world.store.all("policy")) == 3


def test_a_file_system_is_looked_up_in_its_nas_server() -> None:
    world = twin(
        """
nas_server: [{name: n1}, {name: n2}]
file_system:
  - {name: home, nas_server: n1, size: 3 GiB}
  - {name: home, nas_server: n2, size: 3 GiB}
nfs_export:
  - {name: home, nas_server: N2, file_system: HOME, path: /home, is_no_suid: true}
  - {name: other, nas_server: n3, file_system: alone, path: /alone}
file_tree_quota: [{path: /a, nas_server: n1, file_system: home, hard_limit: 1 GiB}]
"""
    )
    servers = {row["id"]: row["name"] for row in world.world.store.all("nas_server")}
    systems = {row["id"]: (row["name"], servers[row["nas_server_id"]]) for row in world.world.store.all("file_system")}
    exports = {row["name"]: systems[row["file_system_id"]] for row in world.world.store.all("nfs_export")}
    assert exports == {"home": ("home", "n2"), "other": ("alone", "n3")}
    (quota,) = world.world.store.all("file_tree_quota")
    assert systems[quota["file_system_id"]] == ("home", "n1") and quota["hard_limit"] == 1 << 30
    assert [row["is_no_SUID"] for row in world.world.store.all("nfs_export")] == [True, False]
