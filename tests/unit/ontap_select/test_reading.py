# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading: what is asked, what comes back, and what is tried again."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import (
    ApplianceError,
    Busy,
    InputError,
    LoginFailed,
    Refused,
    ResponseLost,
    UnexpectedResponse,
    Unsupported,
)
from tests.unit.http.servers import Answer, NoAnswer
from tests.unit.ontap_select.scripted import BASIC, MakeDeploy, record, records, refused


def test_each_request_shows_who_sends_it_on_one_connection(deploy: MakeDeploy) -> None:
    it = deploy(records({"id": "1", "name": "c1"}), record({"id": "1"}))
    assert it.client.query("clusters", "id,name", {"name": "c1"}, order_by="name asc") == [{"id": "1", "name": "c1"}]
    assert it.client.get("clusters/1", "id") == {"id": "1"}
    assert it.talk == ["GET clusters", "GET clusters/1"]
    assert it.queries == [{"name": "c1", "fields": "id,name", "order_by": "name asc"}, {"fields": "id"}]
    assert {request.headers["authorization"] for request in it.script.requests} == {BASIC}
    assert {request.headers["accept"] for request in it.script.requests} == {"application/json"}
    assert {request.connection for request in it.script.requests} == {1}


def test_what_is_not_there_is_none(deploy: MakeDeploy) -> None:
    it = deploy(refused(404), records(), records())
    assert it.client.get("clusters/1", "id") is None
    assert it.client.find("clusters", "id,name", "c1") is None


def test_a_name_is_found_whatever_its_case_and_the_exact_one_first(deploy: MakeDeploy) -> None:
    rows = {"id": "1", "name": "C1"}, {"id": "2", "name": "c1"}
    it = deploy(records(*rows), records(rows[0]))
    assert it.client.find("clusters", "id,name", "c1") == rows[1]
    assert it.client.find("clusters", "id,name", "c1") == rows[0]


def test_several_names_that_differ_in_case_only_mean_none_of_them(deploy: MakeDeploy) -> None:
    it = deploy(records(), records({"id": "1", "name": "Edge"}, {"id": "2", "name": "EDGE"}))
    with pytest.raises(InputError, match=r"No cluster has exactly the name edge.*: Edge \(1\), EDGE \(2\)"):
        it.client.find("clusters", "id,name", "edge")


def test_a_name_that_deploy_has_in_another_case_is_found_by_a_second_read(deploy: MakeDeploy) -> None:
    """Deploy's filters take a name as it is written."""
    it = deploy(records(), records({"id": "1", "name": "other"}, {"id": "2", "name": "C1"}), records())
    assert it.client.find("clusters", "id,name", "c1") == {"id": "2", "name": "C1"}
    assert it.queries == [{"name": "c1", "fields": "id,name"}, {"fields": "id,name"}]
    assert it.client.find("hosts", "id,name", "192.0.2.1") is None, "digits have no case"


@pytest.mark.parametrize("name", ["a|b", "*", ">x", "!x", "null", "NULL"])
def test_a_name_with_a_meaning_in_filters_is_looked_for_here(deploy: MakeDeploy, name: str) -> None:
    it = deploy(records({"id": "1", "name": "x"}, {"id": "2", "name": name}))
    found = it.client.find("clusters", "id,name", name)
    assert found and found["id"] == "2"
    assert it.queries == [{"fields": "id,name"}]


def test_a_wrong_password_is_tried_once(deploy: MakeDeploy) -> None:
    it = deploy(Answer(401, None, {"WWW-Authenticate": "Basic realm=x"}))
    with pytest.raises(LoginFailed) as caught:
        it.client.query("clusters", "id")
    assert "does not accept user admin" in str(caught.value) and "Sup3r" not in str(caught.value)
    assert len(it.talk) == 1 and it.pauses == []


def test_a_read_is_tried_again_once_deploy_has_answered_anything(deploy: MakeDeploy) -> None:
    it = deploy(records(), Answer(503, "busy"), NoAnswer(), records({"id": "1"}))
    it.client.query("hosts", "id")
    assert it.client.query("hosts", "id") == [{"id": "1"}]
    assert it.pauses == [0.5, 1.0]


def test_what_has_never_answered_is_told_at_once(deploy: MakeDeploy) -> None:
    it = deploy(NoAnswer())
    with pytest.raises(ResponseLost):
        it.client.query("hosts", "id")
    assert it.pauses == []


@pytest.mark.parametrize(
    "answer, kind, words",
    [
        (refused(400, "Bad field."), Refused, "Deploy refused it: Bad field. (Code1, HTTP 400 on GET /api/v3/hosts)"),
        (refused(400, "Bad field.", 17), Refused, "Bad field. (17, HTTP 400"),
        (Answer(400, {"error": "Bad field."}), Refused, "Deploy refused it: Bad field. (HTTP 400"),
        (Answer(500, ""), Refused, "Deploy failed internally: no reason given (HTTP 500"),
        (Answer(500, {}, {"request-id": "r7"}), Refused, "request-id r7)"),
        (Answer(504, "<html><title>Gone</title>"), ResponseLost, "an HTML page titled 'Gone'"),
        (Answer(503, ""), Busy, "Deploy is busy"),
        (Answer(429, ""), Busy, "Deploy takes no more requests for now"),
        (refused(501, "Not here."), Unsupported, "Deploy cannot do this: Not here. (Code1, HTTP 501"),
        (
            Answer(404, "<html>"),
            UnexpectedResponse,
            "The server that answered is not ONTAP Select Deploy: an HTML page",
        ),
        (Answer(302, "", {"Location": "https://sso"}), UnexpectedResponse, "which points to https://sso"),
        (Answer(200, "<html>"), UnexpectedResponse, "not ONTAP Select Deploy"),
        (Answer(200, {"rows": []}), UnexpectedResponse, "did not return records"),
        (Answer(200, "null"), UnexpectedResponse, "did not return records"),
        (Answer(200, {"records": [1]}), UnexpectedResponse, "did not return records"),
    ],
)
def test_errors_in_words(deploy: MakeDeploy, answer: t.Any, kind: type[ApplianceError], words: str) -> None:
    with pytest.raises(kind) as caught:
        deploy(answer, answer, answer).client.query("hosts", "id")
    assert words in str(caught.value)
    assert caught.value.path == "/api/v3/hosts"


def test_a_file_comes_piece_by_piece(deploy: MakeDeploy) -> None:
    it = deploy(Answer(200, "x" * 100000), refused(404), Answer(401))
    pieces: list[bytes] = []
    assert it.client.download("/api/v3/files/b1", pieces.append) == 100000
    assert b"".join(pieces) == b"x" * 100000
    assert it.script.requests[0].headers["authorization"] == BASIC
    with pytest.raises(Refused):
        it.client.download("/api/v3/files/b1", pieces.append)
    with pytest.raises(LoginFailed):
        it.client.download("/api/v3/files/b1", pieces.append)
