# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may write what; everybody may read (PowerStore REST 4.0, role; the areas are a choice, see README)."""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.sessions import Session

ADMINISTRATOR, STORAGE, OPERATOR, VM, SECURITY = "1", "2", "3", "4", "5"
SECURITY_TYPES = {
    *("local_user", "role", "ldap_account", "ldap_domain", "security_config", "x509_certificate", "service_user"),
    *("login_banner", "mfa_securid", "mfa_cacpiv", "cert_role_mapping", "kmip_config"),
}
VM_TYPES = {"virtual_volume", "virtual_machine", "storage_container", "vcenter", "datastore", "replication_group"}

# The document lets a "VASA administrator" reset certificates; of the five roles this one is meant.
EXTRA = {(VM, "x509_certificate", "reset_certificates")}


def check(session: Session, method: str, kind: str, key: str | None, action: str = "") -> None:
    """Raise 403 when the session's user may not do this.

    Somebody whose password must be changed may only see the own session, change the own password and log out.
    """
    own = kind == "local_user" and key == session.user["id"] and method == "PATCH"
    if session.user.get("@must_change"):
        if own or kind == "logout" or (method == "GET" and kind == "login_session"):
            return
        raise Refused(403, "0xE09040020002", "The password must be changed before anything else can be done.")
    extra = (session.user["role_id"], kind, action) in EXTRA
    reads = method == "GET" or kind == "metrics"  # metrics are asked by POST, and change nothing
    if reads or kind == "logout" or own or extra or may_write(session.user, kind):
        return
    name = session.user["name"]
    raise Refused(403, "0xE09040020001", f"User {name} is not authorized to perform this operation.", name)


def may_write(user: Json, kind: str) -> bool:
    """Whether the role of a user covers writes to this type."""
    role = user["role_id"]
    if role == ADMINISTRATOR:
        return True
    if kind in SECURITY_TYPES:
        return bool(role == SECURITY)
    if kind in VM_TYPES:
        return role in (STORAGE, VM)
    return bool(role == STORAGE)
