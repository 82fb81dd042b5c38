# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files that tasks upload to PowerStore: what an option may hold, and the bytes to send."""

from __future__ import annotations

import base64
import binascii
import struct
import typing as t

from .._engine.errors import InputError

KEYTAB = b"\x05\x02"
LENGTH = struct.Struct(">i")


def _given(value: t.Any, option: str) -> str:
    """Return the text of an option; raise InputError for an empty one."""
    text = str(value)
    if not text.strip():
        raise InputError(f"{option} is empty: give the content of the file, or leave the option out.")
    return text


def text_file(value: t.Any, option: str) -> bytes:
    """Return the content of a text file, whose last line ends as the others do; raise InputError for an empty one."""
    text = _given(value, option)
    return (text if text.endswith("\n") else f"{text}\n").encode()


def certificates(value: t.Any, option: str) -> bytes:
    """Return the certificates in a text as PEM and nothing else; raise InputError for another text."""
    from .._certificates.pem import chain, render  # every task imports this file

    return render(chain(_given(value, option), option, has_path=False)).encode()


def keytab(value: t.Any, option: str) -> bytes:
    """Return the keytab that a text has in base64; raise InputError for another text. No message repeats it."""
    text = "".join(_given(value, option).split())
    try:
        content = base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error):
        content = b""
    if not content:
        raise InputError(
            f"{option} is not base64.",
            hint="A keytab is binary. ansible.builtin.slurp returns the content of a file in base64.",
        )
    if not _is_keytab(content):
        raise InputError(
            f"{option} is base64, but not of a keytab with keys.",
            hint="`klist -k FILE` lists the keys of a keytab. ktutil or kadmin make one.",
        )
    return content


def _is_keytab(content: bytes) -> bool:
    """Return whether a content has the form of a keytab with at least one key.

    Source: MIT Kerberos, "The keytab file format": a version, then records, each with its length as a signed number. A
    negative one is a hole where a key has been removed.
    """
    place, keys = len(KEYTAB), 0
    if content[:place] != KEYTAB:
        return False
    while len(content) - place >= LENGTH.size:
        (length,) = LENGTH.unpack_from(content, place)
        if length == 0:
            break
        place += LENGTH.size + abs(length)
        keys += length > 0
    return keys > 0 and place <= len(content)
