# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The record of exchanges: in memory for ``GET /_emulator/requests``, and as JSON lines in the journal file."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from jobwise_emulator.exchange import Json, Reply, Request

# Exchanges whose reply did not come from the appliance say nothing about it, so the journal file leaves them out.
NOT_IN_JOURNAL = {"status", "echo", "truncate", "reset_before"}


class Record:
    """All exchanges since the start or the last reset; the journal file is only ever appended to."""

    def __init__(self, journal: Path | None) -> None:
        self.entries: list[Json] = []
        self.file: TextIO | None = journal.open("a", encoding="utf-8") if journal else None

    def add(self, request: Request, body: Any, reply: Reply | None, now: str) -> None:
        """Note one exchange. ``body`` is the redacted request body; ``reply`` is None when nothing was answered."""
        fault = request.fault["fault"] if request.fault else None
        entry: Json = {
            "method": request.method,
            "path": request.path,
            "query": dict(request.query),
            "request": body,
            "status": reply.status if reply else None,
            "connection": request.connection,
            "session": request.session,
            "user": request.user,
            "fault": fault,
            "time": now,
        }
        self.entries.append(entry)
        if self.file and reply and fault not in NOT_IN_JOURNAL:
            line = {key: value for key, value in entry.items() if key != "fault" or value}
            line["response"] = reply.body
            self.file.write(json.dumps(line) + "\n")
            self.file.flush()

    def connections(self) -> int:
        """Number of distinct TLS connections that carried at least one exchange."""
        return len({entry["connection"] for entry in self.entries})

    def seconds(self) -> float:
        """The time from the first exchange to the last one."""
        times = [datetime.fromisoformat(self.entries[place]["time"]) for place in (0, -1) if self.entries]
        return (times[1] - times[0]).total_seconds() if times else 0.0

    def clear(self) -> None:
        """Forget the exchanges (the journal file stays)."""
        self.entries.clear()
