# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Collections: filters, order, pages.

HP OneView REST API Reference and user guide: ``total`` counts what the filters leave, ``count`` what this page holds,
``nextPageUri`` and ``prevPageUri`` carry the other parameters along. The appliance may give fewer than asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from jobwise_emulator.exchange import Json, Request
from jobwise_emulator.oneview import filters
from jobwise_emulator.oneview.errors import invalid

SORT = re.compile(r"(?P<attribute>[A-Za-z_][\w.]*)(?::(?P<way>asc|ascending|desc|descending))?(?::natural)?", re.I)


def collection(
    request: Request,
    members: Sequence[Json],
    settings: Json,
    kind: str,
    category: str,
    more: Sequence[str] = (),
    grammar: Callable[[str], filters.Test] = filters.parse,
    usual: int = -1,
) -> Json:
    """The page that a request asks for.

    ``kind`` is the collection's type; ``more`` are parameters known elsewhere; ``grammar`` reads ``filter``; ``usual``
    is the ``count`` of a request that names none.
    """
    chosen = select(request, members, settings, more, grammar)
    start, asked = number(request, "start", 0), number(request, "count", usual)
    if start < 0 or asked < -1:
        raise invalid("INVALID_PAGE", "start and count cannot be negative.", "Only count=-1 has a meaning: all.")
    most = int(settings["page_size"])
    size = most if asked == -1 else min(asked, most)
    page = chosen[start : start + size]
    following = start + len(page)
    end = settings["page_end"]
    more_follow = following < len(chosen) and bool(page)
    return {
        "type": kind,
        "category": category,
        "start": start,
        "count": len(page),
        "total": len(chosen),
        "members": page,
        "nextPageUri": page_uri(request, following, asked) if more_follow else end,
        "prevPageUri": page_uri(request, max(0, start - size), asked) if start and size else end,
        "uri": f"{request.path}?{request.query_text}" if request.query_text else request.path,
        "eTag": None,
        "created": None,
        "modified": None,
    }


def page_uri(request: Request, start: int, count: int) -> str:
    """Another page of the same collection."""
    kept = [(name, text) for name, text in request.query if name not in ("start", "count")]
    return f"{request.path}?{urlencode([('start', str(start)), ('count', str(count)), *kept])}"


def select(
    request: Request,
    members: Sequence[Json],
    settings: Json,
    more: Sequence[str],
    grammar: Callable[[str], filters.Test],
) -> list[Json]:
    """What filters, query and sort leave, with the fields that are asked for."""
    tests, fields, order = [], "", ""
    known = {"start", "count", "view", "category", "topCount", "childLimit", "scopeUris", *more}
    for name, text in request.query:
        if name == "filter":
            if text.strip() not in ("", '""') and name not in more:
                tests.append(grammar(text))
        elif name == "query":
            if text.strip():
                tests.append(filters.parse_query(text))
        elif name == "fields":
            fields = text
        elif name == "sort":
            order = text
        elif name not in known:
            raise invalid("UNKNOWN_PARAMETER", f"Parameter {name} is not known.", f"{name}={text}")
    if settings["filters"] == "ignored":
        tests = []
    chosen = [entry for entry in members if all(test(entry) for test in tests)]
    if order:
        chosen = sort(chosen, order)
    names = [name.strip() for name in fields.split(",") if name.strip()]
    return [{name: entry.get(name) for name in names} for entry in chosen] if names else chosen


def sort(members: list[Json], order: str) -> list[Json]:
    """Sorted by ``name:asc,other:desc``."""
    for part in reversed(order.strip().strip('"').split(",")):
        found = SORT.fullmatch(part.strip())
        if not found:
            raise invalid("INVALID_SORT", "The order cannot be understood.", f"Not an order: {part}")
        path = found["attribute"].split(".")
        down = (found["way"] or "asc").lower().startswith("desc")
        members = sorted(members, key=lambda entry, path=path: rank(filters.dotted(entry, path)), reverse=down)
    return members


def rank(value: Any) -> tuple[int, float, str]:
    """Something to sort by: nothing first, numbers before texts, case ignored."""
    if value is None:
        return (0, 0.0, "")
    if isinstance(value, int | float):
        return (1, float(value), "")
    return (2, 0.0, str(value).lower())


def number(request: Request, name: str, default: int) -> int:
    """A parameter that is a whole number."""
    text = dict(request.query).get(name, str(default))
    try:
        return int(text)
    except ValueError:
        raise invalid("INVALID_PAGE", f"{name} must be a whole number.", f"{name}={text}") from None
