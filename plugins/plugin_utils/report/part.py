# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The part of a report that one appliance gives: rows by section, and what could not be read."""

from __future__ import annotations

import typing as t

from . import oneview, ontap_select, powerstore
from .drift import entries_of, name_of
from .words import PLATFORMS, Json, Settings, printable

SECTIONS = ("drift", "expiry", "capacity", "alerts", "jobs", "migrations", "replication")
_MODULES = {"powerstore": powerstore, "oneview": oneview, "ontap_select": ontap_select}


def part_of(collected: Json, settings: Settings, sections: t.Sequence[str]) -> Json:
    """Return what an appliance gives to a report.

    collected: ``name``, ``platform``, ``error`` (the message, if the appliance could not be read at all), ``reads``
    (results of a loop over queries, each with its ``item``), ``drift`` (what people call it to a registered result),
    ``jobs_done`` and ``audit_events`` (objects that say who changed what). sections: those that the report has.
    """
    name, platform = str(collected["name"]), str(collected["platform"])
    module = _MODULES[platform]
    part: Json = {
        "name": name,
        "platform": platform,
        "platform_name": PLATFORMS[platform],
        "error": str(collected.get("error") or ""),
        "sections": {section: [] for section in sections},
        "not_read": [],
        "notes": {},
    }
    reads, part["not_read"] = _sorted_out(collected.get("reads") or [])
    part.update(module.identity(reads))
    if part["error"]:
        drift = {source: {"failed": True, "msg": part["error"]} for source in collected.get("drift") or {}}
    else:
        drift = collected.get("drift") or {}
        for section in sections:
            if section in module.SECTIONS:
                found: t.Iterable[t.Optional[Json]] = module.SECTIONS[section](reads, settings)
                part["sections"][section] = [row for row in found if row]
        part["notes"] = {section: text for section, text in module.NOTES.items() if section in sections}
    if "drift" in sections:
        part["sections"]["drift"] = _drift(collected, drift)
        if not drift and not part["error"]:
            part["notes"]["drift"] = "No document and no tasks were given for comparison."
    for rows in part["sections"].values():
        for row in rows:
            row.update(appliance=name, platform=platform)
    harmless: Json = printable(part)
    return harmless


def _sorted_out(results: t.Sequence[Json]) -> t.Tuple[t.Dict[str, t.List[Json]], t.List[Json]]:
    """Return the objects that were read, by the name of the query, and the queries that failed."""
    reads, failures = {}, []
    for result in results:
        item = result.get("item") or {}
        if isinstance(result.get("resources"), list):
            reads[str(item.get("name"))] = list(result["resources"])
        elif item.get("section") and not result.get("skipped"):
            message = str(result.get("msg") or "There was no answer.")
            failures.append({"section": item.get("section"), "what": item.get("title"), "message": message})
    return reads, failures


def _drift(collected: Json, drift: t.Mapping[str, Json]) -> t.List[Json]:
    found = [entry for source, result in drift.items() for entry in entries_of(name_of(source), result)]
    done = collected.get("jobs_done") or []
    events = {str(event.get("job_id")): event for event in collected.get("audit_events") or [] if event.get("job_id")}
    for entry in found:
        asked = collected["platform"] == "powerstore" and entry["state"] in ("drifted", "missing", "unwanted")
        entry["changed_by"] = powerstore.changed_by(entry, done, events) if asked else None
    return found
