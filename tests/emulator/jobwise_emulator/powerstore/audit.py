# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Audit events: what was there from the start, and one for each job that has ended.

PowerStore REST 4.0, audit_event: the event names the job, not the object; times have a precision of one second; the
user is ``domain/name``; there is no GET of a single event.
"""

from __future__ import annotations

from jobwise_emulator.clock import iso
from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.default_ports import APPLIANCE
from jobwise_emulator.powerstore.jobs import Jobs

LOOPBACK = "127.0.0.1"


class AuditEvents:
    """The audit log, made up at the moment it is read. first: the events that a seed brings."""

    def __init__(self, first: list[Json], jobs: Jobs) -> None:
        self.first = first
        self.jobs = jobs

    def all(self) -> list[Json]:
        """Every event."""
        return [*self.first, *(self.event(job) for job in self.jobs.all() if job["end_time"])]

    def get(self, key: str) -> Json | None:
        """The event with this id."""
        return next((event for event in self.all() if event["id"] == key), None)

    def like(self, path: str, value: object) -> None:
        """No index: a question walks over all events."""

    def event(self, job: Json) -> Json:
        """What the log says of a job."""
        return {
            "id": f"AU{job['step_order']}",
            "type": "Config",
            "timestamp": iso(int(self.jobs.jobs[job["id"]].finished or 0)),
            "username": f"local/{job['user']}",
            "is_successful": job["phase"] == "Completed",
            "client_address": LOOPBACK,
            "server_address": LOOPBACK,
            "appliance_id": APPLIANCE,
            "job_id": job["id"],
            "resource_type": job["resource_type"],
            "resource_action": job["resource_action"],
            "message_code": None,
            "message_arguments": [],
        }
