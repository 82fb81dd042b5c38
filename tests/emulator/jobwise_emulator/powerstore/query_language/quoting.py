# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Double quotes in queries: they protect commas and brackets; in them, a backslash stands before ``"`` and itself."""

from __future__ import annotations

import re

from jobwise_emulator.powerstore.errors import validation


def split(text: str) -> list[str]:
    """Parts between the commas outside parentheses, braces and double quotes; raises 400 for unbalanced ones."""
    parts, depth, quoted, escaped, current = [], 0, False, False, ""
    for char in text:
        if escaped:
            escaped = False
        elif quoted:
            escaped, quoted = char == "\\", char != '"'
        elif char == '"':
            quoted = True
        elif char in "({":
            depth += 1
        elif char in ")}":
            depth -= 1
        if char == "," and depth == 0 and not quoted:
            parts.append(current)
            current = ""
        else:
            current += char
    if depth or quoted:
        raise validation(f"Unbalanced parentheses or quotes in {text}.")
    return [*parts, current]


def is_quoted(text: str) -> bool:
    """Whether a value stands in double quotes as a whole."""
    return len(text) > 1 and text[0] == text[-1] == '"'


def unquoted(text: str) -> str:
    """A value without the quotes around it and the backslashes in them; any other value as it is."""
    return re.sub(r"\\(.)", r"\1", text[1:-1], flags=re.DOTALL) if is_quoted(text) else text
