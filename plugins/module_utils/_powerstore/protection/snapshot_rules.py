# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Snapshot rules: check before the first write whether the array would refuse a change.

Source: PowerStore REST API 4.0, 4.1, snapshot_rule (create, modify, delete) and policy.
"""

from __future__ import annotations

import typing as t

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.mistakes import UNTOUCHED
from ..._engine.planning.plan import Plan
from ..._engine.text.words import and_so_on
from ..query import one_of, render_select
from ..table_handler import Check, TableHandler

LONGEST_LOCAL = 8760
"""Hours that a snapshot on the array itself can last. The facts know the limit for remote snapshots only."""
REMOTE_TYPE = "PowerProtect_DD"
PROTECTED = ("volumes", "volume_groups", "file_systems", "nas_servers", "virtual_machines", "virtual_volumes")
"""The relations of a policy to the resources that it is assigned to, of every supported release."""
POLICIES: dict[str, tuple[str, ...]] = {"id": (), "name": (), **dict.fromkeys(PROTECTED, ("id", "name"))}
SHOWN = 5


class SnapshotRuleHandler(TableHandler):
    """A snapshot rule."""

    def fields(self) -> dict[str, tuple[str, ...]]:
        """Return the fields to read, with those that the checks of this task need."""
        fields = super().fields()
        if self.desired["state"] == "absent" or self.desired.get("remote_system"):
            fields["policies"] = ("id", "name")
        if (self.desired.get("desired_retention") or 0) > LONGEST_LOCAL:
            fields["remote_system_id"] = ()
        return fields

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (check_fixed, self._check_name, self._check_retention, self._check_remote_system, self._check_use)

    def _check_name(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError if another rule has the new name. A read by name has already found that rule."""
        new = next((step.body["name"] for step in plan.requests if step.body and step.body.get("name")), None)
        if current is None or new is None or not self.desired.get("id"):
            return
        rows = self.client.query(self.type, {"name": one_of([new]), "select": "id,name"})
        taken = [row for row in rows if row["id"] != current["id"]]
        if taken:
            raise InputError(
                f"Another snapshot rule has the name {taken[0]['name']} ({taken[0]['id']}).",
                hint=f"Give another name. {UNTOUCHED}",
            )

    def _check_retention(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for local snapshots that would last longer than the array keeps them."""
        body = _changes(plan)
        is_remote = body.get("remote_system_id") or (current or {}).get("remote_system_id")
        if body.get("desired_retention", 0) > LONGEST_LOCAL and not is_remote:
            raise InputError(
                f"desired_retention must be at most {LONGEST_LOCAL} for snapshots on the array itself, not "
                f"{body['desired_retention']}.",
                hint=f"Only a new rule with a remote_system can keep snapshots longer. {UNTOUCHED}",
            )

    def _check_remote_system(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for a remote system that cannot keep snapshots, or that the rule cannot change to."""
        if "remote_system_id" not in _changes(plan):
            return
        attribute = next(one for one in self.resource.attributes if one.option == "remote_system")
        row = self.resolver.row(attribute.ref, self.desired["remote_system"]) if attribute.ref else None
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

    def _check_use(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for a change that the array refuses while a resource has a policy with the rule."""
        is_delete = any(step.action == "delete" for step in plan.requests)
        policies = (current or {}).get("policies") or []
        if not current or not policies or not (is_delete or "remote_system_id" in _changes(plan)):
            return
        query = {"id": one_of([str(row["id"]) for row in policies]), "select": render_select(POLICIES)}
        users = {str(row["name"]): _resources(row) for row in self.client.query("policy", query)}
        used = [f"policy {name} is assigned to {_some(names)}" for name, names in sorted(users.items()) if names]
        if used:
            refused = "cannot be deleted" if is_delete else "cannot change its remote_system"
            raise InputError(
                f"Snapshot rule {current['name']} {refused}: {'; '.join(used)}.",
                hint=f"First remove the policy from these resources, or the rule from the policy. {UNTOUCHED}",
            )


def check_fixed(current: Json | None, plan: Plan) -> None:
    """Raise InputError for a change of a rule that nobody can change, or that its source system manages."""
    if not current or not plan.requests:
        return
    if current.get("is_replica"):
        raise InputError(
            f"Snapshot rule {current['name']} is a replica, which only its source system can change or delete.",
            hint=f"Run the task against the source system. {UNTOUCHED}",
        )
    if current.get("is_read_only") and _changes(plan):
        raise InputError(
            f"Snapshot rule {current['name']} is read-only. The array never changes such a rule.",
            hint=f"Create another rule and use it in the policies. {UNTOUCHED}",
        )


def _changes(plan: Plan) -> Json:
    """Return the body of the request that creates or changes the rule, or an empty one."""
    bodies = [step.body for step in plan.requests if step.action != "delete" and step.body]
    return bodies[0] if bodies else {}


def _resources(policy: Json) -> list[str]:
    """Return the resources that a policy is assigned to, in words such as ``volume web01``."""
    return [
        f"{relation.rstrip('s').replace('_', ' ')} {row.get('name') or row['id']}"
        for relation in PROTECTED
        for row in policy.get(relation) or ()
    ]


def _some(names: t.Sequence[str]) -> str:
    more = [f"{len(names) - SHOWN} more"] if len(names) > SHOWN else []
    return and_so_on([*names[:SHOWN], *more])
