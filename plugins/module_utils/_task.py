# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tasks: what a module does, without the process that runs it.

Two callers run a task: the module itself, see _module.py, and the action plugin, see plugin_utils/controller.py.
"""

from __future__ import annotations

import dataclasses
import os
import signal
import sys
import typing as t

from ansible.module_utils.common.arg_spec import ValidationResult
from ansible.module_utils.errors import AnsibleFallbackNotFound

from ._arguments import complaints
from ._engine.data import Json
from ._engine.errors import ApplianceError, InputError
from ._engine.handler import ResourceHandler
from ._engine.job import DONE, Job, WaitOptions
from ._engine.platform import Client, Platform
from ._engine.running.reconcile import reconcile
from ._engine.running.run_result import RunResult, in_words
from ._engine.table.resource_type import ResourceType
from ._http.transport import REQUESTS_MISSING
from ._result import NOTHING_DONE, failure, faults_of_our_own, report

COLLECTION = "jobwise.appliance"
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

WAITING: Json = {
    "wait": {"type": "bool", "default": True},
    "wait_timeout": {"type": "float", "default": 600.0},
}


class Caller(t.Protocol):
    """The process that runs a task: the module itself, or the action plugin in the controller.

    params: the validated options. secrets: the values of the secret options. A task adds those that only it can find.
    """

    params: Json
    check_mode: bool
    diff: bool
    secrets: t.Set[str]

    def progress(self, line: str) -> None:
        """Show a line while the task runs, if the process can show one."""

    def last_words(self, line: str) -> None:
        """Show a line after a signal, as the process ends, if it can still show one."""

    def still_wanted(self) -> None:
        """Raise Interrupted if nobody waits for the outcome any more, so that the task must not write."""


@dataclasses.dataclass(frozen=True)
class Task:
    """One module: its platform, its own options, and its work.

    spec: argument spec without the connection options. work: takes the client and the caller and returns the result;
    raises ApplianceError. rules: keyword arguments of AnsibleModule such as required_one_of. nothing: the keys that
    every result has, also that of a failed task, with their values if the task did nothing. shown: returns the options
    as the result and the log show them.
    """

    name: str
    platform: Platform
    spec: Json
    work: t.Callable[[t.Any, Caller], Json]
    rules: Json = dataclasses.field(default_factory=dict)
    nothing: Json = dataclasses.field(default_factory=lambda: dict(NOTHING_DONE))
    shown: t.Callable[[Json], Json] = dict

    @property
    def options(self) -> Json:
        """The argument spec; ``env`` names the environment variable that an option falls back to."""
        return {**self.platform.options, **self.spec}

    def argument_spec(self) -> Json:
        """Return the argument spec in Ansible's form."""
        return {name: _option(dict(option)) for name, option in self.options.items()}

    def session_key(self, params: Json) -> tuple[t.Any, ...]:
        """Return the values that identify a session: tasks with equal values can share one."""
        return (self.platform.title, *(params[name] for name in self.platform.options))


def _option(option: Json) -> Json:
    variable = option.pop("env", None)
    if variable:
        option["fallback"] = (given_in_environment, [variable])
    return option


def given_in_environment(name: str) -> str:
    """Return an environment variable. An empty one counts as not given: AWX leaves empty fields of a credential so."""
    value = os.environ.get(name)
    if not value:
        raise AnsibleFallbackNotFound
    return value


def waiting_of(client: Client, caller: Caller) -> WaitOptions:
    """Return how a task waits; without an option ``wait`` it always does. Secrets are removed from progress lines."""
    return WaitOptions(
        enabled=caller.params.get("wait", True),
        timeout=caller.params["wait_timeout"],
        progress=lambda line: caller.progress(client.hide(line)),
        last_words=lambda line: caller.last_words(client.hide(line)),
        still_wanted=caller.still_wanted,
        within=client.within,
    )


def no_secrets(params: Json) -> t.Collection[str]:
    """Return the secrets that only a task can find in its options: most tasks have none."""
    return ()


def nothing_more(handler: t.Any, record: RunResult) -> Json:
    """Return what a result has besides the keys that all results have: most have nothing."""
    return {}


def bring_about(
    make_handler: t.Callable[[t.Any, Json], ResourceHandler],
    secrets: t.Callable[[Json], t.Collection[str]] = no_secrets,
    more: t.Callable[[t.Any, RunResult], Json] = nothing_more,
) -> t.Callable[[t.Any, Caller], Json]:
    """Return the work of a task that brings one object to its desired state.

    secrets: returns the secrets in options that may hold anything. more: returns further keys of the result, or keys
    with other values; it gets the handler, None if wrong options have made none, and the record of the run.
    """

    def work(client: t.Any, caller: Caller) -> Json:
        params = caller.params
        record = RunResult()
        found = secrets(params)
        client.keep_secret(found)
        caller.secrets.update(found)
        try:
            handler = make_handler(client, params)
        except ApplianceError as error:
            return {**report(record, "", caller.diff), **more(None, record), **failure(error, record)}
        failed: Json = {}
        try:
            with faults_of_our_own():
                reconcile(handler, waiting_of(client, caller), dry_run=caller.check_mode, record=record)
        except ApplianceError as error:
            failed = failure(error, record)
        return {**report(record, handler.label, caller.diff), **more(handler, record), **failed}

    return work


def resource_task(
    platform: Platform,
    resource: ResourceType,
    make_handler: t.Callable[[t.Any, ResourceType, Json], ResourceHandler],
    name: str = "",
) -> Task:
    """Return the task of a module whose options are those of a resource type.

    make_handler: takes the client, the table and the task's options. name: the module's, by default the type's.
    """

    def handler(client: t.Any, desired: Json) -> ResourceHandler:
        return make_handler(client, resource, desired)

    spec = {**resource.argument_spec(), **WAITING}
    return Task(name or resource.type, platform, spec, bring_about(handler), resource.argument_rules())


Jobs = t.Dict[str, Job]


def wait_only(
    await_jobs: t.Callable[[t.Any, t.Sequence[str], WaitOptions, Jobs], None], shown: t.Callable[[Jobs], t.List[Json]]
) -> t.Callable[[t.Any, Caller], Json]:
    """Return the work of a task that waits for the jobs with its ``ids`` and changes nothing.

    await_jobs: waits, and updates the jobs that it gets, by id. shown: returns the jobs as the result contains them.
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
        warnings = [f"{job.resource_name or job.id}: {in_words(message)}" for job in done for message in job.messages]
        return {"changed": False, "jobs": shown(jobs), "warnings": warnings, **failed}

    return work


def failed(task: Task, error: ApplianceError) -> Json:
    """Return the result of a task that failed before it did anything, with all keys that its results always have."""
    return {**task.nothing, **failure(error)}


def input_error(task: Task, given: Json, checked: ValidationResult) -> InputError | None:
    """Return one error for all mistakes in a task's arguments, or None.

    given: the arguments, tidied. checked: the result of Ansible's own check.
    """
    wrong = complaints(task.name, task.options, given, checked)
    return InputError(" ".join(wrong)) if wrong else None


def without_requests() -> InputError | None:
    """Return an error if this Python does not have the library requests, else None."""
    if not REQUESTS_MISSING:
        return None
    python = sys.executable or "python3"
    return InputError(
        f"The Python where the task runs lacks the library requests: {python}.",
        hint=f"Install it there with: {python} -m pip install requests",
    )


def perform(task: Task, caller: Caller, client: Client) -> Json:
    """Run a task in a session that the caller opens and closes, and return its result.

    Every result passes through here, so this is where secrets that the appliance has sent back are removed.
    """
    client.keep_secret(caller.secrets)
    try:
        with faults_of_our_own():
            result = task.work(client, caller)
    except ApplianceError as error:
        result = failed(task, error)
    hidden: Json = client.hide(result)
    return {key: value for key, value in hidden.items() if key != "warnings" or value}
