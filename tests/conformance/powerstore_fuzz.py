# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hooks of schemathesis for the emulated PowerStore, in an environment that has it.

Generated ids name nothing, so that every request would end as 404. The hooks put ids and names of objects that exist
into the path and the body of most requests, and make an object where there is none of a type. The others keep what
was generated. What is chosen depends on the number of the request only, so that a run can be repeated.

JOBWISE_FUZZ names a file with ``url``, ``ca``, ``document`` (the prepared document) and ``report``, where the hooks
write what happened to each operation at the end: ``{"GET /volume/{id}": {"statuses": {"200": 5}, "met": 4}}``.
``met`` counts the requests that the rules of the type decided on: those that succeeded, and those that the rules
refused (422). Neither a wrong request (400) nor an unknown object (404) counts, nor an operation without rules.
"""

from __future__ import annotations

import atexit
import collections
import functools
import importlib
import json
import os
from pathlib import Path
from typing import Any

import requests

Json = dict[str, Any]
ADMIN = ("admin", "Password123!")
# How many requests in a row get ids of objects that exist before one is left as it was generated.
MAPPED = 7
# One of how many references is a name, where the array takes names.
NAMED = 3
NO_RULES = "The emulator has no rules"
# Types that attributes of bodies refer to, where only texts of the document say so.
REFERRED = {
    ("bond_create", "port_ids"): "eth_port",
    ("bond_modify", "add_port_ids"): "eth_port",
    ("fsn_create", "port_ids"): "eth_port",
    ("fsn_create", "primary_port_id"): "eth_port",
    ("file_import_session_create", "import_file_interface_id"): "file_import_interface",
    ("file_import_session_create", "source_resource_id"): "file_import_nas_server",
    ("import_session_create", "source_resource_id"): "import_unity_volume",
    ("ldap_account_create", "domain_id"): "ldap_domain",
    **{
        ("nas_server_modify", f"{use}_IPv{version}_interface_id"): "file_interface"
        for use in ("production", "backup")
        for version in (4, 6)
    },
}
# Objects that stand for a remote system and have its id, and its type.
ARRAYS = {
    "import_psgroup": "PS_Equallogic",
    "import_vnx_array": "VNX",
    "import_xtremio": "XtremIO",
}
SAMPLES = {
    "date-time": "2036-01-01T00:00:00Z",
    "ip-address": "192.0.2.10",
    "uri": "https://example.com",
    "uuid": "6f9619ff-8b86-4011-b42d-00cf4fc964ff",
}
# Answers outside of the document that real arrays give: operation, status, code of the error, and who has seen it.
REAL = {
    ("POST /volume/{id}/attach", 500, "0xE0A080010052"): "a host and a host group at once; a storage plugin notes it"
}


class Array:
    """The emulated array as the hooks know it: its session, and the ids and names of its objects by type."""

    def __init__(self, order: Json, document: Json) -> None:
        self.url, self.paths = order["url"], document["paths"]
        self.schemas = document["components"]["schemas"]
        self.http = requests.Session()
        self.http.trust_env = False
        self.http.verify = order["ca"]
        self.token = self.cookie = ""
        self.known: dict[str, list[Json]] = {}
        self.recycled: list[str] = []

    def login(self) -> None:
        """Open a session."""
        reply = self.http.get(f"{self.url}/api/rest/login_session", auth=ADMIN, timeout=30)
        reply.raise_for_status()
        self.token, self.cookie = reply.headers["DELL-EMC-TOKEN"], reply.cookies["auth_cookie"]
        self.http.cookies.clear()

    def headers(self) -> dict[str, str]:
        """What authorizes a request."""
        if not self.token:
            self.login()
        return {"DELL-EMC-TOKEN": self.token, "Cookie": f"auth_cookie={self.cookie}"}

    def read(self, path: str, **parameters: str) -> Any:
        """The answer to a read, None if the array refuses it."""
        reply = self.http.get(f"{self.url}/api/rest{path}", params=parameters, headers=self.headers(), timeout=30)
        return reply.json() if reply.ok else None

    def objects(self, kind: str) -> list[Json]:
        """Id and name of the objects of a type; where there is none, one is made."""
        if kind not in self.known:
            self.known[kind] = self.listed(kind)
            if not self.known[kind] and self.make(kind):
                self.known[kind] = self.listed(kind)
        return self.known[kind]

    def listed(self, kind: str) -> list[Json]:
        """Id and name of the objects of a type."""
        attributes = self.schemas.get(f"{kind}_instance", {}).get("properties", {})
        named = "id,name" if "name" in attributes else "id"
        found = self.read(f"/{kind}", select=named) if attributes else None
        return [one for one in found or [] if isinstance(one, dict) and one.get("id")]

    def make(self, kind: str) -> bool:
        """Put an object of a type into the array, past its rules; False if the emulator makes these itself.

        Into the recycle bin goes what is deleted.
        """
        if kind == "recycle_bin":
            return self.recycle()
        order = self.sample(kind)
        if kind in ARRAYS:
            order["id"] = self.put("remote_system", {**self.sample("remote_system"), "type": ARRAYS[kind]})
        return bool(self.put(kind, order))

    def sample(self, kind: str) -> Json:
        """Attributes of an object of a type."""
        attributes = self.schemas.get(f"{kind}_instance", {}).get("properties", {})
        values = {name: self.value(schema, name) for name, schema in attributes.items()}
        return {name: value for name, value in values.items() if value is not None and not name.endswith("_l10n")}

    def put(self, kind: str, attributes: Json) -> str | None:
        """The id of an object that is put into the array; None if the emulator makes these itself."""
        order = {"type": kind, "create": attributes}
        reply = self.http.post(f"{self.url}/_emulator/change", json=order, timeout=30)
        return str(reply.json()["id"]) if reply.ok else None

    def recycle(self) -> bool:
        """Move a volume that is made for it into the recycle bin."""
        volume = {"name": f"recycled {len(self.recycled)}", "size": 2**30}
        made = self.http.post(f"{self.url}/api/rest/volume", json=volume, headers=self.headers(), timeout=30)
        if not made.ok:
            return False
        self.recycled.append(made.json()["id"])
        path = f"{self.url}/api/rest/volume/{self.recycled[-1]}"
        return self.http.delete(path, json={"immediate": False}, headers=self.headers(), timeout=30).ok

    def value(self, schema: Json, name: str) -> Any:
        """Some value that fits a schema, None for what is left out: relations, and ids of other objects."""
        if "$ref" in schema:
            kind = schema["$ref"].rsplit("/", 1)[-1]
            return None if kind.endswith("_instance") else self.value(self.schemas[kind], name)
        if schema.get("x-ref") or name in ("id", "system_time") or name.endswith("_id"):
            return None
        if "enum" in schema:
            return schema["enum"][0]
        if schema.get("properties"):
            inner = {key: self.value(part, key) for key, part in schema["properties"].items()}
            return {key: value for key, value in inner.items() if value is not None and not key.endswith("_l10n")}
        text = SAMPLES.get(schema.get("format", ""), f"sample {name}"[: schema.get("maxLength", 100)])
        plain = {"string": text, "boolean": False, "number": 1.5, "integer": max(1, schema.get("minimum", 1))}
        return plain.get(schema.get("type", ""))

    def forget(self) -> None:
        """Ids may have changed."""
        self.known.clear()


class Fuzz:
    """What the hooks do, and the report."""

    def __init__(self, order: Json) -> None:
        self.array = Array(order, json.loads(Path(order["document"]).read_text(encoding="utf-8")))
        self.report_path = Path(order["report"])
        self.report: dict[str, Json] = {}
        self.calls: collections.Counter[str] = collections.Counter()

    def before(self, context: Any, case: Any, kwargs: Any) -> None:
        """Authorize a request, and let it name objects that exist."""
        number = self.turn(f"{case.method} {case.path}")
        kind = case.path.strip("/").split("/")[0]
        if number % (MAPPED + 1) < MAPPED:
            for name in list(case.path_parameters or {}):
                if name == "id":
                    case.path_parameters[name] = self.key(case, kind, number)
            case.body = self.mapped(self.body_schema(case), case.body, number)
        case.headers = {**(case.headers or {}), **self.array.headers()}

    def turn(self, what: str) -> int:
        """How often this was asked before."""
        self.calls[what] += 1
        return self.calls[what] - 1

    def key(self, case: Any, kind: str, number: int) -> str:
        """An id of an object that exists, or its name where the array takes names now and then."""
        generated = str(case.path_parameters["id"])
        objects = self.array.objects(kind)
        if not objects:
            return generated
        by_id = {one["id"]: one for one in objects}
        parameters = self.operation(case).get("parameters", [])
        named = any(one["name"] == "id" and one["schema"].get("x-named") for one in parameters)
        return called(by_id.get(generated) or objects[number % len(objects)], named, number)

    def operation(self, case: Any) -> Json:
        """What the document says about the operation of a request."""
        return dict(self.array.paths.get(case.path, {}).get(case.method.lower(), {}))

    def body_schema(self, case: Any) -> Json:
        """The schema of the body of a request, empty without one."""
        content = self.operation(case).get("requestBody", {}).get("content", {})
        return dict(content.get("application/json", {}).get("schema", {}))

    def mapped(self, schema: Json, value: Any, number: int, named: bool = False) -> Any:
        """A body whose references name objects that exist; ``named``: the list that it is an item of takes names."""
        named = named or bool(schema.get("x-named"))
        struct = ""
        while "$ref" in schema:
            struct = schema["$ref"].rsplit("/", 1)[-1]
            schema = self.array.schemas[struct]
        if isinstance(value, dict):
            known = schema.get("properties", {})
            return {
                name: self.mapped(
                    self.typed(known.get(name, {}), REFERRED.get((struct, name), ""), value), item, number
                )
                for name, item in value.items()
            }
        if isinstance(value, list):
            items = schema.get("items", {})
            if items.get("x-ref"):
                value = value[: len(self.array.objects(items["x-ref"])) or None]
            return [self.mapped(items, item, number + place, named) for place, item in enumerate(value)]
        if isinstance(value, str) and schema.get("x-ref"):
            objects = self.array.objects(schema["x-ref"])
            return called(objects[number % len(objects)], named, number) if objects else value
        return value

    def typed(self, schema: Json, kind: str, body: Json) -> Json:
        """The schema of an attribute that refers to ``kind``, or else to the type that another attribute names."""
        if schema.get("items"):
            return {**schema, "items": self.typed(schema["items"], kind, body)}
        reference = str(schema.get("x-ref"))
        # A type, or metrics such as performance_metrics_by_volume.
        words = [value.rsplit("_by_", 1)[-1] for value in body.values() if isinstance(value, str)]
        words = [kind, *([reference.rsplit("/", 1)[-1], *words] if reference.startswith("#") else [])]
        types = [word for word in words if f"{word}_instance" in self.array.schemas]
        return {**schema, "x-ref": types[0]} if types else schema

    def after(self, context: Any, case: Any, response: Any) -> None:
        """Count what came of a request."""
        entry = self.report.setdefault(f"{case.method} {case.path}", {"statuses": {}, "met": 0, "refusals": {}})
        status = str(response.status_code)
        entry["statuses"][status] = entry["statuses"].get(status, 0) + 1
        entry["met"] += status < "300" or (status == "422" and NO_RULES not in response.text)
        if status in ("400", "404", "422"):
            text = f"{status} {response.text[:300]}"
            entry["refusals"][text] = entry["refusals"].get(text, 0) + 1
        if status == "401" or case.path == "/logout":
            self.array.token = ""
        if case.method != "GET" and response.status_code < 300:
            self.array.forget()

    def counts(self, context: Any, failure: Any, case: Any, response: Any) -> bool:
        """Whether a failed check is one: real arrays contradict the document where ``REAL`` says so."""
        return not any(
            (f"{case.method} {case.path}", response.status_code) == (operation, status) and code in response.text
            for operation, status, code in REAL
        )

    def write(self) -> None:
        """Write the report."""
        self.report_path.write_text(json.dumps(self.report), encoding="utf-8")


def called(entry: Json, named: bool, number: int) -> str:
    """How a request refers to an object: by its id, or now and then by its name where the array takes names."""
    if named and entry.get("name") and number % NAMED == NAMED - 1:
        return f"name:{entry['name']}"
    return str(entry["id"])


def register() -> None:
    """Hand the hooks to schemathesis."""
    fuzz = Fuzz(json.loads(Path(os.environ["JOBWISE_FUZZ"]).read_text(encoding="utf-8")))
    hook = importlib.import_module("schemathesis").hook
    # Partial objects, as schemathesis keeps filters in attributes of a hook, which a method cannot have.
    hook("before_call")(functools.partial(fuzz.before))
    hook("after_call")(functools.partial(fuzz.after))
    hook("filter_failure")(functools.partial(fuzz.counts))
    atexit.register(fuzz.write)


if "JOBWISE_FUZZ" in os.environ:
    register()
