# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Restore and refresh: overwrite the data of an object, once for each name of a backup.

The array does not record what an object was overwritten with, and hosts go on writing. The action itself first takes
the backup, so the backup shows that the action was done: while it exists, a second run does nothing. The name must come
from the task: the array makes up a different one each time.

Source: PowerStore REST API 4.0, volume and volume_group, actions restore and refresh, protection_data. That a member of
a write-order consistent group is overwritten only with its group is what Dell's white paper on snapshots says.
"""

from __future__ import annotations

import dataclasses

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.lookup.references import Reference
from ..._engine.options.mistakes import UNTOUCHED, Mistakes
from ..._engine.planning.history import History
from ..._engine.planning.plan import Plan
from ..._engine.planning.steps import Request
from ..._engine.text.paths import in_path
from ..._engine.text.words import sentence
from ..client import PowerStoreClient
from ..define import LIVE
from ..other_array import Doing, check_destination, check_metro, metro_session
from .family import SNAPSHOT, ActionHandler, Family, meant


@dataclasses.dataclass(frozen=True)
class Overwriting:
    """One of the two actions.

    option: the option that names the source; empty if the source is a snapshot of the object itself. wire: the name of
    the source in the body.
    """

    action: str
    option: str
    wire: str


RESTORE = Overwriting("restore", "", "from_snap_id")
REFRESH = Overwriting("refresh", "source", "from_object_id")


class OverwriteHandler(ActionHandler):
    """A volume, a volume group or a file system whose data the task overwrites.

    relative_named: the object to take the data from, or the one that ``snapshot_named`` is of. taken: the object that
    has the backup's name. near: names of what exists, in a sentence, if the source does not. mistakes: in the options
    alone; `read` refuses them together with its own.
    """

    def __init__(self, client: PowerStoreClient, family: Family, desired: Json, how: Overwriting) -> None:
        super().__init__(client, family, desired)
        self.how = how
        self.relative_named = meant(desired, how.option) if how.option else None
        self.snapshot_named = meant(desired, "snapshot") if desired.get("snapshot") is not None else None
        self.mistakes, self.backup_name = Mistakes(), ""
        with self.mistakes.noted():
            self.backup_name = _backup(desired, family)
        self.rows_read: list[Json] = []
        self.taken: Json | None = None
        self.near = ""

    def read(self, object_id: str | None = None) -> Json | None:
        """Read the object, its source and the backup with one query; return the object with its backup."""
        wanted = [self.named, *filter(None, [self.relative_named, self.snapshot_named])]
        if self.backup_name:
            wanted.append(Reference(name=self.backup_name))
        rows = self.rows(wanted, self.family.select, later=self.family.later)
        target = self.family.find(rows, self.named)
        self.rows_read = rows
        self.taken = self._taken(rows, target) if target else None
        self.near = self._near(target) if self.taken is None and self.sought(target) is None else ""
        mistakes = Mistakes(self.mistakes.errors)
        if target is None:
            self._note_missing(mistakes)
        if mistakes and (target is not None or self.relative_named is not None):
            with mistakes.noted():
                self._source(target)
        mistakes.refuse()
        return target and {
            **target,
            "backup_snapshot": self.taken and {name: self.taken[name] for name in ("id", "name")},
        }

    def _near(self, target: Json | None) -> str:
        """Return a sentence with names like that of the source, which does not exist. One more read."""
        base = self._relative() if self.relative_named else target
        if base is not None and self.snapshot_named is not None:
            return self.family.suggested_snapshots(self.client, self.snapshot_named, base)
        if self.relative_named is None:
            return ""
        return self.family.suggested(self.client, self.relative_named, self.desired, self._kinds)

    def _note_missing(self, mistakes: Mistakes) -> None:
        """Add that the target does not exist."""
        snapshot = self.family.found(self.rows_read, self.named, (SNAPSHOT,))
        mistakes.add(
            f"There is no {self.family.noun} {self.named} to {self.how.action}.",
            f"{snapshot['name']} is a {self.family.snapshot}, which keeps its data."
            if snapshot
            else self.family.suggested(self.client, self.named, self.desired),
        )

    def _taken(self, rows: list[Json], target: Json) -> Json | None:
        """Return the object with the backup's name, a snapshot of the target before others."""
        if not self.backup_name:
            return None
        name = Reference(name=self.backup_name)
        own = self.family.find_snapshot(rows, name, target)
        others = (row for row in rows if name.matches(row) and self.family.share_names(row, SNAPSHOT, target))
        return own or next(others, None)

    def plan(self, current: Json | None, history: History) -> Plan:
        """Plan the action, unless its backup shows that it was done before."""
        if current is None:
            return Plan()
        shown: Json = {self.family.type: current["name"]}
        if self.taken is not None:
            self._check_backup(current, self.taken)
            shown["backup_snapshot"] = self.taken["name"]
            return Plan((), shown, shown)
        if history.includes(self.how.action):  # without a backup, nothing on the array shows it
            return Plan((), shown, shown)
        source, words = self._source(current)
        before: Json = {**shown, "data": "as they are"}
        after: Json = {**shown, "data": f"from {words}"}
        backup = "without a backup"
        if self.backup_name:
            before["backup_snapshot"], after["backup_snapshot"] = None, self.backup_name
            backup = f"with backup {self.backup_name}"
        summary = f"{self.how.action} {self.family.noun} {current['name']} from {words}, {backup}"
        target, body = self.request(current, source)
        path = f"{self.type}/{in_path(target)}/{self.how.action}"
        return Plan((Request(self.how.action, "POST", path, body, summary),), before, after)

    def request(self, current: Json, source: Json) -> tuple[str, Json | None]:
        """Return the id of the object whose action overwrites the data, and the action's body."""
        body: Json = {self.how.wire: source["id"], "create_backup_snap": bool(self.backup_name)}
        if self.backup_name:
            body["backup_snap_profile"] = {"name": self.backup_name}
        return current["id"], body

    def preflight(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError if the array refuses to overwrite the object; reads a session only of one with a copy."""
        if current is None or not plan.requests:
            return
        noun, words = self.family.noun, f"{self.how.action} it"
        mistakes = Mistakes()
        with mistakes.noted():
            check_destination(self.client, noun, current, words)
        with mistakes.noted():
            doing = Doing(words, self.family.interrupted, overwrites=True)
            check_metro(noun, current, metro_session(self.client, current), doing)
        for group in current.get("volume_groups") or ():
            if group.get("is_write_order_consistent"):
                mistakes.add(
                    f"Volume {current['name']} is in volume group {group['name']}, whose volumes the array overwrites "
                    "only together, to keep the order of their writes.",
                    f"Use volume_group_{self.how.action}. {UNTOUCHED}",
                )
        mistakes.refuse()

    def _check_backup(self, target: Json, taken: Json) -> None:
        noun = self.family.noun
        if self.family.kind_of(taken) != SNAPSHOT or not self.family.is_of(taken, target):
            within = "" if self.family.one_set_of_names else " but of another one of its family"
            raise InputError(
                f"backup_snapshot {taken['name']} is not a {self.family.snapshot} of {noun} {target['name']}{within}.",
                hint="Another object has this name: choose a different one.",
            )
        source = self.sought(target)
        if source is not None and source["id"] == taken["id"]:
            raise InputError(
                f"{taken['name']} is given both as {'snapshot' if self.snapshot_named else self.how.option} and as "
                "backup_snapshot.",
                hint="This task makes the backup, which needs a name of its own.",
            )

    def _relative(self) -> Json | None:
        """Return the object that the task names as the source, or that the source is a snapshot of."""
        return self.family.found(self.rows_read, self.relative_named, self._kinds) if self.relative_named else None

    @property
    def _kinds(self) -> tuple[str, ...]:
        """The values of ``type`` that the source may have. A snapshot set is named like a group."""
        return (*LIVE, SNAPSHOT) if self.family.one_set_of_names else LIVE

    def sought(self, target: Json | None) -> Json | None:
        """Return the source, or None if it does not exist."""
        base = self._relative() if self.relative_named else target
        if base is None or self.snapshot_named is None:
            return base
        return self.family.find_snapshot(self.rows_read, self.snapshot_named, base)

    def _source(self, target: Json | None) -> tuple[Json, str]:
        """Return the source and what messages call it; raise InputError if the array would refuse it."""
        source = self.sought(target)
        if self.relative_named is None:
            if source is None:
                raise self.no_own_snapshot(target or {})
            return source, str(source["name"])
        noun, relative = self.family.noun, self._relative()
        if relative is None:
            what = "group or snapshot set" if self.family.one_set_of_names else noun
            snapshot = self.family.found(self.rows_read, self.relative_named, (SNAPSHOT,))
            raise InputError(
                f"{self.how.option}: there is no {what} {self.relative_named}.",
                hint=f"{snapshot['name']} is a snapshot: give it as snapshot, and its {noun} as {self.how.option}."
                if snapshot
                else self.near,
            )
        if source is None:
            raise InputError(
                f"snapshot: there is no snapshot {self.snapshot_named} of {noun} {relative['name']}.", hint=self.near
            )
        if target is not None:
            self._check_family(target, source)
        return source, f"snapshot {source['name']} of {relative['name']}" if self.snapshot_named else str(
            source["name"]
        )

    def no_own_snapshot(self, target: Json) -> InputError:
        """Return the error for a snapshot that is not of the target, or that does not exist."""
        noun, snapshot, wanted = self.family.noun, self.family.snapshot, self.snapshot_named
        rows = self.family.found_all(self.rows_read, wanted, (SNAPSHOT,)) if wanted else []
        near = [row for row in rows if self.family.one_set_of_names or self.family.in_family(row, target)]
        if near:
            return InputError(
                f"{near[0]['name']} is not a {snapshot} of {noun} {target['name']} itself.",
                hint=f"To take data from elsewhere in its family, use {self.type}_refresh.",
            )
        others = f" Other {noun}s have one of this name." if rows else ""
        return InputError(
            f"snapshot: there is no {snapshot} {wanted} of {noun} {target['name']}.{others}", hint=self.near
        )

    def _check_family(self, target: Json, source: Json) -> None:
        noun, snapshot = self.family.noun, self.family.snapshot
        if source["id"] == target["id"]:
            raise InputError(
                f"{sentence(noun)} {target['name']} cannot be refreshed from itself.",
                hint="" if self.family.one_set_of_names else f"To go back to its snapshot, use {self.type}_restore.",
            )
        if self.family.kind_of(source) == SNAPSHOT and self.family.is_of(source, target):
            raise InputError(
                f"{source['name']} is a {snapshot} of {noun} {target['name']} itself.",
                hint=f"To go back to it, use {self.type}_restore.",
            )
        if not self.family.in_family(source, target):
            raise InputError(
                f"{source['name']} is not of the same family as {noun} {target['name']}.",
                hint=f"A family is a {noun.rsplit(maxsplit=1)[-1]}, its clones, and the {snapshot}s of all of them.",
            )


def _backup(desired: Json, family: Family) -> str:
    """Return the name of the backup, empty for backup: false; raise InputError if the two options contradict."""
    name = desired["backup_snapshot"]
    if not desired["backup"]:
        if name:
            raise InputError("backup is false, but backup_snapshot names a backup: leave one of the two out.")
        return ""
    if not name:
        raise InputError(
            f"Give backup_snapshot, a name for the {family.snapshot} that is taken first.",
            hint="The next run recognizes by it that the data were overwritten. To overwrite the data on every run, "
            "without a backup, give backup: false.",
        )
    if len(name) > family.name_length or not name.isprintable() or name != name.strip():
        raise InputError(f"backup_snapshot takes a name of 1 to {family.name_length} printable characters.")
    bad = " ".join(sorted(set(family.name_without) & set(name)))
    if bad:
        raise InputError(f"backup_snapshot {name} contains {bad}, which the array does not allow in names.")
    return str(name)
