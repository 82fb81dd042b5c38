# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of the resources: what is refused, and what each of them leads to."""

from __future__ import annotations

import json

import pytest

from jobwise_emulator.exchange import Json, Reply
from tests.unit.emulator.ontap_select.deploy_vm import (
    CREDENTIAL,
    PASSWORD,
    TIB,
    VCENTER,
    DeployVM,
    basic,
    credential,
    esx,
)

KVM = {"name": "kvm01.example.com", "hypervisor_type": "KVM"}


def form(vm: DeployVM, method: str, path: str, serial: object, **fields: str) -> Reply:
    """Send a licence file."""
    content = json.dumps({"statusResp": {"serialNumber": serial}})
    parts = [('license_file"; filename="a.NLF', content), *fields.items()]
    text = "".join(f'--B\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in parts)
    headers = {**basic(), "host": "deploy.example.com", "content-type": "multipart/form-data; boundary=B"}
    return vm.send(method, f"/api/v3/{path}", f"{text}--B--\r\n".encode(), headers)


def test_credentials_are_told_apart_by_host_name(vm: DeployVM) -> None:
    key = vm.made("security/credentials", CREDENTIAL)
    vm.made("security/credentials", {**CREDENTIAL, "hostname": "vcenter02.example.com"})
    assert len(vm.records(f"security/credentials?username={CREDENTIAL['username']}")) == 2
    assert vm.refused("POST", "security/credentials", CREDENTIAL)[0] == 409
    assert "password" not in str(vm.record(f"security/credentials/{key}?fields=**"))


def test_a_host_is_listed_at_once_and_stays_if_it_authenticates(vm: DeployVM) -> None:
    vm.made("security/credentials", CREDENTIAL)
    key = vm.call("POST", "hosts", {"hosts": [esx(1)]}).headers["Location"].rsplit("/", 1)[1]
    assert vm.records("hosts?name=esx01.example.com")[0]["id"] == key
    assert vm.records(f"hosts/{key}/networks") == []
    assert vm.refused("POST", "hosts", {"hosts": [esx(1)]})[0] == 400
    vm.clock.advance(5)
    assert {"name": "ONTAP-Data"} in vm.records(f"hosts/{key}/networks")
    assert vm.record(f"hosts/{key}/networks/VM%20Network") == {"name": "VM Network"}
    pool = vm.records(f"hosts/{key}/storage/pools?name=datastore1&fields=available_capacity")[0]
    assert (pool["name"], pool["available_capacity"]) == ("datastore1", 8 * TIB)
    assert len(vm.records(f"hosts/{key}/storage/disks?device_type=SSD")) == 8


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        ({**esx(1), "name": "esx99.example.com"}, "does not answer"),
        ({**esx(5)}, "does not know host"),
        ({**KVM, "credential": {"username": "root", "password": "wrong"}}, "password is wrong"),
        ({**KVM, "hypervisor_type": "ESX", "credential": {"username": "root", "password": PASSWORD}}, "answer as ESX"),
    ],
)
def test_a_host_that_does_not_authenticate_is_not_added(vm: DeployVM, order: Json, reason: str) -> None:
    vm.made("security/credentials", CREDENTIAL)
    job = vm.run("POST", "hosts", {"hosts": [order]})
    assert (job["state"], reason in job["message"]) == ("failure", True)
    assert vm.records("hosts") == []


@pytest.mark.parametrize(
    "order", [{"name": "x"}, esx(1), KVM, {**KVM, "management_server": VCENTER}, {**KVM, "hypervisor_type": "kvm"}]
)
def test_a_host_that_is_refused_at_once(vm: DeployVM, order: Json) -> None:
    assert vm.refused("POST", "hosts", {"hosts": [order]})[0] == 400


def test_a_host_in_use_stays(vm: DeployVM) -> None:
    key = vm.cluster()[0]
    host = vm.records("hosts")[0]["id"]
    assert "c1-01" in vm.refused("DELETE", f"hosts/{host}")[1]
    vm.do("DELETE", f"clusters/{key}")
    reply = vm.call("DELETE", f"hosts/{host}")
    assert (reply.status, reply.payload()) == (200, b"")
    assert vm.records("hosts") == []


@pytest.mark.parametrize("empty", [{"username": "", "password": ""}, {"username": "", "password": None}, {}])
def test_an_empty_credential_is_none(vm: DeployVM, empty: Json) -> None:
    vm.made("security/credentials", CREDENTIAL)
    assert vm.run("POST", "hosts", {"hosts": [{**esx(1), "credential": empty}]})["state"] == "success"
    assert vm.refused("POST", "hosts", {"hosts": [{**KVM, "credential": empty}]})[0] == 400
    half = {"username": "root", "password": ""}
    assert vm.refused("POST", "hosts", {"hosts": [{**esx(2), "credential": half}]})[0] == 400


@pytest.mark.parametrize(("count", "purposes"), [(1, ["mgmt", "data"]), (2, ["mgmt", "data", "internal"])])
def test_a_cluster_has_nodes_with_networks_in_order(vm: DeployVM, count: int, purposes: list[str]) -> None:
    key = vm.made(f"clusters?node_count={count}", {"name": "c1"})
    nodes = vm.records(f"clusters/{key}/nodes")
    assert [node["name"] for node in nodes] == [f"c1-{number:02}" for number in range(1, count + 1)]
    for node in nodes:
        networks = vm.records(f"clusters/{key}/nodes/{node['id']}/networks?fields=purpose")
        assert [network["purpose"] for network in networks] == purposes


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"name": "other"}, 409),
        ({"ontap_image_version": "9.9.9"}, 400),
        ({"mtu": 1500}, 400),
        ({"ntp_servers": "192.0.2.1"}, 400),
        ({"dns_info": {"dns_ips": ["x"]}}, 400),
        ({"state": "powered_on"}, 400),
        ({"availability": "powered_on"}, 400),
    ],
)
def test_configurations_that_are_refused(vm: DeployVM, body: Json, status: int) -> None:
    vm.made("clusters?node_count=1", {"name": "other"})
    key = vm.made("clusters?node_count=2", {"name": "c1"})
    assert vm.refused("PATCH", f"clusters/{key}", body)[0] == status
    assert vm.record(f"clusters/{key}?fields=mtu,state") == {"id": key, "name": "c1", "mtu": None, "state": None}


@pytest.mark.parametrize(
    "body",
    [
        {"host": {"id": "nothing"}},
        {"instance_type": "huge"},
        {"license": {"id": "320000009"}},
        {"serial_number": "12"},
        {"cpu_reservation_percentage": 101},
        {"passthrough_disks": "yes"},
        {"state": "powered_on"},
    ],
)
def test_nodes_that_are_refused(vm: DeployVM, body: Json) -> None:
    key, nodes = vm.cluster()
    assert vm.refused("PATCH", f"clusters/{key}/nodes/{nodes[0]}", body)[0] == 400


def test_a_licence_is_for_one_node(vm: DeployVM) -> None:
    key, nodes = vm.cluster(2)
    body = {"license": {"id": "320000001"}}
    vm.do("PATCH", f"clusters/{key}/nodes/{nodes[0]}", body)
    assert "c1-01" in vm.refused("PATCH", f"clusters/{key}/nodes/{nodes[1]}", body)[1]
    vm.do("PATCH", f"clusters/{key}/nodes/{nodes[0]}", {"license": None})
    vm.do("PATCH", f"clusters/{key}/nodes/{nodes[1]}", {"serial_number": "320000001"})
    rows = vm.records(f"clusters/{key}/nodes?fields=license,serial_number")
    assert [(row["license"], row["serial_number"]) for row in rows] == [(None, None), (body["license"], "320000001")]


def test_pools_and_disks(vm: DeployVM) -> None:
    key, nodes = vm.cluster()
    place = f"clusters/{key}/nodes/{nodes[0]}"
    pools, disks = f"{place}/storage/pools", f"{place}/storage/disks"
    for pool, status in (
        ({"name": "datastore1", "capacity": TIB}, 409),
        ({"name": "nothing", "capacity": TIB}, 400),
        ({"name": "datastore2", "capacity": 5 * TIB}, 400),
        ({"name": "datastore2", "capacity": "2TB"}, 400),
        ({"name": "datastore2"}, 400),
    ):
        assert vm.refused("POST", pools, {"pool_array": [pool]})[0] == status
    names = [disk["name"] for disk in vm.records(f"hosts/{vm.records('hosts')[0]['id']}/storage/disks")]
    order = {"disks": [{"name": names[0]}, {"name": names[-1]}]}
    assert "passthrough" in vm.refused("POST", disks, order)[1]
    vm.do("PATCH", place, {"passthrough_disks": True})
    assert "labels" in vm.refused("POST", disks, order)[1]
    vm.do("POST", f"{disks}?remove_disk_labels=true", order)
    assert [disk["name"] for disk in vm.records(f"{disks}?fields=name")] == [names[0], names[-1]]
    vm.do("DELETE", f"{pools}/{vm.records(pools)[0]['id']}")
    vm.do("POST", pools, {"pool_array": [{"name": "datastore2"}]})
    assert [(one["name"], one["capacity"]) for one in vm.records(f"{pools}?fields=name,capacity")] == [
        ("datastore2", None)
    ]


def test_nothing_half_configured_is_deployed(vm: DeployVM) -> None:
    key, nodes = vm.cluster(2)
    place = f"clusters/{key}/nodes/{nodes[1]}"
    vm.do("DELETE", f"{place}/storage/pools/{vm.records(f'{place}/storage/pools')[0]['id']}")
    internal = vm.records(f"{place}/networks?purpose=internal")[0]["id"]
    vm.do("PATCH", f"{place}/networks/{internal}", {"name": None})
    assert "no network nothing" in vm.refused("PATCH", f"{place}/networks/{internal}", {"name": "nothing"})[1]
    status, message = vm.refused("POST", f"clusters/{key}/deploy", credential())
    assert status == 400
    assert message.endswith("Node c1-02 has no internal network. Node c1-02 has no storage pool.")
    assert vm.refused("POST", f"clusters/{key}/deploy", {"ontap_credentials": {"password": "x"}})[0] == 400


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"networks": []}, "has no network VM Network"),
        ({"pools": []}, "has no storage pool datastore1"),
    ],
)
def test_what_changed_meanwhile_makes_the_deployment_fail(vm: DeployVM, change: Json, reason: str) -> None:
    key = vm.cluster()[0]
    vm.platform.change({"type": "inventory", "name": "esx01.example.com", "set": change})
    job = vm.run("POST", f"clusters/{key}/deploy", credential())
    assert (job["state"], reason in job["message"]) == ("failure", True)


def test_a_deployed_cluster_is_not_configured_any_more(vm: DeployVM) -> None:
    key, nodes = vm.deployed()
    node = vm.record(f"clusters/{key}/nodes/{nodes[0]}?fields=state,serial_number")
    assert (node["state"], len(node["serial_number"])) == ("powered_on", 20)
    assert vm.record(f"clusters/{key}?fields=ontap_image_version")["ontap_image_version"] == "9.17.1"
    assert vm.refused("PATCH", f"clusters/{key}", {"ip": "192.0.2.99"})[0] == 400
    assert vm.refused("PATCH", f"clusters/{key}/nodes/{nodes[0]}", {"ip": "192.0.2.99"})[0] == 400
    assert vm.refused("POST", f"clusters/{key}/deploy", credential())[0] == 400
    pool = {"pool_array": [{"name": "datastore2", "capacity": TIB}]}
    assert vm.refused("POST", f"clusters/{key}/nodes/{nodes[0]}/storage/pools", pool)[0] == 501


def test_power_and_removal(vm: DeployVM) -> None:
    key, nodes = vm.deployed(2)
    off = {"availability": "powered_off"}
    vm.do("PATCH", f"clusters/{key}", {"availability": "powered_on"})
    assert vm.refused("DELETE", f"clusters/{key}")[0] == 400
    vm.platform.change({"type": "node", "id": nodes[1], "set": {"state": "unknown"}})
    assert vm.run("PATCH", f"clusters/{key}", off)["message"].startswith("Power off cluster c1: Node c1-02 does not")
    assert vm.record(f"clusters/{key}?fields=state")["state"] == "degraded"
    assert vm.run("PATCH", f"clusters/{key}?force=state", off)["state"] == "success"
    assert vm.run("DELETE", f"clusters/{key}")["state"] == "success"
    assert vm.records("clusters") == []


def test_resizing(vm: DeployVM) -> None:
    key, nodes = vm.deployed(2)

    def order(*sizes: str, password: str = PASSWORD) -> Json:
        found = [{"id": node, "instance_type": size} for node, size in zip(nodes, sizes, strict=False)]
        return {"admin_password": password, "nodes": found}

    assert "together" in vm.refused("PATCH", f"clusters/{key}", order("medium"))[1]
    assert "larger" in vm.refused("PATCH", f"clusters/{key}", order("small", "small"))[1]
    job = vm.run("PATCH", f"clusters/{key}", order("medium", "medium", password="wrong"))
    assert (job["state"], "password" in job["message"]) == ("failure", True)
    assert vm.run("PATCH", f"clusters/{key}", order("medium", "medium"))["state"] == "success"
    sizes = [node["instance_type"] for node in vm.records(f"clusters/{key}/nodes?fields=instance_type")]
    assert sizes == ["medium", "medium"]


def test_large_nodes_are_for_esx() -> None:
    seed = {
        "host": [KVM],
        "cluster": [{"name": "k1", "nodes": [{"host": KVM["name"]}], "is_deployed": True}],
    }
    vm = DeployVM(seed=seed)
    key = vm.records("clusters?is_deployed=true&state=powered_on")[0]["id"]
    node = vm.records(f"clusters/{key}/nodes")[0]["id"]
    order = {"admin_password": PASSWORD, "nodes": [{"id": node, "instance_type": "large"}]}
    assert "ESX" in vm.refused("PATCH", f"clusters/{key}", order)[1]


def test_licences_are_files(vm: DeployVM) -> None:
    reply = form(vm, "POST", "licensing/licenses", "320000050")
    assert (reply.status, reply.payload()) == (201, b"null")
    assert reply.headers["Location"].endswith("/licensing/licenses/320000050")
    assert form(vm, "POST", "licensing/licenses", "320000050").status == 409
    assert form(vm, "POST", "licensing/licenses", None).status == 400
    assert vm.refused("POST", "licensing/licenses", {"license_file": "x"})[0] == 400
    assert form(vm, "PUT", "licensing/licenses/320000050", "320000050").payload() == b"null"
    assert form(vm, "PUT", "licensing/licenses/320000050", "320000001").status == 400


def test_a_licence_in_use_is_renewed_with_the_credentials_of_its_cluster(vm: DeployVM) -> None:
    key, nodes = vm.cluster()
    vm.do("PATCH", f"clusters/{key}/nodes/{nodes[0]}", {"license": {"id": "320000001"}})
    vm.run("POST", f"clusters/{key}/deploy", credential())
    place, serial = "licensing/licenses/320000001", "320000001"
    assert form(vm, "PUT", place, serial).status == 400
    assert form(vm, "PUT", place, serial, ontap_username="admin", ontap_password="wrong").status == 400
    assert form(vm, "PUT", place, serial, ontap_username="admin", ontap_password=PASSWORD).status == 200


@pytest.mark.parametrize(
    ("network", "mtu", "state"),
    [("ONTAP-Data", 9000, "success"), ("VM Network", 9000, "failure"), ("nothing", 1500, "failure")],
)
def test_network_checks(vm: DeployVM, network: str, mtu: int, state: str) -> None:
    vm.hosts(2)
    places = [{"host_name": esx(number)["name"], "network_name": network} for number in (1, 2)]
    body = {"mode": "quick", "mtu": mtu, "vswitch_type": "StandardvSwitch", "host_networks": places}
    job = vm.call("POST", "network/connectivitychecks", body).body["job"]["id"]
    assert vm.refused("POST", "network/connectivitychecks", body)[0] == 409
    vm.clock.advance(10)
    assert vm.record(f"jobs/{job}")["state"] == state


def test_backups_are_files_elsewhere(vm: DeployVM) -> None:
    reply = vm.call("POST", "backups", {"password": PASSWORD})
    place = reply.headers["Location"].split("/api/v3/")[1]
    assert vm.record(f"{place}?fields=download_url")["download_url"] is None
    vm.clock.advance(5)
    url = vm.record(f"{place}?fields=download_url")["download_url"]
    path = url.removeprefix("https://deploy.example.com")
    assert vm.send("GET", path, headers={"accept": "*/*"}).status == 401
    found = vm.send("GET", path)
    assert (found.status, len(found.payload()), found.content_type) == (200, 65536, "application/octet-stream")
    vm.do("DELETE", place)
    assert vm.send("GET", path).status == 404
    assert vm.run("POST", "backups", {"password": "x"}, {"fault": "job_fail"})["state"] == "failure"
    assert vm.records("backups") == []


def test_secrets_are_not_recorded(vm: DeployVM) -> None:
    body = {"hosts": [{"name": "x", "credential": {"username": "root", "password": PASSWORD}}], **credential()}
    assert PASSWORD not in str(vm.platform.redact(body))
    assert "root" in str(vm.platform.redact(body))
