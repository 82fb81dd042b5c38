# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The grammar of ``filter`` and ``query``.

HP OneView REST API Reference, common parameters: ``filter="[not] attr op 'value'"`` or ``NOT "attr op 'value'"``;
several of them must all hold. ``=``, ``eq``, ``ne``, ``matches`` and ``regex`` ignore case, ``==``, ``seq``, ``sne``,
``smatches`` and ``sregex`` do not; ``gt``, ``ge``, ``lt``, ``le`` compare numbers. ``matches`` compares the whole
value: ``%`` and ``_`` stand for any text and any character, ``\\%`` and ``\\_`` for themselves; ``regex`` searches.
``NULL`` without quotation marks is no value. A ``query`` has ``and``, ``or``, ``not``, parentheses, ``like`` with
``*``, ``in (...)`` and ``is null`` besides.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from jobwise_emulator.exchange import Json
from jobwise_emulator.oneview.errors import Refused, invalid

Test = Callable[[Json], bool]

WORDS = "seq|sne|smatches|sregex|matches|regex|eq|ne|gt|ge|lt|le"
ATTRIBUTE = r"\s*(?P<negated>not\s+)?(?P<quote>['\"]?)(?P<attribute>[A-Za-z_][\w.-]*)(?P=quote)\s*"
VALUE = r"(?:'(?P<text>[^'\"]*)'|(?P<bare>[^\s'\"(),]+))\s*"
CONDITION = re.compile(rf"{ATTRIBUTE}(?P<operator>==|=|\b(?:{WORDS})\b)\s*{VALUE}", re.IGNORECASE)
QUERY = re.compile(rf"{ATTRIBUTE}(?P<operator>==|=|\b(?:{WORDS}|like)\b)\s*{VALUE}", re.IGNORECASE)
NULL = re.compile(rf"{ATTRIBUTE}\bis\s+null\b\s*", re.IGNORECASE)
LISTED = re.compile(rf"\s*{VALUE}")
_ANY = r"\s*(?:'[^'\"]*'|[^\s'\"(),]+)\s*"
ONE_OF = re.compile(rf"{ATTRIBUTE}\bin\s*\((?P<values>{_ANY}(?:,{_ANY})*)\)\s*", re.IGNORECASE)
WHOLE = re.compile(r'\s*(?P<negated>not\s*)?"(?P<inner>.*)"\s*', re.IGNORECASE | re.DOTALL)
WILDCARD = re.compile(r"\\[%_]|[%_*]")
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
    inner, negated = unwrapped(text)
    found = CONDITION.fullmatch(inner)
    if not found:
        raise bad(text)
    test = condition(found)
    return lambda entry: test(entry) is not negated


def unwrapped(text: str) -> tuple[str, bool]:
    """What is inside the quotation marks around all of a filter or query, and whether ``NOT`` is before them."""
    found = WHOLE.fullmatch(text)
    return (found["inner"], bool(found["negated"])) if found else (text.strip(), False)


def condition(found: re.Match[str]) -> Test:
    """The test of one condition."""
    operator = found["operator"].lower()
    if found["text"] is None and found["bare"].upper() == "NULL":
        test = equality(operator, None)
    else:
        test = comparison(operator, found["text"] if found["text"] is not None else found["bare"])
    return tested(found, test)


def tested(found: re.Match[str], test: Callable[[Any], bool]) -> Test:
    """The test of an attribute's value as one of an entry."""
    path, negated = found["attribute"].split("."), bool(found["negated"])
    return lambda entry: holds(test, dotted(entry, path)) is not negated


def equality(operator: str, value: str | None) -> Callable[[Any], bool]:
    """Whether a value is this one, or is not; None stands for no value."""
    if operator not in ("=", "eq", "ne", "==", "seq", "sne"):
        raise bad(f"{operator} NULL")
    loose, negated = operator in ("=", "eq", "ne"), operator in ("ne", "sne")
    if value is None:
        return lambda have: (have is None) is not negated
    wanted = value.lower() if loose else value
    return lambda have: (have is not None and (told(have).lower() if loose else told(have)) == wanted) is not negated


def holds(test: Callable[[Any], bool], value: Any) -> bool:
    """Whether a value passes a test; of a list of texts, any."""
    return any(test(one) for one in value) if isinstance(value, list) else test(value)


def comparison(operator: str, value: str) -> Callable[[Any], bool]:
    """The test of a single attribute's value."""
    if operator in ORDERED:
        return lambda have: ordered(ORDERED[operator], have, value)
    if not operator.endswith(("matches", "regex", "like")):
        return equality(operator, value)
    pattern = value if operator.endswith("regex") else wildcards(value, operator)
    try:
        compiled = re.compile(pattern, re.DOTALL if operator.startswith("s") else re.DOTALL | re.IGNORECASE)
    except re.error:
        raise bad(value) from None
    return lambda have: have is not None and compiled.search(told(have)) is not None


def wildcards(value: str, operator: str) -> str:
    """The regular expression of a pattern that has to fit the whole value; ``*`` is special in ``like`` only."""
    special = {"%": ".*", "_": ".", "*": ".*" if operator == "like" else r"\*"}
    literal = WILDCARD.split(value)
    signs = [special.get(sign, re.escape(sign[1:])) for sign in WILDCARD.findall(value)]
    parts = [re.escape(literal[0])]
    for sign, text in zip(signs, literal[1:], strict=True):
        parts += [sign, re.escape(text)]
    return rf"\A{''.join(parts)}\Z"


def ordered(test: Callable[[Any, Any], bool], have: Any, value: str) -> bool:
    """Compare as numbers if both are, else as text (points in time)."""
    try:
        return test(float(have), float(value))
    except (TypeError, ValueError):
        return have is not None and test(told(have), value)


def told(value: Any) -> str:
    """A value as filters see it."""
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
    inner, negated = unwrapped(text)
    test, rest = alternatives(inner)
    if rest.strip():
        raise bad(text)
    return lambda entry: test(entry) is not negated


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
    """A condition, or more of them in parentheses, perhaps with ``not`` before."""
    opened = re.match(r"\s*(not\s*)?\(", text, re.IGNORECASE)
    if opened:
        test, rest = alternatives(text[opened.end() :])
        if not rest.lstrip().startswith(")"):
            raise bad(text)
        negated = bool(opened[1])
        return (lambda entry: test(entry) is not negated), rest.lstrip()[1:]
    if found := NULL.match(text):
        return tested(found, lambda have: have is None), text[found.end() :]
    if found := ONE_OF.match(text):
        return tested(found, one_of(found["values"])), text[found.end() :]
    if found := QUERY.match(text):
        return condition(found), text[found.end() :]
    raise bad(text)


def one_of(text: str) -> Callable[[Any], bool]:
    """The test of ``in ('a', 'b', 3)``, which ignores case."""
    values = [one["text"] if one["text"] is not None else one["bare"] for one in LISTED.finditer(text)]
    tests = [equality("eq", value) for value in values]
    return lambda have: any(test(have) for test in tests)
