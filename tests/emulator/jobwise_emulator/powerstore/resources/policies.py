# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Policy references in the bodies of volumes and volume groups."""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState
from jobwise_emulator.powerstore.errors import Refused

SLOTS = {
    "protection_policy_id": "Protection",
    "performance_policy_id": "Performance",
    "qos_performance_policy_id": "QoS",
}


def check_policies(world: ApplianceState, body: Json) -> None:
    """Each policy in a body must exist (404) and be of the slot's kind (422); empty means none."""
    for slot, kind in SLOTS.items():
        if body.get(slot):
            policy = world.find("policy", body[slot])
            if policy["type"] != kind:
                text = f"Policy {policy['name']} is of type {policy['type']}; {slot} takes a policy of type {kind}."
                raise Refused(422, "0xE0A090010010", text, policy["name"])


def chosen(body: Json) -> Json:
    """The policy attributes of a body as they are stored: empty ones as None."""
    return {slot: body[slot] or None for slot in SLOTS if slot in body}
