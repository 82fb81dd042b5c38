# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules between the options of the protocols of NAS servers. Source: PowerStore REST API 4.0, nfs_server."""

from __future__ import annotations

import typing as t

from .file_rules import FileRule

Options = t.Mapping[str, t.Any]

VERSIONS = {"is_nfsv3_enabled": True, "is_nfsv4_enabled": False}
"""The versions of NFS, each with whether a new server speaks it."""

SECURE, BY_SMB, HOST = "is_secure_enabled", "is_use_smb_config_enabled", "host_name"


class SomeVersion(FileRule):
    """An NFS server speaks at least one version."""

    def broken(self, current: Options | None, desired: Options) -> str:
        """Return what is wrong as a sentence, or an empty text."""
        given = {name: desired[name] for name in VERSIONS if desired.get(name) is not None}
        if not given or any({**VERSIONS, **(current or {}), **given}[name] for name in VERSIONS):
            return ""
        return f"{' and '.join(VERSIONS)} would both be false, and the NFS server of no use."


class SecureNfs(FileRule):
    """Secure NFS has a name for Kerberos: its own, or with the settings of the SMB server, the name of that."""

    def contradiction(self, desired: Options) -> str:
        """Return what is wrong with the options alone as a sentence, or an empty text."""
        if desired.get(BY_SMB) and desired.get(HOST):
            return f"With {BY_SMB}: true, {HOST} is the name of the SMB server: leave {HOST} out."
        return ""

    def broken(self, current: Options | None, desired: Options) -> str:
        """Return what is wrong as a sentence, or an empty text."""
        given = {name: desired[name] for name in (SECURE, BY_SMB, HOST) if desired.get(name) is not None}
        left = {**(current or {}), **given}
        if given and left.get(BY_SMB) and not left.get(SECURE):
            return f"{BY_SMB}: true needs {SECURE}: true."
        if given and left.get(BY_SMB) and HOST in given and current and given[HOST] != current.get(HOST):
            return f"With {BY_SMB}: true, {HOST} is the name of the SMB server and cannot be changed."
        if given and left.get(SECURE) and not left.get(BY_SMB) and not left.get(HOST):
            return f"{SECURE}: true needs {HOST}, or {BY_SMB}: true."
        return ""
