# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A user who has to change the password before anything else, as the administrator of a new appliance."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.modules import oneview_info, oneview_user
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner
from tests.playbook import PASSWORD, USER

NEW = "Changed-4711"
CHANGE: dict[str, t.Any] = {
    "name": USER,
    "user_password": NEW,
    "current_password": PASSWORD,
    "update_password": "always",
}
SAYS = f"change the password of user {USER} before the first login"


@pytest.fixture
def run(emulator: Emulator) -> t.Iterator[Runner]:
    emulator.change("users", name=USER, set={"_must_change": True})
    yield Runner(emulator)
    assert not emulator.sessions()["open"]


def changes(run: Runner) -> int:
    """Return how often the password was changed."""
    asked = run.emulator.requests()["requests"]
    return sum(one["path"].endswith("changePassword") and one["status"] == 200 for one in asked)


def test_it_is_changed_without_a_login(run: Runner) -> None:
    checked = run(oneview_user.TASK, check=True, **CHANGE)
    assert (checked["changed"], checked["plan"], changes(run)) == (True, [SAYS], 0)
    done = run(oneview_user.TASK, **CHANGE)
    assert done.get("msg") is None and done["changed"] and done["plan"] == [SAYS] and not done.get("warnings")
    assert done["resource"]["userName"] == USER and changes(run) == 1
    assert NEW not in str(done) and PASSWORD not in str(done)
    assert run(oneview_info.TASK, type="users", password=NEW)["count"] > 1


def test_the_rest_of_the_task_is_done_afterwards(run: Runner) -> None:
    done = run(oneview_user.TASK, **CHANGE, full_name="Boss", enabled=True)
    assert done["plan"] == [SAYS, f"set full_name, enabled of user {USER} after that, if necessary"]
    assert done["resource"]["fullName"] == "Boss" and changes(run) == 1 and not done.get("warnings")


@pytest.mark.parametrize("fault", ["lost_reply", "reset_before"])
def test_an_answer_that_is_lost(run: Runner, fault: str) -> None:
    run.emulator.fault(fault, "POST", "users/changePassword")
    done = run(oneview_user.TASK, **CHANGE)
    assert done.get("msg") is None and done["changed"] and not done.get("warnings")
    assert run(oneview_info.TASK, type="users", password=NEW)["count"] > 1


@pytest.mark.parametrize(
    "less", [{"current_password": None}, {"update_password": "on_create"}, {"name": "operator"}, {"state": "absent"}]
)
def test_with_less_the_advice_is_what_to_give(run: Runner, less: dict[str, t.Any]) -> None:
    result = run(oneview_user.TASK, **{**CHANGE, **less})
    assert result["error"]["kind"] == "login" and "must change their password" in result["msg"] and changes(run) == 0
    assert "current_password, user_password and update_password: always" in result["msg"]


def test_any_other_module_says_what_to_do(run: Runner) -> None:
    result = run(oneview_info.TASK, type="users")
    assert result["error"]["kind"] == "login" and "oneview_user does that without a login" in result["msg"]


def test_a_wrong_current_password(run: Runner) -> None:
    result = run(oneview_user.TASK, **{**CHANGE, "current_password": "Not-this-1"})
    assert result["failed"] and not result["changed"] and changes(run) == 0 and "Not-this-1" not in str(result)
