# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names: characters that are refused, uniqueness without regard to case, and names made up by the array."""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState
from jobwise_emulator.powerstore.errors import Refused

# The documents forbid "special HTTP characters" in group names without listing them; see README.
SPECIAL = set('<>"`\\/{}?#%&=@')
MAXIMUM = 128


def printable(text: str, what: str) -> None:
    """400 for a character that cannot be printed."""
    if not text.isprintable():
        raise Refused(400, "0xE0A020010001", f"The {what} contains unprintable characters.", text)


def visible(name: str) -> None:
    """400 for a name with a character that cannot be printed, or with nothing but blanks."""
    printable(name, "name")
    if not name.strip():
        raise Refused(400, "0xE0A020010002", "The name must not be blank.", name)


def plain(name: str) -> None:
    """400 for characters a volume group's name must not have."""
    visible(name)
    found = "".join(sorted(SPECIAL & set(name)))
    if found:
        raise Refused(400, "0xE0A020010003", f"The name {name} contains characters that are not allowed: {found}", name)


def others(world: ApplianceState, kind: str, name: str, own: str | None = None) -> list[Json]:
    """Objects of a type that have this name already, ignoring case, except the one that wants it.

    Those in the recycle bin count, unless the setting ``bin_keeps_names`` is off.
    """
    found = world.store.named(kind, name)
    if world.settings["bin_keeps_names"]:
        items = world.store.like("recycle_bin", "@names", name)
        held = [one for item in items for one in item["@held"]]
        found += [entry for other, entry in held if other == kind and entry["name"].casefold() == name.casefold()]
    return [entry for entry in found if entry["id"] != own]


def made_up(world: ApplianceState, kind: str, wanted: str) -> str:
    """``wanted``, cut to length and with a number added if somebody has that name."""
    name, count = wanted[:MAXIMUM], 1
    while others(world, kind, name):
        count += 1
        ending = f".{count}"
        name = wanted[: MAXIMUM - len(ending)] + ending
    return name
