# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The query language: select, filters, order, paging, and the types that take none of it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.emulator.powerstore.array import Array

WEB = ["web01", "web02", "web03", "web04"]
GIB = 1024**3


def test_every_collection_of_the_contract_answers(array: Array) -> None:
    kinds = sorted(array.platform.catalog.collections)
    assert len(kinds) == 126
    for kind in kinds:
        for entry in array.get(kind, select="*"):
            assert entry["id"]
        array.get(kind)
    assert array.get("nfs_export") == []


def test_every_relation_can_be_selected(array: Array) -> None:
    for kind in array.platform.catalog.collections:
        attributes = array.platform.catalog.attributes(kind)
        relations = [name for name, facts in attributes.items() if facts["type"] == "relation"]
        array.get(kind, select=",".join(["*", *relations]))


def test_select(array: Array) -> None:
    assert array.get("policy/name:gold") == {"id": array.key("policy", "gold")}
    found = array.get("volume_group/name:app01", select="name, volumes(name,volume_groups(name)),protection_policy")
    assert found["protection_policy"] == {"id": array.key("policy", "gold")}
    assert found["volumes"] == [
        {"name": "app01-data", "volume_groups": [{"name": "app01"}]},
        {"name": "app01-log", "volume_groups": [{"name": "app01"}]},
    ]


def test_star_selects_attributes_and_embedded_structs_but_no_relations(array: Array) -> None:
    found = array.get("volume_group/name:app01", select="*,volumes")
    assert found["type_l10n"] == "Primary"
    assert found["protection_data"]["family_id"] == found["id"]
    assert found["protection_data"]["creator_type_l10n"] == "User"
    assert set(found["volumes"][0]) == {"id"}
    assert "protection_policy" not in found
    assert found["qos_performance_policy_id"] is None


def test_relations_lead_both_ways(array: Array) -> None:
    policy = array.get("policy/name:gold", select="volume_groups(name),volumes,snapshot_rules(name)")
    assert policy["volume_groups"] == [{"name": "app01"}]
    assert policy["volumes"] == []
    assert [rule["name"] for rule in policy["snapshot_rules"]] == ["hourly", "daily"]
    rule = array.get("snapshot_rule/name:daily", select="policies(name)")
    assert sorted(entry["name"] for entry in rule["policies"]) == ["gold", "silver"]
    assert array.get("policy/name:bronze-qos", select="io_limit_rule(name)")["io_limit_rule"]["name"] == "bronze-limit"
    assert array.get("volume/name:web01", select="protection_policy,appliance(name)") == {
        "protection_policy": None,
        "appliance": {"name": "emulated-appliance-1"},
    }


@pytest.mark.parametrize(
    "select",
    ["nonsense", "id,nonsense", "volumes(nonsense)", "protection_data(nonsense)", "name(id)", "", "id,", "volumes(id"],
)
def test_wrong_select_is_refused(array: Array, select: str) -> None:
    assert array.call("GET", "volume_group", select=select).status == 400
    assert array.call("GET", "volume_group/name:app01", select=select).status == 400


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"name": "eq.web01"}, ["web01"]),
        ({"name": "eq.WEB01"}, ["web01"]),
        ({"id": "eq.WEB01"}, []),
        ({"name": "ilike.WEB*"}, WEB),
        ({"name": "like.web*"}, WEB),
        ({"name": "ilike.*b0*", "size": f"lt.{100 * GIB}"}, WEB),
        ({"name": "in.(web01,db01)"}, ["db01", "web01"]),
        ({"name": 'in.("web01", db01)'}, ["db01", "web01"]),
        ({"name": "not.in.(web01)", "type": "eq.Primary", "size": f"eq.{50 * GIB}"}, WEB[1:]),
        ({"size": f"gt.{500 * GIB}"}, ["files01"]),
        ({"size": f"gte.{500 * GIB}", "name": "neq.files01"}, ["db01", "db02", "db03", "db04"]),
        ({"size": f"lte.{10 * GIB}", "type": "eq.Primary"}, ["scratch01"]),
        ({"type": "eq.Clone"}, ["app01-test.app01-data", "app01-test.app01-log"]),
        ({"name": "ilike.web*", "description": "is.null"}, WEB),
        ({"name": "ilike.web*", "description": "not.is.null"}, []),
        ({"name": "ilike.web*", "description": "neq.something"}, []),
        ({"name": "ilike.web*", "description": "not.eq.something"}, []),
        ({"name": "ilike.web*", "is_replication_destination": "eq.False"}, WEB),
        ({"name": "ilike.web*", "is_replication_destination": "is.true"}, []),
        ({"or": "(name.eq.web01,name.eq.web02)"}, ["web01", "web02"]),
        ({"or": "(name.eq.web01, and(name.ilike.db*,name.ilike.*04))"}, ["db04", "web01"]),
        ({"and": f"(size.gt.{20 * GIB},or(name.eq.web03,type.eq.Proxy))"}, ["web03"]),
        ({"not.or": "(name.ilike.web*,name.ilike.app*,name.ilike.db*)"}, ["files01", "scratch01"]),
        ({"or": '(name.eq."web01",name.in.(web02,web03))'}, ["web01", "web02", "web03"]),
        ({"and": "(name.not.ilike.web*,name.ilike.*01,type.eq.Primary)"}, ["db01", "files01", "scratch01"]),
        ({"volume_groups.name": "eq.app01"}, ["app01-data", "app01-log"]),
        ({"or": "(volume_groups.name.eq.app01,name.eq.web01)"}, ["app01-data", "app01-log", "web01"]),
        ({"protection_data->>creator_type": "eq.User", "name": "eq.web01"}, ["web01"]),
        ({"creation_timestamp": "gt.2020-01-01T00:00:00Z", "name": "eq.web01"}, ["web01"]),
        ({"creation_timestamp": "lt.2020-01-01T00:00:00Z"}, []),
        ({"creation_timestamp": "eq.2025-06-15T17:06:40+02:00", "name": "eq.web01"}, ["web01"]),
        ({"creation_timestamp": "gt.2025-06-15T17:06:40+02:00", "name": "eq.web01"}, []),
        ({"type_l10n": "eq.Clone"}, ["app01-test.app01-data", "app01-test.app01-log"]),
        ({"description": "ilike.none", "name": "eq.web01"}, []),
    ],
)
def test_filters(array: Array, query: dict[str, str], names: list[str]) -> None:
    assert array.names("volume", **query) == names


def test_quotes_protect_commas(array: Array) -> None:
    array.platform.change({"type": "volume", "name": "web01", "set": {"name": "a,b"}})
    assert array.names("volume", or_='(name.eq."a,b",name.eq.web02)') == ["a,b", "web02"]
    assert array.names("volume", name='in.("a,b",web02)') == ["a,b", "web02"]
    assert array.names("volume", name="eq.a,b") == ["a,b"]


def test_lists_of_structs_come_complete() -> None:
    history = [{"from_appliance_id": "A1", "to_appliance_id": "A2", "reason": "Initial"}]
    array = Array(seed={"volume": [{"name": "moved", "location_history": history}]})
    found = array.get("volume/name:moved", select="location_history")["location_history"]
    assert found == [{**history[0], "migrated_on": None, "reason_l10n": "Initial"}]


def test_filters_on_lists_and_structs() -> None:
    addresses = [
        {"id": "IP1", "name": "one", "purposes": ["Storage_Iscsi_Target", "Storage_Iscsi_Initiator"]},
        {"id": "IP2", "name": "two", "purposes": ["Mgmt_Cluster_Floating"]},
    ]
    array = Array(seed={"ip_pool_address": addresses})
    assert array.names("ip_pool_address", purposes="cs.{Storage_Iscsi_Target}") == ["one"]
    assert array.names("ip_pool_address", purposes="cd.{Mgmt_Cluster_Floating,Mgmt_Node_CoreOS}") == ["two"]
    assert array.names("ip_pool_address", purposes="not.cs.{Storage_Iscsi_Target}") == ["two"]
    assert array.call("GET", "ip_pool_address", purposes="eq.x").status == 400
    host = {"name": "h1", "host_initiators": [{"port_name": "iqn.1", "port_type": "iSCSI"}]}
    array = Array(seed={"host": [host]})
    assert array.names("host", **{"host_initiators->0->>port_type": "eq.iSCSI"}) == ["h1"]
    assert array.names("host", **{"host_initiators->1->>port_type": "eq.iSCSI"}) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("nonsense", "eq.1"),
        ("name", "web01"),
        ("name", "equals.web01"),
        ("size", "eq.big"),
        ("size", "ilike.1*"),
        ("type", "eq.Primry"),
        ("type", "in.Primary"),
        ("is_replication_destination", "eq.maybe"),
        ("is_replication_destination", "is.on"),
        ("name", "is.true"),
        ("creation_timestamp", "gt.yesterday"),
        ("name", "cs.{a}"),
        ("volume_groups", "is.null"),
        ("protection_data", "is.null"),
        ("protection_data->>nonsense", "eq.1"),
        ("protection_data->family_id", "eq.1"),
        ("location_history->>reason", "eq.Initial"),
        ("volume_groups.nonsense", "eq.1"),
        ("nonsense->>part", "eq.1"),
        ("location_history->0->>reason", "eq.Initial"),
        ("name.name", "eq.x"),
        ("nonsense.name", "eq.x"),
        ("name", "in.web01"),
        ("name", "in.{web01}"),
        ("and", "name.eq.x"),
        ("or", "(name.eq.x"),
        ("or", "(name=eq.x)"),
        ("or", "(name.equals.x)"),
        ("is_async", "true"),
        ("order", "nonsense"),
        ("order", "volumes"),
        ("limit", "ten"),
        ("offset", "x"),
    ],
)
def test_wrong_queries_are_refused(array: Array, name: str, text: str) -> None:
    status, dummy = array.refused("GET", "volume", **{name: text})
    assert status == 400


def test_placement_rule_takes_no_filter(array: Array) -> None:
    assert array.call("GET", "volume_group", placement_rule="eq.Same_Appliance").status == 400


def test_order(array: Array) -> None:
    def ordered(order: str, **query: str) -> list[str]:
        return [entry["name"] for entry in array.get("volume", select="name", order=order, **query)]

    assert ordered("name.desc", name="ilike.web*") == WEB[::-1]
    assert ordered("size.desc,name")[:3] == ["files01", "db01", "db02"]
    assert ordered("volume_groups.name,name", name="ilike.app01-*", type="eq.Primary") == ["app01-data", "app01-log"]
    array.platform.change({"type": "volume", "name": "web01", "set": {"name": "XWEB", "description": "b"}})
    array.platform.change({"type": "volume", "name": "web02", "set": {"description": "a"}})
    picked = {"name": "in.(xweb,web02,web03,scratch01)"}
    assert ordered("name", **picked) == ["scratch01", "web02", "web03", "XWEB"]
    assert ordered("description.asc,name", **picked) == ["web02", "XWEB", "scratch01", "web03"]
    assert ordered("description.desc,name.asc", **picked) == ["scratch01", "web03", "XWEB", "web02"]


@pytest.fixture(scope="module")
def large() -> Array:
    """An array with 2500 volumes and nothing else in that collection."""
    return Array(seed={}, bulk={"volumes": 2500})


@pytest.mark.parametrize(
    ("query", "headers", "status", "count", "content_range"),
    [
        ({}, {}, 206, 100, "0-99/2500"),
        ({"limit": "50"}, {}, 206, 50, "0-49/2500"),
        ({"limit": "5000"}, {}, 206, 2000, "0-1999/2500"),
        ({"limit": "2000", "offset": "2000"}, {}, 206, 500, "2000-2499/2500"),
        ({"offset": "2499"}, {}, 206, 1, "2499-2499/2500"),
        ({"name": "eq.bulk0001"}, {}, 200, 1, None),
        ({"name": "ilike.bulk000*", "limit": "9"}, {}, 200, 9, None),
        ({"name": "ilike.bulk000*", "limit": "8"}, {}, 206, 8, "0-7/9"),
        ({"name": "eq.unknown"}, {}, 200, 0, None),
        ({}, {"range": "100-149"}, 206, 50, "100-149/2500"),
        ({}, {"range": "100-2600"}, 206, 2000, "100-2099/2500"),
        ({"limit": "10"}, {"range": "100-149"}, 206, 10, "0-9/2500"),
        ({"offset": "2500"}, {}, 416, None, "*/2500"),
        ({"name": "eq.unknown", "offset": "1"}, {}, 416, None, "*/0"),
        ({"limit": "0"}, {}, 416, None, None),
        ({"limit": "-1"}, {}, 416, None, None),
        ({"offset": "-1"}, {}, 416, None, None),
        ({}, {"range": "2500-2600"}, 416, None, "*/2500"),
        ({}, {"range": "bytes=0-1"}, 400, None, None),
    ],
)
def test_paging(
    large: Array, query: dict[str, str], headers: dict[str, str], status: int, count: int, content_range: str | None
) -> None:
    reply = large.send("GET", "volume", headers={"cookie": large.cookie, **headers}, **query)
    assert reply.status == status
    assert reply.headers.get("Content-Range") == content_range
    if count is not None:
        assert len(reply.body) == count


def test_pages_together_are_the_whole_set(large: Array) -> None:
    seen: list[str] = []
    while True:
        reply = large.call("GET", "volume", select="name", order="name", offset=str(len(seen)), limit="999")
        seen += [entry["name"] for entry in reply.body]
        if len(seen) == int(reply.headers["Content-Range"].split("/")[1]):
            break
    assert seen == sorted(set(seen))
    assert len(seen) == 2500


def test_simple_types_ignore_everything_but_select(array: Array) -> None:
    query = {"name": "eq.Operator", "order": "nonsense", "limit": "1", "offset": "99", "nonsense": "eq.1"}
    assert len(array.get("role", select="id,name", **query)) == 5
    assert array.call("GET", "role", select="nonsense").status == 400
    simple = [kind for kind in array.platform.catalog.collections if array.platform.catalog.is_simple(kind)]
    assert len(simple) == 17


def test_names_in_urls(array: Array) -> None:
    assert array.get("volume/name:WEB01", select="name") == {"name": "web01"}
    array.platform.change({"type": "volume", "name": "web01", "set": {"name": "with blank/slash"}})
    assert array.get("volume/name:with%20blank%2Fslash", select="name")["name"] == "with blank/slash"
    by_name = [kind for kind, entry in array.platform.catalog.types.items() if entry.get("by_name")]
    assert len(by_name) == 64


def test_a_filter_tells_objects_of_one_name_apart() -> None:
    groups: list[dict[str, Any]] = [{"name": "same", "type": "Primary"}, {"name": "SAME", "type": "Snapshot"}]
    array = Array(seed={"volume_group": groups})
    assert array.refused("GET", "volume_group/name:same")[0] == 400
    assert array.refused("PATCH", "volume_group/name:same", {"description": "x"})[0] == 400
    assert array.get("volume_group/name:same", select="type", type="neq.Snapshot") == {"type": "Primary"}
    assert array.call("GET", "volume_group/name:same", type="eq.Clone").status == 404
