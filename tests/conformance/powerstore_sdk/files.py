# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""File services, as far as they work without rules of their own."""

from __future__ import annotations

from typing import Any

from tests.conformance.powerstore_sdk.record import GIB, names, refused


def details(array: Any) -> Any:
    """Read a NAS server, a file system and a snapshot in full: arrays before 4.1 lack what the SDK selects."""
    calls, protection = array.provisioning, array.protection
    nas = calls.create_nasserver({"name": "sdk-nas"})["id"]
    system = calls.create_filesystem("sdk-fs", nas, 4 * GIB, None)["id"]
    found = calls.get_filesystem_details(calls.get_filesystem_by_name("sdk-fs", nas)[0]["id"])
    server = calls.get_nas_server_details(calls.get_nas_server_by_name("sdk-nas")[0]["id"])
    made = protection.create_filesystem_snapshot(system, name="sdk-snapshot")["id"]
    by_name = protection.get_filesystem_snapshot_details_by_name("sdk-snapshot", filesystem_id=system)[0]["id"]
    taken = protection.get_filesystem_snapshot_details(by_name)["filesystem_type"]
    protection.delete_filesystem_snapshot(made)
    calls.delete_filesystem(system)
    calls.delete_nasserver(nas)
    node = [one["name"] for one in calls.get_nodes() if one["id"] == server["current_node_id"]]
    return [found["nas_server"]["name"], *node, names(server["file_systems"]), taken]


def too_new(array: Any) -> Any:
    """What an array of 4.0 says to selections and types that came with 4.1."""
    calls, protection = array.provisioning, array.protection
    nas = calls.create_nasserver({"name": "sdk-nas"})["id"]
    system = calls.create_filesystem("sdk-fs", nas, 4 * GIB, None)["id"]
    policy = protection.get_protection_policy_by_name("gold")[0]["id"]
    answers = {
        "nas": [refused(calls.get_nas_server_details, nas), refused(calls.get_nas_server_by_name, "sdk-nas")],
        "file": [refused(calls.get_filesystem_details, system), refused(calls.get_filesystem_by_name, "sdk-fs", nas)],
        "policy": [refused(protection.get_policy_details, policy), refused(protection.get_policy_by_name, "gold")],
        "limit": refused(array.config_mgmt.get_file_io_limit_rules),
    }
    snapshot = protection.create_filesystem_snapshot(system, name="sdk-snapshot")["id"]
    answers["snapshot"] = [
        refused(protection.get_filesystem_snapshot_details, snapshot),
        refused(protection.get_filesystem_snapshot_details_by_name, "sdk-snapshot", filesystem_id=system),
    ]
    protection.delete_filesystem_snapshot(snapshot)
    calls.delete_filesystem(system)
    calls.delete_nasserver(nas)
    return answers


def nas_servers(array: Any) -> Any:
    """A NAS server with interface, DNS, NIS, NFS and SMB server."""
    calls = array.provisioning
    nas = calls.create_nasserver({"name": "sdk-nas", "description": "Made by the SDK"})["id"]
    protection = array.protection
    remote = protection.get_remote_system_by_name("remote1")[0]["id"]
    rule = protection.create_replication_rule(name="sdk-nas", rpo="One_Hour", remote_system_id=remote)["id"]
    policy = protection.create_protection_policy("sdk-nas", replication_rule_ids=[rule])["id"]
    calls.modify_nasserver(nas, {"name": "sdk-renamed", "protection_policy_id": policy, "current_node_id": None})
    calls.modify_nasserver(nas, {"description": "Changed", "protection_policy_id": ""})
    found = names(calls.get_nas_servers({"description": "eq.Changed", "protection_policy_id": "is.null"}))
    parts: dict[str, Any] = {
        "file_interface": ({"ip_address": "192.0.2.100", "prefix_length": 24}, {"prefix_length": 25, "gateway": None}),
        "file_dns": ({"domain": "example.com", "ip_addresses": ["192.0.2.1"]}, {"domain": "other.example.com"}),
        "file_nis": ({"domain": "nis.example.com", "ip_addresses": ["192.0.2.2"]}, {"domain": "sdk.example.com"}),
        "nfs_server": ({"host_name": "sdk"}, {"is_nfsv4_enabled": True, "host_name": None}),
        "smb_server": (
            {"is_standalone": True, "netbios_name": "SDK", "workgroup": "WG", "local_admin_password": "Password123!"},
            {"description": "Changed"},
        ),
    }
    told = {}
    for part, (create, modify) in parts.items():
        area = getattr(array, part)
        made = getattr(area, f"create_{part}")({"nas_server_id": nas, **create})["id"]
        getattr(area, f"modify_{part}")(made, modify)
        arguments = (nas, create["ip_address"]) if part == "file_interface" else (nas,)
        by_nas = getattr(area, f"get_{part}_by_nas_server_id")(*arguments)[0]["id"]
        entry = getattr(area, f"get_{part}_details")(by_nas)
        listed = len(getattr(area, f"get_{part}_list")())
        getattr(area, f"delete_{part}")(made)
        told[part] = [entry[name] for name, value in modify.items() if value is not None] + [listed]
    calls.delete_nasserver(nas)
    protection.delete_protection_policy(policy)
    protection.delete_replication_rule(rule)
    return {"nas": found, "parts": told, "left": calls.get_nas_servers()}


def file_systems(array: Any) -> Any:
    """A file system with exports, shares, quotas, snapshots and clones."""
    calls = array.provisioning
    nas = calls.create_nasserver({"name": "sdk-nas"})["id"]
    system = calls.create_filesystem("sdk-fs", nas, 4 * GIB, {"access_policy": "UNIX", "config_type": None})["id"]
    array.nfs_server.create_nfs_server({"nas_server_id": nas})
    standalone = {
        "is_standalone": True,
        "netbios_name": "SDK",
        "workgroup": "WG",
        "local_admin_password": "Password123!",
    }
    array.smb_server.create_smb_server({"nas_server_id": nas, **standalone})
    calls.modify_filesystem(system, {"size_total": 5 * GIB, "description": "Changed", "locking_policy": None})
    grown = names(calls.get_file_systems({"size_total": f"eq.{5 * GIB}", "access_policy": "eq.UNIX"}))
    told = {
        "grown": grown,
        "exports": exports(calls, system),
        "shares": shares(calls, system),
        "quotas": quotas(calls, system),
        "copies": copies(calls, array.protection, system),
    }
    calls.delete_filesystem(system)
    calls.delete_nasserver(nas)
    return told | {"left": [*calls.get_file_systems(), *calls.get_file_ads(), *calls.get_file_ldaps()]}


def exports(calls: Any, system: str) -> Any:
    """An NFS export."""
    made = calls.create_nfs_export(system, "/sdk-fs", "sdk-export", {"default_access": "Read_Only", "anonymous_UID": 1})
    calls.modify_nfs_export(made["id"], {"add_read_write_hosts": ["192.0.2.5"], "description": "Changed"})
    found = calls.get_nfs_export_details(calls.get_nfs_export_details_by_name("sdk-export")[0]["id"])
    listed = names(calls.get_nfs_exports())
    calls.delete_nfs_export(made["id"])
    return [found["read_write_hosts"], found["description"], found["default_access"], listed]


def shares(calls: Any, system: str) -> Any:
    """An SMB share and its ACL."""
    made = calls.create_smb_share(system, "/sdk-fs", "sdk-share", is_ABE_enabled=True, umask="022")["id"]
    calls.update_smb_share(made, description="Changed", offline_availability="Documents")
    found = calls.get_smb_share(calls.get_smb_share_by_name("sdk-share")[0]["id"])
    entry = {"trustee_type": "User", "trustee_name": "sdk", "access_level": "Full", "access_type": "Allow"}
    calls.set_acl(made, add_aces=[entry])
    acl = [one["trustee_name"] for one in calls.get_acl(made)["aces"]]
    listed = names(calls.get_smb_shares())
    calls.delete_smb_share(made)
    return [found["offline_availability"], listed, acl]


def quotas(calls: Any, system: str) -> Any:
    """A tree quota and a user quota."""
    tree = calls.create_tree_quota(system, "/sdk", {"hard_limit": 2 * GIB, "soft_limit": GIB})["id"]
    calls.update_tree_quota(tree, {"soft_limit": GIB // 2})
    found = calls.get_tree_quota(None, path="/sdk", file_system_id=system)[0]
    user = calls.create_user_quota(system, {"uid": 1001, "hard_limit": 2 * GIB, "soft_limit": GIB})["id"]
    calls.update_user_quota(user, {"soft_limit": GIB // 2})
    limits = [found["soft_limit"] * 2 // GIB, calls.get_user_quota(user)["soft_limit"] * 2 // GIB]
    counts = [len(calls.get_file_tree_quotas()), len(calls.get_file_user_quotas())]
    again = [calls.get_tree_quota(tree)["path"], len(calls.get_user_quota(None, {"file_system_id": system}))]
    calls.delete_tree_quota(tree)
    return [*limits, *counts, *again]


def copies(calls: Any, protection: Any, system: str) -> Any:
    """Snapshots and a clone of a file system, refresh and restore."""
    never = "1970-01-01T00:00:00.000Z"
    taken = {"name": "sdk-snapshot", "access_type": "Snapshot", "expiration_timestamp": "2099-01-01T00:00:00Z"}
    made = protection.create_filesystem_snapshot(system, **taken)["id"]
    protection.modify_filesystem_snapshot(made, description="Kept", expiration_timestamp=never)
    clone = calls.clone_filesystem(system, {"name": "sdk-clone", "description": "Made by the SDK"})["id"]
    calls.refresh_filesystem(made)
    backup = calls.restore_filesystem(made, "sdk-backup")["id"]
    calls.restore_filesystem(backup)
    unlimited = names(calls.get_file_systems({"expiration_timestamp": "is.null", "description": "eq.Kept"}))
    listed = names(calls.get_snapshots_filesystem(system))
    busy = refused(calls.delete_filesystem, system)
    calls.delete_filesystem(clone)
    for one in (made, backup):
        protection.delete_filesystem_snapshot(one)
    return [unlimited, listed, busy, refused(protection.delete_filesystem_snapshot, made)]
