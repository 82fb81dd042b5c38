# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The volume groups that a task on a volume changes, and what keeps them from changing.

Source: PowerStore REST API 4.0, volume (create), volume_group (add_members, remove_members), replication_session.
"""

from __future__ import annotations

import dataclasses
import typing as t

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.mistakes import UNTOUCHED, Mistakes
from ..._engine.planning.plan import Plan
from ..client import PowerStoreClient
from ..other_array import MARK, MEMBERS, METRO, check_destination, check_other_array

TITLE = "volume group"


def check_copies(client: PowerStoreClient, title: str, current: Json | None, joined: Json | None, plan: Plan) -> None:
    """Raise InputError for what a copy on another array forbids: of the volume, and of the groups whose members change.

    title: the resource type in messages. joined: the group that the volume joins, as read.
    """
    mistakes = Mistakes()
    members = dataclasses.replace(plan, steps=tuple(step for step in plan.requests if step.action in MEMBERS))
    others = dataclasses.replace(plan, steps=tuple(step for step in plan.requests if step.action not in MEMBERS))
    with mistakes.noted():
        check_other_array(client, title, current, others)
        if current and members.steps and not others.steps:
            check_destination(client, title, current, "change it")
    if members.steps:
        for home in _homes(current):
            with mistakes.noted():
                check_other_array(client, TITLE, home, members)
    if joined and any(step.action in ("create", "add_members") for step in plan.requests):
        with mistakes.noted():
            check_other_array(client, TITLE, _with_metro(joined), _joining(plan))
    mistakes.refuse()


def check_appliance(joined: Json | None, own: str | None) -> None:
    """Raise InputError if the volumes of a group are on another appliance. own: the volume's, None if not known yet."""
    rows = (joined or {}).get("volumes") or ()
    homes = sorted({str(row["appliance_id"]) for row in rows if row.get("appliance_id")})
    if joined and own and homes and own not in homes:
        raise InputError(
            f"The volumes of volume group {joined['name']} are on appliance {homes[0]}, and the volume is on {own}.",
            hint=f"All volumes of a group must be on the same appliance. {UNTOUCHED}",
        )


def _homes(current: Json | None) -> t.Iterator[Json]:
    """Yield the group that a volume is in. A group's copy on another array shows in its members."""
    for group in (current or {}).get("volume_groups") or ():
        yield {**group, MARK: (current or {}).get(MARK), METRO: (current or {}).get(METRO)}


def _with_metro(joined: Json) -> Json:
    keys = [row[METRO] for row in joined.get("volumes") or () if row.get(METRO)]
    return {**joined, METRO: keys[0] if keys else None}


def _joining(plan: Plan) -> Plan:
    """Return the plan of the group: a new volume joins it like any other."""
    steps = [step for step in plan.requests if step.action in ("create", "add_members")]
    return dataclasses.replace(plan, steps=(dataclasses.replace(steps[0], action="add_members", body=None),))
