# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Routes of interfaces: addresses that fit each other, and the interface.

Source: PowerStore REST API 4.0, file_interface_route (destination, prefix_length). The array takes a gateway that the
interface cannot reach; the route then does not work (FileInterfaceRouteOperationalStatusEnum).
"""

from __future__ import annotations

import ipaddress
import typing as t

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.mistakes import UNTOUCHED, Mistakes
from ..._engine.planning.plan import Plan
from ..table_handler import Check, TableHandler

DESTINATION, PREFIX, GATEWAY, INTERFACE = "destination", "prefix_length", "gateway", "file_interface"

Address = t.Union[ipaddress.IPv4Address, ipaddress.IPv6Address]


class RouteHandler(TableHandler):
    """A route of an interface."""

    def check_input(self, desired: Json, mistakes: Mistakes) -> None:
        """Add a destination that is no host and no network, and a gateway of the other IP version."""
        destination, gateway = parsed(desired.get(DESTINATION)), parsed(desired.get(GATEWAY))
        if destination and (desired.get(PREFIX) or 0) > 0:
            with mistakes.noted():
                check_destination(destination, desired[PREFIX])
        if destination and gateway and destination.version != gateway.version:
            mistakes.add(f"{GATEWAY} {gateway} is no IPv{destination.version} address, as {DESTINATION} is.")

    def fields(self) -> dict[str, tuple[str, ...]]:
        """Return the fields to read, with the network of the interface."""
        fields = super().fields()
        fields[INTERFACE] = ("id", "ip_address", PREFIX)
        return fields

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (self.check_interface,)

    def check_interface(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for a route that the interface cannot take."""
        writes = [step.body or {} for step in plan.requests if step.action != "delete"]
        interface = t.cast("Json | None", current[INTERFACE] if current else self.row_of(INTERFACE))
        if not writes or not interface:
            return
        address = ipaddress.ip_address(interface.get("ip_address") or interface["name"])
        wanted = {**(current or {}), **writes[0]}
        if ipaddress.ip_address(wanted[DESTINATION]).version != address.version:
            raise InputError(
                f"{DESTINATION} {wanted[DESTINATION]} cannot be reached through {INTERFACE} {address}: one is an IPv4 "
                "address, the other an IPv6 address.",
                hint=UNTOUCHED,
            )
        network = ipaddress.ip_network(f"{address}/{interface[PREFIX]}", strict=False)
        if wanted.get(GATEWAY) and ipaddress.ip_address(wanted[GATEWAY]) not in network:
            raise InputError(
                f"{GATEWAY} {wanted[GATEWAY]} is not in the network of {INTERFACE} {address}, {network}.",
                hint=UNTOUCHED,
            )


def parsed(text: str | None) -> Address | None:
    """Return an address, None for other texts: the table has a message for these."""
    try:
        return ipaddress.ip_address(text or "")
    except ValueError:
        return None


def check_destination(address: Address, prefix: int) -> None:
    """Raise InputError for a prefix that an address cannot have, and for a network with bits of a host."""
    if prefix > address.max_prefixlen:
        raise InputError(
            f"{PREFIX} {prefix} is too long: an IPv{address.version} address has {address.max_prefixlen} bits."
        )
    network = ipaddress.ip_network(f"{address}/{prefix}", strict=False)
    if network.network_address != address:
        raise InputError(
            f"{DESTINATION} {address} with {PREFIX} {prefix} is neither a host nor a network.",
            hint=f"Give {DESTINATION}: {network.network_address} for the network, or {PREFIX}: {address.max_prefixlen} "
            "for the host.",
        )
