# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Read PEM from options and files, and write it. Standard library only."""

from __future__ import annotations

import base64
import binascii
import os
import re
import typing as t

from .._engine.data import Json
from .._engine.errors import InputError
from .der import Certificate, certificate

BEGIN = re.compile(r"-----BEGIN ([A-Z0-9 ]+)-----")
BLOCK = re.compile(r"-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \1-----", re.DOTALL)
CERTIFICATES = ("CERTIFICATE", "X509 CERTIFICATE")
REQUESTS = ("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST")
LINE = 64


class Block(t.NamedTuple):
    """One PEM block. label: the words in its BEGIN line. body: the base64 lines. text: the block with both lines."""

    label: str
    body: str
    text: str


def blocks(text: str, option: str, has_path: bool = True) -> list[Block]:
    """Return the PEM blocks of a text; raise InputError if it has no block, or a block without an end.

    has_path: whether the task has an option ``<option>_path``.
    The message names the option. It never repeats the text, which may be a private key.
    """
    found = [Block(match.group(1), match.group(2), match.group(0)) for match in BLOCK.finditer(text)]
    if len(found) != len(BEGIN.findall(text)):
        raise InputError(
            f"{option} has a PEM block that does not end.", hint="It must end with the line -----END ...-----."
        )
    if found:
        return found
    hint = "PEM begins with a line such as -----BEGIN CERTIFICATE-----."
    if "\n" not in text.strip() and len(text) < 1024 and re.search(r"[/\\]|\.(pem|crt|cer|key)$", text.strip()):
        hint += f" To name a file, use {option}_path." if has_path else " lookup('file', ...) reads a file."
    raise InputError(f"{option} is not PEM.", hint=hint)


def decoded(block: Block, option: str) -> bytes:
    """Return the DER of a block; raise InputError if its content is not base64."""
    body = "".join(block.body.split())
    try:
        return base64.b64decode(body.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error):
        hint = "It contains \\n as two characters: use real line breaks." if "\\n" in body else ""
        raise InputError(f"{option} has a PEM block whose content is not base64.", hint=hint) from None


def chain(text: str, option: str, has_path: bool = True) -> list[Certificate]:
    """Return the certificates of a PEM text in order; raise InputError if it holds anything else.

    has_path: as in `blocks`.
    """
    found = []
    for number, block in enumerate(blocks(text, option, has_path), 1):
        if block.label in REQUESTS:
            raise InputError(
                f"{option} holds a signing request.", hint="Give the certificate that the CA issued, and its chain."
            )
        if block.label not in CERTIFICATES:
            raise InputError(f"{option} takes certificates only, but block {number} is {block.label}.")
        try:
            found.append(certificate(decoded(block, option)))
        except ValueError as error:
            raise InputError(f"Block {number} of {option} is PEM, but not a certificate: {error}.") from None
    return found


def render(certificates: t.Sequence[Certificate]) -> str:
    """Return certificates as PEM."""
    lines = []
    for item in certificates:
        body = base64.b64encode(item.der).decode("ascii")
        lines += ["-----BEGIN CERTIFICATE-----"]
        lines += [body[start : start + LINE] for start in range(0, len(body), LINE)]
        lines += ["-----END CERTIFICATE-----"]
    return "\n".join([*lines, ""])


def given(desired: Json, option: str) -> str | None:
    """Return the text of an option, or of the file named by <option>_path on the host that runs the task.

    Return None if the task gives neither. Raise InputError if the file cannot be read.
    """
    path = desired.get(f"{option}_path")
    if path is None:
        text: str | None = desired.get(option)
        return text
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError as error:
        raise InputError(f"{option}_path {path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise InputError(
            f"{option}_path {path} is not a text file, so it is not PEM.",
            hint=f"openssl x509 -inform DER -in {os.path.basename(path)} turns a DER certificate into PEM.",
        ) from None
