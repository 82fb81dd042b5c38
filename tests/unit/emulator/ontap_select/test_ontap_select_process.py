# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Over the wire: held requests, forms, files, faults by either prefix, the journal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import requests

from jobwise_emulator.process import Emulator
from tests.unit.emulator.ontap_select.deploy_vm import CREDENTIAL, PASSWORD, credential

SECONDS = 2.0


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the exchanges are written down."""
    return tmp_path_factory.mktemp("select") / "journal.jsonl"


@pytest.fixture(scope="module")
def emulator(journal: Path) -> Iterator[Emulator]:
    """A Deploy VM as a process; its deployments take two seconds."""
    node = {
        "host": "esx01.example.com",
        "ip": "192.0.2.11",
        "networks": {"mgmt": "VM Network", "data": "VM Network"},
        "pools": [{"name": "datastore1", "capacity": 1024**4}],
    }
    cluster = {"name": "c1", "ip": "192.0.2.10", "netmask": "255.255.255.0", "gateway": "192.0.2.1", "nodes": [node]}
    host = {"name": "esx01.example.com", "hypervisor_type": "ESX", "management_server": "vcenter01.example.com"}
    seed = {"host": [host], "cluster": [cluster], "settings": {"seconds": {"deploy": SECONDS}}}
    with Emulator("ontap_select", seed=seed, journal=journal) as running:
        yield running


@pytest.fixture
def http(emulator: Emulator) -> Iterator[requests.Session]:
    """A client of the emulator at its seed; wrong credentials are not its business."""
    emulator.reset()
    session = requests.Session()
    session.trust_env, session.verify, session.auth = False, emulator.ca_path, ("admin", PASSWORD)
    with session:
        yield session


def test_others_are_served_while_a_poll_is_held(emulator: Emulator, http: requests.Session) -> None:
    api = f"{emulator.url}/api/v3"
    cluster = http.get(f"{api}/clusters?name=c1").json()["records"][0]["id"]
    emulator.fault("job_hang", "POST", "clusters/*/deploy")
    job = http.post(f"{api}/clusters/{cluster}/deploy", json=credential()).json()["job"]
    since = http.get(f"{api}/jobs/{job['id']}?fields=state").json()["record"]
    with ThreadPoolExecutor(1) as pool:
        while since["state"] != "running":
            since = http.get(f"{api}/jobs/{job['id']}?fields=state").json()["record"]
        url = f"{api}/jobs/{job['id']}?fields=state&poll_timeout=120&last_modified=>={since['last_modified']}"
        held = pool.submit(http.get, url)
        quick = requests.get(f"{api}/jobs", auth=http.auth, verify=emulator.ca_path, timeout=60)
        assert quick.status_code == 200 and not held.done()
        emulator.clear_faults()
        assert held.result().json()["record"]["state"] == "success"


def test_a_form_and_a_file(emulator: Emulator, http: requests.Session, journal: Path) -> None:
    files = {"license_file": ("a.NLF", json.dumps({"statusResp": {"serialNumber": "320000050"}}))}
    form: dict[str, Any] = {"ontap_username": "admin", "ontap_password": PASSWORD}
    reply = http.post(f"{emulator.url}/api/licensing/licenses", files=files, data=form)
    assert (reply.status_code, reply.text) == (201, "null")
    recorded = emulator.requests()["requests"][-1]["request"]
    assert recorded["ontap_password"] == "********"
    assert recorded["license_file"]["filename"] == "a.NLF"
    made = http.post(f"{emulator.url}/api/backups", json={"password": PASSWORD})
    emulator.advance(5)
    url = http.get(f"{made.headers['Location']}?fields=download_url").json()["record"]["download_url"]
    assert len(http.get(url).content) == 65536
    assert PASSWORD not in journal.read_text(encoding="utf-8")


@pytest.mark.parametrize("prefix", ["api", "api/v3", "api/v3/"])
def test_faults_hit_by_either_prefix(emulator: Emulator, http: requests.Session, prefix: str) -> None:
    emulator.fault("lost_reply", "POST", "security/credentials", job={"fault": "job_fail"})
    with pytest.raises(requests.ConnectionError):
        http.post(f"{emulator.url}/{prefix}/security/credentials", json=CREDENTIAL)
    reply = http.post(f"{emulator.url}/{prefix}/security/credentials", json=CREDENTIAL)
    assert reply.status_code == 409
    emulator.advance(5)
    assert emulator.requests()["jobs"] == {"started": 1, "completed": 0, "failed": 1, "foreign": 0}
