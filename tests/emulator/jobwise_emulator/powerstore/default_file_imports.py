# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The built-in seed of NAS servers that can be imported from ``unity1``.

``vdm01`` serves NFS, ``vdm02`` SMB in a domain, ``vdm03`` standalone SMB, ``vdm04`` NFS with file-level retention,
``vdm05`` cannot be imported.
"""

from __future__ import annotations

import uuid

from jobwise_emulator.exchange import Json

GIB = 1024**3
DOMAIN_SERVER: Json = {
    "is_standalone": False,
    "computer_name": "vdm02",
    "domain": "example.com",
    "organizational_unit": "Computers",
    "netbios_name": "VDM02",
}
STANDALONE: Json = {"is_standalone": True, "netbios_name": "VDM03", "workgroup": "WORKGROUP"}
BLOCKED = "No_Production_File_Interfaces"


def source(number: int, system_id: str, protocol: str, *, locked: bool = False, server: Json | None = None) -> Json:
    """One NAS server of another array, with a file system and, unless it cannot be imported, an interface."""
    name = f"vdm{number:02}"
    return {
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"jobwise/import/{name}")),
        "name": name,
        "remote_system_id": system_id,
        "protocol_type": protocol,
        "smb_server": server,
        "is_importable": True,
        "non_importable_criteria": [],
        "non_importable_messages": [],
        "file_systems": [{"name": f"{name}-data", "size": 100 * GIB, "is_flr_enabled": locked}],
        "file_interfaces": [
            {
                "name": f"{name}-prod",
                "network_device": "spa_eth2",
                "ip_address": f"192.0.2.{100 + number}",
                "prefix_length": 24,
                "gateway": "192.0.2.1",
                "vlan_id": 0,
                "is_disabled": False,
            }
        ],
    }


def sources(system_id: str) -> list[Json]:
    """The NAS servers of one remote system."""
    text = "The NAS server has no production interfaces."
    message = {"code": "0xE08010090011", "severity": "Error", "message_l10n": text, "arguments": []}
    blocked: Json = {
        "is_importable": False,
        "non_importable_criteria": [BLOCKED],
        "non_importable_messages": [{"message": message}],
        "file_interfaces": [],
    }
    return [
        source(1, system_id, "NFS"),
        source(2, system_id, "SMB", server=DOMAIN_SERVER),
        source(3, system_id, "SMB", server=STANDALONE),
        source(4, system_id, "NFS", locked=True),
        {**source(5, system_id, "NFS"), **blocked},
    ]
