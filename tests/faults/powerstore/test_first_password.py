# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A user whose password has to be changed: the array permits nothing else, not even to read the user."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.modules import local_user, volume_group
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner
from tests.faults.powerstore.test_users_copies import sent

OLD, NEW = "Expired1!", "Sup3r!secret7"
ID = "77"
OWN: dict[str, t.Any] = {"username": "fresh", "password": OLD}
CHANGE: dict[str, t.Any] = {**OWN, "user_password": NEW, "current_password": OLD}


@pytest.fixture(autouse=True)
def fresh(emulator: Emulator) -> None:
    user = {"id": ID, "name": "fresh", "role_id": "1", "password": OLD, "is_password_change_required": True}
    emulator.change("local_user", create=user)


@pytest.mark.parametrize("mode", ["always", "when_different"])
def test_they_change_it_by_id(run: Runner, emulator: Emulator, mode: str) -> None:
    options = {**CHANGE, "id": ID, "update_password": mode}
    checked = run(local_user.TASK, check=True, **options)
    assert checked["changed"] and sent(emulator, "PATCH", "local_user") == 0
    done = run(local_user.TASK, **options)
    assert done["changed"] and not done.get("failed"), done
    assert done["plan"] == checked["plan"] and done["diff"] == checked["diff"] and "warnings" not in done
    assert done["resource"]["name"] == "fresh" and done["resource"]["role_id"] == "1"
    assert OLD not in str(done) and NEW not in str(done)
    assert sent(emulator, "PATCH", "local_user") == 1
    again = {**options, "password": NEW, "update_password": "when_different"}
    assert not run(local_user.TASK, **again)["changed"]
    assert not run(local_user.TASK, **{**again, "id": None, "name": "fresh"})["changed"]
    assert not emulator.sessions()["open"]


@pytest.mark.parametrize("fault, requests", [("lost_reply", 1), ("reset_before", 2)])
def test_it_is_changed_once(run: Runner, emulator: Emulator, fault: str, requests: int) -> None:
    emulator.fault(fault, "PATCH", "local_user/*")
    done = run(local_user.TASK, **CHANGE, id=ID, update_password="always")
    assert done["changed"] and not done.get("failed"), done
    assert sent(emulator, "PATCH", "local_user") == requests
    assert not emulator.sessions()["open"]


def test_the_next_session_needs_the_new_password(run: Runner, emulator: Emulator) -> None:
    emulator.fault("expire_session", "GET", "local_user/*", after=3)
    done = run(local_user.TASK, **CHANGE, id=ID, update_password="always")
    assert done["changed"] and not done.get("failed"), done
    assert emulator.sessions()["failed_logins"] == 0 and not emulator.sessions()["open"]


def test_what_else_is_asked_for_comes_with_the_next_run(run: Runner, emulator: Emulator) -> None:
    options = {**CHANGE, "id": ID, "update_password": "always", "is_mfa_bypass": True}
    done = run(local_user.TASK, **options)
    assert done["changed"] and "run the task again for is_mfa_bypass" in done["warnings"][0]
    again = run(local_user.TASK, **{**options, "password": NEW, "update_password": "when_different"})
    assert again["plan"] == ["change is_mfa_bypass of user fresh"] and again["resource"]["is_mfa_bypass"]


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize(
    "options, kind, words",
    [
        ({"name": "fresh", "update_password": "always"}, "login", "give id instead of name. Another user finds it"),
        ({"name": "admin", "update_password": "always"}, "login", "local_user does it with the user's id"),
        ({"id": ID, "update_password": "on_create"}, "login", "update_password: always"),
        ({"id": ID, "state": "absent"}, "login", "must change the password"),
        ({"id": ID, "update_password": "always", "current_password": None}, "input", "Give it as current_password"),
    ],
)
def test_what_cannot_be_done_says_what_to_do(
    run: Runner, emulator: Emulator, options: dict[str, t.Any], kind: str, words: str, check: bool
) -> None:
    result = run(local_user.TASK, check=check, **{**CHANGE, **options})
    assert result["failed"] and words in result["msg"] and result["error"]["kind"] == kind, result
    assert sent(emulator, "PATCH", "local_user") == 0 and not emulator.sessions()["open"]


def test_the_present_password_is_no_new_one(run: Runner, emulator: Emulator) -> None:
    result = run(local_user.TASK, **{**CHANGE, "user_password": OLD}, id=ID, update_password="when_different")
    assert result["error"]["kind"] == "input" and "is the present one" in result["msg"]
    assert sent(emulator, "PATCH", "local_user") == 0


def test_other_tasks_say_so_too(run: Runner) -> None:
    result = run(volume_group.TASK, **OWN, name="app01")
    assert "must change the password" in result["msg"] and "local_user does it" in result["msg"]
