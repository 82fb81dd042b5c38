# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tree quotas: check the directory before the first write.

Source: PowerStore REST API 4.0, file_tree_quota. The vendor's modules document that neither the root nor a directory
inside of another quota has one; its guides, that file systems for VMware have no quotas.
"""

from __future__ import annotations

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.mistakes import UNTOUCHED, Mistakes
from ..._engine.planning.plan import Plan
from ..formats import path_text
from ..resources.file_rules import VMWARE
from ..table_handler import Check, TableHandler


class TreeQuotaHandler(TableHandler):
    """The quota of a directory. Paths are compared with regard to case."""

    def check_input(self, desired: Json, mistakes: Mistakes) -> None:
        """Add a path that names no directory below the root, and take the slash at its end away."""
        path = desired.get("path")
        if path is None:
            return
        given, path = path, str(path).strip().rstrip("/")
        with mistakes.noted():
            desired["path"] = path = path_text(path, "path") if path else path
        if not path.startswith("/"):
            mistakes.add(
                "path takes a directory of the file system that begins with a slash, such as /projects, not "
                f"{given!r}.",
                "The root of a file system has no tree quota.",
            )

    def _named(self, rows: list[Json], name: str) -> Json | None:
        return next((row for row in rows if row[self.resource.key] == name), None)

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (self._check_place,)

    def _check_place(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for a new quota inside or around another one, or where there are no quotas."""
        row = self.row_of("file_system") if current is None and plan.requests else None
        if row is None:
            return
        check_has_quotas(row)
        path = str(self.desired["path"])
        others = self.client.query(self.type, {"file_system_id": f"eq.{row['id']}", "select": "id,path"})
        near = [str(one["path"]) for one in others if _inside(path, one["path"]) or _inside(one["path"], path)]
        if near:
            raise InputError(
                f"{path} and {near[0]} would be one inside of the other: {near[0]} has a tree quota already.",
                hint=f"A tree quota cannot be inside of another one. {UNTOUCHED}",
            )


def check_has_quotas(system: Json | None) -> None:
    """Raise InputError for a file system that has no quotas. system: as looked up."""
    if system and system.get("config_type") == VMWARE:
        raise InputError(
            f"File system {system['name']} is for {VMWARE}, and such file systems have no quotas.", hint=UNTOUCHED
        )


def _inside(path: str, other: str) -> bool:
    return path.startswith(f"{other.rstrip('/')}/")
