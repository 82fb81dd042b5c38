# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Waiting for several jobs at once."""

from __future__ import annotations

import dataclasses
import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import (
    JobFailed,
    ResponseLost,
    WaitTimeout,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.job import (
    DONE,
    FAILED,
    RUNNING,
    SILENCE_LIMIT,
    Job,
    WaitOptions,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.jobs import wait_for_all
from tests.unit.engine.fake_time import FakeTime

NO_SPACE = {"code": "E1", "message": "No space."}


@dataclasses.dataclass
class Watch:
    """Jobs in fake time. ends: id to the second in which it is over and how. mute: from this second on no answer."""

    ends: t.Mapping[str, tuple[float, str]]
    timeout: float = 600.0
    mute: float = float("inf")
    time: FakeTime = dataclasses.field(default_factory=FakeTime)
    looks: list[list[str]] = dataclasses.field(default_factory=list)
    lines: list[str] = dataclasses.field(default_factory=list)
    jobs: dict[str, Job] = dataclasses.field(default_factory=dict)

    def seen(self, job_id: str, elapsed: float) -> Job:
        after, state = self.ends[job_id]
        messages = [NO_SPACE] if state == FAILED and elapsed >= after else []
        return Job(job_id, state if elapsed >= after else RUNNING, "Phase", 50, action="modify", messages=messages)

    def wait(self) -> dict[str, Job]:
        start = self.time.seconds
        self.jobs = {one: self.seen(one, 0) for one in self.ends}

        def look(ids: list[str]) -> list[Job]:
            elapsed = self.time.seconds - start
            if elapsed >= self.mute:
                raise ResponseLost("Silence.")
            self.looks.append(ids)
            return [self.seen(one, elapsed) for one in ids]

        wait_for_all(self.jobs, look, WaitOptions(True, self.timeout, self.lines.append, self.time.clock()))
        return self.jobs


def test_jobs_that_are_over_are_not_looked_at() -> None:
    watch = Watch({"a": (0, DONE), "b": (0, DONE)})
    watch.wait()
    assert watch.looks == []


def test_only_those_that_run_are_looked_at() -> None:
    watch = Watch({"a": (1, DONE), "b": (2, DONE), "c": (0, DONE)})
    assert [job.state for job in watch.wait().values()] == [DONE] * 3
    assert watch.looks[0] == ["a", "b"] and watch.looks[-1] == ["b"]


def test_nothing_to_wait_for() -> None:
    assert Watch({}).wait() == {}


def test_the_others_are_waited_for_when_one_fails() -> None:
    watch = Watch({"a": (1, FAILED), "b": (5, DONE), "c": (2, FAILED)})
    with pytest.raises(JobFailed, match=r"modify \(a\) ended as Phase: No space.*modify \(c\) ended") as caught:
        watch.wait()
    assert [job.state for job in watch.jobs.values()] == [FAILED, DONE, FAILED]
    assert caught.value.job == "a" and caught.value.messages == [NO_SPACE, NO_SPACE]


def test_the_time_is_over() -> None:
    watch = Watch({"a": (1, DONE), "b": (60, DONE), "c": (2, FAILED)}, timeout=10)
    with pytest.raises(WaitTimeout) as caught:
        watch.wait()
    assert "still running: b (modify: Phase 50 %)." in str(caught.value)
    assert "Failed meanwhile: c" in str(caught.value) and caught.value.messages == [NO_SPACE]
    assert caught.value.job == "b"


def test_progress_counts() -> None:
    watch = Watch({"a": (1, DONE), "b": (8, DONE)})
    watch.wait()
    assert watch.lines == ["1 of 2 jobs are over; running: b (modify: Phase 50 %), 3 s"]


def test_silence_ends_the_wait() -> None:
    watch = Watch({"a": (600, DONE)}, mute=5)
    with pytest.raises(ResponseLost):
        watch.wait()
    assert sum(watch.time.naps) > SILENCE_LIMIT
