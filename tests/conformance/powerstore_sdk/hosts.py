# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hosts and host groups."""

from __future__ import annotations

from typing import Any

from tests.conformance.powerstore_sdk.record import names, refused

IQN = "iqn.2026-01.com.example:sdk"


def hosts(array: Any) -> Any:
    """Make a host, change it and its initiators, delete it."""
    calls = array.provisioning
    chap = {"chap_single_username": "sdk", "chap_single_password": "Password1234"}
    plain = {"chap_single_username": None, "chap_single_password": None, "chap_mutual_username": None}
    host = calls.create_host(
        "sdk-host",
        "Linux",
        [{"port_name": IQN, "port_type": "iSCSI", **chap}],
        description="Made by the SDK",
        host_connectivity="Local_Only",
    )
    calls.add_initiators_to_host(host["id"], [{"port_name": f"{IQN}2", "port_type": "iSCSI", **plain}])
    calls.modify_host(host["id"], modify_initiators=[{"port_name": f"{IQN}2", **chap}])
    calls.remove_initiators_from_host(host["id"], [IQN])
    calls.modify_host(host["id"], "sdk-renamed", "Changed", host_connectivity="Metro_Optimize_Local")
    found = calls.get_host_details(host["id"])
    refusals = [
        refused(calls.create_host, "sdk-second", "Linux", [{"port_name": f"{IQN}2", "port_type": "iSCSI"}]),
        refused(calls.delete_host, host["id"], force=True),
    ]
    calls.delete_host(host["id"])
    return {
        "name": [found["name"], found["description"], found["host_connectivity"]],
        "ports": [(one["port_name"], one["chap_single_username"]) for one in found["initiators"]],
        "refused": refusals,
        "hosts": names(calls.get_hosts()),
    }


def host_groups(array: Any) -> Any:
    """Make a host group, change its members and attributes, delete it with its host."""
    calls = array.provisioning
    first, second = (
        calls.create_host(f"sdk-member{number}", "ESXi", [{"port_name": f"{IQN}{number}", "port_type": "iSCSI"}])["id"]
        for number in (4, 5)
    )
    group = calls.create_host_group("sdk-group", [first], description="Made by the SDK")["id"]
    calls.add_hosts_to_host_group(group, [second])
    members = names(calls.get_hosts_from_host_group("sdk-group")[0]["hosts"])
    calls.remove_hosts_from_host_group(group, [second])
    calls.modify_host_group(group, name="sdk-renamed", description="Changed")
    calls.modify_host_group(group, host_connectivity="Metro_Optimize_Both")
    found = calls.get_host_group_details(group)
    busy = refused(calls.delete_host, first)
    calls.delete_host_group(group)
    calls.delete_host(second)
    return {
        "members": members,
        "left": names(found["hosts"]),
        "name": [found["name"], found["description"], found["host_connectivity"]],
        "refused": busy,
        "groups": names(calls.get_host_group_list()),
        "hosts": names(calls.get_hosts({"name": "ilike.sdk*"})),
    }
