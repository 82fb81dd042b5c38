# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Points in time as PowerStore writes them: ISO 8601 in UTC, with Z or +00:00, with or without fractions."""

from __future__ import annotations

import typing as t
from datetime import datetime, timezone

from .._engine.options.timestamps import instant

__all__ = ["canonical", "instant", "is_past", "same_instant"]


def canonical(text: str, option: str) -> str:
    """Return a point in time the way it is sent."""
    return instant(text, option).strftime("%Y-%m-%dT%H:%M:%SZ")


def same_instant(current: t.Any, desired: t.Any) -> bool:
    """Compare points in time to the second, whatever they are written like; an empty one is never set."""
    if not current or not desired:
        return not current and not desired
    return canonical(str(current), "") == canonical(str(desired), "")


def is_past(text: str) -> bool:
    """Tell whether a point in time is over."""
    return instant(text, "") <= datetime.now(timezone.utc)
