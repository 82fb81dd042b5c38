# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The alerts of a OneView for event sources.

Source: HP OneView REST API Reference, alerts: ``filter`` has ``OR`` there; a locked alert is active, and only its
service event can clear it.
"""

from __future__ import annotations

import typing as t
from datetime import datetime

from .._engine.alerts.alert import START, Alert, facts_of
from .._engine.data import Json
from .._engine.options.timestamps import in_utc
from .client import OneViewClient
from .query import moment

ALERTS = "/rest/alerts"
CLEARED = "Cleared"
TIMES = ("created", "modified", "clearedTime")
STATE = ("alertState", "severity", "alertUrgency", "assignedToUser")


class AlertFeed:
    """Reads the alerts of an appliance, all pages of one query."""

    def __init__(self, client: OneViewClient) -> None:
        self._client = client

    def read(self, since: datetime) -> list[Alert]:
        """Return all alerts that are not cleared, and those that have changed since a time."""
        text = f"\"alertState NE '{CLEARED}' OR modified GE '{in_utc(since)}'\""
        found = [_alert(row) for row in self._client.all(ALERTS, [("filter", text)])]
        # Some appliances filter loosely: an old alert is not news because the filter was ignored.
        return [alert for alert in found if alert.is_open or alert.moment >= since]

    def look(self, ids: t.Sequence[str]) -> list[Alert]:
        """Return the alerts with these URIs."""
        rows = [self._client.get(uri) for uri in ids]
        return [_alert(row) for row in rows if row is not None]


def _alert(row: Json) -> Alert:
    about = row.get("associatedResource") or {}
    facts = facts_of(
        row,
        row.get("alertState"),
        row.get("severity"),
        row.get("alertTypeID"),
        row.get("description"),
        (about.get("resourceCategory"), about.get("resourceUri"), about.get("resourceName")),
        (row.get("created"), row.get("clearedTime")),
    )
    times = [found for found in (moment(row.get(name)) for name in TIMES) if found is not None]
    return Alert(
        id=str(row["uri"]),
        version=" ".join(str(row.get(name)) for name in STATE),
        moment=max(times, default=START),
        is_open=row.get("alertState") != CLEARED,
        facts=facts,
    )
