# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Volumes, their copies and mappings, and volume groups."""

from __future__ import annotations

from typing import Any

from tests.conformance.powerstore_sdk.record import GIB, names, refused

LATER = "2099-01-01T00:00:00Z"


def volumes(array: Any) -> Any:
    """Make a volume with everything that the SDK offers, change all of it, take policies away, delete it."""
    calls, protection = array.provisioning, array.protection
    silver = protection.get_protection_policy_by_name("silver")[0]["id"]
    limits = limiting_policy(array)
    appliance = array.config_mgmt.get_appliances()[0]["id"]
    calls.create_volume(
        "sdk-volume",
        GIB,
        description="Made by the SDK",
        protection_policy_id=silver,
        performance_policy_id="default_low",
        qos_performance_policy_id=limits,
        app_type="Relational_Databases_Other",
        app_type_other="Ledger",
        appliance_id=appliance,
    )
    volume = calls.get_volume_by_name("sdk-volume")[0]
    calls.modify_volume(volume["id"], "sdk-renamed", "Changed", 2 * GIB, app_type="Business_Applications_ERP_SAP")
    calls.modify_volume(volume["id"], performance_policy_id="default_high", qos_performance_policy_id="")
    calls.remove_protection_policy_for_volume(volume["id"])
    calls.add_protection_policy_for_volume(volume["id"], silver)
    calls.modify_volume(volume["id"], protection_policy_id="")
    changed = calls.get_volume_details(volume["id"])
    shrunk = refused(calls.modify_volume, volume["id"], size=GIB)
    calls.delete_volume(volume["id"])
    protection.delete_policy(limits)
    return {
        "policy": volume["protection_policy"]["name"],
        "app_type": [volume["app_type"], volume["app_type_other"], changed["app_type"], changed["app_type_other"]],
        "size": changed["size"] // GIB,
        "policies": [changed["protection_policy"], changed["qos_performance_policy_id"]],
        "performance": changed["performance_policy_id"],
        "refusal": shrunk,
        "left": calls.get_volume_by_name("sdk-renamed"),
    }


def limiting_policy(array: Any) -> str:
    """The id of a new QoS policy."""
    rule = array.provisioning.get_io_limit_rule_by_name("bronze-limit")[0]["id"]
    return str(array.protection.create_policy({"name": "sdk-limits", "io_limit_rule_id": rule})["id"])


def mappings(array: Any) -> Any:
    """Map a volume to a host and to a host group, with and without a LUN, and unmap it."""
    calls = array.provisioning
    volume = calls.get_volume_by_name("scratch01")[0]["id"]
    host, group = calls.get_host_by_name("linux01")[0]["id"], calls.get_host_group_by_name("esx-cluster")[0]["id"]
    calls.map_volume_to_host(volume, host, 7)
    calls.map_volume_to_host_group(volume, group)
    details = calls.get_volume_details(volume)
    mapped = [(bool(one["host_id"]), one["logical_unit_number"]) for one in details["hlu_details"]]
    again = refused(calls.map_volume_to_host, volume, host, 8)
    deleting = refused(calls.delete_volume, volume)
    calls.unmap_volume_from_host(volume, host)
    calls.unmap_volume_from_host_group(volume, group)
    clone = calls.clone_volume(volume, "sdk-mapped", "Mapped at once", host_id=host, logical_unit_number=9)
    lun = calls.get_host_volume_mapping(clone["id"])[0]["logical_unit_number"]
    calls.unmap_volume_from_host(clone["id"], host)
    calls.delete_volume(clone["id"])
    return {
        "mapped": sorted(mapped),
        "clone": lun,
        "refused": [again, deleting],
        "left": calls.get_host_volume_mapping(volume),
    }


def volume_copies(array: Any) -> Any:
    """Snapshots of a volume: change, list, restore, refresh, delete; and a metro session."""
    calls, protection = array.provisioning, array.protection
    volume = calls.get_volume_by_name("scratch01")[0]["id"]
    snapshot = protection.create_volume_snapshot(
        volume, "sdk-snapshot", "First", performance_policy_id="default_low", expiration_timestamp=LATER
    )
    changed = protection.modify_volume_snapshot(snapshot["id"], "sdk-kept", "Second", "2099-02-01T00:00:00Z")
    secure = protection.create_volume_snapshot(volume, expiration_timestamp=LATER, is_secure=True)
    kept = refused(protection.delete_volume_snapshot, secure["id"])
    clone = calls.clone_volume(volume, "sdk-clone")
    calls.refresh_volume(clone["id"], volume)
    calls.refresh_volume(clone["id"], volume, create_backup_snap=False)
    calls.refresh_volume(clone["id"], volume, True, "sdk-backup", "Before the refresh", LATER)
    calls.restore_volume(volume, snapshot["id"], create_backup_snap=False)
    calls.restore_volume(volume, snapshot["id"], True, "sdk-before", "Before the restore", LATER, "default_high")
    listed = names(calls.get_volumes({"type": "eq.Snapshot", "protection_data->>family_id": f"eq.{volume}"}))
    details = protection.get_volume_snapshot_details(snapshot["id"])
    for one in protection.get_volume_snapshots(clone["id"]):
        protection.delete_volume_snapshot(one["id"])
    calls.delete_volume(clone["id"])
    for one in protection.get_volume_snapshots(volume):
        if one["id"] != secure["id"]:
            protection.delete_volume_snapshot(one["id"])
    return {
        "changed": [changed["name"], changed["description"], changed["protection_data"]["expiration_timestamp"]],
        "secure": secure["protection_data"]["is_secure"],
        "refused": kept,
        "snapshots": [one for one in listed if one.startswith("sdk")],
        "type": details["type"],
        "left": len(protection.get_volume_snapshots(volume)),
    }


def metro(array: Any) -> Any:
    """Put a volume under metro and end it."""
    calls = array.provisioning
    volume = calls.get_volume_by_name("web04")[0]["id"]
    remote = array.protection.get_remote_system_by_name("remote1")[0]["id"]
    appliance = array.protection.get_remote_system_appliance_details(remote)["remote_appliances"][0]["id"]
    made = calls.configure_metro_volume(volume, remote, appliance)
    session = array.protection.get_replication_session_details(made["metro_replication_session_id"])
    roles = [
        refused(array.protection.modify_replication_session, session["id"], role)
        for role in ("Metro_Preferred", "Metro_Non_Preferred")
    ]
    calls.end_volume_metro_config(volume, delete_remote_volume=True)
    return {"appliance": appliance, "type": session["type"], "role": session["role"], "refused": roles}


def groups(array: Any) -> Any:
    """Make a group with members, change it, take members out, delete it."""
    calls, protection = array.provisioning, array.protection
    volumes = [calls.get_volume_by_name(name)[0]["id"] for name in ("web01", "web02")]
    policy = protection.get_protection_policy_by_name("silver")[0]["id"]
    group = calls.create_volume_group(
        "sdk-group", "Made by the SDK", volumes, is_write_order_consistent=True, protection_policy_id=policy
    )
    calls.add_members_to_volume_group(group["id"], [calls.get_volume_by_name("web03")[0]["id"]])
    details = calls.get_volume_group_details(group["id"])
    calls.remove_members_from_volume_group(group["id"], volumes)
    limits = limiting_policy(array)
    calls.modify_volume_group(group["id"], "sdk-renamed", "Changed", False, "", limits)
    found = calls.get_volume_group_by_name("sdk-renamed")[0]
    members = calls.get_volumes_from_volume_group("sdk-renamed")[0]["volumes"]
    calls.modify_volume_group(group["id"], qos_performance_policy_id="")
    calls.remove_members_from_volume_group(group["id"], [calls.get_volume_by_name("web03")[0]["id"]])
    calls.delete_volume_group(group["id"])
    protection.delete_policy(limits)
    return {
        "added": names(details["volumes"]),
        "policy": [details["protection_policy"]["name"], found["protection_policy"]],
        "limits": found["qos_performance_policy_id"] == limits,
        "left": names(members),
        "consistent": [details["is_write_order_consistent"], found["is_write_order_consistent"]],
        "groups": names(calls.get_volume_group_list(all_pages=True)),
    }


def group_copies(array: Any) -> Any:
    """Snapshot sets and clones of a group: change, restore, refresh, delete."""
    calls, protection = array.provisioning, array.protection
    group = calls.create_volume_group("sdk-source", volume_ids=[calls.get_volume_by_name("web01")[0]["id"]])["id"]
    snapshot = protection.create_volume_group_snapshot(group, "sdk-set", "A set", LATER)
    changed = protection.modify_volume_group_snapshot(snapshot["id"], "sdk-kept", "Kept", "2099-02-01T00:00:00Z")
    profile = {"name": "sdk-backup", "description": "Before", "expiration_timestamp": LATER}
    calls.restore_volume_group(group, snapshot["id"], create_backup_snap=False)
    calls.restore_volume_group(group, snapshot["id"], create_backup_snap=True, backup_snap_profile=profile)
    policy = protection.get_protection_policy_by_name("silver")[0]["id"]
    clone = calls.clone_volume_group(group, name="sdk-clone", protection_policy_id=policy)["id"]
    calls.refresh_volume_group(clone, group, create_backup_snap=False)
    calls.refresh_volume_group(clone, group, create_backup_snap=True)
    listed = names(protection.get_volume_group_snapshots(group))
    cloned = calls.get_volume_group_details(clone)
    details = protection.get_volume_group_snapshot_details(snapshot["id"])
    for one in (*protection.get_volume_group_snapshots(group), *protection.get_volume_group_snapshots(clone)):
        protection.delete_volume_group_snapshot(one["id"])
    members = names(cloned["volumes"])
    calls.modify_volume_group(clone, protection_policy_id="")
    calls.delete_volume_group(clone)
    calls.delete_volume_group(group)
    return {
        "changed": [changed["name"], changed["description"], changed["protection_data"]["expiration_timestamp"]],
        "sets": listed,
        "clone": [cloned["type"], cloned["protection_policy"]["name"], *members],
        "type": details["type"],
        "groups": names(calls.get_volume_group_list()),
    }
