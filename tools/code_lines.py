# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Count the lines of code of the collection's plugins, in all and per module.

Usage: ``python -m tools.code_lines``. A line counts if it holds a token of code: blank lines, comments, docstrings and
the documentation blocks of modules do not count, and generated files are left out.
"""

from __future__ import annotations

import ast
import io
import sys
import tokenize
from pathlib import Path

PLUGINS = Path(__file__).resolve().parents[1] / "plugins"
GENERATED = ("facts.py",)
DOCUMENTATION = ("DOCUMENTATION", "EXAMPLES", "RETURN")
NO_CODE = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER)


def code_lines(path: Path) -> int:
    """Return the number of lines with code in a Python file."""
    source = path.read_text(encoding="utf-8")
    texts: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.stmt):
            continue
        is_text = (
            isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        )
        is_page = isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id in DOCUMENTATION for target in node.targets
        )
        if is_text or is_page:
            texts.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in NO_CODE:
            lines.update(range(token.start[0], token.end[0] + 1))
    return len(lines - texts)


def main() -> int:
    """Print the lines of each folder, and all of them per module."""
    files = [path for path in sorted(PLUGINS.rglob("*.py")) if path.name not in GENERATED]
    modules = len([path for path in files if path.parent.name == "modules"])
    folders: dict[str, int] = {}
    for path in files:
        folder = "/".join(path.relative_to(PLUGINS).parts[:2][: len(path.relative_to(PLUGINS).parts) - 1])
        folders[folder] = folders.get(folder, 0) + code_lines(path)
    for folder, count in folders.items():
        print(f"{count:6} {folder}")
    total = sum(folders.values())
    print(f"{total:6} in all, {total / modules:.0f} for each of {modules} modules")
    return 0


if __name__ == "__main__":
    sys.exit(main())
