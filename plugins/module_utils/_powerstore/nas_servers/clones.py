# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Clones of NAS servers. The array does not record what a NAS server was made of, so the name says which one it is.

Source: PowerStore REST API 4.0, 4.1, nas_server, action clone. What it does without a list of file systems is open, so
each request has one.
"""

from __future__ import annotations

import dataclasses

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.lookup.references import Ref, Wanted, distinct
from ..._engine.options.mistakes import UNTOUCHED, Mistakes
from ..._engine.planning.history import History
from ..._engine.planning.plan import Plan
from ..._engine.planning.steps import Request
from ..._engine.table.resource_type import ResourceType
from ..._engine.text.paths import in_path
from ..._engine.text.words import and_so_on, counted
from ..client import PowerStoreClient
from ..references import reference
from ..table_handler import Check
from .server import NasServerHandler

CLONE, SOURCE, SYSTEMS, DR_TEST = "clone", "nas_server", "file_systems", "is_dr_test"
NAS_SERVER, FILE_SYSTEM = Ref("nas_server", noun="NAS server"), Ref("file_system")


class CloneHandler(NasServerHandler):
    """A NAS server that is made as the clone of another one.

    source: the NAS server to clone. systems: those of its file systems that are cloned, too.
    """

    def __init__(self, client: PowerStoreClient, resource: ResourceType, desired: Json) -> None:
        self.source = reference(desired[SOURCE].strip())
        self.systems = [reference(text.strip()) for text in dict.fromkeys(desired.get(SYSTEMS) or ())]
        super().__init__(client, resource, desired)

    def check_input(self, desired: Json, mistakes: Mistakes) -> None:
        """Add a source or a file system without a name, and a clone with the name of its source."""
        super().check_input(desired, mistakes)
        for option, wanted in ((SOURCE, [self.source]), (SYSTEMS, self.systems)):
            if not all(map(str, wanted)):
                mistakes.add(f"{option} has an empty name: give a name or an id.")
        if str(self.source).lower() == str(desired.get("name")).lower():
            mistakes.add(f"name and {SOURCE} are the same: give the clone another name.")

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the clone by its name; ``object_id`` is ignored: a job that clones may be that of another clone."""
        current = super().read()
        source = self.resolver.row(NAS_SERVER, self.source)
        if current is None and source:
            path = f"nas_server/{in_path(source['id'])}/{CLONE}"
            style = dataclasses.replace(self.resource.convention, create=("POST", path), creates_by=CLONE)
            self.resource = dataclasses.replace(self.resource, convention=style)
        return current

    def fields(self) -> dict[str, tuple[str, ...]]:
        """Return the fields to read, with the file systems of the clone."""
        fields = super().fields()
        if self.systems and self.desired["state"] == "present":
            fields[SYSTEMS] = ("id", "name", "parent_id")
        return fields

    def wanted(self, current: Json | None) -> list[Wanted]:
        """Return the references to look up: the source and its file systems, if they are still to be cloned."""
        wanted = super().wanted(current)
        if current is None:
            wanted.append(Wanted(SOURCE, NAS_SERVER, (self.source,)))
            if self.systems:
                wanted.append(Wanted(SYSTEMS, FILE_SYSTEM, tuple(self.systems), within=(SOURCE, self.source)))
        return wanted

    def plan(self, current: Json | None, history: History) -> Plan:
        """Return the plan: the action of the source makes the clone with its file systems."""
        plan = super().plan(current, history).with_requests(self._cloning)
        if self.desired["state"] == "absent" or not self.systems:
            return plan
        if current is None:
            return dataclasses.replace(plan, after={**plan.after, SYSTEMS: sorted(map(str, self.systems))})
        missing = self._missing(current)
        sentence = (
            f"NAS server {current['name']} exists, and seems to have no clone of file system {and_so_on(missing)}: the "
            "array clones file systems only together with their NAS server."
        )
        return dataclasses.replace(plan, warnings=(*plan.warnings, sentence)) if missing else plan

    def _cloning(self, step: Request) -> Request:
        """Return the request that clones, with the file systems; other requests stay as they are."""
        if step.action != CLONE:
            return step
        systems = distinct([self.resolver.reference(FILE_SYSTEM, one) for one in self.systems])
        along = f" with {counted(list(map(str, systems)), 'file system')}" if systems else ""
        summary = f"clone NAS server {self.source} as {self.desired['name']}{along}"
        return dataclasses.replace(
            step, body={**(step.body or {}), SYSTEMS: [one.id for one in systems]}, summary=summary
        )

    def _missing(self, current: Json) -> list[str]:
        """Return the file systems that the clone does not show, neither by name nor as what its own were made of."""
        rows = current.get(SYSTEMS) or []
        known = {str(row.get("parent_id")) for row in rows} | {str(row["name"]).lower() for row in rows}
        return [str(one) for one in self.systems if (one.id or str(one.name).lower()) not in known]

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (*super().checks(), self._check_source, self._check_systems)

    def _check_source(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for a test of a disaster with what is no destination of a replication."""
        row = self.resolver.row(NAS_SERVER, self.source)
        asked = any((step.body or {}).get(DR_TEST) for step in plan.requests)
        if asked and row and not row.get("is_replication_destination"):
            raise InputError(
                f"{DR_TEST}: true is only for the destination of a replication, which NAS server {row['name']} is not.",
                hint=UNTOUCHED,
            )

    def _check_systems(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for what the array does not clone with a NAS server."""
        rows = [self.resolver.row(FILE_SYSTEM, one) or {} for one in self.systems]
        snapshots = [str(row["name"]) for row in rows if row.get("filesystem_type") == "Snapshot"]
        bound = [str(row["name"]) for row in rows if (row.get("flr_attributes") or {}).get("mode") == "Compliance"]
        if snapshots:
            raise InputError(f"{SYSTEMS}: {and_so_on(snapshots)} is a snapshot: give its file system.", hint=UNTOUCHED)
        if bound:
            raise InputError(
                f"{SYSTEMS}: {and_so_on(bound)} has flr_mode: Compliance, and the array clones no such file system "
                "with its NAS server.",
                hint=f"Leave it out. {UNTOUCHED}",
            )

    def jobs_filters(self, current: Json | None) -> Json:
        """Return the filters for the jobs of the clone: the job that makes it names only the source."""
        source = self.resolver.reference(NAS_SERVER, self.source)
        if current is None and source.id is not None:
            return {"resource_id": f"eq.{source.id}"}
        return super().jobs_filters(current)
