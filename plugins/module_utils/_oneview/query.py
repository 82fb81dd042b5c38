# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""OneView's filters.

Source: HP OneView REST API Reference, common parameters (filter). The value is in apostrophes and the whole filter in
quotation marks, so the value can contain neither. Some appliances filter loosely, so callers must compare the returned
rows with the value again.
"""

from __future__ import annotations

import re
import typing as t
from datetime import datetime

from .._engine.data import Json
from .._engine.errors import InputError
from .._engine.options.timestamps import instant

Pairs = t.List[t.Tuple[str, str]]
QUOTES = "['\"]"
UNFIT = r"['\"\\]"
OPERATORS = ("=", "eq", "==", "seq", "ne", "sne", "gt", "ge", "lt", "le", "matches", "smatches", "regex", "sregex")


def equals(attribute: str, value: str) -> str:
    """Return the filter for rows in which the attribute has this value, ignoring case."""
    if "'" in value or '"' in value:
        # "_" matches any one character, even if the value itself contains one. A backslash would escape what follows.
        return f"\"{attribute} matches '{re.sub(UNFIT, '_', value)}'\""
    return f"\"{attribute}='{value}'\""


def condition(attribute: str, text: str) -> str:
    """Return the filter for a condition such as ``not matches web%``; raise InputError for an invalid one."""
    negated = text.startswith("not ")
    operator, dummy, value = (text[len("not ") :] if negated else text).strip().partition(" ")
    if operator not in OPERATORS or not value.strip():
        raise InputError(
            f"filters: {attribute} takes an operator and a value, such as 'ne Managed', not {text!r}.",
            hint=f"The operators are {', '.join(OPERATORS)}; put not in front of one to negate it.",
        )
    if re.search(QUOTES, value):
        raise InputError(f"filters: a value cannot contain quotation marks or apostrophes: {text!r}.")
    # NULL without apostrophes matches attributes that have no value.
    compared = "NULL" if value.strip() == "NULL" else f"'{value.strip()}'"
    return f'"{"not " if negated else ""}{attribute} {operator} {compared}"'


def same_text(current: t.Any, desired: str) -> bool:
    """Return whether a returned value is the requested one, ignoring case. None counts as an empty text."""
    return str(current if current is not None else "").lower() == desired.lower()


def dotted(row: Json, path: str) -> t.Any:
    """Return the value at a dotted path of a row, or None if the row has no such value."""
    value: t.Any = row
    for part in path.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value


def moment(text: t.Any) -> datetime | None:
    """Return a timestamp of the appliance as a datetime, or None if it is missing or unreadable."""
    try:
        return instant(str(text), "") if text else None
    except InputError:
        return None
