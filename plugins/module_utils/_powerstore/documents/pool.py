# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The connections that the threads of a task share."""

from __future__ import annotations

import contextlib
import threading
import typing as t

from ..client import PowerStoreClient

CONNECTIONS = 4


class ClientPool:
    """Gives each thread a connection of its own for one request. All connections belong to the session of the first.

    most: how many connections there can be. They are opened when all others are in use.
    """

    def __init__(self, first: PowerStoreClient, most: int = CONNECTIONS) -> None:
        self.first = first
        self._idle = [first]
        self._siblings: list[PowerStoreClient] = []
        self._left = most - 1
        self._lock = threading.RLock()
        self._queues = {is_for_all: threading.Condition(self._lock) for is_for_all in (True, False)}
        self._first_in_line = 0

    @contextlib.contextmanager
    def connection(self, for_all: bool = False) -> t.Iterator[PowerStoreClient]:
        """Yield a connection that no other thread uses; wait for one if all are in use.

        for_all: whether other threads wait for the request. It then comes before those of single threads.
        """
        client = self._taken(for_all)
        try:
            yield client
        finally:
            self._give_back(client)

    def _give_back(self, client: PowerStoreClient) -> None:
        with self._lock:
            is_open = client is self.first or client in self._siblings
            if is_open:
                self._idle.append(client)
                self._call_next()
        if not is_open:  # the pool was closed meanwhile, and the request has opened the connection again
            client.close()

    def _call_next(self) -> None:
        self._queues[self._first_in_line > 0].notify()

    def _taken(self, for_all: bool) -> PowerStoreClient:
        with self._lock:
            self._first_in_line += for_all
            try:
                while not self._is_free(for_all):
                    self._queues[for_all].wait()
                return self._idle.pop() if self._idle else self._opened()
            finally:
                self._first_in_line -= for_all
                if self._idle:
                    self._call_next()

    def _is_free(self, for_all: bool) -> bool:
        return bool(self._idle or self._left) and (for_all or not self._first_in_line)

    def _opened(self) -> PowerStoreClient:
        client = self.first.sibling()
        self._left -= 1
        self._siblings.append(client)
        return client

    def close(self) -> None:
        """Close all connections but the first, whose owner ends the session."""
        with self._lock:
            siblings, self._siblings = self._siblings, []
            self._idle = [client for client in self._idle if client is self.first]
            self._left += len(siblings)
        for client in siblings:
            client.close()
