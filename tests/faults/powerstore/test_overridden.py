# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What state overridden deletes, in which order, and what it never deletes. Check mode shows the same each time."""

from __future__ import annotations

import importlib
import typing as t

import pytest

from tests.faults.conftest import Runner
from tests.run.collection import NAME

GIB = 1024**3
MODULE = "powerstore_config"
Json = t.Dict[str, t.Any]


class Actor:
    """Performs tasks of any module on an emulated array, and looks at what it did."""

    def __init__(self, run: Runner) -> None:
        self.run = run
        self.emulator = run.emulator

    def perform(self, module: str, options: Json, check: bool = False) -> Json:
        return self.run(importlib.import_module(f"{NAME}.plugins.modules.{module}").TASK, check, **options)

    def succeed(self, module: str, options: Json) -> None:
        result = self.perform(module, options)
        assert not result.get("failed"), result["msg"]

    def writes(self) -> list[tuple[str, str]]:
        """The method and the type of the writes that the array has accepted."""
        found = [one for one in self.emulator.requests()["requests"] if one["method"] != "GET" and one["status"] < 400]
        writes = [(one["method"], one["path"].partition("/rest/")[2].partition("/")[0]) for one in found]
        return [(method, kind) for method, kind in writes if kind != "logout"]


@pytest.fixture
def actor(run: Runner) -> Actor:
    return Actor(run)


def overridden(actor: Actor, config: Json, **options: t.Any) -> Json:
    """Perform a task in check mode and really; both must say the same. Return the result of the second."""
    given = {"state": "overridden", "config": config, "only_types": list(config), "max_deletions": 100, **options}
    begin = actor.writes()
    checked = actor.perform(MODULE, given, check=True)
    assert actor.writes() == begin
    ran = actor.perform(MODULE, given)
    for key in ("plan", "diff", "kept", "deletions", "changed", "failed"):
        assert checked.get(key) == ran.get(key), (key, ran.get("msg"))
    return ran


def kept(result: Json) -> dict[str, str]:
    return {name: one["reason"] for one in result["kept"] for name in one["names"]}


def names(actor: Actor, kind: str, without: str = "") -> set[str]:
    rows = actor.perform("powerstore_info", {"type": kind, "select": ["*"], "plain": True})["resources"]
    return {row["name"] for row in rows if row.get("type") != without}


def deleted(actor: Actor) -> list[str]:
    return [kind for method, kind in actor.writes() if method == "DELETE"]


def test_deletions_come_last_and_in_order(actor: Actor) -> None:
    actor.succeed("volume_group", {"name": "app01-test", "description": "mine"})
    config = {
        "volume_group": [{"name": "app01", "volumes": ["app01-data", "fresh"]}],
        "volume": [{"name": name, "size": "1 GiB"} for name in ("fresh",)] + [{"name": "app01-data"}, {"name": "db01"}],
    }
    result = overridden(actor, config, protect={"volume": ["web*", "DB0[23]"]})
    assert result["plan"][0] == f"{result['deletions']} deletions"
    assert "delete volume group app01-test" in result["plan"] and "delete volume db04" in result["plan"]
    methods = [method for method, dummy in actor.writes()]
    assert set(methods[methods.index("DELETE") :]) == {"DELETE"} and "volume_group" in deleted(actor)
    assert names(actor, "volume_group") >= {"app01"} and "app01-test" not in names(actor, "volume_group")
    left = {"web01", "web02", "web03", "web04", "db01", "db02", "db03", "app01-data", "fresh"}
    assert names(actor, "volume", without="Snapshot") - left == {"app01-log"}, (
        "it left the group, but a snapshot set still has its snapshot"
    )
    assert "has snapshots in snapshot sets" in kept(result)["app01-log"]
    assert (kept(result)["web01"], kept(result)["db02"]) == ("protected by web*", "protected by DB0[23]")
    again = overridden(actor, config, protect={"volume": ["web*", "DB0[23]"]}, max_deletions=0)
    assert not again["changed"] and again["plan"] == []


def test_a_group_with_snapshot_sets_and_its_volumes(actor: Actor) -> None:
    """One run deletes them: the sets go with the group, and then nothing keeps the volumes."""
    protect = {"volume": "[!a]*", "volume_group": "[!a]*"}
    result = overridden(actor, {"volume": [], "volume_group": []}, protect=protect)
    begin = ["delete volume group app01 with its snapshot set (app01-nightly)", "delete volume app01-data"]
    plan = [line for line in result["plan"] if "app01" in line and "app01-test" not in line]
    assert plan == [*begin, "delete volume app01-log"]
    assert not names(actor, "volume_group") & {"app01"} and not names(actor, "volume") & {"app01-data", "app01-log"}
    actor.emulator.reset()
    config: Json = {"volume": [], "volume_group": [{"name": "app01", "state": "absent"}]}
    result = overridden(actor, config, protect={"volume": "[!a]*"}, only_types=["volume"])
    assert not names(actor, "volume") & {"app01-data", "app01-log"}, result.get("msg")


def test_nothing_is_deleted_if_something_fails(actor: Actor) -> None:
    actor.emulator.fault("job_fail", "POST", "volume")
    config = {"volume": [{"name": "fresh", "size": "1 GiB"}, {"name": "other", "size": "1 GiB"}]}
    given = {"state": "overridden", "config": config, "only_types": ["volume"], "max_deletions": 100}
    result = actor.perform(MODULE, given)
    counts = result["counts"]
    assert result["failed"] and deleted(actor) == [] and counts["blocked"] == result["deletions"] > 0
    blocked = [row for row in result["results"] if row["state"] == "blocked"]
    assert {row["because"] for row in blocked} <= {"volume[0] (fresh)", "volume[1] (other)"}


def test_too_many(actor: Actor) -> None:
    config = {"volume": [{"name": name} for name in ("db01", "web01")]}
    actor.succeed("volume_snapshot", {"volume": "db02", "name": "db02-now"})
    result = overridden(actor, config, max_deletions=8)
    assert result["error"]["kind"] == "input" and names(actor, "volume") > {"db02", "files01"}
    begin, end = "9 objects that the document does not list would be deleted, and max_deletions is 8: ", "Nothing was"
    assert result["msg"].startswith(begin) and "volume db02, snapshot db02-now, volume db03" in result["msg"]
    assert end in result["msg"]


def test_what_is_used_or_managed_elsewhere_stays(actor: Actor) -> None:
    change = actor.emulator.change
    change("host_volume_mapping", create={"volume_id": "name:db01", "host_id": "name:linux01"})
    change("volume", create={"name": "copy", "size": GIB, "is_replication_destination": True})
    change("host", create={"name": "own", "os_type": "Linux", "type": "Internal"})
    change(
        "snapshot_rule", create={"name": "vmware", "interval": "One_Day", "desired_retention": 1, "managed_by": "Metro"}
    )
    change("snapshot_rule", create={"name": "alone", "interval": "One_Day", "desired_retention": 1})
    change("policy", create={"name": "idle", "type": "Protection", "snapshot_rule_ids": ["name:alone"]})
    config: Json = {"volume": [], "host": [], "snapshot_rule": [], "local_user": [], "storage_container": []}
    protect = {"volume": "[acefsw]*", "local_user": ["o*", "s*", "f*"]}
    result = overridden(actor, config, protect=protect)
    why = kept(result)
    assert "Volume db01 is mapped to linux01." in why["db01"] and "is mapped to 1 volume" in why["linux01"]
    assert "is in host group esx-cluster" in why["esx01"] and why["own"] == "part of the array itself"
    assert why["vmware"] == "managed by Metro" and why["alone"] == "Snapshot rule alone is used by policies: idle."
    assert "hourly" in why and why["admin"] == "the user of this task" and "helpdesk" not in why
    assert names(actor, "snapshot_rule") == {"hourly", "daily", "vmware", "alone"}
    assert "helpdesk" not in names(actor, "local_user") and "admin" in names(actor, "local_user")
    assert names(actor, "volume") >= {"db01", "copy"} and "db02" not in names(actor, "volume")


def test_what_depends_on_something_that_stays(actor: Actor) -> None:
    """The rule could go with its policy. As the policy stays, so does the rule; without protection both go."""
    rule = {"name": "alone", "interval": "One_Day", "desired_retention": 1}
    actor.emulator.change("snapshot_rule", create=rule)
    actor.emulator.change("policy", create={"name": "idle", "type": "Protection", "snapshot_rule_ids": ["name:alone"]})
    rules = [{"name": name} for name in ("hourly", "daily")]
    config: Json = {"snapshot_rule": rules, "protection_policy": [{"name": "gold"}, {"name": "silver"}]}
    result = overridden(actor, config, protect={"protection_policy": "id*"})
    assert kept(result)["alone"] == "Snapshot rule alone is used by policies: idle." and result["plan"] == []
    config["volume"] = [{"name": "db01", "protection_policy": "idle"}]
    result = overridden(actor, config, only_types=["snapshot_rule", "protection_policy"])
    assert kept(result)["idle"] == "volume[0] (db01) refers to it" and "alone" in kept(result)
    config["volume"] = [{"name": "db01", "protection_policy": ""}]
    result = overridden(actor, config, only_types=["snapshot_rule", "protection_policy"])
    begin = ["2 deletions", "delete protection policy idle", "delete snapshot rule alone"]
    assert result["plan"][:3] == begin and deleted(actor)[-2:] == ["policy", "snapshot_rule"]


def test_a_listed_group_does_not_wait_for_a_deletion(actor: Actor) -> None:
    config = {"volume_group": [{"name": "new", "volumes": ["app01-data"]}]}
    result = overridden(actor, config)
    assert "A volume is in another volume group: app01-data (in app01)" in result["msg"] and deleted(actor) == []


@pytest.mark.parametrize(
    "options, says",
    [
        ({"only_types": None}, "only_types is missing. It says of which types state: overridden deletes objects."),
        ({"only_types": ["volumes"]}, "only_types: a document has no type volumes. Did you mean volume"),
        ({"only_types": ["dns"]}, "only_types: an array always has dns, so there is nothing to delete."),
        ({"only_types": ["fc_port"]}, "only_types: an array always has fc_port, so there is nothing to delete."),
        ({"protect": {"host": "x"}}, "protect: only_types has no type host."),
        ({"protect": {"volume": [1]}}, "protect: volume takes names or patterns, such as [db*, web01]."),
        ({"max_deletions": -1}, "max_deletions has to be at least 0, not -1."),
        ({"dest": "/tmp/x"}, "dest has no effect with state: overridden."),
        ({"config": None}, "config is missing. With state: overridden, it is the document."),
    ],
)
def test_wrong_options(actor: Actor, options: Json, says: str) -> None:
    given = {"state": "overridden", "config": {"volume": []}, "only_types": ["volume"], **options}
    result = actor.perform(MODULE, {name: value for name, value in given.items() if value is not None})
    assert says in result["msg"] and deleted(actor) == []


def test_a_type_that_the_document_lacks(actor: Actor) -> None:
    result = overridden(actor, {"volume": None}, only_types=["volume", "host"])
    words = "nothing of this type was deleted. An empty list means all."
    assert [line.endswith(words) for line in result["warnings"]] == [True, True] and not result["changed"]
