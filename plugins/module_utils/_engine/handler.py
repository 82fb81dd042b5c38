# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a platform provides of each thing that a task can be about."""

from __future__ import annotations

import typing as t

from .job import Job
from .plan import Plan, Step
from .resource_type import Json


class ResourceHandler(t.Protocol):
    """What the engine needs of the thing that a task is about; a platform provides it.

    label: the thing in a person's words.
    """

    label: str

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the object as it is now, None if there is none; object_id: where the run has learnt the id."""

    def plan(self, current: Json | None) -> Plan:
        """Return what is to be done. Pure."""

    def preflight(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError, with everything that is wrong, for what the appliance would refuse and a read can show.

        The engine calls it in check mode and in the run alike, before the first write. have: the object as last read.
        """

    def find_jobs(self, current: Json | None, actions: t.Sequence[str]) -> list[Job]:
        """Return the jobs, running or over, newest first, of these actions on this object."""

    def send(self, step: Step) -> Job:
        """Send the step once. Raises ReplyLost when its effect is unknown."""

    def on_accepted(self, step: Step) -> None:
        """Take note that the appliance has taken the request: what cannot be read back is not sent again."""

    def job(self, job_id: str) -> Job:
        """Return the job as it is now."""
