# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Answers: read piece by piece and never beyond a limit, then parsed if they are JSON."""

from __future__ import annotations

import dataclasses
import json
import re
import time
import typing as t
import zlib
from email.utils import parsedate_to_datetime

PIECE = 65536
"""Bytes that are read, and bytes that are inflated, at a time."""

LARGEST = 64 * 1024 * 1024
"""Bytes that an answer may have when it is inflated. The largest pages of an appliance have less than half."""

DEEPEST = 100
"""Levels of JSON within JSON. What is deeper is no appliance's answer, and too deep for what reads it later."""

ENCODINGS = ("gzip", "x-gzip", "deflate")
SHOWN = 80
"""Characters of a text that is not JSON that are shown in messages."""


class TooLarge(Exception):
    """The answer has more bytes than it may have; the text says how many that are."""


class BrokenOff(Exception):
    """The answer ended too early, or was compressed in a way that cannot be read."""


@dataclasses.dataclass(frozen=True)
class Response:
    """Status, headers (any case), and the body: parsed where it is JSON, else None with its text.

    hide: takes secrets out of a text.
    """

    status: int
    headers: t.Mapping[str, str]
    body: t.Any
    text: str
    cookies: t.Mapping[str, str]
    hide: t.Callable[[str], str] = str

    @property
    def is_json(self) -> bool:
        """Whether the body was JSON; an empty body counts, it is what a reply without content has."""
        return not self.text.strip() or self.body is not None or self.text.strip() == "null"

    @property
    def is_success(self) -> bool:
        """Whether the status says that the request was carried out."""
        return 200 <= self.status < 300

    @property
    def retry_after(self) -> float:
        """Seconds that the appliance asks to wait before the next try; 0 if it does not ask."""
        value = str(self.headers.get("Retry-After") or "").strip()
        if value.isdecimal():
            return float(value[:9])
        try:
            then = parsedate_to_datetime(value).timestamp()
        except (TypeError, ValueError, IndexError, OverflowError):
            return 0.0
        try:
            now = parsedate_to_datetime(str(self.headers.get("Date"))).timestamp()
        except (TypeError, ValueError, IndexError, OverflowError):
            now = time.time()
        return max(then - now, 0.0)

    def describe(self) -> str:
        """Return what a body that is not JSON seems to be, in a few words, for messages."""
        text = self.hide(self.text[:PIECE])  # before it is cut: half a secret would not be known as one
        title = re.search(r"<title[^>]*>(.*?)</title>", text, re.IGNORECASE | re.DOTALL)
        if title:
            return f"an HTML page titled {' '.join(title.group(1).split())[:SHOWN]!r}"
        if re.match(r"\s*<(!doctype|html)", text, re.IGNORECASE):
            return "an HTML page"
        return f"{text.strip()[:SHOWN]!r}"


def parse(text: str) -> t.Any:
    """Return the body as data, None where it is not JSON."""
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return None if _is_deeper(body, DEEPEST) else body


def _is_deeper(value: t.Any, levels: int) -> bool:
    if not isinstance(value, (dict, list)):
        return False
    inner = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_is_deeper(one, levels - 1) for one in inner if isinstance(one, (dict, list)))


def reply_of(response: t.Any, hide: t.Callable[[str], str] = str, limit: int = LARGEST) -> Response:
    """Read the whole body of what requests has begun to read; raise TooLarge or BrokenOff."""
    text = _decoded(b"".join(pieces_of(response, limit)), response.headers.get("Content-Type") or "")
    return Response(response.status_code, response.headers, parse(text), text, response.cookies.get_dict(), hide)


def _decoded(content: bytes, content_type: str) -> str:
    """Return the text. What names no charset, or one that is none, is UTF-8 as JSON has to be."""
    named = re.search(r"charset=[\"']?([\w-]+)", content_type, re.IGNORECASE)
    if named and named.group(1).lower() not in ("utf-8", "utf8"):
        try:
            return content.decode(named.group(1), errors="replace")
        except (LookupError, ValueError):  # not known, or for other things than texts
            pass
    return content.decode("utf-8-sig", errors="replace")


def pieces_of(response: t.Any, limit: int) -> t.Iterator[bytes]:
    """Yield the body of what requests has begun to read, inflated; raise TooLarge or BrokenOff."""
    encoding = (response.headers.get("Content-Encoding") or "identity").strip().lower()
    if encoding in ENCODINGS:
        pieces = _inflated(_received(response))
    elif encoding == "identity":
        pieces = _received(response)
    else:
        raise BrokenOff(f"it is encoded as {encoding[:SHOWN]!r}, which was not asked for")
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > limit:
            raise TooLarge(f"{limit // 1024**2} MiB")
        yield piece


def _received(response: t.Any) -> t.Iterator[bytes]:
    """Yield the bytes as they come. Not every urllib3 notices by itself that some are missing."""
    size = 0
    while True:
        piece: bytes = response.raw.read(PIECE, decode_content=False)
        if not piece:
            break
        size += len(piece)
        yield piece
    announced = response.headers.get("Content-Length") or ""
    is_told = announced.isdecimal() and "Transfer-Encoding" not in response.headers and response.status_code != 204
    if is_told and size < int(announced):
        raise BrokenOff(f"{size} of {announced} bytes came")


def _inflated(pieces: t.Iterable[bytes]) -> t.Iterator[bytes]:
    """Inflate little by little: a few bytes can stand for very many."""
    inflater, is_begun = _inflater(), False
    try:
        for piece in pieces:
            while piece:
                is_begun = True
                yield inflater.decompress(piece, PIECE)
                piece = inflater.unconsumed_tail
                if inflater.eof:  # what follows is another part, or padding
                    piece = inflater.unused_data.lstrip(b"\0")
                    inflater, is_begun = (_inflater(), False) if piece else (inflater, False)
        yield inflater.flush() if is_begun else b""
    except zlib.error as error:
        raise BrokenOff(f"it cannot be inflated ({error})") from None
    if is_begun and not inflater.eof:
        raise BrokenOff("its compressed body ends too early")


def _inflater() -> t.Any:
    return zlib.decompressobj(zlib.MAX_WBITS | 32)  # finds out itself whether it is gzip or deflate
