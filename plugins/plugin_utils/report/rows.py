# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rows of the sections that are alike on all platforms: what expires, how full something is, alerts and jobs."""

from __future__ import annotations

import math
import typing as t
from datetime import timedelta

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.text.words import number

from .words import Json, Settings, as_text, moment, size, words

SECONDS_OF_A_DAY = 86400


def expiry(kind: str, name: str, when: t.Any, settings: Settings, harmless: bool = False) -> t.Optional[Json]:
    """Return the row of what expires, None if it does not.

    harmless: nothing stops working at that time, as with the retention of a snapshot.
    """
    found = moment(when)
    if found is None:
        return None
    days = math.floor((found - settings.now).total_seconds() / SECONDS_OF_A_DAY)
    status, word = "ok", in_days(days)
    if harmless:
        status = "notice" if days < settings.days_warning else "ok"
    elif days < settings.days_critical:
        status = "critical"
    elif days < settings.days_warning:
        status = "warning"
    return {"kind": kind, "name": name, "expires": as_text(found), "days": days, "status": status, "word": word}


def in_days(days: int) -> str:
    """Return a number of days in words, counted from now."""
    if days < 0:
        return f"Expired {number(-days, 'day')} ago"
    if days >= 2 * 365:
        return f"In {days // 365} years"
    return "Today" if days == 0 else f"In {number(days, 'day')}"


def capacity(name: str, used: int, total: int, settings: Settings) -> t.Optional[Json]:
    """Return the row of a capacity in bytes, None without a size."""
    if total <= 0:
        return None
    percent = 100 * used / total
    status, word = "ok", "Enough space"
    if percent >= settings.percent_critical:
        status, word = "critical", "Almost full"
    elif percent >= settings.percent_warning:
        status, word = "warning", "Filling up"
    return {
        "name": name,
        "used": used,
        "total": total,
        "percent": round(percent, 1),
        "used_text": size(used),
        "total_text": size(total),
        "free_text": size(max(total - used, 0)),
        "status": status,
        "word": word,
        "trend": None,
    }


def alert(severity: str, about: str, text: str, raised: t.Any, settings: Settings, seen: str = "") -> Json:
    """Return the row of an alert. seen: why it needs no attention any more, such as ``acknowledged``."""
    status = {"critical": "critical", "major": "critical", "error": "critical", "warning": "warning"}.get(
        severity.lower(), "warning" if severity.lower() == "minor" else "notice"
    )
    return {
        "about": about,
        "text": text or "The appliance gives no text.",
        "raised": as_text(raised),
        "new": is_recent(raised, settings),
        "status": "notice" if seen else status,
        "word": f"{words(severity)}, {seen}" if seen else words(severity),
    }


FAILED, RUNNING, DONE = "failed", "running", "done"


def job(outcome: str, what: str, user: t.Any, begun: t.Any, ended: t.Any, text: str = "") -> Json:
    """Return the row of a job. outcome: ``failed``, ``running`` or ``done``."""
    status = {FAILED: "critical", RUNNING: "notice", DONE: "ok"}[outcome]
    return {
        "job": what,
        "outcome": outcome,
        "user": str(user or ""),
        "started": as_text(begun),
        "ended": as_text(ended),
        "text": text,
        "status": status,
        "word": words(outcome),
    }


def is_recent(value: t.Any, settings: Settings) -> bool:
    """Return whether a time is within the hours that a report looks back."""
    found = moment(value)
    return found is not None and found >= settings.now - timedelta(hours=settings.hours)
