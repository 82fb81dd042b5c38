# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Over the wire: absolute targets, large downloads, forms, faults, the journal."""

from __future__ import annotations

import http.client
import json
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from jobwise_emulator.process import Emulator

LOGIN = {"userName": "admin", "password": "Password123!"}
SIZE = 3_000_000


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("oneview") / "journal.jsonl"


@pytest.fixture(scope="module")
def emulator(journal: Path) -> Iterator[Emulator]:
    seed = {"settings": {"backup_bytes": SIZE}, "ethernet-networks": [{"name": "seeded", "vlanId": 9}]}
    with Emulator("oneview", speed=20, journal=journal, seed=seed) as one:
        yield one


@pytest.fixture
def client(emulator: Emulator) -> Iterator[requests.Session]:
    emulator.reset()
    with requests.Session() as session:
        session.trust_env = False
        session.verify = emulator.ca_path
        session.headers["X-API-Version"] = "8600"
        reply = session.post(f"{emulator.url}/rest/login-sessions", json=LOGIN, timeout=10)
        session.headers["auth"] = reply.json()["sessionID"]
        yield session


def test_seed_and_absolute_target(emulator: Emulator, client: requests.Session) -> None:
    context = ssl.create_default_context(cafile=emulator.ca_path)
    connection = http.client.HTTPSConnection(emulator.host, emulator.port, context=context)
    headers = {name: str(value) for name, value in client.headers.items()}
    connection.request("GET", f"{emulator.url}/rest/ethernet-networks?count=1", headers=headers)
    assert [one["name"] for one in json.loads(connection.getresponse().read())["members"]] == ["seeded"]
    connection.close()


def test_large_download_whole_and_cut(emulator: Emulator, client: requests.Session) -> None:
    backup = client.get(f"{emulator.url}/rest/backups", timeout=10).json()["members"][0]
    url = emulator.url + backup["downloadUri"]
    assert len(client.get(url, timeout=10).content) == SIZE
    emulator.fault("truncate", "GET", "backups/archive/*")
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        client.get(url, timeout=10)


def test_upload_replaces_the_backup(emulator: Emulator, client: requests.Session) -> None:
    form = {"file": ("old.bkp", b"\r\n--content--\r\n")}
    reply = client.post(f"{emulator.url}/rest/backups/archive", files=form, timeout=10)
    assert (reply.json()["backupType"], reply.json()["downloadUri"]) == ("UPLOADED", None)
    assert client.get(f"{emulator.url}/rest/backups", timeout=10).json()["total"] == 1


def test_faults_and_the_clock(emulator: Emulator, client: requests.Session) -> None:
    url = f"{emulator.url}/rest/ethernet-networks"
    emulator.fault("lost_reply", "POST", "ethernet-networks", job={"fault": "job_fail", "state": "Killed"})
    with pytest.raises(requests.exceptions.ConnectionError):
        client.post(url, json={"name": "x", "vlanId": 5}, timeout=10)
    emulator.advance(86_000)
    reply = client.get(f"{emulator.url}/rest/tasks", timeout=10)
    assert [one["taskState"] for one in reply.json()["members"]] == ["Killed"]
    emulator.fault("forbid", "GET", "ethernet-networks")
    assert client.get(url, timeout=10).status_code == 403
    emulator.fault("expire_session", "GET", "ethernet-networks")
    assert [client.get(url, timeout=10).status_code for dummy in range(2)] == [401, 401]
    assert emulator.sessions()["open"] == []


def test_journal_keeps_no_secret(emulator: Emulator, client: requests.Session, journal: Path) -> None:
    body = {"destination": "192.0.2.1", "communityString": "hidden-one"}
    client.post(f"{emulator.url}/rest/appliance/trap-destinations/1", json=body, timeout=10)
    client.put(f"{emulator.url}/rest/users", json={"userName": "operator", "password": "hidden-Two2"}, timeout=10)
    text = "\n".join(json.dumps(json.loads(line)["request"]) for line in journal.read_text().splitlines())
    assert "********" in text
    for secret in ("hidden-one", "hidden-Two2", LOGIN["password"]):
        assert secret not in text
    assert str(client.headers["auth"]) not in journal.read_text()
