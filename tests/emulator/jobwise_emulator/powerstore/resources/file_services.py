# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What interfaces and services of NAS servers have in common.

Source: PowerStore REST 4.0, nas_server (is_production_mode_enabled), file_interface, file_dns, file_ldap and file_nis
(is_destination_override_enabled, source_parameters). That the destination of a replication refuses other changes with
422 is a guess from these texts.
"""

from __future__ import annotations

import ipaddress
import re
from typing import Any

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import Before, Call
from jobwise_emulator.powerstore.errors import Refused, invalid

NAME = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9])?", re.IGNORECASE)
OVERRIDE = "is_destination_override_enabled"
CODE = "0xE08010050001"


def not_at_destination(*overridden: str) -> Before:
    """A check that only these attributes change at the destination of a replication, and only if they may differ."""

    def check(call: Call) -> None:
        entry, body = call.target, call.body
        server = call.world.find("nas_server", str(entry.get("nas_server_id") or body.get("nas_server_id")))
        if server.get("is_production_mode_enabled") is not False:
            return
        may_differ = body.get(OVERRIDE, entry.get(OVERRIDE))
        if not (entry and body) or set(body) - {OVERRIDE, *(overridden if may_differ else ())}:
            text = f"The NAS server {server['name']} is the destination of a replication."
            raise Refused(422, CODE, text, str(server["name"]))

    return check


def checked_servers(name: str) -> Before:
    """A check of a list of servers: at least one address, and only what the destination of a replication may change."""
    at_destination = not_at_destination(name)

    def check(call: Call) -> None:
        at_destination(call)
        if call.body.get(name) == []:
            raise invalid(f"{name} must not be empty.", name)
        for listed in (name, f"add_{name}"):
            addresses(call.body.get(listed), listed)

    return check


def keep_source(*overridden: str) -> Any:
    """An effect: while addresses differ from those of the source, source_parameters has these; null otherwise."""

    def effect(call: Call, entry: Json) -> None:
        if OVERRIDE not in call.body:
            return
        source = entry.get("source_parameters")
        if call.body[OVERRIDE] and source is None:
            kept = entry.get("@source") or {name: entry.get(name) for name in overridden}
            entry["source_parameters"] = kept
        elif not call.body[OVERRIDE] and source is not None:
            entry.update({**source, "source_parameters": None})

    return effect


def addresses(texts: Any, name: str) -> None:
    """400 for what is no IP address, and for one that is given twice (uniqueItems of the lists)."""
    seen = set()
    for text in texts or ():
        try:
            address = ipaddress.ip_address(text)
        except ValueError:
            raise invalid(f"{text} in {name} is no IPv4 or IPv6 address.", str(text)) from None
        if address in seen:
            raise invalid(f"{text} is more than once in {name}.", str(text))
        seen.add(address)


def servers(texts: Any, name: str) -> None:
    """400 for what is neither an IP address nor the name of a host."""
    for text in texts or ():
        if not NAME.fullmatch(text):
            addresses([text], name)
