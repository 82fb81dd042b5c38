# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a document can hold: the types of items, and why other modules have none.

A type is imported when a document has an item of it: a task pays for each import.
"""

from __future__ import annotations

import functools
import typing as t

from ..._engine.documents.items import ItemType


def _block(name: str) -> ItemType:
    from ..resources import block
    from ..volume_groups.handler import GroupHandler
    from ..volumes.containers import DestinationHandler, StorageContainerHandler
    from ..volumes.handler import VolumeHandler

    lun = "logical_unit_number"
    slots = {"mapped_hosts": lun, "mapped_host_groups": lun}
    groups = {"volume_group": "name the volume in volumes of its volume_group."}
    types = (
        ItemType("volume", block.VOLUME, VolumeHandler, groups, slots=slots),
        ItemType("volume_group", block.VOLUME_GROUP, GroupHandler, exclusive=("volumes",)),
        ItemType("storage_container", block.STORAGE_CONTAINER, StorageContainerHandler),
        ItemType("storage_container_destination", block.STORAGE_CONTAINER_DESTINATION, DestinationHandler),
    )
    return _named(types, name)


def _vcenters(name: str) -> ItemType:
    from ..resources.block import VCENTER
    from ..volumes.vcenters import VcenterHandler

    return ItemType(name, VCENTER, VcenterHandler)


def _hosts(name: str) -> ItemType:
    from ..hosts.group_handler import HostGroupHandler
    from ..hosts.handler import HostHandler
    from ..resources import hosts

    mapped = (("volume", "mapped_hosts"),)
    types = (
        ItemType("host", hosts.HOST, HostHandler, exclusive=("initiators",)),
        ItemType("host_group", hosts.HOST_GROUP, HostGroupHandler, exclusive=("hosts",), barred={"hosts": mapped}),
    )
    return _named(types, name)


def _file_agents(name: str) -> ItemType:
    from ..file_agents.events import PoolHandler, PublisherHandler
    from ..file_agents.virus_checkers import VirusCheckerHandler
    from ..nas_servers.services import ServiceHandler
    from ..resources import file_agents

    types = (
        ItemType("file_events_pool", file_agents.FILE_EVENTS_POOL, PoolHandler),
        ItemType("file_events_publisher", file_agents.FILE_EVENTS_PUBLISHER, PublisherHandler),
        ItemType("file_dhsm_config", file_agents.FILE_DHSM_CONFIG, ServiceHandler, goes_with="nas_server"),
        ItemType("file_virus_checker", file_agents.FILE_VIRUS_CHECKER, VirusCheckerHandler, goes_with="nas_server"),
    )
    return _named(types, name)


def _protection(name: str) -> ItemType:
    from ..protection import policies, rules
    from ..protection.snapshot_rules import SnapshotRuleHandler
    from ..resources import protection

    used_by = ("policies",)
    types = (
        ItemType("snapshot_rule", protection.SNAPSHOT_RULE, SnapshotRuleHandler, used_by=used_by),
        ItemType("replication_rule", protection.REPLICATION_RULE, rules.ReplicationRuleHandler, used_by=used_by),
        ItemType("io_limit_rule", protection.IO_LIMIT_RULE, rules.IoLimitRuleHandler),
        ItemType("file_io_limit_rule", protection.FILE_IO_LIMIT_RULE, rules.FileIoLimitRuleHandler),
        ItemType("protection_policy", protection.PROTECTION_POLICY, policies.ProtectionPolicyHandler),
        ItemType("qos_policy", protection.QOS_POLICY, policies.QosPolicyHandler),
        ItemType("file_qos_policy", protection.FILE_QOS_POLICY, policies.FileQosPolicyHandler),
    )
    return _named(types, name)


def _settings(name: str) -> ItemType:
    from ..resources.recycle_bin import RECYCLE_BIN_CONFIG
    from ..resources.system import DNS, NTP, SERVICE_CONFIG
    from ..table_handler import TableHandler

    types = (
        ItemType("dns", DNS, TableHandler),
        ItemType("ntp", NTP, TableHandler),
        ItemType("service_config", SERVICE_CONFIG, TableHandler),
        ItemType("recycle_bin_config", RECYCLE_BIN_CONFIG, TableHandler),
    )
    return _named(types, name)


def _protected(name: str) -> ItemType:
    from ..resources import security
    from ..table_handler import TableHandler

    types = (
        ItemType("login_banner", security.LOGIN_BANNER, TableHandler),
        ItemType("chap_config", security.CHAP_CONFIG, TableHandler, after=("host",)),
        ItemType("security_config", security.SECURITY_CONFIG, TableHandler),
        ItemType("cert_role_mapping", security.CERT_ROLE_MAPPING, TableHandler),
        ItemType("kmip_config", security.KMIP_CONFIG, TableHandler),
        ItemType("ldap_domain", security.LDAP_DOMAIN, TableHandler),
        ItemType("ldap_account", security.LDAP_ACCOUNT, TableHandler),
    )
    return _named(types, name)


def _notifications(name: str) -> ItemType:
    from ..resources import notifications
    from ..table_handler import TableHandler

    types = (
        ItemType("smtp_config", notifications.SMTP_CONFIG, TableHandler),
        ItemType("email_notify_destination", notifications.EMAIL_NOTIFY_DESTINATION, TableHandler),
        ItemType("snmp_server", notifications.SNMP_SERVER, TableHandler),
        ItemType("remote_syslog_server", notifications.REMOTE_SYSLOG_SERVER, TableHandler),
    )
    return _named(types, name)


def _users(name: str) -> ItemType:
    from ..resources.security import LOCAL_USER
    from ..security.users import UserHandler

    return ItemType(name, LOCAL_USER, UserHandler)


def _file_systems(name: str) -> ItemType:
    from ..file_systems.exports import ExportHandler
    from ..file_systems.handler import FileSystemHandler
    from ..file_systems.shares import ShareHandler
    from ..file_systems.tree_quotas import TreeQuotaHandler
    from ..file_systems.user_quotas import UserQuotaHandler
    from ..resources import file_shares, file_systems

    types = (
        ItemType("file_system", file_systems.FILE_SYSTEM, FileSystemHandler),
        ItemType("nfs_export", file_shares.NFS_EXPORT, ExportHandler, rests_on={"nfs_server": "nas_server"}),
        ItemType("smb_share", file_shares.SMB_SHARE, ShareHandler, rests_on={"smb_server": "nas_server"}),
        ItemType("file_tree_quota", file_systems.FILE_TREE_QUOTA, TreeQuotaHandler, goes_with="file_system"),
        ItemType("file_user_quota", file_systems.FILE_USER_QUOTA, UserQuotaHandler, goes_with="file_system"),
    )
    return _named(types, name)


def _nas_servers(name: str) -> ItemType:
    from ..define import PREFERRED_INTERFACES
    from ..nas_servers.directories import LdapHandler
    from ..nas_servers.interfaces import InterfaceHandler
    from ..nas_servers.routes import RouteHandler
    from ..nas_servers.server import NasServerHandler
    from ..nas_servers.services import ServiceHandler
    from ..resources import nas_servers

    later = "interfaces come after their NAS server. Prefer one with a task of nas_server after the document."
    on_server: dict[str, t.Any] = {"goes_with": "nas_server", "serves": True}
    types = (
        ItemType("nas_server", nas_servers.NAS_SERVER, NasServerHandler, dict.fromkeys(PREFERRED_INTERFACES, later)),
        ItemType("file_interface", nas_servers.FILE_INTERFACE, InterfaceHandler, **on_server),
        ItemType("file_interface_route", nas_servers.FILE_INTERFACE_ROUTE, RouteHandler, goes_with="file_interface"),
        ItemType("file_dns", nas_servers.FILE_DNS, ServiceHandler, **on_server),
        ItemType("file_ldap", nas_servers.FILE_LDAP, LdapHandler, **on_server),
        ItemType("file_kerberos", nas_servers.FILE_KERBEROS, ServiceHandler, **on_server),
        ItemType("file_nis", nas_servers.FILE_NIS, ServiceHandler, **on_server),
    )
    return _named(types, name)


def _imports(name: str) -> ItemType:
    from ..imports.file_interface import ImportInterfaceHandler
    from ..resources.imports import FILE_IMPORT_INTERFACE

    return ItemType(name, FILE_IMPORT_INTERFACE, ImportInterfaceHandler)


def _file_protocols(name: str) -> ItemType:
    from ..file_protocols.ftp import FtpHandler
    from ..file_protocols.nfs import NfsServerHandler
    from ..file_protocols.smb import SmbServerHandler
    from ..nas_servers.services import ServiceHandler
    from ..resources import file_protocols

    network = dict.fromkeys(("file_interface", "file_dns"), "nas_server")
    kerberos = dict.fromkeys(("file_kerberos", "smb_server"), "nas_server")
    types = (
        ItemType("smb_server", file_protocols.SMB_SERVER, SmbServerHandler, comes_after=network),
        ItemType("nfs_server", file_protocols.NFS_SERVER, NfsServerHandler, comes_after={**network, **kerberos}),
        ItemType("file_ftp", file_protocols.FILE_FTP, FtpHandler, goes_with="nas_server"),
        ItemType("file_ndmp", file_protocols.FILE_NDMP, ServiceHandler, goes_with="nas_server"),
    )
    return _named(types, name)


def _network(name: str) -> ItemType:
    from ..network.cluster import ClusterHandler
    from ..network.ports import PortHandler
    from ..resources import network
    from ..resources.system import CLUSTER

    name_it = "a document does not rename. Use a task of cluster."
    types = (
        ItemType("cluster", CLUSTER, ClusterHandler, {"cluster_name": name_it}),
        ItemType("eth_port", network.ETH_PORT, PortHandler),
        ItemType("fc_port", network.FC_PORT, PortHandler),
    )
    return _named(types, name)


def _named(types: t.Iterable[ItemType], name: str) -> ItemType:
    return next(type_ for type_ in types if type_.name == name)


AREAS: t.Mapping[t.Callable[[str], ItemType], t.Tuple[str, ...]] = {
    _settings: ("dns", "ntp", "service_config", "recycle_bin_config"),
    _protected: (
        "login_banner",
        "chap_config",
        "security_config",
        "cert_role_mapping",
        "kmip_config",
        "ldap_domain",
        "ldap_account",
    ),
    _notifications: ("smtp_config", "email_notify_destination", "snmp_server", "remote_syslog_server"),
    _network: ("cluster", "eth_port", "fc_port"),
    _users: ("local_user",),
    _protection: (
        "snapshot_rule",
        "replication_rule",
        "io_limit_rule",
        "file_io_limit_rule",
        "protection_policy",
        "qos_policy",
        "file_qos_policy",
    ),
    _file_agents: ("file_events_pool", "file_events_publisher", "file_dhsm_config", "file_virus_checker"),
    _hosts: ("host", "host_group"),
    _vcenters: ("vcenter",),
    _block: ("storage_container", "storage_container_destination", "volume", "volume_group"),
    _nas_servers: (
        "nas_server",
        "file_interface",
        "file_interface_route",
        "file_dns",
        "file_ldap",
        "file_kerberos",
        "file_nis",
    ),
    _imports: ("file_import_interface",),
    _file_protocols: ("smb_server", "nfs_server", "file_ftp", "file_ndmp"),
    _file_systems: ("file_system", "nfs_export", "smb_share", "file_tree_quota", "file_user_quota"),
}

TYPES = tuple(name for names in AREAS.values() for name in names)
"""The modules whose objects a document can hold, in the order of a plan as far as items do not depend on each other."""

ACTION = "it does something once, and describes no lasting state"
STATES = "its object has states of its own, and a task goes from one to the next"
NO_NAME = "its objects have no name of their own"
READS = "it changes nothing"
FILES = "it works with files on the machine where the task runs"

REFUSED: t.Mapping[str, str] = {
    "appliance": "a new name is all that it changes, and a document does not rename",
    "file_import_session": STATES,
    "file_system_clone": ACTION,
    "file_system_refresh": ACTION,
    "file_system_restore": ACTION,
    "file_system_snapshot": ACTION,
    "file_virus_checker_scan": ACTION,
    "import_session": STATES,
    "maintenance_window": "it ends after some hours, and a document describes what is there to stay",
    "nas_server_clone": ACTION,
    "powerstore_action": ACTION,
    "powerstore_config": "a document holds no other document",
    "powerstore_info": READS,
    "powerstore_job": READS,
    "powerstore_resource": "its objects can be of any type, and a document takes the items of one type together",
    "recycle_bin": ACTION,
    "remote_support_contact": NO_NAME,
    "replication_session": STATES,
    "volume_clone": ACTION,
    "volume_group_clone": ACTION,
    "volume_group_metro": STATES,
    "volume_group_refresh": ACTION,
    "volume_group_restore": ACTION,
    "volume_group_snapshot": ACTION,
    "volume_metro": STATES,
    "volume_refresh": ACTION,
    "volume_restore": ACTION,
    "volume_snapshot": ACTION,
    "x509_certificate": NO_NAME,
    "x509_certificate_exchange": NO_NAME,
    "x509_certificate_request": FILES,
    "x509_certificate_reset": ACTION,
}
"""The other modules, each with the reason why a document cannot hold what it does."""


@functools.lru_cache(maxsize=None)
def item_type(name: str) -> ItemType:
    """Return a type of items by the name of its module; raise KeyError if a document cannot hold such items."""
    area = next((area for area, names in AREAS.items() if name in names), None)
    if area is None:
        raise KeyError(name)
    return area(name)
