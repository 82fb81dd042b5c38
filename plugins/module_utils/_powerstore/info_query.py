# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Queries of any resource type. They are checked against the documents' facts before they are sent."""

from __future__ import annotations

import dataclasses
import re
import typing as t
from datetime import datetime, timezone

from .._engine.data import Json
from .._engine.errors import InputError, Refused
from .._engine.options.capacity import in_bytes
from .client import PowerStoreClient
from .formats import as_port_name, port_name_forms
from .info_catalog import Catalog
from .info_details import NEWEST, PORT_NAME, is_size, related, with_details
from .query import GROUPS, check_filter, in_filters, one_of, split_list
from .releases import OLDEST, UNKNOWN_ATTRIBUTE, explained_query
from .schema import takes_filters

COMPARISONS = ("eq", "neq", "gt", "gte", "lt", "lte")
NAMED_BY = {"initiator": PORT_NAME}
"""The attribute by which people name objects that have no name, by type."""


@dataclasses.dataclass(frozen=True)
class InfoQuery:
    """A query of one resource type.

    ids, names: the objects to return, None for all; an empty tuple selects nothing.
    filters: pairs of an attribute and an expression. select, order: in the array's query language.
    limit: the largest number of objects, None for all. plain: return the objects as the array sends them.
    fallback: the ``select`` for an array that is too old for the first one, empty if there is no other.
    """

    type: str
    ids: tuple[str, ...] | None = None
    names: tuple[str, ...] | None = None
    filters: tuple[tuple[str, str], ...] = ()
    select: str = "*"
    order: str = ""
    limit: int | None = None
    plain: bool = False
    fallback: str = ""

    @classmethod
    def of(cls, params: t.Mapping[str, t.Any]) -> InfoQuery:
        """Return the query of a task; raise InputError if the array would refuse it. params: the task's options."""
        catalog = Catalog(params["strict"])
        type_ = params["type"]
        catalog.check_type(type_)
        if params.get("interval"):
            raise InputError(f"interval is the time between rows of metrics, and {type_} objects have none.")
        selects = _selects(params)
        question = cls(
            type=type_,
            ids=_unique(params["ids"]),
            names=_unique(params["names"]),
            filters=tuple(_pairs(params["filters"] or {})),
            select=selects[0],
            order=",".join(item.strip() for item in params["order"] or ()),
            limit=params["limit"],
            plain=params["plain"],
            fallback=selects[1] if selects[1:] else "",
        )
        question._check(catalog)
        filters = tuple((name, _as_sent(catalog, type_, name, text)) for name, text in question.filters)
        return dataclasses.replace(question, filters=filters)

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
        if self.names and catalog.strict and self._keys()[0] not in catalog.attributes(self.type):
            raise InputError(f"{self.type} objects have no name: ask for ids or use filters.")
        if self.limit is not None and self.limit < 1:
            raise InputError(f"limit must be at least 1, not {self.limit}.")

    def ask(self, client: PowerStoreClient) -> tuple[list[Json], list[str]]:
        """Return the objects, and those of the requested ids or names that the array does not have."""
        try:
            rows, missing = self._ask(client)
        except Refused as error:
            if not self.fallback or error.status != UNKNOWN_ATTRIBUTE:
                raise explained_query(error, self.type) from None
            return dataclasses.replace(self, select=self.fallback, fallback="").ask(client)
        return rows if self.plain else with_details(self.type, rows, datetime.now(timezone.utc)), missing

    def _ask(self, client: PowerStoreClient) -> tuple[list[Json], list[str]]:
        key, keys = self._keys()
        if keys is not None and not keys:
            return [], []
        if not takes_filters(self.type):
            return self._match(client.rows(self.type, {"select": self._with_keys()}))
        found: list[Json] = []
        parts = in_filters(port_name_forms(keys or ()) if key == PORT_NAME else keys or ()) or [[]]
        sorts = bool(self.order) and len(parts) > 1  # the array sorts each part by itself
        for part in parts:
            named = ((key, one_of(part)),) if part else ()
            query = {"select": self._with_keys(), **merged_filters((*self.filters, *named))}
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
            wanted = {_folded(key, value) for value in keys}
            rows = [row for row in rows if _folded(key, row.get(key)) in wanted]
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
        found = {_folded(key, row.get(key)) for row in rows}
        return [value for value in keys or () if _folded(key, value) not in found]

    def _keys(self) -> tuple[str, tuple[str, ...] | None]:
        """Return the attribute that selects objects, and its values, None for all objects."""
        return ("id", self.ids) if self.ids is not None else (NAMED_BY.get(self.type, "name"), self.names)

    def _with_keys(self) -> str:
        """Return the select list with the attributes added that select the objects or sort them here."""
        selected = split_list(self.select)
        needed = [self._keys()[0]] if self._keys()[1] else []
        if not takes_filters(self.type) or self._keys()[1]:
            needed += [item.partition(".")[0] for item in self.order.split(",") if item]
        return ",".join(dict.fromkeys(selected + [name for name in needed if "*" not in selected]))


def _selects(params: t.Mapping[str, t.Any]) -> list[str]:
    """Return what to read of each object, and after that what to read if the array's release is too old for it."""
    if params["select"] or params["plain"]:
        return [",".join(item.strip() for item in params["select"] or ["*"])]
    selects = [",".join(["*", *related(params["type"], newest)]) for newest in (NEWEST, OLDEST)]
    return list(dict.fromkeys(selects))


def _folded(key: str, value: t.Any) -> str:
    """Return the value of an attribute that selects objects without regard to case, and a WWN without its colons."""
    return str(as_port_name(value) if key == PORT_NAME else value).lower()


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


def _as_sent(catalog: Catalog, type_: str, name: str, expression: str) -> str:
    """Return a condition with its value in the form that the array takes: sizes in bytes, ports in each spelling."""
    facts = catalog.attributes(type_).get(name)
    negated = "not." if expression.startswith("not.") else ""
    operator, dummy, value = expression[len(negated) :].partition(".")
    if facts is None or operator not in (*COMPARISONS, "in"):
        return expression
    values = split_list(value[1:-1]) if operator == "in" else [value]
    if is_size(facts):
        sizes = [str(in_bytes(text, f"filters: {name}")) if re.search("[a-zA-Z]", text) else text for text in values]
        return negated + (one_of(sizes) if operator == "in" else f"{operator}.{sizes[0]}")
    if facts.name == PORT_NAME and operator in ("eq", "in"):
        return negated + one_of(port_name_forms(values))
    return expression


def merged_filters(filters: t.Sequence[tuple[str, str]]) -> dict[str, str]:
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
