# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The result of a document. It stays below the size above which AWX drops a result."""

from __future__ import annotations

import collections
import json
import typing as t

from .._engine.data import Json
from .._engine.documents.items import BLOCKED, CHANGED, FAILED, SKIPPED, STATES, Item
from .._engine.errors import ApplianceError
from .._engine.job import RUNNING, UNKNOWN
from .._engine.planning.steps import Change
from .._engine.text.words import number
from .._result import failure

LARGEST = 500_000
"""Characters of a result, at most. AWX drops a result above 700,000 as a whole."""

NOTHING_DONE: Json = {
    "changed": False,
    "counts": dict.fromkeys(STATES, 0),
    "deletions": 0,
    "plan": [],
    "results": [],
    "left_out": 0,
    "mistakes": [],
    "jobs": [],
    "gathered": {},
    "gathered_counts": {},
    "omitted": [],
    "kept": [],
    "secrets_missing": [],
    "array": {},
}
"""The keys that every result has, with their values if the task did nothing."""

ORDER = (FAILED, BLOCKED, SKIPPED, CHANGED)
"""The order of the items in a result: if there is no room for all, those that need somebody come first."""

NAMED = 5
"""How many failed items the message names."""


def report(items: t.Sequence[Item], diff: bool) -> Json:
    """Return the result of a document. diff: whether to add what changes."""
    steps = [(item, step) for item in items for step in item.record.plan.changes]
    deletions = [step for dummy, step in steps if getattr(step, "action", "") == "delete"]
    running = [job.report() for item in items for job in item.record.jobs if job.id and job.state in (RUNNING, UNKNOWN)]
    result: Json = {
        **NOTHING_DONE,
        "changed": any(item.record.changed for item in items),
        "counts": {state: sum(item.state == state for item in items) for state in STATES},
        "deletions": len(deletions),
        "jobs": running,
        "warnings": _warnings(items),
    }
    failed = _failure(items)
    room = LARGEST - len(json.dumps({**result, **failed}))
    summaries = [*([number(len(deletions), "deletion")] if deletions else []), *_sentences(steps)]
    result["plan"], left = _fitting(summaries, room // 3)
    if len(result["plan"]) < len(summaries):
        result["plan"].append(f"and {number(len(summaries) - len(result['plan']), 'more step')}")
    room -= room // 3 - left
    shown = [_shown(item) for state in ORDER for item in items if item.state == state]
    result["results"], left = _fitting(shown, room // 2 if diff else room)
    result["left_out"] = len(shown) - len(result["results"])
    if diff:
        room -= room // 2 - left
        result["diff"], left = _fitting([_diff(item) for item in items if item.is_due], room)
    return {**result, **failed}


def _sentences(steps: t.Sequence[tuple[Item, Change]]) -> t.Iterator[str]:
    """Yield a sentence for each step. If those of a type read alike, all of them say where their objects are."""
    number_of = collections.Counter(step.summary for dummy, step in steps)
    alike = {item.type.name for item, step in steps if number_of[step.summary] > 1}
    for item, step in steps:
        beside = item.type.resource.identity[1:] if item.type.name in alike else ()
        where = ", ".join(str(item.desired[option]) for option in beside if item.desired.get(option))
        yield f"{step.summary} ({where})" if where else step.summary


def _shown(item: Item) -> Json:
    record = item.record
    shown: Json = {
        "place": item.place,
        "type": item.type.name,
        "name": item.name,
        "state": item.state,
        "changed": record.changed,
        "plan": record.plan.sentences(),
        "jobs": [job.report() for job in record.jobs if job.id],
    }
    if item.error:
        failed = failure(item.error, record)
        shown.update(msg=failed["msg"], error=failed["error"])
    elif item.because:
        shown["because"] = item.because
    return shown


def _diff(item: Item) -> Json:
    plan = item.record.plan
    return {"before": plan.before, "after": plan.after, "before_header": item.words, "after_header": item.words}


Entry = t.TypeVar("Entry")


def _fitting(entries: t.Sequence[Entry], room: int) -> tuple[list[Entry], int]:
    """Return the first entries that fit into a number of characters, and the room that is left."""
    fitting: list[Entry] = []
    for entry in entries:
        room -= len(json.dumps(entry)) + 2
        if room < 0:
            return fitting, 0
        fitting.append(entry)
    return fitting, room


def _warnings(items: t.Sequence[Item]) -> list[str]:
    """Return the warnings of all items, each with its place, but no more than a person reads."""
    warnings = [f"{item.place}: {line}" for item in items for line in item.record.warnings]
    more = len(warnings) - 50
    return [*warnings[:50], *([f"{number(more, 'more warning')}."] if more > 0 else [])]


def _failure(items: t.Sequence[Item]) -> Json:
    """Return what makes a result a failed one, nothing if all items are as they should be."""
    by_state = {state: [item for item in items if item.state == state] for state in ORDER}
    failed = [(item, item.error) for item in by_state[FAILED] if item.error]
    if not failed and not by_state[SKIPPED]:
        return {}
    counts = [f"{len(of)} {state}" for state, of in by_state.items() if of]
    words = [f"{number(len(items), 'item')}: {', '.join(counts)}."]
    words += [f"{item.place}: {failure(error, item.record)['msg']}" for item, error in failed[:NAMED]]
    if len(failed) > NAMED:
        words.append(f"And {len(failed) - NAMED} more, see results.")
    if by_state[SKIPPED]:
        words.append(f"Skipped because {by_state[SKIPPED][0].because}.")
    first = failed[0][1] if failed else Stopped(words[-1])
    return {"failed": True, "msg": (" " if len(words) == 2 else "\n").join(words), "error": first.facts()}


class Stopped(ApplianceError):
    """The task has stopped before all items were tried, for a reason of its own."""

    kind = "wait_timeout"
