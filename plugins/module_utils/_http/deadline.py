# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Limits the total time of an exchange. A socket's own timeout starts again with each byte that arrives."""

from __future__ import annotations

import contextlib
import http.client
import io
import math
import socket
import time
import typing as t

try:
    from requests.adapters import HTTPAdapter
    from urllib3.connection import HTTPSConnection
    from urllib3.connectionpool import HTTPSConnectionPool
except ImportError:
    pass  # transport.py reports it


class Deadline:
    """The time at which the current exchange must end, and the time at which the whole wait must end.

    now: returns seconds of a monotonic clock.
    """

    def __init__(self, now: t.Callable[[], float] = time.monotonic) -> None:
        self.now = now
        self._wait_ends = math.inf
        self._exchange_ends = math.inf
        self._pause = math.inf

    @contextlib.contextmanager
    def within(self, seconds: float) -> t.Iterator[None]:
        """Limit the time of everything inside the block. Of several nested limits the earliest counts."""
        before = self._wait_ends
        self._wait_ends = min(before, self.now() + seconds)
        try:
            yield
        finally:
            self._wait_ends = before

    def left(self) -> float:
        """Return the seconds that are left of the wait; infinity outside a wait."""
        return self._wait_ends - self.now()

    def begin(self, seconds: float, pause: float = math.inf) -> None:
        """Begin an exchange, or a part of it. seconds: its limit. pause: seconds in which nothing may arrive."""
        self._exchange_ends = min(self.now() + seconds, self._wait_ends)
        self._pause = pause

    def next_pause(self) -> float:
        """Return the seconds to wait for the next bytes. Raises socket.timeout if no time is left."""
        left = self._exchange_ends - self.now()
        if left <= 0:
            raise socket.timeout("timed out")
        return min(left, self._pause)


def bounded_adapter(deadline: Deadline) -> t.Any:
    """Return an adapter for requests with one connection that keeps the deadline, also through a proxy."""

    class Response(http.client.HTTPResponse):
        """Reads status, headers and body, and a proxy's answer to CONNECT, under the deadline."""

        def __init__(self, sock: t.Any, *args: t.Any, **kwargs: t.Any) -> None:
            super().__init__(sock, *args, **kwargs)
            unbuffered = t.cast(t.Any, self.fp).detach()
            self.fp = io.BufferedReader(_TimedReader(unbuffered, sock, deadline))

    class Connection(HTTPSConnection):
        response_class = Response

    class Pool(HTTPSConnectionPool):
        ConnectionCls = Connection

    class Adapter(HTTPAdapter):
        def init_poolmanager(self, *args: t.Any, **kwargs: t.Any) -> None:
            super().init_poolmanager(*args, **kwargs)
            self._bound(self.poolmanager)

        def proxy_manager_for(self, *args: t.Any, **kwargs: t.Any) -> t.Any:
            return self._bound(super().proxy_manager_for(*args, **kwargs))

        @staticmethod
        def _bound(manager: t.Any) -> t.Any:
            manager.pool_classes_by_scheme = {**manager.pool_classes_by_scheme, "https": Pool}
            return manager

    return Adapter(pool_connections=1, pool_maxsize=1, max_retries=0)


class _TimedReader(io.RawIOBase):
    """Reads from a socket. Before each read it sets the socket's timeout to the time that is left."""

    def __init__(self, unbuffered: t.Any, sock: t.Any, deadline: Deadline) -> None:
        super().__init__()
        self._unbuffered = unbuffered
        self._sock = sock
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: t.Any) -> int | None:
        self._sock.settimeout(self._deadline.next_pause())
        count: int | None = self._unbuffered.readinto(buffer)
        return count

    def close(self) -> None:
        self._unbuffered.close()
        super().close()
