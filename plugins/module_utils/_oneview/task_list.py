# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Waits for tasks of the appliance that are known by URI, such as those that playbook tasks started without waiting.

Source: HP OneView REST API Reference, TaskResource. The collection's filters cannot name several URIs at once, so this
module reads each task separately.
"""

from __future__ import annotations

import typing as t

from .._engine.data import Json
from .._engine.errors import InputError, JobLost
from .._engine.job import Job, WaitOptions
from .._engine.jobs import wait_for_all
from .client import TASKS, OneViewClient
from .responses import relative


def await_tasks(client: OneViewClient, ids: t.Sequence[str], waiting: WaitOptions, jobs: dict[str, Job]) -> None:
    """Wait for the tasks with these URIs. ``jobs`` holds their latest known states, even after an error.

    Raises InputError if the appliance does not have one of the tasks.
    """

    def look(wanted: t.Sequence[str]) -> list[Job]:
        return look_at(client, wanted)

    jobs.update((job.id, job) for job in look(uris(ids)))
    wait_for_all(jobs, look, waiting)


def look_at(client: OneViewClient, wanted: t.Sequence[str]) -> list[Job]:
    """Return the tasks with these URIs; raise InputError with the URIs that the appliance does not have."""
    found, missing = [], []
    for uri in wanted:
        try:
            found.append(client.job(uri))
        except JobLost:
            missing.append(uri)
    if missing:
        raise InputError(
            f"The appliance has no task {', '.join(missing)}.",
            hint="Give URIs of tasks, such as the ids in the jobs of a task's result. The appliance deletes old tasks.",
            job=missing[0],
        )
    return found


def uris(ids: t.Sequence[str]) -> list[str]:
    """Return the tasks' URIs, each once, from URIs or bare ids; raise InputError for anything else."""
    found = []
    for task in ids:
        last = relative(task.strip()).strip("/").rpartition("/")[2]
        uri = f"{TASKS}/{last}"
        if not last or relative(task.strip()) not in (uri, last):
            raise InputError(
                f"ids takes URIs of tasks, such as {TASKS}/0f6d9a34-8f6e-4dc0-9dd0-57a1f7b5d3a2, not {task!r}.",
                hint="To wait for nothing, give an empty list.",
            )
        found.append(uri)
    return list(dict.fromkeys(found))


def shown(jobs: t.Mapping[str, Job]) -> list[Json]:
    """Return the tasks for the result, with their resource's name and their owner.

    ``adopted`` is left out: the module only watches these tasks and adopts none of them.
    """
    reports = []
    for job in jobs.values():
        report = {**job.report(), "resource_name": job.resource_name, "owner": job.owner}
        del report["adopted"]
        reports.append(report)
    return reports
