# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""NAS servers, their interfaces, and the services that they use. Source: PowerStore REST API 4.0, 4.1."""

from __future__ import annotations

from ..._engine.options.rules import Requires
from ..._engine.table.attribute import CANNOT, EMPTY_TEXT, ONLY_FALSE
from ..._engine.table.content import Content
from ..._engine.table.resource_type import Dependents
from ..define import PREFERRED_INTERFACES, define
from ..formats import ADDRESS, ADDRESSES, HOST_NAMES, IDENTIFIER, NODE, as_base_dn, as_names
from ..uploads import certificates, keytab, text_file
from .login_rules import DirectoryLogin

NAS_SERVER = define(
    "nas_server",
    offer=(
        "description",
        "current_node",
        "preferred_node",
        "current_unix_directory_service",
        "default_unix_user",
        "default_windows_user",
        "is_auto_user_mapping_enabled",
        "is_username_translation_enabled",
        "protection_policy",
        "performance_policy",
        "file_events_publisher",
        "file_events_publishing_mode",
        "is_replication_destination",
        "is_production_mode_enabled",
        *PREFERRED_INTERFACES,
    ),
    names=PREFERRED_INTERFACES,
    read={"file_events_publisher": "file_events_publishers[0]"},
    clear={
        "performance_policy": EMPTY_TEXT,
        "protection_policy": EMPTY_TEXT,
        **dict.fromkeys(PREFERRED_INTERFACES, CANNOT),
    },
    default={
        "file_events_publishing_mode": "None",
        "is_replication_destination": False,
        "is_production_mode_enabled": True,
    },
    format={"current_node": NODE, "preferred_node": NODE},
    one_way={"is_replication_destination": ONLY_FALSE},
    contents=tuple(
        Content(name, f"upload/{name}", f"download/{name}", text_file, sensitive=name == "passwd")  # it may have hashes
        for name in ("passwd", "group", "hosts", "netgroup", "nsswitch", "ntxmap", "homedir")
    ),
    parameters=("force", "domain_user_name", "domain_password", "is_skip_domain_unjoin"),
    dependents=(Dependents("file_interfaces", "file interface"),),
    rules=(Requires("force", "protection_policy", ("",)),),
    reads=("operational_status",),
)

NAS_SERVER_CLONE = define(
    "nas_server",
    created_by="clone",
    renames=False,
    offer=("is_dr_test",),
    parameters=("domain_user_name", "domain_password", "is_skip_domain_unjoin"),
    dependents=(Dependents("file_interfaces", "file interface"),),
    reads=("operational_status",),
)

FILE_DNS = define(
    "file_dns",
    title="DNS of NAS server",
    identity=("nas_server",),
    offer=("nas_server", "domain", "ip_addresses", "transport", "is_destination_override_enabled"),
    default={"transport": "UDP"},
    format={"ip_addresses": ADDRESSES},
    clear={"ip_addresses": CANNOT},
)

FILE_NIS = define(
    "file_nis",
    title="NIS of NAS server",
    identity=("nas_server",),
    offer=("nas_server", "domain", "ip_addresses", "is_destination_override_enabled"),
    format={"ip_addresses": ADDRESSES},
    clear={"ip_addresses": CANNOT},
)

FILE_LDAP = define(
    "file_ldap",
    title="LDAP of NAS server",
    identity=("nas_server",),
    offer=(
        "nas_server",
        "base_dn",
        "addresses",
        "port_number",
        "protocol",
        "is_verify_server_certificate",
        "authentication_type",
        "bind_dn",
        "bind_password",
        "is_smb_account_used",
        "principal",
        "realm",
        "principal_password",
        "profile_dn",
        "is_destination_override_enabled",
    ),
    names={
        "base_dn": "base_DN",
        "bind_dn": "bind_DN",
        "profile_dn": "profile_DN",
        "principal_password": "password",
    },
    default={"protocol": "LDAPS", "is_verify_server_certificate": False, "is_smb_account_used": False},
    format={"addresses": ADDRESSES},
    normalize={"base_dn": as_base_dn, "is_verify_server_certificate": bool, "is_smb_account_used": bool},
    belongs_to={
        "bind_password": ("authentication_type", "bind_dn"),
        "principal_password": ("authentication_type", "is_smb_account_used", "principal", "realm"),
    },
    contents=(
        Content("config", "upload_config", "download_config", text_file),
        Content(
            "certificate",
            "upload_certificate",
            "download_certificate",
            certificates,
            before=("is_verify_server_certificate",),
        ),
    ),
    state_rules=(DirectoryLogin(),),
    reads=("is_certificate_uploaded", "is_config_file_uploaded", "schema_type"),
)

FILE_KERBEROS = define(
    "file_kerberos",
    title="Kerberos of NAS server",
    identity=("nas_server",),
    offer=("nas_server", "realm", "kdc_addresses", "port_number"),
    format={"kdc_addresses": HOST_NAMES},
    normalize={"kdc_addresses": as_names},
    clear={"kdc_addresses": CANNOT},
    contents=(Content("keytab", "upload_keytab", "download_keytab", keytab, sensitive=True),),
)

FILE_INTERFACE = define(
    "file_interface",
    identity=("ip_address", "nas_server"),
    offer=(
        "nas_server",
        "prefix_length",
        "gateway",
        "vlan_id",
        "ip_port_id",
        "role",
        "is_disabled",
        "is_destination_override_enabled",
    ),
    choices={"role": ("Production", "Backup")},
    default={"role": "Production"},
    format={"ip_address": ADDRESS, "gateway": ADDRESS, "ip_port_id": IDENTIFIER},
    reads=("name",),
)

FILE_INTERFACE_ROUTE = define(
    "file_interface_route",
    title="route",
    identity=("destination", "prefix_length", "file_interface"),
    offer=("file_interface", "prefix_length", "gateway"),
    renames=False,
    format={"destination": ADDRESS, "gateway": ADDRESS},
    reads=("operational_status",),
)
