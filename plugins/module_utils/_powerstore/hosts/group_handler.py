# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Host groups: requests in an order that the array accepts, and checks before the first one.

Source: PowerStore REST API 4.0, host_group (create, modify, delete), host. That the array deletes the hosts of a group
with the group is what the documentation of the vendor's own module says.
"""

from __future__ import annotations

import dataclasses
import typing as t

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.lookup.references import Ref, Reference
from ..._engine.options.mistakes import UNTOUCHED, Mistakes
from ..._engine.planning.history import History
from ..._engine.planning.list_steps import list_steps
from ..._engine.planning.make_plan import make_plan
from ..._engine.planning.plan import Plan
from ..._engine.planning.steps import Request
from ..._engine.table.lists import REMOVE as REMOVE_MODE
from ..._engine.text.words import and_so_on, counted, plural
from ..resources.hosts import HOSTS
from ..table_handler import Check, TableHandler
from .membership import ADD, CONNECT, REMOVE, Membership

HOST = t.cast(Ref, HOSTS.item.ref)
CONNECTIVITY = "host_connectivity"
MEMBERS = {"add_host_ids": ADD, "remove_host_ids": REMOVE}
MAPPINGS = "mapped_host_groups"


class HostGroupHandler(TableHandler):
    """A host group with its hosts."""

    def check_input(self, desired: Json, mistakes: Mistakes) -> None:
        """Add what is wrong with the options alone: an empty group has no connectivity."""
        emptied = desired.get(HOSTS.option) == [] and desired.get(HOSTS.mode, "exact") == "exact"
        if desired["state"] == "present" and emptied and desired.get(CONNECTIVITY):
            mistakes.add(f"A host group without hosts has no {CONNECTIVITY}. Leave it out, or give hosts.")

    def fields(self) -> dict[str, tuple[str, ...]]:
        """Return the fields to read, with the volumes that are mapped to the group."""
        return {**super().fields(), MAPPINGS: ("id", "logical_unit_number", "volume(id,name)")}

    def plan(self, current: Json | None, history: History) -> Plan:
        """Return the plan, with its requests in an order that the array accepts."""
        plan = super().plan(current, history)
        if self.desired["state"] == "absent":
            return self._members_stay(current, plan)
        if current is None:
            return self._without_connectivity_of_hosts(plan)
        return self._in_order(current, plan)

    def _members_stay(self, current: Json | None, plan: Plan) -> Plan:
        """Return the plan of a deletion that first removes the hosts from the group, unless the task deletes them."""
        hosts = [Reference(row["id"], row.get("name")) for row in HOSTS.rows(current)]
        if current is None or not hosts or self.desired.get("delete_hosts"):
            return plan
        leaving = {HOSTS.option: hosts, HOSTS.mode: REMOVE_MODE}
        steps = list_steps(self.resource, HOSTS, current, current, leaving)
        return dataclasses.replace(plan, steps=(*steps, *plan.steps))

    def _without_connectivity_of_hosts(self, plan: Plan) -> Plan:
        """Return the plan of a creation. The new group has the connectivity of its hosts, which need not be set."""
        theirs = {row.get(CONNECTIVITY) for row in self._joining(None)}
        if theirs != {self.desired.get(CONNECTIVITY)}:
            return plan
        steps = tuple(step for step in plan.requests if CONNECTIVITY not in (step.body or {}))
        return dataclasses.replace(plan, steps=steps)

    def _in_order(self, current: Json, plan: Plan) -> Plan:
        """Return the plan of a change. The array takes members in requests of their own."""
        members = {_members_of(step): step for step in plan.requests if _members_of(step)}
        order = self._membership(current).order()
        if not members or order is None:  # the preflight says what is wrong
            return plan
        resolved = self.resolved_options(current)
        texts = make_plan(self.resource, current, {**resolved, HOSTS.option: None, CONNECTIVITY: None})
        name = texts.after.get("name", current["name"])
        alone = {"state": "present", CONNECTIVITY: resolved.get(CONNECTIVITY)}
        steps = list(texts.steps)
        for change in order:
            if change == CONNECT:
                # Compared with nothing: the hosts that come or leave before may change it.
                steps += make_plan(self.resource, {**current, "name": name, CONNECTIVITY: None}, alone).steps
            else:
                steps.append(members[change])
        return dataclasses.replace(plan, steps=tuple(steps))

    def _joining(self, current: Json | None) -> list[Json]:
        """Return the hosts that join, as read."""
        rows = (self.resolver.row(HOST, reference) for reference in self.changes(HOSTS, current).add)
        return [row for row in rows if row]

    def _membership(self, current: Json) -> Membership:
        changes = self.changes(HOSTS, current)
        return Membership(
            hosts=len(HOSTS.rows(current)),
            joining=len(changes.add),
            leaving=len(changes.remove),
            connectivity=current.get(CONNECTIVITY),
            theirs=frozenset(str(row.get(CONNECTIVITY)) for row in self._joining(current)),
            wanted=self.desired.get(CONNECTIVITY),
            has_volumes=bool(current.get(MAPPINGS)),
        )

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (check_mapped, self.check_name, self._check_joining, self._check_empty, self._check_connectivity)

    def _check_joining(self, current: Json | None, plan: Plan) -> None:
        self.check_members(current)

    def check_members(self, current: Json | None) -> None:
        """Raise InputError that names all hosts that cannot join the group, and the reasons."""
        joining, own = self._joining(current), current["id"] if current else None
        mistakes = Mistakes()
        internal = [str(row["name"]) for row in joining if row.get("type") == "Internal"]
        if internal:
            mistakes.add(f"hosts: {', '.join(internal)} {_is(internal)} part of the array itself.", UNTOUCHED)
        grouped = [
            f"{row['name']} (in {group.get('name') or group['id']})"
            for row, group in ((row, row.get("host_group")) for row in joining)
            if group and group["id"] != own
        ]
        if grouped:
            mistakes.add(
                f"hosts: {', '.join(grouped)} {_is(grouped)} in another host group. A host can be in one group only.",
                f"Remove {_them(grouped)} from there first. {UNTOUCHED}",
            )
        mapped = [
            f"{row['name']} (mapped to {counted(volumes, 'volume')})"
            for row, volumes in ((row, _volumes(row.get("mapped_hosts"))) for row in joining)
            if volumes
        ]
        if mapped:
            mistakes.add(
                f"hosts: {', '.join(mapped)} {_has(mapped)} volumes of {'its' if len(mapped) == 1 else 'their'} own. "
                "The hosts of a group have the volumes of the group only.",
                f"Unmap the volumes first, and map them to the group. {UNTOUCHED}",
            )
        mistakes.refuse()

    def _check_empty(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for a group that would have no host, but needs one."""
        if self.desired["state"] != "present":
            return
        changes = self.changes(HOSTS, current)
        if current is None and not changes.add:
            raise InputError("hosts is empty: a new host group needs at least one host.", hint=UNTOUCHED)
        volumes = _volumes((current or {}).get(MAPPINGS))
        if current and changes.remove and not changes.kept and not changes.add and volumes:
            raise InputError(
                f"Host group {current['name']} would lose its last host, but is mapped to "
                f"{counted(volumes, 'volume')}.",
                hint=f"Unmap the volumes first, or give the host that takes its place. {UNTOUCHED}",
            )

    def _check_connectivity(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for hosts whose connectivity does not fit, and for a group without hosts that has none."""
        joining, changes = self._joining(current), self.changes(HOSTS, current)
        theirs = [f"{row['name']} has {row.get(CONNECTIVITY)}" for row in joining]
        if current is None:
            if len({row.get(CONNECTIVITY) for row in joining}) > 1:
                raise InputError(
                    f"hosts: all hosts of a group have the same {CONNECTIVITY}, but {and_so_on(theirs)}.",
                    hint=f"Change it at the hosts first. {UNTOUCHED}",
                )
            return
        if self._membership(current).order() is not None:
            return
        left = len(HOSTS.rows(current)) - len(changes.remove) + len(changes.add)
        if left == 0 and self.desired.get(CONNECTIVITY):
            raise InputError(
                f"Host group {current['name']} has no hosts and therefore no {CONNECTIVITY}.",
                hint=f"Leave {CONNECTIVITY} out, or give hosts. {UNTOUCHED}",
            )
        if joining:
            raise InputError(
                f"hosts: all hosts of a group have the same {CONNECTIVITY}. Host group {current['name']} has "
                f"{current.get(CONNECTIVITY)}, but {and_so_on(theirs)}.",
                hint=f"Change it at the hosts that join, or at the group. {UNTOUCHED}",
            )


def check_mapped(current: Json | None, plan: Plan) -> None:
    """Raise InputError for the deletion of a group to which volumes are mapped."""
    volumes = _volumes((current or {}).get(MAPPINGS))
    if current and volumes and plan.deletes:
        raise InputError(
            f"Host group {current['name']} is mapped to {counted(volumes, 'volume')}.",
            hint=f"Remove the group from mapped_host_groups of the {plural('volume', len(volumes))} first. {UNTOUCHED}",
        )


def _members_of(step: Request) -> str:
    """Return which change of members a request makes, or an empty text."""
    return next((change for name, change in MEMBERS.items() if name in (step.body or {})), "")


def _volumes(mappings: t.Sequence[Json] | None) -> list[str]:
    """Return the names of the volumes of mappings."""
    rows = (mapping.get("volume") or mapping for mapping in mappings or ())
    return sorted({str(row.get("name") or row.get("id")) for row in rows})


def _is(names: t.Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _has(names: t.Sequence[str]) -> str:
    return "has" if len(names) == 1 else "have"


def _them(names: t.Sequence[str]) -> str:
    return "it" if len(names) == 1 else "them"
