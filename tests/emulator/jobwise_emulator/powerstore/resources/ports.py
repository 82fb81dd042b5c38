# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Speeds of Ethernet and FC ports (PowerStore REST 4.0, eth_port, fc_port: modify, partner_id, supported_speeds).

The texts name no error for a speed that a port does not have; that it is 422, and that every port takes Auto, are
assumptions. The partner on the other node gets the same speed if it has it, and otherwise stays as it is.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import Call, Rules
from jobwise_emulator.powerstore.errors import Refused

AUTO = "Auto"


def has(port: Json, speed: str) -> bool:
    """Whether a port can be set to a speed."""
    return speed == AUTO or speed in (port.get("supported_speeds") or ())


def check_speed(call: Call) -> None:
    """422 for a speed that the port does not have."""
    port, speed = call.target, call.body["requested_speed"]
    if not has(port, speed):
        raise Refused(422, "0xE0C010020010", f"Port {port['name']} does not support {speed}.", port["name"])


def rules_of(kind: str) -> Rules:
    """The rules of one type of ports."""

    def set_partner(call: Call, port: Json) -> None:
        """The partner gets the same speed. A port whose link is up takes it at once."""
        speed = port["requested_speed"]
        partner = call.world.store.get(kind, str(port.get("partner_id")))
        for one in (port, *([partner] if partner and has(partner, speed) else [])):
            one["requested_speed"] = speed
            speeds = one.get("supported_speeds") or ()
            if one.get("is_link_up") and speeds:
                one["current_speed"] = speeds[-1] if speed == AUTO else speed

    return Rules(before={"modify": check_speed}, after={"modify": set_partner})


RULES = {kind: rules_of(kind) for kind in ("eth_port", "fc_port")}
