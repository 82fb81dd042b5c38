# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finds the objects that tasks refer to on an array."""

from __future__ import annotations

import typing as t

from .._engine.data import Json
from .._engine.lookup.references import Ref, Reference, Wanted
from .client import PowerStoreClient
from .query import one_of
from .references import NAMED_BY, by_id_or_name, in_queries
from .schema import facts_of

FIELDS = {
    "file_interface": "id,name,ip_address,prefix_length,role,nas_server(id,name)",
    "file_system": "id,name,filesystem_type,config_type,flr_attributes,nas_server(id,name)",
    "file_tree_quota": "id,path,file_system(id,name)",
    "host": "id,name,type,host_connectivity,host_group(id,name),mapped_hosts(id,volume(id,name))",
    "nas_server": "id,name,is_production_mode_enabled,is_replication_destination",
    "policy": "id,name,type,replication_rules(id)",
    "volume_group": "id,name,type,is_replication_destination,volumes(id,appliance_id,metro_replication_session_id)",
    "volume": "id,name,type,appliance_id,is_replication_destination,volume_groups(id,name,type)",
}
"""The fields to read of a type's objects if the checks need more than id, name and type."""

SUGGESTED = 2000
"""How many names an error for an unknown name is compared with: those of one page."""


class Directory:
    """The source of the engine's resolver. A collection that takes no filters is read as a whole, once."""

    place = "id"

    def __init__(self, client: PowerStoreClient) -> None:
        self.client = client
        self._collections: dict[str, list[Json]] = {}

    def find(self, type_: str, references: t.Sequence[Reference]) -> list[Json]:
        """Return the objects with these ids or names, with as few queries as possible."""
        if not facts_of(type_).filters:
            rows_of_all = self._all(type_)
            return [*rows_of_all, *self.client.promised(type_, references, rows_of_all)]
        rows: dict[str, Json] = {}
        for part in in_queries(references):
            query = {**by_id_or_name(part, NAMED_BY.get(type_, "name")), "select": _fields(type_)}
            rows.update({str(row["id"]): _named(type_, row) for row in self.client.query(type_, query)})
        found = list(rows.values())
        return [*found, *self.client.promised(type_, references, found)]

    def known(self, ref: Ref) -> list[str]:
        """Return names of existing objects."""
        if not facts_of(ref.type).filters:
            rows = self._all(ref.type)
        else:
            wanted = {"type": one_of(ref.kinds)} if ref.kinds else {}
            rows = self.client.query(ref.type, {**wanted, "select": f"id,{ref.named_by}"}, limit=SUGGESTED)
            rows = list(map(ref.named, rows))
        return [str(row["name"]) for row in rows if row.get("name")]

    def missing(self, want: Wanted, names: str) -> str:
        """Return the words for what does not exist."""
        return f"{want.option}: the array has no {want.noun or want.ref.title} {names}"

    def _all(self, type_: str) -> list[Json]:
        if type_ not in self._collections:
            rows = self.client.query(type_, {"select": _fields(type_)})
            self._collections[type_] = [_named(type_, row) for row in rows]
        return self._collections[type_]


def _named(type_: str, row: Json) -> Json:
    """Return an object under the name that people give it."""
    return {**row, "name": row[NAMED_BY[type_]]} if type_ in NAMED_BY else row


def _fields(type_: str) -> str:
    """Return the fields to read of the objects of a type."""
    known = facts_of(type_).attributes
    names = ("id", NAMED_BY.get(type_, "name"), "type")
    return FIELDS.get(type_) or ",".join(name for name in names if name in known)
