# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sessions that a protection policy with a replication rule makes."""

from __future__ import annotations

import pytest

from jobwise_emulator.exchange import Json
from tests.unit.emulator.powerstore.array import Array

WEB, GROUP = "volume/name:web01", "volume_group/name:app01"
COPY = {"protection_policy_id": "name:copy"}
GONE = {"protection_policy_id": None}


@pytest.fixture
def far(array: Array) -> Array:
    """The array with policies "copy" (an hour) and "mirror" (zero) to remote1, and "weak" to one that cannot."""
    for name, remote, rpo in (
        ("copy", "remote1", "One_Hour"),
        ("mirror", "remote1", "Zero"),
        ("weak", "unity1", "Zero"),
    ):
        rule = {"name": name, "rpo": rpo, "remote_system_id": array.key("remote_system", remote)}
        array.platform.change({"type": "replication_rule", "create": rule})
        array.do("POST", "policy", {"name": name, "replication_rule_ids": [f"name:{name}"]})
    return array


def sessions(array: Array, path: str) -> list[Json]:
    """The sessions of an object, as the object and as the collection show them."""
    found: list[Json] = array.get(path, select="replication_sessions(id,type,role,state)")["replication_sessions"]
    key = array.get(path)["id"]
    listed = array.get("replication_session", local_resource_id=f"eq.{key}", select="id,type,role,state")
    assert found == listed
    return [{name: value for name, value in one.items() if name != "id"} for one in found]


def session(kind: str, state: str) -> Json:
    return {"type": kind, "role": "Source", "state": state}


@pytest.mark.parametrize("path", [WEB, GROUP])
@pytest.mark.parametrize(
    ("policy", "kind", "states"),
    [
        ("copy", "Asynchronous", ["Initializing", "Synchronizing", "OK", "OK"]),
        ("mirror", "Synchronous", ["Initializing", "Switching_To_Synchronous", "OK", "OK"]),
    ],
)
def test_a_policy_makes_a_session_and_ends_it(far: Array, path: str, policy: str, kind: str, states: list[str]) -> None:
    far.do("PATCH", path, {"protection_policy_id": f"name:{policy}"})
    for state in states:
        assert sessions(far, path) == [session(kind, state)]
        far.clock.advance(1)
    far.do("PATCH", path, {"description": "x"})
    assert sessions(far, path) == [session(kind, "OK")]
    far.do("PATCH", path, GONE)
    assert sessions(far, path) == [session(kind, "Deleting")]
    far.clock.advance(1)
    assert sessions(far, path) == []


def test_what_a_session_shows(far: Array) -> None:
    far.do("PATCH", GROUP, COPY)
    shown = "resource_type,data_transfer_state,last_sync_timestamp,replication_rule(name),remote_system(name)"
    found = far.get("replication_session", select=f"{shown},storage_element_pairs")[0]
    assert len(found.pop("storage_element_pairs")) == 2
    assert tuple(found.values()) == (
        *("volume_group", "Asynchronous_Initial_Sync", None, {"name": "copy"}, {"name": "remote1"}),
    )
    far.clock.advance(2)
    found = far.get("replication_session", select="data_transfer_state,last_sync_timestamp")[0]
    assert found["data_transfer_state"] == "Asynchronous"
    assert found["last_sync_timestamp"]


def test_new_objects_are_replicated_too(far: Array) -> None:
    far.do("POST", "volume", {"name": "v", "size": 1048576, **COPY})
    far.do("POST", f"{WEB}/clone", {"name": "c", **COPY})
    far.do("POST", "volume_group", {"name": "g", **COPY})
    far.do("POST", f"{GROUP}/clone", {"name": "gc", **COPY})
    for path in ("volume/name:v", "volume/name:c", "volume_group/name:g", "volume_group/name:gc"):
        assert len(sessions(far, path)) == 1, path


def test_a_change_of_the_policy_reaches_what_it_is_assigned_to(far: Array) -> None:
    far.do("PATCH", WEB, {"protection_policy_id": "name:gold"})
    far.do("PATCH", "policy/name:gold", {"add_replication_rule_ids": ["name:copy"]})
    assert sessions(far, WEB) == [session("Asynchronous", "Initializing")]
    swap = {"remove_replication_rule_ids": ["name:copy"], "add_replication_rule_ids": ["name:mirror"]}
    far.do("PATCH", "policy/name:gold", swap)
    states = sorted((one["type"], one["state"]) for one in sessions(far, WEB))
    assert states == [("Asynchronous", "Deleting"), ("Synchronous", "Initializing")]
    far.do("PATCH", "policy/name:gold", {"remove_replication_rule_ids": ["name:mirror"]})
    far.clock.advance(1)
    assert sessions(far, WEB) == []


@pytest.mark.parametrize(
    ("change", "path", "policy", "code"),
    [
        (None, WEB, "weak", "0xE02010050011"),
        ({"type": "remote_system", "name": "remote1", "set": {"data_network_latency": "High"}}, WEB, "mirror", "12"),
        (
            {"type": "volume_group", "name": "app01", "set": {"is_write_order_consistent": False}},
            *(GROUP, "mirror", "13"),
        ),
    ],
)
def test_what_cannot_be_replicated(far: Array, change: Json | None, path: str, policy: str, code: str) -> None:
    if change:
        far.platform.change(change)
    found = far.code("PATCH", path, {"protection_policy_id": f"name:{policy}"})
    assert (found[0], found[1].endswith(code)) == (422, True), found
    far.do("PATCH", path, {"protection_policy_id": "name:silver"})
    found = far.code("PATCH", "policy/name:silver", {"add_replication_rule_ids": [f"name:{policy}"]})
    assert (found[0], found[1].endswith(code)) == (422, True), found


def test_metro_and_a_replication_rule_exclude_each_other(far: Array) -> None:
    stretch = {"remote_system_id": "name:remote1"}
    far.do("PATCH", GROUP, COPY)
    assert far.code("POST", f"{GROUP}/configure_metro", stretch) == (422, "0xE0A060010067")
    key = far.do("POST", f"{WEB}/configure_metro", stretch)["metro_replication_session_id"]
    far.platform.change({"type": "replication_session", "id": key, "set": {"state": "Paused"}})
    assert far.code("PATCH", WEB, COPY) == (422, "0xE02010050010")


def test_the_sessions_of_what_is_gone_are_gone(far: Array) -> None:
    far.do("PATCH", GROUP, COPY)
    far.do("DELETE", GROUP, {"delete_members": True, "immediate": False})
    assert far.get("replication_session") == []
    far.do("PATCH", WEB, COPY)
    far.platform.change({"type": "volume", "name": "web01", "delete": True})
    assert far.get("replication_session") == []
