# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Interfaces that NAS servers prefer."""

from __future__ import annotations

from tests.unit.emulator.powerstore.array import Array


def test_a_preferred_interface_is_one_of_the_server_and_fits(array: Array) -> None:
    ids = {}
    for server, address, role in (
        ("nas1", "192.0.2.21", "Production"),
        ("nas1", "2001:db8::21", "Production"),
        ("nas1", "192.0.2.22", "Backup"),
        ("nas2", "192.0.2.31", "Production"),
    ):
        if address in ("192.0.2.21", "192.0.2.31"):
            array.do("POST", "nas_server", {"name": server})
        body = {"nas_server_id": f"name:{server}", "ip_address": address, "prefix_length": 24, "role": role}
        ids[address] = array.do("POST", "file_interface", body)["id"]
    name = "production_IPv4_interface_id"
    for address in ("2001:db8::21", "192.0.2.22", "192.0.2.31"):
        assert array.refused("PATCH", "nas_server/name:nas1", {name: ids[address]})[0] == 422
    assert array.refused("PATCH", "nas_server/name:nas1", {name: "nosuch"})[0] == 404
    array.do("PATCH", "nas_server/name:nas1", {name: ids["192.0.2.21"], "backup_IPv4_interface_id": ids["192.0.2.22"]})
    assert array.get("nas_server/name:nas1", select=name) == {name: ids["192.0.2.21"]}
    array.do("DELETE", f"file_interface/{ids['192.0.2.21']}")
    assert array.get("nas_server/name:nas1", select=name) == {name: None}
