# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The steps of CI side by side."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import shares
from tests.run.__main__ import FIRST, LAST, NEED, STEPS, WAITING, jobs
from tests.run.command import Failed
from tests.run.lanes import Job, Times, run_jobs, table


def job(name: str, script: str, *after: str, waits: bool = False) -> Job:
    return Job(name, ("sh", "-c", script), after, waits)


def meets(folder: Path, mine: str, other: str) -> str:
    """Return a script that ends only if another one runs at the same time."""
    wait = f"for n in $(seq 100); do [ -e {other} ] && exit 0; sleep 0.1; done; exit 1"
    return f"cd {folder}; touch {mine}; {wait}"


def test_two_run_at_once(tmp_path: Path) -> None:
    run_jobs([job("a", meets(tmp_path, "a", "b")), job("b", meets(tmp_path, "b", "a"))], lanes=2)


def test_one_lane_runs_one_at_a_time(tmp_path: Path) -> None:
    alone = f"cd {tmp_path}; mkdir busy && sleep 0.1 && rmdir busy"
    times = run_jobs([job(name, alone) for name in "abc"], lanes=1)
    assert [one.name for one in times] == ["a", "b", "c"]


def test_what_waits_takes_no_lane(tmp_path: Path) -> None:
    run_jobs([job("a", meets(tmp_path, "a", "b")), job("b", meets(tmp_path, "b", "a"), waits=True)], lanes=1)


def test_a_job_begins_when_what_it_needs_has_ended(tmp_path: Path) -> None:
    made = tmp_path / "made"
    run_jobs([job("user", f"cat {made}", "maker"), job("maker", f"sleep 0.1; echo > {made}")], lanes=2)


def test_output_is_shown_in_one_piece(capfd: pytest.CaptureFixture[str]) -> None:
    script = "echo first; sleep 0.1; echo {0} >&2"
    run_jobs([job("a", script.format("of a")), job("b", script.format("of b"))], lanes=2)
    lines = [line.split("   (")[0] for line in capfd.readouterr().out.splitlines() if line]
    pieces = [["=== a", "first", "of a"], ["=== b", "first", "of b"]]
    assert [lines[:3], lines[3:]] in (pieces, pieces[::-1])


def test_the_first_failure_ends_all_and_is_shown_last(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    held = tmp_path / "held"
    os.mkfifo(held)
    reader = os.open(held, os.O_RDONLY | os.O_NONBLOCK)
    long = job("long", f"echo wordy; sleep 600 > {held} & touch {held}-begun; wait")
    bad = job("bad", f"until [ -e {held}-begun ]; do sleep 0.1; done; echo the reason; exit 3")
    begun = time.monotonic()
    with pytest.raises(Failed, match="bad failed"):
        run_jobs([long, bad, job("never", "true", "long")], lanes=2)
    assert time.monotonic() - begun < 60
    lines = capfd.readouterr().out.splitlines()
    assert lines[-1] == "the reason" and "wordy" not in lines
    assert "bad has failed. Not done: long, never" in lines
    assert closes(reader), "what the stopped job had started still runs"


def closes(reader: int) -> bool:
    """Whether no process holds the other end of a pipe any longer; signals take a moment."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            return os.read(reader, 1) == b""
        except BlockingIOError:
            time.sleep(0.05)
    return False


def test_times_are_those_of_processors_too() -> None:
    busy = (sys.executable, "-c", "import time\nwhile time.process_time() < 0.3: pass")
    times = {one.name: one for one in run_jobs([Job("busy", busy), job("idle", "sleep 0.3")], lanes=2)}
    assert times["busy"].busy >= 0.3 > times["idle"].busy
    assert min(one.seconds for one in times.values()) >= 0.3


@pytest.mark.parametrize("needed", ["nosuch", "a"])
def test_jobs_that_can_never_begin_are_refused(needed: str) -> None:
    with pytest.raises(ValueError, match="nosuch|need each other"):
        run_jobs([job("a", "true", needed)], lanes=1)


def test_the_table_begins_with_what_keeps_processors_busiest() -> None:
    lines = table([Times("quick", 1, 2), Times("slow", 3, 40)]).splitlines()
    assert [line.split() for line in lines[1:]] == [
        ["slow", "3", "s", "40", "s"],
        ["quick", "1", "s", "2", "s"],
        ["all", "42", "s"],
    ]


def test_all_steps_are_jobs_but_the_last() -> None:
    names = [one.name for one in jobs()]
    assert sorted([*names, LAST]) == sorted(STEPS)
    assert {*FIRST, *WAITING, *NEED, *(name for needed in NEED.values() for name in needed)} <= set(names)


def test_each_process_begins_with_slow_tests_and_ends_with_quick_ones() -> None:
    assert shares("ABC", "1234567", 2) == [*"AC", *"1234", *"B", *"567"]
    assert shares("ABC", "12", 1) == [*"ABC", *"12"]
    assert sorted(shares("ABCDE", "1", 4)) == sorted("ABCDE1")
