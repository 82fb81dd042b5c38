# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The built-in seed: a fresh Deploy VM, and around it two vCenters, six ESX hosts and four KVM hosts to be added."""

from __future__ import annotations

from jobwise_emulator.exchange import Json

PASSWORD = "Password123!"
TIB = 1024**4
IMAGES = ["9.14.1", "9.15.1", "9.16.1", "9.17.1"]
LICENSES = [f"32000000{number}" for number in range(1, 5)] + [f"9991234567890000000{number}" for number in range(1, 5)]
MANAGED = {"vcenter01.example.com": (1, 2, 3, 4), "vcenter02.example.com": (5, 6)}


def built_in(seed: Json | None, hostname: str) -> Json:
    """The seed to start from; what a file names replaces the built-in part of that name."""
    usual: Json = {
        "users": {"admin": PASSWORD},
        "deploy": {"hostname": hostname or "deploy01", "system_id": "a8ffc3e1-5d1b-4d8c-9d57-2f6f1f4f7c11"},
        "inventory": {"vcenters": vcenters(), "hosts": [*esx_hosts(), *kvm_hosts()]},
        "image": IMAGES,
        "license": LICENSES,
    }
    return {**usual, **(seed or {})}


def vcenters() -> Json:
    """The management servers; the same user name on both."""
    return {name: {"username": "administrator@vsphere.local", "password": PASSWORD} for name in MANAGED}


def esx_hosts() -> list[Json]:
    """Hosts that are managed by a vCenter."""
    networks = [
        {"name": "VM Network", "_vswitch_type": "StandardvSwitch", "_mtu": 1500},
        {"name": "ONTAP-Data", "_vswitch_type": "StandardvSwitch", "_mtu": 9000},
        {"name": "ONTAP-Internal", "_vswitch_type": "StandardvSwitch", "_mtu": 9000},
    ]
    return [
        {
            **host(f"esx{number:02}.example.com", "ESX"),
            "management_server": center,
            "networks": networks,
            "pools": pools(f"esx{number:02}", "datastore"),
            "disks": disks([f"naa.5000c500a1b2{number:02}{disk:02}" for disk in range(1, 9)]),
        }
        for center, numbers in MANAGED.items()
        for number in numbers
    ]


def kvm_hosts() -> list[Json]:
    """Hosts that stand alone."""
    networks = [{"name": name, "_vswitch_type": "OpenvSwitch", "_mtu": 9000} for name in ("ovs-br0", "ovs-br1")]
    return [
        {
            **host(f"kvm{number:02}.example.com", "KVM"),
            "networks": networks,
            "pools": pools(f"kvm{number:02}", "pool"),
            "disks": disks([f"/dev/sd{letter}" for letter in "bcdefghi"]),
        }
        for number in range(1, 5)
    ]


def host(name: str, kind: str) -> Json:
    """A hypervisor host with its own administrator."""
    return {"name": name, "hypervisor_type": kind, "username": "root", "password": PASSWORD}


def pools(place: str, name: str) -> list[Json]:
    """Two storage pools of 8 and 4 TiB."""
    return [
        {"id": f"{place}-{name}{number}", "name": f"{name}{number}", "available_capacity": size * TIB}
        for number, size in ((1, 8), (2, 4))
    ]


def disks(names: list[str]) -> list[Json]:
    """SSDs, the last of which has labels from an earlier life."""
    return [{"name": name, "device_type": "SSD", "_labelled": name == names[-1]} for name in names]
