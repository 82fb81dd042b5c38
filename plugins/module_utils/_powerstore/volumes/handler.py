# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Volumes: check before the first write whether the array would refuse a change.

Source: PowerStore REST API 4.0, volume (create, modify, delete, attach, detach), host_volume_mapping, protection_data.
"""

from __future__ import annotations

import typing as t

from ..._engine.data import Json
from ..._engine.job import Job
from ..._engine.lookup.references import Reference
from ..._engine.options.mistakes import UNTOUCHED, Mistakes
from ..._engine.planning.history import History
from ..._engine.planning.plan import Plan
from ..._engine.table.resource_type import ResourceType
from ..client import PowerStoreClient
from ..other_array import MARK, source_array
from ..preflight import is_held
from ..query import one_of
from ..recycle_bin.items import TYPE as BIN
from ..recycle_bin.items import check_free_of_bin, item_named, items_in_bin
from ..resources.block import SNAPSHOTS, VOLUME
from ..table_handler import Check, TableHandler
from .groups import check_appliance, check_copies
from .mappings import check_hosts, lun_taken, new_mappings
from .recovery import as_recovered, with_recovery

TYPE = "volume"
GROUP = next(attribute for attribute in VOLUME.attributes if attribute.option == "volume_group")


class VolumeHandler(TableHandler):
    """A volume, primary or clone, but not a snapshot, with its mappings to hosts and host groups."""

    name_kinds = ("Primary", "Clone")

    def __init__(self, client: PowerStoreClient, resource: ResourceType, desired: Json) -> None:
        super().__init__(client, resource, desired)
        self.in_bin: Json | None = None

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the volume. If it does not exist and the task may recover it, also look into the recycle bin."""
        current = super().read(object_id)
        self.in_bin = self._find_in_bin() if current is None else None
        return current

    def _find_in_bin(self) -> Json | None:
        """Return the volume in the recycle bin that the task recovers, or None."""
        if self.desired["state"] != "present" or not self.desired.get("recover"):
            return None
        key = self.desired.get("id")
        if key:
            return next(iter(items_in_bin(self.client, {"id": f"eq.{key}", "resource_type": f"eq.{TYPE}"})), None)
        return item_named(self.client, TYPE, self.desired["name"])

    def plan(self, current: Json | None, history: History) -> Plan:
        """Return the plan; a volume in the recycle bin is recovered and then changed."""
        if current is not None or self.in_bin is None:
            return super().plan(current, history)
        return with_recovery(
            self.resource, self.in_bin, super().plan(as_recovered(self.resource, self.in_bin), history)
        )

    def find_jobs(self, current: Json | None, actions: t.Sequence[str]) -> list[Job] | None:
        """Return the jobs on the volume, on the groups that it leaves and joins, and on its recovery."""
        known = current or self.in_bin
        if known is None:
            return super().find_jobs(current, actions)
        groups = [str(row["id"]) for row in (self._joined(), *((current or {}).get("volume_groups") or ())) if row]
        filters = {
            "resource_type": one_of([TYPE, *(["volume_group"] if groups else []), *([BIN] if self.in_bin else [])]),
            "resource_action": one_of(actions),
            "resource_id": one_of([known["id"], *groups]),
        }
        return self.client.jobs(filters)

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (
            self.check_name,
            self._check_bin,
            self._check_group,
            self._check_removal,
            self._check_mappings,
        )

    def _check_bin(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for a name in the recycle bin, unless the task gives ``recover``."""
        if self.desired.get("recover") is None:
            check_free_of_bin(self.client, TYPE, self.resource.title, plan, "recover: true takes it back.")

    def _joined(self) -> Json | None:
        """Return the volume group that the task gives, as read; None if the volume is in it already."""
        wanted = self.desired.get(GROUP.option)
        is_present = self.desired["state"] == "present"
        return (
            self.resolver.row(GROUP.ref, wanted) if is_present and isinstance(wanted, Reference) and GROUP.ref else None
        )

    def _check_group(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for a group that does not take the volume, and for what a copy on another array forbids."""
        joined, mistakes = self._joined(), Mistakes()
        wanted = self.resolved_options(current).get("appliance")
        own = (current or self.in_bin or {}).get("appliance_id") or (wanted.id if wanted else None)
        with mistakes.noted():
            check_appliance(joined, own)
        with mistakes.noted():
            check_copies(self.client, self.resource.title, current, joined, plan)
        mistakes.refuse()

    def _check_removal(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError that names everything that keeps the volume from being deleted."""
        if current is None or not plan.deletes:
            return
        mistakes = Mistakes()
        for message, hint in (
            *_obstacles(current),
            *_snapshots(current, to_bin=self.desired.get("immediate") is False),
            *self._sessions(current),
        ):
            mistakes.add(f"Volume {current['name']} {message}.", f"{hint} {UNTOUCHED}".lstrip())
        mistakes.refuse()

    def _sessions(self, current: Json) -> list[tuple[str, str]]:
        """Return a message and a hint if a replication session writes to the volume."""
        source = source_array(self.client, current) if current.get(MARK) else None
        if source is None:
            return []
        return [
            (
                f"is the destination of a replication from {source}",
                f"Remove the protection policy from its source on {source} first.",
            )
        ]

    def _check_mappings(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for hosts that cannot be mapped, and for LUNs that other volumes have there."""
        mistakes = Mistakes()
        for list_ in self.resource.lists:
            new = new_mappings(list_, self.changes(list_, current), self.resolver)
            check_hosts(list_, new, mistakes)
            lun_taken(self.client, list_, current, new, mistakes)
        mistakes.refuse()


def _obstacles(current: Json) -> list[tuple[str, str]]:
    """Return what keeps a volume from being deleted, as phrases, each with a hint."""
    found = []
    sides = [row.get("host") or row.get("host_group") for row in current.get("mapped_volumes") or ()]
    if sides:
        names = ", ".join(sorted(str(side.get("name") or side["id"]) for side in sides if side))
        options = " and ".join(
            option
            for option, relation in (("mapped_hosts: []", "host"), ("mapped_host_groups: []", "host_group"))
            if any(row.get(relation) for row in current["mapped_volumes"])
        )
        found.append((f"is mapped to {names}", f"Unmap it first with {options}."))
    groups = ", ".join(str(group.get("name") or group["id"]) for group in current.get("volume_groups") or ())
    if groups:
        found.append((f"is in volume group {groups}", 'Remove it from the group first with volume_group: "".'))
    policy = current.get("protection_policy")
    if policy:
        name = policy.get("name") or policy["id"]
        found.append((f"has protection policy {name}", 'Remove the policy first with protection_policy: "".'))
    if current.get("metro_replication_session_id"):
        found.append(("is a metro volume", "End its metro configuration first."))
    if current.get("migration_session_id"):
        found.append(("is being migrated to another appliance", "Wait for the end of the migration, or cancel it."))
    return found


def _snapshots(current: Json, to_bin: bool) -> list[tuple[str, str]]:
    """Return the snapshots that keep a volume from being deleted, as phrases, each with a hint.

    to_bin: whether the volume goes to the recycle bin, where secure snapshots stay secure.
    """
    rows = current.get(SNAPSHOTS.option) or []
    held = [str(row["name"]) for row in rows if is_held(row) and not to_bin]
    mapped = [str(row["name"]) for row in rows if row.get("mapped_volumes")]
    in_sets = [
        f"{row['name']} (in {', '.join(str(group.get('name') or group['id']) for group in row['volume_groups'])})"
        for row in rows
        if row.get("volume_groups")
    ]
    found = []
    if held:
        hint = "immediate: false moves the volume to the recycle bin with them."
        found.append((f"has secure snapshots, which nobody can delete before they expire: {', '.join(held)}", hint))
    if mapped:
        found.append((f"has snapshots that are mapped: {', '.join(mapped)}", "Unmap them first."))
    if in_sets:
        found.append((f"has snapshots in snapshot sets: {', '.join(in_sets)}", "Delete the snapshot sets first."))
    return found
