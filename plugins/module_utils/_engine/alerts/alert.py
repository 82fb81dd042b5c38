# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Alerts as all platforms have them, and where a platform's alerts come from."""

from __future__ import annotations

import dataclasses
import typing as t
from datetime import datetime, timezone

from ..data import Json

START = datetime(1970, 1, 1, tzinfo=timezone.utc)
"""The time of an alert that has none."""


@dataclasses.dataclass(frozen=True)
class Alert:
    """An alert as it is now.

    version: a text that differs whenever the alert has changed. moment: the latest time that the appliance names for
    it. is_open: whether its cause is still there. facts: what rules see of it. is_event: whether it is something that
    happened and has no state.
    """

    id: str
    version: str
    moment: datetime
    is_open: bool
    facts: Json
    is_event: bool = False


class Feed(t.Protocol):
    """Reads the alerts of one appliance."""

    def read(self, since: datetime) -> list[Alert]:
        """Return all open alerts, and all others that have changed since a time by the appliance's clock."""

    def look(self, ids: t.Sequence[str]) -> list[Alert]:
        """Return the alerts with these ids, in whatever state, as far as they still exist."""


def facts_of(
    row: Json,
    state: str | None,
    severity: str | None,
    code: str | None,
    text: str | None,
    resource: tuple[str | None, str | None, str | None],
    times: tuple[str | None, str | None],
) -> Json:
    """Return what rules see of an alert: the same keys on every platform, and the appliance's own words in ``details``.

    row: the alert as the appliance has it. resource: type, id and name of what the alert is about. times: when it was
    raised and cleared.
    """
    return {
        "state": state.lower() if state else None,
        "severity": severity.lower() if severity else None,
        "code": code,
        "description": text,
        "resource": {"type": resource[0], "id": resource[1], "name": resource[2]},
        "raised": times[0],
        "cleared": times[1],
        "details": row,
    }
