# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a user costs the array."""

from __future__ import annotations

import typing as t
from collections import Counter

import pytest

from jobwise_emulator.process import Emulator

from .conftest import Player
from .counting import Counting, count

MODULE = "jobwise.appliance.local_user"
USER = {"name": "night.shift", "role": "Operator", "user_password": "Sup3r!secret1"}
READ = Counter({"GET local_user": 1, "GET role": 1, "POST logout": 1})


def test_create_then_changed(newest: Player, route: str) -> None:
    counting = Counting(newest.emulator)
    created = count(counting, newest, route, MODULE, USER)
    assert created.pop("job read") >= 1 and created.pop("job look-up") == 1
    assert created == READ + Counter({"POST local_user": 1, "GET local_user": 2})
    other = {**USER, "role": "Administrator", "is_locked": True, "user_password": "Sup3r!secret2"}
    changed = count(counting, newest, route, MODULE, {**other, "update_password": "always"})
    assert changed.pop("job read") >= 1
    assert changed == READ + Counter({"job look-up": 1, "PATCH local_user": 1, "GET local_user": 2})
    assert count(counting, newest, route, MODULE, {**USER, "state": "absent"}, "--check")["GET local_user"] == 1


@pytest.mark.parametrize("route", ["controller", "target"])
def test_a_password_that_has_to_be_changed_first(newest: Player, emulator: Emulator, route: str) -> None:
    """In the controller, the items of a loop share the session that the change was made in."""
    old, new = "Expired1!", "Sup3r!secret7"
    user = {"id": "77", "name": "fresh", "role_id": "1", "password": old, "is_password_change_required": True}
    emulator.change("local_user", create=user)
    options = {"id": "77", "username": "fresh", "user_password": new, "current_password": old}
    modes = ["always", "on_create"] if route == "controller" else ["always"]
    change: dict[str, t.Any] = {"name": "Change", "loop": modes}
    change["jobwise.appliance.local_user"] = {**options, "password": old, "update_password": "{{ item }}"}
    again = {**options, "password": new, "update_password": "when_different"}
    run = newest.play([change, {"name": "Again", "jobwise.appliance.local_user": again}], route)
    assert run.returncode == 0, run.output
    assert run.items("Change")[0]["changed"] and not run.result("Again")["changed"]
    assert old not in run.output and new not in run.output
    assert not emulator.sessions()["open"] and emulator.sessions()["failed_logins"] == 0
