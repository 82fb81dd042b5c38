# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Certificates of servers and authorities that the appliance trusts.

Source: HPE OneView REST API, certificates/servers, certificates/ca, certificates/https/remote. The appliance may wrap
the lines of a certificate differently and adds attributes that it parsed from it, so the handler compares the DER.
"""

from __future__ import annotations

import base64
import binascii
from urllib.parse import quote

from ..._certificates import pem
from ..._certificates.der import Certificate, certificate
from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.job import Job
from ..._engine.options.mistakes import Mistakes
from ..._engine.planning.history import History
from ..._engine.planning.plan import Plan
from ..._engine.planning.steps import Request
from ..._engine.table.resource_type import ResourceType
from ..._engine.text.names import the_one
from ..client import OneViewClient
from ..handler import ANY_VERSION, CONVENTION, OneViewHandler

SERVER, AUTHORITY = "server", "authority"
PATHS = {SERVER: "/rest/certificates/servers", AUTHORITY: "/rest/certificates/ca"}
TITLES = {SERVER: "server certificate", AUTHORITY: "CA certificate"}
REMOTE = "/rest/certificates/https/remote"
WITH_DETAILS = {"If-Req-CertDetails": "true"}
"""Without this header, the appliance returns CA certificates without their content."""

LEAF_ONLY = {"Forcesaveleaf": "true"}
UNREADABLE = "a certificate that cannot be read"


class CertificateHandler(OneViewHandler):
    """Handles the certificate that the appliance trusts under an alias.

    The task gives the certificate, or a host from which the appliance fetches it.
    """

    def __init__(self, client: OneViewClient, desired: Json) -> None:
        kind = desired["type"]
        self.desired = desired
        self._desired_certificate: Certificate | None = None
        super().__init__(client, ResourceType(PATHS[kind], TITLES[kind], CONVENTION, (), identity=("alias",)), desired)

    def note_options(self, desired: Json, mistakes: Mistakes) -> None:
        """Note a missing or invalid certificate, and one that does not have the expected thumbprint."""
        _note_source(desired, mistakes)
        if desired["state"] == "present":
            with mistakes.noted():
                text = pem.given(desired, "certificate")
                if text is not None:
                    self._desired_certificate = self._only_one(pem.chain(text, "certificate"))

    @property
    def is_server(self) -> bool:
        """Whether it is the certificate of a server, not of an authority."""
        return bool(self.desired["type"] == SERVER)

    # Reading

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the entry of the alias, or None. If the task names a host, the appliance fetches its certificate."""
        if self.desired["state"] == "present" and self._desired_certificate is None:
            self._desired_certificate = self._fetched()
        alias = self.desired["alias"]
        uri = f"{self.resource.type}/{quote(alias, safe='')}"
        current = self._read(uri)
        if current is not None and _alias(current) not in ("", alias):
            # The appliance ignores case, so another entry may have exactly the desired spelling.
            rows = [{"alias": _alias(row), "uri": row.get("uri")} for row in self.client.all(self.resource.type)]
            entry = the_one(rows, alias, self.resource.title, key="alias", place="uri")
            uri = str((entry or {}).get("uri") or uri)
            current = self._read(uri)
        return None if current is None else {**current, "id": uri, "uri": current.get("uri") or uri}

    def _read(self, uri: str) -> Json | None:
        return self.client.get(uri, None if self.is_server else WITH_DETAILS)

    def _fetched(self) -> Certificate:
        host = _at(self.desired)
        entry = self.client.get(f"{REMOTE}/{host}", WITH_DETAILS)
        found = [cert for cert in map(held, details(entry or {})) if cert is not None]
        if not found:
            raise InputError(
                f"The appliance cannot fetch a certificate from {host}.", hint="Check that a server listens there."
            )
        if self.is_server:
            return self._verified(found[0])
        roots = [cert for cert in found if cert.issuer and cert.issuer == cert.subject]
        if not roots:
            raise InputError(f"{host} does not send the certificate of its root CA.", hint="Give it as certificate.")
        return self._verified(roots[-1])

    def _verified(self, cert: Certificate) -> Certificate:
        if not self._is_expected(cert):
            raise InputError(
                f"{_at(self.desired)} has a certificate with another thumbprint: {cert}.",
                hint="Nothing was written. If the certificate was renewed, give the new thumbprint. "
                "Otherwise, the connection may be intercepted.",
            )
        return cert

    def _is_expected(self, cert: Certificate) -> bool:
        """Return whether a certificate has the thumbprint that the task gives; True if the task gives none."""
        wanted = "".join(str(self.desired["sha256"] or "").split()).replace(":", "").lower()
        return not wanted or wanted == cert.thumbprint

    def _only_one(self, found: list[Certificate]) -> Certificate:
        option = "certificate" if self.desired["certificate_path"] is None else "certificate_path"
        if len(found) > 1:
            raise InputError(
                f"{option} holds {len(found)} certificates, but an alias stands for only one.",
                hint="Give each certificate its own alias.",
            )
        if not self._is_expected(found[0]):
            raise InputError(
                f"{option} holds a certificate with another thumbprint than sha256: {found[0]}.",
                hint="Nothing was written. Give the certificate that sha256 belongs to, or leave sha256 out.",
            )
        return found[0]

    # Planning

    def plan(self, current: Json | None, history: History) -> Plan:
        """Return the plan. It updates a server certificate; it deletes a CA certificate and creates the new one."""
        now = None if current is None else held_by(current)
        before: Json = (
            {} if current is None else {"alias": self.desired["alias"], "certificate": str(now or UNREADABLE)}
        )
        if self.desired["state"] == "absent":
            return Plan((self._delete(current),) if current else (), before, {})
        if self._desired_certificate is None:
            raise InputError("Give certificate, certificate_path or remote_host.")
        after = {"alias": self.desired["alias"], "certificate": str(self._desired_certificate)}
        if now is not None and now.der == self._desired_certificate.der:
            return Plan((), before, before)
        if current is None:
            return Plan((self._create(),), before, after)
        if self.is_server:
            return Plan((self._replace(current),), before, after)
        return Plan((self._delete(current), self._create()), before, after)

    def _create(self) -> Request:
        body = self._body({})
        return Request("create", "POST", self.resource.type, body, f"trust {self.label}: {self._desired_certificate}")

    def _replace(self, current: Json) -> Request:
        summary = f"replace {self.label} with {self._desired_certificate}"
        return Request("modify", "PUT", current["id"], self._body(current), summary, version=_version(current))

    def _delete(self, current: Json | None) -> Request:
        current = current or {}
        return Request(
            "delete", "DELETE", current["id"], None, f"stop trusting {self.label}", version=_version(current)
        )

    def _body(self, current: Json) -> Json:
        """Return the request body: the certificate, with the other attributes of an existing entry."""
        kept = {name: value for name, value in current.items() if name not in ("id", "certificateDetails")}
        alias, text = (
            self.desired["alias"],
            pem.render([self._desired_certificate] if self._desired_certificate else []),
        )
        detail = {"type": "CertificateDetailV2", "aliasName": alias, "base64Data": text}
        if self.is_server:
            return {"type": "CertificateInfoV2", **kept, "certificateDetails": [detail]}
        return {"type": "CertificateAuthorityInfo", **kept, "certificateDetails": detail}

    # Writing

    def send(self, step: Request) -> Job:
        """Send a step once, with the header for a leaf certificate if the task asks for it."""
        self.note_sending()
        version = ANY_VERSION if step.version and self.desired.get("force") else step.version
        return self.client.send(step, version, LEAF_ONLY if self.desired["leaf_only"] and step.body else None)


def details(entry: Json) -> list[Json]:
    """Return the certificates of an entry. A CA's entry has a single object instead of a list."""
    found = entry.get("certificateDetails") or []
    return [found] if isinstance(found, dict) else list(found)


def _alias(entry: Json) -> str:
    """Return the alias of an entry, or an empty text if it has none."""
    return next((str(detail["aliasName"]) for detail in details(entry) if detail.get("aliasName")), "")


def held(detail: Json) -> Certificate | None:
    """Return the certificate in an element of ``certificateDetails``, or None if it cannot be read.

    The appliance may return PEM with any line length, or the base64 text without PEM lines.
    """
    text = str(detail.get("base64Data") or "").replace("\\n", "\n")
    block = pem.BLOCK.search(text)
    body = block.group(2) if block else text
    try:
        return certificate(base64.b64decode("".join(body.split()), validate=True))
    except (ValueError, binascii.Error):
        return None


def held_by(current: Json) -> Certificate | None:
    """Return the certificate of an entry, the first one if it is a chain; None if it cannot be read."""
    found = details(current)
    return held(found[0]) if found else None


def _version(current: Json) -> str:
    return str(current.get("eTag") or "")


def _at(desired: Json) -> str:
    host = str(desired["remote_host"])
    name = f"[{host}]" if ":" in host else host
    return name if desired["remote_port"] == 443 else f"{name}:{desired['remote_port']}"


def _note_source(desired: Json, mistakes: Mistakes) -> None:
    sources = [name for name in ("certificate", "certificate_path", "remote_host") if desired.get(name) is not None]
    if desired["state"] == "present" and len(sources) != 1:
        mistakes.add("Give one of certificate, certificate_path and remote_host.")
    host = desired["remote_host"]
    if host is not None and (not host or any(sign in host for sign in "/@ ?#[]")):
        mistakes.add(f"remote_host takes a name or an address without scheme, port or path, not {host!r}.")
    if not 0 < desired["remote_port"] < 65536:
        mistakes.add(f"remote_port must be between 1 and 65535, not {desired['remote_port']}.")
    thumbprint = "".join(str(desired["sha256"] or "").split()).replace(":", "")
    if desired["sha256"] is not None and (len(thumbprint) != 64 or not _is_hexadecimal(thumbprint)):
        mistakes.add("sha256 takes the 64 hexadecimal digits of a thumbprint, with or without colons.")


def _is_hexadecimal(text: str) -> bool:
    return all(sign in "0123456789abcdefABCDEF" for sign in text)
