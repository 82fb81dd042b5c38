# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A document that is all there should be of some types: what it does not list is deleted, after everything else.

What the appliance would not delete, because something uses it, is kept, with the reason. So is what depends on it.
"""

from __future__ import annotations

import dataclasses
import functools
import typing as t

from ..errors import InputError
from ..options.mistakes import UNTOUCHED
from ..planning.plan import Plan
from ..running.run import Run
from ..text.words import sentence
from .document import Document
from .items import BLOCKED, CHANGED, FAILED, SKIPPED, Item
from .links import Link, Links, Target, deleted_with, gone_with_others, links_of
from .mistakes import DocumentMistakes
from .order import Graph, in_order

SHOWN = 10
"""How many deletions the error about their number lists."""


@dataclasses.dataclass
class Overriding(Document):
    """The objects of a document, and those that it does not list.

    unlisted: returns the items that remove what the document does not list. It gets the objects that the document
    holds. most: how many objects may be deleted for that, with what the appliance deletes together with them.
    last: these items. kept: those of them that stay, each with the reason.
    """

    unlisted: t.Callable[[t.AbstractSet[Target]], t.Sequence[Item]] = lambda held: ()
    most: int = 0
    last: list[Item] = dataclasses.field(default_factory=list)
    kept: list[tuple[Item, str]] = dataclasses.field(default_factory=list)

    def look(self) -> list[Run]:
        """Read all objects and plan for them, those that the document lists and the others."""
        runs = super().look()
        if self.mistakes:
            return runs  # it has too little meaning to say what it does not list
        named = {link.target: item for item, of in self.graph.links.items() for link in of.wanted}
        self.last = list(self.unlisted({self._target(item) for item in self.items}))
        mistakes = DocumentMistakes()
        self._of_each(self.last, self._plan, mistakes)
        mistakes.refuse()
        for item in self.last:
            user = named.get(self._target(item))
            if user:
                self.kept.append((item, f"{user.place} refers to it"))
        self._leave(item for item, dummy in self.kept)
        return [*runs, *(item.run for item in self.last if item.run)]

    def _leave(self, items: t.Iterable[Item]) -> None:
        """Take items that are kept out of those that are deleted."""
        staying = set(items)
        self.last = [item for item in self.last if item.is_due and item not in staying]

    def check(self, runs: t.Sequence[Run]) -> None:
        """Raise one InputError for what the appliance would refuse of the listed items, and for too many deletions."""
        super().check(runs)
        due = [item for item in self.items if item.is_due]
        before = [(item, link) for item in due for link in self.graph.links[item].released]
        before += [(item, Link("", self._target(item))) for item in due if item.is_absent]
        refused = self._refused(before)
        while refused:
            # What waits for one of these is checked again: it may be in use now.
            self.kept += refused
            self._leave(item for item, dummy in refused)
            refused = self._refused(before)
        self._check_number()
        for item in gone_with_others(self._links_of_last(), {self._target(item): item for item in self.last}):
            item.record.plan = Plan()
        self.last = in_order([item for item in self.last if item.is_due])
        for item in self.last:
            item.state = CHANGED

    def _refused(self, before: t.Sequence[tuple[Item, Link]]) -> list[tuple[Item, str]]:
        """Return the items that the appliance would not delete, each with the reason.

        before: what the listed items release.
        """
        graph = Graph(self._links_of_last(), {self._target(item): item for item in self.last})
        for item in self.last:
            item.needs = set()
        mistakes = DocumentMistakes()
        graph.order(self.last, mistakes)
        mistakes.refuse()
        steps = [
            functools.partial(self._preflight_after, item, [*before, *graph.released.get(item, ())])
            for item in self.last
        ]
        refused = []
        for item, error in zip(self.last, self.clients.together(steps)):
            if isinstance(error, InputError):
                refused.append((item, error.message))
            elif error is not None:
                raise error
        return refused

    def _links_of_last(self) -> dict[Item, Links]:
        return {item: links_of(item, item.run.current) for item in self.last if item.run}

    def _preflight_after(self, item: Item, before: t.Sequence[tuple[Item, Link]]) -> None:
        """Check a deletion. Raise InputError if something that stays uses the object, though it could be deleted."""
        with self.guard():
            current = self._preflight(item, before) or {}
        for relation in item.type.used_by:
            names = [str(row.get("name") or row["id"]) for row in current.get(relation) or ()]
            if names:
                raise InputError(f"{sentence(item.words)} is used by {relation}: {', '.join(sorted(names))}.")

    def _check_number(self) -> None:
        """Raise InputError if more would be deleted than the task permits."""
        names = [name for item in self.last for name in _goes(item)]
        if len(names) > self.most:
            more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
            raise InputError(
                f"{len(names)} objects that the document does not list would be deleted, and max_deletions is "
                f"{self.most}: {', '.join(names[:SHOWN])}{more}.",
                hint=f"List what has to stay, or raise max_deletions. {UNTOUCHED}",
            )

    def carry_out(self, runs: t.Sequence[Run]) -> None:
        """Check all plans, carry out the listed items, and then delete the others if all of these have succeeded."""
        self.check(runs)
        begin = self.waiting.clock.now()
        for item in self.last:
            item.state, item.because = SKIPPED, "the task ended before"
        with self.clients.at_work():
            self._run([item for item in self.items if item.is_due])
            failed = [item.place for item in self.items if item.state in (FAILED, BLOCKED)]
            skipped = [item.because for item in self.items if item.state == SKIPPED]
            if not failed and not skipped:
                self._run(self.last, self.waiting.clock.now() - begin)
                return
        for item in self.last:
            item.state = BLOCKED if failed else SKIPPED
            item.because = ", ".join(failed[:SHOWN]) if failed else skipped[0]


def _goes(item: Item) -> list[str]:
    """Return the object that an item deletes, and those that the appliance deletes with it, in words."""
    return [item.words, *deleted_with(item).values()]
