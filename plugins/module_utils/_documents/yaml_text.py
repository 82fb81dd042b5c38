# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writes data as YAML that every reader of YAML 1.1 or 1.2 takes back exactly.

A text is plain only if it begins with a letter and holds nothing with a meaning in YAML; all others are in double
quotes, on one line. Modules need requests and nothing else, so this does not use PyYAML.
"""

from __future__ import annotations

import re
import typing as t

PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./+@-]*(?:[ :][A-Za-z0-9_./+@-]+)*", re.ASCII)
"""Blanks and colons only one at a time and never at the end: a colon before a blank, and a blank at the end, have a
meaning."""
SIZE = re.compile(r"[1-9][0-9]* [KMGTP]iB", re.ASCII)
RESERVED = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"))
"""What YAML 1.1 reads as something other than a text, in any case."""
ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}
INDENT = "  "


def as_yaml(data: t.Mapping[str, t.Any]) -> str:
    """Return a mapping as a YAML document in block style."""
    return "".join(f"{line}\n" for line in _mapping(data)) if data else "{}\n"


def _mapping(data: t.Mapping[str, t.Any]) -> t.Iterator[str]:
    for key, value in data.items():
        name = _scalar(str(key))
        if isinstance(value, dict) and value:
            yield f"{name}:"
            yield from _indented(_mapping(value))
        elif isinstance(value, list) and value:
            yield f"{name}:"
            yield from _indented(_sequence(value))
        else:
            yield f"{name}: {_scalar(value)}"


def _sequence(data: t.Sequence[t.Any]) -> t.Iterator[str]:
    for value in data:
        lines = iter([_scalar(value)])
        if isinstance(value, dict) and value:
            lines = _mapping(value)
        elif isinstance(value, list) and value:
            lines = _sequence(value)
        for number, line in enumerate(lines):
            yield f"{INDENT if number else '- '}{line}"


def _indented(lines: t.Iterable[str]) -> t.Iterator[str]:
    return (f"{INDENT}{line}" for line in lines)


def _scalar(value: t.Any) -> str:
    """Return a value without parts."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (dict, list)):
        return "{}" if isinstance(value, dict) else "[]"
    return _text(value) if isinstance(value, str) else repr(value)


def _text(text: str) -> str:
    is_plain = SIZE.fullmatch(text) or (PLAIN.fullmatch(text) and text.lower() not in RESERVED)
    return text if is_plain else f'"{"".join(map(_character, text))}"'


def _character(one: str) -> str:
    if one in ESCAPES:
        return ESCAPES[one]
    if one.isprintable() and one != "\ufeff":
        return one
    code = ord(one)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
