# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Snapshots and clones of volumes and volume groups: check before the first write whether the array would refuse them.

Source: PowerStore REST API 4.0, volume and volume_group, actions snapshot and clone, protection_data.
"""

from __future__ import annotations

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.mistakes import UNTOUCHED
from ..._engine.planning.plan import Plan
from ..._engine.text.words import sentence
from ..other_array import METRO, check_destination, check_other_array
from ..preflight import is_held
from ..recycle_bin.items import check_free_of_bin
from ..table_handler import Check
from ..volume_groups.handler import WITH_MAPPINGS, check_secure_sets, mapped_members
from ..volumes.removal import check_removal
from .copy import CopyHandler
from .expiration import EXPIRATION
from .family import SNAPSHOT


class BlockCopyHandler(CopyHandler):
    """A snapshot or a clone of a volume or a volume group."""

    def fields(self) -> dict[str, tuple[str, ...]]:
        """Return the fields to read, with those that say what forbids copying."""
        fields = {**super().fields(), "is_replication_destination": ()}
        if self.family.type != "volume":
            return {**fields, **WITH_MAPPINGS} if self.desired["state"] == "absent" else fields
        fields["volume_groups"] = ("id", "name")
        if self.desired["state"] == "absent":
            sides = {"mapped_volumes": ("id", "host(id,name)", "host_group(id,name)")}
            fields = {**fields, **sides, "protection_policy": ("id", "name"), METRO: (), "migration_session_id": ()}
        return fields

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (
            self._check_snapshot_removal,
            self._check_clone_removal,
            self._check_mapped_members,
            check_secure_sets,
            self._check_bin,
            self._check_other_array,
        )

    def _check_clone_removal(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError that names what keeps the clone of a volume from being deleted."""
        if self.how.action == "clone" and self.family.type == "volume":
            check_removal(self.client, current, plan, self.desired.get("immediate") is False, module="volume")

    def _check_mapped_members(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for the clone of a group or a snapshot set with mapped members, even if these stay."""
        members = mapped_members(current) if plan.deletes else []
        if members:
            raise InputError(
                f"{sentence(self.label)} cannot be deleted while its volumes are mapped: {', '.join(members)}.",
                hint=f"Unmap them first. {UNTOUCHED}",
            )

    def _check_bin(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for a clone whose name lies in the recycle bin. Nobody puts snapshots there on their own."""
        if current is None and self.how.action == "clone":
            hint = f"recycle_bin with resource_type: {self.family.type} and state: recovered takes it back."
            check_free_of_bin(self.client, self.family.type, self.family.noun, plan, hint)

    def _check_snapshot_removal(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for a snapshot that nobody can delete now."""
        if current is None or not plan.deletes or self.how.kind != SNAPSHOT:
            return
        if is_held(current):
            ends = self.family.data_of(current)[EXPIRATION]
            raise InputError(f"{sentence(self.label)} is secure, so nobody can delete it before it expires ({ends}).")
        sets = [str(group.get("name") or group["id"]) for group in current.get("volume_groups") or ()]
        if sets:
            raise InputError(
                f"{sentence(self.label)} is part of snapshot set {', '.join(sets)}, which the array deletes only as a "
                "whole.",
                hint=f"Delete the set with volume_group_snapshot. {UNTOUCHED}",
            )
        sides = [row.get("host") or row.get("host_group") for row in current.get("mapped_volumes") or ()]
        if sides:
            names = ", ".join(sorted(str(side.get("name") or side["id"]) for side in sides if side))
            raise InputError(f"{sentence(self.label)} is mapped to {names}.", hint=f"Unmap it first. {UNTOUCHED}")

    def _check_other_array(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for a copy of a replication's destination, or a change of one."""
        if current is not None:
            check_other_array(self.client, self.family.noun, current, plan)
        elif plan.requests and self.base is not None:
            check_destination(self.client, self.family.noun, self.base, self.how.words, despite_mark=True)
