# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Time and locale of the appliance.

Source: HPE OneView REST API, appliance/configuration/time-locale and timeconfig/locales, which lists the locales.
"""

from __future__ import annotations

from ..._engine.data import Json
from ..._engine.errors import InputError, Refused
from ..._engine.options.mistakes import Mistakes
from ..._engine.planning.plan import Plan
from ..._engine.table.attribute import Attribute, as_number, as_set
from ..._engine.text.names import unknown
from ..client import OneViewClient
from .settings import POSTED, SettingsHandler, settings

LOCALES = "/rest/appliance/configuration/timeconfig/locales"
TIME_LOCALE = settings(
    "/rest/appliance/configuration/time-locale",
    "time and locale",
    (
        Attribute("locale"),
        Attribute("timezone"),
        Attribute("ntp_servers", "list", api_name="ntpServers", normalize=as_set, spec={"elements": "str"}),
        Attribute("polling_interval", "int", api_name="pollingInterval", normalize=as_number),
    ),
    POSTED,
    read_only=("dateTime", "localeDisplayName"),
)


class TimeLocaleHandler(SettingsHandler):
    """Handles the time and locale of the appliance."""

    def __init__(self, client: OneViewClient, desired: Json) -> None:
        super().__init__(client, TIME_LOCALE, desired)

    def note_options(self, desired: Json, mistakes: Mistakes) -> None:
        """Note an invalid polling interval, and empty entries among the time servers."""
        interval = desired["polling_interval"]
        if interval is not None and interval < 1:
            mistakes.add(f"polling_interval must be at least 1, not {interval}.")
        if any(not server.strip() for server in desired["ntp_servers"] or ()):
            mistakes.add("ntp_servers has an empty entry: give names or addresses.")

    def refused(self, current: Json | None, plan: Plan) -> list[InputError]:
        """Return also an error for a locale that the appliance does not offer."""
        found = super().refused(current, plan)
        locale = self.desired["locale"]
        known = self._locales() if locale and plan.before.get("locale") != locale else []
        if known and locale not in known:
            guesses, others = unknown([locale], known)
            found.append(InputError(f"locale: the appliance has no {guesses}. {others}".strip()))
        return found

    def _locales(self) -> list[str]:
        try:
            return [str(row["locale"]) for row in self.client.all(LOCALES) if row.get("locale")]
        except Refused as error:
            if error.status == 404:
                return []
            raise
