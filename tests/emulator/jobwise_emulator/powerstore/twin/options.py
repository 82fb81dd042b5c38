# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the options of a document are in the API: their types, and values that people write in another form.

A document has the options of the collection's modules. Most are attributes of the API without ``_id`` or ``_ids``; the
tables here say where it is otherwise.
"""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from jobwise_emulator.exchange import Json
from jobwise_emulator.platforms import OrderError

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
CAPACITY = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([KMGTP]?)(?:i?B)?\s*", re.IGNORECASE)
POWERS = " KMGTP"


@dataclasses.dataclass(frozen=True)
class Kind:
    """A type of a document.

    ``api``: the type in the API. ``fixed``: attributes that all its objects have. ``id``: of what an array has once.
    ``lists``: options that list other objects, each with their type. ``without``: options that are no attributes, as
    they say how a task goes about it. ``is_named``: whether its objects have names of their own. ``key``: the option
    that holds the name. ``place``: what names are unique in, if not in the array. ``is_built_in``: whether every array
    has these objects, such as its ports.
    """

    api: str
    fixed: Json = dataclasses.field(default_factory=dict)
    id: str = ""
    lists: dict[str, str] = dataclasses.field(default_factory=dict)
    without: tuple[str, ...] = ()
    is_named: bool = True
    place: str = ""
    is_built_in: bool = False
    key: str = "name"

    @property
    def has_name(self) -> bool:
        """Whether its objects have names. What an array has once needs none."""
        return self.is_named and not self.id


TASK_ONLY = ("force", "immediate", "recover", "update_secrets", "update_password", "current_password", "unmount")
LISTS_MODES = (
    *("users", "groups"),
    *("file_events_settings", "volumes", "hosts", "initiators", "snapshot_rules", "replication_rules", "mapped_hosts"),
    *("no_access_hosts", "read_only_hosts", "read_only_root_hosts", "read_write_hosts", "read_write_root_hosts"),
    "acl",
    "privileged_accounts",
)
WITHOUT = {
    *TASK_ONLY,
    *(f"{name}_mode" for name in (*LISTS_MODES, "mapped_host_groups")),
    *("allow_detach", "delete_members", "delete_hosts", "delete_snaps", "state"),
}
"""Options that say how a task brings something about, and nothing of what is there."""

RULES = {"snapshot_rules": "snapshot_rule", "replication_rules": "replication_rule"}

NOT_OF_SERVERS = (
    *("passwd", "group", "hosts", "netgroup", "nsswitch", "ntxmap", "homedir"),
    *("domain_user_name", "domain_password", "is_skip_domain_unjoin"),
)
"""Files of NAS servers, which gathered documents lack, and logins."""

LOGIN = ("domain_user_name", "domain_password")
"""With what a server joins a domain."""

SMB_ONLY = (*("local_admin_password", *LOGIN, "organizational_unit", "reuse_computer_account", "is_skip_ad_unjoin"),)
"""What SMB servers do not show, and how they join and leave."""

VCENTER_ONLY = (
    "vcenter_password",
    "server_cert_thumbprint",
    "vasa_username",
    "vasa_password",
    "delete_vendor_provider",
)
"""What a vCenter does not show, and how it is removed."""

NEW_FILE_SYSTEM = {"filesystem_type": "Primary", "is_async_MTime_enabled": False}
"""A document leaves out what is as a request makes it: also one for VMware has no asynchronous MTime by default."""

KINDS: dict[str, Kind] = {
    "dns": Kind("dns", id="DNS1"),
    "ntp": Kind("ntp", id="NTP1"),
    "service_config": Kind("service_config", is_named=False, is_built_in=True),
    "recycle_bin_config": Kind("recycle_bin_config", id="0"),
    "login_banner": Kind("login_banner", id="0"),
    "chap_config": Kind("chap_config", id="0"),
    "security_config": Kind("security_config", id="1", without=("accept_stig",)),
    "cert_role_mapping": Kind("cert_role_mapping"),
    "kmip_config": Kind("kmip_config", id="0", without=("kmip_password",)),
    "ldap_domain": Kind("ldap_domain", without=("bind_password",), key="domain_name"),
    "ldap_account": Kind("ldap_account"),
    "smtp_config": Kind("smtp_config", id="0"),
    "email_notify_destination": Kind("email_notify_destination", is_named=False),
    "snmp_server": Kind("snmp_server", without=("authpass",), is_named=False),
    "remote_syslog_server": Kind("remote_syslog_server", is_named=False),
    "cluster": Kind("cluster", id="0"),
    "eth_port": Kind("eth_port", is_built_in=True),
    "fc_port": Kind("fc_port", is_built_in=True),
    "local_user": Kind("local_user"),
    "snapshot_rule": Kind("snapshot_rule"),
    "replication_rule": Kind("replication_rule"),
    "io_limit_rule": Kind("io_limit_rule"),
    "file_io_limit_rule": Kind("file_io_limit_rule"),
    "protection_policy": Kind("policy", {"type": "Protection", "managed_by": "User"}, lists=RULES),
    "qos_policy": Kind("policy", {"type": "QoS", "managed_by": "User"}),
    "file_qos_policy": Kind("policy", {"type": "File_Performance", "managed_by": "User"}),
    "file_events_pool": Kind("file_events_pool"),
    "file_events_publisher": Kind("file_events_publisher", without=("publisher_password",)),
    "file_dhsm_config": Kind("file_dhsm_config", without=("user_password",), is_named=False),
    "file_virus_checker": Kind("file_virus_checker", without=("config", "msrpc_user_password"), is_named=False),
    "host": Kind("host"),
    "host_group": Kind("host_group", lists={"hosts": "host"}),
    "vcenter": Kind("vcenter", without=VCENTER_ONLY, is_named=False),
    "storage_container": Kind("storage_container", without=("high_water_mark",)),
    "storage_container_destination": Kind("storage_container_destination", is_named=False),
    "volume": Kind("volume", without=("min_size", "sector_size")),
    "volume_group": Kind("volume_group", lists={"volumes": "volume"}),
    "nas_server": Kind("nas_server", without=NOT_OF_SERVERS),
    "file_interface": Kind("file_interface", is_named=False),
    "file_interface_route": Kind("file_interface_route", is_named=False),
    "file_dns": Kind("file_dns", is_named=False),
    "file_ldap": Kind("file_ldap", without=("config", "certificate"), is_named=False),
    "file_kerberos": Kind("file_kerberos", without=("keytab",), is_named=False),
    "file_nis": Kind("file_nis", is_named=False),
    "file_import_interface": Kind("file_import_interface", is_named=False),
    "smb_server": Kind("smb_server", without=SMB_ONLY, is_named=False),
    "nfs_server": Kind("nfs_server", without=("is_skip_unjoin", *LOGIN), is_named=False),
    "file_ftp": Kind("file_ftp", is_named=False),
    "file_ndmp": Kind("file_ndmp", without=("user_password",), is_named=False),
    "file_system": Kind("file_system", NEW_FILE_SYSTEM, without=("accept_compliance",), place="nas_server"),
    "nfs_export": Kind("nfs_export", without=("nas_server",), place="nas_server"),
    "smb_share": Kind("smb_share", without=("nas_server",), place="nas_server"),
    "file_tree_quota": Kind("file_tree_quota", without=("nas_server",), is_named=False, place="nas_server"),
    "file_user_quota": Kind("file_user_quota", without=("nas_server",), is_named=False, place="nas_server"),
}
"""The types of a document, those first that others refer to."""

SIZES = {
    ("file_ftp", "audit_max_size"),
    *(("volume", "size"), ("storage_container", "quota"), ("file_system", "size")),
    *(("file_system", "default_hard_limit"), ("file_system", "default_soft_limit")),
    *(("file_virus_checker", "max_file_size"),),
    *((name, limit) for name in ("file_tree_quota", "file_user_quota") for limit in ("hard_limit", "soft_limit")),
}
RENAMED = {
    ("nas_server", "current_node"): "current_node_id",
    ("nas_server", "preferred_node"): "preferred_node_id",
    ("file_system", "size"): "size_total",
    ("file_ldap", "bind_password"): "bind_password",
    ("file_ldap", "principal_password"): "password",
    ("file_events_publisher", "publisher_username"): "username",
    ("smtp_config", "smtp_port"): "port",
    ("ldap_domain", "domain_port"): "port",
    ("kmip_config", "kmip_port"): "port",
    ("kmip_config", "kmip_username"): "username",
    ("snmp_server", "server_port"): "port",
    ("remote_syslog_server", "server_port"): "port",
    ("smb_share", "acl"): "aces",
    ("vcenter", "vcenter_username"): "username",
    ("file_virus_checker", "privileged_accounts"): "accounts",
}
"""Options that have another name in the API."""
NESTED = {("file_system", "flr_"): "flr_attributes"}
"""Options with a prefix that are parts of a structure."""
NUMBERS = {("io_limit_rule", "max_iops"), ("io_limit_rule", "max_bw")}
POLICY_TYPES = {
    "protection_policy": "Protection",
    "qos_performance_policy": "QoS",
    "performance_policy": "File_Performance",
}
REFERENCES = {
    ("qos_policy", "io_limit_rule"): "io_limit_rule",
    ("file_qos_policy", "file_io_limit_rule"): "file_io_limit_rule",
    ("local_user", "role"): "role",
    ("ldap_account", "role"): "role",
    ("ldap_account", "domain"): "ldap_domain",
    ("service_config", "appliance"): "appliance",
    ("cert_role_mapping", "role"): "role",
}
"""References for which the documents of the API name no relation."""
RELATIONS = {
    ("file_events_publisher", "file_events_pools"): ("file_events_pool", "file_events_pools"),
    ("nas_server", "file_events_publisher"): ("file_events_publisher", "file_events_publishers"),
}
"""References that no attribute with an id shows: their type, and the relation that does."""


@dataclasses.dataclass(frozen=True)
class Reference:
    """What an option refers to. ``is_id``: whether ``text`` is an id."""

    text: str
    is_id: bool


def reference(value: Any) -> Reference:
    """A reference as options write it: a name, an id if it looks like one; ``name:`` and ``id:`` decide it."""
    text = str(value)
    prefix, colon, rest = text.partition(":")
    if colon and prefix in ("name", "id"):
        return Reference(rest, prefix == "id")
    return Reference(text, bool(UUID.fullmatch(text)))


def plain(name: str, option: str, value: Any, place: str) -> Any:
    """The value of an attribute as the API has it. ``name``: the type in the document."""
    if (name, option) in SIZES:
        return size(value, f"{place}: {option}")
    if (name, option) in NUMBERS:
        if not re.fullmatch(r"\s*\d+\s*", str(value), re.ASCII):
            raise OrderError(f"{place}: {option} takes a whole number, not {value!r}")
        return int(value)
    if (name, option) == ("volume", "performance_policy"):
        return f"default_{value}"
    return value


def size(value: Any, what: str) -> int:
    """A capacity in bytes."""
    found = None if isinstance(value, bool) else CAPACITY.fullmatch(str(value))
    if found is None:
        raise OrderError(f"{what} takes a capacity such as 500 GiB, not {value!r}")
    return int(Decimal(found[1]) * 1024 ** POWERS.index(found[2].upper() or " "))


def unknown(what: str, word: str, known: Collection[str]) -> OrderError:
    """The error for a word that nobody knows, with the closest one."""
    close = difflib.get_close_matches(word, known, 1)
    return OrderError(f"{what} {word}" + (f". Did you mean {close[0]}?" if close else ""))
