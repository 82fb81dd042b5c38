# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Small servers on loopback, with TLS or without, that answer what a test tells them and remember what they were asked.

Each serves in threads of its own until it is closed.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import socket
import ssl
import struct
import threading
import typing as t
from urllib.parse import parse_qsl, urlsplit

Serve = t.Callable[[socket.socket], None]


class Server:
    """Hands each connection, after the TLS handshake if there is a context, to a function, then closes it."""

    def __init__(self, serve: Serve, context: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._listening = socket.create_server((host, 0), family=family)
        self._serve = serve
        self._context = context
        self._open: set[socket.socket] = set()
        self.host = host
        self.port: int = self._listening.getsockname()[1]
        self.connections = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                connection = self._listening.accept()[0]
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._handle, args=(connection,), daemon=True).start()

    def _handle(self, connection: socket.socket) -> None:
        connection.settimeout(10)
        # Else each first answer waits 40 ms for an ACK.
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with contextlib.suppress(OSError), connection:
            if self._context:
                connection = self._context.wrap_socket(connection, server_side=True)
            self._open.add(connection)
            with connection:
                self._serve(connection)
        self._open.discard(connection)

    def close(self) -> None:
        """Stop, and end the connections that are open."""
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for connection in list(self._open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


@dataclasses.dataclass(frozen=True)
class Request:
    """What a client sent. connection: the number of the connection it came on, from 1."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: t.Any
    connection: int
    target: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@dataclasses.dataclass(frozen=True)
class Answer:
    """What to answer. body: text and bytes as they are, anything else as JSON, None for no body."""

    status: int = 200
    body: t.Any = None
    headers: t.Mapping[str, str] = dataclasses.field(default_factory=dict)

    def wire(self) -> bytes:
        """Return the reply as it goes over the line."""
        if isinstance(self.body, bytes):
            content = self.body
        else:
            text = self.body if isinstance(self.body, str) else "" if self.body is None else json.dumps(self.body)
            content = text.encode()
        headers = {"Content-Type": "application/json", "Content-Length": str(len(content)), **self.headers}
        lines = [f"HTTP/1.1 {self.status} Said so", *(f"{name}: {value}" for name, value in headers.items())]
        return "\r\n".join([*lines, "", ""]).encode("latin-1") + content


class NoAnswer:
    """The connection ends without an answer to the request."""


class Script:
    """Serves HTTP: gives the answers in their order, and remembers the requests.

    A request beyond the script is answered with 599, so that it shows.
    """

    def __init__(self, *answers: Answer | NoAnswer) -> None:
        self.answers: list[Answer | NoAnswer] = list(answers)
        self.requests: list[Request] = []
        self._connections = 0

    def __call__(self, connection: socket.socket) -> None:
        self._connections += 1
        number = self._connections
        stream = connection.makefile("rb")
        while True:
            request = read_request(stream, number)
            if request is None:
                return
            self.requests.append(request)
            answer = self.answers.pop(0) if self.answers else Answer(599, "beyond the script")
            if isinstance(answer, NoAnswer):
                return
            connection.sendall(answer.wire())
            if answer.headers.get("Connection") == "close":
                return

    @property
    def talk(self) -> list[str]:
        """The requests in short."""
        return [str(request) for request in self.requests]


def read_request(stream: t.BinaryIO, connection: int = 1) -> Request | None:
    """Read one request, None when the client has hung up."""
    first = stream.readline().decode()
    if not first.strip():
        return None
    method, target, dummy = first.split()
    headers = {}
    while line := stream.readline().decode().strip():
        name, dummy, value = line.partition(":")
        headers[name.lower()] = value.strip()
    content = stream.read(int(headers.get("content-length", 0)))
    parts = urlsplit(target)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    is_json = "json" in headers.get("content-type", "")
    body = json.loads(content) if content and is_json else content.decode() or None
    return Request(method, parts.path, query, headers, body, connection, target)


def reset(connection: socket.socket) -> None:
    """Make the connection end with a TCP reset instead of an orderly goodbye."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def closed_port() -> int:
    """Return a port on loopback where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
    return port
