# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every integration target, both ways, with the oldest and the newest ansible-core."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import HERE, Player

TARGETS = sorted(folder.name for folder in (HERE / "targets").iterdir())


@pytest.mark.parametrize("target", TARGETS)
def test_target(player: Player, route: str, target: str) -> None:
    tasks = HERE / "targets" / target / "tasks" / "main.yml"
    run = player.play([{"ansible.builtin.include_tasks": str(tasks)}], route)
    assert run.returncode == 0, run.output
    assert not player.emulator.sessions()["open"]


def test_targets_are_there() -> None:
    assert TARGETS and all(Path(HERE / "targets" / name / "tasks" / "main.yml").exists() for name in TARGETS)
