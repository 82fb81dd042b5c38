# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The messages that docs/troubleshooting.md explains are messages of the collection."""

from __future__ import annotations

import ast
import re
import typing as t

from tests.unit.project.sources import ROOT

PAGE = ROOT / "docs" / "troubleshooting.md"
NOT_MESSAGES = {"error.kind", "wait_timeout", "outdated", "requests"}


def texts(tree: ast.AST) -> t.Iterator[str]:
    """Yield the texts of a module, with <> in place of what is filled in."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield "".join(str(one.value) if isinstance(one, ast.Constant) else "<>" for one in node.values)


def explained() -> list[str]:
    """Return the messages in the first column of the page's tables."""
    rows = re.findall(r"^\| (.+?) \| ", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    found = [re.sub(r"<[^>]+>", "<>", one) for row in rows for one in re.findall(r"`([^`]+)`", row)]
    return [one for one in found if one not in NOT_MESSAGES]


def test_every_message_is_one_of_the_collection() -> None:
    sources = sorted((ROOT / "plugins").rglob("*.py"))
    known = [text for path in sources for text in texts(ast.parse(path.read_text(encoding="utf-8")))]
    assert explained()
    assert [one for one in explained() if not any(one in text for text in known)] == []
