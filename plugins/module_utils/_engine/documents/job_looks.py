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

from ..job import RUNNING, Job, pause_after

MANY = 4
BETWEEN_LOOKS = 0.2
"""Seconds between two looks at more than `MANY` jobs."""

SHORTEST = 0.05
"""Seconds between two looks if a job is about to end."""

LATE = 1.0
"""Seconds that a thread waits beyond the next look of another thread, in case that one does not look."""

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
        self._started: dict[str, tuple[str, float]] = {}
        self._lasting: dict[str, float] = {}
        # The job whose thread looks next, and when.
        self._pacer, self._due = "", -math.inf

    def started(self, job: Job, action: str = "") -> None:
        """Keep a job as the response to its request has shown it. Jobs with the same action last about as long."""
        with self._lock:
            self._looks += 1
            self._seen[job.id.lower()] = (self._looks, job)
            self._started[job.id.lower()] = (action, self._now())

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
        """Keep what a look has shown. Return what `awaited` has returned in the threads that must go on.

        These are the threads of the jobs that are over. If the one that looks for all is among them, another one that
        still waits takes its place.
        """
        with self._lock:
            self._looks += 1
            self._last = self._now()
            seen = {job.id.lower(): (self._looks, job) for job in jobs}
            self._seen.update(seen)
            over = [key for key, (dummy, job) in seen.items() if job.state != RUNNING]
            for key in over:
                self._learn(key)
            if self._pacer in over:
                self._pacer, self._due = "", -math.inf
                over += [key for key in seen if key not in over][:1]
            return over

    def _learn(self, key: str) -> None:
        """Note how long a job has lasted at most: until a look has shown its end. The shortest is nearest to it."""
        action, start = self._started.pop(key, ("", self._last))
        if self._last > start:
            self._lasting[action] = min(self._last - start, self._lasting.get(action, math.inf))

    def pause(self, elapsed: float) -> float:
        """Return the seconds that this thread pauses before it looks again, ``elapsed`` seconds after its wait began.

        One thread looks for all: the one whose look comes first. The others sleep until their job is over.
        """
        own = pause_after(elapsed)
        key = self._mine.awaited
        with self._lock:
            dummy, job = self._seen.get(key, (0, None))
            if job is None or job.state != RUNNING:
                return own  # it waits for something else
            if self._are_many():
                own = max(own, BETWEEN_LOOKS)
            now = self._now()
            action, start = self._started.get(key, ("", now))
            left = start + self._lasting.get(action, 0.0) - now
            if 0 < left < 2 * own:
                own = max(left, SHORTEST)  # by then it is over if it lasts as long as the others
            if self._pacer != key and now <= self._due <= now + own:
                return self._due - now + LATE
            self._pacer, self._due = key, now + own
            return own

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
            has_turn = self._pacer == key and now >= self._due
            is_fresh = self._last + BETWEEN_LOOKS > now and not has_turn and self._are_many()
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

    def _are_many(self) -> bool:
        return len(self.running()) > MANY

    def running(self) -> list[str]:
        """Return the ids of the jobs that threads wait for, as far as they may still run."""
        oldest = self._now() - FORGET_AFTER
        with self._lock:
            jobs = [job for key, (dummy, job) in self._seen.items() if self._asked.get(key, -math.inf) > oldest]
        return [job.id for job in jobs if job.state == RUNNING]
