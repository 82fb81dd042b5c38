# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Snapshot sets and clones of volume groups. A copy is found by its name and its source; the source's action makes it.

Source: PowerStore REST API 4.0, volume_group, actions snapshot and clone, protection_data.
"""

from __future__ import annotations

import dataclasses

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.lookup.references import Reference
from ..._engine.planning.history import History
from ..._engine.planning.plan import Plan
from ..._engine.table.resource_type import ResourceType
from ..._engine.text.paths import in_path
from ..client import PowerStoreClient
from ..preflight import is_held
from ..query import one_of
from ..references import reference
from ..table_handler import Check, TableHandler
from ..timestamps import canonical, instant, is_past
from .handler import check_secure_sets

EXPIRATION = "expiration_timestamp"


class CopyHandler(TableHandler):
    """A copy of a volume group: a snapshot set or a clone.

    action: the source's action that makes the copy. kind: the copy's value of ``type``. sources: the values of
    ``type`` that a source may have.
    """

    def __init__(
        self,
        client: PowerStoreClient,
        resource: ResourceType,
        desired: Json,
        action: str,
        kind: str,
        sources: tuple[str, ...],
    ) -> None:
        desired = dict(desired)
        if desired.get(EXPIRATION):
            desired[EXPIRATION] = canonical(desired[EXPIRATION], EXPIRATION)
        super().__init__(client, dataclasses.replace(resource, kinds=(kind,)), desired)
        self.action, self.sources = action, sources
        self.source_named = reference(desired["volume_group"])
        self.source: Json | None = None
        self.taken: Json | None = None

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the copy by its name and source; ``object_id`` is ignored.

        A job that makes a copy names only the source, so an id from an adopted job may be that of a different copy. No
        task renames a copy, so the name is enough.
        """
        return super().read()

    def _by_name(self, select: Json) -> Json | None:
        """Read the copy and its source with one query."""
        name, source = self.desired["name"], self.source_named
        if source.id is None:
            query = {"name": one_of([name, str(source.name)])}
        else:
            query = {"or": f"(id.eq.{source.id},name.{one_of([name])})"}
        rows = self.client.query(self.resource.type, {**query, **select})
        found = [row for row in rows if row.get("type") in self.sources and source.matches(row)]
        self.source = found[0] if found else None
        same = [row for row in rows if Reference(name=name).matches(row)]
        named = [row for row in same if row.get("type") in self.kinds]
        if self.source is None:
            self._without_source(named)
            return None
        origin = self.source
        path = f"{self.resource.type}/{in_path(origin['id'])}/{self.action}"
        style = dataclasses.replace(self.resource.convention, create=("POST", path), creates_by=self.action)
        self.resource = dataclasses.replace(self.resource, convention=style)
        named = [row for row in named if row["id"] != origin["id"]]
        mine = [row for row in named if self._comes_from(row, origin)]
        if named and not mine and self.desired["state"] == "present":
            raise InputError(
                f"There is a {self.label} already, but of another volume group than {source}.",
                hint="Give another name.",
            )
        self.taken = same[0] if same and not named else None
        return mine[0] if mine else None

    def _without_source(self, named: list[Json]) -> None:
        """Raise InputError if the missing source is needed.

        The array deletes the snapshot sets of a group with it, but not its clones, so a clone may be left over.
        """
        if self.desired["state"] == "present":
            raise InputError(f"There is no volume group {self.source_named} to make the {self.label} from.")
        if named and self.action == "clone":
            raise InputError(
                f"There is a {self.label} (id {named[0]['id']}), but volume group {self.source_named} no longer "
                "exists, so nothing shows whether it is a clone of that group.",
                hint="Make sure that it is the right one, then remove it by its id, with volume_group and "
                "state: absent.",
            )

    def _comes_from(self, row: Json, source: Json) -> bool:
        """Return whether a copy was made from this source.

        The array records a clone of a snapshot set as a copy of the set's source. A refresh changes the source of a
        group, but not its parent, so the parent counts, unless it was deleted.
        """
        data, origin = row.get("protection_data") or {}, source.get("protection_data") or {}
        if self.action == "snapshot":
            return bool(data.get("source_id") == source["id"])
        ids = [source["id"]]
        if source.get("type") == "Snapshot":
            ids += filter(None, [origin.get("source_id"), origin.get("parent_id")])
        return (data.get("parent_id") or data.get("source_id")) in ids

    def plan(self, current: Json | None, history: History) -> Plan:
        """Plan the changes; raise InputError for a change that the array refuses for a copy."""
        plan = super().plan(current, history)
        if current is None and self.taken is not None and plan.requests:
            raise InputError(
                f"The name is already taken by {self.taken['name']} ({self.taken['id']}), which is of type "
                f"{self.taken.get('type')}.",
                hint="Give another name: groups, clones and snapshot sets share one set of names.",
            )
        for step in plan.requests:
            self._check_expiration(step.body or {}, (current or {}).get("protection_data") or {})
        return plan

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (self._check_removal, check_secure_sets)

    def _check_removal(self, current: Json | None, plan: Plan) -> None:
        if current and is_held(current) and plan.deletes:
            ends = current["protection_data"][EXPIRATION]
            raise InputError(f"{self.label} is secure, so nobody can delete it before it expires ({ends}).")

    def _check_expiration(self, body: Json, present: Json) -> None:
        expiration = body.get(EXPIRATION)
        if expiration and is_past(expiration):
            raise InputError(f"{EXPIRATION} {expiration} is in the past.", hint="Give a point in time in the future.")
        if present.get("is_secure") and body.get("is_secure") is False:
            raise InputError(
                f"{self.label} is secure, which cannot be undone.", hint="The array deletes it when it expires."
            )
        if present.get("is_secure") and EXPIRATION in body and present.get(EXPIRATION):
            new, ends = body[EXPIRATION], present[EXPIRATION]
            if not new or instant(new, EXPIRATION) < instant(ends, EXPIRATION):
                raise InputError(
                    f"{self.label} is secure and expires at {ends}. It cannot expire earlier.",
                    hint=f"Give a later {EXPIRATION}, or leave it out.",
                )
        if body.get("is_secure") and not body.get(EXPIRATION, present.get(EXPIRATION)):
            raise InputError(f"{self.label} can only be secure if it expires.", hint=f"Give {EXPIRATION}, too.")

    def jobs_filters(self, current: Json | None) -> Json:
        """Return the filters for the jobs of the copy: the job that makes it names only the source."""
        if current is None and self.source is not None:
            return {"resource_id": f"eq.{self.source['id']}"}
        return super().jobs_filters(current)
