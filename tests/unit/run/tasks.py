# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""All tasks of the collection, and a made-up one on the engine tests' appliance."""

from __future__ import annotations

import contextlib
import dataclasses
import importlib
import typing as t
from pathlib import Path

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.platform import Platform
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Caller, Task, bring_about
from tests.unit.engine.appliance import Appliance
from tests.unit.engine.tables import SHELF

PACKAGE = "ansible_collections.jobwise.appliance.plugins.modules"
MODULES = Path(__file__).resolve().parents[3] / "plugins" / "modules"
TASKS: list[Task] = [importlib.import_module(f"{PACKAGE}.{path.stem}").TASK for path in sorted(MODULES.glob("*.py"))]

PASSWORD = "Gehe1m!-word"

OPTIONS: Json = {
    "host": {"type": "str", "required": True, "env": "LIBRARY_HOST"},
    "password": {"type": "str", "required": True, "no_log": True, "env": "LIBRARY_PASSWORD"},
    "port": {"type": "int", "default": 443, "env": "LIBRARY_PORT"},
}


@dataclasses.dataclass
class PlainClient:
    """What every session can do, without an appliance. secrets: what it hides."""

    secrets: list[str] = dataclasses.field(default_factory=list, init=False)
    warnings: list[str] = dataclasses.field(default_factory=list, init=False)
    bounds: list[float] = dataclasses.field(default_factory=list, init=False)

    def close(self) -> None:
        """There is nothing to end."""

    def within(self, seconds: float) -> t.ContextManager[t.Any]:
        self.bounds.append(seconds)
        return contextlib.nullcontext()

    def keep_secret(self, values: t.Iterable[str]) -> None:
        self.secrets += values

    def hide(self, value: t.Any) -> t.Any:
        if isinstance(value, dict):
            return {name: self.hide(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self.hide(inner) for inner in value]
        for secret in self.secrets:
            value = value.replace(secret, "***") if isinstance(value, str) else value
        return value


@dataclasses.dataclass
class Library(PlainClient):
    """A session with an appliance that keeps shelves."""

    params: Json
    appliance: Appliance
    closed: int = 0

    def close(self) -> None:
        self.closed += 1


@dataclasses.dataclass
class Asked:
    """Who carries the task out: what the task asks for, and the lines that it is shown."""

    params: Json
    check_mode: bool = False
    diff: bool = False
    secrets: set[str] = dataclasses.field(default_factory=set)
    lines: list[str] = dataclasses.field(default_factory=list)

    def progress(self, line: str) -> None:
        self.lines.append(line)

    def last_words(self, line: str) -> None:
        self.lines.append(line)

    def still_wanted(self) -> None:
        """It always is."""


Work = t.Callable[[Library, Caller], Json]


def on_the_shelf(library: Library, params: Json) -> Appliance:
    """Return the subject of a task: what Ansible hands over is what is wanted."""
    library.appliance.desired = {**library.appliance.desired, **params}
    return library.appliance


def library_task(library: Library, work: Work | None = None) -> Task:
    """Return a task that is carried out on this library."""
    platform = Platform("Library", OPTIONS, lambda params: library)
    return Task("shelf", platform, {**SHELF.argument_spec(), **WAITING}, work or bring_about(on_the_shelf))
