# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Valid bodies for any resource type, made from the schema; objects that a body refers to are made first."""

from __future__ import annotations

from typing import Any

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.catalog import Catalog
from tests.unit.emulator.powerstore.array import Array

TIMESTAMP = "2099-01-01T00:00:00.000+00:00"
# Values that a pattern of the document, or a rule, asks for.
TEXTS = {
    "authentication_key": "0123456789abcdef",
    "server_cert_thumbprint": "0" * 64,
    "rpo": "One_Hour",
    "port_name": "iqn.2026-01.com.example:one",
    "resource_type": "volume",
    "password": "Password123!",
}
# The types of ids that the document does not mark.
IDS = {
    "port_ids": "eth_port",
    "primary_port_id": "eth_port",
    "domain_id": "ldap_domain",
    "family_id": "volume",
    "import_file_interface_id": "file_import_interface",
    "source_resource_id": "file_import_nas_server",
    "destination_appliance_id": "appliance",
    **{
        f"{role}_{version}_interface_id": "file_interface"
        for role in ("production", "backup")
        for version in ("IPv4", "IPv6")
    },
}
# What a rule asks for beyond the schema, by type: attributes laid over the ones that the schema requires.
RULED: dict[str, Json] = {
    "volume": {"size": 1048576},
    "policy": {"snapshot_rule_ids": ["name:daily"]},
    "snapshot_rule": {"interval": "One_Hour"},
    "local_user": {"role_id": "3"},
    "network": {"type": "Storage", "purposes": ["ISCSI"]},
    "remote_system": {"management_address": "192.0.2.77", "data_network_latency": "Low"},
    "io_limit_rule": {"max_iops": 1000},
    "snmp_server": {"trap_community": "public"},
    "host_group": {"host_ids": ["name:linux01"]},
    "file_kerberos": {"kdc_addresses": ["kdc.example.com"]},
    "file_interface_route": {"prefix_length": 32},
    "file_events_pool": {"file_events_settings": [{"events_category": "Post_Events"}]},
    "file_user_quota": {"uid": 2001},
    "smb_server": {"is_standalone": True, "netbios_name": "FILES", "workgroup": "WORKGROUP"},
}
# The server that the NAS server of a file system needs, by the type of what it exports or shares.
SERVERS = {"nfs_export": "nfs_server", "smb_share": "smb_server"}


class Bodies:
    """Bodies for one array. ``number`` makes the values of each body different from those of the others."""

    def __init__(self, array: Array) -> None:
        self.array = array
        self.catalog: Catalog = array.platform.catalog
        self.number = 0
        self.place = 0

    def create(self, kind: str) -> Json:
        """The smallest body that creates an object of a type."""
        self.number += 1
        struct = self.catalog.types[kind]["verbs"]["create"].get("body")
        if struct is None:
            return {}
        required = self.catalog.struct(struct).get("required", [])
        body = {
            **self.values(struct, [name for name in required if name not in RULED.get(kind, {})]),
            **RULED.get(kind, {}),
        }
        if kind in SERVERS:
            self.serve(SERVERS[kind], body["file_system_id"])
        if kind in SERVERS.values() and self.is_served(kind, body["nas_server_id"]):
            body["nas_server_id"] = self.array.do("POST", "nas_server", self.create("nas_server"))["id"]
        if kind == "smb_share":  # its path begins with the name of its file system
            body["path"] = f"/{self.array.platform.world.find('file_system', body['file_system_id'])['name']}"
        return body

    def serve(self, kind: str, file_system: str) -> None:
        """Make the server of a protocol on the NAS server of a file system, unless it is there."""
        nas = self.array.platform.world.find("file_system", file_system)["nas_server_id"]
        if not self.is_served(kind, nas):
            self.array.do("POST", kind, {**self.create(kind), "nas_server_id": nas})

    def is_served(self, kind: str, nas: str) -> bool:
        """Whether a NAS server has the server of a protocol."""
        return bool(self.array.platform.world.store.where(kind, "nas_server_id", nas))

    def values(self, struct: str, names: list[str]) -> Json:
        """Values for attributes of a struct."""
        attributes = self.catalog.struct(struct)["attributes"]
        return {name: self.value(name, attributes[name]) for name in names}

    def value(self, name: str, facts: Json) -> Any:
        """A value that the schema allows for an attribute."""
        kind = facts["type"]
        if kind == "array":
            found = []
            for self.place in range(max(1, facts.get("min_items", 1))):
                found.append(self.value(name, facts["items"]))
            self.place = 0
            return found
        if facts.get("struct"):
            return self.values(facts["struct"], self.catalog.struct(facts["struct"]).get("required", []))
        if kind == "string":
            return self.text(name, facts)
        if kind == "boolean":
            return False
        return {"integer": max(1, facts.get("min", 1)), "number": 1.5}.get(kind, {})

    def text(self, name: str, facts: Json) -> str:
        """A text: an enum's value, an id, a timestamp, an address, or words of the right length."""
        if name in TEXTS:
            return TEXTS[name]
        if name == "resource_id":
            return self.existing("volume")
        if facts.get("enum"):
            return str(self.catalog.enums[facts["enum"]][0])
        target = IDS.get(name) or facts.get("ref") or name.removesuffix("_ids").removesuffix("_id")
        if name.endswith(("_id", "_ids")) and target in self.catalog.types:
            return self.existing(target)
        if facts.get("format") == "date-time":
            return TIMESTAMP
        self.number += 1
        if facts.get("format") == "ip-address" or name.endswith(("address", "addresses")):
            return f"192.0.2.{self.number % 200 + 20}"
        words = f"{name[:10]}{self.number}".ljust(facts.get("min_length", 0), "x")
        return words[: facts.get("max_length", 128)]

    def existing(self, kind: str) -> str:
        """The id of an object of a type; one is made if there is none."""
        have = self.array.platform.world.store.all(kind)
        if len(have) > self.place:
            return str(have[-1 - self.place]["id"])
        if "create" in self.catalog.types[kind]["verbs"]:
            return str(self.array.do("POST", kind, self.create(kind))["id"])
        return str(self.array.platform.change({"type": kind, "create": {}})["id"])
