# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Base class of all PowerStore resource handlers."""

from __future__ import annotations

import typing as t

from .._engine.data import Json
from .._engine.job import Job
from .._engine.planning.history import History
from .._engine.planning.plan import Plan
from .._engine.planning.steps import Change, LocalAction, Request
from .client import PowerStoreClient
from .query import one_of
from .schema import facts_of


class PowerStoreHandler:
    """Base class of all PowerStore resource handlers. A subclass adds `read` and `plan`.

    type: the resource type that the jobs on the object name. label: the object's words in messages.
    """

    def __init__(self, client: PowerStoreClient, type_: str, label: str) -> None:
        self.client = client
        self.type = type_
        self.label = label

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the object as it is now, or None if it does not exist.

        object_id: its id if a job or a response has given it; otherwise the handler finds it by the task's options.
        """
        raise NotImplementedError

    def plan(self, current: Json | None, history: History) -> Plan:
        """Return the plan that changes ``current`` into the desired state. Sends nothing; raises InputError."""
        raise NotImplementedError

    def landmark(self, current: Json | None) -> t.Any:
        """Return what the history must keep of a read; None, because most reads need not be remembered."""

    def preflight(self, current: Json | None, plan: Plan) -> None:
        """Check by reading whether the array would refuse the plan; raise InputError. By default, check nothing."""

    def find_jobs(self, current: Json | None, actions: t.Sequence[str]) -> list[Job] | None:
        """Return the jobs of these actions on the object, both running and ended."""
        filters = {"resource_action": one_of(actions), **self.jobs_filters(current)}
        if self.type in facts_of("job").attributes["resource_type"].enum:
            filters["resource_type"] = f"eq.{self.type}"
        elif current is None:
            return None  # jobs do not name the type, so that a job which creates one looks like any other
        return self.client.jobs(filters)

    def jobs_filters(self, current: Json | None) -> Json:
        """Return the filters that select the jobs on this object from those on others of its type."""
        return {"resource_id": f"eq.{current['id'] if current else ''}"}

    def send(self, step: Request) -> Job:
        """Send a step once, and return its job."""
        return self.client.send(step)

    def do_locally(self, step: LocalAction) -> None:
        """Carry out a local action. By default, plans contain none."""
        raise NotImplementedError

    def on_accepted(self, step: Change) -> None:
        """React to a step that the array has accepted. By default, do nothing."""

    def job(self, job_id: str) -> Job:
        """Return a job as it is now; raise JobLost if the array does not know it."""
        return self.client.job(job_id)
