# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""LDAP of NAS servers: how one logs in, and what the certificates of LDAP servers are compared with.

Source: PowerStore REST 4.0, file_ldap (create, modify), FileLDAPAuthenticationTypeEnum (Simple has a name and a
password), FileLDAPProtocolEnum (LDAPS is the default). That the array refuses a way to log in without what it needs, a
comparison without a certificate, and the deletion of a directory in use, with 422 is a guess.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.resources.file_services import addresses, keep_source, not_at_destination

SERVERS = "addresses"
CODE = "0xE08010090001"
TEXTS = ("bind_DN", "principal", "realm", "profile_DN")
NEEDS = {"Simple": ("bind_DN",), "Kerberos": ("principal", "realm")}
PASSWORDS = {"Simple": "bind_password", "Kerberos": "password"}
at_destination = not_at_destination(SERVERS)


def check(call: Call) -> None:
    """Addresses of servers (none: DNS knows them), a complete way to log in, and a certificate to compare with."""
    at_destination(call)
    for listed in (SERVERS, f"add_{SERVERS}"):
        addresses(call.body.get(listed), listed)
    wanted = {**call.target, **call.body}
    kind = wanted["authentication_type"]
    if kind in NEEDS and not (kind == "Kerberos" and wanted.get("is_smb_account_used")):
        lacking = [name for name in NEEDS[kind] if not wanted.get(name)]
        if kind != call.target.get("authentication_type") and not call.body.get(PASSWORDS[kind]):
            lacking.append(PASSWORDS[kind])
        if lacking:
            raise Refused(422, CODE, f"Authentication type {kind} needs {', '.join(lacking)}.", kind)
    if wanted.get("is_verify_server_certificate") and not wanted.get("is_certificate_uploaded"):
        raise Refused(422, CODE, "Upload a certificate of the CA before the server's certificate is verified.")


def check_delete(call: Call) -> None:
    """The directory service that the NAS server asks stays."""
    at_destination(call)
    server = call.world.find("nas_server", call.target["nas_server_id"])
    if server.get("current_unix_directory_service") in ("LDAP", "Local_Then_LDAP"):
        raise Refused(422, CODE, "The NAS server uses LDAP as its Unix directory service.")


def complete(world: ApplianceState, entry: Json) -> None:
    """LDAPS is the default (FileLDAPProtocolEnum); the schema is unknown until a server has answered."""
    usual: Json = {"protocol": "LDAPS", "schema_type": "Unknown"}
    usual.update(is_verify_server_certificate=False, is_smb_account_used=False)
    entry.update({name: value for name, value in usual.items() if entry[name] is None})
    shown(entry)


def shown(entry: Json) -> None:
    """Texts that are not set are null."""
    entry.update({name: entry[name] or None for name in TEXTS})


def after_modify(call: Call, entry: Json) -> None:
    """The effect of other values."""
    shown(entry)
    keep_source(SERVERS)(call, entry)


RULES = {
    "file_ldap": Rules(
        complete=complete,
        before={"create": check, "modify": check, "delete": check_delete},
        after={"modify": after_modify},
    )
}
