# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What all things that a task on ONTAP Select Deploy is about have in common."""

from __future__ import annotations

import dataclasses
import re
import typing as t

from .._engine.errors import Outdated, Refused
from .._engine.job import DONE, Job
from .._engine.plan import Plan, Step
from .._engine.resource_type import Json
from .client import SelectClient

CREATE = "create"


class SelectSubject:
    """Base of the things that tasks are about; each says how it is looked up and planned.

    want: the task's options. label: the thing in a person's words. known_as: its name, where jobs may mention it.
    """

    def __init__(self, client: SelectClient, want: Json, label: str, known_as: str = "") -> None:
        self.client = client
        self.want = want
        self.label = label
        self.known_as = known_as
        self._watched_since: t.Dict[str, float] = {}

    def look_up(self, object_id: str | None = None) -> Json | None:
        """Return the object as it is now, None if there is none."""
        raise NotImplementedError

    def plan(self, have: Json | None) -> Plan:
        """Return what is to be done. Pure."""
        raise NotImplementedError

    def preflight(self, have: Json | None, plan: Plan) -> None:
        """Deploy checks nothing by itself that the plan has not."""

    def jobs_on(self, have: Json | None, actions: t.Sequence[str]) -> list[Job]:
        """Return the jobs under way that name the thing: nothing but its message tells what a job is about."""
        if not self.known_as:
            return []
        names = re.compile(rf"(?<![\w.-]){re.escape(self.known_as)}(?![\w-]|\.\w)", re.IGNORECASE)
        under_way = self.client.jobs({"state": "queued|running"})
        return [dataclasses.replace(job, action=actions[0]) for job in under_way if names.search(job.note)]

    def submit(self, step: Step) -> Job:
        """Send a step once. What is gone is removed; what somebody else was quicker to make is planned anew."""
        try:
            return self.client.submit(step)
        except Refused as error:
            if step.verb == "DELETE" and error.status == 404:
                return Job(id="", state=DONE, phase="success", percent=100, action=step.action)
            if step.action == CREATE and error.status in (400, 409) and self.look_up() is not None:
                raise Outdated(error.message, error.method, error.path, error.status, error.messages) from None
            raise

    def accepted(self, step: Step) -> None:
        """Nothing has to be remembered."""

    def job(self, job_id: str) -> Job:
        """Return a job as soon as it has news, or when the task's time for it is over."""
        start = self._watched_since.setdefault(job_id, self.client.now())
        return self.client.job(job_id, self.want["wait_timeout"] - (self.client.now() - start))


def given(want: Json, names: t.Iterable[str]) -> Json:
    """Return the options of these names that the task gives."""
    return {name: want[name] for name in names if want.get(name) is not None}


def in_words(differences: t.Mapping[str, t.Tuple[t.Any, t.Any]]) -> str:
    """Tell attributes that are not as they are to be."""
    return "; ".join(f"{name} is {have!r}, asked for {want!r}" for name, (have, want) in differences.items())
