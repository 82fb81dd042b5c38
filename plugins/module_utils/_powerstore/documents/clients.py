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
from ..._engine.text.paths import ID_LATER
from ..client import PowerStoreClient
from .batching import BatchingClient
from .overlay import Overlay, without_later
from .own_names import read_own_names
from .pool import ClientPool
from .promises import Promises, placeholder


class PlanningClient:
    """Reads for the plan of one item.

    What the document creates counts as there, and what it releases before this item as released. ignores_unknown:
    whether the item may refer to what does not exist.
    """

    checks_later = True

    def __init__(self, client: BatchingClient, promises: Promises, overlay: Overlay, ignores_unknown: bool) -> None:
        self._client = client
        self._promises = promises
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

    def makes(self, type_: str, relation: str, row: Json) -> bool:
        """Return whether the document makes sure that there is an object whose relation leads to this one."""
        return self._promises.include(type_, relation, row)

    def promised(self, type_: str, references: t.Sequence[Reference], found: t.Sequence[Json]) -> list[Json]:
        """Return the objects that the document creates, of those that are looked up by name.

        found: what the array has of these names. A snapshot of that name, for example, is not the volume.
        """
        return self._promises.rows(self, type_, references, found)


class Clients:
    """The clients for the items of a document, in the session of one client.

    Items are planned with reads that wait for those of the others, and carried out in threads over a few connections.
    aside: items with wrong options. Nobody knows what they create, so it counts as there only for references.
    """

    def __init__(self, client: PowerStoreClient, items: t.Sequence[Item], aside: t.Sequence[Item] = ()) -> None:
        self._pool = ClientPool(client)
        self._client = BatchingClient(self._pool, Replay())
        self._meeting = Rendezvous()
        self._known = Promises(items)
        self._promised = Promises([*aside, *items])

    def planning(self, item: Item, released: Released, anything: bool) -> PlanningClient:
        """Return a client that reads for an item's plan. released: links that do not count."""
        promises = self._known if anything else self._promised
        return PlanningClient(self._client, promises, Overlay(released), anything)

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
