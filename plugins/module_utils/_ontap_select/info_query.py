# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Queries to any collection of ONTAP Select Deploy.

Source: NetApp's documentation of the Deploy REST API, version 3: filtering objects, selecting object fields, sorting,
pagination.
"""

from __future__ import annotations

import dataclasses
import re
import typing as t
from urllib.parse import quote

from .._engine.data import Json
from .._engine.errors import InputError, Refused
from .._engine.text.words import closest
from .._http.url import in_parts
from .client import SelectClient, has_case, is_plain

COLLECTIONS = (
    "backups",
    "clusters",
    "deploy",
    "events",
    "hosts",
    "images",
    "jobs",
    "licensing/licenses",
    "mediators",
    "security/credentials",
)
RESERVED = ("fields", "order_by", "max_records", "poll_timeout")
PAGE = 1000
"""Events per request. Events are the only collection that grows without limit."""


@dataclasses.dataclass(frozen=True)
class InfoQuery:
    """A query to a collection, to a record, or to a path below a record.

    path: quoted. key: the attribute that holds the keys, id or name. keys: return only these records; an empty tuple
    returns no records, None returns all.
    """

    path: str
    fields: str
    filters: t.Mapping[str, str]
    order: str = ""
    limit: int | None = None
    key: str = "id"
    keys: tuple[str, ...] | None = None

    @classmethod
    def of(cls, params: t.Mapping[str, t.Any]) -> InfoQuery:
        """Return the query of a task; raise InputError if its options are not valid."""
        if params["limit"] is not None and params["limit"] < 1:
            raise InputError(f"limit must be at least 1, not {params['limit']}.")
        fields = [field.strip() for field in params["fields"] or ["*"]]
        key, keys = ("id", params["ids"]) if params["ids"] is not None else ("name", params["names"])
        if keys and not {"*", "**", key} & set(fields):
            fields.append(key)
        filters = {name: _condition(name, value) for name, value in (params["filters"] or {}).items()}
        return cls(
            path=checked_path(params["type"]),
            fields=",".join(dict.fromkeys(filter(None, fields))) or "*",
            filters=filters,
            order=",".join(entry.strip() for entry in params["order"] or ()),
            limit=params["limit"],
            key=key,
            keys=None if keys is None else tuple(dict.fromkeys(keys)),
        )

    def ask(self, client: SelectClient) -> tuple[list[Json], list[str]]:
        """Return the records, and those of the given ids or names that Deploy does not have."""
        if self.keys is not None:
            rows, missing = self._asked(client, self.keys) if self.keys else ([], [])
            return rows[: self.limit], missing
        if self.path == "events" and not self.order:
            rows = self._all_events(client) if self._is_paged() else self._at_once(client, "time asc")
        else:
            rows = self._at_once(client, self.order)
        return rows[: self.limit], []

    def _at_once(self, client: SelectClient, order: str) -> list[Json]:
        more = {"order_by": order} if order else {}
        if self.limit is not None:
            more["max_records"] = str(self.limit)
        return self._rows(client, {**self.filters, "fields": self.fields, **more})

    def _asked(self, client: SelectClient, keys: tuple[str, ...]) -> tuple[list[Json], list[str]]:
        """Return the records with these ids or names, and the ids or names that are missing.

        Filters are case-sensitive, but names match in any case here. If a name is missing, all records are read. They
        are also read if there are more keys than one URL can hold.
        """
        query = {**self.filters, "fields": self.fields, **({"order_by": self.order} if self.order else {})}
        filtered = all(map(is_plain, keys)) and len(in_parts(keys, "{}|".format)) < 2
        only = {self.key: "|".join(keys)} if filtered else {}
        rows, missing = self._among(keys, self._rows(client, {**query, **only}))
        if filtered and self.key == "name" and any(map(has_case, missing)):
            rows, missing = self._among(keys, self._rows(client, query))
        return rows, missing

    def _among(self, keys: tuple[str, ...], rows: t.Sequence[Json]) -> tuple[list[Json], list[str]]:
        wanted = {key.lower() for key in keys}
        rows = [row for row in rows if str(row.get(self.key)).lower() in wanted]
        found = {str(row.get(self.key)).lower() for row in rows}
        return list(rows), [key for key in keys if key.lower() not in found]

    def _is_paged(self) -> bool:
        """Return whether events can be read page by page.

        Each page replaces the lower bound on time, so the filter must not contain any other condition on it.
        """
        time = self.filters.get("time", ">")
        return time.lstrip().startswith(">") and "|" not in time

    def _rows(self, client: SelectClient, query: t.Mapping[str, str]) -> list[Json]:
        try:
            body = client.raw(self.path, query)
        except Refused as error:
            if error.status == 404:
                error.hint = f"Check type. Collections are {', '.join(COLLECTIONS)}, and what is below them."
            raise
        body = body if isinstance(body, dict) else {}
        rows = body.get("records", [body["record"]] if "record" in body else [])
        return [row if isinstance(row, dict) else {"value": row} for row in rows]

    def _all_events(self, client: SelectClient) -> list[Json]:
        """Read events page by page, ordered by time.

        A page starts at the time of the last known event, because further events may have the same time.
        """
        fields = self.fields if "*" in self.fields else ",".join(dict.fromkeys([*self.fields.split(","), "id", "time"]))
        known: dict[str, Json] = {}
        filters, page = dict(self.filters), min(PAGE, self.limit or PAGE)
        while True:
            query = {**filters, "fields": fields, "order_by": "time asc", "max_records": str(page)}
            rows = self._rows(client, query)
            new = [row for row in rows if str(row.get("id")) not in known]
            known.update((str(row.get("id")), row) for row in new)
            enough = self.limit is not None and len(known) >= self.limit
            if len(rows) < page or enough:
                return list(known.values())
            if not new:  # more events than fit on a page have the same time
                page *= 2
            filters["time"] = f">={rows[-1].get('time')}"


def checked_path(type_: str) -> str:
    """Return the quoted path of a type; raise InputError if the type is not a path of the API."""
    path = re.sub(r"^(api/)?(v3/)?", "", re.sub("/+", "/", type_.strip()).strip("/"))
    parts = path.split("/")
    if not path or ".." in parts or re.search(r"[?#&\s]", path):
        raise InputError(
            f"type takes a path of the API, such as clusters or security/credentials, not {type_!r}.",
            hint="Conditions go into filters.",
        )
    words = {word: name for name in COLLECTIONS for word in (name, *name.split("/"))}
    near = closest(path, words, 1, 0.8)
    if parts[0] not in [name.partition("/")[0] for name in COLLECTIONS] and near:
        raise InputError(f"Deploy has no {path!r}.", hint=f"Did you mean {words[near[0]]}?")
    return quote(path, safe="/")


def _condition(name: str, value: t.Any) -> str:
    if name in RESERVED:
        raise InputError(f"filters: {name} is not an attribute; use the options fields, order and limit.")
    if isinstance(value, (list, tuple)):
        return "|".join(_condition(name, entry) for entry in value)
    if value is None or isinstance(value, dict):
        raise InputError(f"filters: {name} must be a value, a list of values, or the text null or !null.")
    return str(value).lower() if isinstance(value, bool) else str(value)
