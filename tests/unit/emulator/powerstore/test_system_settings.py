# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every array has from the start, and the rules of time servers, networks and maintenance windows."""

from __future__ import annotations

import pytest

from jobwise_emulator.powerstore.catalog import load
from tests.unit.emulator.powerstore.array import Array

# Types without a create of which a new array has no object, and why.
NONE_AT_FIRST = {
    "datastore": "of vSphere",
    "discovered_appliance": "nothing in the same network",
    "discovered_initiator": "nobody has logged in",
    "host_virtual_volume_mapping": "of vSphere",
    "host_volume_mapping": "made by mapping a volume",
    **dict.fromkeys(("import_host_initiator", "import_host_volume"), "found on an import host"),
    **{
        f"import_{system}{part}": "found on a remote system of that type"
        for system, parts in {
            "netapp": ("", "_volume"),
            "psgroup": ("", "_volume"),
            "vmax": ("", "_volume", "_storage_group"),
            "vnx": ("_array", "_volume", "_consistency_group"),
            "xtremio": ("", "_volume", "_consistency_group"),
        }.items()
        for part in parts
    },
    "job": "nobody has written",
    "metrics_archive": "made in the night",
    "nvme_discovered_cdc": "no controller in the network",
    "recycle_bin": "nothing was deleted",
    "replication_group": "of vSphere",
    "replication_session": "made by a policy or by metro",
    "veth_port": "model X has them",
    **dict.fromkeys(("virtual_machine", "virtual_volume", "vsphere_host"), "of vSphere"),
    "vsphere_host_license_assignment": "of vSphere",
}


@pytest.mark.parametrize("version", ["4.0", "4.1"])
def test_every_array_has_its_singletons_and_ports(version: str) -> None:
    array, written = Array(api_version=version), Array(api_version=version)
    for kind, entry in load(version).types.items():
        if "list" not in entry["verbs"] or "create" in entry["verbs"]:
            continue
        rows = array.get(kind, select="*")
        assert bool(rows) == (kind not in NONE_AT_FIRST), kind
        for row in rows if "get" in entry["verbs"] else []:
            assert array.get(f"{kind}/{row['id']}", select="*") == row
        if "modify" in entry["verbs"] and rows and not load(version).struct(f"{kind}_modify").get("required"):
            written.do("PATCH", f"{kind}/{rows[0]['id']}", {})


def test_ports_know_their_partners_and_bonds(array: Array) -> None:
    port = array.get("eth_port/FEPort-A2", select="name,partner(name),bond(name,eth_ports(id),partner(name))")
    assert port == {
        "name": "BaseEnclosure-NodeA-FEPort2",
        "partner": {"name": "BaseEnclosure-NodeB-FEPort2"},
        "bond": {
            "name": "BaseEnclosure-NodeA-bond0",
            "eth_ports": [{"id": "FEPort-A2"}, {"id": "FEPort-A3"}],
            "partner": {"name": "BaseEnclosure-NodeB-bond0"},
        },
    }
    assert array.get("policy/default_low", select="performance_rules(name)") == {"performance_rules": [{"name": "Low"}]}


def test_time_servers_are_one_list_in_two_views() -> None:
    array = Array(api_version="4.1")
    assert array.get("ntp_server", select="address") == [{"address": "192.0.2.123"}]
    array.do("PATCH", "ntp/NTP1", {"addresses": ["192.0.2.124", "192.0.2.125"]})
    assert [one["address"] for one in array.get("ntp_server", select="address")] == ["192.0.2.124", "192.0.2.125"]
    key = array.do("POST", "ntp_server", {"address": "192.0.2.126"})["id"]
    assert array.get("ntp/NTP1", select="addresses")["addresses"] == ["192.0.2.124", "192.0.2.125", "192.0.2.126"]
    assert array.refused("POST", "ntp_server", {"address": "192.0.2.127"})[0] == 422
    assert array.refused("PATCH", f"ntp_server/{key}", {"key_id": 5})[0] == 400
    secret = {"key_id": 5, "authentication_key": "0123456789abcdef", "hash_function": "SHA256"}
    array.do("PATCH", f"ntp_server/{key}", secret)
    assert array.get(f"ntp_server/{key}", select="*") == {
        **{"id": key, "address": "192.0.2.126", "key_id": 5, "hash_function": "SHA256"}
    }
    array.do("PATCH", f"ntp_server/{key}", {"key_id": None})
    assert array.get(f"ntp_server/{key}", select="hash_function")["hash_function"] is None
    for server in array.get("ntp_server")[1:]:
        array.do("DELETE", f"ntp_server/{server['id']}")
    assert array.get("ntp/NTP1", select="addresses")["addresses"] == ["192.0.2.124"]
    assert array.refused("DELETE", f"ntp_server/{array.get('ntp_server')[0]['id']}")[0] == 422


def test_addresses_of_a_network(array: Array) -> None:
    array.do("PATCH", "network/NW4", {"mtu": 1500})
    array.do("PATCH", "cluster/0", {"physical_mtu": 1500})
    body = {
        "name": "s2",
        "type": "Storage",
        "ip_version": "IPv4",
        "mtu": 1500,
        "prefix_length": 24,
        "purposes": ["ISCSI"],
    }
    new = {**body, "add_addresses": ["203.0.113.1", "203.0.113.2"], "storage_discovery_address": "203.0.113.9"}
    key = array.do("POST", "network", new)["id"]
    assert key == "NW5"
    assert addresses(array, key) == {
        "203.0.113.1": ["Unused"],
        "203.0.113.2": ["Unused"],
        "203.0.113.9": ["Storage_Cluster_Floating"],
    }
    assert array.get("cluster/0", select="storage_discovery_address")["storage_discovery_address"] == "203.0.113.9"
    change = {"remove_addresses": ["203.0.113.1"], "add_purposes": ["NVMe_TCP"], "storage_discovery_address": ""}
    array.do("PATCH", f"network/{key}", change)
    assert addresses(array, key) == {"203.0.113.2": ["Unused"]}
    assert array.get(f"network/{key}", select="purposes")["purposes"] == ["ISCSI", "NVMe_TCP"]
    for wrong, status in (
        ({"add_addresses": ["203.0.113.2"]}, 422),
        ({"remove_addresses": ["203.0.113.1"]}, 422),
        ({"add_purposes": ["ISCSI"]}, 400),
        ({"mtu": 9000}, 422),
        ({"cluster_mgmt_address": "203.0.113.3"}, 422),
    ):
        assert array.refused("PATCH", f"network/{key}", wrong)[0] == status, wrong
    array.do("DELETE", f"network/{key}")
    assert addresses(array, key) == {}
    for network in ("NW1", "NW2", "NW4"):
        assert array.refused("DELETE", f"network/{network}")[0] == 422
    assert array.refused("PATCH", "network/NW2", {"vlan_id": 5})[0] == 422
    assert array.refused("POST", "network", {**body, "type": "Management"})[0] == 422
    array.do("PATCH", "network/NW1", {"cluster_mgmt_address": "127.0.0.9"})
    assert array.get("cluster/0", select="management_address")["management_address"] == "127.0.0.9"


def addresses(array: Array, network: str) -> dict[str, list[str]]:
    rows = array.get("ip_pool_address", network_id=f"eq.{network}", select="address,purposes", order="address")
    return {row["address"]: row["purposes"] for row in rows}


def test_a_maintenance_window_is_extended_and_never_reduced(array: Array) -> None:
    assert array.refused("PATCH", "maintenance_window/0", {"is_enabled": True})[0] == 422
    array.do("PATCH", "maintenance_window/0", {"is_enabled": True, "end_offset": 3600})
    first = array.get("maintenance_window/0", select="end_time")["end_time"]
    assert array.refused("PATCH", "maintenance_window/0", {"end_offset": 600})[0] == 422
    array.do("PATCH", "maintenance_window/0", {"is_enabled": True, "end_offset": 7200})
    assert array.get("maintenance_window/0", select="end_time")["end_time"] > first
    array.do("PATCH", "maintenance_window/0", {"is_enabled": False})
    assert array.get("maintenance_window/0", select="end_time")["end_time"] is None


def test_the_mtu_of_the_cluster_is_the_limit_of_all_networks(array: Array) -> None:
    assert array.refused("PATCH", "cluster/0", {"physical_mtu": 8999})[0] == 422
    array.do("PATCH", "network/NW4", {"mtu": 1500})
    array.do("PATCH", "cluster/0", {"physical_mtu": 1500})
    assert array.refused("PATCH", "network/NW4", {"mtu": 9000})[0] == 422
