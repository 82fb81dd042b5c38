# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificates: import, change and what is in use (PowerStore REST 4.0, x509_certificate).

An entry keeps ``@key``, the public half of the key pair that it holds (None without one); the private half is dropped.
"""

from __future__ import annotations

import uuid

from cryptography import x509

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused, invalid
from jobwise_emulator.powerstore.jobs import Effect
from jobwise_emulator.powerstore.query_language.comparison import instant
from jobwise_emulator.powerstore.resources import x509_chain, x509_scopes
from jobwise_emulator.powerstore.resources.x509_chain import store_failed

KIND = "x509_certificate"
WITH_KEY = ("Server", "Client")


def create(call: Call) -> Effect:
    """Import a certificate; one with a key must match it, and replaces the one in use if it is to be that."""
    world, body = call.world, call.body
    scope = x509_scopes.importable(body["service"], body["type"], body.get("scope"))
    key = key_of(body)
    chain = x509_chain.parse(body["certificate"])
    if key is not None and key != x509_chain.key_mark(chain[0].public_key()):
        raise store_failed("The private key does not match the first certificate.")
    if key is None and not all(x509_chain.is_authority(certificate) for certificate in chain):
        raise store_failed("A certificate for validation must be that of a certificate authority.")
    parts = {
        "type": body["type"],
        "service": body["service"],
        "scope": scope,
        "is_current": bool(call.value("is_current")),
    }
    members = x509_chain.members(chain)

    def effect() -> Json:
        entry = put(world, **parts, members=members, key=key)
        if entry["is_current"] and entry["type"] in WITH_KEY:
            retire_others(world, entry)
        return {"id": entry["id"]}

    return effect


def key_of(body: Json) -> str | None:
    """The mark of the key that comes with a Server or Client certificate; CA certificates have none."""
    given = [name for name in ("private_key", "passphrase") if name in body]
    if body["type"] not in WITH_KEY:
        if given:
            raise Refused(422, "0xE09010010020", f"A certificate of type {body['type']} is imported without a key.")
        return None
    for name in ("private_key", "passphrase"):
        if not body.get(name):
            raise invalid(f"A certificate of type {body['type']} needs {name}.", name)
    return x509_chain.key_mark(x509_chain.load_key(body["private_key"], body["passphrase"]))


def modify(call: Call) -> Effect:
    """Put a certificate into use or out of it; ``certificate`` brings the answer to a signing request."""
    world, entry, body = call.world, call.target, call.body
    current = body["is_current"]
    if entry["type"] not in WITH_KEY:
        raise Refused(422, "0xE09010010021", "Only certificates of type Server or Client can be modified.", entry["id"])
    if entry["service"] == "Management_HTTP" and not current:
        raise Refused(422, "0xE09010010022", "is_current must be true for Management_HTTP.", entry["id"])
    members = entry["members"] or []
    if "certificate" in body:
        chain = x509_chain.parse(body["certificate"])
        check_match(entry, chain[0])
        members = x509_chain.members(chain)
    if current and not members:
        raise store_failed("The entry has no certificate yet, so it cannot be the current one.", entry["id"])

    def effect() -> None:
        entry.update(is_current=current, members=members)
        refresh(world, entry)
        if current:
            retire_others(world, entry)

    return effect


def check_match(entry: Json, leaf: x509.Certificate) -> None:
    """A certificate must be for the key that the entry holds."""
    if entry.get("@key") != x509_chain.key_mark(leaf.public_key()):
        raise store_failed("The certificate does not match the key of this entry.", entry["id"])


def put(world: ApplianceState, *, members: list[Json], key: str | None, **attributes: object) -> Json:
    """A new entry; attributes are type, service, scope, is_current and perhaps an id."""
    entry = world.new(KIND, **attributes, members=members)
    entry["@key"] = key
    refresh(world, entry)
    world.store.add(KIND, entry)
    return entry


def retire_others(world: ApplianceState, entry: Json) -> None:
    """Delete the certificate that was in use for the same purpose."""
    for other in world.store.where(KIND, "service", entry["service"]):
        if other["type"] == entry["type"] and other["is_current"] and other["id"] != entry["id"]:
            world.store.remove(KIND, other["id"])


def refresh(world: ApplianceState, entry: Json) -> None:
    """``is_valid``: there is a certificate, nothing in it has expired, and a server has its key."""
    ends = [instant(member["valid_to"]) for member in entry["members"] or []]
    fresh = bool(ends) and all(end is not None and end.timestamp() > world.clock.now() for end in ends)
    entry["is_valid"] = fresh and (entry["type"] != "Server" or bool(entry.get("@key")))


def catch_up(world: ApplianceState) -> None:
    """Let certificates expire."""
    for entry in world.store.all(KIND):
        refresh(world, entry)


def complete(world: ApplianceState, entry: Json) -> None:
    """Fill in a seeded entry: ``certificate`` (PEM chain) becomes its members, ``private_key`` (with ``passphrase``)
    its key. Without one an entry of type Server or Client has the key of its leaf, so that it is valid.
    """
    pem, key, passphrase = (entry.pop(name, None) for name in ("certificate", "private_key", "passphrase"))
    if pem:
        chain = x509_chain.parse(pem)
        entry["members"] = x509_chain.members(chain)
        if entry["type"] in WITH_KEY:
            entry["@key"] = x509_chain.key_mark(chain[0].public_key())
    if key:
        entry["@key"] = x509_chain.key_mark(x509_chain.load_key(key, passphrase or ""))
    entry["members"] = entry["members"] or []
    entry["is_current"] = bool(entry["is_current"])
    refresh(world, entry)


def stable_id(label: str) -> str:
    """An id that is the same at every start."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{KIND}/{label}"))


RULES = {KIND: Rules({"create": create, "modify": modify}, complete)}
