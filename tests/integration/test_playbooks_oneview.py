# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The playbooks for OneView, played as a person would: check, run, run again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.playbook import PASSWORD, ROOT, USER

from .conftest import Player, Run

PLAYBOOKS = ROOT / "playbooks"
SECRET = "Sup3r!secret9"


@pytest.fixture
def platform() -> str:
    """The appliance that is emulated."""
    return "oneview"


def play(player: Player, playbook: str, *arguments: str) -> Run:
    run = player.run(
        player.command(PLAYBOOKS / playbook, *arguments), {**player.environment, "NEW_USER_PASSWORD": SECRET}
    )
    assert run.returncode == 0, run.output
    assert SECRET not in run.output and not player.emulator.sessions()["open"]
    return run


def written(player: Player) -> list[str]:
    """Return what was written, without logins and logouts."""
    return [
        f"{one['method']} {one['path']}"
        for one in player.emulator.requests()["requests"]
        if one["method"] != "GET" and not one["path"].endswith("/login-sessions")
    ]


def users(run: Run) -> list[str]:
    return sorted(one["userName"] for one in run.result("Read all users")["resources"])


def test_users(newest: Player) -> None:
    checked = play(newest, "oneview_users.yml", "--check", "--diff", "-vvv")
    assert written(newest) == [] and "Not in the list: former, netadmin, operator" in checked.output
    done = play(newest, "oneview_users.yml", "-vvv")
    assert written(newest) == ["POST /rest/users", "PUT /rest/users"]  # backup was there, under another full name
    assert {"backup", "night-shift", "operator"} <= set(users(done))
    again = play(newest, "oneview_users.yml", "-e", "remove_unlisted=true")
    assert sorted(written(newest)[2:]) == [f"DELETE /rest/users/{name}" for name in ("former", "netadmin", "operator")]
    assert users(again) == users(done)
    assert users(play(newest, "oneview_users.yml")) == ["Administrator", "admin", "backup", "night-shift"]
    assert len(written(newest)) == 5


def test_networks(newest: Player) -> None:
    play(newest, "oneview_networks.yml", "--check", "--diff")
    assert written(newest) == []
    play(newest, "oneview_networks.yml")
    assert written(newest).count("POST /rest/ethernet-networks") == 3
    before = len(written(newest))
    again = play(newest, "oneview_networks.yml", "--check")
    assert not any(row["result"].get("changed") for row in again.rows)
    fewer = ["-e", '{"vlans": [120, 121]}']
    kept = play(newest, "oneview_networks.yml", *fewer)
    assert "Not in the list: vm-122" in kept.output and len(written(newest)) == before + 1
    play(newest, "oneview_networks.yml", *fewer, "-e", "remove_unlisted=true")
    assert len(written(newest)) == before + 2 and written(newest)[-1].startswith("DELETE /rest/ethernet-networks/")


def test_backups(newest: Player, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    arguments = ["-e", f"backup_folder={folder}", "-e", "backup_keep=2"]
    play(newest, "oneview_backup.yml", *arguments, "--check", "--diff")
    assert written(newest) == [] and not folder.exists()
    play(newest, "oneview_backup.yml", *arguments)
    first = sorted(path.name for path in folder.iterdir())
    assert len(first) == 2 and first[1] == f"{first[0]}.sha256"
    play(newest, "oneview_backup.yml", *arguments)
    assert written(newest) == ["POST /rest/backups"] and sorted(path.name for path in folder.iterdir()) == first
    for dummy in range(2):
        newest.emulator.advance(86400)
        play(newest, "oneview_backup.yml", *arguments)
    kept = sorted(path.name for path in folder.iterdir())
    assert written(newest) == ["POST /rest/backups"] * 3 and len(kept) == 4 and not set(first) & set(kept)


def test_the_password_of_a_new_appliance(newest: Player, route: str) -> None:
    """The administrator cannot log in before, and everything else goes on with the new password."""
    newest.emulator.change("users", name=USER, set={"_must_change": True})
    options = {"name": USER, "current_password": PASSWORD, "user_password": SECRET, "update_password": "always"}
    change = {"name": "Change it", "jobwise.appliance.oneview_user": {**options, "full_name": "Automation"}}
    networks = {"type": "ethernet-networks", "password": SECRET}
    ask = {"name": "Ask", "jobwise.appliance.oneview_info": networks}
    checked = newest.play([change], route, "--check", "--diff")
    assert checked.returncode == 0 and written(newest) == [], checked.output
    run = newest.play([change, ask], route)
    assert run.returncode == 0, run.output
    assert written(newest) == ["POST /rest/users/changePassword"] and not newest.emulator.sessions()["open"]
    assert run.result("Change it")["changed"] and run.result("Ask")["count"] == 5
    assert SECRET not in checked.output + run.output
