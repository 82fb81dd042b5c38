# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The attributes of every type: their types, and who has to ask for them.

ONTAP Select Deploy REST API v3: without ``fields`` only key attributes come back, ``fields=*`` adds those that are
cheap to get, ``fields=**`` all. Which attribute is how expensive may change; here it is one possible answer.
"""

from __future__ import annotations

import dataclasses

KEY, CHEAP, DEAR = "key", "cheap", "dear"


@dataclasses.dataclass(frozen=True)
class Attribute:
    """One attribute: its type (``str``, ``int``, ``bool`` or ``time``; of the members, for a list) and its cost."""

    type: str
    cost: str = CHEAP


Table = dict[str, Attribute]
"""Attributes by their dotted path; paths reach through lists."""

NODE: Table = {
    "id": Attribute("str", KEY),
    "name": Attribute("str", KEY),
    "ip": Attribute("str"),
    "host.id": Attribute("str"),
    "instance_type": Attribute("str"),
    "passthrough_disks": Attribute("bool"),
    "license.id": Attribute("str"),
    "serial_number": Attribute("str"),
    "is_storage_efficiency_enabled": Attribute("bool"),
    "cpu_reservation_percentage": Attribute("int"),
    "state": Attribute("str"),
}

TABLES: dict[str, Table] = {
    "credential": {
        "id": Attribute("str", KEY),
        "hostname": Attribute("str", KEY),
        "type": Attribute("str"),
        "username": Attribute("str"),
    },
    "host": {
        "id": Attribute("str", KEY),
        "name": Attribute("str", KEY),
        "hypervisor_type": Attribute("str"),
        "management_server": Attribute("str"),
    },
    "host_network": {"name": Attribute("str", KEY)},
    "host_pool": {
        "id": Attribute("str", KEY),
        "name": Attribute("str", KEY),
        "available_capacity": Attribute("int"),
    },
    "host_disk": {"name": Attribute("str", KEY), "device_type": Attribute("str", KEY)},
    "cluster": {
        "id": Attribute("str", KEY),
        "name": Attribute("str", KEY),
        "ip": Attribute("str"),
        "netmask": Attribute("str"),
        "gateway": Attribute("str"),
        "dns_info.domains": Attribute("str"),
        "dns_info.dns_ips": Attribute("str"),
        "ntp_servers": Attribute("str"),
        "ontap_image_version": Attribute("str"),
        "mtu": Attribute("int"),
        "state": Attribute("str"),
        "is_deployed": Attribute("bool"),
        **{f"nodes.{name}": dataclasses.replace(facts, cost=DEAR) for name, facts in NODE.items()},
    },
    "node": NODE,
    "node_network": {
        "id": Attribute("str", KEY),
        "purpose": Attribute("str"),
        "name": Attribute("str"),
        "vlan_id": Attribute("int"),
    },
    "node_pool": {"id": Attribute("str", KEY), "name": Attribute("str"), "capacity": Attribute("int")},
    "node_disk": {"id": Attribute("str", KEY), "name": Attribute("str")},
    "license": {"id": Attribute("str", KEY)},
    "image": {"id": Attribute("str", KEY)},
    "mediator": {"id": Attribute("str", KEY)},
    "backup": {"id": Attribute("str", KEY), "download_url": Attribute("str")},
    "deploy": {"hostname": Attribute("str", KEY), "system_id": Attribute("str", KEY)},
    "job": {
        "id": Attribute("str", KEY),
        "state": Attribute("str", KEY),
        "message": Attribute("str"),
        "last_modified": Attribute("time", KEY),
    },
    "event": {
        "id": Attribute("str", KEY),
        "type": Attribute("str", KEY),
        "time": Attribute("time", KEY),
        "request_id": Attribute("str"),
        "status": Attribute("str"),
        "category": Attribute("str"),
        "instance": Attribute("str"),
        "description": Attribute("str"),
    },
}


def knows(table: Table, path: str) -> bool:
    """Whether a path names an attribute or a structure of them."""
    return path in table or any(name.startswith(f"{path}.") for name in table)


def leaves(table: Table, path: str) -> list[str]:
    """The attributes that a path stands for: itself, or all below it."""
    return [name for name in table if name == path or name.startswith(f"{path}.")]
