# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Looks at running jobs that several threads share: one look reads all of them."""

from __future__ import annotations

import threading
import time
import typing as t

from ..job import RUNNING, Job

FORGET_AFTER = 120.0
"""Seconds after which nobody waits for a job any more: longer than any pause between two polls."""


class JobLooks:
    """What the last looks have shown of the jobs that threads wait for.

    A thread takes what a look of another thread has shown if that look is later than what the thread knows.
    now: returns seconds of a monotonic clock.
    """

    def __init__(self, now: t.Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = threading.RLock()
        self._looks = 0
        self._seen: dict[str, tuple[int, Job]] = {}
        self._taken: dict[tuple[int, str], int] = {}
        self._asked: dict[str, float] = {}

    def note(self, *jobs: Job) -> None:
        """Keep what a look, or the response to a request, has shown."""
        with self._lock:
            self._looks += 1
            for job in jobs:
                self._seen[job.id.lower()] = (self._looks, job)

    def newer(self, job_id: str) -> Job | None:
        """Return a job if a look has shown it that this thread has not taken yet, else None."""
        key, thread = job_id.lower(), threading.get_ident()
        with self._lock:
            self._asked[key] = self._now()
            look, job = self._seen.get(key, (0, None))
            if look <= self._taken.get((thread, key), 0):
                return None
            self._taken[thread, key] = look
            return job

    def running(self) -> list[str]:
        """Return the ids of the jobs that threads wait for, as far as they may still run."""
        oldest = self._now() - FORGET_AFTER
        with self._lock:
            jobs = [job for key, (dummy, job) in self._seen.items() if self._asked.get(key, 0.0) > oldest]
        return [job.id for job in jobs if job.state == RUNNING]
