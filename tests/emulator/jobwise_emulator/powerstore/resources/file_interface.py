# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Interfaces of NAS servers: names that the array makes up, and addresses that fit each other.

Source: PowerStore REST 4.0, file_interface; names as in samples of Dell's modules. That the array refuses a gateway
outside of the network, and an address that another interface has, with 422 is a guess.
"""

from __future__ import annotations

import ipaddress
import uuid

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused, invalid
from jobwise_emulator.powerstore.resources.file_services import keep_source, not_at_destination
from jobwise_emulator.powerstore.resources.nas_server import PREFERRED

OVERRIDDEN = ("ip_address", "prefix_length", "gateway", "vlan_id", "ip_port_id")
CODE = "0xE08010040001"
at_destination = not_at_destination(*OVERRIDDEN)


def check(call: Call) -> None:
    """An address of its own, with a prefix and a gateway that fit it."""
    at_destination(call)
    if call.body.get("role") == "System":
        raise invalid("The role System cannot be given.", "role")
    check_addresses(call, "file_interface")


def check_addresses(call: Call, kind: str) -> None:
    """An address that no other interface of the type has, with a prefix and a gateway that fit it."""
    wanted = {**call.target, **call.body}
    address = parsed(wanted["ip_address"])
    if wanted["prefix_length"] > address.max_prefixlen:
        raise invalid(f"prefix_length must be at most {address.max_prefixlen}.", str(wanted["prefix_length"]))
    others = (one for one in call.world.store.all(kind) if one["id"] != call.target.get("id"))
    if any(parsed(one["ip_address"]) == address for one in others):
        raise Refused(422, CODE, f"The address {address} is used by another interface.", str(address))
    gateway = wanted.get("gateway")
    if gateway:
        network = ipaddress.ip_network(f"{address}/{wanted['prefix_length']}", strict=False)
        if parsed(gateway) not in network:
            raise Refused(422, CODE, f"The gateway {gateway} is not in the network {network}.", gateway)


def parsed(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """An address; 400 for another text."""
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        raise invalid(f"{text} is no IPv4 or IPv6 address.", text) from None


def complete(world: ApplianceState, entry: Json) -> None:
    """A name made up by the array, and addresses as it shows them."""
    entry["role"] = entry["role"] or "Production"
    number = len(world.store.all("file_interface")) + 1
    prefix = {"Production": "PROD", "Backup": "BACKUP"}.get(entry["role"], "SYSTEM")
    made_up = uuid.uuid5(uuid.NAMESPACE_URL, str(entry["ip_address"])).hex[:12]
    entry["name"] = entry["name"] or f"{prefix}{number:03}_{made_up}_{number}"
    shown(entry)


def shown(entry: Json) -> None:
    """Addresses as the array shows them; no gateway is null."""
    entry["ip_address"] = str(parsed(entry["ip_address"]))
    entry["gateway"] = str(parsed(entry["gateway"])) if entry["gateway"] else None


def after_modify(call: Call, entry: Json) -> None:
    """The effect of other addresses."""
    shown(entry)
    keep_source(*OVERRIDDEN)(call, entry)


def forget(call: Call, gone: Json) -> None:
    """The NAS server no longer prefers an interface that is gone."""
    server = call.world.store.get("nas_server", gone["nas_server_id"]) or {}
    server.update({name: None for name in PREFERRED if server.get(name) == gone["id"]})


RULES = {
    "file_interface": Rules(
        complete=complete,
        before={"create": check, "modify": check, "delete": at_destination},
        after={"modify": after_modify, "delete": forget},
    )
}
