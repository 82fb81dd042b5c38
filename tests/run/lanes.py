# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs jobs side by side, in as many lanes as there are processors.

A job begins as soon as a lane is free and the jobs that it needs have ended; the first in the list goes first. What
it prints is shown in one piece when it ends. The first job that fails ends all others, and its output comes last.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import signal
import subprocess
import tempfile
import time
import typing as t
from pathlib import Path

from tests.run.command import ROOT, Failed

TABLE = "JOBWISE_TABLE"
"""In the environment of the tests: the times of the steps before them, which they show above their summary."""


@dataclasses.dataclass(frozen=True)
class Job:
    """A command. after: names of the jobs that it needs. waits: it mostly sleeps, so it takes no lane."""

    name: str
    command: t.Sequence[str]
    after: tuple[str, ...] = ()
    waits: bool = False


@dataclasses.dataclass
class Running:
    """A job that has begun."""

    job: Job
    process: subprocess.Popen[bytes]
    output: Path
    since: float

    def printed(self) -> str:
        return self.output.read_text(encoding="utf-8", errors="replace").strip("\n")

    def stop(self) -> None:
        """End the job with all processes that it has started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait()


class Times(t.NamedTuple):
    """How long a job took, and how long it kept processors busy, in seconds."""

    name: str
    seconds: float
    busy: float


def run_jobs(jobs: t.Sequence[Job], lanes: int) -> list[Times]:
    """Run all jobs to their end and return their times; raise Failed at the first failure."""
    known = {job.name for job in jobs}
    unknown = {name for job in jobs for name in job.after} - known
    if unknown:
        raise ValueError(f"There is no job {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory() as folder:
        return Lanes(jobs, lanes, Path(folder)).run()


class Lanes:
    """The jobs that have not begun, those that run, and the times of those that have ended."""

    def __init__(self, jobs: t.Sequence[Job], count: int, folder: Path) -> None:
        self.count, self.folder = count, folder
        self.left = list(jobs)
        self.running: dict[int, Running] = {}
        self.times: list[Times] = []

    def run(self) -> list[Times]:
        try:
            while self.left or self.running:
                self.begin()
                self.finish()
        finally:
            for one in self.running.values():
                one.stop()
        return self.times

    def begin(self) -> None:
        """Begin every job that can begin now."""
        for job in list(self.left):
            free = self.count - sum(not one.job.waits for one in self.running.values())
            ended = {times.name for times in self.times}
            if ended.issuperset(job.after) and (job.waits or free > 0):
                self.left.remove(job)
                self.start(job)
        if not self.running:
            raise ValueError(f"These jobs need each other: {', '.join(job.name for job in self.left)}")

    def start(self, job: Job) -> None:
        path, since = self.folder / job.name, time.monotonic()
        with path.open("wb") as output:
            process = subprocess.Popen(
                job.command,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.running[process.pid] = Running(job, process, path, since)

    def finish(self) -> None:
        """Wait until a job ends, and show what it has printed."""
        pid, status, usage = os.wait3(0)
        one = self.running.pop(pid)
        one.process.returncode = os.waitstatus_to_exitcode(status)
        times = Times(one.job.name, time.monotonic() - one.since, usage.ru_utime + usage.ru_stime)
        self.times.append(times)
        if one.process.returncode:
            self.stop_others(one)
        title = f"=== {times.name}   ({times.seconds:.0f} s, processor {times.busy:.0f} s)"
        print(f"\n{title}\n{one.printed()}".rstrip(), flush=True)
        if one.process.returncode:
            raise Failed(f"{one.job.name} failed, see above. All other steps have been stopped.")

    def stop_others(self, failed: Running) -> None:
        """End the jobs that still run, and say which jobs have not been done, before the failure is shown."""
        undone = [*(one.job.name for one in self.running.values()), *(job.name for job in self.left)]
        for one in self.running.values():
            one.stop()
        self.running.clear()
        print(f"\n{failed.job.name} has failed. Not done: {', '.join(undone) or 'nothing'}", flush=True)


def table(times: t.Iterable[Times]) -> str:
    """Return the times of jobs as lines, the busiest first, so that growth is noticed."""
    rows = sorted(times, key=lambda one: one.busy, reverse=True)
    lines = [f"{one.name:16}{one.seconds:8.0f} s{one.busy:12.0f} s" for one in rows]
    total = f"{'all':16}{'':10}{sum(one.busy for one in rows):12.0f} s"
    return "\n".join([f"{'step':16}{'time':>10}{'processor':>14}", *lines, total])
