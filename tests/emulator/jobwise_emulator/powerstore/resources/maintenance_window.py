# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Maintenance windows: an offset from now becomes the time of the end (PowerStore REST 4.0, maintenance_window)."""

from __future__ import annotations

from jobwise_emulator.clock import iso
from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import Call, Rules
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.query_language.comparison import instant


def check(call: Call) -> None:
    """A window is opened with its length; an open one can be made longer, not shorter."""
    offset, ends = call.body.get("end_offset"), instant(call.target["end_time"])
    if call.body.get("is_enabled") and offset is None:
        raise Refused(422, "0xE0C040010010", "end_offset is required to open a maintenance window.")
    opened = call.target["is_enabled"] and ends is not None and ends.timestamp() > call.world.clock.now()
    if offset is not None and opened and ends is not None and call.world.clock.now() + offset < ends.timestamp():
        raise Refused(422, "0xE0C040010011", "A maintenance window can be extended, but not reduced.")


def write(call: Call, window: Json) -> None:
    """When the window ends; a closed one has no end."""
    if call.body.get("end_offset") is not None:
        window["end_time"] = iso(call.world.clock.now() + call.body["end_offset"])
    if not window["is_enabled"]:
        window["end_time"] = None
    window.pop("@end_offset", None)


RULES = {"maintenance_window": Rules(before={"modify": check}, after={"modify": write})}
