# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Nodes of clusters of ONTAP Select Deploy: by their place, in one task, and never written once they run."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.modules import ontap_select_cluster, ontap_select_node
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner
from tests.faults.ontap_select.world import TB, node, writes


def test_a_node_is_configured_in_one_task(run: Runner, emulator: Emulator, cluster: t.Any) -> None:
    checked = run(ontap_select_node.TASK, check=True, **node(1))
    done = run(ontap_select_node.TASK, **node(1))
    assert (
        done["plan"]
        == checked["plan"]
        == [
            "set ip, host of node 1 of cluster c1",
            "put the mgmt network of node 1 of cluster c1 on VM Network",
            "put the data network of node 1 of cluster c1 on ONTAP-Data",
            "put the internal network of node 1 of cluster c1 on ONTAP-Internal",
            "attach storage pool datastore1 to node 1 of cluster c1",
        ]
    )
    assert done["diff"] == checked["diff"]
    assert done["resource"]["storage_pools"][0]["capacity"] == 2 * TB
    assert "warnings" not in done
    assert not run(ontap_select_node.TASK, **node(1))["changed"]


def test_a_capacity_is_a_text_with_a_unit_or_a_number(run: Runner, cluster: t.Any) -> None:
    run(ontap_select_node.TASK, **node(1))
    for capacity in (2 * TB, str(2 * TB), "2 TiB", "2048G", "2.0t"):
        assert not run(ontap_select_node.TASK, **node(1, storage_pools=[{"name": "datastore1", "capacity": capacity}]))[
            "changed"
        ]
    larger = run(ontap_select_node.TASK, **node(1, storage_pools=[{"name": "datastore1", "capacity": "2.5TB"}]))
    assert larger["plan"] == [
        "detach storage pool datastore1 from node 1 of cluster c1",
        "attach storage pool datastore1 to node 1 of cluster c1",
    ]
    assert larger["resource"]["storage_pools"][0]["capacity"] == 5 * TB // 2


@pytest.mark.parametrize("name", ["mars", "c1-07", "aa", "c1-02x"])
def test_a_node_of_another_name_is_configured_all_the_same(
    run: Runner, emulator: Emulator, cluster: t.Any, name: str
) -> None:
    emulator.change("node", name="c1-02", set={"name": name})
    result = run(ontap_select_node.TASK, **node(2))
    assert result["resource"]["name"] == name and result["resource"]["ip"] == "192.0.2.12"


def test_nodes_that_are_renamed_keep_their_places(run: Runner, cluster: t.Any) -> None:
    ids = [one["id"] for one in cluster["nodes"]]
    assert run(ontap_select_node.TASK, **node(1, name="zeta"))["resource"]["id"] == ids[0]
    assert run(ontap_select_node.TASK, **node(2, name="alpha"))["resource"]["id"] == ids[1]
    for place, name in ((1, "zeta"), (2, "alpha")):
        assert not run(ontap_select_node.TASK, **node(place, name=name))["changed"]


def test_a_node_that_moves_leaves_its_storage_behind(run: Runner, cluster: t.Any) -> None:
    run(ontap_select_node.TASK, **node(1))
    moved = run(ontap_select_node.TASK, **node(1, host_name="esx02.example.com"))
    assert moved["plan"] == [
        "detach storage pool datastore1 from node 1 of cluster c1",
        "set host of node 1 of cluster c1",
        "attach storage pool datastore1 to node 1 of cluster c1",
    ]
    assert moved["diff"]["before"]["host_name"] == "esx01.example.com"
    assert not run(ontap_select_node.TASK, **node(1, host_name="esx02.example.com"))["changed"]


def test_what_hardware_raid_cannot_have_is_told_before_anything_is_detached(
    run: Runner, emulator: Emulator, cluster: t.Any
) -> None:
    run(ontap_select_node.TASK, **node(1))
    before = len(writes(emulator))
    for check in (True, False):
        result = run(ontap_select_node.TASK, check, cluster="c1", node=1, storage_pools=[{"name": "datastore2"}])
        assert result["error"]["kind"] == "input" and "needs a capacity" in result["msg"]
    assert len(writes(emulator)) == before


def test_partners_on_one_host_are_warned_of(run: Runner, cluster: t.Any) -> None:
    run(ontap_select_node.TASK, **node(1))
    pool = [{"name": "datastore1", "capacity": "1TB"}]
    result = run(ontap_select_node.TASK, **node(2, host_name="esx01.example.com", storage_pools=pool))
    assert result["changed"]
    assert result["warnings"] == ["c1-02 and c1-01 are HA partners on the same host: when it fails, both do."]


def test_disks_of_a_raid_of_its_own(run: Runner, cluster: t.Any) -> None:
    disks = [f"naa.5000c500a1b201{number:02}" for number in (1, 2, 8)]
    options = node(1, passthrough_disks=True, storage_pools=[{"name": "datastore1"}], storage_disks=disks)
    refused = run(ontap_select_node.TASK, **options)
    assert "labels" in refused["msg"] and refused["changed"], "the steps before were done"
    done = run(ontap_select_node.TASK, **options, remove_disk_labels=True)
    assert done["plan"] == ["attach 3 storage disks to node 1 of cluster c1"]
    fewer = run(ontap_select_node.TASK, **{**options, "storage_disks": disks[:2]})
    assert fewer["plan"] == [f"detach storage disk {disks[2]} from node 1 of cluster c1"]


@pytest.mark.parametrize(
    "options, words",
    [
        ({"cluster": "c2"}, "There is no cluster c2. Make it with ontap_select_cluster."),
        ({"node": 3}, "Cluster c1 has 2 nodes, so there is no node 3."),
        ({"node": 7, "name": "c1-01"}, "Cluster c1 has 2 nodes, so there is no node 7."),
        ({"node": 2, "name": "c1-01"}, "name c1-01 already belongs to node 1 of cluster c1."),
        ({"node": 0}, "1 for the first, not 0"),
        ({"storage_pools": [{"name": "datastore1"}]}, "needs a capacity"),
        ({"storage_disks": ["naa.5000c500a1b20101"]}, "the node is on hardware RAID"),
        ({"host_name": "esx09"}, "Deploy has no host esx09. Add it with ontap_select_host."),
        ({"license": "320009999"}, "Deploy has no licence 320009999."),
        ({"storage_pools": [{"name": "d", "capacity": "2 apples"}]}, "capacity of storage pool d is not a capacity"),
        ({"storage_pools": [{"name": "d", "capacity": 0}]}, "is not a capacity: 0"),
        ({"storage_pools": [{"name": "d"}, {"name": "d"}]}, "names d twice"),
        ({"ip": "x"}, "ip takes IPv4 addresses"),
        ({"cpu_reservation_percentage": 101}, "from 0 to 100"),
        ({"networks": {"data": {"vlan_id": 5000}}}, "vlan_id of data must be from 0 to 4094"),
    ],
)
def test_what_a_node_cannot_be(
    run: Runner, emulator: Emulator, cluster: t.Any, options: dict[str, t.Any], words: str
) -> None:
    before = len(writes(emulator))
    result = run(ontap_select_node.TASK, **node(1, **options))
    assert result["error"]["kind"] == "input" and words in result["msg"]
    assert len(writes(emulator)) == before


def test_a_single_node_has_no_internal_network(run: Runner, hosts: None) -> None:
    run(ontap_select_cluster.TASK, name="c1", node_count=1)
    result = run(ontap_select_node.TASK, **node(1))
    assert "has no network internal; it has mgmt, data. A cluster of one node has no internal network." in result["msg"]


def test_what_is_not_there_yet_is_planned_when_told_to(run: Runner, emulator: Emulator) -> None:
    planned = run(ontap_select_node.TASK, check=True, **node(1), if_missing="plan")
    assert len(planned["plan"]) == 5 and planned["changed"] and planned["diff"]["before"] == {}
    assert "There is no cluster c1." in planned["warnings"][0]
    failed = run(ontap_select_node.TASK, **node(1), if_missing="plan")
    assert failed["failed"] and not failed["changed"] and failed["error"]["kind"] == "input"
    assert writes(emulator) == []


@pytest.mark.parametrize("path", ["clusters/*/nodes/*", "clusters/*/nodes/*/networks/*", "clusters/*/storage/pools"])
@pytest.mark.parametrize("fault", ["lost_reply", "reset_before"])
def test_an_answer_that_is_lost_on_the_way(
    run: Runner, emulator: Emulator, cluster: t.Any, path: str, fault: str
) -> None:
    emulator.fault(fault, "POST" if path.endswith("pools") else "PATCH", path)
    result = run(ontap_select_node.TASK, **node(1))
    assert result["changed"] and not result.get("failed"), result
    assert not run(ontap_select_node.TASK, **node(1))["changed"]
    assert emulator.faults()["fired"]


@pytest.mark.parametrize("how", ["fail", "warn"])
def test_a_node_of_a_deployed_cluster_is_reported_and_not_written(
    run: Runner, emulator: Emulator, cluster: t.Any, how: str
) -> None:
    run(ontap_select_node.TASK, **node(1))
    emulator.change("cluster", name="c1", set={"is_deployed": True, "state": "powered_on"})
    before = len(writes(emulator))
    same = run(ontap_select_node.TASK, **node(1))
    assert not same["changed"] and not same.get("failed")
    result = run(ontap_select_node.TASK, **node(1, ip="192.0.2.99"), if_deployed_differs=how)
    told = result["msg"] if how == "fail" else result["warnings"][0]
    assert "ip is '192.0.2.11', but the task asks for '192.0.2.99'" in told and not result["changed"]
    assert bool(result.get("failed")) is (how == "fail")
    assert len(writes(emulator)) == before


@pytest.mark.parametrize("how", ["fail", "warn"])
def test_a_deployed_cluster_is_reported_and_not_written(
    run: Runner, emulator: Emulator, cluster: t.Any, how: str
) -> None:
    emulator.change("cluster", name="c1", set={"is_deployed": True, "state": "powered_on"})
    before = len(writes(emulator))
    result = run(ontap_select_cluster.TASK, name="c1", gateway="192.0.2.2", if_deployed_differs=how)
    told = result["msg"] if how == "fail" else result["warnings"][0]
    assert "gateway is '192.0.2.1', but the task asks for '192.0.2.2'" in told and not result["changed"]
    assert len(writes(emulator)) == before
    removal = run(ontap_select_cluster.TASK, name="c1", state="absent")
    assert "Power it off with ontap_select_power first" in removal["msg"]
    assert run(ontap_select_cluster.TASK, name="c1", state="absent", force=True)["changed"]
