# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Settings of the cluster: check before the first write whether its networks leave room for a smaller MTU.

Source: PowerStore REST API 4.0, cluster (physical_mtu: the upper limit of the MTU of all networks).
"""

from __future__ import annotations

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.mistakes import UNTOUCHED
from ..._engine.planning.plan import Plan
from ..._engine.text.words import counted
from ..table_handler import Check, TableHandler

MTU = "physical_mtu"


class ClusterHandler(TableHandler):
    """Name and MTU of the cluster."""

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (self._check_mtu,)

    def _check_mtu(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for an MTU below that of a network."""
        limit = next((step.body[MTU] for step in plan.requests if step.body and MTU in step.body), None)
        if limit is None or (current and limit > current[MTU]):
            return
        rows = self.client.query("network", {"mtu": f"gt.{limit}", "select": "id,name,mtu"})
        if rows:
            names = sorted(f"{row.get('name') or row['id']} ({row['mtu']})" for row in rows)
            raise InputError(
                f"{MTU} cannot be {limit}, below the MTU of {counted(names, 'network')}.",
                hint=f"Give these networks a smaller MTU first. {UNTOUCHED}",
            )
