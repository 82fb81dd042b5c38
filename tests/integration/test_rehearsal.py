# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Changes are rehearsed on a twin of an array, by the playbook for that and in the pipeline that the guide shows."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import typing as t
from pathlib import Path

import pytest
import yaml

from tests.playbook import ROOT, ansible_playbook

from .conftest import Player, Run, writes

SCENARIO = ROOT / "extensions" / "molecule" / "rehearsal"
CHANGE = {"volume": [{"name": "web01", "size": "80 GiB"}, {"name": "db07", "size": "500 GiB"}]}


@pytest.fixture
def platform() -> str:
    """The appliance that is emulated."""
    return "powerstore"


@pytest.fixture
def programs() -> t.Iterator[Path]:
    """A folder with the program as the wheel installs it, but of this checkout. Ansible's sockets need a short path."""
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "jobwise-emulator"
        program.write_text(f'#!/bin/sh\nexec {sys.executable} -m jobwise_emulator "$@"\n')
        program.chmod(0o755)
        yield Path(folder)


def rehearse(player: Player, programs: Path, **variables: t.Any) -> Run:
    command = [ansible_playbook(player.core), "jobwise.appliance.rehearse", "-e", json.dumps(variables)]
    path = f"{programs}:{player.core}:/usr/bin:/bin"
    return player.run(command, {**player.environment, "PATH": path, "TMPDIR": str(programs), "PWD": str(player.folder)})


def left_over(programs: Path) -> list[str]:
    return [path.name for path in programs.glob("rehearsal-*")]


def test_a_document_with_a_fault(newest: Player, programs: Path) -> None:
    (newest.folder / "change.yml").write_text(yaml.safe_dump(CHANGE), encoding="utf-8")
    report = newest.folder / "report.md"
    faults = ["job-fails create volume db*", "busy delete host"]
    run = rehearse(newest, programs, change="change.yml", report="report.md", faults=faults, job_seconds=0.2)
    assert run.returncode == 2 and "The rehearsal of change.yml has failed. 2 items: 1 failed, 1 changed." in run.output
    text = report.read_text(encoding="utf-8")
    assert "**Failed** on a twin of the array" in text and "jobs: 2, writes: 2, reads: " in text
    assert "| modify volume web01 | Completed | 0.2 |  |" in text and "| create volume db07 | Failed | 0.1 |" in text
    assert "- happened: job-fails create volume db*\n" in text and "nothing matched: busy delete host\n" in text
    assert "-    size: 50 GiB\n+    size: 80 GiB\n" in text and "db07" not in text.partition("```diff")[2]
    assert writes(newest.emulator) == [] and left_over(programs) == []


def test_a_playbook_stays_on_the_twin(newest: Player, programs: Path) -> None:
    """The array is not asked: there is a document. A task that names the array fails before it sends anything."""
    array = {"host": "array01.example.com", "port": 443}
    plays: list[dict[str, t.Any]] = [
        {
            "hosts": "localhost",
            "gather_facts": False,
            "tasks": [
                {"jobwise.appliance.volume": {"name": "web-01", "size": "300 GiB"}},
                {"jobwise.appliance.volume": {"name": "web-01", "size": "400 GiB", **array}},
            ],
        }
    ]
    (newest.folder / "grow.yml").write_text(yaml.safe_dump(plays), encoding="utf-8")
    document, report = str(SCENARIO / "vars" / "array.yml"), newest.folder / "report.md"
    run = rehearse(newest, programs, playbook="grow.yml", document=document, report=str(report), job_seconds=0.2)
    assert run.returncode == 2 and "The rehearsal of grow.yml has failed. Its output is in the report." in run.output
    text = report.read_text(encoding="utf-8")
    assert "This is a rehearsal at 127.0.0.1:" in text and "the task's host is array01.example.com:443" in text
    assert "-    size: 200 GiB\n+    size: 300 GiB\n" in text
    assert newest.emulator.requests()["requests"] == [] and left_over(programs) == []


def test_a_wrong_document_is_explained(newest: Player, programs: Path) -> None:
    (newest.folder / "array.yml").write_text("volume: [{name: a, sice: 1}]", encoding="utf-8")
    run = rehearse(newest, programs, playbook="x.yml", document="array.yml")
    assert run.returncode == 2 and "volume[0] (a): volume has no option sice. Did you mean size?" in run.output
    assert left_over(programs) == []


def test_the_pipeline_of_the_guide(newest: Player, programs: Path) -> None:
    guide = (ROOT / "docs" / "rehearsal.md").read_text(encoding="utf-8")
    workflow = yaml.safe_load(
        guide.partition("```yaml\nname: Rehearse")[2].partition("```")[0].join(["name: Rehearse", ""])
    )
    steps = {step["name"]: step["run"] for step in workflow["jobs"]["twin"]["steps"] if "run" in step}
    assert list(steps) == ["Install", "Start the twin", "Play", "Report"]
    shutil.copy(SCENARIO / "vars" / "array.yml", newest.folder / "array01.yml")
    shutil.copy(SCENARIO / "converge.yml", newest.folder / "site.yml")
    inherited = {name: value for name, value in newest.environment.items() if not name.startswith("POWERSTORE_")}
    environment = {**inherited, "PATH": f"{programs}:{newest.core}:/usr/bin:/bin"}
    said = ""
    try:
        for name in list(steps)[1:]:
            with tempfile.TemporaryFile("w+") as output:  # the twin keeps a pipe open
                command = ["bash", "-e", "-c", steps[name]]
                done = subprocess.run(
                    command, cwd=newest.folder, env=environment, stdout=output, stderr=output, check=False, timeout=120
                )
                output.seek(0)
                said += output.read()
            assert done.returncode == 0, said
    finally:
        shutil.rmtree(newest.folder / "twin", ignore_errors=True)
    assert "create volume web-04" in said and "changed=0" in said and "jobs: 2," in said
