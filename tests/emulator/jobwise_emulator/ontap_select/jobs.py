# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs: work in stages that run on the clock, can fail in the middle and are then rolled back.

ONTAP Select Deploy REST API v3, job: states queued, running, success, failure; progress and reason are in ``message``.
"""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Callable
from datetime import datetime, timezone

from jobwise_emulator.clock import Clock
from jobwise_emulator.exchange import Json
from jobwise_emulator.ontap_select.errors import Refused
from jobwise_emulator.ontap_select.query import stamp
from jobwise_emulator.platforms import OrderError

QUEUED_SHARE = 0.05
ROLLBACK_SHARE = 0.25
HANGING_AT = 0.5
DEFAULT_FAILURE = "An internal error occurred."


def utc(seconds: float) -> str:
    """An instant as Deploy writes it."""
    return stamp(datetime.fromtimestamp(seconds, timezone.utc))


@dataclasses.dataclass
class Stage:
    """A part of a job: what its message says meanwhile, and what is done when it is over."""

    text: str
    effect: Callable[[], None] | None = None


@dataclasses.dataclass
class Work:
    """What a job does. All stages take the same time.

    ``subject`` is the kind and id of the object that is busy meanwhile. ``undo`` gives the stages of the rollback after
    a failure, and a sentence that goes behind the reason in the message.
    """

    title: str
    subject: tuple[str, str]
    stages: list[Stage]
    done: str
    undo: Callable[[], tuple[list[Stage], str]] | None = None


@dataclasses.dataclass
class Job:
    """One job. Times are seconds since the epoch; ``modified`` is when the state changed last."""

    work: Work
    created: float
    seconds: float
    request_id: str
    foreign: bool = False
    fail_share: float | None = None
    fail_text: str = DEFAULT_FAILURE
    hanging: bool = False
    id: str = dataclasses.field(default_factory=lambda: str(uuid.uuid4()))
    state: str = "queued"
    message: str = ""
    modified: float = 0.0
    told: float = 0.0
    moments: list[tuple[float, Stage]] = dataclasses.field(default_factory=list)
    failed: str | None = None

    @property
    def done(self) -> bool:
        """Whether the job has come to its end."""
        return self.state in ("success", "failure")

    def plan(self, begin: float, seconds: float, stages: list[Stage]) -> None:
        """Spread stages over a time from now on."""
        share = seconds / max(len(stages), 1)
        self.moments = [(begin + share * number, stage) for number, stage in enumerate(stages, 1)]

    def describe(self) -> Json:
        """The job as Deploy shows it."""
        return {"id": self.id, "state": self.state, "message": self.message, "last_modified": utc(self.modified)}


class Jobs:
    """All jobs since the last reset; ``advance`` brings them up to the clock.

    ``ended`` is told of every job that comes to its end.
    """

    def __init__(self, clock: Clock, ended: Callable[[Job], None]) -> None:
        self.clock = clock
        self.ended = ended
        self.jobs: dict[str, Job] = {}
        self.running: list[Job] = []
        self.messages_count = False

    def start(
        self, work: Work, default: float, request_id: str, fault: Json | None = None, seconds: float | None = None
    ) -> Job:
        """Start a job for work that was checked already.

        ``default`` is divided by the speed; ``seconds`` of a foreign job and those of ``job_slow`` are not.
        """
        now = self.clock.now()
        kind = fault["fault"] if fault else None
        duration = default / self.clock.speed if seconds is None else seconds
        if fault and kind == "job_slow":
            duration = float(fault["seconds"])
        job = Job(work, now, duration, request_id, foreign=seconds is not None, hanging=kind == "job_hang")
        if fault and kind == "job_fail":
            job.fail_share = min(float(fault.get("percent", 50)) / 100, 0.99)
            job.fail_text = text_of(fault.get("messages")) or DEFAULT_FAILURE
        job.modified = job.told = now
        job.message = f"{work.title}: waiting to start"
        job.plan(now + QUEUED_SHARE * duration, (1 - QUEUED_SHARE) * duration, work.stages)
        self.jobs[job.id] = job
        self.running.append(job)
        return job

    def busy(self, kind: str, key: str) -> Job | None:
        """The job that works on an object now, if any."""
        return next((job for job in self.running if job.work.subject == (kind, key)), None)

    def advance(self) -> None:
        """Let everything happen that is due, in the order of time."""
        now = self.clock.now()
        while True:
            due = [(moment, job) for job in self.running if (moment := self.next_event(job)) <= now]
            if not due:
                return
            moment, job = min(due, key=lambda entry: entry[0])
            self.step(job, moment)

    def next_event(self, job: Job) -> float:
        """When something happens to a job next."""
        begin = job.created + QUEUED_SHARE * job.seconds
        if job.state == "queued":
            return begin
        following = job.moments[0][0] if job.moments else job.told
        if job.hanging and following > job.created + HANGING_AT * job.seconds:
            return float("inf")
        if job.fail_share is not None and job.failed is None:
            return min(following, max(begin, job.created + job.fail_share * job.seconds))
        return following

    def step(self, job: Job, moment: float) -> None:
        """The next event of a job: its start, the end of a stage, its failure, or its end."""
        if job.state == "queued":
            self.turn(job, "running", moment)
        elif job.fail_share is not None and job.failed is None and self.fails_by(job) <= moment:
            self.fail(job, job.fail_text, moment)
            return
        elif job.moments:
            stage = job.moments.pop(0)[1]
            try:
                if stage.effect:
                    stage.effect()
            except Refused as refusal:
                self.fail(job, refusal.message, moment)
                return
        if job.moments:
            self.tell(job, moment)
        else:
            self.finish(job, moment)

    def fails_by(self, job: Job) -> float:
        """When an ordered failure comes; never before the job is running."""
        return job.created + max(QUEUED_SHARE, job.fail_share or 0.0) * job.seconds

    def fail(self, job: Job, reason: str, moment: float) -> None:
        """The job cannot go on: it rolls back, which takes a while, or ends."""
        job.failed, job.moments, job.hanging = reason, [], False
        if job.work.undo:
            stages, rest = job.work.undo()
            job.failed = f"{reason} {rest}"
            job.plan(moment, ROLLBACK_SHARE * job.seconds, stages)
        if job.moments:
            self.tell(job, moment)
        else:
            self.finish(job, moment)

    def tell(self, job: Job, moment: float) -> None:
        """Say which stage comes next. Only when messages count is this a modification."""
        job.message, job.told = f"{job.work.title}: {job.moments[0][1].text}", moment
        if self.messages_count:
            job.modified = moment

    def finish(self, job: Job, moment: float) -> None:
        """The job is over."""
        job.message = f"{job.work.title}: {job.work.done if job.failed is None else job.failed}"
        self.turn(job, "success" if job.failed is None else "failure", moment)
        self.running.remove(job)
        self.ended(job)

    def turn(self, job: Job, state: str, moment: float) -> None:
        """Note a new state."""
        job.state, job.modified, job.told = state, moment, moment

    def forget(self, key: str) -> str:
        """Keep no record of a job any more; what it does goes on."""
        if self.jobs.pop(key, None) is None:
            raise OrderError(f"there is no job {key!r}")
        return key

    def release(self) -> None:
        """Let hanging jobs go on from here."""
        now = self.clock.now()
        for job in self.running:
            if job.hanging:
                job.hanging = False
                job.plan(now, (1 - HANGING_AT) * job.seconds, [stage for dummy, stage in job.moments])

    def done(self) -> list[Json]:
        """What clients have started, for people."""
        return [
            {
                "what": job.work.title,
                "state": job.state,
                "seconds": round(job.modified - job.created, 1) if job.done else None,
                "why": job.message if job.state == "failure" else "",
            }
            for job in self.jobs.values()
            if not job.foreign
        ]

    def counters(self) -> Json:
        """Jobs of clients: started, completed, failed; and those that others started."""
        self.advance()
        own = [job for job in self.jobs.values() if not job.foreign]
        return {
            "started": len(own),
            "completed": sum(job.state == "success" for job in own),
            "failed": sum(job.state == "failure" for job in own),
            "foreign": len(self.jobs) - len(own),
        }


def text_of(messages: object) -> str:
    """The reason that a fault gives for a failure: a text or a list of texts."""
    if isinstance(messages, list):
        return " ".join(str(message) for message in messages)
    return str(messages) if messages else ""
