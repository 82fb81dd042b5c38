# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every resource type of PowerStore that requests can write to can be managed, and the guide says how."""

from __future__ import annotations

import pytest

from tools import type_docs
from tools.update_docs import MODULES, platform_of, stems, string, version_added

SOURCES = {name: (MODULES / f"{name}.py").read_text(encoding="utf-8") for name in stems(MODULES)}
VERSIONS = {name: version_added(source) for name, source in SOURCES.items() if platform_of(source) == "powerstore"}


def test_104_of_104_types_can_be_managed() -> None:
    rows = type_docs.rows(VERSIONS)
    assert [row.type for row in rows if not row.is_managed] == []
    assert len(rows) == 104
    assert all(row.since for row in rows)


def test_without_the_tools_most_types_would_be_read_only() -> None:
    """The count is none of the table itself: without what manages them, types are not managed."""
    versions = {name: version for name, version in VERSIONS.items() if not name.startswith("powerstore_")}
    rows = {row.type: row for row in type_docs.rows(versions)}
    assert len(rows) == 104 and rows["volume"].is_managed
    assert not rows["physical_switch"].is_managed
    assert "| `physical_switch` |  |  | read only |  |  |" in type_docs.table(versions)


@pytest.mark.parametrize("module", [name for name in VERSIONS if not name.startswith(type_docs.TOOLS)])
def test_each_module_manages_a_type(module: str) -> None:
    assert type_docs.type_of(module), f"name the type of {module} in NAMED_OTHERWISE of tools/type_docs.py"
    assert string(SOURCES[module], "DOCUMENTATION")


def test_the_guide_has_a_line_for_each_type() -> None:
    text = type_docs.GUIDE.read_text(encoding="utf-8")
    assert [row.type for row in type_docs.rows(VERSIONS) if f"\n| `{row.type}` |" not in text] == []
    assert "tasks can manage 104 of them" in text
