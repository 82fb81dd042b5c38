# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The network cuts a task at any of its exchanges; the task runs again, and both runs together did what one does.

Every module with values is cut while it creates, changes and deletes an object. A cut hits one exchange, or that one
and all later ones of the run.
"""

from __future__ import annotations

import contextlib
import dataclasses
import difflib
import typing as t

import pytest

from tests.conftest import sample
from tests.faults.cuts.actor import Actor
from tests.faults.cuts.appliance import Json, LocalAppliance
from tests.faults.cuts.proxy import BEFORE, KINDS, LOST, Cut, CuttingProxy
from tests.faults.cuts.written import SHOWN, accepted_writes, differences, state
from tests.values import MODULES, Values, load

STANDSTILL = 2.0
"""Seconds. A run waits one second before it looks what has become of a request without an answer."""
SAMPLE = 3
"""Cases of one operation on one module."""
UNKNOWN_EFFECT = ("reply_lost", "job_lost")
"""Kinds of errors after which the task does not know whether it has changed something."""


@dataclasses.dataclass(frozen=True)
class Operation:
    """What is cut. before: options of the tasks that lead to it. options: of its own task."""

    name: str
    before: tuple[Json, ...]
    options: Json


def operations(values: Values) -> list[Operation]:
    """Return what can be done to an object of the module."""
    found = [Operation("create", (), values.create)]
    if values.change is not None:
        found.append(Operation("change", (values.create,), values.changed))
    if values.absent is not None:
        removable = (values.over_identity(values.removable),) if values.removable else ()
        found.append(Operation("delete", (values.create, *removable), values.over_identity(values.absent)))
    return found


CASES = [
    pytest.param(load(module), operation, id=f"{module}-{operation.name}")
    for module in MODULES
    for operation in operations(load(module))
]


@dataclasses.dataclass(frozen=True)
class Case:
    """How a task is cut.

    jobs_stand_still: for `STANDSTILL` seconds after the cut, so that the run finds them unfinished when it looks what
    has become of its request. If the line stays cut, until the next run, which then finds them unfinished.
    """

    cut: Cut
    jobs_stand_still: bool = False


@dataclasses.dataclass
class Outcome:
    """The results of one or two runs, and what they have done to the appliance."""

    results: list[Json]
    writes: list[str]
    state: Json
    open_sessions: int
    writes_of_first: int = 0


class Bench:
    """An appliance, the proxy in front of it, and somebody who performs tasks through it."""

    def __init__(self, appliance: LocalAppliance, proxy: CuttingProxy) -> None:
        self.appliance = appliance
        self.proxy = proxy
        self.jobs_stand_still = False
        self.cut_at: float | None = None
        self.actor = Actor(appliance, self.stands_still)

    def stands_still(self) -> bool:
        """Whether the appliance's clock stands still while a task sleeps."""
        if not (self.jobs_stand_still and self.proxy.has_cut and self.proxy.cut):
            return False
        if self.cut_at is None:
            self.cut_at = self.actor.slept
        return self.proxy.cut.lasting or self.actor.slept - self.cut_at < STANDSTILL

    def play(self, values: Values, operation: Operation, case: Case | None) -> Outcome:
        """Perform an operation on a fresh appliance; after a cut, perform it again without one."""
        self.actor.prepare(values)
        for options in operation.before:
            self.actor.succeed(values.module, options)
        begin = len(self.appliance.requests())
        self.proxy.arm(case.cut if case else None)
        self.jobs_stand_still, self.cut_at = bool(case and case.jobs_stand_still), None
        results = [self.actor.perform(values.module, operation.options, through=self.proxy)]
        writes_of_first = len(accepted_writes(self.appliance, begin))
        if case:
            self.proxy.arm(None)
            results.append(self.actor.perform(values.module, operation.options, through=self.proxy))
        return Outcome(
            results,
            accepted_writes(self.appliance, begin),
            state(self.appliance),
            self.appliance.open_sessions(),
            writes_of_first,
        )

    def cases(self) -> list[Case]:
        """Return every cut of the run that the proxy has just carried."""
        numbers = range(1, len(self.proxy.exchanges) + 1)
        once = [Case(Cut(number, kind)) for number in numbers for kind in KINDS]
        lasting = [Case(Cut(number, kind, lasting=True)) for number in numbers for kind in (BEFORE, LOST)]
        slow = [Case(Cut(number, LOST, line_is_gone), True) for number in numbers for line_is_gone in (False, True)]
        return once + lasting + slow


@pytest.fixture(scope="module")
def benches() -> t.Iterator[dict[tuple[str, str], Bench]]:
    """A bench for each platform and release, started when it is first needed."""

    class Started(t.Dict[t.Tuple[str, str], Bench]):
        def __missing__(self, wanted: tuple[str, str]) -> Bench:
            appliance = running.enter_context(LocalAppliance(*wanted))
            proxy = running.enter_context(CuttingProxy(appliance.host, appliance.port, appliance.ca_path))
            self[wanted] = Bench(appliance, proxy)
            return self[wanted]

    with contextlib.ExitStack() as running:
        yield Started()


@pytest.mark.sampled
@pytest.mark.parametrize("values, operation", CASES)
def test_a_cut_task_that_runs_again_does_what_one_run_does(
    benches: dict[tuple[str, str], Bench], values: Values, operation: Operation
) -> None:
    bench = benches[values.appliance]
    clean = bench.play(values, operation, None)
    assert not clean.results[0].get("failed") and clean.results[0]["changed"], clean.results
    assert clean.open_sessions == 0
    wrong = []
    for case in sample(bench.cases(), SAMPLE):
        outcome = bench.play(values, operation, case)
        wrong += [f"{case}: {problem}" for problem in problems(outcome, clean, case.cut, bench)]
    assert not wrong, f"{len(wrong)} problems:\n" + "\n".join(wrong)


def problems(outcome: Outcome, clean: Outcome, cut: Cut, bench: Bench) -> t.Iterator[str]:
    """Yield what a cut run and its repetition did that one clean run does not do."""
    first, second = outcome.results
    if second.get("failed"):
        yield f"the second run failed: {second['msg']}"
    if outcome.writes != clean.writes:
        lines = [f"{sign} {write}" for sign, write in compared(clean.writes, outcome.writes)]
        yield f"other writes than in one clean run (-): {lines}; first run: {first.get('msg')}"
    yield from differences(clean.state, outcome.state)
    kind = first.get("error", {}).get("kind", "")
    if kind == "bug":
        yield f"the first run ended with a bug: {first['msg']}"
    if outcome.writes_of_first and not first["changed"] and kind not in UNKNOWN_EFFECT:
        yield f"the first run wrote, and says that it changed nothing: {first.get('msg')}"
    if not outcome.writes_of_first and first["changed"]:
        yield f"the first run wrote nothing, and says that it changed something: {first.get('msg')}"
    # Nobody can end a session whose login was not answered, or after the line is gone.
    unavoidable = int(cut.kind != BEFORE and cut.number <= LOGINS[bench.appliance.name]) + int(cut.lasting)
    if outcome.open_sessions > unavoidable:
        yield f"{outcome.open_sessions} sessions are open, {unavoidable} could not be avoided"
    warned = any("may still be open" in warning for warning in first.get("warnings", ()))
    if cut.lasting and outcome.open_sessions and not warned and cut.number > LOGINS[bench.appliance.name]:
        yield f"a session is open, and no warning says so: {first.get('msg')}"


def compared(expected: list[str], found: list[str]) -> t.Iterator[tuple[str, str]]:
    """Yield the writes that only one of the lists has, with - or +; some of both if only the order differs."""
    lines = [line for line in difflib.ndiff(expected, found) if line[0] in "+-"]
    yield from ((line[0], line[2:][:SHOWN]) for line in lines)


LOGINS = {"powerstore": 1, "oneview": 2, "ontap_select": 0}
"""The exchange that opens the session."""
