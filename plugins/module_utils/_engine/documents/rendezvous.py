# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Answers the questions of several threads together: one of the blocked threads fetches for all."""

from __future__ import annotations

import contextlib
import copy
import dataclasses
import math
import threading
import time
import typing as t

from ..errors import ApplianceError, ResponseLost
from .batching import Fetch, Outcome, Question

PATIENCE = 0.5
"""Seconds that a question waits at most for a thread that is about to ask something, or to send or sleep."""

WINDOW = 0.02
"""Seconds that a question waits for threads whose request is on its way."""

SETTLE = 0.005
"""Seconds after the start of a thread in which others may follow, although all threads wait already."""


class _Ticket:
    """A question of a thread that is blocked. asked: since when. until: how long the thread can wait.

    changed: notified when there is an outcome, or when the thread has to look again whether it must fetch.
    """

    def __init__(self, question: Question, asked: float, until: float, lock: threading.RLock) -> None:
        self.question = question
        self.asked = asked
        self.until = until
        self.changed = threading.Condition(lock)
        self.outcome: Outcome | None = None


@dataclasses.dataclass
class _Sleeper:
    changed: threading.Condition
    is_asleep: bool = True


class Rendezvous:
    """Blocks threads that ask, until no other thread is about to ask as well, or until the first has waited too long.

    One of the blocked threads then fetches for all. If it ends without an answer, another one takes its place.
    patience, window: seconds, see `PATIENCE` and `WINDOW`. now: returns seconds of a monotonic clock.
    """

    def __init__(
        self, patience: float = PATIENCE, window: float = WINDOW, now: t.Callable[[], float] = time.monotonic
    ) -> None:
        self.patience = patience
        self.window = window
        self._now = now
        self._lock = threading.RLock()
        # The threads at work: all of them, those that send a request, and those that sleep.
        self._active = self._sending = self._asleep = 0
        self._joined = -math.inf
        self._waiting: list[_Ticket] = []
        self._fetched: list[_Ticket] = []
        self._sleepers: dict[t.Hashable, list[_Sleeper]] = {}
        self._reason: BaseException | None = None

    @contextlib.contextmanager
    def at_work(self) -> t.Iterator[None]:
        """Count the thread among those that may ask, so that the others wait for it."""
        with self._lock:
            self._active += 1
            self._joined = self._now()
        try:
            yield
        finally:
            with self._lock:
                self._active -= 1
                self._wake_first()

    @contextlib.contextmanager
    def sending(self) -> t.Iterator[None]:
        """Mark a block in which the thread only waits for a request of its own. Others do not wait for it long."""
        with self._lock:
            self._sending += 1
            self._wake_first()
        try:
            yield
        finally:
            with self._lock:
                self._sending -= 1

    def stop(self, reason: BaseException) -> None:
        """End all waits, and refuse further ones, with a copy of this exception."""
        with self._lock:
            self._reason = reason
            for ticket in (*self._waiting, *self._fetched):
                ticket.changed.notify()
            for sleepers in self._sleepers.values():
                for sleeper in sleepers:
                    sleeper.changed.notify()

    def check_stopped(self) -> None:
        """Raise the reason if `stop` was called."""
        if self._reason is not None:
            raise copy.copy(self._reason)

    def sleep(self, seconds: float, awaited: t.Hashable = None, is_there: t.Callable[[], bool] = lambda: False) -> None:
        """Pause for a number of seconds, until `wake` is called for what is awaited, or until `stop` is called.

        is_there: whether what is awaited has come already.
        """
        sleeper = _Sleeper(threading.Condition(self._lock))
        with self._lock:
            self._asleep += 1
            self._sleepers.setdefault(awaited, []).append(sleeper)
            self._wake_first()
            try:
                self.check_stopped()
                if not is_there():
                    sleeper.changed.wait(seconds)
                self.check_stopped()
            finally:
                self._asleep -= sleeper.is_asleep
                self._sleepers[awaited].remove(sleeper)
                if not self._sleepers[awaited]:
                    del self._sleepers[awaited]

    def wake(self, awaited: t.Iterable[t.Hashable]) -> None:
        """End the sleep of the threads for which one of these has come. From now on, others wait for what they ask."""
        with self._lock:
            for sleeper in [sleeper for key in awaited for sleeper in self._sleepers.get(key, ())]:
                self._asleep -= sleeper.is_asleep
                sleeper.is_asleep = False
                sleeper.changed.notify()

    def ask(self, question: Question, fetch: Fetch, seconds: float) -> Outcome:
        """Return the answer. Raises ResponseLost if it does not come in time, and the reason of `stop`."""
        now = self._now()
        ticket = _Ticket(question, now, now + seconds, self._lock)
        with self._lock:
            self._waiting.append(ticket)
        try:
            while True:
                batch = self._turn(ticket)
                if ticket.outcome is not None:
                    return ticket.outcome
                self._fetch(batch, fetch)
        finally:
            with self._lock:
                self._waiting = [other for other in self._waiting if other is not ticket]
                self._wake_first()

    def _turn(self, ticket: _Ticket) -> list[_Ticket]:
        """Wait until the ticket has its outcome, or until its thread must fetch; return what to fetch."""
        with self._lock:
            while ticket.outcome is None:
                self.check_stopped()
                now = self._now()
                if now >= ticket.until:
                    raise ResponseLost("The appliance has not answered in time.")
                due = self._due(ticket)
                if now >= due:
                    batch, self._waiting = self._waiting, []
                    self._fetched += batch
                    return batch
                ends = min(due, ticket.until)
                ticket.changed.wait(None if ends == math.inf else ends - now)
            return []

    def _due(self, ticket: _Ticket) -> float:
        """Return when the thread of a ticket must fetch, unless something changes; never if another one does so."""
        if ticket not in self._waiting:
            return math.inf
        first = self._waiting[0].asked
        blocked = len(self._waiting) + len(self._fetched)
        if self._active > blocked + self._sending + self._asleep:
            return first + self.patience
        if self._sending or self._fetched:
            return first + self.window
        return self._joined + SETTLE

    def _wake_first(self) -> None:
        """Let the first thread look again whether it must fetch: there is one less to wait for."""
        if self._waiting:
            self._waiting[0].changed.notify()

    def _fetch(self, batch: list[_Ticket], fetch: Fetch) -> None:
        """Fetch for all tickets of a batch. Whatever ends this thread, no other may wait for it in vain."""
        outcomes: t.Mapping[Question, Outcome] = {}
        questions = list(dict.fromkeys(ticket.question for ticket in batch))
        try:
            outcomes = fetch(questions, max(ticket.until for ticket in batch) - self._now())
            if len(outcomes) < len(questions):
                raise RuntimeError(f"{len(questions) - len(outcomes)} questions were left without an outcome")
        except ApplianceError as error:
            outcomes = {question: Outcome(error=error) for question in questions}
        finally:
            with self._lock:
                self._fetched = [ticket for ticket in self._fetched if ticket not in batch]
                for ticket in batch:
                    ticket.outcome = outcomes.get(ticket.question)
                    if ticket.outcome is None:
                        self._waiting.append(ticket)
                    ticket.changed.notify()
