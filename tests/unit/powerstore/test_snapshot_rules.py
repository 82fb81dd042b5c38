# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Snapshot rules: what the array would refuse is refused before the first write, with as few reads as possible."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.history import NEW_RUN
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.plan import Plan
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.protection.snapshot_rules import (
    SnapshotRuleHandler,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.protection.use import PROTECTED
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.protection import SNAPSHOT_RULE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.schema import facts_of
from tests.unit.http.servers import Answer
from tests.unit.powerstore.scripted import MakeArray, ScriptedArray, login

R1 = "4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1"
DD = {"id": "7c0e5f8a-3b5f-4c43-8a48-5d7a5a2f4f10", "name": "vault", "type": "PowerProtect_DD"}
UNITY = {"id": "9b8d5a9c-40ce-4d0b-8d7e-6f1f4c0b2d22", "name": "unity1", "type": "Unity"}
GOLD = {"id": "p1", "name": "gold"}
SILVER = {"id": "p2", "name": "silver"}


def desired(**options: t.Any) -> dict[str, t.Any]:
    spec = SNAPSHOT_RULE.argument_spec()
    return {**{name: one.get("default") for name, one in spec.items()}, "name": "daily", **options}


def rule(**changes: t.Any) -> dict[str, t.Any]:
    return {
        "id": R1,
        "name": "daily",
        "interval": None,
        "time_of_day": "02:30:00",
        "timezone": "UTC",
        "days_of_week": ["Monday", "Friday"],
        "desired_retention": 24,
        "nas_access_type": "Protocol",
        "is_read_only": False,
        "is_replica": False,
        "managed_by": "User",
        **changes,
    }


def planned(array: MakeArray, wanted: dict[str, t.Any], *answers: t.Any) -> tuple[ScriptedArray, Plan]:
    """Read, plan and check; return the array and the plan. The first answer is the list of rules."""
    one = array(login(answers[0]), *(Answer(200, answer) for answer in answers[1:]))
    handler = SnapshotRuleHandler(one.client, SNAPSHOT_RULE, wanted)
    current = handler.read()
    plan = handler.plan(current, NEW_RUN)
    handler.preflight(current, plan)
    assert one.script.answers == []
    return one, plan


def refusal(array: MakeArray, wanted: dict[str, t.Any], *answers: t.Any) -> str:
    with pytest.raises(InputError) as caught:
        planned(array, wanted, *answers)
    return str(caught.value)


@pytest.mark.parametrize(
    "options",
    [
        {"time_of_day": "2:30", "timezone": "UTC"},
        {"days_of_week": ["Friday", "Monday"]},
        {"desired_retention": 24, "nas_access_type": "Protocol", "is_read_only": False},
    ],
)
def test_the_same_in_other_words_costs_one_read(array: MakeArray, options: dict[str, t.Any]) -> None:
    one, plan = planned(array, desired(**options), [rule()])
    assert (plan.steps, one.talk) == ((), ["GET snapshot_rule"])


def test_only_what_differs_is_sent(array: MakeArray) -> None:
    dummy, plan = planned(array, desired(interval="One_Day", desired_retention=48), [rule()])
    assert [step.body for step in plan.requests] == [{"interval": "One_Day", "desired_retention": 48}]
    assert (plan.before["time_of_day"], plan.after["time_of_day"]) == ("02:30", None)


@pytest.mark.parametrize("schedule", [{"interval": "One_Day"}, {"time_of_day": "02:30", "timezone": "Europe__Paris"}])
def test_a_new_rule_has_one_schedule(array: MakeArray, schedule: dict[str, str]) -> None:
    dummy, plan = planned(array, desired(desired_retention=8760, **schedule), [])
    assert [step.body for step in plan.requests] == [{"name": "daily", "desired_retention": 8760, **schedule}]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"desired_retention": 24}, "give one of interval or time_of_day"),
        (
            {"interval": "One_Day", "time_of_day": "02:30", "desired_retention": 24},
            "only one of interval and time_of_day",
        ),
        ({"interval": "One_Day", "timezone": "UTC", "desired_retention": 24}, "timezone needs time_of_day"),
        ({"interval": "One_Day", "desired_retention": 8761}, "at most 8760 for snapshots on the array itself"),
    ],
)
def test_new_rules_that_the_array_refuses(array: MakeArray, options: dict[str, t.Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        planned(array, desired(**options), [])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("25:00", "such as '03:30', not '25:00'"),
        ("1500", "YAML reads 25:00 without quotes as 1500"),
        ("750", "YAML reads 12:30 without quotes as 750"),
        ("noon", "such as '03:30', not 'noon'"),
        ("2:30:15", "not '2:30:15'"),
    ],
)
def test_a_wrong_time_of_day(array: MakeArray, text: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        SnapshotRuleHandler(array().client, SNAPSHOT_RULE, desired(time_of_day=text))


def test_a_time_zone_needs_the_time_that_the_rule_keeps(array: MakeArray) -> None:
    """The interval takes the place of the time of day, so the time zone would have no effect."""
    said = refusal(array, desired(interval="One_Day", timezone="Europe__Paris"), [rule()])
    assert said == "Snapshot rule daily: timezone needs time_of_day."


class TestFixedRules:
    def test_a_read_only_rule_cannot_change(self, array: MakeArray) -> None:
        said = refusal(array, desired(desired_retention=48), [rule(is_read_only=True)])
        assert said.startswith("Snapshot rule daily is read-only. The array never changes such a rule.")

    def test_a_read_only_rule_can_stay_and_be_deleted(self, array: MakeArray) -> None:
        dummy, plan = planned(array, desired(desired_retention=24), [rule(is_read_only=True)])
        assert plan.steps == ()
        dummy, plan = planned(array, desired(state="absent"), [rule(is_read_only=True, policies=[])])
        assert [step.action for step in plan.requests] == ["delete"]

    @pytest.mark.parametrize("options", [{"desired_retention": 48}, {"state": "absent"}])
    def test_a_replica_can_neither_change_nor_be_deleted(self, array: MakeArray, options: dict[str, t.Any]) -> None:
        said = refusal(array, desired(**options), [rule(is_replica=True, policies=[])])
        assert "is a replica, which only its source system can change or delete" in said


class TestDeletion:
    def test_snapshots_are_deleted_only_on_request(self, array: MakeArray) -> None:
        dummy, plan = planned(array, desired(state="absent"), [rule(policies=[])])
        assert [step.body for step in plan.requests] == [None]
        dummy, plan = planned(array, desired(state="absent", delete_snaps=True), [rule(policies=[])])
        assert [step.body for step in plan.requests] == [{"delete_snaps": True}]
        assert plan.requests[0].summary == "delete snapshot rule daily, delete_snaps=true"

    def test_a_policy_that_protects_nothing_is_no_obstacle(self, array: MakeArray) -> None:
        policy = {**GOLD, **{relation: [] for relation in PROTECTED}}
        one, plan = planned(array, desired(state="absent"), [rule(policies=[GOLD])], [policy])
        assert [step.action for step in plan.requests] == ["delete"]
        assert one.talk == ["GET snapshot_rule", "GET policy"]

    def test_all_policies_and_resources_are_named_after_one_query(self, array: MakeArray) -> None:
        empty: dict[str, t.Any] = {relation: [] for relation in PROTECTED}
        volumes = [{"id": str(number), "name": f"web{number}"} for number in range(7)]
        policies = [
            {**SILVER, **empty, "file_systems": [{"id": "f", "name": "home"}]},
            {**GOLD, **empty, "volumes": volumes[:1], "virtual_machines": [{"id": "m", "name": None}]},
        ]
        said = refusal(array, desired(state="absent"), [rule(policies=[GOLD, SILVER])], policies)
        assert said.startswith(
            "Snapshot rule daily cannot be deleted: policy gold is assigned to volume web0 and virtual machine m; "
            "policy silver is assigned to file system home. First remove the policy"
        )
        policies = [{**GOLD, **empty, "volumes": volumes}]
        said = refusal(array, desired(state="absent"), [rule(policies=[GOLD])], policies)
        assert "volume web0, volume web1, volume web2, volume web3, volume web4 and 2 more." in said

    def test_the_policy_is_read_with_what_every_release_has(self) -> None:
        known = facts_of("policy").attributes
        assert [name for name in PROTECTED if not known[name].relation or known[name].since > "3.0"] == []


class TestRemoteSystem:
    def test_a_new_rule_for_a_long_time(self, array: MakeArray) -> None:
        wanted = desired(interval="One_Day", desired_retention=8761, remote_system="vault")
        dummy, plan = planned(array, wanted, [], [DD])
        assert plan.requests[0].body and plan.requests[0].body["remote_system_id"] == DD["id"]

    def test_a_remote_rule_can_keep_snapshots_longer(self, array: MakeArray) -> None:
        one, plan = planned(array, desired(desired_retention=8761), [rule(remote_system_id=DD["id"])])
        assert plan.requests[0].body == {"desired_retention": 8761}
        assert "remote_system_id" in one.queries[0]["select"]

    def test_a_system_that_cannot_keep_snapshots(self, array: MakeArray) -> None:
        wanted = desired(interval="One_Day", desired_retention=24, remote_system="unity1")
        assert "is of type Unity and cannot keep snapshots" in refusal(array, wanted, [], [UNITY])

    def test_a_local_rule_stays_local(self, array: MakeArray) -> None:
        there = rule(remote_system_id=None, remote_system=None, policies=[])
        assert "is for local snapshots" in refusal(array, desired(remote_system="vault"), [there], [DD])

    def test_the_system_of_a_rule_in_use_stays(self, array: MakeArray) -> None:
        old = {"id": "2e5b1c1d-5a57-4c0e-9d38-2f6f0f4b8a11", "name": "attic"}
        there = rule(remote_system_id=old["id"], remote_system=old, policies=[GOLD])
        policy = {**GOLD, **{relation: [] for relation in PROTECTED}, "volumes": [{"id": "v", "name": "web01"}]}
        said = refusal(array, desired(remote_system="vault"), [there], [DD], [policy])
        assert "cannot change its remote_system: policy gold is assigned to volume web01" in said


@pytest.mark.parametrize("taken", [True, False])
def test_the_new_name_of_a_rule_with_an_id_is_looked_up(array: MakeArray, taken: bool) -> None:
    wanted = desired(name=None, id=R1, new_name="Nightly")
    others = [{"id": "r2", "name": "nightly"}] if taken else []
    one = array(login(rule()), Answer(200, others))
    handler = SnapshotRuleHandler(one.client, SNAPSHOT_RULE, wanted)
    current = handler.read()
    if taken:
        with pytest.raises(InputError, match="The name Nightly is taken by nightly"):
            handler.preflight(current, handler.plan(current, NEW_RUN))
    else:
        handler.preflight(current, handler.plan(current, NEW_RUN))
    assert one.talk == [f"GET snapshot_rule/{R1}", "GET snapshot_rule"]
