# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The file on the task's host that holds a signing request."""

from __future__ import annotations

import contextlib
import os
import tempfile

from ..._certificates.der import request_key
from ..._certificates.pem import REQUESTS, blocks, decoded
from ..._engine.errors import InputError

MODE = 0o644
"""Everybody may read a request: the private key never leaves the array."""


class RequestFile:
    """A file for one signing request. A file that holds anything else is never overwritten.

    content: the request in the file, None if the file is missing or empty. Raises InputError for a path that is a
    folder, that cannot be written, or whose file holds something else.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.folder = os.path.dirname(path) or "."
        if os.path.isdir(path):
            raise InputError(f"dest {path} is a folder.", hint="Give the name of a file.")
        if os.path.isdir(self.folder) and not os.access(self.folder, os.W_OK | os.X_OK):
            raise InputError(f"dest {path} cannot be written: the folder {self.folder} does not permit it.")
        self.content = self._read()

    def _read(self) -> str | None:
        try:
            with open(self.path, encoding="utf-8") as file:
                text = file.read()
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError):
            text = "unreadable"
        if text.strip() and not key_of(text):
            raise InputError(
                f"dest {self.path} holds something other than a signing request, and is not overwritten.",
                hint="Give another name, or remove the file.",
            )
        return text if text.strip() else None

    def lacks_folder(self) -> str:
        """Return a message if the folder is missing, else an empty string.

        In check mode this is only a warning, because an earlier task may be the one that makes the folder.
        """
        if os.path.isdir(self.folder):
            return ""
        return f"dest {self.path} cannot be written: there is no folder {self.folder}."

    def holds(self, request: str) -> bool:
        """Return whether the file holds this request; white space does not count."""
        return self.content is not None and self.content.split() == request.split()

    def write(self, request: str) -> None:
        """Write the request atomically, so that readers see either the old or the new one.

        Raise InputError if the file system refuses it.
        """
        text = request.rstrip() + "\n"
        temporary = ""
        try:
            handle, temporary = tempfile.mkstemp(dir=self.folder, prefix=f".{os.path.basename(self.path)}.")
            with open(handle, "w", encoding="utf-8") as file:
                file.write(text)
            os.chmod(temporary, MODE)
            os.replace(temporary, self.path)
        except OSError as error:
            if temporary:
                with contextlib.suppress(OSError):
                    os.unlink(temporary)
            raise InputError(
                f"dest {self.path} cannot be written: {error.strerror}.",
                hint="The array has made the request. The next run fetches it from the record of the job.",
            ) from None
        self.content = text


def key_of(request: str) -> bytes:
    """Return the public key (DER) of a signing request in PEM, empty if the text is not a signing request."""
    try:
        found = blocks(request, "request")
        return request_key(decoded(found[0], "request")) if found[0].label in REQUESTS else b""
    except (InputError, ValueError, IndexError):
        return b""
