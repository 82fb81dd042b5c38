# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Merges queries into few larger ones, and splits the answer into what each query would have got by itself.

Queries of one family differ only in what they select and in the values of their conditions. The merged query selects
everything that one of them does, and accepts all values. Whether a row belongs to a query is then tested here.
"""

from __future__ import annotations

import dataclasses
import typing as t
from urllib.parse import quote

from ..._engine.data import Json
from ..._http.url import FILTER_BYTES
from ..query import one_of, quoted
from ..schema import takes_filters
from .queries import Condition, Parsed, Query, Tree, merged, rendered, value_of

Label = t.Tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class Merged:
    """Queries of one family that one request answers.

    varying: the labels of the conditions in which they differ. is_whole: whether the request leaves these out and so
    reads more of the collection, in place of a list of values that is too long for a few requests.
    """

    queries: tuple[Parsed, ...]
    varying: tuple[Label, ...]
    is_whole: bool = False

    @property
    def type(self) -> str:
        """The resource type."""
        return self.queries[0].asked.type

    def union(self, label: Label) -> Condition:
        """Return the condition that accepts what one of the queries accepts."""
        values: dict[str, frozenset[str]] = {}
        for query in self.queries:
            for name, wanted in query.conditions[label].values:
                values[name] = values.get(name, frozenset()) | wanted
        return Condition(tuple(sorted(values.items())))

    def request(self) -> dict[str, str]:
        """Return the parameters of the request."""
        first = self.queries[0]
        parameters = dict(first.others)
        if takes_filters(self.type):
            for label in first.conditions:
                if not (self.is_whole and label in self.varying):
                    parameters.update(_filter(self.union(label)))
            if first.order:
                parameters["order"] = first.order
        return {**parameters, "select": rendered(self._tree())}

    def _tree(self) -> Tree:
        """Return what to select: what the queries do, and what shows which row belongs to which of them."""
        tree = merged(query.tree for query in self.queries if query.tree is not None)
        tested = {name for query in self.queries for name in _names(query, self._tested(query))}
        return merged((tree, {name.partition("->>")[0]: None for name in sorted(tested)}))

    def _tested(self, query: Parsed) -> list[Label]:
        """Return the conditions of a query that the request leaves open."""
        ignored = not takes_filters(self.type)
        return [label for label in query.conditions if ignored or label in self.varying]

    def split(self, rows: t.Sequence[Json]) -> tuple[dict[Query, list[Json]], list[Query]]:
        """Return the rows of each query, and the queries for which the rows do not decide, so that they must be asked.

        The documents do not say of every attribute whether the array ignores case. Where two spellings of a name would
        belong to different queries, only the array can decide.
        """
        places = _Places(rows)
        tests = takes_filters(self.type) and not self.is_whole
        unions = {label: self.union(label) for label in self.varying} if tests else {}
        found: dict[Query, list[Json]] = {}
        unsure = []
        for query in self.queries:
            labels = self._tested(query)
            # The path of an object is not a filter, so the array may compare it in another way.
            tested = unions if query.asked.object_id is None else {}
            fitting = rows if not labels else _fitting(query, labels, places, tested)
            if fitting is None:
                unsure.append(query.asked)
            else:
                found[query.asked] = list(fitting[: query.asked.limit])
        return found, unsure


def _fitting(
    query: Parsed, labels: t.Sequence[Label], places: _Places, unions: t.Mapping[Label, Condition]
) -> list[Json] | None:
    """Return the rows of a query, None if that is not certain. unions: the conditions that the array has tested."""
    found = []
    for row in places.of(query.conditions[labels[0]]):
        answers = [_holds(query.conditions[label], row, unions.get(label)) for label in labels]
        if None in answers and False not in answers:
            return None
        if False not in answers:
            found.append(row)
    return found


def _holds(condition: Condition, row: Json, union: Condition | None) -> bool | None:
    """Return whether a row fits; None if that is not certain. union: the condition that the array has tested."""
    answer = condition.holds(row)
    if answer is None and union is not None and len(union.in_doubt(row)) == 1:
        return True  # the row fits only if case is ignored, and the array has returned it
    return answer


class _Places:
    """Where the values of attributes occur in rows, without regard to case."""

    def __init__(self, rows: t.Sequence[Json]) -> None:
        self._rows = rows
        self._known: dict[str, dict[str, list[int]]] = {}

    def of(self, condition: Condition) -> list[Json]:
        """Return the rows that a condition may hold for, in their order."""
        numbers = {
            number
            for name, wanted in condition.values
            for text in wanted
            for number in self._by_value(name).get(text.casefold(), ())
        }
        return [self._rows[number] for number in sorted(numbers)]

    def _by_value(self, name: str) -> dict[str, list[int]]:
        if name not in self._known:
            known: dict[str, list[int]] = {}
            for number, row in enumerate(self._rows):
                value = value_of(row, name)
                if value is not None:
                    known.setdefault(str(value).casefold(), []).append(number)
            self._known[name] = known
        return self._known[name]


def families(queries: t.Iterable[Parsed]) -> list[list[Parsed]]:
    """Return the queries in lists, each of queries that can be merged."""
    found: dict[t.Hashable, list[Parsed]] = {}
    for query in queries:
        found.setdefault(query.asked if query.is_alone else query.family, []).append(query)
    return list(found.values())


def in_requests(family: t.Sequence[Parsed]) -> list[Merged]:
    """Return the queries of one family in as many requests as URLs of a bearable length need.

    The values of one query stay in one request, so that its rows come in the array's order.
    """
    varying = _varying(family)
    if not takes_filters(family[0].asked.type):
        return [Merged(tuple(family), varying)]
    parts: list[list[Parsed]] = []
    known: set[tuple[Label, str, str]] = set()
    room = 0
    for query in family:
        values = set(_values(query, varying))
        if not parts or _size(values - known) > room:
            parts.append([])
            known, room = set(), FILTER_BYTES
        parts[-1].append(query)
        room -= _size(values - known)
        known |= values
    return [Merged(tuple(part), varying) for part in parts]


def whole(family: t.Sequence[Parsed]) -> Merged:
    """Return the queries of one family in one request that reads more of the collection than they ask for."""
    return Merged(tuple(family), _varying(family), is_whole=True)


def _varying(family: t.Sequence[Parsed]) -> tuple[Label, ...]:
    """Return the labels of the conditions in which queries of one family differ."""
    first = family[0].conditions
    return tuple(label for label in first if any(query.conditions.get(label) != first[label] for query in family))


def _values(query: Parsed, labels: t.Iterable[Label]) -> t.Iterator[tuple[Label, str, str]]:
    for label in labels:
        for name, wanted in query.conditions[label].values:
            yield from ((label, name, text) for text in wanted)


def _names(query: Parsed, labels: t.Iterable[Label]) -> list[str]:
    return [name for label in labels for name, dummy in query.conditions[label].values]


def _size(values: t.Iterable[tuple[Label, str, str]]) -> int:
    """Return the length of values in a URL."""
    return sum(len(quote(f"{quoted(text)},", safe="")) for dummy, name, text in values)


def _filter(condition: Condition) -> dict[str, str]:
    """Return a condition as the parameter of a request."""
    texts = {name: one_of(sorted(wanted)) for name, wanted in condition.values}
    if len(texts) == 1:
        return texts
    return {"or": f"({','.join(f'{name}.{text}' for name, text in texts.items())})"}
