# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The events of an ONTAP Select Deploy for event sources. Deploy has no alerts, and an event never changes.

Source: NetApp's documentation of the Deploy REST API, version 3, /events. Of an event's attributes, the documentation
of the API names only id, type and time; the others are those that Deploy's user interface shows.
"""

from __future__ import annotations

import typing as t
from datetime import datetime

from .._engine.alerts.alert import START, Alert, facts_of
from .._engine.data import Json
from .._engine.options.timestamps import in_utc, instant
from .._engine.shape import ID, TEXT, TIME, check
from .client import SelectClient
from .info_query import InfoQuery

EVENTS = "events"
SHAPE = {"id": ID, "time": TIME, **dict.fromkeys(("type", "status", "category", "instance", "description"), TEXT)}
REST = {"ids": None, "names": None, "fields": None, "order": None, "limit": None}


class EventFeed:
    """Reads the events of a Deploy, page by page."""

    def __init__(self, client: SelectClient) -> None:
        self._client = client

    def read(self, since: datetime) -> list[Alert]:
        """Return the events since a time."""
        query = InfoQuery.of({**REST, "type": EVENTS, "filters": {"time": f">={in_utc(since)}"}})
        rows, dummy = query.ask(self._client)
        check(rows, SHAPE, "GET", f"/api/v3/{EVENTS}")
        return [_event(row) for row in rows]

    def look(self, ids: t.Sequence[str]) -> list[Alert]:
        """Return nothing: there are no open events."""
        return []


def _event(row: Json) -> Alert:
    about = (row.get("category"), None, row.get("instance"))
    facts = facts_of(
        row, None, row.get("status"), row.get("type"), row.get("description"), about, (row.get("time"), None)
    )
    time = row.get("time")
    return Alert(
        str(row["id"]), "", instant(time, "time") if time else START, is_open=False, facts=facts, is_event=True
    )
