# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""ONTAP Select Deploy: clusters and nodes before their deployment, with bad input, others' changes and lost answers."""

from __future__ import annotations

import typing as t
from pathlib import Path

import pytest

from ansible_collections.jobwise.appliance.plugins.modules import (
    select_cluster,
    select_credential,
    select_host,
    select_info,
    select_license,
    select_network_check,
    select_node,
)
from tests.emulator.process import Emulator

from .conftest import Runner

VCENTER = "vcenter01.example.com"
LOGIN: dict[str, t.Any] = {"user": "administrator@vsphere.local", "user_password": "Password123!"}
CLUSTER: dict[str, t.Any] = {
    "name": "c1",
    "node_count": 2,
    "ip": "192.0.2.10",
    "netmask": "255.255.255.0",
    "gateway": "192.0.2.1",
}
TB = 1024**4


@pytest.fixture(scope="session")
def running_emulator() -> t.Iterator[Emulator]:
    with Emulator("select", speed=20) as emulator:
        yield emulator


@pytest.fixture
def hosts(run: Runner, emulator: Emulator) -> None:
    """vCenter and two of its hosts."""
    run(select_credential.TASK, hostname=VCENTER, **LOGIN)
    for name in ("esx01.example.com", "esx02.example.com"):
        emulator.change("host", create={"name": name, "hypervisor_type": "ESX", "management_server": VCENTER})


@pytest.fixture
def cluster(run: Runner, hosts: None) -> dict[str, t.Any]:
    """A cluster of two nodes, not configured."""
    made: dict[str, t.Any] = run(select_cluster.TASK, **CLUSTER)["resource"]
    return made


def node(place: int, **changes: t.Any) -> dict[str, t.Any]:
    """Return the options of a node that can be deployed."""
    networks = {"mgmt": {"name": "VM Network"}, "data": {"name": "ONTAP-Data"}, "internal": {"name": "ONTAP-Internal"}}
    options = {
        "cluster": "c1",
        "node": place,
        "ip": f"192.0.2.1{place}",
        "host_name": f"esx0{place}.example.com",
        "instance_type": "small",
        "passthrough_disks": False,
        "networks": networks,
        "storage_pools": [{"name": "datastore1", "capacity": "2TB"}],
    }
    return {**options, **changes}


def writes(emulator: Emulator) -> list[str]:
    return [f"{one['method']} {one['path']}" for one in emulator.requests()["requests"] if one["method"] != "GET"]


# Credentials and hosts


def test_a_second_vcenter_with_the_same_user_gets_a_credential_of_its_own(run: Runner) -> None:
    assert run(select_credential.TASK, hostname=VCENTER, **LOGIN)["changed"]
    assert run(select_credential.TASK, hostname="vcenter02.example.com", **LOGIN)["changed"]
    assert not run(select_credential.TASK, hostname=VCENTER, **LOGIN)["changed"]
    assert run(select_info.TASK, type="security/credentials", fields=["id"])["count"] == 2


def test_a_credential_whose_answer_is_lost_is_made_once(run: Runner, emulator: Emulator) -> None:
    emulator.fault("lost_reply", "POST", "security/credentials")
    result = run(select_credential.TASK, hostname=VCENTER, **LOGIN)
    assert result["changed"] and not result.get("failed")
    assert writes(emulator) == ["POST /api/v3/security/credentials"]


def test_a_host_whose_job_fails_tells_its_message(run: Runner, emulator: Emulator, hosts: None) -> None:
    emulator.fault("job_fail", "POST", "hosts", messages=["The host does not answer."])
    host: dict[str, t.Any] = {"name": "esx03.example.com", "hypervisor_type": "ESX", "management_server": VCENTER}
    result = run(select_host.TASK, **host)
    assert result["failed"] and not result["changed"]
    assert "The host does not answer." in result["msg"] and result["error"]["kind"] == "job_failed"
    assert run(select_host.TASK, **host)["changed"]


def test_a_wrong_password_is_tried_once(run: Runner, emulator: Emulator) -> None:
    result = run(select_cluster.TASK, **CLUSTER, password="wrong-1")
    assert result["error"]["kind"] == "login" and "wrong-1" not in str(result)
    assert len(emulator.requests()["requests"]) == 1


def test_a_host_in_use_stays(run: Runner, emulator: Emulator, cluster: t.Any) -> None:
    run(select_node.TASK, **node(1))
    result = run(select_host.TASK, name="esx01.example.com", state="absent")
    assert result["error"]["kind"] == "refused" and not result["changed"]
    assert run(select_host.TASK, name="esx02.example.com", state="absent")["changed"]


def host(run: Runner) -> dict[str, t.Any]:
    return run(select_host.TASK, name="esx03.example.com", hypervisor_type="ESX", management_server=VCENTER)


def licence(run: Runner, path: Path) -> dict[str, t.Any]:
    path.write_text('{"statusResp": {"serialNumber": "320000099"}}', encoding="utf-8")
    return run(select_license.TASK, license_file=str(path))


def check_network(run: Runner) -> dict[str, t.Any]:
    networks = [{"host_name": f"esx0{one}.example.com", "network_name": "ONTAP-Internal"} for one in (1, 2)]
    return run(select_network_check.TASK, host_networks=networks, mtu=9000)


FAULTS: list[dict[str, t.Any]] = [
    {"fault": "lost_reply"},
    {"fault": "reset_before"},
    {"fault": "status", "status": 503},
    {"fault": "status", "status": 504, "body": "<html>Gateway</html>", "content_type": "text/html"},
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault['fault']} {fault.get('status', '')}")
def test_every_other_write_outlives_what_happens_on_the_way(
    run: Runner, emulator: Emulator, cluster: t.Any, tmp_path: Path, fault: dict[str, t.Any]
) -> None:
    emulator.fault(method="POST", path="hosts", **fault)
    emulator.fault(method="POST", path="licensing/licenses", **fault)
    emulator.fault(method="PATCH", path="clusters/*", **fault)
    emulator.fault(method="POST", path="network/*", **fault)
    emulator.fault(method="DELETE", path="clusters/*", **fault)
    done = [
        host(run),
        licence(run, tmp_path / "l.nlf"),
        run(select_cluster.TASK, name="c1", gateway="192.0.2.7"),
        run(select_cluster.TASK, name="c1", state="absent"),
    ]
    assert [bool(one.get("failed")) or not one["changed"] for one in done] == [False] * 4, done
    checked = check_network(run)
    assert not checked.get("failed") and not checked["changed"], checked
    assert len(emulator.faults()["fired"]) == 5
    again = [host(run), licence(run, tmp_path / "l.nlf"), run(select_cluster.TASK, name="c1", state="absent")]
    assert [one["changed"] for one in again] == [False] * 3


# Clusters


def test_a_cluster_is_planned_made_and_left_alone(run: Runner, emulator: Emulator) -> None:
    options: dict[str, t.Any] = {
        **CLUSTER,
        "dns_domains": ["example.com"],
        "dns_ips": ["192.0.2.3"],
        "ntp_servers": ["ntp"],
        "mtu": 9000,
    }
    checked = run(select_cluster.TASK, check=True, **options)
    assert writes(emulator) == [] and checked["changed"]
    made = run(select_cluster.TASK, **options)
    assert made["plan"] == checked["plan"] == ["make cluster c1 with 2 nodes"]
    assert made["diff"] == checked["diff"]
    assert [one["name"] for one in made["resource"]["nodes"]] == ["c1-01", "c1-02"]
    assert not run(select_cluster.TASK, **options)["changed"]
    assert not run(select_cluster.TASK, name="c1")["changed"]


def test_only_what_differs_is_written(run: Runner, emulator: Emulator, cluster: t.Any) -> None:
    run(select_cluster.TASK, name="c1", dns_domains=["example.com"], dns_ips=["192.0.2.3"])
    result = run(select_cluster.TASK, name="c1", gateway="192.0.2.254", dns_ips=["192.0.2.4"], ip="192.0.2.10")
    assert result["plan"] == ["change gateway, dns_ips of cluster c1"]
    assert result["resource"]["dns_info"] == {"domains": ["example.com"], "dns_ips": ["192.0.2.4"]}
    assert emulator.requests()["requests"][-2]["request"] == {
        "gateway": "192.0.2.254",
        "dns_info": {"domains": ["example.com"], "dns_ips": ["192.0.2.4"]},
    }
    assert not run(select_cluster.TASK, name="c1", ntp_servers=[])["changed"]


@pytest.mark.parametrize(
    "options, words",
    [
        ({"node_count": None}, "give node_count, too"),
        ({"ontap_image_version": "9.99"}, "Deploy has no ONTAP image 9.99; it has 9.14.1, 9.15.1, 9.16.1, 9.17.1."),
        ({"ip": "192.0.2.300"}, "ip takes IPv4 addresses, not '192.0.2.300'"),
        ({"dns_ips": ["a"]}, "dns_ips takes IPv4 addresses"),
        ({"mtu": 1500}, "mtu has to be from 7500 to 9000"),
        ({"mtu": 9000, "node_count": 1}, "a cluster of one node has none"),
        ({"node_count": 0}, "node_count has to be at least 1"),
        ({"name": " "}, "name is empty"),
    ],
)
def test_what_a_cluster_cannot_be(run: Runner, emulator: Emulator, options: dict[str, t.Any], words: str) -> None:
    result = run(select_cluster.TASK, **{**CLUSTER, **options})
    assert result["error"]["kind"] == "input" and words in result["msg"]
    assert writes(emulator) == []


def test_the_number_of_nodes_stays(run: Runner, cluster: t.Any) -> None:
    result = run(select_cluster.TASK, **{**CLUSTER, "node_count": 4})
    assert "Cluster c1 has 2 nodes, asked for 4." in result["msg"]


def test_a_number_of_nodes_that_deploy_does_not_take_is_its_own_error(run: Runner) -> None:
    result = run(select_cluster.TASK, **{**CLUSTER, "node_count": 3})
    assert result["error"]["kind"] == "refused" and "node_count must be one of" in result["msg"]


def test_a_cluster_whose_answer_is_lost_is_made_once(run: Runner, emulator: Emulator) -> None:
    emulator.fault("lost_reply", "POST", "clusters")
    result = run(select_cluster.TASK, **CLUSTER)
    assert result["changed"] and result["resource"]["ip"] == "192.0.2.10"
    assert len(writes(emulator)) == 1


def test_a_cluster_that_is_not_deployed_is_removed_at_once(run: Runner, emulator: Emulator, cluster: t.Any) -> None:
    result = run(select_cluster.TASK, name="c1", state="absent")
    assert result["changed"] and result["resource"] is None
    assert result["plan"] == ["remove cluster c1, which is not deployed"]
    assert not run(select_cluster.TASK, name="c1", state="absent")["changed"]


# Nodes


def test_a_node_is_configured_in_one_task(run: Runner, emulator: Emulator, cluster: t.Any) -> None:
    checked = run(select_node.TASK, check=True, **node(1))
    done = run(select_node.TASK, **node(1))
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
    assert not run(select_node.TASK, **node(1))["changed"]


def test_a_capacity_is_a_text_with_a_unit_or_a_number(run: Runner, cluster: t.Any) -> None:
    run(select_node.TASK, **node(1))
    for capacity in (2 * TB, str(2 * TB), "2 TiB", "2048G", "2.0t"):
        assert not run(select_node.TASK, **node(1, storage_pools=[{"name": "datastore1", "capacity": capacity}]))[
            "changed"
        ]
    larger = run(select_node.TASK, **node(1, storage_pools=[{"name": "datastore1", "capacity": "2.5TB"}]))
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
    result = run(select_node.TASK, **node(2))
    assert result["resource"]["name"] == name and result["resource"]["ip"] == "192.0.2.12"


def test_nodes_that_are_renamed_keep_their_places(run: Runner, cluster: t.Any) -> None:
    ids = [one["id"] for one in cluster["nodes"]]
    assert run(select_node.TASK, **node(1, name="zeta"))["resource"]["id"] == ids[0]
    assert run(select_node.TASK, **node(2, name="alpha"))["resource"]["id"] == ids[1]
    for place, name in ((1, "zeta"), (2, "alpha")):
        assert not run(select_node.TASK, **node(place, name=name))["changed"]


def test_a_node_that_moves_leaves_its_storage_behind(run: Runner, cluster: t.Any) -> None:
    run(select_node.TASK, **node(1))
    moved = run(select_node.TASK, **node(1, host_name="esx02.example.com"))
    assert moved["plan"] == [
        "detach storage pool datastore1 from node 1 of cluster c1",
        "set host of node 1 of cluster c1",
        "attach storage pool datastore1 to node 1 of cluster c1",
    ]
    assert moved["diff"]["before"]["host_name"] == "esx01.example.com"
    assert not run(select_node.TASK, **node(1, host_name="esx02.example.com"))["changed"]


def test_partners_on_one_host_are_warned_of(run: Runner, cluster: t.Any) -> None:
    run(select_node.TASK, **node(1))
    pool = [{"name": "datastore1", "capacity": "1TB"}]
    result = run(select_node.TASK, **node(2, host_name="esx01.example.com", storage_pools=pool))
    assert result["changed"]
    assert result["warnings"] == ["c1-02 and c1-01 are HA partners on the same host: when it fails, both do."]


def test_disks_of_a_raid_of_its_own(run: Runner, cluster: t.Any) -> None:
    disks = [f"naa.5000c500a1b201{number:02}" for number in (1, 2, 8)]
    options = node(1, passthrough_disks=True, storage_pools=[{"name": "datastore1"}], storage_disks=disks)
    refused = run(select_node.TASK, **options)
    assert "labels" in refused["msg"] and refused["changed"], "the steps before were done"
    done = run(select_node.TASK, **options, remove_disk_labels=True)
    assert done["plan"] == ["attach 3 storage disks to node 1 of cluster c1"]
    fewer = run(select_node.TASK, **{**options, "storage_disks": disks[:2]})
    assert fewer["plan"] == [f"detach storage disk {disks[2]} from node 1 of cluster c1"]


@pytest.mark.parametrize(
    "options, words",
    [
        ({"cluster": "c2"}, "There is no cluster c2. Make it with select_cluster."),
        ({"node": 3}, "Cluster c1 has 2 nodes, so there is no node 3."),
        ({"node": 0}, "1 for the first, not 0"),
        ({"host_name": "esx09"}, "Deploy has no host esx09. Add it with select_host."),
        ({"license": "320009999"}, "Deploy has no licence 320009999."),
        ({"storage_pools": [{"name": "d", "capacity": "2 apples"}]}, "capacity of storage pool d is no capacity"),
        ({"storage_pools": [{"name": "d", "capacity": 0}]}, "is no capacity: 0"),
        ({"storage_pools": [{"name": "d"}, {"name": "d"}]}, "names d twice"),
        ({"ip": "x"}, "ip takes IPv4 addresses"),
        ({"cpu_reservation_percentage": 101}, "from 0 to 100"),
        ({"networks": {"data": {"vlan_id": 5000}}}, "vlan_id of data has to be from 0 to 4094"),
    ],
)
def test_what_a_node_cannot_be(
    run: Runner, emulator: Emulator, cluster: t.Any, options: dict[str, t.Any], words: str
) -> None:
    before = len(writes(emulator))
    result = run(select_node.TASK, **node(1, **options))
    assert result["error"]["kind"] == "input" and words in result["msg"]
    assert len(writes(emulator)) == before


def test_a_single_node_has_no_internal_network(run: Runner, hosts: None) -> None:
    run(select_cluster.TASK, name="c1", node_count=1)
    result = run(select_node.TASK, **node(1))
    assert "has no network internal, but mgmt, data. A cluster of one node has no internal network." in result["msg"]


def test_what_is_not_there_yet_is_planned_when_told_to(run: Runner, emulator: Emulator) -> None:
    planned = run(select_node.TASK, check=True, **node(1), if_missing="plan")
    assert len(planned["plan"]) == 5 and planned["changed"] and planned["diff"]["before"] == {}
    assert "There is no cluster c1." in planned["warnings"][0]
    failed = run(select_node.TASK, **node(1), if_missing="plan")
    assert failed["failed"] and not failed["changed"] and failed["error"]["kind"] == "input"
    assert writes(emulator) == []


@pytest.mark.parametrize("path", ["clusters/*/nodes/*", "clusters/*/nodes/*/networks/*", "clusters/*/storage/pools"])
@pytest.mark.parametrize("fault", ["lost_reply", "reset_before"])
def test_an_answer_that_is_lost_on_the_way(
    run: Runner, emulator: Emulator, cluster: t.Any, path: str, fault: str
) -> None:
    emulator.fault(fault, "POST" if path.endswith("pools") else "PATCH", path)
    result = run(select_node.TASK, **node(1))
    assert result["changed"] and not result.get("failed"), result
    assert not run(select_node.TASK, **node(1))["changed"]
    assert emulator.faults()["fired"]


@pytest.mark.parametrize("how", ["fail", "warn"])
def test_a_node_of_a_deployed_cluster_is_reported_and_not_written(
    run: Runner, emulator: Emulator, cluster: t.Any, how: str
) -> None:
    run(select_node.TASK, **node(1))
    emulator.change("cluster", name="c1", set={"is_deployed": True, "state": "powered_on"})
    before = len(writes(emulator))
    same = run(select_node.TASK, **node(1))
    assert not same["changed"] and not same.get("failed")
    result = run(select_node.TASK, **node(1, ip="192.0.2.99"), if_deployed_differs=how)
    told = result["msg"] if how == "fail" else result["warnings"][0]
    assert "ip is '192.0.2.11', asked for '192.0.2.99'" in told and not result["changed"]
    assert bool(result.get("failed")) is (how == "fail")
    assert len(writes(emulator)) == before


@pytest.mark.parametrize("how", ["fail", "warn"])
def test_a_deployed_cluster_is_reported_and_not_written(
    run: Runner, emulator: Emulator, cluster: t.Any, how: str
) -> None:
    emulator.change("cluster", name="c1", set={"is_deployed": True, "state": "powered_on"})
    before = len(writes(emulator))
    result = run(select_cluster.TASK, name="c1", gateway="192.0.2.2", if_deployed_differs=how)
    told = result["msg"] if how == "fail" else result["warnings"][0]
    assert "gateway is '192.0.2.1', asked for '192.0.2.2'" in told and not result["changed"]
    assert len(writes(emulator)) == before
    removal = run(select_cluster.TASK, name="c1", state="absent")
    assert "Power it off with select_power first" in removal["msg"]
    assert run(select_cluster.TASK, name="c1", state="absent", force=True)["changed"]
