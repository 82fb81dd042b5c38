# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Backups of ONTAP Select Deploy that one run begins and another one finishes: one request, and nothing left there."""

from __future__ import annotations

import json
import typing as t
from pathlib import Path

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.backups import notes as backup_notes
from ansible_collections.jobwise.appliance.plugins.modules import ontap_select_info
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner
from tests.faults.ontap_select.test_backups import backup
from tests.faults.ontap_select.world import SECRET, sent

NOTE = ".b.bin.on-deploy"
CUTS: dict[str, list[dict[str, t.Any]]] = {
    "the wait is over": [{"fault": "job_slow", "method": "POST", "path": "backups", "seconds": 1.5}],
    "the job cannot be read": [
        {"fault": "job_slow", "method": "POST", "path": "backups", "seconds": 1.5},
        {"fault": "status", "method": "GET", "path": "jobs/*", "status": 403, "times": 0},
    ],
    "nobody answers": [
        {"fault": "job_slow", "method": "POST", "path": "backups", "seconds": 1.5},
        {"fault": "reset_before", "method": "GET", "path": "jobs/*", "times": 0},
    ],
    "the download breaks off": [{"fault": "truncate", "method": "GET", "path": "*backup_files*", "times": 0}],
    "the place of the file is not told": [
        {"fault": "status", "method": "GET", "path": "backups/*", "status": 403, "times": 0}
    ],
    "it is not removed": [{"fault": "forbid", "method": "DELETE", "path": "backups/*", "times": 0}],
}


def left(run: Runner) -> list[str]:
    """Return the ids of the backups that are on Deploy."""
    return [one["id"] for one in run(ontap_select_info.TASK, type="backups", fields=["id"])["resources"]]


@pytest.mark.parametrize("faults", CUTS.values(), ids=CUTS)
def test_the_next_run_takes_the_backup_over(
    run: Runner, emulator: Emulator, tmp_path: Path, faults: list[dict[str, t.Any]]
) -> None:
    dest = tmp_path / "b.bin"
    for fault in faults:
        emulator.fault(**fault)
    first = backup(run, dest, wait_timeout=1.0)
    assert first["failed"] and first["changed"], first
    note = (tmp_path / NOTE).read_text(encoding="utf-8")
    assert SECRET not in note and (tmp_path / NOTE).stat().st_mode & 0o777 == 0o600
    emulator.clear_faults()
    checked = backup(run, dest, check=True)
    assert "make a backup of Deploy" not in checked["plan"] and checked["changed"]
    assert (tmp_path / NOTE).read_text(encoding="utf-8") == note
    second = backup(run, dest)
    assert second["changed"] and not second.get("failed"), second
    assert second["plan"] == checked["plan"] and second["diff"] == checked["diff"]
    assert "warnings" not in second
    assert dest.stat().st_size == 65536 and left(run) == []
    assert [path.name for path in tmp_path.iterdir()] == ["b.bin"]
    assert sent(emulator, "POST", "backups") == 1
    assert not backup(run, dest)["changed"]


def test_a_job_that_still_runs_is_adopted(run: Runner, emulator: Emulator, tmp_path: Path) -> None:
    emulator.fault("job_slow", "POST", "backups", seconds=2.0)
    first = backup(run, tmp_path / "b.bin", wait_timeout=0.5)
    assert "the next run adopts it" in first["msg"]
    second = backup(run, tmp_path / "b.bin")
    assert [(one["id"], one["adopted"]) for one in second["jobs"]] == [(first["jobs"][0]["id"], True)]
    assert left(run) == [] and sent(emulator, "POST", "backups") == 1


def test_a_job_that_deploy_has_forgotten(run: Runner, emulator: Emulator, tmp_path: Path) -> None:
    emulator.fault("job_slow", "POST", "backups", seconds=1.5)
    first = backup(run, tmp_path / "b.bin", wait_timeout=0.5)
    emulator.change("job", id=first["jobs"][0]["id"], delete=True)
    assert not backup(run, tmp_path / "b.bin").get("failed")
    assert left(run) == [] and sent(emulator, "POST", "backups") == 1


def test_a_request_whose_answer_never_came(run: Runner, emulator: Emulator, tmp_path: Path) -> None:
    """Nothing tells its backup but that it was not there before."""
    emulator.change("backup", create={"download_url": None})
    theirs = left(run)
    emulator.fault("lost_reply", "POST", "backups")
    emulator.fault("status", "GET", "backups", status=403, after=1, times=0)
    first = backup(run, tmp_path / "b.bin")
    assert first["failed"] and len(left_after_clearing(run, emulator)) == 2
    assert not backup(run, tmp_path / "b.bin").get("failed")
    assert left(run) == theirs and sent(emulator, "POST", "backups") == 1


def left_after_clearing(run: Runner, emulator: Emulator) -> list[str]:
    emulator.clear_faults()
    return left(run)


def test_what_cannot_be_told_apart_is_named(run: Runner, emulator: Emulator, tmp_path: Path) -> None:
    emulator.fault("lost_reply", "POST", "backups")
    emulator.fault("status", "GET", "backups", status=403, after=1, times=0)
    assert backup(run, tmp_path / "b.bin")["failed"]
    emulator.clear_faults()
    emulator.change("backup", create={"download_url": None})
    there = left(run)
    result = backup(run, tmp_path / "b.bin")
    assert not result.get("failed") and left(run) == there
    assert len(result["warnings"]) == 1 and all(one in result["warnings"][0] for one in there)


@pytest.mark.parametrize("why", ["another password", "too old", "another file", "its job has failed"])
def test_a_backup_that_is_not_what_is_asked_for_is_removed(
    run: Runner, emulator: Emulator, tmp_path: Path, why: str
) -> None:
    emulator.fault("truncate", "GET", "*backup_files*", times=0)
    assert backup(run, tmp_path / "b.bin")["failed"]
    emulator.clear_faults()
    first = left(run)[0]
    note = json.loads((tmp_path / NOTE).read_text(encoding="utf-8"))
    if why in ("too old", "another file"):
        note["asked"] -= backup_notes.USABLE + 60
    if why == "its job has failed":
        emulator.change("backup", id=first, set={"download_url": None})
        emulator.fault("job_fail", "POST", "backups")
        failed = backup(run, tmp_path / "c.bin")
        note["job"] = failed["error"]["job_id"]
    (tmp_path / NOTE).write_text(json.dumps(note), encoding="utf-8")
    dest = tmp_path / ("other.bin" if why == "another file" else "b.bin")
    result = backup(run, dest, backup_password="An0ther!secret" if why == "another password" else SECRET)
    assert not result.get("failed"), result
    assert result["plan"][0] == f"remove from Deploy the backup that an earlier run left there: {first}"
    assert "make a backup of Deploy" in result["plan"]
    assert left(run) == [] and [path.name for path in tmp_path.iterdir()] == [dest.name]


def test_a_note_about_another_deploy_or_nothing_is_not_minded(run: Runner, emulator: Emulator, tmp_path: Path) -> None:
    (tmp_path / NOTE).write_text('{"deploy": "https://other:443", "backup": "b1"}', encoding="utf-8")
    (tmp_path / ".c.bin.on-deploy").write_text("{", encoding="utf-8")
    assert backup(run, tmp_path / "b.bin")["changed"]
    assert sent(emulator, "DELETE", "backups") == 1
    assert not (tmp_path / NOTE).exists() and (tmp_path / ".c.bin.on-deploy").exists()


def test_a_refused_request_leaves_no_note(run: Runner, emulator: Emulator, tmp_path: Path) -> None:
    emulator.fault("forbid", "POST", "backups")
    assert backup(run, tmp_path / "b.bin")["error"]["kind"] == "refused"
    assert list(tmp_path.iterdir()) == []


def test_a_backup_that_is_kept_is_no_leftover(run: Runner, emulator: Emulator, tmp_path: Path) -> None:
    emulator.fault("truncate", "GET", "*backup_files*", times=0)
    assert backup(run, tmp_path / "b.bin", keep=True)["failed"]
    emulator.clear_faults()
    assert backup(run, tmp_path / "b.bin", keep=True)["changed"]
    assert len(left(run)) == 1 and [path.name for path in tmp_path.iterdir()] == ["b.bin"]
    assert not backup(run, tmp_path / "b.bin", keep=True)["changed"]
