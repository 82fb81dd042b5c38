# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a task cannot mean gets a sentence that says what to do, and nothing is written."""

from __future__ import annotations

import typing as t
from pathlib import Path

import pytest
import trustme

from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner

UNKNOWN_ID = "00000000-0000-4000-8000-000000000000"


def written(emulator: Emulator) -> list[dict[str, t.Any]]:
    """Return the requests that would have changed something and were not refused."""
    requests = emulator.requests()["requests"]
    writes = [one for one in requests if one["method"] != "GET" and not one["path"].endswith("/logout")]
    return [one for one in writes if one["status"] < 400]


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize(
    "options, words",
    [
        ({"name": "new", "volumes": ["web01", "nope", UNKNOWN_ID]}, ["nope", UNKNOWN_ID, "no volume"]),
        ({"name": "new", "protection_policy": "nope"}, ["nope"]),
        ({"name": "new", "protection_policy": UNKNOWN_ID}, [UNKNOWN_ID]),
        ({"name": "new", "protection_policy": "bronze-qos"}, ["bronze-qos"]),
        ({"id": UNKNOWN_ID, "description": "x"}, ["no volume group with id", UNKNOWN_ID, "give name"]),
        ({"name": "new", "volumes": ["web01"], "volumes_mode": "remove"}, ["does not exist", "exact or add"]),
        ({"name": "x" * 129}, ["129 characters", "at most 128"]),
        ({"name": "app01", "new_name": "y" * 129}, ["129 characters"]),
        ({"name": "app01", "description": "z" * 257}, ["257 characters", "at most 256"]),
        ({"name": "bell\a"}, ["unprintable", r"'\x07'"]),
        ({"name": ""}, ["name is empty"]),
        ({"name": "app01", "new_name": "app01-test"}, ["Cannot rename", "another volume group"]),
        ({"name": "app01", "new_name": "other", "state": "absent"}, ["state absent"]),
        ({"name": "app01", "is_replication_destination": True}, ["only be set to false"]),
    ],
)
def test_refused(run: Runner, emulator: Emulator, options: dict[str, t.Any], words: list[str], check: bool) -> None:
    result = run(**options, check=check)
    assert result["failed"] and not result["changed"]
    for word in words:
        assert word in result["msg"], result["msg"]
    assert result["error"]["kind"] in ("input", "refused")
    assert written(emulator) == []
    assert not emulator.sessions()["open"]


def test_snapshot_set_is_not_taken_for_a_group(run: Runner, emulator: Emulator) -> None:
    """Snapshot sets live in the same collection; one may even have the name of the group that is asked for."""
    assert not run(name="app01-nightly", state="absent")["changed"]
    emulator.change("volume_group", create={"name": "twin"})
    emulator.change("volume_group", name="app01-nightly", set={"name": "TWIN"})
    result = run(name="twin", description="mine")
    assert result["resource"]["type"] == "Primary" and result["resource"]["description"] == "mine"
    assert run(name="twin", state="absent")["changed"]
    assert not run(name="twin", state="absent")["changed"]


def test_snapshot_set_by_id_is_refused(run: Runner, emulator: Emulator) -> None:
    snapshot = emulator.change("volume_group", name="app01-nightly", set={"description": "kept"})
    snapshot_id = snapshot.get("id") or snapshot["object"]["id"]
    result = run(id=snapshot_id, state="absent")
    assert result["failed"] and "is not a volume group but of type Snapshot" in result["msg"]
    assert written(emulator) == []


@pytest.mark.parametrize(
    "connection, kind, words",
    [
        ({"password": "wrong"}, "login", ["does not accept user admin", "tried once"]),
        ({"username": "nobody"}, "login", ["does not accept user nobody"]),
        ({"port": 1}, "connection", ["Connection refused", "Check host and port"]),
        ({"host": "array.invalid"}, "connection", ["array.invalid"]),
        ({"proxy": "http://127.0.0.1:1"}, "connection", ["proxy"]),
    ],
)
def test_connection(run: Runner, emulator: Emulator, connection: dict[str, t.Any], kind: str, words: list[str]) -> None:
    result = run(name="new", **connection)
    assert result["failed"] and result["error"]["kind"] == kind
    for word in words:
        assert word in result["msg"], result["msg"]
    assert "wrong" not in str(result)
    assert len(emulator.requests()["requests"]) <= 1


def test_ca_that_did_not_sign(run: Runner, emulator: Emulator, tmp_path: Path) -> None:
    other = tmp_path / "other.pem"
    trustme.CA().cert_pem.write_to_path(str(other))
    result = run(name="new", ca_path=str(other))
    assert result["error"]["kind"] == "tls" and "ca_path" in result["msg"] and "not trusted" in result["msg"]
    assert emulator.requests()["requests"] == []
    assert run(name="new", ca_path=str(other), validate_certs=False)["changed"]


def test_certificate_for_another_name() -> None:
    with Emulator(speed=20, address="127.0.0.2") as emulator:
        result = Runner(emulator)(name="new")
        assert result["error"]["kind"] == "tls", result
        assert "not made out to 127.0.0.2" in result["msg"]
        assert emulator.requests()["requests"] == []


def test_a_page_where_the_array_should_be(run: Runner, emulator: Emulator) -> None:
    page = "<html><head><title>Welcome to the proxy</title></head></html>"
    emulator.fault("status", "GET", "volume_group", status=200, body=page, content_type="text/html", times=9)
    result = run(name="new")
    assert result["error"]["kind"] == "reply" and "Welcome to the proxy" in result["msg"] and "proxy" in result["msg"]


def test_reader_may_not_write(run: Runner, emulator: Emulator) -> None:
    result = run(name="new", username="operator")
    assert result["error"]["status"] == 403 and "role of user operator" in result["msg"]
    assert written(emulator) == []
    assert not emulator.sessions()["open"]
