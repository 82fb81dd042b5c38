# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A certificate or CA chain of a service. The handler finds it by its chain, its key, or a pending request.

Source: PowerStore REST API 4.0, x509_certificate: create, modify, and the meaning of scope.
"""

from __future__ import annotations

import typing as t
from datetime import datetime

from ..._certificates import pem
from ..._certificates.der import Certificate
from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.planning.history import History
from ..._engine.planning.plan import Plan
from ..._engine.planning.steps import Request
from ..._engine.text.paths import in_path
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
"""Services whose certificates are imported together with their keys."""

REQUESTED = {"Management_HTTP": "Server", "VASA_HTTP": "Server", "Syslog_HTTP": "Client", "KMIP_HTTP": "Client"}
"""Services whose keys the array makes, with the certificate type of their signing requests."""

SCOPES = {
    "Import_HTTP": "the management address of the external array",
    "LDAP_HTTP": "the name of the LDAP domain",
    "Remote_Backup_HTTP": "the management address of the PowerProtect DD",
    "Replication_HTTP": "the global id of the remote cluster",
    "SecurID_HTTP": "the id of the MFA service",
}
"""What the scope of a service's CA certificates means. The other services have no scope."""


class CertificateHandler(CertificateTask):
    """The certificate that a task names by service, type and scope, or by its id.

    `read` selects the entry of the array. If it returns None, the certificate must be imported.
    """

    def __init__(self, client: PowerStoreClient, desired: Json) -> None:
        self.desired = {**desired, "scope": default_scope(desired["service"], desired["type"], desired["scope"])}
        text = pem.given(desired, "certificate")
        self.chain = [] if text is None else pem.chain(text, "certificate")
        check_purpose(self.desired)
        check_order(self.chain)
        self.key = ""
        self.rivals: list[Json] = []
        self.copies: list[str] = []
        super().__init__(client, title_of(self.desired) if desired["service"] else f"certificate {desired['id']}")

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the entry that holds or will hold the certificate, or None if it must be imported."""
        entries = self.entries()
        current = self._by_id(entries, self.desired["id"]) if self.desired["id"] else self._by_purpose(entries)
        self.rivals = [entry for entry in entries if current is None or entry["id"] != current["id"]]
        if current is None:
            self._check_import()
        self.copies = self._copies(current)
        return current

    def _copies(self, current: Json | None) -> list[str]:
        """Return the ids of all entries with the same purpose and chain as ``current``; empty if it is the only one."""
        if current is None or not current.get("members"):
            return []
        mine = [part.der for part in chain_of(current)]
        service, usage, scope = current["service"], current["type"], current.get("scope") or None
        mates = [entry for entry in self.rivals if serves(entry, service, usage, scope)]
        ids = [str(entry["id"]) for entry in mates if [part.der for part in chain_of(entry)] == mine]
        return sorted([str(current["id"]), *ids]) if ids else []

    def _by_id(self, entries: list[Json], object_id: str) -> Json:
        current = next((entry for entry in entries if entry["id"] == object_id), None)
        if current is None:
            raise InputError(f"There is no certificate with id {object_id}.", hint="powerstore_info lists them.")
        if self.desired["service"] and not serves(
            current, self.desired["service"], self.desired["type"], self.desired["scope"]
        ):
            raise InputError(f"The certificate with id {object_id} is the {title_of(current)}, not the {self.label}.")
        self.desired.update({name: current.get(name) for name in ("service", "type", "scope")})
        check_purpose(self.desired)
        if self.chain and not is_pending(current) and not self._agrees(current) and not self._same_key(current):
            raise InputError(
                f"The certificate with id {object_id} has a different key from the one in the task.",
                hint="Leave id out. The task then finds the entry with this key, or imports the certificate.",
            )
        return current

    def _by_purpose(self, entries: list[Json]) -> Json | None:
        """Return the entry with the same chain, else with the same key, else the request that waits for an answer."""
        mine = [entry for entry in entries if serves(entry, *purpose(self.desired))]
        mine.sort(key=lambda entry: not entry.get("is_current"))
        same = [entry for entry in mine if self._agrees(entry)] or [entry for entry in mine if self._same_key(entry)]
        if same or self.desired["type"] not in WITH_KEY or self._brings_key():
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
        return [cert.der for cert in chain_of(entry)] == [cert.der for cert in self.chain]

    def _same_key(self, entry: Json) -> bool:
        """Return whether an entry has the same key: a renewed certificate replaces the old one in that entry."""
        leaf = chain_of(entry)[:1]
        return entry["type"] in WITH_KEY and bool(leaf and leaf[0].key) and leaf[0].key == self.chain[0].key

    def _brings_key(self) -> bool:
        return self.desired["private_key"] is not None or self.desired["private_key_path"] is not None

    def _check_import(self) -> None:
        """Raise InputError if the array would refuse to import the certificate."""
        service, usage = self.desired["service"], self.desired["type"]
        if usage not in WITH_KEY:
            if self._brings_key():
                raise InputError(f"A certificate of type {usage} has no key.", hint="Leave private_key out.")
            if service in SCOPES and not self.desired["scope"]:
                raise InputError(f"The {self.label} needs a scope: {SCOPES[service]}.")
            return
        if service not in IMPORTED:
            hint = "Let the array make key and request with x509_certificate_request, and have that signed."
            raise InputError(
                f"No request for the {self.label} waits for this certificate, and the array does not import its key.",
                hint=hint if service in REQUESTED else f"The array has certificates of its own for {service}.",
            )
        if not self._brings_key():
            raise InputError(
                f"No request for the {self.label} waits for this certificate, so it needs its key.",
                hint="Give private_key or private_key_path, and passphrase.",
            )
        self.key = check_key(pem.given(self.desired, "private_key"), self.desired["passphrase"], self.chain[0])

    def plan(self, current: Json | None, history: History) -> Plan:
        """Plan the import or the change.

        Raise InputError if the array cannot do it, or if a certificate expires too soon and on_expiry is ``fail``.
        """
        warnings = self._check_expiry(current)
        if self.copies:
            warnings += (
                f"{len(self.copies)} entries hold the same {self.label}: {', '.join(self.copies)}. The array compares "
                "nothing when it imports, so tasks that run at the same time may each import it. Use run_once or "
                "throttle: 1.",
            )
        shown = {"service": self.desired["service"], "type": self.desired["type"], "scope": self.desired["scope"]}
        if current is None:
            current_value = self.desired["is_current"] is not False
            after = {**shown, "is_current": current_value, "chain": list(map(str, self.chain))}
            return Plan((self._import(current_value),), {}, after, warnings)
        before = {**shown, "is_current": bool(current.get("is_current")), "chain": list(map(str, chain_of(current)))}
        body = self._difference(current)
        after = {**before, "is_current": body.get("is_current", current.get("is_current"))}
        if "certificate" in body:
            after["chain"] = list(map(str, self.chain))
        steps = (
            (Request("modify", "PATCH", f"{TYPE}/{in_path(current['id'])}", body, self._says(current, body)),)
            if body
            else ()
        )
        return Plan(steps, before, after, warnings)

    def _check_expiry(self, current: Json | None) -> tuple[str, ...]:
        ends: list[tuple[str, datetime | None]] = [(cert.title, cert.expires) for cert in self.chain]
        if not self.chain and current:
            ends = [
                (str(member.get("subject")), instant(member["valid_to"], "valid_to"))
                for member in current["members"]
                if member.get("valid_to")
            ]
        days, fail = self.desired["renew_before_days"], self.desired["on_expiry"] == "fail"
        return tuple(line for title, expires in ends for line in check_expiry(title, expires, days, fail))

    def _import(self, current_value: bool) -> Request:
        body = {"type": self.desired["type"], "service": self.desired["service"], "certificate": pem.render(self.chain)}
        if self.desired["scope"]:
            body["scope"] = self.desired["scope"]
        if self.key:
            body.update(private_key=self.key, passphrase=self.desired["passphrase"])
        body["is_current"] = current_value
        summary = f"import the {self.label} ({self.chain[0].title}){self._instead(None, current_value)}"
        return Request("create", "POST", TYPE, body, summary)

    def _difference(self, current: Json) -> Json:
        """Return the body of the request that changes the entry as desired, empty if nothing differs."""
        is_current = self.desired["is_current"]
        current_value = current.get("is_current") if is_current is None else is_current
        if self.chain and not self._agrees(current):
            current_value = True if is_current is None and is_pending(current) else current_value
            return {"certificate": pem.render(self.chain), "is_current": current_value}
        if current_value == current.get("is_current"):
            return {}
        if current["type"] not in WITH_KEY:
            raise InputError(
                f"is_current of the {self.label} is {str(current['is_current']).lower()}, and can be set only when it "
                "is imported."
            )
        if is_pending(current):
            raise InputError(f"The {self.label} with id {current['id']} is a request that waits for its certificate.")
        return {"is_current": current_value}

    def _says(self, current: Json, body: Json) -> str:
        instead = self._instead(current, body["is_current"])
        if "certificate" not in body:
            return f"put the {self.label} {'into' if body['is_current'] else 'out of'} use{instead}"
        where = "the request" if is_pending(current) else "the entry"
        return (
            f"put the certificate of {self.chain[0].title} into {where} {current['id']} for the {self.label}{instead}"
        )

    def _instead(self, current: Json | None, current_value: bool) -> str:
        """Return the part of the summary that names the certificate which the array will delete.

        Only one certificate with a key is in use for a purpose. The array deletes the previous one.
        """
        if not current_value or self.desired["type"] not in WITH_KEY or (current and current.get("is_current")):
            return ""
        gone = [entry for entry in self.rivals if entry.get("is_current") and serves(entry, *purpose(self.desired))]
        leaves = [chain_of(entry)[:1] for entry in gone]
        return "".join(f", in place of {leaf[0].title}, which the array then deletes" for leaf in leaves if leaf)


def purpose(desired: Json) -> tuple[str, str, str | None]:
    """Return service, type and scope."""
    return desired["service"], desired["type"], desired["scope"]


def title_of(desired: t.Mapping[str, t.Any]) -> str:
    """Return the words for the certificates of a purpose, as messages use them."""
    scope = f" of scope {desired['scope']}" if desired.get("scope") else ""
    return f"{desired['service']} {desired['type']} certificate{scope}"


def check_purpose(desired: Json) -> None:
    """Raise InputError for options that do not fit the management server's certificate."""
    if desired["service"] != "Management_HTTP" or desired["type"] != "Server":
        return
    if desired["scope"] != EXTERNAL:
        raise InputError(f"The scope of a Management_HTTP Server certificate is {EXTERNAL}, not {desired['scope']!r}.")
    if desired["is_current"] is False:
        raise InputError("A Management_HTTP Server certificate is always the one in use: leave is_current out.")


def check_order(chain: t.Sequence[Certificate]) -> None:
    """Raise InputError unless the issuer's certificate follows each certificate of the chain."""
    for number, (cert, issuer) in enumerate(zip(chain, chain[1:]), 1):
        if cert.issuer != issuer.subject:
            raise InputError(
                f"Certificate {number + 1} of the chain ({issuer.title}) did not issue number {number} ({cert.title}).",
                hint="Give the leaf first, then its issuer, up to the root.",
            )
