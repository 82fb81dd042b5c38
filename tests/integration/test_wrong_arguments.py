# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Wrong options: all of them in one message, alike both ways, and with the facts that a rescue asks for."""

from __future__ import annotations

import sys
import typing as t

from tests.unit.run.tasks import TASKS

from .conftest import Player
from .test_keywords import MODULE

WRONG: list[dict[str, t.Any]] = [
    {"nmae": "web"},
    {"name": "web", "port": "abc"},
    {"name": "web", "state": "started"},
    {"name": "web", "id": "1"},
    {"name": "web", "volumes": {"a": "b"}},
    {"name": "web", "host": "https://x"},
    {"name": "web", "ca_path": "/nowhere/ca.pem"},
    {"name": "web", "wait_timeout": -1},
    {},
]


def test_a_rescue_can_ask_for_the_kind(player: Player, route: str) -> None:
    rescue = {
        "ansible.builtin.assert": {
            "that": [
                "ansible_failed_result.error.kind == 'input'",
                "ansible_failed_result.plan == []",
                "ansible_failed_result.jobs == []",
                "ansible_failed_result.resource is none",
            ]
        }
    }
    tasks: list[dict[str, t.Any]] = [
        {"block": [{"name": f"wrong {number}", MODULE: options}], "rescue": [rescue]}
        for number, options in enumerate(WRONG)
    ]
    run = player.play(tasks, route)
    assert run.returncode == 0, run.output
    assert [run.result(f"wrong {number}")["failed"] for number in range(len(WRONG))] == [True] * len(WRONG)
    assert player.emulator.requests()["requests"] == []


def test_messages_are_the_same_both_ways(newest: Player) -> None:
    tasks = [
        {"name": f"wrong {number}", MODULE: options, "ignore_errors": True} for number, options in enumerate(WRONG)
    ]
    here, there = (newest.play(tasks, route) for route in ("controller", "target"))
    for number in range(len(WRONG)):
        assert here.result(f"wrong {number}")["msg"] == there.result(f"wrong {number}")["msg"]


def test_every_module_tells_the_kind(newest: Player) -> None:
    tasks = [{"name": one.name, f"jobwise.appliance.{one.name}": {"wibble": 1}, "ignore_errors": True} for one in TASKS]
    run = newest.play(tasks)
    for one in TASKS:
        result = run.result(one.name)
        assert result["error"]["kind"] == "input" and "no option wibble" in result["msg"]
        assert {name: result[name] for name in one.nothing} == one.nothing


def test_blanks_in_a_list_of_names_are_nothing(newest: Player, route: str) -> None:
    tasks: list[dict[str, t.Any]] = [
        {"name": "set", MODULE: {"name": "g", "volumes": "web01, web02"}},
        {"name": "get", "jobwise.appliance.powerstore_info": {"type": "volume", "names": "web01, web02"}},
    ]
    run = newest.play(tasks, route)
    assert run.returncode == 0, run.output
    assert sorted(one["name"] for one in run.result("set")["resource"]["volumes"]) == ["web01", "web02"]
    assert (run.result("get")["count"], run.result("get")["missing"]) == (2, [])


def test_a_variable_with_a_wrong_value_is_named(newest: Player, route: str) -> None:
    run = newest.play([{"name": "it", MODULE: {"name": "g"}}], route, env={"POWERSTORE_PORT": "abc"})
    assert run.result("it")["msg"] == "POWERSTORE_PORT in the environment takes a whole number, not 'abc'."


def test_without_requests_it_is_said_how_to_install_it(player: Player, route: str) -> None:
    hidden = player.folder / "hidden"
    hidden.mkdir()
    (hidden / "requests.py").write_text("raise ImportError('there is none')\n", encoding="utf-8")
    run = player.play([{"name": "it", MODULE: {"name": "g"}}], route, env={"PYTHONPATH": str(hidden)})
    result = run.result("it")
    assert "-m pip install requests" in result["msg"] and result["error"]["kind"] == "input"
    assert "Traceback" not in result["msg"] + run.output


OLD_PYTHON = """#!/bin/sh
# Behaves as a Python that is too old for modules: it tells its version and can read none of their files.
if [ "$1" = -c ]; then echo "python 3.6"; exit 0; fi
echo "SyntaxError: future feature annotations is not defined" >&2
exit 1
"""


def test_a_python_that_is_too_old_is_named(player: Player) -> None:
    python = player.folder / "python3.6"
    python.write_text(OLD_PYTHON, encoding="utf-8")
    python.chmod(0o755)
    tasks = [{"name": "it", MODULE: {"name": "g"}, "vars": {"ansible_python_interpreter": str(python)}}]
    result = player.play(tasks, "target").result("it")
    assert result["msg"] == (
        f"jobwise.appliance needs Python 3.8 or later where a module runs; {python} is 3.6. "
        "Set ansible_python_interpreter."
    )
    assert result["error"]["kind"] == "input"


def test_a_module_that_breaks_off_has_all_keys(newest: Player) -> None:
    """Here its Python is new enough, but ends it."""
    python = newest.folder / "python"
    python.write_text(f'#!/bin/sh\n[ "$1" = -c ] && exec {sys.executable} "$@"\nexit 3\n', encoding="utf-8")
    python.chmod(0o755)
    tasks = [{"name": "it", MODULE: {"name": "g"}, "vars": {"ansible_python_interpreter": str(python)}}]
    result = newest.play(tasks, "target").result("it")
    assert (result["failed"], result["error"]["kind"], result["jobs"]) == (True, "bug", [])
