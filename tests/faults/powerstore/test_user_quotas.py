# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""User quotas: which one a task means, and what is left of one that nobody can delete."""

from __future__ import annotations

import typing as t

from ansible_collections.jobwise.appliance.plugins.modules import file_user_quota, powerstore_config
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner

Options = t.Dict[str, t.Any]
HOME: Options = {"file_system": "home", "nas_server": "nas1"}
KIM: Options = {**HOME, "windows_name": "CORP\\Kim"}


def place(emulator: Emulator, number: int, path: str = "/apollo") -> str:
    """Make a file system of the same name on another NAS server, with a tree quota; return its id."""
    server = emulator.change("nas_server", create={"name": f"nas{number}"})["id"]
    body = {"name": "home", "nas_server_id": server, "filesystem_type": "Primary"}
    system = str(emulator.change("file_system", create=body)["id"])
    emulator.change("file_tree_quota", create={"path": path, "file_system_id": system})
    return system


def test_the_user_and_the_place_say_which(run: Runner, emulator: Emulator) -> None:
    """The same user has a quota in the file system, in a directory of it, and in another file system of its name."""
    first, other = place(emulator, 1), place(emulator, 2)
    made = [
        run(file_user_quota.TASK, **{**KIM, **where}, hard_limit="1 GiB")
        for where in (
            {},
            {"tree_quota": "/apollo/"},
            {"nas_server": "nas2"},
            {"nas_server": "nas2", "tree_quota": "/apollo"},
        )
    ]
    assert len({result["resource"]["id"] for result in made}) == 4
    systems = [result["resource"]["file_system_id"] for result in made]
    assert systems == [first, first, other, other] and made[1]["resource"]["tree_quota"]["path"] == "/apollo"
    since = len(emulator.requests()["requests"])
    again = run(file_user_quota.TASK, **{**KIM, "tree_quota": "/apollo"}, hard_limit="1 GiB")
    asked = emulator.requests()["requests"][since:]
    assert not again["changed"] and [one["method"] for one in asked] == ["GET", "POST"], "and the logout"
    spelled = run(file_user_quota.TASK, **{**KIM, "windows_name": "corp\\kim", "tree_quota": "/apollo"}, soft_limit=0)
    assert not spelled["changed"] and spelled["resource"]["id"] == again["resource"]["id"] == made[1]["resource"]["id"]


def test_a_user_whom_the_array_knows_by_several_names(run: Runner, emulator: Emulator) -> None:
    """The array fills in the other identifiers, and has quotas of users who have none."""
    system = place(emulator, 1)
    known: Options = {
        "uid": 2001,
        "unix_name": "kim",
        "windows_name": "corp\\kim",
        "windows_sid": "S-1-5-21-1-2-3-1105",
    }
    emulator.change("file_user_quota", create={"file_system_id": system, **known})
    for name, value in known.items():
        changed = run(file_user_quota.TASK, **HOME, **{name: value}, hard_limit="1 GiB")
        assert not changed.get("failed") and changed["changed"] is (name == "uid"), changed
    assert run(file_user_quota.TASK, **HOME, uid=2002, state="absent")["changed"] is False


def test_absent_lifts_the_limits(run: Runner, emulator: Emulator) -> None:
    place(emulator, 1)
    run(file_user_quota.TASK, **KIM, hard_limit="2 GiB", soft_limit="1 GiB")
    gone = run(file_user_quota.TASK, **KIM, state="absent")
    assert gone["plan"] == ["lift user quota home, nas1, corp\\Kim"], gone
    assert gone["diff"]["before"]["hard_limit"] == "2 GiB" and gone["diff"]["after"]["soft_limit"] == "0"
    assert gone["resource"]["hard_limit"] == gone["resource"]["soft_limit"] == 0
    assert not run(file_user_quota.TASK, **KIM, state="absent")["changed"]


def test_in_a_document_that_makes_everything(run: Runner, emulator: Emulator) -> None:
    """Also where two NAS servers have file systems and directories of the same names."""
    for name in ("nas1", "nas2"):
        emulator.change("nas_server", create={"name": name})
    places: list[Options] = [{"file_system": "home", "nas_server": name} for name in ("nas1", "nas2")]
    config: Options = {
        "file_system": [{"name": "home", "nas_server": one["nas_server"], "size": "10 GiB"} for one in places],
        "file_tree_quota": [{**one, "path": "/apollo/", "is_user_quotas_enforced": True} for one in places],
        "file_user_quota": [{**one, "tree_quota": "/apollo", "uid": 2001, "hard_limit": "1 GiB"} for one in places],
    }
    checked = run(powerstore_config.TASK, check=True, config=config)
    done, again = run(powerstore_config.TASK, config=config), run(powerstore_config.TASK, config=config)
    assert not done.get("failed") and done["counts"]["changed"] == 6 and checked["plan"] == done["plan"], done
    assert not again["changed"], again
    found = run(powerstore_config.TASK, state="gathered", only_types=["file_user_quota"])["gathered"]
    assert found == {"file_user_quota": config["file_user_quota"]}, found
