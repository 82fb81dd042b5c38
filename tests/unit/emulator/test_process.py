# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program: TLS, connections, the record, the control interface, the command line, start and stop."""

from __future__ import annotations

import json
import shutil
import signal
import ssl
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests

from jobwise_emulator import command
from jobwise_emulator.process import Emulator, EmulatorError
from tests.run.collection import ROOT
from tests.unit.emulator.powerstore.client import Client


def test_requests_are_recorded_with_their_connection_and_session(running: Emulator) -> None:
    first = Client(running)
    first.call("GET", "volume", select="id,name")
    first.call("PATCH", "local_user/2", {"password": "Secret123!", "current_password": "Geheim123!"})
    first.close()
    second = Client(running)
    report = running.requests()
    assert report["connections"] == 2
    methods = [(entry["method"], entry["path"], entry["status"]) for entry in report["requests"]]
    assert methods == [
        ("GET", "/api/rest/login_session", 200),
        ("GET", "/api/rest/volume", 200),
        ("PATCH", "/api/rest/local_user/2", 204),
        ("POST", "/api/rest/logout", 204),
        ("GET", "/api/rest/login_session", 200),
    ]
    numbers = [entry["connection"] for entry in report["requests"]]
    assert len(set(numbers[:4])) == 1
    assert numbers[4] not in numbers[:4]
    assert len({entry["session"] for entry in report["requests"]}) == 2
    assert report["requests"][1]["query"] == {"select": "id,name"}
    assert report["requests"][2]["request"] == {"password": "********", "current_password": "********"}
    sessions = running.sessions()
    assert (sessions["logins"], sessions["logouts"], sessions["failed_logins"]) == (2, 1, 0)
    assert [(entry["user"], entry["requests"]) for entry in sessions["open"]] == [("admin", 1)]
    second.close()


@pytest.mark.parametrize("path", ["volume/a%0Ab", "%0A", "volume/%0D%00%7F"])
def test_the_appliance_answers_every_path(running: Emulator, path: str) -> None:
    client = Client(running)
    reply = client.call("GET", path)
    client.close()
    assert (reply.status_code, reply.headers["Content-Type"]) == (404, "application/json")


def test_reset_goes_back_to_the_seed(running: Emulator) -> None:
    client = Client(running)
    client.call("DELETE", "volume_group/name:app01")
    running.fault("forbid")
    running.reset()
    assert running.requests()["requests"] == []
    assert running.sessions()["open"] == []
    assert running.faults() == {"armed": [], "fired": []}
    assert Client(running).call("GET", "volume_group/name:app01").status_code == 200


def test_somebody_elses_changes(running: Emulator) -> None:
    client = Client(running)
    running.change("volume_group", name="app01", set={"description": "theirs", "volume_ids": ["name:web01"]})
    found = client.call("GET", "volume_group/name:app01", select="description,volumes(name)").json()
    assert found == {"description": "theirs", "volumes": [{"name": "web01"}]}
    running.change("volume_group", name="app01", set={"protection_data": {"copy_signature": "x"}})
    data = client.call("GET", "volume_group/name:app01", select="protection_data").json()["protection_data"]
    assert (data["copy_signature"], data["creator_type"]) == ("x", "User")
    key = running.change("volume_group", create={"name": "theirs", "protection_policy_id": "name:gold"})["id"]
    found = client.call("GET", f"volume_group/{key}", select="type,protection_policy(name)").json()
    assert found == {"type": "Primary", "protection_policy": {"name": "gold"}}
    running.change("volume_group", id=key, delete=True)
    assert client.call("GET", f"volume_group/{key}").status_code == 404
    for order in ({"name": "nope", "set": {}}, {"name": "app01"}, {"name": "app01", "set": {"colour": "red"}}):
        with pytest.raises(EmulatorError):
            running.change("volume_group", **order)
    job = running.job("volume_group", "modify", resource_name="app01", seconds=0.1, request={"description": "job"})
    time.sleep(0.2)
    assert client.call("GET", f"job/{job}", select="phase").json()["phase"] == "Completed"
    running.advance(3601)
    assert client.call("GET", "volume").status_code == 401


def test_certificate_is_verified_and_names_only_this_machine(running: Emulator) -> None:
    with pytest.raises(requests.exceptions.SSLError):
        Client(running).http.get(running.url, verify=True, timeout=5)
    text = Path(running.ca_path).read_text(encoding="ascii")
    assert "PRIVATE" not in text
    with Emulator(address="127.0.0.2") as elsewhere:
        assert elsewhere.sessions()["open"] == []
        with pytest.raises(requests.exceptions.SSLError, match=r"doesn't match|not valid for"):
            Client(elsewhere)
    context = ssl.create_default_context(cafile=running.ca_path)
    assert context.cert_store_stats()["x509_ca"] == 1


def test_seed_file(tmp_path: Path) -> None:
    seed = tmp_path / "seed.json"
    seed.write_text(
        json.dumps(
            {
                "volume": [{"name": "v1", "id": "V1"}, {"name": "v2", "size": 2**30}],
                "volume_group": [{"name": "same", "volume_ids": ["name:v1"]}, {"name": "SAME", "type": "Snapshot"}],
                "policy": [{"name": "mine", "snapshot_rule_ids": ["name:hourly"]}],
                "users": [{"name": "reader", "password": "Password123!", "role": "Operator"}],
            }
        ),
        encoding="utf-8",
    )
    journal = tmp_path / "journal.jsonl"
    with Emulator(seed=seed, journal=journal, arguments=("--volumes", "3", "--groups", "2")) as emulator:
        client = Client(emulator, "reader")
        names = [entry["name"] for entry in client.call("GET", "volume", select="name", order="name").json()]
        assert names == ["bulk0001", "bulk0002", "bulk0003", "v1", "v2"]
        group = client.call("GET", "volume_group/name:bulk0001", select="volumes(name)").json()
        assert [volume["name"] for volume in group["volumes"]] == ["bulk0001", "bulk0002"]
        assert client.call("GET", "volume/V1", select="volume_groups(name)").json()["volume_groups"] == [
            {"name": "same"}
        ]
        policies = client.call("GET", "policy", select="name", type="eq.Protection").json()
        assert policies == [{"name": "mine"}]
        emulator.reset()
    lines = [json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()]
    assert len(lines) == 5, "a reset keeps the journal"
    assert {"method", "path", "query", "request", "status", "response", "time", "connection", "session", "user"} == set(
        lines[0]
    )


@pytest.mark.parametrize(
    ("seed", "text"),
    [
        ({"volume": [{"nme": "v1"}]}, "no attribute 'nme'"),
        ({"volumes": []}, None),
        ({"volumes": [{}]}, "unknown resource type 'volumes'"),
        ({"volume_group": [{"name": "g", "volume_ids": ["name:nope"]}]}, "name:nope"),
        ({"users": [{"name": "x", "role": "King"}]}, "King"),
        ([], "must be a JSON object"),
    ],
)
def test_wrong_seed_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], seed: object, text: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "seed.json"
    path.write_text(json.dumps(seed), encoding="utf-8")
    monkeypatch.setattr("jobwise_emulator.command.asyncio.run", lambda coroutine: coroutine.close())
    arguments = ["--platform", "powerstore", "--state-dir", str(tmp_path), "--objects", str(path)]
    if text is None:
        assert command.main(arguments) == 0
        return
    with pytest.raises(SystemExit) as raised:
        command.main(arguments)
    assert raised.value.code == 2
    assert text in capsys.readouterr().err


def test_only_loopback_addresses(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        command.main(["--platform", "powerstore", "--state-dir", str(tmp_path), "--address", "0.0.0.0"])
    assert "loopback" in capsys.readouterr().err


def run(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """Start the program by hand and wait until it is ready."""
    command_line = [sys.executable, "-m", "jobwise_emulator", "--platform", "powerstore", "--state-dir", str(folder)]
    process = subprocess.Popen([*command_line, *arguments], cwd=ROOT)
    deadline = time.monotonic() + 20
    while not (folder / "url").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    return process


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    process = run(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ca.pem", "environment", "pid", "url"]
    assert int((tmp_path / "pid").read_text()) == process.pid
    process.send_signal(number)
    assert process.wait(10) == 0
    assert list(tmp_path.iterdir()) == []


def test_it_stops_by_itself(tmp_path: Path) -> None:
    short, orphan, told = (
        run(tmp_path / name, "--lifetime", life) for name, life in (("a", "1"), ("b", "99"), ("c", "99"))
    )
    url, authority = (tmp_path / "c" / "url").read_text().strip(), str(tmp_path / "c" / "ca.pem")
    with requests.Session() as session:
        session.trust_env = False
        assert session.post(f"{url}/_emulator/stop", verify=authority, timeout=5).status_code == 200
    shutil.rmtree(tmp_path / "b")
    assert [process.wait(10) for process in (short, orphan, told)] == [0, 0, 0]
