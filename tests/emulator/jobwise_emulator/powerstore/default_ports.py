# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The built-in seed of ports: two nodes of one appliance, each port with its partner on the other node."""

from __future__ import annotations

from jobwise_emulator.exchange import Json

APPLIANCE = "A1"
NODES = {"N1": 0, "N2": 1}
SPEEDS = {"eth_port": ["10_Gbps", "25_Gbps"], "fc_port": ["16_Gbps", "32_Gbps"]}
IN_BOND = (2, 3)


def node_name(key: str) -> str:
    """The name of a node."""
    return f"Node{'AB'[NODES[key]]}"


def ports() -> Json:
    """Everything of this file."""
    return {**front(), **back(), **bonds()}


def port(prefix: str, key: str, index: int) -> Json:
    """What every port has."""
    slot = NODES[key]
    return {
        "id": f"{prefix}-{'AB'[slot]}{index}",
        "name": f"BaseEnclosure-{node_name(key)}-{prefix}{index}",
        "appliance_id": APPLIANCE,
        "node_id": key,
        "hardware_parent_id": key,
        "port_index": index,
        "is_link_up": True,
        "stale_state": "Not_Stale",
    }


def front() -> Json:
    """Four Ethernet ports and two FC ports for each node; the last two Ethernet ports are in the node's bond."""
    found: Json = {"eth_port": [], "fc_port": [], "ip_port": []}
    for key, slot in NODES.items():
        for index in range(4):
            mine, partner = f"{'AB'[slot]}{index}", f"{'BA'[slot]}{index}"
            found["eth_port"].append(
                {
                    **port("FEPort", key, index),
                    **speeds("eth_port"),
                    "partner_id": f"FEPort-{partner}",
                    "mac_address": f"020000000{slot}0{index}",
                    "current_mtu": 1500,
                    "bond_id": f"BOND-{'AB'[slot]}" if index in IN_BOND else None,
                }
            )
            if index in IN_BOND:
                continue
            found["fc_port"].append(
                {
                    **port("FCPort", key, index),
                    **speeds("fc_port"),
                    "partner_id": f"FCPort-{partner}",
                    "wwn": f"58:cc:f0:90:4d:2{slot}:00:0{index}",
                    "protocols": ["SCSI"],
                    "scsi_mode": "Target",
                }
            )
            found["ip_port"].append(ip_port(mine, partner))
    return found


def speeds(kind: str) -> Json:
    """The speeds of a port that can be set."""
    return {
        "supported_speeds": SPEEDS[kind],
        "current_speed": SPEEDS[kind][-1],
        "requested_speed": "Auto",
    }


def ip_port(mine: str, partner: str) -> Json:
    """The IP port on an Ethernet port."""
    return {
        "id": f"IP-{mine}",
        "partner_id": f"IP-{partner}",
        "eth_port_id": f"FEPort-{mine}",
        "target_iqn": f"iqn.2015-10.com.dell:dellemc-powerstore-emu0001-{mine.lower()}",
        "available_usages": ["ISCSI", "NVMe_TCP", "External_Replication"],
        "current_usages": ["ISCSI"] if mine.endswith("0") else [],
    }


def back() -> Json:
    """Two SAS ports and two Ethernet ports of each node to enclosures with drives."""
    found: Json = {"sas_port": [], "eth_be_port": []}
    for key, slot in NODES.items():
        for index in range(2):
            partner = f"SASPort-{'BA'[slot]}{index}"
            sas = {"is_in_use": False, "speed": "12_Gbps", "partner_id": partner, "is_link_up": False}
            found["sas_port"].append({**port("SASPort", key, index), **sas})
            ethernet = {"speed": "100_Gbps", "mac_address": f"020000001{slot}0{index}", "protocols": []}
            found["eth_be_port"].append({**port("BEPort", key, index), **ethernet})
    return found


def bonds() -> Json:
    """The bond that the system has made on each node, for NAS servers."""
    return {
        "bond": [
            {
                "id": f"BOND-{'AB'[slot]}",
                "name": f"BaseEnclosure-{node_name(key)}-bond0",
                "partner_id": f"BOND-{'BA'[slot]}",
                "is_link_up": True,
                "status": "Healthy",
                "mtu": 1500,
                "mode": "LACP",
                "type": "System_Bond",
            }
            for key, slot in NODES.items()
        ]
    }
