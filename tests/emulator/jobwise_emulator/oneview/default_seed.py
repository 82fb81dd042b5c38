# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The built-in seed: an appliance with some users, networks and servers."""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.oneview.access import INFRASTRUCTURE

PASSWORD = "Password123!"


def built_in(seed: Json | None, bulk: dict[str, int]) -> tuple[Json, set[str]]:
    """The seed to start from, and which categories of it are built in.

    What a file names replaces the built-in part of that name, but users are added.
    """
    given = dict(seed or {})
    names = {str(user.get("userName")).lower() for user in given.get("users", [])}
    kept = [user for user in users() if user["userName"].lower() not in names]
    usual: Json = {
        "ethernet-networks": ethernet(bulk.get("volumes", 0)),
        "fc-networks": fc(),
        "network-sets": sets(),
        "scopes": [{"name": "Production", "description": "What customers see"}],
        **servers(),
        "storage-systems": [{"hostname": "array01.example.com", "managedPools": ["CPG_FC"]}],
        "alerts": alerts(),
        "licenses": [{"product": "HPE OneView Advanced"}],
    }
    return {**usual, **given, "users": [*kept, *given.get("users", [])]}, set(usual) - set(given)


def users() -> list[Json]:
    """Who there is."""
    rows = [
        ("Administrator", "Administrator", INFRASTRUCTURE),
        ("admin", "Automation", INFRASTRUCTURE),
        ("operator", "Operator", "Read only"),
        ("backup", "Backup job", "Backup administrator"),
        ("netadmin", "Network team", "Network administrator"),
        ("former", "Former employee", "Read only"),
    ]
    return [
        {
            "userName": name,
            "fullName": full,
            "password": PASSWORD,
            "enabled": name != "former",
            "permissions": [{"roleName": role, "scopeUri": None}],
        }
        for name, full, role in rows
    ]


def ethernet(bulk: int) -> list[Json]:
    """Ethernet networks; ``bulk`` adds so many."""
    named = [("mgmt", 10, "Management"), ("vmotion", 20, "VMMigration"), ("prod-101", 101, "General")]
    named += [(f"prod-{vlan}", vlan, "General") for vlan in (102, 103)]
    rows: list[Json] = [{"name": name, "vlanId": vlan, "purpose": purpose} for name, vlan, purpose in named]
    rows += [{"name": f"bulk{number:04}", "vlanId": 200 + number % 3800} for number in range(1, bulk + 1)]
    return rows


def fc() -> list[Json]:
    """FC networks."""
    return [{"name": "san-a"}, {"name": "san-b"}]


def sets() -> list[Json]:
    """Network sets."""
    members = [f"name:ethernet-networks/prod-{vlan}" for vlan in (101, 102, 103)]
    return [{"name": "production", "networkUris": members}]


def servers() -> Json:
    """Four blades in an enclosure and two rack servers, templates for both, and a profile."""
    blades = [
        {
            "name": f"encl1, bay {bay}",
            "position": bay,
            "locationUri": "name:enclosures/encl1",
            "serverGroupUri": "name:enclosure-groups/EG1",
            "serverHardwareTypeUri": "name:server-hardware-types/SY 480 Gen10 1",
            "model": "Synergy 480 Gen10",
            "shortModel": "SY480 Gen10",
            "powerState": "On" if bay == 1 else "Off",
        }
        for bay in range(1, 5)
    ]
    racks = [
        {"name": f"dl{number:02}.example.com", "serverHardwareTypeUri": "name:server-hardware-types/DL360 Gen10 1"}
        for number in (1, 2)
    ]
    return {
        "server-hardware-types": [
            {"name": "SY 480 Gen10 1", "model": "Synergy 480 Gen10", "formFactor": "HalfHeight"},
            {"name": "DL360 Gen10 1"},
        ],
        "enclosure-groups": [{"name": "EG1", "enclosureCount": 1}],
        "enclosures": [{"name": "encl1", "enclosureGroupUri": "name:enclosure-groups/EG1"}],
        "server-hardware": [*blades, *racks],
        "server-profile-templates": [blade_template(), rack_template()],
        "server-profiles": [
            {
                **blade_settings(),
                "name": "web-01",
                "serverHardwareUri": "name:server-hardware/encl1, bay 1",
                "serverProfileTemplateUri": "name:server-profile-templates/web",
            }
        ],
    }


def blade_settings() -> Json:
    """What the blades' template and profiles have in common."""
    return {
        "serverHardwareTypeUri": "name:server-hardware-types/SY 480 Gen10 1",
        "enclosureGroupUri": "name:enclosure-groups/EG1",
        "connectionSettings": {
            "connections": [
                {"id": 1, "name": "mgmt", "networkUri": "name:ethernet-networks/mgmt", "requestedMbps": "2500"},
                {"id": 2, "name": "prod", "networkUri": "name:network-sets/production", "requestedMbps": "5000"},
                {"id": 3, "name": "san-a", "functionType": "FibreChannel", "networkUri": "name:fc-networks/san-a"},
            ]
        },
        "bootMode": {"manageMode": True, "mode": "BIOS", "pxeBootPolicy": None, "secureBoot": "Unmanaged"},
        "boot": {"manageBoot": True, "order": ["PXE", "HardDisk", "CD"]},
    }


def blade_template() -> Json:
    """For the blades."""
    return {**blade_settings(), "name": "web", "serverProfileDescription": "Web server"}


def rack_template() -> Json:
    """For the rack servers: no connections."""
    return {
        "name": "rack",
        "serverHardwareTypeUri": "name:server-hardware-types/DL360 Gen10 1",
        "bios": {
            "manageBios": True,
            "overriddenSettings": [{"id": "WorkloadProfile", "value": "Virtualization-MaxPerf"}],
        },
    }


def alerts() -> list[Json]:
    """Of each severity and state some, the newest last; ``_hours`` is their age."""
    rows = [
        (200, "OK", "Cleared", "server-hardware/encl1, bay 1", "The server was powered on.", None),
        (150, "Critical", "Cleared", "server-hardware/encl1, bay 1", "Fan 3 has failed.", "Replace fan 3."),
        (90, "Warning", "Locked", "enclosures/encl1", "A power supply is not redundant.", "A service event is open."),
        (48, "Unknown", "Active", "server-hardware/dl02.example.com", "The state cannot be read.", None),
        (26, "Warning", "Active", "server-hardware/dl01.example.com", "A disk is about to fail.", "Replace the disk."),
        (5, "Critical", "Active", "server-hardware/encl1, bay 2", "A memory module has failed.", "Replace DIMM 4."),
        (2, "Critical", "Active", "storage-systems/array01", "Pool CPG_SSD is full.", "Add disks."),
    ]
    return [
        {
            "severity": severity,
            "alertState": state,
            "associatedResource": {"resourceUri": f"name:{about}"},
            "physicalResourceType": about.partition("/")[0],
            "description": text,
            "correctiveAction": action,
            "_hours": hours,
        }
        for hours, severity, state, about, text, action in rows
    ]
