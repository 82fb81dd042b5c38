# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Actions on volume groups that overwrite data: never twice because of an answer that got lost."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.modules import (
    volume_group_metro,
    volume_group_refresh,
    volume_group_restore,
)
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner

Options = t.Dict[str, t.Any]
RESTORE: Options = {"volume_group": "app01", "snapshot": "app01-nightly"}
REFRESH: Options = {"volume_group": "app01-test", "source": "app01"}
METRO: Options = {"volume_group": "app01", "remote_system": "remote1", "state": "present"}
ACTIONS = [
    pytest.param(volume_group_restore.TASK, "restore", RESTORE, id="restore"),
    pytest.param(volume_group_refresh.TASK, "refresh", REFRESH, id="refresh"),
]
BACKUPS = [pytest.param({"backup_snapshot": "before"}, id="backup"), pytest.param({"backup": False}, id="none")]


def sent(emulator: Emulator) -> int:
    """Count what was posted to volume groups."""
    requests = emulator.requests()["requests"]
    return sum(one["method"] == "POST" and "/volume_group/" in one["path"] for one in requests)


@pytest.mark.parametrize("fault, requests", [("lost_reply", 1), ("reset_before", 2)])
@pytest.mark.parametrize("backup", BACKUPS)
@pytest.mark.parametrize("task, action, options", ACTIONS)
def test_data_are_overwritten_once(
    run: Runner,
    emulator: Emulator,
    task: t.Any,
    action: str,
    options: Options,
    backup: Options,
    fault: str,
    requests: int,
) -> None:
    emulator.fault(fault, "POST", f"volume_group/*/{action}")
    result = run(task, **options, **backup)
    assert not result.get("failed"), result
    assert result["changed"] and "warnings" not in result
    assert sent(emulator) == requests
    assert run(task, **options, **backup)["changed"] is ("backup" in backup)
    assert not emulator.sessions()["open"]


@pytest.mark.parametrize("task, action, options", ACTIONS)
def test_one_that_is_being_done_is_adopted(
    run: Runner, emulator: Emulator, task: t.Any, action: str, options: Options
) -> None:
    emulator.fault("job_slow", "POST", f"volume_group/*/{action}", seconds=2)
    assert run(task, **options, backup_snapshot="before", wait=False)["changed"]
    result = run(task, **options, backup_snapshot="before")
    assert [job["adopted"] for job in result["jobs"]] == [True]
    assert sent(emulator) == 1
    assert result["resource"]["backup_snapshot"]["name"] == "before"


@pytest.mark.parametrize("task, action, options", ACTIONS)
def test_one_that_fails_has_changed_nothing(
    run: Runner, emulator: Emulator, task: t.Any, action: str, options: Options
) -> None:
    emulator.fault("job_fail", "POST", f"volume_group/*/{action}")
    result = run(task, **options, backup_snapshot="before")
    assert result["failed"] and not result["changed"] and result["error"]["kind"] == "job_failed"
    assert run(task, **options, backup_snapshot="before")["changed"]


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize(
    "options, words",
    [
        ({"snapshot": "nosuch"}, "snapshot: there is no snapshot set nosuch"),
        ({"snapshot": "app01"}, "there is no snapshot set app01"),
        ({"snapshot": ""}, "snapshot is empty"),
        ({"volume_group": "nosuch"}, "There is no volume group nosuch to restore"),
        ({"volume_group": "app01-nightly"}, "There is no volume group app01-nightly to restore"),
        ({"volume_group": "app01-test"}, "is not a snapshot set of volume group app01-test itself"),
        ({"backup_snapshot": "app01-test"}, "choose a different one"),
        ({"backup_snapshot": "app01-nightly"}, "both as snapshot and as backup_snapshot"),
        ({"backup_snapshot": None}, "Give backup_snapshot"),
        ({"backup_snapshot": "x" * 129}, "1 to 128 printable characters"),
        ({"backup": False}, "leave one of the two out"),
    ],
)
def test_bad_input_of_restore(run: Runner, emulator: Emulator, options: Options, words: str, check: bool) -> None:
    result = run(volume_group_restore.TASK, check=check, **{**RESTORE, "backup_snapshot": "before", **options})
    assert result["failed"] and words in result["msg"], result
    assert result["error"]["kind"] == "input" and sent(emulator) == 0
    assert not emulator.sessions()["open"]


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize(
    "options, words",
    [
        ({"source": "nosuch"}, "source: there is no group or snapshot set nosuch"),
        ({"source": "bulk0001"}, "not of the same family"),
        ({"source": "app01-test"}, "cannot be refreshed from itself"),
        ({"volume_group": "app01", "source": "app01-nightly"}, "is a snapshot set of volume group app01 itself"),
        ({"volume_group": "app01-nightly"}, "There is no volume group app01-nightly to refresh"),
        ({"backup_snapshot": None}, "Give backup_snapshot"),
    ],
)
def test_bad_input_of_refresh(run: Runner, emulator: Emulator, options: Options, words: str, check: bool) -> None:
    emulator.change("volume_group", create={"name": "bulk0001"})
    result = run(volume_group_refresh.TASK, check=check, **{**REFRESH, "backup_snapshot": "before", **options})
    assert result["failed"] and words in result["msg"], result
    assert result["error"]["kind"] == "input" and sent(emulator) == 0


@pytest.mark.parametrize("source", ["app01", "app01-nightly"])
def test_sources_of_a_refresh(run: Runner, emulator: Emulator, source: str) -> None:
    """A live group and a snapshot set of it."""
    result = run(volume_group_refresh.TASK, **{**REFRESH, "source": source}, backup_snapshot="before")
    assert result["changed"], result
    (sent_one,) = [one for one in emulator.requests()["requests"] if one["path"].endswith("/refresh")]
    assert result["resource"]["protection_data"]["source_id"] == sent_one["request"]["from_object_id"]


@pytest.mark.parametrize("fault", ["lost_reply", "reset_before"])
@pytest.mark.parametrize(
    "options", [METRO, {"volume_group": "app01", "state": "absent", "force": True}], ids=["configure", "end"]
)
def test_metro_is_changed_once(run: Runner, emulator: Emulator, options: Options, fault: str) -> None:
    if options["state"] == "absent":
        assert run(volume_group_metro.TASK, **METRO)["changed"]
    emulator.fault(fault, "POST", "volume_group/*")
    result = run(volume_group_metro.TASK, **options)
    assert not result.get("failed") and result["changed"] and "warnings" not in result
    assert not run(volume_group_metro.TASK, **options)["changed"]
    assert not emulator.sessions()["open"]


def test_metro_to_another_system_has_to_be_ended_first(run: Runner, emulator: Emulator) -> None:
    assert run(volume_group_metro.TASK, **METRO)["changed"]
    emulator.change("remote_system", create={"id": "R2", "name": "remote2", "type": "PowerStore"})
    result = run(volume_group_metro.TASK, **{**METRO, "remote_system": "remote2"})
    assert result["failed"] and "is stretched to remote1, not to remote2" in result["msg"] and not result["changed"]
