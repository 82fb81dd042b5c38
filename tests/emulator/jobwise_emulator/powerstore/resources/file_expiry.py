# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When snapshots of file systems expire, and that secure ones stay until then.

Source: PowerStore REST 4.1, file_system (expiration_timestamp, is_secure, modify): 1970-01-01T00:00:00.000Z unsets the
expiration. That a change of what is no snapshot, and a secure snapshot without an expiration, are refused with 422 are
assumptions.
"""

from __future__ import annotations

from typing import Any

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.resources import protection

NEVER = protection.moment("1970-01-01T00:00:00.000Z")
NAMES = ("expiration_timestamp", "is_secure")


def expiry_of(call: Call) -> Any:
    """The expiration that a body gives, checked: a time, None if it unsets it, False if it gives none."""
    expires: Any = call.body.get("expiration_timestamp") or False
    if expires and protection.moment(expires) == NEVER:
        expires = None
    present = call.target if call.target["filesystem_type"] == "Snapshot" else None
    protection.check_expiry(call.world, expires, call.body.get("is_secure"), present)
    return expires


def check_change(call: Call) -> None:
    """A modify body: snapshots alone expire, and keep their size."""
    body, system = call.body, call.target
    if system["filesystem_type"] != "Snapshot":
        wrong = [name for name in NAMES if body.get(name)]
        if wrong:
            text = f"File system {system['name']} is not a snapshot and takes no {wrong[0]}."
            raise Refused(422, "0xE08010080037", text, system["name"], wrong[0])
        return
    if body.get("size_total") is not None:
        raise Refused(422, "0xE08010080038", f"Snapshot {system['name']} has the size of its file system.")
    expiry_of(call)


def unset(call: Call, system: Json) -> None:
    """The point in time that stands for no expiration is not shown."""
    expires = system["expiration_timestamp"]
    if expires and protection.moment(expires) == NEVER:
        system["expiration_timestamp"] = None


def check_held(world: ApplianceState, system: Json) -> None:
    """422 for the deletion of a secure snapshot before it expires."""
    expires = system["expiration_timestamp"]
    if system.get("is_secure") and expires and not protection.past(world, expires):
        text = f"Snapshot {system['name']} is secure until {expires}."
        raise Refused(422, "0xE08010080039", text, system["name"])
