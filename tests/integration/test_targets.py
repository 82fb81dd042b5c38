# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every integration target, both ways, with the oldest and the newest ansible-core."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobwise_emulator.process import Emulator

from .conftest import HERE, Player

TARGETS = sorted(folder.name for folder in (HERE / "targets").iterdir())
OTHER_PLATFORMS = ("oneview", "ontap_select")
"""Targets of these begin with the name of the platform; all others are PowerStore's."""

MODULES_ON_THE_OLDEST = (
    "volume_group",
    "x509_certificate_request",
    "oneview_backup",
    "oneview_server_profile",
    "ontap_select_license",
    "ontap_select_node",
)
"""What runs as modules with the oldest ansible-core, too: some of each platform, with files, secrets and structures.

The other targets would take minutes and prove the same: how a module gets its options and gives its result back.
"""
PLAYED = [
    (core, route, target)
    for target in TARGETS
    for core in ("newest", "oldest")
    for route in ("controller", "target")
    if core == "newest" or route == "controller" or target in MODULES_ON_THE_OLDEST
]


@pytest.fixture
def platform(target: str) -> str:
    """The platform that the target's name tells."""
    prefix = target.partition("_")[0]
    return prefix if prefix in OTHER_PLATFORMS else "powerstore"


def peer_environment(peer: Emulator) -> dict[str, str]:
    """Return what tasks need to reach a second array."""
    return {"PEER_ADDRESS": peer.host, "PEER_PORT": str(peer.port), "PEER_CA_PATH": str(peer.ca_path)}


@pytest.mark.parametrize("core, route, target", PLAYED, indirect=["core"])
def test_target(player: Player, peer: Emulator, route: str, target: str) -> None:
    tasks = HERE / "targets" / target / "tasks" / "main.yml"
    run = player.play([{"ansible.builtin.include_tasks": str(tasks)}], route, env=peer_environment(peer))
    assert run.returncode == 0, run.output
    assert not player.emulator.sessions()["open"] and not peer.sessions()["open"]


def test_targets_are_there() -> None:
    assert set(MODULES_ON_THE_OLDEST) <= set(TARGETS)
    assert TARGETS and all(Path(HERE / "targets" / name / "tasks" / "main.yml").exists() for name in TARGETS)
