# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What goes wrong while a backup is made and downloaded: there is one in the end, whole, and made once."""

from __future__ import annotations

import hashlib
import typing as t
from pathlib import Path

import pytest

from ansible_collections.jobwise.appliance.plugins.modules.oneview_backup import TASK
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner


@pytest.fixture
def run(emulator: Emulator) -> t.Iterator[Runner]:
    """Performs tasks against an appliance in its first state, which has no session left afterwards."""
    yield Runner(emulator)
    assert not emulator.sessions()["open"]


def made(run: Runner) -> int:
    """Return how many backups were begun."""
    asked = run.emulator.requests()["requests"]
    taken = [one for one in asked if (one["status"] or 999) < 300]  # none where the connection was reset before
    return sum((one["method"], one["path"]) == ("POST", "/rest/backups") for one in taken)


@pytest.mark.parametrize(
    "fault",
    [
        ("lost_reply", "POST", "backups"),
        ("reset_before", "POST", "backups"),
        ("truncate", "GET", "backups/archive/*"),
        ("expire_session", "GET", "backups/archive/*"),
        ("expire_session", "POST", "backups"),
    ],
    ids=" ".join,
)
def test_on_the_way(run: Runner, tmp_path: Path, fault: tuple[str, str, str]) -> None:
    run.emulator.fault(*fault)
    result = run(TASK, dest=f"{tmp_path}/", max_age="1h")
    assert result.get("msg") is None and result["changed"] is True and made(run) == 1
    path = Path(result["file"]["path"])
    assert hashlib.sha256(path.read_bytes()).hexdigest() == result["file"]["sha256"]
    assert sorted(tmp_path.iterdir()) == [path, Path(f"{path}.sha256")]
    assert run(TASK, dest=f"{tmp_path}/", max_age="1h")["changed"] is False


@pytest.mark.parametrize(
    "settings",
    [
        {"download_redirect": True},
        {"task_in": {"backups": "absolute"}},
        {"task_in": {"backups": "none"}, "accepted_body": "none"},
        {"async": {"backups": False}},
        {"seconds": {"backups": 0}},
    ],
    ids=str,
)
def test_however_the_appliance_answers(run: Runner, tmp_path: Path, settings: dict[str, t.Any]) -> None:
    run.emulator.change("settings", set=settings)
    result = run(TASK, dest=f"{tmp_path}/")
    assert result.get("msg") is None and result["file"] and made(run) == 1


def test_a_backup_that_fails(run: Runner, tmp_path: Path) -> None:
    run.emulator.fault("job_fail", "POST", "backups", messages=["There is no space."])
    result = run(TASK, dest=f"{tmp_path}/")
    assert result["failed"] and result["error"]["kind"] == "job_failed" and "There is no space." in result["msg"]
    assert not result["changed"] and not list(tmp_path.iterdir())


def test_one_that_takes_too_long_is_waited_for_by_the_next_run(run: Runner, tmp_path: Path) -> None:
    run.emulator.fault("job_slow", "POST", "backups", seconds=0.6)
    result = run(TASK, dest=f"{tmp_path}/", wait_timeout=0.1)
    assert result["failed"] and result["error"]["kind"] == "wait_timeout" and result["changed"]
    assert run(TASK, dest=f"{tmp_path}/")["file"] and made(run) == 1


def test_an_appliance_that_only_pretends_to_make_one(run: Runner, tmp_path: Path) -> None:
    """The one of three days ago is not what the task was asked for."""
    run.emulator.fault("status", "POST", "backups", status=200, body={}, content_type="application/json")
    result = run(TASK, dest=f"{tmp_path}/", max_age="1h")
    assert result["failed"] and result["error"]["kind"] == "reply" and not list(tmp_path.iterdir())
    assert "the newest that it shows is" in result["msg"] and result["file"] is None
