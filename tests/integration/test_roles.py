# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Roles, played as a person would: check, run, run again."""

from __future__ import annotations

import typing as t

from .conftest import Player, writes

SECRET = "Sup3r!secret9"


def users(names: list[str], **variables: t.Any) -> dict[str, t.Any]:
    """Return a task that plays the baseline of users."""
    baseline = [{"name": name, "role": "Operator", "user_password": SECRET} for name in names]
    role = {"name": "jobwise.appliance.powerstore_users"}
    return {"ansible.builtin.include_role": role, "vars": {"powerstore_users_baseline": baseline, **variables}}


def on_the_array(player: Player) -> set[str]:
    task = {"name": "users", "jobwise.appliance.powerstore_info": {"type": "local_user", "select": ["name"]}}
    return {user["name"] for user in player.play([task]).result("users")["resources"]}


def test_users(player: Player) -> None:
    before = on_the_array(player)
    checked = player.play([users(["night.shift"])], "auto", "--check", "--diff", "-vvv")
    assert checked.returncode == 0, checked.output
    assert writes(player.emulator) == []
    done = player.play([users(["night.shift"])], "auto", "-vvv")
    assert done.returncode == 0, done.output
    assert "users are not in the list; set powerstore_users_remove_unlisted" in done.output
    assert on_the_array(player) == before | {"night.shift"}
    count = len(writes(player.emulator))
    assert player.play([users(["night.shift"])]).returncode == 0
    assert len(writes(player.emulator)) == count
    assert SECRET not in checked.output + done.output


def test_unlisted_users_are_removed_when_told_to(player: Player) -> None:
    kept = sorted(on_the_array(player) - {"admin", "helpdesk", "operator"})
    task = users(["night.shift"], powerstore_users_remove_unlisted=True, powerstore_users_keep=kept)
    done = player.play([task])
    assert done.returncode == 0, done.output
    assert on_the_array(player) == {"admin", "night.shift", *kept}
    assert not player.emulator.sessions()["open"]


def test_a_baseline_without_a_role_is_refused_before_anything_is_written(player: Player) -> None:
    task = users([], powerstore_users_baseline=[{"name": "night.shift"}])
    done = player.play([task])
    assert done.returncode != 0 and "role" in done.output
    assert player.emulator.requests()["requests"] == []
