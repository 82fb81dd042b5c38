# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The facts of resource types: each can be parsed, and says what the vendor's documents say.

The comparison with the documents walks through them by itself, without the code that derives the facts.
"""

from __future__ import annotations

import functools
import json
import typing as t
from pathlib import Path

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.schema import (
    TYPES,
    AttributeFacts,
    Attributes,
    TypeFacts,
    facts_of,
)
from tools import derive_facts

Json = t.Dict[str, t.Any]
Definition = t.List[t.Tuple[Json, Json]]
"""The places of one attribute in the documents: the document, and what it says there."""

ANSIBLE = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "array": "list", "object": "dict"}
RELEASES = ("4.0", "4.1")
INT_BOUNDS = (0, 2**31 - 1, 2**63 - 1)
"""Bounds that the documents set on every integer."""


def every_attribute(attributes: Attributes) -> t.Iterator[AttributeFacts]:
    for facts in attributes.values():
        yield facts
        yield from every_attribute({part.name: part for part in facts.structure})


def all_of(type_: TypeFacts) -> t.Iterator[AttributeFacts]:
    bodies = (*type_.actions.values(), *type_.class_actions.values())
    for attributes in (type_.attributes, type_.delete, *bodies):
        yield from every_attribute(attributes)


@pytest.mark.parametrize("name", TYPES)
def test_every_type_can_be_parsed(name: str) -> None:
    type_ = facts_of(name)
    assert type_.attributes or type_.actions or type_.class_actions
    for facts in all_of(type_):
        assert facts.type in ANSIBLE.values() and (facts.elements in ANSIBLE.values()) == (facts.type == "list"), facts
        assert not facts.relation or facts.relation in TYPES
        assert not facts.ref or facts.ref in TYPES
        assert not facts.by_name or facts.ref, facts
        assert not facts.structure or facts.read or "dict" in (facts.type, facts.elements)
        assert facts.update or not (facts.required_on_update or facts.nullable and facts.read), facts


def test_there_are_no_facts_of_an_unknown_type() -> None:
    with pytest.raises(KeyError):
        facts_of("volumes")


def test_facts_of_attributes() -> None:
    volume = facts_of("volume").attributes
    assert volume["protection_policy_id"] == AttributeFacts(
        "protection_policy_id", "str", ref="policy", by_name=True, read=True, create=True, update=True, nullable=True
    )
    assert volume["protection_policy"] == AttributeFacts("protection_policy", "dict", relation="policy", read=True)
    assert volume["size"] == AttributeFacts(
        "size", "int", minimum=2**20, maximum=2**48, read=True, create=True, update=True, required=True
    )
    assert volume["qos_performance_policy_id"].clears and volume["qos_performance_policy_id"].since == "4.0"
    assert not facts_of("cluster").attributes["name"].clears
    assert volume["creation_timestamp"].is_time
    assert facts_of("dns").attributes["addresses"] == AttributeFacts(
        "addresses", "list", "str", max_items=3, read=True, update=True, required_on_update=True
    )
    assert volume["is_replication_destination"].default is False


def test_facts_of_an_enum() -> None:
    purposes = facts_of("network").attributes["purposes"]
    assert purposes.enum == ("ISCSI", "NVMe_TCP", "File_Mobility", "External_Replication")
    assert dict(purposes.values_since) == {"NVMe_TCP": "2.1", "File_Mobility": "3.0", "External_Replication": "4.0"}


def test_the_structures_of_one_attribute_are_merged() -> None:
    initiators = facts_of("host").attributes["initiators"]
    assert (initiators.relation, initiators.read, initiators.required) == ("initiator", True, True)
    parts = {part.name: part for part in initiators.structure}
    assert parts["port_name"].required and parts["port_name"].create and not parts["port_name"].update
    assert parts["chap_single_password"].secret and parts["chap_single_password"].min_length == 12
    flr = {part.name: part for part in facts_of("file_system").attributes["flr_attributes"].structure}
    assert flr["mode"].create and not flr["mode"].update
    assert flr["minimum_retention"].create and flr["minimum_retention"].update and flr["minimum_retention"].read


def test_a_list_that_is_defined_elsewhere() -> None:
    credentials = facts_of("network").attributes["esxi_credentials"]
    assert (credentials.type, credentials.elements) == ("list", "dict")
    assert [part.name for part in credentials.structure if part.secret] == ["password"]


def test_actions_and_delete() -> None:
    host, group = facts_of("host"), facts_of("volume_group")
    assert host.actions["attach"]["volume_id"] == AttributeFacts(
        "volume_id", "str", ref="volume", by_name=True, required=True
    )
    assert facts_of("metrics").class_actions["generate"]["entity"].required
    assert group.delete["delete_members"].type == "bool"
    assert dict(facts_of("dns").delete) == {}


def test_secrets_have_their_mark() -> None:
    secrets = {f"{name}.{facts.name}" for name in TYPES for facts in all_of(facts_of(name)) if facts.secret}
    for secret in ("witness.token", "x509_certificate.private_key", "local_user.password", "vcenter.password"):
        assert secret in secrets
    assert "local_user.is_default_password" not in secrets


@functools.lru_cache(maxsize=None)
def document(shared: Path, release: str) -> Json:
    text = (shared / "api" / f"powerstore-openapi-{release}.json").read_text(encoding="utf-8")
    loaded: Json = json.loads(text.replace('"x-pstore-', '"x-'))
    return loaded


def resolved(root: Json, schema: Json) -> Json:
    """Return a schema with what it refers to and inherits laid under it."""
    found: Json = {}
    for part in schema.get("allOf", []):
        inherited = resolved(root, part)
        found = {**found, **inherited, "properties": {**found.get("properties", {}), **inherited.get("properties", {})}}
    if "$ref" in schema:
        found = resolved(root, root["definitions"][schema["$ref"].rpartition("/")[2]])
    own = {**found.get("properties", {}), **schema.get("properties", {})}
    return {**found, **schema, "properties": own, "required": [*found.get("required", []), *schema.get("required", [])]}


def body_of(root: Json, operation: Json) -> Json:
    parameters = [one["schema"] for one in operation.get("parameters", []) if one["in"] == "body"]
    return resolved(root, parameters[0]) if parameters else {"properties": {}, "required": []}


def operations(root: Json, type_: str) -> t.Iterator[t.Tuple[str, str, Json]]:
    """Yield path below the type, method and operation."""
    for path, methods in root["paths"].items():
        if path == f"/{type_}" or path.startswith(f"/{type_}/"):
            for method, operation in methods.items():
                if method != "parameters":
                    yield path[len(type_) + 2 :], method, {**operation, "parameters": parameters(methods, operation)}


def parameters(methods: Json, operation: Json) -> t.List[Json]:
    return [*methods.get("parameters", []), *operation.get("parameters", [])]


def attributes_of(root: Json, type_: str) -> t.Dict[str, Json]:
    """Return where the API uses a body or object of a type, and the schema: read, create, modify, delete, actions."""
    places: t.Dict[str, Json] = {}
    if f"{type_}_instance" in root["definitions"]:
        places["read"] = resolved(root, {"$ref": f"#/definitions/{type_}_instance"})
    for path, method, operation in operations(root, type_):
        first, dummy, rest = path.partition("/")
        if not path and method == "post":
            places["create"] = body_of(root, operation)
        elif first.startswith("{") and not rest and method in ("patch", "delete"):
            places["modify" if method == "patch" else "delete"] = body_of(root, operation)
        elif rest or (path and not first.startswith("{")):
            places[f"/{rest}" if first.startswith("{") else f"//{path}"] = body_of(root, operation)
    return places


def names(schema: Json) -> t.Set[str]:
    return {name for name in schema.get("properties", {}) if not name.endswith("_l10n")}


@pytest.fixture(scope="module")
def documents(shared: Path) -> t.List[Json]:
    return [document(shared, release) for release in RELEASES]


@pytest.fixture(scope="module")
def types(documents: t.List[Json]) -> t.Dict[str, t.List[t.Dict[str, Json]]]:
    """The places of each type that the documents know, by type; one entry for each document that has the type."""
    known = {path.split("/")[1] for root in documents for path in root["paths"]} - {"logout"}
    known |= {"physical_switch_connection", "remote_snapshot", "remote_snapshot_session"}  # parts of other types
    listed = {name: [attributes_of(root, name) for root in documents] for name in known}
    return {name: [places for places in found if places] for name, found in listed.items()}


def test_the_types_are_those_of_the_documents(types: t.Dict[str, t.List[t.Dict[str, Json]]]) -> None:
    assert set(types) == set(TYPES)


@pytest.mark.parametrize("name", TYPES)
def test_verbs_and_paths(documents: t.List[Json], name: str) -> None:
    facts, found = facts_of(name), [list(operations(root, name)) for root in documents]
    every = [one for release in found for one in release]
    verbs = {"": {"get": "list", "post": "create"}, "{id}": {"get": "get", "patch": "modify", "delete": "delete"}}
    named = {
        verbs[path.replace("filename", "id")].get(method)
        for path, method, _op in every
        if "/" not in path and (not path or path[0] == "{")
    }
    assert facts.verbs == named, name
    collections = [operation for path, method, operation in every if (path, method) == ("", "get")]
    refuses = any("does not support filtering" in one.get("description", "") for one in collections)
    assert facts.filters == (bool(collections) and not refuses)
    assert facts.by_name == any(
        parameter["in"] == "path" and "name:{name} can be used" in parameter.get("description", "")
        for _path, _method, operation in every
        for parameter in operation["parameters"]
    )
    if every:
        assert facts.since == RELEASES[1] if not found[0] else facts.since <= RELEASES[0]


@pytest.mark.parametrize("name", TYPES)
def test_attributes_and_where_they_are(types: t.Dict[str, t.List[t.Dict[str, Json]]], name: str) -> None:
    facts, found = facts_of(name), types[name]
    for place, flag in (("read", "read"), ("create", "create"), ("modify", "update")):
        expected = {attribute for places in found for attribute in names(places.get(place, {}))}
        assert {one.name for one in facts.attributes.values() if getattr(one, flag)} == expected, place
    for place, flag in (("create", "required"), ("modify", "required_on_update")):
        bodies = [set(places[place]["required"]) for places in found if place in places]
        expected = set.intersection(*bodies) if bodies else set()
        assert {one.name for one in facts.attributes.values() if getattr(one, flag)} == expected, place
    bodies_of = {"delete": facts.delete}
    bodies_of.update({f"/{action}": body for action, body in facts.actions.items()})
    bodies_of.update({f"//{action}": body for action, body in facts.class_actions.items()})
    known = {place for places in found for place in places if place[0] == "/"}
    assert known == set(bodies_of) - {"delete"}
    for place, body in bodies_of.items():
        assert set(body) == {one for places in found for one in names(places.get(place, {}))}, place


def definitions(found: t.List[t.Dict[str, Json]], attribute: str, *places: str) -> t.List[Json]:
    """Return what the newest document that writes an attribute says of it in these places."""
    for release in reversed(found):
        said = [
            release[place]["properties"][attribute] for place in places if attribute in names(release.get(place, {}))
        ]
        if said:
            return said
    return []


@pytest.mark.parametrize("name", TYPES)
def test_values(documents: t.List[Json], types: t.Dict[str, t.List[t.Dict[str, Json]]], name: str) -> None:
    """Types, enums, limits, references and flags, of the top level of a type's attributes."""
    root = documents[-1]
    for facts in facts_of(name).attributes.values():
        said = definitions(types[name], facts.name, "create", "modify") or definitions(types[name], facts.name, "read")
        lists = [resolved(root, one) for one in said]
        values = [resolved(root, one["items"]) if "items" in one else one for one in lists]
        kind = ANSIBLE[lists[0].get("type", "object")]
        assert (facts.type, facts.elements) == (
            kind,
            ANSIBLE[values[0].get("type", "object")] if kind == "list" else "",
        )
        assert set(facts.enum) >= set(values[0].get("enum", ())) and bool(facts.enum) == ("enum" in values[0])
        changes = definitions(types[name], facts.name, "modify")
        assert facts.nullable == any(one.get("x-nullable", False) for one in changes)
        assert facts.is_time == (values[0].get("format") == "date-time")
        assert facts.secret or values[0].get("format") != "password"
        target = said[0].get("x-ref") or said[0].get("items", {}).get("x-ref")
        if target in TYPES:
            assert target in (facts.ref, facts.relation) or facts.structure
        texts = [one.get("description", "") + one.get("items", {}).get("description", "") for one in said]
        assert facts.by_name == (bool(facts.ref) and all("name:{name} can be used" in text for text in texts)) or (
            f"{name}.{facts.name}" in ("local_user.role_id", "ldap_account.role_id")  # in the older document alone
        )
        if facts.create or facts.update:
            check_limits(facts, said, values)


def check_limits(facts: AttributeFacts, said: t.List[Json], values: t.List[Json]) -> None:
    for limit, key, choose in (
        ("min_length", "minLength", min),
        ("max_length", "maxLength", max),
        ("maximum", "maximum", max),
    ):
        found = [one[key] for one in values if one.get(key, INT_BOUNDS[1]) not in INT_BOUNDS[1:]]
        assert getattr(facts, limit) == (choose(found) if len(found) == len(values) else None), (facts.name, limit)
    lowest = [one["minimum"] for one in values if "minimum" in one and (one["minimum"] or facts.maximum is not None)]
    assert facts.minimum == (min(lowest) if len(lowest) == len(values) else None), facts.name
    most = [one["maxItems"] for one in said if one.get("maxItems", INT_BOUNDS[1]) not in INT_BOUNDS[1:]]
    assert facts.max_items == (max(most) if len(most) == len(said) else None), facts.name


@pytest.mark.parametrize("name", TYPES)
def test_structures(documents: t.List[Json], types: t.Dict[str, t.List[t.Dict[str, Json]]], name: str) -> None:
    """The parts of each structure, at every depth."""
    for facts in facts_of(name).attributes.values():
        for place, flag in (("read", "read"), ("create", "create"), ("modify", "update")):
            schemas = [
                (root, release[place]["properties"][facts.name])
                for root, release in zip(documents[-len(types[name]) :], types[name])
                if facts.name in names(release.get(place, {}))
            ]
            check_parts(facts, schemas, flag)


def check_parts(facts: AttributeFacts, schemas: t.List[t.Tuple[Json, Json]], flag: str) -> None:
    """schemas: the documents that have the attribute in this place, each with what it says there."""
    parts: t.Dict[str, t.List[t.Tuple[Json, Json]]] = {}
    required: t.List[t.Set[str]] = []
    for root, schema in schemas:
        whole = resolved(root, schema) if schema.get("$ref", "").rpartition("/")[2] not in related(schema) else {}
        inner = whole.get("items", {})
        if "items" in whole:
            whole = resolved(root, inner) if inner.get("$ref", "").rpartition("/")[2] not in related(schema) else {}
        required.append(set(whole.get("required", ())))
        for name in names(whole):
            parts.setdefault(name, []).append((root, whole["properties"][name]))
    assert {part.name for part in facts.structure if getattr(part, flag)} == set(parts), (facts.name, flag)
    for part in facts.structure:
        if flag != "read" and part.name in parts:
            stated = part.required if flag == "create" else part.required_on_update
            assert stated == all(part.name in must for must in required), (facts.name, part.name)
        if part.name in parts:
            check_parts(part, parts[part.name], flag)


def related(schema: Json) -> t.Set[str]:
    """Return the definition of the objects that a relation leads to: their attributes are those of their own type."""
    target = schema.get("x-ref") or schema.get("items", {}).get("x-ref")
    return {f"{target}_instance"} if target else set()


@pytest.mark.parametrize("name", TYPES)
def test_what_an_empty_text_clears(types: t.Dict[str, t.List[t.Dict[str, Json]]], name: str) -> None:
    for facts in facts_of(name).attributes.values():
        said = [
            " ".join(release["modify"]["properties"][facts.name].get("description", "").lower().split())
            for release in types[name]
            if facts.name in names(release.get("modify", {}))
        ]
        assert facts.clears == any("empty string" in text and "cannot be an empty string" not in text for text in said)


@pytest.mark.parametrize("name", TYPES)
def test_releases(types: t.Dict[str, t.List[t.Dict[str, Json]]], name: str) -> None:
    """An attribute of the newer document alone is of that release; every other is older."""
    oldest = types[name][0]
    type_ = facts_of(name)
    for facts in type_.attributes.values():
        there = any(facts.name in names(oldest.get(place, {})) for place in ("read", "create", "modify"))
        if not there:
            assert facts.since == RELEASES[1]
        elif facts.since != RELEASES[1]:
            marks = {
                oldest[place]["properties"][facts.name].get("x-added", "1.0")
                for place in ("read", "create", "modify")
                if facts.name in names(oldest.get(place, {}))
            }
            assert not facts.since or any(mark.startswith(facts.since) for mark in marks), facts


def test_the_files_are_what_the_tool_makes(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    documents = sorted(str(path) for path in (shared / "api").glob("powerstore-openapi-*.json"))
    assert derive_facts.main(["--check", *documents]) == 0, capsys.readouterr().out


def test_the_tool_names_a_file_that_differs(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(derive_facts, "ROOT", tmp_path)
    monkeypatch.setattr(derive_facts, "FACTS", tmp_path / "facts.py")
    monkeypatch.setattr(derive_facts, "SCHEMAS", tmp_path)
    oldest = str(shared / "api" / f"powerstore-openapi-{RELEASES[0]}.json")
    assert derive_facts.main(["--check", oldest]) == 1
    assert "facts.py is not up to date" in capsys.readouterr().out and not list(tmp_path.iterdir())
    assert derive_facts.main([oldest]) == 0
    assert derive_facts.main(["--check", oldest]) == 0


def test_the_tool_needs_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JOBWISE_SHARED", str(tmp_path))
    assert derive_facts.main([]) == 2
    assert "JOBWISE_SHARED" in capsys.readouterr().err
