# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Restore a file system. The action is one of the snapshot, and names the backup in a way of its own.

Source: PowerStore REST API 4.0, file_system, action restore. That file systems with retention in compliance mode are
not restored is what the vendor's guides say.
"""

from __future__ import annotations

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.mistakes import UNTOUCHED, Mistakes
from ..._engine.planning.plan import Plan
from ..file_systems.handler import COMPLIANCE
from .family import SNAPSHOT
from .file_family import check_production
from .overwrite import OverwriteHandler


class FileRestoreHandler(OverwriteHandler):
    """A file system whose data the task restores from one of its snapshots."""

    def request(self, current: Json, source: Json) -> tuple[str, Json | None]:
        """Return the id of the object whose action overwrites the data, and the action's body."""
        return source["id"], {"copy_name": self.backup_name} if self.backup_name else None

    def jobs_filters(self, current: Json | None) -> Json:
        """Return the filters for the jobs of the restore, which name the snapshot."""
        return super().jobs_filters(self.sought(current) if current else None)

    def preflight(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError if the array refuses to restore the file system."""
        if current is None or not plan.requests:
            return
        mistakes = Mistakes()
        with mistakes.noted():
            check_production(current, "restore it")
        if (current.get("flr_attributes") or {}).get("mode") == COMPLIANCE:
            mistakes.add(
                f"File system {current['name']} has flr_mode: {COMPLIANCE}, so the array does not restore it.",
                f"Clone the snapshot with file_system_clone to get at its files. {UNTOUCHED}",
            )
        mistakes.refuse()

    def no_own_snapshot(self, target: Json) -> InputError:
        """Return the error for a snapshot that is not of the target, or that does not exist."""
        wanted = self.snapshot_named
        others = self.family.found_all(self.rows_read, wanted, (SNAPSHOT,)) if wanted else []
        if others:
            return InputError(f"{others[0]['name']} is not a snapshot of file system {target['name']}.", hint=self.near)
        return InputError(f"snapshot: there is no snapshot {wanted} of file system {target['name']}.", hint=self.near)
