# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who asks: Basic authentication on every request, no sessions.

ONTAP Select Deploy REST API v3: account ``admin``; a request without credentials gets 401 with a challenge.
"""

from __future__ import annotations

import base64
import binascii

from jobwise_emulator.exchange import Json, Request
from jobwise_emulator.ontap_select.errors import Refused


class Access:
    """The accounts of the Deploy VM and the counters of what they did. ``users`` maps names to passwords."""

    def __init__(self, users: dict[str, str]) -> None:
        self.users = users
        self.on_accepted = 0
        self.failed = 0

    def authenticate(self, request: Request) -> None:
        """Fill in the request's user, or refuse with 401. Only wrong credentials count as failed, not missing ones."""
        kind, dummy, token = request.headers.get("authorization", "").partition(" ")
        if kind.lower() != "basic":
            raise Refused(401, "Authentication is required.")
        try:
            name, found, password = base64.b64decode(token, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            raise Refused(401, "The Authorization header cannot be read.") from None
        if not found or self.users.get(name) != password:
            self.failed += 1
            raise Refused(401, "The user name or the password is wrong.")
        self.on_accepted += 1
        request.user = name

    def report(self) -> Json:
        """In the form of platforms that have sessions; here none is ever open."""
        return {"open": [], "logins": self.on_accepted, "logouts": 0, "failed_logins": self.failed}
