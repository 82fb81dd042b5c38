# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Jobs, which an appliance carries out asynchronously, and how to poll them."""

from __future__ import annotations

import contextlib
import dataclasses
import time
import typing as t

from .errors import ApplianceError, Busy, ConnectionFailed, JobFailed, Refused, ResponseLost, WaitTimeout

RUNNING, DONE, FAILED = "running", "done", "failed"
UNKNOWN = "unknown"
"""State of a job that the appliance no longer knows."""

# Seconds. Short jobs are polled often, so that a task ends soon after its job; long jobs are polled less often.
SHORTEST_PAUSE = 0.1
LONGEST_PAUSE = 2.0
FIRST_PROGRESS = 3.0
PROGRESS_EVERY = 10.0
SILENCE_LIMIT = 60.0
LAST_LOOK = 2.0
"""Seconds that a poll may take even if the wait is nearly over."""


@dataclasses.dataclass(frozen=True)
class Job:
    """One job, as the appliance reports it.

    state: ``running``, ``done``, ``failed`` or ``unknown``. phase: the appliance's own word for the state.
    percent: 0 to 100, or None. resource_id: id of the object; for a create, id of the new object once it is known.
    result: the body that a synchronous call would have returned. status: the HTTP status that it would have had.
    messages: the appliance's messages, as in `ApplianceError`. adopted: another run or user started the job.
    owner: the user who started it, if known. note: what the job does now, in the appliance's words.
    long_polled: the appliance delayed its answer until there was news or a limit passed, so no further pause is needed.
    doubt: why a job in this state may never end by itself, as a sentence for a wait that is given up.
    """

    id: str
    state: str = RUNNING
    phase: str = ""
    percent: int | None = None
    action: str = ""
    resource_id: str | None = None
    resource_name: str | None = None
    result: t.Mapping[str, t.Any] | None = None
    messages: t.Sequence[t.Mapping[str, t.Any]] = ()
    status: int | None = None
    adopted: bool = False
    owner: str = ""
    note: str = ""
    long_polled: bool = False
    doubt: str = ""

    def report(self) -> dict[str, t.Any]:
        """Return the job as a task's result contains it."""
        row: dict[str, t.Any] = {
            "id": self.id,
            "action": self.action,
            "state": self.state,
            "phase": self.phase,
            "percent": self.percent,
            "resource_id": self.resource_id,
            "adopted": self.adopted,
        }
        if self.note:
            row["note"] = self.note
        if self.messages:
            row["messages"] = [dict(message) for message in self.messages]
        return row


class BlockedByJobs(Refused):
    """The appliance rejected the request because other jobs must end first. jobs: these jobs."""

    def __init__(self, refused: Refused, jobs: t.Sequence[Job]) -> None:
        super().__init__(
            refused.message, refused.method, refused.path, refused.status, refused.messages, hint=refused.hint
        )
        self.jobs = jobs


@dataclasses.dataclass(frozen=True)
class Clock:
    """The engine's source of time. Tests replace it. now: seconds, monotonic. sleep: takes seconds."""

    now: t.Callable[[], float] = time.monotonic
    sleep: t.Callable[[float], None] = time.sleep


def pause_after(elapsed: float) -> float:
    """Return the seconds to pause before the next poll, ``elapsed`` seconds after the wait began."""
    return min(max(elapsed / 10, SHORTEST_PAUSE), LONGEST_PAUSE)


@dataclasses.dataclass(frozen=True)
class WaitOptions:
    """How a task waits for jobs.

    enabled: whether it waits at all. timeout: seconds for each job. progress: shows a line to the user.
    within: returns a context manager that limits the requests in its block to this many seconds in all.
    still_wanted: called before each write and each poll; it raises if nobody waits for the outcome any more.
    pause: returns the seconds to pause before the next poll; takes the seconds since the wait began.
    last_words: shows a line after a signal, as the task ends.
    """

    enabled: bool = True
    timeout: float = 600.0
    progress: t.Callable[[str], None] = lambda line: None
    clock: Clock = Clock()
    within: t.Callable[[float], t.ContextManager[t.Any]] = contextlib.nullcontext
    still_wanted: t.Callable[[], None] = lambda: None
    pause: t.Callable[[float], float] = pause_after
    last_words: t.Callable[[str], None] = lambda line: None


@dataclasses.dataclass(frozen=True)
class PollResult:
    """What a poll has shown of work that is still in progress. line: a description for the user.

    long_polled: the appliance delayed its answer until there was news, so the next poll can follow at once.
    """

    line: str
    long_polled: bool = False


def poll_until_done(
    look: t.Callable[[], PollResult | None], poll: PollResult, waiting: WaitOptions
) -> PollResult | None:
    """Poll until the work is done, and return None; after waiting.timeout seconds, return the last poll result.

    look: polls once; returns None when the work is done. poll: the last known result, shown until a poll succeeds.
    Raises ConnectionFailed, ResponseLost or Busy if the appliance has not answered for SILENCE_LIMIT seconds.
    """
    clock = waiting.clock
    start = heard = clock.now()
    next_line = FIRST_PROGRESS
    while True:
        waiting.still_wanted()
        silence, asked_to_wait = "", 0.0
        try:
            with waiting.within(max(start + waiting.timeout - clock.now(), LAST_LOOK)):
                seen = look()
            if seen is None:
                return None
            poll, heard = seen, clock.now()
        except (ConnectionFailed, ResponseLost, Busy) as error:
            silence = f", no answer: {error.message}"
            asked_to_wait = error.retry_after if isinstance(error, Busy) else 0.0
            if clock.now() - heard > SILENCE_LIMIT:
                raise
        elapsed = clock.now() - start
        if elapsed >= waiting.timeout:
            return poll
        if elapsed >= next_line:
            waiting.progress(f"{poll.line}, {elapsed:.0f} s{silence}")
            next_line = elapsed + PROGRESS_EVERY
        pause = SHORTEST_PAUSE if poll.long_polled and not silence else max(waiting.pause(elapsed), asked_to_wait)
        clock.sleep(min(pause, max(waiting.timeout - elapsed, 0.0) + 0.001))


def wait_for(job: Job, look: t.Callable[[str], Job], waiting: WaitOptions, what: str) -> Job:
    """Wait until ``job`` has ended, and return it in its final state.

    look: fetches a job by id. what: the job's work as a verb phrase, for progress lines and errors.
    Raises JobFailed with the job's messages, JobLost if the appliance no longer knows the job, WaitTimeout after
    waiting.timeout seconds, and ConnectionFailed, ResponseLost or Busy if the appliance has not answered for
    SILENCE_LIMIT seconds. Each error names the job.
    """

    def poll() -> PollResult | None:
        return PollResult(f"{what}: {_so_far(job)}, job {job.id}", job.long_polled) if job.state == RUNNING else None

    def look_again() -> PollResult | None:
        nonlocal job
        seen = look(job.id)
        job = dataclasses.replace(
            seen, action=seen.action or job.action, resource_id=seen.resource_id or job.resource_id, adopted=job.adopted
        )
        return poll()

    first = poll()
    try:
        late = first and poll_until_done(look_again, first, waiting)
    except ApplianceError as error:
        error.job = error.job or job.id
        raise
    if late:
        raise WaitTimeout(
            f"Gave up waiting after {waiting.timeout:g} s for the job to {what}.",
            job=job.id,
            hint=f"The appliance continues it as job {job.id} ({_so_far(job)}); the next run adopts it. "
            f"A larger wait_timeout waits longer. {job.doubt}".rstrip(),
        )
    if job.state == FAILED:
        raise job_failed(job, what)
    return job


def job_failed(job: Job, what: str) -> JobFailed:
    """Return the error for a failed job, with the appliance's messages."""
    words = " ".join(str(message.get("message", "")).strip() for message in job.messages).strip()
    codes = ", ".join(str(message["code"]) for message in job.messages if message.get("code"))
    reason = f"{words} ({codes})" if words and codes else words or codes or "The job gives no reason."
    error = JobFailed(
        f"The job to {what} ended as {job.phase or job.state}: {reason}",
        status=job.status,
        messages=job.messages,
        job=job.id,
        hint=" ".join(str(action) for message in job.messages for action in message.get("actions") or ()),
    )
    error.phase, error.percent = job.phase, job.percent
    return error


def _so_far(job: Job) -> str:
    percent = "" if job.percent is None else f" {job.percent} %"
    note = f" ({job.note})" if job.note else ""
    return f"{job.phase or job.state}{percent}{note}"
