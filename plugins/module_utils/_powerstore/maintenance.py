# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Maintenance windows: how long an open one must last.

A request has an offset from now, and a window as read the time of its end, so two runs of a task never say the same. An
open window stays as it is, unless it ends too early for the task. Source: PowerStore REST API 4.1, maintenance_window.
"""

from __future__ import annotations

from .._engine.data import Json
from .._engine.errors import InputError
from .._engine.options.mistakes import UNTOUCHED, Mistakes
from .._engine.planning.plan import Plan
from .._engine.text.words import sentence
from .table_handler import Check, TableHandler
from .timestamps import instant

MARGIN = 60
"""Seconds that a new window must last longer than the least that the task wants: it is read some seconds later."""


class WindowHandler(TableHandler):
    """The maintenance window of an appliance."""

    def check_input(self, desired: Json, mistakes: Mistakes) -> None:
        """Refuse lengths with which every run would extend the window."""
        least, length = desired.get("at_least"), desired.get("end_offset")
        with mistakes.noted():
            if length == 0:
                raise InputError("end_offset: 0 opens no window.", hint="To close one, give is_enabled: false.")
        with mistakes.noted():
            most = max((length or 0) - MARGIN, 0)
            if least is not None and length is not None and not 0 <= least <= most:
                raise InputError(
                    f"at_least takes at most {most} here, end_offset less {MARGIN} seconds, not {least}.",
                    hint="A window that is no longer than that would have to be extended by every run.",
                )

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (self._check_length,)

    def _check_length(self, dummy_current: Json | None, plan: Plan) -> None:
        """Raise InputError for a window that would be opened for no time: the array demands its length."""
        if any((step.body or {}).get("is_enabled") and "end_offset" not in (step.body or {}) for step in plan.requests):
            raise InputError(f"{sentence(self.label)} is closed: to open it, give end_offset, too.", hint=UNTOUCHED)

    def fields(self) -> dict[str, tuple[str, ...]]:
        """Return the fields to read. The array returns no offset."""
        return {name: inner for name, inner in super().fields().items() if name != "end_offset"}

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the window with the length that it has for the task: the task's own if it lasts long enough."""
        current = super().read(object_id)
        if current is None or (self.desired.get("is_enabled") is None and self.desired.get("end_offset") is None):
            return current
        left = self._seconds_left(current)
        current["is_enabled"] = left > 0
        lasts = left > 0 and left >= (self.desired.get("at_least") or 0)
        current["end_offset"] = (self.desired.get("end_offset") or int(left) + 1) if lasts else None
        return current

    def _seconds_left(self, current: Json) -> float:
        """Return for how long a window stays open, by the clock of the array; 0 for a closed one."""
        if not current.get("is_enabled") or not current.get("end_time"):
            return 0
        clocks = self.client.query("cluster", {"select": "system_time"})
        now = next((str(one["system_time"]) for one in clocks if one.get("system_time")), None)
        if now is None:
            return 0
        return (instant(str(current["end_time"]), "end_time") - instant(now, "system_time")).total_seconds()
