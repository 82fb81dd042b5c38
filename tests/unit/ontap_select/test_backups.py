# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Backups: where they can go is found out before one is made, and what a failed download leaves is told."""

from __future__ import annotations

import typing as t
from pathlib import Path

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import ApplianceError, InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.history import NEW_RUN
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.steps import LocalAction, Request
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.backups.handler import BackupHandler
from tests.unit.http.servers import Answer
from tests.unit.ontap_select.scripted import MakeDeploy, ScriptedDeploy, accepted, record, refused, told

LONG = "x" * 300


def subject(deploy: MakeDeploy, dest: Path, *answers: t.Any, **options: t.Any) -> tuple[BackupHandler, ScriptedDeploy]:
    desired = {"dest": str(dest), "backup_password": "S", "keep": False, "replace": False, "wait_timeout": 5.0}
    it = deploy(*answers)
    return BackupHandler(it.client, {**desired, **options}), it


def test_a_folder_that_nothing_can_be_put_into_is_told_by_the_plan(
    deploy: MakeDeploy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda path, mode: False)
    it, dummy = subject(deploy, tmp_path / "b")
    with pytest.raises(InputError, match="the folder .* is not writable"):
        it.plan(it.read(), NEW_RUN)
    (tmp_path / "b").write_text("there")
    assert not it.plan(it.read(), NEW_RUN).steps, "what is there is left alone"
    it, dummy = subject(deploy, tmp_path / "b", replace=True)
    with pytest.raises(InputError, match="cannot be written"):
        it.plan(it.read(), NEW_RUN)


def test_a_name_that_no_file_can_have(deploy: MakeDeploy, tmp_path: Path) -> None:
    it, dummy = subject(deploy, tmp_path / LONG)
    with pytest.raises(InputError, match="cannot be written: File name too long"):
        it.read()


def test_the_place_is_tried_before_a_backup_is_made(
    deploy: MakeDeploy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    it, server = subject(deploy, tmp_path / "b")
    step = it.plan(it.read(), NEW_RUN).requests[0]

    def full(*args: t.Any, **options: t.Any) -> t.Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.mkstemp", full)
    with pytest.raises(InputError, match=r"cannot be written: No space left on device\."):
        it.send(step)
    assert server.talk == []


@pytest.mark.parametrize("answers", [(refused(500),), (record({"id": "b1", "download_url": "/f"}), Answer(404, "{}"))])
def test_a_download_that_fails_tells_what_it_leaves(deploy: MakeDeploy, tmp_path: Path, answers: t.Any) -> None:
    made = accepted(told("queued"), "backups/b1")
    it, dummy = subject(deploy, tmp_path / "b", made, *answers)
    make, download, dummy_step = it.plan(it.read(), NEW_RUN).changes
    assert isinstance(make, Request) and isinstance(download, LocalAction)
    it.send(make)
    with pytest.raises(ApplianceError) as caught:
        it.do_locally(download)
    assert "Backup b1 is on Deploy: the next run of this task takes it over." in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == [".b.on-deploy"]
