# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a gathered document refers to objects: by name, and by id where a name would not lead to the same object."""

from __future__ import annotations

from ..._engine.data import Json
from ..._engine.lookup.references import Ref, Reference
from ..references import reference

PLACE = "nas_server"
"""What the names of file systems are unique in."""


class Names:
    """The names of the objects that an array returned, as far as they were read. Names that differ only in case count
    as one name, because the array ignores case. Some are unique only in a place, such as in a NAS server.
    """

    def __init__(self) -> None:
        self._places: dict[tuple[str, str], dict[str, str]] = {}

    def add(self, type_: str, row: Json, key: str = "name", place: str = "") -> None:
        """Note an object with its name."""
        if row.get(key):
            known = self._places.setdefault((type_, str(row[key]).lower()), {})
            known[str(row["id"])] = place or known.get(str(row["id"]), "")

    def is_ambiguous(self, type_: str, name: str, place: str = "") -> bool:
        """Return whether several objects of a type have a name. place: the only one to look at."""
        places = self._places.get((type_, name.lower()), {}).values()
        return len([one for one in places if place in ("", one)]) > 1

    def written(self, ref: Ref, row: Json) -> str:
        """Return the reference to an object as an option takes it. A row has its place if another option gives that."""
        name = str(row.get("name") or "")
        place = str((row.get(PLACE) or {}).get("id") or "")
        # Those without names are unique in what another option gives, such as tree quotas in their file system.
        is_ambiguous = ref.named_by == "name" and self.is_ambiguous(ref.type, name, place)
        # Ansible's check of a list takes the blanks around a text away.
        if not name or name != name.strip() or is_ambiguous:
            return f"id:{row['id']}"
        return name if ref.read_as(name, reference) == Reference(name=name) else f"name:{name}"
