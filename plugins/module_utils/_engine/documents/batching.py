# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How the reads of many items become few requests: the items ask, and their questions are answered together.

A question is any hashable value; only the platform knows what it means. There are two ways to answer together:

- `Replay`, in one thread: a question without an answer raises `Pending`. When all items have asked, one fetch answers
  all of them, and the items begin again.
- `Rendezvous` (rendezvous.py), in the threads of the items: a question blocks its thread until one of the threads
  fetches for all.
"""

from __future__ import annotations

import copy
import dataclasses
import math
import typing as t

from ..errors import ApplianceError

Question = t.Hashable
Work = t.TypeVar("Work")

ROUNDS = 100
"""How many times an item may ask something new. Only an item that never asks the same twice asks so often."""


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
