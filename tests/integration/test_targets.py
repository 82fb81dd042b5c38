# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every integration target with the newest ansible-core in the controller, some as modules, too.

Targets hold what is special about a module; test_shared_play.py plays what all modules have in common.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from jobwise_emulator.process import Emulator
from tests.run.collection import ROOT

from .conftest import HERE, Player, played_on_both_cores

TARGETS = sorted(folder.name for folder in (HERE / "targets").iterdir())
GROUPS: dict[str, list[str]] = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text(encoding="utf-8"))[
    "action_groups"
]
PLATFORM_OF = {module: platform for platform, modules in GROUPS.items() for module in modules}
"""The platform of each target, which is named after a module."""

AS_MODULES = (
    "oneview_backup",
    "oneview_info",
    "ontap_select_backup",
    "ontap_select_license",
    "ontap_select_node",
)
"""What is played as modules, too: some of each platform, with files, queries and long waits.

The other targets would take minutes and prove the same: how a module gets its options and gives its result back.
"""
PLAYED = played_on_both_cores(TARGETS, AS_MODULES)


@pytest.fixture
def platform(target: str) -> str:
    return PLATFORM_OF[target]


def peer_environment(peer: Emulator) -> dict[str, str]:
    """Return what tasks need to reach a second array."""
    return {"PEER_ADDRESS": peer.host, "PEER_PORT": str(peer.port), "PEER_CA_PATH": str(peer.ca_path)}


@pytest.mark.sampled
@pytest.mark.parametrize("core, route, target", PLAYED, indirect=["core"])
def test_target(player: Player, peer: Emulator, route: str, target: str) -> None:
    tasks = HERE / "targets" / target / "tasks" / "main.yml"
    run = player.play([{"ansible.builtin.include_tasks": str(tasks)}], route, env=peer_environment(peer))
    assert run.returncode == 0, run.output
    assert not player.emulator.sessions()["open"] and not peer.sessions()["open"]


def test_targets_are_there() -> None:
    assert set(AS_MODULES) <= set(TARGETS)
    assert TARGETS and all(Path(HERE / "targets" / name / "tasks" / "main.yml").exists() for name in TARGETS)
