# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""FTP and SFTP of NAS servers: texts, audit files, and those who are allowed or denied.

Source: PowerStore REST 4.0, file_ftp (create, modify). Which status refuses too much space in the root is a guess. That
a directory exists is not checked: this array has no directories.
"""

from __future__ import annotations

import ipaddress

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused, invalid
from jobwise_emulator.powerstore.resources.file_services import not_at_destination

ROOT, LARGEST_IN_ROOT = "/", 5 * 1024**2
LONGEST_TEXT, LONGEST_LINE = 511, 80
MESSAGES = ("welcome_message", "message_of_the_day")
at_destination = not_at_destination()


def complete(world: ApplianceState, ftp: Json) -> None:
    """Audit files are in the root unless a client said otherwise."""
    shown(ftp)
    ftp["audit_max_size"] = ftp["audit_max_size"] or LARGEST_IN_ROOT


def shown(ftp: Json) -> None:
    """What is empty is null, and no directory means the root."""
    ftp["audit_dir"] = ftp["audit_dir"] or ROOT
    for name in (*MESSAGES, "default_homedir"):
        ftp[name] = ftp[name] or None


def check(call: Call) -> None:
    """Texts count in bytes, hosts are addresses or networks, and the root is small."""
    at_destination(call)
    body = call.body
    for name in (*MESSAGES, "default_homedir", "audit_dir"):
        text = body.get(name) or ""
        longest = max((len(line.encode()) for line in text.splitlines()), default=0) if name in MESSAGES else 0
        if len(text.encode()) > LONGEST_TEXT or longest > LONGEST_LINE:
            raise invalid(f"{name} is too long.", name)
    for name in ("hosts", "add_hosts", "remove_hosts"):
        for host in body.get(name) or ():
            check_host(host)
    left = {**call.target, **body}
    if (left.get("audit_dir") or ROOT) == ROOT and (left.get("audit_max_size") or 0) > LARGEST_IN_ROOT:
        raise Refused(422, "0xE080101A0001", "audit_max_size must not be above 5 MB in the directory /.")


def check_host(text: str) -> None:
    """400 for what is neither an IP address nor a subnet."""
    try:
        ipaddress.ip_network(text, strict=False)
    except ValueError:
        raise invalid(f"{text} is no IP address.", text) from None


RULES = {
    "file_ftp": Rules(
        complete=complete,
        before={"create": check, "modify": check, "delete": at_destination},
        after={"modify": lambda call, ftp: shown(ftp)},
    )
}
