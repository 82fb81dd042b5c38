# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a document creates if the array does not have it yet: it counts as there when other items look it up by name."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import typing as t

from ..._engine.data import Json
from ..._engine.documents.batching import all_of
from ..._engine.documents.items import Item
from ..._engine.errors import InputError
from ..._engine.lookup.references import Ref, Reference
from ..._engine.table.attribute import Attribute
from ..._engine.table.read_path import put_at, value_at
from ..._engine.table.resource_type import ResourceType
from ..._engine.text.paths import ID_LATER
from ..client import PowerStoreClient
from ..define import REFERRED_FORMS
from ..directory import Directory
from ..references import reference


def placeholder(item: Item) -> str:
    """Return what stands for the id of an object that the document creates."""
    return f"{ID_LATER}{item.type.resource.type}:{item.name.lower()}"


@dataclasses.dataclass(frozen=True)
class Home:
    """What an object belongs to.

    attribute: refers there. within: what the name is unique in, such as the NAS server of a file system, behind the
    path that leads to it.
    """

    attribute: Attribute
    named: Reference
    within: tuple[str, Reference] | None = None

    def is_it(self, row: Json) -> bool:
        """Return whether it is this object, as look-ups show it."""
        path, place = self.within or ("", None)
        return self.named.matches(row) and (place is None or place.matches(value_at(row, path) or {}))


@dataclasses.dataclass(frozen=True)
class Promise:
    """An object that an item describes.

    row: as look-ups show it; what the item does not say has its default. table: says which objects would be it.
    homes: what the object belongs to.
    """

    row: Json
    table: ResourceType
    homes: tuple[Home, ...]


class Promises:
    """The objects that items describe. File systems of several NAS servers may have the same name."""

    def __init__(self, items: t.Iterable[Item]) -> None:
        self._by_name: dict[tuple[str, str], list[Promise]] = {}
        self._by_type: dict[str, list[Promise]] = {}
        self._homes: dict[tuple[t.Any, ...], Json] = {}
        for item in items:
            if not (item.type.is_singleton or item.is_absent):
                promise = _promise(item)
                name = str(promise.row["name"]).lower()
                self._by_name.setdefault((item.type.resource.type, name), []).append(promise)
                self._by_type.setdefault(item.type.resource.type, []).append(promise)

    def include(self, type_: str, relation: str, row: Json) -> bool:
        """Return whether an item describes an object of this type whose relation leads to a row."""
        homes = (home for promise in self._by_type.get(type_, ()) for home in promise.homes)
        return any(home.attribute.read == relation and home.named.matches(row) for home in homes)

    def rows(self, client: t.Any, type_: str, references: t.Sequence[Reference], found: t.Sequence[Json]) -> list[Json]:
        """Return the objects that are looked up by name and that the array does not have.

        client: reads what they belong to. found: what the array has of these names. A snapshot of that name, for
        example, is not the volume.
        """
        wanted = [
            (promise, [one for one in found if name.matches(one)])
            for name in references
            if name.id is None
            for promise in self._by_name.get((type_, str(name.name).lower()), ())
        ]
        rows = all_of(functools.partial(self._row, client, promise) for promise, dummy in wanted)
        return [
            row for row, (promise, there) in zip(rows, wanted) if not any(_is_it(promise, row, one) for one in there)
        ]

    def _row(self, client: t.Any, promise: Promise) -> Json:
        """Return the row of an object. Items may name what it belongs to by name or by id, so that is looked up."""
        row = dict(promise.row)
        found = all_of(functools.partial(self._home, client, home) for home in promise.homes)
        for home, there in zip(promise.homes, found):
            put_at(row, home.attribute.read, there)
        return row

    def _home(self, client: PowerStoreClient, home: Home) -> Json:
        type_, named = t.cast(Ref, home.attribute.ref).type, home.named
        key = (type_, named, home.within)
        if key not in self._homes:
            rows = Directory(client).find(type_, [named])
            rows = [row for row in rows if home.is_it(row)]
            rows.sort(key=lambda row: row.get("name") != named.name)  # the exact spelling wins
            known = Reference(rows[0]["id"], rows[0].get("name")) if rows else named
            self._homes[key] = {"id": known.id, "name": known.name}
        return self._homes[key]


def _promise(item: Item) -> Promise:
    resource = item.type.resource
    name = _name(item)
    row: Json = {"id": placeholder(item), "name": name}
    if resource.kinds:
        row[resource.kind_by] = resource.kinds[0]
    homes = []
    for attribute in resource.plain:
        value = item.desired.get(attribute.option)
        if attribute in resource.identifying and attribute.ref and isinstance(value, str):
            homes.append(Home(attribute, reference(value), _within(resource, attribute, item.desired)))
        elif not attribute.ref and not attribute.sensitive and value_at(row, attribute.api_name) is None:
            put_at(row, attribute.api_name, attribute.default if value is None else value)
    return Promise(row, resource, tuple(homes))


def _within(resource: ResourceType, attribute: Attribute, desired: Json) -> tuple[str, Reference] | None:
    """Return what the name in an attribute is unique in, if another option gives it, with the path that leads there."""
    for owner in resource.owners:
        through, dummy, path = owner.read.partition(".")
        if through == attribute.read and isinstance(desired.get(owner.option), str):
            return path, reference(desired[owner.option])
    return None


def _name(item: Item) -> str:
    """Return the name under which other items look up an item's object."""
    resource, name = item.type.resource, item.name
    if not resource.has_names or not item.desired.get(resource.key):
        return name
    key = item.desired[resource.key]
    with contextlib.suppress(InputError):  # a wrong key is a mistake of its own item
        form = REFERRED_FORMS.get(resource.type)
        key = resource.key_format.parse(key, resource.key) if resource.key_format else key
        return form(str(key)) if form else str(key)
    return name


def _is_it(promise: Promise, row: Json, there: Json) -> bool:
    """Return whether an object of the array is the promised one: of a fitting kind, in the right place.

    row: the promised one, with what it belongs to.
    """
    homes = [home.attribute.read for home in promise.homes if there.get(home.attribute.read)]
    return promise.table.is_kind(there) and all(
        Reference(**value_at(row, home)).matches(value_at(there, home)) for home in homes
    )
