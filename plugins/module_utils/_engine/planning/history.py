# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a run remembers. The engine keeps it and passes it to `plan`, so that a plan depends on its arguments alone."""

from __future__ import annotations

import dataclasses
import typing as t

from ..data import Json
from ..job import Job
from .steps import Change, Request


@dataclasses.dataclass(frozen=True)
class Seen:
    """What a read has shown, as the handler's `landmark` condenses it."""

    landmark: t.Any


@dataclasses.dataclass(frozen=True)
class Sent:
    """A step that the run is about to carry out. If no `Accepted` follows, its effect is unknown, or it was refused."""

    step: Change


@dataclasses.dataclass(frozen=True)
class Accepted:
    """A step that the appliance has accepted and whose job did not fail, or a local action that was carried out."""

    step: Change


Event = t.Union[Seen, Sent, Accepted]


@dataclasses.dataclass(frozen=True)
class History:
    """The history of one run. It never changes: each method returns a new one.

    events: what the run has seen and sent, and what was accepted, in order. Of equal landmarks that follow each other,
    the last one is kept.
    jobs: the jobs of others that the run has waited for and that ended well, as they ended.
    """

    events: tuple[Event, ...] = ()
    jobs: tuple[Job, ...] = ()

    def saw(self, landmark: t.Any) -> History:
        """Return the history after a read. landmark: None if the handler remembers nothing of its reads."""
        if landmark is None:
            return self
        # A wait may read for hours. It adds to the history only what differs from the read before.
        repeated = bool(self.events) and self.events[-1] == Seen(landmark)
        return dataclasses.replace(self, events=(*(self.events[:-1] if repeated else self.events), Seen(landmark)))

    def sent(self, step: Change) -> History:
        """Return the history after a step was sent, whatever becomes of it."""
        return dataclasses.replace(self, events=(*self.events, Sent(step)))

    def accepted(self, step: Change) -> History:
        """Return the history after a step was accepted."""
        return dataclasses.replace(self, events=(*self.events, Accepted(step)))

    def adopted(self, job: Job) -> History:
        """Return the history after a job of somebody else has ended well."""
        return dataclasses.replace(self, jobs=(*self.jobs, job))

    @property
    def steps(self) -> tuple[Change, ...]:
        """The accepted steps, in their order."""
        return tuple(event.step for event in self.events if isinstance(event, Accepted))

    @property
    def landmarks(self) -> tuple[t.Any, ...]:
        """The landmarks that the run has seen, in their order."""
        return tuple(event.landmark for event in self.events if isinstance(event, Seen))

    def times_sent(self, action: str, path: str) -> int:
        """Return how many times a step with this action and path was sent."""
        steps = [event.step for event in self.events if isinstance(event, Sent)]
        return sum((step.action, step.path) == (action, path) for step in steps)

    def before(self, action: str) -> list[t.Any]:
        """Return the last landmark before each time that a step with this action was sent."""
        found, landmark = [], None
        for event in self.events:
            if isinstance(event, Seen):
                landmark = event.landmark
            elif isinstance(event, Sent) and event.step.action == action:
                found.append(landmark)
        return found

    def includes(self, action: str) -> bool:
        """Return whether a step with this action was accepted."""
        return any(step.action == action for step in self.steps)

    def bodies(self) -> t.Iterator[Json]:
        """Return the bodies of the accepted requests that are objects."""
        return (step.body for step in self.steps if isinstance(step, Request) and isinstance(step.body, dict))


NEW_RUN = History()
"""The history of a run that has done nothing yet."""
