# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What goes over the line, and what does not."""

from __future__ import annotations

import socket
import typing as t
from pathlib import Path

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._http.endpoint import Endpoint
from ansible_collections.jobwise.appliance.plugins.module_utils._http.transport import Transport
from tests.unit.http.fixtures import Start
from tests.unit.http.servers import Answer, Script


def exchange(endpoint: Endpoint, *calls: tuple[t.Any, ...], **options: t.Any) -> list[t.Any]:
    """Send requests over one transport; return the replies."""
    transport = Transport(endpoint)
    try:
        return [transport.exchange(*call, **options) for call in calls or [("GET", "/")]]
    finally:
        transport.close()


def test_method_path_query_body_and_headers_arrive(start: Start) -> None:
    script, endpoint = start.script(Answer())
    query = {"select": "id,name", "name": "in.(a b,Größe&co+1)", "protection_data->>id": "eq.1"}
    exchange(endpoint, ("PATCH", "/api/it/name%3Aa%2Fb", query, {"description": "größer"}, {"X-Token": "abc"}))
    (request,) = script.requests
    assert (request.method, request.path, request.query) == ("PATCH", "/api/it/name%3Aa%2Fb", query)
    assert request.body == {"description": "größer"}
    assert request.headers["x-token"] == "abc"
    assert request.headers["content-type"] == "application/json"


def test_a_request_without_a_body_has_none(start: Start) -> None:
    script, endpoint = start.script(Answer())
    exchange(endpoint, ("POST", "/logout"))
    (request,) = script.requests
    assert request.body is None and request.headers.get("content-length") == "0"
    assert "content-type" not in request.headers


@pytest.mark.parametrize("status", [200, 201, 202, 204, 206, 400, 401, 403, 404, 422, 500, 502, 503])
def test_every_status_is_a_reply_and_none_is_repeated(start: Start, status: int) -> None:
    script, endpoint = start.script(Answer(status, None if status == 204 else {"id": "x"}, {"X-Told": "yes"}))
    (response,) = exchange(endpoint)
    assert (response.status, response.body, response.headers["x-TOLD"]) == (
        status,
        None if status == 204 else {"id": "x"},
        "yes",
    )
    assert len(script.requests) == 1


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirects_are_not_followed(start: Start, status: int) -> None:
    """Following one would send a password wherever something that answers wants it."""
    script, endpoint = start.script(Answer(status, None, {"Location": "/elsewhere"}))
    (response,) = exchange(endpoint, ("GET", "/", None, None, {"Authorization": "Basic c2VjcmV0"}))
    assert response.status == status and response.headers["Location"] == "/elsewhere"
    assert script.talk == ["GET /"]


def test_many_requests_share_one_connection(start: Start) -> None:
    script, endpoint = start.script(*[Answer(200, [number]) for number in range(12)])
    replies = exchange(endpoint, *[("GET", f"/{number}") for number in range(12)])
    assert [response.body for response in replies] == [[number] for number in range(12)]
    assert {request.connection for request in script.requests} == {1}


def test_a_connection_that_the_server_has_closed_meanwhile_is_opened_anew(start: Start) -> None:
    script, endpoint = start.script(Answer(200, [1], {"Connection": "close"}), Answer(200, [2]))
    replies = exchange(endpoint, ("GET", "/"), ("GET", "/"))
    assert [response.body for response in replies] == [[1], [2]]


def test_cookies_are_told_and_never_sent_by_themselves(start: Start) -> None:
    """Else a session that has been given up would come back, and two clients could share one unawares."""
    script, endpoint = start.script(
        Answer(200, {}, {"Set-Cookie": "auth_cookie=abc; Path=/; Secure"}), Answer(), Answer()
    )
    first, second, dummy = exchange(endpoint, ("GET", "/"), ("GET", "/"), ("GET", "/", None, None, {"Cookie": "a=1"}))
    assert first.cookies.get("auth_cookie") == "abc" and second.cookies.get("auth_cookie") is None
    assert [request.headers.get("cookie") for request in script.requests] == [None, None, "a=1"]


def test_a_netrc_file_is_ignored(start: Start, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("default login somebody password else\n", encoding="utf-8")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    script, endpoint = start.script(Answer(), Answer())
    exchange(endpoint, ("GET", "/"), ("GET", "/", None, None, {"Authorization": "Basic bWluZQ=="}))
    assert [request.headers.get("authorization") for request in script.requests] == [None, "Basic bWluZQ=="]


def test_a_timeout_of_one_request_does_not_stay(start: Start) -> None:
    script, endpoint = start.script(Answer(), Answer())
    transport = Transport(endpoint)
    transport.exchange("GET", "/", timeout=0.5)
    assert transport.exchange("GET", "/").status == 200
    transport.close()


@pytest.mark.parametrize(
    "host, url",
    [
        ("array.example.com", "https://array.example.com:8443"),
        ("192.0.2.7", "https://192.0.2.7:8443"),
        ("2001:db8::7", "https://[2001:db8::7]:8443"),
        ("[2001:db8::7]", "https://[2001:db8::7]:8443"),
    ],
)
def test_the_url_of_an_endpoint(host: str, url: str) -> None:
    assert Endpoint(host, 8443).url == url


@pytest.mark.skipif(not socket.has_ipv6, reason="this Python has no IPv6")
def test_ipv6(start: Start) -> None:
    try:
        server = start(Script(Answer(200, ["six"])), host="::1")
    except OSError:
        pytest.skip("this machine has no IPv6 loopback")
    assert exchange(start.endpoint(server))[0].body == ["six"]
