# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What has to fit into a URL: proxies and servers take only so long ones."""

from __future__ import annotations

import typing as t
from urllib.parse import quote

FILTER_BYTES = 4096
"""How long the values of one filter may be together, as they are sent. The shortest limit in use for a URL is 8 kB."""

Value = t.TypeVar("Value")


def in_parts(values: t.Sequence[Value], text: t.Callable[[Value], str] = str) -> list[list[Value]]:
    """Return the values in lists that fit into one filter each; no list if there is no value.

    text: returns a value as the filter has it, with what separates it from the next.
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
