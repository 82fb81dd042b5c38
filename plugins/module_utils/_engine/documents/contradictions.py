# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What two items of a document say that cannot both be true. Each message names both places."""

from __future__ import annotations

import typing as t

from ..lookup.references import Ref, Reference
from ..text.words import sentence
from .items import Item
from .links import Bases, Link, Links, Target, deleted_with, words_of
from .mistakes import DocumentMistakes


def check_names(items: t.Sequence[Item], mistakes: DocumentMistakes) -> list[Item]:
    """Add the objects that two items describe, and return the items but the first of each object.

    Names that differ only in case are the same.
    """
    again = []
    seen: dict[tuple[str, str], Item] = {}
    for item in items:
        if item.type.is_singleton or not item.name:
            continue
        first = seen.setdefault((item.type.resource.type, item.name.lower()), item)
        if first is not item:
            again.append(item)
            both = f"{first.place} and {item.place} both describe {item.name}. Put their options into one item."
            if item.type is not first.type:
                both = f"{first.place} and {item.place} both have the name {item.name}. Give one of them another name."
            mistakes.add(item.place, both, names_place=True)
    return again


def check_objects(items: t.Sequence[Item], mistakes: DocumentMistakes) -> None:
    """Add the objects that two items describe in different words, such as a NAS server by name and by id."""
    seen: dict[t.Hashable, Item] = {}
    for item in items:
        handler, resource = item.handler, item.type.resource
        if item.type.is_singleton or handler is None or item.run is None:
            continue
        known: tuple[t.Hashable, ...] = ()
        if item.run.current:
            known = (str(item.run.current["id"]),)
        elif len(resource.identity) > 1 or not resource.has_names:
            options = handler.resolved_options(None)
            owners = {
                one.option: handler.resolver.resolved(t.cast(Ref, one.ref), options.get(one.option))
                for one in resource.owners
            }
            known = tuple(_same(owners.get(option) or options.get(option)) for option in resource.identity)
        first = seen.setdefault((resource.type, known), item) if known else item
        if first is not item:
            both = f"{first.place} and {item.place} both describe the same {resource.title}."
            mistakes.add(item.place, f"{both} Put their options into one item.", names_place=True)


def _same(value: t.Any) -> str:
    """Return what is the same for all words that mean one object."""
    return str(value.id or value).lower() if isinstance(value, Reference) else str(value).lower()


Claims = t.List[t.Tuple[Item, Item, Link]]
"""Two items with what only one of them can have, as it is linked to the second."""


def check_links(links: t.Mapping[Item, Links], objects: t.Mapping[Target, Item], mistakes: DocumentMistakes) -> Claims:
    """Add what two items claim although only one can have it, and what one refers to and another removes.

    Return the claims: each item can be checked as if the other one had not what both want.
    """
    for item, base in Bases(list(links)).pairs():
        if base.is_absent and not item.is_absent:
            both = f"{item.place} cannot be without the {base.words}, which {base.place} removes."
            mistakes.add(item.place, both, names_place=True)
    claims: Claims = []
    owners: dict[Target, Item] = {}
    slots: dict[tuple[Target, t.Any], Item] = {}
    named = {(link.option, item.type.name, link.target): item for item, of in links.items() for link in of.wanted}
    for item, of_item in links.items():
        for target, words in deleted_with(item).items():
            other = objects.get(target)
            if other and not other.is_absent:
                both = f"{item.place} removes {words} as well, which {other.place} describes."
                mistakes.add(item.place, both, names_place=True)
        for link in of_item.wanted:
            removed = objects.get(link.target)
            if removed and removed.is_absent:
                mistakes.add(item.place, f"{link.option} names {words_of(link)}, which {removed.place} removes.")
            if link.option in item.type.exclusive:
                claims += _check_owner(item, link, owners, mistakes)
            if link.slot is not None:
                first = slots.setdefault((link.target, link.slot), item)
                if first is not item:
                    slot = f"{item.type.slots[link.option]} {link.slot}"
                    both = f"{first.place} and {item.place} both have {slot} on {words_of(link)}."
                    mistakes.add(item.place, both, names_place=True)
            for module, option in item.type.barred.get(link.option, ()):
                other = named.get((option, module, link.target))
                if other:
                    claims += [(item, other, link), (other, item, link)]
                    both = (
                        f"{item.place} has {words_of(link)} in {link.option}, and {other.place} names it in {option}."
                    )
                    hint = f"{sentence(words_of(link))} can have only one of both."
                    mistakes.add(item.place, both, hint, names_place=True)
    return claims


def _check_owner(item: Item, link: Link, owners: dict[Target, Item], mistakes: DocumentMistakes) -> Claims:
    first = owners.setdefault(link.target, item)
    if first is not item:
        both = f"{first.place} and {item.place} both have {words_of(link)} in their {link.option}."
        mistakes.add(item.place, both, "It can be in one only.", names_place=True)
        return [(item, first, link), (first, item, link)]
    return []
