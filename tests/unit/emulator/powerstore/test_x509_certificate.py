# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Importing certificates: what is taken for which service, what is read out of it, and which one is in use."""

from __future__ import annotations

import base64
import hashlib
import json
import ssl
from datetime import datetime, timezone

import pytest

from jobwise_emulator.authority import Authority, Issued
from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.query_language.comparison import instant
from tests.unit.emulator.powerstore.array import Array

NOW = Array().clock.now()
CA = Authority("Test CA", now=NOW)
CLIENT = CA.issue("client.example", "client.example", "192.0.2.7")
OTHER = CA.issue("other.example")
TRUSTED: Json = {"type": "CA_Server_Validation", "service": "LDAP_HTTP", "scope": "corp.example", "certificate": CA.pem}


def with_key(issued: Issued = CLIENT, **more: object) -> Json:
    secrets = {"private_key": issued.private_key, "passphrase": issued.passphrase}
    return {"type": "Client", "service": "Syslog_HTTP", "certificate": issued.certificate, **secrets, **more}


def der(pem: str) -> bytes:
    return ssl.PEM_cert_to_DER_cert(pem[: pem.index("-----END") + 25].strip() + "\n")


def show(array: Array, key: str) -> Json:
    found: Json = array.get(f"x509_certificate/{key}", select="*")
    return found


def test_seeded_certificates(array: Array) -> None:
    listed = array.get("x509_certificate", select="*", service="eq.VASA_HTTP", limit="1", order="id")
    assert [(one["service"], one["type"], one["scope"]) for one in listed] == [
        ("Management_HTTP", "Server", "External"),
        ("VASA_HTTP", "Server", None),
        ("Replication_HTTP", "Client", "PSemulated0001"),
        ("Replication_HTTP", "CA_Client_Validation", "PSformer0009"),
        ("Replication_HTTP", "CA_Server_Validation", "PSformer0009"),
        ("Import_HTTP", "CA_Server_Validation", "192.0.2.20"),
    ], "and the query is not looked at"
    assert all(one["is_current"] and one["is_valid"] and one["members"] for one in listed)
    assert [len(one["members"]) for one in listed] == [1, 1, 2, 1, 1, 1]
    assert [one["id"] for one in Array().get("x509_certificate")] == [one["id"] for one in listed]
    assert len(Array(seed={}).get("x509_certificate")) == 3


def test_members_are_read_from_the_certificates(array: Array) -> None:
    chain = CA.child("Inner CA").issue("leaf.example", "leaf.example", "b.example", "192.0.2.7", "2001:db8::1")
    key = array.do("POST", "x509_certificate", with_key(chain, is_current=True))["id"]
    found = show(array, key)
    members = found.pop("members")
    assert found == {
        "id": key,
        "type": "Client",
        "service": "Syslog_HTTP",
        "scope": None,
        "is_current": True,
        "is_valid": True,
        "type_l10n": "Client",
        "service_l10n": "Syslog HTTP",
    }
    blocks = [block + "-----END CERTIFICATE-----\n" for block in chain.certificate.split("-----END CERTIFICATE-----\n")]
    for member, block in zip(members, blocks, strict=False):
        assert member["certificate"] == base64.b64encode(der(block)).decode()
        assert member["thumbprint"] == hashlib.sha256(der(block)).hexdigest()
    assert [member["depth"] for member in members] == [1, 2, 3]
    assert [member["subject"] for member in members] == [
        f"CN={name},O=Emulated,C=US" for name in ("leaf.example", "Inner CA", "Test CA")
    ]
    assert [member["issuer"] for member in members] == [
        f"CN={name},O=Emulated,C=US" for name in ("Inner CA", "Test CA", "Test CA")
    ]
    leaf = members[0]
    assert leaf["subject_alternative_names"] == ["leaf.example", "b.example", "192.0.2.7", "2001:db8::1"]
    assert members[1]["subject_alternative_names"] == []
    assert (leaf["signature_algorithm"], leaf["public_key_algorithm"], leaf["key_length"]) == (
        *("SHA256withRSA", "RSA", 2048),
    )
    assert (leaf["thumbprint_algorithm"], leaf["thumbprint_algorithm_l10n"]) == ("SHA-256", "SHA-256")
    ends = datetime.fromtimestamp(NOW + 365 * 86400, timezone.utc)
    assert leaf["valid_to"] == f"{ends:%Y-%m-%dT%H:%M:%S}.0Z"
    assert instant(leaf["valid_from"]) == datetime.fromtimestamp(NOW - 30 * 86400, timezone.utc)
    assert len(leaf["serial_number"]) > 30
    assert set(leaf["serial_number"]) <= set("0123456789abcdef")


def test_secrets_are_neither_shown_nor_recorded(array: Array) -> None:
    body = with_key(passphrase="wrong horse")
    status, text = array.refused("POST", "x509_certificate", body)
    assert status == 422
    assert "wrong horse" not in text
    key = array.do("POST", "x509_certificate", with_key(), is_async="true")["id"]
    array.clock.advance(5)
    job = array.job(key)
    assert job["phase"] == "Completed"
    shown = json.dumps([job, array.get("x509_certificate", select="*"), array.platform.redact(body)])
    assert "PRIVATE KEY" not in shown
    assert CLIENT.passphrase not in shown
    mistaken = array.platform.redact({"certificate": CLIENT.private_key, "list": [CLIENT.private_key]})
    assert mistaken == {"certificate": "********", "list": ["********"]}


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, 201),
        ({"type": "CA_Client_Validation"}, 201),
        ({"is_current": True}, 201),
        ({"scope": None}, 400),
        ({"scope": ""}, 400),
        ({"service": "Replication_HTTP", "scope": ""}, 400),
        ({"service": "Import_HTTP", "scope": ""}, 400),
        ({"service": "SecurID_HTTP", "scope": ""}, 400),
        ({"service": "Remote_Backup_HTTP", "scope": ""}, 400),
        ({"service": "Replication_HTTP", "scope": "PSother"}, 201),
        ({"service": "Import_HTTP", "scope": "192.0.2.9"}, 201),
        ({"service": "VASA_HTTP", "scope": ""}, 201),
        ({"service": "Management_HTTP", "scope": ""}, 201),
        ({"service": "Witness_HTTP", "scope": ""}, 201),
        ({"service": "CACPIV_HTTP"}, 400),
        ({"type": "CA"}, 400),
        ({"private_key": CLIENT.private_key}, 422),
        ({"passphrase": "x"}, 422),
        ({"certificate": CLIENT.certificate}, 422),
        ({"certificate": ""}, 422),
        ({"certificate": "no PEM"}, 422),
        ({"certificate": CA.pem.replace("M", "N")}, 422),
        ({"certificate": CA.pem + CLIENT.private_key}, 422),
        ({"certificate": CA.pem + CA.pem}, 422),
        ({"certificate": "subject: Test CA\n" + CA.pem}, 201),
        ({"is_valid": True}, 400),
        ({"members": []}, 400),
    ],
)
def test_import_of_authorities(array: Array, change: Json, status: int) -> None:
    before = len(array.get("x509_certificate"))
    assert array.call("POST", "x509_certificate", {**TRUSTED, **change}).status == status
    assert len(array.get("x509_certificate")) - before == (1 if status == 201 else 0)


@pytest.mark.parametrize("missing", ["type", "service", "certificate"])
def test_import_needs(array: Array, missing: str) -> None:
    body = {name: value for name, value in TRUSTED.items() if name != missing}
    assert array.refused("POST", "x509_certificate", body)[0] == 400


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({}, 201, ""),
        ({"type": "Server"}, 201, ""),
        ({"service": "LDAP_HTTP"}, 201, ""),
        ({"service": "Management_HTTP", "scope": "External", "type": "Server"}, 422, "cannot be imported"),
        ({"service": "VASA_HTTP", "type": "Server"}, 422, "cannot be imported"),
        ({"service": "Replication_HTTP"}, 422, "cannot be imported"),
        ({"service": "KMIP_HTTP"}, 422, "cannot be imported"),
        ({"service": "Witness_HTTP"}, 422, "cannot be imported"),
        ({"private_key": ""}, 400, "private_key"),
        ({"passphrase": ""}, 400, "passphrase"),
        ({"passphrase": "wrong"}, 422, "cannot be decrypted"),
        ({"private_key": CLIENT.private_key.replace("ENCRYPTED ", "")}, 422, "encrypted PKCS#8"),
        ({"private_key": CLIENT.private_key.replace("ENCRYPTED", "RSA")}, 422, "encrypted PKCS#8"),
        ({"private_key": CLIENT.private_key * 2}, 422, "encrypted PKCS#8"),
        ({"private_key": "no key"}, 422, "encrypted PKCS#8"),
        ({"private_key": CLIENT.private_key[:200] + CLIENT.private_key[210:]}, 422, "cannot be decrypted"),
        ({"private_key": OTHER.private_key}, 422, "does not match"),
        ({"certificate": CA.pem}, 422, "does not match"),
        ({"certificate": CA.pem + CLIENT.certificate}, 422, "certificate 1"),
        ({"certificate": CLIENT.certificate[: CLIENT.certificate.index("-----END") + 26]}, 422, "no root"),
        ({"certificate": CLIENT.certificate.replace(CA.pem, Authority("Test CA", now=NOW).pem)}, 422, "certificate 1"),
    ],
)
def test_import_with_a_key(array: Array, change: Json, status: int, words: str) -> None:
    reply = array.call("POST", "x509_certificate", {**with_key(), **change})
    assert reply.status == status
    if status != 201:
        assert words in reply.body["messages"][0]["message_l10n"]
    if status == 422 and "imported" not in words:
        assert reply.body["messages"][0]["code"] == "0xE09010010013"


@pytest.mark.parametrize("name", ["private_key", "passphrase"])
def test_import_with_a_key_needs(array: Array, name: str) -> None:
    body = {key: value for key, value in with_key().items() if key != name}
    status, text = array.refused("POST", "x509_certificate", body)
    assert (status, name in text) == (400, True)


def test_the_one_in_use_is_replaced(array: Array) -> None:
    first, second, spare = (
        array.do("POST", "x509_certificate", with_key(issued, is_current=current))["id"]
        for issued, current in ((CLIENT, True), (OTHER, False), (OTHER, False))
    )
    assert [show(array, key)["is_current"] for key in (first, second)] == [True, False]
    array.do("PATCH", f"x509_certificate/{second}", {"is_current": True})
    assert array.call("GET", f"x509_certificate/{first}").status == 404
    assert show(array, second)["is_current"] is True
    third = array.do("POST", "x509_certificate", with_key(is_current=True))["id"]
    assert array.call("GET", f"x509_certificate/{second}").status == 404
    server = array.do("POST", "x509_certificate", with_key(type="Server", is_current=True))["id"]
    assert all(show(array, key)["is_current"] for key in (third, server)), "another type is another purpose"
    array.do("PATCH", f"x509_certificate/{third}", {"is_current": False})
    assert show(array, third)["is_current"] is False
    assert show(array, spare)["is_current"] is False, "what is not in use stays"


def test_authorities_stand_side_by_side(array: Array) -> None:
    keys = [array.do("POST", "x509_certificate", {**TRUSTED, "is_current": True})["id"] for dummy in range(2)]
    assert [show(array, key)["is_current"] for key in keys] == [True, True]
    assert show(array, keys[0])["members"] == show(array, keys[1])["members"]


def test_expired_certificates_are_taken_but_not_valid(array: Array) -> None:
    old = array.do("POST", "x509_certificate", with_key(CA.issue("old", days=-1), is_current=True))["id"]
    assert [show(array, old)[name] for name in ("is_current", "is_valid")] == [True, False]
    soon = array.do("POST", "x509_certificate", with_key(CA.issue("soon", days=2)))["id"]
    assert show(array, soon)["is_valid"] is True
    array.clock.advance(2 * 86400 + 1)
    array.login()
    assert show(array, soon)["is_valid"] is False
    expired_root = Authority("Expired CA", now=NOW, days=-1).issue("young")
    key = array.do("POST", "x509_certificate", with_key(expired_root))["id"]
    assert show(array, key)["is_valid"] is False


@pytest.mark.parametrize(
    ("service", "usage", "body", "status"),
    [
        ("Management_HTTP", "Server", {"is_current": True}, 204),
        ("Management_HTTP", "Server", {"is_current": False}, 422),
        ("Management_HTTP", "Server", {}, 400),
        ("Management_HTTP", "Server", {"certificate": CA.pem}, 400),
        ("Management_HTTP", "Server", {"is_current": True, "certificate": CLIENT.certificate}, 422),
        ("Management_HTTP", "Server", {"is_current": True, "scope": "Internal"}, 400),
        ("Management_HTTP", "Server", {"is_current": "yes"}, 400),
        ("VASA_HTTP", "Server", {"is_current": False}, 204),
        ("VASA_HTTP", "Server", {"is_current": True, "certificate": "no PEM"}, 422),
        ("Replication_HTTP", "Client", {"is_current": False}, 204),
        ("Replication_HTTP", "CA_Client_Validation", {"is_current": False}, 422),
        ("Import_HTTP", "CA_Server_Validation", {"is_current": True}, 422),
    ],
)
def test_modify_rules(array: Array, service: str, usage: str, body: Json, status: int) -> None:
    listed = array.get("x509_certificate", select="id,type,service")
    key = next(one["id"] for one in listed if (one["service"], one["type"]) == (service, usage))
    assert array.call("PATCH", f"x509_certificate/{key}", body).status == status


def test_the_same_key_may_get_a_new_certificate(array: Array) -> None:
    key = array.do("POST", "x509_certificate", with_key())["id"]
    body = {"is_current": False, "certificate": CLIENT.certificate}
    array.do("PATCH", f"x509_certificate/{key}", body)
    code = array.call("PATCH", f"x509_certificate/{key}", {**body, "certificate": OTHER.certificate}).body["messages"]
    assert code[0]["code"] == "0xE09010010013"
    assert show(array, key)["members"][0]["subject"] == "CN=client.example,O=Emulated,C=US"


def test_unknown_ids_and_verbs(array: Array) -> None:
    for method, body in (("GET", None), ("PATCH", {"is_current": True})):
        reply = array.call(method, "x509_certificate/nope", body)
        assert (reply.status, reply.body["messages"][0]["code"]) == (404, "0xE0901001001D")
    assert array.call("DELETE", "x509_certificate/nope").status == 405


@pytest.mark.parametrize(
    ("user", "status"), [("operator", 403), ("storage.team", 403), ("security", 201), ("admin", 201)]
)
def test_who_may_import(user: str, status: int) -> None:
    assert Array(user=user).call("POST", "x509_certificate", TRUSTED).status == status


def test_seeds_hold_certificates(array: Array) -> None:
    seeded = {**TRUSTED, "id": "C1", "is_current": True}
    pair = {**with_key(type="Server"), "id": "C2"}
    array = Array(seed={"x509_certificate": [seeded, pair]})
    assert len(array.get("x509_certificate")) == 5
    assert show(array, "C1")["members"][0]["subject"] == "CN=Test CA,O=Emulated,C=US"
    assert show(array, "C2")["is_valid"] is True
    array.platform.change({"type": "x509_certificate", "id": "C1", "set": {"certificate": Authority("New").pem}})
    assert show(array, "C1")["members"][0]["subject"] == "CN=New,O=Emulated,C=US"
    with pytest.raises(ValueError, match="PEM"):
        Array(seed={"x509_certificate": [{**seeded, "certificate": "no PEM"}]})


def test_a_server_without_its_key_is_not_valid(array: Array) -> None:
    members = array.get("x509_certificate", select="members")[1]["members"]
    for usage, valid in (("Server", False), ("Client", True)):
        entry = {"type": usage, "service": "Syslog_HTTP", "members": members}
        key = array.platform.change({"type": "x509_certificate", "create": entry})["id"]
        assert show(array, key)["is_valid"] is valid
