# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The base class of all ONTAP Select Deploy resource handlers."""

from __future__ import annotations

import dataclasses
import re
import typing as t

from .._engine.data import Json
from .._engine.errors import Refused, VersionConflict
from .._engine.job import DONE, Job
from .._engine.planning.history import History
from .._engine.planning.plan import Plan
from .._engine.planning.steps import Change, LocalAction, Request
from .client import SelectClient

CREATE = "create"


class OntapSelectHandler:
    """Base class of the handlers. A subclass defines how to read its object and how to plan its changes.

    desired: the task's options. label: the object in the words of messages. known_as: its name, if jobs mention it.
    """

    def __init__(self, client: SelectClient, desired: Json, label: str, known_as: str = "") -> None:
        self.client = client
        self.desired = desired
        self.label = label
        self.known_as = known_as
        self._watched_since: t.Dict[str, float] = {}

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the object as it is now; None if it does not exist."""
        raise NotImplementedError

    def plan(self, current: Json | None, history: History) -> Plan:
        """Return the steps that bring the object to the desired state. Pure."""
        raise NotImplementedError

    def landmark(self, current: Json | None) -> t.Any:
        """Return what the history must keep of a read; None, because most reads need not be remembered."""

    def preflight(self, current: Json | None, plan: Plan) -> None:
        """Check nothing: by default, the plan has checked all that can be checked."""

    def find_jobs(self, current: Json | None, actions: t.Sequence[str]) -> list[Job] | None:
        """Return the running jobs that name the object. Only its message shows what a job is about."""
        if not self.known_as:
            return None
        names = re.compile(rf"(?<![\w.-]){re.escape(self.known_as)}(?![\w-]|\.\w)", re.IGNORECASE)
        under_way = self.client.jobs({"state": "queued|running"})
        return [dataclasses.replace(job, action=actions[0]) for job in under_way if names.search(job.note)]

    def send(self, step: Request) -> Job:
        """Send a step once.

        Removing an object that is already gone counts as done. Raises VersionConflict if another client created the
        object first, so that the engine plans again.
        """
        try:
            return self.client.send(step)
        except Refused as error:
            if step.verb == "DELETE" and error.status == 404:
                return Job(id="", state=DONE, phase="success", percent=100, action=step.action)
            if step.action == CREATE and error.status in (400, 409) and self.read() is not None:
                raise VersionConflict(error.message, error.method, error.path, error.status, error.messages) from None
            raise

    def do_locally(self, step: LocalAction) -> None:
        """Carry out a local action. By default, plans contain none."""
        raise NotImplementedError

    def on_accepted(self, step: Change) -> None:
        """React to a step that was accepted. By default, do nothing."""

    def job(self, job_id: str) -> Job:
        """Return a job as soon as it has news, or when the task's wait_timeout is over."""
        start = self._watched_since.setdefault(job_id, self.client.now())
        return self.client.job(job_id, self.desired["wait_timeout"] - (self.client.now() - start))


def given(desired: Json, names: t.Iterable[str]) -> Json:
    """Return those of the named options that the task gives."""
    return {name: desired[name] for name in names if desired.get(name) is not None}


def in_words(differences: t.Mapping[str, t.Tuple[t.Any, t.Any]]) -> str:
    """Describe the attributes that differ. differences: current and desired value by name."""
    return "; ".join(
        f"{name} is {current!r}, but the task asks for {desired!r}" for name, (current, desired) in differences.items()
    )
