# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The changelog: written from fragments and from the documentation of what is new, and checked."""

from __future__ import annotations

import os
import tempfile
import typing as t
from pathlib import Path

import yaml

from tests.run.command import ROOT, Failed, run
from tests.run.environments import lint_bin

RENDERED = "CHANGELOG.md"
DATA = Path("changelogs", "changelog.yaml")


def write(tree: Path = ROOT) -> None:
    """Move the fragments into the entry of galaxy.yml's version, list its new plugins and roles, date it today."""
    command(tree, "release", "--reload-plugins", "--update-existing")


def check() -> None:
    """Check fragments and entries, and that nobody has edited the rendered changelog."""
    command(ROOT, "lint")
    command(ROOT, "lint-changelog-yaml", str(DATA))
    with tempfile.TemporaryDirectory() as folder:
        rendered = Path(folder) / RENDERED
        command(ROOT, "generate", "--output", str(rendered))
        if rendered.read_bytes() != (ROOT / RENDERED).read_bytes():
            raise Failed(f"{RENDERED} differs from {DATA}: write a fragment, and run make changelog")


def command(tree: Path, *arguments: str) -> None:
    """Run antsibull-changelog, which calls the ansible-doc beside it."""
    bin_dir = lint_bin()
    run(bin_dir / "antsibull-changelog", *arguments, cwd=tree, PATH=f"{bin_dir}:{os.environ['PATH']}")


def fragments(tree: Path) -> list[str]:
    """Return the names of the fragments that no entry has yet."""
    return sorted(path.name for path in (tree / "changelogs" / "fragments").glob("*.y*ml"))


def entry(tree: Path, version: str) -> dict[str, t.Any] | None:
    """Return the entry of a version, None if it has none."""
    releases: dict[str, dict[str, t.Any]] = yaml.safe_load((tree / DATA).read_text(encoding="utf-8"))["releases"]
    return releases.get(version)
