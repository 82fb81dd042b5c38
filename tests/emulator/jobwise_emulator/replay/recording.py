# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The exchanges of a recording, as the modules write them when JOBWISE_RECORD is set."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from jobwise_emulator.exchange import Json
from jobwise_emulator.platforms import OrderError

FORMAT = 1
HIDDEN = "********"
PREFIXES = {"/api/rest/": "powerstore", "/rest/": "oneview", "/api/": "ontap_select"}
IDS = re.compile(r"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f-]{17,22}|[0-9A-F]{20,}|\d+")
"""What is an id in a path, beside those at the place of one."""

KEYS = re.compile(r"private_?key|passphrase|certificate", re.IGNORECASE)


@dataclasses.dataclass(frozen=True)
class Exchange:
    """One line of a recording. ``number``: that of the line. ``entry``: what it holds."""

    number: int
    entry: Json

    @property
    def method(self) -> str:
        """The method of the request."""
        return str(self.entry["method"])

    @property
    def path(self) -> str:
        """The path, percent-encoded."""
        return str(self.entry["path"])

    @property
    def platform(self) -> str:
        """Which appliance has such paths, empty for an unknown one."""
        return next((name for prefix, name in PREFIXES.items() if self.path.startswith(prefix)), "")

    @property
    def appliance(self) -> str:
        """What tells the appliances of a recording apart."""
        return str(self.entry.get("appliance", ""))

    @property
    def status(self) -> int | None:
        """The status of the answer, None if none came."""
        return self.entry.get("status")

    @property
    def response(self) -> Any:
        """The body of the answer, if it was JSON."""
        return self.entry.get("response")

    @property
    def seconds_since_1970(self) -> float:
        """When it was."""
        return datetime.fromisoformat(str(self.entry["time"]).replace("Z", "+00:00")).timestamp()

    @property
    def route(self) -> str:
        """The request without what changes from object to object."""
        parts = self.path.split("/")
        if self.platform == "powerstore" and len(parts) > 4:
            parts[4] = "{id}"
        return f"{self.method} " + "/".join("{id}" if IDS.fullmatch(part) else part for part in parts)

    def why_not(self) -> str:
        """Why it cannot be replayed, empty if it can."""
        if self.entry.get("download"):
            return "a download"
        if self.entry.get("files"):
            return "an upload"
        if self.status == 401:
            return "a refused login or an expired session"
        if self.status is None and self.method == "GET":
            return "a read without an answer"
        if self.entry.get("cut") and self.method != "GET" and self.entry.get("request") is None:
            return "a request that was too long for the recording"
        if lacks_key(self.entry.get("request")):
            return "a request whose private key is not in the recording"
        return ""


def lacks_key(body: Any) -> bool:
    """Whether a body holds a key that was removed, without which it makes no sense."""
    if isinstance(body, dict):
        return any((value == HIDDEN and KEYS.search(name)) or lacks_key(value) for name, value in body.items())
    return isinstance(body, list) and any(map(lacks_key, body))


def exchanges_of(path: Path) -> Iterator[Exchange]:
    """The exchanges in a file; raises ``OrderError`` if it is no recording."""
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                entry = json.loads(line)
            except ValueError:
                raise OrderError(f"line {number} of {path.name} is not JSON, so it is no recording") from None
            if not isinstance(entry, dict) or "record" not in entry or "method" not in entry or "path" not in entry:
                raise OrderError(f"line {number} of {path.name} is not an exchange that the modules have recorded")
            if entry["record"] != FORMAT:
                raise OrderError(f"line {number} of {path.name} has format {entry['record']}; {FORMAT} is known")
            yield Exchange(number, entry)
