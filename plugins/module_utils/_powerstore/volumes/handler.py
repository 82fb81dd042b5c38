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
from ..._engine.options.capacity import in_units
from ..._engine.options.mistakes import Mistakes
from ..._engine.planning.history import History
from ..._engine.planning.plan import Plan
from ..._engine.table.resource_type import ResourceType
from ..client import PowerStoreClient
from ..define import LIVE
from ..query import one_of
from ..recycle_bin.items import TYPE as BIN
from ..recycle_bin.items import check_free_of_bin, items_of, the_item, without_bin
from ..resources.block import VOLUME
from ..table_handler import Check, TableHandler
from .groups import check_appliance, check_copies
from .mappings import check_hosts, lun_taken, new_mappings
from .recovery import as_recovered, with_recovery
from .removal import check_removal, released_first, without_released

TYPE = "volume"
GROUP = next(attribute for attribute in VOLUME.attributes if attribute.option == "volume_group")


class VolumeHandler(TableHandler):
    """A volume, primary or clone, but not a snapshot, with its mappings to hosts and host groups."""

    name_kinds = LIVE

    def __init__(self, client: PowerStoreClient, resource: ResourceType, desired: Json) -> None:
        super().__init__(client, resource, desired)
        self.in_bin: Json | None = None

    def check_input(self, desired: Json, mistakes: Mistakes) -> None:
        """Add a smallest size that is larger than the size."""
        size, least = desired.get("size"), desired.get("min_size")
        if isinstance(size, int) and isinstance(least, int) and least > size:
            mistakes.add(f"min_size is {in_units(least)}, which is more than the size, {in_units(size)}.")

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
        wanted = Reference(id=key) if key else Reference(name=self.desired["name"])
        rows = without_bin(lambda: items_of(self.client, TYPE, wanted))
        return the_item(rows, self.label)

    def plan(self, current: Json | None, history: History) -> Plan:
        """Return the plan; a volume in the recycle bin is recovered and then changed."""
        if current is not None and self.desired["state"] == "absent":
            return released_first(self.resource, current, self.desired, super().plan(current, history))
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
        return self.row_of(GROUP.option) if self.desired["state"] == "present" else None

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
        if current is not None and plan.deletes:
            current = without_released(self.resource, current, self.desired)
        check_removal(self.client, current, plan, to_bin=self.desired.get("immediate") is False)

    def _check_mappings(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for hosts that cannot be mapped, and for LUNs that other volumes have there."""
        mistakes = Mistakes()
        for list_ in self.resource.lists:
            new = new_mappings(list_, self.changes(list_, current), self.resolver)
            check_hosts(list_, new, mistakes)
            lun_taken(self.client, list_, current, new, mistakes)
        mistakes.refuse()
