# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a OneView appliance says of itself, as rows of a report."""

from __future__ import annotations

import typing as t

from .rows import DONE, FAILED, RUNNING, alert, capacity, expiry, is_recent, job
from .words import Json, Settings, words

Reads = t.Mapping[str, t.List[Json]]

OVER = ("Completed", "Warning")
FAILURES = ("Error", "Killed", "Terminated", "Cancelled", "Interrupted")
SEVERITIES = {"ok": "info", "unknown": "info", "disabled": "info"}


def identity(reads: Reads) -> Json:
    """Return the release of the appliance: its API version, as it shows no other one to everybody."""
    version = (reads.get("reached") or [{}])[0].get("currentVersion")
    return {"model": "OneView", "system": "", "release": f"API {version}" if version else ""}


def expiring(reads: Reads, settings: Settings) -> t.Iterator[t.Optional[Json]]:
    """Yield what expires: the appliance's certificate, those that it trusts, and licences."""
    for row in reads.get("certificate") or []:
        yield expiry("Certificate", "Web server", row.get("validUntil"), settings)
    for kind, source in (("trusted server", "server_certificates"), ("trusted authority", "authorities")):
        for row in reads.get(source) or []:
            details = row.get("certificateDetails") or []
            for one in details if isinstance(details, list) else [details]:
                name = one.get("aliasName") or one.get("commonName") or row.get("name")
                yield expiry("Certificate", f"{name} ({kind})", one.get("validUntil"), settings)
    for row in reads.get("licenses") or []:
        yield expiry("Licence", str(row.get("product")), row.get("expiryDate"), settings)


def capacities(reads: Reads, settings: Settings) -> t.Iterator[t.Optional[Json]]:
    """Yield the storage pools that the appliance manages."""
    systems = {row.get("uri"): row.get("name") for row in reads.get("storage_systems") or []}
    for row in reads.get("pools") or []:
        total, free = _bytes(row.get("totalCapacity")), _bytes(row.get("freeCapacity"))
        system = systems.get(row.get("storageSystemUri"))
        name = f"Pool {row.get('name')}" + (f" of {system}" if system else "")
        if row.get("isManaged") is not False:
            yield capacity(name, total - free, total, settings)


def _bytes(value: t.Any) -> int:
    return int(value) if str(value or "").isdecimal() else 0


def alerts(reads: Reads, settings: Settings) -> t.Iterator[Json]:
    """Yield the alerts that are not cleared, or came within the hours of the report."""
    for row in reads.get("alerts") or []:
        cleared = row.get("alertState") == "Cleared"
        if cleared and not is_recent(row.get("created"), settings):
            continue
        about = row.get("associatedResource") or {}
        name = f"{words(about.get('resourceCategory')).replace('-', ' ')} {about.get('resourceName') or ''}".strip()
        severity = str(row.get("severity") or "Unknown")
        text = " ".join(str(row[key]) for key in ("description", "correctiveAction") if row.get(key))
        found = alert(
            SEVERITIES.get(severity.lower(), severity),
            name if about else "",
            text,
            row.get("created"),
            settings,
            "cleared" if cleared else "",
        )
        yield found if severity.lower() not in SEVERITIES or cleared else {**found, "word": words(severity)}


def jobs(reads: Reads, settings: Settings) -> t.Iterator[Json]:
    """Yield the tasks that run, or began within the hours of the report."""
    for row in reads.get("tasks") or []:
        state = str(row.get("taskState"))
        outcome = DONE if state in OVER else FAILED if state in FAILURES else RUNNING
        if row.get("parentTaskUri") or (outcome != RUNNING and not is_recent(row.get("created"), settings)):
            continue
        texts = [str(one.get("message") or "") for one in row.get("taskErrors") or []]
        text = " ".join(texts) if outcome != RUNNING else f"{row.get('percentComplete') or 0} % done"
        what = f"{row.get('name')} {(row.get('associatedResource') or {}).get('resourceName') or ''}".strip()
        ended = row.get("modified") if outcome != RUNNING else None
        yield job(outcome, what, row.get("owner"), row.get("created"), ended, text)


def nothing(reads: Reads, settings: Settings) -> t.Iterator[Json]:
    """Yield no row: the platform has nothing of this kind."""
    return iter(())


NOTES = {
    "migrations": "OneView does not migrate data.",
    "replication": "OneView does not show the replication of its storage systems.",
}
SECTIONS: t.Mapping[str, t.Callable[[Reads, Settings], t.Iterable[t.Optional[Json]]]] = {
    "expiry": expiring,
    "capacity": capacities,
    "alerts": alerts,
    "jobs": jobs,
    "migrations": nothing,
    "replication": nothing,
}
