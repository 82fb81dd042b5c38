# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The prepared document is strict about responses, and says what the guide says about all operations."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.conformance.powerstore_document import prepared

Json = dict[str, Any]
ERROR = {"$ref": "#/definitions/error_response"}
DOCUMENT: Json = {
    "swagger": "2.0",
    "info": {"version": "4.1.0.0"},
    "paths": {
        "/share": {
            "get": {
                "description": "Query shares.",
                "responses": {
                    status: {"schema": {"type": "array", "items": {"$ref": "#/definitions/share_instance"}}}
                    for status in ("200", "206")
                },
            },
            "post": {
                "parameters": [
                    {"name": "body", "in": "body", "required": True, "schema": {"$ref": "#/definitions/flags"}}
                ],
                "responses": {"201": {"schema": {"$ref": "#/definitions/create_response"}}, "422": {"schema": ERROR}},
            },
        },
        "/share/{id}/download": {
            "parameters": [{"name": "id", "in": "path", "required": True, "type": "string", "x-pstore-ref": "share"}],
            "get": {
                "produces": ["document/text"],
                "responses": {"200": {"schema": {"type": "string"}}, "404": {"schema": ERROR}},
            },
        },
        "/share/{id}/upload": {
            "post": {
                "parameters": [{"name": "body", "in": "formData", "type": "file"}],
                "responses": {"204": {"description": "Success"}},
            }
        },
    },
    "definitions": {
        "share_instance": {
            "properties": {
                "id": {"type": "string", "description": "Its id."},
                "description": {"type": "string", "description": "Its text."},
                "size": {"type": "integer", "minimum": 0, "maximum": 2**63 - 1},
                "percent": {"type": "integer", "minimum": 0, "maximum": 100},
                "server": {"$ref": "#/definitions/server_instance", "x-pstore-ref": "server"},
                "server_id": {
                    "type": "string",
                    "description": "Its server. name:{name} can be used instead of {id}.",
                    "x-pstore-ref": "server",
                },
                "flags": {"$ref": "#/definitions/flags"},
                "any": {"$ref": "#/definitions/base"},
            }
        },
        "server_instance": {
            "properties": {"shares": {"type": "array", "items": {"$ref": "#/definitions/share_instance"}}}
        },
        "flags": {"allOf": [{"$ref": "#/definitions/base"}, {"properties": {"on": {"type": "boolean"}}}]},
        "base": {"discriminator": "kind", "required": ["kind"], "properties": {"kind": {"type": "string"}}},
        "create_response": {"properties": {"id": {"type": "string"}}},
        "job_response": {"properties": {"id": {"type": "string"}}},
        "error_response": {"properties": {"messages": {"type": "array", "items": {"type": "object"}}}},
    },
}


@pytest.fixture(scope="module")
def document() -> Json:
    return prepared(json.dumps(DOCUMENT))


@pytest.fixture
def share(document: Json) -> Json:
    found: Json = document["components"]["schemas"]["answered_share_instance"]
    return found


def contents(document: Json, path: str, method: str, status: str) -> list[str]:
    return list(document["paths"][path][method]["responses"][status].get("content", {}))


def test_responses_have_no_other_attributes(document: Json, share: Json) -> None:
    assert share["additionalProperties"] is False
    assert "additionalProperties" not in document["components"]["schemas"]["share_instance"]


def test_an_attribute_called_like_a_text_stays(share: Json) -> None:
    assert share["properties"]["description"] == {"type": "string", "nullable": True}


def test_references_may_be_null_and_lead_to_strict_definitions(document: Json, share: Json) -> None:
    answered = "#/components/schemas/answered_server_instance"
    assert share["properties"]["server"] == {"allOf": [{"$ref": answered}], "nullable": True}
    shares = document["components"]["schemas"]["answered_server_instance"]["properties"]["shares"]
    assert shares["items"] == {"$ref": "#/components/schemas/answered_share_instance"}


def test_texts_leave_behind_that_names_are_taken_for_ids(document: Json) -> None:
    properties = document["components"]["schemas"]["share_instance"]["properties"]
    assert properties["server_id"] == {"type": "string", "x-ref": "server", "x-named": True}
    assert "x-named" not in properties["id"]


def test_bounds_that_say_nothing_are_left_out(share: Json) -> None:
    assert share["properties"]["size"] == {"type": "integer", "nullable": True}
    assert share["properties"]["percent"]["maximum"] == 100


def test_parts_become_one_definition(document: Json) -> None:
    flags = document["components"]["schemas"]["answered_flags"]
    assert set(flags["properties"]) == {"kind", "on"}
    assert flags["required"] == ["kind"]


def test_what_a_discriminator_chooses_may_have_more(document: Json) -> None:
    assert "additionalProperties" not in document["components"]["schemas"]["answered_base"]


def test_reads_have_the_parameters_of_the_guide(document: Json) -> None:
    parameters = {one["name"]: one["schema"] for one in document["paths"]["/share"]["get"]["parameters"]}
    assert set(parameters) == {"select", "order", "limit", "offset"}
    assert "id,server(id)" in parameters["select"]["enum"]
    assert {"400", "416"} <= set(document["paths"]["/share"]["get"]["responses"])


def test_writes_can_be_asynchronous(document: Json) -> None:
    assert [one["name"] for one in document["paths"]["/share"]["post"]["parameters"]] == ["is_async"]
    assert contents(document, "/share", "post", "202") == ["application/json"]


def test_errors_of_a_download_are_json_and_its_content_is_not(document: Json) -> None:
    assert contents(document, "/share/{id}/download", "get", "200") == ["document/text"]
    assert contents(document, "/share/{id}/download", "get", "404") == ["application/json"]


def test_keywords_of_both_releases_are_the_same(document: Json) -> None:
    parameter = document["paths"]["/share/{id}/download"]["get"]["parameters"][0]
    assert parameter["schema"] == {"type": "string", "x-ref": "share"}


def test_an_upload_is_a_form(document: Json) -> None:
    assert list(document["paths"]["/share/{id}/upload"]["post"]["requestBody"]["content"]) == ["multipart/form-data"]
    assert contents(document, "/share/{id}/upload", "post", "204") == []
