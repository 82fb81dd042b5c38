# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The loop that brings an object to its desired state: look, plan, gate, adopt, submit, wait, look again."""

from __future__ import annotations

import contextlib
import dataclasses
import typing as t

from .errors import (
    ApplianceError,
    Busy,
    ConnectionFailed,
    JobFailed,
    JobLost,
    LoginFailed,
    Refused,
    ResponseLost,
    VersionConflict,
    WaitTimeout,
)
from .handler import ResourceHandler
from .job import DONE, FAILED, RUNNING, UNKNOWN, BlockedByJobs, Job, PollResult, WaitOptions, poll_until_done, wait_for
from .paths import ID_LATER, in_path
from .plan import Plan, Step
from .resource_type import Json
from .run_result import RunResult, in_words

SENDS = 3
"""How often one step may be sent in all; each time but the first only after a look has shown that it had no effect."""

PAUSE_BEFORE_AGAIN = 1.0

DENIED = (401, 403, 407)
"""Answers that say nothing about the object, so that looking at it again would be in vain."""


def reconcile(handler: ResourceHandler, waiting: WaitOptions, dry_run: bool, record: RunResult) -> None:
    """Bring the subject to its desired state and write what happened into ``record``.

    A dry run stops at the gate below, after the same plan and the same preflight as a run before its first write.
    """
    current = handler.read()
    record.resource = current
    record.plan = plan = handler.plan(current)
    record.warnings += plan.warnings
    if not plan.requests and not (plan.steps and waiting.enabled):
        return
    if dry_run:
        handler.preflight(current, plan)
        record.changed = bool(plan.requests)
        return
    run = _Run(handler, waiting, record)
    try:
        run.carry_out(current, plan)
    except ApplianceError as error:
        run.show_what_is_there(error)
        raise


class _Run:
    """One passage behind the gate."""

    def __init__(self, handler: ResourceHandler, waiting: WaitOptions, record: RunResult) -> None:
        self.handler = handler
        self.waiting = waiting
        self.record = record
        self.current: Json | None = None
        self.object_id: str | None = None
        self.known_jobs: set[str] = set()
        self.sent: dict[tuple[str, str], int] = {}
        self.planned: Json = {}
        self.is_stale = False

    def carry_out(self, current: Json | None, plan: Plan) -> None:
        self.current = current
        self.planned = plan.before
        self.object_id = current["id"] if current else None
        plan = self.adopt(plan)
        if not plan.steps and not self.record.jobs:
            return  # others have done it all since the first read
        if plan.steps:
            self.handler.preflight(self.current, plan)
        while plan.requests or (plan.steps and self.waiting.enabled):
            step, rest = plan.steps[0], plan.steps[1:]
            if step.waits:
                plan = self.wait_on(step)
                if not plan.steps:
                    return
                continue
            last_one = not self.waiting.enabled and not any(not later.waits for later in rest)
            self.record.current_step = step.summary
            try:
                jobs, doubt = [self.send_step(step)], None
            except (ResponseLost, Busy) as error:
                jobs, doubt = self.jobs_after_doubt(step, error), error
            except VersionConflict as error:
                plan = self.plan_after_change(step, error)
                continue
            except BlockedByJobs as error:
                plan = self.plan_after_others(step, error)
                continue
            except Refused as error:
                plan = self.plan_after_refusal(step, error)
                continue
            if jobs:
                self.record.current_step = ""
            try:
                for job in jobs:
                    self.finish(job, step, wait=not last_one or job.state == FAILED)
            except JobFailed as error:
                plan = self.plan_after_refusal(step, error)
                continue
            if last_one and any(job.state == RUNNING for job in jobs):
                self.record.completed_steps.append(step.summary)
                self.record.resource = None
                return
            if doubt is None:
                self.record.completed_steps.append(step.summary)
                plan = dataclasses.replace(plan, steps=rest)
                if any(later.version for later in rest):
                    plan = self.plan_again()
            else:
                plan = self.plan_after_doubt(step, doubt)
        self.record.current_step = ""
        self.look_again()

    def wait_on(self, step: Step) -> Plan:
        """Wait until the object has moved on, and return the plan for what is there then."""
        plan = Plan((step,))
        self.record.current_step = ""

        def poll() -> PollResult | None:
            return PollResult(f"{self.handler.label}: {plan.steps[0].progress_text}") if plan.waits else None

        def look_again() -> PollResult | None:
            nonlocal plan
            try:
                plan = self.plan_again()
            finally:
                self.record.resource = self.current
            return poll()

        first = poll()
        if first and poll_until_done(look_again, first, self.waiting):
            raise WaitTimeout(
                f"Gave up after {self.waiting.timeout:g} s; it was to {plan.steps[0].summary}.",
                hint=f"The appliance goes on with it ({plan.steps[0].progress_text}), and the next run continues from "
                "there. A larger wait_timeout waits longer.",
            )
        return plan

    def adopt(self, plan: Plan) -> Plan:
        """Wait for jobs that already do what the plan would do, then plan again on what they left."""
        requests = plan.requests
        if not requests:
            return plan
        jobs = self.handler.find_jobs(self.current, [step.action for step in requests])
        self.known_jobs = {job.id for job in jobs}
        running = [job for job in jobs if job.state == RUNNING]
        if not running:
            # A job may have ended between the first read and the query for jobs: then the query shows none running, and
            # the plan is older than the job's outcome. Only a read after the query is safe to write on.
            self.record.plan = plan = self.plan_again()
            self.record.resource = self.current
            return plan
        self.wait_for_others(running)
        done_by_others = {job.action for job in running}
        return self.plan_on_what_is_left([step for step in requests if step.action in done_by_others])

    def plan_on_what_is_left(self, requests: t.Sequence[Step], before: bool = False) -> Plan:
        """Plan again after others' jobs: they count as a change of this run if nothing of these steps is left to do.

        before: whether the run had changed something already.
        """
        plan = self.plan_again()
        asked = {(step.action, self.path(step)) for step in requests}
        if any((left.action, left.path) in asked for left in plan.steps):
            self.record.changed = before
        return plan

    def wait_for_others(self, running: t.Sequence[Job]) -> None:
        for job in running:
            self.waiting.progress(
                f"{self.handler.label}: job {job.id} ({job.action}) is already running, waiting for it"
            )
            self.wait_for_other(job)

    def plan_after_others(self, step: Step, error: BlockedByJobs) -> Plan:
        """Wait for the jobs that stand in the way of a step, then plan on what they have left.

        They count as a change of this run if nothing of the step is left to do. Raises the error after SENDS tries.
        """
        if self.times_sent(step) >= SENDS:
            raise error
        before = self.record.changed
        self.record.current_step = ""
        self.wait_for_others(error.jobs)
        return self.plan_on_what_is_left([step], before)

    def wait_for_other(self, job: Job) -> None:
        """Another one's job may fail for reasons of its own; what it left undone is then planned anew."""
        self.is_stale = True
        job = dataclasses.replace(job, adopted=True)
        self.record.note(job)
        what = f"{job.action} {self.handler.label}"
        try:
            job = wait_for(job, self.handler.job, self.waiting, what)
        except WaitTimeout:
            self.record.changed = True
            raise
        except JobFailed as error:
            self.record.warnings.append(f"Adopted a running job, which failed: {error.message}")
            job = _as_it_failed(job, error)
        except JobLost as error:
            self.record.changed = True
            self.record.warnings.append(f"{error.message} The object shows what is left to do.")
            job = dataclasses.replace(job, state=UNKNOWN)
        else:
            self.record.changed = True
        self.record.note(job)
        self.object_id = self.object_id or job.resource_id

    def send_step(self, step: Step) -> Job:
        self.waiting.still_wanted()
        step = dataclasses.replace(step, path=self.path(step))
        self.sent[step.action, step.path] = self.times_sent(step) + 1
        try:
            job = self.handler.send(step)
        except (Refused, ConnectionFailed):
            raise  # it had no effect, so what was read is still true
        except ApplianceError:
            self.is_stale = True
            raise
        self.is_stale = True
        return dataclasses.replace(job, action=step.action)

    def path(self, step: Step) -> str:
        """Return where the step is sent, with the id that is known by now."""
        return step.path.replace(ID_LATER, in_path(self.object_id)) if self.object_id else step.path

    def times_sent(self, step: Step) -> int:
        return self.sent.get((step.action, self.path(step)), 0)

    def finish(self, job: Job, step: Step, wait: bool) -> None:
        """Wait for the step's job, unless not asked to; once accepted it counts as a change until seen to fail."""
        before = self.record.changed
        self.record.changed = True
        self.known_jobs.add(job.id)
        self.record.note(job)
        if wait:
            try:
                job = dataclasses.replace(
                    wait_for(job, self.handler.job, self.waiting, step.summary), action=step.action
                )
            except JobFailed as error:
                self.record.changed = before
                self.record.note(_as_it_failed(job, error))
                raise
            except JobLost as error:
                job = self.job_by_its_effect(job, step, error)
        # Only now: what the subject takes as done no longer shows in a plan, and a lost job is judged by a plan.
        self.handler.on_accepted(step)
        self.record.note(job)
        if job.state == DONE:
            self.record.warnings += [in_words(message) for message in job.messages]
        self.object_id = self.object_id or job.resource_id

    def job_by_its_effect(self, job: Job, step: Step, error: JobLost) -> Job:
        """Return a job that the appliance no longer knows as done if the object shows its work, else raise error."""
        job = dataclasses.replace(job, state=UNKNOWN)
        self.record.note(job)
        with self.still_in_doubt(step, error):
            plan = self.plan_again()
        if any((left.action, left.path) == (step.action, self.path(step)) for left in plan.requests):
            error.hint = (
                f"The object was read, and does not show that it is over to {step.summary}. Run the task again: it "
                "looks first and does only what is missing."
            )
            raise error
        self.record.warnings.append(f"{error.message} The object is as it should be.")
        return dataclasses.replace(job, state=DONE)

    def jobs_after_doubt(self, step: Step, error: ApplianceError) -> list[Job]:
        """Find the jobs that a request without an answer has started. It is never simply sent again."""
        self.waiting.clock.sleep(PAUSE_BEFORE_AGAIN)
        with self.still_in_doubt(step, error):
            jobs = self.handler.find_jobs(self.current, [step.action])
        jobs = [dataclasses.replace(job, action=step.action) for job in jobs if job.id not in self.known_jobs]
        self.known_jobs.update(job.id for job in jobs)
        return jobs

    def plan_after_doubt(self, step: Step, error: ApplianceError) -> Plan:
        """Plan on what is there after a request without an answer: it is sent again only if the plan still lacks it.

        Raises the error after SENDS tries.
        """
        with self.still_in_doubt(step, error):
            plan = self.plan_again()
        if not any((left.action, left.path) == (step.action, self.path(step)) for left in plan.steps):
            self.record.changed = True
            self.record.completed_steps.append(step.summary)
            self.record.current_step = ""
        elif self.times_sent(step) >= SENDS:
            raise error
        return plan

    @contextlib.contextmanager
    def still_in_doubt(self, step: Step, error: ApplianceError) -> t.Iterator[None]:
        """Raise the first error, not the one of looking, when looking does not help either."""
        try:
            yield
        except ApplianceError as second:
            error.hint = (
                f"Whether the request to {step.summary} had an effect is not known, since now: {second.message} "
                "Run the task again: it looks first and does only what is missing."
            )
            raise error from None

    def plan_after_change(self, step: Step, error: VersionConflict) -> Plan:
        """Plan on what somebody else has left, unless that touches what this task is about: it is not overwritten.

        Raises the error, with the attributes that differ, in that case, or after SENDS tries.
        """
        before = self.planned
        with self.still_in_doubt(step, error):
            plan = self.plan_again()
        if not plan.requests:
            self.record.current_step = ""
            return plan
        theirs = [
            name
            for name, value in plan.before.items()
            if name in before and before[name] != value and plan.after.get(name) != value
        ]
        if theirs:
            jobs = self.handler.find_jobs(self.current, [step.action])
            who = next((job.owner for job in jobs if job.owner), "somebody else")
            told = "; ".join(f"{name} was {before[name]!r} and is now {plan.before[name]!r}" for name in theirs)
            error.message = f"{who} has changed {self.handler.label} since it was read: {told}."
            error.hint = "Nothing was overwritten. Run the task again if it is still to be as the task says."
            raise error
        if self.times_sent(step) >= SENDS:
            error.hint = f"It was changed again and again by others, {SENDS} times in a row. Try again later."
            raise error
        return plan

    def plan_after_refusal(self, step: Step, error: Refused | JobFailed) -> Plan:
        """Plan again after a refusal, and be content if somebody else was first: the object is as the task says.

        Raises the error in all other cases. A job that failed counts as overtaken only if the object has come into
        being or has gone, since one that fails half-way may leave an object that looks as asked.
        """
        if error.status in DENIED or (error.status or 400) >= 500:
            raise error
        existed = self.current is not None
        try:
            plan = self.plan_again()
        except ApplianceError:
            raise error from None  # the first error says more
        came_or_went = existed != (self.current is not None)
        if plan.requests or (isinstance(error, JobFailed) and not came_or_went):
            if came_or_went and plan.requests:
                left = "; ".join(one.summary for one in plan.requests)
                error.hint = f"Somebody else was first, and the object is not as the task says. Left to do: {left}."
            raise error
        self.record.current_step = ""
        self.record.warnings.append(
            f"Could not {step.summary}: {error.message} Somebody else was first; nothing is left to do."
        )
        return plan

    def show_what_is_there(self, error: ApplianceError) -> None:
        """Put into the record of a failed run what is there now, or null: never what was there before its changes."""
        self.record.resource = None if self.is_stale else self.current
        if self.is_stale and not isinstance(error, (ConnectionFailed, ResponseLost, LoginFailed)):
            with contextlib.suppress(ApplianceError):  # the first error is the one that counts
                self.record.resource = self.handler.read(self.object_id)

    def plan_again(self) -> Plan:
        self.current = self.handler.read(self.object_id)
        self.is_stale = False
        if self.current:
            self.object_id = self.current["id"]
        plan = self.handler.plan(self.current)
        self.planned = plan.before
        return plan

    def look_again(self) -> None:
        """Read the outcome, and say so if the appliance does not show what its jobs have reported as done."""
        current = self.handler.read(self.object_id)
        self.record.resource = current
        left = [step.summary for step in self.handler.plan(current).requests]
        if left:
            self.record.warnings.append(
                f"The jobs ended well, yet {self.handler.label} still differs; left to do: {'; '.join(left)}."
            )


def _as_it_failed(job: Job, error: JobFailed) -> Job:
    """Return a job as its failure tells it."""
    return dataclasses.replace(
        job, state=FAILED, phase=error.phase or job.phase, percent=error.percent, messages=error.messages
    )
