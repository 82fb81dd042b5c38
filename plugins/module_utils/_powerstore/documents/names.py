# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a gathered document refers to objects: by name, and by id where a name would not lead to the same object."""

from __future__ import annotations

from ..._engine.data import Json
from ..._engine.lookup.references import Ref, Reference
from ..references import reference


class Names:
    """The names of the objects that an array returned, as far as they were read. Names that differ only in case count
    as one name, because the array ignores case.
    """

    def __init__(self) -> None:
        self._ids: dict[tuple[str, str], set[str]] = {}

    def add(self, type_: str, row: Json) -> None:
        """Note an object with its name."""
        if row.get("name"):
            self._ids.setdefault((type_, str(row["name"]).lower()), set()).add(str(row["id"]))

    def is_ambiguous(self, type_: str, name: str) -> bool:
        """Return whether several objects of a type have a name."""
        return len(self._ids.get((type_, name.lower()), ())) > 1

    def written(self, ref: Ref, row: Json) -> str:
        """Return the reference to an object as an option takes it."""
        name = str(row.get("name") or "")
        # Ansible's check of a list takes the blanks around a text away.
        if not name or name != name.strip() or self.is_ambiguous(ref.type, name):
            return f"id:{row['id']}"
        return name if ref.read_as(name, reference) == Reference(name=name) else f"name:{name}"
