# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Playbooks against an emulated appliance: newest and oldest ansible-core, in the controller and as a module."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import json
import os
import subprocess
import sys
import typing as t
from pathlib import Path

import pytest
import yaml

from jobwise_emulator.process import Emulator
from tests import contract
from tests.conftest import sample, shared_folder
from tests.playbook import ROOT, ansible_environment, ansible_playbook, connection
from tests.writes import is_write

HERE = Path(__file__).resolve().parent
OLDEST = os.environ.get("JOBWISE_ANSIBLE_OLDEST")
Tasks = t.Sequence[t.Mapping[str, t.Any]]


@pytest.fixture(scope="session")
def journal(tmp_path_factory: pytest.TempPathFactory) -> t.Iterator[Path]:
    """The record of every exchange of the whole run with a PowerStore, which has to keep to the vendor's document."""
    path = tmp_path_factory.mktemp("journal") / "journal.jsonl"
    yield path
    documents = shared_folder()
    if path.exists() and path.stat().st_size and documents:
        contract.check(path, documents)


@pytest.fixture(scope="session")
def running_emulators(journal: Path) -> t.Iterator[t.Callable[[str, str], Emulator]]:
    """Start the emulator of a platform when it is first asked for."""
    with contextlib.ExitStack() as stack:

        @functools.cache
        def running(platform: str, release: str) -> Emulator:
            kept = journal if platform == "powerstore" and not release else None
            arguments = ("--api-version", release) if release else ()
            return stack.enter_context(Emulator(platform, speed=20, journal=kept, arguments=arguments))

        yield running


@pytest.fixture
def platform() -> str:
    """The appliance that is emulated. Files of tests on another one have a fixture of their own."""
    return "powerstore"


@pytest.fixture
def release() -> str:
    """The release of the appliance; its usual one if empty."""
    return ""


@pytest.fixture
def emulator(running_emulators: t.Callable[[str, str], Emulator], platform: str, release: str) -> Emulator:
    """An appliance in its first state, with nothing recorded."""
    emulator = running_emulators(platform, release)
    emulator.reset()
    return emulator


@pytest.fixture(scope="session")
def running_peer() -> t.Iterator[Emulator]:
    with Emulator(speed=20, arguments=("--cluster", "west")) as emulator:
        yield emulator


@pytest.fixture
def peer(running_peer: Emulator) -> Emulator:
    """Another array in its first state, of the cluster west."""
    running_peer.reset()
    return running_peer


@pytest.fixture(scope="session")
def collections_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that Ansible finds the checkout in as a collection."""
    base = tmp_path_factory.mktemp("collections")
    link = base / "ansible_collections" / "jobwise" / "appliance"
    link.parent.mkdir(parents=True)
    link.symlink_to(ROOT, target_is_directory=True)
    return base


@pytest.fixture(params=["newest", "oldest"])
def core(request: pytest.FixtureRequest) -> Path:
    """The folder of commands of an ansible-core."""
    if request.param == "newest":
        return Path(sys.executable).parent
    if not OLDEST:
        pytest.skip("JOBWISE_ANSIBLE_OLDEST names no environment with the oldest ansible-core")
    return Path(OLDEST)


@pytest.fixture(params=["controller", "target"])
def route(request: pytest.FixtureRequest) -> str:
    """Where tasks run: jobwise_run_in."""
    return str(request.param)


@dataclasses.dataclass
class Run:
    """What came of a playbook: results by task name, and what a person saw."""

    returncode: int
    output: str
    rows: list[dict[str, t.Any]]

    def result(self, task: str) -> dict[str, t.Any]:
        """Return the result of the task of this name, of the loop as a whole where it is one."""
        found = [row for row in self.rows if row["task"] == task and not row["item"]]
        assert found, f"no result of {task!r} in\n{self.output}"
        return told(found[-1])

    def items(self, task: str) -> list[dict[str, t.Any]]:
        return [told(row) for row in self.rows if row["task"] == task and row["item"]]


def told(row: dict[str, t.Any]) -> dict[str, t.Any]:
    """Return a result with ``failed``, which newer callbacks tell beside it."""
    return {**row["result"], "failed": row["status"] == "failed"}


class Player:
    """Plays tasks on localhost with the connection in the environment."""

    def __init__(self, folder: Path, collections: Path, emulator: Emulator, platform: str, core: Path) -> None:
        self.folder, self.emulator, self.core = folder, emulator, core
        self.results = folder / "results.jsonl"
        self.environment = ansible_environment(
            **connection(emulator, platform),
            ANSIBLE_COLLECTIONS_PATH=str(collections),
            ANSIBLE_CALLBACK_PLUGINS=str(HERE / "callback"),
            ANSIBLE_CALLBACKS_ENABLED="collect_results",
            ANSIBLE_NOCOLOR="1",
            ANSIBLE_HOME=str(folder / "home"),
            ANSIBLE_ASYNC_DIR=str(folder / "async"),
            JOBWISE_RESULTS=str(self.results),
            EMULATOR_PYTHON=sys.executable,
            EMULATOR_ROOT=str(ROOT),
        )

    def write(self, tasks: Tasks, route: str = "auto", **play: t.Any) -> Path:
        """Write a playbook of these tasks."""
        variables = {"ansible_python_interpreter": "{{ ansible_playbook_python }}", "jobwise_run_in": route}
        variables.update(play.pop("vars", {}))
        content = {"hosts": "localhost", "gather_facts": False, "vars": variables, "tasks": list(tasks), **play}
        playbook = self.folder / "play.yml"
        playbook.write_text(yaml.safe_dump([content], sort_keys=False), encoding="utf-8")
        return playbook

    def command(self, playbook: Path, *arguments: str) -> list[str]:
        return [ansible_playbook(self.core), str(playbook), *arguments]

    def play(
        self, tasks: Tasks, route: str = "auto", *arguments: str, env: dict[str, str] | None = None, **play: t.Any
    ) -> Run:
        """Play tasks to the end; env adds to the environment of ansible-playbook, play to the play's keywords."""
        command = self.command(self.write(tasks, route, **play), *arguments)
        return self.run(command, {**self.environment, **(env or {})})

    def run(self, command: list[str], environment: dict[str, str]) -> Run:
        self.results.write_text("", encoding="utf-8")
        done = subprocess.run(
            command, env=environment, cwd=ROOT, text=True, capture_output=True, check=False, timeout=300
        )
        rows = [json.loads(line) for line in self.results.read_text(encoding="utf-8").splitlines()]
        return Run(done.returncode, done.stdout + done.stderr, rows)


@pytest.fixture
def newest(tmp_path: Path, collections_path: Path, emulator: Emulator, platform: str) -> Player:
    """A player with the newest ansible-core only."""
    return Player(tmp_path, collections_path, emulator, platform, Path(sys.executable).parent)


@pytest.fixture
def player(tmp_path: Path, collections_path: Path, emulator: Emulator, platform: str, core: Path) -> Player:
    """A player for each ansible-core."""
    return Player(tmp_path, collections_path, emulator, platform, core)


def writes(emulator: Emulator) -> list[dict[str, t.Any]]:
    """Return the requests that would change something on the array."""
    return [one for one in emulator.requests()["requests"] if is_write(one["method"], one["path"])]


ON_THE_OLDEST = 8
"""How many plays a run repeats with the oldest ansible-core; `make faults` repeats all."""


def played_on_both_cores(names: t.Sequence[str], as_modules: t.Collection[str]) -> list[tuple[str, str, str]]:
    """Return what to play as core, route and name: all with the newest ansible-core, a sample with the oldest one.

    as_modules: the names that are played as modules, too. The cores differ in how they hand over options and results,
    which every play exercises alike; the sample changes with the seed of the run.
    """
    routes = [(route, name) for name in names for route in ("controller", "target")]
    wanted = [(route, name) for route, name in routes if route == "controller" or name in as_modules]
    return [
        *(("newest", route, name) for route, name in wanted),
        *(("oldest", route, name) for route, name in sample(wanted, ON_THE_OLDEST)),
    ]
