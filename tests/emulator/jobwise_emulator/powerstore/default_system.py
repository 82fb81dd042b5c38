# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The built-in seed of what every array has, used or not: singletons, nodes, networks, ports, licence, hardware.

Ids that clients use are theirs (``DNS1``, ``NTP1``, ``NW1``, ``N1``, ``N2``, ``A1``, ``0``, ``1``); others are made up.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.default_ports import APPLIANCE, NODES, node_name, ports


def built_in() -> Json:
    """Everything of this file."""
    return {**singletons(), **hardware(), **ports(), **networks(), **performance_rules(), **history()}


def singletons() -> Json:
    """Settings that exist once, and those that exist once for each appliance."""
    return {
        "dns": [{"id": "DNS1", "addresses": ["192.0.2.53", "192.0.2.54"]}],
        "ntp": [{"id": "NTP1", "addresses": ["192.0.2.123"]}],
        "smtp_config": [{"id": "0", "address": "192.0.2.25", "port": 25, "source_email": "array@example.com"}],
        "chap_config": [{"id": "0", "mode": "Disabled"}],
        "remote_support": [
            {
                "id": "0",
                "type": "Disabled",
                "is_cloudiq_enabled": False,
                "is_support_assist_license_accepted": False,
                "is_rsc_enabled": False,
                "connectivity_status": "Disabled",
                "remote_support_servers": [
                    {"id": key, "remote_support_id": "0", "port": 9443, "is_primary": key == "0"} for key in ("0", "1")
                ],
            }
        ],
        "remote_support_contact": [{"id": key} for key in ("0", "1")],
        "login_banner": [{"id": "0", "banner_text": "", "is_enabled": False}],
        "kmip_config": [{"id": "0", "is_enabled": False, "port": 5696, "server_timeout": 10000, "servers": []}],
        "service_user": [{"id": "1", "name": "service", "is_built_in": True, "is_default_password": False}],
        "service_config": [{"id": APPLIANCE, "appliance_id": APPLIANCE, "is_ssh_enabled": False}],
        "maintenance_window": [{"id": "0", "appliance_id": APPLIANCE, "is_enabled": False}],
        "license": [{"id": "0", "is_licensed": True, "license_type": "PERMANENT"}],
        "storage_container": [{"id": "0", "name": "PowerStore emulated", "quota": 0, "storage_protocol": "SCSI"}],
    }


def hardware() -> Json:
    """The appliance, its enclosure and drives; the two nodes, which are objects of two types with one id."""
    usual = {"appliance_id": APPLIANCE, "lifecycle_state": "Healthy", "stale_state": "Not_Stale", "is_marked": False}
    inside = {**usual, "parent_id": "E1"}
    return {
        "node": [
            {"id": key, "name": node_name(key), "slot": slot, "appliance_id": APPLIANCE} for key, slot in NODES.items()
        ],
        "hardware": [
            {"id": APPLIANCE, "name": "Appliance-1", "type": "Appliance", **usual},
            {"id": "E1", "name": "BaseEnclosure", "type": "Base_Enclosure", "parent_id": APPLIANCE, **usual},
            *(
                {"id": key, "name": f"BaseEnclosure-{node_name(key)}", "type": "Node", "slot": slot, **inside}
                for key, slot in NODES.items()
            ),
            *(
                {"id": f"D{slot}", "name": f"BaseEnclosure-Drive-{slot}", "type": "Drive", "slot": slot, **inside}
                for slot in range(6)
            ),
        ],
    }


def networks() -> Json:
    """The management network, the networks inside the cluster and one for storage, with their addresses."""
    plain: Json = {"ip_version": "IPv4", "vlan_id": 0, "prefix_length": 24, "mtu": 1500, "purposes": []}
    inner: Json = {**plain, "ip_version": "IPv6", "prefix_length": 64}
    return {
        "network": [
            {"id": "NW1", "name": "Management", "type": "Management", "gateway": "192.0.2.1", **plain},
            {"id": "NW2", "name": "ICM", "type": "Intra_Cluster_Management", **inner},
            {"id": "NW3", "name": "ICD", "type": "Intra_Cluster_Data", **inner},
            {"id": "NW4", "name": "Storage", "type": "Storage", **plain, "mtu": 9000, "purposes": ["ISCSI"]},
        ],
        "ip_pool_address": [
            address(1, "NW1", "127.0.0.1", ["Mgmt_Cluster_Floating"]),
            *(
                address(number, "NW4", f"198.51.100.1{number}", ["Storage_Iscsi_Target"], node=node, port=port)
                for number, node, port in ((2, "N1", "IP-A0"), (3, "N2", "IP-B0"))
            ),
        ],
    }


def address(number: int, network: str, text: str, purposes: list[str], node: str = "", port: str = "") -> Json:
    """One address of a network."""
    return {
        "id": f"IP{number}",
        "name": f"{network} ({text})",
        "network_id": network,
        "address": text,
        "purposes": purposes,
        "appliance_id": APPLIANCE,
        "node_id": node or None,
        "ip_port_id": port or None,
    }


def performance_rules() -> Json:
    """The rules of the built-in performance policies."""
    return {
        "performance_rule": [
            {"id": f"performance_rule_{level.lower()}", "name": level, "io_priority": level}
            for level in ("Low", "Medium", "High")
        ]
    }


def history() -> Json:
    """What an array has to say about itself: an alert that is active and one that is over, with their events."""
    when = "2025-03-01T08:15:30.000+00:00"
    about = {"resource_type": "hardware", "resource_id": "D0", "resource_name": "BaseEnclosure-Drive-0"}
    plain = {**about, "event_code": "0x00302e01", "severity": "Minor", "generated_timestamp": when}
    return {
        "event": [{"id": f"EV{number}", **plain} for number in (1, 2)],
        "alert": [
            {
                "id": f"AL{number}",
                **plain,
                "state": state,
                "description_l10n": "The drive has failed and needs to be replaced.",
                "is_acknowledged": False,
                "raised_timestamp": when,
                "cleared_timestamp": when if state == "CLEARED" else None,
                "events": [],
            }
            for number, state in ((1, "ACTIVE"), (2, "CLEARED"))
        ],
        "audit_event": [
            {
                "id": "AU1",
                "type": "Authentication",
                "timestamp": when,
                "username": "local/admin",
                "is_successful": True,
                "appliance_id": APPLIANCE,
                "message_arguments": [],
            }
        ],
    }
