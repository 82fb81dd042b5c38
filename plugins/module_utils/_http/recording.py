# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Records the exchanges with an appliance as lines of JSON, without secrets.

Several processes and threads may record to one file at once. A line is written whole or not at all.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import itertools
import json
import os
import stat
import time
import typing as t
import zlib

from .._engine.data import Json
from .._engine.errors import ApplianceError, InputError
from .answers import PIECE, Response
from .endpoint import Endpoint
from .secrets import Secrets
from .transport import Headers, Query, Transport

FORMAT = 1
MARK = b'{"record": '
"""How each line begins, and therefore each recording."""

LARGEST_LINE = 1024 * 1024
"""Bytes. A longer line is cut: first its lists, then its bodies."""

LONGEST_TEXT = 2000
"""Characters of a body that is not JSON."""

LISTS = (500, 50, 5)
"""How many entries of each list are kept, until a line is short enough."""

SENT = ("x-api-version", "if-match", "content-type")
RECEIVED = ("Content-Type", "Content-Range", "Location", "ETag", "Retry-After")
"""Headers that are recorded. None of them holds a secret."""

_connections = itertools.count(1)


class RecordFile:
    """The file of a recording. Raises InputError if nothing can be recorded to it."""

    def __init__(self, path: str) -> None:
        self.path = os.path.expanduser(path)
        if not os.path.isabs(self.path):
            raise _wrong(path, "is not an absolute path", "Tasks run in different folders.")
        try:
            with self._opened() as file:
                begin = os.pread(file, len(MARK), 0)
        except OSError as error:
            why = "a link" if error.errno == errno.ELOOP else error.strerror
            hint = "Its folder has to exist, and the file has to be an ordinary one of the user who runs the task."
            raise _wrong(path, f"cannot be written: {why}", hint) from None
        if not MARK.startswith(begin):
            raise _wrong(path, "holds something other than a recording", "Name a new file.")

    @contextlib.contextmanager
    def _opened(self) -> t.Iterator[int]:
        # Each write opens the file itself: a lock of a descriptor that a fork has copied would lock nobody out.
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        file = os.open(self.path, flags, 0o600)
        try:
            found = os.fstat(file)
            if not stat.S_ISREG(found.st_mode):
                raise OSError(errno.EINVAL, "no ordinary file")
            if found.st_mode & 0o077:
                os.fchmod(file, 0o600)
            yield file
        finally:
            os.close(file)

    def append(self, line: bytes) -> None:
        """Append a line. Raises OSError, and then the file is as before."""
        with self._opened() as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            before = os.fstat(file).st_size
            try:
                left = line
                while left:
                    left = left[os.write(file, left) :]
            except OSError:
                os.ftruncate(file, before)
                raise


def _wrong(path: str, why: str, hint: str) -> InputError:
    return InputError(f"The environment variable JOBWISE_RECORD names {path}, which {why}.", hint=hint)


class RecordingTransport(Transport):
    """A connection whose exchanges are recorded.

    warn: takes a warning if the file can no longer be written. The task goes on without it then.
    """

    def __init__(
        self, endpoint: Endpoint, file: RecordFile, warn: t.Callable[[str], None], secrets: Secrets | None = None
    ) -> None:
        super().__init__(endpoint, secrets=secrets)
        self._file: RecordFile | None = file
        self._warn = warn
        self._connection = f"{os.getpid()}-{next(_connections)}"

    def exchange(
        self,
        method: str,
        path: str,
        query: Query = None,
        body: t.Any = None,
        headers: Headers = None,
        timeout: float | None = None,
        files: t.Mapping[str, t.Any] | None = None,
    ) -> Response:
        """Send one request, record it with its response or its error, and return the response."""
        asked = _asked(method, path, query, headers, body, files)
        with self._recorded(asked) as answer:
            response = super().exchange(method, path, query, body, headers, timeout, files)
            answer.update(_answered(response))
        return response

    @contextlib.contextmanager
    def download(
        self, path: str, query: Query = None, headers: Headers = None, timeout: float | None = None
    ) -> t.Iterator[tuple[Response, t.Iterator[bytes]]]:
        """Download something large. What it is, is not recorded: backups hold secrets."""
        with contextlib.ExitStack() as stack:
            answer = stack.enter_context(self._recorded(_asked("GET", path, query, headers)))
            response, pieces = stack.enter_context(super().download(path, query, headers, timeout))
            answer.update(_answered(response), download=True)
            yield response, pieces

    @contextlib.contextmanager
    def _recorded(self, asked: Json) -> t.Iterator[Json]:
        """Record what is asked and what the block puts into the answer. An interrupted exchange is not recorded."""
        begin, now = self.deadline.now(), time.time()
        answer: Json = {}
        try:
            yield answer
        except ApplianceError as error:
            self._append(asked, {**answer, "error": {"kind": error.kind, "message": error.message}}, begin, now)
            raise
        self._append(asked, answer, begin, now)

    def _append(self, asked: Json, answer: Json, begin: float, now: float) -> None:
        if self._file is None:
            return
        seconds = round(self.deadline.now() - begin, 3)
        stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now))
        about = {"record": FORMAT, "time": stamp, "seconds": seconds, "connection": self._connection}
        about["appliance"] = f"{zlib.crc32(self.endpoint.url.encode()):08x}"  # distinguishes appliances, without a name
        line = line_of({**about, **self.secrets.hide_all({**asked, **answer})})
        try:
            self._file.append(line)
        except OSError as error:
            self._warn(f"The recording to {self._file.path} ended: {error.strerror}.")
            self._file = None


def _asked(
    method: str,
    path: str,
    query: Query,
    headers: Headers,
    body: t.Any = None,
    files: t.Mapping[str, t.Any] | None = None,
) -> Json:
    pairs = list(query.items() if isinstance(query, t.Mapping) else query or ())
    asked: Json = {"method": method, "path": path, "query": [list(pair) for pair in pairs], "request": body}
    asked["request_headers"] = {name: value for name, value in (headers or {}).items() if name.lower() in SENT}
    if files:
        asked["files"] = sorted(files)  # not what is in them
    return asked


def _answered(response: Response) -> Json:
    headers = {name: response.headers[name] for name in RECEIVED if name in response.headers}
    answer: Json = {"status": response.status, "headers": headers, "response": response.body}
    if not response.is_json and not (response.content and response.is_success):  # files hold secrets
        answer["text"] = response.text[:PIECE]
    return answer


def line_of(entry: Json) -> bytes:
    """Return an entry as a line, cut if it is too long.

    Its secrets must be hidden already: half of a secret would not be known as one.
    """
    if len(entry.get("text", "")) > LONGEST_TEXT:
        entry = {**entry, "text": entry["text"][:LONGEST_TEXT], "cut": True}
    line = _dumped(entry)
    for most in LISTS:
        if len(line) <= LARGEST_LINE:
            return line
        line = _dumped({**_shortened(entry, most), "cut": True})
    if len(line) > LARGEST_LINE:
        line = _dumped({**entry, "request": None, "response": None, "query": [], "cut": True})
    return line


def _dumped(entry: Json) -> bytes:
    return json.dumps(entry, separators=(", ", ": ")).encode() + b"\n"


def _shortened(value: t.Any, most: int) -> t.Any:
    """Return data with the first entries of each list."""
    if isinstance(value, list):
        return [_shortened(inner, most) for inner in value[:most]]
    if isinstance(value, dict):
        return {name: _shortened(inner, most) for name, inner in value.items()}
    return value
