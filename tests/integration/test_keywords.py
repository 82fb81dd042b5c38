# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Task keywords behave in the controller as they do for an ordinary module."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
import typing as t

import pytest

from .conftest import Player, writes

MODULE = "jobwise.appliance.volume_group"


def in_controller(player: Player) -> bool:
    """Tell by the record whether the tasks ran in the controller: a loop's items then share a session."""
    return bool(player.emulator.sessions()["logins"] == 1)


@pytest.mark.parametrize("where, logins", [("auto", 1), ("controller", 1), ("target", 3)])
def test_items_of_a_loop_share_a_session_in_the_controller(player: Player, where: str, logins: int) -> None:
    run = player.play([{"name": "it", MODULE: {"name": "g{{ item }}"}, "loop": [1, 2, 3]}], where)
    assert run.returncode == 0, run.output
    assert len(run.items("it")) == 3
    sessions = player.emulator.sessions()
    assert (sessions["logins"], sessions["logouts"], sessions["open"]) == (logins, logins, [])


def test_session_is_closed_when_an_item_fails(player: Player) -> None:
    volumes = "{{ ['web01'] if item != 2 else ['nosuch'] }}"
    run = player.play([{"name": "it", MODULE: {"name": "g{{ item }}", "volumes": volumes}, "loop": [0, 2, 3]}])
    assert run.returncode != 0
    assert [bool(item.get("failed")) for item in run.items("it")] == [False, True, True]
    sessions = player.emulator.sessions()
    assert (sessions["logins"], sessions["logouts"], sessions["open"]) == (1, 1, [])


def test_items_with_another_user_get_a_session_of_their_own(player: Player) -> None:
    tasks = [
        {
            "name": "it",
            MODULE: {"name": "g", "username": "{{ item }}", "state": "absent"},
            "loop": ["admin", "admin", "nobody"],
            "ignore_errors": True,
        }
    ]
    run = player.play(tasks)
    assert run.returncode == 0, run.output
    assert [item.get("error", {}).get("kind") for item in run.items("it")] == [None, None, "login"]
    assert player.emulator.sessions()["logins"] == 1


def test_wrong_password_is_tried_once(player: Player, route: str) -> None:
    run = player.play([{"name": "it", MODULE: {"name": "g", "password": "Wr0ng-secret"}}], route, "-vvv")
    result = run.result("it")
    assert result["error"]["kind"] == "login" and result["error"]["status"] == 401
    assert "user admin" in result["msg"]
    assert len(player.emulator.requests()["requests"]) == 1
    assert "Wr0ng-secret" not in run.output


def test_check_mode_and_diff_of_a_single_task(player: Player, route: str) -> None:
    run = player.play(
        [{"name": "it", MODULE: {"name": "g", "description": "new"}, "check_mode": True, "diff": True}], route
    )
    result = run.result("it")
    assert result["changed"] and result["diff"]["after"] == {"name": "g", "description": "new"}
    assert "+" in run.output and "description" in run.output
    assert writes(player.emulator) == []


def test_check_mode_can_be_switched_off_for_a_task(player: Player, route: str) -> None:
    run = player.play([{"name": "it", MODULE: {"name": "g"}, "check_mode": False}], route, "--check")
    assert run.returncode == 0, run.output
    assert len(writes(player.emulator)) == 1


def test_async_runs_as_a_module(player: Player) -> None:
    run = player.play([{"name": "it", MODULE: {"name": "g"}, "async": 60, "poll": 1}])
    assert run.returncode == 0, run.output
    assert run.result("it")["resource"]["name"] == "g"
    assert player.emulator.sessions()["open"] == []


def test_async_cannot_be_forced_into_the_controller(newest: Player) -> None:
    run = newest.play([{"name": "it", MODULE: {"name": "g"}, "async": 60, "poll": 1}], "controller")
    assert run.returncode != 0 and "async" in run.result("it")["msg"]
    assert run.result("it")["error"]["kind"] == "input"
    assert newest.emulator.requests()["requests"] == []


def test_delegation_to_a_host_that_cannot_be_reached_is_not_ignored(player: Player) -> None:
    unreachable: dict[str, t.Any] = {
        "name": "far",
        "groups": "all",
        "ansible_connection": "ssh",
        "ansible_port": 1,
        "ansible_host": "127.0.0.1",
    }
    tasks: list[dict[str, t.Any]] = [
        {"name": "add", "ansible.builtin.add_host": unreachable},
        {"name": "it", MODULE: {"name": "g"}, "delegate_to": "far"},
    ]
    run = player.play(tasks)
    assert run.returncode != 0 and "UNREACHABLE" in run.output
    assert player.emulator.requests()["requests"] == []


def test_delegation_to_localhost_stays_in_the_controller(player: Player) -> None:
    tasks: list[dict[str, t.Any]] = [
        {"name": "it", MODULE: {"name": "g{{ item }}"}, "delegate_to": "localhost", "loop": [1, 2]}
    ]
    assert player.play(tasks).returncode == 0
    assert in_controller(player)


def test_environment_keyword_reaches_the_task(player: Player, route: str) -> None:
    environment = {"POWERSTORE_PASSWORD": "Password123!"}
    tasks: list[dict[str, t.Any]] = [
        {"name": "with", MODULE: {"name": "g"}, "environment": environment},
        {"name": "without", MODULE: {"name": "g"}, "ignore_errors": True},
    ]
    run = player.play(tasks, route, env={"POWERSTORE_PASSWORD": ""})
    assert run.result("with")["changed"], run.output
    assert run.result("without")["failed"]


def test_no_log_hides_everything(player: Player, route: str) -> None:
    tasks = [{"name": "it", MODULE: {"name": "hidden-name", "description": "hidden-text"}, "no_log": True}]
    run = player.play(tasks, route, "-vvv", "--diff")
    assert run.returncode == 0, run.output
    assert "hidden-text" not in run.output
    assert "censored" in run.output


def test_the_password_is_in_no_output(player: Player, route: str) -> None:
    run = player.play([{"name": "it", MODULE: {"name": "g", "password": "Password123!"}}], route, "-vvvv", "--diff")
    assert run.returncode == 0, run.output
    assert "Password123!" not in run.output


def test_ignore_errors_and_until(player: Player, route: str) -> None:
    player.emulator.fault("status", "GET", "volume_group", status=422, body="")
    tasks = [
        {
            "name": "it",
            MODULE: {"name": "g", "state": "absent"},
            "register": "it",
            "until": "it is not failed",
            "retries": 2,
            "delay": 0,
        },
        {"name": "bad", MODULE: {"name": "g", "volumes": ["nosuch"]}, "ignore_errors": True},
    ]
    run = player.play(tasks, route)
    assert run.returncode == 0, run.output
    assert run.result("it")["attempts"] == 2
    assert player.emulator.sessions()["open"] == []


def test_module_defaults_group_carries_the_connection(player: Player, route: str) -> None:
    emulator = player.emulator
    group = {
        "host": emulator.host,
        "port": emulator.port,
        "username": "admin",
        "password": "Password123!",
        "ca_path": str(emulator.ca_path),
    }
    none = {name: "" for name in player.environment if name.startswith("POWERSTORE_")}
    run = player.play(
        [{"name": "it", MODULE: {"name": "g"}}],
        route,
        env=none,
        module_defaults={"group/jobwise.appliance.powerstore": group},
    )
    assert run.returncode == 0, run.output


def test_misspelt_option_is_refused_alike_both_ways(player: Player) -> None:
    task = [{"name": "it", MODULE: {"name": "g", "desciption": "x"}}]
    here, there = (player.play(task, route).result("it")["msg"] for route in ("controller", "target"))
    assert here == there and "desciption" in here
    assert player.emulator.requests()["requests"] == []


def test_unknown_place_to_run_is_refused(newest: Player) -> None:
    run = newest.play([{"name": "it", MODULE: {"name": "g"}}], "moon")
    assert "auto, controller or target" in run.result("it")["msg"]
    assert run.result("it")["error"]["kind"] == "input"


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_while_it_waits_leaves_no_session(player: Player, route: str, signum: int) -> None:
    """A terminal's Ctrl-C and a job's cancellation reach the whole process group."""
    player.emulator.fault("job_slow", "POST", "volume_group", seconds=30)
    playbook = player.write([{"name": "it", MODULE: {"name": "g"}}], route)
    process = subprocess.Popen(
        player.command(playbook),
        env=player.environment,
        start_new_session=True,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    wait_until(lambda: bool(writes(player.emulator)))
    os.killpg(process.pid, signum)
    output, dummy = process.communicate(timeout=30)
    wait_until(lambda: not player.emulator.sessions()["open"], output)


def test_timeout_keyword_leaves_no_session(player: Player) -> None:
    player.emulator.fault("job_slow", "POST", "volume_group", seconds=30)
    run = player.play([{"name": "it", MODULE: {"name": "g"}, "timeout": 3}])
    assert run.returncode != 0
    assert len(writes(player.emulator)) == 1
    assert player.emulator.sessions()["open"] == []


def test_long_waits_show_progress_in_the_controller(newest: Player) -> None:
    newest.emulator.fault("job_slow", "POST", "volume_group", seconds=5)
    run = newest.play([{"name": "it", MODULE: {"name": "g"}}], "controller")
    assert run.returncode == 0, run.output
    assert re.search(r"create volume group g: In_Progress \d+ %, job [0-9a-f-]{36}, \d+ s", run.output)


def wait_until(condition: t.Callable[[], bool], otherwise: str = "it never came true") -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.1)
