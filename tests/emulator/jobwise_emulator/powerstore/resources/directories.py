# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who else can log in: directories, their users and groups, holders of certificates; and the servers for keys.

Source: PowerStore REST 4.0 and 4.1, ldap_domain, ldap_account, mfa_cacpiv, cert_role_mapping, kmip_config, whose texts
give the defaults. That the last server of an enabled configuration stays is an assumption.
"""

from __future__ import annotations

import re

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused, invalid
from jobwise_emulator.powerstore.verbs import identity

USUAL: Json = {
    "protocol": "LDAP",
    "ldap_server_type": "AD",
    "is_global_catalog": False,
    "ldap_timeout": 30000,
    "user_id_attribute": "sAMAccountName",
    "user_object_class": "user",
    "group_name_attribute": "cn",
    "group_member_attribute": "member",
    "group_object_class": "group",
    "group_search_level": 0,
}
PORTS = {("LDAP", False): 389, ("LDAPS", False): 636, ("LDAP", True): 3268, ("LDAPS", True): 3269}
"""The usual port, by protocol and whether the servers are a global catalog."""
ACCOUNT = re.compile(r"[A-Za-z0-9.]{1,64}")
HOLDER = re.compile(r"[A-Za-z0-9@*\-_.() ]{1,256}")
PATHS = ("user_search_path", "group_search_path")


def refuse_with_cards(call: Call) -> None:
    """422 while users log in with cards: then the array takes no other directory."""
    kind = "mfa_cacpiv"
    if kind in call.world.catalog.types and any(row["is_enabled"] for row in call.world.store.all(kind)):
        raise Refused(422, "0xE09040080010", "This operation is not allowed while CAC/PIV authentication is enabled.")


def check_domain(call: Call) -> None:
    """422 for a directory without servers, and for search paths that do not fit a global catalog."""
    refuse_with_cards(call)
    wanted = {**USUAL, **{k: v for k, v in call.target.items() if v is not None}, **call.body}
    if wanted.get("ldap_servers") == []:
        raise Refused(422, "0xE09040080011", "An LDAP domain needs at least one server.", "ldap_servers")
    for path in PATHS:
        given = call.body.get(path) if wanted["is_global_catalog"] else wanted.get(path) or None
        if wanted["is_global_catalog"] and given:
            raise Refused(422, "0xE09040080012", f"{path} must be empty for a global catalog.", path)
        if not wanted["is_global_catalog"] and not given:
            raise Refused(422, "0xE09040080013", f"{path} is required.", path)
    if wanted["is_global_catalog"] and wanted["ldap_server_type"] != "AD":
        raise Refused(422, "0xE09040080014", "Only Active Directory has a global catalog.", "is_global_catalog")


def complete_domain(world: ApplianceState, entry: Json) -> None:
    """What a new domain does not say is as usual; the port follows the protocol."""
    for name, value in USUAL.items():
        if entry.get(name) is None:
            entry[name] = value
    if entry.get("port") is None:
        entry["port"] = PORTS[entry["protocol"], entry["is_global_catalog"]]


def empty_paths(call: Call, entry: Json) -> None:
    """A global catalog is searched as a whole."""
    if entry["is_global_catalog"]:
        entry.update(dict.fromkeys(PATHS, ""))


def check_account(call: Call) -> None:
    """400 for a name that no directory has, 422 for a user who has an account; who gives no type means a user."""
    refuse_with_cards(call)
    identity.check(call.world, "ldap_account", call.target, {"type": "User", **call.body})
    if not ACCOUNT.fullmatch(call.body["name"]):
        raise invalid("name: 1 to 64 letters, digits and dots.", "name")


def complete_account(world: ApplianceState, entry: Json) -> None:
    """An account is a user unless it is a group; the array looks up where the directory has it."""
    if entry.get("type") is None:
        entry["type"] = "User"
    if entry.get("dn") is None:
        domain = world.store.get("ldap_domain", str(entry.get("domain_id"))) or {}
        path = domain.get("group_search_path" if entry["type"] == "Group" else "user_search_path") or ""
        entry["dn"] = ",".join(filter(None, [f"cn={entry.get('name')}", path]))


def check_holder(call: Call) -> None:
    """400 for a name that no certificate has."""
    if not HOLDER.fullmatch(call.body.get("name") or call.target.get("name") or ""):
        raise invalid("name: letters, digits, blanks and @ * - _ . ( ).", "name")


def complete_holder(world: ApplianceState, entry: Json) -> None:
    """A new holder is not locked out."""
    if entry.get("is_locked") is None:
        entry["is_locked"] = False


def check_keys(call: Call) -> None:
    """422 for keys on servers that nobody has named."""
    body, target = call.body, call.target
    left = body["servers"] if "servers" in body else [one["address"] for one in target.get("servers") or ()]
    left = [*(one for one in left if one not in body.get("remove_servers", ())), *body.get("add_servers", ())]
    if body.get("is_enabled", target["is_enabled"]) and not left:
        raise Refused(422, "0xE09040090010", "KMIP needs at least one operational server.", "servers")


def look_at_servers(call: Call, entry: Json) -> None:
    """Servers that were named are up."""
    for server in entry.get("servers") or ():
        if server.get("status") is None:
            server["status"] = "Up"


RULES = {
    "ldap_domain": Rules(
        complete=complete_domain,
        before={"create": check_domain, "modify": check_domain, "delete": refuse_with_cards},
        after={"create": empty_paths, "modify": empty_paths},
    ),
    "ldap_account": Rules(complete=complete_account, before={"create": check_account}),
    "cert_role_mapping": Rules(complete=complete_holder, before={"create": check_holder}),
    "kmip_config": Rules(before={"modify": check_keys}, after={"modify": look_at_servers}),
}
