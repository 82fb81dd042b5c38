# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An array's certificates in memory: what tasks about them read, without a line or a login."""

from __future__ import annotations

import typing as t

from cryptography import x509

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.job import Job
from ansible_collections.jobwise.appliance.plugins.module_utils._http.endpoint import Endpoint
from jobwise_emulator.authority import Authority, Issued
from jobwise_emulator.powerstore.resources import x509_chain

Json = dict[str, t.Any]

ROOT = Authority("Example CA")
LEAF: Issued = ROOT.issue("ldap.example.com", "ldap.example.com", "192.0.2.7")
OTHER: Issued = ROOT.issue("other.example.com")


def members_of(certificate: str) -> list[Json]:
    """Return the members that an array shows of a chain in PEM."""
    return x509_chain.members(x509.load_pem_x509_certificates(certificate.encode()))


def entry(certificate: str | None, **changes: t.Any) -> Json:
    """Return an entry as an array shows it, a request that waits where there is no certificate."""
    found = {
        "id": "1",
        "service": "Syslog_HTTP",
        "type": "Client",
        "scope": None,
        "is_current": certificate is not None,
        "is_valid": certificate is not None,
        "members": members_of(certificate) if certificate else [],
    }
    return {**found, **changes}


class Store:
    """Answers as a client does."""

    def __init__(self, *entries: Json, jobs: t.Sequence[Job] = ()) -> None:
        self.endpoint = Endpoint("east")
        self.entries, self.done = list(entries), list(jobs)
        self.asked: list[str] = []

    def query(self, type_: str, query: Json) -> list[Json]:
        self.asked.append(type_)
        return [dict(one) for one in self.entries]

    def jobs(self, filters: Json) -> list[Job]:
        self.asked.append("job")
        return list(self.done)
