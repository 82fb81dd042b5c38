# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Backups of ONTAP Select Deploy, with answers that get lost."""

from __future__ import annotations

import typing as t
from pathlib import Path

import pytest

from ansible_collections.jobwise.appliance.plugins.modules import ontap_select_backup
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner
from tests.faults.ontap_select.world import SECRET, sent


def backup(run: Runner, dest: Path, check: bool = False, **options: t.Any) -> dict[str, t.Any]:
    return run(ontap_select_backup.TASK, check, dest=str(dest), **{"backup_password": SECRET, **options})


def test_a_backup_is_made_fetched_and_removed(run: Runner, emulator: Emulator, tmp_path: Path) -> None:
    dest = tmp_path / "b.bin"
    checked = backup(run, dest, check=True)
    done = backup(run, dest)
    assert done["plan"] == checked["plan"] and len(done["plan"]) == 3 and done["diff"] == checked["diff"]
    assert done["changed"] and done["resource"]["size"] == dest.stat().st_size == 65536
    assert dest.stat().st_mode & 0o777 == 0o600 and "warnings" not in done
    assert not backup(run, dest, backup_password=None)["changed"]
    first = dest.read_bytes()
    assert backup(run, dest, replace=True, keep=True)["changed"] and dest.read_bytes() != first
    assert [path.name for path in tmp_path.iterdir()] == ["b.bin"]
    assert sent(emulator, "DELETE", "backups") == 1 and sent(emulator, "POST", "backups") == 2


@pytest.mark.parametrize("method, path", [("POST", "backups"), ("DELETE", "backups/*")])
def test_a_backup_with_a_lost_answer_is_made_once(
    run: Runner, emulator: Emulator, tmp_path: Path, method: str, path: str
) -> None:
    emulator.fault("lost_reply", method, path)
    result = backup(run, tmp_path / "b.bin")
    assert result["changed"] and not result.get("failed"), result
    assert (tmp_path / "b.bin").stat().st_size == 65536
    assert sent(emulator, "POST", "backups") == 1


def test_a_backup_that_fails_leaves_no_file(run: Runner, emulator: Emulator, tmp_path: Path) -> None:
    emulator.fault("job_fail", "POST", "backups", messages=["The disk is full."])
    result = backup(run, tmp_path / "b.bin")
    assert "The disk is full." in result["msg"] and not result["changed"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("dest, words", [("", "is a folder"), ("no/b.bin", "There is no folder")])
def test_where_a_backup_cannot_go(run: Runner, emulator: Emulator, tmp_path: Path, dest: str, words: str) -> None:
    assert words in backup(run, tmp_path / dest)["msg"]
    assert emulator.requests()["requests"] == []


def test_a_backup_takes_a_password(run: Runner, tmp_path: Path) -> None:
    assert "needs backup_password" in backup(run, tmp_path / "b.bin", backup_password=None)["msg"]
