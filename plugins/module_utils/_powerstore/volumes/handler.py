# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Volumes: check before the first write whether the array would refuse a change.

Source: PowerStore REST API 4.0, volume (create, modify, delete, attach, detach), host_volume_mapping, protection_data.
"""

from __future__ import annotations

from ..._engine.data import Json
from ..._engine.options.mistakes import UNTOUCHED, Mistakes
from ..._engine.planning.plan import Plan
from ..preflight import check_destination, is_held
from ..resources.block import SNAPSHOTS
from ..table_handler import Check, TableHandler
from .mappings import check_hosts, lun_taken, new_mappings


class VolumeHandler(TableHandler):
    """A volume, primary or clone, but not a snapshot, with its mappings to hosts and host groups."""

    name_kinds = ("Primary", "Clone")

    def fields(self) -> dict[str, tuple[str, ...]]:
        """Return the fields to read, with the name of the volume's group."""
        return {**super().fields(), "volume_groups": ("id", "name")}

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (self.check_name, self._check_destination, self._check_removal, self._check_mappings)

    def _check_destination(self, current: Json | None, plan: Plan) -> None:
        check_destination(self.resource.title, current, plan)

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
        if not current.get("is_replication_destination"):
            return []
        query = {"local_resource_id": f"eq.{current['id']}", "role": "eq.Destination", "select": "id"}
        if not self.client.query("replication_session", query):
            return []
        return [("is the destination of a replication", "Remove the protection policy from its source first.")]

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
        found.append((f"is in volume group {groups}", "Remove it from the group first."))
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
