# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What Deploy would refuse, check mode and the run refuse: in the same words, all at once, before any write."""

from __future__ import annotations

import importlib
import json
import typing as t
from pathlib import Path

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._task import Task
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner
from tests.faults.ontap_select.world import LOGIN, SECRET, VCENTER, make, node, writes

Options = t.Dict[str, t.Any]
KVM_NETWORKS = {"mgmt": "ovs-br0", "data": "ovs-br0", "internal": "ovs-br1"}
ADDRESS = {"ip": "192.0.2.20", "netmask": "255.255.255.0", "gateway": "192.0.2.1"}
ESX03 = {"name": "esx03.example.com", "hypervisor_type": "ESX"}
TO_DISKS = {"passthrough_disks": True, "storage_pools": None}
CHECKED = [{"host_name": name, "network_name": "ONTAP-Internal"} for name in ("esx01.example.com", "esx09.example.com")]

MISTAKES: list[tuple[str, Options, list[str]]] = [
    (
        "ontap_select_cluster",
        {"name": "new", "node_count": 3},
        ["node_count must be one of 1, 2, 4, 6, 8, 10, 12, not 3"],
    ),
    (
        "ontap_select_cluster",
        {"name": " ", "ip": "1.2.3", "dns_ips": ["x"], "node_count": 1, "mtu": 100},
        ["name is empty", "ip takes IPv4", "dns_ips takes IPv4", "a cluster of one node", "from 7500 to 9000, not 100"],
    ),
    ("ontap_select_cluster", {"name": "new", "ontap_image_version": "1.0"}, ["no ONTAP image 1.0", "give node_count"]),
    (
        "ontap_select_cluster",
        {"name": "c1", "ontap_image_version": "1.0", "node_count": 4},
        ["image 1.0", "has 2 nodes"],
    ),
    (
        "ontap_select_cluster",
        {"name": "c1", "ntp_servers": [""], "dns_domains": [" "]},
        ["ntp_servers has", "dns_domains has"],
    ),
    ("ontap_select_cluster", {"name": "single", "mtu": 9000}, ["a cluster of one node has no such network"]),
    ("ontap_select_cluster", {"name": "new", "node_count": 1, "force": True}, ["force: true", "state: absent"]),
    (
        "ontap_select_host",
        {**ESX03, "management_server": "vcenter02.example.com"},
        ["no credential for vcenter02.example.com"],
    ),
    (
        "ontap_select_host",
        {"name": "kvm03.example.com", "hypervisor_type": "KVM"},
        ["no credential for kvm03.example.com"],
    ),
    # A credential for a server of this name and of another kind is none.
    ("ontap_select_host", {"name": VCENTER, "hypervisor_type": "ESX"}, [f"no credential for {VCENTER}"]),
    (
        "ontap_select_host",
        {"name": "", "hypervisor_type": "KVM", "management_server": "v", "host_username": "r", "host_password": "p"},
        ["name is empty", "A KVM host has no management_server", "is managed by v"],
    ),
    ("ontap_select_host", {"name": "esx01.example.com", "state": "absent"}, ["is used by nodes of cluster c1"]),
    (
        "ontap_select_node",
        node(1, networks={"mgmt": {"name": "VM Netwrk"}}, storage_pools=[{"name": "none", "capacity": "1TB"}]),
        ["has no network VM Netwrk", "Did you mean VM Network?", "has no storage pool none"],
    ),
    (
        "ontap_select_node",
        node(1, storage_pools=[{"name": "datastore1", "capacity": "100TB"}]),
        ["bytes left, but the task asks for"],
    ),
    ("ontap_select_node", node(1, **TO_DISKS, storage_disks=["naa.0"]), ["has no storage disk naa.0"]),
    (
        "ontap_select_node",
        {"cluster": "kvm", "node": 1, "instance_type": "large"},
        ["Node 1 of cluster kvm cannot be large", "runs KVM"],
    ),
    (
        "ontap_select_node",
        node(1, ip="192.0.2.12", storage_pools=[{"name": "datastore2"}]),
        ["ip 192.0.2.12 already belongs to node 2 (c1-02)", "needs a capacity"],
    ),
    ("ontap_select_node", node(1, license="320000001"), ["Licence 320000001 is used by a node of cluster kvm"]),
    (
        "ontap_select_node",
        node(0, ip="x", license=" ", cpu_reservation_percentage=101, storage_disks=[""], storage_pools=[{"name": ""}]),
        [
            "1 for the first, not 0",
            "ip takes",
            "license is empty",
            "to 100, not 101",
            "storage_disks has",
            "storage_pools",
        ],
    ),
    ("ontap_select_deployment", {"cluster": "mixed", "ontap_password": SECRET}, ["mixed-01 on ESX, mixed-02 on KVM"]),
    (
        "ontap_select_resize",
        {"cluster": "up", "instance_type": "large", "ontap_password": SECRET},
        ["up-01 cannot be large"],
    ),
    ("ontap_select_resize", {"cluster": "up", "instance_type": "medium", "nodes": [1, 8, 9]}, ["no node 8, 9"]),
    ("ontap_select_resize", {"cluster": "up", "instance_type": "medium", "nodes": [0, -1]}, ["not 0", "not -1"]),
    (
        "ontap_select_resize",
        {"cluster": "up", "instance_type": "medium", "nodes": [1]},
        ["HA partners", "needs ontap_password"],
    ),
    ("ontap_select_power", {"cluster": "c1", "state": "powered_on"}, ["is not deployed yet"]),
    ("ontap_select_network_check", {"host_networks": CHECKED}, ["Deploy has no host esx09.example.com"]),
    (
        "ontap_select_network_check",
        {"host_networks": CHECKED[:1], "mtu": 0},
        ["at least two hosts", "mtu must be at least 1, not 0"],
    ),
    ("ontap_select_credential", {"hostname": "new", "user": ""}, ["give user and user_password"]),
]


@pytest.fixture(autouse=True)
def world(emulator: Emulator) -> None:
    """Clusters on ESXi, on KVM and on both, one of them deployed, and one of a single node."""
    make(emulator)
    emulator.change("credential", create={"hostname": VCENTER, "type": "vcenter", "username": "u", "password": "p"})
    for place in (1, 2):
        emulator.change("host", create={"name": f"kvm0{place}.example.com", "hypervisor_type": "KVM"})
    for number, name in enumerate(("mixed", "up", "single", "kvm"), 3):
        kinds = {"mixed": ("esx01", "kvm01"), "up": ("kvm01", "kvm02"), "single": ("esx01",), "kvm": ("kvm01",)}[name]
        purposes = [one for one in KVM_NETWORKS if one != "internal" or len(kinds) > 1]
        nodes = [
            {
                "host": f"{host}.example.com",
                "ip": f"192.0.2.{number}{place}",
                "instance_type": "small",
                "networks": {one: KVM_NETWORKS[one] if host.startswith("kvm") else "VM Network" for one in purposes},
                "pools": [{"name": "pool1" if host.startswith("kvm") else "datastore2", "capacity": 1024**3}],
            }
            for place, host in enumerate(kinds, 1)
        ]
        state = {"is_deployed": True, "state": "powered_on", "password": SECRET} if name == "up" else {}
        emulator.change("cluster", create={"name": name, **ADDRESS, "nodes": nodes, **state})
    emulator.change("node", name="kvm-01", set={"serial_number": "320000001", "license": {"id": "320000001"}})


def task_of(module: str) -> Task:
    """Return the task of a module."""
    task: Task = importlib.import_module(f"ansible_collections.jobwise.appliance.plugins.modules.{module}").TASK
    return task


@pytest.mark.parametrize("module, options, words", MISTAKES, ids=lambda one: one if isinstance(one, str) else "")
def test_check_mode_and_run_refuse_alike(
    run: Runner, emulator: Emulator, module: str, options: Options, words: list[str]
) -> None:
    results = [run(task_of(module), check=check, **options) for check in (True, False)]
    for result in results:
        assert result["failed"] and not result["changed"], result
        assert result["error"]["kind"] == "input", result["msg"]
        assert [word for word in words if word not in result["msg"]] == [], result["msg"]
    assert results[0]["msg"] == results[1]["msg"]
    assert writes(emulator) == []


def test_large_nodes_on_kvm_are_not_deployed(run: Runner, emulator: Emulator) -> None:
    emulator.change("node", name="kvm-01", set={"instance_type": "large"})
    options: Options = {"cluster": "kvm", "ontap_password": SECRET}
    results = [run(task_of("ontap_select_deployment"), check=check, **options) for check in (True, False)]
    assert {result["error"]["kind"] for result in results} == {"input"}
    assert "Node kvm-01 cannot be large" in results[0]["msg"] and results[0]["msg"] == results[1]["msg"]


@pytest.mark.parametrize(
    "serial, given, words", [("12", None, "9 or 20 digits"), ("320000050", "320000051", "not for")]
)
def test_a_licence_file_that_is_none(
    run: Runner, emulator: Emulator, tmp_path: Path, serial: str, given: str | None, words: str
) -> None:
    file = tmp_path / "l.nlf"
    file.write_text(json.dumps({"statusResp": {"serialNumber": serial}}), encoding="utf-8")
    for check in (True, False):
        result = run(task_of("ontap_select_license"), check=check, license_file=str(file), serial_number=given)
        assert result["error"]["kind"] == "input" and words in result["msg"]
    assert writes(emulator) == []


@pytest.mark.parametrize(
    "module, options, sentence",
    [
        (
            "ontap_select_host",
            {**ESX03, "management_server": "vcenter02.example.com"},
            "no credential for vcenter02.example.com",
        ),
        ("ontap_select_network_check", {"host_networks": CHECKED}, "Deploy has no host esx09.example.com"),
    ],
)
def test_what_an_earlier_task_is_going_to_make_may_be_missing_in_check_mode(
    run: Runner, emulator: Emulator, module: str, options: Options, sentence: str
) -> None:
    checked = run(task_of(module), check=True, **options, if_missing="plan")
    assert checked["plan"] and not checked.get("failed"), checked
    result = run(task_of(module), **options, if_missing="plan")
    assert result["error"]["kind"] == "input" and sentence in result["msg"]
    assert writes(emulator) == []


def test_labels_are_removed_with_disks_only(run: Runner) -> None:
    result = run(task_of("ontap_select_node"), check=True, **node(1, remove_disk_labels=True))
    assert "remove_disk_labels: true has an effect only with storage_disks." in result["warnings"]


def test_a_host_that_shows_nothing_yet_is_left_to_deploy(run: Runner, emulator: Emulator) -> None:
    """Deploy shows networks and storage of a host when it has logged in there."""
    emulator.change("inventory", name="esx01.example.com", set={"networks": []})
    networks = {"mgmt": {"name": "Later"}}
    assert not run(task_of("ontap_select_node"), check=True, **node(1, networks=networks)).get("failed")


def test_a_wrong_password_that_deploy_holds_is_told(run: Runner, emulator: Emulator) -> None:
    host: Options = {**ESX03, "management_server": VCENTER}
    failed = run(task_of("ontap_select_host"), **host)
    assert failed["error"]["kind"] == "job_failed"
    assert f"Deploy logged in with the credential that it holds for {VCENTER} (user u)" in failed["msg"]
    assert "change this one in Deploy's user interface or CLI" in failed["msg"]
    again = run(task_of("ontap_select_credential"), hostname=VCENTER, user="u", user_password=LOGIN["user_password"])
    assert not again["changed"] and "did not send user_password" in again["warnings"][0]
    assert "warnings" not in run(task_of("ontap_select_credential"), hostname=VCENTER, user="u")
    other: Options = {
        "name": "kvm03.example.com",
        "hypervisor_type": "KVM",
        "host_username": "root",
        "host_password": "wrong",
    }
    assert "credential that it holds" not in run(task_of("ontap_select_host"), **other)["msg"]
