# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What can go wrong on the way: which error it is, which decides whether a request is sent again, and what it says."""

from __future__ import annotations

import socket
import time
import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import (
    ApplianceError,
    ConnectionFailed,
    InputError,
    ResponseLost,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._http.endpoint import Endpoint
from ansible_collections.jobwise.appliance.plugins.module_utils._http.transport import Transport
from tests.unit.http.fixtures import Start
from tests.unit.http.servers import Answer, NoAnswer, closed_port, read_request, reset

TLS_RECORD = b"\x17\x03\x03\x00\x20" + b"this is not what TLS expects now"
PLAIN_TEXT = b"HTTP/1.1 400 Bad Request\r\n\r\n"
NOISE = ("0x", "object at", "HTTPSConnection", "Max retries", "urllib3", "Errno", "Traceback", "Error(", "('")


def failure(endpoint: Endpoint, **options: t.Any) -> ApplianceError:
    """Send a write that fails, and return the error."""
    with pytest.raises(ApplianceError) as caught:
        transport = Transport(endpoint)
        try:
            transport.exchange("POST", "/api/thing", body={"name": "x"}, **options)
        finally:
            transport.close()
    assert not [word for word in NOISE if word in str(caught.value)], str(caught.value)
    return caught.value


def after_the_request(rest: t.Callable[[socket.socket], None]) -> t.Callable[[socket.socket], None]:
    """Return what serves a connection by reading a request and then doing the rest."""

    def serve(connection: socket.socket) -> None:
        with connection.makefile("rb") as stream:
            read_request(stream)
        rest(connection)

    return serve


def test_nobody_listens() -> None:
    error = failure(Endpoint("127.0.0.1", closed_port()))
    assert isinstance(error, ConnectionFailed)
    assert str(error).startswith("Cannot connect to https://127.0.0.1:") and "Connection refused." in str(error)
    assert "Check host and port." in str(error)
    assert error.facts() == {"kind": "connection", "method": "POST", "path": "/api/thing", "messages": []}


def test_a_name_that_does_not_exist() -> None:
    """A name below .invalid never exists."""
    error = failure(Endpoint("array.invalid"))
    assert isinstance(error, ConnectionFailed)
    assert str(error).startswith("Cannot connect to https://array.invalid:443: ")
    assert "Check host and port." in str(error)


@pytest.mark.parametrize(
    "host",
    [
        "a b",
        "array:8443",
        "array..example.com",
        "a" * 64 + ".example.com",
        "[::1",
    ],
)
def test_what_is_no_address_is_bad_input(host: str) -> None:
    error = failure(Endpoint(host))
    assert isinstance(error, InputError)
    assert host in str(error) and "not a valid name or address" in str(error)


def test_no_answer_in_time(start: Start) -> None:
    server = start(after_the_request(lambda connection: time.sleep(1.5)))
    error = failure(start.endpoint(server, timeout=0.3))
    assert isinstance(error, ResponseLost)
    assert str(error) == (
        f"https://127.0.0.1:{server.port} took the request but gave no answer within 0.3 s. "
        "A larger timeout waits longer."
    )
    assert error.facts()["kind"] == "reply_lost"


def test_a_request_may_have_a_timeout_of_its_own(start: Start) -> None:
    server = start(after_the_request(lambda connection: time.sleep(1.5)))
    assert "gave no answer within 0.2 s" in str(failure(start.endpoint(server, timeout=60), timeout=0.2))


def test_the_answer_stops_halfway(start: Start) -> None:
    def half(connection: socket.socket) -> None:
        connection.sendall(Answer(200, ["x" * 100]).wire()[:-50])
        time.sleep(1.5)

    error = failure(start.endpoint(start(after_the_request(half)), timeout=0.3))
    assert isinstance(error, ResponseLost)
    assert "began to answer but did not come to an end within 0.3 s" in str(error)


def test_the_connection_ends_before_the_answer(start: Start) -> None:
    script, endpoint = start.script(NoAnswer())
    error = failure(endpoint)
    assert isinstance(error, ResponseLost)
    assert str(error).startswith(f"The connection to {endpoint.url} broke before an answer came: ")
    assert script.talk == ["POST /api/thing"], "a request must not be repeated here"


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_nothing_is_repeated(start: Start, method: str) -> None:
    """Whether a request may be repeated is for the client to know."""
    script, endpoint = start.script(NoAnswer(), Answer())
    transport = Transport(endpoint)
    with pytest.raises(ResponseLost):
        transport.exchange(method, "/")
    transport.close()
    assert script.talk == [f"{method} /"]


def test_the_connection_is_reset_before_the_answer(start: Start) -> None:
    endpoint = start.endpoint(start(after_the_request(reset)))
    error = failure(endpoint)
    assert isinstance(error, ResponseLost)
    assert str(error).startswith(f"The connection to {endpoint.url} broke before an answer came: ")


@pytest.mark.parametrize("cut", [1, 40])
def test_the_answer_is_cut_off(start: Start, cut: int) -> None:
    server = start(after_the_request(lambda connection: connection.sendall(Answer(200, ["x" * 80]).wire()[:-cut])))
    error = failure(start.endpoint(server))
    assert isinstance(error, ResponseLost)
    assert str(error).startswith(f"The answer of https://127.0.0.1:{server.port} broke off: ")


def test_the_headers_are_cut_off(start: Start) -> None:
    server = start(after_the_request(lambda connection: connection.sendall(b"HTTP/1.1 20")))
    assert isinstance(failure(start.endpoint(server)), ResponseLost)


@pytest.mark.parametrize("status", ["200 OK", "202 Accepted"])
@pytest.mark.parametrize("headers", ["", "Content-Type: application/json\r\n", "Date: x\r\nContent-Le"])
def test_the_connection_ends_within_the_headers(start: Start, status: str, headers: str) -> None:
    """The answer must not count as one without a body: a write would then be a success without a job."""
    came = f"HTTP/1.1 {status}\r\n{headers}".encode()
    error = failure(start.endpoint(start(after_the_request(lambda connection: connection.sendall(came)))))
    assert isinstance(error, ResponseLost)
    assert "broke off: it ended within its headers" in str(error)


@pytest.mark.parametrize(
    "answer",
    [
        "HTTP/1.0 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 204 No Content\r\n\r\n",
    ],
)
def test_an_answer_without_a_body_is_complete(start: Start, answer: str) -> None:
    endpoint = start.endpoint(start(after_the_request(lambda connection: connection.sendall(answer.encode()))))
    assert Transport(endpoint).exchange("POST", "/").text == ""


def test_what_answers_does_not_speak_http(start: Start) -> None:
    server = start(after_the_request(lambda connection: connection.sendall(b"220 mail.example.com ESMTP\r\n")))
    error = failure(start.endpoint(server))
    assert isinstance(error, ResponseLost)
    assert "mail.example.com" in str(error)


def test_a_compressed_answer_that_is_none(start: Start) -> None:
    script, endpoint = start.script(Answer(200, "no gzip", {"Content-Encoding": "gzip"}))
    error = failure(endpoint)
    assert isinstance(error, ResponseLost)
    assert "broke off" in str(error)


def break_tls(connection: socket.socket, data: bytes) -> None:
    """Send what is no TLS."""
    with socket.socket(fileno=connection.detach()) as raw:
        raw.sendall(data)


def test_tls_breaks_after_the_request(start: Start) -> None:
    """The request may have been carried out: NotReached would tell the engine that it was not."""
    error = failure(start.endpoint(start(after_the_request(lambda connection: break_tls(connection, TLS_RECORD)))))
    assert isinstance(error, ResponseLost), repr(error)


@pytest.mark.parametrize("data", [TLS_RECORD, PLAIN_TEXT], ids=["record", "plain text"])
def test_tls_breaks_in_the_middle_of_a_talk(start: Start, data: bytes) -> None:
    """OpenSSL tells plain bytes in the words of a handshake that never began, but there has been an answer before."""

    def serve(connection: socket.socket) -> None:
        with connection.makefile("rb") as stream:
            read_request(stream)
            connection.sendall(Answer(200, []).wire())
            read_request(stream)
        break_tls(connection, data)

    transport = Transport(start.endpoint(start(serve)))
    assert transport.exchange("GET", "/").status == 200
    with pytest.raises(ResponseLost):
        transport.exchange("POST", "/")
    transport.close()


def test_what_was_sent_is_not_told(start: Start) -> None:
    """Headers and bodies carry passwords."""
    endpoint = Endpoint("127.0.0.1", closed_port())
    error = failure(endpoint, headers={"Authorization": "Basic c2VjcmV0"})
    assert "c2VjcmV0" not in str(error) and "c2VjcmV0" not in str(error.facts())
