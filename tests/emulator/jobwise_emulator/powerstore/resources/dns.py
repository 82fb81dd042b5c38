# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The name servers of the array.

Source: PowerStore REST 4.0, dns, dns_modify. How many addresses there may be is in the schema.
"""

from __future__ import annotations

import ipaddress

from jobwise_emulator.powerstore.appliance_state import Call, Rules
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.jobs import Effect


def modify(call: Call) -> Effect:
    """Other name servers: IPv4 or IPv6 addresses, none of them twice."""
    seen = set()
    for text in call.body["addresses"]:
        try:
            address = ipaddress.ip_address(text)
        except ValueError:
            raise Refused(400, "0xE0A0E0020001", f"{text} is no IPv4 or IPv6 address.", text) from None
        if address in seen:
            raise Refused(400, "0xE0A0E0020002", f"The address {text} is given more than once.", text)
        seen.add(address)
    return lambda: call.target.update(addresses=list(call.body["addresses"]))


RULES = {"dns": Rules({"modify": modify})}
