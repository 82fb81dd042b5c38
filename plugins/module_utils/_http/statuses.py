# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a status means on all platforms alike, whatever the body says."""

from __future__ import annotations

import typing as t

from .._engine.errors import ApplianceError, Busy, ResponseLost, Unsupported
from .answers import Response

TOO_MANY_REQUESTS, NOT_IMPLEMENTED, BAD_GATEWAY, UNAVAILABLE, GATEWAY_TIMEOUT = 429, 501, 502, 503, 504

LONGEST_PAUSE = 30.0
"""Seconds to wait at most before the next try, even if the appliance asks for more."""


def error_of_status(
    response: Response, who: str, said: str, facts: t.Mapping[str, t.Any], hint: str = ""
) -> ApplianceError | None:
    """Return the error that a reply's status means everywhere, None if its platform has to say.

    who: the appliance in a person's words. said: what it answered, in words. facts: method, path, status, messages.
    hint: the appliance's own advice.
    """
    if response.status in (BAD_GATEWAY, GATEWAY_TIMEOUT):
        return ResponseLost(f"A gateway lost the request: {said}", **facts)
    if response.status in (TOO_MANY_REQUESTS, UNAVAILABLE):
        why = "is busy or starting" if response.status == UNAVAILABLE else "takes no more requests for now"
        busy = Busy(f"{who} {why}: {said}", hint=hint or "Try again later.", **facts)
        busy.retry_after = min(response.retry_after, LONGEST_PAUSE)
        return busy
    if response.status == NOT_IMPLEMENTED:
        hint = hint or "Check that its release supports it."
        return Unsupported(f"{who} cannot do this: {said}", hint=hint, **facts)
    return None


def garbled(response: Response, method: str, path: str) -> ResponseLost:
    """Return the error for a success whose body cannot be read: what the request has started is not known."""
    return ResponseLost(
        f"The request was taken, but its answer cannot be read: {response.describe()} "
        f"(HTTP {response.status} on {method} {path})",
        method,
        path,
        response.status,
    )
