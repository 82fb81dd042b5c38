# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What all actions on a volume group have in common. Source: PowerStore REST API 4.0, volume_group, job."""

from __future__ import annotations

import typing as t

from ..engine.errors import InputError
from ..engine.job import Job
from ..engine.plan import Plan, Step
from ..engine.resource import Json, Reference
from .client import PowerStoreClient
from .query import one_of
from .subject import reference

TYPE = "volume_group"
GROUPS = ("Primary", "Clone")
SNAPSHOT = "Snapshot"
NAME_LENGTH = 128


class GroupAction:
    """What the engine needs of every action on a volume group; each adds look_up and plan.

    label: the group in a person's words.
    """

    def __init__(self, client: PowerStoreClient, want: Json) -> None:
        self.client = client
        self.want = want
        self.group_named = meant(want, "volume_group")
        self.label = f"volume group {self.group_named}"

    def rows(self, references: t.Sequence[Reference], select: str) -> list[Json]:
        """Read all groups and snapshot sets that may be meant, with one query."""
        ids = [one.id for one in references if one.id is not None]
        names = [one.name for one in references if one.id is None and one.name is not None]
        if ids and names:
            query = {"or": f"(id.{one_of(ids)},name.{one_of(names)})"}
        else:
            query = {"id": one_of(ids)} if ids else {"name": one_of(names)}
        return self.client.query(TYPE, {**query, "select": select})

    def confirm(self, plan: Plan) -> None:
        """There is nothing that only the array could check by reading."""

    def jobs_on(self, have: Json | None, actions: t.Sequence[str]) -> list[Job]:
        """Return the jobs of these actions on the group; only on one that exists is anything done."""
        group = have["id"] if have else ""
        filters = {"resource_type": f"eq.{TYPE}", "resource_action": one_of(actions), "resource_id": f"eq.{group}"}
        return self.client.jobs(filters)

    def submit(self, step: Step) -> Job:
        """Send a step once."""
        return self.client.submit(step)

    def accepted(self, step: Step) -> None:
        """What is done can be seen, unless the action says otherwise."""

    def job(self, job_id: str) -> Job:
        """Return a job as it is now."""
        return self.client.job(job_id)


def meant(want: Json, option: str) -> Reference:
    """Return the object that an option names; raise InputError for an empty one."""
    asked = want[option].strip()
    if not asked:
        raise InputError(f"{option} is empty: give a name or an id.")
    return reference(asked)


def found(rows: t.Sequence[Json], wanted: Reference, kinds: t.Sequence[str]) -> Json | None:
    """Return the object that is meant, of the kinds that can be meant, the preferred first."""
    fitting = [row for row in rows if row.get("type") in kinds and wanted.matches(row)]
    return min(fitting, key=lambda row: kinds.index(row["type"])) if fitting else None
