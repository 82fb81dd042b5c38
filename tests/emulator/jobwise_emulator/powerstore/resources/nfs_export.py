# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""NFS exports: paths, and lists of hosts in the array's own notation.

Source: PowerStore REST 4.0, nfs_export. A single IPv4 host and a prefix read back with a netmask, a present host
cannot be added again (400), and a host is removed in the form in which it is shown: gopowerstore's integration tests,
csi-powerstore, csm. That a datastore keeps its export is an assumption.
"""

from __future__ import annotations

import ipaddress

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.resources.file_paths import check_path
from jobwise_emulator.powerstore.resources.file_protocols import need_protocol

KIND = "nfs_export"
LISTS = ("no_access_hosts", "read_only_hosts", "read_only_root_hosts", "read_write_hosts", "read_write_root_hosts")
NEW = {
    "default_access": "No_Access",
    "min_security": "Sys",
    "anonymous_UID": -2,
    "anonymous_GID": -2,
    "is_no_SUID": False,
    "nfs_owner_username": "0",
}


def complete(world: ApplianceState, export: Json) -> None:
    """What a new export has if nobody said otherwise."""
    export.update({name: value for name, value in NEW.items() if export.get(name) is None})
    for name in LISTS:
        export[name] = export.get(name) or []


def check_new(call: Call) -> None:
    """A path within the file system, which no other export of it has; a snapshot must be for exports, and the NAS
    server must speak NFS.
    """
    body, world = call.body, call.world
    system = world.find("file_system", body["file_system_id"])
    need_protocol(world, system, "nfs_server")
    if not body["path"].startswith("/"):
        # The document says that a path is relative to the root of the file system; clients send the name of that, too.
        body["path"] = f"/{system['name']}/{body['path']}"
    path = check_path(call, system)
    others = world.store.where(KIND, "file_system_id", system["id"])
    if any(one["path"] == path for one in others):
        raise Refused(422, "0xE080100F0012", f"The path {path} is exported already.", path)
    write_hosts(body)


def check_change(call: Call) -> None:
    """Hosts to add must be new. The others are checked as those of every list."""
    write_hosts(call.body)
    for name in LISTS:
        have = call.target.get(name) or []
        for host in call.body.get(f"add_{name}") or ():
            if host in have:
                text = f"NFS Export access host address {host} is already present in current {name} list."
                raise Refused(400, "0xE080100F0008", text, host)


def write_hosts(body: Json) -> None:
    """Write the hosts of a body as the array shows them; those to remove must be written so already."""
    for name in LISTS:
        for key in (name, f"add_{name}"):
            if body.get(key):
                body[key] = list(dict.fromkeys(shown(host) for host in body[key]))


def shown(host: str) -> str:
    """A host as the array shows it: IPv4 with a netmask, everything else as given."""
    try:
        network = ipaddress.IPv4Network(host, strict=False)
    except ValueError:
        return host
    return network.with_netmask


def check_delete(call: Call) -> None:
    """422 for an export that a datastore is on."""
    users = call.world.store.where("datastore", "nfs_export_id", call.target["id"])
    if users:
        raise Refused(422, "0xE080100F0013", f"NFS export {call.target['name']} is used by {users[0]['name']}.")


RULES = {KIND: Rules(complete=complete, before={"create": check_new, "modify": check_change, "delete": check_delete})}
