# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is said about releases, and what tests them, names the same versions and the same commands."""

from __future__ import annotations

import re
import typing as t
from pathlib import Path

import pytest
import yaml

from tests.run import __main__ as steps
from tests.run import cores
from tests.run.command import Failed
from tests.run.cores import Outcome
from tests.run.environments import CORES, Python
from tests.unit.project.sources import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PREFERRED = {core: pythons[0] for core, pythons in CORES.items()}


def jobs(workflow: Path) -> dict[str, t.Any]:
    loaded: dict[str, t.Any] = yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"]
    return loaded


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+): ", MAKEFILE, re.MULTILINE))


def test_the_oldest_ansible_core_is_the_one_that_the_collection_requires() -> None:
    requires = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text(encoding="utf-8"))["requires_ansible"]
    assert requires == f">={next(iter(CORES))}.0"


def test_the_page_of_versions_has_the_tested_ones() -> None:
    page = (ROOT / "docs" / "versions.md").read_text(encoding="utf-8")
    assert dict(re.findall(r"^\| (2\.\d+) \| (3\.\d+) \|$", page, re.MULTILINE)) == PREFERRED


def test_the_workflow_tests_each_core_with_its_python() -> None:
    matrix = jobs(ROOT / ".github" / "workflows" / "release-check.yml")["cores"]["strategy"]["matrix"]["include"]
    assert {row["core"]: row["python"] for row in matrix} == PREFERRED


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_workflows_call_what_a_desk_calls_and_end(workflow: Path) -> None:
    for job in jobs(workflow).values():
        commands = [step["run"].split() for step in job["steps"] if "run" in step]
        assert commands and all(command[0] == "make" for command in commands)
        called = {word for command in commands for word in command[1:] if re.fullmatch("[a-z-]+", word)}
        assert called <= targets() and job["timeout-minutes"] <= 90


def test_every_step_that_make_calls_is_there() -> None:
    called = set(re.findall(r"\$\(RUN\) tests\.run ((?:[a-z-]+ ?)+)", MAKEFILE))
    assert {name for names in called for name in names.split()} <= {*steps.STEPS, *steps.PARTS}
    assert set(steps.RELEASE) <= {*steps.STEPS, *steps.PARTS}


def test_the_table_of_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    there = {"2.16": Python("3.10", "/usr/bin/python3.10"), "2.21": Python("3.13", "/usr/bin/python3.13")}
    monkeypatch.setattr(cores, "python_of", there.get)
    good, bad = Outcome(True, 41.4), Outcome(False, 7)
    assert cores.table({"2.16": {"sanity": good, "units": bad}, "2.17": {}, "2.21": {"sanity": good}}).splitlines() == [
        "ansible-core  Python  sanity          units",
        "2.16          3.10    ok 41 s         FAILED 7 s",
        "2.17          -       no Python for it here",
        "2.21          3.13    ok 41 s",
    ]


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """The suites that ran, by ansible-core; units fail with 2.17."""
    ran: list[tuple[str, str]] = []

    def suite(name: str) -> t.Callable[[Path], None]:
        def run(bin_dir: Path) -> None:
            ran.append((bin_dir.name, name))
            if ran[-1] == ("2.17", "units"):
                raise Failed("one test has failed")

        return run

    monkeypatch.setattr(cores, "SUITES", {name: suite(name) for name in cores.SUITES})
    monkeypatch.setattr(cores, "core_bin", Path)
    monkeypatch.setattr(cores, "python_of", lambda core: Python("3.12", core))
    return ran


def test_a_failure_does_not_end_the_others(
    played: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JOBWISE_CORES", "2.17 2.18")
    monkeypatch.setenv("JOBWISE_SUITES", "units plays")
    with pytest.raises(Failed, match=r"^failed: units with 2\.17$"):
        cores.cores()
    assert played == [("2.17", "units"), ("2.17", "plays"), ("2.18", "units"), ("2.18", "plays")]
    assert "one test has failed" in capsys.readouterr().out


def test_all_cores_by_default(played: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JOBWISE_CORES", raising=False)
    monkeypatch.setenv("JOBWISE_SUITES", "")
    with pytest.raises(Failed):
        cores.cores()
    assert played == [(core, suite) for core in CORES for suite in cores.SUITES]


def test_no_python_is_no_success(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "core_bin", lambda core: None)
    monkeypatch.setattr(cores, "python_of", lambda core: None)
    with pytest.raises(Failed, match="no Python here"):
        cores.cores()


def test_an_unknown_core_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBWISE_CORES", "2.17 2.15")
    with pytest.raises(Failed, match=r"JOBWISE_CORES names 2\.15; there are: 2\.16, 2\.17"):
        cores.cores()


def test_steps_run_to_their_end_and_are_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def bad() -> None:
        raise Failed("it has said why")

    ran: list[str] = []
    monkeypatch.setitem(steps.PARTS, "bad", bad)
    monkeypatch.setitem(steps.PARTS, "good", lambda: ran.append("good"))
    with pytest.raises(Failed, match="^failed: bad$"):
        steps.checked(["bad", "good"])
    told = capsys.readouterr().out
    assert ran == ["good"] and re.search(r"^bad +FAILED 0 s\ngood +ok 0 s$", told, re.MULTILINE)
