# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the array refuses of a volume or a volume group because of its copy on another array, which the message names.

Source: PowerStore REST API 4.0, volume and volume_group (is_replication_destination, metro_replication_session_id,
modify, restore, refresh), replication_session.
"""

from __future__ import annotations

import dataclasses

from .._engine.data import Json
from .._engine.errors import InputError
from .._engine.options.mistakes import UNTOUCHED
from .._engine.planning.plan import Plan
from .._engine.text.words import sentence
from .client import PowerStoreClient
from .query import one_of

MARK = "is_replication_destination"
MATE = "PowerStore"
"""The type of remote system that metro and destinations of storage containers take."""
METRO = "metro_replication_session_id"
SESSION_FIELDS = "id,state,role,local_resource_state,remote_system(id,name)"
PREFERRED = "Metro_Preferred"
PROMOTED = ("Promoted", "System_Promoted")
"""The states in which the other side of metro serves the hosts, and is the source when both become identical again."""
PAUSED = ("Paused",)
INTERRUPTED = ("Paused", "Fractured")
PREFERRED_ONLY = ("name", "performance_policy_id", "is_write_order_consistent")
"""The array changes these only on the preferred side of metro. The members of a group count, too: they are the same on
both sides."""
MEMBERS = ("add_members", "remove_members")


@dataclasses.dataclass(frozen=True)
class Doing:
    """What a task does to an object with a copy on another array.

    words: what the task does, such as ``restore it``. states: the states of the metro session in which the array does
    so. overwrites: whether it replaces the data.
    """

    words: str
    states: tuple[str, ...] = PAUSED
    overwrites: bool = False


def check_other_array(client: PowerStoreClient, title: str, current: Json | None, plan: Plan) -> None:
    """Raise InputError for a change that the array refuses because of the object's copy on another array.

    The array permits removing the destination mark, and with ``force`` the protection policy. One session is read, and
    only for a change of an object with such a copy. title: the resource type in messages.
    """
    changes = [step for step in plan.requests if step.action != "delete"]
    if current is None or not changes:
        return
    first = changes[0].body or {}
    forced = first.get("force") and set(first) == {"force", "protection_policy_id"} and len(changes) == 1
    if not forced:
        check_destination(client, title, current, "change it", despite_mark=first.get(MARK) is False)
    steps = [step for step in changes if step.action in ("modify", *MEMBERS)]
    written = {name for step in steps for name in (step.body or {})}
    if not steps or not current.get(METRO):
        return
    session = metro_session(client, current)
    named = [word for word in PREFERRED_ONLY if word in written]
    named += ["members"] if any(step.action in MEMBERS for step in steps) else []
    if named and session and session.get("role") != PREFERRED:
        there, what = other_array(session), " and ".join(word.replace("_id", "").replace("_", " ") for word in named)
        raise InputError(
            f"{sentence(title)} {current['name']} is the other side of metro with {there}: its {what} can be changed "
            f"only there.",
            hint=f"Run the task against {there}, the preferred side. {UNTOUCHED}",
        )
    states = INTERRUPTED if title == "volume" and written == {"size"} else PAUSED
    check_metro(title, current, session, Doing("change it", states))


def check_destination(
    client: PowerStoreClient, title: str, current: Json, words: str, despite_mark: bool = False
) -> None:
    """Raise InputError for what the array refuses of a replication's destination. Only for one, read its session.

    words: what the task does to it, such as ``change it``. despite_mark: whether the array does so once the session is
    gone, although the destination mark stays until somebody removes it.
    """
    if not current.get(MARK):
        return
    who = f"{sentence(title)} {current['name']} is the destination of a replication"
    source = source_array(client, current)
    if source is not None:
        raise InputError(
            f"{who} from {source}, so this array does not {words}.",
            hint=f"Run the task against {source}, for the source of the replication. {UNTOUCHED}",
        )
    if not despite_mark:
        module = title.replace(" ", "_")
        how = "also give" if words == "change it" else f"first run {module} with"
        raise InputError(
            f"{who} that has ended, but the array does not {words} as long as it is marked as a destination.",
            hint=f"To remove the mark, {how} {MARK}: false. {UNTOUCHED}",
        )


def check_deletion(client: PowerStoreClient, title: str, current: Json) -> None:
    """Raise InputError for the removal of a replication's destination. Once the session is gone, it can be removed."""
    source = source_array(client, current)
    if source is not None:
        raise InputError(
            f"{sentence(title)} {current['name']} is the destination of a replication from {source}, so the array "
            "does not delete it.",
            hint=f"First remove the protection policy from its source on {source}. {UNTOUCHED}",
        )


def source_array(client: PowerStoreClient, current: Json) -> str | None:
    """Return the array that replicates to an object or its group, or None if none does.

    Only for an object with the destination mark, its session is read; the mark may outlive the session.
    """
    if not current.get(MARK):
        return None
    keys = [str(current["id"]), *(str(group["id"]) for group in current.get("volume_groups") or ())]
    query = {
        "local_resource_id": one_of(keys),
        "role": "eq.Destination",
        "select": "id,remote_system(id,name)",
    }
    rows = client.query("replication_session", query)
    return other_array(rows[0]) if rows else None


def metro_session(client: PowerStoreClient, current: Json) -> Json | None:
    """Return the metro session of an object, or None."""
    key = current.get(METRO)
    return client.get("replication_session", key, {"select": SESSION_FIELDS}) if key else None


def check_metro(title: str, current: Json, session: Json | None, doing: Doing) -> None:
    """Raise InputError for what the array refuses, or undoes, of an object under metro. session: its metro session."""
    if session is None:
        return
    there = other_array(session)
    what = f"{sentence(title)} {current['name']}"
    promoted = session.get("local_resource_state") in PROMOTED
    if doing.overwrites and session.get("role") != PREFERRED and not promoted:
        raise InputError(
            f"{what} is the other side of metro with {there}, and its data comes from there.",
            hint=f"Run the task against {there}, the preferred side. {UNTOUCHED}",
        )
    if session.get("state") not in doing.states:
        states = " or ".join(state.lower() for state in doing.states)
        raise InputError(
            f"{what} is stretched to {there}. To {doing.words}, its replication session must be {states}, but it is in "
            f"state {session.get('state')}.",
            hint=f"Pause the session, run the task, and resume the session. {UNTOUCHED}",
        )


def other_array(session: Json) -> str:
    """Return the name of the other array of a session."""
    system = session.get("remote_system") or {}
    return str(system.get("name") or system.get("id") or "another array")
