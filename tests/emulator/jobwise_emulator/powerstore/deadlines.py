# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Objects that go at a certain time: snapshots at their expiry, and what is in the recycle bin."""

from __future__ import annotations

import heapq

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.query_language.comparison import instant
from jobwise_emulator.powerstore.store import Store


class Deadlines:
    """The times at which objects go, soonest first. A time that was changed meanwhile is left out when it comes."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.times: list[tuple[float, str, str]] = []
        store.watch("recycle_bin", "expiration_timestamp", self.note)
        for kind in ("volume", "volume_group"):
            store.watch(kind, "protection_data", self.note)

    def note(self, kind: str, entry: Json) -> None:
        """Remember the time of an object that was stored or changed."""
        ends = end_of(kind, entry)
        if ends is not None:
            heapq.heappush(self.times, (ends, kind, entry["id"]))

    def due(self, now: float) -> list[tuple[str, str]]:
        """Type and id of each object whose time has come."""
        found = []
        while self.times and self.times[0][0] <= now:
            dummy, kind, key = heapq.heappop(self.times)
            entry = self.store.get(kind, key)
            ends = None if entry is None else end_of(kind, entry)
            if ends is not None and ends <= now:
                found.append((kind, key))
        return found


def end_of(kind: str, entry: Json) -> float | None:
    """When an object goes, in seconds since the epoch; None for one that stays."""
    holder = entry if kind == "recycle_bin" else (entry.get("protection_data") or {})
    if kind != "recycle_bin" and entry.get("type") != "Snapshot":
        return None
    moment = instant(holder.get("expiration_timestamp"))
    return None if moment is None else moment.timestamp()
