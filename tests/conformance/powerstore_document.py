# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prepares the vendor's PowerStore document for a program that generates requests and checks responses by it.

The documents are Swagger 2.0 with keywords of the vendor, made for people and for code generators. Read by the letter
they say both too little (an unknown attribute in a response would be fine) and too much (an array that answers null
for an attribute without a value would be wrong). ``prepared`` writes down what the vendor's guide and HttpStatusEnum
say about all operations, and makes responses strict:

* The 4.1 document spells the keywords ``x-pstore-...``; they become ``x-...`` as in 4.0.
* Responses get definitions of their own, ``answered_NAME``, as a request may not have all that a response may:
  an attribute may be null, and an attribute that is not in the document is an error. ``allOf`` is merged, since
  a definition cannot forbid further attributes in parts. Where ``discriminator`` leaves the type to the content,
  further attributes are fine.
* The bounds 0 and 2**31-1 or 2**63-1 come from the vendor's generator, and say nothing about responses.
* Every operation can give the statuses that HttpStatusEnum describes for all requests, with an ``error_response``.
* The result is OpenAPI 3.0. Swagger 2.0 gives an operation one list of content types; here, errors are JSON in
  operations that produce a file, too, and a response without a body needs no content type.
* The parameters ``select``, ``limit``, ``offset`` and ``order`` of reads, and ``is_async`` of writes, are in the guide
  only. A filter or parameter that makes no sense is 400.
* Texts go: nobody reads them here. Where one says that a name is taken for an id, ``x-named`` is left.
"""

from __future__ import annotations

import copy
import json
from typing import Any

Json = dict[str, Any]
METHODS = ("get", "post", "patch", "delete")
NOISE = {("minimum", 0), ("maximum", 2**31 - 1), ("maximum", 2**63 - 1)}
TEXTS = ("description", "summary", "x-display_enum_text", "x-select_cli", "x-added", "x-added_value", "x-units")
NAMES = "name:{name} can be used"
JSON = "application/json"
ANSWERED = "answered_"

# What HttpStatusEnum says of all requests. 500 and 503 are errors here: nothing brings them about.
EVERYWHERE = {
    "401": "not authenticated",
    "403": "not authorized, or the token of the session is missing",
    "404": "an object in the path or the body does not exist",
    "405": "the method is not supported there",
    "406": "Accept names no JSON",
    "415": "Content-Type is not what the operation takes",
}
READS = {"400": "a parameter makes no sense"}
COLLECTIONS = {"416": "the offset is behind the end"}
# These take no is_async: logout is no job, and metrics are answered at once.
NO_JOB = {"/logout", "/metrics/generate"}
# Keywords of attributes of responses that the document itself contradicts.
CONTRADICTED = {
    # remote_support_modify takes "one or two remote support servers" and "will replace the existing list".
    ("remote_support_instance", "remote_support_servers"): ("minItems",),
    # mfa_securid_create takes a client_id of 256 characters, and any number of servers.
    ("mfa_securid_instance", "client_id"): ("maxLength",),
    ("mfa_securid_instance", "server_urls"): ("minItems", "maxItems"),
}


def prepared(text: str) -> Json:
    """The Swagger 2.0 document in ``text`` (JSON) as an OpenAPI 3.0 document."""
    document: Json = without_texts(json.loads(text.replace('"x-pstore-', '"x-')))
    answers = Answers(document["definitions"])
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                complete(document, path, method, item[method])
                for response in item[method]["responses"].values():
                    if "schema" in response:
                        response["schema"] = answers.schema(response["schema"])
    document["definitions"].update(answers.made)
    return modern(document)


def without_texts(node: Any) -> Any:
    """A copy without texts. An attribute may be called like a keyword: those below ``properties`` stay."""
    if isinstance(node, list):
        return [without_texts(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept: Json = {}
    for name, value in node.items():
        if name in ("properties", "definitions", "responses") and isinstance(value, dict):
            kept[name] = {key: without_texts(item) for key, item in value.items()}
        elif name not in TEXTS:
            kept[name] = without_texts(value)
    if NAMES in str(node.get("description")):
        kept["x-named"] = True
    return kept


def complete(document: Json, path: str, method: str, operation: Json) -> None:
    """Write into an operation what holds for all operations."""
    responses = operation["responses"]
    if "schema" in responses.get("204", {}):
        # No answer can have this status and a body: the report of a file import has it in the documents.
        responses["200"] = responses.pop("204")
    statuses = dict(EVERYWHERE)
    if method == "get":
        statuses.update(READS)
        if "206" in responses:
            statuses.update(COLLECTIONS)
    for status in statuses:
        responses.setdefault(status, {"schema": {"$ref": "#/definitions/error_response"}})
    parameters = operation.setdefault("parameters", [])
    if method == "get":
        parameters += read_parameters(document, path, "206" in responses)
    elif path not in NO_JOB:
        parameters.append({"name": "is_async", "in": "query", "type": "boolean"})
        responses.setdefault("202", {"schema": {"$ref": "#/definitions/job_response"}})


def read_parameters(document: Json, path: str, collection: bool) -> list[Json]:
    """The parameters of a read. ``select`` and ``order`` name attributes that the type has."""
    kind = path.strip("/").split("/")[0]
    attributes: Json = document["definitions"].get(f"{kind}_instance", {}).get("properties", {})
    if not attributes:
        return []
    plain = [name for name, schema in attributes.items() if not relation(schema)]
    related = [f"id,{name}(id)" for name, schema in attributes.items() if relation(schema)]
    select = {"name": "select", "in": "query", "type": "string", "enum": ["*", ",".join(plain), *plain[:2], *related]}
    if not collection:
        return [select]
    order = {"name": "order", "in": "query", "type": "string", "enum": [plain[0], f"{plain[-1]}.desc"]}
    limit = {"name": "limit", "in": "query", "type": "integer", "minimum": 1, "maximum": 2000}
    offset = {"name": "offset", "in": "query", "type": "integer", "minimum": 0, "maximum": 2}
    return [select, order, limit, offset]


def relation(schema: Json) -> str:
    """The type of the objects that an attribute embeds, empty for all other attributes."""
    for part in (schema, schema.get("items", {})):
        kind = part.get("x-ref")
        if kind and str(part.get("$ref")).endswith(f"/{kind}_instance"):
            return str(kind)
    return ""


class Answers:
    """Definitions of what responses may hold. ``made`` collects them by their new names."""

    def __init__(self, definitions: Json) -> None:
        self.definitions = definitions
        self.made: Json = {}

    def schema(self, schema: Json) -> Json:
        """A schema of the document as one of responses."""
        if "$ref" in schema:
            return {"$ref": f"#/definitions/{self.definition(schema['$ref'].rsplit('/', 1)[-1])}"}
        answered = {name: value for name, value in schema.items() if not noise(name, value)}
        if "items" in answered:
            answered["items"] = self.schema(answered["items"])
        if "properties" in answered:
            answered["properties"] = {name: self.nullable(value) for name, value in answered["properties"].items()}
            if not answered.pop("discriminator", None):
                answered.setdefault("additionalProperties", False)
        return answered

    def nullable(self, schema: Json) -> Json:
        """The schema of an attribute, which is null as long as it has no value."""
        answered = self.schema(schema)
        if "enum" in answered:
            answered["enum"] = [*answered["enum"], None]
        return {"allOf": [answered], "x-nullable": True} if "$ref" in answered else {**answered, "x-nullable": True}

    def definition(self, name: str) -> str:
        """The name of the definition that says what responses may hold of the definition ``name``."""
        made = f"{ANSWERED}{name}"
        if made not in self.made:
            self.made[made] = {}
            definition = self.merged(self.definitions[name])
            for (owner, attribute), keywords in CONTRADICTED.items():
                for keyword in keywords if owner == name else ():
                    definition["properties"][attribute].pop(keyword)
            self.made[made] = self.schema(definition)
        return made

    def merged(self, definition: Json) -> Json:
        """A definition whose ``allOf`` is written out."""
        whole = copy.deepcopy(definition)
        for part in whole.pop("allOf", []):
            inherited = self.merged(self.definitions[part["$ref"].rsplit("/", 1)[-1]] if "$ref" in part else part)
            whole["properties"] = {**inherited.get("properties", {}), **whole.get("properties", {})}
            whole["required"] = sorted({*inherited.get("required", []), *whole.get("required", [])})
        return whole


def noise(name: str, value: Any) -> bool:
    """Whether a keyword says nothing about a response."""
    return name in ("example", "default", "readOnly") or (
        not isinstance(value, (dict, list)) and (name, value) in NOISE
    )


def modern(document: Json) -> Json:
    """A Swagger 2.0 document as OpenAPI 3.0, as far as the vendor's documents go."""
    paths: Json = {}
    for path, item in document["paths"].items():
        shared = item.get("parameters", [])
        paths[path] = {
            method: modern_operation(item[method], shared + item[method].get("parameters", []))
            for method in METHODS
            if method in item
        }
    schemas = modern_schema(document["definitions"])
    return {"openapi": "3.0.3", "info": document["info"], "paths": paths, "components": {"schemas": schemas}}


def modern_operation(operation: Json, parameters: list[Json]) -> Json:
    """An operation with the schemas where OpenAPI 3.0 has them."""
    made: Json = {"tags": operation.get("tags", []), "parameters": [], "responses": {}}
    files: Json = {}
    for parameter in parameters:
        if parameter["in"] == "body":
            content = {JSON: {"schema": modern_schema(parameter["schema"])}}
            made["requestBody"] = {"content": content, "required": bool(parameter.get("required"))}
        elif parameter["in"] == "formData":
            files[parameter["name"]] = {"type": "string", "format": "binary"}
        else:
            own: Json = {name: parameter[name] for name in ("name", "in", "required") if name in parameter}
            own["schema"] = {name: value for name, value in parameter.items() if name not in own}
            made["parameters"].append(own)
    if files:
        form: Json = {"type": "object", "properties": files, "required": list(files)}
        made["requestBody"] = {"content": {"multipart/form-data": {"schema": form}}, "required": True}
    for status, response in operation["responses"].items():
        made["responses"][status] = {"description": ""}
        if "schema" in response:
            media = operation.get("produces", [JSON]) if status < "300" else [JSON]
            made["responses"][status]["content"] = {
                kind: {"schema": modern_schema(response["schema"])} for kind in media
            }
    return made


def modern_schema(node: Any) -> Any:
    """A schema in the words of OpenAPI 3.0."""
    if isinstance(node, list):
        return [modern_schema(item) for item in node]
    if not isinstance(node, dict):
        return node
    made = {("nullable" if name == "x-nullable" else name): modern_schema(value) for name, value in node.items()}
    if isinstance(made.get("$ref"), str):
        made["$ref"] = made["$ref"].replace("#/definitions/", "#/components/schemas/")
    if isinstance(made.get("discriminator"), str):
        del made["discriminator"]
    return made
