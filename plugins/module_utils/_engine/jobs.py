# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Waiting for several jobs at once."""

from __future__ import annotations

import dataclasses
import typing as t

from .errors import InputError, JobLost, WaitTimeout
from .job import FAILED, RUNNING, Job, PollResult, WaitOptions, job_failed, poll_until_done

Jobs = t.Dict[str, Job]
Look = t.Callable[[t.List[str]], t.Sequence[Job]]


def wait_for_all(jobs: Jobs, look: Look, waiting: WaitOptions) -> None:
    """Wait until all jobs are over, well or badly; failures do not end the wait for the others.

    jobs: by id, as they were first seen. It is kept up to date, so that it is also right when this ends in an error.
    look: fetches the jobs with these ids, all at once.
    Raises JobFailed with the messages of all that failed, JobLost if the appliance no longer knows one, WaitTimeout
    when waiting.timeout is over, NotReached, ReplyLost or Busy when the appliance has not answered for SILENCE_LIMIT
    seconds.
    """

    def poll() -> PollResult | None:
        running = _in_state(jobs, RUNNING)
        over = f"{len(jobs) - len(running)} of {len(jobs)} jobs are over"
        return PollResult(f"{over}; running: {_told(running)}") if running else None

    def look_again() -> PollResult | None:
        running = [job.id for job in _in_state(jobs, RUNNING)]
        try:
            found = look(running)
        except InputError as error:  # they were there when the wait began
            raise JobLost(
                error.message, job=error.job, hint="It was there before: look at what it was to do, or run that again."
            ) from None
        for seen in found:
            jobs[seen.id] = dataclasses.replace(seen, resource_id=seen.resource_id or jobs[seen.id].resource_id)
        return poll()

    first = poll()
    if first and poll_until_done(look_again, first, waiting):
        raise _gave_up(jobs, waiting.timeout)
    raise_failures(jobs)


def raise_failures(jobs: Jobs) -> None:
    """Raise JobFailed with the messages of all jobs that failed, if any did."""
    errors = [job_failed(job, f"{job.action or 'do its work'} ({job.id})") for job in _in_state(jobs, FAILED)]
    if errors:
        error = errors[0]
        error.message = " ".join(one.message for one in errors)
        error.messages = [message for one in errors for message in one.messages]
        raise error


def ids_once(ids: t.Sequence[str]) -> list[str]:
    """Return ids as a task gives them, each once, whatever its case; raise InputError for an empty one."""
    given = [one.strip() for one in ids]
    if "" in given:
        raise InputError("ids has an empty entry: give ids of jobs, or an empty list to wait for nothing.")
    first: dict[str, str] = {}
    for one in given:
        first.setdefault(one.lower(), one)
    return list(first.values())


def _gave_up(jobs: Jobs, timeout: float) -> WaitTimeout:
    running, failed = _in_state(jobs, RUNNING), _in_state(jobs, FAILED)
    meanwhile = f" Failed meanwhile: {_told(failed)}." if failed else ""
    return WaitTimeout(
        f"Gave up waiting after {timeout:g} s; still running: {_told(running)}.{meanwhile}",
        job=running[0].id,
        messages=[message for job in failed for message in job.messages],
        hint="The appliance goes on with what runs. A larger wait_timeout waits longer.",
    )


def _in_state(jobs: Jobs, state: str) -> list[Job]:
    return [job for job in jobs.values() if job.state == state]


def _told(jobs: t.Sequence[Job]) -> str:
    """Name the jobs, the first few of many."""
    named = [f"{job.id} ({job.action}: {job.phase or job.state}{_percent(job)})" for job in jobs[:10]]
    return ", ".join(named) + (f" and {len(jobs) - 10} more" if len(jobs) > 10 else "")


def _percent(job: Job) -> str:
    return "" if job.percent is None else f" {job.percent} %"
