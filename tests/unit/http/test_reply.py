# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Replies: what is JSON, and how anything else is described."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._http.answers import Response, parse
from ansible_collections.jobwise.appliance.plugins.module_utils._http.transport import Transport
from tests.unit.http.fixtures import Start
from tests.unit.http.servers import Answer


def response(text: str) -> Response:
    return Response(200, {}, parse(text), text, {})


@pytest.mark.parametrize(
    "text, body, is_json",
    [
        ("", None, True),
        (" \r\n", None, True),
        ("null", None, True),
        ("[]", [], True),
        ("{}", {}, True),
        ('{"id": "x"}', {"id": "x"}, True),
        ("0", 0, True),
        ("false", False, True),
        ('""', "", True),
        ("<html></html>", None, False),
        ("OK", None, False),
        ('{"id": ', None, False),
    ],
)
def test_what_is_json(text: str, body: t.Any, is_json: bool) -> None:
    assert (response(text).body, response(text).is_json) == (body, is_json)


@pytest.mark.parametrize(
    "text, words",
    [
        ("<html><head><title>Sign in</title></head></html>", "an HTML page titled 'Sign in'"),
        ("<TITLE lang='en'>\n  502 Bad\n Gateway </TITLE>", "an HTML page titled '502 Bad Gateway'"),
        (f"<title>{'x' * 300}</title>", f"an HTML page titled '{'x' * 80}'"),
        ("<!DOCTYPE html><body>hello</body>", "an HTML page"),
        ("  <HTML>", "an HTML page"),
        ("upstream connect error\n", "'upstream connect error'"),
        ("y" * 300, f"'{'y' * 80}'"),
    ],
)
def test_what_is_not_json_is_described_in_a_few_words(text: str, words: str) -> None:
    assert response(text).describe() == words


@pytest.mark.parametrize(
    "kind", ["application/json", "application/json; version=1.0", "application/json;charset=utf-8"]
)
def test_texts_arrive_as_they_were_sent(start: Start, kind: str) -> None:
    script, endpoint = start.script(Answer(200, '{"name": "Größe 1 — 数"}', {"Content-Type": kind}))
    transport = Transport(endpoint)
    assert transport.exchange("GET", "/").body == {"name": "Größe 1 — 数"}
    transport.close()
