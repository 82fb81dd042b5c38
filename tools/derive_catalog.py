# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Derive the catalog of PowerStore resource types from the vendor's OpenAPI documents.

Usage: derive_catalog.py DOCUMENT.json [DOCUMENT.json ...] > plugins/module_utils/_powerstore/catalog.py

Only names, types and how they relate are taken: collections, their attributes with their JSON types, which of these are
relations to which type, which are embedded structures, and which collections take no filters. Several documents
(releases) are merged.
"""

from __future__ import annotations

import json
import sys
import textwrap
import typing as t
from pathlib import Path

Json = dict[str, t.Any]

HEAD = '''# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The resource types of PowerStore's REST API and their attributes. Made by tools/derive_catalog.py; do not edit.

Source: PowerStore REST API documents {releases}.
"""

from __future__ import annotations
'''


MARKS = {"boolean": "?", "integer": "#", "number": "#"}
"""What stands behind the name of an attribute that is no text."""


def properties(definitions: Json, schema: Json) -> Json:
    """Return the properties of a schema, those it inherits included."""
    while "$ref" in schema:
        schema = definitions[schema["$ref"].rsplit("/", 1)[-1]]
    found = dict(schema.get("properties", {}))
    for part in schema.get("allOf", []):
        found.update(properties(definitions, part))
    return found


def mark(definitions: Json, name: str, schema: Json) -> str:
    """Return an attribute as the catalog writes it: with its JSON type, . for a structure, >type for a relation."""
    inner = schema.get("items", schema)
    name += "[]" if schema.get("type") == "array" else MARKS.get(str(schema.get("type")), "")
    target = schema.get("x-ref") or inner.get("x-ref")
    structured = "$ref" in inner and properties(definitions, inner)
    if structured and target:
        return f"{name}>{target}"
    return f"{name}." if structured else name


def types_of(document: Json) -> dict[str, tuple[list[str], bool]]:
    """Return resource type to (marked attributes, whether its collection takes no filters)."""
    definitions, types = document["definitions"], {}
    for path, operations in document["paths"].items():
        name = path.strip("/")
        if "/" in name or "get" not in operations:
            continue
        items = operations["get"]["responses"]["200"]["schema"].get("items")
        if items is None:
            continue
        known = properties(definitions, items)
        attributes = [mark(definitions, one, schema) for one, schema in known.items() if not one.endswith("_l10n")]
        types[name] = (attributes, bool(operations["get"].get("x-simple_get")))
    return types


def main() -> None:
    documents = [json.loads(Path(name).read_text(encoding="utf-8")) for name in sys.argv[1:]]
    merged: dict[str, tuple[list[str], bool]] = {}
    for document in documents:
        for name, (attributes, simple) in types_of(document).items():
            known = merged.get(name, ([], False))[0]
            merged[name] = (known + [one for one in attributes if one not in known], simple)
    lines = [HEAD.format(releases=" and ".join(document["info"]["version"] for document in documents))]
    lines.append(
        "# name: a text, name?: a boolean, name#: a number, name[]: a list; behind it . for an embedded structure,"
    )
    lines.append("# >type for a relation.")
    lines.append('TYPE_MARKS = "?#[]."\n')
    lines.append("TYPES = {")
    for name in sorted(merged):
        text = " ".join(sorted(merged[name][0]))
        words = textwrap.wrap(text, 108 if len(text) > 110 else 110, break_long_words=False, break_on_hyphens=False)
        if len(words) == 1 and len(name) + len(words[0]) < 109:
            lines.append(f'    "{name}": "{words[0]}",')
            continue
        lines += (
            [f'    "{name}": (']
            + [f'        "{word}{" " if word != words[-1] else ""}"' for word in words]
            + ["    ),"]
        )
    lines.append("}\n")
    simple = sorted(name for name in merged if merged[name][1])
    lines.append("# Collections that take neither filters nor an order nor pages.")
    lines += ["UNFILTERED = frozenset(", "    ("] + [f'        "{name}",' for name in simple] + ["    )", ")"]
    print("\n".join(lines))


if __name__ == "__main__":
    main()
