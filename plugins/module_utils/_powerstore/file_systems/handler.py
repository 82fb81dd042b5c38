# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""File systems: check before the first write whether the array would refuse a change.

Source: PowerStore REST API 4.0, file_system (create, modify, delete, flr_attributes). The array refuses to delete a
file system with snapshots; that it refuses one with exports or shares as well is an assumption.
"""

from __future__ import annotations

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.capacity import in_units, in_words
from ..._engine.options.mistakes import UNTOUCHED, Mistakes
from ..._engine.planning.plan import Plan
from ..._engine.text.words import counted
from ..client import PowerStoreClient
from ..table_handler import Check, TableHandler

COMPLIANCE, SNAPSHOT = "Compliance", "Snapshot"
SHARED_BY = {"nfs_exports": "NFS export", "smb_shares": "SMB share"}
"""The relations to what keeps a file system from being deleted."""
FIRST = f"Delete that first. {UNTOUCHED}"
"""One hint for all that a message names, so that it is said once."""


class FileSystemHandler(TableHandler):
    """A file system. Its snapshots are in the same collection, and share the names of a NAS server with it."""

    name_hint = ", because the file systems and snapshots of a NAS server share one set of names"

    def fields(self) -> dict[str, tuple[str, ...]]:
        """Return the fields to read, for a deletion with what would forbid it."""
        fields = super().fields()
        if self.desired["state"] == "absent":
            fields.update(dict.fromkeys(SHARED_BY, ("id", "name")), flr_attributes=())
        return fields

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (self.check_name, check_size, self._check_removal)

    def _check_removal(self, current: Json | None, plan: Plan) -> None:
        if current is not None and plan.deletes:
            check_removal(self.client, f"File system {current['name']}", current)


def check_removal(client: PowerStoreClient, what: str, current: Json) -> None:
    """Raise InputError that names everything that keeps a file system or a snapshot from being deleted.

    what: begins the sentences. current: read with exports, shares and retention.
    """
    mistakes = Mistakes()
    for relation, noun in SHARED_BY.items():
        rows = current.get(relation) or ()
        if rows:
            names = sorted(str(row["name"]) for row in rows)
            mistakes.add(f"{what} is shared by {counted(names, noun)}.", FIRST)
    if current.get("filesystem_type") == SNAPSHOT:
        mistakes.refuse()
        return
    query = {"parent_id": f"eq.{current['id']}", "filesystem_type": f"eq.{SNAPSHOT}", "select": "id,name"}
    snapshots = sorted(str(row["name"]) for row in client.query("file_system", query))
    if snapshots:
        mistakes.add(f"{what} has {counted(snapshots, 'snapshot')}.", FIRST)
    retention = current.get("flr_attributes") or {}
    if retention.get("mode") == COMPLIANCE and retention.get("has_protected_files"):
        mistakes.add(
            f"{what} has locked files, and with flr_mode: {COMPLIANCE} nobody can delete these.",
            "Wait until their retention has ended.",
        )
    mistakes.refuse()


def check_size(current: Json | None, plan: Plan) -> None:
    """Raise InputError for a size that is less than what is used."""
    size = next((step.body["size_total"] for step in plan.requests if step.body and "size_total" in step.body), None)
    used = (current or {}).get("size_used") or 0
    if size is not None and size < used:
        raise InputError(
            f"size: {in_words(used)} of the file system are in use, so it cannot shrink to {in_units(size)}.",
            hint=UNTOUCHED,
        )
