# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""OneView's other resources: answers that get lost, tasks that fail, and others at work on the same."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._task import Task
from ansible_collections.jobwise.appliance.plugins.modules import (
    oneview_scope,
    oneview_server_power,
    oneview_server_profile,
    oneview_storage_system,
    oneview_volume,
)
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner

Options = dict[str, t.Any]
Case = tuple[Task, Options, str, str]
LOGIN: Options = {"storage_username": "3paradm", "storage_password": "Password123!", "family": "StoreServ"}
ARRAY: Options = {"hostname": "array02.example.com", **LOGIN}
MEMBERS: Options = {"name": "Production", "resources": ["ethernet-networks/mgmt", "ethernet-networks/vmotion"]}
PROFILE: Options = {"name": "web-09", "template": "web", "server_hardware": "encl1, bay 4"}
VOLUME: Options = {"name": "v1", "size": "1GiB", "storage_pool": "CPG_FC", "storage_system": "array01"}
CASES: dict[str, Case] = {
    "scope": (oneview_scope.TASK, {"name": "new", "description": "x"}, "POST", "scopes"),
    "members": (oneview_scope.TASK, MEMBERS, "PATCH", "scopes/*"),
    "power": (oneview_server_power.TASK, {"name": "encl1, bay 2", "state": "powered_on"}, "PUT", "server-hardware/*"),
    "profile": (oneview_server_profile.TASK, PROFILE, "POST", "server-profiles"),
    "system": (oneview_storage_system.TASK, ARRAY, "POST", "storage-systems"),
    "volume": (oneview_volume.TASK, VOLUME, "POST", "storage-volumes"),
}
every_write = pytest.mark.parametrize("task, options, method, path", CASES.values(), ids=CASES)
every_task = pytest.mark.parametrize("task, options, method, path", list(CASES.values())[1:], ids=list(CASES)[1:])
"""A scope itself is made at once, without a task."""


def started(emulator: Emulator) -> int:
    return int(emulator.requests()["jobs"]["started"])


@every_write
def test_lost_reply(run: Runner, emulator: Emulator, task: Task, options: Options, method: str, path: str) -> None:
    emulator.fault("lost_reply", method, path)
    result = run(task, **options)
    assert result["changed"] and not result.get("failed"), result["msg"]
    assert "warnings" not in result and not emulator.sessions()["open"]
    before = started(emulator)
    assert not run(task, **options)["changed"] and started(emulator) == before


@every_write
def test_reset_before_the_write(
    run: Runner, emulator: Emulator, task: Task, options: Options, method: str, path: str
) -> None:
    emulator.fault("reset_before", method, path)
    result = run(task, **options)
    assert result["changed"] and not result.get("failed"), result["msg"]
    assert not run(task, **options)["changed"]


@every_task
def test_a_task_that_fails(
    run: Runner, emulator: Emulator, task: Task, options: Options, method: str, path: str
) -> None:
    emulator.fault("job_fail", method, path, messages=[{"message": "No.", "recommendedActions": ["Ask."]}])
    result = run(task, **options)
    assert result["failed"] and result["error"]["kind"] == "job_failed" and not result["changed"]
    assert "No." in result["msg"] and "Ask." in result["msg"]


@every_write
def test_check_mode_writes_nothing(
    run: Runner, emulator: Emulator, task: Task, options: Options, method: str, path: str
) -> None:
    checked = run(task, check=True, **options)
    writes = [one for one in emulator.requests()["requests"] if one["method"] != "GET"]
    assert [one["path"] for one in writes] == ["/rest/login-sessions"] * 2
    done = run(task, **options)
    assert (checked["plan"], checked["diff"], checked["changed"]) == (done["plan"], done["diff"], True)


def test_a_member_that_somebody_else_has_put_in_is_kept(run: Runner, emulator: Emulator) -> None:
    run(oneview_scope.TASK, **MEMBERS)
    more: Options = {"name": "Production", "resources": ["fc-networks/san-a"], "resources_mode": "add"}
    assert len(run(oneview_scope.TASK, **more)["resource"]["resources"]) == 3


def test_an_operating_system_that_ignores_the_button(run: Runner, emulator: Emulator) -> None:
    emulator.change("server-hardware", name="encl1, bay 1", set={"_ignores_press": True})
    off: Options = {"name": "encl1, bay 1", "state": "powered_off"}
    result = run(oneview_server_power.TASK, **off)
    assert result["failed"] and "did not power off in time" in result["msg"]
    assert run(oneview_server_power.TASK, **off, force=True)["resource"]["powerState"] == "Off"


def test_a_server_with_a_profile_gets_no_other(run: Runner, emulator: Emulator) -> None:
    result = run(oneview_server_profile.TASK, name="second", template="web", server_hardware="encl1, bay 1")
    assert result["failed"] and not result["changed"] and "already has the server profile web-01" in result["msg"]


def test_an_unmanaged_pool_is_told(run: Runner, emulator: Emulator) -> None:
    pool: Options = {"storage_pool": "CPG_SSD", "storage_system": "array01"}
    result = run(oneview_volume.TASK, name="v2", size="1GiB", **pool)
    assert result["failed"] and "not managed" in result["msg"]


def test_a_wrong_password_of_a_system_is_not_shown(run: Runner, emulator: Emulator) -> None:
    result = run(oneview_storage_system.TASK, **{**ARRAY, "storage_password": "Wr0ng-Pass"})
    assert result["failed"] and "cannot be reached with these credentials" in result["msg"]
    assert "Wr0ng-Pass" not in str(result)


def test_a_system_is_added_and_configured_in_one_task(run: Runner, emulator: Emulator) -> None:
    options: Options = {**ARRAY, "managed_domain": "TestDomain", "managed_pools": ["CPG_FC"], "name": "second"}
    made = run(oneview_storage_system.TASK, **options)
    assert made["changed"] and not made.get("failed"), made["msg"]
    assert made["resource"]["state"] == "Managed" and "warnings" not in made
    assert not run(oneview_storage_system.TASK, **options)["changed"]
    always = run(oneview_storage_system.TASK, **options, update_password="always")
    assert always["changed"] and "warnings" not in always
