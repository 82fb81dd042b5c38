# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Interfaces that file imports copy through: addresses that fit each other, and imports that use them.

Source: PowerStore REST 4.0, file_import_interface. That the array refuses a change or a deletion while an import uses
the interface, and lets it go after that, is a guess; so is 422 for addresses as in ``file_interface``.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.resources.file_interface import check_addresses, shown

KIND, SESSION, USED_BY = "file_import_interface", "file_import_session", "import_file_interface_id"
OVER = ("Completed", "Cancelled")


def check(call: Call) -> None:
    """An address of its own, with a prefix and a gateway that fit it; and nobody who needs it as it is."""
    check_addresses(call, KIND)
    unused(call)


def unused(call: Call) -> None:
    """422 while an import uses the interface."""
    users = call.world.store.where(SESSION, USED_BY, call.target["id"]) if call.target else []
    for one in users:
        if one["state"] not in OVER:
            text = f"The file import interface {call.target['ip_address']} is in use by session {one['name']}."
            raise Refused(422, "0xE04040020022", text, str(call.target["id"]))


def complete(dummy_world: ApplianceState, entry: Json) -> None:
    """Addresses as the array shows them."""
    shown(entry)


RULES = {
    KIND: Rules(
        complete=complete,
        before={"create": check, "modify": check, "delete": unused},
        after={"modify": lambda dummy_call, entry: shown(entry)},
    )
}
