# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Splits long filters: proxies and servers limit the length of a URL."""

from __future__ import annotations

import typing as t
from urllib.parse import quote

FILTER_BYTES = 4096
"""Length limit for the values of one filter together, quoted. The lowest common limit for a whole URL is 8 kB."""

Value = t.TypeVar("Value")


def in_parts(values: t.Sequence[Value], text: t.Callable[[Value], str] = str) -> list[list[Value]]:
    """Return the values in lists, each short enough for one filter. Without values, there are no lists.

    text: returns a value as the filter contains it, with its separator.
    """
    parts: list[list[Value]] = []
    room = 0
    for value in values:
        size = len(quote(text(value), safe=""))
        if size > room or not parts:
            parts.append([])
            room = FILTER_BYTES
        parts[-1].append(value)
        room -= size
    return parts
