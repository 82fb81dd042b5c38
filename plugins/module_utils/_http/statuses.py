# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""HTTP statuses that mean the same on all platforms, whatever the body says."""

from __future__ import annotations

import typing as t

from .._engine.errors import ApplianceError, Busy, ResponseLost, Unsupported
from .answers import Response

TOO_MANY_REQUESTS, NOT_IMPLEMENTED, BAD_GATEWAY, UNAVAILABLE, GATEWAY_TIMEOUT = 429, 501, 502, 503, 504

LONGEST_PAUSE = 30.0
"""Longest pause in seconds before the next try, even if the appliance asks for a longer one."""


def error_of_status(
    response: Response, who: str, said: str, facts: t.Mapping[str, t.Any], hint: str = ""
) -> ApplianceError | None:
    """Return the error for a status that means the same on all platforms, else None.

    who: the appliance's name in messages. said: its answer as text. facts: method, path, status and messages of the
    error. hint: the appliance's own advice.
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
    """Return the error for a success whose body cannot be read, so that the effect of the request is not known."""
    return ResponseLost(
        f"The request was taken, but its answer cannot be read: {response.describe()} "
        f"(HTTP {response.status} on {method} {path})",
        method,
        path,
        response.status,
    )
