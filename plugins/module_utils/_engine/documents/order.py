# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The order of a document's items, as edges of a graph.

*refers to*: what an item names comes before the item. *released by*: an object must leave a group before it joins
another, a number must become free before another object gets it, and nothing may refer to an object that is deleted.
*chosen after*: an item that asks for a certain number comes before those for which the appliance chooses one: it could
choose that number. A circle is an error that shows it.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .items import Item
from .links import Bases, Link, Links, Target, deleted_with, words_of
from .mistakes import DocumentMistakes


class _Edge(t.NamedTuple):
    """An item, and one that must be done before it. released: the link that the other one ends, if this is why."""

    item: Item
    before: Item
    released: Link | None
    why: str


@dataclasses.dataclass(frozen=True)
class Graph:
    """The items that have something to do, and their links.

    objects: by resource type and id, the item of an object. released: by item, what items before it release.
    """

    links: t.Mapping[Item, Links]
    objects: t.Mapping[Target, Item]
    released: dict[Item, list[tuple[Item, Link]]] = dataclasses.field(default_factory=dict)

    def order(self, items: t.Sequence[Item], mistakes: DocumentMistakes) -> None:
        """Set what each of the items needs. Add a mistake for each circle in which they need each other."""
        due = [item for item in items if item.is_due]
        for edge in self._edges(due):
            edge.item.needs.add(edge.before)
            if edge.released:
                self.released.setdefault(edge.item, []).append((edge.before, edge.released))
        circle = circle_in(due)
        while circle:
            pairs = list(zip(circle, circle[1:]))
            why = {(edge.item, edge.before): edge.why for edge in self._edges(due) if (edge.item, edge.before) in pairs}
            needs = [f"{item.place} needs {before.place} {why[item, before]}" for item, before in pairs]
            mistakes.add(
                circle[0].place,
                f"These items need each other in a circle: {'; '.join(needs)}.",
                "Take one of them apart into two runs, such as one that releases and one that adds.",
                names_place=True,
            )
            for item in circle:  # to find the next circle
                item.needs -= set(circle)
            circle = circle_in(due)

    def _edges(self, due: t.Sequence[Item]) -> t.Iterator[_Edge]:
        claims = self._claims(due)
        deleted = {target: (item, words) for item in due for target, words in deleted_with(item).items()}
        for item in due:
            for target in self.links[item].kept_by:
                owner, words = deleted.get(target, (item, ""))
                if owner is not item:
                    yield _Edge(item, owner, Link("", target), f"to delete {words} first")
            for link in self.links[item].wanted:
                other = self.objects.get(link.target)
                if other and other is not item and other.is_due:
                    yield _Edge(item, other, None, "first, which it names")
            for link in self.links[item].released:
                user = (
                    self.objects.get(link.target) if link.option == item.type.goes_with and item.type.serves else None
                )
                if user and item.is_absent and user.is_due:
                    yield _Edge(item, user, None, "first, which uses it")
                    continue
                for later, why in self._waiting_for(item, link, claims):
                    yield _Edge(later, item, link, why)
        yield from _edges_of_bases(due)
        for item in due:
            for other in due if item.type.after else ():
                if other.type.name in item.type.after:
                    yield _Edge(item, other, None, "first")
        for of_target in claims.values():
            numbered = [(item, link) for item, link in of_target if link.slot is not None]
            for item, link in of_target if numbered else ():
                slot = item.type.slots.get(link.option) if link.slot is None else None
                for before, taken in numbered if slot else ():
                    if before is not item:
                        why = f"first, which asks for {slot} {taken.slot} on {words_of(link)}"
                        yield _Edge(item, before, None, why)

    def _claims(self, due: t.Sequence[Item]) -> dict[Target, list[tuple[Item, Link]]]:
        claims: dict[Target, list[tuple[Item, Link]]] = {}
        for item in due:
            for link in self.links[item].claimed:
                claims.setdefault(link.target, []).append((item, link))
        return claims

    def _waiting_for(
        self, item: Item, link: Link, claims: t.Mapping[Target, list[tuple[Item, Link]]]
    ) -> t.Iterator[tuple[Item, str]]:
        """Yield the items that must wait until an item has released a link, each with the reason."""
        target = self.objects.get(link.target)
        still_linked = any(other.target == link.target for other in self.links[item].wanted)
        if target and target is not item and target.is_due and not still_linked:
            yield target, "to release it first"
        exclusive = link.option in item.type.exclusive
        for claimer, claim in claims.get(link.target, ()):
            frees_slot = link.slot is not None and claim.slot == link.slot
            if claimer is not item and (exclusive or claim.option in claimer.type.exclusive or frees_slot):
                yield claimer, f"to release {words_of(link)} first"


def _edges_of_bases(due: t.Sequence[Item]) -> t.Iterator[_Edge]:
    """Yield an edge for each item that rests on another: that one comes first, and goes last."""
    for item, base in Bases(due, all=True).pairs():
        if not item.is_absent and not base.is_absent:
            yield _Edge(item, base, None, "first, which it cannot be without")
        elif item.is_absent and base.is_absent and item.run and item.run.current:
            gone = (item.type.resource.type, str(item.run.current["id"]))
            yield _Edge(base, item, Link("", gone), "to be deleted first")


def in_order(items: t.Sequence[Item]) -> list[Item]:
    """Return the items in an order in which they can be carried out, close to the given one."""
    ordered: dict[Item, None] = {}
    for item in items:
        stack = [item]
        while stack:
            left = [other for other in stack[-1].needs if other not in ordered]
            if left:
                stack += sorted(left, key=lambda one: one.place, reverse=True)
            else:
                ordered.setdefault(stack.pop())
    return list(ordered)


def circle_in(items: t.Iterable[Item]) -> list[Item]:
    """Return items that need each other in a circle, the first one again at the end; an empty list without one."""
    done: set[Item] = set()
    for start in items:
        path: list[Item] = []
        branches = [iter([start])]
        while branches:
            item = next(branches[-1], None)
            if item is None:
                branches.pop()
                if path:
                    done.add(path.pop())
            elif item in path:
                return [*path[path.index(item) :], item]
            elif item not in done:
                path.append(item)
                branches.append(iter(sorted(item.needs, key=lambda one: one.place)))
    return []
