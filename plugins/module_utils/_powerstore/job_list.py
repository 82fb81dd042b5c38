# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Wait for jobs by their ids, such as those of tasks that did not wait. All jobs are polled together.

Source: PowerStore REST API 4.0, job (id takes the filter ``in``).
"""

from __future__ import annotations

import typing as t

from .._engine.data import Json
from .._engine.errors import InputError
from .._engine.job import Job, WaitOptions
from .._engine.jobs import ids_once, wait_for_all
from .client import PowerStoreClient
from .query import in_filters, one_of
from .responses import JOB_FIELDS, job_of


def await_jobs(client: PowerStoreClient, ids: t.Sequence[str], waiting: WaitOptions, jobs: dict[str, Job]) -> None:
    """Wait for the jobs with these ids.

    jobs: receives each job as last read, by id, even if this raises an error.
    """

    def look(wanted: t.Sequence[str]) -> list[Job]:
        return look_at(client, wanted)

    jobs.update((job.id, job) for job in look(ids_once(ids)))
    wait_for_all(jobs, look, waiting)


def look_at(client: PowerStoreClient, ids: t.Sequence[str]) -> list[Job]:
    """Return the jobs in the order of ``ids``; raise InputError that names those the array does not have."""
    found: dict[str, Job] = {}
    for part in in_filters(ids):
        query = {"select": ",".join(JOB_FIELDS), "id": one_of(part)}
        found.update((str(row["id"]).lower(), job_of(row)) for row in client.query("job", query))
    missing = [job_id for job_id in ids if job_id.lower() not in found]
    if missing:
        raise InputError(
            f"The array has no job {', '.join(missing)}.",
            hint="Give ids of jobs, such as those in the jobs of a task's result. The array deletes old jobs in time.",
            job=missing[0],
        )
    return [found[job_id.lower()] for job_id in ids]


def shown(jobs: t.Mapping[str, Job]) -> list[Json]:
    """Return the jobs with their results. ``adopted`` is left out, because no task has adopted them."""
    reports = []
    for job in jobs.values():
        report = {**job.report(), "resource_name": job.resource_name, "result": job.result and dict(job.result)}
        del report["adopted"]
        reports.append(report)
    return reports
