# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A playbook that backs up ONTAP Select Deploy, cut off and played again: one backup, and none is left there."""

from __future__ import annotations

import typing as t
from pathlib import Path

import pytest

from jobwise_emulator.process import Emulator

from .conftest import Player

CUTS: dict[str, dict[str, t.Any]] = {
    "wait": {"fault": "job_slow", "method": "POST", "path": "backups", "seconds": 2.5},
    "outage": {"fault": "reset_before", "method": "GET", "path": "jobs/*", "times": 0},
    "download": {"fault": "truncate", "method": "GET", "path": "*backup_files*", "times": 0},
}


@pytest.fixture
def platform() -> str:
    return "ontap_select"


@pytest.mark.parametrize("cut, route", [("wait", "controller"), ("outage", "target"), ("download", "controller")])
def test_a_backup_is_made_once_over_two_runs(
    newest: Player, emulator: Emulator, tmp_path: Path, cut: str, route: str
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    options = {"dest": str(folder / "b.bin"), "backup_password": "Sup3r!secret9", "wait_timeout": 1}
    tasks = [
        {"name": "Back up", "jobwise.appliance.ontap_select_backup": options},
        {"name": "Look", "jobwise.appliance.ontap_select_info": {"type": "backups", "fields": ["id"]}},
    ]
    emulator.fault(**CUTS[cut])
    first = newest.play(tasks[:1], route)
    assert first.returncode == 2 and first.result("Back up")["changed"], first.output
    assert any(words in first.output for words in ("the next run adopts it", "takes it over")), first.output
    emulator.clear_faults()
    options["wait_timeout"] = 60
    second = newest.play(tasks, route)
    assert second.returncode == 0 and second.result("Back up")["changed"], second.output
    assert second.result("Look")["resources"] == []
    assert [path.name for path in folder.iterdir()] == ["b.bin"]
    requests = emulator.requests()["requests"]
    assert sum(one["method"] == "POST" for one in requests) == 1
