# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What makes an object the one it is: its name in most types, else what the facts name. Compared without case."""

from __future__ import annotations

from typing import Any

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState
from jobwise_emulator.powerstore.catalog import Catalog
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.resources import names

# Types that are not identified by a name of their own, and those whose names need not be unique on the whole array.
# An empty tuple: there may be one object.
KEYS: dict[str, tuple[str, ...]] = {
    **{
        f"file_{service}": ("nas_server_id",)
        for service in ("dns", "ldap", "nis", "kerberos", "ftp", "ndmp", "virus_checker", "dhsm_config")
    },
    "nfs_server": ("nas_server_id",),
    "smb_server": ("nas_server_id",),
    "file_system": ("nas_server_id", "name"),
    "nfs_export": ("nas_server", "name"),
    "smb_share": ("nas_server", "name"),
    "file_interface": ("nas_server_id", "ip_address"),
    "file_interface_route": ("file_interface_id", "destination", "prefix_length"),
    "file_import_interface": ("ip_address",),
    "file_tree_quota": ("file_system_id", "path"),
    "fast_metrics_config": ("resource_type", "resource_id"),
    "storage_container_destination": ("storage_container_id", "remote_system_id"),
    "ldap_account": ("domain_id", "name", "type"),
    "ldap_domain": ("domain_name",),
    "ntp_server": ("address",),
    "email_notify_destination": ("email_address",),
    "snmp_server": ("ip_address", "port"),
    "remote_syslog_server": ("remote_server_address", "port", "protocol_type"),
    "witness": (),
    "mfa_cacpiv": (),
    "mfa_securid": (),
    "vcenter": (),
}
# Status and code for a taken name, where clients have met them; a state that forbids something is 422 otherwise.
TAKEN: dict[str, tuple[int, str]] = {
    "snapshot_rule": (400, "0xE02030010015"),
    "replication_rule": (400, "0xE02030020015"),
    "io_limit_rule": (400, "0xE0A0E0010009"),
    "host_group": (400, "0xE0A030010010"),
    "file_system": (422, "0xE08010080009"),
}
OTHERWISE = (422, "0xE04040020020")


def keys_of(catalog: Catalog, kind: str) -> tuple[str, ...] | None:
    """The attributes that identify an object of a type; None for a type that may have equal objects."""
    if kind in KEYS:
        return KEYS[kind]
    create = catalog.types[kind]["verbs"].get("create", {}).get("body")
    named = create is not None and "name" in catalog.struct(create)["attributes"]
    known = f"{kind}_instance" in catalog.structs and "name" in catalog.attributes(kind)
    return ("name",) if known and named else None


def check(world: ApplianceState, kind: str, target: Json, body: Json) -> None:
    """Raise 400 or 422 if a body gives an object what identifies another one. ``target`` is empty for a create."""
    keys = keys_of(world.catalog, kind)
    if keys is None or (target and not set(keys) & set(body)):
        return
    wanted = {**target, **body}
    if target and all(wanted.get(key) == target.get(key) for key in keys):
        return
    if "name" in keys and not wanted.get("name"):
        return
    others = [one for one in candidates(world, kind, keys, wanted) if one["id"] != target.get("id")]
    if any(all(same(value(world, one, key), value(world, wanted, key)) for key in keys) for one in others):
        status, code = TAKEN.get(kind, OTHERWISE)
        shown = ", ".join(f"{key} {wanted[key]}" for key in keys if wanted.get(key) is not None)
        raise Refused(status, code, f"There is a {kind.replace('_', ' ')} already{shown and f' with {shown}'}.")


def candidates(world: ApplianceState, kind: str, keys: tuple[str, ...], wanted: Json) -> list[Json]:
    """The objects that may have the same values, found by one of them."""
    if not keys:
        return world.store.all(kind)
    if "name" in keys:
        return names.others(world, kind, str(wanted["name"]))
    return world.store.like(kind, keys[-1], wanted.get(keys[-1]))


def value(world: ApplianceState, entry: Json, key: str) -> Any:
    """A value that identifies; ``nas_server`` is the server of the file system that an export or share is of."""
    if key == "nas_server":
        system = world.store.get("file_system", entry.get("file_system_id")) or {}
        return system.get("nas_server_id")
    return entry.get(key)


def same(first: Any, second: Any) -> bool:
    """Whether two values are equal, ignoring the case of texts."""
    if isinstance(first, str) and isinstance(second, str):
        return first.casefold() == second.casefold()
    return bool(first == second)
