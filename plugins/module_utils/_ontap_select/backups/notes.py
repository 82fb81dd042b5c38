# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A note beside the file of a backup. It says which backup on Deploy belongs to the file, as long as Deploy has it.

Deploy shows neither who made a backup nor what it is for. Without the note, no later run could distinguish the backup
of a run that was cut off from other people's backups.
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

from ..._engine.data import Json

SUFFIX = ".on-deploy"
ROUNDS = 100_000
USABLE = 12 * 3600.0
"""Seconds for which a run takes over a backup that an earlier run requested."""


class BackupNote:
    """The note for one file. dest: path of the file. deploy: URL of the Deploy that makes the backup."""

    def __init__(self, dest: str, deploy: str) -> None:
        folder, name = os.path.split(dest)
        self.path = os.path.join(folder, f".{name}{SUFFIX}")
        self.deploy = deploy

    def read(self) -> Json | None:
        """Return the content of the note; None if it does not exist or is about another Deploy."""
        return _content(self.path, self.deploy)

    def write(self, password: str, known: t.Sequence[str] | None) -> None:
        """Note that the run is about to request a backup. known: ids of the backups on Deploy, None if unknown.

        The note contains the password as a salted hash. A later run checks with it whether its own password opens the
        backup. Raises OSError.
        """
        salt = secrets.token_hex(16)
        started = {"asked": time.time(), "known": known, "salt": salt, "check": _check(password, salt)}
        self._put({"deploy": self.deploy, **started, "backup": "", "job": ""})

    def add(self, **facts: str) -> None:
        """Add the id of the backup or of the job that makes it. Raises OSError."""
        content = self.read()
        if content is not None:
            self._put({**content, **facts})

    def forget(self) -> None:
        """Remove the note."""
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self.path)

    def others(self) -> list[tuple[BackupNote, Json]]:
        """Return the notes in the same folder about backups on this Deploy that no run takes over any more."""
        folder = os.path.dirname(self.path)
        notes = []
        for path in sorted(glob.glob(os.path.join(glob.escape(folder), f".*{SUFFIX}"))):
            name = os.path.basename(path)[1 : -len(SUFFIX)]
            content = _content(path, self.deploy) if path != self.path else None
            if content is not None and is_old(content):
                notes.append((BackupNote(os.path.join(folder, name), self.deploy), content))
        return notes

    def _put(self, content: Json) -> None:
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(content, file)


def is_old(content: Json) -> bool:
    """Return whether a backup was requested too long ago for a run to take it over."""
    return not 0 <= time.time() - content["asked"] <= USABLE


def fits(content: Json, password: str | None) -> bool:
    """Return whether a run can take the backup over: it is recent, and the password, if given, opens it."""
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
