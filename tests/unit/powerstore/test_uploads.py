# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files that tasks upload: what is one, and what is refused before anything is sent."""

from __future__ import annotations

import base64
import struct

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore import uploads

VERSION = b"\x05\x02"


def record(content: bytes, length: int | None = None) -> bytes:
    return struct.pack(">i", len(content) if length is None else length) + content


@pytest.mark.parametrize(
    "records",
    [
        record(b"key"),
        record(b"hole", -4) + record(b"key"),
        record(b"key") + record(b"", 0) + b"what a tool left behind the end",
        record(b"key") + b"\0",
    ],
)
def test_a_keytab_has_records(records: bytes) -> None:
    text = base64.b64encode(VERSION + records).decode()
    assert uploads.keytab(f" {text[:8]}\n{text[8:]}\n", "keytab") == VERSION + records


@pytest.mark.parametrize(
    "content",
    [
        b"no keytab",
        VERSION,
        b"\x05\x01" + record(b"key"),
        VERSION + record(b"hole", -4),
        VERSION + record(b"cut off", 8),
        VERSION + record(b"key") + record(b"cut off", 8),
        b"-----BEGIN CERTIFICATE-----",
    ],
)
def test_another_content_is_no_keytab(content: bytes) -> None:
    with pytest.raises(InputError, match="keytab is base64, but not of a keytab with keys"):
        uploads.keytab(base64.b64encode(content).decode(), "keytab")


@pytest.mark.parametrize("text", ["/etc/krb5.keytab", "nas01.keytab", "S\u00e4ure", "===="])
def test_another_text_is_not_base64(text: str) -> None:
    with pytest.raises(InputError, match="keytab is not base64") as refused:
        uploads.keytab(text, "keytab")
    assert text not in str(refused.value) + refused.value.hint


def test_an_empty_file_is_none() -> None:
    for parse in (uploads.keytab, uploads.certificates, uploads.text_file):
        with pytest.raises(InputError, match="file is empty: give the content of the file"):
            parse(" \n", "file")
