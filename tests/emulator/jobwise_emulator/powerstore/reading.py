# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers to GET: collections and instances through the query language."""

from __future__ import annotations

from jobwise_emulator.exchange import Json, Reply, Request
from jobwise_emulator.powerstore.appliance_state import ApplianceState
from jobwise_emulator.powerstore.bodies import find
from jobwise_emulator.powerstore.catalog import is_localized
from jobwise_emulator.powerstore.errors import Refused, VirtualVolumeNotFound, not_found
from jobwise_emulator.powerstore.query_language import pages, select
from jobwise_emulator.powerstore.query_language.filters import FilterParser
from jobwise_emulator.powerstore.query_language.quoting import split, unquoted
from jobwise_emulator.powerstore.relations import Relations
from jobwise_emulator.powerstore.routes import Route

PAGING = ("order", "offset", "limit")


def read_collection(world: ApplianceState, request: Request, kind: str, given_entries: list[Json] | None) -> Reply:
    """A collection: filtered, sorted, one page of it; types that take no query ignore all but ``select``.

    The objects are those of the store, unless they are given.
    """
    catalog = world.catalog
    relations = Relations(catalog, world.store)
    given = dict(request.query)
    items = select.parse(catalog, kind, given.get("select"))
    headers: dict[str, str] = {}
    if catalog.is_simple(kind):
        entries = world.store.all(kind) if given_entries is None else given_entries
    else:
        entries = filtered(world, relations, request, kind, given_entries)
        first, size = pages.window(given.get("offset"), given.get("limit"), request.headers.get("range"))
        if "order" in given:
            entries = pages.in_order(catalog, relations, kind, entries, given["order"])
        entries, headers = pages.page(entries, first, size)
    body = [select.render(catalog, relations, kind, entry, items) for entry in entries]
    return Reply(206 if headers else 200, body, headers)


def filtered(
    world: ApplianceState, relations: Relations, request: Request, kind: str, entries: list[Json] | None
) -> list[Json]:
    """The objects, all of the store unless they are given, that all filters hold for."""
    conditions = [(name, text) for name, text in request.query if name not in ("select", *PAGING)]
    predicate = FilterParser(world.catalog, relations, kind).parameters(conditions)
    if entries is None:
        entries = narrowed(world, kind, conditions)
    return [entry for entry in entries if predicate(entry) is True]


def narrowed(world: ApplianceState, kind: str, conditions: list[tuple[str, str]]) -> list[Json]:
    """The objects that conditions may hold for, as few as an index finds: by a text that is one of a few values."""
    attributes, found = world.catalog.attributes(kind), None
    for name, text in conditions:
        values = None if is_localized(name, attributes) else wanted_texts(attributes.get(name, {}), text)
        if values is not None:
            keyed = {entry["id"]: entry for value in values for entry in world.store.like(kind, name, value)}
            if found is None or len(keyed) < len(found):
                found = keyed
    if found is None:
        return world.store.all(kind)
    return sorted(found.values(), key=lambda entry: int(getattr(entry, "number", 0)))


def wanted_texts(facts: Json, text: str) -> list[str] | None:
    """The values that ``eq`` or ``in`` asks a text for; None for any other condition."""
    if facts.get("type") != "string" or facts.get("format") == "date-time":
        return None
    if text.startswith("eq."):
        return [text[len("eq.") :]]
    return [unquoted(item.strip()) for item in split(text[len("in.(") : -1])] if text.startswith("in.(") else None


def read_instance(world: ApplianceState, request: Request, route: Route) -> Reply:
    """One object by id or name; filters narrow what a name may mean."""
    catalog, kind, key = world.catalog, route.kind, route.key or ""
    relations = Relations(catalog, world.store)
    items = select.parse(catalog, kind, dict(request.query).get("select"))
    if key.startswith("name:") and catalog.by_name(kind):
        entries = world.store.named(kind, key[len("name:") :])
    elif kind == "virtual_volume":
        entries = [entry for entry in [world.store.get(kind, key)] if entry]
    else:
        entries = [find(catalog, world.store, kind, key)]
    if not catalog.is_simple(kind):
        entries = filtered(world, relations, request, kind, entries)
    if not entries:
        raise VirtualVolumeNotFound(key) if kind == "virtual_volume" else not_found(kind, key)
    if len(entries) > 1:
        raise Refused(400, "0xE04040010006", f"More than one {kind} is called {key[5:]}; use the id.", key[5:])
    return Reply(200, select.render(catalog, relations, kind, entries[0], items))
