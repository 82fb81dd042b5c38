# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The result of a run, as the engine records it."""

from __future__ import annotations

import dataclasses
import typing as t

from ..data import Json
from ..job import Job
from ..planning.plan import Plan


@dataclasses.dataclass
class RunResult:
    """What a run did. The engine updates it after each step, so that it is correct even if the run fails.

    changed: the run changed something, or the appliance accepted a job that may change something and did not fail.
    current_step: the summary of the step that is being sent, or empty. completed_steps: the summaries of the others.
    plan: the first plan. jobs: all jobs that the run started or waited for. resource: the object as last read.
    """

    changed: bool = False
    current_step: str = ""
    completed_steps: list[str] = dataclasses.field(default_factory=list)
    plan: Plan = dataclasses.field(default_factory=Plan)
    jobs: list[Job] = dataclasses.field(default_factory=list)
    resource: Json | None = None
    warnings: list[str] = dataclasses.field(default_factory=list)

    def note(self, job: Job) -> None:
        """Add a job, or replace what was recorded of it."""
        self.jobs = [known for known in self.jobs if (known.id, known.action) != (job.id, job.action)] + [job]


def in_words(message: t.Mapping[str, t.Any]) -> str:
    """Return the text of an appliance's message, followed by the actions that it recommends."""
    return " ".join(str(part) for part in (message.get("message"), *(message.get("actions") or ())) if part)
