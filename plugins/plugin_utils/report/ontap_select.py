# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an ONTAP Select Deploy says of itself, as rows of a report."""

from __future__ import annotations

import typing as t

from .rows import DONE, FAILED, RUNNING, alert, is_recent, job
from .words import Json, Settings, words

Reads = t.Mapping[str, t.List[Json]]

FINE = ("powered_on", "powered_off", "None")
WRITTEN = {"error": "Error", "critical": "Critical", "warning": "Warning"}


def identity(reads: Reads) -> Json:
    """Return the name of the administration VM. Deploy does not show its release."""
    return {"model": "ONTAP Select", "system": (reads.get("reached") or [{}])[0].get("hostname") or "", "release": ""}


def alerts(reads: Reads, settings: Settings) -> t.Iterator[Json]:
    """Yield clusters that are not in order, and events of the hours of the report that report a problem."""
    for row in reads.get("clusters") or []:
        state = str(row.get("state"))
        if state not in FINE:
            text = f"The cluster is {words(state).lower()}."
            yield alert("Critical", f"Cluster {row.get('name')}", text, None, settings)
    for row in reads.get("events") or []:
        severity = WRITTEN.get(str(row.get("status")).lower())
        if severity and is_recent(row.get("time"), settings):
            about = f"{words(row.get('category'))} {row.get('instance') or ''}".strip()
            yield alert(severity, about, str(row.get("description") or ""), row.get("time"), settings)


def jobs(reads: Reads, settings: Settings) -> t.Iterator[Json]:
    """Yield the jobs that run, or changed within the hours of the report. Deploy does not say who started them."""
    for row in reads.get("jobs") or []:
        state = str(row.get("state"))
        outcome = DONE if state == "success" else FAILED if state == "failure" else RUNNING
        when = row.get("last_modified")
        if outcome == RUNNING or is_recent(when, settings):
            ended = None if outcome == RUNNING else when
            yield job(outcome, str(row.get("message") or "Job"), "", None, ended)


def nothing(reads: Reads, settings: Settings) -> t.Iterator[Json]:
    """Yield no row: the platform has nothing of this kind."""
    return iter(())


NOTES = {
    "expiry": "Deploy does not show when its certificate and its licences expire.",
    "capacity": "Deploy shows how much space its hosts have left, but not how much is used.",
    "migrations": "Deploy does not migrate data.",
    "replication": "Deploy does not replicate data. ONTAP itself does.",
}
SECTIONS: t.Mapping[str, t.Callable[[Reads, Settings], t.Iterable[t.Optional[Json]]]] = {
    "expiry": nothing,
    "capacity": nothing,
    "alerts": alerts,
    "jobs": jobs,
    "migrations": nothing,
    "replication": nothing,
}
