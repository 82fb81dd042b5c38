# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Snapshots and clones of file systems, refresh and restore.

Source: PowerStore REST 4.0 and 4.1, file_system, actions snapshot, clone, refresh and restore, flr_clone. Refresh and
restore are actions of the snapshot. The parent of a clone is what it was cloned from, and becomes the null GUID when
that is deleted. Samples of Dell's modules show that a snapshot without access through protocols has no policies and SMB
settings. Dell's guides say that a file system with retention in compliance mode is not restored. These are assumptions,
all with 422: no snapshot or clone of what is no file system, no refresh of a secure snapshot or of one that clients may
have written to, no clone, refresh or restore at the destination of a replication.
"""

from __future__ import annotations

from typing import Any

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.jobs import Effect
from jobwise_emulator.powerstore.resources.file_expiry import expiry_of
from jobwise_emulator.powerstore.resources.file_system import KIND, NEW, complete, refuse_for_vmware
from jobwise_emulator.powerstore.verbs import identity

NULL_GUID = "00000000-0000-0000-0000-000000000000"
SETTINGS = (
    *("access_policy", "locking_policy", "folder_rename_policy", "file_events_publishing_mode"),
    *(name for name in NEW if name.startswith(("is_smb_", "smb_")) or name == "is_async_MTime_enabled"),
)
"""What a clone has from its source, and a snapshot only if protocols give access to it."""


def snapshot(call: Call) -> Effect:
    """Take a snapshot of a file system; without a name it is called after the time."""
    world, system = call.world, call.target
    if system["filesystem_type"] != "Primary":
        raise Refused(422, "0xE08010080030", "A snapshot cannot be taken of a snapshot.", system["name"])
    body = {**call.body, "name": call.body.get("name") or world.now()}
    check_name(world, system, body["name"])
    refuse_for_vmware(body, system["config_type"])
    expires = expiry_of(call)
    return lambda: {"id": take(world, system, {**body, "expiration_timestamp": expires or None})["id"]}


def take(world: ApplianceState, system: Json, body: Json) -> Json:
    """Make and store a snapshot."""
    access = body.get("access_type") or "Snapshot"
    shown = {name: body.get(name, system[name]) for name in SETTINGS} if access == "Protocol" else {}
    kept = ("nas_server_id", "size_total", "size_used", "config_type", "host_io_size", "flr_attributes")
    made = world.new(
        KIND,
        filesystem_type="Snapshot",
        **{name: system[name] for name in kept},
        **shown,
        **{name: body.get(name) for name in ("name", "description", "expiration_timestamp")},
        parent_id=system["id"],
        access_type=access,
        creator_type="User",
        creation_timestamp=world.now(),
        is_modified=False,
        grace_period=None,
    )
    if "is_secure" in made:  # since 4.1
        made["is_secure"] = bool(body.get("is_secure"))
    made["@is_auto_delete_enabled"] = body.get("is_auto_delete_enabled")
    world.store.add(KIND, made)
    return made


def clone(call: Call) -> Effect:
    """Clone a file system or a snapshot. The clone has neither policies nor quotas."""
    world, source, body = call.world, call.target, call.body
    refuse_destination(world, source, "cloned")
    check_name(world, source, body["name"])
    refuse_for_vmware(body, source["config_type"])
    system = parent_of(world, source) or source
    forced = (body.get("flr_attributes") or {}).get("force_clone")
    if (system["flr_attributes"] or {}).get("mode") == "Compliance" and not forced:
        text = f"File system {system['name']} has retention in compliance mode, so its clone needs force_clone."
        raise Refused(422, "0xE08010080031", text, system["name"])

    return lambda: {"id": copy_of(world, source, system, body, source["nas_server_id"])["id"]}


def copy_of(world: ApplianceState, source: Json, system: Json, body: Json, server: str) -> Json:
    """Make and store a clone on a NAS server. source: what is cloned, of the file system that has the settings."""
    kept = ("size_total", "size_used", "config_type", "host_io_size")
    settings = {name: body.get(name, system[name]) for name in SETTINGS}
    given = {name: body.get(name) for name in ("name", "description")}
    made = world.new(KIND, filesystem_type="Primary", **{name: source[name] for name in kept}, **settings, **given)
    made["nas_server_id"] = server
    complete(world, made)
    retention = dict(system["flr_attributes"])
    made.update(parent_id=source["id"], flr_attributes=retention, grace_period=system["grace_period"])
    world.store.add(KIND, made)
    return made


def refresh(call: Call) -> Effect:
    """Give a snapshot the present content of its file system."""
    world, system = call.world, parent(call)
    copy = call.target
    refuse_destination(world, copy, "refreshed")
    if copy.get("is_secure"):
        raise Refused(422, "0xE08010080032", f"Snapshot {copy['name']} is secure.", copy["name"])
    if copy["is_modified"]:
        raise Refused(422, "0xE08010080033", f"Clients may have written to snapshot {copy['name']}.", copy["name"])
    return lambda: copy.update(
        size_total=system["size_total"], size_used=system["size_used"], last_refresh_timestamp=world.now()
    )


def restore(call: Call) -> Effect:
    """Put the file system of a snapshot back, after a snapshot of it if the body gives that a name."""
    world, system = call.world, parent(call)
    copy, backup = call.target, call.body.get("copy_name")
    refuse_destination(world, copy, "restored")
    if (system["flr_attributes"] or {}).get("mode") == "Compliance":
        text = f"File system {system['name']} has retention in compliance mode and cannot be restored."
        raise Refused(422, "0xE08010080034", text, system["name"])
    if backup:
        check_name(world, system, backup)

    def effect() -> Json | None:
        made = take(world, system, {"name": backup}) if backup else None
        system.update(size_total=copy["size_total"], size_used=copy["size_used"])
        return {"id": made["id"]} if made else None

    return effect


def parent(call: Call) -> Json:
    """The file system that a snapshot is of; 422 for what is no snapshot."""
    found = parent_of(call.world, call.target)
    if found is None:
        text = f"File system {call.target['name']} is not a snapshot."
        raise Refused(422, "0xE08010080035", text, call.target["name"])
    return found


def parent_of(world: ApplianceState, copy: Json) -> Json | None:
    """The file system that a snapshot is of, None for what is no snapshot."""
    return world.store.get(KIND, copy["parent_id"]) if copy["filesystem_type"] == "Snapshot" else None


def check_name(world: ApplianceState, source: Json, name: Any) -> None:
    """422 for a name that something else on the NAS server has."""
    identity.check(world, KIND, {}, {"name": name, "nas_server_id": source["nas_server_id"]})


def refuse_destination(world: ApplianceState, system: Json, done: str) -> None:
    """422 while the NAS server is the destination of a replication. Snapshots may be taken even there."""
    server = world.find("nas_server", system["nas_server_id"])
    if server.get("is_production_mode_enabled") is False:
        text = (
            f"The NAS server {server['name']} is the destination of a replication: {system['name']} cannot be {done}."
        )
        raise Refused(422, "0xE08010080036", text, str(server["name"]))


def orphan(call: Call, gone: Json) -> None:
    """Clones outlive what they were made of."""
    for one in call.world.store.where(KIND, "parent_id", gone["id"]):
        one["parent_id"] = NULL_GUID


RULES = {
    KIND: Rules(
        {"snapshot": snapshot, "clone": clone, "refresh": refresh, "restore": restore},
        after={"delete": orphan},
    ),
}
