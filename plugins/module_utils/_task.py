# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Between Ansible and the engine: what a task is, and how an ordinary module carries it out.

The controller's way of carrying out the same task is in plugin_utils/controller.py.
"""

from __future__ import annotations

import dataclasses
import os
import signal
import sys
import typing as t

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.common.arg_spec import ValidationResult
from ansible.module_utils.errors import AnsibleFallbackNotFound

from ._arguments import complaints, tidied
from ._engine.errors import ApplianceError, Bug, InputError, Interrupted
from ._engine.handler import ResourceHandler
from ._engine.job import DONE, Job, WaitOptions
from ._engine.platform import Client, Platform
from ._engine.reconcile import reconcile
from ._engine.resource_type import Json
from ._engine.run_result import RunResult, in_words
from ._http.transport import REQUESTS_MISSING
from ._result import NOTHING_DONE, failure, faults_of_our_own, report

COLLECTION = "jobwise.appliance"
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

WAITING: Json = {
    "wait": {"type": "bool", "default": True},
    "wait_timeout": {"type": "float", "default": 600.0},
}


class Caller(t.Protocol):
    """Who carries a task out: the ordinary module, or the action plugin in the controller.

    secrets: the values of the options that nobody may see.
    """

    params: Json
    check_mode: bool
    diff: bool
    secrets: t.Collection[str]

    def progress(self, line: str) -> None:
        """Show a line while the task goes on, where that can be seen."""

    def still_wanted(self) -> None:
        """Raise Interrupted if nobody waits for the outcome any more, so that nothing is to be written."""


@dataclasses.dataclass(frozen=True)
class Task:
    """One module: the platform it talks to, its own options, and its work.

    spec: argument spec without the connection options. work: returns the result of the task, raises ApplianceError for
    what is wrong. rules: keyword arguments of AnsibleModule such as required_one_of. nothing: the keys of a result with
    the values that they have if nothing was done, which a failure has as well.
    """

    name: str
    platform: Platform
    spec: Json
    work: t.Callable[[t.Any, Caller], Json]
    rules: Json = dataclasses.field(default_factory=dict)
    nothing: Json = dataclasses.field(default_factory=lambda: dict(NOTHING_DONE))

    @property
    def options(self) -> Json:
        """The argument spec, where ``env`` names the variable that an option falls back to."""
        return {**self.platform.options, **self.spec}

    def argument_spec(self) -> Json:
        """Return the argument spec as Ansible takes it."""
        return {name: _option(dict(option)) for name, option in self.options.items()}

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


def waiting_of(client: Client, caller: Caller) -> WaitOptions:
    """Return how a task waits; one without the option ``wait`` always does. What it shows has no secrets in it."""
    return WaitOptions(
        enabled=caller.params.get("wait", True),
        timeout=caller.params["wait_timeout"],
        progress=lambda line: caller.progress(client.hide(line)),
        still_wanted=caller.still_wanted,
        within=client.within,
    )


def bring_about(make_handler: t.Callable[[t.Any, Json], ResourceHandler]) -> t.Callable[[t.Any, Caller], Json]:
    """Return the work of a task that brings one subject to its desired state."""

    def work(client: t.Any, caller: Caller) -> Json:
        params = caller.params
        record = RunResult()
        label = ""
        try:
            handler = make_handler(client, params)
            label = handler.label
            with faults_of_our_own():
                reconcile(handler, waiting_of(client, caller), dry_run=caller.check_mode, record=record)
        except ApplianceError as error:
            return {**report(record, label, caller.diff), **failure(error, record)}
        return report(record, label, caller.diff)

    return work


Jobs = t.Dict[str, Job]


def wait_only(
    await_jobs: t.Callable[[t.Any, t.Sequence[str], WaitOptions, Jobs], None], shown: t.Callable[[Jobs], t.List[Json]]
) -> t.Callable[[t.Any, Caller], Json]:
    """Return the work of a task that waits for the jobs with its ``ids`` and changes nothing.

    await_jobs: waits, and keeps the jobs it is given as they were last seen. shown: tells jobs in the result.
    """

    def work(client: t.Any, caller: Caller) -> Json:
        jobs: Jobs = {}
        failed: Json = {}
        try:
            with faults_of_our_own():
                await_jobs(client, caller.params["ids"], waiting_of(client, caller), jobs)
        except ApplianceError as error:
            failed = failure(error)
        done = [job for job in jobs.values() if job.state == DONE]
        warnings = [f"{job.resource_name or job.id}: {in_words(one)}" for job in done for one in job.messages]
        return {"changed": False, "jobs": shown(jobs), "warnings": warnings, **failed}

    return work


def failed(task: Task, error: ApplianceError) -> Json:
    """Return the result of a task that failed before it did anything, with all keys that its results have."""
    return {**task.nothing, **failure(error)}


def input_error(task: Task, given: Json, checked: ValidationResult) -> InputError | None:
    """Return everything that is wrong with a task's arguments in one error, None if they are fine.

    given: the arguments, tidied. checked: the result of Ansible's own check.
    """
    wrong = complaints(task.name, task.options, given, checked)
    return InputError(" ".join(wrong)) if wrong else None


def without_requests() -> InputError | None:
    """Return the error of a Python that lacks requests, None if it is there."""
    if not REQUESTS_MISSING:
        return None
    python = sys.executable or "python3"
    return InputError(
        f"The Python where the task runs lacks the library requests: {python}.",
        hint=f"Install it there with: {python} -m pip install requests",
    )


def perform(task: Task, caller: Caller, client: Client) -> Json:
    """Carry a task out within a session that the caller opens and closes.

    This is the one place that every result goes through, so secrets that the appliance has sent back end here.
    """
    client.keep_secret(caller.secrets)
    try:
        with faults_of_our_own():
            result = task.work(client, caller)
    except ApplianceError as error:
        result = failed(task, error)
    hidden: Json = client.hide(result)
    return {key: value for key, value in hidden.items() if key != "warnings" or value}


@dataclasses.dataclass
class ModuleCaller:
    """An ordinary module as caller."""

    params: Json
    check_mode: bool
    diff: bool
    secrets: t.Collection[str] = ()

    def progress(self, line: str) -> None:
        """A module has nobody to show it to before it ends."""

    def still_wanted(self) -> None:
        """A module carries out its one item; with ssh or async its parent may end before it for good reasons."""


class _Module(AnsibleModule):
    """An ordinary module; whatever ends it early, its result has the keys that results of the task have."""

    def __init__(self, task: Task) -> None:
        self.given: Json = {}
        self.task = task
        AnsibleModule.__init__(self, argument_spec=task.argument_spec(), supports_check_mode=True, **task.rules)
        self.check_arguments()

    def _load_params(self) -> None:
        AnsibleModule._load_params(self)
        self.given = tidied(self.task.options, self.params)
        self.params = dict(self.given)

    def check_arguments(self) -> None:
        """End the module if something is wrong with its arguments."""
        wrong = input_error(self.task, self.given, self.validation_result)
        if wrong:
            self.end(failed(self.task, wrong))

    def fail_json(self, msg: str, **result: t.Any) -> t.NoReturn:
        """End the module as failed. Ansible calls it without the facts of an error, mostly for wrong arguments."""
        if "error" not in result:
            self.check_arguments()
            result = {**failed(self.task, Bug(msg)), **result}
        super().fail_json(**{**result, "msg": msg})

    def end(self, result: Json) -> t.NoReturn:
        """End the module with a result, warnings in it shown as such."""
        for warning in result.pop("warnings", []):
            self.warn(warning)
        if result.get("failed"):
            self.fail_json(**result)
        self.exit_json(**result)


def run_module(task: Task) -> None:
    """Be the main function of the module."""
    module = _Module(task)
    missing = without_requests()
    if missing:
        module.end(failed(task, missing))
    caller = ModuleCaller(dict(module.params), module.check_mode, module._diff, set(module.no_log_values))
    for signum in SIGNALS:
        signal.signal(signum, interrupt)
    try:
        client = task.platform.connect(caller.params)
        try:
            result = perform(task, caller, client)
        finally:
            client.close()
        result["warnings"] = [*result.get("warnings", []), *client.hide(client.warnings)]
    except ApplianceError as error:
        result = failed(task, error)
    except Interrupted as interrupted:
        raise SystemExit(128 + interrupted.signum) from None
    module.end(result)


def interrupt(signum: int, frame: t.Any) -> None:
    """Turn a signal that ends the process into an exception, so that the session is closed on the way out.

    Signals that come after it are ignored: they must not cut off the logout, which takes no more than seconds.
    """
    for other in SIGNALS:
        signal.signal(other, signal.SIG_IGN)
    raise Interrupted(signum)
