# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Works through the items of a graph, several at a time, each in a thread of its own.

An item starts as soon as everything that it needs is done. Only the main thread shows progress and gets signals.
"""

from __future__ import annotations

import dataclasses
import threading
import time
import typing as t

from ..errors import ApplianceError, Bug, Interrupted
from ..job import FIRST_PROGRESS, PROGRESS_EVERY, WaitOptions
from ..text.words import number

Work = t.Callable[[], None]

DONE, FAILED, BLOCKED, NOT_TRIED = "done", "failed", "blocked", "not tried"

STOP_AT_ONCE = ("connection", "tls", "login", "session")
"""Kinds of error that every other item would get as well."""

LOOK_AROUND = 0.5
"""Seconds after which the main thread looks whether the task is still wanted."""

AGAIN_SLOWER = 1.0
"""Seconds in which several refusals for lack of capacity count as one: they answer what was sent before the first."""

GRACE = 10.0
"""Seconds that all threads together get to end after a signal."""


@dataclasses.dataclass(frozen=True)
class Limits:
    """parallel: how many items are at work at once. stop_after: how many failures end the start of others, 0 for none.

    deadline: seconds after which no item is started, 0 for none. elapsed: how much of it has passed before.
    """

    parallel: int = 32
    stop_after: int = 0
    deadline: float = 0.0
    elapsed: float = 0.0


@dataclasses.dataclass
class Outcome:
    """What became of an item. because: why it was not tried."""

    state: str = NOT_TRIED
    error: ApplianceError | None = None
    because: str = ""


class Scheduler:
    """Works through a graph once.

    names: the items in words. needs: by item, what must be done before. prepare: called in the main thread; returns
    what carries out an item in a thread of its own, and raises ApplianceError. Items that start together are all
    prepared before the first of them starts. waiting: the clock, the progress lines and whether the task is still
    wanted. end_waits: ends the waits of the threads, also their pauses.
    """

    def __init__(
        self,
        names: t.Sequence[str],
        needs: t.Sequence[t.AbstractSet[int]],
        prepare: t.Callable[[int], Work],
        limits: Limits,
    ) -> None:
        self.outcomes = [Outcome() for dummy in names]
        self.waiting = WaitOptions()
        self.end_waits: t.Callable[[], None] = lambda: None
        self._names = names
        self._prepare = prepare
        self._limits = limits
        self._limit = max(limits.parallel, 1)
        self._slowed = float("-inf")
        self._open = [len(need) for need in needs]
        self._later: list[list[int]] = [[] for dummy in names]
        for item, need in enumerate(needs):
            for before in need:
                self._later[before].append(item)
        self._ready = [item for item, need in enumerate(needs) if not need]
        self._running: dict[int, threading.Thread] = {}
        self._failed: list[int] = []
        self._why_stopped = ""
        self._interrupted: Interrupted | None = None
        self._over = threading.Event()
        self._changed = threading.Condition()

    # For the main thread

    def run(self) -> None:
        """Work through all items. Raise Interrupted after a signal, with the threads ended as far as they end soon."""
        start = self.waiting.clock.now()
        next_line = FIRST_PROGRESS
        try:
            with self._changed:
                while True:
                    self._start_ready(self.waiting.clock.now() - start)
                    if not self._running:
                        break
                    self._changed.wait(LOOK_AROUND)
                    self.waiting.still_wanted()
                    if self._interrupted:
                        raise self._interrupted
                    elapsed = self.waiting.clock.now() - start
                    if elapsed >= next_line:
                        next_line = elapsed + PROGRESS_EVERY
                        self.waiting.progress(self._line())
        finally:
            self._over.set()
            self._end_threads()
        for outcome in self.outcomes:
            if outcome.state == NOT_TRIED:
                outcome.because = self._why_stopped

    def _end_threads(self) -> None:
        """End what still runs, after a signal. A thread that waits for an answer gets some time for it."""
        if not self._running:
            return
        self.end_waits()
        until = time.monotonic() + GRACE
        for thread in list(self._running.values()):
            thread.join(max(until - time.monotonic(), 0.0))

    def _start_ready(self, elapsed: float) -> None:
        if self._limits.deadline and self._limits.elapsed + elapsed >= self._limits.deadline and self._ready:
            self._stop(f"the deadline of {self._limits.deadline:g} s has passed")
        room = 0 if self._why_stopped else max(self._limit - len(self._running), 0)
        starting, self._ready = self._ready[:room], self._ready[room:]
        works = [self._prepare(item) for item in starting]
        for item, work in zip(starting, works):
            self._running[item] = threading.Thread(target=self._attempt, args=(item, work), daemon=True)
            self._running[item].start()

    def _line(self) -> str:
        over = sum(outcome.state in (DONE, FAILED) for outcome in self.outcomes)
        failed = f", {len(self._failed)} failed: {self._names[self._failed[-1]]}" if self._failed else ""
        return f"{over} of {len(self._names)}, {len(self._running)} running{failed}"

    # For the threads

    def _attempt(self, item: int, work: Work) -> None:
        error: ApplianceError | None = Bug("A thread of this collection ended without an outcome.")
        try:
            work()
            error = None
        except ApplianceError as raised:
            error = raised
        except Interrupted as interrupted:
            self._interrupted = self._interrupted or interrupted
        finally:
            with self._changed:
                del self._running[item]
                if error is None:
                    self._succeed(item)
                elif not self._interrupted:
                    self._fail(item, error)
                self._changed.notify()

    def _succeed(self, item: int) -> None:
        self.outcomes[item].state = DONE
        self._limit = min(self._limit + 1, self._limits.parallel)
        for later in self._later[item]:
            self._open[later] -= 1
            if not self._open[later]:
                self._ready.append(later)

    def _fail(self, item: int, error: ApplianceError) -> None:
        self.outcomes[item] = Outcome(FAILED, error)
        self._failed.append(item)
        blocked = list(self._later[item])
        while blocked:
            later = blocked.pop()
            if self.outcomes[later].state == NOT_TRIED:
                self.outcomes[later].state = BLOCKED
                blocked += self._later[later]
        if error.kind in STOP_AT_ONCE:
            self._stop(f"{self._names[item]} failed with an error that the others would get as well")
        elif self._limits.stop_after and len(self._failed) >= self._limits.stop_after:
            self._stop(f"{number(len(self._failed), 'item')} failed, and stop_after is {self._limits.stop_after}")

    def _stop(self, why: str) -> None:
        self._why_stopped = self._why_stopped or why

    def still_wanted(self) -> None:
        """Raise Interrupted in a thread after the main thread got a signal."""
        if self._over.is_set():
            raise Interrupted(0)

    def slow_down(self) -> None:
        """Halve the number of items at work: the appliance has refused a request for lack of capacity."""
        with self._changed:
            now = self.waiting.clock.now()
            if now - self._slowed >= AGAIN_SLOWER:
                self._slowed = now
                self._limit = max(self._limit // 2, 1)
