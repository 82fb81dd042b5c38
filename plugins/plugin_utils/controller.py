# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs a module's task in the controller's worker process. With a local connection this saves most of its time."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import importlib
import os
import re
import shlex
import typing as t

from ansible.errors import AnsibleActionFail
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.parameters import remove_values
from ansible.plugins.action import ActionBase
from ansible.utils.display import Display

from ansible_collections.jobwise.appliance.plugins.module_utils._arguments import plain, tidied
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import (
    ApplianceError,
    Bug,
    InputError,
    Interrupted,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._task import (
    COLLECTION,
    Task,
    failed,
    input_error,
    without_requests,
)
from ansible_collections.jobwise.appliance.plugins.plugin_utils.compiled import compiled
from ansible_collections.jobwise.appliance.plugins.plugin_utils.parent import GONE, end_with_parent, parent_is_gone
from ansible_collections.jobwise.appliance.plugins.plugin_utils.progress import Progress, show_at_last
from ansible_collections.jobwise.appliance.plugins.plugin_utils.sessions import Sessions

PLUGINS = f"ansible_collections.{COLLECTION}.plugins"
RUN_IN = "jobwise_run_in"
OLDEST_PYTHON = (3, 8)
PRINT_VERSION = "import sys; print('python %d.%d' % sys.version_info[:2])"
HIDDEN = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"

display = Display()
sessions = Sessions(display.warning)
progress = Progress(lambda line: display.display(line, color="blue"))


@dataclasses.dataclass
class ControllerCaller:
    """The worker process as the caller of a task.

    host: the name of the task's host. quiet: whether to show no progress, as for a task with no_log.
    """

    params: dict[str, t.Any]
    check_mode: bool
    diff: bool
    secrets: set[str] = dataclasses.field(default_factory=set)
    host: str = ""
    quiet: bool = False

    def progress(self, line: str) -> None:
        """Show a line while the task runs."""
        if not self.quiet:
            progress(f"  [{self.host}] {line}")

    def last_words(self, line: str) -> None:
        """Show a line after a signal."""
        if not self.quiet:
            show_at_last(f"  [{self.host}] {line}")

    def still_wanted(self) -> None:
        """Raise Interrupted if ansible-playbook has been killed. Not every kernel sends the worker a signal then."""
        if parent_is_gone():
            raise Interrupted(GONE)


class ControllerAction(ActionBase):
    """Base class of the action plugins. Each platform has one; ``meta/runtime.yml`` names it for all its modules."""

    _supports_async = True
    _supports_check_mode = True

    @functools.cached_property
    def task(self) -> Task:
        """The task of the module that the playbook names."""
        # Not resolved_action: with ansible-core 2.16 it is the name of the action plugin.
        name = str(self._task.action).rpartition(".")[2]
        with compiled(PLUGINS):
            task: Task = importlib.import_module(f"{PLUGINS}.modules.{name}").TASK
        return task

    def run(self, tmp: t.Any = None, task_vars: dict[str, t.Any] | None = None) -> dict[str, t.Any]:
        """Run the task here, or start the ordinary module."""
        variables = task_vars or {}
        super().run(tmp, variables)
        end_with_parent()
        try:
            return self._run_here(variables) if self._runs_here(variables) else self._run_module(variables)
        except ApplianceError as error:
            return failed(self.task, error)

    def _runs_here(self, variables: dict[str, t.Any]) -> bool:
        where = str(self._templar.template(variables.get(RUN_IN, "auto")))
        if where not in ("auto", "controller", "target"):
            raise InputError(f"{RUN_IN} has to be auto, controller or target, not {where!r}.")
        if where == "controller" and self._task.async_val:
            raise InputError(f"{RUN_IN} is controller, but a task with async can only run as an ordinary module.")
        if where != "auto":
            return where == "controller"
        local = getattr(self._connection, "transport", "") == "local"
        return local and not self._task.async_val and not self._play_context.become and not without_requests()

    def _run_module(self, variables: dict[str, t.Any]) -> dict[str, t.Any]:
        if parent_is_gone():
            os.kill(os.getpid(), GONE)
            raise AnsibleActionFail("ansible-playbook has ended, so no further module is started.")
        wrap_async = bool(self._task.async_val) and not self._connection.has_native_async
        result: dict[str, t.Any] = self._execute_module(
            module_name=f"{COLLECTION}.{self.task.name}",
            module_args=self._task.args,
            task_vars=variables,
            wrap_async=wrap_async,
        )
        if not result.get("failed") or "error" in result:
            return result
        self._check_python()
        return {**failed(self.task, Bug(str(result.get("msg")))), **result}

    def _check_python(self) -> None:
        """Raise InputError if a module failed without a result of its own because its Python is too old.

        The module cannot report this itself: such a Python cannot even parse its file.
        """
        python = (self._used_interpreter or "").lstrip("#! ")
        if not python:
            return
        answer = self._low_level_execute_command(f"{python} -c {shlex.quote(PRINT_VERSION)}")
        found = re.search(r"python (\d+)\.(\d+)", answer.get("stdout") or "")
        if found and (int(found.group(1)), int(found.group(2))) < OLDEST_PYTHON:
            raise InputError(
                f"{COLLECTION} needs Python {'.'.join(map(str, OLDEST_PYTHON))} or later where a module runs; {python} "
                f"is {found.group(1)}.{found.group(2)}.",
                hint="Set ansible_python_interpreter.",
            )

    def _run_here(self, variables: dict[str, t.Any]) -> dict[str, t.Any]:
        missing = without_requests()
        if missing:
            raise missing
        if getattr(self._connection, "transport", "") == "local":
            self._connection._connect()  # Ansible reuses only a connected connection for the next item of a loop
        sessions.close_with(self._connection)
        try:
            with sessions, self._environment():
                return self._validated_and_performed(variables)
        except Interrupted as interrupted:
            sessions.end(interrupted.signum)
            raise AnsibleActionFail("Interrupted.") from None

    def _validated_and_performed(self, variables: dict[str, t.Any]) -> dict[str, t.Any]:
        given = tidied(self.task.options, plain(self._task.args))
        checked = ArgumentSpecValidator(self.task.argument_spec(), **self.task.rules).validate(given)
        secrets = set(checked._no_log_values)
        wrong = input_error(self.task, given, checked)
        if wrong:
            return self._clean(failed(self.task, wrong), secrets)
        caller = self._caller(checked.validated_parameters, variables)
        caller.secrets = secrets
        result = sessions.perform(self.task, caller)
        result["invocation"] = {"module_args": self._shown_args(caller.params)}
        return self._clean(result, secrets)

    def _caller(self, params: dict[str, t.Any], variables: dict[str, t.Any]) -> ControllerCaller:
        caller = ControllerCaller(params, self._task.check_mode, self._task.diff)
        caller.host = variables.get("inventory_hostname", "")
        caller.quiet = bool(self._task.no_log)
        return caller

    def _shown_args(self, params: dict[str, t.Any]) -> dict[str, t.Any]:
        spec, params = self.task.argument_spec(), self.task.shown(params)
        return {name: HIDDEN if spec.get(name, {}).get("no_log") and value else value for name, value in params.items()}

    @staticmethod
    def _clean(result: dict[str, t.Any], secrets: set[str]) -> dict[str, t.Any]:
        cleaned: dict[str, t.Any] = remove_values(result, secrets)
        return cleaned

    @contextlib.contextmanager
    def _environment(self) -> t.Iterator[None]:
        """Set the variables of the task's environment keyword inside the block, as for a module's process."""
        wanted: dict[str, t.Any] = {}
        self._compute_environment_string(wanted)
        before = {name: os.environ.get(name) for name in wanted}
        os.environ.update({name: str(value) for name, value in wanted.items()})
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value
