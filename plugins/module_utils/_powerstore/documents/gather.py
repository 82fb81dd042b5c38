# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads an array into a document: what `merged` would have to say to make the array what it is."""

from __future__ import annotations

import dataclasses
import typing as t
from functools import partial

from ..._engine.data import Json
from ..._engine.documents.items import ItemType
from ..._engine.errors import InputError
from ..._engine.lookup.naming import in_words
from ..._engine.lookup.references import Ref
from ..._engine.table.as_options import options_of, secrets_of
from ..client import PowerStoreClient
from .catalog import item_type
from .listing import Array, Rows, array_of, is_known, look_up, question_of, read_lists, rows_of
from .names import Names
from .others import OtherSides, managed_elsewhere

APPLIANCE = "appliance"
"""Where the array has put a volume. It moves volumes by itself, so a document says so only if there is a choice."""


@dataclasses.dataclass
class Gathered:
    """What was read.

    document: the objects by type, in the order in which they refer to each other. omitted: by type and reason, the
    names of the objects that the document does not hold. secrets: the secret options that it lacks.
    """

    array: Array
    document: Json = dataclasses.field(default_factory=dict)
    omitted: dict[tuple[str, str], list[str]] = dataclasses.field(default_factory=dict)
    secrets: list[Json] = dataclasses.field(default_factory=list)


def gather(client: PowerStoreClient, types: t.Sequence[str], filters: t.Mapping[str, Json]) -> Gathered:
    """Read the objects of types. filters: by type, which objects, in the array's query language."""
    # All filters are checked before anything is read.
    questions = [(item_type(name), question_of(item_type(name), filters.get(name))) for name in types]
    array = array_of(client)
    asked = [(type_, question) for type_, question in questions if is_known(array, type_)]
    rows = {type_.name: rows_of(client, array, type_, question) for type_, question in asked}
    known = [type_ for type_, dummy in asked]
    look_up(client, known, rows)
    read_lists(client, array, known, rows)
    return _Gathering(client, array, known, rows).gathered()


class _Gathering:
    """Turns objects as read into a document."""

    def __init__(self, client: PowerStoreClient, array: Array, types: t.Sequence[ItemType], rows: Rows) -> None:
        self.client = client
        self.types = types
        self.rows = rows
        self.result = Gathered(array)
        self.names, self.own_names = Names(), Names()
        self.other_sides = OtherSides(client)

    def gathered(self) -> Gathered:
        """Return the document."""
        for type_ in self.types:
            self.other_sides.look_up(self.rows[type_.name])
            for row in self.rows[type_.name]:
                place = home_of(type_, row)
                self.own_names.add(type_.resource.type, row, type_.resource.key, place)
                self.names.add(type_.resource.type, row, place=place)
                options_of(type_.resource, row, self._noted)
        for type_ in self.types:
            self._add(type_)
        return self.result

    def _noted(self, ref: Ref, row: Json) -> str:
        """Note the name of an object that another one refers to."""
        self.names.add(ref.type, row)
        return ""

    def _add(self, type_: ItemType) -> None:
        reader = _Reader(self.client, type_, self.names, self._without(type_))
        items = []
        for row in sorted(self.rows[type_.name], key=partial(place_of, type_)):
            options = reader.options(row)
            name = name_of(type_, row, self.names)
            reason = self._not_ours(type_, row)
            reason = reason or reader.refusal(options)
            if reason:
                self.result.omitted.setdefault((type_.name, reason), []).append(name)
                continue
            items.append(options)
            place = {"type": type_.name} if type_.is_singleton else {"type": type_.name, "name": name}
            self.result.secrets += [{**place, "option": option} for option in secrets_of(type_.resource, row)]
        if items:
            self.result.document[type_.name] = items[0] if type_.is_singleton else items

    def _not_ours(self, type_: ItemType, row: Json) -> str:
        """Return why a document cannot describe an object, as a clause behind "it is", or an empty text."""
        resource = type_.resource
        has_name = not type_.is_singleton and resource.has_names
        if has_name and not row.get(resource.key):
            return "without a name"
        # What else identifies an object distinguishes those of one name.
        is_name_alone = has_name and len(resource.identity) == 1
        if is_name_alone and self.own_names.is_ambiguous(resource.type, str(row[resource.key])):
            return "one of several with this name"
        return managed_elsewhere(type_.resource.type, row) or self.other_sides.of(row)

    def _without(self, type_: ItemType) -> set[str]:
        """Return the options that a document does not have.

        With one appliance, it does not say on which one an object is, unless people name the object by it.
        """
        alone = self.result.array.appliances < 2 and APPLIANCE not in type_.resource.identity
        return {*type_.elsewhere, *([APPLIANCE] if alone else [])}


def place_of(type_: ItemType, row: Json) -> tuple[list[str], list[str], str]:
    """Return what the objects of a type are sorted by: what identifies them, in words."""
    resource = type_.resource
    values = [row.get(resource.key)] if resource.has_names else []
    values += [one.current_value(row) for one in resource.identifying if one.option != resource.key or not values]
    words = [in_words(value) if value else "" for value in values]
    return [word.lower() for word in words], words, str(row["id"])


def home_of(type_: ItemType, row: Json) -> str:
    """Return the ids of the objects in which the name of an object is unique, empty if it is in the whole array."""
    resource = type_.resource
    homes = [one.current_value(row) for one in resource.identifying if one.ref and one.option != resource.key]
    return " ".join(str(home["id"]) for home in homes if home)


def name_of(type_: ItemType, row: Json, names: Names) -> str:
    """Return what names an object to people: its name, or what it refers to."""
    resource = type_.resource
    if resource.has_names:
        return str(row.get(resource.key) or row["id"])
    options = options_of(resource, row, names.written)
    return " ".join(str(options[option]) for option in resource.identity if options.get(option)) or str(row["id"])


class _Reader:
    """Writes the options of one type's objects, and lets the module's own checks look at them."""

    def __init__(self, client: PowerStoreClient, type_: ItemType, names: Names, without: set[str]) -> None:
        self.client = client
        self.type = type_
        self.names = names
        self.without = without
        spec = type_.resource.argument_spec()
        self.nothing = type_.resource.no_options()
        self.parts = {name: dict.fromkeys(option["options"]) for name, option in spec.items() if option.get("options")}

    def options(self, row: Json) -> Json:
        """Return the options of an object."""
        return options_of(self.type.resource, row, self.names.written, self.without)

    def refusal(self, options: Json) -> str:
        """Return why the module of this type would refuse the options, as a clause, or an empty text."""
        given = {
            name: [{**self.parts[name], **entry} for entry in value] if name in self.parts else value
            for name, value in options.items()
        }
        try:
            self.type.make_handler(self.client, self.type.resource, {**self.nothing, **given})
        except InputError as error:
            return f"not what the module {self.type.name} takes: {error.message}"
        return ""
