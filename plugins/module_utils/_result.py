# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the result of a task holds, whether it ended well, badly, or by a fault of our own."""

from __future__ import annotations

import contextlib
import json
import os
import traceback
import typing as t

from ._engine.errors import ApplianceError, Bug
from ._engine.resource_type import Json
from ._engine.run_result import RunResult

# What the result of a task has at least, with the values that it has if nothing was done.
NOTHING_DONE: Json = {"changed": False, "plan": [], "jobs": [], "resource": None}
NO_JOBS: Json = {"changed": False, "jobs": []}
NOT_READ: Json = {"changed": False}
SHOWN_BY_AWX = 700_000

FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, OSError, RuntimeError, TypeError, ValueError)
"""What Python raises where code comes upon something that it was not made for."""


@contextlib.contextmanager
def faults_of_our_own() -> t.Iterator[None]:
    """Turn an error that nobody has foreseen into one that ends the task like any other.

    Left alone, it would leave the task at a point where nobody knows the record any more: the result of a task that has
    written would lack `changed`, `plan` and `jobs`. So it is caught where the record is at hand, and only here. The
    kinds are listed: they cover what a fault in this code, in requests, or an answer that nobody has foreseen raises,
    and leave alone what ends a process (signals, exits, no memory). The exception's own text is left out: it may quote
    a value that is a secret.
    """
    try:
        yield
    except FAULTS as error:
        places = traceback.extract_tb(error.__traceback__)
        steps = ", ".join(f"{os.path.basename(one.filename)}:{one.lineno} {one.name}" for one in places[-3:])
        raise Bug(
            f"This collection has a fault, or the appliance answered what nobody has foreseen: {type(error).__name__} "
            f"at {steps}.",
            hint="Please report it. Run the task again: it looks first and does only what is missing.",
        ) from error


def report(record: RunResult, label: str, diff: bool) -> Json:
    """Return the result of a task that did, or in a dry run would do, what the record says."""
    result: Json = {
        "changed": record.changed,
        "plan": record.plan.sentences(),
        "jobs": [job.report() for job in record.jobs if job.id],
        "resource": record.resource,
        "warnings": record.warnings,
    }
    if diff:
        result["diff"] = {
            "before": record.plan.before,
            "after": record.plan.after,
            "before_header": label,
            "after_header": label,
        }
    return result


def found(resources: t.List[Json], missing: t.List[str], option: str) -> Json:
    """Return the result of a task that read ``resources``; ``option`` is the one that bounds what is read of each.

    It warns of a result that AWX would not show: the event of a task that is longer than that is dropped whole.
    """
    result: Json = {"changed": False, "resources": resources, "count": len(resources), "missing": missing}
    size = len(json.dumps(resources))
    if size > SHOWN_BY_AWX:
        result["warnings"] = [
            f"The {len(resources)} resources are {size} characters in all. AWX shows no result above {SHOWN_BY_AWX} "
            f"characters. Name the attributes that you need in {option}, or set a limit."
        ]
    return result


def failure(error: ApplianceError, record: RunResult | None = None) -> Json:
    """Return what a failed task adds to its result: a sentence for people, facts for playbooks."""
    doing = f"Could not {record.current_step}. " if record and record.current_step else ""
    done = f" Done before that: {'; '.join(record.completed_steps)}." if record and record.completed_steps else ""
    return {"failed": True, "msg": f"{doing}{error}{done}", "error": error.facts()}
