# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Between Ansible and the engine: what a task is, and how an ordinary module carries it out.

The controller's way of carrying out the same task is in plugin_utils/controller.py.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import signal
import traceback
import typing as t

from ansible.module_utils.basic import AnsibleModule, missing_required_lib
from ansible.module_utils.errors import AnsibleFallbackNotFound

from .engine.errors import ApplianceError, Bug, Interrupted
from .engine.job import DONE, Job, Waiting
from .engine.platform import Client, Platform
from .engine.reconcile import reconcile
from .engine.record import Record, in_words
from .engine.resource import Json
from .engine.subject import Subject
from .http.transport import REQUESTS_MISSING

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

WAITING: Json = {
    "wait": {"type": "bool", "default": True},
    "wait_timeout": {"type": "float", "default": 600.0},
}


class Caller(t.Protocol):
    """Who carries a task out: the ordinary module, or the action plugin in the controller."""

    params: Json
    check_mode: bool
    diff: bool

    def progress(self, line: str) -> None:
        """Show a line while the task goes on, where that can be seen."""


@dataclasses.dataclass(frozen=True)
class Task:
    """One module: the platform it talks to, its own options, and its work.

    spec: argument spec without the connection options. work: returns the result of the task, raises ApplianceError for
    what is wrong. rules: keyword arguments of AnsibleModule such as required_one_of.
    """

    name: str
    platform: Platform
    spec: Json
    work: t.Callable[[t.Any, Caller], Json]
    rules: Json = dataclasses.field(default_factory=dict)

    def argument_spec(self) -> Json:
        """Return the argument spec as Ansible takes it."""
        options = {**self.platform.options, **self.spec}
        return {name: _option(dict(option)) for name, option in options.items()}

    def session_key(self, params: Json) -> tuple[t.Any, ...]:
        """Return what tells sessions apart: tasks that agree in it can share one."""
        return (self.platform.title, *(params[name] for name in self.platform.options))


def _option(option: Json) -> Json:
    variable = option.pop("env", None)
    if variable:
        option["fallback"] = (given_in_environment, [variable])
    return option


def given_in_environment(name: str) -> str:
    """Return an environment variable. An empty one, as a credential form leaves it, counts as not given."""
    value = os.environ.get(name)
    if not value:
        raise AnsibleFallbackNotFound
    return value


def bring_about(make_subject: t.Callable[[t.Any, Json], Subject]) -> t.Callable[[t.Any, Caller], Json]:
    """Return the work of a task that brings one subject to its desired state."""

    def work(client: t.Any, caller: Caller) -> Json:
        params = caller.params
        record = Record()
        label = ""
        try:
            subject = make_subject(client, params)
            label = subject.label
            waiting = Waiting(params.get("wait", True), params["wait_timeout"], caller.progress)
            with faults_of_our_own():
                reconcile(subject, waiting, dry_run=caller.check_mode, record=record)
        except ApplianceError as error:
            return {**report(record, label, caller.diff), **failure(error, record)}
        return report(record, label, caller.diff)

    return work


Jobs = t.Dict[str, Job]


def wait_only(
    await_jobs: t.Callable[[t.Any, t.Sequence[str], Waiting, Jobs], None], shown: t.Callable[[Jobs], t.List[Json]]
) -> t.Callable[[t.Any, Caller], Json]:
    """Return the work of a task that waits for the jobs with its ``ids`` and changes nothing.

    await_jobs: waits, and keeps the jobs it is given as they were last seen. shown: tells jobs in the result.
    """

    def work(client: t.Any, caller: Caller) -> Json:
        jobs: Jobs = {}
        failed: Json = {}
        try:
            waiting = Waiting(True, caller.params["wait_timeout"], caller.progress)
            with faults_of_our_own():
                await_jobs(client, caller.params["ids"], waiting, jobs)
        except ApplianceError as error:
            failed = failure(error)
        done = [job for job in jobs.values() if job.state == DONE]
        warnings = [f"{job.resource_name or job.id}: {in_words(one)}" for job in done for one in job.messages]
        return {"changed": False, "jobs": shown(jobs), "warnings": warnings, **failed}

    return work


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


def report(record: Record, label: str, diff: bool) -> Json:
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


def failure(error: ApplianceError, record: Record | None = None) -> Json:
    """Return what a failed task adds to its result: a sentence for people, facts for playbooks."""
    doing = f"Could not {record.doing}. " if record and record.doing else ""
    done = f" Done before that: {'; '.join(record.done)}." if record and record.done else ""
    return {"failed": True, "msg": f"{doing}{error}{done}", "error": error.facts()}


def perform(task: Task, caller: Caller, client: Client) -> Json:
    """Carry a task out within a session that the caller opens and closes."""
    try:
        with faults_of_our_own():
            result = task.work(client, caller)
    except ApplianceError as error:
        return {"changed": False, **failure(error)}
    return {key: value for key, value in result.items() if key != "warnings" or value}


@dataclasses.dataclass
class ModuleCaller:
    """An ordinary module as caller."""

    params: Json
    check_mode: bool
    diff: bool

    def progress(self, line: str) -> None:
        """A module has nobody to show it to before it ends."""


def run_module(task: Task) -> None:
    """Be the main function of the module."""
    module = AnsibleModule(argument_spec=task.argument_spec(), supports_check_mode=True, **task.rules)
    if REQUESTS_MISSING:
        module.fail_json(msg=missing_required_lib("requests"), exception=REQUESTS_MISSING)
    caller = ModuleCaller(dict(module.params), module.check_mode, module._diff)
    for signum in SIGNALS:
        signal.signal(signum, interrupt)
    try:
        client = task.platform.connect(caller.params)
        try:
            result = perform(task, caller, client)
        finally:
            client.close()
    except ApplianceError as error:
        module.fail_json(**failure(error))
    except Interrupted as interrupted:
        raise SystemExit(128 + interrupted.signum) from None
    for warning in result.pop("warnings", []):
        module.warn(warning)
    if result.get("failed"):
        module.fail_json(**result)
    module.exit_json(**result)


def interrupt(signum: int, frame: t.Any) -> None:
    """Turn a signal that ends the process into an exception, so that the session is closed on the way out.

    Signals that come after it are ignored: they must not cut off the logout, which takes no more than seconds.
    """
    for other in SIGNALS:
        signal.signal(other, signal.SIG_IGN)
    raise Interrupted(signum)
