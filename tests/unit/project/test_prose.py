# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The check of the prose sees what people read, and not the code beside it."""

from __future__ import annotations

import pytest

from tests.run import prose
from tests.unit.project.sources import ROOT

RULES = prose.rules("# a comment\n\nbad|worse\tgood\n")

PYTHON = '''"""A bad docstring."""

worse = {"bad": 1}  # a bad comment
MESSAGE = f"{worse} is worse"
DOCUMENTATION = r"""
description:
  - This is Bad.
"""
'''
MARKDOWN = """A bad line, `bad code` and [a link](bad.md).

```yaml
bad: true
```
Badly, it is not seen as a whole word.
"""


@pytest.mark.parametrize(
    ("path", "text", "lines"),
    [("a.py", PYTHON, [1, 3, 4, 7]), ("a.md", MARKDOWN, [1]), ("a.yml", "- name: A bad task\n# worse\n", [1, 2])],
)
def test_bad_words_are_found_where_people_read_them(path: str, text: str, lines: list[int]) -> None:
    assert [hit.line for hit in prose.hits(path, text, RULES)] == lines


def test_a_hit_says_where_and_what_to_write_instead() -> None:
    assert [str(hit) for hit in prose.hits("a.md", "\nThe Worse one.\n", RULES)] == ["a.md:2: 'Worse': good"]


def test_every_pattern_has_a_replacement() -> None:
    rules = prose.rules(prose.PATTERNS.read_text(encoding="utf-8"))
    assert rules and [rule for rule in rules if not rule.better.strip()] == []


def test_it_reads_all_that_people_read() -> None:
    there = {path.relative_to(ROOT).parts[0] for path in prose.everything()}
    assert there >= {"README.md", "CONTRIBUTING.md", "docs", "plugins", "roles", "playbooks"}
