# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""NFS exports: check the paths and hosts before the first write.

Source: PowerStore REST API 4.0, nfs_export. Clients of the vendor send paths that begin with the name of the file
system. That the array refuses to delete an export with a datastore is an assumption.
"""

from __future__ import annotations

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.mistakes import UNTOUCHED, Mistakes
from ..._engine.planning.plan import Plan
from ..._engine.text.words import counted
from ..file_protocols.servers import NFS, Protocol, check_protocol
from ..formats import as_host, is_host
from ..resources.file_shares import HOST_LISTS
from ..table_handler import Check, TableHandler

LONGEST_HOST, LONGEST_LIST = 255, 4096


class SharedHandler(TableHandler):
    """What makes a directory of a file system available to clients: an NFS export, or an SMB share."""

    protocol: Protocol

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (self._check_protocol, self._check_path)

    def _check_protocol(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for a new one on a NAS server that does not speak the protocol."""
        if current is None and plan.requests:
            check_protocol(self, self.protocol)

    def _check_path(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for the path of a new one that is outside of its file system."""
        row = self.row_of("file_system") if current is None and plan.requests else None
        path = str(self.desired["path"])
        home = f"/{row['name']}" if row else ""
        if home and path != home and not path.startswith(f"{home}/"):
            raise InputError(
                f"path is {path}, which is outside of file system {home[1:]}: it must be {home}, or begin with "
                f"{home}/.",
                hint=UNTOUCHED,
            )


class ExportHandler(SharedHandler):
    """An NFS export."""

    protocol = NFS

    def fields(self) -> dict[str, tuple[str, ...]]:
        """Return the fields to read, for a deletion with the datastores on the export."""
        fields = super().fields()
        if self.desired["state"] == "absent":
            fields["datastores"] = ("id", "name")
        return fields

    def check_input(self, desired: Json, mistakes: Mistakes) -> None:
        """Add entries that are no hosts, lists that are too long, and hosts in several lists."""
        seen: dict[str, str] = {}
        for option in HOST_LISTS:
            hosts = [str(host) for host in desired.get(option) or ()]
            wrong = [repr(host) for host in hosts if host and not is_host(host)]
            if wrong:
                mistakes.add(
                    f"{option} takes names, IP addresses, networks and netgroups, not {', '.join(wrong)}.",
                    "Examples: client01, 192.0.2.7, 192.0.2.0/24, 2001:db8::/64, @netgroup.",
                )
            long = [host[:40] for host in hosts if len(host.encode()) > LONGEST_HOST]
            if long:
                mistakes.add(f"{option} has an entry of more than {LONGEST_HOST} bytes: {long[0]}...")
            if sum(len(host.encode()) for host in hosts) > LONGEST_LIST:
                mistakes.add(
                    f"{option} has more than {LONGEST_LIST} bytes in all.", "Use networks or netgroups for many hosts."
                )
            if desired.get(f"{option}_mode") == "remove":
                continue
            for host in hosts:
                other = seen.setdefault(as_host(host), option)
                if other != option:
                    mistakes.add(f"{host} is in {other} and in {option}. Give each host in one of the lists.")

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (*super().checks(), self._check_hosts, check_datastores)

    def _check_hosts(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for a host that the task adds to one list while it stays in another one."""
        changes = {list_.option: self.changes(list_, current) for list_ in self.resource.lists} if current else {}
        mistakes = Mistakes()
        for option, change in changes.items():
            for other in (one for one in self.resource.lists if one.option != option):
                gone = list(map(as_host, changes[other.option].remove))
                staying = [as_host(row) for row in other.rows(current) if as_host(row) not in gone]
                both = [str(host) for host in change.add if as_host(host) in staying]
                if both:
                    mistakes.add(
                        f"{option}: {', '.join(both)} would be in {other.option}, too. A host is in one of the lists.",
                        f"Remove it there with the same task: {other.option} takes {other.mode}: remove. {UNTOUCHED}",
                    )
        mistakes.refuse()


def check_datastores(current: Json | None, plan: Plan) -> None:
    """Raise InputError for the deletion of an export that datastores of vSphere are on."""
    rows = (current or {}).get("datastores") or () if plan.deletes else ()
    if rows:
        names = sorted(str(row.get("name") or row["id"]) for row in rows)
        raise InputError(
            f"NFS export {(current or {})['name']} is used by {counted(names, 'datastore')}.",
            hint=f"Remove them in vCenter first. {UNTOUCHED}",
        )
