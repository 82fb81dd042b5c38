# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Queries on any collection of OneView, and on single resources.

Source: HP OneView REST API Reference, common parameters (filter, sort, fields, count). Not every resource honours these
parameters, so this module also matches the names and selects the fields itself.
"""

from __future__ import annotations

import dataclasses
import itertools
import typing as t

from .._engine.data import Json
from .._engine.errors import InputError, Refused
from .._engine.text.names import is_named, spelled
from .._engine.text.words import did_you_mean
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
"""Common collections, for "did you mean" hints. A query may name any other path as well."""

NAMED_BY = {"/rest/users": "userName", "/rest/roles": "roleName"}


def path_of(collection: str) -> str:
    """Return the path of a collection, which users may give with or without ``/rest/``; raise InputError if invalid."""
    plain = collection.strip().strip("/")
    plain = plain[len("rest/") :] if plain.startswith("rest/") else plain
    if plain in ("", "rest") or "?" in plain or "//" in plain:
        raise InputError(
            f"type takes the name or path of a collection, such as server-hardware, not {collection!r}.",
            hint="Conditions go into filters." if "?" in plain else "",
        )
    return f"/rest/{plain}"


@dataclasses.dataclass(frozen=True)
class InfoQuery:
    """A query on a path.

    ids, names: the requested resources; None for all of them. exact: the attributes and values that are compared
    again with each row. order: the value of the API's ``sort`` parameter.
    """

    path: str
    ids: tuple[str, ...] | None = None
    names: tuple[str, ...] | None = None
    filters: tuple[str, ...] = ()
    exact: tuple[tuple[str, str], ...] = ()
    fields: tuple[str, ...] = ()
    order: str = ""
    limit: int | None = None

    @classmethod
    def of(cls, params: t.Mapping[str, t.Any]) -> InfoQuery:
        """Return the query for a task's options; raise InputError for invalid options."""
        if params["limit"] is not None and params["limit"] < 1:
            raise InputError(f"limit must be at least 1, not {params['limit']}.")
        for option in ("ids", "names", "fields", "order"):
            if any(not entry.strip() for entry in params[option] or ()):
                raise InputError(f"{option} has an empty entry.")
        if params["ids"] is not None and (params["filters"] or params["order"]):
            raise InputError(
                "filters and order cannot be combined with ids, because resources are read by id one by one.",
                hint="Leave out filters and order, or leave out ids.",
            )
        filters, exact = _conditions(params["filters"] or {})
        return cls(
            path=path_of(params["type"]),
            ids=_unique(params["ids"]),
            names=_unique(params["names"]),
            filters=filters,
            exact=exact,
            fields=_unique(params["fields"]) or (),
            order=",".join(_direction(item.strip()) for item in params["order"] or ()),
            limit=params["limit"],
        )

    def ask(self, client: OneViewClient) -> tuple[list[Json], list[str]]:
        """Return the resources, and the requested ids or names that do not exist."""
        if self.ids is not None:
            rows, missing = self._by_id(client)
        elif self.names is not None:
            rows, missing = self._by_name(client)
        else:
            rows, missing = self._rows(client, self.limit), []
        return [self._picked(row) for row in rows[: self.limit]], missing

    def _by_id(self, client: OneViewClient) -> tuple[list[Json], list[str]]:
        rows, missing = [], []
        for resource_id in self.ids or ():
            row = client.get(
                resource_id if resource_id.startswith("/") else f"{self.path}/{resource_id}", as_it_is=True
            )
            if row is None:
                missing.append(resource_id)
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
            # A resource that the filters exclude is not missing, so look for the names again without filters.
            unfiltered = dataclasses.replace(self, filters=(), exact=(), order="", fields=(key,))
            missing = _without(missing, key, unfiltered._named(client, key, missing))
        return found, missing

    def _named(self, client: OneViewClient, key: str, names: t.Sequence[str]) -> list[Json]:
        filters = [equals(key, names[0])] if len(names) == 1 and key == "name" else []
        rows = self._rows(client, None, filters)
        wanted = [id(row) for name in names for row in spelled(rows, name, key)]
        return [row for row in rows if id(row) in wanted]

    def _rows(self, client: OneViewClient, limit: int | None, more: t.Sequence[str] = ()) -> list[Json]:
        query: Pairs = [("filter", text) for text in (*self.filters, *more)]
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
        guess = did_you_mean(plain, (path for path in KNOWN if path != plain))
        return InputError(
            f"The appliance has no {self.path}.",
            method=error.method,
            path=error.path,
            status=error.status,
            messages=error.messages,
            hint=guess or "Give the path that follows /rest/ in the REST API.",
        )

    def _picked(self, row: Json) -> Json:
        return {name: row[name] for name in self.fields if name in row} if self.fields else row


def _agrees(row: Json, name: str, value: str) -> bool:
    """Return whether a row has the value. If the row has no value or a structure there, trust the appliance."""
    found = dotted(row, name)
    return found is None or isinstance(found, (list, dict)) or same_text(found, value)


def _without(names: t.Sequence[str], key: str, rows: t.Sequence[Json]) -> list[str]:
    """Return the names for which there is no row."""
    return [name for name in names if not any(is_named(row, name, key) for row in rows)]


def _unique(values: t.Sequence[str] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(dict.fromkeys(value.strip() for value in values))


def _direction(item: str) -> str:
    name, dummy, way = item.partition(":")
    if not name or way not in ("", "asc", "desc", "ascending", "descending"):
        raise InputError(f"order takes attributes, each followed by :asc or :desc if needed, not {item!r}.")
    return f"{name}:{'descending' if way.startswith('desc') else 'ascending'}"


def _conditions(filters: t.Mapping[str, t.Any]) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Return the filters to send, and the pairs of attribute and value that can be compared with the rows."""
    sent, exact = [], []
    for name, values in filters.items():
        for value in values if isinstance(values, (list, tuple)) else [values]:
            if isinstance(value, dict) or value is None:
                raise InputError(f"filters: {name} takes a value, or an operator and a value, not {value!r}.")
            text = str(value).lower() if isinstance(value, bool) else str(value).strip()
            operator = text.partition(" ")[0]
            if operator == "not" or operator in OPERATORS:
                sent.append(condition(name, text))
                continue
            sent.append(equals(name, text))
            exact.append((name, text))
    return tuple(sent), tuple(exact)
