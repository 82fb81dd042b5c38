# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an appliance answers to somebody who wants to come in: the version to speak, and why a login fails.

Source: HP OneView REST API Reference, version and login-sessions; codes as HPE's own clients tell them apart.
"""

from __future__ import annotations

import typing as t

from .._engine.errors import ApplianceError, Busy, InputError, LoginFailed, UnexpectedResponse
from .._engine.shape import NUMBER, check
from .._http.answers import Response
from .responses import error_of, messages_of

NEWEST = 8600
"""The newest version of the API that this client was made for; a newer appliance is spoken to in this one."""

LOGIN = "/rest/login-sessions"
CHANGE_PASSWORD = "/rest/users/changePassword"
MUST_CHANGE = "PASSWORD_CHANGE_REQUIRED"
CHANGE_IT = (
    "oneview_user does that without a login, with the user's own name, current_password, user_password and "
    "update_password: always."
)
VERSION = "/rest/version"


def version_to_speak(response: Response, url: str) -> int:
    """Return the newest version that both sides know; raise InputError if there is none."""
    body = response.body if isinstance(response.body, dict) else {}
    current_value, least = body.get("currentVersion"), body.get("minimumVersion") or 0
    if response.status != 200:
        raise error_of(response, "GET", VERSION)
    if not isinstance(current_value, int):
        raise UnexpectedResponse(f"GET {VERSION} tells no version.", path=VERSION, hint="Is this a OneView?")
    check(body, {"minimumVersion": NUMBER}, "GET", VERSION)
    if least > NEWEST:
        raise InputError(
            f"{url} speaks API versions {least} to {current_value}; this collection knows up to {NEWEST}.",
            hint="Use a newer release of the collection, or give api_version to try a version all the same.",
        )
    return min(current_value, NEWEST)


def wrong_version(response: Response, url: str, version: int) -> ApplianceError:
    """Return the error for a version of the API that the appliance does not speak."""
    return InputError(
        f"{url} does not speak API version {version}.",
        status=response.status,
        messages=messages_of(response.body),
        hint="Leave api_version out to use the newest one that it knows.",
    )


def must_change_password(error: ApplianceError) -> bool:
    """Tell whether a login failed only since the user has to change the password first."""
    return isinstance(error, LoginFailed) and any(MUST_CHANGE in str(one.get("code")) for one in error.messages)


def login_error(response: Response, url: str, who: str, version: int) -> ApplianceError:
    """Return why a login failed. who: the user in a person's words."""
    messages = messages_of(response.body)
    codes = " ".join(str(one["code"]) for one in messages)
    words = " ".join(str(one["message"]) for one in messages)
    told: dict[str, t.Any] = {"status": response.status, "messages": messages}
    if response.status == 412:
        return wrong_version(response, url, version)
    if "SESSION_CLIENT_LIMIT" in codes:
        hint = "Close sessions that are not needed; those left behind by other tools end after 24 hours."
        return Busy(f"{url} has too many open sessions: {words}", hint=hint, **told)
    if MUST_CHANGE in codes:
        text = f"The {who} has to change the password before anything else. {words}".strip()
        return LoginFailed(text, hint=CHANGE_IT, **told)
    if "AUTHN_" in codes or response.status == 401:
        check = "Check username, password and login_domain, or is the account locked?"
        hint = f"{check} It was tried once, since failures may lock it."
        return LoginFailed(f"{url} does not accept {who}: {words or 'no reason given'}", hint=hint, **told)
    return error_of(response, "POST", LOGIN)
