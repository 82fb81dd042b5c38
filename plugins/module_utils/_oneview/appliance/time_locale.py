# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Time and locale of the appliance.

Source: HPE OneView REST API, appliance/configuration/time-locale and timeconfig/locales, which lists the locales.
"""

from __future__ import annotations

from ..._engine.errors import InputError, Refused
from ..._engine.names import unknown
from ..._engine.options.mistakes import Mistakes
from ..._engine.plan import Plan
from ..._engine.resource_type import Attribute, Json, members
from ..client import OneViewClient
from .settings import POSTED, SettingsHandler, same_number, settings

LOCALES = "/rest/appliance/configuration/timeconfig/locales"
TIME_LOCALE = settings(
    "/rest/appliance/configuration/time-locale",
    "time and locale",
    (
        Attribute("locale"),
        Attribute("timezone"),
        Attribute("ntp_servers", "list", wire="ntpServers", same=members, shape={"elements": "str"}),
        Attribute("polling_interval", "int", wire="pollingInterval", same=same_number),
    ),
    POSTED,
    told=("dateTime", "localeDisplayName"),
)


class TimeLocaleHandler(SettingsHandler):
    """Time and locale of the appliance."""

    def __init__(self, client: OneViewClient, desired: Json) -> None:
        super().__init__(client, TIME_LOCALE, desired)

    def note_options(self, desired: Json, mistakes: Mistakes) -> None:
        """Note what is no interval, and time servers without a name."""
        interval = desired["polling_interval"]
        if interval is not None and interval < 1:
            mistakes.add(f"polling_interval has to be at least 1, not {interval}.")
        if any(not server.strip() for server in desired["ntp_servers"] or ()):
            mistakes.add("ntp_servers has an empty entry: give names or addresses.")

    def refused(self, current: Json | None, plan: Plan) -> list[InputError]:
        """Return a locale that the appliance does not offer, too."""
        found = super().refused(current, plan)
        asked = self.desired["locale"]
        known = self._locales() if asked and plan.before.get("locale") != asked else []
        if known and asked not in known:
            told, others = unknown([asked], known)
            found.append(InputError(f"locale: the appliance has no {told}. {others}".strip()))
        return found

    def _locales(self) -> list[str]:
        try:
            return [str(row["locale"]) for row in self.client.all(LOCALES) if row.get("locale")]
        except Refused as error:
            if error.status == 404:
                return []
            raise
