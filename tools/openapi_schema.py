# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The schema of one release of PowerStore's REST API, derived from the vendor's OpenAPI document.

Only names, types, enums, limits, flags and references are kept, no text of the vendor. The emulator answers from this
schema, and the collection's facts are made of the schemas of all releases. It holds

* ``types``: per resource type its instance struct, its verbs and its actions,
* ``structs``: per struct its attributes (short keys, see ``attribute_facts``) and the required ones,
* ``enums``: per enum its values,
* ``values_since``: per enum the values that a later release added, with that release.
"""

from __future__ import annotations

import json
import re
import typing as t
from pathlib import Path

Json = dict[str, t.Any]

# Bounds the vendor's generator writes on every int32 and int64; they say nothing about the attribute.
NOISE = {
    ("minimum", 0),
    ("maximum", 2147483647),
    ("maximum", 9223372036854775807),
    ("minItems", 0),
    ("maxItems", 2147483647),
}
PLAIN = {
    "minLength": "min_length",
    "maxLength": "max_length",
    "minimum": "min",
    "maximum": "max",
    "minItems": "min_items",
    "maxItems": "max_items",
    "uniqueItems": "unique",
    "pattern": "pattern",
    "x-nullable": "nullable",
    "x-no_filter": "no_filter",
    "x-case-insensitive": "any_case",
    "format": "format",
    "default": "default",
}
EMPTY_CLEARS = re.compile(r"(?:specify|if an) empty string", re.IGNORECASE)
FORMATS = {"date-time", "password", "ip-address"}
VERBS = {"post": "create", "patch": "modify", "delete": "delete"}


class Derivation:
    """One pass over a document; ``result`` is the derived schema."""

    def __init__(self, document: Json) -> None:
        self.document = document
        self.definitions: Json = document["definitions"]
        self.structs: Json = {}
        self.enums: Json = {}
        self.values_since: Json = {}
        self.types: Json = {}

    def result(self) -> Json:
        """Return the schema as a JSON object, with the document's version as ``api``."""
        for path, operations in self.document["paths"].items():
            self.add_path(path.strip("/").split("/"), operations)
        for name in self.definitions:
            if name.endswith("_instance"):
                self.struct(name)
        version = self.document["info"]["version"]
        return {
            "api": version,
            "types": self.types,
            "structs": self.structs,
            "enums": self.enums,
            "values_since": self.values_since,
        }

    def add_path(self, parts: list[str], operations: Json) -> None:
        """File the operations of one path under its resource type."""
        entry = self.types.setdefault(parts[0], {"verbs": {}, "actions": {}})
        if f"{parts[0]}_instance" in self.definitions:
            entry["instance"] = self.struct(f"{parts[0]}_instance")
            entry.update(since(self.definitions[entry["instance"]]))
        shared = operations.get("parameters", [])
        has_id = len(parts) > 1 and parts[1].startswith("{")
        tail = "/".join(parts[2:] if has_id else parts[1:])
        for method, operation in operations.items():
            if method == "parameters":
                continue
            parameters = shared + operation.get("parameters", [])
            facts = self.operation_facts(operation, parameters)
            if any("name:{name}" in p.get("description", "") for p in parameters if p["in"] == "path"):
                entry["by_name"] = True
            if parts[0] == "logout":
                entry["verbs"]["class"] = facts
            elif tail:
                entry["actions"][tail] = {"level": "instance" if has_id else "class", "method": method, **facts}
            elif method == "get":
                entry["verbs"]["get" if has_id else "list"] = facts
                if "does not support filtering" in operation.get("description", ""):
                    entry["simple"] = True
            else:
                entry["verbs"][VERBS[method]] = facts

    def operation_facts(self, operation: Json, parameters: list[Json]) -> Json:
        """Body, output and statuses of one operation."""
        facts: Json = {"statuses": sorted(int(code) for code in operation["responses"] if code.isdigit())}
        for parameter in parameters:
            if parameter["in"] == "body":
                facts["body"] = self.struct(parameter["schema"]["$ref"].rsplit("/", 1)[-1])
                facts["body_required"] = bool(parameter.get("required"))
            elif parameter["in"] == "formData":
                facts["multipart"] = True
        output = operation["responses"].get("200", {}).get("schema", {}).get("$ref")
        if output:
            facts["output"] = self.struct(output.rsplit("/", 1)[-1])
        return facts

    def struct(self, name: str) -> str:
        """File the definition ``name`` as a struct or an enum and give its name back."""
        definition = self.definitions[name]
        if "enum" in definition:
            self.enums[name] = definition["enum"]
            later = definition.get("x-added_value", {})
            added = {value: release(version) for version, values in later.items() for value in values}
            if added:
                self.values_since[name] = added
        elif name not in self.structs:
            self.structs[name] = {}
            self.structs[name] = self.struct_facts(name, definition)
        return name

    def struct_facts(self, name: str, definition: Json) -> Json:
        """Attributes, required attributes and openness of one struct, inherited ones included."""
        facts: Json = {"attributes": {}}
        required = list(definition.get("required", []))
        for part in definition.get("allOf", []):
            inherited = self.definitions[part["$ref"].rsplit("/", 1)[-1]] if "$ref" in part else part
            merged = self.struct_facts(name, inherited)
            facts["attributes"].update(merged["attributes"])
            required += merged.get("required", [])
        for attribute, schema in definition.get("properties", {}).items():
            facts["attributes"][attribute] = self.attribute_facts(f"{name}.{attribute}", schema)
        if required:
            facts["required"] = sorted(set(required))
        if definition.get("discriminator"):
            facts["open"] = True
        return facts

    def attribute_facts(self, where: str, schema: Json) -> Json:
        """Type, limits, flags and references of one attribute.

        ``relation``: a related resource (with ``many``); ``struct``/``enum``: an embedded definition;
        ``ref``: the type an id belongs to; ``by_name``: ``name:<name>`` is taken for the id;
        ``clears``: an empty string unsets it; ``since``: the release that added it.
        """
        text = schema.get("description", "")
        items = schema.get("items", {})
        relation = related(schema) or related(items)
        if relation:
            return {"type": "relation", "relation": relation, "many": schema.get("type") == "array", **since(schema)}
        if "$ref" in schema:
            definition = self.definitions[schema["$ref"].rsplit("/", 1)[-1]]
            if definition.get("type") != "array":
                return {**self.embedded_facts(schema), **since(schema)}
            schema, items = definition, definition["items"]
        facts: Json = {"type": schema.get("type", "object"), **since(schema)}
        if "properties" in schema:
            self.structs[where] = self.struct_facts(where, schema)
            facts["struct"] = where
        if items:
            facts["items"] = self.attribute_facts(where, items)
        if schema.get("x-ref"):
            facts["ref"] = schema["x-ref"]
        if "name:{name} can be used" in text:
            facts["by_name"] = True
        if EMPTY_CLEARS.search(" ".join(text.split())):
            facts["clears"] = True
        for key, short in PLAIN.items():
            if key in schema and not self.is_noise(key, schema[key]):
                facts[short] = schema[key]
        if "max" in facts and schema.get("minimum") == 0:
            facts["min"] = 0  # a lower bound of zero is meant when the upper one is
        return facts

    def embedded_facts(self, schema: Json) -> Json:
        """An attribute that is an enum or a struct defined elsewhere."""
        target = schema["$ref"].rsplit("/", 1)[-1]
        definition = self.definitions[target]
        kept = {PLAIN[key]: schema[key] for key in ("default", "x-nullable", "x-no_filter") if key in schema}
        if definition.get("x-no_filter"):
            kept["no_filter"] = True
        self.struct(target)
        if "enum" in definition:
            return {"type": "string", "enum": target, **kept}
        return {"type": "object", "struct": target, **kept}

    @staticmethod
    def is_noise(key: str, value: t.Any) -> bool:
        """Whether a keyword says nothing: bounds of the number format, flags that are off, formats nobody checks."""
        if key == "format":
            return value not in FORMATS
        if key == "default":
            return False
        return value is False or (key, value) in NOISE


def related(schema: Json) -> str | None:
    """The type of the objects a schema leads to; a reference to any other struct stands for that struct itself."""
    target: str | None = schema.get("x-ref")
    return target if target and str(schema.get("$ref")).endswith(f"/{target}_instance") else None


def release(version: str) -> str:
    """Return a version of the API as people write a release: ``3.5`` for ``3.5.0.0``, but ``1.0.2``."""
    return re.sub(r"^(\d+\.\d+)(\.0)*$", r"\1", version)


def since(schema: Json) -> Json:
    """Return ``{"since": "3.5"}`` if a later release than the first added what the schema describes, else nothing."""
    return {"since": release(schema["x-added"])} if "x-added" in schema else {}


def read_document(path: Path) -> Json:
    """Return an OpenAPI document. That of 4.1 spells the vendor's keywords x-pstore-..., that of 4.0 x-..."""
    document: Json = json.loads(path.read_text(encoding="utf-8").replace('"x-pstore-', '"x-'))
    return document


def render(schema: Json) -> str:
    """The schema as JSON text with one line per entry, so that differences can be read."""
    sections = [f'"api": {json.dumps(schema["api"])}']
    for section in ("types", "structs", "enums", "values_since"):
        lines = [f"{json.dumps(name)}: {json.dumps(entry)}" for name, entry in sorted(schema[section].items())]
        sections.append(f'"{section}": {{\n' + ",\n".join(lines) + "\n}")
    return "{\n" + ",\n".join(sections) + "\n}\n"
