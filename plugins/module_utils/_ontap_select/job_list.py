# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Jobs by their ids, such as those of tasks that did not wait.

Source: NetApp's documentation of the Deploy REST API, version 3, asynchronous processing using the Job object.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._engine.data import Json
from .._engine.errors import InputError, JobFailed
from .._engine.job import RUNNING, Job, WaitOptions, wait_for
from .._engine.jobs import ids_once, raise_failures
from .._http.url import in_parts
from .client import SelectClient


def await_jobs(client: SelectClient, ids: t.Sequence[str], waiting: WaitOptions, jobs: dict[str, Job]) -> None:
    """Wait for the jobs with these ids. ``jobs`` holds the last known state of each, also after an error.

    The jobs are polled one after the other. A failed job does not end the wait for the others.
    """
    jobs.update((job.id, job) for job in look_at(client, ids_once(ids)))
    clock = waiting.clock
    end = clock.now() + waiting.timeout
    for job in list(jobs.values()):
        if job.state != RUNNING:
            continue

        def look(job_id: str) -> Job:
            jobs[job_id] = client.job(job_id, end - clock.now())
            return jobs[job_id]

        left = dataclasses.replace(waiting, timeout=max(end - clock.now(), 0.0))
        try:
            wait_for(job, look, left, f"finish job {job.id}")
        except JobFailed:
            continue
    raise_failures(jobs)


def look_at(client: SelectClient, ids: t.Sequence[str]) -> list[Job]:
    """Return the jobs in the order of the ids; raise InputError that names those that Deploy does not know."""
    jobs: dict[str, Job] = {}
    for part in in_parts(ids, "{}|".format):
        jobs.update((job.id.lower(), job) for job in client.jobs({"id": "|".join(part)}))
    missing = [job_id for job_id in ids if job_id.lower() not in jobs]
    if missing:
        raise InputError(
            f"Deploy has no job {', '.join(missing)}.",
            hint="Give ids of jobs, such as those in the jobs of a task's result; Deploy may forget old ones in time.",
            job=missing[0],
        )
    return [jobs[job_id.lower()] for job_id in ids]


def shown(jobs: t.Mapping[str, Job]) -> list[Json]:
    """Return the jobs for the result, without what Deploy does not report and what only other tasks have."""
    left_out = ("adopted", "action", "resource_id", "percent")
    return [{name: value for name, value in job.report().items() if name not in left_out} for job in jobs.values()]
