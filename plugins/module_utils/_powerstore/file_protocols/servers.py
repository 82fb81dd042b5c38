# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The servers of NAS servers: one for each protocol, through which file systems are exported or shared.

Clients of the vendor create the server first. That the array refuses an export or a share without one, and to delete a
server with exports or shares, is an assumption.
"""

from __future__ import annotations

import typing as t

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.mistakes import UNTOUCHED
from ..._engine.planning.plan import Plan
from ..._engine.text.words import counted
from ..nas_servers.services import SERVER, ServiceHandler
from ..table_handler import Check, TableHandler


class Protocol(t.NamedTuple):
    """A protocol. server, noun: the type of its server, and what people call it. shared, item: likewise of what it
    makes available to clients; relation: where a file system has them.
    """

    server: str
    noun: str
    shared: str
    item: str
    relation: str


NFS = Protocol("nfs_server", "NFS server", "nfs_export", "NFS export", "nfs_exports")
SMB = Protocol("smb_server", "SMB server", "smb_share", "SMB share", "smb_shares")


def has_server(handler: TableHandler, type_: str, server: Json) -> bool:
    """Return whether a NAS server has a service of this type, or a document gives it one."""
    if handler.client.makes(type_, SERVER, server):
        return True
    return bool(handler.client.query(type_, {"nas_server_id": f"eq.{server['id']}", "select": "id"}))


def check_protocol(handler: TableHandler, protocol: Protocol) -> None:
    """Raise InputError for a new export or share if its NAS server does not speak the protocol."""
    server = handler.row_of(SERVER)
    if server and not has_server(handler, protocol.server, server):
        raise InputError(
            f"NAS server {server['name']} has no {protocol.noun}, which an {protocol.item} needs.",
            hint=f"Create one with the module {protocol.server}. {UNTOUCHED}",
        )


class ProtocolHandler(ServiceHandler):
    """The server of a protocol."""

    protocol: Protocol

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (*super().checks(), self._check_shared, self.check_domain_names)

    def check_domain_names(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for a server that joins a domain which its NAS server cannot look up."""
        server = self.server(current)
        if not server or not any(step.action == "join" for step in plan.requests):
            return
        if not has_server(self, "file_dns", server):
            raise InputError(
                f"NAS server {server['name']} has no DNS, so its {self.protocol.noun} cannot join a domain.",
                hint=f"Create it first, with the module file_dns. {UNTOUCHED}",
            )

    def _check_shared(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for the deletion of a server through which something is exported or shared."""
        if not current or not plan.deletes:
            return
        relation = self.protocol.relation
        query = {"nas_server_id": f"eq.{current[SERVER]['id']}", "select": f"id,{relation}(id,name)"}
        rows = self.client.query("file_system", query)
        names = sorted(str(one["name"]) for row in rows for one in row.get(relation) or ())
        if names:
            raise InputError(
                f"NAS server {current[SERVER]['name']} has {counted(names, self.protocol.item)}, which need the "
                f"{self.protocol.noun}.",
                hint=f"Remove them first. {UNTOUCHED}",
            )
