# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Backups of the appliance: makes one unless a recent one exists, and downloads it unless ``dest`` already holds it.

Source: HPE OneView REST API, backups. The appliance keeps one backup, which the next one replaces. Making a backup is a
task. The backup's ``downloadUri`` is the path of its content; in the first API versions, the backup's own URI returns
the content. An uploaded backup cannot be downloaded.
"""

from __future__ import annotations

import dataclasses
import re
import typing as t
from datetime import datetime, timedelta

from ..._engine.data import Json
from ..._engine.errors import InputError, UnexpectedResponse
from ..._engine.job import Job
from ..._engine.planning.history import History
from ..._engine.planning.plan import Plan
from ..._engine.planning.steps import VERSION_LATER, Change, LocalAction, Request, Step, Wait
from ..client import OneViewClient
from ..query import moment
from .file import BackupFile, Kept

BACKUPS = "/rest/backups"
MAKE, DOWNLOAD = "create", "download"
BEING_MADE = ("IN_PROGRESS", "CANCEL_IN_PROGRESS")
MADE = "SUCCEEDED"
UNITS = {"m": "minutes", "h": "hours", "d": "days"}
CLOCKS_APART = timedelta(minutes=5)
"""How much older than its request a new backup may seem, because a proxy may put its own time into responses."""

PAGES = ("text/html", "application/json")
"""The content types of error pages that a proxy or the appliance may send instead of a backup."""


@dataclasses.dataclass(frozen=True)
class Landmark:
    """What a run remembers of a read. backups: all that the appliance showed. being_made: the URI of one, or empty.

    time: the appliance's time of the read. It makes no landmark different.
    """

    backups: frozenset[tuple[str, str]]
    being_made: str
    time: datetime = dataclasses.field(compare=False)


class BackupHandler:
    """Handles the appliance's backup and the file that holds it."""

    def __init__(self, client: OneViewClient, desired: Json) -> None:
        self.client = client
        self.desired = desired
        self.label = f"backup of {client.endpoint.host}"
        self.max_age = duration(desired["max_age"], "max_age") if desired["max_age"] is not None else None
        if desired["dest"] == "":
            raise InputError("dest is empty: give the name of a file or a folder.")
        self._sent: datetime | None = None
        # What the last read has found: the backups, and the appliance's time.
        self._rows: list[Json] = []
        self._now = client.appliance_time()
        self._have: Json = {}

    # Reading

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the backup that is being made, else the newest one that the appliance made, else None.

        ``backup`` is its short id. ``file`` has path, size and sha256 of the file that holds the backup, or None.
        """
        rows = [row for row in self.client.all(BACKUPS) if row.get("backupType") != "UPLOADED"]
        rows.sort(key=lambda row: made_at(row) or self.client.appliance_time(), reverse=True)
        running = [row for row in rows if row.get("status") in BEING_MADE]
        whole = [row for row in rows if row.get("status") == MADE]
        self._rows, self._now = rows, self.client.appliance_time()
        if not running and not whole:
            return None
        current = (running or whole)[0]
        self._have = {
            **current,
            "id": current["uri"],
            "backup": str(current.get("id") or current["uri"].rpartition("/")[2]),
        }
        kept = None if running else self._kept(self._have)
        self._have["file"] = kept.facts() if kept else None
        return self._have

    def _file(self, backup: str) -> BackupFile | None:
        return BackupFile(self.desired["dest"], backup) if self.desired["dest"] is not None else None

    def _kept(self, current: Json) -> Kept | None:
        file, made = self._file(current["backup"]), made_at(current)
        return file.held(made) if file and made else None

    def landmark(self, current: Json | None) -> Landmark:
        """Return the time of the read, and the backups that it has shown."""
        being_made = current["uri"] if current is not None and current.get("status") in BEING_MADE else ""
        return Landmark(frozenset(map(_identity, self._rows)), being_made, self._now)

    # Planning

    def plan(self, current: Json | None, history: History) -> Plan:
        """Return the plan: wait for a backup that is being made, or make one, then download it.

        Raises UnexpectedResponse if this task has made a backup but the appliance shows no new one.
        """
        is_being_made = current is not None and current.get("status") in BEING_MADE
        is_young = current is not None and self._is_young(current, history)
        if history.includes(MAKE) and not (is_being_made or is_young):
            raise self._not_made(current)
        before: Json = {} if current is None else {"backup": current["backup"], "created": current.get("created")}
        after = dict(before)
        steps: list[Step] = []
        is_made = False
        if current is not None and is_being_made:
            steps.append(Wait("wait for the backup that is being made", _progress(current)))
        elif not is_young:
            is_made = True
            steps.append(Request(MAKE, "POST", BACKUPS, {}, f"make a {self.label}"))
            after = {"backup": "a new one", "created": "now"}
        warnings: list[str] = []
        file = self._file(current["backup"] if current else "")
        if file is not None:
            kept = (current or {}).get("file")
            before["dest"] = after["dest"] = kept
            if steps or not kept:
                path = self.desired["dest"] if is_made else file.path
                after["dest"] = f"downloaded to {path}"
                version = VERSION_LATER if is_made else ""
                steps.append(LocalAction(DOWNLOAD, path, f"download the backup to {path}", version))
                warnings += filter(None, [file.trouble()])
        return Plan(tuple(steps), before, after, tuple(warnings))

    def _is_young(self, current: Json, history: History) -> bool:
        """Return whether the backup is at most ``max_age`` old, or was made during this task."""
        made = made_at(current)
        awaited = [landmark.being_made for landmark in history.landmarks if landmark.being_made]
        if awaited and current["uri"] == awaited[-1]:
            return True
        looks = history.before(MAKE)
        if looks:
            # The appliance may show an old backup for a while. Only one that it did not show before the first request
            # counts, unless it seems to have been made before the last request.
            first, last = looks[0], looks[-1]
            return _identity(current) not in first.backups and (made is None or made >= last.time - CLOCKS_APART)
        return made is not None and self.max_age is not None and self._now - made <= self.max_age

    def _not_made(self, current: Json | None) -> UnexpectedResponse:
        shown = (
            f"the newest that it shows is {current['backup']} of {current.get('created')}"
            if current
            else "it shows none"
        )
        text = f"The appliance reports that it has made a {self.label}, but {shown}."
        return UnexpectedResponse(
            text, "GET", BACKUPS, hint="Nothing was downloaded. Look at the appliance, then run it again."
        )

    def preflight(self, current: Json | None, plan: Plan) -> None:
        """Do nothing: a backup has no options that need a check by the appliance."""

    # Jobs

    def find_jobs(self, current: Json | None, actions: t.Sequence[str]) -> list[Job] | None:
        """Return the tasks that make a backup. Before this task requests one, the backup's own status is enough."""
        if self._sent is None or MAKE not in actions:
            return None
        jobs = self.client.jobs({}, self._sent)
        return [job for job in jobs if str(job.resource_id or "").startswith(BACKUPS) or "backup" in job.action.lower()]

    def send(self, step: Request) -> Job:
        """Request a backup; raise InputError, before that, if the file for it cannot be written."""
        self._writable_file()
        self._sent = self.client.appliance_time()
        return self.client.send(step)

    def _writable_file(self) -> BackupFile | None:
        """Return the file for the backup, None if the task names none; raise InputError if it cannot be written."""
        file = self._file(self._have.get("backup", ""))
        trouble = file.trouble() if file else ""
        if trouble:
            raise InputError(trouble, hint="Make the folder first." if "no folder" in trouble else "")
        return file

    def do_locally(self, step: LocalAction) -> None:
        """Download the backup; raise InputError, before that, if the file cannot be written."""
        file = self._writable_file()
        if file is not None:
            self._download(file)

    def _download(self, file: BackupFile) -> None:
        current, made = self._have, made_at(self._have)
        if made is None:
            raise UnexpectedResponse(
                f"The appliance does not show when backup {current['backup']} was made.", "GET", current["uri"]
            )
        uri = current.get("downloadUri") or current["uri"]  # the first versions of the API have no downloadUri
        with self.client.download(uri) as (response, pieces):
            kind = str(response.headers.get("Content-Type") or "")
            if kind.startswith(PAGES):
                raise UnexpectedResponse(
                    f"The appliance sent {kind} instead of the backup.", "GET", uri, response.status
                )
            length = response.headers.get("Content-Length")
            encoded = response.headers.get("Content-Encoding")
            size = int(length) if length and str(length).isdecimal() and not encoded else None
            file.write(pieces, size, made)

    def on_accepted(self, step: Change) -> None:
        """React to a step that was accepted: nothing to do."""

    def job(self, job_id: str) -> Job:
        """Return the current state of a task."""
        return self.client.job(job_id)


def made_at(backup: Json) -> datetime | None:
    """Return when a backup was made, or None if it does not say."""
    return moment(backup.get("created")) or moment(backup.get("backupStartTime"))


def _identity(backup: Json) -> tuple[str, str]:
    """Return a key for a backup. A new backup may reuse the URI of the one it replaces, so the time is part of it."""
    return str(backup.get("uri")), str(backup.get("created"))


def _progress(backup: Json) -> str:
    percent = backup.get("percentComplete")
    return f"{backup['status']}" + (f" {percent} %" if percent is not None else "")


def duration(text: str, option: str) -> timedelta:
    """Return the duration that a text such as ``90m``, ``12h`` or ``2d`` gives; raise InputError if it is invalid."""
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([mhd])\s*", text)
    if not found:
        raise InputError(f"{option} takes a number and one of m, h and d, such as 90m, 12h or 2d, not {text!r}.")
    return timedelta(**{UNITS[found.group(2)]: float(found.group(1))})
