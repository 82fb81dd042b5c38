# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Snapshot rules: check before the first write whether the array would refuse a change.

Source: PowerStore REST API 4.0, 4.1, snapshot_rule (create, modify, delete) and policy.
"""

from __future__ import annotations

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.mistakes import UNTOUCHED
from ..._engine.planning.plan import Plan
from ..table_handler import Check
from .rules import RuleHandler
from .use import changes_in

LONGEST_LOCAL = 8760
"""Hours that a snapshot on the array itself can last. The facts know the limit for remote snapshots only."""
REMOTE_TYPE = "PowerProtect_DD"


class SnapshotRuleHandler(RuleHandler):
    """A snapshot rule."""

    bound = ("remote_system",)

    def fields(self) -> dict[str, tuple[str, ...]]:
        """Return the fields to read, with those that the checks of this task need."""
        fields = super().fields()
        if (self.desired.get("desired_retention") or 0) > LONGEST_LOCAL:
            fields["remote_system_id"] = ()
        return fields

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (*super().checks(), self._check_retention, self._check_remote_system)

    def _check_retention(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for local snapshots that would last longer than the array keeps them."""
        body = changes_in(plan)
        is_remote = body.get("remote_system_id") or (current or {}).get("remote_system_id")
        if body.get("desired_retention", 0) > LONGEST_LOCAL and not is_remote:
            raise InputError(
                f"desired_retention must be at most {LONGEST_LOCAL} for snapshots on the array itself, not "
                f"{body['desired_retention']}.",
                hint=f"Only a new rule with a remote_system can keep snapshots longer. {UNTOUCHED}",
            )

    def _check_remote_system(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for a remote system that cannot keep snapshots, or that the rule cannot change to."""
        if "remote_system_id" not in changes_in(plan):
            return
        row = self.row_of("remote_system")
        if row and row.get("type") != REMOTE_TYPE:
            raise InputError(
                f"Remote system {row['name']} is of type {row.get('type')} and cannot keep snapshots.",
                hint=f"Give one of type {REMOTE_TYPE}. {UNTOUCHED}",
            )
        if current is not None and not current.get("remote_system_id"):
            raise InputError(
                f"Snapshot rule {current['name']} is for local snapshots, and the array cannot change that.",
                hint=f"Create another rule with a remote_system. {UNTOUCHED}",
            )
