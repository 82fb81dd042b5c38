# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The loop that brings an object to its desired state: read, plan, gate, adopt, send, wait, read again."""

from __future__ import annotations

import dataclasses
import typing as t

from ..errors import (
    ApplianceError,
    Busy,
    JobFailed,
    JobLost,
    Refused,
    ResponseLost,
    UnexpectedResponse,
    VersionConflict,
    WaitTimeout,
)
from ..handler import ResourceHandler
from ..job import DONE, FAILED, RUNNING, BlockedByJobs, Job, PollResult, WaitOptions, poll_until_done, wait_for
from ..planning.plan import Plan
from ..planning.steps import Change, Wait
from .recovery import Recovery, as_it_failed
from .run import Run
from .run_result import RunResult, in_words


class Objects(t.Protocol):
    """The objects of a task: one, or the many of a document."""

    def look(self) -> list[Run]:
        """Read the objects and plan for them. Return the runs that have something to do."""

    def check(self, runs: t.Sequence[Run]) -> None:
        """Raise one InputError for everything in these runs that the appliance would refuse."""

    def carry_out(self, runs: t.Sequence[Run]) -> None:
        """Carry out the plans of these runs. What the appliance would refuse is found before the first write."""


def reconcile(handler: ResourceHandler, waiting: WaitOptions, dry_run: bool, record: RunResult) -> None:
    """Bring the handler's object to its desired state, and write what happened into ``record``.

    Raises ApplianceError; ``record`` is correct then, too.
    """
    reconcile_all(_OneObject(Run(handler, waiting, record)), dry_run)


def reconcile_all(objects: Objects, dry_run: bool) -> None:
    """Bring objects to their desired states.

    A dry run stops at the gate below, after the same reads, plans and preflights that a run does before its first
    write.
    """
    runs = objects.look()
    if dry_run:
        objects.check(runs)
        for run in runs:
            run.record.changed = bool(run.record.plan.changes)
        return
    objects.carry_out(runs)


class _OneObject:
    """The only object of a task."""

    def __init__(self, run: Run) -> None:
        self.run = run

    def look(self) -> list[Run]:
        """Read the object and plan for it."""
        return [self.run] if look(self.run) else []

    def check(self, runs: t.Sequence[Run]) -> None:
        """Raise InputError for what the appliance would refuse."""
        for run in runs:
            run.handler.preflight(run.current, run.record.plan)

    def carry_out(self, runs: t.Sequence[Run]) -> None:
        """Carry out the plan. If that fails, the result shows the object as it is now."""
        for run in runs:
            try:
                carry_out(run)
            except ApplianceError as error:
                run.show_current_object(error)
                raise


def look(run: Run) -> bool:
    """Read a run's object and plan for it, and record both. Return whether the run has something to do."""
    run.record.resource = run.read()
    run.record.plan = plan = run.plan()
    run.record.warnings += plan.warnings
    return bool(plan.changes or (plan.steps and run.waiting.enabled))


def carry_out(run: Run) -> None:
    """Carry out the plan that `look` has recorded. Raises ApplianceError; the record is correct then, too."""
    _Loop(run).carry_out(run.record.plan)


class _Loop:
    """The part of a run after the gate. It takes one step at a time, and leaves everything unusual to `Recovery`."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.recovery = Recovery(run)
        self.handler = run.handler
        self.waiting = run.waiting
        self.record = run.record

    def carry_out(self, plan: Plan) -> None:
        """Carry out the plan."""
        plan = self.recovery.adopt(plan)
        if not plan.steps and not self.record.jobs:
            return  # others have done everything since the first read
        if plan.steps:
            self.handler.preflight(self.run.current, plan)
        while plan.changes or (plan.steps and self.waiting.enabled):
            step = plan.steps[0]
            if isinstance(step, Wait):
                plan = self.wait_on(step)
                if not plan.steps:
                    return  # wait_on has just read the object
                continue
            next_plan = self.carry_out_step(plan)
            if next_plan is None:
                return
            plan = next_plan
        self.record.current_step = ""
        self.read_outcome()

    def carry_out_step(self, plan: Plan) -> Plan | None:
        """Send the first step, wait for its jobs, and return the plan for the rest; None if a job is left running."""
        step, rest = plan.changes[0], plan.steps[1:]
        # Without wait, only the last request is not waited for: a step may need the outcome of the previous one.
        last_one = not self.waiting.enabled and all(isinstance(later, Wait) for later in rest)
        self.record.current_step = step.summary
        try:
            jobs, doubt = [self.run.send(step)], None
        except (ResponseLost, Busy) as error:
            # The effect of a request without an answer is unknown. Busy takes the same path, because a gateway may send
            # it for the appliance: the step is sent again only after a read.
            jobs, doubt = self.recovery.jobs_after_doubt(step, error), error
        except VersionConflict as error:
            return self.recovery.plan_after_change(step, error)
        except BlockedByJobs as error:
            return self.recovery.plan_after_others(step, error)
        except Refused as error:
            return self.recovery.plan_after_refusal(step, error)
        if jobs:
            self.record.current_step = ""
        try:
            for job in jobs:
                ended = self.finish(job, step, wait=not last_one or job.state == FAILED)
                if doubt is None:  # jobs that were looked for may be about other objects
                    self.run.object_id = self.run.object_id or ended.resource_id
        except JobFailed as error:
            # Somebody else may have made or deleted the object while the job ran; a job then fails like a request.
            return self.recovery.plan_after_refusal(step, error)
        if last_one and any(job.state == RUNNING for job in jobs):
            self.record.completed_steps.append(step.summary)
            self.record.resource = None  # what a read shows now is neither the old object nor the new one
            return None
        if doubt is not None:
            return self.recovery.plan_after_doubt(step, doubt)
        self.record.completed_steps.append(step.summary)
        if any(later.version for later in plan.changes[1:]):
            return self.plan_after_success(
                step
            )  # the step has changed the version that the later ones were planned with
        return dataclasses.replace(plan, steps=rest)

    def plan_after_success(self, step: Change) -> Plan:
        """Plan again after a step that is done. Raise UnexpectedResponse if the object does not show its effect."""
        plan = self.run.plan_again()
        if self.run.is_among(step, plan):
            # Sending it again might make an object twice, and might go on forever.
            raise UnexpectedResponse(
                f"The appliance reports that it is done, but {self.handler.label} does not show it.",
                hint="Somebody else may have changed it. Run the task again: it looks first, and does what is missing.",
            )
        return plan

    def wait_on(self, step: Wait) -> Plan:
        """Poll the object until its plan no longer starts with a wait, and return that plan. Raises WaitTimeout."""
        plan = Plan((step,))
        self.record.current_step = ""

        def look_again() -> PollResult | None:
            nonlocal plan, step
            try:
                plan = self.run.plan_again()
            finally:
                self.record.resource = self.run.current
            if not plan.steps or not isinstance(plan.steps[0], Wait):
                return None
            step = plan.steps[0]
            return poll_result()

        def poll_result() -> PollResult:
            return PollResult(f"{self.handler.label}: {step.progress_text}")

        if poll_until_done(look_again, poll_result(), self.waiting):
            raise WaitTimeout(
                f"Gave up after {self.waiting.timeout:g} s. The task had to {step.summary}.",
                hint=f"The appliance continues ({step.progress_text}), and the next run picks up from there. "
                "A larger wait_timeout waits longer.",
            )
        return plan

    def finish(self, job: Job, step: Change, wait: bool) -> Job:
        """Record the step's job and, if asked to, wait until it has ended. Return it as it is then.

        An accepted job counts as a change until it fails. Raises JobFailed, JobLost and WaitTimeout.
        """
        was_changed = self.record.changed
        self.record.changed = True
        self.recovery.know(job)
        self.record.note(job)
        if wait:
            try:
                job = dataclasses.replace(
                    wait_for(job, self.handler.job, self.waiting, step.summary), action=step.action
                )
            except JobFailed as error:
                self.record.changed = was_changed
                self.record.note(as_it_failed(job, error))
                raise
            except JobLost as error:
                job = self.recovery.job_by_its_effect(job, step, error)
        # Not earlier: an accepted step no longer shows in a plan, and a plan decides about a lost job.
        self.run.accept(step)
        self.record.note(job)
        if job.state == DONE:
            self.record.warnings += [in_words(message) for message in job.messages]
        return job

    def read_outcome(self) -> None:
        """Read the object for the result. Warn if it still differs, although all jobs reported success."""
        self.record.resource = self.run.read()
        left = [step.summary for step in self.run.plan().changes]
        if left:
            self.record.warnings.append(
                f"The jobs ended well, yet {self.handler.label} still differs; left to do: {'; '.join(left)}."
            )
