# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""LDAP of NAS servers: certificates of LDAP servers. Source: PowerStore REST API 4.0, file_ldap."""

from __future__ import annotations

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.mistakes import UNTOUCHED
from ..._engine.planning.plan import Plan
from ..table_handler import Check
from .services import ServiceHandler

VERIFIES, CERTIFICATE, HAS_CERTIFICATE = "is_verify_server_certificate", "certificate", "is_certificate_uploaded"


class LdapHandler(ServiceHandler):
    """The LDAP configuration of a NAS server."""

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (*super().checks(), self.check_certificate)

    def check_certificate(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for a server whose certificate nothing can be compared with."""
        verifies = any((step.body or {}).get(VERIFIES) for step in plan.requests)
        if verifies and self.desired.get(CERTIFICATE) is None and not (current or {}).get(HAS_CERTIFICATE):
            raise InputError(
                f"{VERIFIES}: true needs {CERTIFICATE}, too: the NAS server has no certificate of a CA for LDAP yet.",
                hint=UNTOUCHED,
            )
