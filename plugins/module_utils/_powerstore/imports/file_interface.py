# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Interfaces that imports of NAS servers copy through: what the array refuses while an import uses one.

Source: PowerStore REST API 4.0, file_import_interface. It has no attribute that leads to the sessions that use it.
"""

from __future__ import annotations

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.mistakes import UNTOUCHED
from ..._engine.planning.plan import Plan
from ..._engine.text.words import and_so_on, plural
from ..nas_servers.interfaces import check_addresses
from ..query import one_of
from ..table_handler import Check, TableHandler

UNDER_WAY = ("Scheduled", "Queued", "In_Progress", "Pausing", "Paused", "Failed", "Cancelling")
"""States of imports that have not ended. A failed one can be resumed."""


class ImportInterfaceHandler(TableHandler):
    """An interface that imports of NAS servers copy through."""

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (self.check_name, check_addresses, self.check_use)

    def check_use(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for a change or a deletion while an import copies through the interface."""
        if current is None or not plan.requests:
            return
        wanted = {
            "import_file_interface_id": f"eq.{current['id']}",
            "state": one_of(UNDER_WAY),
            "select": "id,name,state",
            "order": "name",
        }
        sessions = self.client.query("file_import_session", wanted)
        if sessions:
            names = [f"{one['name']} ({one['state']})" for one in sessions]
            raise InputError(
                f"The interface {current['ip_address']} is in use by {plural('file import session', len(names))} "
                f"{and_so_on(names)}.",
                hint=f"Complete or cancel the import first. {UNTOUCHED}",
            )
