# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Interfaces of NAS servers: addresses that fit each other. Source: PowerStore REST API 4.0, file_interface."""

from __future__ import annotations

import ipaddress

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.mistakes import UNTOUCHED
from ..._engine.planning.plan import Plan
from ..table_handler import Check
from .services import ServiceHandler

ADDRESS, PREFIX, GATEWAY = "ip_address", "prefix_length", "gateway"


class InterfaceHandler(ServiceHandler):
    """An interface of a NAS server."""

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (*super().checks(), check_addresses)


def check_addresses(current: Json | None, plan: Plan) -> None:
    """Raise InputError for a prefix that the address cannot have, and for a gateway outside of its network."""
    writes = [step.body or {} for step in plan.requests if step.action != "delete"]
    if not writes or not {ADDRESS, PREFIX, GATEWAY} & set(writes[0]):
        return
    wanted = {**(current or {}), **writes[0]}
    address = ipaddress.ip_address(wanted[ADDRESS])
    if wanted[PREFIX] > address.max_prefixlen:
        raise InputError(
            f"{PREFIX} {wanted[PREFIX]} is too long: an IPv{address.version} address such as {address} has "
            f"{address.max_prefixlen} bits.",
            hint=UNTOUCHED,
        )
    network = ipaddress.ip_network(f"{address}/{wanted[PREFIX]}", strict=False)
    gateway = wanted.get(GATEWAY)
    if not gateway:
        return
    if ipaddress.ip_address(gateway) not in network:
        raise InputError(
            f"{GATEWAY} {gateway} is not in the network of the interface, {network}.",
            hint=f"Give a {GATEWAY} of this network. {UNTOUCHED}",
        )
    if ipaddress.ip_address(gateway) == address:
        raise InputError(f"{GATEWAY} {gateway} is the address of the interface itself.", hint=UNTOUCHED)
