# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the run is refused for, check mode is refused for: the same kind and the same words, and nothing is written."""

from __future__ import annotations

import dataclasses
import importlib
import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._task import Task
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner

Options = t.Dict[str, t.Any]
SNAPSHOT = {"volume_group": "app01"}
IMPORT = {"remote_system": "unity1", "source": "lun01"}
MEMBERS_OF_APP01 = ["app01-data (in app01)", "app01-log (in app01)"]
PEER = {"peer_address": "west.example.com", "peer_username": "admin", "peer_password": "x", "peer_port": 443}
MISTAKES: list[tuple[str, Options, list[str]]] = [
    # Options that would be ignored, and something else would be done.
    ("volume_group", {"name": "new", "immediate": True}, ["immediate: true", "state: absent"]),
    ("volume_group", {"name": "new", "delete_members": True}, ["delete_members: true", "state: absent"]),
    (
        "volume_group",
        {"name": "app01", "state": "absent", "volumes_mode": "remove", "volumes": ["app01-log"]},
        ["volumes_mode"],
    ),
    ("volume_group_clone", {**SNAPSHOT, "name": "new", "delete_members": True}, ["delete_members: true"]),
    ("volume_group_metro", {"volume_group": "app01", "remote_system": "remote1", "force": True}, ["state: absent"]),
    # Names that the array gives to nothing.
    ("volume_group", {"name": "a/b"}, ["a/b contains /"]),
    ("volume_group", {"name": "   "}, ["blank"]),
    ("volume_group", {"name": "app01", "new_name": "x?y"}, ["x?y contains ?"]),
    ("volume_group_snapshot", {**SNAPSHOT, "name": "a#b"}, ["a#b contains #"]),
    ("volume_group_clone", {**SNAPSHOT, "name": " "}, ["blank"]),
    ("import_session", {**IMPORT, "name": "a/b"}, ["a/b contains /"]),
    (
        "volume_group_restore",
        {"volume_group": "app01", "snapshot": "app01-nightly", "backup": True, "backup_snapshot": "a/b"},
        ["a/b contains /"],
    ),
    ("volume_group", {"name": "APP01-nightly"}, ["taken by app01-nightly", "type Snapshot", "share one set of names"]),
    ("volume_group", {"name": "app01", "new_name": "app01-nightly"}, ["taken by app01-nightly", "Nothing was written"]),
    # What a reference may be.
    ("volume_group", {"name": "new", "volumes": ["web01", "nope"], "protection_policy": "golden"}, ["nope", "no prot"]),
    (
        "volume_group",
        {"name": "app01", "protection_policy": "golden"},
        ["no protection policy golden. Did you mean gold"],
    ),
    ("volume_group", {"name": "app01", "qos_performance_policy": "gold"}, ["no QoS policy gold, but one of type Prot"]),
    ("volume_group_clone", {**SNAPSHOT, "name": "new", "protection_policy": "nope"}, ["policy nope. Known: ", "gold"]),
    ("import_session", {**IMPORT, "name": "new", "protection_policy": "nope"}, ["no protection policy nope", "gold"]),
    ("import_session", {**IMPORT, "name": "new", "volume_group": "nope"}, ["no volume group nope", "app01"]),
    ("local_user", {"name": "new", "role": "Chief", "user_password": "Sup3r!secret1"}, ["Known: ", "Administrator"]),
    # Members.
    ("volume_group", {"name": "new", "volumes": ["app01-data", "web01", "app01-log"]}, MEMBERS_OF_APP01),
    ("volume_group", {"name": "other", "volumes": ["app01-data", "app01-log", "nope"]}, [*MEMBERS_OF_APP01, "nope"]),
    ("volume_group", {"name": "app01", "volumes": ["in-other"]}, ["in-other (in other)"]),
    (
        "volume_group",
        {"name": "app01", "volumes": ["far", "copied"], "volumes_mode": "add"},
        ["far on A2", "copied", "desti"],
    ),
    ("volume_group", {"name": "new", "volumes": ["far", "web01"]}, ["far on A2", "web01 on A1"]),
    # Groups that the array does not touch.
    ("volume_group", {"name": "replica", "description": "x"}, ["destination of a replication"]),
    ("volume_group", {"name": "replica", "volumes": ["web01"]}, ["is_replication_destination: false"]),
    ("volume_group", {"name": "secured", "state": "absent"}, ["secure snapshot set", "held"]),
    ("volume_group_snapshot", {"name": "held", "volume_group": "secured", "state": "absent"}, ["secure", "2090"]),
    (
        "volume_group_snapshot",
        {"name": "held", "volume_group": "secured", "expiration_timestamp": ""},
        ["cannot expire earlier"],
    ),
    ("volume_group_snapshot", {"name": "held", "volume_group": "secured", "is_secure": False}, ["cannot be undone"]),
    ("volume_group_snapshot", {**SNAPSHOT, "name": "new", "is_secure": True}, ["Give expiration_timestamp"]),
    (
        "volume_group_snapshot",
        {**SNAPSHOT, "name": "new", "expiration_timestamp": "2001-01-01T00:00:00Z"},
        ["in the past"],
    ),
    ("volume_group_snapshot", {"name": "new", "volume_group": "nope"}, ["no volume group nope"]),
    ("volume_group_metro", {"volume_group": "replica", "remote_system": "remote1"}, ["destination of a replication"]),
    ("volume_group_metro", {"volume_group": "secured", "remote_system": "remote1"}, ["no members"]),
    (
        "volume_group_metro",
        {"volume_group": "app01", "remote_system": "nope"},
        ["no remote system nope. Known: remote1"],
    ),
    # What the documentation calls required or forbidden.
    (
        "volume_group_restore",
        {"volume_group": "app01", "snapshot": "app01-nightly", "backup": True},
        ["Give backup_sn"],
    ),
    ("import_session", {"name": "new", "source": "lun01"}, ["does not exist; to create it, give remote_system, too"]),
    ("import_session", {**IMPORT, "name": "new", "hosts": ["web"]}, ["only for imports of type: Agentless"]),
    ("import_session", {**IMPORT, "name": "two words"}, ["white space"]),
    ("import_session", {"name": "new", "state": "paused"}, ["could be paused"]),
    ("local_user", {"name": "new"}, ["to create it, give role, user_password, too"]),
    ("local_user", {"name": "no_dots", "role": "Operator", "user_password": "Sup3r!secret1"}, ["letters, digits"]),
    ("local_user", {"name": "new", "role": "Operator", "user_password": "short"}, ["8 to 40 characters"]),
    ("local_user", {"name": "admin", "is_locked": True}, ["built in"]),
    # Snapshot rules that the array leaves alone.
    ("snapshot_rule", {"name": "daily", "state": "absent"}, ["daily cannot be deleted: policy gold is assigned to"]),
    ("snapshot_rule", {"name": "fixed", "desired_retention": 5}, ["fixed is read-only"]),
    ("snapshot_rule", {"name": "copy", "desired_retention": 5}, ["copy is a replica"]),
    ("snapshot_rule", {"name": "copy", "state": "absent"}, ["copy is a replica"]),
    ("snapshot_rule", {"name": "hourly", "remote_system": "unity1"}, ["unity1 is of type Unity"]),
    ("snapshot_rule", {"name": "hourly", "desired_retention": 8761}, ["at most 8760"]),
    ("snapshot_rule", {"name": "hourly", "new_name": "daily"}, ["another snapshot rule has this name"]),
    # Other rules, and policies.
    ("io_limit_rule", {"name": "bronze-limit", "state": "absent"}, ["policy bronze-qos is assigned to volume used"]),
    ("io_limit_rule", {"name": "bronze-limit", "type": "Density"}, ["says what max_iops and max_bw mean"]),
    ("replication_rule", {"name": "west", "state": "absent"}, ["policy away is assigned to volume used"]),
    ("replication_rule", {"name": "west", "remote_system": "twin"}, ["cannot change its remote_system: policy away"]),
    (
        "replication_rule",
        {"name": "west", "rpo": "Zero"},
        ["to or from Zero: policy away is assigned to NAS server n1"],
    ),
    (
        "replication_rule",
        {"name": "new", "remote_system": "twin", "rpo": "Zero", "alert_threshold": 1},
        ["twin has no synchronous replication", "it is always 0"],
    ),
    ("replication_rule", {"name": "theirs", "rpo": "One_Day"}, ["theirs is a replica"]),
    ("protection_policy", {"name": "gold", "state": "absent"}, ["it is assigned to volume group app01"]),
    ("protection_policy", {"name": "gold", "snapshot_rules": []}, ["at least one rule"]),
    ("protection_policy", {"name": "new", "replication_rules": ["west", "theirs"]}, ["at most 1 replication rule"]),
    ("protection_policy", {"name": "foreign", "description": "x"}, ["foreign is a replica"]),
    (
        "protection_policy",
        {"name": "Default Low", "snapshot_rules": ["daily"]},
        ["taken by Default Low", "Performance"],
    ),
    ("protection_policy", {"id": "default_low", "state": "absent"}, ["is not a protection policy"]),
    ("qos_policy", {"name": "bronze-qos", "io_limit_rule": "iron"}, ["Change rule bronze-limit itself", "volume used"]),
    ("qos_policy", {"name": "bronze-qos", "state": "absent"}, ["it is assigned to volume used"]),
    ("x509_certificate_request", {"service": "SecurID_HTTP", "key_length": 2048}, ["Give type"]),
    ("x509_certificate_request", {"service": "VASA_HTTP", "key_length": 2048, "country": "Germany"}, ["country"]),
    ("x509_certificate_request", {"service": "VASA_HTTP", "key_length": 2048, "common_name": "x" * 65}, ["64"]),
    ("x509_certificate", {"service": "Syslog_HTTP", "type": "Client", "certificate": "x"}, ["is not PEM"]),
    ("x509_certificate_exchange", {**PEER, "peer_address": "https://west"}, ["without scheme"]),
    ("x509_certificate_exchange", {**PEER, "peer_port": 0}, ["between 1 and 65535"]),
    ("powerstore_job", {"ids": ["nope"]}, ["no job nope"]),
]


def task_of(module: str) -> Task:
    """Return the task of a module."""
    imported = importlib.import_module(f"ansible_collections.jobwise.appliance.plugins.modules.{module}")
    task: Task = imported.TASK
    return dataclasses.replace(task)


@pytest.fixture(autouse=True)
def things_in_the_way(emulator: Emulator) -> None:
    """Beside what the array has from the start: volumes that fit no group, and groups that the array leaves alone."""
    size = 1024**3
    for name, more in (
        ("in-other", {}),
        ("far", {"appliance_id": "A2"}),
        ("copied", {"is_replication_destination": True}),
    ):
        emulator.change("volume", create={"name": name, "size": size, **more})
    emulator.change("volume_group", create={"name": "other", "volume_ids": ["name:in-other"]})
    emulator.change("volume_group", create={"name": "replica", "is_replication_destination": True})
    schedule = {"interval": "One_Day", "desired_retention": 24}
    emulator.change("snapshot_rule", create={"name": "fixed", "is_read_only": True, **schedule})
    emulator.change("snapshot_rule", create={"name": "copy", "is_replica": True, **schedule})
    policies_in_the_way(emulator)
    made = emulator.change("volume_group", create={"name": "secured"})
    data = {"parent_id": made["id"], "source_id": made["id"], "family_id": made["id"], "is_secure": True}
    data["expiration_timestamp"] = "2090-01-01T00:00:00Z"
    emulator.change("volume_group", create={"name": "held", "type": "Snapshot", "protection_data": data})


def policies_in_the_way(emulator: Emulator) -> None:
    """Rules and policies that a volume and a NAS server use, and those of another system."""
    twin = {"name": "twin", "type": "PowerStore", "capabilities": ["Asynchronous_Block_Replication"]}
    emulator.change("remote_system", create=twin)
    remote = emulator.change("remote_system", name="remote1", set={"description": "second site"})["id"]
    rule = {"remote_system_id": remote, "rpo": "One_Hour"}
    emulator.change("replication_rule", create={"name": "west", **rule})
    emulator.change("replication_rule", create={"name": "theirs", "is_replica": True, **rule})
    away = emulator.change("policy", create={"name": "away", "replication_rule_ids": ["name:west"]})["id"]
    foreign = {"name": "foreign", "snapshot_rule_ids": ["name:daily"], "is_replica": True, "is_read_only": True}
    emulator.change("policy", create=foreign)
    emulator.change("io_limit_rule", create={"name": "iron", "type": "Absolute", "max_iops": 9})
    emulator.change("nas_server", create={"name": "n1", "protection_policy_id": away})
    used = {
        "name": "used",
        "size": 1024**3,
        "protection_policy_id": away,
        "qos_performance_policy_id": "name:bronze-qos",
    }
    emulator.change("volume", create=used)


def written(emulator: Emulator) -> list[str]:
    requests = emulator.requests()["requests"]
    return [one["path"] for one in requests if one["method"] != "GET" and not one["path"].endswith("/logout")]


@pytest.mark.parametrize("module, options, words", MISTAKES, ids=lambda one: one if isinstance(one, str) else "")
def test_check_mode_and_run_refuse_alike(
    run: Runner, emulator: Emulator, module: str, options: Options, words: list[str]
) -> None:
    results = [run(task_of(module), check=check, **options) for check in (True, False)]
    for result in results:
        assert result["failed"] and not result["changed"], result
        assert result["error"]["kind"] == "input", result["msg"]
        assert [word for word in words if word not in result["msg"]] == [], result["msg"]
    assert results[0]["msg"] == results[1]["msg"]
    assert written(emulator) == []
    assert not emulator.sessions()["open"]


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize(
    "module, options, warning",
    [
        ("volume_group", {"name": "app01", "volumes_mode": "add"}, "volumes_mode has an effect only with volumes."),
        ("volume_group", {"name": "app01", "immediate": False}, "immediate: false has an effect only with state"),
        ("volume_group", {"name": "gone", "state": "absent", "volumes": ["x"]}, "volumes has an effect only with"),
        ("volume_group", {"name": "app01", "force": True}, 'force: true has an effect only with protection_policy: ""'),
        ("local_user", {"name": "operator", "update_password": "always"}, "only with user_password"),
        ("local_user", {"name": "operator", "current_password": "x"}, "current_password has an effect only with"),
        ("volume_group_metro", {"volume_group": "app01", "state": "absent", "remote_appliance_id": "A1"}, "state: pre"),
        ("import_session", {"name": "gone", "state": "absent", "force": True}, "only with state: cancelled"),
    ],
)
def test_an_option_in_vain_is_warned_of(
    run: Runner, emulator: Emulator, module: str, options: Options, warning: str, check: bool
) -> None:
    result = run(task_of(module), check=check, **options)
    assert not result.get("failed"), result["msg"]
    assert [one for one in result["warnings"] if warning in one], result["warnings"]
    assert written(emulator) == []
