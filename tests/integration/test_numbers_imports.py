# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What imports cost the array, and what is shown while they go on."""

from __future__ import annotations

import os
import signal
import subprocess
import time
import typing as t
from collections import Counter

from jobwise_emulator.process import Emulator

from .conftest import Player, writes
from .counting import Counting, count

MODULE = "jobwise.appliance.import_session"
OPTIONS: dict[str, t.Any] = {"name": "lun01", "remote_system": "unity1", "source": "lun01", "state": "ready"}
CONVERGED = Counter({"GET import_session": 1, "POST logout": 1})


def source_id(emulator: Emulator) -> str:
    """Return the id of the source of the only session."""
    created = next(one for one in writes(emulator) if one["path"].endswith("/import_session"))
    return str(created["request"]["source_resource_id"])


def test_create_then_converged(newest: Player, route: str) -> None:
    counting = Counting(newest.emulator)
    created = count(counting, newest, route, MODULE, OPTIONS)
    assert created.pop("job read") >= 1
    assert created.pop("GET import_session") >= 3
    assert created == Counter(
        {
            "GET remote_system": 1,
            "GET import_unity_volume": 1,
            "GET import_unity_consistency_group": 1,
            "job look-up": 1,
            "POST import_session": 1,
            "POST logout": 1,
        }
    )
    by_id = {**OPTIONS, "source": source_id(newest.emulator)}
    assert count(counting, newest, route, MODULE, by_id) == CONVERGED
    assert count(counting, newest, route, MODULE, by_id, "--check") == CONVERGED
    by_name = CONVERGED + Counter({"GET import_unity_volume": 1})
    assert count(counting, newest, route, MODULE, OPTIONS) == by_name


def test_progress_then_a_second_run_continues(newest: Player) -> None:
    newest.emulator.change("settings", set={"import_copy_seconds": 200})
    run = newest.play([{"name": "it", MODULE: {**OPTIONS, "wait_timeout": 5.0}}], "controller")
    assert run.returncode == 2, run.output
    assert "import session lun01: Copy_In_Progress " in run.output and " MB/s, 3 s" in run.output
    result = run.result("it")
    assert result["changed"] and result["error"]["kind"] == "wait_timeout"
    assert "the next run picks up from there" in result["msg"]
    assert result["resource"]["state"] == "Copy_In_Progress" and result["resource"]["current_transfer_rate"]
    run = newest.play([{"name": "it", MODULE: OPTIONS}], "controller")
    assert run.returncode == 0, run.output
    assert run.result("it")["resource"]["state"] == "Ready_For_Cutover"
    assert len(writes(newest.emulator)) == 1
    assert not newest.emulator.sessions()["open"]


def test_interrupted_while_it_waits(newest: Player, route: str) -> None:
    """The session with the array is closed, and the import goes on."""
    newest.emulator.change("settings", set={"import_copy_seconds": 2000})
    playbook = newest.write([{"name": "it", MODULE: OPTIONS}], route)
    process = subprocess.Popen(
        newest.command(playbook),
        env=newest.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while not any("/job/" in one["path"] for one in newest.emulator.requests()["requests"]):
        assert time.monotonic() < deadline and process.poll() is None
        time.sleep(0.1)
    time.sleep(0.5)
    os.killpg(process.pid, signal.SIGINT)
    process.communicate(timeout=30)
    deadline = time.monotonic() + 10
    while newest.emulator.sessions()["open"]:
        assert time.monotonic() < deadline, "a session is left open"
        time.sleep(0.1)
    assert len(writes(newest.emulator)) == 1
