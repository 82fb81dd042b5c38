# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Nodes: capacities, places in the cluster, and the plan over the four resources that a node is made of."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.options.capacity import in_bytes
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.clusters.node_order import (
    in_order,
    pairs_on_one_host,
    partner,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.clusters.node_plan import (
    Wanted,
    plan_node,
)

FIRST, SECOND, THIRD = (f"9317b4d{one}-80d2-11ea-b7df-00505694379e" for one in (4, 5, 6))
GB = 1024**3


@pytest.mark.parametrize(
    "value, size",
    [
        (1, 1),
        (2147483648000, 2147483648000),
        ("2147483648000", 2147483648000),
        (1.5e12, 1500000000000),
        ("2TB", 2048 * GB),
        ("2 TiB", 2048 * GB),
        (" 2t ", 2048 * GB),
        ("0.5 tb", 512 * GB),
        ("500GiB", 500 * GB),
        ("1K", 1024),
        ("1PB", 1024**2 * GB),
        ("7 B", 7),
    ],
)
def test_capacities(value: t.Any, size: int) -> None:
    assert in_bytes(value, "capacity") == size


@pytest.mark.parametrize("value", [0, -1, "", "TB", "2 apples", "1,5TB", "2TBB", True, None, [], "-2TB", "0.1B"])
def test_what_is_no_capacity(value: t.Any) -> None:
    with pytest.raises(InputError, match="capacity is not a capacity"):
        in_bytes(value, "capacity")


def names(cluster: str, *nodes: tuple[str, str]) -> list[str]:
    return [str(one["name"]) for one in in_order([{"id": id_, "name": name} for id_, name in nodes], cluster)]


def test_names_that_deploy_gives_tell_the_place() -> None:
    assert names("c", ("x", "c-02"), ("y", "C-01")) == ["C-01", "c-02"]
    assert names("c.d", ("x", "c.d-10"), *((str(one), f"c.d-{one:02}") for one in range(1, 10)))[-1] == "c.d-10"


@pytest.mark.parametrize("other", ["aaa", "c-07", "c-00", "zzz", "c-1x"])
def test_another_name_has_the_place_that_is_left(other: str) -> None:
    assert names("c", ("x", other), ("y", "c-01")) == ["c-01", other]
    assert names("c", ("x", other), ("y", "c-02")) == [other, "c-02"]


def test_several_other_names_are_in_the_order_of_their_making_where_ids_tell_it() -> None:
    assert names("c", (SECOND, "a"), (FIRST, "z"), (THIRD, "b")) == ["z", "a", "b"]
    assert names("c", ("n2", "a"), ("n1", "z")) == ["a", "z"]


def test_partners() -> None:
    assert [partner(place) for place in (1, 2, 3, 4)] == [2, 1, 4, 3]
    nodes = [{"name": f"n{place}", "host": {"id": host}} for place, host in enumerate("abcc", 1)]
    assert pairs_on_one_host(nodes) == ["n3 and n4 are HA partners on the same host: when it fails, both do."]
    assert pairs_on_one_host([{"name": "a", "host": None}, {"name": "b"}]) == []


HAVE: dict[str, t.Any] = {
    "id": "n1",
    "path": "p",
    "name": "c-01",
    "ip": "192.0.2.1",
    "host": {"id": "h1"},
    "host_name": "esx1",
    "networks": [
        {"id": "w1", "purpose": "data", "name": "d", "vlan_id": None},
        {"id": "w2", "purpose": "mgmt", "name": None, "vlan_id": None},
    ],
    "storage_pools": [{"id": "p1", "name": "ds1", "capacity": 5}, {"id": "p2", "name": "ds2", "capacity": 7}],
    "storage_disks": [{"id": "d1", "name": "a"}],
}


def planned(*current: t.Any, **desired: t.Any) -> list[tuple[str, str, t.Any]]:
    """Return the steps from a node as it is, HAVE if not given."""
    nothing: dict[str, t.Any] = {"attributes": {}, "networks": {}, "pools": None, "disks": None}
    return [
        (step.verb, step.path, step.body)
        for step in plan_node(current[0] if current else HAVE, Wanted("node 1", **{**nothing, **desired})).requests
    ]


def test_what_is_not_asked_for_is_left_alone() -> None:
    assert planned() == []


def test_networks_are_known_by_their_purpose_and_only_what_differs_is_written() -> None:
    wanted = {"mgmt": {"name": "m", "vlan_id": 0}, "data": {"name": "d"}}
    assert planned(networks=wanted) == [("PATCH", "p/networks/w2", {"name": "m"})]
    assert planned(networks={"data": {"vlan_id": 7}}) == [("PATCH", "p/networks/w1", {"vlan_id": 7})]


def test_storage_is_just_what_is_asked_for() -> None:
    assert planned(pools={"ds2": None, "ds1": 5}) == []
    assert planned(pools={"ds1": 6}) == [
        ("DELETE", "p/storage/pools/p1", None),
        ("DELETE", "p/storage/pools/p2", None),
        ("POST", "p/storage/pools", {"pool_array": [{"name": "ds1", "capacity": 6}]}),
    ]
    assert planned(disks=["b", "a"]) == [("POST", "p/storage/disks", {"disks": [{"name": "b"}]})]
    assert planned(pools={}, disks=[])[-1] == ("DELETE", "p/storage/disks/d1", None)


def test_a_pool_that_stays_is_shown_with_its_capacity() -> None:
    plan = plan_node(HAVE, Wanted("node 1", {}, {}, {"ds1": None, "ds3": 9}, None))
    assert plan.after["storage_pools"] == [{"name": "ds1", "capacity": 5}, {"name": "ds3", "capacity": 9}]


def test_a_node_that_moves_takes_no_storage_along() -> None:
    moved = planned(attributes={"host_name": "esx2", "host_id": "h2"}, pools={"ds1": 5, "ds2": 7})
    assert [verb for verb, dummy, dummy in moved] == ["DELETE", "DELETE", "PATCH", "POST"]
    fresh = planned({**HAVE, "host": None}, attributes={"host_name": "esx2", "host_id": "h2"}, pools={"ds1": 5})
    assert [verb for verb, dummy, dummy in fresh] == ["PATCH", "DELETE"]


def test_the_host_is_shown_by_name() -> None:
    plan = plan_node(HAVE, Wanted("node 1", {"host_name": "esx2", "host_id": "h2"}, {}, None, None))
    assert (plan.before, plan.after) == ({"host_name": "esx1"}, {"host_name": "esx2"})
    same = plan_node(HAVE, Wanted("node 1", {"host_name": "ESX1", "host_id": "h1"}, {}, None, None))
    assert not same.steps and same.before == same.after


def test_a_node_that_is_not_there_yet_is_planned_whole() -> None:
    steps = planned(
        None, attributes={"ip": "192.0.2.1"}, networks={"mgmt": {"name": "m"}}, pools={"ds1": 5}, disks=["a"]
    )
    assert [verb for verb, dummy, dummy in steps] == ["PATCH", "PATCH", "POST", "POST"]
    assert steps[1][1] == "clusters/{id}/nodes/{id}/networks/{id}"
