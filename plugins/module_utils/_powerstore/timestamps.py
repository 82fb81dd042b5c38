# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Points in time in PowerStore's format: ISO 8601 in UTC, with Z or +00:00, with or without fractions of a second."""

from __future__ import annotations

import typing as t
from datetime import datetime, timezone

from .._engine.options.timestamps import instant

__all__ = ["NEVER", "canonical", "instant", "is_past", "as_instant"]

NEVER = "1970-01-01T00:00:00.000Z"
"""What unsets the expiration of the snapshot of a file system in a request."""


def canonical(text: str, option: str) -> str:
    """Return a point in time in the format for requests, as in ``2026-01-31T12:00:00Z``; raise InputError for others.

    option: the option that holds the text, for the message.
    """
    return instant(text, option).strftime("%Y-%m-%dT%H:%M:%SZ")


def as_instant(value: t.Any) -> t.Any:
    """Return a point in time, given in any format, to the second; an empty text if it has no value."""
    return canonical(str(value), "") if value else ""


def is_past(text: str) -> bool:
    """Return whether a point in time is in the past."""
    return instant(text, "") <= datetime.now(timezone.utc)
