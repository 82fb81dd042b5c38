# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the hooks of schemathesis put into requests: ids and names of objects that exist."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.conformance.powerstore_fuzz import NAMED, Fuzz

Json = dict[str, Any]
BODY: Json = {
    "properties": {
        "server_id": {"type": "string", "x-ref": "server", "x-named": True},
        "disk_ids": {"type": "array", "items": {"type": "string", "x-ref": "disk"}, "x-named": True},
        "entity_id": {"type": "string", "x-ref": "#null"},
        "other_server_id": {"type": "string", "x-ref": "#remote/server"},
        "unknown_id": {"type": "string", "x-ref": "#null"},
    }
}
PORTS: Json = {"properties": {"port_ids": {"type": "array", "items": {"type": "string", "x-ref": "#resource"}}}}
DOCUMENT: Json = {
    "paths": {
        "/server/{id}": {"patch": {"parameters": [{"name": "id", "schema": {"type": "string", "x-named": True}}]}},
        "/disk/{id}": {"patch": {"parameters": [{"name": "id", "schema": {"type": "string"}}]}},
    },
    "components": {
        "schemas": {"bond_create": PORTS, **{f"{kind}_instance": {} for kind in ("server", "disk", "eth_port")}}
    },
}


@pytest.fixture
def fuzz(tmp_path: Path) -> Fuzz:
    path = tmp_path / "document.json"
    path.write_text(json.dumps(DOCUMENT), encoding="utf-8")
    made = Fuzz({"url": "https://192.0.2.1", "document": str(path), "ca": "", "report": ""})
    made.array.known = {
        "server": [{"id": "S1", "name": "web"}],
        "disk": [{"id": "D1", "name": "first"}, {"id": "D2", "name": None}],
        "eth_port": [{"id": "P1"}, {"id": "P2"}],
        "#null": [],
    }
    return made


def key(fuzz: Fuzz, kind: str, number: int, generated: str = "0") -> str:
    case = SimpleNamespace(path=f"/{kind}/{{id}}", method="PATCH", path_parameters={"id": generated})
    return fuzz.key(case, kind, number)


def test_a_path_has_the_name_now_and_then_where_the_array_takes_names(fuzz: Fuzz) -> None:
    assert [key(fuzz, "server", number) for number in range(NAMED)] == ["S1"] * (NAMED - 1) + ["name:web"]
    assert {key(fuzz, "disk", number) for number in range(2 * NAMED)} == {"D1", "D2"}
    assert key(fuzz, "disk", 0, "D2") == "D2"


def test_references_of_a_body_are_objects_that_exist(fuzz: Fuzz) -> None:
    body = {"server_id": "a", "disk_ids": ["a", "b", "c"]}
    assert fuzz.mapped(BODY, body, 0) == {"server_id": "S1", "disk_ids": ["D1", "D2"]}
    assert fuzz.mapped(BODY, body, NAMED - 1) == {"server_id": "name:web", "disk_ids": ["name:first", "D2"]}


def test_a_reference_may_get_its_type_from_elsewhere(fuzz: Fuzz) -> None:
    body = {"entity_id": "a", "other_server_id": "a", "kind": "metrics_by_disk"}
    assert fuzz.mapped(BODY, body, 0) == {"entity_id": "D1", "other_server_id": "S1", "kind": "metrics_by_disk"}
    bond = {"$ref": "#/components/schemas/bond_create"}
    assert fuzz.mapped(bond, {"port_ids": ["a"]}, 0) == {"port_ids": ["P1"]}
    assert fuzz.mapped(BODY, {"unknown_id": "a"}, 0) == {"unknown_id": "a"}
