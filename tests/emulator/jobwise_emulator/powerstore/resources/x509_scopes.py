# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which services take which types of certificates, and what a scope must be.

PowerStore REST 4.0, x509_certificate: descriptions of the operations create and csr, and of the attribute scope.
"""

from __future__ import annotations

from jobwise_emulator.powerstore.errors import Refused

AUTHORITIES = ("CA_Client_Validation", "CA_Server_Validation")
IMPORTED = ("Import_HTTP", "LDAP_HTTP", "Syslog_HTTP", "SecurID_HTTP", "Remote_Backup_HTTP")
REQUESTED = {"Management_HTTP": "Server", "VASA_HTTP": "Server", "Syslog_HTTP": "Client"}
EXTERNAL = "External"

# What the scope of a service's CA certificates is; services that are not here do without one.
AUTHORITY_SCOPES = {
    "Replication_HTTP": "the serial number (global id) of the remote cluster",
    "Import_HTTP": "the management address of the external storage system",
    "LDAP_HTTP": "the LDAP domain name",
    "SecurID_HTTP": "the id of the MFA service",
    "Remote_Backup_HTTP": "the management address of the PowerProtect DD system",
}


def importable(service: str, usage: str, scope: str | None) -> str | None:
    """The scope of a certificate that may be imported; raises for what may not, 400 for a scope that is missing."""
    if usage in AUTHORITIES:
        if service in AUTHORITY_SCOPES and not scope:
            text = f"{service} needs a scope for type {usage}: {AUTHORITY_SCOPES[service]}."
            raise Refused(400, "0xE09010010023", text, service)
        return scope or None
    if service not in IMPORTED:
        text = f"Certificates of type {usage} cannot be imported for {service}; only for {', '.join(IMPORTED)}."
        raise Refused(422, "0xE09010010024", text, service)
    return scope or None


def requestable(service: str, usage: str, scope: str | None) -> str | None:
    """The scope of a signing request that may be made; raises 422 for what may not."""
    if REQUESTED.get(service) != usage:
        pairs = ", ".join(f"{name} of type {kind}" for name, kind in REQUESTED.items())
        text = f"A signing request for {service} of type {usage} is not supported; only for {pairs}."
        raise Refused(422, "0xE09010010025", text, service, usage)
    if service == "Management_HTTP" and scope != EXTERNAL:
        raise Refused(422, "0xE09010010026", f"The scope for {service} must be {EXTERNAL}.", scope or "")
    return scope or None
