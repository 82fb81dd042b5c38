# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""File events publishers.

Source: PowerStore REST 4.0, file_events_publisher. Guesses: a new one is disabled, as a create cannot enable it; 422
for an enabled one without a pool.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused

POOLS, IDS = "@file_events_pools", "file_events_pool_ids"


def check(call: Call) -> None:
    """An enabled one has a pool."""
    entry, body = call.target, call.body
    pools = body[IDS] if IDS in body else entry.get(POOLS)
    if body.get("is_enabled", entry.get("is_enabled")) and not pools:
        raise Refused(422, "0xE080101E0001", "An enabled file events publisher needs a file events pool.")


def complete(world: ApplianceState, entry: Json) -> None:
    """Disabled at first, and events are kept while no server answers (PostEventPolicyEnum)."""
    entry["is_enabled"] = bool(entry["is_enabled"])
    entry["post_event_policy"] = entry["post_event_policy"] or "Accumulate"


RULES = {"file_events_publisher": Rules(complete=complete, before={"create": check, "modify": check})}
