# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing requests and going back to a self-signed certificate (PowerStore REST 4.0, x509_certificate csr and
reset_certificates)."""

from __future__ import annotations

import ipaddress
import re

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from jobwise_emulator import authority
from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused, invalid
from jobwise_emulator.powerstore.jobs import Effect
from jobwise_emulator.powerstore.resources import x509_certificate, x509_chain, x509_scopes

LENGTHS = (2048, 4096)
HOST = re.compile(r"(\*\.)?([A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9])?\.)*[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9])?")
SUBJECT = {
    "country": NameOID.COUNTRY_NAME,
    "state": NameOID.STATE_OR_PROVINCE_NAME,
    "locality": NameOID.LOCALITY_NAME,
    "organization": NameOID.ORGANIZATION_NAME,
    "organizational_unit": NameOID.ORGANIZATIONAL_UNIT_NAME,
    "common_name": NameOID.COMMON_NAME,
}


def csr(call: Call) -> Effect:
    """Make a key pair and a request for it; the entry that holds the key waits for its certificate."""
    world, body = call.world, call.body
    scope = x509_scopes.requestable(body["service"], body["type"], body.get("scope"))
    if body["key_length"] not in LENGTHS:
        raise invalid(f"key_length must be one of {LENGTHS}.", str(body["key_length"]))
    wanted = wanted_names(body)

    def effect() -> Json:
        key = rsa.generate_private_key(65537, body["key_length"])
        shown = {"type": body["type"], "service": body["service"], "scope": scope, "is_current": False}
        entry = x509_certificate.put(world, **shown, members=[], key=x509_chain.key_mark(key))
        request = wanted.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()
        return {"id": entry["id"], **shown, "is_valid": False, "members": [], "certificate_request": request}

    return effect


def wanted_names(body: Json) -> x509.CertificateSigningRequestBuilder:
    """Subject and alternative names of a request; raises 400 for a country, name or address that is none."""
    if "country" in body and not re.fullmatch(r"[A-Za-z]{2}", body["country"]):
        raise invalid("country must be two letters.", body["country"])
    hosts = [*(body.get("dns_name") or []), *(body.get("ip_addresses") or [])]
    for name in body.get("dns_name") or []:
        if not HOST.fullmatch(name) or len(name) > 253:
            raise invalid(f"{name} is not a DNS name.", name)
    for address in body.get("ip_addresses") or []:
        try:
            ipaddress.ip_address(address)
        except ValueError:
            raise invalid(f"{address} is not an IP address.", address) from None
    parts = [x509.NameAttribute(oid, body[name]) for name, oid in SUBJECT.items() if body.get(name)]
    builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name(parts))
    return builder.add_extension(authority.alternative_names(*hosts), critical=False) if hosts else builder


def reset_certificates(call: Call) -> Effect:
    """Throw away what VASA_HTTP has and give it a new self-signed certificate."""
    world, service = call.world, call.body["service"]
    if service != "VASA_HTTP":
        raise Refused(422, "0xE09010010027", f"Certificates of {service} cannot be reset, only of VASA_HTTP.", service)

    def effect() -> None:
        for entry in world.store.where(x509_certificate.KIND, "service", service):
            world.store.remove(x509_certificate.KIND, entry["id"])
        put_vasa(world, world.new_id())

    return effect


def put_vasa(world: ApplianceState, key: str) -> Json:
    """A new self-signed certificate of the VASA provider."""
    issued = authority.self_signed("VASA provider", "127.0.0.1", now=world.clock.now())
    chain = x509_chain.parse(issued.certificate)
    return x509_certificate.put(
        world,
        id=key,
        type="Server",
        service="VASA_HTTP",
        is_current=True,
        members=x509_chain.members(chain),
        key=x509_chain.key_mark(chain[0].public_key()),
    )


RULES = {x509_certificate.KIND: Rules({"csr": csr, "reset_certificates": reset_certificates})}
