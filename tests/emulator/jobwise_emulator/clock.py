# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Time in the emulator: the machine's clock plus an offset that tests may push forward, and a speed for durations."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime, timezone


class Clock:
    """Wall-clock time that never goes back (a monotonic clock set once).

    ``speed`` divides the durations of jobs and imports, nothing else: time itself is not bent.
    """

    def __init__(self, speed: float = 1.0) -> None:
        self.speed = speed
        self.offset = time.time() - time.monotonic()

    def now(self) -> float:
        """Seconds since the epoch."""
        return time.monotonic() + self.offset

    def advance(self, seconds: float) -> None:
        """Push time forward, for everything that compares times (jobs, sessions, expiry)."""
        self.offset += seconds

    async def sleep(self, seconds: float) -> None:
        """Let others run for so many seconds."""
        await asyncio.sleep(seconds)


class ManualClock(Clock):
    """A clock for in-process tests: time moves only when told to, and sleeping moves it at once."""

    def __init__(self, start: float = 1_750_000_000.0, speed: float = 1.0) -> None:
        super().__init__(speed)
        self.time = start

    def now(self) -> float:
        """The time set last, in seconds since the epoch."""
        return self.time

    def advance(self, seconds: float) -> None:
        """Move time forward."""
        self.time += seconds

    async def sleep(self, seconds: float) -> None:
        """Move time forward without waiting, but let other tasks have their turn."""
        self.time += seconds
        await asyncio.sleep(0)


def iso(seconds: float) -> str:
    """An instant as ISO 8601 in UTC with milliseconds, e.g. ``2026-01-31T06:06:25.846+00:00``."""
    return datetime.fromtimestamp(seconds, timezone.utc).isoformat(timespec="milliseconds")
