# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Handler of import sessions: read the session and its members, and plan the actions from the table of states.

Source: PowerStore REST API 4.0, import_session and its actions.
"""

from __future__ import annotations

import dataclasses
import typing as t

from ..._engine.data import Json
from ..._engine.errors import ApplianceError, InputError, JobFailed
from ..._engine.job import Job
from ..._engine.options.rules import Requires, in_vain
from ..._engine.planning.history import History
from ..._engine.planning.make_plan import make_plan
from ..._engine.planning.plan import Plan
from ..._engine.planning.steps import Step, Wait
from ..._engine.state_machine import ACTION, DONE, IMPOSSIBLE, WAIT, Transition
from ..._engine.table.resource_type import ResourceType
from ..client import PowerStoreClient
from ..query import one_of
from ..responses import messages_of
from ..table_handler import TableHandler
from ..timestamps import is_past
from .action_history import TYPE, ActionHistory, States, states_of
from .messages import progress_text, step_of
from .request import SCHEDULE, ImportRequest, check_request
from .sources import AGENTLESS
from .states import GOOD_STATES, IMPORTS, ImportSituation
from .transitions import ForeseenStep, depends_on_members, foresee

BUILDING = ("present", "ready", "completed", "paused")
"""Goals for which the session must exist with the attributes of the task. For the others only its state counts."""

OF_THE_GROUP = ("completed", "absent")
"""Goals that a group's session can reach, but no session of a member."""
NOT_IN_JOBS = ("enable_destination_volume", "start_copy")
"""Actions for which a job has no value of resource_action."""

RULES = (Requires("force", "state", ("cancelled",), ignores=(False,)),)

MEMBER_FIELDS = "id,name,state,progress_percentage,current_transfer_rate,error"


class ImportHandler(TableHandler):
    """The import session that a task names, and the goal state of the task."""

    def __init__(self, client: PowerStoreClient, resource: ResourceType, desired: Json) -> None:
        self.goal: str = desired["state"]
        check_request(desired)
        self.in_vain = tuple(in_vain(RULES, desired))
        state = "present" if self.goal in BUILDING else "absent"
        super().__init__(client, resource, {**desired, "state": state})
        self.request = ImportRequest(client, resource, self.desired)
        self.members: list[Json] = []

    # Reading

    def fields(self) -> dict[str, tuple[str, ...]]:
        """Return the fields to read. The type of the remote system decides which resource types its sources have."""
        return {**super().fields(), "remote_system": ("id", "name", "type")}

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the session, or None. A group's session has ``members`` if the next transition depends on them."""
        current = super().read(object_id)
        if current is None:
            return None
        self.members = self._read_members(current) if self._asks_members(current) else []
        if self.members:
            current["members"] = self.members
        return current

    def landmark(self, current: Json | None) -> States:
        """Return the states of the session and of the members that were read."""
        return states_of(current)

    def _look_up_references(self, current: Json | None) -> None:
        self.desired = self.request.resolve(current)

    def _asks_members(self, current: Json) -> bool:
        """Return whether to read the members: the next transition depends on them, or on whether there are any."""
        kind = current.get("destination_resource_type")
        if kind == "volume" or current.get("parent_session_id"):
            return False
        on_its_way = IMPORTS.next(self._situation(current), self.goal).kind in (ACTION, WAIT)
        return depends_on_members(self._situation(current), self.goal) or (kind is None and on_its_way)

    def _read_members(self, current: Json) -> list[Json]:
        wanted = {"parent_session_id": f"eq.{current['id']}", "order": "name", "select": MEMBER_FIELDS}
        return self.client.query(TYPE, wanted)

    def _situation(self, current: Json) -> ImportSituation:
        is_group = bool(current.get("members")) or current.get("destination_resource_type") == "volume_group"
        is_agentless = current.get("type") == AGENTLESS
        return ImportSituation(current["state"], is_group, is_agentless, bool(current.get("automatic_cutover")))

    # Planning

    def plan(self, current: Json | None, history: History) -> Plan:
        """Plan the steps to the goal as far as they can be foreseen.

        Raise InputError if the session cannot reach the goal, JobFailed if it failed during this run.
        """
        plan = self._plan(current, ActionHistory(history))
        return dataclasses.replace(plan, warnings=(*plan.warnings, *self.in_vain))

    def _plan(self, current: Json | None, history: ActionHistory) -> Plan:
        if current is None:
            return self._plan_without(history)
        if current.get("parent_session_id") and self.goal in OF_THE_GROUP:
            raise InputError(
                f"Import session {current['name']} belongs to a member of a consistency group; state: {self.goal} "
                "is for the group's session.",
                hint=f"The group's session has the id {current['parent_session_id']}.",
            )
        table = make_plan(self.resource, current, self.desired) if self.goal in BUILDING else Plan()
        self._check_schedule(table, current)
        if self.goal == "present":
            return Plan(table.steps, table.before, table.after, self._warnings(current, history))
        way = self._way(current, history)
        ends = foresee(self._situation(current), self.goal)[-1] if way else ForeseenStep(until=current["state"])
        name = {"name": current["name"]}
        before = {**(table.before or name), "state": current["state"]}
        after = {**(table.after or name), "state": ends.until} if ends.until else {}
        if self._pauses_members(current):
            # The group's own session keeps its state, and so does a member that has not begun.
            before["members"] = {member["name"]: member["state"] for member in self.members}
            after["members"] = {**before["members"], **self._paused_members(current)}
            after["state"] = current["state"]
        return Plan((*table.steps, *way), before, after, self._warnings(current, history))

    def _pauses_members(self, current: Json) -> bool:
        """Return whether the plan pauses the sessions of a group's members instead of the group's own."""
        return self.goal == "paused" and bool(IMPORTS.next(self._situation(current), self.goal).members)

    def _paused_members(self, current: Json) -> Json:
        """Return the final states of the members that the plan transitions, by name."""
        agentless = self._situation(current).agentless
        ways = {
            member["name"]: foresee(ImportSituation(member["state"], agentless=agentless), self.goal)
            for member in self.members
        }
        return {name: steps_ahead[-1].until for name, steps_ahead in ways.items() if steps_ahead}

    def _plan_without(self, history: ActionHistory) -> Plan:
        """Plan the steps for a session that does not exist."""
        if self.goal not in BUILDING:
            return Plan()
        if history.first or history.created:
            # This run has read or created the session before, so nothing must create it again.
            raise JobFailed(f"{self.label[:1].upper()}{self.label[1:]} is gone: somebody has removed it.")
        if self.goal == "paused":
            raise InputError(f"There is no {self.label} that could be paused.")
        plan = make_plan(self.resource, None, self.desired)
        create, warnings = self.request.complete(plan.requests[0])
        self._check_schedule(plan, None)
        after = {**plan.after, **self.request.shown()}
        steps_ahead: list[ForeseenStep] = []
        source = self.request.source
        situation = ImportSituation(
            "Scheduled" if self.desired[SCHEDULE] else "Queued",
            bool(source and source.is_group),
            self.desired["type"] == AGENTLESS,
            bool(self.desired["automatic_cutover"]),
        )
        if self.goal != "present":
            steps_ahead = foresee(situation, self.goal)
            after["state"] = steps_ahead[-1].until
        ahead = [
            self._step(foreseen, {"id": "{id}", "name": self.desired["name"]}, situation) for foreseen in steps_ahead
        ]
        return Plan((create, *ahead), {}, after, tuple(warnings))

    def _check_schedule(self, plan: Plan, current: Json | None) -> None:
        """Raise InputError for a start in the past, or for a new start of a session that is no longer Scheduled."""
        start = next((step.body[SCHEDULE] for step in plan.requests if step.body and SCHEDULE in step.body), None)
        if start is None:
            return
        if current and current["state"] != "Scheduled":
            raise InputError(
                f"{SCHEDULE} is {current.get(SCHEDULE)!r} and cannot change to {start!r}: it can change only while "
                f"the session is Scheduled, and import session {current['name']} is {current['state']}.",
                hint=f"Leave {SCHEDULE} out.",
            )
        if is_past(start):
            raise InputError(f"{SCHEDULE} {start} is in the past.", hint="Give a point in time in the future.")

    def _way(self, current: Json, history: ActionHistory) -> list[Step]:
        situation = self._situation(current)
        transition = self._checked(IMPORTS.next(situation, self.goal), current, history)
        if transition.kind == ACTION and history.settles(current["id"], transition.action):
            # The array has accepted the action but does not show its effect yet: a second request would be an error.
            return [Wait(f"wait until the array shows the effect of {transition.action}", progress_text(current))]
        led = self._lead(current, situation, transition.members, history) if transition.members else []
        if led is None:
            return []
        if self._pauses_members(current):
            return [
                *led,
                Wait(f"wait until no member of import session {current['name']} is copying", progress_text(current)),
            ]
        return led + [self._step(foreseen, current, situation) for foreseen in foresee(situation, self.goal)]

    def _checked(self, transition: Transition, current: Json, history: ActionHistory) -> Transition:
        """Return the transition; raise an error if the goal is out of reach.

        It is also out of reach if this run has sent the action and the session came back to this state, and if the
        action repeats one that has failed during this run: a person must look at the reason first.
        """
        used = transition.kind == ACTION and history.taken(current["id"], transition.action)
        in_vain = used and not history.settles(current["id"], transition.action)
        unseen = transition.again and not used and not history.found_so(current["state"])
        if transition.kind != IMPOSSIBLE and not in_vain and not unseen:
            return transition
        reason = transition.reason or f"{transition.action} was accepted, but the session came back to this state"
        raise self._failure(current, history, reason)

    def _failure(self, current: Json, history: ActionHistory, reason: str) -> ApplianceError:
        """Return the error: InputError if this run found the session in this state and sent nothing, else JobFailed."""
        messages = messages_of([current["error"]]) if current.get("error") else []
        hint = " ".join(f"The array says: {message['message']} ({message['code']})." for message in messages)
        text = f"Import session {current['name']} is {current['state']}: {reason}."
        kind = InputError if history.found_so(current["state"]) else JobFailed
        return kind(text, messages=messages, hint=hint)

    def _lead(self, current: Json, group: ImportSituation, goal: str, history: ActionHistory) -> list[Step] | None:
        """Return the actions on a group's members, those that are due first, and the wait between them and the rest.

        goal: the goal of the members. If it is ``paused`` and no member copies or will copy, return None; if no
        member is paused either, raise an error.
        """
        due: list[Step] = []
        later: list[Step] = []
        waits = False
        for member in self.members:
            alone = ImportSituation(member["state"], agentless=group.agentless)
            kind = IMPORTS.next(alone, goal).kind
            waits = waits or kind in (WAIT, ACTION)
            actions = [foreseen for foreseen in foresee(alone, goal) if foreseen.action]
            steps = [
                self._step(foreseen, member, alone)
                for foreseen in actions
                if not history.taken(member["id"], foreseen.action)
            ]
            now = 1 if kind == ACTION and len(steps) == len(actions) else 0
            due += steps[:now]
            later += steps[now:]
        if goal == "paused" and not waits:
            if not any(member["state"] == "Paused" for member in self.members):
                raise self._failure(current, history, "nothing is being copied, so there is nothing to pause")
            return None
        between = (
            [Wait(f"wait for the members of import session {current['name']}", progress_text(current))] if later else []
        )
        return [*due, *between, *later]

    def _step(self, foreseen: ForeseenStep, session: Json, situation: ImportSituation) -> Step:
        return step_of(foreseen, session, bool(self.desired["force"]), situation.agentless)

    def _warnings(self, current: Json, history: ActionHistory) -> tuple[str, ...]:
        """Return warnings of members that wait for their turn, and of a failed session for which nothing is planned."""
        queued = [member["name"] for member in self.members if member["state"] in ("Scheduled", "Queued")]
        if queued and self._pauses_members(current):
            return (
                f"Members of import session {current['name']} wait for their turn: {', '.join(queued)}. They start to "
                "copy later. Run the task again then to pause them.",
            )
        if current["state"] in GOOD_STATES or current["state"] in ("Cancelled", "Cancel_In_Progress"):
            return ()
        if IMPORTS.next(self._situation(current), self.goal).kind != DONE:
            return ()
        return (str(self._failure(current, history, "its import does not continue by itself")),)

    # Jobs

    def preflight(self, current: Json | None, plan: Plan) -> None:
        """Check nothing: `read` and `plan` have looked up and checked everything."""

    def find_jobs(self, current: Json | None, actions: t.Sequence[str]) -> list[Job]:
        """Return the jobs of these actions on the session or on its members."""
        filters = {"resource_type": f"eq.{TYPE}", **self.jobs_filters(current)}
        if not set(actions) & set(NOT_IN_JOBS):
            filters["resource_action"] = one_of(dict.fromkeys(actions))
        return [job for job in self.client.jobs(filters) if job.action in ("", *actions)]

    def jobs_filters(self, current: Json | None) -> Json:
        """Return the filters for the jobs of the session and of its members."""
        if current and self.members:
            return {"resource_id": one_of([current["id"], *(member["id"] for member in self.members)])}
        return super().jobs_filters(current)
