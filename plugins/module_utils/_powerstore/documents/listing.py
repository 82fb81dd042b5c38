# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads all objects of the types of a document: one ordered, counted list a type, and one query a referred type."""

from __future__ import annotations

import dataclasses
import typing as t

from ..._engine.data import Json
from ..._engine.documents.items import ItemType
from ..._engine.errors import Refused
from ..._engine.lookup.references import Reference
from ..._engine.table.attribute import Attribute
from ..client import PowerStoreClient
from ..directory import Directory
from ..info_query import InfoQuery, merged_filters
from ..other_array import METRO
from ..query import one_of, render_select
from ..releases import as_release, explained_query
from ..schema import facts_of

Rows = t.Mapping[str, t.List[Json]]
"""The objects by the name of their type in a document."""


@dataclasses.dataclass(frozen=True)
class Array:
    """The array that a document describes. appliances: how many it has."""

    name: str
    id: str
    release: str
    appliances: int

    def has(self, since: str) -> bool:
        """Return whether the array's release has what a release added."""
        return as_release(since) <= as_release(self.release)


def array_of(client: PowerStoreClient) -> Array:
    """Return the array that a client talks to."""
    cluster = client.query("cluster", {"select": "id,global_id,name,appliance_count"})[0]
    software = client.query("software_installed", {"is_cluster": "eq.true", "select": "id,release_version"})
    release = next((str(row["release_version"]) for row in software if row.get("release_version")), "")
    return Array(str(cluster["name"]), str(cluster["global_id"]), release, int(cluster.get("appliance_count") or 1))


def is_known(array: Array, type_: ItemType) -> bool:
    """Return whether the array's release has objects of a type."""
    facts = facts_of(type_.resource.type)
    kinds = dict(facts.attributes[type_.resource.kind_by].values_since) if type_.resource.kinds else {}
    return array.has(facts.since) and array.has(kinds.get(type_.resource.kinds[0], "") if kinds else "")


def question_of(type_: ItemType, filters: Json | None) -> InfoQuery:
    """Return the query of a type's objects; raise InputError for filters that the array does not understand."""
    plain = dict.fromkeys(("ids", "names", "order", "limit"))
    kinds = type_.resource.kinds
    question = InfoQuery.of(
        {**plain, "type": type_.resource.type, "filters": filters, "select": ["id"], "plain": True, "strict": True}
    )
    kept = ((type_.resource.kind_by, one_of(kinds)),) if kinds else ()
    return dataclasses.replace(question, filters=(*question.filters, *kept))


def rows_of(client: PowerStoreClient, array: Array, type_: ItemType, question: InfoQuery) -> list[Json]:
    """Return the objects of a type with everything that the array's release has of them."""
    resource = type_.resource
    known = {one.option: True for one in resource.attributes if array.has(one.since)}
    fields = resource.fields(known)
    metro = facts_of(resource.type).attributes.get(METRO)
    if metro and array.has(metro.since):
        fields[METRO] = ()
    query = {**merged_filters(question.filters), "select": render_select(fields)}
    try:
        return client.query(resource.type, query)
    except Refused as error:
        raise explained_query(error, resource.type) from None


def look_up(client: PowerStoreClient, types: t.Iterable[ItemType], rows: Rows) -> None:
    """Put the objects that rows hold the ids of alone into these rows, with id and name under the option's name."""
    places = [
        (attribute, row)
        for type_ in types
        for attribute in type_.resource.plain
        if attribute.looks_up
        for row in rows.get(type_.name, ())
        if row.get(attribute.api_name)
    ]
    directory = Directory(client)
    wanted: dict[str, set[str]] = {}
    for attribute, row in places:
        wanted.setdefault(_referred(attribute), set()).add(str(row[attribute.api_name]))
    found = {
        (referred, str(one["id"])): one
        for referred, ids in wanted.items()
        for one in directory.find(referred, [Reference(id=key) for key in sorted(ids)])
    }
    for attribute, row in places:
        key = str(row[attribute.api_name])
        row[attribute.option] = found.get((_referred(attribute), key), {"id": key})


def read_lists(client: PowerStoreClient, array: Array, types: t.Iterable[ItemType], rows: Rows) -> None:
    """Put the lists that only an action returns into rows: one request an object."""
    from ..read_lists import read_list

    for type_ in types:
        for list_ in (one for one in type_.resource.lists if one.read_by and array.has(one.since)):
            for row in rows.get(type_.name, ()):
                row[list_.option] = read_list(client, type_.resource, str(row["id"]), list_)


def _referred(attribute: Attribute) -> str:
    return attribute.ref.type if attribute.ref else ""
