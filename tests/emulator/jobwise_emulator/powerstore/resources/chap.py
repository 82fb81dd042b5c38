# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""CHAP users and passwords of initiators.

Source: PowerStore REST 4.0, initiator_create_modify, update_initiator_in_host, chap_config. The characters of a
password and what needs what come from Dell's own clients.
"""

from __future__ import annotations

import re

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.resources import names

KINDS = ("single", "mutual")
NEEDED = {"Disabled": (), "Single": ("single",), "Mutual": ("single", "mutual")}
"""The kinds of user and password that an initiator must have, by the cluster's mode."""
PASSWORD = re.compile(r"[A-Za-z0-9+:;,/#_@*%$!()\[\]]+")


def user_of(kind: str) -> str:
    """The attribute of a user's name."""
    return f"chap_{kind}_username"


def password_of(kind: str) -> str:
    """The attribute of a user's password."""
    return f"chap_{kind}_password"


def check(world: ApplianceState, given: Json, present: Json | None) -> None:
    """400 for CHAP attributes that do not go together, or that the mode of the cluster asks for.

    ``present`` is the initiator as it is stored, None for a new one; its users count, its passwords are not known.
    """
    port = given["port_name"]
    after = {**(present or {}), **given}
    asked = [name for kind in KINDS for name in (user_of(kind), password_of(kind)) if given.get(name)]
    if after["port_type"] != "iSCSI":
        if asked:
            raise Refused(400, "0xE0A010010030", f"{asked[0]} is only for iSCSI initiators; {port} is none.", port)
        return
    for kind in KINDS:
        check_pair(given, after, kind)
    if after.get(user_of("mutual")) and not after.get(user_of("single")):
        raise Refused(400, "0xE0A010010032", f"Initiator {port} needs a single CHAP user for a mutual one.", port)
    needed = NEEDED[world.find("chap_config", "0")["mode"]] if present is None else ()
    for name in (name for kind in needed for name in (user_of(kind), password_of(kind))):
        if not after.get(name):
            raise Refused(400, "0xE0A010010034", f"The CHAP mode of the cluster needs {name} for {port}.", name, port)


def check_pair(given: Json, after: Json, kind: str) -> None:
    """A user's name is printable; a password has its user and allowed characters."""
    names.printable(given.get(user_of(kind)) or "", user_of(kind))
    password = given.get(password_of(kind))
    if password and not after.get(user_of(kind)):
        raise Refused(400, "0xE0A010010031", f"{password_of(kind)} needs {user_of(kind)}.", password_of(kind))
    if password and not PASSWORD.fullmatch(password):
        text = f"{password_of(kind)} contains characters that are not allowed."
        raise Refused(400, "0xE0A010010033", text, password_of(kind))
