# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Objects that a document does not describe, because somebody else than its user manages them.

Source: PowerStore REST API 4.0, 4.1, policy, snapshot_rule, replication_rule (managed_by, is_replica, is_read_only),
host (type), local_user (is_built_in), volume and volume_group (is_replication_destination), replication_session.
"""

from __future__ import annotations

import typing as t

from ..._engine.data import Json
from ..client import PowerStoreClient
from ..hosts.handler import INTERNAL
from ..other_array import MARK, METRO, PREFERRED, SESSION_FIELDS, other_array
from ..query import in_filters, one_of

USER = "User"
BUILT_IN = "built in"
DESTINATION = "the destination of a replication"
POLICY = "policy"


def managed_elsewhere(type_: str, row: Json) -> str:
    """Return who manages an object, as a clause behind "it is", or an empty text if the user does."""
    if row.get("is_built_in") or (type_ == POLICY and row.get("is_read_only")):
        return BUILT_IN
    if row.get("is_replica"):
        return "a replica that its source system manages"
    if row.get("managed_by") not in (None, USER):
        return f"managed by {str(row['managed_by']).replace('_', ' ')}"
    if type_ == "host" and row.get("type") == INTERNAL:
        return "part of the array itself"
    return DESTINATION if row.get(MARK) else ""


class OtherSides:
    """The volumes and groups whose preferred side of metro is another array."""

    def __init__(self, client: PowerStoreClient) -> None:
        self._client = client
        self._sessions: dict[str, Json] = {}

    def look_up(self, rows: t.Iterable[Json]) -> None:
        """Read the metro sessions of objects."""
        keys = {str(row[METRO]) for row in rows if row.get(METRO)} - set(self._sessions)
        for part in in_filters(sorted(keys)):
            query = {"id": one_of(part), "select": SESSION_FIELDS}
            self._sessions.update({str(row["id"]): row for row in self._client.query("replication_session", query)})

    def of(self, row: Json) -> str:
        """Return where the preferred side is, as a clause behind "it is", or an empty text if it is here."""
        session = self._sessions.get(str(row.get(METRO)))
        if session is None or session.get("role") == PREFERRED:
            return ""
        return f"the other side of metro with {other_array(session)}"
