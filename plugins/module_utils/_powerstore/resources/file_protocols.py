# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The protocols that NAS servers speak. Source: PowerStore REST API 4.0, 4.1, nfs_server.

That an NFS server without a version is of no use, and that only secure NFS uses the settings of SMB, is in the
vendor's modules.
"""

from __future__ import annotations

from ..define import define
from .protocol_rules import SecureNfs, SomeVersion

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
    parameters=("is_skip_unjoin",),
    state_rules=(SomeVersion(), SecureNfs()),
    reads=("is_joined", "service_principal_name"),
)
