# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The interface that a platform implements for each kind of resource."""

from __future__ import annotations

import typing as t

from .data import Json
from .job import Job
from .planning.history import History
from .planning.plan import Plan
from .planning.steps import Change, LocalAction, Request


class ResourceHandler(t.Protocol):
    """Reads, plans and writes the one object that a task manages.

    label: the object as messages name it, such as "volume group db".
    """

    label: str

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the object as it is now, or None if it does not exist.

        object_id: the object's id if the run knows it already; without it, the handler searches by the task's options.
        """

    def plan(self, current: Json | None, history: History) -> Plan:
        """Return the steps that bring the object to its desired state.

        A pure function: it depends on its arguments, the task's options and what the last `read` has found, and changes
        nothing. history: what this run has done and seen, so that a step whose effect no read shows is not repeated.
        """

    def landmark(self, current: Json | None) -> t.Any:
        """Return what the history must keep of a read, as a value that can be compared; None for nothing."""

    def preflight(self, current: Json | None, plan: Plan) -> None:
        """Raise one InputError for everything that the appliance would refuse, as far as reads can show it.

        The engine calls it before the first write, in check mode as well. current: the object as last read.
        """

    def find_jobs(self, current: Json | None, actions: t.Sequence[str]) -> list[Job] | None:
        """Return the jobs with these actions on this object, whether they run or have ended, newest first.

        None: the handler had no need to ask for jobs, because the object itself shows that nothing works on it.
        """

    def send(self, step: Request) -> Job:
        """Send the step once and return its job. Raises ResponseLost if its effect is unknown."""

    def do_locally(self, step: LocalAction) -> None:
        """Carry out a local action. A handler whose plans contain none does not need this."""

    def on_accepted(self, step: Change) -> None:
        """React to a step that was accepted, for example use a new password. The history remembers the step."""

    def job(self, job_id: str) -> Job:
        """Return the job as it is now."""
