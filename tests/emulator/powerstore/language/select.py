# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``select``: which attributes an answer has, nested through relations."""

from __future__ import annotations

import dataclasses

from tests.emulator.exchange import Json
from tests.emulator.powerstore.catalog import Catalog, display, is_localized
from tests.emulator.powerstore.errors import validation
from tests.emulator.powerstore.language.filters import split
from tests.emulator.powerstore.relations import Relations


@dataclasses.dataclass(frozen=True)
class Item:
    """One selected attribute; ``inner`` is the selection behind a relation."""

    name: str
    inner: tuple[Item, ...] = ()


def parse(catalog: Catalog, kind: str, text: str | None) -> tuple[Item, ...]:
    """The selection a text asks for, ``id`` without one; raises 400 for an unknown attribute."""
    attributes = catalog.attributes(kind)
    if text is None:
        return (Item("id"),) if "id" in attributes else parse(catalog, kind, "*")
    items: list[Item] = []
    for part in split(text):
        name, bracket, inner = part.strip().partition("(")
        if name == "*" and not bracket:
            items += [Item(plain) for plain, facts in attributes.items() if facts["type"] != "relation"]
            continue
        facts = attributes.get(name)
        if facts is None:
            raise validation(f"Attribute {name} selected is not an attribute of {kind}.")
        if facts["type"] == "relation":
            behind = parse(catalog, facts["relation"], inner.rstrip()[:-1] if bracket else None)
            items.append(Item(name, behind))
        elif bracket:
            raise validation(f"Attribute {name} of {kind} is embedded and comes whole; nothing in it can be selected.")
        else:
            items.append(Item(name))
    return tuple(items)


def render(catalog: Catalog, relations: Relations, kind: str, entry: Json, items: tuple[Item, ...]) -> Json:
    """An object as the answer shows it."""
    attributes = catalog.attributes(kind)
    shown: Json = {}
    for item in items:
        facts = attributes[item.name]
        if facts["type"] == "relation":
            others = relations.follow(kind, entry, item.name)
            target = facts["relation"]
            found = [render(catalog, relations, target, other, item.inner) for other in others]
            shown[item.name] = found if facts["many"] else (found[0] if found else None)
        elif is_localized(item.name, attributes):
            shown[item.name] = display(entry.get(item.name[: -len("_l10n")]))
        else:
            shown[item.name] = embed(catalog, facts, entry.get(item.name))
    return shown


def embed(catalog: Catalog, facts: Json, value: object) -> object:
    """A stored value with embedded structs complete: all their attributes, display texts included."""
    if isinstance(value, list):
        return [embed(catalog, facts.get("items", {}), item) for item in value]
    if not isinstance(value, dict) or not facts.get("struct"):
        return value
    struct = catalog.struct(facts["struct"])
    if struct.get("open"):
        return value
    attributes = struct["attributes"]
    return {
        name: display(value.get(name[: -len("_l10n")]))
        if is_localized(name, attributes)
        else embed(catalog, inner, value.get(name))
        for name, inner in attributes.items()
    }
