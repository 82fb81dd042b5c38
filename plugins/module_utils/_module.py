# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The main function of every module."""

from __future__ import annotations

import dataclasses
import signal
import typing as t

from ansible.module_utils.basic import AnsibleModule

from ._arguments import tidied
from ._engine.data import Json
from ._engine.errors import ApplianceError, Bug, Interrupted
from ._task import SIGNALS, Task, failed, input_error, perform, without_requests


@dataclasses.dataclass
class ModuleCaller:
    """A module's own process as the caller of its task."""

    params: Json
    check_mode: bool
    diff: bool
    secrets: t.Set[str] = dataclasses.field(default_factory=set)

    def progress(self, line: str) -> None:
        """Do nothing: a module cannot show anything before it ends."""

    def last_words(self, line: str) -> None:
        """Do nothing: nobody reads what a module shows after a signal."""

    def still_wanted(self) -> None:
        """Do nothing: with ssh or async, the process that started a module may end before it."""


class _Module(AnsibleModule):
    """The AnsibleModule of a task. However it ends, its result has the keys that the task's results always have."""

    def __init__(self, task: Task) -> None:
        self.given: Json = {}
        self.task = task
        AnsibleModule.__init__(self, argument_spec=task.argument_spec(), supports_check_mode=True, **task.rules)
        self.check_arguments()

    def _load_params(self) -> None:
        AnsibleModule._load_params(self)
        self.given = tidied(self.task.options, self.params)
        self.params = dict(self.given)

    def _log_invocation(self) -> None:
        given = self.params
        self.params = self.task.shown(given)
        AnsibleModule._log_invocation(self)
        self.params = given

    def _return_formatted(self, kwargs: Json) -> None:
        self.params = self.task.shown(self.params)
        AnsibleModule._return_formatted(self, kwargs)

    def check_arguments(self) -> None:
        """End the module as failed if its arguments contain mistakes."""
        wrong = input_error(self.task, self.given, self.validation_result)
        if wrong:
            self.end(failed(self.task, wrong))

    def fail_json(self, msg: str, **result: t.Any) -> t.NoReturn:
        """End the module as failed.

        Ansible calls it as well, mostly for wrong arguments; the result then gets the facts of an error here.
        """
        if "error" not in result:
            self.check_arguments()
            result = {**failed(self.task, Bug(msg)), **result}
        super().fail_json(**{**result, "msg": msg})

    def end(self, result: Json) -> t.NoReturn:
        """End the module with a result. The warnings in it become Ansible's warnings."""
        for warning in result.pop("warnings", []):
            self.warn(warning)
        if result.get("failed"):
            self.fail_json(**result)
        self.exit_json(**result)


def run_module(task: Task) -> None:
    """Run a task as a module: read the arguments, open the session, and end the process with the result."""
    module = _Module(task)
    missing = without_requests()
    if missing:
        module.end(failed(task, missing))
    caller = ModuleCaller(dict(module.params), module.check_mode, module._diff, module.no_log_values)
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
    """Turn a signal that would end the process into an exception, so that the session is closed.

    Later signals are ignored: they must not interrupt the logout, which takes a few seconds at most.
    """
    for other in SIGNALS:
        signal.signal(other, signal.SIG_IGN)
    raise Interrupted(signum)
