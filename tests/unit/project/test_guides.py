# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the guides print can be used as it is."""

from __future__ import annotations

import re
import typing as t
from pathlib import Path

import pytest
import yaml

from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.documents.catalog import TYPES, item_type
from tests.unit.project.sources import ROOT

GUIDES = sorted((ROOT / "docs").glob("*.md"))


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def blocks(name: str) -> list[t.Any]:
    """Return what the YAML in a guide says."""
    text = read(ROOT / "docs" / name)
    return [yaml.safe_load(one) for one in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)]


def test_the_guide_to_awx_shows_the_credential_type_that_is_shipped() -> None:
    files = ROOT / "extensions" / "awx" / "credential_types"
    shipped = [yaml.safe_load(read(files / f"powerstore.{part}.yml")) for part in ("inputs", "injectors")]
    assert blocks("awx.md")[:2] == shipped


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_every_module_in_a_guide_exists_with_these_options(guide: Path) -> None:
    prefix, shared = "jobwise.appliance.", "".join(map(read, (ROOT / "plugins" / "doc_fragments").glob("*.py")))
    for task in tasks(blocks(guide.name)):
        for name, options in task.items():
            if not name.startswith(prefix):
                continue
            text = read(source_of(name[len(prefix) :])) + shared
            assert [one for one in options if f"\n  {one}:\n" not in text] == []


def source_of(name: str) -> Path:
    """Return the file of a module, or of the event source that a rulebook names in the same way."""
    module = ROOT / "plugins" / "modules" / f"{name}.py"
    return module if module.is_file() else ROOT / "extensions" / "eda" / "plugins" / "event_source" / f"{name}.py"


def tasks(value: t.Any) -> t.Iterator[dict[str, t.Any]]:
    """Return all that may be a task in a block."""
    if isinstance(value, dict):
        yield {key: inner for key, inner in value.items() if isinstance(key, str) and isinstance(inner, dict)}
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from tasks(inner)


def test_the_guide_to_documents_lists_what_they_hold() -> None:
    table = read(ROOT / "docs" / "arrays-as-code.md").partition("| a document holds")[2].partition("\n\n")[0]
    held = re.findall(r"`(\w+)`", table)
    assert sorted(held) == sorted(TYPES)
    settings = re.findall(r"^(.*)\| one dictionary each", table, re.MULTILINE)
    assert [name for name in held if item_type(name).is_singleton] == re.findall(r"`(\w+)`", " ".join(settings))
