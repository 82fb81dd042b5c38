# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Recovery: how a run continues when a request has no answer, or when other users change the same object.

All recoveries follow one rule: read the object, plan again, and let the new plan show what is left to do. A request is
never simply repeated, because its first copy may have had its effect.
"""

from __future__ import annotations

import contextlib
import dataclasses
import typing as t

from ..errors import ApplianceError, JobFailed, JobLost, Refused, VersionConflict, WaitTimeout
from ..job import DONE, FAILED, RUNNING, UNKNOWN, BlockedByJobs, Job, wait_for
from ..planning.plan import Plan
from ..planning.steps import Change, Request
from .run import Run

SENDS = 3
"""How many times one step may be sent. Before each repetition a read has shown that the step had no effect."""

PAUSE_BEFORE_AGAIN = 1.0
"""Seconds after a lost answer, in which the appliance can register the job that the request may have started."""

DENIED = (401, 403, 407)
"""Statuses that concern the user, not the object, so that reading the object again cannot help."""


class Recovery:
    """Recovers one run. Its methods return the plan to continue with, or raise the error if the run cannot continue."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.handler = run.handler
        self.waiting = run.waiting
        self.record = run.record
        self._known_jobs: set[str] = set()

    def know(self, job: Job) -> None:
        """Register a job of this run, so that a later search for lost jobs does not find it again."""
        self._known_jobs.add(job.id)

    # Jobs of others: earlier runs that were killed, other users, the appliance's own schedules.

    def adopt(self, plan: Plan) -> Plan:
        """Wait for running jobs that do what the plan would do, then plan again for what is left."""
        changes = plan.changes
        if not changes:
            return plan
        jobs = self.handler.find_jobs(self.run.current, [step.action for step in changes])
        if jobs is None:
            # Unless time has passed since the read, the plan is as good as a new one.
            return self.run.plan_again() if self.run.is_stale else plan
        self._known_jobs = {job.id for job in jobs}
        running = [job for job in jobs if job.state == RUNNING]
        if not running:
            # A job may have ended between the first read and the query for jobs. The query then shows no running job,
            # and the plan does not contain the job's outcome. Only a read after the query is safe to write on.
            self.record.plan = plan = self.run.plan_again()
            self.record.resource = self.run.current
            return plan
        self._wait_for_others(running)
        adopted_actions = {job.action for job in running}
        return self._plan_what_is_left([step for step in changes if step.action in adopted_actions])

    def plan_after_others(self, step: Change, error: BlockedByJobs) -> Plan:
        """Wait for the jobs that block a step, then plan again.

        If they have done the work of the step, the run counts as changed. Raises the error after SENDS tries.
        """
        # Other users may start one job after the other, and each would block the step again.
        if self.run.times_sent(step) >= SENDS:
            raise error
        was_changed = self.record.changed
        self.record.current_step = ""
        self._wait_for_others(error.jobs)
        return self._plan_what_is_left([step], was_changed)

    def _plan_what_is_left(self, changes: t.Sequence[Change], was_changed: bool = False) -> Plan:
        """Plan again after jobs of others. They count as a change of this run only if they did all of these steps.

        was_changed: whether this run had changed something before.
        """
        plan = self.run.plan_again()
        # If a step is left, the jobs were about something else, and this run will report its own change.
        if any(self.run.is_among(step, plan) for step in changes):
            self.record.changed = was_changed
        return plan

    def _wait_for_others(self, running: t.Sequence[Job]) -> None:
        for job in running:
            self.waiting.progress(
                f"{self.handler.label}: job {job.id} ({job.action}) is already running, waiting for it"
            )
            self._wait_for_other(job)

    def _wait_for_other(self, job: Job) -> None:
        """Wait until a job of somebody else has ended, well or badly. Raises WaitTimeout."""
        self.run.is_stale = True
        job = dataclasses.replace(job, adopted=True)
        self.record.note(job)
        what = f"{job.action} {self.handler.label}"
        try:
            job = wait_for(job, self.handler.job, self.waiting, what)
        except WaitTimeout:
            # The job goes on and will change the object, so "unchanged" would be wrong.
            self.record.changed = True
            raise
        except JobFailed as error:
            # It may have failed for a reason that does not concern this task. The next plan contains what is left.
            self.record.warnings.append(f"Adopted a running job, which failed: {error.message}")
            job = as_it_failed(job, error)
        except JobLost as error:
            # Nobody knows how it ended. The object does, and the next plan is made from it.
            self.record.changed = True
            self.record.warnings.append(f"{error.message} The object shows what is left to do.")
            job = dataclasses.replace(job, state=UNKNOWN)
        else:
            self.record.changed = True
            self.run.history = self.run.history.adopted(job)
        # Its object need not be that of this run: a search for jobs may find all that create objects of the type.
        self.record.note(job)

    # Requests without an answer: they may have had an effect or not.

    def jobs_after_doubt(self, step: Change, error: ApplianceError) -> list[Job]:
        """Return the jobs that a request without an answer has started; none if it started no job."""
        self.waiting.clock.sleep(PAUSE_BEFORE_AGAIN)
        # A job must be found before the object is read: while it runs, the object looks as if nothing had happened,
        # and the run would send the request a second time.
        with self._still_in_doubt(step, error):
            jobs = self.handler.find_jobs(self.run.current, [step.action]) or []
        jobs = [dataclasses.replace(job, action=step.action) for job in jobs if job.id not in self._known_jobs]
        self._known_jobs.update(job.id for job in jobs)
        return jobs

    def plan_after_doubt(self, step: Change, error: ApplianceError) -> Plan:
        """Plan again after a request without an answer. The new plan contains the step only if it had no effect.

        Raises the error after SENDS tries.
        """
        with self._still_in_doubt(step, error):
            plan = self.run.plan_again()
        if not self.run.is_among(step, plan):
            # The request, or somebody else at the same moment, did the work. The run cannot distinguish the two, and
            # it must not report "unchanged" after a write that may be its own.
            self.record.changed = True
            self.record.completed_steps.append(step.summary)
            self.record.current_step = ""
        elif isinstance(step, Request) and step.once:
            error.hint = (
                f"{self.handler.label} does not show that the request to {step.summary} had an effect. It is not sent "
                f"again, because {step.once}."
            )
            raise error
        elif self.run.times_sent(step) >= SENDS:
            raise error
        return plan

    def job_by_its_effect(self, job: Job, step: Change, error: JobLost) -> Job:
        """Return a job that the appliance no longer knows as done if the object shows its work; else raise."""
        job = dataclasses.replace(job, state=UNKNOWN)
        self.record.note(job)
        with self._still_in_doubt(step, error):
            plan = self.run.plan_again()
        # The job may still be running, so the step is not sent again within this run, even if its work is missing.
        if self.run.is_among(step, plan):
            error.hint = (
                f"The object does not show that the job to {step.summary} is done. Run the task again: it looks first "
                "and does only what is missing."
            )
            raise error
        self.record.warnings.append(f"{error.message} The object is as it should be.")
        return dataclasses.replace(job, state=DONE)

    @contextlib.contextmanager
    def _still_in_doubt(self, step: Change, error: ApplianceError) -> t.Iterator[None]:
        """If the follow-up read also fails, re-raise the original error: it says which request is in doubt."""
        try:
            yield
        except ApplianceError as second:
            error.hint = (
                f"Whether the request to {step.summary} had an effect is not known: {second.message} "
                "Run the task again: it looks first and does only what is missing."
            )
            raise error from None

    # Races: somebody else changed the object between the read and the write.

    def plan_after_change(self, step: Change, error: VersionConflict) -> Plan:
        """Plan again on what somebody else has written, unless that concerns the attributes of this task.

        Raises the error, with the attributes that differ, if it does, and after SENDS tries.
        """
        before = self.run.planned
        with self._still_in_doubt(step, error):
            plan = self.run.plan_again()
        if not plan.changes:
            self.record.current_step = ""
            return plan
        # Two users want different values for the same attributes. The run must not decide which of them is right.
        # Their changes of other attributes are kept: the new plan is based on them.
        conflicts = [
            name
            for name, value in plan.before.items()
            if name in before and before[name] != value and plan.after.get(name) != value
        ]
        if conflicts:
            jobs = self.handler.find_jobs(self.run.current, [step.action]) or []
            who = next((job.owner for job in jobs if job.owner), "somebody else")
            changes = "; ".join(f"{name} was {before[name]!r} and is now {plan.before[name]!r}" for name in conflicts)
            error.message = f"{who} has changed {self.handler.label} since it was read: {changes}."
            error.hint = "Nothing was overwritten. Run the task again to overwrite it."
            raise error
        # Somebody who keeps changing other attributes must not keep this run busy forever.
        if self.run.times_sent(step) >= SENDS:
            error.hint = f"Others have changed it {SENDS} times in a row. Try again later."
            raise error
        return plan

    def plan_after_refusal(self, step: Change, error: Refused | JobFailed) -> Plan:
        """Plan again after a refusal. Return the new plan if it changes nothing, else raise the error.

        Two tasks may create, or delete, the same object at the same time. The appliance refuses the second ("name
        exists", "not found") although the object is as both tasks want it, so the second task must not fail.
        """
        if error.status in DENIED or (error.status or 400) >= 500:
            raise error  # it concerns the user or the appliance, not the object
        # Not the last read: the run itself may have created the object after that, with its first step.
        existed = self.run.object_id is not None
        try:
            plan = self.run.plan_again()
        except ApplianceError:
            raise error from None  # the refusal says more than the failed read
        came_or_went = existed != (self.run.current is not None)
        # A failed job may leave an object that looks right but is incomplete. So after a failed job, the run continues
        # only if the object has been created or deleted, which the job itself did not achieve.
        if plan.changes or (isinstance(error, JobFailed) and not came_or_went):
            if came_or_went and plan.changes:
                left = "; ".join(change.summary for change in plan.changes)
                error.hint = f"Somebody else was first, and the object is not as the task says. Left to do: {left}."
            raise error
        self.record.current_step = ""
        self.record.warnings.append(
            f"Could not {step.summary}: {error.message} Somebody else was first; nothing is left to do."
        )
        return plan


def as_it_failed(job: Job, error: JobFailed) -> Job:
    """Return the job with the state that its failure reports."""
    return dataclasses.replace(
        job, state=FAILED, phase=error.phase or job.phase, percent=error.percent, messages=error.messages
    )
