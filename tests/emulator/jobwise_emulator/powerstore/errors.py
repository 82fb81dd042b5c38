# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Refusals: an HTTP status with an ``error_response`` body (PowerStore REST 4.0, error_response and HttpStatusEnum)."""

from __future__ import annotations

from jobwise_emulator.exchange import Json, Reply

NOT_FOUND_CODES = {
    "volume": "0xE0A07001000C",
    "host": "0xE0A010010003",
    "snapshot_rule": "0xE0203001000B",
    "policy": "0xE0A090010001",
    "local_user": "0xE09040040001",
    "role": "0xE09040050001",
    "security_config": "0xE09040060004",
    "x509_certificate": "0xE0901001001D",
}
GENERIC_NOT_FOUND = "0xE04040020009"
INVALID_REQUEST = "0xE04040010005"
VALIDATION = "0xE04040030001"
UNKNOWN_URL = "0xE04040020002"


class Refused(Exception):
    """The array refuses. ``status`` is the HTTP status, ``messages`` the list of ``error_message`` objects."""

    def __init__(
        self, status: int, code: str, text: str, *arguments: str, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(text)
        self.status = status
        self.messages = [message(code, text, *arguments)]
        self.headers = headers or {}

    def body(self) -> Json:
        """The ``error_response``."""
        return {"messages": self.messages}

    def reply(self) -> Reply:
        """The refusal as an HTTP reply."""
        return Reply(self.status, self.body(), dict(self.headers))


class VirtualVolumeNotFound(Refused):
    """404 for a read of a virtual volume, the only operation with a ``vvol_error_response``. Its code is made up."""

    def __init__(self, key: str) -> None:
        super().__init__(404, GENERIC_NOT_FOUND, f"The virtual volume {key} was not found.", key)

    def body(self) -> Json:
        """The ``vvol_error_response``."""
        return {"error_code": 404, "description": str(self)}


def message(code: str, text: str, *arguments: str) -> Json:
    """One ``error_message``."""
    return {"code": code, "severity": "Error", "message_l10n": text, "arguments": list(arguments)}


def invalid(text: str, *arguments: str) -> Refused:
    """400 for a request that is wrong before it is looked at any closer."""
    return Refused(400, INVALID_REQUEST, f"Invalid REST request. {text}", *arguments)


def validation(text: str) -> Refused:
    """400 for a body or query that does not fit the schema; the text is repeated as the argument."""
    return Refused(400, VALIDATION, f"Validation failed: {text}", text)


def no_rules(kind: str, action: str) -> Refused:
    """422 for what this emulator does not know how to do."""
    return Refused(422, "0xE0404FFFFFFF", f"The emulator has no rules for {action} of {kind}.", kind, action)


def not_found(kind: str, key: str) -> Refused:
    """404 for an object that does not exist, in a URL or in a body."""
    if kind in NOT_FOUND_CODES:
        text = f"The {kind.replace('_', ' ')} {key} was not found."
        return Refused(404, NOT_FOUND_CODES[kind], text, key)
    return Refused(404, GENERIC_NOT_FOUND, f"Instance with id {key} was not found.", key)
