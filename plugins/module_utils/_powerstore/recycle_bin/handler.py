# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The recycle bin: take something out of it, delete something in it permanently, or empty it.

Source: PowerStore REST API 4.0, recycle_bin (delete, recover, empty), volume, volume_group. An item keeps the id of the
object.
"""

from __future__ import annotations

import typing as t

from ..._engine.data import Json
from ..._engine.errors import InputError, Refused, Unsupported
from ..._engine.lookup.references import Reference
from ..._engine.options.mistakes import UNTOUCHED
from ..._engine.planning.history import History
from ..._engine.planning.plan import Plan
from ..._engine.planning.steps import Request
from ..._engine.text.paths import in_path
from ..._engine.text.words import and_so_on, number
from ..client import PowerStoreClient
from ..define import LIVE
from ..handler import PowerStoreHandler
from ..references import by_id_or_name
from ..releases import UNKNOWN_PATH
from ..schema import facts_of
from .items import TYPE, items_in_bin, items_of, recover_request, the_item

KINDS = {"volume": "volume", "volume_group": "volume group"}
"""The resource types in the bin, and what people call them."""


class RecycleBinHandler(PowerStoreHandler):
    """A handler of the recycle bin. A subclass adds `read` and `plan`."""

    def __init__(self, client: PowerStoreClient, label: str) -> None:
        super().__init__(client, TYPE, label)

    def look(self, look: t.Callable[[], list[Json]]) -> list[Json]:
        """Return what a look finds; raise Unsupported if the array's release has no recycle bin."""
        try:
            return look()
        except Refused as error:
            if error.status != UNKNOWN_PATH:
                raise
            since = facts_of(TYPE).since
            text = f"The array has no recycle bin, which PowerStoreOS {since} and later has: {error.message}"
            raise Unsupported(text, error.method, error.path, error.status, error.messages, hint=UNTOUCHED) from None


class ItemHandler(RecycleBinHandler):
    """One object that a task recovers from the bin, or deletes there.

    taken: the objects of the array that have the item's name or id.
    """

    def __init__(self, client: PowerStoreClient, desired: Json) -> None:
        self.recovers = desired["state"] == "recovered"
        self.kind = desired["resource_type"]
        key, name = desired.get("id"), desired.get("name")
        if not (key or name):
            raise InputError("Give name or id of what is in the recycle bin.")
        self.wanted = Reference(id=key) if key else Reference(name=name)
        self.taken: list[Json] = []
        super().__init__(client, f"{KINDS[self.kind]} {self.wanted}")

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the item, or the object that was recovered before, or None; ``object_id`` is not needed.

        Raise InputError if the task recovers something that is neither in the bin nor on the array.
        """
        rows = self.look(lambda: items_of(self.client, self.kind, self.wanted))
        item = the_item(rows, self.label)
        if not self.recovers:
            return item
        self.taken = self._living(item)
        if item is not None:
            return item
        living = [row for row in self.taken if row["type"] in LIVE]
        if not living:
            raise InputError(
                f"There is no {self.label}, neither in the recycle bin nor on the array.",
                hint="It may have expired. powerstore_info with type: recycle_bin shows what the bin holds.",
            )
        return living[0]

    def _living(self, item: Json | None) -> list[Json]:
        """Return the objects of the array with the item's name, or with the name or id that the task gives."""
        wanted = Reference(name=item["name"]) if item else self.wanted
        rows = self.client.query(self.kind, {**by_id_or_name([wanted]), "select": "id,name,type"})
        return [row for row in rows if wanted.matches(row) and (row["type"] in LIVE or self.kind == "volume_group")]

    def plan(self, current: Json | None, history: History) -> Plan:
        """Return the plan: one request, or none if the bin no longer holds the object."""
        if current is None:
            return Plan()
        name, title = current["name"], f"{KINDS[self.kind]} {current['name']}"
        if self.recovers and "resource_type" not in current:
            shown = {"name": name, "state": "on the array"}
            return Plan((), shown, shown)
        before = {"name": name, "state": "in the recycle bin"}
        if self.recovers:
            return Plan((recover_request(current, title),), before, {"name": name, "state": "on the array"})
        path = f"{TYPE}/{in_path(current['id'])}"
        step = Request("delete", "DELETE", path, None, f"delete {title} in the recycle bin permanently")
        return Plan((step,), before, {})

    def preflight(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError if another object has the name of what the task recovers."""
        if plan.requests and self.recovers and self.taken:
            other = self.taken[0]
            raise InputError(
                f"The name {other['name']} is taken by {other['id']}, which is of type {other['type']}.",
                hint=f"Give that one another name first. {UNTOUCHED}",
            )


class WholeBinHandler(RecycleBinHandler):
    """The whole bin, which a task empties."""

    def __init__(self, client: PowerStoreClient, desired: Json) -> None:
        given = [option for option in ("name", "id") if desired.get(option)]
        if given:
            raise InputError(
                f"state: empty deletes everything in the recycle bin; it takes no {given[0]}.",
                hint="state: expunged deletes one object.",
            )
        self.confirmed = bool(desired.get("confirm"))
        super().__init__(client, "the recycle bin")

    def read(self, object_id: str | None = None) -> Json | None:
        """Return all items. The bin itself has no id, so its type stands for one."""
        rows = self.look(lambda: items_in_bin(self.client, {}))
        return {"id": TYPE, "items": sorted(rows, key=lambda row: (row["resource_type"], row["name"], row["id"]))}

    def plan(self, current: Json | None, history: History) -> Plan:
        """Return the plan. It names everything that the array deletes."""
        names: dict[str, list[str]] = {}
        for item in (current or {})["items"]:
            names.setdefault(item["resource_type"], []).append(item["name"])
        before = {f"{kind}s": found for kind, found in names.items()}
        if not names:
            return Plan((), before, before)
        counts = [f"{number(len(found), KINDS.get(kind, kind))} ({', '.join(found)})" for kind, found in names.items()]
        summary = f"empty the recycle bin: delete {and_so_on(counts)} permanently"
        step = Request("empty", "POST", f"{TYPE}/empty", None, summary)
        return Plan((step,), before, {f"{kind}s": [] for kind in names})

    def preflight(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError, which says what would be deleted, unless the task confirms it."""
        if plan.requests and not self.confirmed:
            what = plan.requests[0].summary.partition(": ")[2]
            raise InputError(f"The task would {what}.", hint=f"To do that, give confirm: true. {UNTOUCHED}")

    def jobs_filters(self, current: Json | None) -> Json:
        """Return the filters for the jobs that empty the bin; they are about no single object."""
        return {}


def handler_of(client: PowerStoreClient, desired: Json) -> RecycleBinHandler:
    """Return the handler of a task."""
    return WholeBinHandler(client, desired) if desired["state"] == "empty" else ItemHandler(client, desired)
