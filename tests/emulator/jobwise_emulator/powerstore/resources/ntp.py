# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Time servers: ``ntp`` and, since 4.1, ``ntp_server`` are two views of one list (PowerStore REST 4.1)."""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused, invalid

KIND = "ntp_server"
MOST = 3
KEY = ("key_id", "authentication_key", "hash_function")


def spread(world: ApplianceState, settings: Json) -> None:
    """Make the servers those of the setting's addresses."""
    if KIND not in world.catalog.types:
        return
    wanted = settings["addresses"] or []
    have = {server["address"]: server for server in world.store.all(KIND)}
    for address in [address for address in have if address not in wanted]:
        world.store.remove(KIND, have[address]["id"])
    for address in [address for address in wanted if address not in have]:
        world.store.add(KIND, world.new(KIND, address=address))


def gather(call: Call, entry: Json) -> None:
    """Make the setting's addresses those of the servers."""
    addresses = [server["address"] for server in call.world.store.all(KIND)]
    for settings in call.world.store.all("ntp"):
        settings["addresses"] = addresses


def check_key(call: Call) -> None:
    """400 for a part of an authentication key without the others; a key that is null clears all of them."""
    given = [name for name in KEY if call.body.get(name) is not None]
    if given and len(given) < len(KEY):
        raise invalid(f"{', '.join(KEY)} can only be given together.", *given)


def check_new(call: Call) -> None:
    """422 for one server too many."""
    check_key(call)
    if len(call.world.store.all(KIND)) >= MOST:
        raise Refused(422, "0xE0C020010010", f"There can be at most {MOST} time servers.")


def check_last(call: Call) -> None:
    """422 for the only server."""
    if len(call.world.store.all(KIND)) == 1:
        raise Refused(422, "0xE0C020010011", "The last time server cannot be deleted.")


def changed(call: Call, entry: Json) -> None:
    """A key that was cleared leaves nothing behind."""
    if "key_id" in call.body and call.body["key_id"] is None:
        entry.update({"hash_function": None, "@authentication_key": None})
    gather(call, entry)


RULES = {
    "ntp": Rules(after={"modify": lambda call, entry: spread(call.world, entry)}, complete=spread),
    KIND: Rules(
        before={"create": check_new, "modify": check_key, "delete": check_last},
        after={"create": gather, "modify": changed, "delete": gather},
    ),
}
