# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Filters for the role appliance_report. The files beside this one document them."""

from __future__ import annotations

import typing as t

from ansible.errors import AnsibleFilterError

from ansible_collections.jobwise.appliance.plugins.plugin_utils.report.fleet import report_of
from ansible_collections.jobwise.appliance.plugins.plugin_utils.report.part import part_of
from ansible_collections.jobwise.appliance.plugins.plugin_utils.report.text import markdown
from ansible_collections.jobwise.appliance.plugins.plugin_utils.report.words import Json, Settings, moment


def settings_of(options: Json) -> Settings:
    """Return the settings of a report; raise AnsibleFilterError if something is wrong with them."""
    now = moment(options.get("now"))
    unknown = set(options) - set(Settings._fields)
    if now is None or unknown:
        wrong = f"{options.get('now')!r} is not a time" if now is None else f"there is no {', '.join(sorted(unknown))}"
        raise AnsibleFilterError(f"These are not the settings of a report: {wrong}.")
    return Settings(now, **{name: int(value) for name, value in options.items() if name != "now"})


def report_part(collected: Json, settings: Json, sections: t.Sequence[str]) -> Json:
    """Return what one appliance gives to a report."""
    return part_of(collected, settings_of(settings), sections)


def report_fleet(
    parts: t.Sequence[Json], settings: Json, sections: t.Sequence[str], title: str, earlier: t.Optional[Json] = None
) -> Json:
    """Return the report of several appliances."""
    return report_of(parts, settings_of(settings), sections, str(title), earlier)


class FilterModule:
    """The filters of the collection."""

    def filters(self) -> t.Dict[str, t.Callable[..., t.Any]]:
        return {"report_part": report_part, "report_fleet": report_fleet, "report_cell": markdown}
