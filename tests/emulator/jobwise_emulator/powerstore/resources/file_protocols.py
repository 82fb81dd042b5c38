# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the protocols of NAS servers have in common: exports need an NFS server, and shares an SMB server.

Clients such as gopowerstore create the server first. That the array refuses an export or a share without one, and to
delete a server with exports or shares, both with 422, is an assumption.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState
from jobwise_emulator.powerstore.errors import Refused

SHARED_BY = {"nfs_server": "nfs_export", "smb_server": "smb_share"}
NO_PROTOCOL, IN_USE = "0xE08010170001", "0xE08010170002"


def need_protocol(world: ApplianceState, system: Json, kind: str) -> None:
    """422 unless the NAS server of a file system, or of a snapshot of one, speaks a protocol."""
    if not world.store.where(kind, "nas_server_id", system["nas_server_id"]):
        text = f"The NAS server of file system {system['name']} has no {kind.replace('_', ' ')}."
        raise Refused(422, NO_PROTOCOL, text, str(system["name"]))


def refuse_in_use(world: ApplianceState, server: Json, kind: str) -> None:
    """422 for a server through which something is exported or shared."""
    shared = SHARED_BY[kind]
    systems = {one["id"] for one in world.store.where("file_system", "nas_server_id", server["nas_server_id"])}
    users = [one for one in world.store.all(shared) if one.get("file_system_id") in systems]
    if users:
        text = f"The {kind.replace('_', ' ')} is in use by {shared.replace('_', ' ')} {users[0]['name']}."
        raise Refused(422, IN_USE, text, str(users[0]["name"]))
