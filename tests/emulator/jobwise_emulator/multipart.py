# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bodies of type ``multipart/form-data`` (RFC 7578), taken apart byte for byte."""

from __future__ import annotations

import dataclasses
from email.parser import HeaderParser


@dataclasses.dataclass(frozen=True)
class Part:
    """One field of a form. ``filename`` is None unless the field is a file."""

    name: str
    content: bytes
    filename: str | None = None


def parse(content_type: str, body: bytes) -> list[Part]:
    """The fields of a form in the order they were sent; ``ValueError`` for a body that is not one."""
    boundary = parameter("content-type", content_type, "boundary")
    if not content_type.lower().startswith("multipart/form-data") or not boundary:
        raise ValueError("not a multipart/form-data body")
    line = b"\r\n--" + boundary.encode("latin-1")
    chunks = (b"\r\n" + body).split(line)
    if len(chunks) < 2 or not chunks[-1].startswith(b"--"):
        raise ValueError("the closing boundary is missing")
    return [part(chunk) for chunk in chunks[1:-1]]


def part(chunk: bytes) -> Part:
    """One field between two boundaries."""
    head, found, content = chunk.partition(b"\r\n\r\n")
    disposition = HeaderParser().parsestr(head.decode("utf-8").strip()).get("content-disposition", "")
    name = parameter("content-disposition", disposition, "name")
    if not found or name is None:
        raise ValueError("a part has no name")
    return Part(name, content, parameter("content-disposition", disposition, "filename"))


def parameter(header: str, value: str, name: str) -> str | None:
    """A parameter of a header's value, without its quotes."""
    found = HeaderParser().parsestr(f"{header}: {value}").get_param(name, header=header)
    return found if isinstance(found, str) else None
