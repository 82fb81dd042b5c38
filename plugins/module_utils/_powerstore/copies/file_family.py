# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""File systems as what an action copies or overwrites.

Source: PowerStore REST API 4.0, 4.1, file_system (filesystem_type, parent_id). A clone is a primary with a parent. That
the file systems and snapshots of a NAS server share one set of names, and that the destination of a replication takes
snapshots only, is what the vendor's clients and texts suggest.
"""

from __future__ import annotations

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.lookup.references import Reference
from ..._engine.options.mistakes import UNTOUCHED
from ..._engine.text.names import near
from ..client import PowerStoreClient
from ..define import LIVE
from ..directory import SUGGESTED
from .family import CLONE, SNAPSHOT, Family, meant

OWNER = "nas_server"
SERVER = ("id", "name", "is_production_mode_enabled")
NULL_GUID = "00000000-0000-0000-0000-000000000000"
"""The parent of a clone of something that was deleted."""


class FileFamily(Family):
    """File systems, their clones and their snapshots. A name is unique within its NAS server."""

    kind_by = "filesystem_type"
    by_parent = "parent_id"
    origin = ("parent_id", "nas_server_id")

    @property
    def unique_names(self) -> bool:
        """Whether the array has each name once."""
        return False

    def base(self, desired: Json) -> Reference:
        """Return the object that a task names; raise InputError if it is not enough to identify one."""
        named = meant(desired, self.type)
        if desired.get(OWNER) is not None:
            meant(desired, OWNER)
        elif named.id is None:
            raise InputError(f"Give {OWNER}, too: {self.noun}s are identified by name and {OWNER}.")
        return named

    def kind_of(self, row: Json) -> str:
        """Return whether an object is a primary, a clone, or a snapshot."""
        kind = super().kind_of(row)
        return CLONE if kind != SNAPSHOT and row.get("parent_id") else kind

    def data_of(self, row: Json) -> Json:
        """Return what the array records of an object's origin: it is among the object's own attributes."""
        return row

    def within(self, rows: list[Json], desired: Json) -> list[Json]:
        """Return those rows that share names with the object that a task names."""
        if desired.get(OWNER) is None:
            return rows
        server = meant(desired, OWNER)
        return [row for row in rows if server.matches(row.get(OWNER) or {})]

    def share_names(self, row: Json, kind: str, of: Json) -> bool:
        """Return whether an object keeps its name from a copy. kind: the copy's type. of: the object that it is of."""
        return bool(row.get("nas_server_id") == of.get("nas_server_id"))

    def suggested(
        self, client: PowerStoreClient, wanted: Reference, desired: Json, kinds: tuple[str, ...] = LIVE
    ) -> str:
        """Return what is there instead of a file system that does not exist. One or two more reads."""
        if wanted.id is not None:
            return ""
        query = {self.kind_by: f"eq.{LIVE[0]}", "select": f"id,name,{OWNER}(id,name)"}
        rows = client.query(self.type, query, limit=SUGGESTED)
        servers = [str((row.get(OWNER) or {}).get("name")) for row in rows if wanted.matches(row)]
        if servers:
            return f"There is one of that name on NAS server {', '.join(sorted(servers))}."
        own = self.within(rows, desired)
        return near(str(wanted.name), [row["name"] for row in own]) if own else _server(client, meant(desired, OWNER))


def _server(client: PowerStoreClient, wanted: Reference) -> str:
    """Return what is the matter with a NAS server of which there are no file systems."""
    rows = client.query(OWNER, {"select": "id,name"}, limit=SUGGESTED)
    if any(wanted.matches(row) for row in rows):
        return f"NAS server {wanted} has no file systems."
    return f"The array has no NAS server {wanted}. {near(str(wanted), [row['name'] for row in rows])}".rstrip()


FILE_SYSTEMS = FileFamily(
    type="file_system",
    noun="file system",
    snapshot="snapshot",
    one_set_of_names=True,
    names_hint="the file systems and snapshots of a NAS server share one set of names",
    name_length=255,
    reads=(f"{OWNER}({','.join(SERVER)})", "flr_attributes", "creation_timestamp", "last_refresh_timestamp"),
)


def check_production(row: Json, words: str) -> None:
    """Raise InputError for what the destination of a replication does not do. words: such as ``clone it``."""
    server = row.get(OWNER) or {}
    if server.get("is_production_mode_enabled") is False:
        raise InputError(
            f"{row['name']} is on NAS server {server['name']}, the destination of a replication, so this array does "
            f"not {words}.",
            hint=f"Run the task against the source of the replication. {UNTOUCHED}",
        )


def is_secure(client: PowerStoreClient, snapshot: Json) -> bool:
    """Return whether nobody can delete a snapshot before it expires.

    Releases before 4.1 have no such snapshots and refuse a read that names the attribute, so this one takes all.
    """
    known = snapshot if "is_secure" in snapshot else client.get("file_system", snapshot["id"], {"select": "*"})
    return bool((known or {}).get("is_secure"))
