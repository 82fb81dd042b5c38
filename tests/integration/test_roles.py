# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Roles, played as a person would: check, run, run again."""

from __future__ import annotations

import typing as t

import pytest

from jobwise_emulator.process import Emulator
from tests.playbook import PASSWORD, ROOT

from .conftest import Player, Run, writes

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


def test_listed_users_stay_whatever_the_case_of_their_names(player: Player) -> None:
    before = on_the_array(player)
    kept = sorted(name.upper() for name in before - {"admin", "helpdesk"})
    variables = {"powerstore_users_remove_unlisted": True, "powerstore_users_keep": kept}
    done = player.play([users(["Helpdesk"], **variables)])
    assert done.returncode == 0, done.output
    assert on_the_array(player) == before


def test_a_baseline_without_a_role_is_refused_before_anything_is_written(player: Player) -> None:
    task = users([], powerstore_users_baseline=[{"name": "night.shift"}])
    done = player.play([task])
    assert done.returncode != 0 and "role" in done.output
    assert player.emulator.requests()["requests"] == []


class Trust:
    """The playbook of two clusters that are to trust each other, with the peer in the environment."""

    def __init__(self, player: Player, peer: Emulator) -> None:
        self.player, self.peer = player, peer
        self.environment = {
            **player.environment,
            "PEER_HOST": peer.host,
            "PEER_PORT": str(peer.port),
            "PEER_USERNAME": "admin",
            "PEER_PASSWORD": PASSWORD,
            "PEER_CA_PATH": str(peer.ca_path),
        }

    def play(self, *arguments: str, **environment: str) -> Run:
        command = self.player.command(ROOT / "playbooks" / "powerstore_replication_trust.yml", "-vvv", *arguments)
        run = self.player.run(command, {**self.environment, **environment})
        assert PASSWORD not in run.output and environment.get("PEER_PASSWORD", SECRET) not in run.output
        return run

    def writes(self) -> int:
        return len(writes(self.player.emulator)) + len(writes(self.peer))


def test_trust_both_ways_and_only_once(player: Player, peer: Emulator) -> None:
    trust = Trust(player, peer)
    checked = trust.play("--check", "--diff")
    assert checked.returncode == 0, checked.output
    assert trust.writes() == 0
    done = trust.play("--diff")
    assert done.returncode == 0 and "changed=1" in done.output, done.output
    assert trust.writes() == 1
    resource = done.result(
        "jobwise.appliance.powerstore_replication_trust : Exchange the certificates of the clusters"
    )["resource"]
    assert resource["this_trusts_peer"] and resource["peer_trusts_this"]
    again = trust.play()
    assert again.returncode == 0 and "changed=0" in again.output, again.output
    assert trust.writes() == 1
    assert not player.emulator.sessions()["open"] and not peer.sessions()["open"]


@pytest.mark.parametrize(
    ("environment", "reason"),
    [({"PEER_PASSWORD": "Wr0ng!password"}, "The peer cannot be queried"), ({"PEER_HOST": ""}, "peer_address")],
)
def test_trust_that_cannot_be_is_refused(
    newest: Player, peer: Emulator, environment: dict[str, str], reason: str
) -> None:
    trust = Trust(newest, peer)
    run = trust.play(**environment)
    assert run.returncode != 0 and reason in run.output
    assert trust.writes() == 0


def test_a_peer_that_is_no_dictionary_is_refused_without_showing_it(player: Player) -> None:
    role = {"name": "jobwise.appliance.powerstore_replication_trust"}
    peer = f"west.example.com admin {SECRET}"
    task = {"ansible.builtin.include_role": role, "vars": {"powerstore_replication_trust_peer": peer}}
    run = player.play([task], "auto", "-vvv")
    assert run.returncode != 0 and "powerstore_replication_trust_peer" in run.output
    assert SECRET not in run.output
    assert player.emulator.requests()["requests"] == []


class Storage:
    """The role powerstore_provision, with the storage of an application that others use, too."""

    CONFIG: t.ClassVar[dict[str, list[dict[str, t.Any]]]] = {
        "snapshot_rule": [{"name": "nightly", "time_of_day": "02:30", "desired_retention": 168}],
        "protection_policy": [{"name": "erp", "snapshot_rules": ["nightly"]}],
        "host": [
            {
                "name": "erp01",
                "os_type": "Linux",
                "initiators": [
                    {
                        "port_name": "iqn.1994-05.com.redhat:erp01",
                        "port_type": "iSCSI",
                        "chap_single_username": "erp01",
                        "chap_single_password": SECRET * 2,
                    }
                ],
            }
        ],
        "host_group": [{"name": "erp-cluster", "hosts": ["ERP01"]}],
        "volume": [
            {"name": "erp-data", "size": "1GiB", "mapped_host_groups": [{"host_group": "erp-cluster"}]},
            {"name": "erp-log", "size": "1GiB", "mapped_hosts": [{"host": "linux01"}], "protection_policy": "erp"},
        ],
        "volume_group": [{"name": "erp", "volumes": ["erp-data"], "protection_policy": "erp"}],
    }

    def task(self, config: t.Any = None, **variables: t.Any) -> dict[str, t.Any]:
        """Return a task that plays the role."""
        role = {"name": "jobwise.appliance.powerstore_provision"}
        values = {"powerstore_provision_config": self.CONFIG if config is None else config, **variables}
        return {"ansible.builtin.include_role": role, "vars": values}

    def refused(self, name: str, config: t.Any, **variables: t.Any) -> dict[str, t.Any]:
        """Return a block that plays the role, and keeps the message of its failure as the result of the task name."""
        said = {"name": name, "ansible.builtin.debug": {"msg": "{{ ansible_failed_result.msg }}"}}
        return {"block": [self.task(config, **variables)], "rescue": [said]}


def changed_tasks(run: Run) -> list[str]:
    """Return the tasks that changed something after the task named again."""
    names = [row["task"] for row in run.rows]
    return [row["task"] for row in run.rows[names.index("again") :] if row["result"].get("changed")]


def test_storage_from_one_variable_and_its_removal(newest: Player) -> None:
    storage, again = Storage(), {"name": "again", "ansible.builtin.debug": {}}
    remove = {"powerstore_provision_remove": True}
    refusals = [
        storage.refused("shared policy", {"protection_policy": [{"name": "Gold", "state": "absent"}]}),
        storage.refused("mapped", {"volume": [{"name": "erp-log", "state": "absent"}]}),
        storage.refused("group", {"volume": [{"name": "erp-data", "state": "absent", "mapped_host_groups": []}]}),
        storage.refused("twice", {"volume": [{"name": "x", "size": "1G"}, {"name": "X", "size": "1G"}]}),
        storage.refused(
            "against itself",
            {
                "volume": [{"name": "erp-data", "state": "absent"}],
                "volume_group": [{"name": "erp", "volumes": ["ERP-data"]}],
            },
        ),
        storage.refused("typo", {"volume": [{"name": "x", "sise": "1G"}]}),
        storage.refused("no item", {"host": [{"name": "x", "initiators": [f"iqn.x:y {SECRET}"]}]}),
    ]
    done = newest.play([storage.task(), again, storage.task(), *refusals], "auto", "-vv")
    assert done.returncode == 0, done.output
    assert changed_tasks(done) == []
    said = {task: done.result(task)["msg"] for task in ("shared policy", "mapped", "group", "twice")}
    assert "protection_policy gold cannot be removed: volume_group app01 uses it" in said["shared policy"]
    assert "volume erp-log cannot be removed: host linux01 sees it, and mapped_hosts of its item" in said["mapped"]
    assert "protection_policy erp protects it" in said["mapped"]
    assert "volume erp-data cannot be removed: host_group erp-cluster sees it" in said["group"]
    assert "volume_group erp contains it, and powerstore_provision_config does not list it" in said["group"]
    assert "volume x is listed 2 times" in said["twice"]
    assert "volume_group erp names volume erp-data, which the same run removes" in done.result("against itself")["msg"]
    assert "sise" in done.result("typo")["msg"] and "initiators" in done.result("no item")["msg"]
    count = len(writes(newest.emulator))
    kept = {**storage.CONFIG, "protection_policy": [{**storage.CONFIG["protection_policy"][0], "state": "present"}]}
    kept["snapshot_rule"] = []
    checked = newest.play([storage.task(kept, **remove)], "auto", "--check", "--diff")
    assert checked.returncode == 0, checked.output
    assert "remove volume erp-data; now, volume_group erp contains it" in checked.output
    assert len(writes(newest.emulator)) == count
    gone = newest.play([storage.task(kept, **remove), again, storage.task(kept, **remove)], "auto", "-vv")
    assert gone.returncode == 0, gone.output
    assert changed_tasks(gone) == []
    assert [one["method"] for one in writes(newest.emulator)[count:]].count("DELETE") == 5
    assert SECRET not in done.output + checked.output + gone.output
    assert not newest.emulator.sessions()["open"]
