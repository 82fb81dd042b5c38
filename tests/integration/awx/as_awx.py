# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs the playbooks of the project as AWX does: AWX's injected credentials, its inventory script, and ansible-runner.

What AWX does around ansible-runner is restated from awx/main/tasks/jobs.py and awx/main/models/inventory.py: the
inventory as a script, every N-th host for a slice, answers of surveys that Ansible must not evaluate, its variables.
"""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import subprocess
import typing as t
from pathlib import Path

import yaml

from tests.playbook import ansible_environment

from .environment import awx_bin
from .setup import EXTENSION, PROJECT

LONGEST = 120
LARGEST_EVENT = 700_000
"""Characters of a result. AWX gets an empty one in the place of a larger one."""
Values = t.Mapping[str, t.Any]


def configuration(kind: str, part: str) -> dict[str, t.Any]:
    """Return the inputs or the injectors of a credential type."""
    text = (EXTENSION / "credential_types" / f"{kind}.{part}.yml").read_text(encoding="utf-8")
    return t.cast("dict[str, t.Any]", yaml.safe_load(text))


def injected(folder: Path, credentials: t.Mapping[str, Values]) -> dict[str, t.Any]:
    """Return what AWX injects for credentials (type to values) into a job with this private data directory."""
    (folder / "env").mkdir(exist_ok=True)
    listed = [
        {"inputs": configuration(kind, "inputs"), "injectors": configuration(kind, "injectors"), "values": values}
        for kind, values in credentials.items()
    ]
    asked = json.dumps({"folder": str(folder), "credentials": listed})
    command = [str(awx_bin() / "python"), str(Path(__file__).with_name("inject.py"))]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True)
    found: dict[str, t.Any] = json.loads(done.stdout)
    # In AWX, the container has the private data directory as /runner.
    here = {name: value.replace("/runner/", f"{folder}/") for name, value in found["variables"].items()}
    return {**found, "variables": here}


class _Unsafe(str):
    """An answer of a survey."""


class _Dumper(yaml.SafeDumper):
    pass


_Dumper.add_representer(_Unsafe, lambda dumper, value: dumper.represent_scalar("!unsafe", str(value)))


_SYNCHRONIZED: dict[str, dict[str, t.Any]] = {}


def synchronized(bin_dir: Path, project: Path, hosts: str) -> dict[str, t.Any]:
    """Return the inventory as AWX takes it from a file of the project. All tests have the same project and hosts."""
    if hosts not in _SYNCHRONIZED:
        _SYNCHRONIZED[hosts] = _synchronize(bin_dir, project)
    return _SYNCHRONIZED[hosts]


def _synchronize(bin_dir: Path, project: Path) -> dict[str, t.Any]:
    command = [str(bin_dir / "ansible-inventory"), "-i", "arrays.yml", "--list", "--export"]
    done = subprocess.run(command, cwd=project, env=ansible_environment(), capture_output=True, text=True, check=True)
    return t.cast("dict[str, t.Any]", json.loads(done.stdout))


@dataclasses.dataclass
class Job:
    """What came of a job: its status, its events, and the files that AWX reads."""

    status: str
    output: str
    events: list[dict[str, t.Any]]
    artifacts: Path

    def result(self, task: str, host: str = "") -> dict[str, t.Any]:
        """Return the result of a task, on one of the hosts if there are several."""
        found = [
            one["event_data"]
            for one in self.events
            if one["event"] in ("runner_on_ok", "runner_on_failed")
            and one["event_data"]["task"] == task
            and host in ("", one["event_data"]["host"])
        ]
        assert found, f"no result of {task!r} in\n{self.output}"
        return t.cast("dict[str, t.Any]", found[-1]["res"])

    def totals(self, kind: str) -> dict[str, int]:
        """Return how many tasks changed or failed, by host."""
        stats = next(one["event_data"] for one in self.events if one["event"] == "playbook_on_stats")
        return t.cast("dict[str, int]", stats[kind])

    def given(self) -> dict[str, t.Any]:
        """Return what later nodes of a workflow get: the data of set_stats."""
        stats = next(one["event_data"] for one in self.events if one["event"] == "playbook_on_stats")
        return t.cast("dict[str, t.Any]", stats.get("artifact_data", {}))

    def text(self) -> str:
        """Return all that AWX stores of the job. The file `command` has the environment; AWX does not store it."""
        files = [path for path in self.artifacts.rglob("*") if path.is_file() and path.name != "command"]
        return "".join(path.read_text(encoding="utf-8", errors="replace") for path in sorted(files))


class Awx:
    """A project, an inventory and credentials, and jobs with them."""

    def __init__(self, folder: Path, arrays: t.Mapping[str, Values], credentials: t.Mapping[str, Values]) -> None:
        """arrays: the hosts of the inventory with their variables; credentials: type to values."""
        self.folder, self.credentials = folder, credentials
        self.jobs, self.largest_event = 0, LARGEST_EVENT
        self.project = folder / "project"
        shutil.copytree(PROJECT, self.project)
        hosts = {"powerstores": {"hosts": dict(arrays)}}
        (self.project / "arrays.yml").write_text(yaml.safe_dump(hosts), encoding="utf-8")
        self.bin_dir = awx_bin()
        self.inventory = synchronized(self.bin_dir, self.project, str(hosts))

    def _script(self, number: int, count: int) -> str:
        """Return the inventory of a slice, as a script, which is how AWX hands it to Ansible."""
        hosts = sorted(self.inventory["_meta"]["hostvars"])[number - 1 :: count]
        data = {
            **self.inventory,
            "_meta": {"hostvars": {one: self.inventory["_meta"]["hostvars"][one] for one in hosts}},
        }
        for name in set(data) - {"_meta", "all"}:
            data[name] = {**data[name], "hosts": [one for one in data[name].get("hosts", ()) if one in hosts]}
        return f"#! /usr/bin/env python3\nprint({json.dumps(data)!r})\n"

    def prepare(self, variables: Values, answers: Values, part: tuple[int, int]) -> Path:
        """Write the private data directory of a job and return it."""
        self.jobs += 1
        folder = self.folder / f"job{self.jobs}"
        (folder / "inventory").mkdir(parents=True)
        (folder / "project").symlink_to(self.project, target_is_directory=True)
        script = folder / "inventory" / "hosts"
        script.write_text(self._script(*part), encoding="utf-8")
        script.chmod(0o700)
        found = injected(folder, self.credentials)["variables"]
        awx = {"ANSIBLE_INVENTORY_UNPARSED_FAILED": "True", "ANSIBLE_FORCE_COLOR": "True", "JOB_ID": str(self.jobs)}
        more = {"MAX_EVENT_RES": str(self.largest_event), "ANSIBLE_HOST_KEY_CHECKING": "False"}
        (folder / "env" / "envvars").write_text(json.dumps({**found, **awx, **more}), encoding="utf-8")
        texts = {name: _Unsafe(value) if isinstance(value, str) else value for name, value in answers.items()}
        extra = yaml.dump({**variables, **texts}, Dumper=_Dumper)
        (folder / "env" / "extravars").write_text(extra, encoding="utf-8")
        return folder

    def command(self, folder: Path, playbook: str, *arguments: str) -> list[str]:
        command = [str(self.bin_dir / "ansible-runner"), "run", str(folder), "-p", playbook, "-i", "artifacts", "-q"]
        return [*command, f"--cmdline={' '.join(arguments)}"] if arguments else command

    def environment(self) -> dict[str, str]:
        return ansible_environment(PATH=f"{self.bin_dir}:{os.environ['PATH']}")

    def run(
        self,
        playbook: str,
        *arguments: str,
        variables: Values | None = None,
        answers: Values | None = None,
        part: tuple[int, int] = (1, 1),
    ) -> Job:
        """Run a job to its end. variables: of the template; answers: to its survey; part: which of how many slices."""
        folder = self.prepare(variables or {}, answers or {}, part)
        command = self.command(folder, playbook, *arguments)
        options: dict[str, t.Any] = {"env": self.environment(), "cwd": folder, "timeout": LONGEST}
        done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
        job = self.job(folder)
        assert job.status != "none", done.stderr
        return job

    def cancelled(self, playbook: str, *arguments: str, until: t.Callable[[], None]) -> Job:
        """Run a job and cancel it in the middle, when ``until`` returns: AWX has ansible-runner kill all of it."""
        folder = self.prepare({}, {}, (1, 1))
        command = self.command(folder, playbook, *arguments)
        process = subprocess.Popen(command, env=self.environment(), cwd=folder, stdout=subprocess.DEVNULL)
        until()
        process.terminate()
        process.wait(LONGEST)
        return self.job(folder)

    def job(self, folder: Path) -> Job:
        """Return what a job has left in its folder."""
        artifacts = folder / "artifacts" / "artifacts"
        paths = sorted((artifacts / "job_events").glob("[0-9]*.json"), key=lambda path: int(path.name.split("-")[0]))
        events = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
        status = (artifacts / "status").read_text(encoding="utf-8") if (artifacts / "status").exists() else "none"
        return Job(status, "\n".join(one["stdout"] for one in events), events, artifacts)
