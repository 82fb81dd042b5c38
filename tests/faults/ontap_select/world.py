# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tests of ONTAP Select Deploy share: names in the emulated world, and the options of tasks."""

from __future__ import annotations

import typing as t

from ansible_collections.jobwise.appliance.plugins.modules import ontap_select_deployment
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner

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


SECRET = "Sup3r!secret"
POOLS = [{"name": "datastore1", "capacity": 1024**4}]


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


def make(emulator: Emulator, nodes: int = 2, **changes: t.Any) -> None:
    """Make a cluster that can be deployed, or that has been."""
    made = []
    for place in range(1, nodes + 1):
        host = f"esx0{place}.example.com"
        emulator.change("host", create={"name": host, "hypervisor_type": "ESX", "management_server": None})
        networks = {"mgmt": "VM Network", "data": "ONTAP-Data", "internal": "ONTAP-Internal"}
        one = {"host": host, "ip": f"192.0.2.1{place}", "instance_type": "small", "networks": networks, "pools": POOLS}
        made.append(one)
    address = {"ip": "192.0.2.10", "netmask": "255.255.255.0", "gateway": "192.0.2.1"}
    emulator.change("cluster", create={"name": "c1", **address, "nodes": made, **changes})


def deploy(run: Runner, check: bool = False, **options: t.Any) -> dict[str, t.Any]:
    return run(ontap_select_deployment.TASK, check, cluster="c1", **{"ontap_password": SECRET, **options})


def sent(emulator: Emulator, method: str, words: str) -> int:
    return sum(one["method"] == method and words in one["path"] for one in emulator.requests()["requests"])
