# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ethernet and FC ports: check before the first write whether a port has a speed.

Source: PowerStore REST API 4.0, eth_port and fc_port (requested_speed, supported_speeds). Assumption: the array takes
Auto for every port, whether it lists it or not.
"""

from __future__ import annotations

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.mistakes import UNTOUCHED
from ..._engine.planning.plan import Plan
from ..._engine.planning.requests import title_of
from ..._engine.text.words import sentence
from ..resources.network import AUTO
from ..table_handler import Check, TableHandler


class PortHandler(TableHandler):
    """A port that is there, and whose speed a task sets."""

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (self._check_speed,)

    def _check_speed(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for a speed that the port does not have. Without a module in it, it may list none."""
        speeds = (current or {}).get("supported_speeds") or ()
        wanted = self.desired.get("requested_speed")
        if current and plan.requests and speeds and wanted not in (*speeds, AUTO):
            raise InputError(
                f"{sentence(title_of(self.resource, current))} does not support {wanted}.",
                hint=f"Give one of {', '.join(dict.fromkeys((AUTO, *speeds)))}. {UNTOUCHED}",
            )
