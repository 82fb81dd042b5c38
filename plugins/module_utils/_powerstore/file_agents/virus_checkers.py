# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Virus checkers of NAS servers: check before the first write whether the array would refuse a change.

Source: PowerStore REST API 4.0, file_virus_checker (create: how to enable it). That the array enables none without
servers is an assumption.
"""

from __future__ import annotations

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.mistakes import UNTOUCHED
from ..._engine.planning.plan import Plan
from ..nas_servers.services import ServiceHandler
from ..table_handler import Check

SERVERS, CONFIG, UPLOADED = "ip_addresses", "config", "is_config_file_uploaded"


class VirusCheckerHandler(ServiceHandler):
    """The virus checker of a NAS server."""

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (*super().checks(), self._check_servers)

    def _check_servers(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for a virus checker that is enabled, and has no servers."""
        is_enabled = any((step.body or {}).get("is_enabled") for step in plan.requests)
        known = current or {}
        has_servers = known.get(SERVERS) or known.get(UPLOADED) or self.desired.get(SERVERS) or self.desired.get(CONFIG)
        if is_enabled and not has_servers:
            raise InputError(
                f"A virus checker needs servers to be enabled: give {SERVERS}, or a {CONFIG} with them.", hint=UNTOUCHED
            )
