# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of I/O limit rules, for volumes and for files."""

from __future__ import annotations

import pytest

from jobwise_emulator.exchange import Json
from tests.unit.emulator.powerstore.array import Array

BRONZE = "io_limit_rule/name:bronze-limit"
NO_LIMIT, IN_USE = (422, "0xE0A0E001000A"), (422, "0xE04040020022")


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({"type": "Absolute"}, NO_LIMIT),
        ({"type": "Absolute", "max_bw": 1999}, (400, "0xE04040030001")),
        ({"type": "absolute", "max_bw": 2000}, (400, "0xE04040030001")),
        ({"type": "Density", "max_iops": 1, "name": "Bronze-Limit"}, (400, "0xE0A0E0010009")),
    ],
)
def test_create_is_refused(array: Array, body: Json, refusal: tuple[int, str]) -> None:
    assert array.code("POST", "io_limit_rule", {"name": "new", **body}) == refusal


def test_one_of_two_limits_is_left(array: Array) -> None:
    array.do("PATCH", BRONZE, {"max_iops": None})
    found = array.get(BRONZE, select="type,max_iops,max_bw,burst_percentage")
    assert found == {"type": "Absolute", "max_iops": None, "max_bw": 200000, "burst_percentage": 0}
    assert array.code("PATCH", BRONZE, {"max_bw": None}) == NO_LIMIT
    array.do("PATCH", BRONZE, {"max_bw": None, "max_iops": 7, "type": "Density", "burst_percentage": 10})


def test_a_rule_in_use_changes_but_is_not_deleted(array: Array) -> None:
    array.do("PATCH", "volume/name:web01", {"qos_performance_policy_id": "name:bronze-qos"})
    array.do("PATCH", BRONZE, {"max_iops": 6000})
    assert array.code("DELETE", BRONZE) == IN_USE
    array.do("PATCH", "volume/name:web01", {"qos_performance_policy_id": ""})
    assert array.code("DELETE", BRONZE) == IN_USE
    array.do("DELETE", "policy/name:bronze-qos")
    array.do("DELETE", BRONZE)


def test_a_file_rule_in_a_policy_is_not_deleted() -> None:
    array = Array(api_version="4.1")
    array.do("POST", "file_io_limit_rule", {"name": "slow", "max_bw": 5})
    array.do("POST", "policy", {"name": "files", "file_io_limit_rule_id": "name:slow"})
    assert array.code("DELETE", "file_io_limit_rule/name:slow") == IN_USE
    array.do("DELETE", "policy/name:files")
    array.do("DELETE", "file_io_limit_rule/name:slow")
