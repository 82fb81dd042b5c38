# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tasks of the appliance known by their URIs, such as those of playbook tasks that did not wait.

Source: HP OneView REST API Reference, TaskResource. The collection's filters cannot name several URIs at once, so each
task is looked at by itself.
"""

from __future__ import annotations

import typing as t

from .._engine.errors import InputError, JobLost
from .._engine.job import Job, WaitOptions
from .._engine.jobs import wait_for_all
from .._engine.resource_type import Json
from .client import TASKS, OneViewClient
from .responses import relative


def await_tasks(client: OneViewClient, ids: t.Sequence[str], waiting: WaitOptions, jobs: dict[str, Job]) -> None:
    """Wait for the tasks with these URIs and keep ``jobs`` as they were last seen, also when this ends in an error."""

    def look(wanted: t.Sequence[str]) -> list[Job]:
        return look_at(client, wanted)

    jobs.update((job.id, job) for job in look(uris(ids)))
    wait_for_all(jobs, look, waiting)


def look_at(client: OneViewClient, wanted: t.Sequence[str]) -> list[Job]:
    """Return the tasks with these URIs; raise InputError that names those that the appliance does not have."""
    found, missing = [], []
    for uri in wanted:
        try:
            found.append(client.job(uri))
        except JobLost:
            missing.append(uri)
    if missing:
        raise InputError(
            f"The appliance has no task {', '.join(missing)}.",
            hint="Give URIs of tasks, such as the ids in the jobs of a task's result; old ones are forgotten in time.",
            job=missing[0],
        )
    return found


def uris(ids: t.Sequence[str]) -> list[str]:
    """Return the URIs that are meant, each once; raise InputError for what is no URI of a task."""
    meant = []
    for one in ids:
        last = relative(one.strip()).strip("/").rpartition("/")[2]
        uri = f"{TASKS}/{last}"
        if not last or relative(one.strip()) not in (uri, last):
            raise InputError(
                f"ids takes URIs of tasks, such as {TASKS}/0f6d9a34-8f6e-4dc0-9dd0-57a1f7b5d3a2, not {one!r}.",
                hint="An empty list waits for nothing.",
            )
        meant.append(uri)
    return list(dict.fromkeys(meant))


def shown(jobs: t.Mapping[str, Job]) -> list[Json]:
    """Return the tasks with what they are about and who started them; nobody has adopted them."""
    told = []
    for job in jobs.values():
        shown = {**job.report(), "resource_name": job.resource_name, "owner": job.owner}
        del shown["adopted"]
        told.append(shown)
    return told
