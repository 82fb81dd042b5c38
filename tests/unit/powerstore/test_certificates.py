# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which entry of an array is meant by a certificate, what is done to it, and what no array would take."""

from __future__ import annotations

import typing as t
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.history import NEW_RUN
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.plan import Plan
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.certificates import private_keys, x509
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.certificates.handler import (
    CertificateHandler,
)
from ansible_collections.jobwise.appliance.plugins.modules.x509_certificate import SPEC
from jobwise_emulator.authority import Authority
from tests.unit.powerstore.certificate_store import LEAF, OTHER, ROOT, Json, Store, entry

KEY = {"private_key": LEAF.private_key, "passphrase": LEAF.passphrase}
CLIENT = {"service": "Syslog_HTTP", "type": "Client", "certificate": LEAF.certificate}
BY_ID = {"service": None, "type": None, "id": "3"}
LDAP = {"service": "LDAP_HTTP", "type": "CA_Server_Validation", "scope": "example.com"}


def desired(**options: t.Any) -> Json:
    return {**{name: one.get("default") for name, one in SPEC.items()}, **options}


def plan(store: Store, **options: t.Any) -> Plan:
    subject = CertificateHandler(t.cast(t.Any, store), desired(**options))
    return subject.plan(subject.read(), NEW_RUN)


def refusal(store: Store, **options: t.Any) -> str:
    with pytest.raises(InputError) as caught:
        plan(store, **options)
    for secret in (LEAF.private_key, "open sesame", "wrong one"):
        assert secret not in str(caught.value)
    return str(caught.value)


def requests(found: Plan) -> list[tuple[str, str]]:
    return [(step.verb, step.path) for step in found.requests]


PATCH = [("PATCH", "x509_certificate/1")]
POST = [("POST", "x509_certificate")]


@pytest.mark.parametrize(
    "entries, options, expected, body",
    [
        pytest.param([entry(LEAF.certificate)], CLIENT, [], {}, id="there"),
        pytest.param([entry(LEAF.certificate)], {**CLIENT, "is_current": True}, [], {}, id="there and in use"),
        pytest.param(
            [entry(LEAF.certificate)], {**CLIENT, "is_current": False}, PATCH, {"is_current": False}, id="out of use"
        ),
        pytest.param([entry(LEAF.certificate, is_current=False)], CLIENT, [], {}, id="there, whether in use or not"),
        pytest.param(
            [entry(LEAF.certificate, is_current=False)],
            {**CLIENT, "is_current": True},
            PATCH,
            {"is_current": True},
            id="into use",
        ),
        pytest.param(
            [entry(None)],
            CLIENT,
            PATCH,
            {"certificate": LEAF.certificate, "is_current": True},
            id="answer to a request",
        ),
        pytest.param(
            [entry(None)],
            {**CLIENT, "is_current": False},
            PATCH,
            {"certificate": LEAF.certificate, "is_current": False},
            id="answer for later",
        ),
        pytest.param(
            [entry(None, id="2", service="VASA_HTTP", type="Server"), entry(None)],
            CLIENT,
            PATCH,
            {"certificate": LEAF.certificate, "is_current": True},
            id="requests for other purposes do not count",
        ),
        pytest.param(
            [entry(None), entry(None, id="2")],
            {**CLIENT, "id": "1"},
            PATCH,
            {"certificate": LEAF.certificate, "is_current": True},
            id="which request",
        ),
        pytest.param(
            [
                entry(OTHER.certificate, id="2"),
                entry(LEAF.certificate.split("-----END")[0] + "-----END CERTIFICATE-----"),
            ],
            CLIENT,
            PATCH,
            {"certificate": LEAF.certificate, "is_current": True},
            id="the same key with another chain",
        ),
        pytest.param(
            [entry(None)],
            {**CLIENT, **KEY},
            POST,
            {
                "type": "Client",
                "service": "Syslog_HTTP",
                "certificate": LEAF.certificate,
                "is_current": True,
                "private_key": LEAF.private_key,
                "passphrase": LEAF.passphrase,
            },
            id="a key of its own",
        ),
        pytest.param(
            [entry(ROOT.pem, **{**LDAP, "scope": "other.example"})],
            {**LDAP, "certificate": ROOT.pem, "is_current": False},
            POST,
            {**LDAP, "certificate": ROOT.pem, "is_current": False},
            id="a CA for another scope is another one",
        ),
        pytest.param([entry(ROOT.pem, **LDAP)], {**LDAP, "certificate": ROOT.pem}, [], {}, id="CA is there"),
        pytest.param([entry(LEAF.certificate)], {"id": "1"}, [], {}, id="only looked at"),
        pytest.param(
            [entry(LEAF.certificate)], {"id": "1", "is_current": False}, PATCH, {"is_current": False}, id="id"
        ),
    ],
)
def test_plan(entries: list[Json], options: Json, expected: list[tuple[str, str]], body: Json) -> None:
    store = Store(*entries)
    found = plan(store, **options)
    assert requests(found) == expected
    assert ([step.body for step in found.requests] or [{}]) == [body]
    assert store.asked == ["x509_certificate"]
    assert "PRIVATE KEY" not in str((found.before, found.after, found.sentences()))


def test_the_plan_says_what_the_array_deletes() -> None:
    found = plan(Store(entry(OTHER.certificate, id="2"), entry(None)), **CLIENT)
    assert found.sentences() == [
        "put the certificate of ldap.example.com into the request 1 for the Syslog_HTTP Client certificate, "
        "in place of other.example.com, which the array then deletes"
    ]


def test_the_management_server_needs_no_scope() -> None:
    management = entry(None, service="Management_HTTP", type="Server", scope="External")
    options = {"service": "Management_HTTP", "type": "Server", "certificate": LEAF.certificate}
    assert requests(plan(Store(management), **options)) == PATCH
    assert "is External, not 'x'" in refusal(Store(management), **options, scope="x")
    assert "leave is_current out" in refusal(Store(management), **options, is_current=False)


@pytest.mark.parametrize(
    "options, words",
    [
        ({"certificate": LEAF.private_key}, "takes certificates only"),
        ({"certificate": "hello"}, "certificate is not PEM"),
        ({"certificate": ROOT.pem + LEAF.certificate}, "did not issue number 1 (Example CA)"),
        ({**LDAP, "certificate": ROOT.pem + LEAF.certificate}, "did not issue number 1 (Example CA)"),
        (
            {"id": "1", "service": None, "type": None, "certificate": ROOT.pem + LEAF.certificate},
            "did not issue number 1",
        ),
        ({}, "needs its key. Give private_key"),
        ({"service": "Management_HTTP", "type": "Server"}, "with x509_certificate_request"),
        ({"service": "Witness_HTTP"}, "certificates of its own for Witness_HTTP"),
        ({"private_key": LEAF.private_key}, "Give passphrase"),
        ({"private_key": LEAF.private_key, "passphrase": ""}, "Give passphrase"),
        ({"private_key": LEAF.private_key, "passphrase": "wrong one"}, "passphrase does not open private_key"),
        ({"private_key": OTHER.private_key, "passphrase": OTHER.passphrase}, "does not belong to the certificate of"),
        ({"private_key": LEAF.certificate, "passphrase": "x"}, "must be one key, not CERTIFICATE, CERTIFICATE"),
        ({"private_key": "x", "passphrase": "x"}, "private_key is not PEM"),
        ({**LDAP, "certificate": ROOT.pem, **KEY}, "has no key"),
        ({**LDAP, "certificate": ROOT.pem, "scope": None}, "needs a scope: the name of the LDAP domain"),
        ({"id": "9"}, "There is no certificate with id 9"),
        ({"id": "2"}, "is the VASA_HTTP Server certificate, not the Syslog_HTTP Client"),
        ({"id": "3"}, "has a different key from the one in the task"),
    ],
)
def test_refused_before_anything_is_sent(options: Json, words: str) -> None:
    store = Store(entry(LEAF.certificate, id="2", service="VASA_HTTP", type="Server"), entry(OTHER.certificate, id="3"))
    assert words in refusal(store, **{**CLIENT, **options})


def test_a_key_that_is_not_encrypted_is_not_sent() -> None:
    key = serialization.load_pem_private_key(LEAF.private_key.encode(), LEAF.passphrase.encode())
    for form in (serialization.PrivateFormat.PKCS8, serialization.PrivateFormat.TraditionalOpenSSL):
        plain = key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()
        assert "openssl pkcs8 -topk8 -v2 aes-256-cbc" in refusal(Store(), **CLIENT, private_key=plain, passphrase="x")


def test_without_cryptography_the_array_compares_key_and_certificate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(private_keys, "HAS_CRYPTOGRAPHY", False)
    found = plan(Store(), **CLIENT, private_key=OTHER.private_key, passphrase="x")
    assert requests(found) == POST


def test_a_key_file_is_read_only_when_it_is_sent(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    options = {**CLIENT, "private_key_path": str(path), "passphrase": LEAF.passphrase}
    assert "cannot be read" in refusal(Store(), **options)
    assert not plan(Store(entry(LEAF.certificate)), **options).steps
    path.write_text(LEAF.private_key)
    assert requests(plan(Store(), **options)) == POST


def test_which_of_several_requests_has_to_be_said() -> None:
    assert "2 requests for the Syslog_HTTP Client certificate wait for an answer: 1, 2." in refusal(
        Store(entry(None), entry(None, id="2")), **CLIENT
    )


def test_what_is_fixed() -> None:
    authority = entry(ROOT.pem, **LDAP)
    words = refusal(Store(authority), **LDAP, certificate=ROOT.pem, is_current=False)
    assert "is true, and can be set only when it is imported" in words
    assert "a request that waits" in refusal(Store(entry(None)), id="1", is_current=True)


@pytest.mark.parametrize(
    "days, asked, warning",
    [
        (-1, 0, "The certificate of host has expired"),
        (20.5, 30, "The certificate of host expires in 20 days"),
        (1.5, 30, "expires in 1 day ("),
        (20.5, 20, ""),
        (20.5, 0, ""),
    ],
)
def test_expiry(days: float, asked: int, warning: str) -> None:
    certificate = ROOT.issue("host", days=days).certificate
    for options in ({**CLIENT, "certificate": certificate}, {"id": "1"}):
        store = Store(entry(certificate))
        warnings = plan(store, **options, renew_before_days=asked).warnings
        assert len(warnings) == bool(warning) and all(
            warning.replace("of host", "") in line.replace("of host", "").replace("of CN=host,O=Emulated,C=US", "")
            for line in warnings
        )
        if warning:
            assert "expire" in refusal(store, **options, renew_before_days=asked, on_expiry="fail")


def test_the_chain_runs_out_with_its_first_certificate() -> None:
    short = Authority("Short CA", days=10.5)
    shown = x509.with_expiry(entry(short.issue("host", days=300).certificate))
    end = datetime.now(timezone.utc) + timedelta(days=10.5)
    assert shown["days_left"] == 10 and shown["expires"].startswith(f"{end:%Y-%m-%d}")
    assert x509.with_expiry(entry(None))["days_left"] is None


def test_certificates_that_cannot_be_read_are_still_compared() -> None:
    """What is odd about another entry is no reason to fail."""
    odd = entry(LEAF.certificate, id="2")
    odd["members"] = [{"certificate": "MII!", "depth": 1}, {"certificate": "AAAA"}, {}]
    assert not plan(Store(odd, entry(LEAF.certificate)), **CLIENT).steps


def test_several_entries_of_one_chain_are_warned_of() -> None:
    """Tasks that look at the same time each import it, and nothing can delete a copy."""
    there = {"service": "LDAP_HTTP", "type": "CA_Server_Validation", "scope": "example.com"}
    same = [entry(ROOT.pem, id=one, **there) for one in ("2", "1")]
    others = [entry(ROOT.pem, id="3", **{**there, "scope": "example.org"}), entry(OTHER.certificate, id="4", **there)]
    found = plan(Store(*others, *same), **LDAP, certificate=ROOT.pem)
    assert found.steps == () and len(found.warnings) == 1
    assert "2 entries hold the same LDAP_HTTP CA_Server_Validation certificate of scope" in found.warnings[0]
    assert ": 1, 2." in found.warnings[0] and "run_once or throttle: 1" in found.warnings[0]
    assert plan(Store(*others, same[0]), **LDAP, certificate=ROOT.pem).warnings == ()
    assert len(plan(Store(*others, *same), **{**BY_ID, "id": "1"}).warnings) == 1
