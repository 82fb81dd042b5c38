# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Refresh the snapshot of a file system: it gets the present data of the file system.

The array records when it refreshed a snapshot last, so a task can ask for data that are not older than a point in time.

Source: PowerStore REST API 4.0, 4.1, file_system, action refresh, last_refresh_timestamp. That the array does not
refresh a secure snapshot, nor one that clients have written to, is an assumption.
"""

from __future__ import annotations

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.mistakes import UNTOUCHED, Mistakes
from ..._engine.planning.history import History
from ..._engine.planning.plan import Plan
from ..._engine.planning.steps import Request
from ..._engine.text.paths import in_path
from ..client import PowerStoreClient
from ..timestamps import canonical, instant, is_past
from .family import SNAPSHOT, ActionHandler, meant
from .file_family import FILE_SYSTEMS, check_production, is_secure

AGE = "if_older_than"
ACTION = "refresh"


class FileRefreshHandler(ActionHandler):
    """A snapshot whose data the task refreshes. if_older_than: how old they must be, empty if every run does it."""

    def __init__(self, client: PowerStoreClient, desired: Json) -> None:
        super().__init__(client, FILE_SYSTEMS, desired)
        self.snapshot_named = meant(desired, "snapshot")
        self.label = f"snapshot {self.snapshot_named} of {self.label}"
        self.if_older_than = canonical(desired[AGE], AGE) if desired.get(AGE) is not None else ""
        if self.if_older_than and not is_past(self.if_older_than):
            raise InputError(
                f"{AGE} {self.if_older_than} is not in the past, so every run would refresh the snapshot.",
                hint=f"Give a point in time in the past, or leave {AGE} out.",
            )

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the snapshot; raise InputError if it or its file system does not exist."""
        rows = self.rows([self.named, self.snapshot_named], (*self.family.select, "is_modified"))
        home = self.family.find(rows, self.named)
        if home is None:
            raise InputError(
                f"There is no file system {self.named} whose snapshot to refresh.",
                hint=self.family.suggested(self.client, self.named, self.desired),
            )
        found = self.family.find_snapshot(rows, self.snapshot_named, home)
        if found is None:
            others = self.family.found_all(rows, self.snapshot_named, (SNAPSHOT,))
            what = (
                f"{others[0]['name']} is not a" if others else f"snapshot: there is no snapshot {self.snapshot_named}"
            )
            raise InputError(
                f"{what}{' snapshot' if others else ''} of file system {home['name']}.",
                hint=self.family.suggested_snapshots(self.client, self.snapshot_named, home),
            )
        return {**found, self.family.type: {"id": home["id"], "name": home["name"]}}

    def plan(self, current: Json | None, history: History) -> Plan:
        """Plan the refresh, unless the data are new enough. Nothing else shows that it was done before."""
        if current is None:
            return Plan()
        home = current[self.family.type]["name"]
        taken = current.get("last_refresh_timestamp") or current.get("creation_timestamp")
        shown: Json = {self.family.type: home, "snapshot": current["name"], "data_from": taken}
        is_new = self.if_older_than and taken and instant(taken, AGE) >= instant(self.if_older_than, AGE)
        if is_new or history.includes(ACTION):
            return Plan((), shown, shown)
        path = f"{self.type}/{in_path(current['id'])}/{ACTION}"
        summary = f"refresh snapshot {current['name']} of file system {home}"
        return Plan((Request(ACTION, "POST", path, None, summary),), shown, {**shown, "data_from": "now"})

    def preflight(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError if the array refuses to refresh the snapshot. One more read asks whether it is secure."""
        if current is None or not plan.requests:
            return
        what, mistakes = f"Snapshot {current['name']} of file system {current[self.family.type]['name']}", Mistakes()
        with mistakes.noted():
            check_production(current, "refresh it")
        if current.get("is_modified"):
            mistakes.add(
                f"{what} was shared with write access, so clients may have changed its data.",
                f"Delete it and take a new one with file_system_snapshot. {UNTOUCHED}",
            )
        if is_secure(self.client, current):
            mistakes.add(f"{what} is secure, so its data never change.", f"Take another snapshot. {UNTOUCHED}")
        mistakes.refuse()
