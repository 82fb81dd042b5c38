# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Request bodies against the schema: unknown and missing attributes, types, enums, limits, and names for ids."""

from __future__ import annotations

import json
import re
from typing import Any

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.catalog import Catalog
from jobwise_emulator.powerstore.errors import Refused, invalid, not_found, validation
from jobwise_emulator.powerstore.query_language.comparison import instant
from jobwise_emulator.powerstore.store import Store

JSON_TYPES: list[tuple[type, str]] = [(bool, "boolean"), (int, "integer"), (float, "number"), (str, "string")]


def json_type(value: Any) -> str:
    """The JSON name of a value's type."""
    if value is None:
        return "null"
    for python, name in JSON_TYPES:
        if isinstance(value, python):
            return name
    return "array" if isinstance(value, list) else "object"


def parse(body: bytes, struct: str | None, required: bool) -> Json:
    """The body as an object; ``struct`` is None for an operation that takes none. Raises 400."""
    if not body.strip():
        if required:
            raise invalid("A request body is required.")
        return {}
    try:
        value = json.loads(body)
    except ValueError:
        raise invalid("The request body is not valid JSON.") from None
    if not isinstance(value, dict):
        raise validation(f'Instance type ({json_type(value)}) does not match any allowed type (allowed: ["object"]).')
    if struct is None and value:
        raise invalid("This operation takes no request body.")
    return value


def check(catalog: Catalog, struct: str, value: Json, path: str = "") -> Json:
    """Hold an object against a struct; raises 400 with the first thing that is wrong.

    Returns what counts as given: null stands for "not given" unless the attribute is nullable or required.
    """
    facts = catalog.struct(struct)
    if facts.get("open"):
        return value
    prefix = f"[Path '{path}'] " if path else ""
    unknown = sorted(set(value) - set(facts["attributes"]))
    if unknown:
        raise validation(
            f"{prefix}Object instance has properties which are not allowed by the schema: {json.dumps(unknown)}."
        )
    missing = sorted(set(facts.get("required", [])) - set(value))
    if missing:
        raise validation(f"{prefix}Object has missing required properties ({json.dumps(missing)}).")
    given: Json = {}
    for name, item in value.items():
        attribute = facts["attributes"][name]
        if item is not None or attribute.get("nullable") or name in facts.get("required", []):
            given[name] = check_value(catalog, attribute, item, f"{path}/{name}")
    return given


def check_value(catalog: Catalog, facts: Json, value: Any, path: str) -> Any:
    """Hold one value against the facts of its attribute; returns it without what counts as not given."""
    if value is None and facts.get("nullable"):
        return None
    have, want = json_type(value), facts["type"]
    if have != want and not (want == "number" and have == "integer"):
        raise validation(
            f"[Path '{path}'] Instance type ({have}) does not match any allowed primitive type (allowed: [\"{want}\"])."
        )
    if have == "array":
        return check_list(catalog, facts, value, path)
    if have == "object" and facts.get("struct"):
        return check(catalog, facts["struct"], value, path)
    if have == "string":
        check_text(catalog, facts, value, path)
    elif have in ("integer", "number"):
        check_number(facts, value, path)
    return value


def check_list(catalog: Catalog, facts: Json, value: list[Any], path: str) -> list[Any]:
    """Length, doubles and items of a list."""
    if len(value) < facts.get("min_items", 0) or len(value) > facts.get("max_items", len(value)):
        raise validation(f"[Path '{path}'] Array has {len(value)} elements, which is not allowed.")
    if facts.get("unique") and len({json.dumps(item) for item in value}) < len(value):
        raise validation(f"[Path '{path}'] Array must not contain duplicate elements.")
    return [check_value(catalog, facts["items"], item, f"{path}/{index}") for index, item in enumerate(value)]


def check_text(catalog: Catalog, facts: Json, value: str, path: str) -> None:
    """Enum, length, pattern and format of a string."""
    if facts.get("clears") and not value:
        return
    allowed = catalog.enums.get(facts.get("enum", ""))
    if allowed is not None and value not in allowed:
        raise validation(
            f"[Path '{path}'] Instance value (\"{value}\") not found in enum (possible values: {json.dumps(allowed)})."
        )
    if len(value) > facts.get("max_length", len(value)):
        raise validation(
            f"[Path '{path}'] String is too long (length: {len(value)}, maximum allowed: {facts['max_length']})."
        )
    shortest = facts.get("min_length", 1 if facts.get("ref") else 0)
    if len(value) < shortest:
        raise validation(f"[Path '{path}'] String is too short (length: {len(value)}, required minimum: {shortest}).")
    if facts.get("pattern") and not re.search(facts["pattern"], value):
        raise validation(f"[Path '{path}'] ECMA 262 regex \"{facts['pattern']}\" does not match the input.")
    if facts.get("format") == "date-time" and ("T" not in value or instant(value) is None):
        raise validation(f"[Path '{path}'] String is invalid against requested date format(s) yyyy-MM-dd'T'HH:mm:ssZ.")


def check_number(facts: Json, value: float, path: str) -> None:
    """Bounds of a number."""
    if value < facts.get("min", value):
        raise validation(f"[Path '{path}'] Numeric instance is lower than the required minimum ({facts['min']}).")
    if value > facts.get("max", value):
        raise validation(f"[Path '{path}'] Numeric instance is greater than the required maximum ({facts['max']}).")


def find(catalog: Catalog, store: Store, kind: str, key: str) -> Json:
    """The object an id or ``name:<name>`` means; 404 when there is none, 400 when a name means several."""
    if not (key.startswith("name:") and catalog.by_name(kind)):
        entry = store.get(kind, key)
        if entry is None:
            raise not_found(kind, key)
        return entry
    return find_named(store, kind, key)


def find_named(store: Store, kind: str, key: str) -> Json:
    """The object that ``name:<name>`` means."""
    named = store.named(kind, key[len("name:") :])
    if not named:
        raise not_found(kind, key)
    if len(named) > 1:
        raise Refused(400, "0xE04040010006", f"More than one {kind} is called {key[5:]}; use the id.", key[5:])
    return named[0]


def resolve_names(catalog: Catalog, store: Store, struct: str, value: Json) -> Json:
    """A copy of a checked body with every ``name:<name>`` replaced by the id; 404 for a name nobody has."""
    resolved: Json = {}
    for name, item in value.items():
        facts = catalog.struct(struct)["attributes"][name]
        if isinstance(item, list) and facts["items"].get("by_name"):
            kind = facts["items"]["ref"]
            resolved[name] = [resolve_name(store, kind, key) for key in item]
        elif facts.get("by_name") and isinstance(item, str):
            resolved[name] = resolve_name(store, facts["ref"], item)
        else:
            resolved[name] = item
    return resolved


def resolve_name(store: Store, kind: str, key: str) -> str:
    """The id behind ``name:<name>``; anything else is taken for an id.

    A body may name objects of types that a URL cannot name (role).
    """
    return str(find_named(store, kind, key)["id"]) if key.startswith("name:") else key
