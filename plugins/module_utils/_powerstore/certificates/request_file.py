# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The file on the task's host that holds a signing request."""

from __future__ import annotations

from ..._certificates.der import request_key
from ..._certificates.pem import REQUESTS, blocks, decoded
from ..._engine.errors import InputError
from ..._engine.text_file import TextFile

MODE = 0o644
"""Everybody may read a request: the private key never leaves the array."""


NOT_WRITTEN = "The array has made the request. The next run fetches it from the record of the job."


class RequestFile(TextFile):
    """A file for one signing request. A file that holds anything else is never overwritten.

    content: the request in the file, None if the file is missing or empty. Raises InputError for a path that is a
    folder, that cannot be written, or whose file holds something else.
    """

    def __init__(self, path: str) -> None:
        super().__init__(path, path, "a signing request", lambda text: bool(key_of(text)))
        text = self.read() or ""
        self.content = text if text.strip() else None

    def holds(self, request: str) -> bool:
        """Return whether the file holds this request; white space does not count."""
        return self.content is not None and self.content.split() == request.split()

    def keep(self, request: str) -> None:
        """Write the request; raise InputError if the file system refuses it."""
        text = request.rstrip() + "\n"
        self.write(text, MODE, NOT_WRITTEN)
        self.content = text


def key_of(request: str) -> bytes:
    """Return the public key (DER) of a signing request in PEM, empty if the text is not a signing request."""
    try:
        found = blocks(request, "request")
        return request_key(decoded(found[0], "request")) if found[0].label in REQUESTS else b""
    except (InputError, ValueError, IndexError):
        return b""
