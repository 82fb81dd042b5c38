# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A note beside the file that a backup is for: which backup on Deploy is meant, as long as it is there.

Deploy shows of a backup neither who made it nor what it is for. Without the note, a run that was cut off leaves a
backup that no later run can tell from other people's.
"""

from __future__ import annotations

import contextlib
import glob
import hashlib
import json
import os
import secrets
import time
import typing as t

from ..._engine.resource_type import Json

SUFFIX = ".on-deploy"
ROUNDS = 100_000
USABLE = 12 * 3600.0
"""Seconds for which a backup that an earlier run asked for is still the one that is meant."""


class BackupNote:
    """The note for one file. dest: the file. deploy: URL of the Deploy that makes the backup."""

    def __init__(self, dest: str, deploy: str) -> None:
        folder, name = os.path.split(dest)
        self.path = os.path.join(folder, f".{name}{SUFFIX}")
        self.deploy = deploy

    def read(self) -> Json | None:
        """Return what the note says; None if there is none, or if it is about another Deploy."""
        return _content(self.path, self.deploy)

    def write(self, password: str, known: t.Sequence[str] | None) -> None:
        """Note that a backup is about to be asked for. known: ids of those that Deploy has already, None if unknown.

        The password is noted as a salted hash. It tells later whether a backup can be opened with another task's.
        Raises OSError.
        """
        salt = secrets.token_hex(16)
        started = {"asked": time.time(), "known": known, "salt": salt, "check": _check(password, salt)}
        self._put({"deploy": self.deploy, **started, "backup": "", "job": ""})

    def add(self, **facts: str) -> None:
        """Add the id of the backup, and of the job that makes it. Raises OSError."""
        content = self.read()
        if content is not None:
            self._put({**content, **facts})

    def forget(self) -> None:
        """Remove the note."""
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self.path)

    def others(self) -> list[tuple[BackupNote, Json]]:
        """Return the notes in the same folder about backups on this Deploy that nobody wants any more."""
        folder = os.path.dirname(self.path)
        found = []
        for path in sorted(glob.glob(os.path.join(glob.escape(folder), f".*{SUFFIX}"))):
            name = os.path.basename(path)[1 : -len(SUFFIX)]
            content = _content(path, self.deploy) if path != self.path else None
            if content is not None and is_old(content):
                found.append((BackupNote(os.path.join(folder, name), self.deploy), content))
        return found

    def _put(self, content: Json) -> None:
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(content, file)


def is_old(content: Json) -> bool:
    """Tell whether a backup was asked for too long ago to be the one that a task asks for now."""
    return not 0 <= time.time() - content["asked"] <= USABLE


def fits(content: Json, password: str | None) -> bool:
    """Tell whether a backup is young enough, and can be opened with the password; without one it may be any."""
    return not is_old(content) and (password is None or content["check"] == _check(password, content["salt"]))


def _content(path: str, deploy: str) -> Json | None:
    try:
        with open(path, encoding="utf-8") as file:
            content = json.load(file)
    except (OSError, ValueError):
        return None
    texts = dict.fromkeys(("salt", "check", "backup", "job"), (str,))
    kinds: t.Dict[str, t.Tuple[type, ...]] = {"asked": (int, float), "known": (list, type(None)), **texts}
    if not isinstance(content, dict) or content.get("deploy") != deploy:
        return None
    return content if all(isinstance(content.get(name), kind) for name, kind in kinds.items()) else None


def _check(password: str, salt: str) -> str:
    return hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), ROUNDS).hex()
