# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""alerts: read, cleared, assigned, given notes, deleted. Only the appliance makes them.

HP OneView REST API Reference, alerts: ``filter`` has the grammar of ``query``; a page has 25 members unless ``count``
says otherwise; a PUT is partial and replies nothing if nothing changes; a locked alert is neither cleared nor deleted.
"""

from __future__ import annotations

from typing import Any

from jobwise_emulator.exchange import Json, Reply
from jobwise_emulator.oneview import bodies, filters
from jobwise_emulator.oneview.appliance_state import ApplianceState, Call, view
from jobwise_emulator.oneview.crud import Routes, target
from jobwise_emulator.oneview.errors import Refused, conflict, invalid, not_found
from jobwise_emulator.oneview.kinds import Kind
from jobwise_emulator.oneview.listing import collection
from jobwise_emulator.oneview.tasks import Effect, Work, stamp

LOG = "/rest/alerts/AlertChangeLog"
USUAL_PAGE = 25
LONGEST_NOTES = 1024
URGENCIES = ("Deferrable", "High", "Immediate", "Medium", "None", "Unknown")
CHANGES = {
    "alertState": ("Active", "Cleared"),
    "alertUrgency": URGENCIES,
    "assignedToUser": str,
    "notes": str,
    "eTag": str,
}


def made(world: ApplianceState, entry: Json) -> None:
    """What an alert is about is told by name and category as well; ``_hours`` is its age."""
    created = world.clock.now() - float(entry.pop("_hours", 0)) * 3600
    entry["created"] = entry["modified"] = stamp(created)
    about = dict(entry.get("associatedResource") or {})
    there = world.find(about.get("resourceUri") or "")
    if there:
        names = {"resourceName": there.get("name"), "resourceCategory": there["category"]}
        about = {**names, "associationType": "HAS_A", **about}
    entry["associatedResource"] = about or None
    entry["resourceUri"] = about.get("resourceUri")
    if entry["alertState"] == "Cleared":
        entry["clearedTime"] = entry["clearedTime"] or stamp(created + 600)


KIND = Kind(
    path="alerts",
    type="AlertResourceV3",
    title="alert",
    key="uri",
    required=(),
    unique=False,
    writable={"alertState": str, "alertUrgency": URGENCIES, "assignedToUser": str},
    defaults={"alertState": "Active", "alertUrgency": "None", "assignedToUser": None},
    shown={
        "severity": "Unknown",
        "description": None,
        "correctiveAction": None,
        "associatedResource": None,
        "associatedEventUris": [],
        "resourceUri": None,
        "physicalResourceType": None,
        "healthCategory": "None",
        "alertTypeID": None,
        "activityUri": None,
        "lifeCycle": False,
        "serviceEventSource": False,
        "parentAlert": None,
        "childAlerts": [],
        "clearedByUser": None,
        "clearedTime": None,
        "changeLog": [],
    },
    made=made,
)


def listing(call: Call) -> Reply:
    """The alerts that filter and query leave."""
    rows = [view(call.world, KIND, entry, call.version) for entry in call.world.all(KIND.path)]
    name = "AlertResourceCollectionV3"
    settings = call.world.settings
    page = collection(call.request, rows, settings, name, KIND.path, grammar=filters.parse_query, usual=USUAL_PAGE)
    return Reply(200, page)


def change(call: Call) -> Reply:
    """PUT: state, urgency, the person it is assigned to, and one more note."""
    entry = target(call, KIND)
    body = bodies.parse(call.request, CHANGES, call.world.exists)
    check_version(call, entry, body)
    notes = body.get("notes") or ""
    if len(notes) > LONGEST_NOTES:
        details = f"They have {len(notes)} characters."
        raise invalid("INVALID_NOTES", "The notes are too long.", details, f"Give at most {LONGEST_NOTES}.")
    wanted = {name: body[name] for name in KIND.writable if body.get(name) is not None and body[name] != entry[name]}
    if "alertState" in wanted:
        unlocked(entry)
        cleared = wanted["alertState"] == "Cleared"
        entry["clearedByUser"] = call.user if cleared else None
        entry["clearedTime"] = call.world.now() if cleared else None
    if not wanted and not notes:
        return Reply(204)
    entry.update(wanted)
    if notes:
        entry["changeLog"] = [*entry["changeLog"], noted(call, notes)]
    call.world.touch(KIND, entry)
    return call.shown(KIND, entry)


def check_version(call: Call, entry: Json, body: Json) -> None:
    """412 for a stale eTag; an asterisk, null and nothing stand for any."""
    given = str(call.header("if-match") or body.get("eTag") or "*").strip()
    if given != "*" and given.strip('"') != str(entry["eTag"]).strip('"'):
        text = "The alert has changed since it was read."
        details = f"The request names ETag {given}, the alert has {entry['eTag']}."
        raise Refused(412, "AlertEtagPreconditionFailedException", text, details, ("Read the alert again.",))


def noted(call: Call, notes: str) -> Json:
    """An entry of an alert's change log."""
    call.world.count += 1
    who = {"username": call.user, "userEntered": True}
    return {"uri": f"{LOG}/{call.world.count}", "created": call.world.now(), "notes": notes, **who}


def unlocked(entry: Json) -> None:
    """409 for an alert that is locked."""
    if entry["alertState"] == "Locked":
        actions = ("Wait until the service event behind it has ended.",)
        raise conflict("ALERT_LOCKED", "The alert is locked.", None, *actions)


def delete(call: Call) -> Reply:
    """DELETE of one alert."""
    entry = target(call, KIND)
    unlocked(entry)
    call.world.remove(KIND, entry)
    return Reply(204)


def delete_some(call: Call) -> Reply:
    """DELETE of all that ``filter`` leaves, but for those that are locked."""
    texts = [text for name, text in call.request.query if name == "filter" and text.strip()]
    tests = [filters.parse_query(text) for text in texts]

    def prepare() -> Effect:
        return drop

    def drop() -> None:
        for entry in call.world.all(KIND.path):
            if entry["alertState"] != "Locked" and all(test(entry) for test in tests):
                call.world.remove(KIND, entry)

    return call.perform(KIND, "bulk-delete", Work("Delete", KIND.path, None, "", prepare), 204)


def delete_note(call: Call) -> Reply:
    """DELETE of one entry of a change log."""
    uri = f"{LOG}/{call.keys[0]}"
    for entry in call.world.all(KIND.path):
        kept: list[Any] = [one for one in entry["changeLog"] if one["uri"] != uri]
        if len(kept) < len(entry["changeLog"]):
            entry["changeLog"] = kept
            call.world.touch(KIND, entry)
            return Reply(204)
    raise not_found(uri)


ROUTES: Routes = {
    "alerts": {"GET": listing, "DELETE": delete_some},
    "alerts/{}": {"GET": lambda call: call.shown(KIND, target(call, KIND)), "PUT": change, "DELETE": delete},
    "alerts/AlertChangeLog/{}": {"DELETE": delete_note},
}
