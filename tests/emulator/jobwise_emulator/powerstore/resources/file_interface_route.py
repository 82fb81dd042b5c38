# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Routes of interfaces of NAS servers.

Source: PowerStore REST 4.0, file_interface_route (destination: a host with the longest prefix, or a network), and
FileInterfaceRouteOperationalStatusEnum, from which follows that the array takes a gateway that cannot work, and shows
it. That it refuses with 400 a destination that is neither a host nor a network is a guess.
"""

from __future__ import annotations

import ipaddress

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import invalid
from jobwise_emulator.powerstore.resources.file_interface import parsed


def check(call: Call) -> None:
    """A destination is a host or a network, and a gateway an address."""
    wanted = {**call.target, **call.body}
    destination, prefix = parsed(wanted["destination"]), wanted["prefix_length"]
    if prefix > destination.max_prefixlen:
        raise invalid(f"prefix_length must be at most {destination.max_prefixlen}.", str(prefix))
    if ipaddress.ip_network(f"{destination}/{prefix}", strict=False).network_address != destination:
        raise invalid(f"{destination}/{prefix} is neither a host nor a network.", str(destination))
    if wanted.get("gateway"):
        parsed(wanted["gateway"])


def complete(world: ApplianceState, entry: Json) -> None:
    """Addresses as the array shows them, and whether the route works."""
    entry["destination"] = str(parsed(entry["destination"]))
    entry["gateway"] = str(parsed(entry["gateway"])) if entry["gateway"] else None
    entry["operational_status"] = status(world.find("file_interface", entry["file_interface_id"]), entry)


def status(interface: Json, route: Json) -> str:
    """Whether a route works (FileInterfaceRouteOperationalStatusEnum)."""
    address, gateway = parsed(interface["ip_address"]), route["gateway"]
    if parsed(route["destination"]).version != address.version:
        return "Invalid_IP_Version"
    network = ipaddress.ip_network(f"{address}/{interface['prefix_length']}", strict=False)
    if gateway and parsed(gateway) not in network:
        return "Invalid_Gateway"
    return "Not_Operational" if interface.get("is_disabled") else "Ok"


RULES = {
    "file_interface_route": Rules(
        complete=complete,
        before={"create": check, "modify": check},
        after={"modify": lambda call, entry: complete(call.world, entry)},
    )
}
