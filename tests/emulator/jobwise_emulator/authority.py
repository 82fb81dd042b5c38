# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small certificate authority to throw away: for the seed, for tests, and for playbooks that need a signature.

``python -m jobwise_emulator.authority sign CSR.pem OUT.pem [--days N] [--ca-out CA.pem]`` makes a new authority, signs
the request and writes the answer as a chain, leaf first and root last. Its private key is never kept.
"""

from __future__ import annotations

import argparse
import dataclasses
import ipaddress
import sys
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.x509.oid import NameOID

KEY_LENGTH = 2048
BEFORE = timedelta(days=30)
CA_DAYS = 3650.0
LEAF_DAYS = 365.0


@dataclasses.dataclass(frozen=True)
class Issued:
    """A certificate chain in PEM, leaf first, and its key as encrypted PKCS#8 in PEM with the passphrase of that."""

    certificate: str
    private_key: str
    passphrase: str


class Authority:
    """A certificate authority, self-signed unless another one is its ``issuer``; all in memory.

    ``now`` is the instant (seconds since the epoch) that days count from; a certificate begins 30 days before it is
    issued or, with a negative number of days, before it has expired.
    """

    def __init__(
        self,
        name: str = "Throw-away CA",
        *,
        days: float = CA_DAYS,
        now: float | None = None,
        issuer: Authority | None = None,
    ) -> None:
        self.now = time.time() if now is None else now
        self.key = rsa.generate_private_key(65537, KEY_LENGTH)
        subject = distinguished(name)
        builder = self.builder(subject, issuer.subject if issuer else subject, self.key.public_key(), days)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        certificate = builder.sign(issuer.key if issuer else self.key, hashes.SHA256())
        self.subject: x509.Name = subject
        self.certificates: list[x509.Certificate] = [certificate, *(issuer.certificates if issuer else [])]

    @property
    def pem(self) -> str:
        """This authority's certificate and those above it, up to the root."""
        return pem_of(self.certificates)

    def child(self, name: str = "Throw-away intermediate CA", days: float = CA_DAYS) -> Authority:
        """An authority that this one vouches for."""
        return Authority(name, days=days, now=self.now, issuer=self)

    def sign(self, request: str, days: float = LEAF_DAYS) -> str:
        """The answer to a signing request in PEM: a chain with its subject and names. ``ValueError`` for a bad one."""
        wanted = x509.load_pem_x509_csr(request.encode())
        if not wanted.is_signature_valid:
            raise ValueError("the request is not signed with its own key")
        builder = self.builder(wanted.subject, self.subject, wanted.public_key(), days)
        for extension in wanted.extensions:
            builder = builder.add_extension(extension.value, extension.critical)
        return pem_of([self.finish(builder), *self.certificates])

    def issue(self, common_name: str, *hosts: str, days: float = LEAF_DAYS, passphrase: str = "open sesame") -> Issued:
        """A certificate with a new key; ``hosts`` (names and addresses) become its alternative names."""
        key = rsa.generate_private_key(65537, KEY_LENGTH)
        builder = self.builder(distinguished(common_name), self.subject, key.public_key(), days)
        if hosts:
            builder = builder.add_extension(alternative_names(*hosts), critical=False)
        return Issued(pem_of([self.finish(builder), *self.certificates]), encrypted(key, passphrase), passphrase)

    def builder(
        self, subject: x509.Name, issuer: x509.Name, key: CertificatePublicKeyTypes, days: float
    ) -> x509.CertificateBuilder:
        """What all certificates have."""
        now = datetime.fromtimestamp(self.now, timezone.utc)
        end = now + timedelta(days=days)
        builder = x509.CertificateBuilder(subject_name=subject, issuer_name=issuer, public_key=key)
        builder = builder.serial_number(x509.random_serial_number())
        return builder.not_valid_before(min(now, end) - BEFORE).not_valid_after(end)

    def finish(self, builder: x509.CertificateBuilder) -> x509.Certificate:
        """Sign a leaf."""
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        return builder.sign(self.key, hashes.SHA256())


def distinguished(common_name: str) -> x509.Name:
    """A subject with that common name."""
    parts = {NameOID.COUNTRY_NAME: "US", NameOID.ORGANIZATION_NAME: "Emulated", NameOID.COMMON_NAME: common_name}
    return x509.Name([x509.NameAttribute(oid, text) for oid, text in parts.items()])


def alternative_names(*hosts: str) -> x509.SubjectAlternativeName:
    """Host names and IP addresses as an extension."""
    names: list[x509.GeneralName] = []
    for host in hosts:
        try:
            names.append(x509.IPAddress(ipaddress.ip_address(host)))
        except ValueError:
            names.append(x509.DNSName(host))
    return x509.SubjectAlternativeName(names)


def self_signed(common_name: str, *hosts: str, now: float | None = None, days: float = CA_DAYS) -> Issued:
    """A certificate for a host that vouches for itself."""
    authority = Authority(common_name, now=now)
    builder = authority.builder(authority.subject, authority.subject, authority.key.public_key(), days)
    if hosts:
        builder = builder.add_extension(alternative_names(*hosts), critical=False)
    passphrase = "open sesame"
    return Issued(pem_of([authority.finish(builder)]), encrypted(authority.key, passphrase), passphrase)


def pem_of(certificates: list[x509.Certificate]) -> str:
    """Certificates in PEM, one after the other."""
    return "".join(one.public_bytes(serialization.Encoding.PEM).decode() for one in certificates)


def encrypted(key: rsa.RSAPrivateKey, passphrase: str) -> str:
    """A key as encrypted PKCS#8 in PEM."""
    protection = serialization.BestAvailableEncryption(passphrase.encode())
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, protection).decode()


def main(arguments: list[str]) -> int:
    """The command line. Exit status 0, or 2 when the request cannot be signed."""
    parser = argparse.ArgumentParser(prog="python -m jobwise_emulator.authority", description=__doc__.splitlines()[0])
    sign = parser.add_subparsers(required=True).add_parser("sign", help="sign a certificate signing request")
    sign.add_argument("request", type=Path, metavar="CSR.pem")
    sign.add_argument("output", type=Path, metavar="OUT.pem", help="gets the chain, leaf first")
    sign.add_argument("--days", type=float, default=LEAF_DAYS, help="days until the certificate expires")
    sign.add_argument("--ca-out", type=Path, metavar="CA.pem", help="gets the authority's own certificate")
    options = parser.parse_args(arguments)
    authority = Authority()
    try:
        options.output.write_text(authority.sign(options.request.read_text(encoding="utf-8"), options.days))
        if options.ca_out:
            options.ca_out.write_text(authority.pem)
    except (OSError, ValueError) as error:
        parser.error(f"cannot sign {options.request}: {error}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
