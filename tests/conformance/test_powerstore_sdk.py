# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A client that knows nothing of this project, the vendor's SDK, uses the emulated PowerStore."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest

from jobwise_emulator.process import Emulator
from tests.conformance import environment
from tests.conformance.environment import ROOT

PAGE = 100
BULK = 150
NO_SUCH_ATTRIBUTE = "400 0xE04040030001"

EXPECTED: dict[str, Any] = {
    "volumes": {
        "policy": "silver",
        "app_type": ["Relational_Databases_Other", "Ledger", "Business_Applications_ERP_SAP", None],
        "size": 2,
        "policies": [None, None],
        "performance": "default_high",
        "refusal": "400 0xE0A05001001A",
        "left": [],
    },
    "mappings": {
        "mapped": [[False, 1], [True, 7]],
        "clone": 9,
        "refused": ["422 0xE0A080010022", "422 0xE0A080020001"],
        "left": [],
    },
    "volume_copies": {
        "changed": ["sdk-kept", "Second", "2099-02-01T00:00:00Z"],
        "secure": True,
        "refused": "422 0xE0A070010045",
        "snapshots": ["sdk-backup", "sdk-before", "sdk-kept"],
        "type": "Snapshot",
        "left": 1,
    },
    "metro": {
        "appliance": "A1",
        "type": "Metro_Active_Active",
        "role": "Metro_Preferred",
        "refused": ["422 0xE02010050015", "422 0xE02010050014"],
    },
    "groups": {
        "added": ["web01", "web02", "web03"],
        "policy": ["silver", None],
        "limits": True,
        "left": ["web03"],
        "consistent": [True, False],
        "groups": ["app01", "app01-nightly", "app01-test"],
    },
    "group_copies": {
        "changed": ["sdk-kept", "Kept", "2099-02-01T00:00:00Z"],
        "sets": ["sdk-backup", "sdk-kept"],
        "clone": ["Clone", "silver", "sdk-clone.web01"],
        "type": "Snapshot",
        "groups": ["app01", "app01-nightly", "app01-test"],
    },
    "hosts": {
        "name": ["sdk-renamed", "Changed", "Metro_Optimize_Local"],
        "ports": [["iqn.2026-01.com.example:sdk2", "sdk"]],
        "refused": ["400 0xE0A01001002D", NO_SUCH_ATTRIBUTE],
        "hosts": ["esx01", "esx02", "linux01"],
    },
    "host_groups": {
        "members": ["sdk-member4", "sdk-member5"],
        "left": ["sdk-member4"],
        "name": ["sdk-renamed", "Changed", "Metro_Optimize_Both"],
        "refused": "422 0xE0A010010025",
        "groups": ["esx-cluster"],
        "hosts": [],
    },
    "snapshot_rules": {
        "made": ["Four_Hours", ["Monday", "Friday"], "03:30:00", True],
        "changed": [None, "04:00:00", ["Sunday"], "One_Hour"],
        "found": True,
        "rules": ["daily", "hourly"],
    },
    "replication_rules": {
        "made": ["One_Hour", 30, False],
        "changed": ["sdk-changed", "Six_Hours", 60],
        "listed": ["sdk-changed"],
        "rules": [],
    },
    "protection_policies": {
        "made": [["hourly"], ["sdk-there"]],
        "added": [["daily"], ["sdk-there"]],
        "whole": ["sdk-renamed", "Changed", ["daily", "hourly"], []],
        "refused": "422 0xE02030010014",
        "policies": ["gold", "sdk-renamed", "silver"],
        "details": "Protection",
    },
    "io_limits": {"rule": ["sdk-limits", 5000, 8000, 20], "rules": ["bronze-limit"]},
    "qos_policies": {"used": ["sdk-qos"], "changed": ["bronze-qos", "sdk-renamed"]},
    "remote_systems": {
        "type": "PowerStore",
        "changed": "Changed by the SDK",
        "jobs": ["COMPLETED", "COMPLETED"],
        "systems": ["remote1", "sc1", "uni1", "unity1"],
    },
    "replication_sessions": {
        "role": "Source",
        "type": "volume",
        "states": [
            *("OK Source", "Paused Source", "OK Source", "OK Source"),
            *("OK Destination", "Failed_Over Source", "OK Source"),
        ],
        "wrong side": "400 0xE02010050021",
    },
    "settings": {
        "dns": ["192.0.2.61"],
        "ntp": ["192.0.2.62"],
        "smtp": {"id": "0", "address": "192.0.2.63", "port": 25, "source_email": "array@example.com"},
        "chap": "Single",
        "ssh": True,
        "appliance": "A1",
        "service": "1",
        "users": ["service"],
        "idle": 3600,
        "security": [{"id": "1"}],
    },
    "support": {
        "contact": {"id": "0", "email": "ada@example.com", "first_name": "Ada", "last_name": None, "phone": None},
        "type": "Disabled",
        "job": "modify",
        "tests": ["", "no rules", "no rules"],
    },
    "cluster": {
        "cluster": ["sdk-cluster", 9000],
        "listed": "sdk-cluster",
        "filtered": ["sdk-cluster"],
        "nodes": ["NodeA", "NodeB"],
        "appliance": ["Appliance-1"],
        "appliances": ["emulated-appliance-1"],
        "by_name": "PowerStore 1200T",
        "discovered": [],
        "total": 20 * 1024**4,
        "logging": False,
    },
    "networks": {
        "changed": [20, 24, "Storage"],
        "job": "network",
        "type": "Management",
        "addresses": 3,
        "targets": ["198.51.100.61"],
        "port": ["ISCSI"],
        "scale": "no rules",
    },
    "certificates": {
        "members": ["certificate", "depth", "issuer"],
        "made": "VASA_HTTP",
        "changed": "422 0xE09010010021",
        "unscoped": "400 0xE09010010023",
        "exchange": "422 0xE09010010029",
        "reset": "",
        "count": 6,
    },
    "users": {
        "role": ["2", "Storage Administrator"],
        "locked": ["former.employee", "sdk.user"],
        "built_in": 5,
        "left": None,
    },
    "directories": {
        "servers": ["192.0.2.71"],
        "port": 1389,
        "role": "3",
        "filtered": [["sdk.user"], ["sdk.example.com"]],
        "verify": "no rules",
        "left": [[], []],
    },
    "notifications": {
        "mail": [True, True, True],
        "test": "",
        "snmp": [1620, "Critical", "sdk"],
        "left": [[], []],
    },
    "vsphere": {
        "vcenter": ["other@vsphere.local", "192.0.2.90"],
        "container": [0, "NVMe"],
        "destination": ["sdk-renamed", "remote1", 1],
        "volumes": [],
        "left": ["PowerStore emulated"],
    },
    "nas_servers": {
        "nas": ["sdk-renamed"],
        "parts": {
            "file_interface": [25, 1],
            "file_dns": ["other.example.com", 1],
            "file_nis": ["sdk.example.com", 1],
            "nfs_server": [True, 1],
            "smb_server": ["Changed", 1],
        },
        "left": [],
    },
    "file_systems": {
        "grown": ["sdk-fs"],
        "exports": [["192.0.2.5/255.255.255.255"], "Changed", "Read_Only", ["sdk-export"]],
        "shares": ["Documents", ["sdk-share"], ["Everyone", "sdk"]],
        "quotas": [1, 1, 1, 1, "/sdk", 1],
        "copies": [
            ["sdk-snapshot"],
            ["sdk-backup", "sdk-clone", "sdk-snapshot"],
            "422 0xE08010080003",
            "404 0xE04040020009",
        ],
        "left": [],
    },
    "pages": {"first": PAGE, "doubled": 0, "bulk": BULK, "replication_groups": []},
}

OF_RELEASE: dict[str, dict[str, Any]] = {
    "4.0": {
        "too_new": {
            "nas": [NO_SUCH_ATTRIBUTE] * 2,
            "file": [NO_SUCH_ATTRIBUTE] * 2,
            "snapshot": [NO_SUCH_ATTRIBUTE] * 2,
            "policy": [NO_SUCH_ATTRIBUTE] * 2,
            "limit": "404 0xE04040020002",
        }
    },
    "4.1": {
        "file_qos_policies": {
            "limit": 600,
            "made": ["File_Performance", None, "sdk-file-limit"],
            "found": ["QoS", "bronze-limit", None],
            "left": [],
        },
        "details": ["sdk-nas", "NodeA", ["sdk-fs"], "Snapshot"],
    },
}

# Methods that do not come to an end without an error, by the reason.
NO_RULES = "the emulator has no rules for the action"
NOT_CALLED = {
    NO_RULES: """
        config_mgmt.add_remove_ports config_mgmt.test_remote_support_config
        config_mgmt.verify_ldap_domain_configuration config_mgmt.verify_remote_support_config
    """,
    "it needs a replication group, which only vSphere makes": """
        protection.get_replication_group_details protection.get_replication_group_details_by_name
    """,
    "the emulated array is a cluster already": "config_mgmt.cluster_create config_mgmt.cluster_create_validate",
    "it needs a second array": "config_mgmt.exchange_certificate protection.modify_replication_session",
}
NOT_CALLED_BEFORE_4_1 = {
    "the SDK selects attributes that came with 4.1": """
        protection.get_policy_by_name protection.get_policy_details provisioning.get_filesystem_by_name
        provisioning.get_filesystem_details provisioning.get_nas_server_by_name provisioning.get_nas_server_details
        protection.get_filesystem_snapshot_details protection.get_filesystem_snapshot_details_by_name
    """,
    "the type came with 4.1": """
        config_mgmt.create_file_io_limit_rule config_mgmt.delete_file_io_limit_rule
        config_mgmt.get_file_io_limit_rule_by_name config_mgmt.get_file_io_limit_rule_details
        config_mgmt.get_file_io_limit_rules config_mgmt.modify_file_io_limit_rule
    """,
}


@pytest.mark.parametrize("release", ["4.0", "4.1"])
def test_the_sdk(release: str) -> None:
    arguments = ("--api-version", release, "--volumes", str(BULK))
    with Emulator(speed=1000, arguments=arguments) as running:
        address = f"{running.host}:{running.port}"
        command = [str(environment.powerstore_sdk()), "-m", "tests.conformance.powerstore_sdk", address]
        command += [str(running.ca_path), release]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
        assert done.returncode == 0, done.stderr
        assert running.sessions()["open"] == []
        requests = len(running.requests()["requests"])
    told = json.loads(done.stdout.splitlines()[-1])
    print(f"PowerStore {release}: {requests} requests\n\n{table(told['called'], reasons(release))}")
    assert told["flows"].pop("cluster") == {**EXPECTED["cluster"], "version": f"{release}.0.0"}
    assert told["flows"] == {
        **{flow: outcome for flow, outcome in EXPECTED.items() if flow != "cluster"},
        **OF_RELEASE[release],
    }
    not_called = {method for method, called in told["called"].items() if not called}
    assert not_called == set(reasons(release)), "a method that is not called needs a reason, and no other has one"


def reasons(release: str) -> dict[str, str]:
    """Why methods are not called, by the method."""
    groups = {**NOT_CALLED, **(NOT_CALLED_BEFORE_4_1 if release == "4.0" else {})}
    return {method: reason for reason, methods in groups.items() for method in methods.split()}


def table(called: dict[str, bool], why: dict[str, str]) -> str:
    """All public methods of the SDK, and whether they were called; ``pytest -rP`` shows it."""
    rows = [f"{method:60} {'called' if done else why.get(method, 'NOT CALLED')}" for method, done in called.items()]
    return "\n".join([*rows, "", f"{sum(called.values())} of {len(called)} methods called"])
