# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificate chains and keys in PEM, really parsed: order, signatures, match, and what ``members`` shows of them.

PowerStore REST 4.0, x509_certificate_create (certificate, private_key, passphrase) and member_certificate_instance.
"""

from __future__ import annotations

import base64
import re
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes, PrivateKeyTypes

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.errors import Refused

STORE_FAILED = "0xE09010010013"
BLOCK = re.compile(r"-----BEGIN ([A-Z0-9 ]+)-----")


def store_failed(text: str, *arguments: str) -> Refused:
    """422: the certificate store will not take this."""
    return Refused(422, STORE_FAILED, f"Certificate store update failed. {text}", *arguments)


def parse(pem: str) -> list[x509.Certificate]:
    """A whole chain: certificates only, each issued by the next one, up to a root that signed itself."""
    kinds = BLOCK.findall(pem)
    if not kinds or set(kinds) != {"CERTIFICATE"}:
        raise store_failed("The certificate must be one or more certificates in PEM, and nothing else.")
    try:
        chain = x509.load_pem_x509_certificates(pem.encode())
    except ValueError:
        raise store_failed("The certificate cannot be parsed.") from None
    if len(chain) != len(kinds):
        raise store_failed("The certificate cannot be parsed.")
    for place, certificate in enumerate(chain, 1):
        last = place == len(chain)
        if not issued_by(certificate, chain[place - 1 if last else place]):
            text = "is not self-signed, so the chain has no root" if last else "was not issued by the one after it"
            raise store_failed(f"The order must be from the leaf to the root: certificate {place} {text}.", str(place))
        if not last and issued_by(certificate, certificate):
            raise store_failed(f"Certificate {place} is a root already, but more follow.", str(place))
    return chain


def issued_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Whether one certificate is signed with the other one's key, in its name."""
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def is_authority(certificate: x509.Certificate) -> bool:
    """Whether a certificate may sign others (basic constraints), or signed itself, which makes it a trust anchor."""
    try:
        found = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        found = False
    return found or issued_by(certificate, certificate)


def members(chain: list[x509.Certificate]) -> list[Json]:
    """The chain as ``member_certificate_instance`` objects; the leaf has depth 1."""
    try:
        return [member(certificate, depth) for depth, certificate in enumerate(chain, 1)]
    except (ValueError, UnsupportedAlgorithm):
        raise store_failed("A certificate has extensions or a key that cannot be parsed.") from None


def member(certificate: x509.Certificate, depth: int) -> Json:
    """One certificate of a chain."""
    algorithm, length = key_facts(certificate.public_key())
    return {
        "subject": certificate.subject.rfc4514_string(),
        "serial_number": f"{certificate.serial_number:x}",
        "signature_algorithm": signature_name(certificate),
        "issuer": certificate.issuer.rfc4514_string(),
        "valid_from": stamp(certificate.not_valid_before_utc),
        "valid_to": stamp(certificate.not_valid_after_utc),
        "subject_alternative_names": alternative_names(certificate),
        "public_key_algorithm": algorithm,
        "key_length": length,
        "thumbprint_algorithm": "SHA-256",
        "thumbprint": certificate.fingerprint(hashes.SHA256()).hex(),
        "certificate": base64.b64encode(certificate.public_bytes(serialization.Encoding.DER)).decode(),
        "depth": depth,
    }


def stamp(moment: datetime) -> str:
    """A time in a member as the array writes it, such as ``2026-05-25T03:29:15.0Z``."""
    return f"{moment:%Y-%m-%dT%H:%M:%S}.0Z"


def alternative_names(certificate: x509.Certificate) -> list[str]:
    """DNS names and IP addresses."""
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return []
    return [*names.get_values_for_type(x509.DNSName), *map(str, names.get_values_for_type(x509.IPAddress))]


def key_facts(key: CertificatePublicKeyTypes) -> tuple[str, int]:
    """Algorithm and length in bits of a public key; what is neither RSA nor EC is an Edwards curve of 256 bits."""
    if isinstance(key, rsa.RSAPublicKey):
        return "RSA", key.key_size
    if isinstance(key, ec.EllipticCurvePublicKey):
        return "EC", key.key_size
    return "EdDSA", 256


def signature_name(certificate: x509.Certificate) -> str:
    """How a certificate is signed, such as ``SHA256withRSA``."""
    used = certificate.signature_hash_algorithm
    if used is None:
        return "EdDSA"
    parameters = certificate.signature_algorithm_parameters
    family = "RSAandMGF1" if isinstance(parameters, padding.PSS) else "RSA"
    return f"{used.name.upper()}with{'ECDSA' if isinstance(parameters, ec.ECDSA) else family}"


def load_key(pem: str, passphrase: str) -> PrivateKeyTypes:
    """A private key, which must be encrypted PKCS#8; neither key nor passphrase is repeated in a refusal."""
    if BLOCK.findall(pem) != ["ENCRYPTED PRIVATE KEY"]:
        raise store_failed("The private key must be one encrypted PKCS#8 key in PEM.")
    try:
        return serialization.load_pem_private_key(pem.encode(), passphrase.encode())
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise store_failed("The private key cannot be decrypted with the passphrase.") from None


def key_mark(key: CertificatePublicKeyTypes | PrivateKeyTypes) -> str:
    """What a key and its certificate have in common: the public key, in hexadecimal digits."""
    public = key.public_key() if hasattr(key, "public_key") else key
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return public.public_bytes(serialization.Encoding.DER, form).hex()


def pem(shown: list[Json]) -> str:
    """Members as PEM again."""
    certificates = [x509.load_der_x509_certificate(base64.b64decode(one["certificate"])) for one in shown]
    return "".join(one.public_bytes(serialization.Encoding.PEM).decode() for one in certificates)
