# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The catalog of resource types is what the vendor's documents say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore import catalog

ROOT = Path(__file__).resolve().parents[3]


def test_it_is_what_the_tool_makes_of_the_documents(shared: Path) -> None:
    """In content: how its lines are folded is the formatter's business."""
    documents = sorted(str(path) for path in (shared / "api").glob("powerstore-openapi-*.json"))
    command = [sys.executable, str(ROOT / "tools" / "derive_catalog.py"), *documents]
    made = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8").stdout
    made_names: dict[str, object] = {}
    exec(compile(made, "made", "exec"), made_names)
    for name in ("TYPES", "UNFILTERED", "__doc__"):
        assert made_names[name] == getattr(catalog, name), f"{name}: run tools/derive_catalog.py"


def test_every_type_has_attributes_and_each_only_once() -> None:
    for type_, text in catalog.TYPES.items():
        names = [word.partition(">")[0].rstrip(catalog.TYPE_MARKS) for word in text.split()]
        assert names and len(names) == len(set(names)), type_
