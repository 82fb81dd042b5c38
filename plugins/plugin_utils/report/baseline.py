# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an audit says: where an appliance deviates from its baseline, how severe that is, and a table of it."""

from __future__ import annotations

import typing as t

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.text.words import did_you_mean

from .drift import entries_of
from .words import Json

SEVERITIES = ("critical", "warning", "notice")
"""How severe a deviation can be, the worst first."""
OTHERS = "default"
"""The key that has the severity of settings without one of their own."""
WIDEST = 48
"""How many characters of a value a table shows. The deviations themselves have all of them."""
COLUMNS = {"severity": "SEVERITY", "object": "OBJECT", "setting": "SETTING", "now": "NOW", "desired": "SHOULD BE"}
# Of an object as a whole, as the option state of modules has it.
STATES = {"missing": ("absent", "present"), "unwanted": ("present", "absent")}


def check_severities(given: Json, usual: Json, types: t.Collection[str]) -> None:
    """Raise ValueError if a setting is unknown, or its severity is.

    given: severities by setting, as people wrote them. usual: what applies without these. types: what the
    baseline describes.
    """
    known = {OTHERS, *types, *(name.partition(".")[0] for name in usual)}
    for name, severity in given.items():
        type_ = str(name).partition(".")[0]
        if type_ not in known:
            raise ValueError(f"there is no setting {type_} to give a severity. {did_you_mean(type_, known)}".rstrip())
        if severity not in SEVERITIES:
            raise ValueError(f"the severity of {name} is {severity!r}; it can be {', '.join(SEVERITIES)}.")


def audit_of(result: Json, severities: Json) -> Json:
    """Return the deviations of an array, how many there are of each severity, and whether the array complies."""
    rows = deviations_of(result, severities)
    counts = {severity: sum(row["severity"] == severity for row in rows) for severity in SEVERITIES}
    return {"compliant": not rows, **counts, "deviations": rows}


def deviations_of(result: Json, severities: Json) -> t.List[Json]:
    """Return where an array deviates, the worst first, given the result of a document in check mode.

    What could not be compared is critical: nobody knows what it is like.
    """
    rows = [
        row
        for entry in entries_of("baseline", result)
        if entry["state"] != "in_sync"
        for row in _rows(entry, severities)
    ]
    return sorted(rows, key=lambda row: SEVERITIES.index(row["severity"]))


def _rows(entry: Json, severities: Json) -> t.Iterator[Json]:
    type_ = str(entry.get("type") or "")
    about = {"type": type_, "object": entry["object"], "state": entry["state"]}
    severity = severities.get(type_, severities.get(OTHERS, SEVERITIES[1]))
    if entry["state"] in ("failed", "skipped"):
        note = entry["note"] or "It was not compared."
        yield {"severity": SEVERITIES[0], **about, "setting": "", "now": note, "desired": ""}
    elif entry["state"] in STATES:
        now, desired = STATES[entry["state"]]
        yield {"severity": severity, **about, "setting": "state", "now": now, "desired": desired}
    elif not entry["changes"]:
        steps = entry["note"] or "; ".join(entry["plan"])
        yield {"severity": severity, **about, "setting": "", "now": "", "desired": steps}
    for change in entry["changes"] if entry["state"] == "drifted" else ():
        own = severities.get(f"{type_}.{change['setting'].partition('.')[0]}", severity)
        yield {"severity": own, **about, **change}


def table_of(rows: t.Sequence[Json]) -> t.List[str]:
    """Return deviations as the lines of a table with aligned columns."""
    cells = [COLUMNS, *({name: _cell(row[name]) for name in COLUMNS} for row in rows)]
    widths = {name: max(len(row[name]) for row in cells) for name in COLUMNS}
    return ["  ".join(row[name].ljust(widths[name]) for name in COLUMNS).rstrip() for row in cells]


def _cell(value: t.Any) -> str:
    text = ", ".join(str(value).splitlines())
    return text if len(text) <= WIDEST else text[: WIDEST - 3] + "..."
