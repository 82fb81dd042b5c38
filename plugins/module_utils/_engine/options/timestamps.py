# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Parses timestamps of users and appliances: ISO 8601 with a time zone, with or without fractions of a second."""

from __future__ import annotations

import re
from datetime import datetime, timezone

from ..errors import InputError


def instant(text: str, option: str) -> datetime:
    """Return a timestamp in UTC. Raises InputError, naming the option, if it is invalid or has no time zone."""
    plain = text.strip()
    if re.fullmatch(r"\d{4}-\d\d-\d\d[zZ]", plain):
        plain = ""  # a date alone is not a point in time, even with a zone
    plain = re.sub(r"[zZ]$", "+00:00", plain)
    # Python 3.8 reads fractions of three or six digits only.
    plain = re.sub(r"\.(\d{1,6})\d*", lambda found: f".{found.group(1):0<6}", plain)
    plain = re.sub(r"([+-]\d\d)(\d\d)$", r"\1:\2", plain)
    try:
        found = datetime.fromisoformat(plain)
    except ValueError:
        raise InputError(f"{option} takes a point in time such as 2030-12-31T23:59:00Z, not {text!r}.") from None
    if found.tzinfo is None:
        raise InputError(f"{option} lacks a time zone.", hint="For UTC, put a Z behind it, as in 2030-12-31T23:59:00Z.")
    return found.astimezone(timezone.utc)


def in_utc(moment: datetime) -> str:
    """Return a point in time as filters take it, such as ``2030-12-31T23:59:00.000Z``."""
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03}Z"
