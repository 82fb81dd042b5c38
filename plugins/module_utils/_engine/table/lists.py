# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lists: an option that holds several items, and the channel through which the API changes them.

An item is a plain value, a reference to an object, or a structure that some of its options identify. The channel is the
whole list in the request body (`Whole`), lists of what to add, remove and modify in it (`Patch`), or actions of the
object (`Action`). The option ``<list>_mode`` says whether the task means the whole list or items to add or remove.
"""

from __future__ import annotations

import dataclasses
import typing as t

from ..data import Json
from ..lookup.references import Ref, Reference, distinct
from .attribute import SECRET, Attribute, Normalize, as_is
from .read_path import EACH, root_of, value_at
from .whole_list import Whole

MODES = ("exact", "add", "remove")
EXACT, ADD, REMOVE = MODES


@dataclasses.dataclass(frozen=True)
class Item:
    """What a list holds.

    noun: an item's name in messages, in the singular. ref: what it refers to. attributes: the options of a structure;
    key: those that identify it, its position if empty. normalize: normal form of a plain value. show: how messages and
    the diff write it, if the appliance has a notation of its own.
    """

    noun: str = "entry"
    ref: Ref | None = None
    attributes: tuple[Attribute, ...] = ()
    key: tuple[str, ...] = ()
    normalize: Normalize = as_is
    show: Normalize = as_is

    def key_attributes(self) -> list[Attribute]:
        """Return the attributes that identify a structure."""
        return [attribute for attribute in self.attributes if attribute.option in self.key]

    def matches(self, row: t.Any, wanted: t.Any) -> bool:
        """Return whether a current entry is the desired item. Its other attributes may differ."""
        if self.ref:
            return bool(wanted.matches(row))
        if not self.attributes:
            return bool(self.normalize(row) == self.normalize(wanted))
        return all(_same(key, key.current_value(row), wanted[key.option]) for key in self.key_attributes())

    def is_same(self, wanted: Json, other: Json) -> bool:
        """Return whether two desired structures have the same key."""
        return all(
            str(key.normalize(wanted[key.option])).lower() == str(key.normalize(other[key.option])).lower()
            for key in self.key_attributes()
        )

    def differing(self, row: t.Any, wanted: t.Any, update_secrets: bool) -> list[Attribute]:
        """Return the attributes that the task gives and whose current value differs, and the secrets to write."""
        given = [one for one in self.attributes if one.option not in self.key and wanted.get(one.option) is not None]
        differ = {
            attribute.option
            for attribute in given
            if not attribute.unreadable
            if not _same(attribute, attribute.current_value(row), wanted[attribute.option])
        }
        return [
            attribute
            for attribute in given
            if attribute.option in differ
            or (attribute.sensitive and (update_secrets or differ.intersection(attribute.belongs_to)))
        ]

    def name_of(self, entry: t.Any) -> str:
        """Return the words for a current entry or a desired item in messages."""
        if isinstance(entry, Reference):
            return str(entry)
        if self.ref:
            return str(entry.get("name") or entry["id"])
        if not self.attributes:
            return str(self.show(entry))
        return " ".join(_shown(key, _value_of(key, entry)) for key in self.key_attributes())

    def shown(self, wanted: Json) -> t.Any:
        """Return a desired item as the diff shows it."""
        if not self.attributes:
            return self.name_of(wanted)
        given = (attribute for attribute in self.attributes if wanted.get(attribute.option) is not None)
        return {
            attribute.option: SECRET if attribute.sensitive else _shown(attribute, wanted[attribute.option])
            for attribute in given
        }

    def shown_now(self, row: t.Any, options: t.Collection[str]) -> t.Any:
        """Return a current entry as the diff shows it. options: those of its options that the task manages."""
        if not self.attributes:
            return self.name_of(row)
        return {
            attribute.option: SECRET if attribute.unreadable else _shown(attribute, attribute.current_value(row))
            for attribute in self.attributes
            if attribute.option in options or attribute.option in self.key
        }


def _value_of(attribute: Attribute, entry: t.Any) -> t.Any:
    """Return the value in a desired item or in a current entry."""
    value = entry.get(attribute.option)
    return value if value is not None else attribute.current_value(entry)


def _same(attribute: Attribute, current: t.Any, desired: t.Any) -> bool:
    if isinstance(desired, Reference):
        return bool(current) and desired.matches(current)
    return bool(attribute.normalize(current) == attribute.normalize(desired))


def _shown(attribute: Attribute, value: t.Any) -> t.Any:
    if isinstance(value, Reference):
        return str(value)
    if attribute.ref and isinstance(value, dict):
        return str(value.get("name") or value["id"])
    return attribute.in_words(value)


@dataclasses.dataclass(frozen=True)
class Patch:
    """The change request has lists of what to add, remove and modify.

    action: the action whose request has them; empty for the request that changes the object. whole: the list's name if
    that request also takes all items in place of the present ones, which it does for a task that means exactly these.
    create: the list's name in the create request; empty if that takes none.
    together: whether one request takes several of these lists, also those of other options, and attributes. Without
    it, each of them is a request of its own.
    complete: whether ``modify`` replaces structures, so that a request contains all their attributes.
    """

    add: str
    remove: str
    modify: str = ""
    create: str = ""
    action: str = ""
    whole: str = ""
    together: bool = False
    complete: bool = False


@dataclasses.dataclass(frozen=True)
class Action:
    """Actions of the object add and remove items.

    api_name: the name of the list of references in the body of an action; without it, an action takes one item, whose
    attributes are the body. value: of plain values, the name of the one that an action takes. create: as in `Patch`.
    creates_one: whether the create request takes the attributes of one item; of several such lists, it takes one item
    in all. words: the verbs of messages.
    """

    add: str
    remove: str
    api_name: str = ""
    value: str = ""
    create: str = ""
    creates_one: bool = False
    words: tuple[str, str] = ("add", "remove")


Channel = t.Union[Whole, Patch, Action]

NEVER = ""
"""The value of `List.replace` if an item that cannot be modified is never removed and added again."""


@dataclasses.dataclass(frozen=True)
class List(Attribute):
    """An option that holds a list of items.

    read: ends with ``[]`` if it leads to related objects, of which ``select`` names the attributes to read; embedded
    structures come as a whole. read_by: the action that returns the list, if the object as read does not have it; the
    handler adds it under the option's name. default: the entries of a new object. item, channel: see there.
    replace: the option with which the user consents to removing an item and adding it again, if it differs in something
    that cannot be modified; `NEVER` refuses. deleted_by: the option that deletes the items together with the object.
    released_by: the option with which a task that deletes the object first removes the items that it names.
    """

    type: str = "list"
    read_by: str = ""
    item: Item = Item()
    channel: Channel = Whole()
    replace: str = NEVER
    deleted_by: str = ""
    released_by: str = ""

    @property
    def has_secret(self) -> bool:
        """Whether an entry has what the appliance never shows. Of a list that changes by items, its items say it."""
        return isinstance(self.channel, Whole) and bool(self.channel.unreadable)

    @property
    def mode(self) -> str:
        """Name of the option that says how the list is meant, empty if the channel takes only the whole list."""
        return "" if isinstance(self.channel, Whole) else f"{self.option}_mode"

    @property
    def looks_up(self) -> bool:
        """Whether the object as read holds only ids of the objects that the list refers to."""
        ref = self.item.ref or self.ref
        return ref is not None and self.read.rpartition(".")[2] == self.api_name

    def argument(self) -> Json:
        """Return the option's argument spec."""
        if not self.item.attributes:
            return {"type": "list", "elements": "str", **self.spec}
        options = {
            attribute.option: {
                **attribute.argument(),
                **({"required": True} if self._demands(attribute) else {}),
            }
            for attribute in self.item.attributes
        }
        return {"type": "list", "elements": "dict", "options": options, **self.spec}

    def _demands(self, attribute: Attribute) -> bool:
        """Return whether each item must have an attribute. If items are added, only new ones need more than a key."""
        return attribute.option in self.item.key or (attribute.required and isinstance(self.channel, Whole))

    def lacking(self, wanted: t.Any) -> list[str]:
        """Return the options that an item needs before it can be added."""
        return [one.option for one in self.item.attributes if one.required and wanted.get(one.option) is None]

    def secrets_in(self, body: Json) -> set[t.Any]:
        """Return the keys, in normal form, of the items whose secrets a request body contains."""
        channel = self.channel
        if not isinstance(channel, Patch):
            return set()
        secrets = [attribute.api_name for attribute in self.item.attributes if attribute.sensitive]
        entries = [entry for name in (channel.create, channel.add, channel.modify) for entry in body.get(name) or ()]
        return {
            tuple(key.normalize(entry[key.api_name]) for key in self.item.key_attributes())
            for entry in entries
            if isinstance(entry, dict) and any(name in entry for name in secrets)
        }

    def without_secrets(self, wanted: t.Any, written: t.Collection[t.Any]) -> t.Any:
        """Return a desired item without its secrets if a request has written them. written: from `secrets_in`."""
        keys = tuple(key.normalize(wanted[key.option]) for key in self.item.key_attributes())
        if keys not in written:
            return wanted
        secrets = [attribute.option for attribute in self.item.attributes if attribute.sensitive]
        return {option: value for option, value in wanted.items() if option not in secrets}

    def wanted(self, desired: Json) -> list[t.Any]:
        """Return the desired items without repetitions."""
        return unique(self.item, desired[self.option])

    def in_body(self, wanted: t.Any, by_name: str) -> t.Any:
        """Return a desired item as request bodies contain it. by_name: template for a name in place of an id."""
        if not isinstance(wanted, dict):
            return _in_body(wanted, by_name)
        given = (attribute for attribute in self.item.attributes if wanted.get(attribute.option) is not None)
        return {attribute.api_name: _in_body(wanted[attribute.option], by_name) for attribute in given}

    def as_read(self, row: Json) -> Json:
        """Return a current structure as request bodies contain it, as far as it can be read."""
        values = {one.api_name: one.current_value(row) for one in self.item.attributes if not one.unreadable}
        return {name: value for name, value in values.items() if value is not None}

    def key_in_body(self, row: t.Any) -> t.Any:
        """Return what identifies a current entry in request bodies: its id, its value, or the key of a structure."""
        if self.item.ref:
            return row["id"]
        if not self.item.attributes:
            return row
        keys = self.keys_in_body(row)
        return keys if isinstance(self.channel, Action) or len(keys) > 1 else next(iter(keys.values()))

    def keys_in_body(self, row: Json) -> Json:
        """Return the attributes that identify a current structure, as request bodies contain them."""
        values = [(key, key.current_value(row)) for key in self.item.key_attributes()]
        return {key.api_name: value["id"] if key.ref and isinstance(value, dict) else value for key, value in values}

    def rows(self, current: Json | None) -> list[t.Any]:
        """Return the current entries, those of a new object without a current one.

        Of mixed lists, those that have what identifies an item.
        """
        found = (self.current_value(current) if current else self.default) or []
        return [row for row in found if all(key.current_value(row) is not None for key in self.item.key_attributes())]

    def current_value(self, current: Json) -> t.Any:
        """Return the list in the object as read."""
        is_added = self.looks_up or self.read_by
        return current.get(self.option) if is_added else value_at(current, self.read.rstrip(EACH))

    def fields(self) -> dict[str, tuple[str, ...]]:
        """Return the fields to read."""
        if self.read_by:
            return {}
        root = root_of(self.read)
        if self.item.ref and not self.looks_up:
            return {root: ("id", "name")}
        if not self.item.attributes or not self.read.endswith(EACH) or isinstance(self.channel, Whole):
            return {root: ()}
        inner: dict[str, None] = {"id": None}
        for attribute in self.item.attributes:
            for name, subs in attribute.fields().items():
                inner[f"{name}({','.join(subs)})" if subs else name] = None
        return {root: tuple(inner)}


def _in_body(value: t.Any, by_name: str) -> t.Any:
    return value.in_body(by_name) if isinstance(value, Reference) else value


def unique(item: Item, wanted: t.Sequence[t.Any]) -> list[t.Any]:
    """Return the desired items without repetitions."""
    if item.ref:
        return distinct(wanted)
    if item.attributes:
        return list(wanted)
    return list({str(item.normalize(value)): value for value in wanted}.values())
