# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Authentication, prefixes, envelopes, bodies, and the query language."""

from __future__ import annotations

import pytest

from tests.unit.emulator.ontap_select.deploy_vm import CREDENTIAL, DeployVM, basic


@pytest.mark.parametrize("headers", [{}, basic(password="wrong"), {"authorization": "Basic ???"}])
def test_without_the_right_credentials_there_is_a_challenge(vm: DeployVM, headers: dict[str, str]) -> None:
    reply = vm.send("GET", "/api/v3/hosts", headers={"accept": "*/*", **headers})
    assert reply.status == 401
    assert reply.headers["WWW-Authenticate"].startswith("Basic ")
    assert set(reply.body["error"]) == {"code", "message"}


@pytest.mark.parametrize("prefix", ["/api/", "/api/v3/", "/api/v3//", "//api//v3/"])
def test_prefixes_and_doubled_slashes(vm: DeployVM, prefix: str) -> None:
    assert vm.send("GET", f"{prefix}hosts").body == {"num_records": 0, "records": []}


@pytest.mark.parametrize(("prefix", "way"), [("/api/", "/api/"), ("/api/v3/", "/api/v3/")])
def test_location_is_absolute_and_ends_in_the_id(vm: DeployVM, prefix: str, way: str) -> None:
    reply = vm.send("POST", f"{prefix}clusters?node_count=1", {"name": "c1"})
    assert reply.status == 201
    assert reply.payload() == b"null"
    key = vm.records("clusters")[0]["id"]
    assert reply.headers["Location"] == f"https://deploy.example.com{way}clusters/{key}"


def test_a_null_body_is_no_body(vm: DeployVM) -> None:
    assert vm.send("GET", "/api/v3/images", b"null").status == 200
    key = vm.made("clusters?node_count=1", {"name": "c1"})
    assert vm.send("DELETE", f"/api/v3/clusters/{key}", b"null").payload() == b"null"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "nothing", 404),
        ("GET", "clusters/nothing", 404),
        ("PUT", "clusters", 405),
        ("DELETE", "images/9.15.1", 405),
        ("PATCH", "security/credentials/x", 501),
        ("DELETE", "licensing/licenses/320000001", 501),
    ],
)
def test_what_there_is_not(vm: DeployVM, method: str, path: str, status: int) -> None:
    assert vm.refused(method, path)[0] == status


@pytest.mark.parametrize(
    "body", [b"{", b"null", {"name": 1}, {"name": "c1", "colour": "red"}, {"name": ""}, {"name": "c1", "ip": "x"}]
)
def test_a_body_that_is_wrong(vm: DeployVM, body: object) -> None:
    assert vm.refused("POST", "clusters?node_count=1", body)[0] == 400


def test_events_are_found_by_request_id(vm: DeployVM) -> None:
    reply = vm.call("POST", "security/credentials", CREDENTIAL)
    vm.clock.advance(5)
    found = vm.records(f"events?fields=description,status&request_id={reply.headers['request-id']}")
    assert [event["status"] for event in found] == ["information", "information"]
    assert found[1]["description"].endswith("vcenter01.example.com: done")


def test_fields_come_besides_what_identifies_an_object(vm: DeployVM) -> None:
    key = vm.cluster(2)[0]
    assert [set(entry) for entry in vm.records("hosts")] == [{"id", "name"}] * 2
    host = vm.records("hosts?fields=management_server&max_records=1")[0]
    assert set(host) == {"id", "name", "management_server"}
    assert vm.records("clusters?fields=state") == [{"id": key, "name": "c1", "state": None}]
    cheap, whole = vm.records("clusters?fields=*")[0], vm.records("clusters?fields=**")[0]
    assert cheap["is_deployed"] is False
    assert set(whole) - set(cheap) == {"nodes"}
    found = vm.record(f"clusters/{key}?fields=nodes.ip")
    assert found == {"id": key, "name": "c1", "nodes": [{"ip": "192.0.2.11"}, {"ip": "192.0.2.12"}]}


@pytest.mark.parametrize("query", ["fields=*", "fields=download_url", "fields=**"])
def test_writes_take_fields_as_well(vm: DeployVM, query: str) -> None:
    key = vm.made(f"backups?{query}", {"password": "Password456!"})
    assert vm.record(f"backups/{key}?fields=download_url")["download_url"]
    cluster = vm.made("clusters?node_count=1&fields=name", {"name": "c1"})
    vm.do("PATCH", f"clusters/{cluster}?fields=name", {"name": "c2"})
    assert vm.refused("POST", f"backups?{query}&colour=red", {"password": "Password456!"})[0] == 400
    assert vm.refused("DELETE", f"clusters/{cluster}?{query}")[0] == 400


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("name=esx01.example.com", "1"),
        ("name=esx0*", "123"),
        ("name=!esx01.example.com", "23"),
        ("name=esx01.example.com|esx03*", "13"),
        ("name=>esx01.example.com", "23"),
        ("name=<=esx02.example.com", "12"),
        ("management_server=null", ""),
        ("management_server=!null&name=*02*", "2"),
        ("order_by=name desc", "321"),
        ("order_by=hypervisor_type desc, name asc", "123"),
        ("order_by=name desc&max_records=2", "32"),
        ("invalidate_cache=true", "123"),
    ],
)
def test_filters_and_order(vm: DeployVM, query: str, expected: str) -> None:
    vm.hosts(3)
    assert "".join(host["name"][4] for host in vm.records(f"hosts?{query}")) == expected


def test_filters_reach_through_lists(vm: DeployVM) -> None:
    key, nodes = vm.cluster(2)
    vm.do("PATCH", f"clusters/{key}/nodes/{nodes[1]}", {"license": {"id": "320000001"}})
    assert len(vm.records("clusters?nodes.serial_number=320000001")) == 1
    assert vm.records("clusters?nodes.serial_number=320000002") == []


@pytest.mark.parametrize(
    "query", ["colour=red", "fields=colour", "order_by=colour", "order_by=name up", "max_records=0", "start=1"]
)
def test_names_that_are_not_known_are_refused(vm: DeployVM, query: str) -> None:
    assert vm.refused("GET", f"hosts?{query}")[0] == 400
