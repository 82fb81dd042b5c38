# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Snapshots and clones of file systems: check before the first write whether the array would refuse them.

Source: PowerStore REST API 4.0, 4.1, file_system, actions snapshot and clone, flr_clone, expiration_timestamp,
is_secure.
"""

from __future__ import annotations

import dataclasses

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.mistakes import UNTOUCHED
from ..._engine.planning.history import History
from ..._engine.planning.plan import Plan
from ..._engine.text.words import sentence
from ..file_systems.handler import COMPLIANCE, SHARED_BY, check_removal
from ..resources.file_rules import OnlyGeneral
from ..table_handler import Check
from ..timestamps import is_past
from .copy import CopyHandler
from .expiration import EXPIRATION, check_expiration
from .family import CLONE, SNAPSHOT
from .file_family import NULL_GUID, OWNER, SERVER, check_production, is_secure


class FileCopyHandler(CopyHandler):
    """A snapshot or a clone of a file system."""

    def fields(self) -> dict[str, tuple[str, ...]]:
        """Return the fields to read, with those that say what forbids copying."""
        fields = {**super().fields(), OWNER: SERVER, "config_type": ()}
        if self.how.kind == CLONE:
            fields["flr_attributes"] = ()
        if self.desired["state"] == "absent":
            fields.update(dict.fromkeys(SHARED_BY, ("id", "name")))
        return fields

    def _comes_from(self, row: Json, base: Json, origin: Json) -> bool:
        """Return whether a copy was made of these. A clone forgets a snapshot that was deleted."""
        if super()._comes_from(row, base, origin):
            return True
        forgets = self.how.kind == CLONE and row.get("parent_id") == NULL_GUID and self.origin is None
        if forgets and self.desired["state"] == "absent":
            raise InputError(
                f"Snapshot {self.snapshot_named} no longer exists, so nothing shows whether {self.copy_named} (id "
                f"{row['id']}) is a clone of it.",
                hint="Make sure that it is the right one, then remove it with file_system and state: absent.",
            )
        return forgets

    def plan(self, current: Json | None, history: History) -> Plan:
        """Plan the changes; the array clones retention in compliance mode only if the request says so."""
        plan = super().plan(current, history)
        if current is not None or not plan.requests or not self._is_bound():
            return plan
        first, *others = plan.requests
        body = {**(first.body or {}), "flr_attributes": {"force_clone": True}}
        return dataclasses.replace(plan, steps=(dataclasses.replace(first, body=body), *others))

    def _is_bound(self) -> bool:
        """Return whether the copy is a clone whose locked files nobody can delete."""
        mode = ((self.base or {}).get("flr_attributes") or {}).get("mode")
        return self.how.kind == CLONE and mode == COMPLIANCE

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (self._check_source, self._check_settings, self._check_secure, self._check_removal)

    def _check_source(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for the clone of what the array does not clone, or only if the task accepts it."""
        if current is not None or not plan.requests or self.base is None or self.how.kind != CLONE:
            return
        check_production(self.base, self.how.words)
        if self._is_bound() and not self.desired.get("accept_compliance"):
            raise InputError(
                f"File system {self.base['name']} has flr_mode: {COMPLIANCE}, and so has its clone: nobody can delete "
                "a locked file, nor a clone that has one, before its retention has ended.",
                hint=f"Give accept_compliance: true if that is what you want. {UNTOUCHED}",
            )

    def _check_settings(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for settings that the copy of a file system for VMware does not take."""
        wrong = OnlyGeneral().broken(current or self.base or {}, self.desired)
        if wrong and plan.requests and not plan.deletes:
            raise InputError(wrong, hint=UNTOUCHED)

    def _check_secure(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError if a secure snapshot would go earlier. One more read asks whether it is secure."""
        changes = [step.body or {} for step in plan.requests]
        if current is None or self.how.kind != SNAPSHOT or not (plan.deletes or any(EXPIRATION in b for b in changes)):
            return
        present = {**current, "is_secure": is_secure(self.client, current)}
        for body in changes:
            check_expiration(self.label, body, present)
        ends = current.get(EXPIRATION)
        if plan.deletes and present["is_secure"] and ends and not is_past(ends):
            raise InputError(f"{sentence(self.label)} is secure, so nobody can delete it before it expires ({ends}).")

    def _check_removal(self, current: Json | None, plan: Plan) -> None:
        if current is not None and plan.deletes:
            check_removal(self.client, sentence(self.label), current)
