# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""File events pools: settings by category, and servers of their own at the destination of a replication.

Source: PowerStore REST 4.0, file_events_pool_create, file_events_pool_modify (one set of settings for each category,
remove_categories), file_events_settings_instance (what is not given is false). Guesses: a change keeps the categories
that it does not give; 400 for a category that is given twice, or given and removed; 422 for the removal of the last
one, or of one that is not there.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused, invalid
from jobwise_emulator.powerstore.resources.file_services import servers

SETTINGS, REMOVED, CATEGORY = "file_events_settings", "remove_categories", "events_category"
SERVERS, ON_DESTINATION = "file_events_publisher_servers", "destination_file_events_publisher_servers"
CODE = "0xE080101F0001"


def check(call: Call) -> None:
    """Servers that can be some, and each category once."""
    entry, body = call.target, call.body
    for name in (SERVERS, ON_DESTINATION):
        servers(body.get(name), name)
    given = [one.get(CATEGORY) for one in body.get(SETTINGS) or ()]
    gone = list(body.get(REMOVED) or ())
    if None in given:
        raise invalid(f"{CATEGORY} is missing in {SETTINGS}.", CATEGORY)
    if len({*given, *gone}) < len(given) + len(gone):
        raise invalid("A category is given more than once.", SETTINGS)
    if ON_DESTINATION in body and not entry.get("is_replica"):
        raise Refused(422, CODE, f"{ON_DESTINATION} can only be set on a replica.", ON_DESTINATION)
    have = [one[CATEGORY] for one in entry.get(SETTINGS) or ()]
    absent = [one for one in gone if one not in have]
    if absent:
        raise Refused(422, CODE, f"The pool has no settings for {absent[0]}.", str(absent[0]))
    if gone and not {*have, *given} - {*gone}:
        raise Refused(422, CODE, "A file events pool needs the settings of one category.")


def complete(world: ApplianceState, entry: Json) -> None:
    """What the settings of a category leave out is false."""
    blank = world.catalog.blank_struct("file_events_settings_instance")
    entry[SETTINGS] = [{**blank, **one} for one in entry.get(SETTINGS) or ()]


def after_modify(call: Call, entry: Json) -> None:
    """Take out categories. No servers of its own at the destination are null."""
    gone = entry.pop(f"@{REMOVED}", None) or ()
    entry[SETTINGS] = [one for one in entry[SETTINGS] if one[CATEGORY] not in gone]
    entry[ON_DESTINATION] = entry.get(ON_DESTINATION) or None
    complete(call.world, entry)


RULES = {
    "file_events_pool": Rules(
        complete=complete, before={"create": check, "modify": check}, after={"modify": after_modify}
    )
}
