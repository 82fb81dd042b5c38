# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Deploy refuses, and how it says so.

ONTAP Select Deploy REST API v3: ``{"error": {"code", "message"}}`` with 400, 403, 404, 405, 409, 500 or 501. The codes
are made up, since the documentation names none; clients have to take them as they are.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Reply

CODES = {
    400: "InvalidInput",
    401: "AuthenticationRequired",
    403: "AccessDenied",
    404: "ResourceNotFound",
    405: "MethodNotAllowed",
    409: "Conflict",
    500: "InternalError",
    501: "NotImplemented",
    503: "ServiceRestarted",
}
CHALLENGE = {"WWW-Authenticate": 'Basic realm="ONTAP Select Deploy"'}


class Refused(Exception):
    """A request that is refused, or a job that cannot go on: a status and a message."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message

    def reply(self) -> Reply:
        """The reply; a 401 comes with the challenge that makes clients send their credentials."""
        headers = dict(CHALLENGE) if self.status == 401 else {}
        return Reply(self.status, {"error": {"code": CODES[self.status], "message": self.message}}, headers)


def invalid(message: str) -> Refused:
    """400: the input makes no sense, or not now."""
    return Refused(400, message)


def not_found(kind: str, key: str) -> Refused:
    """404: there is no such object."""
    return Refused(404, f"There is no {kind.replace('_', ' ')} {key}.")
