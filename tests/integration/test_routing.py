# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One action plugin serves every module of a platform: each task still gets its own module and its own defaults."""

from __future__ import annotations

import os
import subprocess
import typing as t
from pathlib import Path

import pytest

from tests.run.collection import NAME

from .conftest import Player

MODULE = "jobwise.appliance.volume_group"
GROUP = {"name": "routed", "description": "mine"}


@pytest.mark.parametrize(
    "defaults",
    [
        {"jobwise.appliance.volume_group_snapshot": {"state": "absent", "name": "other"}},
        {"jobwise.appliance.powerstore_info": {"type": "volume", "limit": 1}},
        {"jobwise.appliance.volume_group_clone": {"description": "theirs"}},
    ],
    ids=["sibling", "namesake of the plugin", "clone"],
)
def test_defaults_of_one_module_reach_no_other(player: Player, route: str, defaults: dict[str, t.Any]) -> None:
    player.emulator.change("volume_group", create=GROUP)
    run = player.play([{"name": "it", MODULE: {"name": GROUP["name"]}}], route, module_defaults=defaults)
    assert run.returncode == 0, run.output
    result = run.result("it")
    assert (result["changed"], result["resource"]["description"]) == (False, "mine")


def test_defaults_of_a_module_reach_that_module(player: Player, route: str) -> None:
    player.emulator.change("volume_group", create=GROUP)
    defaults = {MODULE: {"name": GROUP["name"]}, "jobwise.appliance.powerstore_info": {"type": "volume_group"}}
    tasks = [
        {"name": "it", MODULE: {"description": "changed"}},
        {"name": "read", "jobwise.appliance.powerstore_info": {"names": [GROUP["name"]]}},
    ]
    run = player.play(tasks, route, module_defaults=defaults)
    assert run.returncode == 0, run.output
    assert run.result("it")["changed"]
    assert [row["description"] for row in run.result("read")["resources"]] == ["changed"]


@pytest.mark.parametrize(
    "task",
    [
        {"action": {"module": MODULE, **GROUP}},
        {"action": f"{MODULE} name=routed description=mine"},
        {"local_action": {"module": MODULE, **GROUP}},
        {"collections": ["jobwise.appliance"], "volume_group": GROUP},
    ],
    ids=["action", "action as text", "local_action", "short name"],
)
def test_every_way_to_name_a_module(player: Player, task: dict[str, t.Any]) -> None:
    run = player.play([{"name": "it", **task, "loop": [1, 2]}], "controller")
    assert run.returncode == 0, run.output
    assert [item["changed"] for item in run.items("it")] == [True, False]
    assert player.emulator.sessions()["logins"] == 1


def test_what_every_task_needs_is_imported_before_ansible_forks(core: Path, collections_path: Path) -> None:
    """Clients and handlers come with what a strategy looks up before it forks; no module does."""
    code = (
        "import sys\n"
        "from ansible.plugins.loader import action_loader, init_plugin_loader\n"
        "init_plugin_loader()\n"
        f"action_loader.get('{MODULE}', class_only=True)\n"
        f"print(*(name for name in sys.modules if name.startswith('{NAME}.plugins.')))"
    )
    done = subprocess.run(
        [core / "python", "-c", code],
        env={**os.environ, "ANSIBLE_COLLECTIONS_PATH": str(collections_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stdout.split())
    for name in ("_powerstore.table_handler", "_oneview.handler", "_ontap_select.handler", "_module"):
        assert f"{NAME}.plugins.module_utils.{name}" in loaded
    assert not [name for name in loaded if ".plugins.modules." in name]
