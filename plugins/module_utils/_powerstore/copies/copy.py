# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Snapshots and clones. A copy is found by its name and what it is of; the action of that object makes it.

Source: PowerStore REST API 4.0, volume, volume_group and file_system, actions snapshot and clone, protection_data.
"""

from __future__ import annotations

import dataclasses

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.lookup.references import Reference
from ..._engine.options.mistakes import Mistakes
from ..._engine.planning.history import History
from ..._engine.planning.plan import Plan
from ..._engine.table.resource_type import ResourceType
from ..._engine.text.paths import in_path
from ..._engine.text.words import sentence
from ..client import PowerStoreClient
from ..define import LIVE
from ..references import by_id_or_name
from ..table_handler import TableHandler
from ..timestamps import canonical
from .expiration import EXPIRATION, check_expiration
from .family import CLONE, SNAPSHOT, Family, meant


@dataclasses.dataclass(frozen=True)
class Copying:
    """How a copy is made.

    action: the source's action. kind: what it makes, a snapshot or a clone. sources: what the object that the task
    names may be. words: what the array does to it.
    """

    action: str
    kind: str
    sources: tuple[str, ...]
    words: str


SNAPSHOTS = Copying("snapshot", SNAPSHOT, LIVE, "take snapshots of it")
CLONES = Copying("clone", CLONE, LIVE, "clone it")
CLONES_OF_GROUPS = Copying("clone", CLONE, (*LIVE, SNAPSHOT), "clone it")
"""A snapshot set is named like a group. A volume's snapshot is named together with its volume."""


class CopyHandler(TableHandler):
    """A snapshot or a clone of an object. A subclass adds what the array refuses.

    base: the object that the task names. origin: what the copy is made of, which is the base or a snapshot of it.
    copy_named: the copy in messages that name the base as well. of: what messages add to a name that many may have.
    near: snapshots of the base, in a sentence, if it has not the one that the task names.
    """

    def __init__(
        self, client: PowerStoreClient, resource: ResourceType, family: Family, desired: Json, how: Copying
    ) -> None:
        desired = dict(desired)
        if desired.get(EXPIRATION):
            desired[EXPIRATION] = canonical(desired[EXPIRATION], EXPIRATION)
        super().__init__(client, resource, desired)
        self.family, self.how = family, how
        self.base_named = family.base(desired)
        self.snapshot_named = meant(desired, "snapshot") if desired.get("snapshot") is not None else None
        self.copy_named = self.label
        self.of = ""
        if how.kind == SNAPSHOT and not family.unique_names:
            self.of = f" of {family.noun} {self.base_named}"
            self.label += self.of
        self.base: Json | None = None
        self.origin: Json | None = None
        self.taken: Json | None = None
        self.near = ""

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the copy by its name and source; ``object_id`` is ignored.

        A job that makes a copy names only the source, so an id from an adopted job may be that of a different copy. No
        task renames a copy, so the name is enough.
        """
        return super().read()

    def fields(self) -> dict[str, tuple[str, ...]]:
        """Return the fields to read, with those that say where the copy comes from."""
        return {**super().fields(), **dict.fromkeys(self.family.origin, ())}

    def _by_name(self, select: Json) -> Json | None:
        """Read the copy, the object that it is of, and the snapshot that it is made of, with one query."""
        name = Reference(name=self.desired["name"])
        wanted = [name, self.base_named, *filter(None, [self.snapshot_named])]
        rows = self.client.query(self.resource.type, {**by_id_or_name(wanted), **select})
        rows = self.family.within(rows, self.desired)
        self.base = self.origin = base = self.family.found(rows, self.base_named, self.how.sources)
        if base is None:
            self._without_base(rows, self.family.found(rows, name, (self.how.kind,)))
            return None
        if self.snapshot_named is not None:
            self.origin = self.family.find_snapshot(rows, self.snapshot_named, base)
        self.near = ""
        origin = self.origin or base
        path = f"{self.resource.type}/{in_path(origin['id'])}/{self.how.action}"
        style = dataclasses.replace(self.resource.convention, create=("POST", path), creates_by=self.how.action)
        self.resource = dataclasses.replace(self.resource, convention=style)
        same = [row for row in rows if name.matches(row) and self.family.share_names(row, self.how.kind, base)]
        named = [row for row in same if self.family.kind_of(row) == self.how.kind and row["id"] != origin["id"]]
        mine = [row for row in named if self._comes_from(row, base, origin)]
        if named and not mine and self.desired["state"] == "present":
            within = " in its family" if self.how.kind == SNAPSHOT and not self.family.one_set_of_names else ""
            other = f"of another {self.family.noun} than {self.base_named}{within}"
            raise InputError(f"There is a {self.copy_named} already, but {other}.", hint=self._another_hint())
        self.taken = same[0] if same and not named else None
        if self.snapshot_named is not None and not (self.origin or mine) and self.desired["state"] == "present":
            self.near = self.family.suggested_snapshots(self.client, self.snapshot_named, base)
        return mine[0] if mine else None

    def _another_hint(self) -> str:
        if "snapshot" in self.desired and self.snapshot_named is None:
            return "If it is a clone of a snapshot, give snapshot, too. Otherwise, give another name."
        return "Give another name."

    def _without_base(self, rows: list[Json], named: Json | None) -> None:
        """Raise InputError if the missing source is needed.

        The array deletes the snapshots of an object with it, but not its clones, so a clone may be left over.
        """
        noun = self.family.noun
        if self.desired["state"] == "present":
            snapshot = self.family.found(rows, self.base_named, (SNAPSHOT,))
            mistakes = Mistakes()
            mistakes.add(
                f"There is no {noun} {self.base_named} to make the {self.copy_named} from.",
                self._snapshot_hint(snapshot)
                if snapshot
                else self.family.suggested(self.client, self.base_named, self.desired, self.how.sources),
            )
            self.resolver.look_up(self.wanted(None), mistakes)
            mistakes.refuse()
        if named and self.how.action == "clone":
            raise InputError(
                f"There is a {self.copy_named} (id {named['id']}), but {noun} {self.base_named} no longer "
                f"exists, so nothing shows whether it is a clone of that {noun.rsplit(maxsplit=1)[-1]}.",
                hint=f"Make sure that it is the right one, then remove it by its id, with {self.family.type} and "
                "state: absent.",
            )

    def _snapshot_hint(self, snapshot: Json) -> str:
        """Return what to do instead of naming a snapshot as the object."""
        what = f"{snapshot['name']} is a {self.family.snapshot}"
        if self.how.action == "snapshot":
            return f"{what}, and the array takes {self.family.snapshot}s only of {self.family.noun}s and clones."
        return f"{what}: give it as snapshot, and its {self.family.noun} as {self.family.type}."

    def _comes_from(self, row: Json, base: Json, origin: Json) -> bool:
        """Return whether a copy was made of these.

        The array records the clone of a snapshot as a copy of the snapshot, or of what the snapshot is of.
        """
        if self.how.action == "snapshot":
            return self.family.is_of(row, base)
        ids = [base["id"], origin["id"]]
        data_of = self.family.data_of
        if self.family.kind_of(origin) == SNAPSHOT:
            ids += filter(None, [data_of(origin).get("source_id"), data_of(origin).get("parent_id")])
        data = data_of(row)
        return (data.get("parent_id") or data.get("source_id")) in ids

    def plan(self, current: Json | None, history: History) -> Plan:
        """Plan the changes; raise InputError for a change that the array refuses for a copy."""
        plan = super().plan(current, history)
        if current is None and plan.requests:
            self._check_origin()
        for step in plan.requests:
            check_expiration(sentence(self.label), step.body or {}, self.family.data_of(current or {}))
        steps = (dataclasses.replace(step, summary=step.summary + self.of) for step in plan.steps)
        return dataclasses.replace(plan, steps=tuple(steps)) if self.of else plan

    def _check_origin(self) -> None:
        """Raise InputError if there is nothing to copy, or if the name is taken."""
        if self.origin is None:
            raise InputError(
                f"There is no snapshot {self.snapshot_named} of {self.family.noun} {self.base_named} to make the "
                f"{self.copy_named} from.",
                hint=self.near,
            )
        if self.taken is not None:
            raise InputError(
                f"The name is already taken by {self.taken['name']} ({self.taken['id']}), which is of type "
                f"{self.family.kind_of(self.taken)}.",
                hint=f"Give another name: {self.family.names_hint}.",
            )

    def jobs_filters(self, current: Json | None) -> Json:
        """Return the filters for the jobs of the copy: the job that makes it names only the source."""
        if current is None and self.origin is not None:
            return {"resource_id": f"eq.{self.origin['id']}"}
        return super().jobs_filters(current)
