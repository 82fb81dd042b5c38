# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Policies: one request for all changes, and everything that the array would refuse in one message."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.protection.policies import (
    FileQosPolicyHandler,
    ProtectionPolicyHandler,
    QosPolicyHandler,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.protection.use import (
    FILES_LIMITED,
    LIMITED,
    PROTECTED,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.protection import (
    FILE_QOS_POLICY,
    PROTECTION_POLICY,
    QOS_POLICY,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.schema import facts_of
from tests.unit.powerstore.rules_and_policies import Json, Kind
from tests.unit.powerstore.scripted import MakeArray

PROTECTION = Kind(PROTECTION_POLICY, ProtectionPolicyHandler)
QOS = Kind(QOS_POLICY, QosPolicyHandler)
FILES = Kind(FILE_QOS_POLICY, FileQosPolicyHandler)


def rows(*names: str) -> list[Json]:
    return [{"id": f"id-{name}", "name": name} for name in names]


def policy(**changes: t.Any) -> Json:
    return {
        **{"id": "p1", "name": "one", "type": "Protection", "description": ""},
        **{"snapshot_rules": rows("daily", "hourly"), "replication_rules": rows("west")},
        **{"managed_by": "User", "is_read_only": False, "is_replica": False},
        **changes,
    }


def qos(**changes: t.Any) -> Json:
    rule = {"io_limit_rule": rows("slow")[0]}
    return {key: value for key, value in policy(type="QoS", **{**rule, **changes}).items() if not key.endswith("rules")}


def assigned(**relations: t.Any) -> list[Json]:
    empty: Json = dict.fromkeys((*PROTECTED, *LIMITED, *FILES_LIMITED), [])
    return [{"id": "p1", "name": "one", **empty, **relations}]


class TestProtection:
    def test_the_same_rules_in_other_words_cost_one_read(self, array: MakeArray) -> None:
        options = {"snapshot_rules": ["HOURLY", "daily"], "replication_rules": ["west"], "description": ""}
        one, plan = PROTECTION.planned(array, options, [policy()])
        assert (plan.steps, one.talk) == ((), ["GET policy"])

    def test_all_changes_are_one_request_after_one_look_up_for_each_type(self, array: MakeArray) -> None:
        options = {"snapshot_rules": ["weekly"], "replication_rules": ["east"], "description": "x", "new_name": "two"}
        one, plan = PROTECTION.planned(array, options, [policy()], rows("weekly"), rows("east"))
        body = {
            **{"name": "two", "description": "x"},
            **{"add_snapshot_rule_ids": ["id-weekly"], "remove_snapshot_rule_ids": ["id-daily", "id-hourly"]},
            **{"add_replication_rule_ids": ["id-east"], "remove_replication_rule_ids": ["id-west"]},
        }
        assert [step.body for step in plan.requests] == [body]
        assert one.talk == ["GET policy", "GET snapshot_rule", "GET replication_rule"]

    def test_a_new_policy_has_its_rules_at_once(self, array: MakeArray) -> None:
        options = {"snapshot_rules": ["weekly"], "replication_rules": []}
        dummy, plan = PROTECTION.planned(array, options, [], rows("weekly"))
        assert plan.requests[0].body == {"name": "one", "snapshot_rule_ids": ["id-weekly"]}

    @pytest.mark.parametrize("options", [{}, {"snapshot_rules": []}, {"snapshot_rules": [], "replication_rules": []}])
    def test_a_new_policy_without_rules(self, array: MakeArray, options: Json) -> None:
        said = PROTECTION.refusal(array, options, [])
        assert "A protection policy has at least one rule. Give snapshot_rules or replication_rules" in said

    def test_the_last_rule_stays(self, array: MakeArray) -> None:
        one = policy(replication_rules=[])
        options = {"snapshot_rules": ["daily", "hourly"], "snapshot_rules_mode": "remove"}
        assert (
            "Protection policy one would lose its last rule. A protection policy has at least one rule. Keep one, or "
            "delete the policy with state: absent." in PROTECTION.refusal(array, options, [one])
        )
        dummy, plan = PROTECTION.planned(array, options, [policy()])
        assert plan.requests[0].body == {"remove_snapshot_rule_ids": ["id-daily", "id-hourly"]}

    def test_all_mistakes_are_in_one_message(self, array: MakeArray) -> None:
        options = {
            **{"snapshot_rules": ["a", "b", "c"], "snapshot_rules_mode": "add"},
            **{"replication_rules": ["east"], "replication_rules_mode": "add"},
        }
        said = PROTECTION.refusal(array, options, [policy(is_read_only=True)], rows("a", "b", "c"), rows("east"))
        assert "Protection policy one is read-only." in said
        assert "at most 4 snapshot rules, and this one would have 5 snapshot rules (a, b, c, daily, hourly)" in said
        assert "at most 1 replication rule, and this one would have 2 replication rules (east, west)" in said
        assert said.count("Nothing was written.") == 1

    def test_a_name_of_another_type_of_policy(self, array: MakeArray) -> None:
        said = PROTECTION.refusal(array, {"snapshot_rules": ["weekly"]}, [qos()], rows("weekly"))
        assert "The name one is taken by one (p1), which is of type QoS" in said
        assert "all types of policies share one set of names" in said

    @pytest.mark.parametrize("options", [{"description": "x"}, {"state": "absent"}])
    def test_policies_of_others(self, array: MakeArray, options: Json) -> None:
        more = [assigned()] if options.get("state") else []
        for mark, words in (("is_replica", "is a replica, which only its source"), ("is_read_only", "is read-only.")):
            assert words in PROTECTION.refusal(array, options, [policy(**{mark: True})], *more)
        dummy, plan = PROTECTION.planned(array, {"description": ""}, [policy(is_replica=True)])
        assert plan.steps == ()

    def test_a_policy_in_use_is_not_deleted(self, array: MakeArray) -> None:
        used = assigned(volumes=rows("web01"), nas_servers=rows("nas1"))
        said = PROTECTION.refusal(array, {"state": "absent"}, [policy()], used)
        assert "one cannot be deleted: it is assigned to volume web01 and NAS server nas1." in said
        one, plan = PROTECTION.planned(array, {"state": "absent"}, [policy()], assigned())
        assert ([step.action for step in plan.requests], one.talk) == (["delete"], ["GET policy", "GET policy"])


class TestQos:
    def test_the_same_rule_costs_one_read(self, array: MakeArray) -> None:
        one, plan = QOS.planned(array, {"io_limit_rule": "SLOW"}, [qos()])
        assert (plan.steps, one.talk) == ((), ["GET policy"])
        assert "io_limit_rule_id" not in one.queries[0]["select"]
        assert "io_limit_rule(id,name)" in one.queries[0]["select"]

    def test_another_rule_while_nothing_has_the_policy(self, array: MakeArray) -> None:
        dummy, plan = QOS.planned(array, {"io_limit_rule": "fast"}, [qos()], rows("fast"), assigned())
        assert [step.body for step in plan.requests] == [{"io_limit_rule_id": "id-fast"}]

    def test_the_rule_of_a_policy_in_use_stays(self, array: MakeArray) -> None:
        used = assigned(qos_volumes=rows("web01"), qos_volume_groups=rows("app01"))
        said = QOS.refusal(array, {"io_limit_rule": "fast"}, [qos()], rows("fast"), used)
        assert said.startswith(
            "QoS policy one is assigned to volume web01 and volume group app01, and the array does not change the "
            "io_limit_rule of such a policy. Change rule slow itself with the module io_limit_rule"
        )

    def test_other_attributes_of_a_policy_in_use_change(self, array: MakeArray) -> None:
        one, plan = QOS.planned(array, {"description": "x", "io_limit_rule": "slow"}, [qos()])
        assert ([step.body for step in plan.requests], one.talk) == ([{"description": "x"}], ["GET policy"])

    def test_a_policy_in_use_is_not_deleted(self, array: MakeArray) -> None:
        said = QOS.refusal(array, {"state": "absent"}, [qos()], assigned(qos_volumes=rows("web01")))
        assert "QoS policy one cannot be deleted: it is assigned to volume web01." in said


def test_file_policies_read_and_swap_their_rule(array: MakeArray) -> None:
    rule = rows("slow")[0]
    there = policy(type="File_Performance", file_io_limit_rule_id=rule["id"], file_io_limit_rule=rule)
    used = assigned(file_systems_with_qos=rows("home"), nas_servers_with_qos=rows("nas1"))
    said = FILES.refusal(array, {"file_io_limit_rule": "fast"}, [there], rows("fast"), used)
    assert said.startswith("File QoS policy one is assigned to file system home and NAS server nas1,")
    one, dummy = FILES.planned(array, {}, [there])
    assert "file_io_limit_rule(id,name)" in one.queries[0]["select"]


def test_what_the_checks_read_is_there_in_the_release_that_brought_the_policies() -> None:
    known = facts_of("policy").attributes
    for relations, release in ((PROTECTED, "3.0"), (LIMITED, "4.0"), (FILES_LIMITED, "4.1")):
        assert [one for one in relations if not known[one].relation or (known[one].since or "") > release] == []
