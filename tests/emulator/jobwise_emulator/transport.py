# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Connections and the listening socket, seen from the outside: numbering, dropping, and refusing for a while."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable
from typing import Any

from starlette.types import Scope

Address = tuple[str, int]


class Transport:
    """Knows every open connection by its client address, and owns the listener.

    Connections are numbered from 1 in the order in which their TLS handshake was finished.
    """

    def __init__(self, address: str, port: int, context: ssl.SSLContext) -> None:
        self.address = address
        self.port = port
        self.context = context
        self.connections: dict[Address, tuple[int, asyncio.Transport]] = {}
        self.count = 0
        self.listener: asyncio.Server | None = None
        self.protocol: Callable[[], asyncio.Protocol] | None = None
        self.reopening: asyncio.Task[None] | None = None

    async def listen(self) -> None:
        """Open the listening socket; with port 0 the system chooses one and it is kept from then on."""
        if self.protocol is None:
            raise RuntimeError("no protocol to listen with")
        # asyncio switches Nagle's delay off only for sockets that name their protocol.
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((self.address, self.port))
        listener.listen(512)
        listener.setblocking(False)
        self.port = listener.getsockname()[1]
        loop = asyncio.get_running_loop()
        self.listener = await loop.create_server(self.protocol, sock=listener, ssl=self.context)

    def opened(self, transport: asyncio.Transport) -> None:
        """A connection was made."""
        self.count += 1
        peer = transport.get_extra_info("peername")
        self.connections[(peer[0], peer[1])] = (self.count, transport)

    def closed(self, transport: asyncio.Transport | None) -> None:
        """A connection is gone."""
        for address, known in list(self.connections.items()):
            if known[1] is transport:
                del self.connections[address]

    def number(self, scope: Scope) -> int:
        """The number of the connection a request came in on; 0 when it is not known."""
        found = self.connections.get(client(scope))
        return found[0] if found else 0

    def drop(self, scope: Scope) -> None:
        """Cut the connection at once, unsent data included."""
        found = self.connections.get(client(scope))
        if found:
            found[1].abort()

    def finish(self, scope: Scope) -> None:
        """Close the connection after what was written."""
        found = self.connections.get(client(scope))
        if found:
            found[1].close()

    def refuse(self, seconds: float) -> None:
        """Stop listening for so many seconds: connections that are open stay, new ones are refused."""
        if self.listener is None:
            return
        self.listener.close()
        self.listener = None
        self.reopening = asyncio.get_running_loop().create_task(self.reopen(seconds))

    async def reopen(self, seconds: float) -> None:
        """Listen again on the same port after a pause."""
        await asyncio.sleep(seconds)
        await self.listen()

    def close(self) -> None:
        """Stop listening for good."""
        if self.reopening:
            self.reopening.cancel()
        if self.listener:
            self.listener.close()


def client(scope: Scope) -> Address:
    """The client's address of a request."""
    address: Any = scope.get("client") or ("", 0)
    return (str(address[0]), int(address[1]))
