# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Queries of any resource type. They are checked against the documents' facts before they are sent."""

from __future__ import annotations

import dataclasses
import re
import typing as t

from .._engine.data import Json
from .._engine.errors import InputError
from .._engine.text.words import closest, did_you_mean
from .client import PowerStoreClient
from .query import GROUPS, check_filter, in_filters, one_of, split_list
from .schema import TYPES, AttributeFacts, facts_of, takes_filters

UNKNOWN = AttributeFacts("", "")
"""Stands for an attribute of which only the array knows."""


class Catalog:
    """The attributes of the resource types.

    strict: raise InputError for unknown names. Otherwise the array checks them, since a newer release may know more.
    """

    def __init__(self, strict: bool = True) -> None:
        self.strict = strict

    def check_type(self, type_: str) -> None:
        """Raise InputError for an unknown resource type, if strict."""
        if not self.strict or (type_ in TYPES and "list" in facts_of(type_).verbs):
            return
        known = [name for name in TYPES if "list" in facts_of(name).verbs]
        nearest = ", ".join(closest(type_, known, 5, 0.0))
        places = f"The nearest of {len(known)} are {nearest}. Dell's PowerStore REST API reference lists all."
        raise InputError(f"PowerStore has no resource type {type_!r}.", hint=did_you_mean(type_, known) or places)

    def attributes(self, type_: str) -> dict[str, AttributeFacts]:
        """Return the readable attributes of a type by name, without the display texts (_l10n) of enumerations."""
        known = facts_of(type_).attributes if type_ in TYPES else {}
        return {name: facts for name, facts in known.items() if facts.read}

    def facts(self, type_: str, name: str, use: str) -> AttributeFacts:
        """Return the facts of an attribute; raise InputError if the type does not have it and the catalog is strict.

        use: the option that names the attribute, for the message.
        """
        known = self.attributes(type_)
        base = name[: -len("_l10n")] if name.endswith("_l10n") else name
        if base in known:
            return known[base] if base == name else UNKNOWN
        if not self.strict or not known:
            return UNKNOWN
        guess = did_you_mean(name, known) or f"Known: {', '.join(sorted(known))}."
        raise InputError(f"{use}: {type_} has no attribute {name!r}.", hint=guess)

    def check_path(self, type_: str, path: str, use: str) -> None:
        """Raise InputError unless the attribute of a path exists.

        path: an attribute, an attribute of a related object (relation.attribute), or a part of a structure
        (name->>part). use: the option that names the path, for the message.
        """
        if not path:
            raise InputError(f"{use}: an attribute is missing.")
        name, arrow, dummy = path.partition("->")
        if arrow:
            self.facts(type_, name, use)
            return
        name, dot, rest = path.partition(".")
        facts = self.facts(type_, name, use)
        if dot and facts.relation:
            self.check_path(facts.relation, rest, use)
        elif dot and self.strict and not facts.structure:
            raise InputError(f"{use}: {name} of {type_} has no parts, so {path!r} cannot exist.")

    def check_select(self, type_: str, text: str) -> None:
        """Raise InputError unless each attribute exists, at every level of nested relations.

        Only the array checks the parts of embedded structures.
        """
        for item in split_list(text):
            if item == "*":
                continue
            name, nested, inner = item.partition("(")
            facts = self.facts(type_, name.strip(), "select")
            if not nested:
                continue
            if self.strict and not (facts.relation or facts.structure):
                raise InputError(f"select: {name} of {type_} has no parts, so nothing can be selected in it.")
            if not inner.endswith(")") or not inner[:-1].strip():
                raise InputError(f"select: {item!r} lists no attributes; write {name}(id,name).")
            if facts.relation:
                self.check_select(facts.relation, inner[:-1])


@dataclasses.dataclass(frozen=True)
class InfoQuery:
    """A query of one resource type.

    ids, names: the objects to return, None for all; an empty tuple selects nothing.
    filters: pairs of an attribute and an expression. select, order: in the array's query language.
    limit: the largest number of objects, None for all.
    """

    type: str
    ids: tuple[str, ...] | None = None
    names: tuple[str, ...] | None = None
    filters: tuple[tuple[str, str], ...] = ()
    select: str = "*"
    order: str = ""
    limit: int | None = None

    @classmethod
    def of(cls, params: t.Mapping[str, t.Any]) -> InfoQuery:
        """Return the query of a task; raise InputError if the array would refuse it. params: the task's options."""
        catalog = Catalog(params["strict"])
        type_ = params["type"]
        catalog.check_type(type_)
        question = cls(
            type=type_,
            ids=_unique(params["ids"]),
            names=_unique(params["names"]),
            filters=tuple(_pairs(params["filters"] or {})),
            select=",".join(item.strip() for item in params["select"] or ["*"]),
            order=",".join(item.strip() for item in params["order"] or ()),
            limit=params["limit"],
        )
        question._check(catalog)
        return question

    def _check(self, catalog: Catalog) -> None:
        catalog.check_select(self.type, self.select)
        if self.filters and not takes_filters(self.type):
            raise InputError(
                f"The array cannot filter {self.type}.",
                hint="Ask for ids or names, or filter the result with selectattr.",
            )
        for name, expression in self.filters:
            check_filter(name, expression, lambda path: catalog.check_path(self.type, path, "filters"))
        for item in filter(None, self.order.split(",")):
            path = re.sub(r"\.(asc|desc)$", "", item)
            catalog.check_path(self.type, path, "order")
        if self.names and catalog.strict and "name" not in catalog.attributes(self.type):
            raise InputError(f"{self.type} objects have no name: ask for ids or use filters.")
        if self.limit is not None and self.limit < 1:
            raise InputError(f"limit must be at least 1, not {self.limit}.")

    def ask(self, client: PowerStoreClient) -> tuple[list[Json], list[str]]:
        """Return the objects, and those of the requested ids or names that the array does not have."""
        key, keys = self._keys()
        if keys is not None and not keys:
            return [], []
        if not takes_filters(self.type):
            return self._match(client.rows(self.type, {"select": self._with_keys()}))
        keys = keys or ()
        found: list[Json] = []
        parts = in_filters(keys) or [[]]
        sorts = bool(self.order) and len(parts) > 1  # the array sorts each part by itself
        for part in parts:
            named = ((key, one_of(part)),) if part else ()
            query = {"select": self._with_keys(), **_merged((*self.filters, *named))}
            if self.order:
                query["order"] = self.order
            left = None if self.limit is None or sorts else self.limit - len(found)
            if left == 0:
                break
            found += client.rows(self.type, query, left)
        found = self._sorted(found)[: self.limit] if sorts else found
        return found, self._missing(found)

    def _match(self, rows: list[Json]) -> tuple[list[Json], list[str]]:
        """Select and sort rows here, because the array does neither for some small collections."""
        key, keys = self._keys()
        if keys is not None:
            wanted = {value.lower() for value in keys}
            rows = [row for row in rows if str(row.get(key)).lower() in wanted]
        rows = self._sorted(rows)
        return rows[: self.limit], self._missing(rows)

    def _sorted(self, rows: list[Json]) -> list[Json]:
        """Return the objects sorted by ``order``."""
        rows = list(rows)
        for item in reversed([item for item in self.order.split(",") if item]):
            name, dummy, direction = item.partition(".")
            rows.sort(key=lambda row: _rank(row.get(name)), reverse=direction == "desc")
        return rows

    def _missing(self, rows: list[Json]) -> list[str]:
        """Return the requested ids or names that were not found, none if a limit or filters may have left them out."""
        key, keys = self._keys()
        if self.limit is not None or self.filters:
            return []
        found = {str(row.get(key)).lower() for row in rows}
        return [value for value in keys or () if value.lower() not in found]

    def _keys(self) -> tuple[str, tuple[str, ...] | None]:
        """Return the attribute that selects objects, ``id`` or ``name``, and its values, None for all objects."""
        return ("id", self.ids) if self.ids is not None else ("name", self.names)

    def _with_keys(self) -> str:
        """Return the select list with the attributes added that select the objects or sort them here."""
        selected = split_list(self.select)
        needed = ["id"] if self.ids else ["name"] if self.names else []
        if not takes_filters(self.type) or self._keys()[1]:
            needed += [item.partition(".")[0] for item in self.order.split(",") if item]
        return ",".join(dict.fromkeys(selected + [name for name in needed if "*" not in selected]))


def _unique(keys: t.Sequence[str] | None) -> tuple[str, ...] | None:
    return None if keys is None else tuple(dict.fromkeys(keys))


def _rank(value: t.Any) -> tuple[int, float, str]:
    """Return a sort key: numbers come first, then texts without regard to case, then None."""
    if value is None:
        return 2, 0.0, ""
    if isinstance(value, (int, float)):
        return 0, float(value), ""
    return 1, 0.0, str(value).lower()


def _pairs(filters: t.Mapping[str, t.Any]) -> list[tuple[str, str]]:
    pairs = []
    for name, value in filters.items():
        for expression in value if isinstance(value, (list, tuple)) else [value]:
            if not isinstance(expression, str):
                raise InputError(
                    f"filters: {name} needs an operator, as in eq.{str(expression).lower()}, not just {expression!r}."
                )
            pairs.append((str(name).strip(), expression.strip()))
    return pairs


def _merged(filters: t.Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return the filters as query parameters. Several filters on one attribute are joined into one ``and`` group."""
    query: dict[str, str] = {}
    groups: list[str] = []
    for name, expression in filters:
        if name in GROUPS:
            groups.append(f"{name}{expression}")
        elif name in query:
            groups.append(f"{name}.{expression}")
        else:
            query[name] = expression
    if len(groups) == 1 and groups[0].startswith(("and(", "or(")):
        name, dummy, inner = groups[0].partition("(")
        query[name] = f"({inner}"
    elif groups:
        query["and"] = f"({','.join(groups)})"
    return query
