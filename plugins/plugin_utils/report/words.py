# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Words, times and statuses of reports.

A row of a report is a dictionary that names its appliance and platform, and has a ``status`` for colours and order, a
``word`` that says the same to people, and what belongs to its section.
"""

from __future__ import annotations

import re
import typing as t
from datetime import datetime, timezone

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.options.capacity import in_words

Json = t.Dict[str, t.Any]

STATUSES = ("critical", "warning", "unknown", "notice", "ok")
"""What is worst comes first."""

PLATFORMS = {"powerstore": "PowerStore", "oneview": "OneView", "ontap_select": "ONTAP Select"}

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold, and what turns the direction of a text around."""

FRACTION = re.compile(r"\.\d+")


class Settings(t.NamedTuple):
    """What a report is asked for. now: its time. hours: how far back jobs and alerts count.

    days_warning, days_critical: from how many days on something that expires is a warning, and critical.
    percent_warning, percent_critical: the same for the part of a capacity that is used.
    """

    now: datetime
    hours: int = 24
    days_warning: int = 30
    days_critical: int = 7
    percent_warning: int = 80
    percent_critical: int = 90


def worst(statuses: t.Iterable[str]) -> str:
    """Return the worst of some statuses, ``ok`` for none."""
    return min(statuses, key=STATUSES.index, default="ok")


def rank(row: Json) -> t.Tuple[int, str]:
    """Return a sort key of a row: the worst first, then by appliance."""
    return STATUSES.index(row["status"]), str(row["appliance"]).lower()


def moment(value: t.Any) -> t.Optional[datetime]:
    """Return a time as appliances write it, None for anything else."""
    text = FRACTION.sub("", str(value or "").strip()).replace("Z", "+00:00")
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=timezone.utc)


def as_text(value: t.Any) -> t.Optional[str]:
    """Return a time in UTC to the second, as ``2026-01-31T12:00:00Z``, None for anything else."""
    found = value if isinstance(value, datetime) else moment(value)
    return found.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ") if found else None


def words(value: t.Any) -> str:
    """Return a state of an API in words: ``Ready_For_Cutover`` is Ready for cutover, ``CA_Server`` is CA server."""
    parts = str(value or "unknown").replace("_", " ").split()
    shouted = all(part.isupper() for part in parts) and len("".join(parts)) > len("VASA")
    plain = " ".join(part if part.isupper() and len(part) > 1 and not shouted else part.lower() for part in parts)
    return plain[:1].upper() + plain[1:]


def size(value: t.Any) -> str:
    """Return a number of bytes in words, also for a difference."""
    number = int(value)
    return f"-{in_words(-number)}" if number < 0 else in_words(number)


def printable(value: t.Any) -> t.Any:
    """Return data with every text made harmless for all outputs; what cannot be printed becomes a replacement sign."""
    if isinstance(value, str):
        return UNPRINTABLE.sub("\ufffd", str(value))
    if isinstance(value, dict):
        return {printable(str(name)): printable(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [printable(inner) for inner in value]
    return value
