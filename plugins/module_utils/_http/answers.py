# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads answers in pieces, up to a limit, and parses those that are JSON."""

from __future__ import annotations

import dataclasses
import json
import re
import time
import typing as t
import zlib
from email.utils import parsedate_to_datetime

PIECE = 65536
"""Bytes that are read, or decompressed, at a time."""

LARGEST = 64 * 1024 * 1024
"""Largest size of an answer in bytes, decompressed. The largest pages of an appliance are less than half of it."""

HTTP_1_1 = 11

DEEPEST = 100
"""Deepest nesting of JSON. No appliance nests deeper, and code that reads the body recursively would fail."""

CHARSET = re.compile(r"charset=[\"']?([\w-]+)", re.IGNORECASE)
ENCODINGS = ("gzip", "x-gzip", "deflate")
SHOWN = 80
"""How many characters of an answer that is not JSON a message shows."""


class TooLarge(Exception):
    """The answer is larger than the limit. The exception's text is the limit."""


class BrokenOff(Exception):
    """The answer ended too early, or it cannot be decompressed."""


@dataclasses.dataclass(frozen=True)
class Response:
    """One answer.

    headers: their names ignore case. body: the parsed JSON, or None if the body is not JSON. text: the body as text.
    hide: removes secrets from a text. content: the bytes of a body that is not said to be JSON, such as a file.
    """

    status: int
    headers: t.Mapping[str, str]
    body: t.Any
    text: str
    cookies: t.Mapping[str, str]
    hide: t.Callable[[str], str] = str
    content: bytes = b""

    @property
    def is_json(self) -> bool:
        """Whether the body is JSON or empty."""
        return not self.text.strip() or self.body is not None or self.text.strip() == "null"

    @property
    def is_success(self) -> bool:
        """Whether the status reports success."""
        return 200 <= self.status < 300

    @property
    def retry_after(self) -> float:
        """Seconds to wait before the next try, from the header Retry-After; 0 without that header."""
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
        """Return a short description of a body that is not JSON, for messages."""
        text = self.hide(self.text[:PIECE])  # before the text is cut: a part of a secret would not be recognised
        title = re.search(r"<title[^>]*>(.*?)</title>", text, re.IGNORECASE | re.DOTALL)
        if title:
            return f"an HTML page titled {' '.join(title.group(1).split())[:SHOWN]!r}"
        if re.match(r"\s*<(!doctype|html)", text, re.IGNORECASE):
            return "an HTML page"
        return f"{text.strip()[:SHOWN]!r}"


def parse(text: str) -> t.Any:
    """Return the body as data, or None if it is not JSON."""
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return None if _is_deeper(body, DEEPEST) else body


def _is_deeper(value: t.Any, levels: int) -> bool:
    if not isinstance(value, (dict, list)):
        return False
    inner = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_is_deeper(item, levels - 1) for item in inner if isinstance(item, (dict, list)))


def reply_of(response: t.Any, hide: t.Callable[[str], str] = str, limit: int = LARGEST) -> Response:
    """Read the whole body of a response of requests. Raises TooLarge or BrokenOff."""
    whole, kind = b"".join(pieces_of(response, limit)), response.headers.get("Content-Type") or ""
    text = _decoded(whole, kind)
    content = b"" if "json" in kind.lower() else whole
    return Response(
        response.status_code, response.headers, parse(text), text, response.cookies.get_dict(), hide, content
    )


def _decoded(content: bytes, content_type: str) -> str:
    """Decode a body. Without a valid charset in the content type it is UTF-8, as JSON must be."""
    named = CHARSET.search(content_type)
    if named and named.group(1).lower() not in ("utf-8", "utf8"):
        try:
            return content.decode(named.group(1), errors="replace")
        except (LookupError, ValueError):  # an unknown codec, or one that does not decode to text
            pass
    return content.decode("utf-8-sig", errors="replace")


def pieces_of(response: t.Any, limit: int) -> t.Iterator[bytes]:
    """Yield the decompressed body of a response of requests. Raises TooLarge or BrokenOff."""
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
    """Yield the bytes as they arrive. Raises BrokenOff if some are missing: not every urllib3 detects that."""
    size = 0
    while True:
        piece: bytes = response.raw.read(PIECE, decode_content=False)
        if not piece:
            break
        size += len(piece)
        yield piece
    if not size and _lacks_headers(response):
        raise BrokenOff("it ended within its headers")
    announced = response.headers.get("Content-Length") or ""
    has_length = announced.isdecimal() and "Transfer-Encoding" not in response.headers and response.status_code != 204
    if has_length and size < int(announced):
        raise BrokenOff(f"{size} of {announced} bytes came")


def _lacks_headers(response: t.Any) -> bool:
    """Return whether the connection must have ended within the headers. Python takes those that came for all.

    A complete answer announces its length, or announces that the end of the connection is the end of its body.
    """
    announcing = ("Content-Length", "Transfer-Encoding", "Connection")
    has_body = response.status_code not in (204, 304)
    return has_body and response.raw.version == HTTP_1_1 and not any(name in response.headers for name in announcing)


def _inflated(pieces: t.Iterable[bytes]) -> t.Iterator[bytes]:
    """Decompress in small pieces: a few compressed bytes may expand to very many."""
    inflater, is_begun = _inflater(), False
    try:
        for piece in pieces:
            while piece:
                is_begun = True
                yield inflater.decompress(piece, PIECE)
                piece = inflater.unconsumed_tail
                if inflater.eof:  # another compressed part follows, or padding
                    piece = inflater.unused_data.lstrip(b"\0")
                    inflater, is_begun = (_inflater(), False) if piece else (inflater, False)
        yield inflater.flush() if is_begun else b""
    except zlib.error as error:
        raise BrokenOff(f"it cannot be inflated ({error})") from None
    if is_begun and not inflater.eof:
        raise BrokenOff("its compressed body ends too early")


def _inflater() -> t.Any:
    return zlib.decompressobj(zlib.MAX_WBITS | 32)  # 32: detect whether it is gzip or zlib
