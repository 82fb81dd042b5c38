# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The connections that the threads of a task share."""

from __future__ import annotations

import contextlib
import threading
import time
import typing as t

from ..._engine.errors import ApplianceError, Interrupted
from ..client import PowerStoreClient

CONNECTIONS = 4

SLOW = 0.01
"""Seconds of a work from which on others are done over other connections meanwhile. To open these takes longer than to
wait for quick answers."""


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

    @contextlib.contextmanager
    def spare(self, most: int) -> t.Iterator[list[PowerStoreClient]]:
        """Yield connections that nobody uses or waits for, as many as there are, without waiting for any."""
        with self._lock:
            free = 0 if self._first_in_line else min(most, len(self._idle) + self._left)
            clients = [self._idle.pop() if self._idle else self._opened() for dummy in range(free)]
        try:
            yield clients
        finally:
            for client in clients:
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


T = t.TypeVar("T")


def with_each(
    pool: ClientPool, client: PowerStoreClient, items: t.Sequence[T], work: t.Callable[[PowerStoreClient, T], None]
) -> None:
    """Do a work with each item. If the works are slow, several are done at the same time, over all connections.

    client: the connection that this thread has already. Raises the first error of the works; it ends them all.
    """
    left = list(items)
    while left:
        start = time.monotonic()
        work(client, left.pop(0))
        if len(left) > 1 and time.monotonic() - start > SLOW:
            break
    if not left:
        return
    shared = iter(left)  # each item comes to one of the threads
    errors: list[BaseException] = []
    has_failed = threading.Event()

    def work_on(client: PowerStoreClient) -> None:
        with contextlib.ExitStack() as unless_done:
            unless_done.callback(has_failed.set)  # also a bug and a signal end the other threads
            for item in shared:
                if has_failed.is_set():
                    return
                work(client, item)
            unless_done.pop_all()

    def help_out(client: PowerStoreClient) -> None:
        try:
            work_on(client)
        except (ApplianceError, Interrupted) as error:
            errors.append(error)

    # This thread keeps its connection until the others are done, so none may wait for one: two such threads would wait
    # for each other's.
    with pool.spare(len(left) - 1) as others:
        helpers = [threading.Thread(target=help_out, args=(other,), daemon=True) for other in others]
        for helper in helpers:
            helper.start()
        try:
            work_on(client)
        finally:
            for helper in helpers:
                helper.join()
    if errors:
        raise errors[0]
