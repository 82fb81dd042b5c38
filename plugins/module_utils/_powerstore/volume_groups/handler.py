# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Volume groups: check before the first write whether the array would refuse a change.

Source: PowerStore REST API 4.0, volume_group (create, modify, delete, add_members), volume, protection_data.
"""

from __future__ import annotations

import dataclasses

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.lookup.references import Reference, Wanted
from ..._engine.options.mistakes import UNTOUCHED, Mistakes
from ..._engine.planning.history import History
from ..._engine.planning.list_steps import list_steps
from ..._engine.planning.plan import Plan
from ..other_array import METRO, check_deletion, check_other_array, metro_session, other_array
from ..preflight import is_held
from ..recycle_bin.items import check_free_of_bin
from ..releases import with_later
from ..resources.block import SNAPSHOT_SETS, VOLUMES
from ..table_handler import Check, TableHandler

TYPE = "volume_group"
WITH_MAPPINGS = {"volumes": ("id", "name", "mapped_volumes(id)")}
"""The fields of a group that the task deletes: the array does not delete it while its members are mapped."""


class GroupHandler(TableHandler):
    """A volume group, primary or clone, but not a snapshot set."""

    name_hint = ": groups, clones and snapshot sets share one set of names"

    _later: tuple[str, ...] = ()

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the group as `TableHandler` does, with its metro session if the array's release has metro groups."""

        def read(later: tuple[str, ...]) -> Json | None:
            self._later = later
            return TableHandler.read(self, object_id)

        return with_later(METRO, read)

    def fields(self) -> dict[str, tuple[str, ...]]:
        """Return the fields to read, with the mappings of the members of a group that the task deletes."""
        fields = {**super().fields(), **dict.fromkeys(self._later, ())}
        return {**fields, **WITH_MAPPINGS} if self.desired["state"] == "absent" else fields

    def wanted(self, current: Json | None) -> list[Wanted]:
        """Return the references to look up, and with new members a present one, which the checks compare them with."""
        wanted = super().wanted(current)
        beside = tuple(Reference(id=row["id"]) for row in ((current or {}).get("volumes") or ())[:1])
        if beside and any(want.ref == VOLUMES for want in wanted):
            wanted.append(Wanted("volumes", VOLUMES, beside, optional=True))
        return wanted

    def plan(self, current: Json | None, history: History) -> Plan:
        """Return the plan. A deletion first removes volumes that are mapped and stay: the array wants it so."""
        plan = super().plan(current, history)
        stay = not self.desired.get("delete_members")
        if current is None or not plan.deletes or not stay or not mapped_members(current):
            return plan
        (volumes,) = self.resource.lists
        steps = list_steps(self.resource, volumes, current, current, {volumes.option: []})
        return dataclasses.replace(plan, steps=(*steps, *plan.steps))

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (
            self._check_joining,
            self.check_name,
            self._check_bin,
            self._check_other_array,
            self._check_mapped,
            check_secure_sets,
        )

    def _check_bin(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for a name that lies in the recycle bin."""
        hint = "recycle_bin with resource_type: volume_group and state: recovered takes it back."
        check_free_of_bin(self.client, TYPE, self.resource.title, plan, hint)

    def _check_other_array(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for what the array refuses because of the group's copy on another array."""
        check_other_array(self.client, self.resource.title, current, plan)
        if current is None or not plan.deletes:
            return
        check_deletion(self.client, self.resource.title, current)
        session = metro_session(self.client, current)
        if session:
            raise InputError(
                f"Volume group {current['name']} is stretched to {other_array(session)}, so the array does not delete "
                "it.",
                hint=f"End metro first, with volume_group_metro and state: absent. {UNTOUCHED}",
            )

    def _check_mapped(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for the deletion of mapped volumes with the group."""
        mapped = mapped_members(current)
        if current and mapped and plan.deletes and self.desired.get("delete_members"):
            raise InputError(
                f"Volume group {current['name']} cannot be deleted with its volumes while they are mapped: "
                f"{', '.join(mapped)}.",
                hint=f"First unmap them. Without delete_members, they stay as they are. {UNTOUCHED}",
            )

    def _check_joining(self, current: Json | None, plan: Plan) -> None:
        self.check_members(current)

    def check_members(self, current: Json | None) -> None:
        """Raise InputError that names all volumes that cannot join the group, and the reasons."""
        if self.desired["state"] != "present":
            return
        mistakes = Mistakes()
        for members in self.resource.lists:
            if self.desired.get(members.option) is None:
                continue
            joining = self.changes(members, current).add
            rows = [row for row in (self.resolver.row(VOLUMES, ref) for ref in joining) if row]
            own = current["id"] if current else None
            for message, hint in (_of_others(rows, own), _destinations(rows)):
                if message:
                    mistakes.add(message, hint)
            beside = [self.resolver.row(VOLUMES, Reference(id=member["id"])) for member in members.rows(current)]
            apart = _apart(rows, [row for row in beside if row])
            if apart:
                mistakes.add(apart, "All members of a group must be on the same appliance.")
        mistakes.refuse()


def mapped_members(group: Json | None) -> list[str]:
    """Return the names of the members that are mapped, of a group that was read `WITH_MAPPINGS`."""
    return [str(volume["name"]) for volume in (group or {}).get("volumes") or () if volume.get("mapped_volumes")]


def check_secure_sets(current: Json | None, plan: Plan) -> None:
    """Raise InputError for the removal of a group with secure snapshot sets that have not expired."""
    sets = (current or {}).get(SNAPSHOT_SETS.option) or []
    held = [str(snapshot["name"]) for snapshot in sets if is_held(snapshot)]
    if current and held and plan.deletes:
        raise InputError(
            f"Volume group {current['name']} has secure snapshot sets, which nobody can delete before they expire: "
            f"{', '.join(held)}.",
            hint=UNTOUCHED,
        )


def _of_others(rows: list[Json], own: str | None) -> tuple[str, str]:
    """Return a message and a hint for volumes that are in another group, or empty strings.

    A volume can be in one group only. own: the id of the group that the volumes join.
    """
    homes = {
        str(row["name"]): [group for group in row.get("volume_groups") or () if group["id"] != own] for row in rows
    }
    names = [
        f"{name} (in {', '.join(str(group.get('name') or group['id']) for group in groups)})"
        for name, groups in homes.items()
        if groups
    ]
    if not names:
        return "", ""
    some, them = ("A volume is", "it") if len(names) == 1 else ("Volumes are", "them")
    return f"{some} in another volume group: {', '.join(names)}.", f"Remove {them} from there first. {UNTOUCHED}"


def _destinations(rows: list[Json]) -> tuple[str, str]:
    names = [str(row["name"]) for row in rows if row.get("is_replication_destination")]
    if not names:
        return "", ""
    return (
        f"The destination of a replication cannot join a volume group: {', '.join(names)}.",
        f"If the replication session is gone, remove the destination mark from the volume first. {UNTOUCHED}",
    )


def _apart(rows: list[Json], beside: list[Json]) -> str:
    """Return a message that names the appliance of each volume if they differ, else an empty string.

    beside: the rows of current members, as far as they were read.
    """
    placed = {str(row["name"]): row.get("appliance_id") for row in [*rows, *beside] if row.get("appliance_id")}
    if not rows or len(set(placed.values())) < 2:
        return ""
    return (
        f"The volumes are on different appliances: {', '.join(f'{name} on {place}' for name, place in placed.items())}."
    )
