# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Converts a storage capacity, as users write it, to bytes and back."""

from __future__ import annotations

import re
import typing as t
from decimal import Decimal

from ..errors import InputError
from ..table.attribute import Format

UNITS = {"": 0, "K": 1, "M": 2, "G": 3, "T": 4, "P": 5}
PATTERN = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([KMGTP]?)(?:i?B)?\s*", re.IGNORECASE)


def in_bytes(value: t.Any, option: str) -> int:
    """Return a capacity in bytes.

    value: a number of bytes, or a text with a unit such as ``2TB``; units are powers of 1024. option: its name.
    Raises InputError if the value is not a capacity.
    """
    found = None if isinstance(value, bool) else PATTERN.fullmatch(str(value))
    unit = found.group(2).upper() if found else ""
    size = Decimal(found.group(1)) * 1024 ** UNITS[unit] if found else Decimal(0)
    if size < 1 or (not unit and size % 1):
        raise InputError(
            f"{option} is not a capacity: {value!r}.",
            hint="Give bytes as a number, or a text with a unit such as 2TB or 500GiB.",
        )
    return int(size)


def in_units(size: t.Any) -> str:
    """Return a number of bytes in the largest unit that gives a whole number, such as ``10 GiB``."""
    value, unit = int(size), "bytes"
    for letter in "KMGTP":
        if value % 1024 or not value:
            break
        value, unit = value // 1024, f"{letter}iB"
    return f"{value} {unit}"


def in_words(size: int) -> str:
    """Return a number of bytes for people, in the largest unit that fits, rounded to two decimals: ``1.5 TiB``."""
    value, units = Decimal(size), ["bytes", *(f"{letter}iB" for letter in "KMGTP")]
    while len(units) > 1 and round(value, 2) >= 1024:
        value /= 1024
        units.pop(0)
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return f"{text} {units[0]}" if size != 1 else "1 byte"


CAPACITY = Format(in_bytes, in_units)
"""A capacity: people write it with a unit, the API takes bytes."""
