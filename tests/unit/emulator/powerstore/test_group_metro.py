# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of metro volume groups: what their other side has to be, and what waits until they are paused."""

from __future__ import annotations

import pytest

from jobwise_emulator.exchange import Json
from tests.unit.emulator.powerstore.array import Array

GROUP = "volume_group/name:app01"
STRETCH = (f"{GROUP}/configure_metro", {"remote_system_id": "name:remote1"})


@pytest.fixture
def metro(array: Array) -> Array:
    """The built-in group stretched to the built-in second site."""
    array.do("POST", *STRETCH)
    return array


def silence(array: Array) -> None:
    array.platform.change({"type": "remote_system", "name": "remote1", "set": {"state": "Management_Connection_Lost"}})


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", "", {"description": "x"}),
        ("POST", "/add_members", {"volume_ids": ["name:web01"]}),
        ("POST", "/remove_members", {"volume_ids": ["name:app01-log"]}),
        ("POST", "/restore", {"from_snap_id": "name:app01-nightly"}),
        ("POST", "/refresh", {"from_object_id": "name:app01-test"}),
    ],
)
def test_what_needs_a_paused_session(metro: Array, method: str, path: str, body: Json) -> None:
    status, text = metro.refused(method, GROUP + path, body)
    assert (status, "to be paused" in text) == (422, True), text
    key = metro.get(GROUP, select="metro_replication_session_id")["metro_replication_session_id"]
    metro.platform.change({"type": "replication_session", "id": key, "set": {"state": "Paused"}})
    metro.do(method, GROUP + path, body)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", "", {"name": "other"}),
        ("PATCH", "", {"is_write_order_consistent": False}),
        ("POST", "/add_members", {"volume_ids": ["name:web01"]}),
    ],
)
def test_what_only_the_preferred_side_changes(metro: Array, method: str, path: str, body: Json) -> None:
    key = metro.get(GROUP, select="metro_replication_session_id")["metro_replication_session_id"]
    values = {"state": "Paused", "role": "Metro_Non_Preferred"}
    metro.platform.change({"type": "replication_session", "id": key, "set": values})
    status, text = metro.refused(method, GROUP + path, body)
    assert (status, "only at its preferred side" in text) == (422, True), text
    metro.do("PATCH", GROUP, {"description": "x"})


def test_a_snapshot_does_not_need_it(metro: Array) -> None:
    metro.do("POST", f"{GROUP}/snapshot", {"name": "while-metro"})


@pytest.mark.parametrize("system", ["unity1", "uni1"])
def test_systems_without_metro(array: Array, system: str) -> None:
    status, text = array.refused("POST", STRETCH[0], {"remote_system_id": f"name:{system}"})
    assert (status, "does not support metro" in text) == (422, True), text


def test_a_side_that_does_not_answer(array: Array) -> None:
    """It cannot be stretched to, and is left behind only when told to."""
    array.do("POST", *STRETCH)
    silence(array)
    status, text = array.refused("POST", f"{GROUP}/end_metro", {"delete_remote_volume_group": True})
    assert (status, "does not answer" in text) == (422, True), text
    array.do("POST", f"{GROUP}/end_metro", {"force": True})
    assert array.get(GROUP, select="metro_replication_session_id") == {"metro_replication_session_id": None}
    assert "does not answer" in array.refused("POST", *STRETCH)[1]
