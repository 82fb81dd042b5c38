# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules, policies, remote systems and replication sessions."""

from __future__ import annotations

from typing import Any

from tests.conformance.powerstore_sdk.record import names, refused


def snapshot_rules(array: Any) -> Any:
    """Make rules of both kinds, change them from one kind to the other, delete them."""
    calls = array.protection
    often = calls.create_snapshot_rule_by_interval("sdk-often", 24, "Four_Hours", ["Monday", "Friday"], is_secure=False)
    nightly = calls.create_snapshot_rule_by_time_of_day("sdk-nightly", 48, "03:30", is_secure=True)
    times = calls.modify_snapshot_rule(often["id"], "sdk-daily", 96, time_of_day="04:00", days_of_week=["Sunday"])
    back = calls.modify_snapshot_rule(often["id"], interval="One_Hour")
    found = calls.get_snapshot_rule_by_name("sdk-daily")[0]["id"] == often["id"]
    calls.delete_snapshot_rule(often["id"], delete_snaps=True)
    calls.delete_snapshot_rule(nightly["id"])
    return {
        "made": [often["interval"], often["days_of_week"], nightly["time_of_day"], nightly["is_secure"]],
        "changed": [times["interval"], times["time_of_day"], times["days_of_week"], back["interval"]],
        "found": found,
        "rules": names(calls.get_snapshot_rules()),
    }


def replication_rules(array: Any) -> Any:
    """Make a replication rule, change and delete it."""
    calls = array.protection
    remote = calls.get_remote_system_by_name("remote1")[0]["id"]
    rule = calls.create_replication_rule(name="sdk-rule", rpo="One_Hour", remote_system_id=remote, alert_threshold=30)
    changed = calls.modify_replication_rule(rule["id"], "sdk-changed", "Six_Hours", remote, 60)
    listed = names(calls.get_replication_rules({"rpo": "eq.Six_Hours"}))
    found = calls.get_replication_rule_by_name("sdk-changed")[0]
    details = calls.get_replication_rule_details(found["id"])
    calls.delete_replication_rule(rule["id"])
    return {
        "made": [rule["rpo"], rule["alert_threshold"], rule["is_replica"]],
        "changed": [changed["name"], changed["rpo"], details["alert_threshold"]],
        "listed": listed,
        "rules": names(calls.get_replication_rules(all_pages=True)),
    }


def protection_policies(array: Any) -> Any:
    """Make a protection policy of rules, add and remove rules, delete it."""
    calls = array.protection
    hourly, daily = (calls.get_snapshot_rule_by_name(name)[0]["id"] for name in ("hourly", "daily"))
    remote = calls.get_remote_system_by_name("remote1")[0]["id"]
    rule = calls.create_replication_rule(name="sdk-there", rpo="One_Hour", remote_system_id=remote)["id"]
    policy = calls.create_protection_policy("sdk-policy", "Made by the SDK", [hourly], [rule])
    calls.add_snapshot_rules_to_protection_policy(policy["id"], [daily])
    calls.remove_replication_rules_from_protection_policy(policy["id"], [rule])
    calls.remove_snapshot_rules_from_protection_policy(policy["id"], [hourly])
    added = calls.add_replication_rules_to_protection_policy(policy["id"], [rule])
    whole = calls.modify_protection_policy(policy["id"], "sdk-renamed", "Changed", [hourly, daily], [])
    busy = refused(calls.delete_snapshot_rule, calls.get_snapshot_rule_by_name("hourly")[0]["id"])
    listed = names(calls.get_protection_policies())
    calls.delete_protection_policy(policy["id"])
    calls.delete_replication_rule(rule)
    return {
        "made": [names(policy["snapshot_rules"]), names(policy["replication_rules"])],
        "added": [names(added["snapshot_rules"]), names(added["replication_rules"])],
        "whole": [whole["name"], whole["description"], names(whole["snapshot_rules"]), whole["replication_rules"]],
        "refused": busy,
        "policies": listed,
        "details": calls.get_protection_policy_details(calls.get_protection_policy_by_name("gold")[0]["id"])["type"],
    }


def io_limits(array: Any) -> Any:
    """Make an I/O limit, change and delete it."""
    rules = array.provisioning
    limit = {"name": "sdk-limit", "type": "Absolute", "max_iops": 4000, "max_bw": 8000, "burst_percentage": 20}
    rule = rules.create_io_limit_rule(limit)["id"]
    rules.modify_io_limit_rule(rule, {"name": "sdk-limits", "max_iops": 5000})
    details = rules.get_io_limit_rule_details(rule)
    rules.delete_io_limit_rule(rules.get_io_limit_rule_by_name("sdk-limits")[0]["id"])
    return {
        "rule": [details["name"], details["max_iops"], details["max_bw"], details["burst_percentage"]],
        "rules": names(rules.get_io_limit_rules()),
    }


def qos_policies(array: Any) -> Any:
    """Make a QoS policy of an I/O limit, change and delete it; what uses a limit tells of it."""
    calls, rules = array.protection, array.provisioning
    rule = rules.create_io_limit_rule({"name": "sdk-limit", "type": "Density", "max_iops": 2})["id"]
    other = rules.get_io_limit_rule_by_name("bronze-limit")[0]["id"]
    policy = calls.create_policy({"name": "sdk-qos", "description": "Made by the SDK", "io_limit_rule_id": rule})["id"]
    used = names(rules.get_io_limit_rule_details(rule)["policies"])
    calls.modify_policy(policy, {"name": "sdk-renamed", "description": "Changed", "io_limit_rule_id": other})
    left = names(rules.get_io_limit_rule_details(other)["policies"])
    calls.delete_policy(policy)
    rules.delete_io_limit_rule(rule)
    return {"used": used, "changed": left}


def file_qos_policies(array: Any) -> Any:
    """Make a policy of a file I/O limit, and read policies as arrays do since they have those."""
    rules, calls = array.config_mgmt, array.protection
    rule = rules.create_file_io_limit_rule({"name": "sdk-file-limit", "max_bw": 500})["id"]
    rules.modify_file_io_limit_rule(rule, {"max_bw": 600})
    details = rules.get_file_io_limit_rule_details(rule)
    policy = calls.create_policy({"name": "sdk-file-qos", "file_io_limit_rule_id": rule})["id"]
    made = calls.get_policy_details(policy)
    found = calls.get_policy_by_name("bronze-qos", "QoS")[0]
    calls.delete_policy(policy)
    rules.delete_file_io_limit_rule(rules.get_file_io_limit_rule_by_name("sdk-file-limit")[0]["id"])
    return {
        "limit": details["max_bw"],
        "made": [made["type"], made["io_limit_rule"], made["file_io_limit_rule"]["name"]],
        "found": [found["type"], found["io_limit_rule"]["name"], found["file_io_limit_rule"]],
        "left": rules.get_file_io_limit_rules(),
    }


def remote_systems(array: Any) -> Any:
    """Meet another array, change what is known of it, forget it, synchronously and not."""
    calls = array.protection
    made = calls.create_remote_system(
        {"management_address": "192.0.2.64", "description": None, "data_network_latency": "Low"}
    )
    calls.modify_remote_system(made["id"], {"description": "Changed by the SDK"}, is_async=False)
    job = calls.modify_remote_system(made["id"], {"management_address": "192.0.2.65"})
    state = finished(array, job["id"])
    found = calls.get_remote_system_by_mgmt_address("192.0.2.65")[0]
    job = calls.delete_remote_system(made["id"])
    return {
        "type": made["type"],
        "changed": found["description"],
        "jobs": [state, finished(array, job["id"])],
        "systems": names(calls.get_remote_systems()),
    }


def finished(array: Any, job: str) -> str:
    """The state in which a job ends."""
    state = ""
    while state not in ("COMPLETED", "FAILED"):
        state = array.provisioning.get_job_details(job)["state"]
    return state


def settled(protection: Any, session: str, state: str, role: str = "") -> str:
    """The state of a session and its role, once it is the one that is waited for."""
    for _try in range(200):
        found = protection.get_replication_session_details(session)
        if found["state"] == state and role in ("", found["role"]):
            break
    return f"{found['state']} {found['role']}"


def replication_sessions(array: Any) -> Any:
    """Replicate a volume by a policy, and lead the session through its states."""
    calls, protection = array.provisioning, array.protection
    remote = protection.get_remote_system_by_name("remote1")[0]["id"]
    rule = protection.create_replication_rule(name="sdk-copy", rpo="One_Hour", remote_system_id=remote)["id"]
    policy = protection.create_protection_policy("sdk-replicated", replication_rule_ids=[rule])["id"]
    volume = calls.get_volume_by_name("web04")[0]["id"]
    calls.add_protection_policy_for_volume(volume, policy)
    session = protection.get_replication_sessions({"local_resource_id": f"eq.{volume}"})[0]["id"]
    details = protection.get_replication_session_details(session)
    states = [settled(protection, session, "OK")]
    protection.pause_replication_session(session)
    states.append(settled(protection, session, "Paused"))
    protection.resume_replication_session(session)
    states.append(settled(protection, session, "OK"))
    protection.sync_replication_session(session)
    states.append(settled(protection, session, "OK"))
    protection.failover_replication_session(session, is_planned=True, reverse=True)
    states.append(settled(protection, session, "OK", "Destination"))
    wrong_side = refused(protection.failover_replication_session, session, is_planned=True)
    protection.failover_replication_session(session, is_planned=False)
    states.append(settled(protection, session, "Failed_Over", "Source"))
    protection.reprotect_replication_session(session)
    states.append(settled(protection, session, "OK"))
    calls.remove_protection_policy_for_volume(volume)
    protection.delete_protection_policy(policy)
    protection.delete_replication_rule(rule)
    return {"role": details["role"], "type": details["resource_type"], "states": states, "wrong side": wrong_side}
