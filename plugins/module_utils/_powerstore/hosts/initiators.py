# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the array demands of initiators: the form of a port's name, and CHAP users and passwords.

Source: PowerStore REST API 4.0, host, initiator, chap_config. The characters of a CHAP password and one protocol for
each host are what the vendor's own clients demand before they send anything.
"""

from __future__ import annotations

import re
import typing as t

from ..._engine.data import Json
from ..._engine.options.mistakes import Mistakes
from ..formats import WWN

ISCSI, FC = "iSCSI", "FC"
FORMS = {
    FC: (WWN, "a WWN of 16 hexadecimal digits, with or without colons"),
    ISCSI: (re.compile(r"(iqn|eui|naa)\.\S+", re.IGNORECASE), "an IQN such as iqn.1998-01.com.vmware:esx01"),
    "NVMe": (re.compile(r"nqn\.\S+", re.IGNORECASE), "an NQN such as nqn.2014-08.org.nvmexpress:uuid:..."),
}
FORMS["NVMe_vVol"] = FORMS["NVMe"]
QUOTES = "Put the WWN in quotes, because YAML reads some of them as numbers."
KINDS = ("single", "mutual")
NEEDED = {"Single": ("single",), "Mutual": KINDS}
"""The kinds of CHAP user that a new iSCSI initiator needs, by the cluster's CHAP mode."""
CHARACTERS = "letters, digits and + : ; , / # _ @ * % $ ! ( ) [ ]"
PASSWORD = re.compile(r"[A-Za-z0-9+:;,/#_@*%$!()\[\]]*")


def user_of(kind: str) -> str:
    """Return the option of a CHAP user."""
    return f"chap_{kind}_username"


def password_of(kind: str) -> str:
    """Return the option of a CHAP password."""
    return f"chap_{kind}_password"


CHAP = tuple(name for kind in KINDS for name in (user_of(kind), password_of(kind)))


def check_form(initiators: t.Sequence[Json], mistakes: Mistakes) -> None:
    """Add what is wrong with the options of initiators, whatever the host has. Messages never hold a password."""
    for one in initiators:
        name, protocol = one["port_name"], one.get("port_type")
        form, words = FORMS.get(str(protocol), (None, ""))
        if form is not None and name and not form.fullmatch(name):
            hint = QUOTES if protocol == FC and name.isdecimal() else ""
            mistakes.add(f"initiators: {name} is no {protocol} port name, which is {words}.", hint)
        if protocol is not None and protocol != ISCSI:
            given = [option for option in CHAP if one.get(option) is not None]
            if given:
                mistakes.add(
                    f"initiators of {name}: {' and '.join(given)} can be given only for iSCSI, not {protocol}."
                )
        for option in (password_of(kind) for kind in KINDS):
            if not PASSWORD.fullmatch(one.get(option) or ""):
                mistakes.add(f"initiators of {name}: {option} may contain only {CHARACTERS}.")


def check_chap(given: Json, current: Json, mistakes: Mistakes) -> None:
    """Add what is wrong with the CHAP attributes that an initiator has after the task.

    given: the options. current: the initiator as the host has it, {} for a new one.
    """
    name = given["port_name"]
    after = {**current, **{option: value for option, value in given.items() if value is not None}}
    asked = [option for option in CHAP if given.get(option) is not None]
    if asked and after.get("port_type") != ISCSI:
        mistakes.add(f"initiators of {name}: {' and '.join(asked)} can be given only for iSCSI.")
        return
    for kind in KINDS:
        if given.get(password_of(kind)) is not None and not after.get(user_of(kind)):
            mistakes.add(f"initiators of {name}: {password_of(kind)} needs {user_of(kind)}.")
    if after.get(user_of("mutual")) and not after.get(user_of("single")):
        mistakes.add(f"initiators of {name}: {user_of('mutual')} needs {user_of('single')}.")


def lacking_for(mode: str, initiators: t.Sequence[Json]) -> list[str]:
    """Return a phrase for each new initiator that lacks what the cluster's CHAP mode demands."""
    lines = []
    for one in initiators:
        needed = [name for kind in NEEDED.get(mode, ()) for name in (user_of(kind), password_of(kind))]
        lacking = [name for name in needed if not one.get(name)]
        if one.get("port_type") == ISCSI and lacking:
            lines.append(f"{one['port_name']} lacks {' and '.join(lacking)}")
    return lines
