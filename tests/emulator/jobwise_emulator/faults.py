# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults that tests order: which exchange is hit, after how many, how often, and with what."""

from __future__ import annotations

from collections.abc import Callable
from fnmatch import fnmatchcase
from typing import Any

from jobwise_emulator.exchange import Json, Request
from jobwise_emulator.platforms import OrderError

KINDS = (
    "refuse",
    "reset_before",
    "lost_reply",
    "expire_session",
    "forbid",
    "status",
    "echo",
    "job_fail",
    "job_slow",
    "job_hang",
    "delay",
    "truncate",
)
NEEDED = {"refuse": "seconds", "delay": "seconds", "job_slow": "seconds", "status": "status"}
KNOWN_KEYS = {
    *("method", "path", "action", "query", "after", "times", "fault"),
    *("seconds", "status", "body", "content_type", "headers", "percent", "messages", "state", "job"),
    *("name", "words"),
}
NO_JOBS = (["logout"], ["login-sessions"])
"""What starts no job that a fault could let fail."""


class Faults:
    """The armed faults, in the order they were given; the first that matches is used."""

    def __init__(
        self, prefix: str | tuple[str, ...], name_of: Callable[[Request], str | None] = lambda dummy: None
    ) -> None:
        self.name_of = name_of
        prefixes = (prefix,) if isinstance(prefix, str) else prefix
        self.prefixes = [one.strip("/").split("/") for one in prefixes]
        self.armed: list[Json] = []
        self.fired: list[Json] = []

    def arm(self, order: Json) -> Json:
        """Take an order after checking it; the answer is the order with its defaults filled in."""
        unknown = set(order) - KNOWN_KEYS
        kind = order.get("fault")
        if unknown:
            raise OrderError(f"unknown keys in the fault order: {', '.join(sorted(unknown))}")
        if kind not in KINDS:
            raise OrderError(f"fault must be one of {', '.join(KINDS)}, not {kind!r}")
        if kind in NEEDED and NEEDED[kind] not in order:
            raise OrderError(f"fault {kind} needs {NEEDED[kind]}")
        fault = {"method": "*", "path": "*", "after": 0, "times": 1, "seen": 0, "fired": 0, **order}
        self.armed.append(fault)
        return fault

    def match(self, request: Request) -> Json | None:
        """The fault that hits this exchange, if any; it is counted as fired."""
        parts = self.inner(request.segments)
        for fault in self.armed:
            if fault["times"] and fault["fired"] >= fault["times"]:
                continue
            if not matches(fault, request.method, parts, dict(request.query)) or not self.has_name(fault, request):
                continue
            fault["seen"] += 1
            if fault["seen"] <= fault["after"]:
                continue
            fault["fired"] += 1
            note = {"fault": fault["fault"], "method": request.method, "path": request.path}
            if "words" in fault:
                note["words"] = fault["words"]
            self.fired.append(note)
            return fault
        return None

    def has_name(self, fault: Json, request: Request) -> bool:
        """Whether a request is about an object with the name that the fault gives, a glob."""
        return "name" not in fault or fnmatchcase(self.name_of(request) or "", str(fault["name"]))

    def inner(self, segments: list[str]) -> list[str]:
        """The path below the API's prefix; all of it for a path elsewhere."""
        found = (segments[len(prefix) :] for prefix in self.prefixes if segments[: len(prefix)] == prefix)
        return next(found, segments)

    def report(self) -> Json:
        """Armed faults that can still fire, and the exchanges that were hit."""
        return {
            "armed": [fault for fault in self.armed if not fault["times"] or fault["fired"] < fault["times"]],
            "fired": self.fired,
        }

    def clear(self) -> None:
        """Disarm everything and forget what fired."""
        self.armed.clear()
        self.fired.clear()


def matches(fault: Json, method: str, parts: list[str], query: dict[str, Any]) -> bool:
    """Whether a request is one the fault is meant for.

    ``path`` is a glob on what follows the API's prefix, or a list of them. With ``action`` the last path segment must
    be that action and ``path`` is held against the rest.
    """
    if not fnmatchcase(method, str(fault["method"]).upper()):
        return False
    if fault["fault"].startswith("job_") and (method == "GET" or parts[-1:] in NO_JOBS):
        return False
    if "action" in fault:
        if len(parts) < 2 or parts[-1] != fault["action"]:
            return False
        parts = parts[:-1]
    globs = fault["path"] if isinstance(fault["path"], list) else [str(fault["path"])]
    if not any(fnmatchcase("/".join(parts), one) for one in globs):
        return False
    wanted: Json = fault.get("query") or {}
    return all(name in query and fnmatchcase(query[name], str(pattern)) for name, pattern in wanted.items())
