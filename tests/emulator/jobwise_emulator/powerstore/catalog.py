# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The derived schema at hand: types, structs, enums, and how an attribute is spelled for people."""

from __future__ import annotations

import json
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore import unlisted

FOLDER = Path(__file__).with_name("schema")
DEFAULT_VERSION = "4.0"


class Catalog:
    """One version of the API (see ``tools/openapi_schema.py`` for the shapes)."""

    def __init__(self, schema: Json) -> None:
        self.api: str = schema["api"]
        self.types: dict[str, Json] = schema["types"]
        self.schema = schema
        self.structs: dict[str, Json] = unlisted.corrected(schema["structs"])
        self.enums: dict[str, list[str]] = schema["enums"]
        self.collections = {name for name, entry in self.types.items() if "list" in entry["verbs"]}

    @cached_property
    def internal(self) -> Catalog:
        """The catalog for requests that may see internal attributes and actions."""
        structs, types = unlisted.extended(self.schema["structs"]), unlisted.with_actions(self.schema["types"])
        return Catalog({**self.schema, "structs": structs, "types": types})

    def attributes(self, kind: str) -> dict[str, Json]:
        """Attributes of a resource type's instances, relations included."""
        found: dict[str, Json] = self.structs[f"{kind}_instance"]["attributes"]
        return found

    def struct(self, name: str) -> Json:
        """A struct by name: ``attributes``, ``required`` and ``open`` (may hold more than it lists)."""
        return self.structs[name]

    def is_simple(self, kind: str) -> bool:
        """Whether the collection takes no filter, order or paging."""
        return bool(self.types[kind].get("simple"))

    def by_name(self, kind: str) -> bool:
        """Whether ``name:<name>`` stands for an id of this type."""
        return bool(self.types.get(kind, {}).get("by_name"))

    def blank(self, kind: str) -> Json:
        """An instance with every stored attribute at its documented default, else None."""
        return {
            name: facts.get("default")
            for name, facts in self.attributes(kind).items()
            if facts["type"] != "relation" and not is_localized(name, self.attributes(kind))
        }

    def blank_struct(self, name: str) -> Json:
        """The same for an embedded struct."""
        attributes = self.struct(name)["attributes"]
        return {key: facts.get("default") for key, facts in attributes.items() if not is_localized(key, attributes)}


def is_localized(name: str, attributes: dict[str, Json]) -> bool:
    """Whether ``name`` is the display sibling of an enum attribute (``state_l10n`` of ``state``)."""
    base = attributes.get(name[: -len("_l10n")]) if name.endswith("_l10n") else None
    return base is not None and (base.get("enum") or base.get("items", {}).get("enum")) is not None


def display(value: Any) -> Any:
    """Display text of an enum value or a list of them; the array's own texts are not kept, so words are enough."""
    if isinstance(value, list):
        return [display(item) for item in value]
    return value.replace("_", " ") if isinstance(value, str) else None


@cache
def load(version: str = "") -> Catalog:
    """The catalog of one API version, ``4.0`` unless told otherwise."""
    path = FOLDER / f"powerstore-{version or DEFAULT_VERSION}.json"
    if not path.is_file():
        raise ValueError(f"no schema for PowerStore {version}")
    return Catalog(json.loads(path.read_text(encoding="utf-8")))
