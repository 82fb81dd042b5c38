# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Questions to any collection of OneView, and to single resources.

Source: HP OneView REST API Reference, common parameters (filter, sort, fields, count). Names are matched and fields are
picked here once more, since not every resource heeds these parameters.
"""

from __future__ import annotations

import dataclasses
import difflib
import itertools
import typing as t

from .._engine.errors import InputError, Refused
from .._engine.names import is_named, spelled
from .._engine.resource_type import Json
from .client import OneViewClient
from .query import OPERATORS, Pairs, condition, dotted, equals, same_text

KNOWN = (
    "alerts",
    "appliance/configuration/time-locale",
    "appliance/trap-destinations",
    "backups",
    "backups/config",
    "certificates/ca",
    "certificates/servers",
    "connection-templates",
    "datacenters",
    "enclosure-groups",
    "enclosures",
    "ethernet-networks",
    "events",
    "fabrics",
    "fc-networks",
    "fcoe-networks",
    "firmware-drivers",
    "interconnects",
    "logical-enclosures",
    "logical-interconnect-groups",
    "logical-interconnects",
    "network-sets",
    "racks",
    "roles",
    "scopes",
    "server-hardware",
    "server-hardware-types",
    "server-profile-templates",
    "server-profiles",
    "storage-pools",
    "storage-systems",
    "storage-volume-templates",
    "storage-volumes",
    "tasks",
    "uplink-sets",
    "users",
)
"""Some of what there is, for guesses at what was meant; any other path can be asked, too."""

NAMED_BY = {"/rest/users": "userName", "/rest/roles": "roleName"}


def path_of(given: str) -> str:
    """Return the path that a person gives with or without what all paths begin with."""
    plain = given.strip().strip("/")
    plain = plain[len("rest/") :] if plain.startswith("rest/") else plain
    if plain in ("", "rest") or "?" in plain or "//" in plain:
        raise InputError(
            f"type takes the name or path of a collection, such as server-hardware, not {given!r}.",
            hint="Conditions go into filters." if "?" in plain else "",
        )
    return f"/rest/{plain}"


@dataclasses.dataclass(frozen=True)
class Question:
    """What is asked of a path. exact: attributes that have to have these values, as far as a row tells them."""

    path: str
    ids: tuple[str, ...] | None = None
    names: tuple[str, ...] | None = None
    filters: tuple[str, ...] = ()
    exact: tuple[tuple[str, str], ...] = ()
    fields: tuple[str, ...] = ()
    order: str = ""
    limit: int | None = None

    @classmethod
    def of(cls, params: t.Mapping[str, t.Any]) -> Question:
        """Return the question that a task asks; raise InputError for one that cannot be."""
        if params["limit"] is not None and params["limit"] < 1:
            raise InputError(f"limit has to be at least 1, not {params['limit']}.")
        for option in ("ids", "names", "fields", "order"):
            if any(not one.strip() for one in params[option] or ()):
                raise InputError(f"{option} has an empty entry.")
        if params["ids"] is not None and (params["filters"] or params["order"]):
            raise InputError(
                "filters and order have no meaning with ids, which are read one by one.",
                hint="Leave them out, or leave out ids.",
            )
        filters, exact = _conditions(params["filters"] or {})
        return cls(
            path=path_of(params["type"]),
            ids=_unique(params["ids"]),
            names=_unique(params["names"]),
            filters=filters,
            exact=exact,
            fields=_unique(params["fields"]) or (),
            order=",".join(_direction(one.strip()) for one in params["order"] or ()),
            limit=params["limit"],
        )

    def ask(self, client: OneViewClient) -> tuple[list[Json], list[str]]:
        """Return the resources, and those of the ids or names that there are not."""
        if self.ids is not None:
            rows, missing = self._by_id(client)
        elif self.names is not None:
            rows, missing = self._by_name(client)
        else:
            rows, missing = self._rows(client, self.limit), []
        return [self._picked(row) for row in rows[: self.limit]], missing

    def _by_id(self, client: OneViewClient) -> tuple[list[Json], list[str]]:
        rows, missing = [], []
        for one in self.ids or ():
            row = client.get(one if one.startswith("/") else f"{self.path}/{one}", as_it_is=True)
            if row is None:
                missing.append(one)
            else:
                rows.append(row)
        return rows, missing

    def _by_name(self, client: OneViewClient) -> tuple[list[Json], list[str]]:
        key = NAMED_BY.get(self.path, "name")
        names = self.names or ()
        if not names:
            return [], []
        found = self._named(client, key, names)
        missing = _without(names, key, found)
        if missing and self.filters:
            # filters tell nothing of whether there is one of this name
            unfiltered = dataclasses.replace(self, filters=(), exact=(), order="", fields=(key,))
            missing = _without(missing, key, unfiltered._named(client, key, missing))
        return found, missing

    def _named(self, client: OneViewClient, key: str, names: t.Sequence[str]) -> list[Json]:
        asked = [equals(key, names[0])] if len(names) == 1 and key == "name" else []
        rows = self._rows(client, None, asked)
        meant = [id(row) for name in names for row in spelled(rows, name, key)]
        return [row for row in rows if id(row) in meant]

    def _rows(self, client: OneViewClient, limit: int | None, more: t.Sequence[str] = ()) -> list[Json]:
        query: Pairs = [("filter", one) for one in (*self.filters, *more)]
        if self.order:
            query.append(("sort", self.order))
        if self.fields:
            key = NAMED_BY.get(self.path, "name")
            needed = [*([key] if self.names else []), *(name.partition(".")[0] for name, dummy in self.exact)]
            query.append(("fields", ",".join(dict.fromkeys([*self.fields, *needed]))))
        try:
            rows = client.each(self.path, query, limit)
            fitting = (row for row in rows if all(_agrees(row, name, value) for name, value in self.exact))
            return list(itertools.islice(fitting, limit))
        except Refused as error:
            if error.status == 404:
                raise self._unknown(error) from None
            raise

    def _unknown(self, error: Refused) -> InputError:
        plain = self.path[len("/rest/") :]
        near = [f"{one}" for one in difflib.get_close_matches(plain, KNOWN, 3) if one != plain]
        guess = f"Did you mean {' or '.join(near)}?" if near else "Give it as the REST API has it behind /rest/."
        return InputError(
            f"The appliance has no {self.path}.",
            method=error.method,
            path=error.path,
            status=error.status,
            messages=error.messages,
            hint=guess,
        )

    def _picked(self, row: Json) -> Json:
        return {name: row[name] for name in self.fields if name in row} if self.fields else row


def _agrees(row: Json, name: str, value: str) -> bool:
    """Hold a row against a value; where it tells none, or several, the appliance is believed."""
    found = dotted(row, name)
    return found is None or isinstance(found, (list, dict)) or same_text(found, value)


def _without(names: t.Sequence[str], key: str, rows: t.Sequence[Json]) -> list[str]:
    """Return the names that no row has."""
    return [name for name in names if not any(is_named(row, name, key) for row in rows)]


def _unique(values: t.Sequence[str] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(dict.fromkeys(one.strip() for one in values))


def _direction(item: str) -> str:
    name, dummy, way = item.partition(":")
    if not name or way not in ("", "asc", "desc", "ascending", "descending"):
        raise InputError(f"order takes attributes, with :asc or :desc behind them, not {item!r}.")
    return f"{name}:{'descending' if way.startswith('desc') else 'ascending'}"


def _conditions(filters: t.Mapping[str, t.Any]) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Return the filters to send, and the values among them that can be held against what comes back."""
    asked, exact = [], []
    for name, given in filters.items():
        for one in given if isinstance(given, (list, tuple)) else [given]:
            if isinstance(one, dict) or one is None:
                raise InputError(f"filters: {name} takes a value, or an operator and a value, not {one!r}.")
            text = str(one).lower() if isinstance(one, bool) else str(one).strip()
            operator, dummy, value = text.partition(" ")
            if operator == "not" or operator in OPERATORS:
                asked.append(condition(name, text))
                continue
            asked.append(equals(name, text))
            exact.append((name, text))
    return tuple(asked), tuple(exact)
