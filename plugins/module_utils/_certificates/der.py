# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Read certificates and signing requests in DER: issuer, subject, public key and expiry. Standard library only.

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
"""Common name, organizational unit, organization: the first that a distinguished name has is its display name."""


class Part(t.NamedTuple):
    """One DER element. content: the bytes behind tag and length. whole: all bytes of the element."""

    tag: int
    content: bytes
    whole: bytes


@dataclasses.dataclass(frozen=True)
class Certificate:
    """A certificate. der: all of it. issuer, subject, key: the DER of these parts. expires: the end of its validity.

    If a certificate cannot be parsed, only ``der`` is set.
    """

    der: bytes
    issuer: bytes = b""
    subject: bytes = b""
    key: bytes = b""
    expires: datetime | None = None

    @property
    def thumbprint(self) -> str:
        """Return the SHA-256 of the DER in lower-case hexadecimal digits."""
        return hashlib.sha256(self.der).hexdigest()

    @property
    def title(self) -> str:
        """Return the display name of the subject, or the start of the thumbprint if it has no name."""
        return name_of(self.subject) or f"{self.thumbprint[:16]}..."

    def __str__(self) -> str:
        until = f" until {self.expires:%Y-%m-%d}" if self.expires else ""
        return f"{self.title}{until}, SHA-256 {self.thumbprint}"


def parts(data: bytes) -> list[Part]:
    """Return the consecutive DER elements in ``data``; raise ValueError if ``data`` holds anything else."""
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
    """Return the elements of a sequence; raise ValueError unless ``data`` is exactly one."""
    whole = parts(data)
    if len(whole) != 1 or whole[0].tag != SEQUENCE:
        raise ValueError("this is not one sequence")
    return parts(whole[0].content)


def certificate(der: bytes) -> Certificate:
    """Return the certificate in ``der``; raise ValueError if the bytes are not a certificate."""
    outer = _inside(der)
    if len(outer) != 3 or outer[0].tag != SEQUENCE:
        raise ValueError("it does not have the three parts of a certificate")
    inner = parts(outer[0].content)
    if inner and inner[0].tag == EXPLICIT_0:  # the version, which the oldest certificates lack
        inner = inner[1:]
    if len(inner) < 6:
        raise ValueError("some of its parts are missing")
    issuer, validity, subject, key = inner[2:6]
    if {part.tag for part in (issuer, validity, subject, key)} != {SEQUENCE}:
        raise ValueError("its parts are not those of a certificate")
    ends = parts(validity.content)
    if len(ends) != 2:
        raise ValueError("its validity does not have a start and an end")
    return Certificate(der, issuer.whole, subject.whole, key.whole, _moment(ends[1]))


def request_key(der: bytes) -> bytes:
    """Return the DER of a signing request's public key; raise ValueError if ``der`` is not a signing request."""
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
        raise ValueError("its validity is not a point in time")
    return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=timezone.utc)


def name_of(name: bytes) -> str:
    """Return the display name in a distinguished name (DER), or an empty string if it has none."""
    found: dict[bytes, str] = {}
    try:
        for group in _inside(name) if name else ():
            for pair in parts(group.content):
                kind, value = parts(pair.content)
                found.setdefault(kind.content, value.content.decode(ENCODINGS.get(value.tag, "latin-1"), "replace"))
    except ValueError:
        return ""
    return next((found[kind] for kind in NAMED_BY if found.get(kind)), "")
