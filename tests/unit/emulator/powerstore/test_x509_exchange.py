# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trust between clusters: peers of the seed, and two emulators that really talk to each other."""

from __future__ import annotations

import hashlib
import json
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobwise_emulator.authority import Authority
from jobwise_emulator.exchange import Json
from jobwise_emulator.process import Emulator, EmulatorError
from tests.unit.emulator.powerstore.array import PASSWORD, Array
from tests.unit.emulator.powerstore.client import Client

CA = Authority("Emulated CA PSwest")
PEER: Json = {
    "address": "192.0.2.30",
    "port": 443,
    "username": "admin",
    "password": "Western1!",
    "global_id": "PSwest",
    "ca": CA.pem,
}
ORDER: Json = {
    "service": "Replication_HTTP",
    **{name: PEER[name] for name in ("address", "port", "username", "password")},
}
PATH = "x509_certificate/exchange"


def trusted(entries: list[Json], scope: str) -> list[str]:
    return sorted(one["type"] for one in entries if (one["service"], one["scope"]) == ("Replication_HTTP", scope))


def in_process(**change: object) -> Array:
    return Array(seed={"peers": [{**PEER, **change}]})


def test_a_peer_of_the_seed_is_trusted() -> None:
    array = in_process()
    assert array.call("POST", PATH, ORDER).status == 204
    entries = array.get("x509_certificate", select="*")
    assert trusted(entries, "PSwest") == ["CA_Client_Validation", "CA_Server_Validation"]
    mine = [one for one in entries if one["scope"] == "PSwest"]
    assert all(one["is_current"] and one["is_valid"] for one in mine)
    assert {one["members"][0]["subject"] for one in mine} == {"CN=Emulated CA PSwest,O=Emulated,C=US"}


def test_a_second_exchange_adds_nothing() -> None:
    array = in_process()
    array.do("POST", PATH, ORDER)
    before = array.get("x509_certificate", select="*")
    key = next(one["id"] for one in before if one["scope"] == "PSwest")
    array.platform.change({"type": "x509_certificate", "id": key, "set": {"is_current": False}})
    array.do("POST", PATH, ORDER)
    assert array.get("x509_certificate", select="*") == before


def test_a_ca_is_made_for_a_peer_without_one() -> None:
    array = Array(seed={"peers": [{name: value for name, value in PEER.items() if name != "ca"}]})
    array.do("POST", PATH, {**ORDER, "address": PEER["address"].upper()})
    assert trusted(array.get("x509_certificate", select="*"), "PSwest")


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({"service": "Management_HTTP"}, 422, "cannot be exchanged"),
        ({"service": "VASA_HTTP"}, 422, "cannot be exchanged"),
        ({"service": "Replication"}, 400, "enum"),
        ({"port": 8443}, 422, "cannot be reached"),
        ({"port": -1}, 400, "minimum"),
        ({"port": 65536}, 400, "maximum"),
        ({"port": "443"}, 400, "type"),
        ({"address": "192.0.2.31"}, 422, "cannot be reached"),
        ({"address": ""}, 400, "address"),
        ({"address": "https://192.0.2.30"}, 400, "address"),
        ({"username": ""}, 400, "username"),
        ({"password": ""}, 400, "password"),
        ({"username": "other"}, 422, "refused user other"),
        ({"password": "Eastern1!"}, 422, "refused user admin"),
        ({"scope": "PSwest"}, 400, "scope"),
    ],
)
def test_rules(change: Json, status: int, words: str) -> None:
    array = in_process()
    before = array.get("x509_certificate", select="*")
    found, text = array.refused("POST", PATH, {**ORDER, **change})
    assert (found, words in text) == (status, True), text
    assert PEER["password"] not in text
    assert "Eastern1!" not in text
    assert array.get("x509_certificate", select="*") == before


@pytest.mark.parametrize("missing", ["service", "address", "port", "username", "password"])
def test_needs(missing: str) -> None:
    body = {name: value for name, value in ORDER.items() if name != missing}
    assert in_process().refused("POST", PATH, body)[0] == 400


def test_a_cluster_does_not_trust_itself() -> None:
    status, text = in_process(global_id="PSemulated0001").refused("POST", PATH, ORDER)
    assert (status, "itself" in text) == (422, True)


def test_the_own_certificate_is_needed() -> None:
    array = in_process()
    for one in array.get("x509_certificate", select="id,type"):
        if one["type"] == "Client":
            array.platform.change({"type": "x509_certificate", "id": one["id"], "delete": True})
    assert "no certificate for replication" in array.refused("POST", PATH, ORDER)[1]


def test_a_peer_of_the_seed_is_complete() -> None:
    for change in ({"colour": "red"}, {}):
        peer = {name: value for name, value in {**PEER, **change}.items() if change or name != "port"}
        with pytest.raises(ValueError, match="a peer needs"):
            Array(seed={"peers": [peer]})


def test_operators_do_not_exchange() -> None:
    array = in_process()
    array.login("operator")
    assert array.refused("POST", PATH, ORDER)[0] == 403


@pytest.fixture(scope="module")
def pair() -> Iterator[tuple[Emulator, Emulator]]:
    """Two clusters, east and west."""
    east, west = (Emulator(speed=50, arguments=("--cluster", name)) for name in ("east", "west"))
    with east, west:
        yield east, west


@pytest.fixture
def clusters(pair: tuple[Emulator, Emulator]) -> tuple[Emulator, Emulator]:
    """The two, back at their seeds."""
    for emulator in pair:
        emulator.reset()
    return pair


def listing(client: Client) -> list[Json]:
    found: list[Json] = client.call("GET", "x509_certificate", select="*").json()
    return found


def order(emulator: Emulator, **change: object) -> Json:
    there = {"address": emulator.host, "port": emulator.port, "username": "admin", "password": PASSWORD}
    return {"service": "Replication_HTTP", **there, **change}


def test_two_emulators_trust_each_other(clusters: tuple[Emulator, Emulator]) -> None:
    east, west = clusters
    clients = Client(east), Client(west)
    quiet = len(west.requests()["requests"]), west.sessions()["logins"]
    assert clients[0].call("POST", PATH, order(west)).status_code == 204
    assert (len(west.requests()["requests"]), west.sessions()["logins"]) == quiet, "this is no traffic of clients"
    both = ["CA_Client_Validation", "CA_Server_Validation"]
    assert trusted(listing(clients[0]), "PSwest") == both
    assert trusted(listing(clients[1]), "PSeast") == both
    for here, there, name in ((clients[0], clients[1], "PSwest"), (clients[1], clients[0], "PSeast")):
        taken = next(one for one in listing(here) if one["scope"] == name)
        given = next(one for one in listing(there) if (one["service"], one["type"]) == ("Replication_HTTP", "Client"))
        assert taken["members"][0]["thumbprint"] == given["members"][-1]["thumbprint"]
    before = [listing(client) for client in clients]
    assert clients[1].call("POST", PATH, order(east, address="localhost")).status_code == 204
    assert [listing(client) for client in clients] == before, "the other way round there is nothing left to do"
    assert PASSWORD not in json.dumps(east.requests())
    for client in clients:
        client.close()


def test_what_the_other_emulator_refuses(clusters: tuple[Emulator, Emulator]) -> None:
    east, west = clusters
    client = Client(east)

    def refused(**change: object) -> str:
        reply = client.call("POST", PATH, order(west, **change))
        assert reply.status_code == 422
        assert "Wrong1234!" not in reply.text
        return str(reply.json()["messages"][0]["message_l10n"])

    assert "refused the user or the password" in refused(password="Wrong1234!")
    assert west.sessions()["failed_logins"] == 1
    assert "refused the user or the password" in refused(username="nobody")
    assert "not authorized" in refused(username="operator")
    assert "cannot be reached" in refused(port=1)
    assert "itself" in refused(port=east.port)
    west.change("cluster", id="0", set={"global_id": "PSeast"})
    assert "same global id" in refused()
    client.close()


def test_a_lost_job_leaves_half_of_the_trust(clusters: tuple[Emulator, Emulator]) -> None:
    east, west = clusters
    clients = Client(east), Client(west)
    east.fault("job_fail", "POST", "x509_certificate", action="exchange")
    assert clients[0].call("POST", PATH, order(west)).status_code == 500
    assert trusted(listing(clients[0]), "PSwest") == []
    assert len(trusted(listing(clients[1]), "PSeast")) == 2
    reply = clients[0].call("POST", PATH, order(west), is_async="true")
    assert reply.status_code == 202
    for dummy in range(200):
        if clients[0].call("GET", f"job/{reply.json()['id']}", select="phase").json()["phase"] == "Completed":
            break
    assert len(trusted(listing(clients[0]), "PSwest")) == 2
    assert len(trusted(listing(clients[1]), "PSeast")) == 2
    for client in clients:
        client.close()


def test_the_server_lists_what_it_shows(clusters: tuple[Emulator, Emulator]) -> None:
    east = clusters[0]
    client = Client(east)
    entry = next(one for one in listing(client) if one["service"] == "Management_HTTP")
    shown = ssl.PEM_cert_to_DER_cert(ssl.get_server_certificate((east.host, east.port)))
    root = ssl.PEM_cert_to_DER_cert(Path(east.ca_path).read_text(encoding="utf-8"))
    assert [one["thumbprint"] for one in entry["members"]] == [hashlib.sha256(one).hexdigest() for one in (shown, root)]
    assert (entry["scope"], entry["is_current"], entry["is_valid"]) == ("External", True, True)
    client.close()


def test_a_peer_without_sense_is_refused(clusters: tuple[Emulator, Emulator]) -> None:
    with pytest.raises(EmulatorError, match="refused the user"):
        clusters[0].control("POST", "peer", {})
    sense = {"username": "admin", "password": PASSWORD, "global_id": "PSx"}
    with pytest.raises(EmulatorError, match="PEM"):
        clusters[0].control("POST", "peer", {**sense, "ca": "no PEM"})
