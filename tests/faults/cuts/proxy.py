# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A TLS proxy on loopback that cuts one exchange between a task and its appliance, or the line from there on.

It has a certificate of its own and knows nothing of the appliance. So a cut is what the network does to a task: the
emulator does not take part in it, as it does in its own faults.
"""

from __future__ import annotations

import contextlib
import dataclasses
import socket
import ssl
import struct
import tempfile
import threading
import typing as t
from pathlib import Path

from jobwise_emulator.certificates import Identity

BEFORE = "before"
"""The request does not reach the appliance, and the connection ends."""
LOST = "lost"
"""The appliance answers, and the connection ends without the answer."""
HEAD = "head"
"""The connection ends after the answer's first line. Python takes that for an answer without headers."""
BODY = "body"
"""The connection ends in the middle of the answer's body, or of its first line if it has no body."""
RESET = "reset"
"""The appliance answers, and the connection is reset (RST) without the answer."""
KINDS = (BEFORE, LOST, HEAD, BODY, RESET)

RESET_ON_CLOSE = struct.pack("ii", 1, 0)
"""SO_LINGER: close sends RST."""
LONGEST_WAIT = 30.0
"""Seconds. Nobody is silent for so long; it only ends threads that a broken test leaves behind."""


@dataclasses.dataclass(frozen=True)
class Cut:
    """What is cut. number: of the exchange, counted from 1. lasting: all later exchanges are cut before."""

    number: int
    kind: str
    lasting: bool = False

    def of(self, number: int) -> str | None:
        """Return how an exchange is cut, None if it is not."""
        if number == self.number:
            return self.kind
        return BEFORE if self.lasting and number > self.number else None


@dataclasses.dataclass(frozen=True)
class Message:
    """A request or an answer, as it was on the wire. head: with the empty line."""

    head: bytes
    body: bytes

    @property
    def start(self) -> str:
        """The first line."""
        return self.head.split(b"\r\n", 1)[0].decode("latin-1")

    def half(self, kind: str) -> bytes:
        """Return what arrives of an answer that is cut in the middle."""
        if kind == HEAD:
            return self.start.encode("latin-1") + b"\r\n"
        if kind == BODY:
            return self.head + self.body[: len(self.body) // 2] if self.body else self.head[: len(self.start) // 2]
        return b""


class CuttingProxy:
    """A running proxy in front of the server at ``host`` and ``port``, whose CA is in the file ``ca_path``.

    Its own ``host``, ``port`` and ``ca_path`` take their place in a task. ``exchanges`` holds the first line of each
    request since `arm`, cut or not.
    """

    host = "127.0.0.1"

    def __init__(self, host: str, port: int, ca_path: str) -> None:
        self.target = (host, port)
        self.towards_appliance = ssl.create_default_context(cafile=ca_path)
        self.folder = tempfile.TemporaryDirectory(prefix="proxy-")
        self.ca_path = str(Path(self.folder.name) / "ca.pem")
        self.towards_task = Identity().server_context(Path(self.ca_path))
        self.listener = socket.create_server((self.host, 0))
        self.port: int = self.listener.getsockname()[1]
        self.cut: Cut | None = None
        self.exchanges: list[str] = []
        self.interrupt: tuple[int, t.Callable[[], None]] | None = None
        self.lock = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> CuttingProxy:
        return self

    def __exit__(self, *exc_info: object) -> None:
        # Closing alone would not wake the thread that waits for a connection.
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.folder.cleanup()

    @property
    def has_cut(self) -> bool:
        """Whether the exchange to be cut has come."""
        return self.cut is not None and len(self.exchanges) >= self.cut.number

    def arm(self, cut: Cut | None) -> None:
        """Count from 1 again, and cut this, or nothing."""
        with self.lock:
            self.cut, self.exchanges = cut, []

    def _accept(self) -> None:
        while True:
            try:
                connection, dummy = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        """Carry the exchanges of one connection until either side ends it, or until one is cut."""
        with contextlib.suppress(OSError, EOFError), contextlib.ExitStack() as stack:
            stack.enter_context(connection)
            # Without it, small answers wait for the acknowledgement of earlier ones.
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.settimeout(LONGEST_WAIT)
            task = stack.enter_context(self.towards_task.wrap_socket(connection, server_side=True))
            received = stack.enter_context(task.makefile("rb"))
            request = read_message(received)
            appliance, answers = stack.enter_context(self._appliance())
            while self._carry(request, task, appliance, answers):
                request = read_message(received)

    @contextlib.contextmanager
    def _appliance(self) -> t.Iterator[tuple[ssl.SSLSocket, t.BinaryIO]]:
        with socket.create_connection(self.target, LONGEST_WAIT) as plain:
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection = self.towards_appliance.wrap_socket(plain, server_hostname=self.target[0])
            with connection, connection.makefile("rb") as answers:
                yield connection, answers

    def _carry(self, request: Message, task: ssl.SSLSocket, appliance: ssl.SSLSocket, answers: t.BinaryIO) -> bool:
        """Carry one exchange, as far as it is not cut; return whether the connection goes on."""
        with self.lock:
            self.exchanges.append(request.start)
            number = len(self.exchanges)
        how = self.cut.of(number) if self.cut else None
        if self.interrupt and self.interrupt[0] == number:
            self.interrupt[1]()
        if how == BEFORE:
            return False
        appliance.sendall(request.head + request.body)
        answer = read_message(answers, without_body=request.start.startswith("HEAD "))
        if how == RESET:
            task.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
        else:
            task.sendall(answer.half(how) if how else answer.head + answer.body)
        return how is None


def read_message(file: t.BinaryIO, without_body: bool = False) -> Message:
    """Read a request or an answer. Raises EOFError if the other side has closed the connection."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += _some(file.readline())
    fields = dict(_field(line) for line in head.split(b"\r\n")[1:-2])
    if fields.get(b"transfer-encoding") == b"chunked":
        return Message(head, _chunks(file))
    length = 0 if without_body else int(fields.get(b"content-length", b"0"))
    return Message(head, _some(file.read(length)) if length else b"")


def _field(line: bytes) -> tuple[bytes, bytes]:
    name, dummy, value = line.partition(b":")
    return name.strip().lower(), value.strip().lower()


def _chunks(file: t.BinaryIO) -> bytes:
    body = b""
    while True:
        size = _some(file.readline())
        body += size + _some(file.read(int(size.split(b";")[0], 16) + 2))
        if int(size.split(b";")[0], 16) == 0:
            return body


def _some(data: bytes) -> bytes:
    if not data:
        raise EOFError
    return data
