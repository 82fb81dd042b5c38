# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The grammar of ``filter`` and ``query``.

HP OneView REST API Reference, common parameters: ``filter="[not] attr op 'value'"``; several of them must all hold.
``=``, ``eq``, ``ne``, ``matches`` and ``regex`` ignore case, ``==``, ``seq``, ``sne``, ``smatches`` and ``sregex`` do
not; ``gt``, ``ge``, ``lt``, ``le`` compare numbers. ``%`` and ``_`` stand for any text and any character.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.emulator.exchange import Json
from tests.emulator.oneview.errors import Refused, invalid

Test = Callable[[Json], bool]

WORDS = "seq|sne|smatches|sregex|matches|regex|eq|ne|gt|ge|lt|le"
CONDITION = re.compile(
    r"\s*(?P<negated>not\s+)?(?P<quote>['\"]?)(?P<attribute>[A-Za-z_][\w.-]*)(?P=quote)\s*"
    rf"(?P<operator>==|=|\b(?:{WORDS})\b)\s*(?:'(?P<text>[^'\"]*)'|(?P<bare>[^\s'\"()]+))\s*",
    re.IGNORECASE,
)
ORDERED: dict[str, Callable[[Any, Any], bool]] = {
    "gt": lambda left, right: bool(left > right),
    "ge": lambda left, right: bool(left >= right),
    "lt": lambda left, right: bool(left < right),
    "le": lambda left, right: bool(left <= right),
}


def bad(text: str) -> Refused:
    """400 for a filter that is not in the grammar."""
    return invalid("INVALID_FILTER", "The filter cannot be understood.", f"Not a filter: {text}")


def parse(text: str) -> Test:
    """The test that one ``filter`` parameter is."""
    inner = text.strip()
    if len(inner) > 1 and inner[0] == inner[-1] == '"':
        inner = inner[1:-1]
    found = CONDITION.fullmatch(inner)
    if not found:
        raise bad(text)
    return condition(found)


def condition(found: re.Match[str]) -> Test:
    """The test of one condition."""
    operator = found["operator"].lower()
    value = found["text"] if found["text"] is not None else found["bare"]
    test = comparison(operator, value)
    path, negated = found["attribute"].split("."), bool(found["negated"])
    return lambda entry: holds(test, dotted(entry, path)) is not negated


def holds(test: Callable[[Any], bool], value: Any) -> bool:
    """Whether a value passes a test; of a list of texts, any."""
    return any(test(one) for one in value) if isinstance(value, list) else test(value)


def comparison(operator: str, value: str) -> Callable[[Any], bool]:
    """The test of a single attribute's value."""
    if operator in ORDERED:
        return lambda have: ordered(ORDERED[operator], have, value)
    if operator in ("=", "eq", "ne"):
        return lambda have: (told(have).lower() == value.lower()) is not (operator == "ne")
    if operator in ("==", "seq", "sne"):
        return lambda have: (told(have) == value) is not (operator == "sne")
    pattern = value
    if operator.endswith("matches"):
        pattern = "".join({"%": ".*", "_": "."}.get(one, re.escape(one)) for one in value)
    try:
        compiled = re.compile(pattern, 0 if operator.startswith("s") else re.IGNORECASE)
    except re.error:
        raise bad(value) from None
    return lambda have: have is not None and compiled.fullmatch(told(have)) is not None


def ordered(test: Callable[[Any, Any], bool], have: Any, value: str) -> bool:
    """Compare as numbers if both are, else as text (points in time)."""
    try:
        return test(float(have), float(value))
    except (TypeError, ValueError):
        return have is not None and test(told(have), value)


def told(value: Any) -> str:
    """A value as filters see it."""
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else str(value)


def dotted(entry: Json, path: list[str]) -> Any:
    """The value behind a dotted attribute; of a list, that of its first entry that has one."""
    value: Any = entry
    for name in path:
        if isinstance(value, list):
            value = next((one[name] for one in value if isinstance(one, dict) and name in one), None)
        else:
            value = value.get(name) if isinstance(value, dict) else None
    return value


def parse_query(text: str) -> Test:
    """The test that a ``query`` is: conditions with ``and``, ``or`` and parentheses."""
    inner = text.strip()
    if len(inner) > 1 and inner[0] == inner[-1] == '"':
        inner = inner[1:-1]
    test, rest = alternatives(inner)
    if rest.strip():
        raise bad(text)
    return test


def alternatives(text: str) -> tuple[Test, str]:
    """Conditions joined by ``or``."""
    test, rest = conjunction(text)
    tests = [test]
    while found := re.match(r"\s*or\b", rest, re.IGNORECASE):
        test, rest = conjunction(rest[found.end() :])
        tests.append(test)
    return (lambda entry: any(one(entry) for one in tests)), rest


def conjunction(text: str) -> tuple[Test, str]:
    """Conditions joined by ``and``."""
    test, rest = term(text)
    tests = [test]
    while found := re.match(r"\s*and\b", rest, re.IGNORECASE):
        test, rest = term(rest[found.end() :])
        tests.append(test)
    return (lambda entry: all(one(entry) for one in tests)), rest


def term(text: str) -> tuple[Test, str]:
    """A condition, or more of them in parentheses."""
    if text.lstrip().startswith("("):
        test, rest = alternatives(text.lstrip()[1:])
        if not rest.lstrip().startswith(")"):
            raise bad(text)
        return test, rest.lstrip()[1:]
    found = CONDITION.match(text)
    if not found:
        raise bad(text)
    return condition(found), text[found.end() :]
