# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How the reads of many items become few requests: the items ask, and their questions are answered together.

A question is any hashable value; only the platform knows what it means. There are two ways to answer together:

- `Replay`, in one thread: a question without an answer raises `Pending`. When all items have asked, one fetch answers
  all of them, and the items begin again.
- `Rendezvous`, in the threads of the items: a question blocks its thread until one of the threads fetches for all.
"""

from __future__ import annotations

import contextlib
import copy
import dataclasses
import math
import threading
import time
import typing as t

from ..errors import ApplianceError, ResponseLost

Question = t.Hashable
Work = t.TypeVar("Work")

ROUNDS = 100
"""How many times an item may ask something new. Only an item that never asks the same twice asks so often."""

WINDOW = 0.03
"""Seconds that a question waits for those of other threads."""

SETTLE = 0.005
"""Seconds after the start of a thread in which others may follow, although all threads wait already."""


@dataclasses.dataclass(frozen=True)
class Outcome:
    """The answer to a question, or the error in its place."""

    value: t.Any = None
    error: ApplianceError | None = None

    def get(self) -> t.Any:
        """Return the answer, or raise the error: each caller gets a copy, to which it may add what it knows."""
        if self.error is not None:
            raise copy.copy(self.error)
        return self.value


Fetch = t.Callable[[t.Sequence[Question], float], t.Mapping[Question, Outcome]]
"""Answers all questions, in the given seconds at most. An error that it raises is the answer to all of them."""


class Strategy(t.Protocol):
    """A way to answer questions together."""

    def ask(self, question: Question, fetch: Fetch, seconds: float) -> Outcome:
        """Return the answer. seconds: how long the asker can wait."""


class Pending(Exception):
    """Questions that have no answer yet. No handler may catch it."""

    def __init__(self, *questions: Question) -> None:
        super().__init__(*questions)
        self.questions = questions


def all_of(works: t.Iterable[t.Callable[[], Work]]) -> list[Work]:
    """Return what all functions return. If answers are missing, ask for those of all functions at once."""
    found: list[Work] = []
    questions: list[Question] = []
    for work in works:
        try:
            found.append(work())
        except Pending as pending:
            questions += pending.questions
    if questions:
        raise Pending(*questions)
    return found


class Replay:
    """Keeps the answers that were fetched so far."""

    def __init__(self) -> None:
        self._known: dict[Question, Outcome] = {}

    def ask(self, question: Question, fetch: Fetch, seconds: float) -> Outcome:
        """Return the answer; raise Pending if it was not fetched yet."""
        if question not in self._known:
            raise Pending(question)
        return self._known[question]

    def together(self, works: t.Sequence[t.Callable[[], t.Any]], fetch: Fetch) -> list[Outcome]:
        """Return the outcome of each function. A function starts again when what it has asked for is known.

        It must therefore change nothing but what only it uses. Raises what ``fetch`` raises.
        """
        outcomes: dict[int, Outcome] = {}
        left = list(range(len(works)))
        for dummy in range(ROUNDS):
            asked: dict[Question, None] = {}
            for index in left:
                try:
                    outcomes[index] = Outcome(works[index]())
                except Pending as pending:
                    asked.update(dict.fromkeys(pending.questions))
                except ApplianceError as error:
                    outcomes[index] = Outcome(error=error)
            left = [index for index in left if index not in outcomes]
            if not left:
                return [outcomes[index] for index in range(len(works))]
            self._known.update(fetch(list(asked), math.inf))
        raise RuntimeError(f"{len(left)} items still ask for something new after {ROUNDS} rounds")


class _Ticket:
    """A question of a thread that is blocked. due: when the thread may fetch without waiting for others.

    changed: notified when there is an outcome, or when the thread has to look again whether it must fetch.
    """

    def __init__(self, question: Question, due: float, until: float, lock: threading.RLock) -> None:
        self.question = question
        self.due = due
        self.until = until
        self.changed = threading.Condition(lock)
        self.outcome: Outcome | None = None


class Rendezvous:
    """Blocks threads that ask, until all of them do, or until the first has waited long enough.

    One of the blocked threads then fetches for all. If it ends without an answer, another one takes its place.
    window: seconds that a question waits for others. now: returns seconds of a monotonic clock.
    """

    def __init__(self, window: float = WINDOW, now: t.Callable[[], float] = time.monotonic) -> None:
        self.window = window
        self._now = now
        self._lock = threading.RLock()
        self._active = 0
        self._joined = -math.inf
        self._waiting: list[_Ticket] = []
        self._fetched: list[_Ticket] = []
        self._reason: BaseException | None = None
        self._stopped = threading.Event()

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

    def stop(self, reason: BaseException) -> None:
        """End all waits, and refuse further ones, with a copy of this exception."""
        with self._lock:
            self._reason = reason
            self._stopped.set()
            for ticket in (*self._waiting, *self._fetched):
                ticket.changed.notify()

    def check_stopped(self) -> None:
        """Raise the reason if `stop` was called."""
        if self._reason is not None:
            raise copy.copy(self._reason)

    def sleep(self, seconds: float) -> None:
        """Pause for a number of seconds, or until `stop` is called."""
        self._stopped.wait(seconds)
        self.check_stopped()

    def ask(self, question: Question, fetch: Fetch, seconds: float) -> Outcome:
        """Return the answer. Raises ResponseLost if it does not come in time, and the reason of `stop`."""
        now = self._now()
        ticket = _Ticket(question, now + self.window, now + seconds, self._lock)
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
        if len(self._waiting) >= self._active:
            return min(self._waiting[0].due, self._joined + SETTLE)
        return ticket.due

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
