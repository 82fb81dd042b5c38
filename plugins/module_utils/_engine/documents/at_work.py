# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the appliance does for a document right now, in words: for progress lines, and after an interrupt."""

from __future__ import annotations

import typing as t

from ..job import RUNNING, Job
from ..text.words import number
from .items import Item

SHOWN = 5
"""How many steps a line shows."""


def with_steps(line: str, items: t.Iterable[Item]) -> str:
    """Return a progress line with what is at work: it may be the last one before somebody interrupts the task."""
    steps = _steps(items)
    return f"{line}. At work: {_some(steps)}" if steps else line


def last_words(items: t.Iterable[Item], done: int, count: int) -> str:
    """Return what a user has to know after an interrupt. done: how many of ``count`` items are done."""
    steps = _steps(items)
    begin = f"Interrupted: {done} of {number(count, 'item')} done."
    if not steps:
        return f"{begin} No job of this task runs on. Run it again: it does what is left."
    runs = f"The appliance continues {number(len(steps), 'job')}: {_some(steps)}."
    return f"{begin} {runs} Run the task again: it waits for those that still run, and does what is left."


def _steps(items: t.Iterable[Item]) -> list[str]:
    return [_step(item, job) for item in items for job in item.record.jobs if job.id and job.state == RUNNING]


def _step(item: Item, job: Job) -> str:
    """Return what a job does. One that this run has found at work says so."""
    steps = item.record.plan.changes
    summary = next((step.summary for step in steps if step.action == job.action), item.words)
    return f"{summary} (adopted)" if job.adopted else summary


def _some(steps: t.Sequence[str]) -> str:
    more = f" and {len(steps) - SHOWN} more" if len(steps) > SHOWN else ""
    return f"{', '.join(steps[:SHOWN])}{more}"
