# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Restore and refresh: overwrite the data of a volume group, once for each name of a backup.

The array does not record what a group was overwritten with, and hosts go on writing. The action itself first takes the
backup, so the backup shows that the action was done: while it exists, a second run does nothing.

Source: PowerStore REST API 4.0, volume_group, actions restore and refresh, protection_data.
"""

from __future__ import annotations

import dataclasses

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.lookup.references import Reference
from ..._engine.planning.history import History
from ..._engine.planning.plan import Plan
from ..._engine.planning.steps import Request
from ..._engine.text.paths import in_path
from ..client import PowerStoreClient
from ..define import NOT_IN_NAMES
from .group_base import GROUPS, NAME_LENGTH, SNAPSHOT, TYPE, GroupAction, found, meant

SELECT = "id,name,type,protection_data,is_replication_destination"


@dataclasses.dataclass(frozen=True)
class Overwriting:
    """One of the two actions.

    option: the option that names the source. wire: its name in the body. kinds: the types that a source may have.
    """

    action: str
    option: str
    wire: str
    kinds: tuple[str, ...]


RESTORE = Overwriting("restore", "snapshot", "from_snap_id", (SNAPSHOT,))
REFRESH = Overwriting("refresh", "source", "from_object_id", (*GROUPS, SNAPSHOT))


class OverwriteHandler(GroupAction):
    """A volume group whose data the task overwrites.

    source: the object to take the data from. taken: the object that has the backup's name.
    """

    def __init__(self, client: PowerStoreClient, desired: Json, how: Overwriting) -> None:
        super().__init__(client, desired)
        self.how = how
        self.source_named = meant(desired, how.option)
        self.backup_name = _backup(desired)
        self.source: Json | None = None
        self.taken: Json | None = None

    def read(self, object_id: str | None = None) -> Json | None:
        """Read the group, its source and the backup with one query; return the group with its backup."""
        wanted = [self.group_named, self.source_named]
        if self.backup_name:
            wanted.append(Reference(name=self.backup_name))
        rows = self.rows(wanted, SELECT)
        group = found(rows, self.group_named, GROUPS)
        if group is None:
            raise InputError(f"There is no volume group {self.group_named} to {self.how.action}.")
        self.source = found(rows, self.source_named, self.how.kinds)
        self.taken = self._taken(rows)
        return {**group, "backup_snapshot": self.taken and {"id": self.taken["id"], "name": self.taken["name"]}}

    def _taken(self, rows: list[Json]) -> Json | None:
        """Return the object with the backup's name, a snapshot set before a group."""
        if not self.backup_name:
            return None
        return found(rows, Reference(name=self.backup_name), (SNAPSHOT, *GROUPS))

    def plan(self, current: Json | None, history: History) -> Plan:
        """Plan the action, unless its backup shows that it was done before."""
        if current is None:
            return Plan()
        shown: Json = {"volume_group": current["name"]}
        if self.taken is not None:
            self._check_backup(current, self.taken)
            shown["backup_snapshot"] = self.taken["name"]
            return Plan((), shown, shown)
        if history.includes(self.how.action):  # without a backup, nothing on the array shows it
            return Plan((), shown, shown)
        source = self._checked_source(current)
        body: Json = {self.how.wire: source["id"], "create_backup_snap": bool(self.backup_name)}
        before: Json = {**shown, "data": "as they are"}
        after: Json = {**shown, "data": f"from {source['name']}"}
        backup = "without a backup"
        if self.backup_name:
            body["backup_snap_profile"] = {"name": self.backup_name}
            before["backup_snapshot"], after["backup_snapshot"] = None, self.backup_name
            backup = f"with backup {self.backup_name}"
        summary = f"{self.how.action} volume group {current['name']} from {source['name']}, {backup}"
        step = Request(self.how.action, "POST", f"{TYPE}/{in_path(current['id'])}/{self.how.action}", body, summary)
        return Plan((step,), before, after)

    def _check_backup(self, group: Json, taken: Json) -> None:
        if taken["type"] != SNAPSHOT or not _taken_of(taken, group):
            raise InputError(
                f"backup_snapshot {taken['name']} is not a snapshot set of volume group {group['name']}.",
                hint="Another object has this name: choose a different one.",
            )
        if self.source is not None and self.source["id"] == taken["id"]:
            raise InputError(
                f"{taken['name']} is given both as {self.how.option} and as backup_snapshot.",
                hint="This task makes the backup, which needs a name of its own.",
            )

    def _checked_source(self, group: Json) -> Json:
        """Return the source; raise InputError if the array would refuse the action with it."""
        source, option = self.source, self.how.option
        if group.get("is_replication_destination"):
            raise InputError(f"Volume group {group['name']} is the destination of a replication, which overwrites it.")
        if source is None:
            raise InputError(
                f"{option}: there is no {'snapshot set' if option == 'snapshot' else 'group or snapshot set'} "
                f"{self.source_named}."
            )
        own = source["type"] == SNAPSHOT and _taken_of(source, group)
        if self.how is RESTORE and not own:
            raise InputError(
                f"{source['name']} is not a snapshot set of volume group {group['name']} itself.",
                hint="To take data from elsewhere in its family, use volume_group_refresh.",
            )
        if self.how is REFRESH:
            self._check_family(group, source, own)
        return source

    def _check_family(self, group: Json, source: Json, own: bool) -> None:
        if source["id"] == group["id"]:
            raise InputError(f"Volume group {group['name']} cannot be refreshed from itself.")
        if own:
            raise InputError(
                f"{source['name']} is a snapshot set of volume group {group['name']} itself.",
                hint="To go back to it, use volume_group_restore.",
            )
        if _data(source).get("family_id") != _data(group).get("family_id"):
            raise InputError(
                f"{source['name']} is not of the same family as volume group {group['name']}.",
                hint="A family is a group, its clones, and the snapshot sets of all of them.",
            )


def _data(row: Json) -> Json:
    return row.get("protection_data") or {}


def _taken_of(snapshot: Json, group: Json) -> bool:
    data = _data(snapshot)
    return bool((data.get("parent_id") or data.get("source_id")) == group["id"])


def _backup(desired: Json) -> str:
    """Return the name of the backup, empty for backup: false; raise InputError if the two options contradict."""
    name = desired["backup_snapshot"]
    if not desired["backup"]:
        if name:
            raise InputError("backup is false, but backup_snapshot names a backup: leave one of the two out.")
        return ""
    if not name:
        raise InputError(
            "Give backup_snapshot, a name for the snapshot set that is taken first.",
            hint="The next run recognizes by it that the data were overwritten. To overwrite the data on every run, "
            "without a backup, give backup: false.",
        )
    if len(name) > NAME_LENGTH or not name.isprintable() or name != name.strip():
        raise InputError(f"backup_snapshot takes a name of 1 to {NAME_LENGTH} printable characters.")
    bad = " ".join(sorted(set(NOT_IN_NAMES) & set(name)))
    if bad:
        raise InputError(f"backup_snapshot {name} contains {bad}, which the array does not allow in names.")
    return str(name)
