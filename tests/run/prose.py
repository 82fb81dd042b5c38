# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Looks for turns of phrase that read badly in what people read: pages, comments, docstrings, documentation, messages.

Usage: python -m tests.run.prose [FILE ...]; without a file, all pages, plugins, roles and playbooks. Prints
file, line, the words found and what to write instead. tests/run/prose.tsv holds the patterns.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
import typing as t
from pathlib import Path

from tests.run.collection import ROOT

Lines = t.Iterator[tuple[int, str]]

PATTERNS = Path(__file__).with_suffix(".tsv")
READ = (
    "*.md",
    "changelogs/fragments/*",
    "docs/**/*",
    "plugins/**/*.py",
    "roles/**/*",
    "playbooks/**/*",
    "extensions/**/*",
)
SUFFIXES = (".md", ".py", ".rst", ".yaml", ".yml")


class Rule(t.NamedTuple):
    """Words that read badly, and what to write instead."""

    words: re.Pattern[str]
    better: str


class Hit(t.NamedTuple):
    """Words found in a file. path: from the root of the project."""

    path: str
    line: int
    found: str
    better: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.found!r}: {self.better}"


def rules(text: str) -> list[Rule]:
    """Return the rules of a table: a regular expression of whole words, a tab, and what to write instead."""
    rows = (line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return [Rule(re.compile(rf"\b(?:{words})\b", re.IGNORECASE), better) for words, better in rows]


def page(text: str) -> Lines:
    """Yield the lines of Markdown or reStructuredText, without fenced code, code in the line and links."""
    code = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("```"):
            code = not code
        elif not code and not line.startswith("    "):
            yield number, re.sub(r"`[^`]*`|\]\([^)]*\)", "", line)


def python(text: str) -> Lines:
    """Yield the lines of comments and of all texts of more than one word."""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value.strip():
            yield from enumerate(node.value.splitlines(), node.lineno)


def plain(text: str) -> Lines:
    """Yield all lines, as of YAML, where names, messages and comments are most of the text."""
    yield from enumerate(text.splitlines(), 1)


READERS: dict[str, t.Callable[[str], Lines]] = {".md": page, ".rst": page, ".py": python}


def hits(path: str, text: str, known: list[Rule]) -> list[Hit]:
    """Return what a file's text has of the words that read badly, in the order of its lines."""
    lines = READERS.get(Path(path).suffix, plain)(text)
    found = {
        Hit(path, number, match.group(), rule.better)
        for number, line in lines
        for rule in known
        for match in rule.words.finditer(line)
    }
    return sorted(found)


def everything() -> list[Path]:
    """Return the files that people read."""
    there = {path for pattern in READ for path in ROOT.glob(pattern) if path.suffix in SUFFIXES}
    return sorted(path for path in there if path.name not in ("CHANGELOG.md",))


def main() -> int:
    """Print what is found; return 1 if that is anything."""
    named = [Path(name).resolve() for name in sys.argv[1:]]
    known = rules(PATTERNS.read_text(encoding="utf-8"))
    count = 0
    for path in named or everything():
        for hit in hits(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"), known):
            count += 1
            print(hit)
    print(f"{count} turns of phrase to write in plain words.")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
