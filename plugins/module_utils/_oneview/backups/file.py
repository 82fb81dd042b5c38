# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The file that holds a downloaded backup, written atomically, and its checksum file.

The file's modification time is the time at which the backup was made. A second file, with ``.sha256`` appended to the
name, holds the SHA-256 of the content in the format that ``sha256sum --check`` reads.
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

from ..._engine.data import Json
from ..._engine.errors import InputError, ResponseLost

SUFFIX = ".bkp"
PIECE = 1 << 20
MODE = 0o600
"""Only the owner may read a backup, because it holds the appliance's whole configuration."""


@dataclasses.dataclass(frozen=True)
class Kept:
    """A file that holds a backup. size: in bytes. sha256: in lower-case hexadecimal digits."""

    path: str
    size: int
    sha256: str

    def facts(self) -> Json:
        """Return path, size and sha256 as a dictionary for the result."""
        return dataclasses.asdict(self)


class BackupFile:
    """The file that a task's ``dest`` names. If ``dest`` is a folder, the file in it is named after the backup."""

    def __init__(self, dest: str, backup_id: str) -> None:
        name = re.sub(r"[^A-Za-z0-9._-]", "_", backup_id).lstrip(".") or "backup"
        is_folder = dest.endswith(os.sep) or os.path.isdir(dest)
        self.dest = dest
        self.path = os.path.join(dest, name + SUFFIX) if is_folder else dest
        self.folder = os.path.dirname(self.path) or "."

    def trouble(self) -> str:
        """Return why the file cannot be written, or an empty text if it can."""
        if not os.path.isdir(self.folder):
            return f"dest {self.dest} cannot be written: there is no folder {self.folder}."
        if not os.access(self.folder, os.W_OK | os.X_OK):
            return f"dest {self.dest} cannot be written: the folder {self.folder} does not permit it."
        return ""

    def held(self, made: datetime) -> Kept | None:
        """Return the file if it is intact and holds the backup that was made at this time, else None."""
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
        """Write the content to a temporary file, rename it once the download is complete, and return the file.

        size: the expected size in bytes, None if it is unknown. Raises ResponseLost if the download is empty or has
        another size, and InputError if the file cannot be written.
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
        """Write the pieces and count their bytes. Only write errors become InputError, not those of the download."""
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
        raise ResponseLost(f"The download is incomplete: {count} of {size} bytes arrived.")
    if not count:
        raise ResponseLost("The download is empty.")


def digest_of(path: str) -> str:
    """Return the SHA-256 of a file's content in hexadecimal digits; raise OSError if it cannot be read."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()
