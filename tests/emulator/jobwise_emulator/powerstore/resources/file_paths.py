# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What NFS exports and SMB shares have in common: a path in a file system, or in a snapshot of one.

Source: PowerStore REST 4.0, smb_share (path). Dell's modules say that only snapshots of access type Protocol are
exported or shared. That a path outside of the file system is refused with 422 is an assumption.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import Call
from jobwise_emulator.powerstore.errors import Refused


def check_path(call: Call, system: Json) -> str:
    """The path of a body without a slash at its end; 422 for one that is not in the file system."""
    name = system["name"]
    if system["filesystem_type"] == "Snapshot" and system["access_type"] != "Protocol":
        raise Refused(422, "0xE080100F0010", f"Snapshot {name} is not of access type Protocol.", name)
    path = str(call.body["path"]).rstrip("/")
    if path != f"/{name}" and not path.startswith(f"/{name}/"):
        raise Refused(422, "0xE080100F0011", f"The path {path} is not in file system {name}.", path)
    call.body["path"] = path
    return path
