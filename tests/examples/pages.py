# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where documentation shows playbooks: EXAMPLES of modules, guides, README.md of the checkout and of roles.

An example of a module is one task, and its name is the task's. An example of a guide is one block of YAML: tasks,
plays, or a document for `powerstore_config`. Its name is that of the heading above it, with a number from the second
block below the same heading: ``Queries``, ``Queries 2``.
"""

from __future__ import annotations

import dataclasses
import re
import typing as t
from pathlib import Path

import yaml

from tests.run.collection import ROOT
from tests.values import platforms
from tools.update_docs import MODULES, string

PREFIX = "jobwise.appliance."
Tasks = t.List[t.Dict[str, t.Any]]
BLOCK = re.compile(
    r"^(?P<indent> *)```(?P<language>[\w+]*)\n(?P<text>.*?)^(?P=indent)```$|^#+ (?P<heading>[^\n]+)$", re.M | re.S
)


@dataclasses.dataclass(frozen=True)
class Example:
    """Something that a reader may copy. content: what its YAML says. module: whose documentation it is in, if any."""

    name: str
    content: t.Any
    module: str = ""

    @property
    def plays(self) -> Tasks:
        return self.content if is_list_with(self.content, "hosts") and not self.is_rulebook else []

    @property
    def is_rulebook(self) -> bool:
        return is_list_with(self.content, "sources")

    @property
    def can_be_played(self) -> bool:
        return bool(self.plays or self.tasks)

    @property
    def tasks(self) -> Tasks:
        """The tasks, also the one for a document."""
        if isinstance(self.content, dict) and self.content and set(self.content) <= set(platforms()):
            return [{f"{PREFIX}powerstore_config": {"config": self.content}}]
        return self.content if isinstance(self.content, list) and not self.plays and not self.is_rulebook else []

    @property
    def platform(self) -> str:
        """The platform of its modules and roles; the one of most pages if it has none."""
        if self.module:
            return platforms()[self.module]
        for name in re.findall(rf"{re.escape(PREFIX)}(\w+)", yaml.safe_dump(self.content)):
            found = [platform for platform in sorted(set(platforms().values())) if name.startswith(platform)]
            if name in platforms() or found:
                return platforms().get(name) or found[0]
        return "powerstore"


@dataclasses.dataclass(frozen=True)
class Page:
    """The examples of one file. name: of the module; for other files, their path without the ending."""

    name: str
    path: Path
    examples: tuple[Example, ...]

    @property
    def is_module(self) -> bool:
        return self.path.suffix == ".py"

    def on(self, platform: str) -> Page:
        """Return the page with the examples of one platform."""
        return dataclasses.replace(self, examples=tuple(one for one in self.examples if one.platform == platform))


def is_list_with(content: t.Any, key: str) -> bool:
    return isinstance(content, list) and bool(content) and all(isinstance(one, dict) and key in one for one in content)


def all_pages() -> list[Page]:
    """Return all pages that have examples, modules first."""
    found = [*map(module_page, sorted(MODULES.glob("[!_]*.py"))), *map(text_page, texts())]
    return [page for page in found if page.examples]


def texts() -> list[Path]:
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "roles").glob("*/README.md"))]


def module_page(path: Path) -> Page:
    tasks = yaml.safe_load(string(path.read_text(encoding="utf-8"), "EXAMPLES"))
    return Page(path.stem, path, tuple(Example(task["name"], [task], path.stem) for task in tasks))


def text_page(path: Path) -> Page:
    """Return the page of a text in Markdown, with the blocks that are marked as YAML."""
    heading, examples = "", []
    seen: dict[str, int] = {}
    for found in BLOCK.finditer(path.read_text(encoding="utf-8")):
        if found["heading"]:
            heading = found["heading"].strip()
        elif found["language"] == "yaml":
            seen[heading] = seen.get(heading, 0) + 1
            name = heading if seen[heading] == 1 else f"{heading} {seen[heading]}"
            examples.append(Example(name, yaml.safe_load(found["text"])))
    name = path.relative_to(ROOT).with_suffix("").as_posix().replace("/README", "")
    return Page(name, path, tuple(examples))
