# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What volumes and volume groups have in common as the source or the target of an action, and what they differ in.

Source: PowerStore REST API 4.0, volume, volume_group, protection_data, job. That a snapshot's name is unique within the
family of its volume is what Dell's white paper on snapshots says.
"""

from __future__ import annotations

import dataclasses
import typing as t

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.lookup.references import Ref, Reference
from ..._engine.text.names import near
from ..client import PowerStoreClient
from ..define import LIVE, NOT_IN_NAMES
from ..directory import SUGGESTED, Directory
from ..handler import PowerStoreHandler
from ..other_array import INTERRUPTED, METRO, PAUSED
from ..references import by_id_or_name, reference
from ..releases import with_later

SNAPSHOT = "Snapshot"
NAME_LENGTH = 128


@dataclasses.dataclass(frozen=True)
class Family:
    """One of the two families of objects that the array copies and overwrites.

    type: the resource type, which is also the option that names the object, and the beginning of the modules' names.
    noun, snapshot: the object and its snapshot in messages. one_set_of_names: whether live objects and snapshots share
    one set of names; if not, a snapshot has its name for itself within its family only.
    name_without: characters that a name must not contain.
    interrupted: the states of the metro session in which the array overwrites the object.
    reads: what checks need of an object. later: an attribute that only later releases have.
    end_options: the options for the end of metro.
    """

    type: str
    noun: str
    snapshot: str
    one_set_of_names: bool
    name_without: str
    interrupted: tuple[str, ...]
    reads: tuple[str, ...]
    later: str
    end_options: tuple[str, ...]

    def find(self, rows: t.Sequence[Json], wanted: Reference) -> Json | None:
        """Return the live object that a reference matches, None if it matches no such object."""
        return found(rows, wanted, LIVE)

    def find_snapshot(self, rows: t.Sequence[Json], wanted: Reference, of: Json) -> Json | None:
        """Return the snapshot of an object that a reference matches, None if it matches no such snapshot."""
        return next((row for row in found_all(rows, wanted, (SNAPSHOT,)) if is_of(row, of)), None)

    def share_names(self, row: Json, kind: str, of: Json) -> bool:
        """Return whether an object keeps its name from a copy. kind: the copy's type. of: the object that it is of."""
        if self.one_set_of_names:
            return True
        if kind == SNAPSHOT:
            return row.get("type") == SNAPSHOT and in_family(row, of)
        return row.get("type") in LIVE

    @property
    def names_hint(self) -> str:
        """What shares one set of names, in a hint."""
        if self.one_set_of_names:
            return "groups, clones and snapshot sets share one set of names"
        return "volumes and clones share one set of names"


VOLUMES = Family(
    type="volume",
    noun="volume",
    snapshot="snapshot",
    one_set_of_names=False,
    name_without="",
    interrupted=INTERRUPTED,
    reads=("is_replication_destination", METRO, "volume_groups(id,name,is_write_order_consistent)"),
    later="",
    end_options=("delete_remote_volume", "force"),
)
GROUPS = Family(
    type="volume_group",
    noun="volume group",
    snapshot="snapshot set",
    one_set_of_names=True,
    name_without=NOT_IN_NAMES,
    interrupted=PAUSED,
    reads=("is_replication_destination",),
    later=METRO,
    end_options=("delete_remote_volume_group", "force"),
)


class ActionHandler(PowerStoreHandler):
    """Base class of all handlers of an action on a volume or a volume group. A subclass adds `read` and `plan`.

    The object always exists before the action, so its jobs are found by its id.
    """

    def __init__(self, client: PowerStoreClient, family: Family, desired: Json) -> None:
        self.desired = desired
        self.family = family
        self.named = meant(desired, family.type)
        super().__init__(client, family.type, f"{family.noun} {self.named}")

    def rows(self, references: t.Sequence[Reference], select: t.Sequence[str], later: str = "") -> list[Json]:
        """Return the objects and snapshots with these ids or names, read with one query.

        later: a field that only later releases have.
        """
        query = by_id_or_name(references)

        def read(more: t.Sequence[str]) -> list[Json]:
            return self.client.query(self.type, {**query, "select": ",".join((*select, *more))})

        return with_later(later, read) if later else read(())


def meant(desired: Json, option: str) -> Reference:
    """Return the object that an option refers to; raise InputError if the option is empty."""
    text = desired[option].strip()
    if not text:
        raise InputError(f"{option} is empty: give a name or an id.")
    return reference(text)


def found(rows: t.Sequence[Json], wanted: Reference, kinds: t.Sequence[str]) -> Json | None:
    """Return the row that a reference matches, None if no row of these kinds does. kinds: the preferred kind first."""
    fitting = found_all(rows, wanted, kinds)
    return min(fitting, key=lambda row: kinds.index(row["type"])) if fitting else None


def found_all(rows: t.Sequence[Json], wanted: Reference, kinds: t.Sequence[str]) -> list[Json]:
    """Return the rows of these kinds that a reference matches."""
    return [row for row in rows if row.get("type") in kinds and wanted.matches(row)]


def suggested(client: PowerStoreClient, family: Family, wanted: Reference, kinds: tuple[str, ...] = LIVE) -> str:
    """Return a sentence that suggests names for one that does not exist, empty for an id. One more read."""
    if wanted.id is not None:
        return ""
    return near(str(wanted.name), Directory(client).known(Ref(family.type, kinds)))


def suggested_snapshots(client: PowerStoreClient, family: Family, wanted: Reference, of: Json) -> str:
    """Return a sentence that suggests snapshots of an object for one that does not exist. One more read."""
    filters = {"type": f"eq.{SNAPSHOT}", "protection_data->>parent_id": f"eq.{of['id']}"}
    names = [row["name"] for row in client.query(family.type, {**filters, "select": "id,name"}, limit=SUGGESTED)]
    if not names:
        return f"It has no {family.snapshot}s."
    return near(str(wanted.name), names) if wanted.id is None else near("", names)


def data_of(row: Json) -> Json:
    """Return what the array records of an object's origin."""
    return row.get("protection_data") or {}


def is_of(copy: Json, origin: Json) -> bool:
    """Return whether a copy was made of an object.

    A refresh changes the source of a copy, but not its parent, so the parent counts, unless it was deleted.
    """
    data = data_of(copy)
    return bool((data.get("parent_id") or data.get("source_id")) == origin["id"])


def in_family(row: Json, other: Json) -> bool:
    """Return whether two objects are of one family: a primary, its clones, and the snapshots of all of them."""
    return bool(data_of(row).get("family_id") == data_of(other).get("family_id"))
