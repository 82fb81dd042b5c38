# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Backups of the Deploy VM: made there, brought here, and removed there.

Source: field use of the Deploy REST API, version 3, /backups: the POST tells where the backup will be, its download_url
where its file is.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import tempfile
import time
import typing as t
from urllib.parse import urlsplit

from ..engine.errors import ApplianceError, InputError, Refused, StrangeReply
from ..engine.job import DONE, Job
from ..engine.plan import Plan, Step
from ..engine.resource import Json
from .client import SelectClient
from .subject import SelectSubject

PATH = "backups"
MAKE, DOWNLOAD, REMOVE = "backup", "download", "remove"
BACKUP_LATER = "{backup}"
"""Stands in a path for the id of the backup that the run makes; the file has another."""
PAUSE = 1.0
HERE = "It is on the machine where the task runs."


class BackupSubject(SelectSubject):
    """A file that is to hold a backup; one that is there is left alone, unless it is to be replaced."""

    def __init__(self, client: SelectClient, want: Json) -> None:
        super().__init__(client, want, f"backup {want['dest']}")
        self._done: t.Set[str] = set()
        self._known: t.Set[str] | None = None
        self._backup = ""
        self._folder = os.path.dirname(want["dest"]) or "."
        if os.path.isdir(want["dest"]):
            raise InputError(f"dest {want['dest']} is a folder: give the name of a file.")
        if not os.path.isdir(self._folder):
            raise InputError(f"There is no folder {self._folder} for dest.", hint=HERE)
        self._may_write = True

    def look_up(self, object_id: str | None = None) -> Json | None:
        """Return the file, if there is one."""
        self._may_write = os.access(self._folder, os.W_OK | os.X_OK)
        with self._writing(), contextlib.suppress(FileNotFoundError):
            size = os.stat(self.want["dest"]).st_size
            return {"id": object_id or self.want["dest"], "dest": self.want["dest"], "size": size}
        return None

    def plan(self, have: Json | None) -> Plan:
        """Return what is left to do of the three steps."""
        dest = self.want["dest"]
        if not self._done and have is not None and not self.want["replace"]:
            shown = {"dest": dest}
            return Plan((), shown, shown)
        if not self.want.get("backup_password"):
            raise InputError("A backup takes backup_password, which the restore asks for.")
        if not self._may_write and MAKE not in self._done:
            raise InputError(f"dest {dest} cannot be written: the folder {self._folder} does not permit it.", hint=HERE)
        place = f"{PATH}/{self._backup or BACKUP_LATER}"
        steps = [
            Step(MAKE, "POST", PATH, {"password": self.want["backup_password"]}, "make a backup of Deploy"),
            Step(DOWNLOAD, "GET", place, None, f"download it to {dest}"),
        ]
        if not self.want["keep"]:
            steps.append(Step(REMOVE, "DELETE", place, None, "remove it from Deploy"))
        left = tuple(step for step in steps if step.action not in self._done)
        return Plan(left, {"dest": dest if have else None}, {"dest": dest, "backup": "(made anew)"})

    def accepted(self, step: Step) -> None:
        """Each step is done once."""
        self._done.add(step.action)

    def jobs_on(self, have: Json | None, actions: t.Sequence[str]) -> list[Job]:
        """Return no jobs, but find the backup whose making was not answered: the one that was not there before."""
        try:
            there = {str(row.get("id")) for row in self.client.query(PATH, "id")}
        except Refused:  # the list of backups is not documented
            return []
        new = there - self._known if self._known is not None else set()
        if MAKE in actions and len(new) == 1:
            self._backup = new.pop()
            self._done.add(MAKE)
        self._known = there
        return []

    def submit(self, step: Step) -> Job:
        """Do a step; the download puts the file in place only when all of it has come."""
        step = dataclasses.replace(step, path=step.path.replace(BACKUP_LATER, self._backup))
        if step.action == DOWNLOAD:
            try:
                self._fetch(self._file_of(step.path))
            except ApplianceError as error:
                stays = f"Backup {self._backup} remains on Deploy: GET {step.path} tells its download_url."
                error.hint = f"{error.hint} {stays} The next run makes another.".strip()
                raise
            return Job(id="", state=DONE, phase="success", percent=100, action=DOWNLOAD)
        if step.action == MAKE:
            self._try_place()
        job = super().submit(step)
        if step.action == MAKE:
            self._backup = job.resource_id or ""
            if not self._backup:
                raise StrangeReply("Deploy does not tell where the backup will be.", "POST", PATH)
            self._done.add(MAKE)
        return job

    def _file_of(self, path: str) -> str:
        """Return the path of a backup's file, which is there when the backup is made."""
        end = time.monotonic() + self.want["wait_timeout"]
        while True:
            record = self.client.get(path, "id,download_url")
            url = urlsplit(str((record or {}).get("download_url") or ""))
            if url.path.startswith("/"):
                return url.path + (f"?{url.query}" if url.query else "")
            if record is None or time.monotonic() >= end:
                raise StrangeReply("Deploy does not tell where the file of the backup is.", "GET", path)
            time.sleep(PAUSE)

    def _fetch(self, path: str) -> None:
        """Write the file beside its place, readable by its owner only, then put it there."""
        with self._writing(), self._beside() as (handle, beside):
            with os.fdopen(handle, "wb") as file:
                self.client.download(path, file.write)
            os.replace(beside, self.want["dest"])

    def _try_place(self) -> None:
        """Raise InputError if no file can be put there, as long as no backup has been made for it."""
        with self._writing(), self._beside() as (handle, dummy):
            os.close(handle)

    @contextlib.contextmanager
    def _beside(self) -> t.Iterator[tuple[int, str]]:
        """Make a file beside the place, which is gone in the end if it has not been moved."""
        handle, beside = tempfile.mkstemp(prefix=".backup-", dir=self._folder)
        try:
            yield handle, beside
        finally:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(beside)

    @contextlib.contextmanager
    def _writing(self) -> t.Iterator[None]:
        """Tell errors of the file system in words."""
        try:
            yield
        except OSError as error:
            raise InputError(f"dest {self.want['dest']} cannot be written: {error.strerror}.", hint=HERE) from None
