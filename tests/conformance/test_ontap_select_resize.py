# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The requests of the vendor's sample for larger nodes, one by one, as a client of few lines sends them.

The sample finds a cluster by its address, reads it by id with ``fields=nodes``, takes the ids of cluster and nodes from
that, sends the PATCH, and polls the job with ``fields=state,message``. It takes every attribute for granted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from jobwise_emulator.process import Emulator

ADDRESS, PASSWORD = "192.0.2.10", "Password123!"


def node(number: int) -> dict[str, Any]:
    return {
        "host": f"esx0{number}.example.com",
        "ip": f"192.0.2.1{number}",
        "instance_type": "small",
        "networks": {"mgmt": "VM Network", "data": "ONTAP-Data", "internal": "ONTAP-Internal"},
        "pools": [{"name": "datastore1", "capacity": 1024**4}],
    }


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    names = [f"esx0{number}.example.com" for number in range(1, 5)]
    hosts = [{"name": one, "hypervisor_type": "ESX", "management_server": "vcenter01.example.com"} for one in names]
    place = {"ip": ADDRESS, "netmask": "255.255.255.0", "gateway": "192.0.2.1"}
    running = {"is_deployed": True, "state": "powered_on", "password": PASSWORD}
    cluster = {"name": "c1", **place, **running, "nodes": [node(number) for number in range(1, 5)]}
    with Emulator("ontap_select", speed=50, seed={"host": hosts, "cluster": [cluster]}) as started:
        yield started


class Client:
    """Sends the sample's requests."""

    def __init__(self, emulator: Emulator) -> None:
        self.base = f"{emulator.url}/api"
        self.http = requests.Session()
        self.http.trust_env, self.http.verify = False, emulator.ca_path
        self.http.auth = ("admin", PASSWORD)

    def get(self, path: str) -> Any:
        response = self.http.get(self.base + path)
        response.raise_for_status()
        return response.json()

    def cluster(self) -> Any:
        """The cluster by its address, then by its id, with its nodes."""
        found = self.get(f"/clusters?ip={ADDRESS}")
        assert found["num_records"] == 1
        return self.get(f"/clusters/{found['records'][0]['id']}?fields=nodes")["record"]

    def resize(self, size: str, *names: str) -> str:
        """Resize nodes, all if none is named; the state in which the job ended."""
        cluster = self.cluster()
        nodes = [one for one in cluster["nodes"] if not names or one["name"] in names]
        order = {"admin_password": PASSWORD, "nodes": [{"id": one["id"], "instance_type": size} for one in nodes]}
        response = self.http.patch(f"{self.base}/clusters/{cluster['id']}", json=order)
        response.raise_for_status()
        job = response.json()["job"]
        query, since = "fields=state,message&poll_timeout=60", job["last_modified"]
        while True:
            record = self.get(f"/jobs/{job['id']}?{query}&last_modified=>={since}")["record"]
            since = record["last_modified"]
            if record["state"] in ("success", "failure"):
                return f"{record['state']} {record['id'] == job['id']}"


@pytest.fixture
def client(emulator: Emulator) -> Iterator[Client]:
    emulator.reset()
    one = Client(emulator)
    with one.http:
        yield one


def sizes(client: Client) -> list[str]:
    return [one["instance_type"] for one in client.cluster()["nodes"]]


def test_all_nodes_then_two_then_none(client: Client) -> None:
    assert client.resize("medium") == "success True"
    assert client.resize("large", "c1-01", "c1-02") == "success True"
    assert sizes(client) == ["large", "large", "medium", "medium"]
    with pytest.raises(requests.HTTPError, match="400"):
        client.resize("small")


def test_the_collection_names_what_it_lists(client: Client) -> None:
    rows = client.get("/clusters?fields=state")["records"]
    assert [(one["name"], one["state"], one["id"] == client.cluster()["id"]) for one in rows] == [
        ("c1", "powered_on", True)
    ]
