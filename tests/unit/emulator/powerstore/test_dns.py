# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of the name servers."""

from __future__ import annotations

import pytest

from tests.unit.emulator.powerstore.array import Array

DNS = "dns/DNS1"


@pytest.mark.parametrize(
    ("addresses", "refusal"),
    [
        ([], (400, "0xE04040030001")),
        (["192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4"], (400, "0xE04040030001")),
        ([None], (400, "0xE04040030001")),
        ("192.0.2.1", (400, "0xE04040030001")),
        (["dns.example.com"], (400, "0xE0A0E0020001")),
        (["192.0.2.1/24"], (400, "0xE0A0E0020001")),
        (["192.0.2.256"], (400, "0xE0A0E0020001")),
        ([" 192.0.2.1"], (400, "0xE0A0E0020001")),
        ([""], (400, "0xE0A0E0020001")),
        (["192.0.2.1", "192.0.2.1"], (400, "0xE0A0E0020002")),
        (["2001:db8::1", "2001:DB8:0::1"], (400, "0xE0A0E0020002")),
    ],
)
def test_addresses_are_refused(array: Array, addresses: object, refusal: tuple[int, str]) -> None:
    assert array.code("PATCH", DNS, {"addresses": addresses}) == refusal


def test_addresses_are_needed(array: Array) -> None:
    assert array.code("PATCH", DNS, {}) == (400, "0xE04040030001")


@pytest.mark.parametrize("addresses", [["192.0.2.9"], ["2001:db8::1", "192.0.2.9", "fe80::1"]])
def test_addresses_keep_their_order(array: Array, addresses: list[str]) -> None:
    array.do("PATCH", DNS, {"addresses": addresses})
    assert array.get(DNS, select="addresses") == {"addresses": addresses}
