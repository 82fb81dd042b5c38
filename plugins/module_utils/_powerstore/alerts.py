# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The alerts of a PowerStore for event sources.

Source: PowerStore REST API reference, alert: ``generated_timestamp`` is the time of an alert's latest event.
"""

from __future__ import annotations

import typing as t
from datetime import datetime

from .._engine.alerts.alert import START, Alert, facts_of
from .._engine.data import Json
from .._engine.options.timestamps import in_utc, instant
from .client import PowerStoreClient
from .query import in_filters, one_of

TIMES = ("generated_timestamp", "raised_timestamp", "cleared_timestamp", "acknowledged_timestamp")
ABOUT = ("resource_type", "resource_id", "resource_name")
SELECT = ",".join(("id", "event_code", "severity", *ABOUT, "description_l10n", "state", "is_acknowledged", *TIMES))


class AlertFeed:
    """Reads the alerts of an array, all pages in one query."""

    def __init__(self, client: PowerStoreClient) -> None:
        self._client = client

    def read(self, since: datetime) -> list[Alert]:
        """Return all active alerts, and those that have changed since a time."""
        later = ",".join(f"{name}.gte.{in_utc(since)}" for name in TIMES)
        return self._query({"or": f"(state.eq.ACTIVE,{later})"})

    def look(self, ids: t.Sequence[str]) -> list[Alert]:
        """Return the alerts with these ids."""
        return [alert for part in in_filters(ids) for alert in self._query({"id": one_of(part)})]

    def _query(self, filters: t.Mapping[str, str]) -> list[Alert]:
        return [_alert(row) for row in self._client.query("alert", {"select": SELECT, **filters})]


def _alert(row: Json) -> Alert:
    times = {name: instant(row[name], name) for name in TIMES if row.get(name)}
    facts = facts_of(
        row,
        row.get("state"),
        row.get("severity"),
        row.get("event_code"),
        row.get("description_l10n"),
        (row.get(ABOUT[0]), row.get(ABOUT[1]), row.get(ABOUT[2])),
        (row.get("raised_timestamp"), row.get("cleared_timestamp")),
    )
    version = " ".join(str(row.get(name)) for name in ("state", "severity", "event_code", "is_acknowledged"))
    return Alert(
        id=str(row["id"]),
        version=f"{version} {row.get('generated_timestamp')}",
        moment=max(times.values(), default=START),
        is_open=row.get("state") != "CLEARED",
        facts={**facts, "is_acknowledged": bool(row.get("is_acknowledged"))},
    )
