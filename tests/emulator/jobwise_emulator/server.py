# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The HTTPS server: uvicorn on a listener of our own, which can refuse and drop connections when a test orders it."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from jobwise_emulator.transport import Transport

KEEP_ALIVE_SECONDS = 75
SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Protocol(H11Protocol):
    """HTTP/1.1 on one connection, reported to the transport registry."""

    def __init__(self, registry: Transport, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.registry = registry

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """The TLS handshake is done."""
        super().connection_made(transport)
        self.registry.opened(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone."""
        self.registry.closed(self.transport)
        super().connection_lost(exc)


class Server(uvicorn.Server):
    """Serves one application until told to stop; ``ready`` is called once the socket listens."""

    def __init__(self, application: Any, registry: Transport, ready: Callable[[], None]) -> None:
        config = uvicorn.Config(
            application,
            lifespan="off",
            log_level="critical",
            server_header=False,
            date_header=False,  # replies tell the time of the emulator's own clock
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=1,
            ws="none",
        )
        super().__init__(config)
        self.registry = registry
        self.ready = ready
        self.servers = []

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen and report."""
        self.registry.protocol = partial(
            Protocol, self.registry, config=self.config, server_state=self.server_state, app_state={}
        )
        await self.registry.listen()
        if threading.current_thread() is threading.main_thread():  # no other thread can handle signals
            loop = asyncio.get_running_loop()
            for number in SIGNALS:
                loop.add_signal_handler(number, self.stop)
        self.started = True
        self.ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop listening, then let open exchanges end."""
        self.registry.close()
        await super().shutdown(sockets)

    def stop(self) -> None:
        """End soon and cleanly."""
        self.should_exit = True

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to ``startup``: ours end the process with status 0."""
        yield
