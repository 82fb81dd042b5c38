# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""NFS servers: their versions, and secure NFS with its name.

Source: PowerStore REST 4.0, nfs_server (host_name, is_use_smb_config_enabled, is_joined, is_skip_unjoin). Dell's module
gives is_use_smb_config_enabled only with is_secure_enabled; its sample shows null on a plain server. The refusal of no
version at all, and the codes, are guesses.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused, invalid
from jobwise_emulator.powerstore.jobs import Effect
from jobwise_emulator.powerstore.resources import domain
from jobwise_emulator.powerstore.resources.file_protocols import refuse_in_use
from jobwise_emulator.powerstore.resources.file_services import not_at_destination

KIND = "nfs_server"
SECURE, BY_SMB, HOST = "is_secure_enabled", "is_use_smb_config_enabled", "host_name"
VERSIONS = ("is_nfsv3_enabled", "is_nfsv4_enabled")
at_destination = not_at_destination()


def complete(world: ApplianceState, server: Json) -> None:
    """A new server is in no domain."""
    server["is_joined"] = bool(server.get("is_joined"))
    shown(world, server)


def shown(world: ApplianceState, server: Json) -> None:
    """The name and the principal follow from the settings; a server that is not secure is in no domain."""
    server[BY_SMB] = server[BY_SMB] or None
    server["is_joined"] = server["is_joined"] and bool(server[SECURE])
    if server[BY_SMB]:
        server[HOST] = smb_server(world, server).get("computer_name")
    server["service_principal_name"] = f"nfs@{server[HOST]}" if server[SECURE] else None


def smb_server(world: ApplianceState, server: Json) -> Json:
    """The SMB server of the same NAS server, empty if there is none."""
    return next(iter(world.store.where("smb_server", "nas_server_id", server["nas_server_id"])), {})


def check_new(call: Call) -> None:
    """The body of a create: what it leaves out has its default."""
    at_destination(call)
    check_state(call, {"is_nfsv3_enabled": True, **call.body})


def check_change(call: Call) -> None:
    """The body of a change, laid over the server; who is in a domain stays secure unless the body skips leaving it."""
    at_destination(call)
    check_state(call, {**call.target, **call.body})
    ends = call.target["is_joined"] and call.body.get(SECURE) is False
    if ends and not call.body.get("is_skip_unjoin"):
        raise Refused(422, "0xE08010170010", "The NFS server is joined to a domain. Unjoin it first.")


def check_state(call: Call, state: Json) -> None:
    """What does not go together."""
    if not any(state.get(name) for name in VERSIONS):
        raise Refused(422, "0xE08010170011", "NFSv3 or NFSv4 must be enabled.")
    if state.get(BY_SMB) and call.body.get(HOST):
        raise invalid(f"{HOST} must not be specified with {BY_SMB}.", HOST)
    if state.get(BY_SMB) and not state.get(SECURE):
        raise Refused(422, "0xE08010170012", f"{BY_SMB} is for secure NFS only.")
    if not state.get(SECURE):
        return
    key = str(state["nas_server_id"])
    if state.get(BY_SMB) and not call.world.store.where("smb_server", "nas_server_id", key):
        raise Refused(422, "0xE08010170013", "The NAS server has no SMB server whose settings could be used.")
    if not state.get(BY_SMB) and not state.get(HOST):
        raise Refused(422, "0xE08010170014", f"Secure NFS needs {HOST}.")
    if not state.get(BY_SMB) and not call.world.store.where("file_kerberos", "nas_server_id", key):
        raise Refused(422, "0xE08010170015", "Secure NFS needs Kerberos on the NAS server.")


def check_join(call: Call) -> Effect:
    """Only a secure server joins a domain."""
    if not call.target[SECURE]:
        raise Refused(422, "0xE08010170016", "The NFS server is not secure.")
    return domain.join(call)


def check_delete(call: Call) -> None:
    """Exports keep the server, and so does a domain, unless the body skips leaving it (nfs_server_delete)."""
    at_destination(call)
    refuse_in_use(call.world, call.target, KIND)
    if call.target["is_joined"] and not call.body.get("is_skip_unjoin"):
        raise Refused(422, "0xE08010170010", "The NFS server is joined to a domain. Unjoin it first.")


RULES = {
    KIND: Rules(
        checks={"join": check_join, "unjoin": domain.unjoin},
        complete=complete,
        before={"create": check_new, "modify": check_change, "delete": check_delete},
        after={"modify": lambda call, server: shown(call.world, server)},
    )
}
