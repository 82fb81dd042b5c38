# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a run really did."""

from __future__ import annotations

import dataclasses
import typing as t

from .job import Job
from .plan import Plan
from .resource_type import Json


@dataclasses.dataclass
class RunResult:
    """What a run really did, kept up to date so that it is also right when the run ends in an error.

    changed: something was changed, or a job that may change something was accepted and not seen to fail.

    doing: the step that is being sent. done: the steps that are over, in words.
    """

    changed: bool = False
    current_step: str = ""
    completed_steps: list[str] = dataclasses.field(default_factory=list)
    plan: Plan = dataclasses.field(default_factory=Plan)
    jobs: list[Job] = dataclasses.field(default_factory=list)
    resource: Json | None = None
    warnings: list[str] = dataclasses.field(default_factory=list)

    def note(self, job: Job) -> None:
        """Keep the newest view of a job."""
        self.jobs = [known for known in self.jobs if (known.id, known.action) != (job.id, job.action)] + [job]


def in_words(message: t.Mapping[str, t.Any]) -> str:
    """Return an appliance's message and what it advises."""
    return " ".join(str(part) for part in (message.get("message"), *(message.get("actions") or ())) if part)
