# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What belongs to a NAS server: what the array refuses while the server is the destination of a replication.

Source: PowerStore REST API 4.0, file_interface, file_dns, file_ldap, file_nis, file_virus_checker
(is_destination_override_enabled), and nas_server (is_production_mode_enabled). The source of the replication configures
its destination; only addresses and the file of a virus checker can be set there, and only if they override those of the
source.
"""

from __future__ import annotations

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.mistakes import UNTOUCHED
from ..._engine.planning.plan import Plan
from ..._engine.text.words import and_so_on
from ..table_handler import Check, TableHandler

SERVER, IN_PRODUCTION, OVERRIDE = "nas_server", "is_production_mode_enabled", "is_destination_override_enabled"
OVERRIDDEN = {
    "file_interface": ("ip_address", "prefix_length", "gateway", "vlan_id", "ip_port_id"),
    "file_dns": ("ip_addresses",),
    "file_nis": ("ip_addresses",),
    "file_ldap": ("addresses",),
    "file_virus_checker": ("config",),
}
"""What can differ from the source, by type."""


class ServiceHandler(TableHandler):
    """An object that belongs to one NAS server."""

    def fields(self) -> dict[str, tuple[str, ...]]:
        """Return the fields to read, with the mode of the NAS server."""
        fields = super().fields()
        fields[SERVER] = ("id", "name", IN_PRODUCTION)
        return fields

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (self.check_name, self.check_destination)

    def server(self, current: Json | None) -> Json:
        """Return the NAS server, as far as it is known."""
        return (current[SERVER] if current else self.row_of(SERVER)) or {}

    def check_destination(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for a change at the destination of a replication that only its source can make."""
        server = self.server(current)
        if server.get(IN_PRODUCTION) is not False or not plan.requests:
            return
        uploads = {one.upload: one.option for one in self.resource.contents}
        written = {uploads[step.action] for step in plan.requests if step.action in uploads}
        written.update(name for step in plan.requests for name in step.body or ())
        said = [step.body[OVERRIDE] for step in plan.requests if step.body and OVERRIDE in step.body]
        overrides = said[0] if said else bool((current or {}).get(OVERRIDE))
        own = OVERRIDDEN.get(self.type, ())
        is_change = all(step.action in ("modify", *uploads) for step in plan.requests)
        if is_change and written <= {OVERRIDE, *(own if overrides else ())}:
            return
        hint = f"Change it at the source. {UNTOUCHED}"
        if is_change and not overrides and written <= {OVERRIDE, *own}:
            hint = f"{OVERRIDE}: true lets {and_so_on(own)} differ from the source. {UNTOUCHED}"
        raise InputError(
            f"NAS server {server.get('name')} is the destination of a replication, whose source configures it.",
            hint=hint,
        )
