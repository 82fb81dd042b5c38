# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a PowerStore says of itself, as rows of a report."""

from __future__ import annotations

import re
import typing as t

from .rows import DONE, FAILED, RUNNING, alert, capacity, expiry, is_recent, job
from .words import Json, Settings, as_text, moment, words

Reads = t.Mapping[str, t.List[Json]]

NO_CHANGE = ("snapshot", "clone", "csr", "discover", "verify")
"""Actions of jobs that leave the object itself as it is."""

DONE_TO_IT = {"create": "Created", "modify": "Changed", "delete": "Deleted", "attach": "Mapped", "detach": "Unmapped"}
"""What people call the most frequent actions of jobs that have ended."""

REST_TYPES = {"protection_policy": "policy", "qos_policy": "policy", "file_qos_policy": "policy"}
"""What the array calls the types of a document that have another name there."""

STUCK = re.compile("Failed|Required|Incomplete|Errors|Invalid")
ENDED = ("Import_Completed", "Cancelled")
WAITS = {
    "Ready_For_Cutover": "Ready for cutover",
    "Ready_To_Start_Copy": "Ready to copy",
    "Paused": "Paused",
    "Scheduled": "Scheduled",
}
REPLICATES = ("OK", "Synchronizing", "Initializing", "Switching_To_Synchronous", "Switching_To_Metro_Sync", "Deleting")
BROKEN = re.compile("Error|Fractured|Partial|Failing|Loss")


def identity(reads: Reads) -> Json:
    """Return the name and the release of the array."""
    cluster = (reads.get("reached") or [{}])[0]
    release = next((row.get("release_version") for row in reads.get("release") or []), None)
    return {"model": "PowerStore", "system": cluster.get("name") or "", "release": str(release or "")}


def expiring(reads: Reads, settings: Settings) -> t.Iterator[t.Optional[Json]]:
    """Yield what expires: certificates in use, passwords with an end, the trial licence, secure snapshots."""
    for row in reads.get("certificates") or []:
        ends = sorted(filter(None, (moment(member.get("valid_to")) for member in row.get("members") or [])))
        if ends and row.get("is_current") is not False:
            scope = f" ({row['scope']})" if row.get("scope") else ""
            name = f"{str(row.get('service')).replace('_', ' ')}, {words(row.get('type'))}{scope}"
            yield expiry("Certificate", name, ends[0], settings)
    for row in reads.get("passwords") or []:
        yield expiry("Password", str(row.get("name")), row.get("password_expiration_timestamp"), settings)
    for row in reads.get("licenses") or []:
        if not row.get("is_licensed"):
            yield expiry("Licence", "Trial period", row.get("trial_expiration_timestamp"), settings)
    yield from _secure_snapshots(reads.get("secure_snapshots") or [], settings)


def _secure_snapshots(rows: t.Sequence[Json], settings: Settings) -> t.Iterator[t.Optional[Json]]:
    """Yield the secure snapshots, those that end on the same day as one row: there can be thousands."""
    days: t.Dict[str, t.List[t.Tuple[t.Any, str]]] = {}
    for row in rows:
        end = moment((row.get("protection_data") or {}).get("expiration_timestamp"))
        if end:
            days.setdefault(str(as_text(end))[:10], []).append((end, str(row.get("name"))))
    for ends in days.values():
        names = sorted(name for dummy, name in ends)
        more = f" and {len(names) - 1} more" if len(names) > 1 else ""
        yield expiry("Secure snapshot", f"{names[0]}{more}", min(end for end, dummy in ends), settings, harmless=True)


def capacities(reads: Reads, settings: Settings) -> t.Iterator[t.Optional[Json]]:
    """Yield the physical capacity of the array."""
    for row in (reads.get("space") or [])[-1:]:
        used = row.get("physical_used", row.get("last_physical_used")) or 0
        total = row.get("physical_total", row.get("last_physical_total")) or 0
        yield capacity("Physical capacity", int(used), int(total), settings)


def alerts(reads: Reads, settings: Settings) -> t.Iterator[Json]:
    """Yield the alerts that are active, or came within the hours of the report."""
    for row in reads.get("alerts") or []:
        seen = "cleared" if row.get("state") == "CLEARED" else "acknowledged" if row.get("is_acknowledged") else ""
        about = f"{words(row.get('resource_type'))} {row.get('resource_name') or ''}".strip()
        raised = row.get("raised_timestamp") or row.get("generated_timestamp")
        yield alert(str(row.get("severity")), about, str(row.get("description_l10n") or ""), raised, settings, seen)


def jobs(reads: Reads, settings: Settings) -> t.Iterator[Json]:
    """Yield the jobs that run, or began within the hours of the report."""
    for row in reads.get("jobs") or []:
        phase = str(row.get("phase"))
        outcome = FAILED if "Fail" in phase else DONE if phase in ("Completed", "Skipped") else RUNNING
        messages = (row.get("response_body") or {}).get("messages") or []
        text = " ".join(str(one.get("message_l10n") or "") for one in messages) if outcome == FAILED else ""
        if outcome == RUNNING:
            text = f"{row.get('progress_percentage') or 0} % done"
        what = f"{words(row.get('resource_action'))} {words(row.get('resource_type')).lower()}"
        name = f" {row['resource_name']}" if row.get("resource_name") else ""
        yield job(outcome, what + name, row.get("user"), row.get("start_time"), row.get("end_time"), text)


def migrations(reads: Reads, settings: Settings) -> t.Iterator[Json]:
    """Yield the imports that have not ended, failed, or ended within the hours of the report."""
    for row in reads.get("imports") or []:
        state = str(row.get("state"))
        if row.get("parent_session_id") or (
            state in ENDED and not is_recent(row.get("last_update_timestamp") or settings.now, settings)
        ):
            continue
        status = "critical" if STUCK.search(state) else "notice" if state in WAITS else "ok"
        error = row.get("error") or {}
        yield {
            "name": str(row.get("name")),
            "source": str((row.get("remote_system") or {}).get("name") or ""),
            "what": words(row.get("destination_resource_type")),
            "progress": row.get("progress_percentage"),
            "expected": as_text(row.get("estimated_completion_timestamp")),
            "text": f"The array's code is {error['code']}." if error.get("code") else "",
            "status": status,
            "word": WAITS.get(state, words(state)),
        }


def replications(reads: Reads, settings: Settings) -> t.Iterator[Json]:
    """Yield the replication sessions."""
    for row in reads.get("replications") or []:
        if row.get("parent_replication_session_id"):
            continue
        state, connection = str(row.get("state")), str(row.get("data_connection_state") or "OK")
        fine = state in REPLICATES and connection in ("OK", "Initializing", "Status_Not_Available")
        broken = BROKEN.search(state) or "Complete" in connection
        names = [one.get("name") for key in ("volumes", "volume_groups") for one in row.get(key) or []]
        kind = words(row.get("resource_type"))
        yield {
            "name": f"{kind} {names[0] if names else row.get('local_resource_id')}",
            "peer": str((row.get("remote_system") or {}).get("name") or ""),
            "role": words(row.get("role")),
            "type": words(row.get("type")),
            "progress": row.get("progress_percentage"),
            "last_sync": as_text(row.get("last_sync_timestamp")),
            "text": "" if connection == "OK" else f"Connection: {words(connection).lower()}.",
            "status": "ok" if fine else "critical" if broken else "warning",
            "word": "In order" if state == "OK" and fine else words(state),
        }


def changed_by(entry: Json, jobs_done: t.Sequence[Json], events: t.Mapping[str, Json]) -> t.Optional[Json]:
    """Return who changed the object of a drift entry last, None if the array does not say.

    jobs_done: the completed jobs, the newest first. events: audit events by the id of their job.
    """
    type_ = REST_TYPES.get(str(entry.get("type")), entry.get("type"))
    for row in jobs_done:
        if row.get("resource_action") in NO_CHANGE:
            continue
        same_id = bool(entry.get("id")) and row.get("resource_id") == entry["id"]
        name = str(row.get("resource_name") or "").lower()
        same_name = type_ == row.get("resource_type") and name in (str(entry.get("name")).lower(), "")
        if not same_id and not (same_name and (name or entry.get("name") == entry.get("type"))):
            continue
        event = events.get(str(row.get("id"))) or {}
        return {
            "user": str(event.get("username") or row.get("user") or ""),
            "address": str(event.get("client_address") or ""),
            "time": as_text(event.get("timestamp") or row.get("end_time")),
            "action": DONE_TO_IT.get(str(row.get("resource_action")), words(row.get("resource_action"))),
        }
    return None


NOTES: t.Mapping[str, str] = {}
"""Why a section has nothing of this platform, by section."""

SECTIONS = {
    "expiry": expiring,
    "capacity": capacities,
    "alerts": alerts,
    "jobs": jobs,
    "migrations": migrations,
    "replication": replications,
}
