# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The actions of replication sessions: which state and which side allows them, and where they lead."""

from __future__ import annotations

import pytest

from jobwise_emulator.exchange import Json
from tests.unit.emulator.powerstore.array import Array

PHASE = 1.0
STATES = (
    *("Initializing", "OK", "Synchronizing", "System_Paused", "Paused", "Paused_For_NDU", "Pausing", "Resuming"),
    *("Failing_Over", "Failing_Over_For_DR", "Failed_Over", "Reprotecting", "Fractured", "Error", "Deleting"),
    *("Partial_OK", "Partial_Paused", "Partial_Failed_Over", "Partial_Reprotected", "Partial_Failed_Back"),
    *("Switching_To_Synchronous", "Switching_To_Metro_Sync", "Modify_Role_In_Progress", "Paused_For_Migration"),
)
PLANNED: Json = {}
UNPLANNED = {"is_planned": False}
SOURCE: Json = {"role": "Source", "type": "Asynchronous"}
DESTINATION: Json = {"role": "Destination", "type": "Asynchronous"}
METRO: Json = {"role": "Metro_Preferred", "type": "Metro_Active_Active"}


@pytest.fixture
def session(array: Array) -> str:
    """The path of a session of web01, whose values a test sets."""
    row = {"resource_type": "volume", "local_resource_id": array.key("volume", "web01"), "state": "OK", **SOURCE}
    row["remote_system_id"] = array.key("remote_system", "remote1")
    row["local_resource_state"] = "System_Defined"
    array.platform.change({"type": "replication_session", "create": row})
    (found,) = array.get("replication_session", select="id")
    return f"replication_session/{found['id']}"


def put(array: Array, path: str, **values: object) -> None:
    array.platform.change({"type": "replication_session", "id": path.split("/")[1], "set": values})


def shown(array: Array, path: str, *names: str) -> list[object]:
    found = array.get(path, select=",".join(names))
    return [found[name] for name in names]


@pytest.mark.parametrize(
    ("action", "body", "values", "allowed"),
    [
        ("sync", None, SOURCE, {"OK", "System_Paused", "Partial_OK"}),
        ("pause", None, SOURCE, {"OK", "Synchronizing", "System_Paused", "Fractured", "Partial_OK", "Partial_Paused"}),
        ("resume", None, DESTINATION, {"Paused", "Partial_Paused"}),
        ("failover", PLANNED, SOURCE, {"OK", "Synchronizing", "Partial_Failed_Over"}),
        (
            "failover",
            UNPLANNED,
            DESTINATION,
            {"OK", "Synchronizing", "System_Paused", "Paused", "Failing_Over", "Switching_To_Synchronous"}
            | {"Partial_OK", "Partial_Paused", "Partial_Failed_Over"},
        ),
        ("reprotect", None, SOURCE, {"Failed_Over", "Partial_Reprotected", "Partial_Failed_Back"}),
        ("start_failover_test", {}, DESTINATION, {"OK", "Synchronizing", "Paused", "System_Paused"}),
        ("promote", {}, METRO, {"Fractured", "Paused"}),
        ("demote", {}, METRO, {"Fractured", "Paused"}),
    ],
)
def test_the_states_that_allow_an_action(
    array: Array, session: str, action: str, body: Json | None, values: Json, allowed: set[str]
) -> None:
    found = set()
    clean = {"failover_test_in_progress": False, "local_resource_state": "System_Defined"}
    for state in STATES:
        put(array, session, **values, **clean, state=state)
        reply = array.call("POST", f"{session}/{action}", body)
        if reply.status == 204:
            found.add(state)
        else:
            assert reply.status == 422, (state, reply)
    assert found == allowed


@pytest.mark.parametrize(
    ("action", "body", "values", "status"),
    [
        ("sync", None, DESTINATION, 400),
        ("failover", PLANNED, DESTINATION, 400),
        ("failover", UNPLANNED, SOURCE, 400),
        ("reprotect", None, DESTINATION, 400),
        ("start_failover_test", {}, SOURCE, 400),
        ("sync", None, {**SOURCE, "type": "Synchronous"}, 422),
        ("start_failover_test", {}, {**DESTINATION, "type": "Synchronous"}, 422),
        ("start_failover_test", {}, {**DESTINATION, "resource_type": "nas_server"}, 422),
        ("stop_failover_test", {}, DESTINATION, 422),
        ("promote", {}, SOURCE, 422),
        ("sync", None, METRO, 422),
        ("failover", {}, METRO, 422),
        ("failover", {"force": True}, SOURCE, 422),
        ("failover", {**UNPLANNED, "reverse": True}, DESTINATION, 422),
        ("failover", {**UNPLANNED, "use_test_copy": True}, DESTINATION, 422),
        ("failover", UNPLANNED, {**DESTINATION, "failover_test_in_progress": True}, 422),
        ("failover", PLANNED, {**SOURCE, "failover_test_in_progress": True}, 422),
        ("reprotect", {"discard_changes_after_failover": True}, {**SOURCE, "state": "Failed_Over"}, 422),
        ("promote", {}, {**METRO, "state": "Paused", "local_resource_state": "Promoted"}, 422),
    ],
)
def test_refused(array: Array, session: str, action: str, body: Json | None, values: Json, status: int) -> None:
    put(array, session, **values)
    assert array.code("POST", f"{session}/{action}", body)[0] == status


@pytest.mark.parametrize(
    ("action", "body", "values", "course"),
    [
        ("sync", None, SOURCE, ["Synchronizing", "OK", "OK"]),
        ("pause", None, SOURCE, ["Pausing", "Paused", "Paused"]),
        ("resume", None, {**SOURCE, "state": "Paused"}, ["Resuming", "OK", "OK"]),
        ("resume", None, {**METRO, "state": "Paused"}, ["Resuming", "Switching_To_Metro_Sync", "OK"]),
        ("failover", {"reverse": True}, SOURCE, ["Failing_Over", "Reprotecting", "OK"]),
        ("failover", UNPLANNED, DESTINATION, ["Failing_Over_For_DR", "Failed_Over", "Failed_Over"]),
        ("reprotect", None, {**SOURCE, "state": "Failed_Over"}, ["Reprotecting", "OK", "OK"]),
    ],
)
def test_the_states_after_an_action(
    array: Array, session: str, action: str, body: Json | None, values: Json, course: list[str]
) -> None:
    put(array, session, **values)
    array.do("POST", f"{session}/{action}", body)
    seen = []
    for dummy in course:
        seen += shown(array, session, "state")
        array.clock.advance(PHASE)
    assert seen == course


def test_a_session_paused_in_a_copy_copies_first(array: Array, session: str) -> None:
    put(array, session, state="Synchronizing")
    array.do("POST", f"{session}/pause")
    array.clock.advance(PHASE)
    array.do("POST", f"{session}/resume")
    array.clock.advance(PHASE)
    assert shown(array, session, "state") == ["Synchronizing"]


def test_a_failover_and_the_way_back(array: Array, session: str) -> None:
    array.do("POST", f"{session}/failover")
    assert shown(array, session, "state", "role") == ["Failing_Over", "Source"]
    array.clock.advance(PHASE)
    assert shown(array, session, "state", "role") == ["Failed_Over", "Destination"]
    assert array.refused("POST", f"{session}/failover", UNPLANNED)[1].count("failed over already") == 1
    array.do("POST", f"{session}/failover", {**UNPLANNED, "force": True})
    array.clock.advance(PHASE)
    assert shown(array, session, "state", "role") == ["Failed_Over", "Source"]
    array.do("POST", f"{session}/reprotect")
    array.clock.advance(PHASE)
    assert shown(array, session, "state", "role") == ["OK", "Source"]


def test_a_failover_test(array: Array, session: str) -> None:
    put(array, session, **DESTINATION)
    array.do("POST", f"{session}/start_failover_test", {})
    assert shown(array, session, "state", "failover_test_in_progress") == ["OK", True]
    remote = array.key("remote_system", "remote1")
    array.platform.change({"type": "remote_system", "id": remote, "set": {"state": "Management_Connection_Lost"}})
    assert array.code("POST", f"{session}/stop_failover_test", {})[0] == 422
    array.do("POST", f"{session}/stop_failover_test", {"force": True})
    assert shown(array, session, "state", "failover_test_in_progress") == ["OK", False]
    array.do("POST", f"{session}/start_failover_test", {})
    array.do("POST", f"{session}/failover", {**UNPLANNED, "use_test_copy": True})
    array.clock.advance(PHASE)
    assert shown(array, session, "state", "role", "failover_test_in_progress") == ["Failed_Over", "Source", False]


def test_a_side_of_metro_that_serves_alone(array: Array, session: str) -> None:
    put(array, session, **METRO, state="Fractured")
    array.do("POST", f"{session}/promote", {})
    assert shown(array, session, "state", "local_resource_state") == ["Fractured", "Promoted"]
    array.do("POST", f"{session}/pause")
    array.clock.advance(PHASE)
    array.do("POST", f"{session}/demote", {})
    array.do("POST", f"{session}/resume")
    array.clock.advance(2 * PHASE)
    assert shown(array, session, "state", "local_resource_state") == ["OK", "System_Defined"]
