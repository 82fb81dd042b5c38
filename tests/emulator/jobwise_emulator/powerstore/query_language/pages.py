# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Order and paging: ``order``, ``offset``, ``limit`` and the ``Range`` header."""

from __future__ import annotations

import re
from typing import Any

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.catalog import Catalog
from jobwise_emulator.powerstore.errors import INVALID_REQUEST, Refused, invalid
from jobwise_emulator.powerstore.query_language.comparison import normal
from jobwise_emulator.powerstore.query_language.operand import resolve
from jobwise_emulator.powerstore.relations import Relations

DEFAULT_LIMIT = 100
MAXIMUM_LIMIT = 2000


def in_order(catalog: Catalog, relations: Relations, kind: str, entries: list[Json], text: str) -> list[Json]:
    """Objects sorted by ``attr[.asc|.desc],...``; unset values come last going up and first going down."""
    for part in reversed(text.split(",")):
        words = part.strip().split(".")
        down = words[-1] == "desc"
        name = ".".join(words[:-1] if words[-1] in ("asc", "desc") else words)
        operand = resolve(catalog, relations, kind, name)

        def key(entry: Json, operand: Any = operand) -> tuple[bool, Any]:
            values = operand.values(entry)
            value = values[0] if values else None
            return (True, 0) if value is None else (False, comparable(operand.facts, value))

        entries = sorted(entries, key=key, reverse=down)
    return entries


def comparable(facts: Json, value: Any) -> Any:
    """A value that sorts: lists by their text, the rest as filters compare it."""
    return str(value) if isinstance(value, list) else normal(facts, value)


def window(offset: str | None, limit: str | None, range_header: str | None) -> tuple[int, int]:
    """First index and length of the page asked for; ``offset`` and ``limit`` go before ``Range``.

    Raises 400 for what is no number and 416 for a limit below 1 or a negative offset.
    """
    if range_header is not None and offset is None and limit is None:
        match = re.fullmatch(r"\s*(\d+)\s*-\s*(\d+)\s*", range_header)
        if not match:
            raise invalid(f"The Range header {range_header} is not of the form first-last.")
        first, size = int(match[1]), int(match[2]) - int(match[1]) + 1
    else:
        first, size = number("offset", offset, 0), number("limit", limit, DEFAULT_LIMIT)
    if first < 0 or size <= 0:
        raise unsatisfiable(None)
    return first, min(size, MAXIMUM_LIMIT)


def number(name: str, text: str | None, default: int) -> int:
    """A whole number of the query string."""
    if text is None:
        return default
    if not re.fullmatch(r"-?\d+", text):
        raise invalid(f"Parameter {name} must be a whole number, not {text}.")
    return int(text)


def page(entries: list[Json], first: int, size: int) -> tuple[list[Json], dict[str, str]]:
    """The objects of a page and, when it is not the whole set, the ``Content-Range`` header for a 206."""
    total = len(entries)
    if first and first >= total:
        raise unsatisfiable(total)
    part = entries[first : first + size]
    headers = {} if len(part) == total else {"Content-Range": f"{first}-{first + len(part) - 1}/{total}"}
    return part, headers


def unsatisfiable(total: int | None) -> Refused:
    """416, with the size of the set if it is known."""
    headers = {} if total is None else {"Content-Range": f"*/{total}"}
    text = "The requested range is outside of the result set."
    return Refused(416, INVALID_REQUEST, text, headers=headers)
