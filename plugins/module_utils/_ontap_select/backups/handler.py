# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Backups of the Deploy VM: Deploy makes them, the task downloads them and removes them from Deploy.

Source: field use of the Deploy REST API, version 3, /backups: the response to the POST names the backup, and the
backup's download_url names its file.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import tempfile
import time
import typing as t
from urllib.parse import quote

from ..._engine.data import Json
from ..._engine.errors import ApplianceError, Busy, ConnectionFailed, InputError, JobLost, Refused, UnexpectedResponse
from ..._engine.job import FAILED, RUNNING, Job
from ..._engine.planning.history import History
from ..._engine.planning.plan import Plan
from ..._engine.planning.steps import Change, LocalAction, Request
from ..._http.endpoint import parts_of
from ..client import SelectClient
from ..handler import OntapSelectHandler
from .notes import BackupNote, fits

PATH = "backups"
MAKE, DOWNLOAD, REMOVE = "backup", "download", "remove"
REMOVE_LEFT = "remove from Deploy the backup that an earlier run left there:"
BACKUP_LATER = "{backup}"
"""Stands in a path for the id of the backup that the run makes. The path of the file is another one."""
PAUSE = 1.0
HERE = "The path is on the machine where the task runs."


class BackupHandler(OntapSelectHandler):
    """A file for a backup. A file that exists is left alone, unless the task replaces it.

    A run that is cut off leaves a note beside the file (`BackupNote`). The next run takes over the backup that the note
    names, or removes it from Deploy.
    """

    def __init__(self, client: SelectClient, desired: Json) -> None:
        super().__init__(client, desired, f"backup {desired['dest']}")
        # What the last read has found: the steps that an earlier run has done, whether this run has made the backup,
        # the backups that earlier runs left on Deploy, and the warnings about them.
        self._done_before: t.Set[str] = set()
        self._is_own = False
        self._known: t.Set[str] | None = None
        self._backup = ""
        self._begun = self._asked = False
        self._earlier: Job | None = None
        self._left: t.Dict[str, BackupNote] = {}
        self._warnings: t.Tuple[str, ...] = ()
        self._folder = os.path.dirname(desired["dest"]) or "."
        self._note = BackupNote(desired["dest"], client.endpoint.url)
        if os.path.isdir(desired["dest"]):
            raise InputError(f"dest {desired['dest']} is a folder: give the name of a file.")
        if not os.path.isdir(self._folder):
            raise InputError(f"There is no folder {self._folder} for dest.", hint=HERE)
        self._may_write = True

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the file; None if it does not exist. Also find out what earlier runs left on Deploy."""
        self._may_write = os.access(self._folder, os.W_OK | os.X_OK)
        current = None
        with self._writing(), contextlib.suppress(FileNotFoundError):
            size = os.stat(self.desired["dest"]).st_size
            current = {"id": object_id or self.desired["dest"], "dest": self.desired["dest"], "size": size}
        self._is_own = self._asked and bool(self._backup)
        if not self._begun:
            self._find_earlier(there=current is not None and not self.desired["replace"])
        return current

    def _find_earlier(self, there: bool) -> None:
        """Take over the backup that an earlier run requested. there: the file exists and is not replaced."""
        self._backup, self._done_before, self._left, self._earlier, self._warnings = "", set(), {}, None, ()
        note = self._note.read()
        if note is not None:
            self._take_over(note, there)
        if there:
            return
        for other, content in self._note.others():
            record = self._record(content["backup"])
            if record is not None:
                self._left[content["backup"]] = other
            else:
                other.forget()

    def _take_over(self, note: Json, there: bool) -> None:
        backup = note["backup"] or self._made_since(note["known"])
        record = self._record(backup)
        if record is None or (there and self.desired["keep"]):
            if there or not self._warnings:  # otherwise, the old note repeats the warning until the run writes its own
                self._note.forget()
            return
        job = None if record.get("download_url") or not note["job"] else self._job_of(note["job"])
        if there:
            self._backup, self._done_before = backup, {MAKE, DOWNLOAD}
        elif (job is None or job.state != FAILED) and fits(note, self.desired.get("backup_password")):
            self._backup, self._done_before = backup, {MAKE}
            self._earlier = job
        else:
            self._left[backup] = self._note

    def _made_since(self, known: t.Sequence[str] | None) -> str:
        """Return the backup of a request that got no response: the only one that did not exist before; else ""."""
        there = self._listed()
        new = sorted(there - set(known)) if there is not None and known is not None else []
        if len(new) > 1 or there is None or known is None:
            unknown = f"which of {', '.join(new)} it made" if new else "whether it made one"
            self._warnings += (
                f"An earlier run was cut off when it asked Deploy for a backup. Deploy does not show {unknown}; "
                "that backup stays on Deploy.",
            )
        return new[0] if len(new) == 1 else ""

    def _record(self, backup: str) -> Json | None:
        return self.client.get(f"{PATH}/{quote(backup, safe='')}", "id,download_url") if backup else None

    def _job_of(self, job_id: str) -> Job | None:
        """Return a job of an earlier run; None if Deploy no longer knows it."""
        try:
            return self.client.job(job_id)
        except JobLost:
            return None

    def _listed(self) -> t.Set[str] | None:
        """Return the ids of all backups on Deploy; None if it refuses the list, which is not documented."""
        try:
            return {str(row.get("id")) for row in self.client.query(PATH, "id")}
        except Refused as error:
            if isinstance(error, Busy) or self._asked:  # without the list, the run could request a second backup
                raise
            return None

    def plan(self, current: Json | None, history: History) -> Plan:
        """Return the steps that remove what earlier runs left, then those of the three own steps that remain."""
        dest = self.desired["dest"]
        accepted = {step.action for step in history.steps}
        has_begun = bool(accepted) or self._is_own
        done = self._done_before | accepted | ({MAKE} if self._is_own else set())
        if not done and current is not None and not self.desired["replace"]:
            shown = {"dest": dest}
            return Plan((), shown, shown, self._warnings)
        if MAKE not in done:
            if not self.desired.get("backup_password"):
                raise InputError("A backup needs backup_password; the restore asks for it.")
            if not self._may_write:
                raise InputError(
                    f"dest {dest} cannot be written: the folder {self._folder} is not writable.", hint=HERE
                )
        which = "it" if MAKE not in done or has_begun else f"backup {self._backup}, which an earlier run made,"
        place = f"{PATH}/{quote(self._backup, safe='') or BACKUP_LATER}"
        steps: list[Change] = [
            Request(MAKE, "POST", PATH, {"password": self.desired.get("backup_password")}, "make a backup of Deploy"),
            LocalAction(DOWNLOAD, dest, f"download {which} to {dest}"),
        ]
        if not self.desired["keep"]:
            it = which.rstrip(",") if DOWNLOAD in done else "it"
            steps.append(Request(REMOVE, "DELETE", place, None, f"remove {it} from Deploy"))
        left: list[Change] = [
            Request(f"{REMOVE} {backup}", "DELETE", f"{PATH}/{quote(backup, safe='')}", None, f"{REMOVE_LEFT} {backup}")
            for backup in self._left
            if f"{REMOVE} {backup}" not in accepted
        ]
        left += [step for step in steps if step.action not in done]
        made = "(made by an earlier run)" if MAKE in done and not has_begun else "(new)"
        if current is not None and DOWNLOAD in done and not has_begun:
            return Plan(tuple(left), {"dest": dest, "backup": made}, {"dest": dest}, self._warnings)
        before = {"dest": dest if current else None}
        return Plan(tuple(left), before, {"dest": dest, "backup": made}, self._warnings)

    def on_accepted(self, step: Change) -> None:
        """Remove the note of a backup that is no longer on Deploy, or that stays there because the task keeps it."""
        gone = step.action[len(REMOVE) + 1 :]
        if gone in self._left:
            self._left[gone].forget()
        elif step.action == REMOVE or (step.action == DOWNLOAD and self.desired["keep"]):
            self._note.forget()

    def find_jobs(self, current: Json | None, actions: t.Sequence[str]) -> list[Job]:
        """Return the job of an earlier run. Also find the backup of a request that got no response.

        It is the only backup that did not exist before. Raises UnexpectedResponse if there are several new ones.
        """
        there = self._listed()
        new = sorted(there - self._known) if self._known is not None and there is not None else []
        if MAKE in actions and self._asked and len(new) > 1:
            raise UnexpectedResponse(f"Deploy has several new backups, {', '.join(new)}.", "GET", PATH)
        if MAKE in actions and len(new) == 1:
            self._backup = new[0]
            self._begun = True
            self._note_down(backup=self._backup)
        self._known = there
        earlier = None if self._begun else self._earlier
        return [dataclasses.replace(earlier, action=MAKE)] if earlier and earlier.state == RUNNING else []

    def send(self, step: Request) -> Job:
        """Send a step."""
        step = dataclasses.replace(step, path=step.path.replace(BACKUP_LATER, quote(self._backup, safe="")))
        if step.action == MAKE:
            return self._make(step)
        job = super().send(step)
        self._begun = True
        return job

    def do_locally(self, step: LocalAction) -> None:
        """Download the backup. The file moves into place only after it is complete."""
        try:
            self._fetch(self._file_of(f"{PATH}/{quote(self._backup, safe='')}"))
        except ApplianceError as error:
            error.hint = f"{error.hint} {self._stays()}".strip()
            raise
        self._begun = True

    def _make(self, step: Request) -> Job:
        """Request the backup. Write the note before and after the request, in case this run is cut off."""
        self._try_place()
        known = None if self._known is None else sorted(self._known)
        with self._writing():
            self._note.write(self.desired["backup_password"], known)
        self._asked = True
        try:
            job = super().send(step)
        except (ConnectionFailed, Refused) as error:
            if not isinstance(error, Busy):
                self._note.forget()
            raise
        self._begun = True
        self._backup = job.resource_id or ""
        if not self._backup:
            raise UnexpectedResponse("Deploy did not return the id of the backup.", "POST", PATH)
        self._note_down(backup=self._backup, job=job.id)
        return job

    def _note_down(self, **facts: str) -> None:
        """Add facts to the note. A full disk must not hide what Deploy has begun."""
        with contextlib.suppress(OSError):
            self._note.add(**facts)

    def _stays(self) -> str:
        return f"Backup {self._backup} is on Deploy: the next run of this task takes it over."

    def job(self, job_id: str) -> Job:
        """Return a job. An error says what happens to the backup; a failed backup loses its note."""
        try:
            job = super().job(job_id)
        except ApplianceError as error:
            error.hint = f"{error.hint} {self._stays()}".strip()
            raise
        if job.state == FAILED:
            with contextlib.suppress(ApplianceError):
                if self._record(self._backup) is None:
                    self._note.forget()
        return job

    def _file_of(self, path: str) -> str:
        """Return the path of a backup's file; wait until Deploy shows it."""
        end = time.monotonic() + self.desired["wait_timeout"]
        while True:
            record = self.client.get(path, "id,download_url")
            url = parts_of(str((record or {}).get("download_url") or ""))
            if url.path.startswith("/"):
                return url.path + (f"?{url.query}" if url.query else "")
            if record is None or time.monotonic() >= end:
                raise UnexpectedResponse("Deploy did not return the download_url of the backup.", "GET", path)
            time.sleep(PAUSE)

    def _fetch(self, path: str) -> None:
        """Write the file beside its place, readable by its owner only, then move it there."""
        with self._writing(), self._beside() as (handle, beside):
            with os.fdopen(handle, "wb") as file:
                self.client.download(path, file.write)
            os.replace(beside, self.desired["dest"])

    def _try_place(self) -> None:
        """Raise InputError if the file cannot be written, before Deploy makes a backup for it."""
        with self._writing(), self._beside() as (handle, dummy):
            os.close(handle)

    @contextlib.contextmanager
    def _beside(self) -> t.Iterator[tuple[int, str]]:
        """Create a file beside the place; remove it at the end unless it was moved."""
        handle, beside = tempfile.mkstemp(prefix=".backup-", dir=self._folder)
        try:
            yield handle, beside
        finally:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(beside)

    @contextlib.contextmanager
    def _writing(self) -> t.Iterator[None]:
        """Turn errors of the file system into InputError."""
        try:
            yield
        except OSError as error:
            raise InputError(f"dest {self.desired['dest']} cannot be written: {error.strerror}.", hint=HERE) from None
