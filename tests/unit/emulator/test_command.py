# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``jobwise-emulator``: what it says when it starts, faults in words, and the commands for one that runs."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import typing as t
from pathlib import Path

import pytest

from jobwise_emulator import command, fault_words, options, orders
from jobwise_emulator.platforms import OrderError
from tests.run.collection import ROOT
from tests.unit.emulator.powerstore.client import Client

DOCUMENT = """\
# Gathered by jobwise.appliance.powerstore_config
# format: 1
# array: "array01" (PS0123456789ab)
# release: 4.1.0.0
# gathered: 2026-01-31T12:00:00Z
---
volume:
  - name: db07
    size: 500 GiB
"""


class Running(t.NamedTuple):
    """A program that runs, with what it said. It has what tests' clients need of an emulator."""

    folder: Path
    said: str
    url: str
    ca_path: str


@pytest.fixture
def started(tmp_path: Path) -> t.Iterator[Running]:
    """A twin of a document, with a fault, started as a person does."""
    document, folder = tmp_path / "array01.yml", tmp_path / "twin"
    document.write_text(DOCUMENT, encoding="utf-8")
    arguments = ["--seed", str(document), "--job-seconds", "0.1", "--fault", "job-fails change volume db07 percent=10"]
    line = [sys.executable, "-m", "jobwise_emulator", *arguments, "--state-dir", str(folder), "--stop-after", "1m"]
    process = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, "COLUMNS": "200"})
    assert process.stdout
    try:
        deadline = time.monotonic() + 20
        while not (folder / "url").exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        said = "".join(process.stdout.readline() for dummy in range(18))
        yield Running(folder, said, (folder / "url").read_text(encoding="utf-8").strip(), str(folder / "ca.pem"))
        assert orders.main("stop", ["--state-dir", str(folder)]) == 0
        assert process.wait(10) == 0
        assert not (folder / "environment").exists()
    finally:
        process.kill()
        process.stdout.close()


def test_a_person_starts_a_twin(
    started: Running, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    port = started.url.rsplit(":", 1)[1]
    assert "An emulated Dell PowerStore, as array01.yml describes it." in started.said
    assert "for 1 min at most" in started.said and "Will go wrong: job-fails change volume db07" in started.said
    assert f"      port: {port}\n" in started.said and f"      ca_path: {started.ca_path}\n" in started.said
    environment = (started.folder / "environment").read_text(encoding="utf-8")
    assert f"export POWERSTORE_PORT={port}\n" in environment
    assert f"export JOBWISE_REHEARSAL=127.0.0.1:{port}\n" in environment
    client = Client(t.cast(t.Any, started))
    there = ["--state-dir", str(started.folder)]
    assert client.call("GET", "cluster", select="name,global_id").json() == [
        {"name": "array01", "global_id": "PS0123456789ab"}
    ]
    assert client.call("GET", "software_installed", select="release_version").json()[0]["release_version"] == "4.1.0.0"
    assert client.call("PATCH", "volume/name:db07", {"description": "x"}).status_code == 500
    assert client.call("PATCH", "volume/name:db07", {"description": "x"}).status_code == 204
    assert orders.main("fault", [*there, "busy", "read", "volume"]) == 0
    assert client.call("GET", "volume").status_code == 503
    assert client.call("GET", "volume").status_code == 200
    assert orders.main("fault", [*there, "job-hangs", "delete", "volume", "db*"]) == 0
    capsys.readouterr()
    assert orders.main("report", there) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("jobs: 2, writes: 2, reads: ")
    assert lines[1].split()[:4] == ["modify", "volume", "db07", "Failed"]
    assert lines[2].split() == ["modify", "volume", "db07", "Completed", "0.1", "s"]
    assert lines[3:] == [
        "Went wrong on order: job-fails change volume db07 percent=10",
        "Went wrong on order: busy read volume",
        "Ordered, but did not happen: job-hangs delete volume 'db*'",
    ]
    assert f"export JOBWISE_TWIN={started.folder}\n" in environment
    monkeypatch.setenv("JOBWISE_TWIN", str(started.folder))
    assert orders.main("clear", []) == 0 and orders.main("reset", []) == 0
    assert orders.main("fault", [*there, "job-fails", "create", "volme"]) == 1
    assert capsys.readouterr().err == "jobwise-emulator fault: there is no type volme. Did you mean volume?\n"
    client.close()


@pytest.mark.parametrize(
    ("words", "order"),
    [
        ("job-fails", {"fault": "job_fail"}),
        ("job-fails create volume", {"fault": "job_fail", "method": "POST", "path": "volume"}),
        (
            "answer-lost change host times=0",
            {"fault": "lost_reply", "method": "P[AU]T*", "path": ["host/*"], "times": 0},
        ),
        (
            "job-takes snapshot volume_group 'app 01' seconds=60 after=2",
            {
                **{"fault": "job_slow", "method": "POST", "action": "snapshot", "path": "volume_group/*"},
                **{"name": "app 01", "seconds": 60.0, "after": 2},
            },
        ),
        ("busy any volume", {**fault_words.KINDS["busy"][1], "method": "*", "path": ["volume", "volume/*"]}),
        ("forbidden read", {"fault": "forbid", "method": "GET", "path": "*"}),
        (
            "answer-lost delete volume a=b",
            {"fault": "lost_reply", "method": "DELETE", "path": ["volume/*"], "name": "a=b"},
        ),
    ],
)
def test_words_become_an_order(words: str, order: dict[str, t.Any]) -> None:
    assert fault_words.order_of(words) == {**order, "words": words}


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("", "a fault begins with one of job-fails, job-hangs"),
        ("job-failed", "not 'job-failed'"),
        ("job-takes create volume", "job-takes needs seconds=N"),
        ("job-fails create", "create needs a type, such as create volume"),
        ("job-fails create volume db 07", "too many words; a name with blanks needs quotes"),
        ("job-fails after=soon", "after takes a number, not 'soon'"),
        ("job-fails after=-1", "after must not be negative"),
        ("job-fails 'create", "cannot be read"),
        ("job-fails create volme", "there is no type volme. Did you mean volume?"),
    ],
)
def test_wrong_words_are_explained(words: str, why: str) -> None:
    with pytest.raises(OrderError, match=why.replace("(", r"\(")):
        fault_words.order_of(words, ("volume", "host"))


@pytest.mark.parametrize(("text", "seconds"), [("90s", 90), ("30m", 1800), ("2h", 7200), ("1d", 86400), ("5", 5)])
def test_times_have_units(text: str, seconds: float) -> None:
    assert options.duration(text) == seconds


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--stop-after", "soon"], "takes a time such as 90s, 30m or 2h, not 'soon'"),
        (["--port", "0"], "--platform is missing: powerstore, oneview or ontap_select"),
        (["--seed", "nowhere.yml"], "No such file or directory: 'nowhere.yml'"),
        (["--platform", "powerstore", "--fault", "job-fail"], "a fault begins with one of"),
    ],
)
def test_wrong_arguments_are_explained(
    arguments: list[str], why: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with pytest.raises(SystemExit) as raised:
        command.main([*arguments, "--state-dir", str(tmp_path)])
    assert raised.value.code == 2
    assert why in capsys.readouterr().err


def test_no_command_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([]) == 2
    said = capsys.readouterr().out
    assert "examples:" in said and all(f"  {kind} " in said for kind in fault_words.KINDS)
    assert all(f"jobwise-emulator {name}" in said for name in orders.COMMANDS)


def test_nothing_runs_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert orders.main("stop", ["--state-dir", str(tmp_path)]) == 1
    assert "no emulator runs with the state folder" in capsys.readouterr().err
