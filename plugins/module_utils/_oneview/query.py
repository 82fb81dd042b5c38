# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""OneView's filters.

Source: HP OneView REST API Reference, common parameters (filter). The value stands between apostrophes, the whole
between quotation marks, and it can contain neither. Appliances are known to filter loosely, so what comes back is held
against the value again.
"""

from __future__ import annotations

import re
import typing as t
from datetime import datetime

from .._engine.errors import InputError
from .._engine.options.timestamps import instant
from .._engine.resource_type import Json

Pairs = t.List[t.Tuple[str, str]]
QUOTES = "['\"]"
UNFIT = r"['\"\\]"
OPERATORS = ("=", "eq", "==", "seq", "ne", "sne", "gt", "ge", "lt", "le", "matches", "smatches", "regex", "sregex")


def equals(attribute: str, value: str) -> str:
    """Return the filter for an attribute with this value, ignoring case."""
    if "'" in value or '"' in value:
        # "_" stands for any one character; in the value itself it does so anyway. A backslash would change its meaning.
        return f"\"{attribute} matches '{re.sub(UNFIT, '_', value)}'\""
    return f"\"{attribute}='{value}'\""


def condition(attribute: str, text: str) -> str:
    """Return the filter for a condition such as ``not matches web%``; raise InputError for what is none."""
    negated = text.startswith("not ")
    operator, dummy, value = (text[len("not ") :] if negated else text).strip().partition(" ")
    if operator not in OPERATORS or not value.strip():
        raise InputError(
            f"filters: {attribute} takes an operator and a value, such as 'ne Managed', not {text!r}.",
            hint=f"The operators are {', '.join(OPERATORS)}, with not in front to negate one.",
        )
    if re.search(QUOTES, value):
        raise InputError(f"filters: the appliance takes no quotation marks or apostrophes in a value: {text!r}.")
    # without quotation marks, NULL is no value at all
    compared = "NULL" if value.strip() == "NULL" else f"'{value.strip()}'"
    return f'"{"not " if negated else ""}{attribute} {operator} {compared}"'


def same_text(found: t.Any, asked: str) -> bool:
    """Tell whether a value that came back is the one that was asked for."""
    return str(found if found is not None else "").lower() == asked.lower()


def dotted(row: Json, path: str) -> t.Any:
    """Return the value at a dotted path of a row, None if there is none."""
    value: t.Any = row
    for part in path.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value


def moment(text: t.Any) -> datetime | None:
    """Return a point in time that the appliance tells, None if it tells none."""
    try:
        return instant(str(text), "") if text else None
    except InputError:
        return None
