# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An import session on its way to a goal: what is read of it, and its plan from the table of states.

Source: PowerStore REST API 4.0, import_session and its actions.
"""

from __future__ import annotations

import dataclasses
import re
import typing as t

from ..._engine.errors import ApplianceError, InputError, JobFailed
from ..._engine.job import Job
from ..._engine.options.rules import Requires, in_vain
from ..._engine.plan import Plan, Step, make_plan, wait_step
from ..._engine.resource_type import Json, Resource
from ..client import PowerStoreClient
from ..query import one_of
from ..responses import messages_of
from ..table_handler import TableSubject
from ..timestamps import is_past
from .action_history import Passage
from .messages import TYPE, so_far, step_of
from .request import SCHEDULE, ImportRequest, check_request
from .sources import AGENTLESS
from .states import ACTION, DONE, GOOD_STATES, IMPOSSIBLE, WAIT, Move, Sort
from .transitions import Leg, depends_on_members, foresee, next_move

BUILDING = ("present", "ready", "completed", "paused")
"""Goals for which the session has to be as the task says; for the others only where it is going counts."""

OF_THE_GROUP = ("completed", "absent")
NOT_IN_JOBS = ("enable_destination_volume", "start_copy")
"""Actions that the array's jobs have no word for."""

RULES = (Requires("force", "state", ("cancelled",), ignores=(False,)),)

MEMBER_FIELDS = "id,name,state,progress_percentage,current_transfer_rate,error"


class ImportSubject(TableSubject):
    """The import session that a task names, and the goal to bring it to."""

    def __init__(self, client: PowerStoreClient, resource: Resource, want: Json) -> None:
        self.goal: str = want["state"]
        check_request(want)
        self.in_vain = tuple(in_vain(RULES, want))
        state = "present" if self.goal in BUILDING else "absent"
        super().__init__(client, resource, {**want, "state": state})
        self.request = ImportRequest(client, resource, self.want)
        self.passage = Passage()
        self.members: list[Json] = []

    # Reading

    def fields(self) -> dict[str, tuple[str, ...]]:
        """Return the fields to read; the type of the remote system tells what its sources are."""
        return {**super().fields(), "remote_system": ("id", "name", "type")}

    def look_up(self, object_id: str | None = None) -> Json | None:
        """Return the session; with ``members`` where it is a group's and they matter for what comes next."""
        have = super().look_up(object_id)
        self.passage.find(have["state"] if have else "")
        if have is None:
            return None
        self.members = self._read_members(have) if self._asks_members(have) else []
        if self.members:
            have["members"] = self.members
        for one in (have, *self.members):
            self.passage.see(one)
        return have

    def _join(self, have: Json | None) -> None:
        self.want = self.request.resolve(have)

    def _asks_members(self, have: Json) -> bool:
        """Tell whether to look for members: they matter, or it has to be known whether there are any."""
        kind = have.get("destination_resource_type")
        if kind == "volume" or have.get("parent_session_id"):
            return False
        on_its_way = next_move(self._sort(have), have["state"], self.goal).kind in (ACTION, WAIT)
        return depends_on_members(have["state"], self.goal) or (kind is None and on_its_way)

    def _read_members(self, have: Json) -> list[Json]:
        wanted = {"parent_session_id": f"eq.{have['id']}", "order": "name", "select": MEMBER_FIELDS}
        return self.client.query(TYPE, wanted)

    def _sort(self, have: Json) -> Sort:
        is_group = bool(have.get("members")) or have.get("destination_resource_type") == "volume_group"
        return Sort(is_group, have.get("type") == AGENTLESS, bool(have.get("automatic_cutover")))

    # Planning

    def plan(self, have: Json | None) -> Plan:
        """Return the way to the goal as far as it can be foreseen; raise InputError if there is none."""
        plan = self._plan(have)
        return dataclasses.replace(plan, warnings=(*plan.warnings, *self.in_vain))

    def _plan(self, have: Json | None) -> Plan:
        if have is None:
            return self._plan_without()
        if have.get("parent_session_id") and self.goal in OF_THE_GROUP:
            raise InputError(
                f"Import session {have['name']} is a member's of a consistency group; {self.goal} is for the group's.",
                hint=f"That has the id {have['parent_session_id']}.",
            )
        table = make_plan(self.resource, have, self.want) if self.goal in BUILDING else Plan()
        self._check_schedule(table, have)
        if self.goal == "present":
            return Plan(table.steps, table.before, table.after, self._warnings(have))
        way = self._way(have)
        ends = foresee(self._sort(have), have["state"], self.goal)[-1] if way else Leg(until=have["state"])
        name = {"name": have["name"]}
        before = {**(table.before or name), "state": have["state"]}
        after = {**(table.after or name), "state": ends.until} if ends.until else {}
        if self._pauses_members(have):
            # The group's own session stays as it is, and a member that is still to begin does, too.
            before["members"] = {member["name"]: member["state"] for member in self.members}
            after["members"] = {**before["members"], **self._paused_members(have)}
            after["state"] = have["state"]
        return Plan((*table.steps, *way), before, after, self._warnings(have))

    def _pauses_members(self, have: Json) -> bool:
        """Tell whether it is the sessions of a group's members that are paused, not the group's own."""
        return self.goal == "paused" and bool(next_move(self._sort(have), have["state"], self.goal).members)

    def _paused_members(self, have: Json) -> Json:
        """Return the states that the members are led to which are to move."""
        alone = Sort(agentless=self._sort(have).agentless)
        ways = {member["name"]: foresee(alone, member["state"], self.goal) for member in self.members}
        return {name: legs[-1].until for name, legs in ways.items() if legs}

    def _plan_without(self) -> Plan:
        """Return what is to be done where there is no session."""
        if self.goal not in BUILDING:
            return Plan()
        if self.passage.first or self.passage.created:
            raise JobFailed(f"{self.label[:1].upper()}{self.label[1:]} is gone: somebody has removed it.")
        if self.goal == "paused":
            raise InputError(f"There is no {self.label} that could be paused.")
        plan = make_plan(self.resource, None, self.want)
        create, warnings = self.request.complete(plan.steps[0])
        self._check_schedule(plan, None)
        after = {**plan.after, **self.request.shown()}
        legs: list[Leg] = []
        source = self.request.source
        sort = Sort(
            bool(source and source.is_group), self.want["type"] == AGENTLESS, bool(self.want["automatic_cutover"])
        )
        if self.goal != "present":
            legs = foresee(sort, "Scheduled" if self.want[SCHEDULE] else "Queued", self.goal)
            after["state"] = legs[-1].until
        ahead = [self._step(leg, {"id": "{id}", "name": self.want["name"]}, sort) for leg in legs]
        return Plan((create, *ahead), {}, after, tuple(warnings))

    def _check_schedule(self, plan: Plan, have: Json | None) -> None:
        """Raise InputError for a time that is over, or for a new one when it is too late for it."""
        asked = next((step.body[SCHEDULE] for step in plan.steps if step.body and SCHEDULE in step.body), None)
        if asked is None:
            return
        if have and have["state"] != "Scheduled":
            raise InputError(
                f"{SCHEDULE} is {have.get(SCHEDULE)!r}, asked for {asked!r}: it can change only while the session is "
                f"Scheduled, and import session {have['name']} is {have['state']}.",
                hint=f"Leave {SCHEDULE} out.",
            )
        if is_past(asked):
            raise InputError(f"{SCHEDULE} {asked} is over already.", hint="Give a point in time to come.")

    def _way(self, have: Json) -> list[Step]:
        sort = self._sort(have)
        move = self._checked(next_move(sort, have["state"], self.goal), have)
        if move.kind == ACTION and self.passage.settles(have["id"], move.action):
            return [wait_step(f"wait until the array shows that it has taken: {move.action}", so_far(have))]
        led = self._lead(have, sort, move.members) if move.members else []
        if led is None:
            return []
        if self._pauses_members(have):
            return [*led, wait_step(f"wait until no member of import session {have['name']} copies", so_far(have))]
        return led + [self._step(leg, have, sort) for leg in foresee(sort, have["state"], self.goal)]

    def _checked(self, move: Move, have: Json) -> Move:
        """Return the move; raise an error for one that leads nowhere, or that this run has made in vain."""
        used = move.kind == ACTION and self.passage.taken(have["id"], move.action)
        in_vain = used and not self.passage.settles(have["id"], move.action)
        unseen = move.again and not used and not self.passage.found_so(have["state"])
        if move.kind != IMPOSSIBLE and not in_vain and not unseen:
            return move
        reason = move.reason or f"{move.action} was accepted, but the session came back to this state"
        raise self._failure(have, reason)

    def _failure(self, have: Json, reason: str) -> ApplianceError:
        """Return the error: of the task that asks for what cannot be, of an import that went wrong meanwhile."""
        told = messages_of([have["error"]]) if have.get("error") else []
        words = " ".join(f"The array says: {one['message']} ({one['code']})." for one in told)
        text = f"Import session {have['name']} is {have['state']}: {reason}."
        kind = InputError if self.passage.found_so(have["state"]) else JobFailed
        return kind(text, messages=told, hint=words)

    def _lead(self, have: Json, sort: Sort, goal: str) -> list[Step] | None:
        """Return the actions on a group's members, those that are due first; None when there is nothing left to do."""
        due: list[Step] = []
        later: list[Step] = []
        waits, alone = False, Sort(agentless=sort.agentless)
        for member in self.members:
            kind = next_move(alone, member["state"], goal).kind
            waits = waits or kind in (WAIT, ACTION)
            actions = [leg for leg in foresee(alone, member["state"], goal) if leg.action]
            steps = [
                self._step(leg, member, alone) for leg in actions if not self.passage.taken(member["id"], leg.action)
            ]
            now = 1 if kind == ACTION and len(steps) == len(actions) else 0
            due += steps[:now]
            later += steps[now:]
        if goal == "paused" and not waits:
            if not any(member["state"] == "Paused" for member in self.members):
                raise self._failure(have, "nothing is being copied, so there is nothing to pause")
            return None
        between = [wait_step(f"wait for the members of import session {have['name']}", so_far(have))] if later else []
        return [*due, *between, *later]

    def _step(self, leg: Leg, session: Json, sort: Sort) -> Step:
        return step_of(leg, session, bool(self.want["force"]), sort.agentless)

    def _warnings(self, have: Json) -> tuple[str, ...]:
        """Say what is wrong with a session that the goal finds nothing wrong with, and what is not paused."""
        queued = [member["name"] for member in self.members if member["state"] in ("Scheduled", "Queued")]
        if queued and self._pauses_members(have):
            return (
                f"Members of import session {have['name']} wait for their turn: {', '.join(queued)}. One that begins "
                "when this task is over copies. Run the task again then.",
            )
        if have["state"] in GOOD_STATES or have["state"] in ("Cancelled", "Cancel_In_Progress"):
            return ()
        if next_move(self._sort(have), have["state"], self.goal).kind != DONE:
            return ()
        return (str(self._failure(have, "its import does not go on by itself")),)

    # Jobs

    def preflight(self, have: Json | None, plan: Plan) -> None:
        """What the plan refers to has been looked up for it."""

    def jobs_on(self, have: Json | None, actions: t.Sequence[str]) -> list[Job]:
        """Return the jobs of these actions on the session or on its members."""
        filters = {"resource_type": f"eq.{TYPE}", **self.jobs_filters(have)}
        if not set(actions) & set(NOT_IN_JOBS):
            filters["resource_action"] = one_of(dict.fromkeys(actions))
        return [job for job in self.client.jobs(filters) if job.action in ("", *actions)]

    def jobs_filters(self, have: Json | None) -> Json:
        """The members' jobs count for the group's session, too."""
        if have and self.members:
            return {"resource_id": one_of([have["id"], *(member["id"] for member in self.members)])}
        return super().jobs_filters(have)

    def accepted(self, step: Step) -> None:
        """Take note of what the array has taken."""
        self.passage.created = self.passage.created or step.path == TYPE
        found = re.fullmatch(rf"{TYPE}/([^/]+)/(\w+)", step.path)
        if found:
            self.passage.take(found.group(1), found.group(2))
