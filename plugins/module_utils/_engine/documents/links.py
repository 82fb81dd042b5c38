# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Links: what the objects of a document refer to, before and after its items are carried out."""

from __future__ import annotations

import dataclasses
import typing as t

from ..data import Json
from ..lookup.references import Ref, Reference
from ..table.attribute import Attribute
from ..table.lists import List
from ..table.resource_type import Dependents
from ..table.values import agrees
from .items import Item

Target = t.Tuple[str, str]
"""An object: its resource type and its id. Of one that does not exist yet, the id is a placeholder. An entry of a list
that refers to nothing, such as an initiator, has the list's option and its value in their place."""


@dataclasses.dataclass(frozen=True)
class Link:
    """An option of an item's object refers to another object. slot: the value that only one object can have there."""

    option: str
    target: Target
    name: str = ""
    slot: t.Any = None


@dataclasses.dataclass
class Links:
    """The links of one item's object.

    released: those that are there now and that the item ends. claimed: those that it makes. wanted: all that its
    options name, whether they are there or not. kept_by: objects that must be deleted before the item's own object can
    be.
    """

    released: list[Link] = dataclasses.field(default_factory=list)
    claimed: list[Link] = dataclasses.field(default_factory=list)
    wanted: list[Link] = dataclasses.field(default_factory=list)
    kept_by: list[Target] = dataclasses.field(default_factory=list)


def words_of(link: Link) -> str:
    """Return the object that a link leads to, in words such as ``volume db07``."""
    noun = link.target[0].replace("_", " ")
    return f"{noun.rstrip('s') if noun == link.option else noun} {link.name or link.target[1]}"


def links_of(item: Item, current: Json | None) -> Links:
    """Return the links of an item, whose references have been looked up. current: its object as read."""
    links = Links()
    for attribute in item.type.resource.attributes:
        if attribute.option in item.type.elsewhere:
            continue  # an item of the other type owns this relation
        if isinstance(attribute, List):
            _links_in_list(item, attribute, current, links)
        elif attribute.ref:
            _links_of_reference(item, attribute, current, links)
    for dependents, row in _going(item, current):
        links.kept_by += _wholes(dependents, row)
    return links


def _wholes(dependents: Dependents, row: Json) -> list[Target]:
    """Return the objects that a dependent is part of."""
    return [
        (type_, str(one["id"])) for relation, type_ in dependents.part_of.items() for one in row.get(relation) or ()
    ]


def place_in_common(item: Item, option: str) -> Target | None:
    """Return the object that an option of an item leads to, such as its NAS server; None if it is not known."""
    resource, current, handler = item.type.resource, item.run.current if item.run else None, item.handler
    attribute = next(one for one in (*resource.owners, *resource.attributes) if one.option == option)
    ref = t.cast(Ref, attribute.ref)
    now = attribute.current_value(current) if current else None
    if now:
        return ref.type, str(now["id"])
    value = handler.desired.get(option) if handler else None
    return _link(option, ref, handler.resolver.reference(ref, value)).target if handler and value else None


@dataclasses.dataclass(frozen=True)
class Bases:
    """What items rest on, among the given ones: other items that lead to the same object. all: also what they only come
    after."""

    items: t.Sequence[Item]
    all: bool = False

    def _bases(self, item: Item) -> list[tuple[str, str]]:
        return [*item.type.rests_on.items(), *(item.type.comes_after.items() if self.all else ())]

    def pairs(self) -> t.Iterator[tuple[Item, Item]]:
        """Yield each item with one that it rests on."""
        wanted = {pair for item in self.items for pair in self._bases(item)}
        there: dict[tuple[str, str, Target | None], list[Item]] = {}
        for item in self.items:
            for name, option in wanted:
                if item.type.name == name:
                    there.setdefault((name, option, place_in_common(item, option)), []).append(item)
        for item in self.items:
            for name, option in self._bases(item):
                place = place_in_common(item, option) if there else None
                for base in there.get((name, option, place), ()) if place else ():
                    yield item, base


def parts_of(item: Item, gone: t.Collection[Target]) -> dict[str, set[str]]:
    """Return the ids of an item's dependents that are deleted as parts of other objects, by option."""
    parts: dict[str, set[str]] = {}
    for one, row in _going(item, item.run.current if item.run else None):
        if any(target in gone for target in _wholes(one, row)):
            parts.setdefault(one.option, set()).add(str(row["id"]))
    return parts


def deleted_with(item: Item) -> dict[Target, str]:
    """Return what the appliance deletes together with an item's object, each in words."""
    current = item.run.current if item.run else None
    going = [(one.type, one.noun, row) for one, row in _going(item, current) if one.type]
    for list_ in item.type.resource.lists if item.is_absent else ():
        if list_.item.ref and list_.deleted_by and item.desired.get(list_.deleted_by):
            going += [(list_.item.ref.type, list_.item.noun, row) for row in list_.rows(current)]
    return {(type_, str(row["id"])): f"{noun} {row.get('name') or row['id']}" for type_, noun, row in going}


def gone_with_others(links: t.Mapping[Item, Links], objects: t.Mapping[Target, Item]) -> list[Item]:
    """Return the items that remove what another item deletes together with its own object."""
    parts = [(item, link) for item, of in links.items() if item.is_absent and item.is_due for link in of.released]
    wholes = [(item, objects.get(link.target)) for item, link in parts if link.option == item.type.goes_with]
    return [item for item, whole in wholes if whole and whole.is_absent and whole.is_due]


def _going(item: Item, current: Json | None) -> list[tuple[Dependents, Json]]:
    going = [one for one in item.type.resource.dependents if one.go(item.desired)]
    return [(one, row) for one in going for row in (current or {}).get(one.option) or ()]


def _links_of_reference(item: Item, attribute: Attribute, current: Json | None, links: Links) -> None:
    handler, option = item.handler, attribute.option
    if handler is None:
        return
    ref = t.cast(Ref, attribute.ref)
    now = attribute.current_value(current) if current else None
    before = [Link(option, (ref.type, str(now["id"])), str(now.get("name")))] if now else []
    if item.is_absent:
        links.released += before
        return
    value = handler.resolved_options(current).get(option)
    if value is None:
        return
    after = [_link(option, ref, value)] if isinstance(value, Reference) else []
    if agrees(attribute, now, value):
        links.wanted += before  # such a reference is not looked up, so only the object as read has the id
        return
    links.wanted += after
    links.released += before
    links.claimed += after


def _links_in_list(item: Item, list_: List, current: Json | None, links: Links) -> None:
    handler, slot = item.handler, item.type.slots.get(list_.option, "")
    if handler is None or not (_leads_to(list_) or list_.option in item.type.exclusive):
        return
    if item.is_absent:
        links.released += [_link_now(list_, row, slot) for row in list_.rows(current)]
        return
    changes = handler.changes(list_, current)
    links.released += [_link_now(list_, row, slot) for row in (*changes.remove, *(one[0] for one in changes.replace))]
    claimed = [_link_wanted(list_, one, slot) for one in changes.add]
    # What stays and changes is not looked up, so only the object as read has the id.
    replaced = [(_link_now(list_, row, slot), wanted) for row, wanted, dummy in changes.replace]
    claimed += [dataclasses.replace(link, slot=wanted.get(slot)) for link, wanted in replaced]
    links.claimed += claimed
    links.wanted += claimed
    gone = [id(row) for row, dummy, dummy2 in changes.replace]
    kept = [row for row, want in changes.kept if want is not None and id(row) not in gone]
    links.wanted += [_link_now(list_, row, slot) for row in kept]


def _leads_to(list_: List) -> Ref | None:
    """Return what the items of a list refer to, None if they refer to nothing."""
    return list_.item.ref or next((key.ref for key in list_.item.key_attributes() if key.ref), None)


def _link_now(list_: List, row: t.Any, slot: str) -> Link:
    ref = _leads_to(list_)
    if ref is None:
        return Link(list_.option, (list_.option, _value(list_, row)), list_.item.name_of(row))
    if list_.item.ref:
        return Link(list_.option, (ref.type, str(row["id"])), str(row.get("name")))
    side = list_.item.key_attributes()[0].current_value(row)
    at = next((one.current_value(row) for one in list_.item.attributes if one.option == slot), None)
    return Link(list_.option, (ref.type, str(side["id"])), str(side.get("name")), at)


def _link_wanted(list_: List, wanted: t.Any, slot: str) -> Link:
    ref = _leads_to(list_)
    if ref is None:
        return Link(list_.option, (list_.option, _value(list_, wanted)), list_.item.name_of(wanted))
    if list_.item.ref:
        return _link(list_.option, ref, wanted)
    link = _link(list_.option, ref, wanted[list_.item.key_attributes()[0].option])
    return dataclasses.replace(link, slot=wanted.get(slot))


def _value(list_: List, entry: t.Any) -> str:
    """Return what identifies an entry that refers to nothing, in its normal form."""
    keys = list_.item.key_attributes()
    values = [key.normalize(entry.get(key.option) or key.current_value(entry)) for key in keys]
    return " ".join(map(str, values)) if keys else str(list_.item.normalize(entry))


def _link(option: str, ref: Ref, reference: Reference) -> Link:
    """Return the link for a reference. Without an id, its name stands for one: the object was not looked up."""
    name = str(reference)
    return Link(option, (ref.type, reference.id or name.lower()), name)
