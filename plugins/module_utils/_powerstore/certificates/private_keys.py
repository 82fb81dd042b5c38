# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Check private keys before they are sent. No message contains a key or a passphrase.

Source: PowerStore REST API 4.0, x509_certificate create (private_key: encrypted PKCS#8; passphrase).
"""

from __future__ import annotations

from ..._certificates.der import Certificate
from ..._certificates.pem import blocks
from ..._engine.errors import InputError

try:
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization

    HAS_CRYPTOGRAPHY = True
except ImportError:
    HAS_CRYPTOGRAPHY = False

ENCRYPTED = "ENCRYPTED PRIVATE KEY"
ENCRYPT = "openssl pkcs8 -topk8 -v2 aes-256-cbc -in KEY.pem -out ENCRYPTED.pem"


def check_key(key: str | None, passphrase: str | None, leaf: Certificate) -> str:
    """Return the key's PEM; raise InputError if the array would refuse it or if it is not the leaf's key.

    The comparison with the leaf needs the library ``cryptography``, and is left out without it.
    """
    if not key:
        raise InputError(
            "A Server or Client certificate is imported with its key.", hint="Give private_key or private_key_path."
        )
    found = blocks(key, "private_key")
    labels = [block.label for block in found]
    if labels != [ENCRYPTED]:
        unencrypted = len(labels) == 1 and labels[0].endswith("PRIVATE KEY")
        wrong = "is not encrypted PKCS#8" if unencrypted else f"must be one key, not {', '.join(labels)}"
        raise InputError(
            f"private_key {wrong}. The array takes encrypted PKCS#8 only.",
            hint=f"This command encrypts a key, and prompts for the passphrase: {ENCRYPT}",
        )
    if not passphrase:
        raise InputError("The key is encrypted, so the array needs the passphrase.", hint="Give passphrase.")
    if HAS_CRYPTOGRAPHY:
        _check_match(key, passphrase, leaf)
    return found[0].text + "\n"


def _check_match(key: str, passphrase: str, leaf: Certificate) -> None:
    form = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    try:
        public = serialization.load_pem_private_key(key.encode(), passphrase.encode()).public_key().public_bytes(*form)
        certified = x509.load_der_x509_certificate(leaf.der).public_key().public_bytes(*form)
    except UnsupportedAlgorithm:
        return  # this Python cannot read the key's algorithm, but the array may
    except (ValueError, TypeError):
        raise InputError("passphrase does not open private_key.") from None
    if public != certified:
        raise InputError(
            f"private_key does not belong to the certificate of {leaf.title}.",
            hint="The first certificate must be the one that was issued for this key.",
        )
