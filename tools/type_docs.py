# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The table of PowerStore's resource types that requests can write to: how each one is managed, and since when."""

from __future__ import annotations

import dataclasses
import typing as t
from pathlib import Path

from tests.run.collection import make_importable

make_importable()

from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.general.offered import (  # noqa: E402
    ELSEWHERE,
    actions_of,
    has_actions,
    writable_types,
    writes_of,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.schema import TYPES, facts_of  # noqa: E402

GUIDE = Path(__file__).resolve().parents[1] / "docs" / "powerstore-types.md"
START, END = "<!-- types: start -->\n", "<!-- types: end -->\n"
RESOURCE, ACTION = "powerstore_resource", "powerstore_action"
TOOLS = "powerstore_"
"""How the names of the modules begin that serve all types."""

NAMED_OTHERWISE = {"protection_policy": "policy", "qos_policy": "policy", "file_qos_policy": "policy"}
"""Modules whose names do not begin with their type."""

WORDS = {"create": "create", "modify": "change", "delete": "delete"}


@dataclasses.dataclass(frozen=True)
class Row:
    """How a type is managed.

    modules: those of the type. writes: what `powerstore_resource` can do to its objects. actions: what
    `powerstore_action` can call. release: the first release with the type, empty for all that the collection knows.
    since: the version of the collection that manages it.
    """

    type: str
    modules: tuple[str, ...]
    writes: tuple[str, ...]
    actions: tuple[str, ...]
    release: str
    since: str

    @property
    def is_managed(self) -> bool:
        """Whether a task can do something to objects of the type."""
        return bool(self.modules or self.writes or self.actions)


def type_of(module: str) -> str:
    """Return the type that a module manages: the longest one that its name begins with; empty for a tool."""
    if module in NAMED_OTHERWISE or module.startswith(TOOLS):
        return NAMED_OTHERWISE.get(module, "")
    found = [name for name in TYPES if module == name or module.startswith(f"{name}_")]
    return max(found, key=len, default="")


def rows(versions: t.Mapping[str, str]) -> list[Row]:
    """Return a row for each type that requests can write to. versions: the first version with each module."""
    written = [name for name in TYPES if name in writable_types() or has_actions(name)]
    found = []
    for name in sorted(written):
        modules = tuple(sorted(module for module in versions if type_of(module) == name))
        elsewhere = [note.partition(" ")[0] for (type_, dummy), note in ELSEWHERE.items() if type_ == name]
        modules += tuple(module for module in elsewhere if module in versions)
        writes = tuple(WORDS[verb] for verb in writes_of(name)) if RESOURCE in versions else ()
        actions = tuple(sorted(actions_of(name))) if ACTION in versions else ()
        tools = [versions[tool] for tool, has in ((RESOURCE, writes), (ACTION, actions)) if has]
        since = min([*(versions[module] for module in modules), *tools], default="")
        found.append(Row(name, modules, writes, actions, facts_of(name).since, since))
    return found


def table(versions: t.Mapping[str, str]) -> str:
    """Return the table, with what it counts."""
    all_rows = rows(versions)
    managed = [row for row in all_rows if row.is_managed]
    lines = [
        f"\nRequests can write to {len(all_rows)} types, and tasks can manage {len(managed)} of them.\n",
        "| type | PowerStoreOS | modules | `powerstore_resource` | `powerstore_action` | since |",
        "|---|---|---|---|---|---|",
    ]
    for row in all_rows:
        modules = ", ".join(f"`{module}`" for module in row.modules)
        actions = ", ".join(f"`{action}`" for action in row.actions)
        writes = ", ".join(row.writes) if row.is_managed else "read only"
        lines.append(f"| `{row.type}` | {row.release} | {modules} | {writes} | {actions} | {row.since} |")
    return "\n".join([*lines, "\n"])


def page(versions: t.Mapping[str, str]) -> dict[Path, str]:
    """Return the guide with its table."""
    before, dummy, rest = GUIDE.read_text(encoding="utf-8").partition(START)
    return {GUIDE: before + START + table(versions) + END + rest.partition(END)[2]}
