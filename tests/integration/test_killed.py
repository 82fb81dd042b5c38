# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who kills ansible-playbook ends its work: the worker that is left writes no more and logs out."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import typing as t
from pathlib import Path

import pytest

from .conftest import Player, writes
from .test_keywords import MODULE, wait_until

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the test looks into /proc")


def parent_of(pid: int) -> int:
    """Return the parent of a process, 0 of one that is gone or about to be."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return 0 if fields[0] in "ZX" else int(fields[1])


def children_of(pid: int) -> set[int]:
    running = {int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()}
    return {one for one in running if parent_of(one) == pid}


def end_by_hangup() -> None:
    """Undo what nohup has done to a test run: there SIGHUP is ignored."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def kill_in_the_middle(player: Player, route: str, signum: int) -> set[int]:
    """Kill ansible-playbook alone while the first job of a loop runs; return the workers that it had."""
    player.emulator.fault("job_slow", "POST", "volume_group", seconds=5)
    playbook = player.write([{"name": "it", MODULE: {"name": "g{{ item }}"}, "loop": list(range(9))}], route)
    process = subprocess.Popen(
        player.command(playbook),
        env=player.environment,
        start_new_session=True,
        preexec_fn=end_by_hangup,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wait_until(lambda: bool(writes(player.emulator)))
    workers = children_of(process.pid)
    assert workers
    os.kill(process.pid, signum)
    process.wait(timeout=30)
    return workers


@pytest.mark.parametrize("signum", [signal.SIGKILL, signal.SIGHUP])
def test_a_worker_ends_with_its_controller(player: Player, signum: int) -> None:
    workers = kill_in_the_middle(player, "controller", signum)
    wait_until(lambda: not any(map(parent_of, workers)), "the worker goes on without its controller")
    assert len(writes(player.emulator)) == 1, "the one that ran already"
    sessions = player.emulator.sessions()
    assert (sessions["logins"], sessions["logouts"], sessions["open"]) == (1, 1, [])


@pytest.mark.parametrize("signum", [signal.SIGKILL, signal.SIGHUP])
def test_a_worker_starts_no_more_modules_without_its_controller(player: Player, signum: int) -> None:
    """The module that runs already ends its one item by itself, or is ended with the worker."""
    workers = kill_in_the_middle(player, "target", signum)
    wait_until(lambda: not any(map(parent_of, workers)), "the worker goes on without its controller")
    wait_until(lambda: not player.emulator.sessions()["open"])
    assert len(writes(player.emulator)) == 1


def test_a_task_with_async_goes_on_without_its_controller(newest: Player) -> None:
    """That is what async is for."""
    newest.emulator.fault("job_slow", "POST", "volume_group", seconds=1)
    tasks: list[dict[str, t.Any]] = [
        {"name": "it", MODULE: {"name": "g"}, "async": 60, "poll": 0},
        {"name": "end", "ansible.builtin.meta": "end_play"},
    ]
    assert newest.play(tasks).returncode == 0
    wait_until(lambda: newest.emulator.sessions()["logouts"] == 1)
    assert len(writes(newest.emulator)) == 1
