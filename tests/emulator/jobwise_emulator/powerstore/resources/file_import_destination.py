# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The source of a file import, and what the import makes on this array: a NAS server, file systems, interfaces.

Source: PowerStore REST 4.0, file_import_session (current_operation, cancel, commit) and file_import_nas_server. Names
of what the import makes are those of the source, as the documents say of file systems.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState
from jobwise_emulator.powerstore.resources import file_interface, file_system, names, nas_server
from jobwise_emulator.powerstore.verbs import use

SOURCE = "file_import_nas_server"
HAS_SESSION, IMPORTED = "Import_Session_Already_Exists", "Imported_Nas_Server_Already_Exists"


def source_of(world: ApplianceState, session: Json) -> Json:
    """The source of a session; empty if it is gone."""
    return world.store.get(SOURCE, session["source_resource_id"]) or {}


def unreachable(world: ApplianceState, session: Json) -> bool:
    """Whether the array with the source does not answer."""
    remote = world.store.get("remote_system", session["remote_system_id"])
    return remote is None or remote["state"] == "Management_Connection_Lost"


def claim(world: ApplianceState, session: Json) -> None:
    """The source has a session from now on."""
    block(source_of(world, session), HAS_SESSION)


def release(world: ApplianceState, session: Json, imported: bool) -> None:
    """The source is imported, or as before."""
    source = source_of(world, session)
    if source and imported:
        block(source, IMPORTED)
    elif source:
        source.update(is_importable=True, non_importable_criteria=[], non_importable_messages=[])


def block(source: Json, criteria: str) -> None:
    """A source cannot be imported, for this reason."""
    if source:
        text = f"{criteria.replace('_', ' ')}."
        message = {"code": "0xE08010090010", "severity": "Error", "message_l10n": text, "arguments": []}
        entry = {"message": message, "full_description": None, "recommended_action": None}
        source.update(is_importable=False, non_importable_criteria=[criteria], non_importable_messages=[entry])


def provide(world: ApplianceState, session: Json) -> None:
    """Make the NAS server and its file systems."""
    if session["destination_resource_id"]:
        return
    source = source_of(world, session)
    name = names.made_up(world, "nas_server", str(source.get("name") or session["name"]))
    server = world.new("nas_server", name=name)
    nas_server.complete(world, server)
    world.store.add("nas_server", server)
    for one in source.get("file_systems") or ():
        entry = world.new(
            "file_system", name=one["name"], nas_server_id=server["id"], size_total=one.get("size") or 3 * 1024**3
        )
        file_system.complete(world, entry)
        world.store.add("file_system", entry)
    session.update(destination_resource_id=server["id"], destination_resource_type="nas_server")
    session["nas_server_id"] = server["id"]


def serve(world: ApplianceState, session: Json) -> None:
    """Clients come to this array: the production interfaces are here."""
    for one in source_of(world, session).get("file_interfaces") or ():
        values = {name: one.get(name) for name in ("ip_address", "prefix_length", "gateway", "vlan_id")}
        port = session["@ports"].get(one["name"])
        entry = world.new("file_interface", **values, ip_port_id=port, nas_server_id=session["nas_server_id"])
        file_interface.complete(world, entry)
        world.store.add("file_interface", entry)


def finish(world: ApplianceState, session: Json) -> None:
    """After the commit: the protection policy is applied, the source counts as imported."""
    for one in world.store.where("file_system", "nas_server_id", session["nas_server_id"]):
        one["protection_policy_id"] = session["protection_policy_id"]
    release(world, session, imported=True)


def remove(world: ApplianceState, session: Json) -> None:
    """Take out all that the import has made."""
    server = world.store.get("nas_server", session["destination_resource_id"])
    if server is not None:
        for one in world.store.where("file_system", "nas_server_id", server["id"]):
            use.remove(world, "file_system", one)
        use.remove(world, "nas_server", server)
    session.update(destination_resource_id=None, destination_resource_type=None, nas_server_id=None)
