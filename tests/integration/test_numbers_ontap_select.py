# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The role for a cluster of ONTAP Select, played as a person would, and what it costs Deploy."""

from __future__ import annotations

import typing as t
from collections import Counter

import pytest

from jobwise_emulator.process import Emulator

from .conftest import Player, Run, writes

SECRET = "Sup3r!secret9"
VCENTER = {"hostname": "vcenter01.example.com", "user": "administrator@vsphere.local", "user_password": "Password123!"}
ESX = {
    "ontap_select_cluster_hypervisor_type": "ESX",
    "ontap_select_cluster_vcenter": VCENTER,
    "ontap_select_cluster_node_defaults": {
        "instance_type": "medium",
        "networks": {
            "mgmt": {"name": "VM Network"},
            "data": {"name": "ONTAP-Data"},
            "internal": {"name": "ONTAP-Internal"},
        },
        "storage_pools": [{"name": "datastore1", "capacity": "2TB"}],
    },
}
KVM = {
    "ontap_select_cluster_hypervisor_type": "KVM",
    "ontap_select_cluster_host_user": "root",
    "ontap_select_cluster_host_password": "Password123!",
    "ontap_select_cluster_node_defaults": {
        "passthrough_disks": True,
        "networks": {
            "mgmt": {"name": "ovs-br0", "vlan_id": 100},
            "data": {"name": "ovs-br0", "vlan_id": 110},
            "internal": {"name": "ovs-br1"},
        },
        "storage_pools": [{"name": "pool1"}],
        "storage_disks": ["/dev/sdb", "/dev/sdc", "/dev/sdd"],
    },
}


@pytest.fixture
def platform() -> str:
    return "ontap_select"


def role(nodes: int, kind: dict[str, t.Any], **changes: t.Any) -> dict[str, t.Any]:
    """Return the task that plays the role for a cluster of so many nodes."""
    prefix = "esx" if kind is ESX else "kvm"
    variables = {
        "ontap_select_cluster_name": "berlin",
        "ontap_select_cluster_ip": "192.0.2.10",
        "ontap_select_cluster_netmask": "255.255.255.0",
        "ontap_select_cluster_gateway": "192.0.2.1",
        "ontap_select_cluster_dns_domains": ["example.com"],
        "ontap_select_cluster_dns_ips": ["192.0.2.3"],
        "ontap_select_cluster_ntp_servers": ["ntp.example.com"],
        "ontap_select_cluster_ontap_image_version": "9.15.1",
        "ontap_select_cluster_mtu": 9000,
        "ontap_select_cluster_ontap_password": SECRET,
        "ontap_select_cluster_nodes": [
            {"host_name": f"{prefix}0{place}.example.com", "ip": f"192.0.2.1{place}"} for place in range(1, nodes + 1)
        ],
        **kind,
        **changes,
    }
    return {"ansible.builtin.include_role": {"name": "jobwise.appliance.ontap_select_cluster"}, "vars": variables}


def plans(run: Run) -> list[str]:
    return [step for row in run.rows if isinstance(row["result"], dict) for step in row["result"].get("plan") or ()]


def state(player: Player) -> dict[str, t.Any]:
    task = {
        "name": "it",
        "jobwise.appliance.ontap_select_info": {"type": "clusters", "fields": ["state", "is_deployed"]},
    }
    row = player.play([task]).result("it")["resources"][0]
    return {name: row[name] for name in ("state", "is_deployed")}


@pytest.mark.parametrize("kind", [ESX, KVM], ids=["ESX", "KVM"])
@pytest.mark.parametrize("nodes", [1, 2, 4])
def test_from_nothing_to_a_running_cluster(newest: Player, nodes: int, kind: dict[str, t.Any]) -> None:
    task = role(nodes, kind, ontap_select_cluster_check_network=True)
    checked = newest.play([task], "auto", "--check", "--diff")
    assert checked.returncode == 0, checked.output
    assert writes(newest.emulator) == []
    done = newest.play([task], "auto", "--diff")
    assert done.returncode == 0, done.output
    assert plans(checked) == plans(done) and f"make cluster berlin with {nodes} node" in str(plans(checked))
    assert state(newest) == {"state": "powered_on", "is_deployed": True}
    before = len(newest.emulator.requests()["requests"])
    again = newest.play([task], "auto", "--diff")
    assert again.returncode == 0 and plans(again) == [], again.output
    assert "did not send user_password" not in again.output, "the role gives no password that Deploy does not take"
    asked = newest.emulator.requests()["requests"][before:]
    assert {one["method"] for one in asked} == {"GET"}
    # Disks of a node are one read more than the pools that all nodes have.
    assert len(asked) <= 3 + (3 if kind is ESX else 4) * nodes, Counter(one["path"] for one in asked)
    assert SECRET not in checked.output + done.output and "Password123!" not in checked.output + done.output


@pytest.mark.parametrize("core", ["oldest"], indirect=True)
def test_with_the_oldest_core_as_modules(player: Player) -> None:
    done = player.play([role(2, ESX)], "target")
    assert done.returncode == 0, done.output
    before = len(player.emulator.requests()["requests"])
    assert player.play([role(2, ESX)], "target").returncode == 0
    asked = player.emulator.requests()["requests"][before:]
    assert {one["method"] for one in asked} == {"GET"} and len(asked) <= 3 + 3 * 2


def test_what_was_begun_is_continued(newest: Player) -> None:
    """A run that ended in the middle: the check run after it plans what is left, and the run does that."""
    newest.emulator.fault("job_fail", "POST", "clusters/*/deploy", messages=["Host esx01 is out of memory."])
    failed = newest.play([role(1, ESX)])
    assert failed.returncode != 0 and "Host esx01 is out of memory." in failed.output
    assert "What is left: cluster berlin, not deployed" in failed.output
    assert plans(newest.play([role(1, ESX)], "auto", "--check")) == ["deploy cluster berlin"]
    assert newest.play([role(1, ESX)]).returncode == 0


def test_a_server_is_the_same_in_any_case(player: Player) -> None:
    assert player.play([role(2, ESX, ontap_select_cluster_deploy=False)]).returncode == 0
    before = len(player.emulator.requests()["requests"])
    upper = {**VCENTER, "hostname": VCENTER["hostname"].upper()}
    again = player.play([role(2, ESX, ontap_select_cluster_deploy=False, ontap_select_cluster_vcenter=upper)])
    assert again.returncode == 0 and plans(again) == [], again.output
    asked = Counter(one["path"] for one in player.emulator.requests()["requests"][before:])
    assert asked["/api/v3/hosts"] == 1, "the hosts are as declared"


def test_a_node_without_networks_is_configured_all_the_same(newest: Player) -> None:
    defaults = {"ontap_select_cluster_node_defaults": {"instance_type": "small"}}
    done = newest.play([role(2, ESX, **defaults, ontap_select_cluster_deploy=False)])
    assert done.returncode == 0, done.output
    assert "set ip, host of node 2 of cluster berlin" in plans(done)
    failed = newest.play([role(2, ESX, **defaults, ontap_select_cluster_check_network=True)])
    assert failed.returncode != 0 and "give host_name and network_name of each" in failed.output
    assert "lacks network mgmt" in newest.play([role(2, ESX, **defaults)]).output


def test_a_pair_on_one_host_is_told(newest: Player) -> None:
    nodes = [{"host_name": "esx01.example.com", "ip": f"192.0.2.1{place}"} for place in (1, 2)]
    checked = newest.play([role(2, ESX, ontap_select_cluster_nodes=nodes)], "auto", "--check")
    assert checked.returncode == 0, checked.output
    assert "Nodes 1 and 2 are HA partners on the same host" in checked.output


def test_progress_is_what_deploys_job_says(newest: Player, emulator: Emulator) -> None:
    emulator.change("settings", set={"messages_wake_polls": True})
    emulator.fault("job_slow", "POST", "clusters/*/deploy", seconds=6)
    done = newest.play([role(1, ESX)], "controller")
    assert done.returncode == 0, done.output
    assert "deploy cluster berlin: running (Deploy cluster berlin: " in done.output
