# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every resource type with a create, in both releases: created, read, changed, deleted; and what the schema forbids."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.catalog import load
from jobwise_emulator.powerstore.resources import RULES
from jobwise_emulator.powerstore.verbs import identity, one_way, placing, references
from tests import contract
from tests.unit.emulator.powerstore.array import Array
from tests.unit.emulator.powerstore.bodies_of_types import Bodies

# Types whose create needs more than a body from the schema; their own tests create them.
ELSEWHERE = {
    "cluster": "an array is configured already",
    "software_package": "an upload, which is not emulated",
    "file_import_session": "needs a source that can be imported",
    "import_session": "needs a source that can be imported",
    "x509_certificate": "needs a certificate and its key",
}
# Types whose rules look at more of a change than the schema says: only their descriptions are changed here.
RULED = {kind for kind, rules in RULES.items() if "modify" in rules.checks or "modify" in rules.before}
OWN_CREATE = {kind for kind, rules in RULES.items() if "create" in rules.checks}
VERSIONS = ("4.0", "4.1")
IDENTIFYING = {"name", *(key for keys in identity.KEYS.values() for key in keys), "file_system_id"}
UNKNOWN = "11111111-2222-3333-4444-555555555555"


def types_with(verb: str) -> list[Any]:
    return [
        pytest.param(version, kind, id=f"{kind}-{version}")
        for version in VERSIONS
        for kind, entry in load(version).types.items()
        if verb in entry["verbs"] and kind not in ELSEWHERE
    ]


def identified(version: str, kind: str) -> bool:
    return identity.keys_of(load(version), kind) is not None


def done(array: Array, method: str, path: str, body: Json | None, status: str) -> Json:
    """An asynchronous write that succeeds: its job."""
    reply = array.call(method, path, body, is_async="true")
    assert reply.status == 202, (method, path, body, reply.body)
    array.clock.advance(2.1)
    job = array.job(reply.body["id"])
    assert (job["phase"], job["progress_percentage"]) == ("Completed", 100), job
    assert job["response_status"] == (status if job["response_body"] else None)
    return job


def shows(array: Array, kind: str, key: str, given: Json) -> Json:
    """The object, in which everything that was given and can be read must be found, and no secret."""
    entry: Json = array.get(f"{kind}/{key}", select="*")
    for name, value in given.items():
        place = placing.place_of(array.platform.catalog, kind, name)
        if place == placing.Place("set", name):
            assert holds(entry[name], value), (kind, name, entry[name], value)
    assert "Password123!" not in json.dumps(entry)
    return entry


def holds(have: Any, given: Any) -> bool:
    """Whether a value has all that was given; an empty text is read as null, secrets of a structure are not read."""
    if isinstance(given, dict):
        return all(name not in have or holds(have[name], value) for name, value in given.items())
    if isinstance(given, list) and given and isinstance(given[0], dict):
        return len(have) == len(given) and all(map(holds, have, given))
    return bool(have == given or (given == "" and have is None))


def changes(bodies: Bodies, kind: str) -> list[Json]:
    """A change of each attribute of a type alone, with the attributes that each change must have."""
    catalog = bodies.catalog
    facts = catalog.types[kind]["verbs"].get("modify")
    if facts is None:
        return []
    struct = catalog.struct(facts["body"])
    required = struct.get("required", [])
    found = []
    for name in struct["attributes"]:
        place = placing.place_of(catalog, kind, name)
        plain = place.how in ("set", "hide") and (kind, name) not in placing.UNSERVED
        if plain and (kind not in RULED or name == "description"):
            change = bodies.values(facts["body"], list(dict.fromkeys([*required, name])))
            found.append(
                {**change, **{one: one_way.ONE_WAY[kind, one] for one in change if (kind, one) in one_way.ONE_WAY}}
            )
    return found


@pytest.mark.parametrize(("version", "kind"), types_with("create"))
def test_life_of_an_object(version: str, kind: str) -> None:
    array = Array(api_version=version)
    live(Bodies(array), kind)
    assert not array.platform.world.store.stale()


def live(bodies: Bodies, kind: str) -> None:
    """The life of an object of a type, from its create to its delete."""
    array = bodies.array
    verbs = array.platform.catalog.types[kind]["verbs"]
    body = bodies.create(kind)
    job = done(array, "POST", kind, body, "201")
    key = job["resource_id"]
    assert job["response_body"] == {"response_type": "job_create_response", "id": key}
    assert job["resource_type"] in (kind, None)
    if kind not in RULES:
        shows(array, kind, key, body)
    if "name" in body and array.platform.catalog.by_name(kind):
        assert array.get(f"{kind}/name:{body['name'].upper()}") == {"id": key}
    for change in changes(bodies, kind):
        assert done(array, "PATCH", f"{kind}/{key}", change, "204")["resource_id"] == key
        shows(array, kind, key, change)
    if "delete" in verbs:
        done(array, "DELETE", f"{kind}/{key}", None, "204")
        assert array.call("GET", f"{kind}/{key}").status == 404
        assert array.call("DELETE", f"{kind}/{key}").status == 404
    else:
        assert array.call("DELETE", f"{kind}/{key}").status == 405


@pytest.mark.parametrize("version", VERSIONS)
def test_the_lives_keep_the_contract(version: str, shared: Path, tmp_path: Path) -> None:
    bodies = Bodies(Array(api_version=version))
    for one in types_with("create"):
        if one.values[0] == version:
            live(bodies, one.values[1])
    journal = tmp_path / "journal.jsonl"
    exchanges = [json.dumps(exchange) for exchange in bodies.array.exchanges]
    journal.write_text("\n".join(exchanges) + "\n", encoding="utf-8")
    contract.check(journal, shared, version)


@cache
def standing(version: str) -> Bodies:
    """An array for requests that are refused."""
    return Bodies(Array(api_version=version))


@pytest.mark.parametrize(("version", "kind"), types_with("create"))
def test_what_the_schema_forbids_is_refused(version: str, kind: str) -> None:
    bodies = standing(version)
    array, catalog = bodies.array, bodies.catalog
    body = bodies.create(kind)
    struct = catalog.struct(catalog.types[kind]["verbs"]["create"]["body"])
    refused = {"unknown": {**body, "colour": "red"}}
    for name in struct.get("required", []):
        refused[f"without {name}"] = {key: value for key, value in body.items() if key != name}
    for name, facts in struct["attributes"].items():
        refused[f"type of {name}"] = {**body, name: [[]]}
        if facts.get("enum"):
            refused[f"value of {name}"] = {**body, name: "No_Such_Value"}
        if facts.get("max_length", 9999) < 9999:
            refused[f"length of {name}"] = {**body, name: "x" * (facts["max_length"] + 1)}
        if facts["type"] == "integer" and "max" in facts:
            refused[f"size of {name}"] = {**body, name: facts["max"] + 1}
    for what, wrong in refused.items():
        reply = array.call("POST", kind, wrong)
        assert reply.status == 400, (what, reply.status, reply.body)


@pytest.mark.parametrize(("version", "kind"), types_with("create"))
def test_objects_that_a_body_names_must_exist(version: str, kind: str) -> None:
    bodies = standing(version)
    catalog = bodies.catalog
    body = bodies.create(kind)
    for name, facts in catalog.struct(catalog.types[kind]["verbs"]["create"]["body"])["attributes"].items():
        items = facts.get("items", {})
        marked = (kind, name) in references.UNMARKED or (facts.get("ref") or items.get("ref")) in catalog.types
        if not marked or (items or facts)["type"] != "string" or kind in OWN_CREATE:
            continue
        unknown = [UNKNOWN, *bodies.value(name, facts)[1:]] if items else UNKNOWN
        reply = bodies.array.call("POST", kind, {**body, name: unknown})
        assert (reply.status, UNKNOWN in str(reply.body)) == (404, True), (name, reply.status, reply.body)


@pytest.mark.parametrize(
    ("version", "kind"),
    [one for one in types_with("create") if one.values[1] not in OWN_CREATE and identified(*one.values)],
)
def test_an_object_like_one_that_is_there_is_refused(version: str, kind: str) -> None:
    array = Array(api_version=version)
    bodies = Bodies(array)
    struct = array.platform.catalog.types[kind]["verbs"]["create"]["body"]
    named = [name for name in IDENTIFYING if name in array.platform.catalog.struct(struct)["attributes"]]
    body = {**bodies.values(struct, named), **bodies.create(kind)}
    array.do("POST", kind, body)
    again = {**bodies.create(kind), **{name: body[name] for name in named}}
    if "name" in again:
        again["name"] = again["name"].upper()
    assert array.call("POST", kind, again).status in (400, 422)
