# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a certificate's DER says of itself, as far as it is needed here, with nothing but the standard library.

Source: RFC 5280 (Certificate, Validity, Name, SubjectPublicKeyInfo), RFC 2986 (CertificationRequestInfo).
"""

from __future__ import annotations

import dataclasses
import hashlib
import typing as t
from datetime import datetime, timezone

SEQUENCE, EXPLICIT_0, UTC_TIME, GENERALIZED_TIME = 0x30, 0xA0, 0x17, 0x18
ENCODINGS = {0x0C: "utf-8", 0x13: "ascii", 0x14: "latin-1", 0x16: "ascii", 0x1E: "utf-16-be"}
NAMED_BY = (b"\x55\x04\x03", b"\x55\x04\x0b", b"\x55\x04\x0a")
"""Common name, organizational unit, organization: the first of them that a name has is what people call it."""


class Part(t.NamedTuple):
    """One element: its tag, its content, and all of its bytes."""

    tag: int
    content: bytes
    whole: bytes


@dataclasses.dataclass(frozen=True)
class Certificate:
    """issuer, subject, key: the DER of these parts, empty where they could not be read. expires: None likewise."""

    der: bytes
    issuer: bytes = b""
    subject: bytes = b""
    key: bytes = b""
    expires: datetime | None = None

    @property
    def thumbprint(self) -> str:
        """SHA-256 of the DER in lower-case hexadecimal digits."""
        return hashlib.sha256(self.der).hexdigest()

    @property
    def title(self) -> str:
        """What people call its subject."""
        return name_of(self.subject) or f"{self.thumbprint[:16]}..."

    def __str__(self) -> str:
        until = f" until {self.expires:%Y-%m-%d}" if self.expires else ""
        return f"{self.title}{until}, SHA-256 {self.thumbprint}"


def parts(data: bytes) -> list[Part]:
    """Return the elements that follow one another in ``data``; raise ValueError if that is not what it holds."""
    found, at = [], 0
    while at < len(data):
        start = at
        if at + 2 > len(data):
            raise ValueError("an element is cut off")
        tag, length = data[at], data[at + 1]
        at += 2
        if length > 0x80:
            octets = length - 0x80
            length = int.from_bytes(data[at : at + octets], "big")
            at += octets
        elif length == 0x80:
            raise ValueError("an element has no length")
        if at + length > len(data):
            raise ValueError("an element is cut off")
        found.append(Part(tag, data[at : at + length], data[start : at + length]))
        at += length
    return found


def _inside(data: bytes) -> list[Part]:
    """Return the elements of the one sequence that ``data`` is."""
    whole = parts(data)
    if len(whole) != 1 or whole[0].tag != SEQUENCE:
        raise ValueError("this is not one sequence")
    return parts(whole[0].content)


def certificate(der: bytes) -> Certificate:
    """Return a certificate; raise ValueError for bytes that are none."""
    outer = _inside(der)
    if len(outer) != 3 or outer[0].tag != SEQUENCE:
        raise ValueError("a certificate has three parts")
    inner = parts(outer[0].content)
    if inner and inner[0].tag == EXPLICIT_0:  # the version, which the oldest certificates lack
        inner = inner[1:]
    if len(inner) < 6:
        raise ValueError("the certificate lacks parts")
    issuer, validity, subject, key = inner[2:6]
    if {one.tag for one in (issuer, validity, subject, key)} != {SEQUENCE}:
        raise ValueError("the certificate is not built like one")
    ends = parts(validity.content)
    if len(ends) != 2:
        raise ValueError("the validity has two ends")
    return Certificate(der, issuer.whole, subject.whole, key.whole, _moment(ends[1]))


def request_key(der: bytes) -> bytes:
    """Return the public key that a signing request asks a certificate for; raise ValueError for what is none."""
    outer = _inside(der)
    inner = parts(outer[0].content) if outer else []
    if len(inner) < 3 or inner[2].tag != SEQUENCE:
        raise ValueError("this is not a signing request")
    return inner[2].whole


def _moment(part: Part) -> datetime:
    text = part.content.decode("ascii")
    if part.tag == UTC_TIME:
        text = f"{'19' if text[:2] >= '50' else '20'}{text}"
    elif part.tag != GENERALIZED_TIME:
        raise ValueError("this is no point in time")
    return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=timezone.utc)


def name_of(name: bytes) -> str:
    """Return what people call the bearer of a distinguished name, an empty text where it does not say."""
    found: dict[bytes, str] = {}
    try:
        for group in _inside(name) if name else ():
            for pair in parts(group.content):
                kind, value = parts(pair.content)
                found.setdefault(kind.content, value.content.decode(ENCODINGS.get(value.tag, "latin-1"), "replace"))
    except ValueError:
        return ""
    return next((found[kind] for kind in NAMED_BY if found.get(kind)), "")
