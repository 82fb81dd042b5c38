# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The protocols that NAS servers speak. Source: PowerStore REST API 4.0, 4.1, nfs_server, smb_server, file_ftp,
file_ndmp.

That an NFS server without a version is of no use, and that only secure NFS uses the settings of SMB, is in the
vendor's modules. So is that names of SMB servers read back in capitals.
"""

from __future__ import annotations

from ..._engine.options.capacity import CAPACITY
from ..._engine.table.attribute import Switch, as_is, as_lines
from ..._engine.table.lists import Item, List, Patch
from ..define import define
from ..formats import as_host
from .protocol_rules import (
    AuditSize,
    SecureNfs,
    SmbNames,
    SomeVersion,
    as_audit_dir,
    as_computer,
    as_domain,
    as_netbios,
)

LOGIN = ("domain_user_name", "domain_password")
"""With what a server joins its domain, and leaves it."""

NFS_SERVER = define(
    "nfs_server",
    title="NFS server",
    identity=("nas_server",),
    offer=(
        "nas_server",
        "is_nfsv3_enabled",
        "is_nfsv4_enabled",
        "is_secure_enabled",
        "host_name",
        "is_use_smb_config_enabled",
        "is_extended_credentials_enabled",
        "credentials_cache_ttl",
    ),
    names={"credentials_cache_ttl": "credentials_cache_TTL"},
    normalize={"is_use_smb_config_enabled": bool},
    switch={"is_joined": Switch("join", "unjoin", needs=LOGIN)},
    parameters=(*LOGIN, "is_skip_unjoin"),
    state_rules=(SomeVersion(), SecureNfs()),
    reads=("service_principal_name",),
)

SMB_SERVER = define(
    "smb_server",
    title="SMB server",
    identity=("nas_server",),
    offer=(
        "nas_server",
        "is_standalone",
        "computer_name",
        "domain",
        "netbios_name",
        "workgroup",
        "description",
        "local_admin_password",
    ),
    normalize={
        "computer_name": as_computer,
        "domain": as_domain,
        "netbios_name": as_netbios,
        "workgroup": as_netbios,
    },
    switch={"is_joined": Switch("join", "unjoin", needs=LOGIN, unless="is_skip_ad_unjoin")},
    names={"is_skip_ad_unjoin": "is_skip_AD_unjoin"},
    parameters=(*LOGIN, "organizational_unit", "reuse_computer_account", "is_skip_ad_unjoin", "force"),
    update_secrets="update_password",
    state_rules=(SmbNames(),),
)

FILE_NDMP = define(
    "file_ndmp",
    title="NDMP of NAS server",
    identity=("nas_server",),
    offer=("nas_server", "user_name", "user_password"),
    names={"user_password": "password"},
    belongs_to={"user_password": ("user_name",)},
    update_secrets="update_password",
)

FTP_LISTS = {"hosts": "host", "users": "user", "groups": "group"}
"""The lists of those whom FTP allows or denies, each with what a message calls one of them."""

FILE_FTP = define(
    "file_ftp",
    title="FTP of NAS server",
    identity=("nas_server",),
    offer=(
        "nas_server",
        "is_ftp_enabled",
        "is_sftp_enabled",
        "is_smb_authentication_enabled",
        "is_unix_authentication_enabled",
        "is_anonymous_authentication_enabled",
        "is_homedir_limit_enabled",
        "default_homedir",
        "welcome_message",
        "message_of_the_day",
        "is_audit_enabled",
        "audit_dir",
        "audit_max_size",
        *(f"is_allowed_{name}" for name in FTP_LISTS),
    ),
    format={"audit_max_size": CAPACITY},
    normalize={"welcome_message": as_lines, "message_of_the_day": as_lines, "audit_dir": as_audit_dir},
    lists=tuple(
        List(
            name,
            item=Item(noun, normalize=as_host if name == "hosts" else as_is),
            channel=Patch(f"add_{name}", f"remove_{name}", create=name, together=True),
        )
        for name, noun in FTP_LISTS.items()
    ),
    state_rules=(AuditSize(),),
)
