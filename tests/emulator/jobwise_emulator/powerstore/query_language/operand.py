# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a filter or an order names: an attribute, one of a related object, or a part of an embedded struct."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.catalog import Catalog, display, is_localized
from jobwise_emulator.powerstore.errors import validation
from jobwise_emulator.powerstore.relations import Relations

# Structs the documents call not filterable, but which shipping clients filter on with ``->>``.
OPEN_STRUCTS = {"protection_data", "host_initiators"}


@dataclasses.dataclass(frozen=True)
class Operand:
    """``values`` gives the values of one object (several behind a to-many relation); ``facts`` say their type."""

    name: str
    facts: Json
    values: Callable[[Json], list[Any]]


def resolve(catalog: Catalog, relations: Relations, kind: str, path: str) -> Operand:
    """The operand ``path`` of a type: ``name``, ``policy.name``, ``data->>part`` or ``list->0->>part``; else 400."""
    head, dot, rest = path.partition(".")
    attributes = catalog.attributes(kind)
    if dot and "->" not in head:
        facts = attributes.get(head)
        if facts is None or facts["type"] != "relation":
            raise unknown(kind, path)
        inner = resolve(catalog, relations, facts["relation"], rest)

        def through(entry: Json) -> list[Any]:
            return [value for other in relations.follow(kind, entry, head) for value in inner.values(other)]

        return Operand(path, inner.facts, through)
    if "->" in path:
        return part_of_struct(catalog, kind, path)
    facts = attributes.get(path)
    if facts is None:
        raise unknown(kind, path)
    if facts["type"] == "relation" or facts.get("struct") or facts.get("items", {}).get("struct"):
        raise validation(
            f"Attribute {path} of {kind} is not a plain attribute and cannot be used in a query by itself."
        )
    if facts.get("no_filter"):
        raise validation(f"Attribute {path} of {kind} does not support filtering or sorting.")
    if is_localized(path, attributes):
        base = path[: -len("_l10n")]
        return Operand(path, facts, lambda entry: [display(entry.get(base))])
    return Operand(path, facts, lambda entry: [entry.get(path)])


def part_of_struct(catalog: Catalog, kind: str, path: str) -> Operand:
    """The operand of a JSON path into an embedded struct; its value is text, as ``->>`` makes it."""
    steps = path.replace("->>", "->").split("->")
    facts = catalog.attributes(kind).get(steps[0])
    if facts is None:
        raise unknown(kind, path)
    if "->>" not in path or "->" in path.rpartition("->>")[2]:
        raise validation(f"The path {path} must end in ->> and an attribute.")
    if facts.get("no_filter") and steps[0] not in OPEN_STRUCTS:
        raise validation(f"Attribute {steps[0]} of {kind} does not support filtering or sorting.")
    inner = facts
    for step in steps[1:]:
        if inner["type"] == "array" and step.isdigit():
            inner = inner["items"]
            continue
        found = catalog.struct(inner["struct"])["attributes"].get(step) if inner.get("struct") else None
        if found is None:
            raise unknown(kind, path)
        inner = found

    def value(entry: Json) -> list[Any]:
        current: Any = entry.get(steps[0])
        for step in steps[1:]:
            if isinstance(current, list):
                current = current[int(step)] if int(step) < len(current) else None
            else:
                current = current.get(step) if isinstance(current, dict) else None
        return [str(current).lower() if isinstance(current, bool) else None if current is None else str(current)]

    return Operand(path, {"type": "string"}, value)


def unknown(kind: str, path: str) -> Exception:
    """400 for an attribute that does not exist."""
    return validation(f"Attribute {path} is not a queryable attribute of {kind}.")
