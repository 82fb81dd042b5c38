# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Queries as values: which conditions of a query can be tested in the rows of a larger answer, and its selection.

Source: PowerStore REST API developers guide, querying resource data.
"""

from __future__ import annotations

import dataclasses
import functools
import re
import typing as t

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..query import split_list
from ..schema import TYPES, facts_of, takes_filters

NOT_FILTERS = ("select", "order", "limit", "offset")
PAGING = ("limit", "offset")
IDENTITY = ("id", "name")
ATTRIBUTE = r"[A-Za-z0-9_]+(?:->>[A-Za-z0-9_]+)?"
NAME = re.compile(r"[A-Za-z0-9_]+")
NUMBER = re.compile(r"0|-?[1-9]\d*")

Tree = t.Dict[str, t.Any]
"""What a query selects: names of attributes, each with the tree of what it selects inside, or None."""


@dataclasses.dataclass(frozen=True)
class Query:
    """What a handler asks a collection for.

    query: the parameters, sorted. limit: how many objects it wants, None for all. object_id: asks for this object.
    """

    type: str
    query: tuple[tuple[str, str], ...]
    limit: int | None = None
    object_id: str | None = None

    @classmethod
    def of(
        cls, type_: str, query: t.Mapping[str, str], limit: int | None = None, object_id: str | None = None
    ) -> Query:
        """Return the query with these parameters."""
        return cls(type_, tuple(sorted(query.items())), limit, object_id)


@dataclasses.dataclass(frozen=True)
class Condition:
    """One of these attributes must have one of its values. Texts of both are as the array writes them in a row."""

    values: tuple[tuple[str, frozenset[str]], ...]

    @property
    def label(self) -> tuple[str, ...]:
        """What conditions that can be merged have in common: the attributes, of which id and name count as one."""
        names = tuple(sorted(name for name, dummy in self.values))
        return IDENTITY if set(names) <= set(IDENTITY) else names

    def holds(self, row: Json) -> bool | None:
        """Return whether a row fits; None if that depends on how the array compares upper and lower case."""
        answers = [fits(value_of(row, name), wanted) for name, wanted in self.values]
        return True if True in answers else None if None in answers else False

    def in_doubt(self, row: Json) -> list[str]:
        """Return the attributes that may be why a row fits, if it fits only without regard to case; else nothing."""
        answers = {name: fits(value_of(row, name), wanted) for name, wanted in self.values}
        return [] if True in answers.values() else [name for name, answer in answers.items() if answer is None]


def fits(value: t.Any, wanted: frozenset[str]) -> bool | None:
    """Return whether a value is one of those that a filter names; None if it is one of them but for its case."""
    if value is None:
        return False
    text = str(value)
    if text in wanted:
        return True
    return None if text.casefold() in folded(wanted) else False


@functools.lru_cache(maxsize=4096)
def folded(texts: frozenset[str]) -> frozenset[str]:
    """Return texts without regard to case."""
    return frozenset(text.casefold() for text in texts)


def value_of(row: Json, name: str) -> t.Any:
    """Return the value of an attribute, or of ``structure->>attribute``."""
    head, dummy, inner = name.partition("->>")
    value = row.get(head)
    return value.get(inner) if inner and isinstance(value, dict) else None if inner else value


@dataclasses.dataclass(frozen=True)
class Parsed:
    """A query, taken apart.

    tree: what it selects, None if that cannot be merged with other selections. conditions: those that can be tested in
    rows, by label. others: the filters that cannot, and that only equal queries share.
    """

    asked: Query
    tree: Tree | None
    order: str
    conditions: t.Mapping[tuple[str, ...], Condition]
    others: tuple[tuple[str, str], ...]

    @property
    def is_alone(self) -> bool:
        """Whether the query cannot be merged with others."""
        limited = self.asked.limit is not None and self.asked.type != "job"
        is_paged = any(name in PAGING for name, dummy in self.asked.query)
        empty = any(not wanted for condition in self.conditions.values() for dummy, wanted in condition.values)
        return self.tree is None or limited or is_paged or empty or self._needs_or > 1

    @property
    def _needs_or(self) -> int:
        """How often the merged query may need the parameter ``or``, which a query has once."""
        alternatives = [label for label in self.conditions if len(label) > 1]
        return len(alternatives) + sum(name == "or" for name, dummy in self.others)

    @property
    def family(self) -> t.Hashable:
        """What queries have in common that can be merged."""
        if not takes_filters(self.asked.type):
            return self.asked.type  # the collection ignores all filters
        return (self.asked.type, self.order, self.others, tuple(sorted(self.conditions)))


@functools.lru_cache(maxsize=4096)
def parsed(asked: Query) -> Parsed:
    """Take a query apart."""
    query = dict(asked.query)
    conditions: dict[tuple[str, ...], Condition] = {}
    others = []
    filters = [(name, text) for name, text in asked.query if name not in NOT_FILTERS]
    if not takes_filters(asked.type):
        filters = []
    for name, text in filters:
        condition = _condition(asked.type, name, text)
        if condition is None or condition.label in conditions:
            others.append((name, text))
        else:
            conditions[condition.label] = condition
    if asked.object_id is not None:
        conditions[IDENTITY] = Condition((("id", frozenset((asked.object_id,))),))
    tree = _tree(asked.type, query.get("select", "id"))
    return Parsed(asked, tree, query.get("order", ""), conditions, tuple(others))


def _condition(type_: str, name: str, text: str) -> Condition | None:
    """Return a filter as a condition, None if it is of a form that rows cannot be tested for."""
    if name == "or":
        return _alternatives(type_, text)
    values = _values(type_, name, text)
    return None if values is None else Condition(((name, values),))


def _alternatives(type_: str, text: str) -> Condition | None:
    found: dict[str, frozenset[str]] = {}
    for item in split_list(text[1:-1]):
        part = re.fullmatch(rf"({ATTRIBUTE})\.((?:eq|in)\..*)", item, re.DOTALL)
        values = part and _values(type_, part.group(1), part.group(2), in_group=True)
        if not part or values is None:
            return None
        found[part.group(1)] = found.get(part.group(1), frozenset()) | values
    return Condition(tuple(sorted(found.items())))


def _values(type_: str, name: str, text: str, in_group: bool = False) -> frozenset[str] | None:
    """Return the values that an attribute may have, None if the filter or the attribute is of another kind.

    in_group: whether the filter is in a list of alternatives, where quotes protect the value of ``eq``.
    """
    operator, dummy, value = text.partition(".")
    kind = _kind(type_, name)
    if kind not in ("str", "int") or operator not in ("eq", "in"):
        return None
    if operator == "eq":
        values = [unquoted(value) if in_group else value]
    else:
        try:
            values = [unquoted(item) for item in split_list(value[1:-1]) if item]
        except InputError:
            return None
    if kind == "int" and not all(NUMBER.fullmatch(one) for one in values):
        return None
    return frozenset(values)


def unquoted(text: str) -> str:
    """Return a value without the quotes around it and the backslashes in them."""
    quoted = len(text) > 1 and text[0] == text[-1] == '"'
    return re.sub(r"\\(.)", r"\1", text[1:-1], flags=re.DOTALL) if quoted else text


def _kind(type_: str, name: str) -> str:
    """Return the type of a readable attribute whose values compare as texts, else an empty text."""
    head, dummy, inner = name.partition("->>")
    facts = facts_of(type_).attributes.get(head) if type_ in TYPES else None
    if facts is not None and inner:
        facts = next((part for part in facts.structure if part.name == inner), None)
        return facts.type if facts is not None and not facts.is_time else ""
    return facts.type if facts is not None and facts.read and not facts.is_time else ""


@functools.lru_cache(maxsize=256)
def _tree(type_: str, select: str) -> Tree | None:
    """Return what a select parameter selects, None for something that names no attributes."""
    tree: Tree = {}
    for item in split_list(select):
        name, bracket, inner = item.partition("(")
        if not NAME.fullmatch(name):
            return None
        facts = facts_of(type_).attributes.get(name) if type_ in TYPES else None
        relation = facts.relation if facts is not None else ""
        # A relation by itself stands for the ids of the related objects, a structure for all its attributes.
        inside = _tree(relation, inner[:-1]) if bracket else {"id": None} if relation else None
        if bracket and inside is None:
            return None
        tree[name] = inside
    return tree


def merged(trees: t.Iterable[Tree]) -> Tree:
    """Return a tree that selects everything that any of the trees does."""
    whole: Tree = {}
    for tree in trees:
        for name, inside in tree.items():
            if name not in whole:
                whole[name] = inside
            elif inside is None or whole[name] is None:
                whole[name] = None
            elif inside is not whole[name]:
                whole[name] = merged((whole[name], inside))
    return whole


def rendered(tree: Tree) -> str:
    """Return the select parameter for a tree."""
    return ",".join(name if inside is None else f"{name}({rendered(inside)})" for name, inside in tree.items())


def cut(value: t.Any, tree: Tree | None) -> t.Any:
    """Return a copy of a row, or of a value in it, with what a tree selects, None for everything."""
    if isinstance(value, list):
        return [cut(one, tree) for one in value]
    if not isinstance(value, dict):
        return value
    if tree is None:
        return {name: cut(inner, None) for name, inner in value.items()}
    return {name: cut(value[name], inside) for name, inside in tree.items() if name in value}
