# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An import session on its way to a goal: what is read of it, and its plan from the table of states.

Source: PowerStore REST API 4.0, import_session and its actions.
"""

from __future__ import annotations

import re
import typing as t

from ..engine.errors import ApplianceError, InputError, JobFailed
from ..engine.job import Job
from ..engine.plan import Plan, Step, make_plan, wait_step
from ..engine.resource import Json, Resource
from .client import PowerStoreClient
from .import_request import ImportRequest, check_request
from .import_route import Leg, depends_on_members, foresee, next_move
from .import_sources import AGENTLESS
from .import_states import ACTION, DONE, GOOD_STATES, IMPOSSIBLE, WAIT, Move, Sort
from .query import one_of
from .replies import messages_of
from .subject import TableSubject
from .timestamps import is_past

TYPE = "import_session"
BUILDING = ("present", "ready", "completed", "paused")
OF_THE_GROUP = ("completed", "absent")
NOT_IN_JOBS = ("enable_destination_volume", "start_copy")
"""Actions that the array's jobs have no word for."""

MEMBER_FIELDS = "id,name,state,progress_percentage,current_transfer_rate,last_update_timestamp,error"
SCHEDULE = "scheduled_timestamp"
WORDS = {
    "enable_destination_volume": "enable the destination volume of {}",
    "start_copy": "start the copy of {}",
    "cutover": "cut over {}",
    "cleanup": "clean up {}",
    "delete": "remove the record of {}",
}
Stamp = tuple[t.Any, t.Any]


class ImportSubject(TableSubject):
    """The import session that a task names, and the goal to bring it to."""

    def __init__(self, client: PowerStoreClient, resource: Resource, want: Json) -> None:
        self.goal: str = want["state"]
        check_request(want)
        state = "present" if self.goal in BUILDING else "absent"
        super().__init__(client, resource, {**want, "state": state})
        self.request = ImportRequest(client, resource, self.want)
        self.members: list[Json] = []
        self.first: str | None = None
        self._seen: dict[str, Stamp] = {}
        self._taken: dict[tuple[str, str], Stamp | None] = {}
        self._known = False

    # Reading

    def fields(self) -> dict[str, tuple[str, ...]]:
        """Return the fields to read; the type of the remote system tells what its sources are."""
        return {**super().fields(), "remote_system": ("id", "name", "type")}

    def look_up(self, object_id: str | None = None) -> Json | None:
        """Return the session; with ``members`` where it is a group's and they matter for what comes next."""
        have = super().look_up(object_id)
        if have is None:
            return None
        self.members = self._read_members(have) if self._asks_members(have) else []
        if self.members:
            have["members"] = self.members
        if not self._known:
            self.first, self._known = have["state"], True
        for one in (have, *self.members):
            self._seen[one["id"]] = (one["state"], one.get("last_update_timestamp"))
        return have

    def _join(self, have: Json | None) -> None:
        self.want = self.request.resolve(have)

    def _asks_members(self, have: Json) -> bool:
        is_volume = have.get("parent_session_id") or have.get("destination_resource_type") == "volume"
        return not is_volume and depends_on_members(have["state"], self.goal)

    def _read_members(self, have: Json) -> list[Json]:
        wanted = {"parent_session_id": f"eq.{have['id']}", "order": "name", "select": MEMBER_FIELDS}
        return self.client.query(TYPE, wanted)

    # Planning

    def plan(self, have: Json | None) -> Plan:
        """Return the way to the goal as far as it can be foreseen; raise InputError where there is none."""
        if have is None:
            return self._plan_without()
        if have.get("parent_session_id") and self.goal in OF_THE_GROUP:
            raise InputError(
                f"Import session {have['name']} is a member's of a consistency group; {self.goal} is for the group's.",
                hint=f"That has the id {have['parent_session_id']}.",
            )
        table = make_plan(self.resource, have, self.want) if self.goal in BUILDING else Plan()
        self._check_schedule(table, have)
        before, after = dict(table.before) or {"name": have["name"]}, dict(table.after) or {"name": have["name"]}
        steps = list(table.steps)
        if self.goal != "present":
            way = self._way(have)
            steps += way
            before["state"] = have["state"]
            after["state"] = self._end(have, way)
        return Plan(tuple(steps), before, {} if after.get("state") == "" else after, self._warnings(have))

    def _plan_without(self) -> Plan:
        """Return what is to be done where there is no session."""
        if self.goal not in BUILDING:
            return Plan()
        if self._known:
            raise JobFailed(f"{self.label[:1].upper()}{self.label[1:]} is gone: somebody has removed it.")
        if self.goal == "paused":
            raise InputError(f"There is no {self.label} that could be paused.")
        plan = make_plan(self.resource, None, self.want)
        create, warnings = self.request.complete(plan.steps[0])
        self._check_schedule(plan, None)
        steps, after = [create], {**plan.after, **self.request.shown()}
        if self.goal != "present":
            source = self.request.source
            automatic = bool(self.want["automatic_cutover"])
            sort = Sort(bool(source and source.is_group), self.want["type"] == AGENTLESS, automatic)
            legs = foresee(sort, "Scheduled" if self.want[SCHEDULE] else "Queued", self.goal)
            steps += [self._step(leg, {"id": "{id}", "name": self.want["name"]}, sort) for leg in legs]
            after["state"] = legs[-1].until
        return Plan(tuple(steps), {}, after, tuple(warnings))

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
        if move.kind == ACTION and self._settles(have, move.action):
            return [wait_step(f"wait until the array shows that it has taken: {move.action}", self._so_far(have))]
        led = self._lead(have, sort, move.members) if move.members else []
        if led is None:
            return []
        return led + [self._step(leg, have, sort) for leg in foresee(sort, have["state"], self.goal)]

    def _sort(self, have: Json) -> Sort:
        is_group = bool(self.members) or have.get("destination_resource_type") == "volume_group"
        return Sort(is_group, have.get("type") == AGENTLESS, bool(have.get("automatic_cutover")))

    def _checked(self, move: Move, have: Json) -> Move:
        """Return the move; raise an error for one that leads nowhere, or that this run has made in vain."""
        used = (have["id"], move.action) in self._taken
        in_vain = move.kind == ACTION and used and not self._settles(have, move.action)
        unseen = move.again and not used and (self._taken or have["state"] != self.first)
        if move.kind != IMPOSSIBLE and not in_vain and not unseen:
            return move
        reason = move.reason or f"{move.action} was accepted, but the session came back to this state"
        raise self._failure(have, reason)

    def _failure(self, have: Json, reason: str) -> ApplianceError:
        error = have.get("error") or {}
        told = messages_of([error]) if error else []
        words = " ".join(f"The array says: {one['message']} ({one['code']})." for one in told)
        text = f"Import session {have['name']} is {have['state']}: {reason}."
        found_so = not self._taken and have["state"] == self.first
        return (InputError if found_so else JobFailed)(text, messages=told, hint=words)

    def _settles(self, have: Json, action: str) -> bool:
        """Tell whether the array has taken the action, but shows the session as it was before."""
        stamp = self._taken.get((have["id"], action))
        return stamp is not None and stamp == self._seen.get(have["id"])

    def _lead(self, have: Json, sort: Sort, goal: str) -> list[Step] | None:
        """Return the actions on a group's members that are due, None when there is nothing left to lead them to."""
        steps, waits, alone = [], False, Sort(agentless=sort.agentless)
        for member in self.members:
            move = next_move(alone, member["state"], goal)
            waits = waits or move.kind == WAIT
            if move.kind == ACTION:
                waits = True
                if (member["id"], move.action) not in self._taken:
                    steps.append(self._step(Leg(move.action), member, alone))
        if goal != "paused" or waits:
            return steps
        if not any(member["state"] == "Paused" for member in self.members):
            raise self._failure(have, "nothing is being copied, so there is nothing to pause")
        return None

    def _end(self, have: Json, way: list[Step]) -> str:
        """Return the state at the end of the way, empty when nothing is left of the session."""
        if any(step.action == "delete" for step in way):
            return ""
        legs = foresee(self._sort(have), have["state"], self.goal) if way else []
        return legs[-1].until if legs else have["state"]

    def _step(self, leg: Leg, session: Json, sort: Sort) -> Step:
        title = f"import session {session['name']}"
        if leg.action == "delete":
            return Step("delete", "DELETE", f"{TYPE}/{session['id']}", None, WORDS["delete"].format(title))
        if leg.action:
            forced = leg.action == "cancel" and bool(self.want["force"])
            says = WORDS.get(leg.action, leg.action + " {}").format(title) + (", even without roll-back" * forced)
            body = {"force": True} if forced else None
            return Step(leg.action, "POST", f"{TYPE}/{session['id']}/{leg.action}", body, says)
        led = "lead its members until" if leg.leads and sort.agentless else "wait until"
        return wait_step(f"{led} {title} is {leg.until}", self._so_far(session) if "state" in session else "")

    def _so_far(self, session: Json) -> str:
        """Return where a session is, for people: state, percent, rate, and how its members are."""
        words = session["state"]
        if session.get("progress_percentage"):
            words += f" {session['progress_percentage']} %"
        if session.get("current_transfer_rate"):
            words += f", {session['current_transfer_rate'] / 1e6:.0f} MB/s"
        states = [member["state"] for member in session.get("members") or ()]
        counted = ", ".join(f"{states.count(state)} {state}" for state in dict.fromkeys(states))
        return words + (f" (members: {counted})" if counted else "")

    def _warnings(self, have: Json) -> tuple[str, ...]:
        """Say what is wrong with a session that the goal finds nothing wrong with."""
        if have["state"] in GOOD_STATES or have["state"] in ("Cancelled", "Cancel_In_Progress"):
            return ()
        error = self._failure(have, "see its error")
        return (str(error),) if next_move(self._sort(have), have["state"], self.goal).kind == DONE else ()

    # Jobs

    def confirm(self, plan: Plan) -> None:
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
        """Take note of what the session was like when the action was taken."""
        found = re.fullmatch(rf"{TYPE}/([^/]+)/(\w+)", step.path)
        if found:
            self._taken[found.group(1), found.group(2)] = self._seen.get(found.group(1))
