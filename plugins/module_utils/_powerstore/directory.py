# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A cache of the objects that a task refers to. It looks up each object once."""

from __future__ import annotations

import typing as t

from .._engine.errors import InputError
from .._engine.options.mistakes import UNTOUCHED
from .._engine.resource_type import Attribute, Json, Reference
from .._engine.text.names import near, the_one
from .client import PowerStoreClient
from .query import one_of
from .references import in_queries

KINDS = {"volume": ("Primary", "Clone")}
"""Types whose collections also hold snapshots, with the values of ``type`` that a task can refer to."""

FIELDS = {"volume": "id,name,type,appliance_id,is_replication_destination,volume_groups(id,name,type)"}
"""The fields to read of a type's objects if the checks need more than id and name."""


class Directory:
    """The objects that a task refers to, by type and by id or name."""

    def __init__(self, client: PowerStoreClient) -> None:
        self.client = client
        self._known: dict[tuple[str, str], Json] = {}
        self._collections: dict[str, list[Json]] = {}

    def row(self, type_: str, reference: Reference) -> Json | None:
        """Return the fields of an object as read, None if it was not looked up or does not exist."""
        return self._known.get((type_, str(reference).lower()))

    def reference(self, type_: str, reference: Reference) -> Reference:
        """Return a reference with the array's id and name, or the given reference if the object is not known."""
        row = self.row(type_, reference)
        return Reference(row["id"], row["name"]) if row else reference

    def keep(self, type_: str, reference: Reference, row: Json) -> None:
        """Store the fields of an object as read."""
        self._known[type_, str(reference).lower()] = row

    def all(self, type_: str) -> list[Json]:
        """Return the ids and names of all objects of a small collection, which is read once."""
        if type_ not in self._collections:
            self._collections[type_] = self.client.query(type_, {"select": "id,name"})
        return self._collections[type_]

    def fill(self, type_: str, references: t.Sequence[Reference]) -> None:
        """Look up objects with as few queries as possible. Objects that do not exist stay unknown."""
        fields = FIELDS.get(type_, "id,name")
        for part in in_queries(references):
            ids = [str(reference.id) for reference in part if reference.id is not None]
            names = [str(reference.name) for reference in part if reference.id is None]
            query = {"select": fields}
            if ids and names:
                query["or"] = f"(id.{one_of(ids)},name.{one_of(names)})"
            else:
                query["id" if ids else "name"] = one_of(ids or names)
            for row in self.client.query(type_, query):
                if row.get("type") in KINDS.get(type_, (None, row.get("type"))):
                    for reference in part:
                        if reference.matches(row):
                            self.keep(type_, reference, row)

    def find(self, attribute: Attribute, reference: Reference) -> None:
        """Look up the object that an attribute refers to, once; raise InputError if no object of its kind exists."""
        type_, kind = attribute.refers_to, attribute.kind
        if self.row(type_, reference):
            return
        wanted = {"id": f"eq.{reference.id}"} if reference.id is not None else {"name": f"eq.{reference.name}"}
        rows = self.client.query(type_, {**wanted, "select": "id,name,type"})
        fitting = [row for row in rows if row.get("type") == kind and reference.matches(row)]
        what = f"{kind.lower() if kind.istitle() else kind} {type_}"
        if reference.id is None:
            found = the_one(fitting, str(reference.name), what, attribute.option)
        else:
            found = fitting[0] if fitting else None
        if found:
            self.keep(type_, reference, found)
            return
        other = f", but one of type {rows[0].get('type')}" if rows else ""
        known = self.client.query(type_, {"type": f"eq.{kind}", "select": "id,name"})
        raise InputError(
            f"{attribute.option}: the array has no {what} {reference}{other}.",
            hint=f"{near(str(reference), [row['name'] for row in known])} {UNTOUCHED}".strip(),
        )
