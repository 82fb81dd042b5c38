# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Looks at running jobs that several threads share: one look reads all of them."""

from __future__ import annotations

import contextlib
import math
import threading
import time
import typing as t

from ..job import RUNNING, Job

MANY = 4
BETWEEN_LOOKS = 0.2
"""Seconds between two looks at more than `MANY` jobs."""

FORGET_AFTER = 120.0
"""Seconds after which nobody waits for a job any more: longer than any pause between two polls."""


class _OfThread(threading.local):
    """What one thread knows. awaited: the job that it has looked for last. taken: the last look at each job."""

    def __init__(self) -> None:
        super().__init__()
        self.awaited = ""
        self.taken: dict[str, int] = {}


class JobLooks:
    """What the last looks have shown of the jobs that threads wait for.

    A thread takes what a look of another thread has shown if that look is later than what the thread knows.
    now: returns seconds of a monotonic clock.
    """

    def __init__(self, now: t.Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = threading.RLock()
        self._looks = 0
        self._under_way = 0
        self._last = -math.inf
        self._seen: dict[str, tuple[int, Job]] = {}
        self._asked: dict[str, float] = {}
        self._mine = _OfThread()

    def started(self, job: Job) -> None:
        """Keep a job as the response to its request has shown it."""
        with self._lock:
            self._looks += 1
            self._seen[job.id.lower()] = (self._looks, job)

    @contextlib.contextmanager
    def looking(self) -> t.Iterator[None]:
        """Mark the time of a look, in which no other one begins."""
        with self._lock:
            self._under_way += 1
        try:
            yield
        finally:
            with self._lock:
                self._under_way -= 1

    def saw(self, jobs: t.Iterable[Job]) -> list[str]:
        """Keep what a look has shown, and return what `awaited` has returned of the jobs that are over."""
        with self._lock:
            self._looks += 1
            self._last = self._now()
            seen = {job.id.lower(): (self._looks, job) for job in jobs}
            self._seen.update(seen)
        return [key for key, (dummy, job) in seen.items() if job.state != RUNNING]

    def known(self, job_id: str) -> Job | None:
        """Return a job as last seen if this thread need not look, else None.

        It need not if another one has looked since, or looks now, or has just looked at many jobs.
        """
        key = job_id.lower()
        with self._lock:
            now = self._now()
            self._asked[key] = now
            look, job = self._seen.get(key, (0, None))
            is_new = look > self._mine.taken.get(key, 0)
            self._mine.awaited, self._mine.taken[key] = key, look
            is_fresh = self._last + BETWEEN_LOOKS > now and len(self.running()) > MANY
            return job if is_new or is_fresh or self._under_way else None

    def awaited(self) -> str:
        """Return what this thread waits for: the job that it has looked for last, or an empty text."""
        return self._mine.awaited

    def is_over(self) -> bool:
        """Return whether a look that this thread does not know yet has shown the end of that job."""
        key = self._mine.awaited
        with self._lock:
            look, job = self._seen.get(key, (0, None))
        return job is not None and job.state != RUNNING and look > self._mine.taken.get(key, 0)

    def running(self) -> list[str]:
        """Return the ids of the jobs that threads wait for, as far as they may still run."""
        oldest = self._now() - FORGET_AFTER
        with self._lock:
            jobs = [job for key, (dummy, job) in self._seen.items() if self._asked.get(key, -math.inf) > oldest]
        return [job.id for job in jobs if job.state == RUNNING]
