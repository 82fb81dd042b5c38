# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The protocols that NAS servers speak. Source: PowerStore REST API 4.0, 4.1, nfs_server, smb_server.

That an NFS server without a version is of no use, and that only secure NFS uses the settings of SMB, is in the
vendor's modules. So is that names of SMB servers read back in capitals.
"""

from __future__ import annotations

from ..._engine.table.attribute import Switch
from ..define import define
from .protocol_rules import SecureNfs, SmbNames, SomeVersion, as_computer, as_domain, as_netbios

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
