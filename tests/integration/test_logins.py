# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A wrong password is sent once by a whole task, since a few more lock the account; counted at the appliance."""

from __future__ import annotations

import typing as t

import pytest

from jobwise_emulator.process import Emulator

from .conftest import Player

pytestmark = pytest.mark.parametrize("platform", ["powerstore", "oneview", "ontap_select"])

MODULES: dict[str, tuple[str, dict[str, t.Any]]] = {
    "powerstore": ("jobwise.appliance.volume_group", {"name": "g{{ item | default(0) }}"}),
    "oneview": ("jobwise.appliance.oneview_scope", {"name": "s{{ item | default(0) }}"}),
    "ontap_select": ("jobwise.appliance.ontap_select_cluster", {"name": "c{{ item | default(0) }}", "state": "absent"}),
}


def logins_refused(emulator: Emulator) -> int:
    """Return how often a password came that the appliance did not accept."""
    requests = emulator.requests()["requests"]
    return sum(one["status"] == 401 or ("login-sessions" in one["path"] and one["status"] >= 400) for one in requests)


def with_a_wrong_password(platform: str, **keywords: t.Any) -> list[dict[str, t.Any]]:
    module, options = MODULES[platform]
    return [{"name": "it", module: {**options, "password": "Wr0ng-secret"}, "ignore_errors": True, **keywords}]


def test_a_loop_sends_a_wrong_password_once(player: Player, platform: str) -> None:
    run = player.play(with_a_wrong_password(platform, loop=list(range(8))))
    items = run.items("it")
    assert [one["error"]["kind"] for one in items] == ["login"] * 8, run.output
    assert logins_refused(player.emulator) == 1
    assert all("did not try again" in one["msg"] for one in items[1:])
    assert "did not try again" not in items[0]["msg"]
    assert "Wr0ng-secret" not in run.output


def test_retries_send_a_wrong_password_once(newest: Player, platform: str) -> None:
    run = newest.play(with_a_wrong_password(platform, register="it", until="it is not failed", retries=3, delay=0))
    assert run.result("it")["attempts"] == 3, run.output
    assert logins_refused(newest.emulator) == 1


def test_a_right_password_in_the_same_loop_is_tried(newest: Player, platform: str) -> None:
    [task] = with_a_wrong_password(platform, loop=["Wr0ng-secret", "Password123!", "Wr0ng-secret"])
    task[MODULES[platform][0]]["password"] = "{{ item }}"
    task[MODULES[platform][0]]["name"] = "g"
    run = newest.play([task])
    assert [one["failed"] for one in run.items("it")] == [True, False, True], run.output
    assert logins_refused(newest.emulator) == 1
    assert newest.emulator.sessions()["open"] == []
