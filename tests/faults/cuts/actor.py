# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Performs tasks of any module within this process, as the action plugin does, on an appliance's own clock."""

from __future__ import annotations

import contextlib
import functools
import importlib
import typing as t

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.jobwise.appliance.plugins.module_utils import _task
from ansible_collections.jobwise.appliance.plugins.module_utils._arguments import tidied
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import ApplianceError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.job import Clock, WaitOptions
from ansible_collections.jobwise.appliance.plugins.module_utils._module import ModuleCaller
from tests.faults.cuts.appliance import Json, LocalAppliance
from tests.playbook import PASSWORD, USER
from tests.run.collection import NAME
from tests.values import Setup, Values

USERS = {"oneview": "Administrator"}


class Endpoint(t.Protocol):
    """Where a task goes: the appliance itself, or the proxy in front of it."""

    @property
    def host(self) -> str:
        """Its address."""

    @property
    def port(self) -> int:
        """Its port."""

    ca_path: str


class Actor:
    """Performs tasks on one appliance. While a task sleeps, the clocks of both go on, and no real time passes.

    stands_still: whether the appliance's clock stands still while the task sleeps, so that its jobs do.
    """

    def __init__(self, appliance: LocalAppliance, stands_still: t.Callable[[], bool] = lambda: False) -> None:
        self.appliance = appliance
        self.stands_still = stands_still
        self.slept = 0.0

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.slept += seconds
        if not self.stands_still():
            self.appliance.clock.advance(seconds)

    def perform(self, module: str, options: Json, check: bool = False, through: Endpoint | None = None) -> Json:
        """Perform one task and return its result, with the warnings of its logout. through: where the task goes."""
        task: _task.Task = importlib.import_module(f"{NAME}.plugins.modules.{module}").TASK
        given = tidied(task.options, {**options, **self.connection(through or self.appliance)})
        checked = ArgumentSpecValidator(task.argument_spec(), **task.rules).validate(given)
        wrong = _task.input_error(task, given, checked)
        if wrong:
            return _task.failed(task, wrong)
        caller = ModuleCaller(checked.validated_parameters, check, True, set(checked._no_log_values))
        with self.own_time() as clock:
            try:
                client = task.platform.connect(caller.params)
                client._sleep = clock.sleep
                try:
                    result = _task.perform(task, caller, client)
                finally:
                    client.close()
            except ApplianceError as error:
                return _task.failed(task, error)
        result["warnings"] = [*result.get("warnings", []), *client.hide(client.warnings)]
        return result

    def connection(self, endpoint: Endpoint) -> Json:
        return {
            "host": endpoint.host,
            "port": endpoint.port,
            "username": USERS.get(self.appliance.name, USER),
            "password": PASSWORD,
            "ca_path": endpoint.ca_path,
            "timeout": 5,
        }

    @contextlib.contextmanager
    def own_time(self) -> t.Iterator[Clock]:
        """Let tasks inside the block live by this clock."""
        clock = Clock(lambda: self.slept, self.sleep)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(_task, "WaitOptions", functools.partial(WaitOptions, clock=clock))
            yield clock

    def prepare(self, values: Values) -> None:
        """Bring the appliance back to its seed, then set up what the module's values need."""
        self.appliance.reset()
        for step in sorted(values.setup, key=lambda one: not one.is_command):
            self.set_up(step)

    def set_up(self, step: Setup) -> None:
        """Carry out one step of the setup. Raises AssertionError if it fails."""
        platform = self.appliance.platform
        if not step.is_command:
            self.succeed(step.name, step.body)
        elif step.name == "clock":
            self.appliance.clock.advance(step.body["advance"])
        else:
            {"change": platform.change, "jobs": platform.start_job, "faults": self.appliance.emulation.faults.arm}[
                step.name
            ](step.body)

    def succeed(self, module: str, options: Json, check: bool = False) -> Json:
        """Perform a task that must not fail, and return its result."""
        result = self.perform(module, options, check)
        assert not result.get("failed"), f"{module} {options}: {result['msg']}"
        return result
