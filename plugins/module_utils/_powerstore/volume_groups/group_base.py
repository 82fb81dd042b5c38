# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What all actions on a volume group have in common. Source: PowerStore REST API 4.0, volume_group, job."""

from __future__ import annotations

import typing as t

from ..._engine.errors import InputError
from ..._engine.resource_type import Json, Reference
from ..client import PowerStoreClient
from ..handler import PowerStoreHandler
from ..query import one_of
from ..references import reference

TYPE = "volume_group"
GROUPS = ("Primary", "Clone")
SNAPSHOT = "Snapshot"
NAME_LENGTH = 128


class GroupAction(PowerStoreHandler):
    """What the engine needs of every action on a volume group; each adds look_up and plan.

    Only on a group that exists is anything done, so that its jobs are known by its id.
    """

    def __init__(self, client: PowerStoreClient, desired: Json) -> None:
        self.desired = desired
        self.group_named = meant(desired, "volume_group")
        super().__init__(client, TYPE, f"volume group {self.group_named}")

    def rows(self, references: t.Sequence[Reference], select: str) -> list[Json]:
        """Read all groups and snapshot sets that may be meant, with one query."""
        ids = [one.id for one in references if one.id is not None]
        names = [one.name for one in references if one.id is None and one.name is not None]
        if ids and names:
            query = {"or": f"(id.{one_of(ids)},name.{one_of(names)})"}
        else:
            query = {"id": one_of(ids)} if ids else {"name": one_of(names)}
        return self.client.query(TYPE, {**query, "select": select})


def meant(desired: Json, option: str) -> Reference:
    """Return the object that an option names; raise InputError for an empty one."""
    asked = desired[option].strip()
    if not asked:
        raise InputError(f"{option} is empty: give a name or an id.")
    return reference(asked)


def found(rows: t.Sequence[Json], wanted: Reference, kinds: t.Sequence[str]) -> Json | None:
    """Return the object that is meant, of the kinds that can be meant, the preferred first."""
    fitting = [row for row in rows if row.get("type") in kinds and wanted.matches(row)]
    return min(fitting, key=lambda row: kinds.index(row["type"])) if fitting else None
