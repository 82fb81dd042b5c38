# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What every source file keeps to."""

from __future__ import annotations

import ast
import re
import typing as t
from pathlib import Path

import pytest

from tests.unit.project.sources import ROOT, Source, project_files, sources

# REUSE-IgnoreStart
LICENCE = "# SPDX-License-Identifier: GPL-3.0-or-later"
# REUSE-IgnoreEnd
EVERYTHING = {"Exception", "BaseException"}

# The parts are joined here, so that this file does not contain what it looks for.
FORBIDDEN = {
    "a path of somebody's machine": r"(?<![\w.~}/])/(?:work|root|home|Users)/\w",
    "the host name of a package registry": "|".join(
        re.escape(".".join(parts))
        for parts in (
            ("pypi", "org"),
            ("files", "pythonhosted", "org"),
            ("galaxy", "ansible", "com"),
            ("registry", "npmjs", "org"),
            ("quay", "io"),
            ("docker", "io"),
        )
    ),
    "a folder beside the checkout": re.escape("../" + "shared"),
    "the number of a ticket": r"\b[Ii]ssue #?\d",
}


def broad_excepts(source: Source) -> t.Iterator[str]:
    """Yield each except that catches everything."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ExceptHandler):
            caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            if any(one is None or ast.unparse(one).rpartition(".")[2] in EVERYTHING for one in caught):
                yield f"{source.path}:{node.lineno}"


def forbidden(text: str) -> list[str]:
    """Return what a text says that only makes sense where it was written."""
    return [f"{what}: {found.group()}" for what, words in FORBIDDEN.items() for found in re.finditer(words, text)]


def all_sources() -> list[Source]:
    return [source for folder in ("plugins", "extensions", "tests", "tools") for source in sources(folder)]


@pytest.mark.parametrize("source", all_sources(), ids=lambda source: source.path)
def test_nothing_catches_everything(source: Source) -> None:
    assert list(broad_excepts(source)) == []


@pytest.mark.parametrize("handler", ["except:", "except Exception:", "except (OSError, BaseException) as error:"])
def test_a_broad_except_is_noticed(handler: str) -> None:
    assert list(broad_excepts(Source("x.py", f"try:\n    pass\n{handler}\n    pass\n"))) == ["x.py:3"]


@pytest.mark.parametrize("source", all_sources(), ids=lambda source: source.path)
def test_the_licence_is_named_at_the_top(source: Source) -> None:
    assert not source.text or LICENCE in source.text.splitlines()[:4]


def test_sanity_tests_know_no_exceptions() -> None:
    assert [path for path in project_files() if path.match("sanity/ignore*")] == []


@pytest.mark.parametrize("path", project_files(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_project_speaks_of_itself_alone(path: Path) -> None:
    assert forbidden(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        "see /work" + "/main/plugins",
        "`/home" + "/anna/x`",
        "https://py" + "pi.org/simple",
        "Path('../" + "shared')",
        "as issue" + " 2 says",
    ],
)
def test_a_forbidden_word_is_noticed(text: str) -> None:
    assert len(forbidden(text)) == 1
