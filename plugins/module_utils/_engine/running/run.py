# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The state of one run: what it has sent, what it has read, and the plan that follows from the last read."""

from __future__ import annotations

import contextlib
import dataclasses

from ..data import Json
from ..errors import ApplianceError, ConnectionFailed, LoginFailed, Refused, ResponseLost
from ..handler import ResourceHandler
from ..job import DONE, Job, WaitOptions
from ..planning.history import NEW_RUN
from ..planning.plan import Plan
from ..planning.steps import Change, LocalAction
from ..text.paths import ID_LATER, in_path
from .run_result import RunResult


class Run:
    """One run on one object, from its first write on.

    current: the object as last read, None if it does not exist. is_stale: whether it may have changed since that read.
    object_id: the object's id, once it is known. planned: the managed attributes as the last plan found them.
    history: what the run has done and seen.
    """

    def __init__(self, handler: ResourceHandler, waiting: WaitOptions, record: RunResult) -> None:
        self.handler = handler
        self.history = NEW_RUN
        self.waiting = waiting
        self.record = record
        self.current: Json | None = None
        self.is_stale = False
        self.object_id: str | None = None
        self.planned: Json = {}

    def resumed(self, handler: ResourceHandler, waiting: WaitOptions) -> Run:
        """Return a run that carries out this run's plan, with a handler that has not read anything yet."""
        run = Run(handler, waiting, self.record)
        run.history, run.current, run.object_id = self.history, self.current, self.object_id
        run.planned, run.is_stale = self.planned, True
        return run

    def read(self) -> Json | None:
        """Read the object and note what the history must keep of it."""
        self.current = self.handler.read(self.object_id)
        self.is_stale = False
        self.history = self.history.saw(self.handler.landmark(self.current))
        # An object that is gone has no id: if the run makes it again, the new one has another.
        self.object_id = self.current["id"] if self.current else None
        return self.current

    def plan(self) -> Plan:
        """Return the plan for the object as last read."""
        plan = self.handler.plan(self.current, self.history)
        self.planned = plan.before
        return plan

    def plan_again(self) -> Plan:
        """Read the object and return the plan for it."""
        self.read()
        return self.plan()

    def accept(self, step: Change) -> None:
        """Note that a step was accepted."""
        step = dataclasses.replace(step, path=self.path(step))
        self.history = self.history.accepted(step)
        self.handler.on_accepted(step)

    def send(self, step: Change) -> Job:
        """Carry out a step once and return its job. Raises what `send` or `do_locally` of the handler raises."""
        self.waiting.still_wanted()
        step = dataclasses.replace(step, path=self.path(step))
        self.history = self.history.sent(step)
        try:
            job = self._carry_out(step)
        except (Refused, ConnectionFailed):
            raise  # the request had no effect, so the last read is still valid
        except ApplianceError:
            self.is_stale = True
            raise
        self.is_stale = True
        return dataclasses.replace(job, action=step.action)

    def _carry_out(self, step: Change) -> Job:
        if not isinstance(step, LocalAction):
            return self.handler.send(step)
        self.handler.do_locally(step)
        return Job(id="", state=DONE)

    def path(self, step: Change) -> str:
        """Return the step's path, with the object's id in place of `ID_LATER` if the id is known."""
        return step.path.replace(ID_LATER, in_path(self.object_id)) if self.object_id else step.path

    def times_sent(self, step: Change) -> int:
        """Return how many times this run has sent a step with the same action and path."""
        return self.history.times_sent(step.action, self.path(step))

    def is_among(self, step: Change, plan: Plan) -> bool:
        """Return whether a new plan contains this step: same action, same path. Its body may differ."""
        return any((left.action, left.path) == (step.action, self.path(step)) for left in plan.changes)

    def show_current_object(self, error: ApplianceError) -> None:
        """Put the object into the result of a failed run: as it is now, or null, never as it was before a write."""
        self.record.resource = None if self.is_stale else self.current
        # Do not make the user wait for another timeout if the appliance has just been out of reach.
        if self.is_stale and not isinstance(error, (ConnectionFailed, ResponseLost, LoginFailed)):
            with contextlib.suppress(ApplianceError):  # the error that ended the run is the one to report
                self.record.resource = self.handler.read(self.object_id)
