# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Replication rules and I/O limit rules: what the array would refuse is refused before the first write."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.protection.rules import (
    FileIoLimitRuleHandler,
    IoLimitRuleHandler,
    ReplicationRuleHandler,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.protection.use import PROTECTED
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.protection import (
    FILE_IO_LIMIT_RULE,
    IO_LIMIT_RULE,
    REPLICATION_RULE,
)
from tests.unit.powerstore.rules_and_policies import Json, Kind
from tests.unit.powerstore.scripted import MakeArray

REPLICATION = Kind(REPLICATION_RULE, ReplicationRuleHandler)
IO = Kind(IO_LIMIT_RULE, IoLimitRuleHandler)
FILE_IO = Kind(FILE_IO_LIMIT_RULE, FileIoLimitRuleHandler)
WEST = {"id": "rs1", "name": "west", "type": "PowerStore"}
EAST = {"id": "rs2", "name": "east", "type": "PowerStore"}
SYNCHRONOUS = {**WEST, "capabilities": ["Synchronous_Block_Replication"]}
GOLD = {"id": "p1", "name": "gold"}
WEB01 = {"id": "v1", "name": "web01"}


def replication(**changes: t.Any) -> Json:
    return {
        **{"id": "r1", "name": "one", "remote_system_id": "rs1", "remote_system": {"id": "rs1", "name": "west"}},
        **{"rpo": "One_Hour", "alert_threshold": 60, "policies": []},
        **{"is_read_only": False, "is_replica": False, "managed_by": "User"},
        **changes,
    }


def limits(**changes: t.Any) -> Json:
    return {
        "id": "l1",
        "name": "one",
        "type": "Absolute",
        "max_iops": 5,
        "max_bw": None,
        "burst_percentage": 0,
        **changes,
    }


def gold(**relations: t.Any) -> list[Json]:
    return [{**GOLD, **dict.fromkeys(PROTECTED, []), **relations}]


class TestReplicationRule:
    def test_the_same_costs_one_read(self, array: MakeArray) -> None:
        options = {"remote_system": "WEST", "rpo": "One_Hour", "alert_threshold": 60}
        one, plan = REPLICATION.planned(array, options, [replication(policies=[GOLD])])
        assert (plan.steps, one.talk) == ((), ["GET replication_rule"])

    def test_a_new_rule(self, array: MakeArray) -> None:
        one, plan = REPLICATION.planned(array, {"remote_system": "west", "rpo": "One_Day"}, [], [WEST])
        assert plan.requests[0].body == {"name": "one", "remote_system_id": "rs1", "rpo": "One_Day"}
        assert one.talk == ["GET replication_rule", "GET remote_system"]

    def test_a_system_of_another_type(self, array: MakeArray) -> None:
        wanted = {"remote_system": "west", "rpo": "One_Day"}
        said = REPLICATION.refusal(array, wanted, [], [{**WEST, "type": "Unity"}])
        assert "Remote system west is of type Unity, and nothing can be replicated to it" in said

    def test_synchronous_replication_needs_a_system_that_can_do_it(self, array: MakeArray) -> None:
        dummy, plan = REPLICATION.planned(array, {"rpo": "Zero"}, [replication()], [SYNCHRONOUS])
        assert plan.requests[0].body == {"rpo": "Zero"}
        said = REPLICATION.refusal(
            array, {"rpo": "Zero", "alert_threshold": 5}, [replication()], [{**WEST, "capabilities": None}]
        )
        assert "Remote system west has no synchronous replication, which rpo: Zero needs." in said
        assert "alert_threshold is 5, but with rpo: Zero it is always 0." in said

    def test_a_rule_in_use_keeps_its_remote_system(self, array: MakeArray) -> None:
        there = [replication(policies=[GOLD])]
        said = REPLICATION.refusal(array, {"remote_system": "east"}, there, [EAST], gold(volumes=[WEB01]))
        assert said.startswith(
            "Replication rule one cannot change its remote_system: policy gold is assigned to volume web01. First "
            "remove the policy from these resources, or the rule from the policy."
        )
        dummy, plan = REPLICATION.planned(array, {"remote_system": "east"}, there, [EAST], gold())
        assert plan.requests[0].body == {"remote_system_id": "rs2"}

    @pytest.mark.parametrize("before, after", [("Zero", "One_Day"), ("One_Hour", "Zero")])
    def test_rules_of_nas_servers_stay_synchronous_or_not(self, array: MakeArray, before: str, after: str) -> None:
        there, used = [replication(rpo=before, policies=[GOLD])], gold(nas_servers=[{"id": "n", "name": "nas1"}])
        answers = [[SYNCHRONOUS]] if after == "Zero" else []
        said = REPLICATION.refusal(array, {"rpo": after}, there, *answers, used)
        assert "cannot change its rpo to or from Zero: policy gold is assigned to NAS server nas1." in said

    def test_other_objectives_change_while_the_rule_is_in_use(self, array: MakeArray) -> None:
        one, plan = REPLICATION.planned(array, {"rpo": "One_Day"}, [replication(policies=[GOLD])])
        assert (plan.requests[0].body, one.talk) == ({"rpo": "One_Day"}, ["GET replication_rule"])

    def test_deletion(self, array: MakeArray) -> None:
        there = [replication(policies=[GOLD], is_read_only=True)]
        said = REPLICATION.refusal(array, {"state": "absent"}, there, gold(volumes=[WEB01]))
        assert said.startswith("Replication rule one cannot be deleted: policy gold is assigned to volume web01.")
        dummy, plan = REPLICATION.planned(array, {"state": "absent"}, there, gold())
        assert [step.action for step in plan.requests] == ["delete"]
        assert "is a replica" in REPLICATION.refusal(array, {"state": "absent"}, [replication(is_replica=True)])
        assert "is read-only" in REPLICATION.refusal(array, {"rpo": "One_Day"}, [replication(is_read_only=True)])


class TestIoLimitRule:
    def test_numbers_are_compared_as_numbers(self, array: MakeArray) -> None:
        one, plan = IO.planned(array, {"max_iops": " 5", "max_bw": "", "type": "Absolute"}, [limits()])
        assert (plan.steps, one.talk) == ((), ["GET io_limit_rule"])

    def test_an_empty_text_removes_a_limit(self, array: MakeArray) -> None:
        dummy, plan = IO.planned(array, {"max_iops": "", "max_bw": "2000"}, [limits()])
        assert plan.requests[0].body == {"max_iops": None, "max_bw": 2000}

    def test_a_rule_has_a_limit(self, array: MakeArray) -> None:
        assert "Give max_iops or max_bw" in IO.refusal(array, {"max_iops": ""}, [limits()])
        said = IO.refusal(array, {"name": "new"}, [])
        assert "to create it, give type, too. give max_iops or max_bw" in said

    @pytest.mark.parametrize("text", ["5 MB", "-1", "1.5", "x"])
    def test_what_is_no_number(self, array: MakeArray, text: str) -> None:
        assert f"max_bw takes a whole number, not '{text}'" in IO.refusal(array, {"max_bw": text}, [limits()])

    def test_another_type_needs_the_limits(self, array: MakeArray) -> None:
        said = IO.refusal(array, {"type": "Density"}, [limits(max_bw=2000)])
        assert "The type of I/O limit rule one says what max_iops and max_bw mean. Give max_iops and max_bw tog" in said
        options = {"type": "Density", "max_iops": "5"}
        assert "says what max_bw means" in IO.refusal(array, options, [limits(max_bw=2000)])
        dummy, plan = IO.planned(array, options, [limits()])
        assert plan.requests[0].body == {"type": "Density"}

    def test_a_rule_in_a_policy_is_not_deleted(self, array: MakeArray) -> None:
        there = [limits(policies=[GOLD, {"id": "p2", "name": "idle"}])]
        users = [{**GOLD, "qos_volumes": [WEB01]}, {"id": "p2", "name": "idle", "qos_volumes": []}]
        said = IO.refusal(array, {"state": "absent"}, there, users)
        assert "one cannot be deleted: policy gold is assigned to volume web01; policy idle consists of it." in said
        dummy, plan = IO.planned(array, {"state": "absent"}, [limits(policies=[])])
        assert [step.action for step in plan.requests] == ["delete"]


def test_a_file_rule_in_a_policy_is_not_deleted(array: MakeArray) -> None:
    there = [{"id": "f1", "name": "one", "max_bw": 5, "policies": [GOLD]}]
    said = FILE_IO.refusal(
        array, {"state": "absent"}, there, [{**GOLD, "file_systems_with_qos": [{"id": "x", "name": "home"}]}]
    )
    assert said.startswith("File I/O limit rule one cannot be deleted: policy gold is assigned to file system home.")
