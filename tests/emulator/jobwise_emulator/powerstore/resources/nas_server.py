# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""NAS servers: the node on which one runs, which policies protect one, and when one can be deleted.

Source: PowerStore REST 4.0, nas_server. That only a destination can leave production, and what an unset user and an
unset directory service read back as, is a guess. So is that a preferred interface must be one of the server, with the
role and the IP version in the attribute's name, and that a preference ends with its interface.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused, not_found
from jobwise_emulator.powerstore.resources.replication import rule_of

PREFERRED = {
    f"{role}_IPv{version}_interface_id": (role.title(), version)
    for role in ("production", "backup")
    for version in (4, 6)
}
"""The attributes for preferred interfaces, each with the role and the IP version of such an interface."""


def complete(world: ApplianceState, server: Json) -> None:
    """A server runs on a node that the array chooses. Dell's module looks that node up on every read."""
    node = server["current_node_id"] or min((one["id"] for one in world.store.all("node")), default=None)
    usual = {"current_node_id": node, "preferred_node_id": node, "operational_status": "Started"}
    usual.update(is_production_mode_enabled=True, is_replication_destination=False, is_dr_test=False)
    usual.update(current_unix_directory_service="None", file_events_publishing_mode="None")
    server.update({name: value for name, value in usual.items() if server[name] is None})
    shown(server)


def shown(server: Json) -> None:
    """No default user is null (nas_server, default_unix_user, default_windows_user)."""
    for name in ("default_unix_user", "default_windows_user"):
        server[name] = server[name] or None


def check_modify(call: Call) -> None:
    """Nodes exist, and only the destination of a replication leaves production."""
    check_policy(call)
    check_interfaces(call)
    for name in ("current_node_id", "preferred_node_id"):
        nodes = {one["id"] for one in call.world.store.all("node")}
        if name in call.body and nodes and call.body[name] not in nodes:
            raise not_found("node", call.body[name])
    if call.body.get("is_production_mode_enabled") is False and not call.target["is_replication_destination"]:
        raise Refused(422, "0xE08010020011", f"NAS server {call.target['name']} is no replication destination.")


def check_interfaces(call: Call) -> None:
    """A preferred interface belongs to the server, and is of the role and IP version in the attribute's name."""
    for name, (role, version) in PREFERRED.items():
        key = call.body.get(name)
        if not key:
            continue
        one = call.world.find("file_interface", str(key))
        fits = one["role"] == role and (":" in one["ip_address"]) == (version == 6)
        if one["nas_server_id"] != call.target["id"] or not fits:
            raise Refused(422, "0xE08010020013", f"Interface {one['ip_address']} cannot be the {name}.", str(key))


def check_delete(call: Call) -> None:
    """Who deletes a server in a domain says what becomes of its accounts (nas_server_delete)."""
    joined = [
        one for one in call.world.store.where("smb_server", "nas_server_id", call.target["id"]) if one.get("is_joined")
    ]
    if joined and not (call.body.get("is_skip_domain_unjoin") or call.body.get("domain_user_name")):
        raise Refused(422, "0xE08010020012", "The SMB server is joined to a domain. Give a user and a password.")


def check_policy(call: Call) -> None:
    """A policy for NAS servers replicates (nas_server, protection_policy_id, since 3.0)."""
    key = call.body.get("protection_policy_id")
    if key and rule_of(call.world, str(key)) is None:
        name = call.world.find("policy", str(key))["name"]
        raise Refused(422, "0xE08010020010", f"Policy {name} has no replication rule.", name)


RULES = {
    "nas_server": Rules(
        complete=complete,
        before={"create": check_policy, "modify": check_modify, "delete": check_delete},
        after={"modify": lambda call, server: shown(server)},
    )
}
