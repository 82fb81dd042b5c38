# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Version negotiation and login: the API version to use, and the errors of a failed login.

Source: HP OneView REST API Reference, version and login-sessions; the error codes are those in HPE's own clients.
"""

from __future__ import annotations

import typing as t

from .._engine.errors import ApplianceError, Busy, InputError, LoginFailed, UnexpectedResponse
from .._engine.shape import NUMBER, check
from .._http.answers import Response
from .responses import error_of, messages_of

NEWEST = 8600
"""The newest API version that this client supports. It also uses this version with newer appliances."""

LOGIN = "/rest/login-sessions"
CHANGE_PASSWORD = "/rest/users/changePassword"
MUST_CHANGE = "PASSWORD_CHANGE_REQUIRED"
CHANGE_IT = (
    "oneview_user does that without a login: give it the user's own name, current_password, user_password and "
    "update_password: always."
)
VERSION = "/rest/version"


def version_to_speak(response: Response, url: str) -> int:
    """Return the newest API version that both sides support; raise InputError if they have no version in common."""
    body = response.body if isinstance(response.body, dict) else {}
    current_value, least = body.get("currentVersion"), body.get("minimumVersion") or 0
    if response.status != 200:
        raise error_of(response, "GET", VERSION)
    if not isinstance(current_value, int):
        raise UnexpectedResponse(
            f"GET {VERSION} did not return an API version.",
            path=VERSION,
            hint="Check that host and port are those of a OneView appliance.",
        )
    check(body, {"minimumVersion": NUMBER}, "GET", VERSION)
    if least > NEWEST:
        raise InputError(
            f"{url} supports API versions {least} to {current_value}; this collection supports up to {NEWEST}.",
            hint="Use a newer release of the collection, or give api_version to try a version anyway.",
        )
    return min(current_value, NEWEST)


def wrong_version(response: Response, url: str, version: int) -> ApplianceError:
    """Return the error for an API version that the appliance does not support."""
    return InputError(
        f"{url} does not support API version {version}.",
        status=response.status,
        messages=messages_of(response.body),
        hint="Leave api_version out to use the newest version that both sides support.",
    )


def must_change_password(error: ApplianceError) -> bool:
    """Return whether a login failed only because the user must change their password first."""
    return isinstance(error, LoginFailed) and any(MUST_CHANGE in str(message.get("code")) for message in error.messages)


def login_error(response: Response, url: str, who: str, version: int) -> ApplianceError:
    """Return the error for a failed login. who: the user as messages name them, such as ``user ops of domain corp``."""
    messages = messages_of(response.body)
    codes = " ".join(str(message["code"]) for message in messages)
    words = " ".join(str(message["message"]) for message in messages)
    details: dict[str, t.Any] = {"status": response.status, "messages": messages}
    if response.status == 412:
        return wrong_version(response, url, version)
    if "SESSION_CLIENT_LIMIT" in codes:
        hint = "Close sessions that are not needed; sessions that other tools left open end after 24 hours."
        return Busy(f"{url} has too many open sessions: {words}", hint=hint, **details)
    if MUST_CHANGE in codes:
        text = f"Before anything else, {who} must change their password. {words}".strip()
        return LoginFailed(text, hint=CHANGE_IT, **details)
    if "AUTHN_" in codes or response.status == 401:
        check = "Check username, password and login_domain, and whether the account is locked."
        hint = f"{check} The login was tried only once, because failures may lock the account."
        return LoginFailed(f"{url} does not accept {who}: {words or 'no reason given'}", hint=hint, **details)
    return error_of(response, "POST", LOGIN)
