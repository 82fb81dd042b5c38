# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of ports."""

from __future__ import annotations

import pytest

from tests.unit.emulator.powerstore.array import Array

SPEEDS = "requested_speed,current_speed"


@pytest.mark.parametrize(
    ("kind", "prefix", "speed"), [("eth_port", "FEPort", "10_Gbps"), ("fc_port", "FCPort", "16_Gbps")]
)
def test_the_partner_gets_the_speed_as_well(array: Array, kind: str, prefix: str, speed: str) -> None:
    array.do("PATCH", f"{kind}/{prefix}-A1", {"requested_speed": speed})
    assert [array.get(f"{kind}/{prefix}-{one}", select=SPEEDS) for one in ("A1", "B1")] == [
        {"requested_speed": speed, "current_speed": speed}
    ] * 2


def test_a_speed_that_the_port_does_not_have(array: Array) -> None:
    assert array.refused("PATCH", "eth_port/FEPort-A1", {"requested_speed": "40_Gbps"})[0] == 422
    assert array.refused("PATCH", "eth_port/FEPort-A1", {})[0] == 400


def test_a_partner_without_the_speed_stays_as_it_is() -> None:
    ports = [
        {"id": "A", "name": "A", "partner_id": "B", "supported_speeds": ["10_Gbps"], "requested_speed": "Auto"},
        {"id": "B", "name": "B", "partner_id": "A", "supported_speeds": ["25_Gbps"], "requested_speed": "Auto"},
    ]
    array = Array(seed={"eth_port": ports})
    array.do("PATCH", "eth_port/A", {"requested_speed": "10_Gbps"})
    assert array.get("eth_port/B", select="requested_speed") == {"requested_speed": "Auto"}
