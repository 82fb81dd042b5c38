# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tasks: changes that take time, on the clock, with every state that they can end in.

HP OneView REST API Reference, TaskResource: terminal are Completed, Warning, Error, Terminated and Killed, and there
percentComplete is 100; newer versions cancel (Cancelling, Cancelled). ``taskErrors`` are ErrorMessages.
"""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Callable
from datetime import datetime, timezone

from jobwise_emulator.clock import Clock
from jobwise_emulator.exchange import Json
from jobwise_emulator.oneview.errors import Refused, message

Effect = Callable[[], Json | None]
"""Does it; returns the resource that came of it."""

STATES = (
    *("Unknown", "New", "Pending", "Starting", "Running", "Suspended", "Stopping", "Interrupted"),
    *("Completed", "Warning", "Error", "Terminated", "Killed", "Cancelling", "Cancelled"),
)
TERMINAL = ("Completed", "Warning", "Error", "Terminated", "Killed", "Cancelled")
WITHOUT_END = ("Unknown", "Interrupted")
STEPS = ("Check the request", "Change the configuration", "Verify the change")
HANGING_AT = 0.5
CANCEL_SHARE = 0.2


def stamp(seconds: float) -> str:
    """An instant as the appliance writes it."""
    text = datetime.fromtimestamp(seconds, timezone.utc).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


@dataclasses.dataclass
class Work:
    """What a task does: its name, the category and the URI and name of its resource, and how.

    ``prepare`` checks it against the things as they are then and returns the effect. ``begin`` is done at the start of
    the task, ``undo`` when it fails.
    """

    name: str
    category: str
    uri: str | None
    title: str
    prepare: Callable[[], Effect]
    data: Json = dataclasses.field(default_factory=dict)
    begin: Callable[[], object] | None = None
    undo: Callable[[], object] | None = None


@dataclasses.dataclass
class Task:
    """One task. Times are seconds since the epoch; ``state`` is set once it is over or held in a state."""

    work: Work
    owner: str
    created: float
    seconds: float
    foreign: bool = False
    ends_at: float = 1.0
    end_state: str = "Completed"
    errors: list[Json] = dataclasses.field(default_factory=list)
    hanging: bool = False
    held_in: str | None = None
    cancelled: float | None = None
    id: str = dataclasses.field(default_factory=lambda: str(uuid.uuid4()).upper())
    state: str | None = None
    ended: float | None = None
    uri_found: str | None = None

    @property
    def uri(self) -> str:
        """Where it is."""
        return f"/rest/tasks/{self.id}"

    @property
    def due(self) -> float:
        """When it is over; never while something holds it."""
        if self.cancelled is not None:
            return self.cancelled + CANCEL_SHARE * self.seconds
        if self.hanging or self.held_in:
            return float("inf")
        return self.created + self.ends_at * self.seconds


class Tasks:
    """All tasks in the order they were made."""

    def __init__(self, clock: Clock, settings: Callable[[], Json]) -> None:
        self.clock = clock
        self.settings = settings
        self.all: dict[str, Task] = {}

    def start(self, work: Work, owner: str, fault: Json | None = None, seconds: float | None = None) -> Task:
        """Start a task; ``seconds`` is given for somebody else's, which takes exactly that long."""
        table = self.settings()["seconds"]
        kind = (fault or {}).get("fault")
        duration = float(table.get(work.category, table["default"])) / self.clock.speed
        if seconds is not None:
            duration = seconds
        elif fault and kind == "job_slow":
            duration = float(fault["seconds"])
        task = Task(work, owner, self.clock.now(), duration, seconds is not None, hanging=kind == "job_hang")
        if fault and kind == "job_fail":
            self.doom(task, fault)
        self.all[task.id] = task
        if work.begin:
            work.begin()
        self.advance()
        return task

    def doom(self, task: Task, fault: Json) -> None:
        """Let a task end as a fault says: in which state, when, with which errors."""
        state = str(fault.get("state", "Error"))
        task.errors = [error_of(one) for one in messages_of(fault, state)]
        if state in TERMINAL or state in WITHOUT_END:
            task.end_state = state
            if state not in ("Completed", "Warning"):
                task.ends_at = min(max(float(fault.get("percent", 50)) / 100, 0.0), 1.0)
        else:
            task.held_in = state

    def busy(self, uri: str) -> Task | None:
        """The task that works on a resource now, if any."""
        return next((task for task in self.all.values() if task.work.uri == uri and task.ended is None), None)

    def advance(self) -> None:
        """Let everything end that is due, in the order of time."""
        now = self.clock.now()
        while True:
            due = [task for task in self.all.values() if task.ended is None and task.due <= now]
            if not due:
                return
            self.finish(min(due, key=lambda task: task.due))

    def finish(self, task: Task) -> None:
        """A task is over."""
        task.ended, task.state = task.due, task.end_state
        if task.cancelled is not None:
            task.state = "Cancelled"
        elif task.end_state in ("Completed", "Warning"):
            try:
                entry = task.work.prepare()()
                if entry:
                    task.uri_found = entry["uri"]
            except Refused as refusal:
                task.state, task.errors = "Error", [refusal.error]
        if task.state not in ("Completed", "Warning") and task.work.undo:
            task.work.undo()

    def cancel(self, task: Task) -> None:
        """Stop a task that can be stopped; 409 for one that is over."""
        if task.ended is not None:
            raise Refused(409, "TASK_NOT_CANCELLABLE", "The task cannot be cancelled.", f"It is {task.state}.")
        task.cancelled, task.hanging, task.held_in = self.clock.now(), False, None

    def release(self) -> None:
        """Let tasks that are held go on, from the middle."""
        now = self.clock.now()
        for task in self.all.values():
            if task.ended is None and (task.hanging or task.held_in):
                task.hanging, task.held_in = False, None
                task.created = now - HANGING_AT * task.seconds

    def share(self, task: Task) -> float:
        """How much of a task is done, from 0 to 1."""
        if task.state in TERMINAL:
            return 1.0
        until = task.ended if task.ended is not None else self.clock.now()
        done = (until - task.created) / task.seconds if task.seconds > 0 else 1.0
        return min(done, HANGING_AT if task.hanging or task.held_in else 0.99)

    def state(self, task: Task) -> str:
        """The state that a task shows."""
        if task.state:
            return task.state
        if task.cancelled is not None:
            return "Cancelling"
        if task.held_in:
            return task.held_in
        done = self.share(task)
        return "New" if done < 0.05 else "Starting" if done < 0.1 else "Running"

    def describe(self, task: Task) -> Json:
        """The TaskResource."""
        state, share = self.state(task), self.share(task)
        percent = int(share * 100)
        ended = task.ended if task.ended is not None else self.clock.now()
        steps = len(STEPS) if state in TERMINAL else int(share * len(STEPS))
        begun = STEPS[: len(STEPS) if task.state else steps + 1]
        stands = self.settings()["percent_stands"] and task.state is None
        modified = stamp(ended)
        return {
            "type": self.settings()["task_type"],
            "category": "tasks",
            "uri": task.uri,
            "name": task.work.name,
            "owner": task.owner,
            "eTag": f"{int(share * 20)}-{state}",
            "created": stamp(task.created),
            "modified": modified,
            "taskType": "User",
            "taskState": state,
            "stateReason": "ValidationError" if state == "Error" else None,
            "taskStatus": f"{task.work.name} {task.work.title}: {state}.".strip(),
            "percentComplete": 0 if stands else percent,
            "computedPercentComplete": 0 if stands else percent,
            "totalSteps": len(STEPS),
            "completedSteps": steps,
            "expectedDuration": max(1, round(task.seconds)),
            "associatedResource": {
                "resourceUri": task.uri_found or task.work.uri,
                "resourceName": task.work.title,
                "resourceCategory": task.work.category,
                "associationType": "MANAGED_BY",
            },
            "associatedTaskUri": None,
            "parentTaskUri": None,
            "taskErrors": task.errors if task.state else [],
            "taskOutput": [],
            "progressUpdates": [
                {
                    "id": number,
                    "timestamp": stamp(task.created + number * task.seconds / len(STEPS)),
                    "statusUpdate": text,
                }
                for number, text in enumerate(begun)
            ],
            "userInitiated": True,
            "hidden": False,
            "isCancellable": task.state is None and task.cancelled is None,
            "data": {"task-category": task.work.category, **task.work.data},
        }

    def done(self) -> list[Json]:
        """What clients have started, for people."""
        return [
            {
                "what": f"{task.work.name} {task.work.title}",
                "state": task.state or "Running",
                "seconds": None if task.ended is None else round(task.ended - task.created, 1),
                "why": " ".join(str(error.get("message")) for error in task.errors if task.ended is not None),
            }
            for task in self.all.values()
            if not task.foreign
        ]

    def counters(self) -> Json:
        """Tasks of clients: started, completed, failed; and those that others started."""
        self.advance()
        own = [task for task in self.all.values() if not task.foreign]
        return {
            "started": len(own),
            "completed": sum(task.state in ("Completed", "Warning") for task in own),
            "failed": sum(task.state not in (None, "Completed", "Warning") for task in own),
            "foreign": len(self.all) - len(own),
        }


def messages_of(fault: Json, state: str) -> list[object]:
    """The errors that a fault names, or one of our own where there has to be one."""
    given = fault.get("messages")
    if given is None:
        needed = state in ("Error", "Warning", "Terminated", "Killed")
        return ["The operation did not succeed."] if needed else []
    return list(given) if isinstance(given, list) else [given]


def error_of(given: object) -> Json:
    """An ErrorMessage from a text, or from some of its attributes."""
    if isinstance(given, dict):
        return {**message("EMULATED_FAILURE", ""), **given}
    actions = ("Correct the cause and try again.",)
    return message("EMULATED_FAILURE", str(given), "It was ordered to fail.", actions)
