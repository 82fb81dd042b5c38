# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The clients for the items of a document: for the plan of all, and for the threads that carry it out."""

from __future__ import annotations

import contextlib
import typing as t

from ..._engine.data import Json
from ..._engine.documents.batching import Replay
from ..._engine.documents.document import Released
from ..._engine.documents.items import Item
from ..._engine.documents.rendezvous import Rendezvous
from ..._engine.errors import ApplianceError, Interrupted
from ..._engine.lookup.references import Reference
from ..._engine.table.read_path import put_at, value_at
from ..._engine.table.resource_type import ResourceType
from ..._engine.text.paths import ID_LATER
from ..client import PowerStoreClient
from ..references import reference
from .batching import BatchingClient
from .overlay import Overlay, without_later
from .own_names import read_own_names
from .pool import ClientPool

Promised = t.Mapping[str, t.Mapping[str, t.List[t.Tuple[Json, ResourceType]]]]
"""By resource type and name in small letters, what the document creates if the array does not have it yet, with the
table that says which objects would be it. File systems of several NAS servers may have the same name."""


def placeholder(item: Item) -> str:
    """Return what stands for the id of an object that the document creates."""
    return f"{ID_LATER}{item.type.resource.type}:{item.name.lower()}"


def promised_by(items: t.Iterable[Item]) -> Promised:
    """Return the objects that the items describe, as look-ups show them. What they do not say has its default."""
    promised: dict[str, dict[str, list[tuple[Json, ResourceType]]]] = {}
    for item in items:
        resource = item.type.resource
        if item.type.is_singleton or item.is_absent:
            continue
        name = str(item.desired.get(resource.key) or item.name) if resource.has_names else item.name
        row: Json = {"id": placeholder(item), "name": name}
        if resource.kinds:
            row[resource.kind_by] = resource.kinds[0]
        for attribute in resource.plain:
            value = item.desired.get(attribute.option)
            if attribute in resource.identifying and attribute.ref and isinstance(value, str):
                named = reference(value)
                put_at(row, attribute.read, {"id": named.id, "name": named.name})
            elif not attribute.ref and not attribute.sensitive and value_at(row, attribute.api_name) is None:
                put_at(row, attribute.api_name, attribute.default if value is None else value)
        promised.setdefault(resource.type, {}).setdefault(name.lower(), []).append((row, resource))
    return promised


def _is_it(resource: ResourceType, promised: Json, row: Json) -> bool:
    """Return whether an object of the array is a promised one of the same name: of a fitting kind, and where it is to
    be."""
    homes = [one.read for one in resource.identifying if one.ref and row.get(one.read)]
    return resource.is_kind(row) and all(
        Reference(**value_at(promised, home)).matches(value_at(row, home)) for home in homes if promised.get(home)
    )


class PlanningClient:
    """Reads for the plan of one item.

    What the document creates counts as there, and what it releases before this item as released. ignores_unknown:
    whether the item may refer to what does not exist.
    """

    checks_later = True

    def __init__(self, client: BatchingClient, promised: Promised, overlay: Overlay, ignores_unknown: bool) -> None:
        self._client = client
        self._promised = promised
        self._overlay = overlay
        self.ignores_unknown = ignores_unknown

    def __getattr__(self, name: str) -> t.Any:
        # Everything that is no read of objects: the user, the endpoint, the jobs.
        return getattr(self._client, name)

    def get(self, type_: str, object_id: str, query: t.Mapping[str, str]) -> Json | None:
        """Return one object, or None."""
        if ID_LATER in object_id:
            return None
        row = self._client.get(type_, object_id, query)
        return row and self._overlay.row(type_, row)

    def query(self, type_: str, query: t.Mapping[str, str], limit: int | None = None) -> list[Json]:
        """Return the objects of a collection. Nothing refers to what does not exist yet."""
        asked = without_later(query)
        return [] if asked is None else self._overlay.rows(type_, self._client.query(type_, asked, limit))

    def promised(self, type_: str, references: t.Sequence[Reference], found: t.Sequence[Json]) -> list[Json]:
        """Return the objects that the document creates, of those that are looked up by name.

        found: what the array has of these names. A snapshot of that name, for example, is not the volume.
        """
        known = self._promised.get(type_, {})
        rows = []
        for wanted in references:
            named = known.get(str(wanted.name).lower(), ()) if wanted.id is None else ()
            there = [one for one in found if wanted.matches(one)]
            rows += [dict(row) for row, resource in named if not any(_is_it(resource, row, one) for one in there)]
        return rows


class Clients:
    """The clients for the items of a document, in the session of one client.

    Items are planned with reads that wait for those of the others, and carried out in threads over a few connections.
    aside: items with wrong options. Nobody knows what they create, so it counts as there only for references.
    """

    def __init__(self, client: PowerStoreClient, items: t.Sequence[Item], aside: t.Sequence[Item] = ()) -> None:
        self._pool = ClientPool(client)
        self._client = BatchingClient(self._pool, Replay())
        self._meeting = Rendezvous()
        self._known = promised_by(items)
        self._promised = promised_by([*aside, *items])

    def planning(self, item: Item, released: Released, anything: bool) -> PlanningClient:
        """Return a client that reads for an item's plan. released: links that do not count."""
        promised = self._known if anything else self._promised
        return PlanningClient(self._client, promised, Overlay(released), anything)

    def together(self, steps: t.Sequence[t.Callable[[], None]]) -> list[ApplianceError | None]:
        """Take steps that read, with few requests for all of them. Return the error of each, or None."""
        return [outcome.error for outcome in self._client.together(steps)]

    def placeholder(self, item: Item) -> str:
        """Return what stands for the id of an object that the document creates."""
        return placeholder(item)

    @contextlib.contextmanager
    def at_work(self) -> t.Iterator[None]:
        """Permit writes in the block, and close the connections after it."""
        self._client.run(self._meeting)
        try:
            yield
        finally:
            self._pool.close()

    @contextlib.contextmanager
    def working(self) -> t.Iterator[BatchingClient]:
        """Return a client for a thread that carries out an item."""
        with self._meeting.at_work():
            yield self._client

    def when_busy(self, call: t.Callable[[], None]) -> None:
        """Call a function whenever the array answers that it takes no more requests for now."""
        self._pool.first.when_busy(call)

    def stop(self) -> None:
        """End the waits of all threads."""
        self._meeting.stop(Interrupted(0))


def make_clients(client: PowerStoreClient, items: t.Sequence[Item], aside: t.Sequence[Item]) -> Clients:
    """Return the clients for the items of a document. aside: items with wrong options."""
    read_own_names([*items, *aside])
    return Clients(client, items, aside)
