# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A delete names what is destroyed, in the plan and in the diff."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.modules import volume_group_clone
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner


@pytest.mark.parametrize("check", [True, False])
def test_members_that_are_deleted_and_snapshot_sets(run: Runner, emulator: Emulator, check: bool) -> None:
    result = run(name="app01", state="absent", delete_members=True, immediate=False, check=check)
    assert not result.get("failed"), result["msg"]
    assert result["plan"] == [
        "delete volume group app01 with its 2 volumes (app01-data, app01-log) and its snapshot set (app01-nightly), "
        "delete_members=true, immediate=false"
    ]
    before = result["diff"]["before"]
    assert (before["volumes"], before["snapshot_sets"]) == (["app01-data", "app01-log"], ["app01-nightly"])
    assert result["diff"]["after"] == {}


def test_members_that_stay_are_not_named_as_lost(run: Runner) -> None:
    result = run(name="app01", state="absent", check=True)
    assert result["plan"] == ["delete volume group app01 with its snapshot set (app01-nightly)"]


def test_a_group_with_nothing_in_it(run: Runner) -> None:
    assert run(name="empty")["changed"]
    result = run(name="empty", state="absent", delete_members=True)
    assert result["plan"] == ["delete volume group empty, delete_members=true"]
    assert run(name="empty", state="absent", delete_members=True)["plan"] == []


@pytest.mark.parametrize("deleted", [True, False])
def test_a_clone(run: Runner, deleted: bool) -> None:
    clone: dict[str, t.Any] = {"name": "copy", "volume_group": "app01"}
    assert run(volume_group_clone.TASK, **clone)["changed"]
    result = run(volume_group_clone.TASK, **clone, state="absent", delete_members=deleted, check=True)
    volumes = " with its 2 volumes (copy.app01-data, copy.app01-log)" if deleted else ""
    assert result["plan"] == [f"delete clone copy{volumes}, delete_members={str(deleted).lower()}"]
