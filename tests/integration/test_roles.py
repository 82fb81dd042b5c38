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


AGAIN: dict[str, t.Any] = {"name": "again", "ansible.builtin.debug": {}}


def users(names: list[str], **variables: t.Any) -> dict[str, t.Any]:
    """Return a task that plays the baseline of users."""
    baseline = [{"name": name, "role": "Operator", "user_password": SECRET} for name in names]
    role = {"name": "jobwise.appliance.powerstore_users"}
    return {"ansible.builtin.include_role": role, "vars": {"powerstore_users_baseline": baseline, **variables}}


def all_users(name: str) -> dict[str, t.Any]:
    """Return a task of this name that reads the names of all users."""
    return {"name": name, "jobwise.appliance.powerstore_info": {"type": "local_user", "select": ["name"]}}


def refused(name: str, task: dict[str, t.Any], **keywords: t.Any) -> dict[str, t.Any]:
    """Return a block that plays a role, and keeps the message of its failure as the result of the task name."""
    said = {"name": name, "ansible.builtin.debug": {"msg": "{{ ansible_failed_result.msg }}"}}
    return {"block": [task], "rescue": [said], **keywords}


def changed_tasks(run: Run) -> list[str]:
    """Return the tasks that changed something after the task named again."""
    names = [row["task"] for row in run.rows]
    return [row["task"] for row in run.rows[names.index("again") :] if row["result"].get("changed")]


def test_users(player: Player) -> None:
    """Unlisted users go only when told to; whatever the case of their names, listed ones stay."""
    planned = {"powerstore_users_remove_unlisted": True, "powerstore_users_keep": ["SECURITY", "storage.team"]}
    checked = player.play([users(["night.shift", "Helpdesk"], **planned)], "auto", "--check", "--diff", "-vvv")
    assert checked.returncode == 0, checked.output
    assert checked.result("jobwise.appliance.powerstore_users : Show the plan")["msg"] == [
        "2 deletions",
        "create user night.shift",
        "delete user former.employee",
        "delete user operator",
    ]
    assert writes(player.emulator) == []
    login = {"group/jobwise.appliance.powerstore": {"username": "security"}}
    nobody = users(["night.shift"], powerstore_users_remove_unlisted=True)
    tasks = [
        refused(
            "typo", users([], powerstore_users_baseline=[{"name": "x", "role": "Operatr", "user_password": SECRET}])
        ),
        refused("no role", users([], powerstore_users_baseline=[{"name": "night.shift", "user_password": SECRET}])),
        refused("own login", nobody, module_defaults=login),
        users(["night.shift"]),
        all_users("listed"),
        users(["night.shift", "Helpdesk"], **planned),
        all_users("removed"),
        AGAIN,
        users(["night.shift", "Helpdesk"], **planned),
    ]
    done = player.play(tasks, "auto", "-vvv")
    assert done.returncode == 0, done.output
    assert "Did you mean Operator?" in done.result("typo")["msg"] and "role" in done.result("no role")["msg"]
    assert "User security cannot delete their own account" in done.result("own login")["msg"]
    assert "5 users are not in the list; set powerstore_users_remove_unlisted" in done.output
    listed = {user["name"] for user in done.result("listed")["resources"]}
    removed = {user["name"] for user in done.result("removed")["resources"]}
    assert removed == {"admin", "helpdesk", "night.shift", "security", "storage.team"}
    assert listed == removed | {"former.employee", "operator"}
    assert changed_tasks(done) == []
    assert SECRET not in checked.output + done.output
    assert not player.emulator.sessions()["open"]


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


def test_storage_from_one_variable_and_its_removal(newest: Player) -> None:
    """Check mode shows the whole plan, of an array that has nothing of it and of a removal."""
    storage, plan = Storage(), "jobwise.appliance.powerstore_provision : Show the plan"
    wanted = newest.play([storage.task()], "auto", "--check", "--diff").result(plan)["msg"]
    assert wanted == [
        "create snapshot rule nightly",
        "create protection policy erp with 1 snapshot rule (nightly)",
        "create host erp01 with 1 initiator (iqn.1994-05.com.redhat:erp01)",
        "create host group erp-cluster with 1 host (erp01)",
        "create volume erp-data with host group erp-cluster",
        "create volume erp-log with host linux01",
        "create volume group erp with 1 volume (erp-data)",
    ]
    assert writes(newest.emulator) == []
    loose = {"name": "erp-data", "state": "absent"}
    refusals = [
        refused("shared policy", storage.task({"protection_policy": [{"name": "Gold", "state": "absent"}]})),
        refused("mapped", storage.task({"volume": [{"name": "erp-log", "state": "absent"}]})),
        refused("group", storage.task({"volume": [{**loose, "mapped_host_groups": [{"host_group": "ERP-cluster"}]}]})),
        refused("twice", storage.task({"volume": [{"name": "x", "size": "1G"}, {"name": "X", "size": "1G"}]})),
        refused(
            "against itself",
            storage.task({"volume": [loose], "volume_group": [{"name": "erp", "volumes": ["ERP-data"]}]}),
        ),
        refused("typo", storage.task({"volume": [{"name": "x", "sise": "1G"}]})),
        refused("type", storage.task({"volumes": [{"name": "x", "size": "1G"}]})),
        refused("no item", storage.task({"host": [{"name": "x", "initiators": [f"iqn.x:y {SECRET}"]}]})),
    ]
    wwn = {"name": "wwn", "ansible.builtin.debug": {"msg": "{{ powerstore_provision_volumes['erp-data'].wwn }}"}}
    done = newest.play([storage.task(), wwn, AGAIN, storage.task(), *refusals], "auto", "-vv")
    assert done.returncode == 0, done.output
    assert done.result("wwn")["msg"].startswith("naa.")
    assert changed_tasks(done) == []
    said = {task: done.result(task)["msg"] for task in ("shared policy", "mapped", "group", "twice", "against itself")}
    assert "Protection policy gold cannot be deleted: it is assigned to volume group app01" in said["shared policy"]
    assert "Volume erp-log is mapped to linux01" in said["mapped"]
    assert "Volume erp-log has protection policy erp" in said["mapped"]
    assert "Volume erp-data is in volume group erp" in said["group"] and "is mapped" not in said["group"]
    assert "volume[0] (x) and volume[1] (X) both describe X" in said["twice"]
    assert "volumes names volume erp-data, which volume[0] (erp-data) removes" in said["against itself"]
    assert "Did you mean size?" in done.result("typo")["msg"] and "volumes" in done.result("type")["msg"]
    assert "initiators" in done.result("no item")["msg"]
    count = len(writes(newest.emulator))
    kept = {**storage.CONFIG, "protection_policy": [{**storage.CONFIG["protection_policy"][0], "state": "present"}]}
    kept["snapshot_rule"] = []
    kept["volume_group"] = [{**storage.CONFIG["volume_group"][0], "volumes_mode": "add"}]
    remove = {"powerstore_provision_remove": True}
    checked = newest.play([storage.task(kept, **remove)], "auto", "--check", "--diff")
    assert checked.result(plan)["msg"] == [
        "5 deletions",
        "remove 1 volume (erp-data) from volume group erp",
        "delete volume group erp",
        "detach host group erp-cluster from volume erp-data",
        "delete volume erp-data",
        "remove 1 host (erp01) from host group erp-cluster",
        "delete host group erp-cluster",
        "delete host erp01",
        "change protection_policy of volume erp-log",
        "detach host linux01 from volume erp-log",
        "delete volume erp-log",
    ]
    assert len(writes(newest.emulator)) == count
    gone = newest.play([storage.task(kept, **remove), AGAIN, storage.task(kept, **remove)], "auto", "-vv")
    assert gone.returncode == 0, gone.output
    assert changed_tasks(gone) == []
    assert "WARNING" not in gone.output
    assert [one["method"] for one in writes(newest.emulator)[count:]].count("DELETE") == 5
    assert SECRET not in done.output + checked.output + gone.output
    assert not newest.emulator.sessions()["open"]


BUILDS = {"name": "builds", "path": "/builds", "read_only_hosts": ["192.0.2.7"]}
FILES: dict[str, t.Any] = {
    "nas_server": [
        {
            "name": "nas01",
            "current_unix_directory_service": "LDAP",
            "hosts": "192.0.2.9 dc1",
            "file_interface": [
                {
                    "ip_address": "192.0.2.21",
                    "prefix_length": 24,
                    "file_interface_route": {
                        "destination": "198.51.100.0",
                        "prefix_length": 24,
                        "gateway": "192.0.2.9",
                    },
                }
            ],
            "file_dns": {"domain": "example.com", "ip_addresses": ["192.0.2.53"]},
            "file_ldap": {
                "addresses": ["192.0.2.54"],
                "authentication_type": "Simple",
                "bind_dn": "cn=array",
                "bind_password": SECRET,
                "base_dn": "dc=example,dc=com",
                "port_number": 636,
            },
            "nfs_server": {},
            "file_ndmp": {"user_name": "backup", "user_password": SECRET[:12]},
            "file_system": [
                {
                    "name": "home",
                    "size": "2TiB",
                    "nfs_export": {"name": "home", "path": "/home"},
                    "file_tree_quota": [{"path": "/apollo", "hard_limit": "1TiB"}],
                    "file_user_quota": {"unix_name": "kim", "hard_limit": "1GiB"},
                },
                {"name": "builds", "size": "1TiB", "nfs_export": [BUILDS]},
            ],
        },
        {"name": "nas02", "file_system": None},
    ]
}


def services(config: t.Any, **variables: t.Any) -> dict[str, t.Any]:
    """Return a task that plays the role of file services."""
    role = {"name": "jobwise.appliance.powerstore_file_services"}
    return {"ansible.builtin.include_role": role, "vars": {"powerstore_file_services_config": config, **variables}}


def on_server(**more: t.Any) -> dict[str, t.Any]:
    """Return the variable with the NAS server of the test and something on it."""
    return {"nas_server": [{"name": "nas01", **more}]}


def test_file_services_from_one_variable_and_their_removal(newest: Player) -> None:
    """Check mode shows the whole plan, of an array that has nothing of it. What is inside of something goes with it."""
    checked = newest.play([services(FILES)], "auto", "--check", "--diff")
    assert checked.result("jobwise.appliance.powerstore_file_services : Show the plan")["msg"] == [
        "create NAS server nas01",
        "upload hosts to NAS server nas01",
        "create NAS server nas02",
        "create file interface 192.0.2.21",
        "create route 198.51.100.0",
        "create DNS of NAS server nas01",
        "create LDAP of NAS server nas01",
        "create NFS server nas01",
        "create NDMP of NAS server nas01",
        "create file system home",
        "create file system builds",
        "create NFS export home",
        "create NFS export builds with 1 read-only host (192.0.2.7)",
        "create tree quota /apollo",
        "create user quota home, nas01, kim",
    ]
    assert writes(newest.emulator) == []
    done = {"name": "done", "ansible.builtin.debug": {"msg": "{{ powerstore_file_services_done.plan }}"}}
    remove = {"powerstore_file_services_remove": True}
    home = {"name": "home", "state": "absent"}
    tasks = [
        services(FILES),
        AGAIN,
        services(FILES),
        refused("typo", services(on_server(file_system=[{"name": "home", "sise": "1G"}]))),
        refused("no name", services({"nas_server": [{"file_dns": {"domain": "x"}}]})),
        refused("no item", services(on_server(file_system=["home"], file_dns="x"))),
        refused("type", services({"nas_servers": []})),
        refused("no list", services({"nas_server": {"name": "nas01"}})),
        refused("in use", services(on_server(state="absent", file_system=[home]))),
    ]
    played = newest.play(tasks, "auto", "-vv")
    assert played.returncode == 0, played.output
    assert changed_tasks(played) == []
    assert (
        "file_system[0] (home, nas01): file_system has no option sise. Did you mean size?"
        in played.result("typo")["msg"]
    )
    assert "nas_server[0]: name is missing" in played.result("no name")["msg"]
    assert "each item is a dictionary" in played.result("no item")["msg"]
    assert "nas_servers" in played.result("type")["msg"] and "nas_server" in played.result("no list")["msg"]
    assert "NAS server nas01 has 1 file system (builds)" in played.result("in use")["msg"], played.result("in use")
    gone = newest.play(
        [
            services(on_server(file_system=[{**home, "nfs_export": {"name": "home"}}])),
            {**done, "name": "one"},
            services(FILES, **remove),
            {**done, "name": "all"},
            AGAIN,
            services(FILES, **remove),
        ],
        "auto",
        "-vv",
    )
    assert gone.returncode == 0 and changed_tasks(gone) == [], gone.output
    assert "has an effect only with" not in gone.output
    assert gone.result("one")["msg"] == ["2 deletions", "delete NFS export home", "delete file system home"]
    assert [sentence.partition(" (")[0] for sentence in gone.result("all")["msg"]] == [
        "5 deletions",
        "delete NFS export builds",
        "delete file system builds",
        "delete NFS server nas01",
        "delete NAS server nas01 with its file interface",
        "delete NAS server nas02",
    ]
    assert SECRET not in checked.output + played.output + gone.output
    assert not newest.emulator.sessions()["open"]
