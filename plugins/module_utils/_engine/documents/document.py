# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The objects of a document: planned as one, then carried out in threads."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import typing as t

from ..data import Json
from ..errors import ApplianceError
from ..job import Clock, WaitOptions
from ..planning.history import NEW_RUN
from ..planning.plan import Plan
from ..running.reconcile import carry_out, look
from ..running.run import Run
from ..running.run_result import RunResult
from .at_work import last_words, with_steps
from .contradictions import check_links, check_objects
from .items import BLOCKED, CHANGED, FAILED, OK, SKIPPED, Item, TableHandler
from .links import Link, Target, deleted_with, gone_with_others, links_of, parts_of
from .mistakes import DocumentMistakes
from .order import Graph, in_order
from .scheduler import DONE, NOT_TRIED, Limits, Scheduler

Released = t.Sequence[t.Tuple[Target, Link]]
"""Links that exist no more by the time an item is carried out: the object that had it, and the link. A link without an
option stands for the object itself, which is deleted."""


class Clients(t.Protocol):
    """The clients of a platform for the items of a document."""

    def planning(self, item: Item, released: Released, anything: bool) -> t.Any:
        """Return a client that reads for an item's plan. It may raise `Pending`.

        released: links that do not count, because the document ends them before. anything: whether the item may also
        refer to what does not exist, because that has been found already.
        """

    def together(self, steps: t.Sequence[t.Callable[[], None]]) -> list[ApplianceError | None]:
        """Take steps that read, with as few requests as possible for all of them. Return the error of each, or None.

        A step may start again until its reads have their answers.
        """

    def placeholder(self, item: Item) -> str:
        """Return what stands for the id of an object that the document creates."""

    def at_work(self) -> t.ContextManager[None]:
        """Return a block in which threads carry out items."""

    def working(self) -> t.ContextManager[t.Any]:
        """Return a client for a thread that carries out an item, for as long as the block runs."""

    def when_busy(self, call: t.Callable[[], None]) -> None:
        """Call a function whenever the appliance answers that it takes no more requests for now."""

    def stop(self) -> None:
        """End the waits of all threads: the task ends early."""


@dataclasses.dataclass
class Document:
    """The objects of a document.

    waiting: how each item waits; its progress shows the lines of the whole document. guard: turns a bug into an error.
    has_begun: whether something may have been written.
    mistakes: what is wrong, each with its place. It begins with what the options show. Looking adds to it, and checking
    raises one InputError for all of it.
    aside: items with wrong options. They are not planned. What they would create or release counts as there and as
    released, so that nothing is called a mistake that only follows from theirs.
    """

    items: t.Sequence[Item]
    clients: Clients
    waiting: WaitOptions
    limits: Limits
    guard: t.Callable[[], t.ContextManager[None]] = contextlib.nullcontext
    graph: Graph = dataclasses.field(default_factory=lambda: Graph({}, {}))
    has_begun: bool = False
    mistakes: DocumentMistakes = dataclasses.field(default_factory=DocumentMistakes)
    aside: t.Sequence[Item] = ()

    def look(self) -> list[Run]:
        """Read all objects, plan for them, and put them into order."""
        with self._mistakes_first():
            planned = self._planned()
        check_objects(planned, self.mistakes)
        objects = {self._target(item): item for item in (*self.aside, *self.items)}
        links = {item: links_of(item, item.run.current) for item in planned if item.run}
        claims = check_links(links, objects, self.mistakes)
        for item in gone_with_others(links, objects):
            item.record.plan = Plan()
        self.graph = Graph(links, objects)
        self.graph.order(planned, self.mistakes)
        for item, other, link in claims:
            self.graph.released.setdefault(item, []).append((other, link))
        self.items = in_order(planned)
        for item in self.items:
            item.state = CHANGED if item.is_due else OK
        return [item.run for item in self.items if item.run and item.is_due]

    def _planned(self) -> list[Item]:
        """Plan for all items, and find the objects of the others. Return those that have a plan.

        An item that refers to what does not exist gets a plan without it, so that the rest of it is checked as well.
        """
        planned = set(self._of_each(self.items, self._plan, self.mistakes))
        left = [item for item in self.items if item not in planned]
        if left:
            for item in left:
                item.handler = None
            again = functools.partial(self._plan, anything=True)
            planned.update(self._of_each(left, again, self.mistakes))
        unplanned = [item for item in self.items if item not in planned]
        self.aside = [*self.aside, *unplanned]
        if self.aside:
            self._of_each(self.aside, self._find, DocumentMistakes())
        return [item for item in self.items if item in planned]

    def _plan(self, item: Item, anything: bool = False) -> None:
        """Read an object and plan for it. The handler is made once, and reads again after each round."""
        if item.handler is None:
            item.handler = self._handler(item, self.clients.planning(item, (), anything))
        item.record.warnings = []
        item.run = Run(item.handler, self.waiting, item.record)
        look(item.run)

    def _find(self, item: Item) -> None:
        """Read the object of an item that has no plan, without its other options."""
        resource = item.type.resource
        identity = {option: item.desired[option] for option in resource.identity if option in item.desired}
        is_one = not resource.one_of or any(option in identity for option in resource.one_of)
        if item.type.is_singleton or (identity.keys() >= set(resource.needed) and is_one):
            client = self.clients.planning(item, (), False)
            handler = item.type.make_handler(client, resource, {**resource.no_options(), **identity})
            item.run = Run(handler, self.waiting, RunResult())
            item.run.read()

    def check(self, runs: t.Sequence[Run]) -> None:
        """Raise one InputError for all mistakes, among them what the appliance would refuse."""
        checked = {id(run) for run in runs}
        due = [item for item in self.items if id(item.run) in checked]
        with self._mistakes_first():
            self._of_each(due, self._preflight_listed, self.mistakes)
        self.mistakes.refuse()

    def _preflight_listed(self, item: Item) -> None:
        self._preflight(item, self.graph.released.get(item, ()))

    def _preflight(self, item: Item, before: t.Sequence[tuple[Item, Link]]) -> Json | None:
        """Check an item's plan, and return its object as it is then.

        before: what items before it release, which is read as released.
        """
        if item.handler is None or item.run is None:
            return None
        handler, current = item.handler, item.run.current
        if before or self.mistakes:
            absent = [other for other, dummy in before if other.is_absent]
            gone = [self._target(other) for other in (*absent, *self.aside)]
            gone += [target for other in absent for target in deleted_with(other)]
            released = [(self._target(other), link) for other, link in before if link.option]
            released += [(target, Link("", target)) for target in gone]
            handler = self._handler(item, self.clients.planning(item, released, bool(self.mistakes)))
            current = handler.read()
            if not self.mistakes:
                self._plan_without(item, handler, current, gone)
        handler.preflight(current, item.record.plan)
        return current

    def _plan_without(
        self, item: Item, handler: TableHandler, current: Json | None, gone: t.Collection[Target]
    ) -> None:
        """Plan a deletion again without what is gone by then: dependents, or the object itself."""
        parts = parts_of(item, gone) if current else {}
        for option, ids in parts.items():
            current = {**(current or {}), option: [row for row in (current or {})[option] if str(row["id"]) not in ids]}
        if parts or self._target(item) in gone:
            item.record.plan = handler.plan(current, NEW_RUN)
            item.state = CHANGED if item.is_due else OK

    def carry_out(self, runs: t.Sequence[Run]) -> None:
        """Check all plans, then carry them out in threads. What becomes of an item is in its state."""
        self.check(runs)
        with self.clients.at_work():
            self._run([item for item in self.items if item.is_due])

    def _run(self, due: t.Sequence[Item], elapsed: float = 0.0) -> None:
        """Carry out items in threads. elapsed: how much of the deadline has passed."""
        limits = dataclasses.replace(self.limits, elapsed=elapsed)
        numbers = {item: number for number, item in enumerate(due)}
        needs = [{numbers[other] for other in item.needs if other in numbers} for item in due]
        scheduler = Scheduler([item.words for item in due], needs, self._prepared(due), limits)
        show = self.waiting.progress
        waiting = dataclasses.replace(self.waiting, progress=lambda line: show(with_steps(line, due)))
        scheduler.waiting, scheduler.end_waits = waiting, functools.partial(self._end_waits, due)
        self._scheduler = scheduler
        self.clients.when_busy(scheduler.slow_down)
        self.has_begun = True
        try:
            scheduler.run()
        finally:
            for item, outcome in zip(due, scheduler.outcomes):
                item.state = {DONE: CHANGED, NOT_TRIED: SKIPPED}.get(outcome.state, outcome.state)
                if item.state == CHANGED and not item.record.changed:
                    item.state = OK  # others have done it meanwhile
                item.error, item.because = outcome.error, outcome.because
                if item.state == BLOCKED:
                    item.because = ", ".join(other.place for other in item.needs if other.state in (FAILED, BLOCKED))

    def _end_waits(self, due: t.Sequence[Item]) -> None:
        """Say what the appliance goes on with, and end the waits. A second signal may end the process after that."""
        done = sum(outcome.state == DONE for outcome in self._scheduler.outcomes)
        self.waiting.last_words(last_words(due, done, len(due)))
        self.clients.stop()

    def _prepared(self, due: t.Sequence[Item]) -> t.Callable[[int], t.Callable[[], None]]:
        """Return a function that prepares an item. Its client knows at once of all items that start together."""

        def prepare(number: int) -> t.Callable[[], None]:
            block = contextlib.ExitStack()
            client = block.enter_context(self.clients.working())
            return functools.partial(self._work, due[number], client, block)

        return prepare

    def _work(self, item: Item, client: t.Any, block: contextlib.ExitStack) -> None:
        """Carry out an item, in a thread of its own. block: ends with the thread."""
        scheduler = self._scheduler
        with block, self.guard():
            waiting = dataclasses.replace(
                self.waiting,
                progress=lambda line: None,
                clock=Clock(self.waiting.clock.now, client.sleep),
                within=client.within,
                still_wanted=scheduler.still_wanted,
                pause=client.pause,
            )
            run = t.cast(Run, item.run).resumed(self._handler(item, client), waiting)
            carry_out(run)
        item.handler = item.run = None  # a thousand of them need memory
        item.record.resource = None

    def _handler(self, item: Item, client: t.Any) -> TableHandler:
        return item.type.make_handler(client, item.type.resource, item.desired)

    def _target(self, item: Item) -> Target:
        """Return the object of an item."""
        current = item.run.current if item.run else None
        object_id = current["id"] if current else self.clients.placeholder(item)
        return item.type.resource.type, str(object_id)

    def _of_each(
        self, items: t.Sequence[Item], step: t.Callable[[Item], None], mistakes: DocumentMistakes
    ) -> list[Item]:
        """Take a step with each item. Return the items without mistakes; raise another error if there is one."""
        errors = self.clients.together([functools.partial(self._guarded, step, item) for item in items])
        others = []
        for item, error in zip(items, errors):
            if error is not None and not mistakes.take(item.place, error):
                error.message = f"{item.place}: {error.message}"
                others.append(error)
        if others:
            raise others[0]
        return [item for item, error in zip(items, errors) if error is None]

    @contextlib.contextmanager
    def _mistakes_first(self) -> t.Iterator[None]:
        """Raise what is wrong with the document, if something is, rather than that the appliance does not answer."""
        try:
            yield
        except ApplianceError as error:
            self.mistakes.refuse(f"There may be more mistakes, because not everything could be read: {error}")
            raise

    def _guarded(self, step: t.Callable[[Item], None], item: Item) -> None:
        with self.guard():
            step(item)
