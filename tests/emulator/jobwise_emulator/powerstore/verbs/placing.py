# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the attributes of a body are stored, and how a list is changed by its additions and removals.

An attribute of the instance keeps its value there. ``add_`` and ``remove_`` change the list without the prefix. A list
of ids that is called after a relation sets that relation. What cannot be read back, such as a password, is hidden.
"""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import Any

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState
from jobwise_emulator.powerstore.catalog import Catalog
from jobwise_emulator.powerstore.errors import invalid, no_rules
from jobwise_emulator.powerstore.relations import Relations

# Attributes of bodies that are stored under another name than their own.
ELSEWHERE = {
    ("bond", "port_ids"): "eth_ports",
    ("fsn", "port_ids"): "eth_ports",
}
# Attributes whose effect needs rules that this emulator does not have; a body with one is refused as a whole.
UNSERVED = {
    ("ip_port", "network_id"),
    ("ip_port", "network_ids"),
}
# Lists of texts in a body that are read back as structures: the attribute that has the text.
LIFTED = {("kmip_config", "servers"): "address"}
# Lists of structures of which a change replaces those that it gives and keeps the others: what identifies one.
KEYED = {("file_events_pool", "file_events_settings"): "events_category"}
PREFIXES = {"add_": "add", "remove_": "remove"}


@dataclasses.dataclass(frozen=True)
class Place:
    """Where an attribute of a body goes. ``how`` is set, add, remove or hide; ``relation``: a list of related ids."""

    how: str
    name: str
    relation: bool = False


@cache
def place_of(catalog: Catalog, kind: str, name: str) -> Place:
    """The place of an attribute of a body."""
    attributes = catalog.attributes(kind)
    if name in attributes:
        return Place("set", name, attributes[name]["type"] == "relation")
    for prefix, how in PREFIXES.items():
        if name.startswith(prefix):
            inner = place_of(catalog, kind, name.removeprefix(prefix))
            if inner.how == "set":
                return Place(how, inner.name, inner.relation)
    for target in (ELSEWHERE.get((kind, name)), *relation_names(name)):
        if target and attributes.get(target, {}).get("type") == "relation":
            return Place("set", target, relation=True)
    return Place("hide", f"@{name}")


def relation_names(name: str) -> tuple[str, ...]:
    """What the relation may be called that an attribute with ids sets."""
    stem = name.removesuffix("_ids").removesuffix("_id")
    return () if stem == name else (f"{stem}s", f"{stem}es", stem)


def refuse_unserved(kind: str, body: Json) -> None:
    """422 for an attribute whose effect is not emulated."""
    for name in sorted(body):
        if (kind, name) in UNSERVED:
            raise no_rules(kind, name)


@cache
def defaults(catalog: Catalog, kind: str) -> Json:
    """The values that a create gives to attributes that a body leaves out."""
    struct = catalog.types[kind]["verbs"]["create"].get("body")
    attributes = catalog.struct(struct)["attributes"] if struct else {}
    return {name: facts["default"] for name, facts in attributes.items() if "default" in facts}


def check_lists(world: ApplianceState, kind: str, entry: Json, body: Json) -> None:
    """400 for a list given whole and by its changes, for an item added that is there, or removed that is not."""
    for name, value in body.items():
        place = place_of(world.catalog, kind, name)
        if place.how not in ("add", "remove") or not isinstance(value, list):
            continue
        whole = [
            other for other in body if place_of(world.catalog, kind, other) == Place("set", place.name, place.relation)
        ]
        if whole:
            raise invalid(f"{name} cannot be combined with {whole[0]}.", name)
        have = current(world, kind, entry, place)
        wrong = [one for one in value if (lifted(kind, place, one) in have) == (place.how == "add")]
        if wrong:
            text = "is there already" if place.how == "add" else "is not there"
            raise invalid(f"{wrong[0]} in {name} {text}.", str(wrong[0]))


def current(world: ApplianceState, kind: str, entry: Json, place: Place) -> list[Any]:
    """The list as it is."""
    if place.relation:
        return Relations(world.catalog, world.store).keys(kind, entry, place.name)
    return list(entry.get(place.name) or [])


def fill(world: ApplianceState, kind: str, entry: Json, body: Json) -> None:
    """Store what a body gives in the object itself. Removals run before additions."""
    for name, value in sorted(body.items(), key=lambda item: not item[0].startswith("remove_")):
        place = place_of(world.catalog, kind, name)
        if place.relation:
            continue
        if place.how == "hide":
            entry[place.name] = value
        else:
            entry[place.name] = stored(world, kind, entry, place, value)


def stored(world: ApplianceState, kind: str, entry: Json, place: Place, value: Any) -> Any:
    """The value that an attribute has after it was given: an empty text that clears is null, structures are merged."""
    if isinstance(value, list):
        given = [lifted(kind, place, one) for one in value]
        have = list(entry.get(place.name) or [])
        if place.how == "add":
            return have + [one for one in given if one not in have]
        if place.how == "set" and (kind, place.name) in KEYED:
            return replaced(have, given, KEYED[kind, place.name])
        return [one for one in have if one not in given] if place.how == "remove" else given
    if isinstance(value, dict) and isinstance(entry.get(place.name), dict):
        return {**entry[place.name], **value}
    return None if value == "" and clears(world.catalog, kind, place.name) else value


def replaced(have: list[Json], given: list[Json], key: str) -> list[Json]:
    """A list of structures with the given ones in the place of those with the same key."""
    keys = [one[key] for one in given]
    return [one for one in have if one[key] not in keys] + given


@cache
def clears(catalog: Catalog, kind: str, name: str) -> bool:
    """Whether an empty text unsets an attribute: a reference, a description, or one that the document says so of."""
    verbs = catalog.types[kind]["verbs"]
    structs = [verbs[verb]["body"] for verb in ("create", "modify") if verbs.get(verb, {}).get("body")]
    facts = [catalog.struct(struct)["attributes"].get(name, {}) for struct in structs]
    return name == "description" or any(one.get("clears") or one.get("ref") for one in facts)


def lifted(kind: str, place: Place, value: Any) -> Any:
    """An item of a list as it is stored: a text may become a structure."""
    attribute = LIFTED.get((kind, place.name))
    return {attribute: value} if attribute and isinstance(value, str) else value


def connect(world: ApplianceState, kind: str, entry: Json, body: Json) -> None:
    """Set the relations that a body gives by ids, or by the structures of the related objects."""
    for name, value in sorted(body.items(), key=lambda item: not item[0].startswith("remove_")):
        place = place_of(world.catalog, kind, name)
        if not place.relation:
            continue
        relations = Relations(world.catalog, world.store)
        have = relations.keys(kind, entry, place.name)
        given = value if isinstance(value, list) else [value] if value else []
        if given and isinstance(given[0], dict):
            given = [child(world, kind, place.name, one) for one in given]
        if place.how == "add":
            given = [*have, *given]
        elif place.how == "remove":
            given = [key for key in have if key not in given]
        relations.set_keys(kind, entry, place.name, given)


def child(world: ApplianceState, kind: str, name: str, attributes: Json) -> str:
    """Make and store an object that a body describes inside another one; what cannot be read of it is hidden."""
    target = world.catalog.attributes(kind)[name]["relation"]
    known = world.catalog.attributes(target)
    entry = world.new(target, id=world.new_id())
    entry.update({key if key in known else f"@{key}": value for key, value in attributes.items()})
    world.store.add(target, entry)
    return str(entry["id"])
