# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Items in threads: their order, how many at a time, what a failure stops, and how a signal ends them.

The threads are real, and none of them sleeps: they wait for each other.
"""

from __future__ import annotations

import dataclasses
import threading
import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.documents.rendezvous import Rendezvous
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.documents.scheduler import (
    BLOCKED,
    DONE,
    FAILED,
    NOT_TRIED,
    Limits,
    Scheduler,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import (
    Bug,
    ConnectionFailed,
    Interrupted,
    JobFailed,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.job import Clock, WaitOptions

PATIENCE = 10.0
DEFAULT = Limits()
Needs = t.Sequence[t.Set[int]]


class Work:
    """Does the work of items, and knows which of them were at work together. fails: what items raise."""

    def __init__(self, needs: Needs, limits: Limits = DEFAULT, fails: dict[int, BaseException] | None = None) -> None:
        self.done: list[int] = []
        self.most = self.now = 0
        self.fails = fails or {}
        self.lock = threading.Lock()
        self.scheduler = Scheduler([f"item {number}" for number in range(len(needs))], needs, self.prepare, limits)

    def prepare(self, item: int) -> t.Callable[[], None]:
        return lambda: self.attempt(item)

    def attempt(self, item: int) -> None:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        self.at_work(item)
        with self.lock:
            self.now -= 1
        if item in self.fails:
            raise self.fails[item]
        with self.lock:
            self.done.append(item)

    def at_work(self, item: int) -> None:
        """What an item does meanwhile."""

    def run(self) -> list[str]:
        self.scheduler.run()
        return [outcome.state for outcome in self.scheduler.outcomes]


class Meeting(Work):
    """All items that can be at work together meet there."""

    def __init__(self, count: int, parallel: int) -> None:
        super().__init__([set()] * count, Limits(parallel))
        self.barrier = threading.Barrier(parallel, timeout=PATIENCE)

    def at_work(self, item: int) -> None:
        self.barrier.wait()


def test_items_start_when_what_they_need_is_done() -> None:
    work = Work([{1, 2}, {2}, set(), {0}])
    assert work.run() == [DONE] * 4
    assert work.done == [2, 1, 0, 3]


def test_as_many_as_permitted_are_at_work_together() -> None:
    work = Meeting(count=9, parallel=3)
    assert work.run() == [DONE] * 9
    assert work.most == 3


def test_a_failure_blocks_only_what_needs_it() -> None:
    work = Work([set(), {0}, {1}, set(), {3}], fails={0: JobFailed("no room")})
    assert work.run() == [FAILED, BLOCKED, BLOCKED, DONE, DONE]
    assert str(work.scheduler.outcomes[0].error) == "no room"


@pytest.mark.parametrize(
    "limits, error, why",
    [
        (Limits(1, stop_after=1), JobFailed("no room"), "1 item failed, and stop_after is 1"),
        (Limits(1), ConnectionFailed("gone"), "item 0 failed with an error that the others would get as well"),
    ],
)
def test_a_failure_stops_the_start_of_others(limits: Limits, error: Exception, why: str) -> None:
    work = Work([set(), set(), {0}, set()], limits, {0: error})
    assert work.run() == [FAILED, NOT_TRIED, BLOCKED, NOT_TRIED]
    assert [work.scheduler.outcomes[number].because for number in (1, 3)] == [why, why]


def test_nothing_starts_after_the_deadline() -> None:
    times = iter(range(1000))
    work = Work([set(), {0}, {1}], Limits(deadline=2))
    work.scheduler.waiting = WaitOptions(clock=Clock(now=lambda: float(next(times))))
    states = work.run()
    assert states[0] == DONE and states[2] == NOT_TRIED
    assert work.scheduler.outcomes[2].because == "the deadline of 2 s has passed"


def test_refusals_for_lack_of_capacity_halve_the_number_once_a_second() -> None:
    seconds = [0.0]
    work = Work([set()] * 64, Limits(32))
    work.scheduler.waiting = WaitOptions(clock=Clock(now=lambda: seconds[0]))
    limits = []
    for now in (0.0, 0.1, 0.9, 1.0, 5.0):
        seconds[0] = now
        work.scheduler.slow_down()
        limits.append(work.scheduler._limit)
    assert limits == [16, 16, 16, 8, 4]
    assert work.run() == [DONE] * 64
    assert work.scheduler._limit == 32, "it grows back with each item that is done"


def test_a_bug_in_a_thread_fails_its_item(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "excepthook", lambda args: None)
    work = Work([set(), {0}, set()], fails={0: MemoryError()})
    assert work.run() == [FAILED, BLOCKED, DONE]
    assert isinstance(work.scheduler.outcomes[0].error, Bug)


class Hanging(Work):
    """Items that wait for their jobs, until the main thread gets a signal in the middle of its own wait."""

    waits = threading.Event()
    meeting = Rendezvous()

    def at_work(self, item: int) -> None:
        self.waits.set()
        self.meeting.sleep(PATIENCE)


def test_a_signal_ends_the_waits_of_all_threads() -> None:
    work = Hanging([set(), set(), {0}], Limits(2))

    def signalled() -> None:
        if work.waits.wait(PATIENCE):
            raise Interrupted(2)

    work.scheduler.waiting = dataclasses.replace(WaitOptions(), still_wanted=signalled)
    work.scheduler.end_waits = lambda: work.meeting.stop(Interrupted(0))
    with pytest.raises(Interrupted):
        work.scheduler.run()
    assert work.done == []
    assert not any(thread.is_alive() for thread in work.scheduler._running.values())
    assert [outcome.state for outcome in work.scheduler.outcomes] == [NOT_TRIED] * 3


def test_the_line_counts_and_names_the_last_failure() -> None:
    lines: list[str] = []
    seconds = iter(range(0, 1000, 4))
    work = Work([set(), {0}], fails={0: JobFailed("no room")})
    work.scheduler.waiting = WaitOptions(progress=lines.append, clock=Clock(now=lambda: float(next(seconds))))
    work.run()
    assert lines == ["1 of 2, 0 running, 1 failed: item 0"]
