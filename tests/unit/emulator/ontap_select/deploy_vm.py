# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Deploy VM in this process: the platform without HTTP, on a clock that moves only when told to."""

from __future__ import annotations

import asyncio
import base64
import json
from typing import Any
from urllib.parse import quote

from jobwise_emulator.clock import ManualClock
from jobwise_emulator.exchange import Json, Reply, Request
from jobwise_emulator.ontap_select.platform import Select
from jobwise_emulator.platforms import Options

PASSWORD = "Password123!"
VCENTER = "vcenter01.example.com"
CREDENTIAL = {
    "hostname": VCENTER,
    "type": "vcenter",
    "username": "administrator@vsphere.local",
    "password": PASSWORD,
}
TIB = 1024**4


def basic(user: str = "admin", password: str = PASSWORD) -> dict[str, str]:
    """A Basic authorization header."""
    return {"authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


class DeployVM:
    """A client of an emulated Deploy VM."""

    def __init__(self, **options: Any) -> None:
        self.clock = ManualClock()
        self.platform = Select(Options(self.clock, **options))

    def send(
        self, method: str, path: str, body: object = None, headers: Json | None = None, fault: Json | None = None
    ) -> Reply:
        """One exchange; the path is everything behind the host. No body is none, not ``null``."""
        place, dummy, query = path.partition("?")
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        usual = {**basic(), "content-type": "application/json", "host": "deploy.example.com"}
        request = Request(method, place, quote(query, safe="=&*<>!|,:.%"), headers or usual, data, 1, fault)
        return asyncio.run(self.platform.answer(request))

    def call(self, method: str, path: str, body: object = None, fault: Json | None = None) -> Reply:
        """One exchange below ``/api/v3/``."""
        return self.send(method, f"/api/v3/{path}", body, fault=fault)

    def records(self, path: str) -> list[Json]:
        """The records of a collection."""
        reply = self.call("GET", path)
        assert reply.status == 200, reply
        found: list[Json] = reply.body["records"]
        assert reply.body["num_records"] == len(found)
        return found

    def record(self, path: str) -> Json:
        """One object."""
        reply = self.call("GET", path)
        assert reply.status == 200, reply
        found: Json = reply.body["record"]
        return found

    def do(self, method: str, path: str, body: object = None) -> Reply:
        """A write that succeeds at once: its body is JSON and says nothing."""
        reply = self.call(method, path, body)
        assert (reply.status, reply.payload()) in ((200, b"null"), (201, b"null")), reply
        return reply

    def run(self, method: str, path: str, body: object = None, fault: Json | None = None) -> Json:
        """A write that is a job: the job at its end."""
        reply = self.call(method, path, body, fault)
        assert reply.status == 202, reply
        self.clock.advance(60)
        return self.record(f"jobs/{reply.body['job']['id']}?fields=*")

    def refused(self, method: str, path: str, body: object = None) -> tuple[int, str]:
        """Status and message of a request that is refused."""
        reply = self.call(method, path, body)
        assert reply.status >= 400, reply
        assert "request-id" not in reply.headers
        return reply.status, reply.body["error"]["message"]

    def made(self, path: str, body: object) -> str:
        """The id of an object that a POST makes, with its job over."""
        reply = self.call("POST", path, body)
        assert reply.status in (201, 202), reply
        self.clock.advance(60)
        return reply.headers["Location"].rsplit("/", 1)[1]

    def hosts(self, count: int = 1) -> list[str]:
        """So many ESX hosts with the vCenter's credential: their ids."""
        self.made("security/credentials", CREDENTIAL)
        orders = [esx(number) for number in range(1, count + 1)]
        return [self.made("hosts", {"hosts": [order]}) for order in orders]

    def cluster(self, count: int = 1, name: str = "c1") -> tuple[str, list[str]]:
        """A cluster that is ready to be deployed: its id and those of its nodes."""
        hosts = self.hosts(count)
        key = self.made(f"clusters?node_count={count}", {"name": name})
        self.do("PATCH", f"clusters/{key}", {"ip": "192.0.2.10", "netmask": "255.255.255.0", "gateway": "192.0.2.1"})
        nodes = [node["id"] for node in self.records(f"clusters/{key}/nodes?fields=id&order_by=name asc")]
        for number, (node, host) in enumerate(zip(nodes, hosts, strict=True), 11):
            place = f"clusters/{key}/nodes/{node}"
            self.do("PATCH", place, {"host": {"id": host}, "ip": f"192.0.2.{number}"})
            for network in self.records(f"{place}/networks"):
                self.do("PATCH", f"{place}/networks/{network['id']}", {"name": "VM Network"})
            self.do("POST", f"{place}/storage/pools", {"pool_array": [{"name": "datastore1", "capacity": TIB}]})
        return key, nodes

    def deployed(self, count: int = 1) -> tuple[str, list[str]]:
        """A cluster that runs."""
        key, nodes = self.cluster(count)
        assert self.run("POST", f"clusters/{key}/deploy", credential())["state"] == "success"
        return key, nodes


def esx(number: int) -> Json:
    """An order for a managed host."""
    return {"name": f"esx{number:02}.example.com", "hypervisor_type": "ESX", "management_server": VCENTER}


def credential() -> Json:
    """The body of a deployment."""
    return {"ontap_credential": {"password": PASSWORD}}
