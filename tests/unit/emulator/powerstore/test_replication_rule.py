# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of replication rules."""

from __future__ import annotations

import pytest

from jobwise_emulator.exchange import Json
from tests.unit.emulator.powerstore.array import Array

RULE = "replication_rule/name:copy"
READ_ONLY, IN_USE = (422, "0xE04040020023"), (422, "0xE02030020006")


@pytest.fixture
def rules(array: Array) -> Array:
    """The array with rule copy, in policy copies, and a second remote system, which replicates only asynchronously."""
    far = {"name": "far", "type": "PowerStore", "capabilities": ["Asynchronous_Block_Replication"]}
    array.platform.change({"type": "remote_system", "create": far})
    array.do("POST", "replication_rule", {"name": "copy", "remote_system_id": "name:remote1", "rpo": "One_Hour"})
    array.do("POST", "policy", {"name": "copies", "replication_rule_ids": ["name:copy"]})
    return array


def assign(array: Array) -> None:
    array.do("PATCH", "volume/name:web01", {"protection_policy_id": "name:copies"})


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({"remote_system_id": "name:unity1"}, (422, "0xE02030020002")),
        ({"remote_system_id": "nothing"}, (404, "0xE04040020009")),
        ({"remote_system_id": "name:far", "rpo": "Zero"}, (422, "0xE02030020003")),
        ({"rpo": "Zero", "alert_threshold": 5}, (422, "0xE02030020004")),
        ({"alert_threshold": 1441}, (400, "0xE04040030001")),
        ({"name": "COPY"}, (400, "0xE02030020015")),
    ],
)
def test_create_is_refused(rules: Array, body: Json, refusal: tuple[int, str]) -> None:
    whole = {"name": "new", "remote_system_id": "name:remote1", "rpo": "One_Hour", **body}
    assert rules.code("POST", "replication_rule", whole) == refusal


def test_the_threshold_follows_the_objective_unless_it_is_given(rules: Array) -> None:
    def threshold(**body: object) -> object:
        if body:
            rules.do("PATCH", RULE, dict(body))
        return rules.get(RULE, select="alert_threshold")["alert_threshold"]

    assert threshold() == 60
    assert threshold(alert_threshold=90) == 90
    assert threshold(rpo="One_Day") == 1440
    assert threshold(rpo="Six_Hours", alert_threshold=0) == 0
    assert threshold(rpo="Zero") == 0
    assert rules.code("PATCH", RULE, {"alert_threshold": 1}) == (422, "0xE02030020004")
    assert threshold(rpo="Five_Minutes") == 5


def test_a_rule_in_use_keeps_its_remote_system_and_stays(rules: Array) -> None:
    assign(rules)
    assert rules.code("PATCH", RULE, {"remote_system_id": "name:far"}) == IN_USE
    assert rules.code("DELETE", RULE) == IN_USE
    rules.do("PATCH", RULE, {"rpo": "Zero"})
    rules.do("PATCH", "volume/name:web01", {"protection_policy_id": ""})
    rules.do("PATCH", RULE, {"remote_system_id": "name:far", "rpo": "One_Hour"})
    rules.do("DELETE", RULE)
    assert rules.get("policy/name:copies", select="replication_rules(name)") == {"replication_rules": []}


def test_nas_servers_do_not_change_between_synchronous_and_asynchronous(rules: Array) -> None:
    policy = rules.get("policy/name:copies")["id"]
    rules.platform.change({"type": "nas_server", "create": {"name": "nas1", "protection_policy_id": policy}})
    assert rules.code("PATCH", RULE, {"rpo": "Zero"}) == (422, "0xE02030020005")
    rules.do("PATCH", RULE, {"rpo": "One_Day"})
    rules.platform.change({"type": "replication_rule", "name": "copy", "set": {"rpo": "Zero"}})
    assert rules.code("PATCH", RULE, {"rpo": "One_Day"}) == (422, "0xE02030020005")


def test_a_group_without_order_of_writes_does_not_become_synchronous(rules: Array) -> None:
    rules.do("POST", "volume_group", {"name": "loose", "is_write_order_consistent": False})
    rules.do("PATCH", "volume_group/name:loose", {"protection_policy_id": "name:copies"})
    assert rules.code("PATCH", RULE, {"rpo": "Zero"}) == (422, "0xE02010050013")


def test_rules_of_others(rules: Array) -> None:
    rules.platform.change({"type": "replication_rule", "name": "copy", "set": {"is_replica": True}})
    assert rules.code("PATCH", RULE, {"rpo": "One_Day"}) == READ_ONLY
    assert rules.code("DELETE", RULE) == (422, "0xE02030020007")
    rules.platform.change(
        {"type": "replication_rule", "name": "copy", "set": {"is_replica": False, "is_read_only": True}}
    )
    assert rules.code("PATCH", RULE, {"rpo": "One_Day"}) == READ_ONLY
    rules.do("DELETE", RULE)
