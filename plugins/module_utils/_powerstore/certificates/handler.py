# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A certificate or CA chain that is to be there for a service: found by its chain, its key, or a pending request.

Source: PowerStore REST API 4.0, x509_certificate: create, modify, and the meaning of scope.
"""

from __future__ import annotations

import typing as t
from datetime import datetime

from ..._certificates import pem
from ..._certificates.der import Certificate
from ..._engine.errors import InputError
from ..._engine.paths import in_path
from ..._engine.plan import Plan, Step
from ..._engine.resource_type import Json
from ..client import PowerStoreClient
from ..timestamps import instant
from .private_keys import check_key
from .x509 import (
    EXTERNAL,
    TYPE,
    WITH_KEY,
    CertificateTask,
    chain_of,
    check_expiry,
    default_scope,
    is_pending,
    serves,
)

IMPORTED = ("Import_HTTP", "LDAP_HTTP", "Syslog_HTTP", "SecurID_HTTP", "Remote_Backup_HTTP")
"""Services that take a certificate together with its key."""

REQUESTED = {"Management_HTTP": "Server", "VASA_HTTP": "Server", "Syslog_HTTP": "Client", "KMIP_HTTP": "Client"}
"""Services whose key the array makes, and the type that their requests are for."""

SCOPES = {
    "Import_HTTP": "the management address of the external array",
    "LDAP_HTTP": "the name of the LDAP domain",
    "Remote_Backup_HTTP": "the management address of the PowerProtect DD",
    "Replication_HTTP": "the global id of the remote cluster",
    "SecurID_HTTP": "the id of the MFA service",
}
"""What the scope of a service's CA certificates is; the others do without one."""


class CertificateSubject(CertificateTask):
    """The certificate that a task names by service, type and scope, or by its id.

    Which entry of the array is meant is decided in `look_up`; None there means that the certificate is to be imported.
    """

    def __init__(self, client: PowerStoreClient, want: Json) -> None:
        self.want = {**want, "scope": default_scope(want["service"], want["type"], want["scope"])}
        text = pem.given(want, "certificate")
        self.chain = [] if text is None else pem.chain(text, "certificate")
        check_purpose(self.want)
        check_order(self.chain)
        self.key = ""
        self.rivals: list[Json] = []
        self.copies: list[str] = []
        super().__init__(client, title_of(self.want) if want["service"] else f"certificate {want['id']}")

    def look_up(self, object_id: str | None = None) -> Json | None:
        """Return the entry that holds the certificate or is to get it, None where it has to be imported."""
        entries = self.entries()
        have = self._by_id(entries, self.want["id"]) if self.want["id"] else self._by_purpose(entries)
        self.rivals = [one for one in entries if have is None or one["id"] != have["id"]]
        if have is None:
            self._check_import()
        self.copies = self._copies(have)
        return have

    def _copies(self, have: Json | None) -> list[str]:
        """Return the ids of all entries with the chain of this one for the same purpose, if there are several."""
        if have is None or not have.get("members"):
            return []
        mine = [one.der for one in chain_of(have)]
        mates = [one for one in self.rivals if serves(one, have["service"], have["type"], have.get("scope") or None)]
        ids = [str(one["id"]) for one in mates if [part.der for part in chain_of(one)] == mine]
        return sorted([str(have["id"]), *ids]) if ids else []

    def _by_id(self, entries: list[Json], object_id: str) -> Json:
        have = next((entry for entry in entries if entry["id"] == object_id), None)
        if have is None:
            raise InputError(f"There is no certificate with id {object_id}.", hint="powerstore_info lists them.")
        if self.want["service"] and not serves(have, self.want["service"], self.want["type"], self.want["scope"]):
            raise InputError(f"The certificate with id {object_id} is the {title_of(have)}, not the {self.label}.")
        self.want.update({name: have.get(name) for name in ("service", "type", "scope")})
        check_purpose(self.want)
        if self.chain and not is_pending(have) and not self._agrees(have) and not self._same_key(have):
            raise InputError(
                f"The certificate with id {object_id} has another key than the one that is given.",
                hint="Leave id out, so that the one that fits is found or made.",
            )
        return have

    def _by_purpose(self, entries: list[Json]) -> Json | None:
        """Look for the same chain, then for the same key, then for a request that waits for its answer."""
        mine = [one for one in entries if serves(one, self.want["service"], self.want["type"], self.want["scope"])]
        mine.sort(key=lambda entry: not entry.get("is_current"))
        same = [entry for entry in mine if self._agrees(entry)] or [entry for entry in mine if self._same_key(entry)]
        if same or self.want["type"] not in WITH_KEY or self._brings_key():
            return same[0] if same else None
        pending = [entry for entry in mine if is_pending(entry)]
        if len(pending) > 1:
            ids = ", ".join(str(entry["id"]) for entry in pending)
            raise InputError(
                f"{len(pending)} requests for the {self.label} wait for an answer: {ids}.",
                hint="Give the id that x509_certificate_request returned for this one.",
            )
        return pending[0] if pending else None

    def _agrees(self, entry: Json) -> bool:
        return [one.der for one in chain_of(entry)] == [one.der for one in self.chain]

    def _same_key(self, entry: Json) -> bool:
        """A certificate that was issued anew for the same key goes where that key is."""
        leaf = chain_of(entry)[:1]
        return entry["type"] in WITH_KEY and bool(leaf and leaf[0].key) and leaf[0].key == self.chain[0].key

    def _brings_key(self) -> bool:
        return self.want["private_key"] is not None or self.want["private_key_path"] is not None

    def _check_import(self) -> None:
        """Raise InputError for what the array would not take as a new certificate."""
        service, usage = self.want["service"], self.want["type"]
        if usage not in WITH_KEY:
            if self._brings_key():
                raise InputError(f"A certificate of type {usage} has no key.", hint="Leave private_key out.")
            if service in SCOPES and not self.want["scope"]:
                raise InputError(f"The {self.label} needs a scope: {SCOPES[service]}.")
            return
        if service not in IMPORTED:
            hint = "Let the array make key and request with x509_certificate_request, and have that signed."
            raise InputError(
                f"No request for the {self.label} waits for this certificate, and a key from elsewhere is not taken.",
                hint=hint if service in REQUESTED else f"The array has certificates of its own for {service}.",
            )
        if not self._brings_key():
            raise InputError(
                f"No request for the {self.label} waits for this certificate, so it needs its key.",
                hint="Give private_key or private_key_path, and passphrase.",
            )
        self.key = check_key(pem.given(self.want, "private_key"), self.want["passphrase"], self.chain[0])

    def plan(self, have: Json | None) -> Plan:
        """Return what is to be done; raise InputError for what cannot be, or runs out too soon where that is asked."""
        warnings = self._check_expiry(have)
        if self.copies:
            warnings += (
                f"{len(self.copies)} entries hold the same {self.label}: {', '.join(self.copies)}. The array compares "
                "nothing when it imports, so tasks that run at the same time may each import it. Use run_once or "
                "throttle: 1.",
            )
        shown = {"service": self.want["service"], "type": self.want["type"], "scope": self.want["scope"]}
        if have is None:
            current = self.want["is_current"] is not False
            after = {**shown, "is_current": current, "chain": list(map(str, self.chain))}
            return Plan((self._import(current),), {}, after, warnings)
        before = {**shown, "is_current": bool(have.get("is_current")), "chain": list(map(str, chain_of(have)))}
        body = self._difference(have)
        after = {**before, "is_current": body.get("is_current", have.get("is_current"))}
        if "certificate" in body:
            after["chain"] = list(map(str, self.chain))
        steps = (
            (Step("modify", "PATCH", f"{TYPE}/{in_path(have['id'])}", body, self._says(have, body)),) if body else ()
        )
        return Plan(steps, before, after, warnings)

    def _check_expiry(self, have: Json | None) -> tuple[str, ...]:
        ends: list[tuple[str, datetime | None]] = [(one.title, one.expires) for one in self.chain]
        if not self.chain and have:
            ends = [
                (str(one.get("subject")), instant(one["valid_to"], "valid_to"))
                for one in have["members"]
                if one.get("valid_to")
            ]
        days, fail = self.want["renew_before_days"], self.want["on_expiry"] == "fail"
        return tuple(line for title, expires in ends for line in check_expiry(title, expires, days, fail))

    def _import(self, current: bool) -> Step:
        body = {"type": self.want["type"], "service": self.want["service"], "certificate": pem.render(self.chain)}
        if self.want["scope"]:
            body["scope"] = self.want["scope"]
        if self.key:
            body.update(private_key=self.key, passphrase=self.want["passphrase"])
        body["is_current"] = current
        says = f"import the {self.label} ({self.chain[0].title}){self._instead(None, current)}"
        return Step("create", "POST", TYPE, body, says)

    def _difference(self, have: Json) -> Json:
        """Return the body that brings an entry to what is asked for, empty where it is that already."""
        asked = self.want["is_current"]
        current = have.get("is_current") if asked is None else asked
        if self.chain and not self._agrees(have):
            current = True if asked is None and is_pending(have) else current
            return {"certificate": pem.render(self.chain), "is_current": current}
        if current == have.get("is_current"):
            return {}
        if have["type"] not in WITH_KEY:
            raise InputError(
                f"is_current of the {self.label} is {str(have['is_current']).lower()}, and can be set only when it is "
                "imported."
            )
        if is_pending(have):
            raise InputError(f"The {self.label} with id {have['id']} is a request that waits for its certificate.")
        return {"is_current": current}

    def _says(self, have: Json, body: Json) -> str:
        instead = self._instead(have, body["is_current"])
        if "certificate" not in body:
            return f"put the {self.label} {'into' if body['is_current'] else 'out of'} use{instead}"
        where = "the request" if is_pending(have) else "the entry"
        return f"put the certificate of {self.chain[0].title} into {where} {have['id']} for the {self.label}{instead}"

    def _instead(self, have: Json | None, current: bool) -> str:
        """Say what goes: of certificates with a key only one is in use, and the array deletes the one before."""
        if not current or self.want["type"] not in WITH_KEY or (have and have.get("is_current")):
            return ""
        gone = [one for one in self.rivals if one.get("is_current") and serves(one, *purpose(self.want))]
        leaves = [chain_of(one)[:1] for one in gone]
        return "".join(f", in place of {leaf[0].title}, which the array then deletes" for leaf in leaves if leaf)


def purpose(want: Json) -> tuple[str, str, str | None]:
    """Return service, type and scope."""
    return want["service"], want["type"], want["scope"]


def title_of(want: t.Mapping[str, t.Any]) -> str:
    """Return what people call the certificates of a purpose."""
    scope = f" of scope {want['scope']}" if want.get("scope") else ""
    return f"{want['service']} {want['type']} certificate{scope}"


def check_purpose(want: Json) -> None:
    """Raise InputError for a scope or a use that no array has."""
    if want["service"] != "Management_HTTP" or want["type"] != "Server":
        return
    if want["scope"] != EXTERNAL:
        raise InputError(f"The scope of a Management_HTTP Server certificate is {EXTERNAL}, not {want['scope']!r}.")
    if want["is_current"] is False:
        raise InputError("A Management_HTTP Server certificate is always the one in use: leave is_current out.")


def check_order(chain: t.Sequence[Certificate]) -> None:
    """Raise InputError unless each certificate is followed by its issuer's, be it of a server, a client or a CA."""
    for number, (one, issuer) in enumerate(zip(chain, chain[1:]), 1):
        if one.issuer != issuer.subject:
            raise InputError(
                f"Certificate {number + 1} of the chain ({issuer.title}) did not issue number {number} ({one.title}).",
                hint="The order is the leaf first, then its issuer, up to the root.",
            )
