# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules between the options of the protocols of NAS servers.

Source: PowerStore REST API 4.0, nfs_server, smb_server, file_ftp.
"""

from __future__ import annotations

import typing as t

from ..._engine.options.capacity import in_units
from ..._engine.options.rules import Options, PlainRule

VERSIONS = {"is_nfsv3_enabled": True, "is_nfsv4_enabled": False}
"""The versions of NFS, each with whether a new server speaks it."""

JOINED = "is_joined"
SECURE, BY_SMB, HOST = "is_secure_enabled", "is_use_smb_config_enabled", "host_name"


class SomeVersion(PlainRule):
    """An NFS server speaks at least one version."""

    def broken(self, current: Options | None, desired: Options) -> str:
        """Return what is wrong as a sentence, or an empty text."""
        given = {name: desired[name] for name in VERSIONS if desired.get(name) is not None}
        if not given or any({**VERSIONS, **(current or {}), **given}[name] for name in VERSIONS):
            return ""
        return f"{' and '.join(VERSIONS)} would both be false, and the NFS server of no use."


class SecureNfs(PlainRule):
    """Secure NFS has a name for Kerberos: its own, or with the settings of the SMB server, the name of that."""

    def contradiction(self, desired: Options) -> str:
        """Return what is wrong with the options alone as a sentence, or an empty text."""
        if desired.get(BY_SMB) and desired.get(HOST):
            return f"With {BY_SMB}: true, {HOST} is the name of the SMB server: leave {HOST} out."
        return ""

    def broken(self, current: Options | None, desired: Options) -> str:
        """Return what is wrong as a sentence, or an empty text."""
        given = {name: desired[name] for name in (SECURE, BY_SMB, HOST, JOINED) if desired.get(name) is not None}
        left = {**(current or {}), **given}
        if given.get(JOINED) and not left.get(SECURE):
            return f"{JOINED}: true needs {SECURE}: true."
        if given and left.get(BY_SMB) and not left.get(SECURE):
            return f"{BY_SMB}: true needs {SECURE}: true."
        if given and left.get(BY_SMB) and HOST in given and current and given[HOST] != current.get(HOST):
            return f"With {BY_SMB}: true, {HOST} is the name of the SMB server and cannot be changed."
        if given and left.get(SECURE) and not left.get(BY_SMB) and not left.get(HOST):
            return f"{SECURE}: true needs {HOST}, or {BY_SMB}: true."
        return ""


STANDALONE = "is_standalone"
OF_DOMAIN, OF_WORKGROUP = ("computer_name", "domain"), ("netbios_name", "workgroup")


def as_computer(value: t.Any) -> str:
    """Return the name of a computer as the array keeps it: the first word, in any case."""
    return str(value or "").partition(".")[0].casefold()


def as_domain(value: t.Any) -> str:
    """Return the name of a domain without regard to case and to a dot at its end."""
    return str(value or "").rstrip(".").casefold()


def as_netbios(value: t.Any) -> str:
    """Return a NetBIOS name, which the array writes in capitals."""
    return str(value or "").upper()


class SmbNames(PlainRule):
    """A standalone SMB server has the names of a workgroup, another one those of its domain."""

    def broken(self, current: Options | None, desired: Options) -> str:
        """Return what is wrong as a sentence, or an empty text."""
        names = (STANDALONE, *OF_DOMAIN, *OF_WORKGROUP, JOINED)
        given = {name: desired[name] for name in names if desired.get(name) is not None}
        left = {**(current or {}), **given}
        if left.get(STANDALONE) is None or not given:
            return ""
        alone = bool(left[STANDALONE])
        own, others = (OF_WORKGROUP, OF_DOMAIN) if alone else (OF_DOMAIN, ("workgroup",))
        setting = f"{STANDALONE}: {str(alone).lower()}"
        wrong = [name for name in others if given.get(name)]
        lacking = [name for name in own if not left.get(name)]
        if alone and given.get(JOINED):
            return f"{JOINED}: true needs {STANDALONE}: false, because a standalone SMB server joins no domain."
        if wrong:
            return f"With {setting}, an SMB server has no {' and no '.join(wrong)}."
        return f"{setting} needs {' and '.join(lacking)}." if lacking else ""


ROOT = "/"
LARGEST_IN_ROOT = 5 * 1024**2


def as_audit_dir(value: t.Any) -> str:
    """Return the directory of the audit files: the root unless another one is set."""
    return str(value or ROOT)


class AuditSize(PlainRule):
    """Audit files in the root of the NAS server take little space; there is more in a file system."""

    def broken(self, current: Options | None, desired: Options) -> str:
        """Return what is wrong as a sentence, or an empty text."""
        names = ("audit_dir", "audit_max_size")
        given = {name: desired[name] for name in names if desired.get(name) is not None}
        left = {**(current or {}), **given}
        in_root = as_audit_dir(left.get("audit_dir")) == ROOT
        if not given or not in_root or (left.get("audit_max_size") or 0) <= LARGEST_IN_ROOT:
            return ""
        shown = in_units(left["audit_max_size"])
        return f"audit_max_size is {shown}, and at most {in_units(LARGEST_IN_ROOT)} with audit_dir: {ROOT}."
