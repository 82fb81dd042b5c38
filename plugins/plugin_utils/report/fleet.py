# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The report of a fleet: the rows of all appliances, what they come to, and what needs attention."""

from __future__ import annotations

import typing as t

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.text.words import number

from .words import PLATFORMS, Json, Settings, as_text, moment, printable, rank, size, worst

FORMAT = 1
TITLES = {
    "appliances": "Appliances",
    "drift": "Drift",
    "expiry": "Expiry",
    "capacity": "Capacity",
    "alerts": "Alerts",
    "jobs": "Jobs",
    "migrations": "Migrations",
    "replication": "Replication",
}
NEEDS_ROWS = ("drift", "expiry", "capacity")
"""Sections of which nobody knows whether all is well if they are empty."""

WEEKS = 13
DAYS_OF_A_WEEK = 7
FULL_WITHIN_DAYS = 3650


def report_of(
    parts: t.Sequence[Json], settings: Settings, sections: t.Sequence[str], title: str, earlier: t.Optional[Json]
) -> Json:
    """Return the report of several appliances. earlier: a report of before, for the trend of capacities."""
    rows = {section: _rows(parts, section) for section in sections}
    if "capacity" in rows:
        _add_trends(rows["capacity"], settings, earlier)
    appliances = sorted((_appliance(part) for part in parts), key=lambda one: (not one["error"], *rank(one)))
    report: Json = {
        "format": FORMAT,
        "title": title,
        "generated": as_text(settings.now),
        "hours": settings.hours,
        "compared_with": (earlier or {}).get("generated"),
        "sections": list(sections),
        "appliances": appliances,
        **rows,
        "not_read": _not_read(parts),
        "notes": _notes(parts, sections),
    }
    report["tiles"] = [_tile("appliances", appliances, report, settings)]
    report["tiles"] += [_tile(section, rows[section], report, settings) for section in sections]
    report["attention"] = _attention(report)
    report["timeline"] = _timeline(rows["expiry"]) if "expiry" in rows else []
    report["status"] = worst(tile["status"] for tile in report["tiles"] if tile["status"] != "none")
    found: Json = printable(report)
    return found


def _rows(parts: t.Sequence[Json], section: str) -> t.List[Json]:
    """Return the rows of a section, the worst first, and otherwise in an order that is the same the next time."""
    found = [row for part in parts for row in part["sections"].get(section, [])]

    def key(row: Json) -> t.Tuple[int, float, str]:
        status, name = rank(row)
        return status, row.get("days", -row.get("percent", 0)), name

    return sorted(found, key=key)


def _appliance(part: Json) -> Json:
    """Return the row of an appliance: whether it was read, and what is worst of all that it said."""
    statuses = [row["status"] for rows in part["sections"].values() for row in rows]
    if part["error"]:
        status, word = "critical", "Not read"
    else:
        status = worst([*statuses, *("unknown" for dummy in part["not_read"])])
        word = {"critical": "Problem", "warning": "Attention", "unknown": "Incomplete"}.get(status, "Fine")
    return {
        "appliance": part["name"],
        "platform": part["platform"],
        "model": part["model"],
        "system": part["system"],
        "release": part["release"],
        "error": part["error"],
        "findings": sum(status in ("critical", "warning") for status in statuses),
        "status": status if status != "notice" else "ok",
        "word": word,
    }


def _not_read(parts: t.Sequence[Json]) -> t.List[Json]:
    return [{**one, "appliance": part["name"]} for part in parts for one in part["not_read"]]


def _notes(parts: t.Sequence[Json], sections: t.Sequence[str]) -> Json:
    """Return by section why some appliances have nothing there, each reason once with the appliances."""
    notes: t.Dict[str, t.Dict[str, t.List[str]]] = {section: {} for section in sections}
    for part in parts:
        for section, text in part["notes"].items():
            notes[section].setdefault(text, []).append(part["name"])
    return {
        section: [{"text": text, "appliances": names} for text, names in found.items()]
        for section, found in notes.items()
    }


def _add_trends(rows: t.Sequence[Json], settings: Settings, earlier: t.Optional[Json]) -> None:
    """Say of each capacity how it has changed since an earlier report, and when it will be full at that rate."""
    before = {(row["appliance"], row["name"]): row for row in (earlier or {}).get("capacity") or []}
    then = moment((earlier or {}).get("generated"))
    for row in rows:
        old = before.get((row["appliance"], row["name"]))
        if old is None or then is None or then >= settings.now:
            continue
        days = (settings.now - then).total_seconds() / 86400
        grown = row["used"] - old["used"]
        left = (row["total"] - row["used"]) / (grown / days) if grown > 0 else None
        row["trend"] = {
            "since": as_text(then),
            "grown": grown,
            "text": f"{'+' if grown >= 0 else ''}{size(grown)} in {number(max(round(days), 1), 'day')}",
            "percent": old["percent"],
            "full_in_days": int(left) if left is not None and left < FULL_WITHIN_DAYS else None,
        }


def _tile(section: str, rows: t.Sequence[Json], report: Json, settings: Settings) -> Json:
    """Return the tile of a section: a figure, what it counts, and a status; ``none`` if there is nothing to say."""
    value, text = _FIGURES[section](rows, settings)
    status = worst(row["status"] for row in rows)
    if section != "appliances":
        lost = [one for one in report["not_read"] if one["section"] == section]
        lost += [one for one in report["appliances"] if one["error"]]  # nobody knows what it has of this
        status = worst([status, *("unknown" for dummy in lost)])
        if not rows and not lost and section in NEEDS_ROWS:
            status = "none"
    if status == "notice" and section != "migrations":  # what waits is for somebody, the rest is only to be known
        status = "ok"
    word = {
        "critical": "Problem",
        "warning": "Attention",
        "unknown": "Incomplete",
        "notice": "Waits for you",
        "none": "Nothing to show",
    }.get(status, "Fine")
    return {"section": section, "title": TITLES[section], "value": value, "text": text, "status": status, "word": word}


def _figure_appliances(rows: t.Sequence[Json], settings: Settings) -> t.Tuple[str, str]:
    lost = sum(bool(row["error"]) for row in rows)
    kinds = [
        f"{sum(row['platform'] == platform for row in rows)} {name}"
        for platform, name in PLATFORMS.items()
        if any(row["platform"] == platform for row in rows)
    ]
    if lost:
        return f"{len(rows) - lost} of {len(rows)}", "could be read"
    return str(len(rows)), ", ".join(kinds)


def _figure_drift(rows: t.Sequence[Json], settings: Settings) -> t.Tuple[str, str]:
    if not rows:
        return "–", "not compared"
    fine = sum(row["number"] for row in rows if row["state"] == "in_sync")
    failed = sum(row["state"] == "failed" for row in rows)
    differ = sum(row["state"] in ("drifted", "missing", "unwanted") for row in rows)
    text = "differ from what is written down" if differ != 1 else "differs from what is written down"
    more = f"; {failed} could not be compared" if failed else f"; {fine} in sync" if fine else ""
    return str(differ), text + more


def _figure_expiry(rows: t.Sequence[Json], settings: Settings) -> t.Tuple[str, str]:
    if not rows:
        return "–", "nothing with an end is known"
    soon = [row for row in rows if row["status"] in ("critical", "warning")]
    text = f"{'expires' if len(soon) == 1 else 'expire'} within {number(settings.days_warning, 'day')}"
    past = sum(row["days"] < 0 for row in soon)
    return str(len(soon)), (f"{text}, {past} already expired" if past else text)


def _figure_capacity(rows: t.Sequence[Json], settings: Settings) -> t.Tuple[str, str]:
    if not rows:
        return "–", "no capacity is known"
    fullest = max(rows, key=lambda row: row["percent"])
    return f"{fullest['percent']:.0f} %", f"used on the fullest, {fullest['appliance']}"


def _figure_alerts(rows: t.Sequence[Json], settings: Settings) -> t.Tuple[str, str]:
    active = [row for row in rows if row["status"] in ("critical", "warning")]
    new = sum(row["new"] for row in active)
    critical = sum(row["status"] == "critical" for row in active)
    if not rows:
        return "0", "no alerts"
    text = ("alert needs" if len(active) == 1 else "alerts need") + " attention"
    parts = [f"{critical} critical" if critical else "", f"{new} new" if new else ""]
    return str(len(active)), ", ".join(filter(None, [text, *parts]))


def _figure_jobs(rows: t.Sequence[Json], settings: Settings) -> t.Tuple[str, str]:
    failed = sum(row["outcome"] == "failed" for row in rows)
    return str(failed), f"failed of {number(len(rows), 'job')} in {number(int(settings.hours), 'hour')}"


def _figure_migrations(rows: t.Sequence[Json], settings: Settings) -> t.Tuple[str, str]:
    waiting = sum(row["status"] == "notice" for row in rows)
    stuck = sum(row["status"] == "critical" for row in rows)
    wait = f"{waiting} {'waits' if waiting == 1 else 'wait'} for you"
    parts = [wait if waiting else "", f"{stuck} failed" if stuck else ""]
    return str(len(rows)), ", ".join(filter(None, parts)) or ("under way" if rows else "none under way")


def _figure_replication(rows: t.Sequence[Json], settings: Settings) -> t.Tuple[str, str]:
    wrong = sum(row["status"] != "ok" for row in rows)
    text = f"sessions, {wrong} not in order" if wrong else "sessions, all in order"
    return str(len(rows)), text if rows else "no sessions"


_FIGURES: t.Mapping[str, t.Callable[[t.Sequence[Json], Settings], t.Tuple[str, str]]] = {
    "appliances": _figure_appliances,
    "drift": _figure_drift,
    "expiry": _figure_expiry,
    "capacity": _figure_capacity,
    "alerts": _figure_alerts,
    "jobs": _figure_jobs,
    "migrations": _figure_migrations,
    "replication": _figure_replication,
}


def _attention(report: Json) -> t.List[Json]:
    """Return everything that needs attention as sentences, the worst first."""
    found = [
        {"section": "appliances", "status": "critical", "appliance": row["appliance"], "text": row["error"]}
        for row in report["appliances"]
        if row["error"]
    ]
    for section in report["sections"]:
        for row in report[section]:
            if row["status"] in ("critical", "warning"):
                text = _SENTENCES[section](row)
                found.append({"section": section, "status": row["status"], "appliance": row["appliance"], "text": text})
    for one in report["not_read"]:
        text = f"{one['what']} could not be read: {one['message']}"
        found.append(
            {"section": one["section"], "status": "unknown", "appliance": one["appliance"], "text": text},
        )
    unreachable = {row["appliance"] for row in report["appliances"] if row["error"]}
    found = [one for one in found if one["section"] != "drift" or one["appliance"] not in unreachable]
    return [{**one, "title": TITLES[one["section"]]} for one in sorted(found, key=lambda one: rank(one)[0])]


_SENTENCES: t.Mapping[str, t.Callable[[Json], str]] = {
    "drift": lambda row: f"{row['object']}: {row['note'] or '; '.join(row['plan']) or row['word']}",
    "expiry": lambda row: f"{row['kind']} {row['name']}: {row['word'].lower()}",
    "capacity": lambda row: f"{row['name']}: {row['percent']:.0f} % used, {row['free_text']} free",
    "alerts": lambda row: f"{row['about']}: {row['text']}",
    "jobs": lambda row: f"{row['job']}: {row['word'].lower()}. {row['text']}".strip(),
    "migrations": lambda row: f"{row['name']}: {row['word'].lower()}. {row['text']}".strip(),
    "replication": lambda row: f"{row['name']}: {row['word'].lower()}. {row['text']}".strip(),
}


def _timeline(rows: t.Sequence[Json]) -> t.List[Json]:
    """Return what expires by week: first what has expired, then thirteen weeks. What is later is not on the line."""
    weeks: t.List[Json] = [{"label": "Expired", "week": -1, "dots": []}]
    weeks += [{"label": f"Week {n + 1}", "week": n, "dots": []} for n in range(WEEKS)]
    for row in sorted(rows, key=lambda one: one["days"]):
        week = -1 if row["days"] < 0 else row["days"] // DAYS_OF_A_WEEK
        if week < WEEKS:
            text = f"{row['appliance']}: {row['kind']} {row['name']}, {row['word'].lower()}"
            weeks[week + 1]["dots"].append({"status": row["status"], "text": text})
    return [{**week, "count": len(week["dots"])} for week in weeks]
