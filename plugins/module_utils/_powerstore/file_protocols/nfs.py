# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""NFS servers: check before the first write whether the array would refuse a change.

Source: PowerStore REST API 4.0, nfs_server (is_use_smb_config_enabled, is_joined, is_skip_unjoin). Secure NFS needs
Kerberos: of the NAS server itself, or with its SMB server, that of the domain.
"""

from __future__ import annotations

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.mistakes import UNTOUCHED
from ..._engine.planning.plan import Plan
from ..resources.protocol_rules import BY_SMB, SECURE
from ..table_handler import Check
from .servers import NFS, SMB, ProtocolHandler, has_server

KERBEROS, SKIP = "file_kerberos", "is_skip_unjoin"


class NfsServerHandler(ProtocolHandler):
    """The NFS server of a NAS server."""

    protocol = NFS

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (*super().checks(), self._check_kerberos, check_domain)

    def _check_kerberos(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for secure NFS on a NAS server without Kerberos."""
        body = next((step.body or {} for step in plan.requests if step.action != "delete"), {})
        left = {**(current or {}), **body}
        server = self.server(current)
        if not {SECURE, BY_SMB} & set(body) or not left.get(SECURE) or not server:
            return
        needed, noun = (SMB.server, SMB.noun) if left.get(BY_SMB) else (KERBEROS, "Kerberos configuration")
        if not has_server(self, needed, server):
            setting = f"{BY_SMB}: true" if left.get(BY_SMB) else f"{SECURE}: true without {BY_SMB}"
            raise InputError(
                f"NAS server {server['name']} has no {noun}, which {setting} needs.",
                hint=f"Create it first, with the module {needed}. {UNTOUCHED}",
            )


def check_domain(current: Json | None, plan: Plan) -> None:
    """Raise InputError for the end of secure NFS in a domain without a word on the account there."""
    if not current or not current.get("is_joined") or any(step.action == "unjoin" for step in plan.requests):
        return
    for step in plan.requests:
        body = step.body or {}
        login = "domain_user_name and domain_password"
        how = f"Give {login}" if step.action == "delete" else f"Give is_joined: false with {login}"
        if (step.action == "delete" or body.get(SECURE) is False) and not body.get(SKIP):
            raise InputError(
                f"The NFS server of NAS server {current['nas_server']['name']} is joined to a domain.",
                hint=f"{how} to leave it, or {SKIP}: true to leave its account there. {UNTOUCHED}",
            )
