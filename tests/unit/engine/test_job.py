# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Waiting for a job: when it is looked at, what is shown meanwhile, and every way in which it ends."""

from __future__ import annotations

import contextlib
import dataclasses
import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import (
    ApplianceError,
    Busy,
    ConnectionFailed,
    JobFailed,
    LoginFailed,
    Refused,
    ResponseLost,
    UnexpectedResponse,
    WaitTimeout,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.job import (
    DONE,
    FAILED,
    LAST_LOOK,
    LONGEST_PAUSE,
    RUNNING,
    SHORTEST_PAUSE,
    SILENCE_LIMIT,
    Job,
    WaitOptions,
    job_failed,
    pause_after,
    wait_for,
)
from tests.unit.engine.fake_time import FakeTime

WHAT = "change note of book shelf hall"


@dataclasses.dataclass
class Watch:
    """A job that takes some seconds, watched in fake time.

    ends: the job as it is after ``takes`` seconds. running: as it is before. silent: spans of seconds since the start
    in which there is no answer, and the error instead of it.
    """

    takes: float = 0.0
    ends: Job = Job("j1", DONE)
    running: Job = Job("j1", RUNNING)
    timeout: float = 600.0
    silent: tuple[tuple[float, float, ApplianceError], ...] = ()
    time: FakeTime = dataclasses.field(default_factory=FakeTime)
    looks: list[float] = dataclasses.field(default_factory=list)
    lines: list[str] = dataclasses.field(default_factory=list)

    def wait(self, job: Job) -> Job:
        start = self.time.seconds

        def look(job_id: str) -> Job:
            assert job_id == job.id
            elapsed = self.time.seconds - start
            self.looks.append(round(elapsed, 3))
            for begin, end, error in self.silent:
                if begin <= elapsed < end:
                    raise error
            return self.ends if elapsed >= self.takes else self.running

        waiting = WaitOptions(timeout=self.timeout, progress=self.lines.append, clock=self.time.clock())
        return wait_for(job, look, waiting, WHAT)


@pytest.mark.parametrize(
    "elapsed, pause",
    [(0, 0.1), (0.5, 0.1), (1, 0.1), (2, 0.2), (7.5, 0.75), (20, 2.0), (21, 2.0), (86400, 2.0)],
)
def test_pauses_are_a_tenth_of_the_time_gone(elapsed: float, pause: float) -> None:
    assert pause_after(elapsed) == pytest.approx(pause)


def test_a_job_that_is_over_is_not_looked_at() -> None:
    watch = Watch()
    assert watch.wait(Job("j1", DONE, "Completed")) == Job("j1", DONE, "Completed")
    assert (watch.looks, watch.time.naps) == ([], [])


def test_the_first_look_is_at_once() -> None:
    watch = Watch()
    watch.wait(Job("j1"))
    assert (watch.looks, watch.time.naps) == ([0], [])


@pytest.mark.parametrize("takes", [0.05, 0.3, 1.0])
def test_the_end_of_a_short_job_is_noticed_soon(takes: float) -> None:
    watch = Watch(takes=takes)
    watch.wait(Job("j1"))
    assert takes <= watch.looks[-1] <= takes + 0.2


def test_looks_at_a_long_job() -> None:
    watch = Watch(takes=120)
    watch.wait(Job("j1"))
    gaps = [later - sooner for sooner, later in zip(watch.looks, watch.looks[1:])]
    assert watch.looks[:4] == [0, 0.1, 0.2, 0.3]
    assert [gap for gap, sooner in zip(gaps, watch.looks) if abs(gap - pause_after(sooner)) > 0.002] == []
    assert min(gaps) == pytest.approx(SHORTEST_PAUSE) and max(gaps) == pytest.approx(LONGEST_PAUSE)
    assert 120 <= watch.looks[-1] <= 122
    assert len(watch.looks) < 100


def test_an_appliance_that_holds_its_answer_back_is_asked_again_at_once() -> None:
    """It has waited in place of the task; but one that is silent is not pestered."""
    time = FakeTime(seconds=0.0)
    looks: list[float] = []

    def look(job_id: str) -> Job:
        looks.append(round(time.seconds, 3))
        if 60 <= time.seconds < 75:
            raise ResponseLost("reset")
        time.seconds += 30.0
        return Job("j1", DONE if time.seconds > 120 else RUNNING, long_polled=True)

    assert wait_for(Job("j1"), look, WaitOptions(clock=time.clock()), WHAT).state == DONE
    assert looks[:3] == [0, 30.1, 60.2]
    assert len(looks) < 20
    assert looks[-1] - looks[-2] == pytest.approx(30.1)


def test_what_is_known_of_a_job_is_kept() -> None:
    """Later views may know less: the job tells no action, or the object only at the end."""
    watch = Watch(takes=1, running=Job("j1", RUNNING, "Queued", resource_id="s1"), ends=Job("j1", DONE, "Completed"))
    ended = watch.wait(Job("j1", action="create", adopted=True))
    assert ended == Job("j1", DONE, "Completed", action="create", resource_id="s1", adopted=True)


def test_the_newest_view_of_a_job_wins() -> None:
    ends = Job("j1", DONE, "Completed", 100, "modify", "s2", result={"id": "s2"})
    assert Watch(ends=ends).wait(Job("j1", percent=5, action="create", resource_id="s1")) == ends


def test_a_failed_job_is_told_in_the_appliances_words() -> None:
    messages = ({"code": "E1", "message": "No room."}, {"code": "E2", "message": "Try less."})
    with pytest.raises(JobFailed) as caught:
        Watch(takes=1, ends=Job("j1", FAILED, "Failed", messages=messages, status=422)).wait(Job("j1"))
    assert str(caught.value) == f"The job to {WHAT} ended as Failed: No room. Try less. (E1, E2)"
    assert caught.value.facts() == {
        "kind": "job_failed",
        "status": 422,
        "job_id": "j1",
        "messages": [dict(message) for message in messages],
    }


@pytest.mark.parametrize(
    "job, told",
    [
        (Job("j", FAILED), "ended as failed: The job gives no reason."),
        (Job("j", FAILED, "Cancelled"), "ended as Cancelled: The job gives no reason."),
        (Job("j", FAILED, messages=[{"code": "E1"}]), "ended as failed: E1"),
        (Job("j", FAILED, messages=[{"code": None, "message": " No room. "}]), "ended as failed: No room."),
    ],
)
def test_a_failure_with_fewer_words(job: Job, told: str) -> None:
    assert str(job_failed(job, WHAT)) == f"The job to {WHAT} {told}"


def test_a_job_that_had_failed_before_is_told_too() -> None:
    with pytest.raises(JobFailed):
        Watch().wait(Job("j1", FAILED))


@pytest.mark.parametrize("timeout", [0.0, 0.05, 1.0, 30.0])
def test_giving_up(timeout: float) -> None:
    watch = Watch(takes=1e6, running=Job("j1", RUNNING, "Copying", 40), timeout=timeout)
    with pytest.raises(WaitTimeout) as caught:
        watch.wait(Job("j1"))
    assert watch.looks[-1] == pytest.approx(timeout, abs=0.01), "the last look is at the end of the time"
    assert caught.value.job == "j1"
    words = str(caught.value)
    told = [f"after {timeout:g} s", WHAT, "job j1 (Copying 40 %)", "next run adopts it", "wait_timeout"]
    assert [one for one in told if one not in words] == []


def test_a_job_that_ends_with_the_time_is_no_timeout() -> None:
    assert Watch(takes=30.0, timeout=30.0).wait(Job("j1")).state == DONE


@pytest.mark.parametrize("error", [ConnectionFailed("refused"), ResponseLost("reset"), Busy("later")])
def test_a_silence_is_sat_out(error: ApplianceError) -> None:
    watch = Watch(takes=70, silent=((10, 10 + SILENCE_LIMIT - 3, error),))
    assert watch.wait(Job("j1")).state == DONE
    assert [line for line in watch.lines if f"no answer: {error}" in line]
    assert "no answer" not in watch.lines[0]


def test_two_silences_are_not_added_up() -> None:
    gone = ConnectionFailed("refused")
    watch = Watch(takes=130, silent=((5, 60, gone), (65, 120, gone)))
    assert watch.wait(Job("j1")).state == DONE


@pytest.mark.parametrize("error", [ConnectionFailed("refused"), ResponseLost("reset"), Busy("later")])
def test_a_long_silence_ends_the_wait(error: ApplianceError) -> None:
    watch = Watch(takes=300, silent=((20, 300, error),))
    with pytest.raises(type(error)) as caught:
        watch.wait(Job("j1"))
    assert caught.value is error
    assert error.facts()["job_id"] == "j1"
    assert 20 + SILENCE_LIMIT <= watch.looks[-1] <= 20 + SILENCE_LIMIT + 2 * LONGEST_PAUSE


def test_silence_to_the_end_of_the_time_is_a_timeout() -> None:
    with pytest.raises(WaitTimeout):
        Watch(takes=300, timeout=30, silent=((5, 300, ConnectionFailed("refused")),)).wait(Job("j1"))


@pytest.mark.parametrize("error", [LoginFailed("no"), Refused("gone"), UnexpectedResponse("html")])
def test_other_errors_end_the_wait_at_once(error: ApplianceError) -> None:
    watch = Watch(takes=300, silent=((0, 300, error),))
    with pytest.raises(type(error)):
        watch.wait(Job("j1"))
    assert watch.looks == [0]


def test_progress_is_shown_now_and_then() -> None:
    watch = Watch(takes=30, running=Job("j1", RUNNING, "Copying", 40))
    watch.wait(Job("j1"))
    times = [float(line.split(", ")[2].removesuffix(" s")) for line in watch.lines]
    assert times == [pytest.approx(3, abs=1), pytest.approx(13, abs=2), pytest.approx(24, abs=3)]
    assert watch.lines[0].startswith(f"{WHAT}: Copying 40 %, job j1, "), "whoever looks on the appliance finds the job"


def test_progress_tells_what_the_appliance_says_it_does() -> None:
    watch = Watch(takes=5, running=Job("j1", RUNNING, "running", note="Booting node hall-01"))
    watch.wait(Job("j1"))
    assert watch.lines[0].startswith(f"{WHAT}: running (Booting node hall-01), ")


def test_short_jobs_show_nothing() -> None:
    watch = Watch(takes=2.9)
    watch.wait(Job("j1"))
    assert watch.lines == []


def test_a_job_in_a_result() -> None:
    job = Job("j1", FAILED, "Failed", 50, "create", "s1", "hall", {"id": "s1"}, status=422, adopted=True)
    told = {
        "id": "j1",
        "action": "create",
        "state": "failed",
        "phase": "Failed",
        "percent": 50,
        "resource_id": "s1",
        "adopted": True,
    }
    assert job.report() == told
    assert dataclasses.replace(job, note="Booting", long_polled=True).report() == {**told, "note": "Booting"}
    assert dataclasses.replace(job, messages=({"code": "E1"},)).report() == {**told, "messages": [{"code": "E1"}]}


def test_a_look_may_take_what_is_left_of_the_wait() -> None:
    """And the last one a little, so that an answer that comes at once is seen."""
    time = FakeTime(seconds=0.0)
    bounds: list[tuple[float, float]] = []

    def within(seconds: float) -> t.ContextManager[None]:
        bounds.append((time.seconds, seconds))
        return contextlib.nullcontext()

    with pytest.raises(WaitTimeout):
        wait_for(Job("j1"), lambda job_id: Job("j1"), WaitOptions(timeout=5.0, clock=time.clock(), within=within), WHAT)
    assert bounds[0] == (0.0, 5.0)
    assert [seconds for now, seconds in bounds] == [max(5.0 - now, LAST_LOOK) for now, dummy in bounds]


@pytest.mark.parametrize("asked, next_look", [(0.0, 0.1), (7.0, 7.0)])
def test_an_appliance_says_when_to_look_again(asked: float, next_look: float) -> None:
    busy = Busy("too many requests")
    busy.retry_after = asked
    watch = Watch(takes=20, silent=((0, 0.05, busy),))
    watch.wait(Job("j1"))
    assert watch.looks[:2] == [0, next_look]
