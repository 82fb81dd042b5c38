# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Storage containers and their destinations: check before the first write whether the array would refuse a change.

Source: PowerStore REST API 4.0, storage_container (create, modify, delete), storage_container_destination (create). Its
destination is a storage container again, and only a PowerStore has these.
"""

from __future__ import annotations

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.mistakes import UNTOUCHED, Mistakes
from ..._engine.planning.history import History
from ..._engine.planning.plan import Plan
from ..._engine.text.words import counted
from ..formats import as_quota
from ..other_array import MATE
from ..references import UUID
from ..resources.block import STORAGE_CONTAINER_DESTINATION
from ..table_handler import Check, TableHandler

LONGEST_NAME = 127
LEAST_QUOTA = 10 * 1024**3
VIRTUAL_VOLUMES = "virtual_volumes"
REMOTE = next(one for one in STORAGE_CONTAINER_DESTINATION.attributes if one.option == "remote_system")


class StorageContainerHandler(TableHandler):
    """A storage container."""

    def check_input(self, desired: Json, mistakes: Mistakes) -> None:
        """Add what is wrong with the options alone: a name that is too long in UTF-8, and a quota that is too small."""
        for option in ("name", "new_name"):
            length = len((desired.get(option) or "").encode())
            if length > LONGEST_NAME:
                mistakes.add(f"{option} has {length} bytes in UTF-8, at most {LONGEST_NAME} are allowed.")
        quota = desired.get("quota")
        if isinstance(quota, int) and 0 < quota < LEAST_QUOTA:
            mistakes.add(f"quota must be 0, which sets no limit, or more than 10 GiB, not {as_quota(quota)}.")

    def fields(self) -> dict[str, tuple[str, ...]]:
        """Return the fields to read, and for a deletion the virtual volumes in the container."""
        fields = super().fields()
        if self.desired["state"] == "absent":
            fields[VIRTUAL_VOLUMES] = ("id", "name")
        return fields

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (self.check_name, check_new_quota, check_content)


def check_new_quota(current: Json | None, plan: Plan) -> None:
    """Raise InputError for the smallest quota, which the array takes only for a container that exists."""
    if current is None and any((step.body or {}).get("quota") == LEAST_QUOTA for step in plan.requests):
        raise InputError("quota of a new storage container must be 0 or more than 10 GiB.", hint=UNTOUCHED)


def check_content(current: Json | None, plan: Plan) -> None:
    """Raise InputError for the deletion of a container with virtual volumes, unless the task forces it."""
    deletions = [step for step in plan.requests if step.action == "delete"]
    rows = (current or {}).get(VIRTUAL_VOLUMES) or []
    if current and rows and deletions and not (deletions[0].body or {}).get("force"):
        names = sorted(str(row.get("name") or row["id"]) for row in rows)
        raise InputError(
            f"Storage container {current['name']} contains {counted(names, 'virtual volume')}.",
            hint=f"Remove them in vCenter first. force: true destroys them with the container. {UNTOUCHED}",
        )


class DestinationHandler(TableHandler):
    """The destination of a storage container on a remote system."""

    def check_input(self, desired: Json, mistakes: Mistakes) -> None:
        """Add a name in the place of the id of a container that only the other array knows."""
        there = desired.get("remote_storage_container")
        if there and not UUID.fullmatch(there):
            mistakes.add(
                f"remote_storage_container takes the id of a storage container on the remote system, not {there!r}.",
                "powerstore_info with type: storage_container shows the id, if it runs against that array.",
            )

    def plan(self, current: Json | None, history: History) -> Plan:
        """Plan the change; raise InputError for a remote system that cannot hold a storage container."""
        mistakes, plan = Mistakes(), Plan()
        wanted = self.desired.get(REMOTE.option)
        if current is None and self.desired["state"] == "present" and wanted and REMOTE.ref:
            row = self.resolver.row(REMOTE.ref, wanted)
            if row and row.get("type") != MATE:
                mistakes.add(
                    f"remote_system: {row['name']} is of type {row.get('type')}, and only another {MATE} can hold the "
                    "destination of a storage container.",
                    UNTOUCHED,
                )
        with mistakes.noted():
            plan = super().plan(current, history)
        mistakes.refuse()
        return plan
