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
from .releases import OLDEST, as_release
from .schema import TYPES, facts_of


def is_of_jobs(attribute: str, value: str) -> bool:
    """Return whether each release that has a type knows a value of ``resource_type`` or ``resource_action`` of jobs."""
    known = facts_of("job").attributes[attribute]
    since = as_release(dict(known.values_since).get(value, ""))
    oldest = max(OLDEST, as_release(facts_of(value).since)) if value in TYPES else OLDEST
    return value in known.enum and since <= oldest


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
        """Return the jobs of these actions on the object, both running and ended; None if the array cannot be asked.

        The array refuses a query with an action or a type that its jobs cannot have.
        """
        names = [name for name in actions if is_of_jobs("resource_action", name)]
        filters = self.jobs_filters(current)
        has_type = is_of_jobs("resource_type", self.type)
        if not names or (not has_type and "resource_id" not in filters):
            return None
        of_type = {"resource_type": f"eq.{self.type}"} if has_type else {}
        return self.client.jobs({**of_type, "resource_action": one_of(names), **filters})

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
