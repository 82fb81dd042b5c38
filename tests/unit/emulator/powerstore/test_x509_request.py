# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing requests from key to signed answer, the authority that signs them, and back to a self-signed certificate."""

from __future__ import annotations

import base64
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa

from jobwise_emulator import authority
from jobwise_emulator.authority import Authority
from jobwise_emulator.exchange import Json
from tests.run.collection import ROOT
from tests.unit.emulator.powerstore.array import Array

REQUEST: Json = {
    "type": "Server",
    "service": "Management_HTTP",
    "scope": "External",
    "key_length": 2048,
    "common_name": "array.example",
    "dns_name": ["array.example", "*.array.example"],
    "ip_addresses": ["192.0.2.5", "2001:db8::5"],
    "organizational_unit": "Storage",
    "organization": "Example",
    "locality": "Berlin",
    "state": "Berlin",
    "country": "DE",
}


def entries(array: Array, service: str = "Management_HTTP") -> list[Json]:
    listed: list[Json] = array.get("x509_certificate", select="*")
    return [one for one in listed if one["service"] == service]


def ask(array: Array, **change: object) -> Json:
    answer: Json = array.do("POST", "x509_certificate/csr", {**REQUEST, **change})
    return answer


def test_a_request_is_real(array: Array) -> None:
    reply = array.call("POST", "x509_certificate/csr", REQUEST)
    assert reply.status == 200
    answer = dict(reply.body)
    request = x509.load_pem_x509_csr(answer.pop("certificate_request").encode())
    key = answer.pop("id")
    shown = {"type": "Server", "service": "Management_HTTP", "scope": "External", "members": []}
    assert answer == {**shown, "is_current": False, "is_valid": False}
    assert request.is_signature_valid
    assert request.subject.rfc4514_string() == "CN=array.example,OU=Storage,O=Example,L=Berlin,ST=Berlin,C=DE"
    names = request.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == REQUEST["dns_name"]
    assert [str(one) for one in names.get_values_for_type(x509.IPAddress)] == REQUEST["ip_addresses"]
    public = request.public_key()
    assert isinstance(public, rsa.RSAPublicKey)
    assert public.key_size == 2048
    pending = entries(array)[-1]
    assert (pending["id"], pending["members"], pending["is_current"], pending["is_valid"]) == (key, [], False, False)


def test_every_request_has_its_own_key(array: Array) -> None:
    first, second = ask(array), ask(array)
    assert first["id"] != second["id"]
    assert first["certificate_request"] != second["certificate_request"]
    assert len(entries(array)) == 3, "and does not touch what is in use"


def test_a_short_request_and_a_long_key(array: Array) -> None:
    answer = array.do("POST", "x509_certificate/csr", {"type": "Client", "service": "Syslog_HTTP", "key_length": 4096})
    request = x509.load_pem_x509_csr(answer["certificate_request"].encode())
    public = request.public_key()
    assert isinstance(public, rsa.RSAPublicKey)
    assert public.key_size == 4096
    assert request.subject.rfc4514_string() == ""
    assert list(request.extensions) == []


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"scope": None}, 422),
        ({"scope": ""}, 422),
        ({"scope": "external"}, 422),
        ({"type": "Client"}, 422),
        ({"service": "VASA_HTTP"}, 200),
        ({"service": "VASA_HTTP", "type": "CA_Server_Validation"}, 422),
        ({"service": "Syslog_HTTP"}, 422),
        ({"service": "Syslog_HTTP", "type": "Client"}, 200),
        ({"service": "KMIP_HTTP", "type": "Client"}, 422),
        ({"service": "SecurID_HTTP", "type": "CA_Server_Validation"}, 422),
        ({"service": "Replication_HTTP", "type": "Client"}, 422),
        ({"key_length": 1024}, 400),
        ({"key_length": 3072}, 400),
        ({"key_length": 8192}, 400),
        ({"key_length": "2048"}, 400),
        ({"common_name": "c" * 64}, 200),
        ({"common_name": "c" * 65}, 400),
        ({"common_name": ""}, 200),
        ({"organization": "o" * 65}, 400),
        ({"organizational_unit": "o" * 65}, 400),
        ({"locality": "l" * 129}, 400),
        ({"state": "s" * 129}, 400),
        ({"country": "D"}, 400),
        ({"country": "DEU"}, 400),
        ({"country": "1!"}, 400),
        ({"dns_name": "array.example"}, 400),
        ({"dns_name": ["bad name"]}, 400),
        ({"dns_name": [""]}, 400),
        ({"dns_name": ["-bad"]}, 400),
        ({"dns_name": ["a" * 254]}, 400),
        ({"ip_addresses": ["192.0.2.300"]}, 400),
        ({"ip_addresses": ["array.example"]}, 400),
        ({"passphrase": "x"}, 400),
    ],
)
def test_request_rules(array: Array, change: Json, status: int) -> None:
    before = len(array.get("x509_certificate"))
    assert array.call("POST", "x509_certificate/csr", {**REQUEST, **change}).status == status
    assert len(array.get("x509_certificate")) - before == (1 if status == 200 else 0)


@pytest.mark.parametrize("missing", ["type", "service", "key_length"])
def test_a_request_needs(array: Array, missing: str) -> None:
    body = {name: value for name, value in REQUEST.items() if name != missing}
    assert array.refused("POST", "x509_certificate/csr", body)[0] == 400


def test_management_needs_the_scope(array: Array) -> None:
    body = {name: value for name, value in REQUEST.items() if name != "scope"}
    status, text = array.refused("POST", "x509_certificate/csr", body)
    assert (status, "External" in text) == (422, True)


def test_the_whole_circle(array: Array) -> None:
    before = entries(array)[0]["id"]
    answer = ask(array)
    signer = Authority("Company CA", now=array.clock.now()).child("Issuing CA")
    signed = signer.sign(answer["certificate_request"], days=90)
    array.do("PATCH", f"x509_certificate/{answer['id']}", {"is_current": True, "certificate": signed})
    found = entries(array)
    assert [one["id"] for one in found] == [answer["id"]], "the one in use before is gone"
    assert before != answer["id"]
    assert (found[0]["is_current"], found[0]["is_valid"], found[0]["scope"]) == (True, True, "External")
    leaf = found[0]["members"][0]
    assert leaf["subject"] == "CN=array.example,OU=Storage,O=Example,L=Berlin,ST=Berlin,C=DE"
    assert leaf["issuer"] == "CN=Issuing CA,O=Emulated,C=US"
    assert leaf["subject_alternative_names"] == [*REQUEST["dns_name"], *REQUEST["ip_addresses"]]
    assert [one["depth"] for one in found[0]["members"]] == [1, 2, 3]


def test_an_answer_to_another_request_is_refused(array: Array) -> None:
    first, second = ask(array), ask(array)
    signed = Authority(now=array.clock.now()).sign(second["certificate_request"])
    path, body = f"x509_certificate/{first['id']}", {"is_current": True, "certificate": signed}
    reply = array.call("PATCH", path, body)
    assert (reply.status, reply.body["messages"][0]["code"]) == (422, "0xE09010010013")
    assert array.refused("PATCH", path, {"is_current": True})[0] == 422, "there is no certificate yet"
    array.do("PATCH", f"x509_certificate/{second['id']}", body)


def test_an_answer_may_wait(array: Array) -> None:
    answer = ask(array, service="VASA_HTTP", scope="")
    signed = Authority(now=array.clock.now()).sign(answer["certificate_request"])
    array.do("PATCH", f"x509_certificate/{answer['id']}", {"is_current": False, "certificate": signed})
    found = {one["id"]: (one["is_current"], one["is_valid"]) for one in entries(array, "VASA_HTTP")}
    assert sorted(found.values()) == [(False, True), (True, True)]
    array.do("PATCH", f"x509_certificate/{answer['id']}", {"is_current": True})
    assert [one["id"] for one in entries(array, "VASA_HTTP")] == [answer["id"]]


def test_a_request_as_a_job(array: Array) -> None:
    reply = array.call("POST", "x509_certificate/csr", REQUEST, is_async="true")
    assert reply.status == 202
    array.clock.advance(5)
    job = array.job(reply.body["id"])
    body = job["response_body"]
    assert (job["phase"], job["resource_action"], job["response_status"]) == ("Completed", None, "200")
    assert body["response_type"] == "job_x509_certificate_csr_response"
    assert body["id"] == entries(array)[-1]["id"]
    assert x509.load_pem_x509_csr(body["certificate_request"].encode()).is_signature_valid


def test_reset_makes_a_new_one(array: Array) -> None:
    ask(array, service="VASA_HTTP", scope="")
    before = entries(array, "VASA_HTTP")
    others = [one["id"] for one in array.get("x509_certificate", select="id,service") if one["service"] != "VASA_HTTP"]
    assert array.call("POST", "x509_certificate/reset_certificates", {"service": "VASA_HTTP"}).status == 204
    after = entries(array, "VASA_HTTP")
    assert len(after) == 1
    assert after[0]["id"] not in {one["id"] for one in before}
    assert after[0]["members"][0]["thumbprint"] != before[0]["members"][0]["thumbprint"]
    assert after[0]["members"][0]["subject"] == after[0]["members"][0]["issuer"]
    assert (after[0]["type"], after[0]["is_current"], after[0]["is_valid"]) == ("Server", True, True)
    assert [one["id"] for one in array.get("x509_certificate")][: len(others)] == others


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"service": "Management_HTTP", "scope": "External"}, 422),
        ({"service": "Replication_HTTP"}, 422),
        ({"service": "Syslog_HTTP"}, 422),
        ({"service": "VASA"}, 400),
        ({}, 400),
        (None, 400),
        ({"service": "VASA_HTTP", "scope": "anything"}, 204),
    ],
)
def test_reset_rules(array: Array, body: Json | None, status: int) -> None:
    assert array.call("POST", "x509_certificate/reset_certificates", body).status == status


@pytest.mark.parametrize(
    ("role", "reset", "request_status"),
    [
        ("Administrator", 204, 200),
        ("Security Administrator", 204, 200),
        ("VM Administrator", 204, 403),
        ("Storage Administrator", 403, 403),
        ("Operator", 403, 403),
    ],
)
def test_who_may(role: str, reset: int, request_status: int) -> None:
    array = Array(user="sam", seed={"users": [{"name": "sam", "password": "Password123!", "role": role}]})
    assert array.call("POST", "x509_certificate/reset_certificates", {"service": "VASA_HTTP"}).status == reset
    assert array.call("POST", "x509_certificate/csr", REQUEST).status == request_status


def test_the_authority_as_a_command(array: Array, tmp_path: Path) -> None:
    answer = ask(array)
    (tmp_path / "csr.pem").write_text(answer["certificate_request"], encoding="utf-8")
    files = [str(tmp_path / name) for name in ("csr.pem", "out.pem", "ca.pem")]
    command = [
        sys.executable,
        "-m",
        "jobwise_emulator.authority",
        "sign",
        *files[:2],
        "--days",
        "9",
        "--ca-out",
        files[2],
    ]
    subprocess.run(command, cwd=ROOT, check=True)
    signed, ca = ((tmp_path / name).read_text(encoding="utf-8") for name in ("out.pem", "ca.pem"))
    assert signed.endswith(ca)
    array.do("PATCH", f"x509_certificate/{answer['id']}", {"is_current": True, "certificate": signed})
    key = array.do(
        "POST", "x509_certificate", {"type": "CA_Server_Validation", "service": "VASA_HTTP", "certificate": ca}
    )["id"]
    root = array.get(f"x509_certificate/{key}", select="members")["members"][0]
    shown = entries(array)[0]["members"]
    assert shown[1]["certificate"] == root["certificate"] == "".join(ca.split("\n")[1:-2])
    found = x509.load_der_x509_certificate(base64.b64decode(shown[0]["certificate"]))
    assert (found.not_valid_after_utc - found.not_valid_before_utc).days == 39


def test_the_authority_refuses_what_it_cannot_sign(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for text in ("no request", None):
        if text:
            (tmp_path / "csr.pem").write_text(text, encoding="utf-8")
        with pytest.raises(SystemExit) as ended:
            authority.main(["sign", str(tmp_path / ("csr.pem" if text else "none.pem")), str(tmp_path / "out.pem")])
        assert ended.value.code == 2
        assert "cannot sign" in capsys.readouterr().err
    assert not (tmp_path / "out.pem").exists()
