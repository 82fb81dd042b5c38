# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Clones of NAS servers.

Source: PowerStore REST 4.0 and 4.1, nas_server, action clone: all settings but no interfaces, unless the clone tests a
disaster; cloned file systems belong to the family of their originals; no file system with retention in compliance mode.
That no list means no file systems, that the clone has neither a protection policy nor joined servers, and that the
array refuses with 422 what it does not clone, are assumptions.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused, not_found
from jobwise_emulator.powerstore.jobs import Effect
from jobwise_emulator.powerstore.resources.file_copies import copy_of
from jobwise_emulator.powerstore.verbs import identity

KIND, CODE = "nas_server", "0xE08010020020"
SERVICES = (
    *("file_dns", "file_ldap", "file_nis", "file_kerberos", "file_ftp", "file_ndmp", "file_virus_checker"),
    *("file_dhsm_config", "nfs_server", "smb_server"),
)


def clone(call: Call) -> Effect:
    """Clone a NAS server with its services, and the file systems that the request lists."""
    world, server, body = call.world, call.target, call.body
    identity.check(world, KIND, {}, {"name": body["name"]})
    is_test = bool(body.get("is_dr_test"))
    if is_test and not server["is_replication_destination"]:
        raise Refused(422, CODE, f"NAS server {server['name']} is no replication destination.", server["name"])
    systems = [original(world, server, str(key), body) for key in body.get("file_systems") or ()]

    def effect() -> Json:
        made = world.new(KIND, **{**own(server), "name": body["name"], "protection_policy_id": None})
        made.update(is_dr_test=is_test, is_replication_destination=False, is_production_mode_enabled=True)
        world.store.add(KIND, made)
        for service in (*SERVICES, *(["file_interface"] if is_test else [])):
            for one in world.store.where(service, "nas_server_id", server["id"]):
                copy = world.new(service, **{**own(one), "nas_server_id": made["id"]})
                copy.update({name: False for name in ("is_joined",) if name in copy})
                world.store.add(service, copy)
        for system in systems:
            copy_of(world, system, system, {"name": system["name"]}, made["id"])
        return {"id": made["id"]}

    return effect


def own(entry: Json) -> Json:
    """What a clone has from its original: settings and files."""
    return {name: value for name, value in entry.items() if name != "id"}


def original(world: ApplianceState, server: Json, key: str, body: Json) -> Json:
    """A file system to clone; 404 if there is none, 422 for one that is not cloned."""
    system = world.store.get("file_system", key)
    if system is None:
        raise not_found("file_system", key)
    if system["nas_server_id"] != server["id"] or system["filesystem_type"] != "Primary":
        text = f"{system['name']} is no file system of NAS server {server['name']}."
        raise Refused(422, CODE, text, system["name"])
    if (system["flr_attributes"] or {}).get("mode") == "Compliance" and not body.get("clone_flr_file_systems"):
        raise Refused(422, CODE, f"{system['name']} has retention in compliance mode.", system["name"])
    return system


RULES = {KIND: Rules({"clone": clone})}
