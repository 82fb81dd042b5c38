# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tasks under faults, performed within this process. Each platform has a folder with its emulated appliance."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._module import ModuleCaller
from ansible_collections.jobwise.appliance.plugins.module_utils._task import Task, perform
from ansible_collections.jobwise.appliance.plugins.modules import volume_group
from jobwise_emulator.process import Emulator
from tests.playbook import PASSWORD, USER
from tests.pure_plans import check_plans


@pytest.fixture(autouse=True)
def plans_are_pure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail a test whose plans depend on more than the object and the history of the run, or change something."""
    check_plans(monkeypatch)


@pytest.fixture
def emulator(running_emulator: Emulator) -> Emulator:
    """The appliance of the folder's platform, in its first state."""
    running_emulator.reset()
    return running_emulator


class Runner:
    """Performs tasks as a module would, within this process: the same session, engine and result."""

    def __init__(self, emulator: Emulator) -> None:
        self.emulator = emulator
        self.lines: list[str] = []

    def connection(self) -> dict[str, t.Any]:
        return {
            "host": self.emulator.host,
            "port": self.emulator.port,
            "username": USER,
            "password": PASSWORD,
            "validate_certs": True,
            "ca_path": str(self.emulator.ca_path),
            "timeout": 5.0,
            "proxy": None,
        }

    def __call__(
        self,
        task: Task = volume_group.TASK,
        check: bool = False,
        sleep: t.Callable[[float], None] | None = None,
        **options: t.Any,
    ) -> dict[str, t.Any]:
        """Perform a task with these options and the others at their defaults; returns the task's result.

        sleep: between the tries of a read, where it is not the real one.
        """
        spec = task.argument_spec()
        params = {name: option.get("default") for name, option in spec.items()}
        params.update(self.connection())
        params.update(options)
        caller = ModuleCaller(params, check, True)
        client = task.platform.connect(params)
        client._sleep = sleep or client._sleep
        try:
            return perform(task, caller, client)
        finally:
            client.close()


@pytest.fixture
def run(emulator: Emulator) -> Runner:
    return Runner(emulator)
