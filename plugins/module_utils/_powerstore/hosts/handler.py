# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hosts: check before the first write whether the array would refuse a change.

Source: PowerStore REST API 4.0, host (create, modify, delete), initiator, host_volume_mapping, chap_config.
"""

from __future__ import annotations

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.mistakes import UNTOUCHED, Mistakes
from ..._engine.planning.plan import Plan
from ..._engine.table.lists import REMOVE
from ..._engine.text.words import counted, plural
from ..formats import as_port_name, port_name_forms
from ..query import in_filters, one_of
from ..resources.hosts import INITIATORS
from ..table_handler import Check, TableHandler
from .initiators import CHAP, ISCSI, check_chap, check_form, lacking_for

MODE = INITIATORS.mode
INTERNAL = "Internal"
MAPPINGS = "id,host_id,host_group_id,volume_id,volume(id,name)"


class HostHandler(TableHandler):
    """A host with its initiators."""

    def check_input(self, desired: Json, mistakes: Mistakes) -> None:
        """Add what is wrong with the options of the initiators."""
        initiators = desired.get(INITIATORS.option) or []
        if desired["state"] != "present" or desired.get(MODE) == REMOVE:
            return
        check_form(initiators, mistakes)
        protocols = list(dict.fromkeys(str(one["port_type"]) for one in initiators if one.get("port_type")))
        if len(protocols) > 1:
            mistakes.add(f"initiators: a host uses one protocol, not {' and '.join(protocols)}.")

    def fields(self) -> dict[str, tuple[str, ...]]:
        """Return the fields to read, with the name of the host's group."""
        return {**super().fields(), "host_group": ("id", "name")}

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (
            check_internal,
            self.check_name,
            self._check_removal,
            check_connectivity,
            self._check_initiators,
            self._check_last,
            self._check_owners,
            self._check_chap_mode,
        )

    def _check_removal(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for the deletion of a host that is mapped or in a group."""
        if current is None or not plan.deletes:
            return
        mistakes = Mistakes()
        group = current.get("host_group")
        if group:
            mistakes.add(
                f"Host {current['name']} is in host group {group.get('name') or group['id']}.",
                f"Remove it from the group first. {UNTOUCHED}",
            )
        volumes = self._mapped_volumes(current, with_group=False)
        if volumes:
            mistakes.add(
                f"Host {current['name']} is mapped to {counted(volumes, 'volume')}.",
                f"Remove the host from mapped_hosts of the {plural('volume', len(volumes))} first. {UNTOUCHED}",
            )
        mistakes.refuse()

    def _mapped_volumes(self, current: Json, with_group: bool) -> list[str]:
        """Return the names of the volumes that are mapped to the host, also through its group if asked for."""
        query = {"host_id": f"eq.{current['id']}"}
        if with_group and current.get("host_group_id"):
            query = {"or": f"(host_id.eq.{current['id']},host_group_id.eq.{current['host_group_id']})"}
        rows = self.client.query("host_volume_mapping", {**query, "select": MAPPINGS})
        return sorted({str((row.get("volume") or {}).get("name") or row.get("volume_id")) for row in rows})

    def _check_initiators(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for CHAP attributes that do not fit together, and for a second protocol."""
        mistakes = Mistakes()
        changes = self.changes(INITIATORS, current)
        for wanted in changes.add:
            check_chap(wanted, {}, mistakes)
        for row, wanted, dummy in changes.modify:
            check_chap(wanted, row, mistakes)
        here = {str(row.get("port_type")) for row in INITIATORS.rows(current)}
        others = {str(wanted["port_type"]) for wanted in changes.add} - here
        if current and here and others:
            mistakes.add(
                f"Host {current['name']} uses {' and '.join(sorted(here))}, and its new initiators "
                f"{' and '.join(sorted(others))}. A host uses one protocol.",
                f"Remove its present initiators in a task before this one, or add another host. {UNTOUCHED}",
            )
        mistakes.refuse()

    def _check_last(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for the removal of the last initiator of a host that has volumes."""
        changes = self.changes(INITIATORS, current)
        if current is None or not changes.remove or changes.kept or changes.add:
            return
        volumes = self._mapped_volumes(current, with_group=True)
        if volumes:
            these = plural("volume", len(volumes))
            raise InputError(
                f"Host {current['name']} would lose its last initiator, but is mapped to {counted(volumes, 'volume')}.",
                hint=f"Unmap the {these} first, or give the initiator that takes its place. {UNTOUCHED}",
            )

    def _check_owners(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for new initiators that belong to another host."""
        names = [str(wanted["port_name"]) for wanted in self.changes(INITIATORS, current).add]
        rows: list[Json] = []
        for part in in_filters(port_name_forms(names)):
            query = {"port_name": one_of(part), "select": "id,port_name,host_id,host(id,name)"}
            rows += self.client.query("initiator", query)
        wanted = {as_port_name(name) for name in names}
        own = current["id"] if current else None
        taken = [
            f"{row['port_name']} (host {(row.get('host') or {}).get('name') or row['host_id']})"
            for row in rows
            if as_port_name(row.get("port_name")) in wanted and row.get("host_id") not in (None, own)
        ]
        if taken:
            raise InputError(
                f"initiators: {', '.join(taken)} {'belongs' if len(taken) == 1 else 'belong'} to another host.",
                hint=f"Check the spelling, or remove {'it' if len(taken) == 1 else 'them'} from there first. "
                f"{UNTOUCHED}",
            )

    def _check_chap_mode(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for new initiators without the CHAP users that the cluster demands."""
        new = [one for one in self.changes(INITIATORS, current).add if one.get("port_type") == ISCSI]
        if not any(one.get(option) is None for one in new for option in CHAP):
            return
        mode = str(next((row["mode"] for row in self.client.query("chap_config", {"select": "id,mode"})), ""))
        lacking = lacking_for(mode, new)
        if lacking:
            raise InputError(
                f"initiators: the CHAP mode of the cluster is {mode}: {'; '.join(lacking)}.", hint=UNTOUCHED
            )


def check_internal(current: Json | None, plan: Plan) -> None:
    """Raise InputError for a host that is part of the array itself."""
    if current and current.get("type") == INTERNAL:
        raise InputError(
            f"Host {current['name']} is part of the array itself, which manages it.", hint="Give another host."
        )


def check_connectivity(current: Json | None, plan: Plan) -> None:
    """Raise InputError for a change of the connectivity of a host that is in a group."""
    group = (current or {}).get("host_group")
    if current and group and any("host_connectivity" in (step.body or {}) for step in plan.requests):
        raise InputError(
            f"Host {current['name']} is in host group {group.get('name') or group['id']}, and all hosts of a group "
            "have its host_connectivity.",
            hint=f"Change it at the group. {UNTOUCHED}",
        )
