# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is new among the alerts of an appliance: each change of each alert once, across restarts.

Timestamps alone do not show it. Several alerts have the same one, an alert may become visible later than one with a
later time, and clocks are set. So each read goes back a while (OVERLAP) behind the previous one, and returns all open
alerts besides, whatever their times are. What has been sent is known by id and version.
"""

from __future__ import annotations

import dataclasses
import typing as t
from datetime import datetime, timedelta

from ..data import Json
from ..errors import InputError
from ..options.timestamps import instant
from .alert import Alert

RAISED, CHANGED, CLEARED, REMOVED = "raised", "changed", "cleared", "removed"

OVERLAP = timedelta(minutes=10)
"""How far a read goes back behind the previous one: alerts become visible in another order than that of their times."""

KEPT = timedelta(days=1)
"""How long closed alerts stay known: a clock that is set back by less than that has no effect."""

MOST = 5000
"""How many closed alerts stay known."""


@dataclasses.dataclass(frozen=True)
class Known:
    """What is known of an alert that was sent."""

    version: str
    moment: datetime
    is_open: bool


class News:
    """What has been sent, and until when the appliance has been read.

    read_at: the time of the last read by the appliance's clock. horizon: closed alerts from before are old, whether
    known or not.
    """

    def __init__(self, read_at: datetime, horizon: datetime, known: t.Mapping[str, Known] | None = None) -> None:
        self.read_at = read_at
        self.horizon = horizon
        self.known: t.Dict[str, Known] = dict(known or {})

    @classmethod
    def first(cls, now: datetime) -> News:
        """Return the state before the first read: closed alerts are old."""
        return cls(now, now - OVERLAP)

    def since(self, now: datetime) -> datetime:
        """Return since when closed alerts must be read. now: by the appliance's clock, which may have been set back."""
        return max(self.horizon, min(self.read_at, now) - OVERLAP)

    def gone(self, alerts: t.Iterable[Alert]) -> list[str]:
        """Return the ids of known open alerts that a read has not returned."""
        there = {alert.id for alert in alerts}
        return [id_ for id_, known in self.known.items() if known.is_open and id_ not in there]

    def of(self, alerts: t.Iterable[Alert]) -> list[tuple[str, Alert]]:
        """Return the alerts that are new or have changed, oldest first, each with the kind of change.

        An alert that is the same but for its time counts as sent with its new time.
        """
        found = []
        for alert in sorted(alerts, key=lambda one: (one.moment, one.id)):
            before = self.known.get(alert.id)
            if before is None:
                if alert.is_open or alert.moment > self.horizon:
                    found.append((RAISED if alert.is_open or alert.is_event else CLEARED, alert))
            elif before.version != alert.version:
                kind = CHANGED if before.is_open == alert.is_open else RAISED if alert.is_open else CLEARED
                found.append((kind, alert))
            else:
                self.note(alert)
        return found

    def note(self, alert: Alert) -> None:
        """Count an alert as sent."""
        self.known[alert.id] = Known(alert.version, alert.moment, alert.is_open)

    def forget(self, id_: str) -> None:
        """Count an alert as sent that the appliance no longer has."""
        self.known.pop(id_, None)

    def read_until(self, now: datetime) -> None:
        """Note a read, and forget what is so old that no read returns it again. now: by the appliance's clock."""
        self.read_at = now
        closed = sorted((known.moment, id_) for id_, known in self.known.items() if not known.is_open)
        kept = [(moment, id_) for moment, id_ in closed if moment >= now - KEPT][-MOST:]
        for moment, id_ in closed[: len(closed) - len(kept)]:
            del self.known[id_]
            self.horizon = max(self.horizon, moment)

    # As data

    def as_data(self) -> Json:
        """Return the state as JSON can hold it."""
        known = {id_: [one.version, one.moment.isoformat(), one.is_open] for id_, one in self.known.items()}
        return {"read_at": self.read_at.isoformat(), "horizon": self.horizon.isoformat(), "known": known}

    @classmethod
    def from_data(cls, data: t.Any) -> News:
        """Return the state that data hold; raise ValueError if they hold none."""
        try:
            known = {
                str(id_): Known(str(version), instant(moment, "known"), bool(is_open))
                for id_, (version, moment, is_open) in data["known"].items()
            }
            return cls(instant(data["read_at"], "read_at"), instant(data["horizon"], "horizon"), known)
        except (AttributeError, InputError, KeyError, TypeError) as error:
            raise ValueError("no state of an event source") from error
