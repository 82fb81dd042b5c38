# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The certificates of an array: how they are listed and told apart, and what all tasks about them have in common.

Source: PowerStore REST API 4.0, x509_certificate and member_certificate_instance.
"""

from __future__ import annotations

import base64
import binascii
import typing as t
from datetime import datetime, timezone

from ..._certificates.der import Certificate, certificate
from ..._engine.errors import InputError
from ..._engine.job import Job
from ..._engine.resource_type import Json
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
    """What the engine needs of every task about certificates; each adds look_up and plan.

    The collection takes no filter, so it is read whole.
    """

    def __init__(self, client: PowerStoreClient, label: str) -> None:
        super().__init__(client, TYPE, label)

    def entries(self) -> list[Json]:
        """Return all certificates of the array."""
        return entries_of(self.client)

    def find_jobs(self, current: Json | None, actions: t.Sequence[str]) -> list[Job]:
        """Return the jobs of these actions; a certificate that is being made has neither a name nor an id yet."""
        filters = {"resource_type": f"eq.{TYPE}", "resource_action": one_of(actions)}
        if current and list(actions) == ["modify"]:
            filters["resource_id"] = f"eq.{current['id']}"
        return self.client.jobs(filters)


def entries_of(client: PowerStoreClient) -> list[Json]:
    """Return all certificates of an array, each with the members from the leaf on and what runs out first."""
    return [with_expiry(entry) for entry in client.query(TYPE, {"select": FIELDS})]


def default_scope(service: str | None, usage: str | None, scope: str | None) -> str | None:
    """Return the scope that is meant: the management server has only one."""
    if service == "Management_HTTP" and usage == "Server" and not scope:
        return EXTERNAL
    return scope or None


def serves(entry: Json, service: str, usage: str, scope: str | None) -> bool:
    """Tell whether an entry is for this purpose. A server or client that no scope is given for may have any."""
    if (entry.get("service"), entry.get("type")) != (service, usage):
        return False
    return (entry.get("scope") or None) == scope or (scope is None and usage in WITH_KEY)


def is_pending(entry: Json) -> bool:
    """Tell whether an entry holds a key and waits for the certificate."""
    return entry.get("type") in WITH_KEY and not entry.get("members") and not entry.get("is_valid")


def chain_of(entry: Json) -> list[Certificate]:
    """Return the certificates of an entry. What cannot be read in one of them stays empty: it is still the same one."""
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
    """Return an entry with its members in order, and when the first of them expires: ``expires`` and ``days_left``."""
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
    """Return the whole days until a point in time, negative when it is over."""
    return int((expires - datetime.now(timezone.utc)).total_seconds() // DAY)


def check_expiry(title: str, expires: datetime | None, days: int, fail: bool) -> list[str]:
    """Return a warning for what expires within ``days``; where asked to, raise InputError instead."""
    if expires is None or days_left(expires) >= days:
        return []
    left = days_left(expires)
    when = "has expired" if left < 0 else f"expires in {left} day{'' if left == 1 else 's'}"
    words = f"The certificate of {title} {when} ({expires:%Y-%m-%dT%H:%M:%SZ})."
    if fail:
        raise InputError(words, hint="Give a newer one.")
    return [words]
