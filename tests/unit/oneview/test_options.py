# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The connection options: what leads to a client, and what cannot."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.options import ONEVIEW, connect
from tests.unit.http.fixtures import Start
from tests.unit.http.servers import Answer
from tests.unit.oneview.scripted import VERSION, error_from


def options(**given: t.Any) -> dict[str, t.Any]:
    defaults = {name: option.get("default") for name, option in ONEVIEW.options.items()}
    return {**defaults, "host": "oneview.example.com", "username": "ops", "password": "Sup3r-Secret", **given}


@pytest.mark.parametrize(
    "given, words",
    [
        ({"username": None}, "Give username and password, or the session_id"),
        ({"password": None}, "Give username and password, or the session_id"),
        ({"api_version": 0}, "api_version takes the number of an API version"),
        ({"host": "https://oneview.example.com"}, "host takes a name or an address"),
        ({"port": 0}, "port has to be between"),
    ],
)
def test_what_cannot_be(given: dict[str, t.Any], words: str) -> None:
    assert words in str(error_from(lambda: connect(options(**given))))


@pytest.mark.parametrize("version", [1, 3, 120, 8600])
def test_any_version_may_be_asked_for(start: Start, version: int) -> None:
    """Version 3 is what the first releases speak."""
    script, endpoint = start.script(Answer(200, {"sessionID": "s"}), Answer(200, {"uri": "/rest/x/1"}), Answer(204))
    where = {"host": endpoint.host, "port": endpoint.port, "ca_path": endpoint.ca_path}
    with connect(options(**where, api_version=version)) as client:
        client.get("/rest/x/1")
    assert {request.headers["x-api-version"] for request in script.requests} == {str(version)}


@pytest.mark.parametrize("user", [None, "ops"])
def test_a_session_that_is_open_comes_first(start: Start, user: str | None) -> None:
    """Although the environment may name a user, too."""
    script, endpoint = start.script(VERSION, Answer(200, {"uri": "/rest/x/1"}))
    where = {"host": endpoint.host, "port": endpoint.port, "ca_path": endpoint.ca_path}
    with connect(options(**where, username=user, session_id="mine")) as client:
        client.get("/rest/x/1")
    assert script.talk == ["GET /rest/version", "GET /rest/x/1"]


def test_the_certificate_is_verified_with_its_name(start: Start) -> None:
    script, endpoint = start.script(VERSION)
    where = {"host": endpoint.host, "port": endpoint.port}
    error = error_from(lambda: connect(options(**where)).get("/rest/x/1"))
    assert error.kind == "tls" and "is not trusted" in error.message and script.talk == []


def test_every_option_has_its_variable_and_secrets_are_marked() -> None:
    assert {name: option["env"] for name, option in ONEVIEW.options.items()} == {
        name: f"ONEVIEW_{name.upper()}" for name in ONEVIEW.options
    }
    assert {name for name, option in ONEVIEW.options.items() if option.get("no_log")} == {
        "password",
        "session_id",
        "proxy",
    }
