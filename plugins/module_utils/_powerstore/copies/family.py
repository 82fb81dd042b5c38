# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What volumes, volume groups and file systems have in common as what an action copies or overwrites, and what they
differ in.

Source: PowerStore REST API 4.0, volume, volume_group, file_system, protection_data, job. That a snapshot's name is
unique within the family of its volume is what Dell's white paper on snapshots says.
"""

from __future__ import annotations

import dataclasses
import typing as t

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.lookup.references import Reference
from ..._engine.text.names import near
from ..client import PowerStoreClient
from ..define import LIVE, NOT_IN_NAMES
from ..directory import SUGGESTED
from ..handler import PowerStoreHandler
from ..other_array import INTERRUPTED, METRO, PAUSED
from ..query import one_of
from ..references import by_id_or_name, reference
from ..releases import with_later

CLONE, SNAPSHOT = "Clone", "Snapshot"


@dataclasses.dataclass(frozen=True)
class Family:
    """One of the families of objects that the array copies and overwrites.

    type: the resource type, which is also the option that names the object, and the beginning of the modules' names.
    noun, snapshot: the object and its snapshot in messages. one_set_of_names: whether live objects and snapshots share
    one set of names; if not, a snapshot has its name for itself within its family only. names_hint: says what shares
    one set of names. name_length: the longest name. name_without: characters that a name must not contain.
    interrupted: the states of the metro session in which the array overwrites the object.
    reads: what checks need of an object. later: an attribute that only later releases have.
    end_options: the options for the end of metro.
    """

    type: str
    noun: str
    snapshot: str
    one_set_of_names: bool
    names_hint: str
    name_length: int = 128
    name_without: str = ""
    interrupted: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    later: str = ""
    end_options: tuple[str, ...] = ()

    kind_by: t.ClassVar[str] = "type"
    """The attribute that says whether an object is a snapshot."""
    by_parent: t.ClassVar[str] = "protection_data->>parent_id"
    """What a query compares with the id of the object that a snapshot is of."""
    origin: t.ClassVar[tuple[str, ...]] = ("protection_data",)
    """The attributes that say what an object was made of."""

    @property
    def unique_names(self) -> bool:
        """Whether the array has each name once."""
        return self.one_set_of_names

    @property
    def select(self) -> tuple[str, ...]:
        """What an action reads of an object."""
        return ("id", "name", self.kind_by, *self.origin, *self.reads)

    def base(self, desired: Json) -> Reference:
        """Return the object that a task names; raise InputError if it is not enough to identify one."""
        return meant(desired, self.type)

    def kind_of(self, row: Json) -> str:
        """Return whether an object is a primary, a clone, or a snapshot."""
        return str(row.get(self.kind_by))

    def data_of(self, row: Json) -> Json:
        """Return what the array records of an object's origin."""
        return row.get("protection_data") or {}

    def within(self, rows: list[Json], desired: Json) -> list[Json]:
        """Return those rows that share names with the object that a task names."""
        return rows

    def find(self, rows: t.Sequence[Json], wanted: Reference) -> Json | None:
        """Return the live object that a reference matches, None if it matches no such object."""
        return self.found(rows, wanted, LIVE)

    def find_snapshot(self, rows: t.Sequence[Json], wanted: Reference, of: Json) -> Json | None:
        """Return the snapshot of an object that a reference matches, None if it matches no such snapshot."""
        return next((row for row in self.found_all(rows, wanted, (SNAPSHOT,)) if self.is_of(row, of)), None)

    def found(self, rows: t.Sequence[Json], wanted: Reference, kinds: t.Sequence[str]) -> Json | None:
        """Return the row that a reference matches, None if no row of these kinds does. kinds: the preferred first."""
        fitting = self.found_all(rows, wanted, kinds)
        return min(fitting, key=lambda row: kinds.index(self.kind_of(row))) if fitting else None

    def found_all(self, rows: t.Sequence[Json], wanted: Reference, kinds: t.Sequence[str]) -> list[Json]:
        """Return the rows of these kinds that a reference matches."""
        return [row for row in rows if self.kind_of(row) in kinds and wanted.matches(row)]

    def is_of(self, copy: Json, origin: Json) -> bool:
        """Return whether a copy was made of an object.

        A refresh changes the source of a copy, but not its parent, so the parent counts, unless it was deleted.
        """
        data = self.data_of(copy)
        return bool((data.get("parent_id") or data.get("source_id")) == origin["id"])

    def in_family(self, row: Json, other: Json) -> bool:
        """Return whether two objects are of one family: a primary, its clones, and the snapshots of all of them."""
        return bool(self.data_of(row).get("family_id") == self.data_of(other).get("family_id"))

    def share_names(self, row: Json, kind: str, of: Json) -> bool:
        """Return whether an object keeps its name from a copy. kind: the copy's type. of: the object that it is of."""
        if self.one_set_of_names:
            return True
        if kind == SNAPSHOT:
            return self.kind_of(row) == SNAPSHOT and self.in_family(row, of)
        return self.kind_of(row) in LIVE

    def suggested(
        self, client: PowerStoreClient, wanted: Reference, desired: Json, kinds: tuple[str, ...] = LIVE
    ) -> str:
        """Return a sentence that suggests names for one that does not exist, empty for an id. One more read."""
        if wanted.id is not None:
            return ""
        query = {self.kind_by: one_of(kinds), "select": "id,name"}
        return near(str(wanted.name), [row["name"] for row in client.query(self.type, query, limit=SUGGESTED)])

    def suggested_snapshots(self, client: PowerStoreClient, wanted: Reference, of: Json) -> str:
        """Return a sentence that suggests snapshots of an object for one that does not exist. One more read."""
        filters = {self.kind_by: f"eq.{SNAPSHOT}", self.by_parent: f"eq.{of['id']}"}
        names = [row["name"] for row in client.query(self.type, {**filters, "select": "id,name"}, limit=SUGGESTED)]
        if not names:
            return f"It has no {self.snapshot}s."
        return near(str(wanted.name), names) if wanted.id is None else near("", names)


VOLUMES = Family(
    type="volume",
    noun="volume",
    snapshot="snapshot",
    one_set_of_names=False,
    names_hint="volumes and clones share one set of names",
    interrupted=INTERRUPTED,
    reads=("is_replication_destination", METRO, "volume_groups(id,name,is_write_order_consistent)"),
    end_options=("delete_remote_volume", "force"),
)
GROUPS = Family(
    type="volume_group",
    noun="volume group",
    snapshot="snapshot set",
    one_set_of_names=True,
    names_hint="groups, clones and snapshot sets share one set of names",
    name_without=NOT_IN_NAMES,
    interrupted=PAUSED,
    reads=("is_replication_destination",),
    later=METRO,
    end_options=("delete_remote_volume_group", "force"),
)


class ActionHandler(PowerStoreHandler):
    """Base class of all handlers of an action on an object of a family. A subclass adds `read` and `plan`.

    The object always exists before the action, so its jobs are found by its id.
    """

    def __init__(self, client: PowerStoreClient, family: Family, desired: Json) -> None:
        self.desired = desired
        self.family = family
        self.named = family.base(desired)
        super().__init__(client, family.type, f"{family.noun} {self.named}")

    def rows(self, references: t.Sequence[Reference], select: t.Sequence[str], later: str = "") -> list[Json]:
        """Return the objects and snapshots with these ids or names, read with one query.

        later: a field that only later releases have.
        """
        query = by_id_or_name(references)

        def read(more: t.Sequence[str]) -> list[Json]:
            return self.client.query(self.type, {**query, "select": ",".join((*select, *more))})

        return self.family.within(with_later(later, read) if later else read(()), self.desired)


def meant(desired: Json, option: str) -> Reference:
    """Return the object that an option refers to; raise InputError if the option is empty."""
    text = desired[option].strip()
    if not text:
        raise InputError(f"{option} is empty: give a name or an id.")
    return reference(text)
