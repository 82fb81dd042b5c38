# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The file that a signing request is kept in, where the task runs."""

from __future__ import annotations

import contextlib
import os
import tempfile

from ..._certificates.der import request_key
from ..._certificates.pem import REQUESTS, blocks, decoded
from ..._engine.errors import InputError

MODE = 0o644
"""A request is no secret: its key never leaves the array."""


class RequestFile:
    """A file that holds one signing request, or is to. Anything else that stands there is never overwritten.

    content: the request in it, None while there is none.
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
                f"dest {self.path} holds something else than a signing request, and is not overwritten.",
                hint="Give another name, or remove the file.",
            )
        return text if text.strip() else None

    def lacks_folder(self) -> str:
        """Return what is wrong where the folder is missing, else an empty text.

        A dry run only warns of it, since the folder may be what an earlier task would have made.
        """
        if os.path.isdir(self.folder):
            return ""
        return f"dest {self.path} cannot be written: there is no folder {self.folder}."

    def holds(self, request: str) -> bool:
        """Tell whether the file has this request."""
        return self.content is not None and self.content.split() == request.split()

    def write(self, request: str) -> None:
        """Put the request there, in one go: whoever reads meanwhile sees the old one or the new one."""
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
                hint="The request is made; the next run fetches it from the array's record of the job.",
            ) from None
        self.content = text


def key_of(request: str) -> bytes:
    """Return the public key of a signing request in PEM, nothing for a text that is none."""
    try:
        found = blocks(request, "request")
        return request_key(decoded(found[0], "request")) if found[0].label in REQUESTS else b""
    except (InputError, ValueError, IndexError):
        return b""
