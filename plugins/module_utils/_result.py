# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Builds the result of a task, whether it succeeded, failed, or met a bug of the collection."""

from __future__ import annotations

import contextlib
import json
import os
import traceback
import typing as t

from ._engine.data import Json
from ._engine.errors import ApplianceError, Bug
from ._engine.running.run_result import RunResult

# The keys that the result of a task always has, with their values if the task did nothing.
NOTHING_DONE: Json = {"changed": False, "plan": [], "jobs": [], "resource": None}
NO_JOBS: Json = {"changed": False, "jobs": []}
NOT_READ: Json = {"changed": False}
SHOWN_BY_AWX = 700_000

FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, OSError, RuntimeError, TypeError, ValueError)
"""The exceptions that Python raises if code meets a situation that it does not handle."""


@contextlib.contextmanager
def faults_of_our_own() -> t.Iterator[None]:
    """Turn an unexpected exception into an error that ends the task like any other.

    If the exception went on, the result of a task that has already written something would lack `changed`, `plan` and
    `jobs`. So it is caught here, where the caller still has the record. FAULTS covers what a bug in this collection or
    in requests raises, and what an unexpected answer causes. It leaves out what ends a process (signals, exits, lack of
    memory). The message leaves out the exception's own text, which may quote a secret value.
    """
    try:
        yield
    except FAULTS as error:
        places = traceback.extract_tb(error.__traceback__)
        steps = ", ".join(f"{os.path.basename(place.filename)}:{place.lineno} {place.name}" for place in places[-3:])
        raise Bug(
            "This collection has a bug, or the appliance sent an unexpected answer: "
            f"{type(error).__name__} at {steps}.",
            hint="Please report it. Run the task again: it looks first and does only what is missing.",
        ) from error


def report(record: RunResult, label: str, diff: bool) -> Json:
    """Return the result of a task. label: the object's name in the header of the diff. diff: whether to add one."""
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
    """Return the result of a task that reads resources.

    missing: what the task asked for and does not exist. option: the option that limits what is read of each resource.
    A warning is added if the result is too large for AWX, which drops larger results completely.
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
    """Return what a failure adds to the result: a message for people, and facts for playbooks."""
    doing = f"Could not {record.current_step}. " if record and record.current_step else ""
    done = f" Done before that: {'; '.join(record.completed_steps)}." if record and record.completed_steps else ""
    return {"failed": True, "msg": f"{doing}{error}{done}", "error": error.facts()}
