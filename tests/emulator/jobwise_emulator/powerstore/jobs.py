# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs: an operation that was checked, runs on the clock, is checked again at its end and then takes effect.

PowerStore REST 4.0, job: phases Pending, Queued, In_Progress, then Completed, or Failing and Failed.
"""

from __future__ import annotations

import dataclasses
import math
import uuid
from collections.abc import Callable, Collection

from jobwise_emulator.clock import Clock, iso
from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.errors import Refused, message

Effect = Callable[[], Json | None]
DEFAULT_SECONDS = 2.0
PENDING_UNTIL, QUEUED_UNTIL = 0.05, 0.10
FAILING_SHARE = 0.15
HANGING_AT = 0.5
DEFAULT_FAILURE = message("0xE0101001000C", "An unexpected response was received from an internal service.")


@dataclasses.dataclass
class Operation:
    """What a job does. ``prepare`` checks all rules (raising ``Refused``) and returns the effect, not yet done."""

    kind: str
    action: str
    user: str
    prepare: Callable[[], Effect]
    resource_id: str | None = None
    resource_name: str | None = None


@dataclasses.dataclass
class Job:
    """One job. Times are seconds since the epoch; ``ends`` is when the outcome is known.

    ``waits``: whether it waits for other jobs to end, because the array runs only some at once; its time begins then.
    """

    operation: Operation
    created: float
    ends: float
    order: int
    foreign: bool = False
    fail_share: float | None = None
    fail_messages: list[Json] | None = None
    fail_status: int = 500
    hanging: bool = False
    hanging_phase: str = ""
    waits: bool = False
    id: str = dataclasses.field(default_factory=lambda: str(uuid.uuid4()))
    phase: str = "Pending"
    failed_at: float | None = None
    finished: float | None = None
    percent: int = 0
    resource_id: str | None = None
    output: Json | None = None
    error: list[Json] | None = None
    status: int | None = None

    @property
    def done(self) -> bool:
        """Whether the job has come to its end."""
        return self.finished is not None

    @property
    def started(self) -> float:
        """When the work itself begins."""
        return self.created + QUEUED_UNTIL * (self.ends - self.created)


class Jobs:
    """All jobs since the last reset; ``advance`` brings them up to the clock. A job names its type and action only if
    they are among the ``kinds`` and ``actions`` that the API has values for. ``at_once`` is how many run at once, 0
    for all; further ones are Queued, first come first served.
    """

    def __init__(
        self, clock: Clock, kinds: Collection[str], actions: Collection[str], at_once: Callable[[], int] = lambda: 0
    ) -> None:
        self.clock = clock
        self.at_once = at_once
        self.kinds = kinds
        self.actions = actions
        self.jobs: dict[str, Job] = {}
        self.running: list[Job] = []
        self.order = 2000000

    def start(self, operation: Operation, fault: Json | None = None, seconds: float | None = None) -> Job:
        """Start a job for an operation that was checked already.

        ``seconds`` and the fault ``job_slow`` are not divided by the speed; the default duration is.
        """
        now = self.clock.now()
        kind = fault["fault"] if fault else None
        duration = DEFAULT_SECONDS / self.clock.speed if seconds is None else seconds
        if fault and kind == "job_slow":
            duration = float(fault["seconds"])
        self.order += 1
        job = Job(operation, now, now + duration, self.order, foreign=seconds is not None)
        job.resource_id = operation.resource_id
        job.hanging = kind == "job_hang"
        job.hanging_phase = str(fault.get("state", "")) if fault and job.hanging else ""
        if fault and kind == "job_fail":
            job.fail_share = float(fault.get("percent", 50)) / 100
            job.fail_messages = fault.get("messages") or [DEFAULT_FAILURE]
            job.fail_status = int(fault.get("status", 500))
        self.jobs[job.id] = job
        self.running.append(job)
        job.waits = self.at_once() > 0
        self.begin(now)
        return job

    def begin(self, moment: float) -> None:
        """Let as many waiting jobs begin as the array runs at once."""
        waiting = [job for job in self.running if job.waits]
        busy, most = len(self.running) - len(waiting), self.at_once() or math.inf
        for job in waiting:
            if busy >= most:
                break
            job.waits, job.created, job.ends = False, moment, moment + job.ends - job.created
            busy += 1

    def advance(self) -> None:
        """Let everything happen that is due, in the order of time."""
        now = self.clock.now()
        self.begin(now)
        while True:
            due = [job for job in self.running if not job.hanging and self.next_event(job) <= now]
            if not due:
                break
            self.step(min(due, key=lambda job: (self.next_event(job), job.order)))
        for job in self.running:
            self.progress(job, now)

    def next_event(self, job: Job) -> float:
        """When something decisive happens to a job next."""
        if job.waits:
            return math.inf
        duration = job.ends - job.created
        if job.failed_at is not None:
            return job.failed_at + FAILING_SHARE * duration
        return job.created + duration * (1.0 if job.fail_share is None else job.fail_share)

    def step(self, job: Job) -> None:
        """The decisive event of a job: its effect, the start of its failing, or the end of it."""
        moment = self.next_event(job)
        if job.failed_at is not None:
            self.finish(job, "Failed", moment)
        elif job.fail_share is not None:
            job.percent = round(100 * job.fail_share)
            self.fail(job, job.fail_status, job.fail_messages or [], moment)
        else:
            try:
                job.output = job.operation.prepare()()
            except Refused as refusal:
                job.percent = 99
                self.fail(job, refusal.status, refusal.messages, moment)
            else:
                self.complete(job, moment)

    def complete(self, job: Job, moment: float) -> None:
        """Note what a finished job brought."""
        if job.operation.action == "create" and job.output:
            job.resource_id = job.output["id"]
        job.status = 201 if job.operation.action == "create" else 200 if job.output else 204
        job.percent = 100
        self.finish(job, "Completed", moment)

    def fail(self, job: Job, status: int, messages: list[Json], moment: float) -> None:
        """The job will fail; it takes a little longer to clean up."""
        job.phase, job.failed_at, job.status, job.error = "Failing", moment, status, messages

    def finish(self, job: Job, phase: str, moment: float) -> None:
        """The job is over."""
        job.phase, job.finished = phase, moment
        self.running.remove(job)
        self.begin(moment)

    def progress(self, job: Job, now: float) -> None:
        """Phase and percentage of a job that is under way."""
        if job.waits:
            job.phase = "Queued"
            return
        if job.failed_at is not None:
            return
        share = (now - job.created) / max(job.ends - job.created, 1e-9)
        share = min(share, HANGING_AT if job.hanging else 0.99)
        pending = share < PENDING_UNTIL and job.phase == "Pending"
        job.phase = "Pending" if pending else "Queued" if share < QUEUED_UNTIL else "In_Progress"
        job.percent = 0 if share < QUEUED_UNTIL else int(100 * share)
        if job.hanging and job.hanging_phase:
            job.phase, job.percent = job.hanging_phase, 0

    def release(self) -> None:
        """Let hanging jobs go on from here."""
        now = self.clock.now()
        for job in self.running:
            if job.hanging:
                job.hanging = False
                job.ends = max(job.ends, now + (1 - HANGING_AT) * (job.ends - job.created))

    def all(self) -> list[Json]:
        """All jobs as ``job`` objects."""
        return [self.describe(job) for job in self.jobs.values()]

    def get(self, key: str) -> Json | None:
        """One job as a ``job`` object."""
        return self.describe(self.jobs[key]) if key in self.jobs else None

    def like(self, path: str, value: object) -> list[Json] | None:
        """The jobs with an id. No job has a parent. None for any other question, which needs a walk over all jobs."""
        if path == "id":
            job = self.get(str(value).lower())
            return [job] if job else []
        return [] if path == "parent_id" else None

    def describe(self, job: Job) -> Json:
        """A job as the array shows it."""
        kind, action = job.operation.kind, job.operation.action
        return {
            **describe(job),
            "resource_type": kind if kind in self.kinds else None,
            "resource_action": action if action in self.actions else None,
        }

    def done(self) -> list[Json]:
        """What clients have started, for people."""
        return [told(job) for job in self.jobs.values() if not job.foreign]

    def counters(self) -> Json:
        """Jobs of clients: started, completed, failed; and those that others started."""
        self.advance()
        own = [job for job in self.jobs.values() if not job.foreign]
        return {
            "started": len(own),
            "completed": sum(job.phase == "Completed" for job in own),
            "failed": sum(job.phase == "Failed" for job in own),
            "foreign": len(self.jobs) - len(own),
        }


def told(job: Job) -> Json:
    """A job for people: what it did, how it ended and why."""
    operation = job.operation
    name = operation.resource_name or job.resource_id or ""
    what = f"{operation.action} {operation.kind}".replace("_", " ") + f" {name}"
    seconds = None if job.finished is None else round(job.finished - job.created, 1)
    why = [str(one.get("message_l10n") or one.get("code")) for one in job.error or []]
    return {"what": what.strip(), "state": job.phase, "seconds": seconds, "why": " ".join(why)}


def describe(job: Job) -> Json:
    """A job but for its type and action. Without output, ``response_body`` and ``response_status`` are null."""
    operation = job.operation
    body: Json | None = None
    if job.done and job.error is not None:
        body = {"response_type": "job_error_response", "messages": job.error}
    elif job.done and job.output:
        name = "create" if operation.action == "create" else f"{operation.kind}_{operation.action}"
        body = {"response_type": f"job_{name}_response", **job.output}
    running = job.phase not in ("Pending", "Queued")
    words = f"{operation.action.replace('_', ' ').capitalize()} a {operation.kind.replace('_', ' ')}."
    return {
        "id": job.id,
        "resource_id": job.resource_id,
        "resource_name": operation.resource_name,
        "description_l10n": words,
        "state": job.phase.upper(),
        "phase": job.phase,
        "start_time": iso(job.started) if running else None,
        "end_time": iso(job.finished) if job.finished is not None else None,
        "estimated_completion_time": iso(job.ends) if running else None,
        "progress_percentage": job.percent,
        "parent_id": None,
        "root_id": job.id,
        "user": operation.user,
        "response_body": body,
        "response_status": str(job.status) if body else None,
        "step_order": job.order,
    }
