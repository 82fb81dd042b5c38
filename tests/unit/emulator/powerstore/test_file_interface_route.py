# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of routes of interfaces of NAS servers."""

from __future__ import annotations

import pytest

from jobwise_emulator.exchange import Json
from tests.unit.emulator.powerstore.array import Array


@pytest.fixture
def interface(array: Array) -> str:
    """The id of an interface."""
    array.do("POST", "nas_server", {"name": "nas1"})
    body = {"nas_server_id": "name:nas1", "ip_address": "192.0.2.21", "prefix_length": 24}
    return str(array.do("POST", "file_interface", body)["id"])


@pytest.mark.parametrize(
    "body, status",
    [
        ({}, "Ok"),
        ({"gateway": "192.0.2.1"}, "Ok"),
        ({"gateway": "192.0.3.1"}, "Invalid_Gateway"),
        ({"destination": "2001:db8::", "prefix_length": 64}, "Invalid_IP_Version"),
    ],
)
def test_a_route_that_cannot_work_is_taken_and_shown(array: Array, interface: str, body: Json, status: str) -> None:
    wanted = {"file_interface_id": interface, "destination": "198.51.100.0", "prefix_length": 24, **body}
    path = f"file_interface_route/{array.do('POST', 'file_interface_route', wanted)['id']}"
    assert array.get(path, select="operational_status") == {"operational_status": status}


@pytest.mark.parametrize(
    "body", [{"destination": "198.51.100.7"}, {"prefix_length": 33}, {"gateway": "router"}, {"destination": "router"}]
)
def test_a_destination_is_a_host_or_a_network(array: Array, interface: str, body: Json) -> None:
    wanted = {"file_interface_id": interface, "destination": "198.51.100.0", "prefix_length": 24, **body}
    assert array.refused("POST", "file_interface_route", wanted)[0] == 400


def test_a_change_repeats_the_destination(array: Array, interface: str) -> None:
    where = {"destination": "198.51.100.7", "prefix_length": 32}
    made = array.do("POST", "file_interface_route", {"file_interface_id": interface, **where})
    path = f"file_interface_route/{made['id']}"
    assert array.refused("PATCH", path, {"gateway": "192.0.2.1"})[0] == 400
    array.do("PATCH", path, {**where, "gateway": "192.0.2.1"})
    array.do("PATCH", path, {**where, "gateway": ""})
    assert array.get(path, select="gateway") == {"gateway": None}
    array.do("DELETE", f"file_interface/{interface}")
    assert array.get("file_interface_route") == []
