# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""NAS servers: check before the first write whether the array would refuse a change.

Source: PowerStore REST API 4.0, nas_server (create, modify, delete).
"""

from __future__ import annotations

import ipaddress

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.mistakes import UNTOUCHED, Mistakes
from ..._engine.planning.plan import Plan
from ..._engine.text.words import counted
from ..define import PREFERRED_INTERFACES
from ..table_handler import Check, TableHandler

FILE_SYSTEMS, SMB_SERVERS = "file_systems", "smb_servers"
POLICY, RULES = "protection_policy", "replication_rules"
USER, PASSWORD, SKIP = "domain_user_name", "domain_password", "is_skip_domain_unjoin"


class NasServerHandler(TableHandler):
    """A NAS server."""

    def check_input(self, desired: Json, mistakes: Mistakes) -> None:
        """Add a login without its user or its password."""
        for one, other in ((USER, PASSWORD), (PASSWORD, USER)):
            if desired.get(one) and not desired.get(other):
                mistakes.add(f"{one} needs {other}, too.")

    def fields(self) -> dict[str, tuple[str, ...]]:
        """Return the fields to read, and for a deletion what keeps the array from it."""
        fields = super().fields()
        if self.desired["state"] == "absent":
            fields[FILE_SYSTEMS] = ("id", "name")
            fields[SMB_SERVERS] = ("id", "computer_name", "is_joined")
        return fields

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (
            self.check_name,
            self.check_policy,
            self.check_interfaces,
            check_production,
            check_content,
            check_domain,
        )

    def check_interfaces(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for interfaces of another NAS server, for another use, or with another IP version."""
        written = {name for step in plan.requests for name in step.body or ()}
        for option, name in PREFERRED_INTERFACES.items():
            row = self.row_of(option) if name in written else None
            if row:
                self._check_interface(option, row, current)

    def _check_interface(self, option: str, row: Json, current: Json | None) -> None:
        role, version, dummy = option.split("_")
        address, server = row["name"], row.get("nas_server") or {}
        if server.get("id") != (current or {}).get("id"):
            raise InputError(
                f"{option}: {address} is an interface of NAS server {server.get('name')}.",
                hint=f"Give one of {self.label}. {UNTOUCHED}",
            )
        if str(row.get("role")).lower() != role or f"ipv{ipaddress.ip_address(address).version}" != version:
            raise InputError(
                f"{option}: {address} is an IPv{ipaddress.ip_address(address).version} interface with role: "
                f"{row.get('role')}.",
                hint=f"Give an IPv{version[-1]} interface with role: {role.title()}. {UNTOUCHED}",
            )

    def check_policy(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for a protection policy without a replication rule: NAS servers take no other one."""
        is_new = any((step.body or {}).get("protection_policy_id") for step in plan.requests)
        row = self.row_of(POLICY) if is_new else None
        if row and row.get(RULES) == []:
            raise InputError(
                f"{POLICY}: {row['name']} has no replication rule, and a NAS server takes only policies with one.",
                hint=UNTOUCHED,
            )


def check_production(current: Json | None, plan: Plan) -> None:
    """Raise InputError for the end of production of a server that is no destination of a replication."""
    asked = any((step.body or {}).get("is_production_mode_enabled") is False for step in plan.requests)
    if asked and not (current or {}).get("is_replication_destination"):
        raise InputError(
            "is_production_mode_enabled: false is only for the destination of a replication.", hint=UNTOUCHED
        )


def check_content(current: Json | None, plan: Plan) -> None:
    """Raise InputError for the deletion of a server with file systems."""
    rows = (current or {}).get(FILE_SYSTEMS) or []
    if current and rows and any(step.action == "delete" for step in plan.requests):
        names = sorted(str(row["name"]) for row in rows)
        raise InputError(
            f"NAS server {current['name']} has {counted(names, 'file system')}.",
            hint=f"Delete them first, with their exports, shares and snapshots. {UNTOUCHED}",
        )


def check_domain(current: Json | None, plan: Plan) -> None:
    """Raise InputError for the deletion of a server in a domain without a word on its accounts there."""
    joined = [row for row in (current or {}).get(SMB_SERVERS) or () if row.get("is_joined")]
    deletions = [step.body or {} for step in plan.requests if step.action == "delete"]
    if current and joined and deletions and not (deletions[0].get(SKIP) or deletions[0].get(USER)):
        raise InputError(
            f"NAS server {current['name']} has an SMB server that is joined to a domain.",
            hint=f"Give {USER} and {PASSWORD} to remove its account there, or {SKIP}: true to leave it. {UNTOUCHED}",
        )
