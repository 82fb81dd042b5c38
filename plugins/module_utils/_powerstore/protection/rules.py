# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules of policies: check before the first write whether the array would refuse a change.

Source: PowerStore REST API 4.0, 4.1, replication_rule, io_limit_rule, file_io_limit_rule (create, modify, delete) and
policy.
"""

from __future__ import annotations

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.mistakes import UNTOUCHED
from ..._engine.planning.plan import Plan
from ..._engine.planning.requests import title_of
from ..._engine.text.words import and_so_on, sentence
from ..preflight import check_replica
from ..table_handler import Check, TableHandler
from .use import FILES_LIMITED, LIMITED, PROTECTED, changes_in, in_words, users_of


class RuleHandler(TableHandler):
    """A rule that policies contain.

    relations: those of a policy to what it is assigned to. bound: the options that cannot change while a policy with
    the rule is assigned to a resource.
    """

    relations: tuple[str, ...] = PROTECTED
    bound: tuple[str, ...] = ()

    def fields(self) -> dict[str, tuple[str, ...]]:
        """Return the fields to read, with the policies if the checks of this task need them."""
        fields = super().fields()
        if self.desired["state"] == "absent" or any(self.desired.get(option) for option in self.bound):
            fields["policies"] = ("id", "name")
        return fields

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (self._check_fixed, self.check_name, self._check_use)

    def _check_fixed(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for a change of a rule that nobody can change, or that its source system manages."""
        if not current or not plan.requests:
            return
        title = sentence(title_of(self.resource, current))
        check_replica(title, current)
        if current.get("is_read_only") and changes_in(plan):
            raise InputError(
                f"{title} is read-only. The array never changes such a rule.",
                hint=f"Create another rule and use it in the policies. {UNTOUCHED}",
            )

    def _check_use(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for a change that the array refuses while a resource has a policy with the rule."""
        written = [one for one in self.resource.plain if one.option in self.bound and one.api_name in changes_in(plan)]
        if not current or not (plan.deletes or written):
            return
        used = self._uses(current)
        if used:
            options = and_so_on([one.option for one in written])
            refused = f"cannot change its {options}" if written else "cannot be deleted"
            raise InputError(
                f"{sentence(title_of(self.resource, current))} {refused}: {'; '.join(used)}.",
                hint=f"{self._way_out()} {UNTOUCHED}",
            )

    def _uses(self, current: Json) -> list[str]:
        """Return a clause for each policy that keeps the rule as it is."""
        return in_words(users_of(self.client, current.get("policies") or [], self.relations))

    def _way_out(self) -> str:
        return "First remove the policy from these resources, or the rule from the policy."


class ReplicationRuleHandler(RuleHandler):
    """A replication rule."""

    bound = ("remote_system",)
    REMOTE_TYPE = "PowerStore"
    ZERO = "Zero"
    SYNCHRONOUS = ("Synchronous_Block_Replication", "Synchronous_File_Replication")

    def fields(self) -> dict[str, tuple[str, ...]]:
        """Return the fields to read. A change of the RPO depends on the policies as well."""
        fields = super().fields()
        return {**fields, "policies": ("id", "name")} if self.desired.get("rpo") else fields

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        own = (self._check_remote_system, self._check_synchronous, self._check_threshold, self._check_nas_servers)
        return (*super().checks(), *own)

    def _check_remote_system(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for a remote system that is no PowerStore."""
        remote = next(one for one in self.resource.attributes if one.option == "remote_system")
        if remote.api_name not in changes_in(plan):
            return
        row = self.row_of(remote.option)
        if row and row.get("type") != self.REMOTE_TYPE:
            raise InputError(
                f"Remote system {row['name']} is of type {row.get('type')}, and nothing can be replicated to it.",
                hint=f"Give one of type {self.REMOTE_TYPE}. {UNTOUCHED}",
            )

    def _check_synchronous(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for a remote system without the synchronous replication that the rule asks for."""
        body, before = changes_in(plan), current or {}
        remote = body.get("remote_system_id") or before.get("remote_system_id")
        if (body.get("rpo") or before.get("rpo")) != self.ZERO or not {"remote_system_id", "rpo"} & set(body):
            return
        for row in self.client.query("remote_system", {"id": f"eq.{remote}", "select": "id,name,type,capabilities"}):
            if row.get("type") == self.REMOTE_TYPE and not set(self.SYNCHRONOUS) & set(row.get("capabilities") or ()):
                raise InputError(
                    f"Remote system {row['name']} has no synchronous replication, which rpo: {self.ZERO} needs.",
                    hint=f"Give another rpo. {UNTOUCHED}",
                )

    def _check_threshold(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for a threshold of a synchronous replication, which has none."""
        body = changes_in(plan)
        rpo = body.get("rpo") or (current or {}).get("rpo")
        if rpo == self.ZERO and body.get("alert_threshold"):
            raise InputError(
                f"alert_threshold is {body['alert_threshold']}, but with rpo: {self.ZERO} it is always 0.",
                hint=f"Leave it out. {UNTOUCHED}",
            )

    def _check_nas_servers(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for a change between synchronous and asynchronous replication of NAS servers."""
        rpo = changes_in(plan).get("rpo")
        if not current or not rpo or self.ZERO not in (rpo, current.get("rpo")):
            return
        used = in_words(users_of(self.client, current.get("policies") or [], ("nas_servers",)))
        if used:
            raise InputError(
                f"Replication rule {current['name']} cannot change its rpo to or from {self.ZERO}: {'; '.join(used)}.",
                hint=f"First remove the policy from these NAS servers. {UNTOUCHED}",
            )


class LimitRuleHandler(RuleHandler):
    """A rule that is the only one of its policy, so that it can only be deleted after the policy."""

    relations = LIMITED

    def _uses(self, current: Json) -> list[str]:
        policies = current.get("policies") or []
        if not policies:
            return []
        users = users_of(self.client, policies, self.relations)
        alone = [f"policy {name} consists of it" for name, names in sorted(users.items()) if not names]
        return [*in_words(users), *alone]

    def _way_out(self) -> str:
        return "First delete the policy, or give it another rule while no resource has the policy."


class IoLimitRuleHandler(LimitRuleHandler):
    """An I/O limit rule for volumes."""

    LIMITS = ("max_iops", "max_bw")

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (*super().checks(), self._check_type)

    def _check_type(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for another type without the limits: their numbers mean something else then."""
        if not current or "type" not in changes_in(plan):
            return
        kept = [one for one in self.LIMITS if current.get(one) is not None and self.desired.get(one) is None]
        if kept:
            raise InputError(
                f"The type of I/O limit rule {current['name']} says what {and_so_on(kept)} "
                f"{'means' if len(kept) == 1 else 'mean'}.",
                hint=f"Give {and_so_on(kept)} together with another type. {UNTOUCHED}",
            )


class FileIoLimitRuleHandler(LimitRuleHandler):
    """An I/O limit rule for file systems and NAS servers."""

    relations = FILES_LIMITED
