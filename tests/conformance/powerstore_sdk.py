# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Uses the emulated PowerStore by the vendor's SDK, PyPowerStore, in an environment that has it.

``python powerstore_sdk.py HOST:PORT CA_FILE FLOW``: one flow of ``FLOWS``. What came of it goes to standard output as
JSON; the SDK raises what it cannot deal with, and the process ends with 1.
"""

from __future__ import annotations

import importlib
import json
import sys
from typing import Any

PASSWORD = "Password123!"
GIB = 1024**3
IQN = "iqn.2026-01.com.example:sdk"


def groups(array: Any) -> Any:
    """Make a group with members, change it, copy it, take members out, delete it."""
    calls = array.provisioning
    volumes = [calls.get_volume_by_name(name)[0]["id"] for name in ("web01", "web02")]
    group = calls.create_volume_group("sdk-group", description="Made by the SDK", volume_ids=volumes)
    calls.add_members_to_volume_group(group["id"], [calls.get_volume_by_name("web03")[0]["id"]])
    added = names(calls.get_volume_group_details(group["id"])["volumes"])
    calls.remove_members_from_volume_group(group["id"], volumes)
    calls.modify_volume_group(group["id"], name="sdk-renamed", is_write_order_consistent=False)
    found = calls.get_volume_group_by_name("sdk-renamed")[0]
    snapshot = array.protection.create_volume_group_snapshot(found["id"], name="sdk-set", description="A set")
    calls.restore_volume_group(found["id"], snapshot["id"], create_backup_snap=False)
    clone = calls.clone_volume_group(found["id"], name="sdk-clone", description=None)
    calls.refresh_volume_group(clone["id"], found["id"], create_backup_snap=False)
    kept = {"added": added, "left": names(found["volumes"]), "consistent": found["is_write_order_consistent"]}
    array.protection.delete_volume_group_snapshot(snapshot["id"])
    for one in (clone, found):
        calls.delete_volume_group(one["id"])
    return {**kept, "groups": names(calls.get_volume_group_list(all_pages=True))}


def volumes(array: Any) -> Any:
    """Make a volume, give it a policy, grow, map and copy it, take the policy away, delete it."""
    calls = array.provisioning
    policy = array.protection.get_protection_policy_by_name("silver")[0]["id"]
    calls.create_volume("sdk-volume", GIB, description="Made by the SDK", protection_policy_id=policy)
    volume = calls.get_volume_by_name("sdk-volume")[0]
    told = [volume["protection_policy"]["name"]]
    calls.modify_volume(volume["id"], name="sdk-renamed", size=2 * GIB)
    host = calls.get_host_by_name("linux01")[0]["id"]
    calls.map_volume_to_host(volume["id"], host, 7)
    mapping = calls.get_host_volume_mapping(volume["id"])[0]["logical_unit_number"]
    calls.unmap_volume_from_host(volume["id"], host)
    calls.remove_protection_policy_for_volume(volume["id"])
    changed = calls.get_volume_details(volume["id"])
    told.append(changed["protection_policy"])
    snapshot = array.protection.create_volume_snapshot(volume["id"], name="sdk-snapshot")
    clone = calls.clone_volume(volume["id"], "sdk-clone")
    for one in (snapshot, clone, volume):
        calls.delete_volume(one["id"])
    return {"policies": told, "size": changed["size"], "lun": mapping, "left": calls.get_volume_by_name("sdk-renamed")}


def hosts(array: Any) -> Any:
    """Make a host, change its initiators, delete it."""
    calls = array.provisioning
    host = calls.create_host("sdk-host", "Linux", [{"port_name": IQN, "port_type": "iSCSI"}])
    calls.add_initiators_to_host(host["id"], [{"port_name": f"{IQN}2", "port_type": "iSCSI"}])
    calls.remove_initiators_from_host(host["id"], [IQN])
    calls.modify_host(host["id"], name="sdk-renamed", description="Changed by the SDK")
    found = calls.get_host_details(host["id"])
    refusal = refused(calls.create_host, "sdk-second", "Linux", [{"port_name": f"{IQN}2", "port_type": "iSCSI"}])
    calls.delete_host(host["id"])
    ports = [one["port_name"] for one in found["initiators"]]
    return {"name": found["name"], "ports": ports, "refusal": refusal, "hosts": names(calls.get_hosts())}


def settings(array: Any) -> Any:
    """Read and change what every array has once."""
    calls = array.config_mgmt
    calls.modify_dns_details("DNS1", {"addresses": ["192.0.2.61"]})
    calls.modify_ntp_details("NTP1", {"addresses": ["192.0.2.62"]})
    calls.modify_smtp_config_details("0", {"address": "192.0.2.63", "port": None, "source_email": None})
    contact = {"first_name": "Ada", "last_name": None, "email": "ada@example.com", "phone": None}
    calls.modify_remote_support_contact_details("0", contact)
    calls.modify_remote_support_details("0", {"type": "Disabled", "is_rsc_enabled": False}, is_async=False)
    calls.modify_chap_config("0", "Single")
    calls.modify_service_config("A1", is_ssh_enabled=True)
    calls.modify_service_user("1", "Password456!")
    return {
        "dns": calls.get_dns_details(calls.get_dns_list()[0]["id"])["addresses"],
        "ntp": calls.get_ntp_details(calls.get_ntp_list()[0]["id"])["addresses"],
        "smtp": calls.get_smtp_config_details(calls.get_smtp_configs()[0]["id"]),
        "contact": calls.get_remote_support_contact_details("0"),
        "support": calls.get_remote_support_details(calls.get_remote_support_list()[0]["id"])["type"],
        "chap": calls.get_chap_config_details("0")["mode"],
        "ssh": calls.get_service_config_details("A1")["is_ssh_enabled"],
        "service": calls.get_service_user_by_name("service")[0]["id"],
        "security": calls.get_security_config_details("1")["idle_timeout"],
    }


def systems(array: Any) -> Any:
    """Read the cluster, its nodes, networks, certificates and space; rename it; meet another one."""
    calls = array.config_mgmt
    cluster = calls.get_clusters()[0]["id"]
    calls.modify_cluster(cluster, physical_mtu=9000, name="sdk-cluster")
    certificate = calls.get_certificate_details(calls.get_certificates()[0]["id"])
    remote = array.protection.create_remote_system(
        {"management_address": "192.0.2.64", "description": None, "data_network_latency": "Low"}
    )
    kind = array.protection.get_remote_system_details(remote["id"])["type"]
    array.protection.delete_remote_system(remote["id"], is_async=False)
    found = calls.get_cluster_details(cluster)
    space = array.metrics.get_performance_metrics("space_metrics_by_cluster", cluster, "Five_Mins")
    return {
        "cluster": [found["name"], found["physical_mtu"]],
        "nodes": names(array.provisioning.get_nodes()),
        "network": calls.get_network_details("NW1")["type"],
        "addresses": len(calls.get_ip_pool_address()),
        "appliance": names(calls.get_appliance_details("A1")["hardware"])[:1],
        "certificate": sorted(certificate["members"][0])[:3],
        "remote": kind,
        "discovered": calls.get_discovered_appliances(),
        "container": names(calls.get_storage_container_list()),
        "total": space[-1]["physical_total"],
    }


def users(array: Any) -> Any:
    """Make, change and delete a local user."""
    calls = array.config_mgmt
    made = calls.create_local_user({"name": "sdk.user", "password": PASSWORD, "role_id": "3"})
    change = {"role_id": "2", "password": "Password456!", "current_password": PASSWORD}
    calls.modify_local_user(made["id"], {**change, "is_locked": True})
    found = calls.get_local_user_details(made["id"])
    calls.delete_local_user(made["id"])
    return {"role": found["role_id"], "locked": found["is_locked"], "left": calls.get_local_user_by_name("sdk.user")}


def names(entries: list[dict[str, Any]]) -> list[str]:
    """The names of some objects, sorted."""
    return sorted(one["name"] for one in entries)


def refused(call: Any, *arguments: Any) -> str:
    """What the SDK says about a refusal."""
    error = importlib.import_module("PyPowerStore.utils.exception").PowerStoreException
    try:
        call(*arguments)
    except error as refusal:
        return str(refusal)
    return ""


FLOWS = {one.__name__: one for one in (groups, volumes, hosts, settings, systems, users)}


def main(host: str, ca_path: str, flow: str) -> int:
    """Run one flow within a session."""
    sdk = importlib.import_module("PyPowerStore.powerstore_conn")
    address, port = host.split(":")
    array = sdk.PowerStoreConn("admin", PASSWORD, address, ca_path, "conformance", port_no=port)
    try:
        print(json.dumps(FLOWS[flow](array)))
    finally:
        array.provisioning.client.auth_manager.logout_session()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
