# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The schedule on which the appliance makes backups, and the server that it sends them to.

Source: HPE OneView REST API, backups/config. Only a weekly schedule has days.
"""

from __future__ import annotations

import re
import typing as t

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.mistakes import Mistakes
from ..._engine.table.attribute import Attribute, as_set, as_text
from ..appliance.settings import SettingsHandler, settings
from ..client import OneViewClient

DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
WEEKLY, NEVER = "WEEKLY", "NONE"
NEEDED = ("protocol", "server", "public_key", "server_username")
"""The options that the appliance needs to reach the backup server."""


def as_days(days: t.Any) -> t.Any:
    """Return days without regard to order. The appliance may write a day with two letters or more."""
    return as_set([str(day).upper()[:2] for day in days or ()])


SCHEDULE = settings(
    "/rest/backups/config",
    "backup schedule",
    (
        Attribute("enabled", "bool"),
        Attribute("protocol", spec={"choices": ["SCP", "SFTP"]}),
        Attribute("server", api_name="remoteServerName", normalize=as_text),
        Attribute("directory", api_name="remoteServerDir", normalize=as_text),
        Attribute(
            "public_key",
            api_name="remoteServerPublicKey",
            normalize=lambda key: (key or "").strip(),
        ),
        Attribute("server_username", api_name="userName", normalize=as_text),
        Attribute("server_password", api_name="password", sensitive=True),
        Attribute("interval", api_name="scheduleInterval", spec={"choices": [NEVER, "DAILY", WEEKLY]}),
        Attribute(
            "days", "list", api_name="scheduleDays", normalize=as_days, spec={"elements": "str", "choices": DAYS}
        ),
        Attribute("time", api_name="scheduleTime", normalize=as_text),
    ),
)


class ScheduleHandler(SettingsHandler):
    """Handles the backup schedule."""

    def __init__(self, client: OneViewClient, desired: Json) -> None:
        key = desired["public_key"]
        super().__init__(client, SCHEDULE, {**desired, "public_key": key and key.strip()})

    def note_options(self, desired: Json, mistakes: Mistakes) -> None:
        """Note an invalid time, and days with an interval other than weekly."""
        time = desired["time"]
        if time and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", time):
            mistakes.add(f"time takes HH:MM with 24 hours, such as '02:30', not {time!r}.")
        if desired["days"] and desired["interval"] not in (None, WEEKLY):
            mistakes.add(f"days applies only with interval: {WEEKLY}, but interval is {desired['interval']}.")

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the schedule. If the task changes it from weekly to another interval, the handler clears its days."""
        current = super().read(object_id)
        was_weekly = (current or {}).get("scheduleInterval") == WEEKLY
        if was_weekly and self.desired["interval"] not in (None, WEEKLY) and self.desired["days"] is None:
            self.desired["days"] = []
        return current

    def wrong(self, current: Json | None) -> list[InputError]:
        """Return also an error for each value that the resulting schedule lacks."""
        found = super().wrong(current)
        # Check the schedule as it would be after the change: the appliance may already have the values that it needs.
        after = self.merged(current or {})
        interval = after["interval"] or NEVER
        missing = [option for option in NEEDED if not after[option]] if after["enabled"] else []
        if missing:
            found.append(InputError(f"With enabled: true, the appliance also needs {', '.join(missing)}."))
        if interval != NEVER and not after["time"]:
            found.append(InputError(f"With interval: {interval}, the appliance also needs time."))
        if interval == WEEKLY and not after["days"]:
            found.append(InputError(f"With interval: {WEEKLY}, the appliance also needs days."))
        if interval != WEEKLY and after["days"] and self.desired["days"]:
            found.append(InputError(f"days applies only with interval: {WEEKLY}, but interval is {interval}."))
        return found
