# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writes that cannot be recognised by looking: passwords are never read back, copies are made by an action."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.modules import local_user, volume_group_clone, volume_group_snapshot
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner

PASSWORD = "Sup3r!secret7"


def sent(emulator: Emulator, method: str, type_: str) -> int:
    requests = emulator.requests()["requests"]
    return sum(one["method"] == method and one["path"].startswith(f"/api/rest/{type_}") for one in requests)


@pytest.mark.parametrize("fault, requests", [("lost_reply", 1), ("reset_before", 2)])
@pytest.mark.parametrize("mode", ["always", "when_different"])
def test_a_password_is_set_once(run: Runner, emulator: Emulator, fault: str, requests: int, mode: str) -> None:
    emulator.fault(fault, "PATCH", "local_user/*")
    result = run(local_user.TASK, name="helpdesk", user_password=PASSWORD, update_password=mode)
    assert not result.get("failed"), result
    assert result["changed"] and "warnings" not in result
    assert sent(emulator, "PATCH", "local_user") == requests
    assert PASSWORD not in str(result)
    assert not run(local_user.TASK, name="helpdesk", user_password=PASSWORD, update_password="when_different")[
        "changed"
    ]
    assert not emulator.sessions()["open"]


def test_a_password_that_is_being_set_is_not_set_again(run: Runner, emulator: Emulator) -> None:
    """The array still has the old password when the second run looks, and the new one once the job is over."""
    emulator.fault("job_slow", "PATCH", "local_user/*", seconds=2)
    options: dict[str, t.Any] = {"name": "helpdesk", "user_password": PASSWORD, "update_password": "when_different"}
    assert run(local_user.TASK, wait=False, **options)["changed"]
    result = run(local_user.TASK, **options)
    assert [job["adopted"] for job in result["jobs"]] == [True]
    assert sent(emulator, "PATCH", "local_user") == 1
    assert not emulator.sessions()["open"]


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize(
    "options, words",
    [
        ({"name": "x y"}, "letters, digits and dots"),
        ({"name": "new", "user_password": "short"}, "8 to 40 characters, not 5"),
        ({"name": "new", "role": "Boss", "user_password": PASSWORD}, "Known: Administrator"),
        ({"name": "new", "role": "Operator"}, "give user_password"),
        ({"name": "admin", "state": "absent"}, "cannot delete their own account"),
        ({"name": "admin", "is_locked": True}, "built in"),
        ({"name": "helpdesk", "username": "helpdesk", "state": "absent"}, "cannot delete their own account"),
    ],
)
def test_bad_input(run: Runner, emulator: Emulator, options: dict[str, t.Any], words: str, check: bool) -> None:
    result = run(local_user.TASK, check=check, **options)
    assert result["failed"] and words in result["msg"], result
    assert PASSWORD not in str(result)
    assert sent(emulator, "POST", "local_user") + sent(emulator, "PATCH", "local_user") == 0
    assert not emulator.sessions()["open"]


COPIES = [
    pytest.param(volume_group_snapshot.TASK, "snapshot", "Snapshot", id="snapshot"),
    pytest.param(volume_group_clone.TASK, "clone", "Clone", id="clone"),
]


@pytest.mark.parametrize("fault, requests", [("lost_reply", 1), ("reset_before", 2)])
@pytest.mark.parametrize("task, action, kind", COPIES)
def test_a_copy_is_made_once(
    run: Runner, emulator: Emulator, task: t.Any, action: str, kind: str, fault: str, requests: int
) -> None:
    emulator.fault(fault, "POST", f"volume_group/*/{action}")
    result = run(task, name="copy", volume_group="app01")
    assert not result.get("failed"), result
    assert result["changed"] and result["resource"]["type"] == kind
    assert sent(emulator, "POST", "volume_group") == requests
    assert not run(task, name="copy", volume_group="app01")["changed"]


@pytest.mark.parametrize("task, action, kind", COPIES)
def test_a_copy_that_is_being_made_is_adopted(
    run: Runner, emulator: Emulator, task: t.Any, action: str, kind: str
) -> None:
    emulator.fault("job_slow", "POST", f"volume_group/*/{action}", seconds=3)
    assert run(task, name="copy", volume_group="app01", wait=False)["changed"]
    result = run(task, name="copy", volume_group="app01")
    assert [job["adopted"] for job in result["jobs"]] == [True]
    assert sent(emulator, "POST", "volume_group") == 1
    assert result["resource"]["name"] == "copy"


@pytest.mark.parametrize("fails", [False, True])
@pytest.mark.parametrize("task, action, kind", COPIES)
def test_another_ones_copy_is_not_taken_for_the_own(
    run: Runner, emulator: Emulator, task: t.Any, action: str, kind: str, fails: bool
) -> None:
    """Its job works on the same source; waiting for it does no harm, but it leaves the own copy to be made."""
    emulator.job("volume_group", action, resource_name="app01", seconds=1.5, request={"name": "theirs"})
    if fails:
        emulator.change("volume_group", create={"name": "theirs"})
    result = run(task, name="mine", volume_group="app01", description="my own")
    assert not result.get("failed"), result
    assert result["changed"] and (result["resource"]["name"], result["resource"]["type"]) == ("mine", kind)
    assert sent(emulator, "POST", "volume_group") == 1 and sent(emulator, "PATCH", "volume_group") == 0
    assert not run(task, name="mine", volume_group="app01", description="my own")["changed"]
