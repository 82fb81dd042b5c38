# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Base class of the handlers of import sessions: objects that go from state to state, by actions and by themselves."""

from __future__ import annotations

import dataclasses
import typing as t

from ..._engine.data import Json
from ..._engine.errors import InputError, JobFailed
from ..._engine.job import Job
from ..._engine.options.rules import Requires, in_vain
from ..._engine.planning.history import History
from ..._engine.planning.plan import Plan
from ..._engine.planning.steps import Request, Step
from ..._engine.state_machine import DONE
from ..._engine.table.resource_type import ResourceType
from ..._engine.text.words import sentence
from ..client import PowerStoreClient
from ..query import one_of
from ..sessions.action_history import ActionHistory
from ..sessions.course import ForeseenStep
from ..sessions.journey import Journey
from ..table_handler import TableHandler
from ..timestamps import is_past

SCHEDULE, SCHEDULED = "scheduled_timestamp", "Scheduled"
WORDS = {"cutover": "cut over {}", "delete": "remove the record of {}"}


class SessionHandler(Journey, TableHandler):
    """The session that a task names, and the goal state of the task.

    building: goals for which the session must exist with the attributes of the task; for the others only its state
    counts. goal_rules: options that some goals ignore. not_in_jobs: actions for which a job has no value of
    resource_action.
    """

    building: tuple[str, ...]
    words: t.Mapping[str, str] = WORDS
    goal_rules: tuple[Requires, ...] = ()
    not_in_jobs: tuple[str, ...] = ()

    def __init__(self, client: PowerStoreClient, resource: ResourceType, desired: Json) -> None:
        self.goal: str = desired["state"]
        self.in_vain = tuple(in_vain(self.goal_rules, desired))
        state = "present" if self.goal in self.building else "absent"
        super().__init__(client, resource, {**desired, "state": state})

    # What a subclass says of its sessions

    def situation_of_new(self) -> t.Any:
        """Return the situation of the session that the task creates."""
        raise NotImplementedError

    def is_quiet(self, current: Json) -> bool:
        """Return whether the session has no failure to report."""
        raise NotImplementedError

    def complete(self, create: Request) -> tuple[Request, Json, tuple[str, ...]]:
        """Return the request that creates the session, what the diff shows in addition, and warnings.

        Raise InputError if the array would refuse it.
        """
        return create, {}, ()

    def check_goal(self, current: Json) -> None:
        """Raise InputError if the goal is not for this session, whatever its state is. By default, check nothing."""

    # Planning

    def title_of(self, session: Json) -> str:
        """Return what messages call a session."""
        return f"{self.resource.title} {session['name']}"

    def plan(self, current: Json | None, history: History) -> Plan:
        """Plan the steps to the goal as far as they can be foreseen.

        Raise InputError if the session cannot reach the goal, JobFailed if it failed during this run.
        """
        actions = ActionHistory(history, self.type)
        plan = self._plan_existing(current, actions) if current else self._plan_without(actions)
        return dataclasses.replace(plan, warnings=(*plan.warnings, *self.in_vain))

    def _plan_existing(self, current: Json, history: ActionHistory) -> Plan:
        self.check_goal(current)
        table = super().plan(current, history.history) if self.goal in self.building else Plan()
        self._check_schedule(table, current)
        warnings = (*table.warnings, *self.warnings(current, history))
        if self.goal == "present":
            return Plan(table.steps, table.before, table.after, warnings)
        way = self.way(current, history)
        now = self.state_of(current)
        ends = self.course.foresee(self.situation(current), self.goal)[-1] if way else ForeseenStep(until=now)
        name = {"name": current["name"]}
        before = {**(table.before or name), "state": now}
        after = {**(table.after or name), "state": ends.until} if ends.until else {}
        return Plan((*table.steps, *way), before, after, warnings)

    def _plan_without(self, history: ActionHistory) -> Plan:
        """Plan the steps for a session that does not exist."""
        if self.goal not in self.building:
            return Plan()
        if history.first or history.created:
            # This run has read or created the session before, so nothing must create it again.
            raise JobFailed(f"{sentence(self.label)} is gone: somebody has removed it.")
        if self.goal == "paused":
            raise InputError(f"There is no {self.label} that could be paused.")
        plan = super().plan(None, history.history)
        create, shown, warnings = self.complete(plan.requests[0])
        self._check_schedule(plan, None)
        after = {**plan.after, **shown}
        ahead: list[Step] = []
        if self.goal != "present":
            steps_ahead = self.course.foresee(self.situation_of_new(), self.goal)
            after["state"] = steps_ahead[-1].until
            ahead = [self.step(foreseen, {"id": "{id}", "name": self.desired["name"]}) for foreseen in steps_ahead]
        return Plan((create, *ahead), {}, after, (*plan.warnings, *warnings))

    def _check_schedule(self, plan: Plan, current: Json | None) -> None:
        """Raise InputError for a start in the past, or for a new start of a session that is no longer Scheduled."""
        start = next((step.body[SCHEDULE] for step in plan.requests if step.body and SCHEDULE in step.body), None)
        if start is None:
            return
        if current and self.state_of(current) != SCHEDULED:
            raise InputError(
                f"{SCHEDULE} is {current.get(SCHEDULE)!r} and cannot change to {start!r}: it can change only while "
                f"the session is {SCHEDULED}, and {self.title_of(current)} is {self.state_of(current)}.",
                hint=f"Leave {SCHEDULE} out.",
            )
        if is_past(start):
            raise InputError(f"{SCHEDULE} {start} is in the past.", hint="Give a point in time in the future.")

    def warnings(self, current: Json, history: ActionHistory) -> tuple[str, ...]:
        """Return a warning of a failed session for which nothing is planned."""
        if self.is_quiet(current):
            return ()
        if self.course.machine.next(self.situation(current), self.goal).kind != DONE:
            return ()
        return (str(self.failure(current, history, "its import does not continue by itself")),)

    # Jobs

    def find_jobs(self, current: Json | None, actions: t.Sequence[str]) -> list[Job]:
        """Return the jobs of these actions on the session."""
        filters = {"resource_type": f"eq.{self.type}", **self.jobs_filters(current)}
        if not set(actions) & set(self.not_in_jobs):
            filters["resource_action"] = one_of(dict.fromkeys(actions))
        return [job for job in self.client.jobs(filters) if job.action in ("", *actions)]
