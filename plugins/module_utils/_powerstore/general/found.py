# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How the general tools find an object."""

from __future__ import annotations

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.mistakes import UNTOUCHED
from ..._engine.table.resource_type import SINGLETON
from ..table_handler import TableHandler


class FoundHandler(TableHandler):
    """An object of any type. A task that says nothing of it means the only one of its type."""

    def _search(self, select: Json) -> Json | None:
        if self.resource.kind != SINGLETON:
            return super()._search(select)
        rows = self.client.query(self.type, select)
        if len(rows) > 1:
            title = self.resource.title
            raise InputError(
                f"The array has {len(rows)} objects of type {self.type}.",
                hint=f"Give name, id or identity of the {title} that the task means. {UNTOUCHED}",
            )
        return rows[0] if rows else None

    def as_shown(self, current: Json | None) -> Json | None:
        """Return the object as the array returns it: ids in the place of what they lead to."""
        if current is None:
            return None
        looked_up = {one.option for one in self.resource.attributes if one.looks_up}
        return {
            name: value["id"] if name in looked_up and isinstance(value, dict) else value
            for name, value in current.items()
        }
