# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the things that PowerStore tasks are about have in common, as the engine deals with them."""

from __future__ import annotations

import typing as t

from .._engine.job import Job
from .._engine.plan import Plan, Step
from .._engine.resource_type import Json
from .client import PowerStoreClient
from .query import one_of


class PowerStoreHandler:
    """Base of the things that tasks are about; each says how it is looked up and planned.

    type: the resource type that jobs on it name. label: the thing in a person's words.
    """

    def __init__(self, client: PowerStoreClient, type_: str, label: str) -> None:
        self.client = client
        self.type = type_
        self.label = label

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the object as it is now, None if there is none."""
        raise NotImplementedError

    def plan(self, current: Json | None) -> Plan:
        """Return what is to be done. Pure."""
        raise NotImplementedError

    def preflight(self, current: Json | None, plan: Plan) -> None:
        """There is nothing that only the array could check by reading, unless the thing says otherwise."""

    def find_jobs(self, current: Json | None, actions: t.Sequence[str]) -> list[Job]:
        """Return the jobs, running or over, of these actions on the thing."""
        filters = {"resource_type": f"eq.{self.type}", "resource_action": one_of(actions)}
        return self.client.jobs({**filters, **self.jobs_filters(current)})

    def jobs_filters(self, current: Json | None) -> Json:
        """Return what tells the jobs on this thing from those on others of its type."""
        return {"resource_id": f"eq.{current['id'] if current else ''}"}

    def send(self, step: Step) -> Job:
        """Send a step once."""
        return self.client.send(step)

    def on_accepted(self, step: Step) -> None:
        """What is written can be read back, unless the thing says otherwise."""

    def job(self, job_id: str) -> Job:
        """Return a job as it is now."""
        return self.client.job(job_id)
