# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Read and select the certificates of an array. Base class of all certificate handlers.

Source: PowerStore REST API 4.0, x509_certificate and member_certificate_instance.
"""

from __future__ import annotations

import base64
import binascii
import typing as t
from datetime import datetime, timezone

from ..._certificates.der import Certificate, certificate
from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.job import Job
from ..client import PowerStoreClient
from ..handler import PowerStoreHandler
from ..query import one_of
from ..timestamps import instant

TYPE = "x509_certificate"
FIELDS = "id,type,service,scope,is_current,is_valid,members"
SERVICES = (
    "Import_HTTP",
    "KMIP_HTTP",
    "LDAP_HTTP",
    "Management_HTTP",
    "Remote_Backup_HTTP",
    "Replication_HTTP",
    "SecurID_HTTP",
    "Syslog_HTTP",
    "VASA_HTTP",
    "VIM_HTTP",
    "Witness_HTTP",
)
USAGES = ("Server", "Client", "CA_Client_Validation", "CA_Server_Validation")
WITH_KEY = ("Server", "Client")
AUTHORITIES = ("CA_Client_Validation", "CA_Server_Validation")
EXTERNAL = "External"
DAY = 86400


class CertificateTask(PowerStoreHandler):
    """Base class of all certificate handlers. A subclass adds `read` and `plan`.

    The array cannot filter the collection, so a handler reads all of it.
    """

    def __init__(self, client: PowerStoreClient, label: str) -> None:
        super().__init__(client, TYPE, label)

    def entries(self) -> list[Json]:
        """Return all certificates of the array."""
        return entries_of(self.client)

    def find_jobs(self, current: Json | None, actions: t.Sequence[str]) -> list[Job] | None:
        """Return the jobs of these actions.

        A certificate that a job is making has neither a name nor an id, so only jobs that modify are found by id.
        """
        filters = {"resource_type": f"eq.{TYPE}", "resource_action": one_of(actions)}
        if current and list(actions) == ["modify"]:
            filters["resource_id"] = f"eq.{current['id']}"
        return self.client.jobs(filters)


def entries_of(client: PowerStoreClient) -> list[Json]:
    """Return all certificates of an array, each as `with_expiry` returns it."""
    return [with_expiry(entry) for entry in client.query(TYPE, {"select": FIELDS})]


def default_scope(service: str | None, usage: str | None, scope: str | None) -> str | None:
    """Return the scope, None without one. The management server's certificate has the scope External by default."""
    if service == "Management_HTTP" and usage == "Server" and not scope:
        return EXTERNAL
    return scope or None


def serves(entry: Json, service: str, usage: str, scope: str | None) -> bool:
    """Return whether an entry is for this purpose. scope: None matches any scope of a server or client."""
    if (entry.get("service"), entry.get("type")) != (service, usage):
        return False
    return (entry.get("scope") or None) == scope or (scope is None and usage in WITH_KEY)


def is_pending(entry: Json) -> bool:
    """Return whether an entry holds a key and waits for its certificate."""
    return entry.get("type") in WITH_KEY and not entry.get("members") and not entry.get("is_valid")


def chain_of(entry: Json) -> list[Certificate]:
    """Return the certificates of an entry, leaf first. One that cannot be parsed has only its DER, to compare it."""
    found = []
    for member in entry.get("members") or ():
        try:
            der = base64.b64decode(str(member.get("certificate") or ""))
        except binascii.Error:
            der = b""
        try:
            found.append(certificate(der))
        except ValueError:
            found.append(Certificate(der))
    return found


def with_expiry(entry: Json) -> Json:
    """Return an entry with its members from the leaf on, and with the earliest expiry of a member.

    expires: ISO 8601 in UTC. days_left: whole days, negative after the expiry. Without any expiry, both have the
    value None.
    """
    members = sorted(entry.get("members") or (), key=lambda member: member.get("depth") or 0)
    ends = [instant(str(member["valid_to"]), "valid_to") for member in members if member.get("valid_to")]
    first = min(ends) if ends else None
    return {
        **entry,
        "members": members,
        "expires": f"{first:%Y-%m-%dT%H:%M:%SZ}" if first else None,
        "days_left": days_left(first) if first else None,
    }


def days_left(expires: datetime) -> int:
    """Return the whole days until a point in time, negative if it is in the past."""
    return int((expires - datetime.now(timezone.utc)).total_seconds() // DAY)


def check_expiry(title: str, expires: datetime | None, days: int, fail: bool) -> list[str]:
    """Return a warning if a certificate expires within ``days``, else an empty list.

    fail: raise InputError instead of the warning.
    """
    if expires is None or days_left(expires) >= days:
        return []
    left = days_left(expires)
    when = "has expired" if left < 0 else f"expires in {left} day{'' if left == 1 else 's'}"
    words = f"The certificate of {title} {when} ({expires:%Y-%m-%dT%H:%M:%SZ})."
    if fail:
        raise InputError(words, hint="Give a newer one.")
    return [words]
