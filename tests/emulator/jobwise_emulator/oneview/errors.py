# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What OneView refuses, and how it says so.

HP OneView REST API Reference, ErrorMessage: ``errorCode``, ``message``, ``details``, ``recommendedActions``,
``errorSource``, ``nestedErrors``, ``data``; items of ``taskErrors`` have the same shape.
"""

from __future__ import annotations

from collections.abc import Sequence

from jobwise_emulator.exchange import Json, Reply

RETRY = "Check the request URI, headers and body, then try again."


def message(
    code: str,
    text: str,
    details: str | None = None,
    actions: Sequence[str] = (),
    nested: Sequence[Json] = (),
    data: Json | None = None,
) -> Json:
    """An ErrorMessage."""
    return {
        "errorCode": code,
        "message": text,
        "details": details,
        "recommendedActions": list(actions),
        "messageParameters": [],
        "errorSource": None,
        "nestedErrors": list(nested),
        "data": data or {},
    }


class Refused(Exception):
    """A request that is refused, or a task that cannot go on: a status and an ErrorMessage."""

    def __init__(
        self,
        status: int,
        code: str,
        text: str,
        details: str | None = None,
        actions: Sequence[str] = (),
        nested: Sequence[Json] = (),
        data: Json | None = None,
    ) -> None:
        super().__init__(text)
        self.status = status
        self.error = message(code, text, details, actions, nested, data)

    def reply(self) -> Reply:
        """The reply."""
        return Reply(self.status, self.error)


def invalid(code: str, text: str, details: str | None = None, *actions: str) -> Refused:
    """400: the request makes no sense."""
    return Refused(400, code, text, details, actions or (RETRY,))


def unreadable(details: str) -> Refused:
    """400: the body is not what this resource looks like."""
    return invalid("REQUEST_DATA_READ_ERROR", "The data of the request cannot be read.", details)


def conflict(code: str, text: str, details: str | None = None, *actions: str) -> Refused:
    """409: not in this state."""
    return Refused(409, code, text, details, actions)


def not_found(uri: str) -> Refused:
    """404: nothing there."""
    actions = ("Check the URI and whether the resource has been removed.",)
    return Refused(404, "RESOURCE_NOT_FOUND", "The resource was not found.", f"There is nothing at {uri}.", actions)


def unauthenticated() -> Refused:
    """401: no session, or not any more."""
    text = "The session is not valid or has ended."
    return Refused(401, "AUTHORIZATION", text, "The header auth names no open session.", ("Log in again.",))


def forbidden(status: int, doing: str) -> Refused:
    """The user has no role that allows it."""
    actions = ("Log in as a user with a role that allows it.",)
    text = "The user has not the privilege for this operation."
    return Refused(status, "INSUFFICIENT_PRIVILEGES", text, f"No role of the user allows {doing}.", actions)
