# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an appliance has been told to do and what it holds, without what differs between two equal runs."""

from __future__ import annotations

import json
import re
import typing as t

from tests.faults.cuts.appliance import Json, LocalAppliance
from tests.writes import is_write

UUID = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])", re.IGNORECASE
)
TIME = re.compile(r"\d{4}-\d\d-\d\d[T-]\d\d[:-]\d\d[:-]\d\d([.-]\d+)?(Z|[+-]\d\d:?\d\d)?")
RANDOM_SUFFIX = re.compile(r"-[0-9a-f]{12}\b")
"""What OneView appends to the names of objects that it creates by itself."""
VOLATILE = re.compile(
    r"etag|created|modified|timestamp|^_?(time|system_time|state_?changed|last_)|ww[np]n?|^mac$|ns_?id|nguid|serial",
    re.IGNORECASE,
)
"""Attributes that differ between two equal runs, beside ids and times."""


SHOWN = 400
"""How many characters of an object a message shows."""


def accepted_writes(appliance: LocalAppliance, since: int = 0) -> list[str]:
    """Return the writes that the appliance has accepted, in their order: method, path and body in one line each.

    since: how many requests of the record to leave out. Ids of objects that still exist are replaced by their names.
    """
    names = Names(appliance)
    found = []
    for one in appliance.requests()[since:]:
        if is_write(one["method"], one["path"]) and one["status"] < 400:
            body = json.dumps(steady(one["request"]), sort_keys=True)
            found.append(names.instead(f"{one['method']} {one['path']} {body}"))
    return found


class Names:
    """The names of an appliance's objects by their ids.

    The ids of objects that came up later, or that are gone, all become the same word.
    """

    def __init__(self, appliance: LocalAppliance) -> None:
        self.known: dict[str, str] = {}
        for kind, rows in appliance.objects().items():
            for key, row in rows.items():
                found = UUID.findall(key)
                if found:
                    self.known[found[-1].lower()] = f"<{kind} {row.get('name') or ''}>"

    def instead(self, text: str) -> str:
        """Return a text with names instead of ids and without times."""
        text = UUID.sub(lambda match: self.known.get(match.group().lower(), "<gone>"), text)
        return RANDOM_SUFFIX.sub("-<random>", TIME.sub("<time>", text))


def state(appliance: LocalAppliance) -> dict[str, list[str]]:
    """Return all objects by type, each as a line, without what differs between two equal runs."""
    names = Names(appliance)
    return {
        kind: sorted(names.instead(json.dumps(steady(row), sort_keys=True, default=repr)) for row in rows.values())
        for kind, rows in appliance.objects().items()
        if rows
    }


def steady(value: t.Any) -> t.Any:
    """Return a value without the attributes that differ between two equal runs."""
    if isinstance(value, dict):
        return {name: steady(inner) for name, inner in value.items() if not VOLATILE.search(name)}
    if isinstance(value, list):
        return [steady(inner) for inner in value]
    return len(value) if isinstance(value, bytes) else value


def differences(ours: Json, theirs: Json) -> list[str]:
    """Return the lines in which two states differ: with - what only the first has, with + what only the second has."""
    lines = []
    for kind in sorted({*ours, *theirs}):
        lines += [f"- {kind} {line[:SHOWN]}" for line in ours.get(kind, ()) if line not in theirs.get(kind, ())]
        lines += [f"+ {kind} {line[:SHOWN]}" for line in theirs.get(kind, ()) if line not in ours.get(kind, ())]
    return lines
