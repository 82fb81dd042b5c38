# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finds the objects that a document does not list, and those of them that are never deleted for that.

Snapshots are not looked at. What is used by something is found later, by the checks of the handlers.
"""

from __future__ import annotations

import fnmatch
import typing as t
from functools import partial

from ..._engine.data import Json
from ..._engine.documents.items import Item, ItemType
from ..._engine.documents.links import Target
from ..client import PowerStoreClient
from .catalog import item_type
from .gather import name_of, place_of
from .listing import array_of, is_known, look_up, question_of, rows_of
from .names import Names
from .others import OtherSides, managed_elsewhere

USERS = "local_user"


class Unlisted:
    """The objects of some types that a document does not list.

    types: the types. protect: by type, patterns of names that are never deleted. kept: by type and reason, the names of
    the objects that are not deleted.
    """

    def __init__(
        self, client: PowerStoreClient, types: t.Sequence[str], protect: t.Mapping[str, t.Sequence[str]]
    ) -> None:
        self._client = client
        self._types = types
        self._protect = protect
        self._other_sides = OtherSides(client)
        self.kept: dict[tuple[str, str], list[str]] = {}

    def __call__(self, held: t.AbstractSet[Target]) -> list[Item]:
        """Return the items that remove the objects. held: the objects that the document holds."""
        array = array_of(self._client)
        types = [type_ for type_ in map(item_type, self._types) if is_known(array, type_)]
        rows = {type_.name: rows_of(self._client, array, type_, question_of(type_, None)) for type_ in types}
        look_up(self._client, types, rows)
        return [item for type_ in types for item in self._of_type(type_, rows[type_.name], held)]

    def _of_type(self, type_: ItemType, rows: t.Sequence[Json], held: t.AbstractSet[Target]) -> t.Iterator[Item]:
        names = Names()
        for row in rows:
            names.add(type_.resource.type, row)
        others = [
            row
            for row in sorted(rows, key=partial(place_of, type_))
            if (type_.resource.type, str(row["id"])) not in held
        ]
        self._other_sides.look_up(others)
        nothing = type_.resource.no_options()
        for row in others:
            name = name_of(type_, row, names)
            reason = self._stays(type_, row, name)
            if reason:
                self.kept.setdefault((type_.name, reason), []).append(name)
                continue
            place = f"{type_.name} ({name}, not in the document)"
            yield Item(type_, place, name, {**nothing, "id": str(row["id"]), "state": "absent"})

    def _stays(self, type_: ItemType, row: Json, name: str) -> str:
        """Return why an object is never deleted, as a clause behind "it is", or an empty text."""
        if type_.name == USERS and name.lower() == self._client.username.lower():
            return "the user of this task"
        patterns = self._protect.get(type_.name, ())
        pattern = next((one for one in patterns if fnmatch.fnmatchcase(name.lower(), one.lower())), "")
        if pattern:
            return f"protected by {pattern}"
        return managed_elsewhere(type_.resource.type, row) or self._other_sides.of(row)
