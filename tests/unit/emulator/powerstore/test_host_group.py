# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of host groups."""

from __future__ import annotations

import pytest

from jobwise_emulator.exchange import Json
from tests.unit.emulator.powerstore.array import Array

CLUSTER = "host_group/name:esx-cluster"
METRO = "Metro_Optimize_Both"


@pytest.fixture
def hosts(array: Array) -> Array:
    """The array with hosts a and b, host far of another connectivity, and host busy with a volume."""
    for name in ("a", "b", "far", "busy"):
        initiator = {"port_name": f"iqn.test:{name}", "port_type": "iSCSI"}
        connectivity = {"host_connectivity": METRO} if name == "far" else {}
        array.do("POST", "host", {"name": name, "os_type": "Linux", "initiators": [initiator], **connectivity})
    array.do("POST", "volume/name:web01/attach", {"host_id": "name:busy"})
    return array


def members(array: Array, path: str) -> list[str]:
    return sorted(one["name"] for one in array.get(path, select="hosts(name)")["hosts"])


def connectivity(array: Array, path: str) -> str | None:
    found: str | None = array.get(path, select="host_connectivity")["host_connectivity"]
    return found


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({"host_ids": []}, (400, "0xE0A030010006")),
        ({"host_ids": ["nobody"]}, (400, "0xE0A030010001")),
        ({"host_ids": ["name:a", "name:a"]}, (400, "0xE0A030010002")),
        ({"host_ids": ["name:a", "name:esx01"]}, (422, "0xE0A030010003")),
        ({"host_ids": ["name:a", "name:busy"]}, (422, "0xE0A030010004")),
        ({"host_ids": ["name:a", "name:far"]}, (422, "0xE0A030010005")),
        ({"name": "ESX-cluster"}, (400, "0xE0A030010010")),
        ({"name": " "}, (400, "0xE0A020010002")),
        ({"description": "a\tb"}, (400, "0xE0A020010001")),
    ],
)
def test_create_is_refused(hosts: Array, body: Json, refusal: tuple[int, str]) -> None:
    assert hosts.code("POST", "host_group", {"name": "new", "host_ids": ["name:a"], **body}) == refusal


def test_a_group_takes_the_connectivity_of_its_hosts(hosts: Array) -> None:
    hosts.do("POST", "host_group", {"name": "new", "host_ids": ["name:far"], "description": "d"})
    found = hosts.get("host_group/name:new", select="description,host_connectivity,hosts(name)")
    assert found == {"description": "d", "host_connectivity": METRO, "hosts": [{"name": "far"}]}
    assert hosts.get("host/name:far", select="host_group(name)") == {"host_group": {"name": "new"}}


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({"name": "x", "add_host_ids": ["name:a"]}, (400, "0xE0A030010007")),
        ({"name": "x", "remove_host_ids": ["name:esx01"]}, (400, "0xE0A030010007")),
        ({"host_connectivity": METRO, "add_host_ids": ["name:a"]}, (400, "0xE0A030010007")),
        ({"host_connectivity": METRO, "remove_host_ids": ["name:esx01"]}, (400, "0xE0A030010007")),
        ({"add_host_ids": ["name:a"], "remove_host_ids": ["name:esx01"]}, (400, "0xE0A030010007")),
        ({"add_host_ids": ["nobody"]}, (400, "0xE0A030010001")),
        ({"add_host_ids": ["name:nobody"]}, (404, "0xE0A010010003")),
        ({"add_host_ids": ["name:busy"]}, (422, "0xE0A030010004")),
        ({"add_host_ids": ["name:far"]}, (422, "0xE0A030010005")),
        ({"add_host_ids": ["name:esx01"]}, (422, "0xE0A030010003")),
        ({"remove_host_ids": ["name:a"]}, (422, "0xE0A030010009")),
        ({"remove_host_ids": ["nobody"]}, (400, "0xE0A030010001")),
        ({"remove_host_ids": ["name:esx01", "name:esx02"]}, (422, "0xE0A030010011")),
        ({"name": "New"}, (400, "0xE0A030010010")),
    ],
)
def test_modify_is_refused(hosts: Array, body: Json, refusal: tuple[int, str]) -> None:
    hosts.do("POST", "host_group", {"name": "new", "host_ids": ["name:b"]})
    hosts.do("POST", f"{CLUSTER}/attach", {"volume_id": "name:web02"})
    assert hosts.code("PATCH", CLUSTER, body) == refusal


def test_connectivity_is_that_of_all_hosts(array: Array) -> None:
    array.do("PATCH", CLUSTER, {"host_connectivity": METRO, "name": "renamed", "description": "d"})
    paths = ("host_group/name:renamed", "host/name:esx01", "host/name:esx02")
    assert [connectivity(array, path) for path in paths] == [METRO] * 3


def test_members_come_and_go_and_the_mappings_are_the_groups(hosts: Array) -> None:
    hosts.do("POST", f"{CLUSTER}/attach", {"volume_id": "name:web02"})
    hosts.do("PATCH", CLUSTER, {"add_host_ids": ["name:a"], "description": "d"})
    hosts.do("PATCH", CLUSTER, {"remove_host_ids": ["name:esx01", "name:esx02"]})
    assert members(hosts, CLUSTER) == ["a"]
    assert hosts.code("PATCH", CLUSTER, {"remove_host_ids": ["name:a"]}) == (422, "0xE0A030010011")
    for name, expected in (("a", (422, "0xE0A080010023")), ("esx01", None)):
        reply = hosts.call("POST", f"host/name:{name}/attach", {"volume_id": "name:web03"})
        assert (reply.status == 204) == (expected is None), reply


def test_an_emptied_group_has_no_connectivity_until_a_host_brings_one(hosts: Array) -> None:
    hosts.do("PATCH", CLUSTER, {"remove_host_ids": ["name:esx01", "name:esx02"]})
    assert connectivity(hosts, CLUSTER) is None
    assert hosts.code("PATCH", CLUSTER, {"host_connectivity": METRO}) == (422, "0xE0A030010008")
    hosts.do("PATCH", CLUSTER, {"add_host_ids": ["name:far"]})
    assert connectivity(hosts, CLUSTER) == METRO


def test_a_deleted_group_takes_its_hosts_along_unless_volumes_are_mapped(array: Array) -> None:
    array.do("POST", f"{CLUSTER}/attach", {"volume_id": "name:web02"})
    assert array.code("DELETE", CLUSTER) == (422, "0xE0A030010012")
    array.do("POST", f"{CLUSTER}/detach", {"volume_id": "name:web02"})
    array.do("DELETE", CLUSTER)
    assert array.names("host") == ["linux01"]
    assert len(array.get("initiator")) == 1


def test_the_hosts_of_a_group_that_somebody_removed_first_stay(array: Array) -> None:
    array.do("PATCH", CLUSTER, {"remove_host_ids": ["name:esx01", "name:esx02"]})
    array.do("DELETE", CLUSTER)
    assert array.names("host") == ["esx01", "esx02", "linux01"]


def test_internal_hosts_are_the_systems(array: Array) -> None:
    array.platform.change({"type": "host", "name": "linux01", "set": {"type": "Internal"}})
    assert array.code("PATCH", CLUSTER, {"add_host_ids": ["name:linux01"]}) == (422, "0xE0A010010026")
