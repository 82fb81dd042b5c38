# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operators: what a filter value must look like for an attribute's type, and how it is compared."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.catalog import Catalog
from jobwise_emulator.powerstore.errors import validation
from jobwise_emulator.powerstore.query_language.operand import Operand
from jobwise_emulator.powerstore.query_language.quoting import split, unquoted

Test = Callable[[Any], bool | None]
ORDERED: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "neq": operator.ne,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
}
OPERATORS = {*ORDERED, "like", "ilike", "in", "is", "cs", "cd"}
WORDS: dict[str, Any] = {"null": None, "true": True, "false": False}


def comparison(catalog: Catalog, operand: Operand, word: str, text: str) -> Test:
    """The test for one value; raises 400 when the operator or the filter value does not suit the attribute."""
    facts = operand.facts
    if word == "is":
        return is_test(operand, text)
    if word in ("cs", "cd"):
        return set_test(catalog, operand, word, text)
    if facts["type"] == "array":
        raise validation(f"Operator {word} cannot be used on the list {operand.name}.")
    if word in ("like", "ilike"):
        return pattern_test(operand, text, ignore_case=word == "ilike" or bool(facts.get("any_case")))
    if word == "in":
        wanted = [convert(catalog, operand, facts, item) for item in listed(operand, text, "()")]
        return lambda value: None if value is None else normal(facts, value) in wanted
    compare, limit = ORDERED[word], convert(catalog, operand, facts, text)
    return lambda value: None if value is None else compare(normal(facts, value), limit)


def is_test(operand: Operand, text: str) -> Test:
    """``is.null``, ``is.true``, ``is.false``."""
    if text.lower() not in WORDS:
        raise validation(f"Operator is on {operand.name} takes null, true or false, not {text}.")
    wanted = WORDS[text.lower()]
    if wanted is not None and operand.facts["type"] != "boolean":
        raise validation(f"{operand.name} is not a boolean.")
    return lambda value: value is wanted


def set_test(catalog: Catalog, operand: Operand, word: str, text: str) -> Test:
    """``cs.{...}`` (contains all of) and ``cd.{...}`` (is contained in)."""
    if operand.facts["type"] != "array":
        raise validation(f"Operator {word} needs a list, {operand.name} is none.")
    items = operand.facts["items"]
    wanted = {convert(catalog, operand, items, item) for item in listed(operand, text, "{}")}

    def test(value: Any) -> bool | None:
        if value is None:
            return None
        have = {normal(items, item) for item in value}
        return wanted <= have if word == "cs" else have <= wanted

    return test


def pattern_test(operand: Operand, text: str, ignore_case: bool) -> Test:
    """``like`` and ``ilike``: ``*`` stands for any text."""
    if operand.facts["type"] != "string":
        raise validation(f"A pattern needs text, {operand.name} is none.")
    flags = re.DOTALL | (re.IGNORECASE if ignore_case else 0)
    pattern = re.compile(".*".join(re.escape(part) for part in text.split("*")), flags)
    return lambda value: None if value is None else pattern.fullmatch(str(value)) is not None


def listed(operand: Operand, text: str, brackets: str) -> list[str]:
    """The items of ``(a,b)`` or ``{a,"b"}``; double quotes protect commas."""
    if len(text) < 2 or text[0] != brackets[0] or text[-1] != brackets[1]:
        raise validation(f"The list for {operand.name} must stand in {brackets}, got {text}.")
    items = [item.strip() for item in split(text[1:-1])]
    return [unquoted(item) for item in items if item]


def convert(catalog: Catalog, operand: Operand, facts: Json, text: str) -> Any:
    """A filter value in the attribute's type, ready to be compared with ``normal`` values; else 400."""
    kind = facts["type"]
    wrong = validation(f"The value {text} does not suit {operand.name} (type {facts.get('format') or kind}).")
    if kind in ("integer", "number"):
        try:
            return int(text) if kind == "integer" else float(text)
        except ValueError:
            raise wrong from None
    if kind == "boolean":
        if text.lower() not in ("true", "false"):
            raise wrong
        return text.lower() == "true"
    if facts.get("enum") and text not in catalog.enums[facts["enum"]]:
        raise wrong
    if facts.get("format") == "date-time" and instant(text) is None:
        raise wrong
    return normal(facts, text)


def normal(facts: Json, value: Any) -> Any:
    """A value in the form in which it is compared: instants for date-times, folded case where the array ignores it."""
    if facts.get("format") == "date-time":
        return instant(value) or datetime.min.replace(tzinfo=timezone.utc)
    if facts.get("any_case") and isinstance(value, str):
        return value.casefold()
    return value


def instant(text: Any) -> datetime | None:
    """The instant a timestamp names, UTC when it says no zone; None when it is no timestamp."""
    match = re.fullmatch(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)?", str(text))
    if not match:
        return None
    fraction = (match[3] or ".0")[:7].ljust(7, "0")
    zone = "+00:00" if match[4] in (None, "Z") else match[4]
    zone = zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
    try:
        return datetime.fromisoformat(f"{match[1]}T{match[2]}{fraction}{zone}")
    except ValueError:
        return None
