# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Answers that never end, are too large, too deep, or name what nobody can send: each ends as an error in words."""

from __future__ import annotations

import contextlib
import dataclasses
import gzip
import io
import itertools
import socket
import typing as t
import zlib

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import (
    ApplianceError,
    ConnectionFailed,
    ResponseLost,
    UnexpectedResponse,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._http import answers, transport
from ansible_collections.jobwise.appliance.plugins.module_utils._http.answers import (
    BrokenOff,
    TooLarge,
    parse,
    pieces_of,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._http.deadline import Deadline
from ansible_collections.jobwise.appliance.plugins.module_utils._http.transport import Transport
from tests.unit.http.fixtures import Start
from tests.unit.http.servers import Answer, read_request


def zipped(content: bytes) -> bytes:
    """Compress without the time of day, so that workers agree on the names of tests."""
    return gzip.compress(content, mtime=0)


BOMB = zipped(bytes(20_000_000))
DEEP = "[" * 100_000


class Ticking:
    """A clock that goes on by one second each time somebody looks at it."""

    def __init__(self) -> None:
        self.seconds = itertools.count(1000.0)

    def __call__(self) -> float:
        return next(self.seconds)


def dripping(start: Start, *parts: bytes, endlessly: bytes = b"") -> t.Any:
    """Start a server that answers with these parts and then with the same bytes for ever; return where it is."""

    def serve(connection: socket.socket) -> None:
        with connection.makefile("rb") as stream, contextlib.suppress(OSError):
            read_request(stream)
            for part in itertools.chain(parts, itertools.repeat(endlessly)):
                connection.sendall(part)

    return start.endpoint(start(serve), timeout=8.0)


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@pytest.mark.parametrize(
    "parts, endlessly, words",
    [
        ((), b"HTTP/1.1 100 Continue\r\n\r\n", "took the request but gave no answer within 8 s"),
        ((b"HTTP/1.1 200 OK\r\n",), b"X-A: b\r\n", "took the request but gave no answer within 8 s"),
        ((HEAD, b"Content-Length: 100000000\r\n\r\n"), b" ", "began to answer but did not come to an end within 8 s"),
        ((HEAD, b"Transfer-Encoding: chunked\r\n\r\n"), b"1\r\n \r\n", "began to answer but did not come to an end"),
        ((HEAD, b"Connection: close\r\n\r\n"), b" ", "began to answer but did not come to an end within 8 s"),
    ],
    ids=["100 Continue", "headers", "length", "chunks", "until the end of the connection"],
)
def test_an_answer_that_drips_has_the_timeout_in_all(
    start: Start, parts: tuple[bytes, ...], endlessly: bytes, words: str
) -> None:
    it = Transport(dripping(start, *parts, endlessly=endlessly), Ticking())
    with pytest.raises(ResponseLost) as caught:
        it.exchange("GET", "/x")
    assert words in str(caught.value) or "more than 100 headers" in str(caught.value)
    it.close()


def test_a_wait_bounds_its_exchanges(start: Start) -> None:
    it = Transport(dripping(start, HEAD, b"Content-Length: 1000000\r\n\r\n", endlessly=b" "), Ticking())
    with pytest.raises(ResponseLost, match="within [34] s") as caught, it.deadline.within(5.0):
        it.exchange("GET", "/x")
    assert "larger timeout" not in str(caught.value)
    it.close()


def test_no_request_is_sent_when_the_wait_is_over(start: Start) -> None:
    script, endpoint = start.script(Answer())
    it = Transport(endpoint, Ticking())
    with pytest.raises(ConnectionFailed, match="No time was left"), it.deadline.within(1.0):
        it.exchange("GET", "/x")
    assert it.exchange("GET", "/y").status == 200 and script.talk == ["GET /y"]
    it.close()


def test_the_earliest_of_several_bounds_counts() -> None:
    deadline = Deadline(lambda: 0.0)
    with deadline.within(9.0):
        with deadline.within(3.0), deadline.within(5.0):
            assert deadline.left() == 3.0
        assert deadline.left() == 9.0
    assert deadline.left() == float("inf")


def test_a_download_that_drips_ends(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "LONGEST_DOWNLOAD", 30.0)
    it = Transport(dripping(start, HEAD, b"Content-Length: 100000000\r\n\r\n", endlessly=b" "), Ticking())
    with pytest.raises(ResponseLost), it.download("/big") as (dummy, pieces):
        list(pieces)
    it.close()


@pytest.mark.parametrize("method, kind", [("GET", UnexpectedResponse), ("POST", ResponseLost)])
@pytest.mark.parametrize("headers, body", [({}, "x" * 200_000), ({"Content-Encoding": "gzip"}, zipped(bytes(5001)))])
def test_an_answer_that_is_too_large(
    start: Start,
    monkeypatch: pytest.MonkeyPatch,
    method: str,
    kind: type[ApplianceError],
    headers: dict[str, str],
    body: t.Any,
) -> None:
    """A write may have had an effect all the same."""
    monkeypatch.setattr(transport, "LARGEST", 5000)
    script, endpoint = start.script(Answer(200, body, headers), Answer(200, [1]))
    it = Transport(endpoint)
    with pytest.raises(kind, match="has more than 0 MiB, and was not read any further"):
        it.exchange(method, "/x")
    assert it.exchange("GET", "/y").body == [1]
    assert headers or [request.connection for request in script.requests] == [1, 2], "nobody reads the rest"
    it.close()


def test_a_download_that_is_too_large(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "LARGEST_DOWNLOAD", 5000)
    dummy, endpoint = start.script(Answer(200, "x" * 5001))
    with pytest.raises(UnexpectedResponse, match="has more than"), Transport(endpoint).download("/big") as (
        response,
        pieces,
    ):
        assert response.status == 200 and list(pieces)


@dataclasses.dataclass
class Response:
    """What requests has begun to read."""

    content: bytes
    headers: dict[str, str]
    status_code: int = 200

    @property
    def raw(self) -> t.Any:
        stream = self.__dict__.setdefault("stream", io.BytesIO(self.content))

        class Raw:
            read = staticmethod(lambda amount, decode_content: stream.read(amount))

        return Raw


@pytest.mark.parametrize("encoding, bomb", [("gzip", BOMB), ("deflate", zlib.compress(bytes(20_000_000)))])
def test_a_bomb_is_inflated_little_by_little(encoding: str, bomb: bytes) -> None:
    sizes = []
    with pytest.raises(TooLarge):
        for piece in pieces_of(Response(bomb, {"Content-Encoding": encoding}), 1_000_000):
            sizes.append(len(piece))
    assert max(sizes) <= answers.PIECE and sum(sizes) <= 1_000_000


@pytest.mark.parametrize("content", [zipped(b"one") + zipped(b"two"), zipped(b"onetwo") + b"\0" * 9])
def test_parts_and_padding(content: bytes) -> None:
    assert b"".join(pieces_of(Response(content, {"Content-Encoding": "gzip"}), 100)) == b"onetwo"


@pytest.mark.parametrize(
    "content, headers",
    [
        (zipped(b"x" * 100)[:-9], {"Content-Encoding": "gzip"}),
        (b"no gzip", {"Content-Encoding": "gzip"}),
        (b"x", {"Content-Encoding": "br"}),
        (b"x", {"Content-Encoding": "gzip, gzip"}),
        (b"x", {"Content-Length": "2"}),
    ],
    ids=["cut", "no gzip", "brotli", "twice", "short"],
)
def test_what_cannot_be_read_to_its_end(content: bytes, headers: dict[str, str]) -> None:
    with pytest.raises(BrokenOff):
        list(pieces_of(Response(content, headers), 1000))


@pytest.mark.parametrize(
    "text",
    [DEEP, '{"a":' * 100_000, "[" * 101 + "]" * 101, '{"a":' * 101 + "1" + "}" * 101],
    ids=["lists", "objects", "101 lists", "101 objects"],
)
def test_what_is_too_deep_is_no_json(text: str) -> None:
    assert parse(text) is None


def test_what_is_deep_but_not_too_deep() -> None:
    assert parse("[" * 100 + "]" * 100) is not None


@pytest.mark.parametrize("location", ["https://[bad", "//[", "http://a:b:c", "\\\\x", "https://\u00e9\u00ff"])
@pytest.mark.parametrize("status", [201, 302, 400])
def test_nobody_stumbles_over_a_malformed_location(start: Start, location: str, status: int) -> None:
    dummy, endpoint = start.script(Answer(status, {}, {"Location": location}))
    it = Transport(endpoint)
    assert it.exchange("GET", "/x").status == status
    it.close()


@pytest.mark.parametrize("value", ["a\r\nb", "a\nX-B: c", "a\n", " a", "a ", "\u20ac", "a\0b", "\t"])
def test_a_header_that_no_request_can_carry(start: Start, value: str) -> None:
    """Session ids and versions of objects come from the appliance. They are not shown: one is a secret."""
    script, endpoint = start.script()
    it = Transport(endpoint)
    with pytest.raises(UnexpectedResponse) as caught:
        it.exchange("PUT", "/x", headers={"If-Match": value})
    assert caught.value.message == f"{endpoint.url} gave a value for the header If-Match that no request can carry."
    assert caught.value.facts()["path"] == "/x" and script.talk == []
    it.close()


@pytest.mark.parametrize("path", ["", "x", "@elsewhere/x", ".example.com/x", "443/x"])
def test_a_path_that_would_lead_elsewhere(start: Start, path: str) -> None:
    script, endpoint = start.script()
    it = Transport(endpoint)
    with pytest.raises(UnexpectedResponse, match="an invalid path"):
        it.exchange("GET", path)
    assert script.talk == []
    it.close()


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/json; charset=nonsense", "x; charset=rot13", "x; charset=hex"]
)
def test_a_charset_that_is_none_is_utf_8(start: Start, kind: str) -> None:
    dummy, endpoint = start.script(Answer(200, '["Größe"]', {"Content-Type": kind}))
    it = Transport(endpoint)
    assert it.exchange("GET", "/x").body == ["Größe"]
    it.close()
