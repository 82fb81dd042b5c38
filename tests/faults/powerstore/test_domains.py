# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Joining a domain and leaving it, where that goes wrong: each login counts, so none is tried twice."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.modules import smb_server
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner

LOGIN = {"domain_user_name": "joiner", "domain_password": "Right123!"}
FILES = {
    "nas_server": "nas01",
    "is_standalone": False,
    "computer_name": "files01",
    "domain": "example.com",
    "local_admin_password": "Password123!",
}


@pytest.fixture(autouse=True)
def domain(emulator: Emulator) -> None:
    """A NAS server with DNS, and a domain with one user who may join it."""
    emulator.change("nas_server", create={"name": "nas01"})
    dns = {"nas_server_id": "name:nas01", "domain": "example.com", "ip_addresses": ["192.0.2.53"]}
    emulator.change("file_dns", create=dns)
    emulator.change("settings", set={"domain_users": {"joiner": "Right123!"}})


def ask(run: Runner, **options: t.Any) -> dict[str, t.Any]:
    result: dict[str, t.Any] = run(smb_server.TASK, **{**FILES, **options})
    return result


def joins(emulator: Emulator) -> int:
    """Return how many requests to join the array has got."""
    return sum(one["path"].endswith("/join") for one in emulator.requests()["requests"])


def test_a_wrong_password_is_tried_once(run: Runner, emulator: Emulator) -> None:
    """The server is there, and the next task joins it."""
    result = ask(run, is_joined=True, **{**LOGIN, "domain_password": "Wrong123!"})
    assert result["failed"] and result["changed"] and result["error"]["kind"] == "job_failed"
    assert "The domain controller refused the login of joiner." in result["msg"] and "Wrong123!" not in str(result)
    assert result["resource"]["is_joined"] is False and joins(emulator) == 1
    again = ask(run, is_joined=True, **LOGIN)
    assert again["plan"] == ["join SMB server nas01"] and again["resource"]["is_joined"] is True
    assert not ask(run, is_joined=True)["changed"] and joins(emulator) == 2


@pytest.mark.parametrize("fault, sent", [("reset_before", 1), ("lost_reply", 1)])
def test_a_join_without_an_answer_is_not_sent_again(run: Runner, emulator: Emulator, fault: str, sent: int) -> None:
    """Unless it had its effect, the task fails and says so."""
    ask(run)
    emulator.fault(fault, "POST", "smb_server/*/join", times=1)
    result = ask(run, is_joined=True, **LOGIN)
    if fault == "lost_reply":
        assert result["changed"] and not result.get("failed")
    else:
        assert result["error"]["kind"] == "reply_lost" and "each try counts" in result["msg"]
    assert joins(emulator) == sent


def test_an_account_of_that_name_is_taken_over_only_if_the_task_says_so(run: Runner, emulator: Emulator) -> None:
    emulator.change("settings", set={"domain_computers": ["FILES01"]})
    result = ask(run, is_joined=True, **LOGIN)
    assert "The domain has a computer account FILES01 already." in result["msg"]
    taken = ask(run, is_joined=True, reuse_computer_account=True, **LOGIN)
    assert taken["resource"]["is_joined"] is True


def test_who_is_joined_leaves_before_it_changes_or_goes(run: Runner, emulator: Emulator) -> None:
    ask(run, is_joined=True, **LOGIN)
    for options, words in (
        ({"domain": "example.org"}, "domain cannot change"),
        ({"state": "absent"}, "is joined to a domain"),
        ({"is_joined": False}, "needs domain_user_name and domain_password, or is_skip_ad_unjoin: true"),
    ):
        checked, result = ask(run, check=True, **options), ask(run, **options)
        assert result["error"]["kind"] == "input" and words in result["msg"] == checked["msg"], result["msg"]
    left = ask(run, is_joined=False, domain="example.org", **LOGIN)
    assert left["plan"] == ["unjoin SMB server nas01", "change domain of SMB server nas01"]
    ask(run, is_joined=True, **LOGIN)
    gone = ask(run, state="absent", is_skip_ad_unjoin=True)
    assert gone["plan"] == ["unjoin SMB server nas01", "delete SMB server nas01"] and gone["resource"] is None
