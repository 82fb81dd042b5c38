# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``select``: which attributes an answer has, nested through relations."""

from __future__ import annotations

import dataclasses

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.catalog import Catalog, display, is_localized
from jobwise_emulator.powerstore.errors import validation
from jobwise_emulator.powerstore.query_language.quoting import split
from jobwise_emulator.powerstore.relations import Relations
from jobwise_emulator.powerstore.unlisted import JOINS


@dataclasses.dataclass(frozen=True)
class Item:
    """One selected attribute; ``inner`` is the selection behind a relation or in an embedded structure."""

    name: str
    inner: tuple[Item, ...] = ()


def parse(catalog: Catalog, kind: str, text: str | None) -> tuple[Item, ...]:
    """The selection a text asks for, ``id`` without one; raises 400 for an unknown attribute."""
    attributes = catalog.attributes(kind)
    if text is None:
        return (Item("id"),) if "id" in attributes else parse(catalog, kind, "*")
    items: list[Item] = []
    for part in split(text):
        name, bracket, rest = part.strip().partition("(")
        inner = rest.rstrip()[:-1] if bracket else None
        name = JOINS.get((kind, name), name)
        if name == "*" and not bracket:
            items += [Item(plain) for plain, facts in attributes.items() if facts["type"] != "relation"]
            continue
        facts = attributes.get(name)
        if facts is None:
            raise unknown(name, kind)
        if facts["type"] == "relation":
            items.append(Item(name, parse(catalog, facts["relation"], inner)))
        elif inner is not None:
            items.append(Item(name, parts_of(catalog, facts, f"{kind}.{name}", inner)))
        else:
            items.append(Item(name))
    return tuple(items)


def parts_of(catalog: Catalog, facts: Json, path: str, text: str) -> tuple[Item, ...]:
    """The selection inside an embedded structure, or inside each one of a list; 400 for an unknown attribute."""
    struct = facts.get("struct") or facts.get("items", {}).get("struct")
    if struct is None:
        raise validation(f"Nothing in attribute {path} can be selected.")
    attributes = catalog.struct(struct)["attributes"]
    items: list[Item] = []
    for part in split(text):
        name, bracket, rest = part.strip().partition("(")
        if name not in attributes:
            raise unknown(name, path)
        inner = parts_of(catalog, attributes[name], f"{path}.{name}", rest.rstrip()[:-1]) if bracket else ()
        items.append(Item(name, inner))
    return tuple(items)


def unknown(name: str, where: str) -> Exception:
    """400 for an attribute that does not exist."""
    return validation(f"Attribute {name} selected is not an attribute of {where}.")


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
            shown[item.name] = cut(embed(catalog, facts, entry.get(item.name)), item.inner)
    return shown


def cut(value: object, items: tuple[Item, ...]) -> object:
    """An embedded structure, or a list of them, with the selected attributes only; all without a selection."""
    if not items:
        return value
    if isinstance(value, list):
        return [cut(one, items) for one in value]
    if not isinstance(value, dict):
        return value
    return {item.name: cut(value.get(item.name), item.inner) for item in items}


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
