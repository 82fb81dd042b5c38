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
        self._change = threading.Condition()

    @contextlib.contextmanager
    def connection(self) -> t.Iterator[PowerStoreClient]:
        """Yield a connection that no other thread uses; wait for one if all are in use."""
        client = self._taken()
        try:
            yield client
        finally:
            self._give_back(client)

    def _give_back(self, client: PowerStoreClient) -> None:
        with self._change:
            is_open = client is self.first or client in self._siblings
            if is_open:
                self._idle.append(client)
                self._change.notify()
        if not is_open:  # the pool was closed meanwhile, and the request has opened the connection again
            client.close()

    def _taken(self) -> PowerStoreClient:
        with self._change:
            while not self._idle:
                if self._left > 0:
                    client = self.first.sibling()
                    self._left -= 1
                    self._siblings.append(client)
                    return client
                self._change.wait()
            return self._idle.pop()

    def close(self) -> None:
        """Close all connections but the first, whose owner ends the session."""
        with self._change:
            siblings, self._siblings = self._siblings, []
            self._idle = [client for client in self._idle if client is self.first]
            self._left += len(siblings)
        for client in siblings:
            client.close()
