# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""certificates: of servers and of authorities that the appliance trusts, and what a remote server shows.

HPE OneView REST API: an alias names a certificate; the appliance adds what it has parsed and wraps the text anew, so
that only the DER tells whether it is the same. Certificates of authorities are told without content unless the
request has the header If-Req-CertDetails.
"""

from __future__ import annotations

import base64
import ssl
import textwrap
from urllib.parse import quote

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID

from jobwise_emulator.exchange import Json, Reply
from jobwise_emulator.oneview import bodies, crud
from jobwise_emulator.oneview.appliance_state import ApplianceState, Call, view
from jobwise_emulator.oneview.errors import Refused, conflict, invalid, not_found, unreadable
from jobwise_emulator.oneview.kinds import COMMON, Kind
from jobwise_emulator.oneview.listing import collection
from jobwise_emulator.oneview.tasks import Effect, Work, stamp

DETAIL = {"type": str, "aliasName": str, "base64Data": str}
PARSED = (
    *(
        "commonName",
        "issuer",
        "issuerCommonName",
        "subject",
        "serialNumber",
        "validFrom",
        "validUntil",
        "signatureAlgorithm",
    ),
    *("sha1Fingerprint", "sha256Fingerprint", "publicKey", "status", "selfsigned", "version"),
)
ENTRY = {**COMMON, "certType": str, "certStatus": object, "responseStatus": object, "name": str}
REACH_SECONDS = 2.0
SERVERS = Kind("certificates/servers", "CertificateInfoV2", "server certificate", {}, key="alias", etag="uuid")
AUTHORITIES = Kind("certificates/ca", "CertificateAuthorityInfo", "CA certificate", {}, key="alias", etag="uuid")


def read(text: str) -> x509.Certificate:
    """One certificate in PEM; 400 for anything else."""
    count = text.count("-----BEGIN CERTIFICATE-----")
    try:
        if count != 1:
            raise ValueError(f"there are {count} certificates")
        return x509.load_pem_x509_certificate(text.strip().encode())
    except ValueError as error:
        actions = ("Give one certificate in PEM.",)
        raise Refused(400, "CERTIFICATE_INVALID", "The certificate cannot be read.", str(error), actions) from None


def rewrapped(one: x509.Certificate) -> str:
    """The certificate in lines of another length than usual."""
    text = base64.b64encode(one.public_bytes(serialization.Encoding.DER)).decode()
    return "\n".join(["-----BEGIN CERTIFICATE-----", *textwrap.wrap(text, 76), "-----END CERTIFICATE-----"])


def name_in(name: x509.Name) -> str | None:
    """The common name in a subject."""
    found = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else None


def fingerprint(one: x509.Certificate, algorithm: hashes.HashAlgorithm) -> str:
    """A digest with colons."""
    return one.fingerprint(algorithm).hex(":").upper()


def detail(one: x509.Certificate, alias: str | None) -> Json:
    """A certificate as the appliance tells it."""
    facts = {
        "commonName": name_in(one.subject),
        "subject": one.subject.rfc4514_string(),
        "issuer": one.issuer.rfc4514_string(),
        "issuerCommonName": name_in(one.issuer),
        "serialNumber": f"{one.serial_number:x}",
        "validFrom": stamp(one.not_valid_before_utc.timestamp()),
        "validUntil": stamp(one.not_valid_after_utc.timestamp()),
        "signatureAlgorithm": one.signature_algorithm_oid._name,
        "sha1Fingerprint": fingerprint(one, hashes.SHA1()),
        "sha256Fingerprint": fingerprint(one, hashes.SHA256()),
        "selfsigned": one.subject == one.issuer,
        "version": 3,
    }
    return {"type": "CertificateDetailV2", "aliasName": alias, "base64Data": rewrapped(one), **facts}


def is_authority(one: x509.Certificate) -> bool:
    """Whether it may sign others."""
    try:
        return one.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def shape(kind: Kind) -> bodies.Shape:
    """What a body looks like: a list of details for a server, a single one for an authority."""
    one = {**DETAIL, **dict.fromkeys(PARSED, object)}
    return {**ENTRY, "certificateDetails": [one] if kind is SERVERS else one}


def given(call: Call, kind: Kind, alias: str | None = None) -> tuple[str, x509.Certificate, Json]:
    """The alias, the certificate and the body of a write."""
    sent = bodies.decode(call.request)
    if kind is AUTHORITIES and isinstance(sent, dict) and isinstance(sent.get("members"), list):
        if len(sent["members"]) != 1:
            raise unreadable("members must have one entry.")
        sent = sent["members"][0]
    if not isinstance(sent, dict):
        raise unreadable("The body must be an object.")
    body: Json = bodies.check(sent, shape(kind), "the body", call.world.exists)
    told = body.get("certificateDetails")
    details = told if isinstance(told, list) else [told]
    if len(details) != 1 or not details[0] or not details[0].get("base64Data"):
        raise unreadable("certificateDetails must have one entry with base64Data.")
    one = read(details[0]["base64Data"])
    if kind is AUTHORITIES and not is_authority(one):
        actions = ("Give the certificate of an authority.",)
        raise Refused(400, "CERTIFICATE_NOT_CA", "This is no certificate of an authority.", None, actions)
    name = details[0].get("aliasName") or alias or name_in(one.subject)
    if not name:
        raise invalid("CERTIFICATE_ALIAS_MISSING", "aliasName is missing.", None, "Give aliasName.")
    return str(name), one, body


def store(world: ApplianceState, kind: Kind, alias: str, pem: str, cert_type: str = "USER") -> Json:
    """Trust a certificate."""
    order: Json = {"uri": f"/rest/{kind.path}/{quote(alias, safe='')}", "alias": alias, "_pem": pem}
    order.update({"certType": cert_type} if kind is AUTHORITIES else {"category": "certificates"})
    return world.add(kind, order)


def told(call: Call, kind: Kind, entry: Json, with_details: bool = True) -> Json:
    """An entry as it is read."""
    found = {name: value for name, value in view(call.world, kind, entry, call.version).items() if name != "alias"}
    one = detail(read(entry["_pem"]), entry["alias"])
    if kind is SERVERS:
        return {**found, "certificateDetails": [one]}
    kept = one if with_details else {name: one[name] for name in ("type", "aliasName", "commonName", "validUntil")}
    return {**found, "certificateDetails": {**kept, "type": "CertificateDetailV2"}}


def wants_details(call: Call, kind: Kind) -> bool:
    """Whether the content is to be told."""
    return kind is SERVERS or (call.header("if-req-certdetails") or "").lower() == "true"


def target(call: Call, kind: Kind) -> Json:
    """The entry with the alias that the path names."""
    return call.world.get(kind.path, f"/rest/{kind.path}/{quote(call.keys[0], safe='')}")


def many(call: Call, kind: Kind) -> Reply:
    """All entries; authorities by ``filter=certType:INTERNAL``."""
    entries = call.world.all(kind.path)
    for name, text in call.request.query:
        if name == "filter" and text.strip('"').startswith("certType:"):
            entries = [one for one in entries if one.get("certType") == text.strip('"').partition(":")[2]]
    more = ("filter",) if kind is AUTHORITIES else ()
    rows = [told(call, kind, one, wants_details(call, kind)) for one in entries]
    name = "CertificateAuthorityInfoCollection" if kind is AUTHORITIES else "CertificateInfoCollection"
    return Reply(200, collection(call.request, rows, call.world.settings, name, "certificates", more))


def one(call: Call, kind: Kind) -> Reply:
    """One entry."""
    entry = target(call, kind)
    return Reply(200, told(call, kind, entry, wants_details(call, kind)), {"ETag": entry["eTag"]})


def create(call: Call, kind: Kind) -> Reply:
    """Trust a certificate under an alias that is not taken."""
    alias, found, dummy = given(call, kind)

    def prepare() -> Effect:
        if call.world.named(kind.path, alias, "alias"):
            text = f"There is a certificate with the alias {alias} already."
            raise conflict("CERTIFICATE_ALIAS_EXISTS", text, None, "Choose another alias, or replace it.")
        return lambda: store(call.world, kind, alias, rewrapped(found))

    crud.reserve(call, kind, alias)
    return call.perform(kind, "create", Work("Create", kind.category, None, alias, prepare), 201)


def replace(call: Call, kind: Kind) -> Reply:
    """Another certificate under the same alias."""
    entry = target(call, kind)
    alias, found, body = given(call, kind, entry["alias"])
    call.check_version(entry, body)
    if alias != entry["alias"]:
        raise invalid("CERTIFICATE_ALIAS_FIXED", "The alias cannot be changed.", None, f"It is {entry['alias']}.")

    def done() -> Json:
        entry["_pem"] = rewrapped(found)
        call.world.touch(kind, entry)
        return entry

    return call.perform(kind, "update", Work("Update", kind.category, entry["uri"], alias, lambda: done), 200)


def delete(call: Call, kind: Kind) -> Reply:
    """Trust it no more."""
    entry = target(call, kind)
    call.check_version(entry, None, needed=False)
    if entry.get("certType") == "INTERNAL":
        raise conflict("CERTIFICATE_INTERNAL", "The appliance's own authority cannot be deleted.", None, "Keep it.")
    work = Work("Delete", kind.category, entry["uri"], entry["alias"], lambda: remove)

    def remove() -> None:
        call.world.remove(kind, entry)

    return call.perform(kind, "delete", work, 204)


def own(call: Call) -> Reply:
    """The appliance's own certificate."""
    chain = call.world.own_certificate
    if not chain:
        raise not_found("/rest/certificates/https")
    return Reply(200, {**detail(x509.load_pem_x509_certificates(chain.encode())[0], None), "type": "CertificateDtoV3"})


def remote(call: Call) -> Reply:
    """What another server shows of itself: as the settings say, or really asked for on loopback."""
    place = call.keys[0]
    host, dummy, port = place.rpartition(":") if place.rpartition(":")[2].isdigit() else (place, "", "443")
    known = call.world.settings["remote_certificates"]
    chain = known.get(place) or known.get(f"{host}:{port}")
    if chain is None and host in ("127.0.0.1", "localhost"):
        chain = probe(call, host, int(port))
    if chain is None:
        actions = ("Check the address, and whether a server listens there.",)
        text = f"The certificate of {place} cannot be fetched."
        raise Refused(400, "CERTIFICATE_REMOTE_UNREACHABLE", text, "No connection could be made.", actions)
    found = [detail(one, host) for one in x509.load_pem_x509_certificates(chain.encode())]
    return Reply(200, {"type": "CertificateInfoV2", "category": "certificates", "certificateDetails": found})


def probe(call: Call, host: str, port: int) -> str | None:
    """The certificate that a server on this machine shows; of this appliance, without asking."""
    if (call.header("host") or "").rpartition(":")[2] == str(port):
        return call.world.own_certificate
    try:
        return ssl.get_server_certificate((host, port), timeout=REACH_SECONDS)
    except OSError:
        return None


def verbs(kind: Kind) -> crud.Routes:
    """The paths of a category."""
    return {
        kind.path: {"GET": lambda call: many(call, kind), "POST": lambda call: create(call, kind)},
        f"{kind.path}/{{}}": {
            "GET": lambda call: one(call, kind),
            "DELETE": lambda call: delete(call, kind),
            **({"PUT": lambda call: replace(call, kind)} if kind is SERVERS else {}),
        },
    }


def seeded(world: ApplianceState, chain: str) -> None:
    """The authority that the appliance's own certificate comes from."""
    world.own_certificate = chain
    if chain and not world.all(AUTHORITIES.path):
        root = x509.load_pem_x509_certificates(chain.encode())[-1]
        store(world, AUTHORITIES, "default", rewrapped(root), "INTERNAL")


KINDS = (SERVERS, AUTHORITIES)
ROUTES: crud.Routes = {
    **verbs(SERVERS),
    **verbs(AUTHORITIES),
    "certificates/https": {"GET": own},
    "certificates/https/remote/{}": {"GET": remote},
}
