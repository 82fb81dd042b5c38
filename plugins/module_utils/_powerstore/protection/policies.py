# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Policies: check before the first write whether the array would refuse a change.

Source: PowerStore REST API 4.0, 4.1, policy (create, modify, delete). Dell's white paper about data protection says how
many rules a protection policy has.
"""

from __future__ import annotations

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.mistakes import UNTOUCHED, Mistakes
from ..._engine.planning.plan import Plan
from ..._engine.planning.requests import title_of
from ..._engine.table.lists import List
from ..._engine.text.words import counted, number, sentence
from ..preflight import check_replica
from ..table_handler import Check, TableHandler
from .use import FILES_LIMITED, LIMITED, PROTECTED, changes_in, some, users_of

MOST = {"snapshot_rules": 4, "replication_rules": 1}
"""How many rules of each type a protection policy has at most."""


class PolicyHandler(TableHandler):
    """A policy. relations: those to what it is assigned to."""

    relations: tuple[str, ...] = PROTECTED
    name_hint = ", because all types of policies share one set of names"

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (self._check_fixed, self.check_name, self._check_deletion)

    def _check_fixed(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for a policy that its source system manages, or that nobody can change."""
        if not current or not plan.requests:
            return
        title = sentence(title_of(self.resource, current))
        check_replica(title, current)
        if current.get("is_read_only"):
            raise InputError(
                f"{title} is read-only. The array neither changes nor deletes such a policy.",
                hint=f"Create another policy. {UNTOUCHED}",
            )

    def _users(self, current: Json) -> list[str]:
        """Return the resources that the policy is assigned to."""
        users = users_of(self.client, [current], self.relations)
        return [name for names in users.values() for name in names]

    def _check_deletion(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for the deletion of a policy that is assigned to a resource."""
        users = self._users(current) if current and plan.deletes else []
        if current and users:
            raise InputError(
                f"{sentence(title_of(self.resource, current))} cannot be deleted: it is assigned to {some(users)}.",
                hint=f"First remove it from these resources. {UNTOUCHED}",
            )


class ProtectionPolicyHandler(PolicyHandler):
    """A protection policy with its snapshot and replication rules."""

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (*super().checks(), self._check_rules)

    def _check_rules(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for a policy that would have no rules, or too many."""
        if not plan.requests or plan.deletes:
            return
        mistakes = Mistakes()
        left = [(list_, self._names_after(list_, current)) for list_ in self.resource.lists]
        for list_, names in left:
            most = MOST[list_.option]
            if len(names) > most:
                mistakes.add(
                    f"{list_.option}: a protection policy has at most {number(most, list_.item.noun)}, and this one "
                    f"would have {counted(names, list_.item.noun)}.",
                    UNTOUCHED,
                )
        if not any(names for dummy, names in left):
            loses = f"{sentence(title_of(self.resource, current))} would lose its last rule. " if current else ""
            options = " or ".join(list_.option for list_ in self.resource.lists)
            what = "Keep one, or delete the policy with state: absent" if current else f"Give {options}"
            mistakes.add(f"{loses}A protection policy has at least one rule.", f"{what}. {UNTOUCHED}")
        mistakes.refuse()

    def _names_after(self, list_: List, current: Json | None) -> list[str]:
        """Return the names of the policy's rules of one type after the task."""
        if self.desired.get(list_.option) is None:
            return [list_.item.name_of(row) for row in list_.rows(current)]
        changes = self.changes(list_, current)
        return sorted(list_.item.name_of(one) for one in (*(row for row, dummy in changes.kept), *changes.add))


class OneRulePolicyHandler(PolicyHandler):
    """A policy that consists of one rule. rule: its option."""

    rule = ""

    def fields(self) -> dict[str, tuple[str, ...]]:
        """Return the fields to read. Every release with such policies has the rule."""
        rule = next(one for one in self.resource.attributes if one.option == self.rule)
        return {**super().fields(), **rule.fields()}

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (*super().checks(), self._check_swap)

    def _check_swap(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for another rule of a policy that is assigned to a resource."""
        swaps = current is not None and f"{self.rule}_id" in changes_in(plan)
        users = self._users(current) if current and swaps else []
        if current and users:
            now = (current.get(self.rule) or {}).get("name")
            raise InputError(
                f"{sentence(title_of(self.resource, current))} is assigned to {some(users)}, and the array does not "
                f"change the {self.rule} of such a policy.",
                hint=f"Change rule {now} itself with the module {self.rule}, which has an effect at once. {UNTOUCHED}",
            )


class QosPolicyHandler(OneRulePolicyHandler):
    """A QoS policy for volumes and volume groups."""

    relations = LIMITED
    rule = "io_limit_rule"


class FileQosPolicyHandler(OneRulePolicyHandler):
    """A QoS policy for file systems and NAS servers."""

    relations = FILES_LIMITED
    rule = "file_io_limit_rule"
