# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An emulated appliance in a thread of this process, over real HTTPS, on a clock that moves only when a task sleeps.

A task against it costs milliseconds: a job of minutes is over as soon as the task has waited for it, and a test can
look at the appliance's state without a request.
"""

from __future__ import annotations

import asyncio
import tempfile
import threading
import time
import typing as t
from pathlib import Path

from jobwise_emulator import platforms
from jobwise_emulator.application import Emulation
from jobwise_emulator.certificates import Identity
from jobwise_emulator.clock import ManualClock
from jobwise_emulator.server import Server
from jobwise_emulator.transport import Transport

START_SECONDS = 30.0
SPEED = 8.0
"""Jobs take a quarter of a second, so that a task polls a few times."""

Json = t.Dict[str, t.Any]


class LocalAppliance:
    """A running appliance of a platform, of its usual release or of another one; use it as a context manager.

    document: the text of a document that describes it.

    ``host``, ``port`` and ``ca_path`` lead to it. ``platform`` is its inside, for tests that look at its state between
    two requests. ``clock`` begins at the present, since tasks compare some times with this machine's clock.
    """

    host = "127.0.0.1"

    def __init__(self, name: str, release: str = "", document: str | None = None) -> None:
        self.name = name
        self.folder = tempfile.TemporaryDirectory(prefix="appliance-")
        self.ca_path = str(Path(self.folder.name) / "ca.pem")
        self.begin = time.time()
        self.clock = ManualClock(self.begin, SPEED)
        identity = Identity()
        self.transport = Transport(self.host, 0, identity.server_context(Path(self.ca_path)))
        options = platforms.Options(self.clock, api_version=release, certificate=identity.chain, document=document)
        self.platform: t.Any = platforms.create(name, options)
        self.emulation = Emulation(self.platform, self.clock, self.transport, None)
        self.ready = threading.Event()
        self.server = Server(self.emulation.application(), self.transport, self.ready.set)
        self.thread = threading.Thread(target=lambda: asyncio.run(self.server.serve()), daemon=True)

    def __enter__(self) -> LocalAppliance:
        self.thread.start()
        assert self.ready.wait(START_SECONDS), "the emulated appliance did not start"
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.server.stop()
        self.thread.join(START_SECONDS)
        self.folder.cleanup()

    @property
    def port(self) -> int:
        return self.transport.port

    def reset(self) -> None:
        """Back to the seed and to the first moment: objects, jobs, sessions, faults and the record of requests."""
        self.clock.time = self.begin
        self.emulation.reset()

    def change(self, kind: str, **order: t.Any) -> Json:
        """Somebody else's change, as the emulator's README describes it."""
        answer: Json = self.platform.change({"type": kind, **order})
        return answer

    def requests(self) -> list[Json]:
        """The record of requests since the start or the last reset."""
        return self.emulation.record.entries

    def open_sessions(self) -> int:
        return len(self.platform.sessions().get("open", ()))

    def objects(self) -> dict[str, dict[str, Json]]:
        """All objects by type and id, as the emulator keeps them. They are not copies."""
        world = self.platform.world
        found: dict[str, dict[str, Json]] = getattr(world, "store", world).objects
        return found
