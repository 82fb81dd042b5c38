# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How NAS servers log in to LDAP servers: what each way needs. Source: PowerStore REST API 4.0, file_ldap."""

from __future__ import annotations

from ..._engine.options.rules import Options, PlainRule, left
from ..._engine.text.words import and_so_on

TYPE, SMB = "authentication_type", "is_smb_account_used"
SIMPLE, KERBEROS = "Simple", "Kerberos"
NEEDED = {SIMPLE: ("bind_dn",), KERBEROS: ("principal", "realm")}
PASSWORDS = {SIMPLE: "bind_password", KERBEROS: "principal_password"}
OPTIONS = (TYPE, SMB, "bind_dn", "bind_password", "principal", "realm", "principal_password")


class DirectoryLogin(PlainRule):
    """A way to log in has the user and the password that it needs, and nothing of another way."""

    def broken(self, current: Options | None, desired: Options) -> str:
        """Return what is wrong as a sentence, or an empty text."""
        kind = left(TYPE, current, desired)
        if kind is None or all(desired.get(option) is None for option in OPTIONS):
            return ""
        uses_smb = bool(left(SMB, current, desired)) and kind == KERBEROS
        return self._of_another_way(kind, uses_smb, desired) or self._missing(kind, uses_smb, current, desired)

    def _of_another_way(self, kind: str, uses_smb: bool, desired: Options) -> str:
        if desired.get(SMB) and kind != KERBEROS:
            return f"{SMB}: true needs {TYPE}: {KERBEROS}."
        for other, options in NEEDED.items():
            given = [option for option in (*options, PASSWORDS[other]) if desired.get(option)]
            if given and other != kind:
                return f"{and_so_on(given)} {'needs' if len(given) == 1 else 'need'} {TYPE}: {other}."
            if given and uses_smb:
                is_kept = desired.get(SMB) is None
                way_out = f"give {SMB}: false, or leave out" if is_kept else "leave out"
                return f"With {SMB}: true, the account of the SMB server is used: {way_out} {and_so_on(given)}."
        return ""

    def _missing(self, kind: str, uses_smb: bool, current: Options | None, desired: Options) -> str:
        """Return what the way lacks. No read shows a password, so it must be given with another way."""
        if kind not in NEEDED or uses_smb:
            return ""
        lacking = [option for option in NEEDED[kind] if not left(option, current, desired)]
        was = None if current is None else current.get(TYPE)
        is_other = current is None or was not in (None, kind) or (bool(current.get(SMB)) and kind == KERBEROS)
        if is_other and not desired.get(PASSWORDS[kind]):
            lacking.append(PASSWORDS[kind])
        return f"{TYPE}: {kind} needs {and_so_on(lacking)}." if lacking else ""
