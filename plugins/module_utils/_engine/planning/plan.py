# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The plan of a run. It is computed from the current and the desired state, without any input or output."""

from __future__ import annotations

import dataclasses
import typing as t

from ..data import Json
from .steps import Change, Request, Step, Wait


@dataclasses.dataclass(frozen=True)
class Plan:
    """The steps in their order, and the managed attributes before and after them, by option."""

    steps: tuple[Step, ...] = ()
    before: Json = dataclasses.field(default_factory=dict)
    after: Json = dataclasses.field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def sentences(self) -> list[str]:
        """Return the summaries of the steps."""
        return [step.summary for step in self.steps]

    @property
    def changes(self) -> tuple[Change, ...]:
        """The steps that change something: all but the waits."""
        return tuple(step for step in self.steps if not isinstance(step, Wait))

    @property
    def requests(self) -> tuple[Request, ...]:
        """The steps that send a request."""
        return tuple(step for step in self.steps if isinstance(step, Request))

    @property
    def deletes(self) -> bool:
        """Whether a step deletes the object."""
        return any(step.action == "delete" for step in self.requests)

    def with_requests(self, replace: t.Callable[[Request], Request]) -> Plan:
        """Return the plan with each request replaced by what the function makes of it."""
        steps = tuple(replace(step) if isinstance(step, Request) else step for step in self.steps)
        return dataclasses.replace(self, steps=steps)
