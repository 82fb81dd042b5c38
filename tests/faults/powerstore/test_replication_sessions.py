# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Replication sessions that lose answers, go wrong, or are at the other side; and the sides of metro."""

from __future__ import annotations

import typing as t
from collections import Counter

import pytest

from ansible_collections.jobwise.appliance.plugins.modules import replication_session
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner

Result = dict[str, t.Any]
VOLUME = "00000000-0000-4000-8000-000000000001"
SESSION = "00000000-0000-4000-8000-000000000002"
DESTINATION = {"role": "Destination"}
METRO = {"type": "Metro_Active_Active", "role": "Metro_Non_Preferred"}


def seed(emulator: Emulator, **values: t.Any) -> None:
    """Make a volume and its session, which is OK and at the source unless the test says otherwise."""
    emulator.change("settings", set={"replication_phase_seconds": 0.1})
    emulator.change("volume", create={"id": VOLUME, "name": "db", "size": 1024**3})
    row = {"id": SESSION, "local_resource_id": VOLUME, "resource_type": "volume", "remote_system_id": "name:remote1"}
    row.update(state="OK", type="Asynchronous", role="Source", local_resource_state="System_Defined")
    emulator.change("replication_session", create={**row, **values})


def ask(run: Runner, **options: t.Any) -> Result:
    """Perform the task and expect that no session with the array is left open."""
    result = run(replication_session.TASK, **{"volume": "db", **options})
    assert not run.emulator.sessions()["open"]
    return result


def sent(emulator: Emulator) -> Counter[str]:
    """Return how often each action was sent."""
    paths = [one["path"].split("/") for one in emulator.requests()["requests"] if one["method"] != "GET"]
    return Counter(path[5] if len(path) > 5 else "modify" for path in paths if path[3] == "replication_session")


@pytest.mark.parametrize("fault, requests", [("lost_reply", 1), ("reset_before", 2)])
@pytest.mark.parametrize(
    "values, options, action",
    [
        pytest.param({}, {"state": "paused"}, "pause", id="pause"),
        pytest.param({}, {"state": "failed_over"}, "failover", id="failover"),
        pytest.param(DESTINATION, {"state": "test_started"}, "start_failover_test", id="test"),
        pytest.param({"state": "Failed_Over"}, {"state": "reprotected"}, "reprotect", id="reprotect"),
        pytest.param({**METRO, "state": "Fractured"}, {"state": "promoted"}, "promote", id="promote"),
    ],
)
def test_nothing_is_sent_twice(
    run: Runner, emulator: Emulator, values: Result, options: Result, action: str, fault: str, requests: int
) -> None:
    seed(emulator, **values)
    emulator.fault(fault, "POST", f"replication_session/*/{action}")
    result = ask(run, **options)
    assert not result.get("failed"), result
    assert result["changed"] and sent(emulator) == {action: requests}
    assert not ask(run, **options)["changed"]


def test_a_session_that_comes_back_to_its_state_is_told(run: Runner, emulator: Emulator) -> None:
    seed(emulator, state="Partial_Failed_Over", resource_type="nas_server", error_code="0xE02010050099")
    first = ask(run, id=SESSION, volume=None, state="running")
    assert first["error"]["kind"] == "input" and "state: failed_over again" in first["msg"], first
    assert first["error"]["messages"][0]["code"] in first["msg"]


def test_a_failover_test_and_its_end_with_its_data(run: Runner, emulator: Emulator) -> None:
    seed(emulator, **DESTINATION)
    assert ask(run, state="test_started")["resource"]["failover_test_in_progress"]
    refused = ask(run, state="failed_over", is_planned=False)
    assert refused["error"]["kind"] == "input" and "use_test_copy: true" in refused["msg"]
    checked = run(replication_session.TASK, True, volume="db", state="test_stopped")
    stopped = ask(run, state="test_stopped")
    assert checked["plan"] == stopped["plan"] and not stopped["resource"]["failover_test_in_progress"]
    ask(run, state="test_started")
    over = ask(run, state="failed_over", is_planned=False, use_test_copy=True)
    assert over["resource"]["role"] == "Source" and over["resource"]["state"] == "Failed_Over"


def test_the_sides_of_metro(run: Runner, emulator: Emulator) -> None:
    seed(emulator, **METRO)
    refused = ask(run, state="promoted")
    assert "First run state: paused" in refused["msg"] and not refused["changed"]
    ask(run, state="paused")
    promoted = ask(run, state="promoted")
    assert promoted["resource"]["local_resource_state"] == "Promoted"
    assert promoted["diff"]["after"]["state"] == "Paused (not preferred, Promoted)"
    assert not ask(run, state="promoted")["changed"]
    assert ask(run, state="running")["resource"]["local_resource_state"] == "System_Defined"
    assert ask(run, state="preferred")["resource"]["role"] == "Metro_Preferred"
    assert not ask(run, state="preferred")["changed"]


@pytest.mark.parametrize(
    "values, options, words",
    [
        ({}, {"state": "failed_over", "use_test_copy": True}, "only an unplanned failover"),
        (
            DESTINATION,
            {"state": "failed_over", "is_planned": False, "use_test_copy": True, "failover_snapshot_id": "x"},
            "not both",
        ),
        (DESTINATION, {"state": "failed_over"}, "only the source does this"),
        ({}, {"state": "failed_over", "is_planned": False}, "only the destination does this"),
        ({"state": "Deleting"}, {"state": "paused"}, "going away"),
        ({"parent_replication_session_id": "p1"}, {"state": "paused"}, "has the id p1"),
        ({"local_resource_id": "other"}, {"state": "paused"}, "has no replication session"),
        ({}, {"id": "nope", "volume": None, "state": "paused"}, "There is no replication session nope"),
    ],
)
def test_refused_before_the_first_write(
    run: Runner, emulator: Emulator, values: Result, options: Result, words: str
) -> None:
    seed(emulator, **values)
    result = ask(run, **options)
    assert result["error"]["kind"] == "input" and words in result["msg"], result
    assert not sent(emulator)


def test_an_option_without_effect_is_told(run: Runner, emulator: Emulator) -> None:
    seed(emulator)
    result = ask(run, state="paused", max_age=5)
    assert result["changed"] and "max_age has an effect only with state: synchronized." in result["warnings"]


def test_several_sessions_need_the_other_array(run: Runner, emulator: Emulator) -> None:
    seed(emulator)
    more = {"local_resource_id": VOLUME, "remote_system_id": "name:unity1", "state": "OK", "type": "Asynchronous"}
    emulator.change("replication_session", create=more)
    result = ask(run, state="paused")
    assert "2 replication sessions: with remote1, unity1" in result["msg"] and "remote_system" in result["msg"]
    assert ask(run, state="paused", remote_system="remote1")["changed"]
