# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of volume groups that a replication session writes to."""

from __future__ import annotations

import pytest

from jobwise_emulator.exchange import Json
from tests.unit.emulator.powerstore.array import Array

ALL = "*,volumes(name),protection_policy(name),qos_performance_policy(name)"


def show(array: Array, name: str) -> Json:
    found: Json = array.get(f"volume_group/name:{name}", select=ALL)
    return found


@pytest.fixture
def destination(array: Array) -> Array:
    """The built-in group as the destination of a replication session that never synchronized."""
    array.platform.change({"type": "volume_group", "name": "app01", "set": {"is_replication_destination": True}})
    array.platform.change({"type": "volume", "name": "app01-log", "set": {"is_replication_destination": True}})
    session = {
        "local_resource_id": array.key("volume_group", "app01"),
        "role": "Destination",
        "resource_type": "volume_group",
    }
    array.platform.change({"type": "replication_session", "create": {"id": "R1", **session}})
    return array


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", "", {"description": "x"}),
        ("PATCH", "", {"protection_policy_id": ""}),
        ("PATCH", "", {"protection_policy_id": "name:silver", "force": True}),
        ("PATCH", "", {"is_replication_destination": False}),
        ("POST", "/add_members", {"volume_ids": ["name:web01"]}),
        ("POST", "/remove_members", {"volume_ids": ["name:app01-log"]}),
        ("POST", "/restore", {"from_snap_id": "name:app01-nightly"}),
        ("POST", "/refresh", {"from_object_id": "name:app01-test"}),
        ("POST", "/snapshot", {"name": "new"}),
        ("POST", "/clone", {"name": "new"}),
        ("DELETE", "", None),
    ],
)
def test_replication_destination_is_left_alone(destination: Array, method: str, path: str, body: Json | None) -> None:
    status, text = destination.refused(method, f"volume_group/name:app01{path}", body)
    assert status == 422
    assert "destination" in text


def test_force_frees_a_destination_that_never_synchronized(destination: Array) -> None:
    body = {"protection_policy_id": "", "force": True}
    destination.platform.change(
        {"type": "replication_session", "id": "R1", "set": {"last_sync_timestamp": "2025-01-01T00:00:00Z"}}
    )
    assert destination.refused("PATCH", "volume_group/name:app01", body)[0] == 422
    destination.platform.change({"type": "replication_session", "id": "R1", "set": {"last_sync_timestamp": None}})
    destination.do("PATCH", "volume_group/name:app01", body)
    assert show(destination, "app01")["protection_policy_id"] is None


def test_the_mark_of_a_destination_is_cleared_once_no_session_is_left(destination: Array) -> None:
    destination.platform.change({"type": "replication_session", "id": "R1", "delete": True})
    destination.do("PATCH", "volume_group/name:app01", {"is_replication_destination": False})
    assert show(destination, "app01")["is_replication_destination"] is False
    assert destination.get("volume/name:app01-log", select="is_replication_destination") == {
        "is_replication_destination": False
    }


def test_the_mark_alone_forbids_no_copies(destination: Array) -> None:
    destination.platform.change({"type": "replication_session", "id": "R1", "delete": True})
    for action in ("snapshot", "clone"):
        destination.do("POST", f"volume_group/name:app01/{action}", {"name": f"new-{action}"})
