# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Steps that wait for the object itself, which moves on in its own time."""

from __future__ import annotations

import dataclasses
import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import (
    ApplianceError,
    ConnectionFailed,
    ResponseLost,
    WaitTimeout,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.job import DONE, SILENCE_LIMIT, Job, WaitOptions
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.history import History
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.plan import Plan
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.steps import (
    Change,
    LocalAction,
    Request,
    Step,
    Wait,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.running.reconcile import reconcile
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.running.recovery import SENDS
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.running.run_result import RunResult
from tests.unit.engine.fake_time import FakeTime

POUR = "pour"


@dataclasses.dataclass
class Kettle:
    """It is hot after some seconds; then cups are to be filled, and when the tea has drawn the task is over.

    mute: a span of seconds without answers. lost: how often the answer to filling a cup is lost, without effect.
    """

    hot: float = 20.0
    drawn: float = 60.0
    mute: tuple[float, float] = (0.0, 0.0)
    lost: dict[str, int] = dataclasses.field(default_factory=dict)
    cups: tuple[str, ...] = ("left", "right")
    filled: list[str] = dataclasses.field(default_factory=list)
    jobs: list[Job] = dataclasses.field(default_factory=list)
    sent: list[str] = dataclasses.field(default_factory=list)
    time: FakeTime = dataclasses.field(default_factory=lambda: FakeTime(0.0))
    lines: list[str] = dataclasses.field(default_factory=list)
    looks: int = 0
    record: RunResult = dataclasses.field(default_factory=RunResult)
    label: str = "kettle k1"

    def read(self, object_id: str | None = None) -> Json | None:
        self.looks += 1
        if self.mute[0] <= self.time.seconds < self.mute[1]:
            raise ConnectionFailed("Silence.")
        return {
            "id": "k1",
            "degrees": min(100, int(100 * self.time.seconds / (self.hot or 1))),
            "filled": self.filled[:],
        }

    def plan(self, current: Json | None, history: History) -> Plan:
        assert current
        steps: list[Step] = [
            Request(POUR, "DO", f"cup/{cup}", None, f"fill {cup}") for cup in self.cups if cup not in current["filled"]
        ]
        told = f"{current['degrees']} degrees"
        if self.time.seconds < self.hot:
            steps.insert(0, Wait("wait until it is hot", told))
        if self.time.seconds < self.drawn:
            steps.append(Wait("wait until the tea has drawn", told))
        return Plan(tuple(steps))

    def landmark(self, current: Json | None) -> t.Any:
        return None

    def preflight(self, current: Json | None, plan: Plan) -> None:
        assert plan.steps

    def find_jobs(self, current: Json | None, actions: t.Sequence[str]) -> list[Job]:
        return self.jobs[::-1] if POUR in actions else []

    def send(self, step: Request) -> Job:
        cup = step.path.partition("/")[2]
        self.sent.append(cup)
        if self.lost.get(cup, 0) > 0:
            self.lost[cup] -= 1
            raise ResponseLost("Silence.")
        self.filled.append(cup)
        self.jobs.append(Job(f"j{len(self.jobs)}", DONE, action=POUR, resource_id="k1"))
        return self.jobs[-1]

    def do_locally(self, step: LocalAction) -> None:
        raise AssertionError("plans contain no local action")

    def on_accepted(self, step: Change) -> None:
        assert isinstance(step, Request)

    def job(self, job_id: str) -> Job:
        raise AssertionError("all jobs are over at once")

    def run(self, dry_run: bool = False, wait: bool = True, timeout: float = 600.0) -> ApplianceError | None:
        try:
            reconcile(self, WaitOptions(wait, timeout, self.lines.append, self.time.clock()), dry_run, self.record)
        except ApplianceError as error:
            return error
        return None


def test_it_waits_acts_and_waits() -> None:
    kettle = Kettle()
    assert kettle.run() is None
    assert kettle.sent == ["left", "right"] and kettle.time.seconds >= 60
    assert kettle.record.changed and kettle.record.warnings == []
    assert kettle.record.plan.sentences() == [
        "wait until it is hot",
        "fill left",
        "fill right",
        "wait until the tea has drawn",
    ]
    assert kettle.record.resource == {"id": "k1", "degrees": 100, "filled": ["left", "right"]}


def test_progress_tells_where_the_object_is() -> None:
    kettle = Kettle()
    kettle.run()
    assert [line.split(" degrees, ")[0] for line in kettle.lines[:2]] == ["kettle k1: 15", "kettle k1: 72"]


def test_waiting_alone_changes_nothing() -> None:
    kettle = Kettle(cups=())
    assert kettle.run() is None
    assert not kettle.record.changed and kettle.record.jobs == []


@pytest.mark.parametrize("cups", [("left",), ()])
def test_a_dry_run_does_not_wait(cups: tuple[str, ...]) -> None:
    kettle = Kettle(cups=cups)
    assert kettle.run(dry_run=True) is None
    assert kettle.record.changed == bool(cups)
    assert (kettle.looks, kettle.sent, kettle.time.naps) == (1, [], [])


def test_without_wait_only_what_actions_depend_on_is_waited_for() -> None:
    kettle = Kettle()
    assert kettle.run(wait=False) is None
    assert kettle.filled == ["left", "right"] and 20 <= kettle.time.seconds < 25
    kettle = Kettle(cups=())
    assert kettle.run(wait=False) is None
    assert (kettle.looks, kettle.time.naps) == (1, [])


def test_giving_up_says_that_it_goes_on() -> None:
    kettle = Kettle()
    error = kettle.run(timeout=10)
    assert isinstance(error, WaitTimeout)
    assert str(error) == (
        "Gave up after 10 s. The task had to wait until it is hot. The appliance continues (50 degrees), and the next "
        "run picks up from there. A larger wait_timeout waits longer."
    )
    assert kettle.record.resource and not kettle.record.changed and kettle.sent == []
    assert kettle.run() is None and kettle.filled == ["left", "right"]


def test_silence() -> None:
    assert Kettle(mute=(5.0, SILENCE_LIMIT)).run() is None
    kettle = Kettle(mute=(5.0, 600.0))
    assert isinstance(kettle.run(), ConnectionFailed)
    assert kettle.time.seconds < 5 + 2 * SILENCE_LIMIT


def test_requests_of_one_action_are_told_apart() -> None:
    """The job that filled the left cup does not show that the right one was filled, and each has its own tries."""
    kettle = Kettle(lost={"right": SENDS - 1, "left": SENDS - 1})
    assert kettle.run() is None
    assert kettle.filled == ["left", "right"]
    assert kettle.sent == ["left"] * SENDS + ["right"] * SENDS
    kettle = Kettle(lost={"right": SENDS})
    assert isinstance(kettle.run(), ResponseLost)
    assert kettle.sent == ["left"] + ["right"] * SENDS
