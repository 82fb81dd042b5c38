# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Objects that use others, objects that go with others, and objects that somebody else manages."""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.relations import Relations

# What keeps an object from being deleted, by type: types and the attributes that refer to it. Other references do not.
USED_BY: dict[str, tuple[tuple[str, str], ...]] = {
    "nas_server": (("file_system", "nas_server_id"),),
    "file_system": (("nfs_export", "file_system_id"), ("smb_share", "file_system_id"), ("file_system", "parent_id")),
    "ldap_domain": (("ldap_account", "domain_id"),),
    "io_limit_rule": (("policy", "@io_limit_rule"),),
    "file_io_limit_rule": (("policy", "file_io_limit_rule_id"),),
    "file_events_pool": (("file_events_publisher", "@file_events_pools"),),
    "file_events_publisher": (("nas_server", "@file_events_publishers"),),
    "storage_container": (("storage_container_destination", "storage_container_id"),),
    "host_group": (("host_volume_mapping", "host_group_id"),),
    "appliance": (("volume", "appliance_id"),),
}
# What goes with an object: types and the attributes that refer to it.
GOES_ALONG: dict[str, tuple[tuple[str, str], ...]] = {
    "nas_server": tuple(
        (kind, "nas_server_id")
        for kind in (
            *("file_interface", "file_dns", "file_ldap", "file_nis", "file_kerberos", "file_ftp", "file_ndmp"),
            *("file_virus_checker", "file_dhsm_config", "nfs_server", "smb_server"),
        )
    ),
    "network": (("ip_pool_address", "network_id"),),
    "file_interface": (("file_interface_route", "file_interface_id"),),
    "file_system": (("file_tree_quota", "file_system_id"), ("file_user_quota", "file_system_id")),
    "file_tree_quota": (("file_user_quota", "tree_quota_id"),),
}
# What can be set on a replica nevertheless.
ON_REPLICA = {"file_events_pool": {"destination_file_events_publisher_servers"}}
CODE = "0xE04040020022"


def refuse_read_only(kind: str, entry: Json, body: Json | None = None) -> None:
    """422 for a replica, and for what somebody else than a user manages."""
    if body and set(body) <= ON_REPLICA.get(kind, set()):
        return
    if entry.get("is_replica") or entry.get("is_read_only"):
        text = f"The {kind.replace('_', ' ')} {entry.get('name') or entry['id']} is read-only."
        raise Refused(422, "0xE04040020023", text, str(entry["id"]))


def refuse_used(world: ApplianceState, kind: str, entry: Json) -> None:
    """422 for an object that another one uses."""
    for other, attribute in USED_BY.get(kind, ()):
        users = world.store.where(other, attribute, entry["id"])
        if kind == other == "file_system":
            users = [one for one in users if one.get("filesystem_type") == "Snapshot"]
        if users:
            name = entry.get("name") or entry["id"]
            user = users[0].get("name") or users[0]["id"]
            text = f"The {kind.replace('_', ' ')} {name} is in use by {other.replace('_', ' ')} {user}."
            raise Refused(422, "0xE08010080003" if kind == "file_system" else CODE, text, str(entry["id"]))


def remove(world: ApplianceState, kind: str, entry: Json) -> None:
    """Take an object out with what goes along; a foreign key that led to it is empty then."""
    store, relations = world.store, Relations(world.catalog, world.store)
    for other, attribute in GOES_ALONG.get(kind, ()):
        for one in store.where(other, attribute, entry["id"]):
            remove(world, other, one)
    store.remove(kind, entry["id"])
    for other, attribute in relations.foreign_keys_to(kind):
        for one in store.where(other, attribute, entry["id"]):
            one[attribute] = None
