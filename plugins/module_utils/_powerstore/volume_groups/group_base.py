# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Base class of the handlers of actions on a volume group. Source: PowerStore REST API 4.0, volume_group, job."""

from __future__ import annotations

import typing as t

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.lookup.references import Reference
from ..client import PowerStoreClient
from ..handler import PowerStoreHandler
from ..references import by_id_or_name, reference

TYPE = "volume_group"
GROUPS = ("Primary", "Clone")
SNAPSHOT = "Snapshot"
NAME_LENGTH = 128


class GroupAction(PowerStoreHandler):
    """Base class of all handlers of an action on a volume group. A subclass adds `read` and `plan`.

    The group always exists before the action, so its jobs are found by its id.
    """

    def __init__(self, client: PowerStoreClient, desired: Json) -> None:
        self.desired = desired
        self.group_named = meant(desired, "volume_group")
        super().__init__(client, TYPE, f"volume group {self.group_named}")

    def rows(self, references: t.Sequence[Reference], select: str) -> list[Json]:
        """Return the groups and snapshot sets with these ids or names, read with one query.

        select: the select parameter of the query.
        """
        return self.client.query(TYPE, {**by_id_or_name(references), "select": select})


def meant(desired: Json, option: str) -> Reference:
    """Return the object that an option refers to; raise InputError if the option is empty."""
    text = desired[option].strip()
    if not text:
        raise InputError(f"{option} is empty: give a name or an id.")
    return reference(text)


def found(rows: t.Sequence[Json], wanted: Reference, kinds: t.Sequence[str]) -> Json | None:
    """Return the row that a reference matches, None if no row of these kinds does. kinds: the preferred kind first."""
    fitting = [row for row in rows if row.get("type") in kinds and wanted.matches(row)]
    return min(fitting, key=lambda row: kinds.index(row["type"])) if fitting else None
