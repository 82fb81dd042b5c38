# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The query language of PowerStore's REST API: build parameters, and check filters that a user wrote.

Source: PowerStore REST API developers guide, querying resource data (select, filters, order, paging).
"""

from __future__ import annotations

import re
import typing as t

from .._engine.errors import InputError
from .._engine.text.words import closest
from .._http.url import in_parts
from .schema import takes_filters

OPERATORS = ("eq", "neq", "gt", "gte", "lt", "lte", "like", "ilike", "in", "is", "cs", "cd")
GROUPS = ("and", "or")
PAGE = 2000
"""Objects per page: the largest page that the array returns."""

NEEDS_QUOTES = re.compile(r'[,()"\\]|^\s|\s$|^$')
EQUALS = re.compile(r"(eq|in)\.")
TOTAL = re.compile(r"/(\d+)\s*$")

Find = t.Callable[[str], None]


def render_select(fields: t.Mapping[str, t.Sequence[str]]) -> str:
    """Return the select parameter for attribute names and the sub-fields of relations."""
    return ",".join(f"{name}({','.join(inner)})" if inner else name for name, inner in fields.items())


def one_of(values: t.Iterable[str]) -> str:
    """Return an ``in`` filter. Values with characters of the list's own syntax are quoted."""
    return f"in.({','.join(quoted(value) for value in values)})"


def in_filters(values: t.Sequence[str]) -> list[list[str]]:
    """Split the values of an ``in`` filter into lists that each fit into one URL."""
    return in_parts(values, lambda value: f"{quoted(value)},")


def quoted(value: str) -> str:
    """Return a list element, in double quotes if it needs them; without them outer blanks would be lost."""
    if NEEDS_QUOTES.search(value):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return value


def split_list(text: str) -> list[str]:
    """Split at the commas outside parentheses, braces and double quotes; raise InputError if those do not match up."""
    items, depth, start, inside, escaped = [], 0, 0, False, False
    for index, char in enumerate(text):
        if escaped:
            escaped = False
        elif inside and char == "\\":
            escaped = True
        elif char == '"':
            inside = not inside
        elif not inside and char in "({":
            depth += 1
        elif not inside and char in ")}":
            depth -= 1
        elif not inside and char == "," and depth == 0:
            items.append(text[start:index].strip())
            start = index + 1
        if depth < 0:
            break
    if depth or inside:
        raise InputError(f"Parentheses or quotes do not match up in {text!r}.")
    return [*items, text[start:].strip()]


def check_filter(name: str, expression: str, find: Find) -> None:
    """Raise InputError unless ``name=expression`` is a filter that the array understands.

    find: raises InputError for an attribute path that the resource type does not have.
    """
    if name in GROUPS:
        _check_group(name, expression, find)
        return
    find(name)
    _check_condition(name, expression)


def _check_group(name: str, expression: str, find: Find) -> None:
    inner = re.fullmatch(r"\((.*)\)", expression.strip(), re.DOTALL)
    if not inner:
        raise InputError(f"The filter {name} takes a list of conditions in parentheses: ({'name.eq.web,size.gt.1'}).")
    for item in split_list(inner.group(1)):
        group = re.fullmatch(r"(?:not\.)?(and|or)(\(.*\))", item, re.DOTALL)
        if group:
            _check_group(group.group(1), group.group(2), find)
            continue
        known = "|".join(OPERATORS)
        condition = re.fullmatch(rf"(.+?)\.((?:not\.)?(?:{known})\..*)", item, re.DOTALL)
        if not condition:
            raise InputError(
                f"{item!r} in the filter {name} is not of the form attribute.operator.value.{_operators()}"
            )
        find(condition.group(1))
        _check_condition(condition.group(1), condition.group(2))


def _check_condition(name: str, expression: str) -> None:
    negated = "not." if expression.startswith("not.") else ""
    operator, dot, value = expression[len(negated) :].partition(".")
    if operator not in OPERATORS or not dot:
        near = closest(operator, OPERATORS, 1)
        correction = f"{near[0]}.{value or '...'}" if near and dot else f"eq.{expression[len(negated) :]}"
        guess = f" Did you mean {negated}{correction}?{_operators()}"
        raise InputError(f"The filter on {name} has no operator that the array knows: {expression!r}.{guess}")
    if operator == "is" and value.lower() not in ("null", "true", "false"):
        raise InputError(f"The filter on {name}: is takes null, true or false, not {value!r}.")
    if operator == "in" and not re.fullmatch(r"\(.+\)", value, re.DOTALL):
        raise InputError(f"The filter on {name}: in takes a list in parentheses, as in in.(a,b), not {value!r}.")
    if operator in ("cs", "cd") and not re.fullmatch(r"\{.+\}", value, re.DOTALL):
        raise InputError(
            f"The filter on {name}: {operator} takes a list in braces, as in {operator}.{{a,b}}, not {value!r}."
        )


def _operators() -> str:
    return f" Operators: {', '.join(OPERATORS)}; the prefix not. negates one."


def in_order(type_: str, query: t.Mapping[str, str]) -> dict[str, str]:
    """Return the order parameter of a query: its own order, followed by the id.

    Without a total order, pages may overlap or leave objects out. A query by ids or names fits into one page and so
    needs no order. Some collections have no pages and accept no order.
    """
    order = query.get("order", "")
    names_them = any(EQUALS.match(query.get(key, "")) for key in ("id", "name"))
    if not takes_filters(type_) or (names_them and not order):
        return {}
    names = [item.strip().partition(".")[0] for item in order.split(",")]
    return {"order": order if "id" in names else ",".join(filter(None, (order, "id")))}


def total_of(content_range: str | None) -> int | None:
    """Return the total from a Content-Range header such as ``0-99/1000`` (without a unit), None if it has none."""
    found = TOTAL.search(content_range or "")
    return int(found.group(1)) if found else None
