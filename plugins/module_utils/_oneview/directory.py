# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Looks up the names that a task refers to in the appliance's collections.

OneView's filters ignore case, and a collection may hold names that differ only in case. The exact spelling wins.
"""

from __future__ import annotations

import contextlib
import typing as t

from .._engine.data import Json
from .._engine.errors import InputError, Refused
from .._engine.lookup.references import Ref, Reference, Resolver, Wanted
from .._engine.options.mistakes import Mistakes
from .._engine.shape import TEXT, check
from .client import OneViewClient
from .shapes import OWN_URI


def reference(value: str) -> Reference:
    """Return the reference for an option's value: a URI if it begins with ``/rest/``, else a name."""
    return Reference(id=value) if value.startswith("/rest/") else Reference(name=value)


def kind_of(collection: str) -> str:
    """Return the plural noun for the resources of a collection, such as ``ethernet networks``."""
    return collection.rsplit("/", 1)[-1].replace("-", " ")


@contextlib.contextmanager
def _absent_is_empty() -> t.Iterator[None]:
    """Treat a collection that the appliance does not have (404) as empty."""
    try:
        yield
    except Refused as error:
        if error.status != 404:
            raise


def _with_uris(rows: list[Json], collection: str) -> list[Json]:
    """Return the rows of a collection; raise UnexpectedResponse if one lacks the URI that references need."""
    check(rows, {"uri": OWN_URI, "name": TEXT}, "GET", collection)
    return rows


GIVE = "Give names or URIs. Nothing was written."


class Directory:
    """Finds resources by name and remembers them. errors: the errors of the last look-ups."""

    place = "uri"

    def __init__(self, client: OneViewClient) -> None:
        self._client = client
        self._resolver = Resolver(self)
        self._lists: dict[str, list[Json]] = {}
        self._rows_read: dict[str, Json] = {}
        self.errors: list[InputError] = []

    def find_all(self, option: str, names: t.Iterable[str], *collections: str, hint: str = "") -> None:
        """Look up the names that are not known yet; note an error for each that is unknown or ambiguous.

        option: the option that holds the names. collections: the collections in search order; the first one with the
        exact name wins. hint: for the error message; it says which values the option takes.
        """
        ref = Ref(collections[0], also=collections[1:])
        references = tuple(Reference(name=name) for name in dict.fromkeys(names))
        mistakes = Mistakes()
        self._resolver.look_up(
            [Wanted(option, ref, references, kind_of(ref.type).rstrip("s"), hint=hint or GIVE)], mistakes
        )
        self.errors += mistakes.errors

    # The source of the resolver

    def find(self, type_: str, references: t.Sequence[Reference]) -> list[Json]:
        """Return the resources of a collection that may have these names."""
        names = [str(reference.name) for reference in references]
        rows = [{**row, "id": row["uri"]} for row in self._rows(type_, names)]
        for row in rows:
            self.know(row)
        return rows

    def known(self, ref: Ref) -> list[str]:
        """Return the names in the collections."""
        return [str(row["name"]) for collection in ref.types for row in self._all(collection) if row.get("name")]

    def missing(self, want: Wanted, names: str) -> str:
        """Return the words for what does not exist."""
        kinds = " and ".join(map(kind_of, want.ref.types))
        return f"{want.option}: the appliance has no {names} among its {kinds}"

    def _rows(self, collection: str, names: list[str]) -> list[Json]:
        """Return the rows to search for the names. For several names, it reads the whole collection, but only once."""
        if not names or collection in self._lists:
            return self._lists.get(collection, [])
        if len(names) > 1:
            return self._all(collection)
        with _absent_is_empty():
            return _with_uris(self._client.find(collection, "name", names[0]), collection)
        return []

    def _all(self, collection: str) -> list[Json]:
        if collection not in self._lists:
            self._lists[collection] = []
            with _absent_is_empty():
                self._lists[collection] = _with_uris(self._client.all(collection), collection)
        return self._lists[collection]

    @contextlib.contextmanager
    def noted(self) -> t.Iterator[None]:
        """Append an InputError that the block raises to ``errors`` instead of raising it."""
        try:
            yield
        except InputError as error:
            self.errors.append(error)

    def check(self, option: str, uris: t.Iterable[str], *collections: str) -> list[InputError]:
        """Return errors for URIs that belong to other collections, or to resources that do not exist.

        Resources that were read before are not read again. Several URIs of a collection cost only one request.
        """
        unique = list(dict.fromkeys(uris))
        foreign = [uri for uri in unique if not uri.startswith(tuple(f"{collection}/" for collection in collections))]
        kinds = " and ".join(map(kind_of, collections))
        errors = [InputError(f"{option} takes {kinds}, not {uri}.") for uri in foreign]
        missing: list[str] = []
        for collection in collections:
            unread = [uri for uri in unique if uri.startswith(f"{collection}/") and uri not in self._rows_read]
            missing += self._missing(collection, unread)
        if missing:
            errors.append(InputError(f"{option}: the appliance has no {', '.join(missing)}."))
        return errors

    def _missing(self, collection: str, uris: list[str]) -> list[str]:
        rows = [self._client.get(uris[0])] if len(uris) == 1 else self._all(collection) if uris else []
        for row in filter(None, rows):
            self.know(row)
        return [uri for uri in uris if uri not in self._rows_read]

    def meant(self, collection: str, name: str, *others: str) -> Reference | None:
        """Return the reference for a name, or None if it was not found. collection, others: those searched."""
        row = self._resolver.row(Ref(collection, also=others), Reference(name=name))
        return Reference(row["uri"], row["name"]) if row else None

    def note(self, collection: str, name: str, row: Json) -> None:
        """Remember the resource that the caller found for a name."""
        self._resolver.keep(Ref(collection), Reference(name=name), row)
        self.know(row)

    def know(self, row: Json) -> None:
        """Remember a resource that was read."""
        self._rows_read[str(row.get("uri"))] = row

    def name_of(self, uri: t.Any) -> str | None:
        """Return the name of a resource, or None if the resource has not been read or has no name."""
        row = self._rows_read.get(str(uri))
        return None if row is None or row.get("name") is None else str(row["name"])

    def row(self, uri: str) -> Json | None:
        """Return a resource, or None if it does not exist. A resource that was read before is not read again."""
        row = self._rows_read.get(uri) or self._client.get(uri)
        if row is not None:
            self._rows_read[uri] = row
        return row
