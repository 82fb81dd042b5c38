# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Waits for several jobs at once."""

from __future__ import annotations

import dataclasses
import typing as t

from .errors import InputError, JobLost, WaitTimeout
from .job import FAILED, RUNNING, Job, PollResult, WaitOptions, job_failed, poll_until_done

Jobs = t.Dict[str, Job]
Look = t.Callable[[t.List[str]], t.Sequence[Job]]


def wait_for_all(jobs: Jobs, look: Look, waiting: WaitOptions) -> None:
    """Wait until all jobs have ended. A job that fails does not end the wait for the others.

    jobs: the jobs by id. It is updated in place, so that it is correct even if this raises.
    look: fetches the jobs with these ids, all at once.
    Raises JobFailed with the messages of all failed jobs, JobLost if the appliance no longer knows a job, WaitTimeout
    after waiting.timeout seconds, and ConnectionFailed, ResponseLost or Busy if the appliance has not answered for
    SILENCE_LIMIT seconds.
    """

    def poll() -> PollResult | None:
        running = _in_state(jobs, RUNNING)
        over = f"{len(jobs) - len(running)} of {len(jobs)} jobs are over"
        return PollResult(f"{over}; running: {_in_words(running)}") if running else None

    def look_again() -> PollResult | None:
        running = [job.id for job in _in_state(jobs, RUNNING)]
        try:
            found = look(running)
        except InputError as error:  # an unknown id is not the user's mistake: the job existed when the wait began
            raise JobLost(
                error.message,
                job=error.job,
                hint="The job existed before. Check on the appliance whether its work is done, or start it again.",
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
        error.message = " ".join(failed.message for failed in errors)
        error.messages = [message for failed in errors for message in failed.messages]
        raise error


def ids_once(ids: t.Sequence[str]) -> list[str]:
    """Return the ids without duplicates, ignoring case. Raises InputError if one is empty."""
    given = [job_id.strip() for job_id in ids]
    if "" in given:
        raise InputError("ids has an empty entry: give ids of jobs, or an empty list to wait for nothing.")
    first: dict[str, str] = {}
    for job_id in given:
        first.setdefault(job_id.lower(), job_id)
    return list(first.values())


def _gave_up(jobs: Jobs, timeout: float) -> WaitTimeout:
    running, failed = _in_state(jobs, RUNNING), _in_state(jobs, FAILED)
    meanwhile = f" Failed meanwhile: {_in_words(failed)}." if failed else ""
    return WaitTimeout(
        f"Gave up waiting after {timeout:g} s; still running: {_in_words(running)}.{meanwhile}",
        job=running[0].id,
        messages=[message for job in failed for message in job.messages],
        hint=f"The appliance continues these jobs. A larger wait_timeout waits longer. {_doubts(running)}".rstrip(),
    )


def _doubts(jobs: t.Sequence[Job]) -> str:
    """Return why some of the jobs may never end by themselves, each reason once."""
    return " ".join(dict.fromkeys(job.doubt for job in jobs if job.doubt))


def _in_state(jobs: Jobs, state: str) -> list[Job]:
    return [job for job in jobs.values() if job.state == state]


def _in_words(jobs: t.Sequence[Job]) -> str:
    """Return a list of the jobs with their states, of the first ten if there are more."""
    named = [f"{job.id} ({job.action}: {job.phase or job.state}{_percent(job)}{_note(job)})" for job in jobs[:10]]
    return ", ".join(named) + (f" and {len(jobs) - 10} more" if len(jobs) > 10 else "")


def _percent(job: Job) -> str:
    return "" if job.percent is None else f" {job.percent} %"


def _note(job: Job) -> str:
    return f", {job.note}" if job.note else ""
