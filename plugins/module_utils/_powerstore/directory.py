# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The objects of an array that a task refers to: each is looked up once, and kept with its id and name."""

from __future__ import annotations

import typing as t

from .._engine.errors import InputError
from .._engine.names import near, the_one
from .._engine.resource_type import Attribute, Json, Reference
from .client import PowerStoreClient
from .query import one_of
from .references import in_queries

KINDS = {"volume": ("Primary", "Clone")}
"""Types whose collection also holds snapshots, and the kinds of them that can be referred to."""

FIELDS = {"volume": "id,name,type,appliance_id,is_replication_destination,volume_groups(id,name,type)"}
"""What is read of the objects of a type, if more than their id and name tells whether they can be used."""

UNTOUCHED = "Nothing was written."


class Directory:
    """What is known of the objects that a task refers to."""

    def __init__(self, client: PowerStoreClient) -> None:
        self.client = client
        self._known: dict[tuple[str, str], Json] = {}
        self._collections: dict[str, list[Json]] = {}

    def row(self, type_: str, one: Reference) -> Json | None:
        """Return what was read of an object, None if it was not looked up or does not exist."""
        return self._known.get((type_, str(one).lower()))

    def reference(self, type_: str, one: Reference) -> Reference:
        """Return the object with its id and its name as the array spells it, as it was given if it is not known."""
        row = self.row(type_, one)
        return Reference(row["id"], row["name"]) if row else one

    def keep(self, type_: str, one: Reference, row: Json) -> None:
        """Take note of what an object is."""
        self._known[type_, str(one).lower()] = row

    def all(self, type_: str) -> list[Json]:
        """Return a small collection with ids and names, read once."""
        if type_ not in self._collections:
            self._collections[type_] = self.client.query(type_, {"select": "id,name"})
        return self._collections[type_]

    def fill(self, type_: str, references: t.Sequence[Reference]) -> None:
        """Look up objects with as few queries as their number allows; those that do not exist stay unknown."""
        fields = FIELDS.get(type_, "id,name")
        for part in in_queries(references):
            ids = [str(one.id) for one in part if one.id is not None]
            names = [str(one.name) for one in part if one.id is None]
            query = {"select": fields}
            if ids and names:
                query["or"] = f"(id.{one_of(ids)},name.{one_of(names)})"
            else:
                query["id" if ids else "name"] = one_of(ids or names)
            for row in self.client.query(type_, query):
                if row.get("type") in KINDS.get(type_, (None, row.get("type"))):
                    for one in part:
                        if one.matches(row):
                            self.keep(type_, one, row)

    def find(self, attribute: Attribute, asked: Reference) -> None:
        """Look up what an attribute refers to, once; raise InputError if there is none of the kind that it takes."""
        type_, kind = attribute.refers_to, attribute.kind
        if self.row(type_, asked):
            return
        wanted = {"id": f"eq.{asked.id}"} if asked.id is not None else {"name": f"eq.{asked.name}"}
        rows = self.client.query(type_, {**wanted, "select": "id,name,type"})
        fitting = [row for row in rows if row.get("type") == kind and asked.matches(row)]
        what = f"{kind.lower() if kind.istitle() else kind} {type_}"
        if asked.id is None:
            found = the_one(fitting, str(asked.name), what, attribute.option)
        else:
            found = fitting[0] if fitting else None
        if found:
            self.keep(type_, asked, found)
            return
        other = f", but one of type {rows[0].get('type')}" if rows else ""
        known = self.client.query(type_, {"type": f"eq.{kind}", "select": "id,name"})
        raise InputError(
            f"{attribute.option}: the array has no {what} {asked}{other}.",
            hint=f"{near(str(asked), [row['name'] for row in known])} {UNTOUCHED}".strip(),
        )
