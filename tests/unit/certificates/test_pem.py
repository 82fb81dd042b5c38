# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""PEM and DER as the standard library reads them, held against what the cryptography library makes and reads."""

from __future__ import annotations

import base64
import typing as t
from datetime import datetime, timezone
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from ansible_collections.jobwise.appliance.plugins.module_utils._certificates import der, pem
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from jobwise_emulator.authority import distinguished
from tests.unit.powerstore.certificate_store import LEAF, OTHER, ROOT

SPKI = (serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def loaded(text: str) -> list[x509.Certificate]:
    return x509.load_pem_x509_certificates(text.encode())


def refusal(text: str) -> str:
    with pytest.raises(InputError) as caught:
        pem.chain(text, "certificate")
    return str(caught.value)


@pytest.mark.parametrize("text", [LEAF.certificate, ROOT.pem])
def test_both_read_the_same(text: str) -> None:
    for mine, theirs in zip(pem.chain(text, "certificate"), loaded(text), strict=True):
        assert mine.thumbprint == theirs.fingerprint(hashes.SHA256()).hex()
        assert mine.subject == theirs.subject.public_bytes() and mine.issuer == theirs.issuer.public_bytes()
        assert mine.key == theirs.public_key().public_bytes(*SPKI)
        assert mine.expires == theirs.not_valid_after_utc.replace(tzinfo=timezone.utc)


@pytest.mark.parametrize("year", [1950, 1951, 1999, 2000, 2049, 2050])
def test_years_of_two_digits(year: int) -> None:
    """Two digits from 50 on mean 19xx, and from 2050 on a year has four (RFC 5280, 4.1.2.5)."""
    key = ec.generate_private_key(ec.SECP256R1())
    expires = datetime(year, 6, 1, tzinfo=timezone.utc)
    builder = x509.CertificateBuilder().subject_name(distinguished("x")).issuer_name(distinguished("x"))
    builder = builder.public_key(key.public_key()).serial_number(1)
    builder = builder.not_valid_before(datetime(1950, 1, 1, tzinfo=timezone.utc)).not_valid_after(expires)
    made = builder.sign(key, hashes.SHA256())
    assert der.certificate(made.public_bytes(serialization.Encoding.DER)).expires == expires


def test_the_name_is_the_common_one() -> None:
    assert [one.title for one in pem.chain(LEAF.certificate, "certificate")] == ["ldap.example.com", "Example CA"]
    assert der.name_of(x509.Name([]).public_bytes()) == "" and der.name_of(b"") == ""
    only = x509.Name([x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "Größe AG")])
    assert der.name_of(only.public_bytes()) == "Größe AG"


def test_what_is_rendered_is_what_others_render() -> None:
    assert pem.render(pem.chain(LEAF.certificate, "certificate")) == LEAF.certificate


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", " "),
        lambda text: "Bag Attributes\n  friendlyName: x\n" + text.replace("-----BEGIN", "\nsubject=x\n-----BEGIN"),
        lambda text: text.rstrip(),
        lambda text: "\n".join(f"   {line}" for line in text.splitlines()),
    ],
)
def test_the_text_does_not_matter(change: t.Callable[[str], str]) -> None:
    assert pem.chain(change(LEAF.certificate), "certificate") == pem.chain(LEAF.certificate, "certificate")


@pytest.mark.parametrize(
    "text, words",
    [
        ("", "certificate is not PEM."),
        ("hello", "certificate is not PEM."),
        ("/etc/pki/ca.pem", "use certificate_path"),
        (base64.b64encode(b"0" * 900).decode(), "begins with a line such as"),
        (LEAF.certificate[:-20], "does not end"),
        (LEAF.private_key, "takes certificates only, but block 1 is ENCRYPTED PRIVATE KEY"),
        (LEAF.certificate + LEAF.private_key, "but block 3 is"),
        ("-----BEGIN CERTIFICATE-----\nMII!\n-----END CERTIFICATE-----", "not base64"),
        ("-----BEGIN CERTIFICATE-----\\nMIIC\\n-----END CERTIFICATE-----", "real line breaks"),
        ("-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----", "Block 1 of certificate is PEM, but no"),
        ("-----BEGIN CERTIFICATE REQUEST-----\nMIIC\n-----END CERTIFICATE REQUEST-----", "holds a signing request"),
    ],
)
def test_what_is_no_certificate_is_told(text: str, words: str) -> None:
    assert words in refusal(text)
    assert LEAF.private_key[200:240] not in refusal(text)


def test_a_key_of_an_elliptic_curve_and_a_request() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    request = x509.CertificateSigningRequestBuilder().subject_name(distinguished("x")).sign(key, hashes.SHA256())
    assert der.request_key(request.public_bytes(serialization.Encoding.DER)) == key.public_key().public_bytes(*SPKI)
    issued = loaded(ROOT.sign(request.public_bytes(serialization.Encoding.PEM).decode()))[0]
    assert der.certificate(issued.public_bytes(serialization.Encoding.DER)).key == key.public_key().public_bytes(*SPKI)


def test_bytes_that_are_cut_off_are_no_certificate() -> None:
    """Whatever is missing or wrong, it is a ValueError: no other exception, and no certificate."""
    whole = pem.chain(OTHER.certificate, "certificate")[0].der
    for length in [*range(0, 80), len(whole) // 2, len(whole) - 1]:
        with pytest.raises(ValueError):
            der.certificate(whole[:length])
    for wrong in (b"\x30\x80\x00\x00", b"\x30\x00", b"\x04\x02\x05\x00", whole + b"\x00"):
        with pytest.raises(ValueError):
            der.certificate(wrong)
        with pytest.raises(ValueError):
            der.request_key(wrong)


def test_files(tmp_path: Path) -> None:
    path = tmp_path / "chain.pem"
    path.write_text(LEAF.certificate)
    assert pem.given({"certificate_path": str(path)}, "certificate") == LEAF.certificate
    assert pem.given({"certificate": "text"}, "certificate") == "text"
    assert pem.given({}, "certificate") is None
    path.write_bytes(pem.chain(LEAF.certificate, "certificate")[0].der)
    for name, words in ((path, "openssl x509 -inform DER -in chain.pem"), (tmp_path / "none", "No such file")):
        with pytest.raises(InputError) as caught:
            pem.given({"certificate_path": str(name)}, "certificate")
        assert words in str(caught.value)
