# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of policies by status and code."""

from __future__ import annotations

import pytest

from jobwise_emulator.exchange import Json
from tests.unit.emulator.powerstore.array import Array

GOLD, QOS = "policy/name:gold", "policy/name:bronze-qos"


@pytest.fixture
def rules(array: Array) -> Array:
    """The array with snapshot rules r1 to r5 and replication rules copy1 and copy2."""
    for number in range(1, 6):
        array.do("POST", "snapshot_rule", {"name": f"r{number}", "interval": "One_Hour", "desired_retention": 1})
    for number in (1, 2):
        order = {"name": f"copy{number}", "remote_system_id": array.key("remote_system", "remote1"), "rpo": "One_Hour"}
        array.platform.change({"type": "replication_rule", "create": order})
    return array


def snapshot_rules(*numbers: int) -> list[str]:
    return [f"name:r{number}" for number in numbers]


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({}, (400, "0xE02020010009")),
        ({"snapshot_rule_ids": []}, (400, "0xE02020010009")),
        ({"snapshot_rule_ids": ["name:r1"], "io_limit_rule_id": "name:bronze-limit"}, (400, "0xE02020010009")),
        ({"snapshot_rule_ids": ["nothing"]}, (404, "0xE0203001000B")),
        ({"snapshot_rule_ids": snapshot_rules(1, 2, 3, 4, 5)}, (422, "0xE0202001000F")),
        ({"replication_rule_ids": ["name:copy1", "name:copy2"]}, (422, "0xE0202001000F")),
        ({"snapshot_rule_ids": ["name:r1"], "name": "GOLD"}, (400, "0xE02020010004")),
        ({"snapshot_rule_ids": ["name:r1"], "name": "Default Low"}, (400, "0xE02020010004")),
        ({"snapshot_rule_ids": ["name:r1"], "description": "a\tb"}, (400, "0xE0A020010001")),
    ],
)
def test_create_is_refused(rules: Array, body: Json, refusal: tuple[int, str]) -> None:
    assert rules.code("POST", "policy", {"name": "new", **body}) == refusal


def test_as_many_rules_as_a_policy_takes(rules: Array) -> None:
    body = {"snapshot_rule_ids": snapshot_rules(1, 2, 3, 4), "replication_rule_ids": ["name:copy1"]}
    rules.do("POST", "policy", {"name": "new", **body})
    path = "policy/name:new"
    assert rules.code("PATCH", path, {"add_snapshot_rule_ids": ["name:r5"]}) == (422, "0xE0202001000F")
    swap = {"add_replication_rule_ids": ["name:copy2"], "remove_replication_rule_ids": ["name:copy1"]}
    rules.do("PATCH", path, swap)
    found = rules.get(path, select="type,snapshot_rules(name),replication_rules(name)")
    assert (found["type"], found["replication_rules"]) == ("Protection", [{"name": "copy2"}])
    assert len(found["snapshot_rules"]) == 4


@pytest.mark.parametrize(
    ("path", "body", "refusal"),
    [
        (GOLD, {"snapshot_rule_ids": ["name:r1"], "add_snapshot_rule_ids": ["name:r2"]}, (400, "0xE02020010005")),
        (GOLD, {"remove_snapshot_rule_ids": ["name:r1"]}, (422, "0xE02020010007")),
        (GOLD, {"add_snapshot_rule_ids": ["name:daily"]}, (422, "0xE02020010008")),
        (GOLD, {"snapshot_rule_ids": []}, (422, "0xE0202001000A")),
        (GOLD, {"io_limit_rule_id": "name:bronze-limit"}, (422, "0xE0202001000B")),
        (QOS, {"add_snapshot_rule_ids": ["name:r1"]}, (422, "0xE0202001000B")),
        (QOS, {"io_limit_rule_id": "name:bronze-limit"}, (422, "0xE0202001000D")),
        ("policy/default_low", {"name": "x"}, (422, "0xE0202001000C")),
        ("policy/name:silver", {"name": "x"}, (422, "0xE0202001000C")),
    ],
)
def test_modify_is_refused(rules: Array, path: str, body: Json, refusal: tuple[int, str]) -> None:
    rules.do("PATCH", "volume/name:web01", {"qos_performance_policy_id": "name:bronze-qos"})
    rules.platform.change({"type": "policy", "name": "silver", "set": {"is_replica": True}})
    assert rules.code("PATCH", path, body) == refusal


@pytest.mark.parametrize(
    ("path", "code"),
    [(GOLD, "0xE0202001000D"), (QOS, "0xE0202001000D"), ("policy/default_high", "0xE0202001000C")],
)
def test_delete_is_refused(array: Array, path: str, code: str) -> None:
    array.do("PATCH", "volume/name:web01", {"qos_performance_policy_id": "name:bronze-qos"})
    assert array.code("DELETE", path) == (422, code)


def test_a_file_limit_makes_a_file_performance_policy() -> None:
    array = Array(api_version="4.1")
    for name in ("slow", "slower"):
        array.platform.change({"type": "file_io_limit_rule", "create": {"name": name, "max_bw": 5}})
    array.do("POST", "policy", {"name": "files", "file_io_limit_rule_id": "name:slow"})
    array.do("PATCH", "policy/name:files", {"file_io_limit_rule_id": "name:slower"})
    found = array.get("policy/name:files", select="type,file_io_limit_rule(name)")
    assert found == {"type": "File_Performance", "file_io_limit_rule": {"name": "slower"}}
    body = {"io_limit_rule_id": "name:bronze-limit"}
    assert array.code("PATCH", "policy/name:files", body) == (422, "0xE0202001000B")
    both = {"name": "both", "file_io_limit_rule_id": "name:slow", **body}
    assert array.code("POST", "policy", both) == (400, "0xE02020010009")
