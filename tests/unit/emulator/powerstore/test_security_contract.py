# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A tour through users and certificates, refusals included, held against the vendor's document."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jobwise_emulator.authority import Authority
from jobwise_emulator.exchange import Json
from jobwise_emulator.process import Emulator
from tests import contract
from tests.unit.emulator.powerstore.array import PASSWORD
from tests.unit.emulator.powerstore.client import Client

USER: Json = {"name": "tour.guide", "password": "Guide123!", "role_id": "3", "is_mfa_bypass": True}
REQUEST: Json = {"type": "Server", "service": "VASA_HTTP", "key_length": 2048, "common_name": "vasa.example"}
SECRETS = (PASSWORD, "Guide123!", "Other123!", "Wrong123!", "open sesame", "PRIVATE KEY")


class Tour:
    """One emulator's client that expects a status with everything it does."""

    def __init__(self, emulator: Emulator) -> None:
        self.client = Client(emulator)

    def expect(self, status: int, method: str, path: str, body: Json | None = None, **query: str) -> Json:
        reply = self.client.call(method, path, body, **query)
        assert reply.status_code == status, (method, path, reply.text)
        answer: Json = reply.json() if reply.content else {}
        return answer

    def users(self) -> None:
        key = self.expect(201, "POST", "local_user", USER)["id"]
        self.expect(204, "PATCH", f"local_user/{key}", {"role_id": "2", "is_locked": True, "password": "Other123!"})
        self.expect(200, "GET", f"local_user/{key}", select="*")
        self.expect(204, "PATCH", "local_user/1", {"password": "Other123!", "current_password": PASSWORD})
        self.expect(204, "PATCH", "local_user/1", {"password": PASSWORD, "current_password": "Other123!"})
        self.expect(202, "DELETE", f"local_user/{key}", is_async="true")
        self.expect(422, "PATCH", "local_user/1", {"is_locked": True})
        self.expect(422, "POST", "local_user", {**USER, "name": "weak", "password": "weakweak"})
        self.expect(400, "POST", "local_user", {**USER, "name": "no blanks"})
        self.expect(404, "POST", "local_user", {**USER, "name": "other", "role_id": "99"})
        self.expect(404, "DELETE", "local_user/99")
        self.expect(422, "DELETE", "local_user/1")

    def certificates(self) -> None:
        authority = Authority()
        issued = authority.issue("client.example", "client.example")
        secrets = {"private_key": issued.private_key, "passphrase": issued.passphrase}
        pair = {"type": "Client", "service": "Syslog_HTTP", "certificate": issued.certificate, **secrets}
        key = self.expect(201, "POST", "x509_certificate", {**pair, "is_current": True})["id"]
        self.expect(204, "PATCH", f"x509_certificate/{key}", {"is_current": False})
        trusted = {"type": "CA_Server_Validation", "service": "LDAP_HTTP", "certificate": authority.pem}
        self.expect(202, "POST", "x509_certificate", {**trusted, "scope": "corp.example"}, is_async="true")
        self.expect(400, "POST", "x509_certificate", trusted)
        self.expect(422, "POST", "x509_certificate", {**pair, "passphrase": "Wrong123!"})
        answer = self.expect(200, "POST", "x509_certificate/csr", REQUEST)
        signed = {"is_current": True, "certificate": authority.sign(answer["certificate_request"])}
        self.expect(422, "PATCH", f"x509_certificate/{key}", signed)
        self.expect(204, "PATCH", f"x509_certificate/{answer['id']}", signed)
        self.expect(202, "POST", "x509_certificate/csr", REQUEST, is_async="true")
        self.expect(422, "POST", "x509_certificate/csr", {**REQUEST, "service": "KMIP_HTTP"})
        self.expect(204, "POST", "x509_certificate/reset_certificates", {"service": "VASA_HTTP"})
        self.expect(422, "POST", "x509_certificate/reset_certificates", {"service": "LDAP_HTTP"})
        self.expect(404, "PATCH", "x509_certificate/nope", {"is_current": True})

    def trust(self, other: Emulator) -> None:
        there = {"address": other.host, "port": other.port, "username": "admin", "password": PASSWORD}
        order = {"service": "Replication_HTTP", **there}
        self.expect(204, "POST", "x509_certificate/exchange", order)
        self.expect(422, "POST", "x509_certificate/exchange", {**order, "password": "Wrong123!"})
        self.expect(422, "POST", "x509_certificate/exchange", {**order, "service": "VASA_HTTP"})


@pytest.mark.parametrize("version", ["4.0", "4.1"])
def test_the_tour_keeps_the_contract_and_the_secrets(shared: Path, tmp_path: Path, version: str) -> None:
    journal = tmp_path / "journal.jsonl"
    emulator = Emulator(speed=200, journal=journal, arguments=("--api-version", version))
    with emulator, Emulator(speed=200, arguments=("--cluster", "west")) as other:
        tour = Tour(emulator)
        tour.users()
        tour.certificates()
        tour.trust(other)
        for kind in ("local_user", "x509_certificate", "job", "role"):
            tour.client.call("GET", kind, select="*")
        tour.client.close()
        recorded = journal.read_text(encoding="utf-8") + json.dumps(emulator.requests())
    assert not [secret for secret in SECRETS if secret in recorded]
    contract.check(journal, shared, version)
