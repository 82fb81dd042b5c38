# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Snapshot sets and clones of volume groups: found by their name and their source, made by an action on the source.

Source: PowerStore REST API 4.0, volume_group, actions snapshot and clone, protection_data.
"""

from __future__ import annotations

import dataclasses

from ..engine.errors import InputError
from ..engine.plan import Plan
from ..engine.resource import Json, Reference, Resource
from .client import PowerStoreClient
from .query import one_of
from .references import reference
from .table_subject import TableSubject
from .timestamps import canonical, is_past

EXPIRATION = "expiration_timestamp"


class CopySubject(TableSubject):
    """A copy of a volume group.

    action: what makes it. kind: the copy's value of ``type``. sources: the kinds that it can be made of.
    """

    def __init__(
        self, client: PowerStoreClient, resource: Resource, want: Json, action: str, kind: str, sources: tuple[str, ...]
    ) -> None:
        want = dict(want)
        if want.get(EXPIRATION):
            want[EXPIRATION] = canonical(want[EXPIRATION], EXPIRATION)
        super().__init__(client, resource, want, kinds=(kind,))
        self.action, self.sources = action, sources
        self.source_named = reference(want["volume_group"])
        self.source: Json | None = None

    def _by_name(self, select: Json) -> Json | None:
        """Read the copy and its source with one query."""
        name, source = self.want["name"], self.source_named
        if source.id is None:
            query = {"name": one_of([name, str(source.name)])}
        else:
            query = {"or": f"(id.eq.{source.id},name.{one_of([name])})"}
        rows = self.client.query(self.resource.type, {**query, **select})
        found = [row for row in rows if row.get("type") in self.sources and source.matches(row)]
        self.source = found[0] if found else None
        if self.source is None:
            if self.want["state"] == "present":
                raise InputError(f"There is no volume group {source} to make {self.label} of.")
            return None
        path = f"{self.resource.type}/{self.source['id']}/{self.action}"
        style = dataclasses.replace(self.resource.style, create=("POST", path), creates_by=self.action)
        self.resource = dataclasses.replace(self.resource, style=style)
        named = [row for row in rows if row.get("type") in self.kinds and Reference(name=name).matches(row)]
        mine = [row for row in named if self._comes_from(row, self.source)]
        if named and not mine and self.want["state"] == "present":
            raise InputError(f"There is a {self.label} already, but of another volume group than {source}.")
        return mine[0] if mine else None

    def _comes_from(self, row: Json, source: Json) -> bool:
        """A snapshot set names its group; a clone made of a snapshot set has the set's source, so its family counts."""
        data, origin = row.get("protection_data") or {}, source.get("protection_data") or {}
        if self.action == "snapshot":
            return bool(data.get("source_id") == source["id"])
        return bool(data.get("family_id") == (origin.get("family_id") or source["id"]))

    def plan(self, have: Json | None) -> Plan:
        """Return what is to be done; raise InputError for what the array never does to a copy."""
        plan = super().plan(have)
        for step in plan.steps:
            self._check_expiration(step.body or {}, (have or {}).get("protection_data") or {})
        return plan

    def _check_expiration(self, body: Json, present: Json) -> None:
        expiration = body.get(EXPIRATION)
        if expiration and is_past(expiration):
            raise InputError(f"{EXPIRATION} {expiration} is over already.", hint="Give a point in time to come.")
        if present.get("is_secure") and body.get("is_secure") is False:
            raise InputError(f"{self.label} is secure, which cannot be taken back.", hint="It goes when it expires.")
        if body.get("is_secure") and not body.get(EXPIRATION, present.get(EXPIRATION)):
            raise InputError(f"{self.label} can only be secure if it expires.", hint=f"Give {EXPIRATION}, too.")

    def jobs_filters(self, have: Json | None) -> Json:
        """The job that makes a copy works on the source."""
        if have is None and self.source is not None:
            return {"resource_id": f"eq.{self.source['id']}"}
        return super().jobs_filters(have)
