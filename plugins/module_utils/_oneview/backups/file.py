# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where a backup is kept: one file that is whole or not there, and beside it what tells that it is still the same.

The time of the file is when the backup was made. A second file, with ``.sha256`` behind its name, holds the SHA-256 of
the content in the form that ``sha256sum --check`` takes.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import os
import re
import tempfile
import typing as t
from datetime import datetime

from ..._engine.errors import InputError, ResponseLost
from ..._engine.resource_type import Json

SUFFIX = ".bkp"
PIECE = 1 << 20
MODE = 0o600
"""A backup holds the whole configuration."""


@dataclasses.dataclass(frozen=True)
class Kept:
    """A file that holds a backup. size in bytes, sha256 in lower-case hexadecimal digits."""

    path: str
    size: int
    sha256: str

    def facts(self) -> Json:
        """Return it as data."""
        return dataclasses.asdict(self)


class BackupFile:
    """The file that a task's ``dest`` names. A folder gets a file that is called like the backup."""

    def __init__(self, dest: str, backup_id: str) -> None:
        name = re.sub(r"[^A-Za-z0-9._-]", "_", backup_id).lstrip(".") or "backup"
        is_folder = dest.endswith(os.sep) or os.path.isdir(dest)
        self.dest = dest
        self.path = os.path.join(dest, name + SUFFIX) if is_folder else dest
        self.folder = os.path.dirname(self.path) or "."

    def trouble(self) -> str:
        """Return why the file cannot be written, else an empty text."""
        if not os.path.isdir(self.folder):
            return f"dest {self.dest} cannot be written: there is no folder {self.folder}."
        if not os.access(self.folder, os.W_OK | os.X_OK):
            return f"dest {self.dest} cannot be written: the folder {self.folder} does not permit it."
        return ""

    def held(self, made: datetime) -> Kept | None:
        """Return the file if it is whole and holds the backup that was made at this time."""
        try:
            state = os.stat(self.path)
            if int(state.st_mtime) != int(made.timestamp()):
                return None
            with open(self.path + ".sha256", encoding="ascii") as noted:
                wanted = noted.read(64)
            found = digest_of(self.path)
        except (OSError, UnicodeDecodeError):
            return None
        return Kept(self.path, state.st_size, found) if found == wanted else None

    def write(self, pieces: t.Iterable[bytes], size: int | None, made: datetime) -> Kept:
        """Put the content there in one go, once all of it has come; return the file.

        size: in bytes, as far as it is known beforehand. Raises ReplyLost where something else has come, InputError
        where the file cannot be written.
        """
        temporary = ""
        try:
            with self._writing():
                handle, temporary = tempfile.mkstemp(dir=self.folder, prefix=f".{os.path.basename(self.path)}.")
            kept = self._fill(handle, pieces, size)
            with self._writing():
                os.chmod(temporary, MODE)
                os.utime(temporary, (made.timestamp(), made.timestamp()))
                os.replace(temporary, self.path)
                temporary = ""
                self._note(kept.sha256)
        finally:
            if temporary:
                with contextlib.suppress(OSError):
                    os.unlink(temporary)
        return kept

    def _fill(self, handle: int, pieces: t.Iterable[bytes], size: int | None) -> Kept:
        """Write and count what comes. Errors of what it comes from are not those of the file."""
        digest, count = hashlib.sha256(), 0
        with open(handle, "wb") as file:
            for piece in pieces:
                with self._writing():
                    file.write(piece)
                digest.update(piece)
                count += len(piece)
            _check_size(count, size)
            with self._writing():
                file.flush()
                os.fsync(file.fileno())
        return Kept(self.path, count, digest.hexdigest())

    @contextlib.contextmanager
    def _writing(self) -> t.Iterator[None]:
        try:
            yield
        except OSError as error:
            raise InputError(f"dest {self.path} cannot be written: {error.strerror}.") from None

    def _note(self, digest: str) -> None:
        with open(self.path + ".sha256", "w", encoding="ascii") as noted:
            noted.write(f"{digest}  {os.path.basename(self.path)}\n")


def _check_size(count: int, size: int | None) -> None:
    if size is not None and count != size:
        raise ResponseLost(f"The download broke off: {count} of {size} bytes came.")
    if not count:
        raise ResponseLost("The download is empty.")


def digest_of(path: str) -> str:
    """Return the SHA-256 of a file's content."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()
