# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Names that a task refers to, looked up in the appliance's collections.

OneView's filters ignore case, and collections may hold names that differ in nothing else: the exact spelling wins.
"""

from __future__ import annotations

import contextlib
import typing as t

from .._engine.errors import InputError, Refused
from .._engine.names import is_named, the_one, unknown
from .._engine.resource_type import Json, Reference
from .._engine.shape import TEXT, check
from .client import OneViewClient
from .shapes import OWN_URI


def reference(asked: str) -> Reference:
    """Return what a person means: a URI where it looks like one, else a name."""
    return Reference(id=asked) if asked.startswith("/rest/") else Reference(name=asked)


def kind_of(collection: str) -> str:
    """Return what people call the resources of a collection, in the plural."""
    return collection.rsplit("/", 1)[-1].replace("-", " ")


@contextlib.contextmanager
def _absent_is_empty() -> t.Iterator[None]:
    """Take a collection that the appliance does not have for one that is empty."""
    try:
        yield
    except Refused as error:
        if error.status != 404:
            raise


def _with_uris(rows: list[Json], collection: str) -> list[Json]:
    """Return the rows of any collection, if each has what it is referred to by."""
    check(rows, {"uri": OWN_URI, "name": TEXT}, "GET", collection)
    return rows


class Directory:
    """The resources that were looked up by name. errors: what is wrong with the names that were given last."""

    def __init__(self, client: OneViewClient) -> None:
        self._client = client
        self._meant: dict[tuple[str, str], Reference] = {}
        self._lists: dict[str, list[Json]] = {}
        self._rows_read: dict[str, Json] = {}
        self.errors: list[InputError] = []

    def find(self, option: str, names: t.Iterable[str], *collections: str, hint: str = "") -> None:
        """Look up names that are not known yet, and note an error for those that mean nothing, or one of several.

        option: that gives the names. collections: in the order in which they are searched; the first one that has
        exactly the name is meant. hint: on what can be given.
        """
        first = collections[0]
        left = [name for name in dict.fromkeys(names) if (first, name) not in self._meant]
        rows: dict[str, list[Json]] = {name: [] for name in left}
        for collection in collections:
            inexact = [name for name in left if not any(row.get("name") == name for row in rows[name])]
            for row in self._rows(collection, inexact):
                self.know(row)
                for name in inexact:
                    rows[name] += [row] if is_named(row, name) else []
        missing: list[str] = []
        for name in left:
            with self.noted():
                found = the_one(rows[name], name, kind_of(first).rstrip("s"), option, place="uri")
                if found is None:
                    missing.append(name)
                else:
                    self._meant[first, name] = Reference(found["uri"], found["name"])
        if missing:
            self.errors.append(self._unknown(option, missing, collections, hint))

    def _rows(self, collection: str, names: list[str]) -> list[Json]:
        """Return the rows in which to look for names; a collection is read whole, and once, for more than one."""
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

    def _unknown(self, option: str, missing: list[str], collections: t.Sequence[str], hint: str) -> InputError:
        known = [row.get("name") for collection in collections for row in self._all(collection)]
        told, others = unknown(missing, known)
        kinds = " and ".join(map(kind_of, collections))
        text = f"{option}: the appliance has no {told} among its {kinds}. {others}".strip()
        return InputError(text, hint=hint or "Names or URIs are taken; nothing was written.")

    @contextlib.contextmanager
    def noted(self) -> t.Iterator[None]:
        """Note the InputError that ends the block in place of raising it."""
        try:
            yield
        except InputError as error:
            self.errors.append(error)

    def check(self, option: str, uris: t.Iterable[str], *collections: str) -> list[InputError]:
        """Return what is wrong with URIs that are going to be written: of other collections, or of nothing.

        Those of resources that were read already need no further read, several others are read with one.
        """
        asked = list(dict.fromkeys(uris))
        foreign = [uri for uri in asked if not uri.startswith(tuple(f"{one}/" for one in collections))]
        kinds = " and ".join(map(kind_of, collections))
        found = [InputError(f"{option} takes {kinds}, and {uri} is none of them.") for uri in foreign]
        missing: list[str] = []
        for collection in collections:
            left = [one for one in asked if one.startswith(f"{collection}/") and one not in self._rows_read]
            missing += self._missing(collection, left)
        if missing:
            found.append(InputError(f"{option}: the appliance has no {', '.join(missing)}."))
        return found

    def _missing(self, collection: str, uris: list[str]) -> list[str]:
        rows = [self._client.get(uris[0])] if len(uris) == 1 else self._all(collection) if uris else []
        for row in filter(None, rows):
            self.know(row)
        return [uri for uri in uris if uri not in self._rows_read]

    def meant(self, collection: str, name: str) -> Reference | None:
        """Return what a name means, None if it has not been found. collection: the first of those searched."""
        return self._meant.get((collection, name))

    def note(self, collection: str, name: str, row: Json) -> None:
        """Take note of what was found for a name elsewhere."""
        self._meant[collection, name] = Reference(row["uri"], row["name"])
        self.know(row)

    def know(self, row: Json) -> None:
        """Take note of a resource that was read."""
        self._rows_read[str(row.get("uri"))] = row

    def name_of(self, uri: t.Any) -> str | None:
        """Return the name of a resource, as far as it has been read."""
        row = self._rows_read.get(str(uri))
        return None if row is None or row.get("name") is None else str(row["name"])

    def row(self, uri: str) -> Json | None:
        """Return a resource, read unless that was done before; None if there is none."""
        row = self._rows_read.get(uri) or self._client.get(uri)
        if row is not None:
            self._rows_read[uri] = row
        return row
