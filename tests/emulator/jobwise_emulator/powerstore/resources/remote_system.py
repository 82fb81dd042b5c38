# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Remote systems: create, modify, delete, verify, discover (PowerStore REST 4.0, remote_system).

The array object of an external system (``import_unity`` and so on) appears with its remote system and goes with it.
What a discovery finds is told by the setting ``discoverable``.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused, no_rules
from jobwise_emulator.powerstore.jobs import Effect
from jobwise_emulator.powerstore.resources import names, remote_discovery
from jobwise_emulator.powerstore.resources.file_import_states import ENDED
from jobwise_emulator.powerstore.resources.import_request import check_address
from jobwise_emulator.powerstore.resources.import_sources import FAMILIES
from jobwise_emulator.powerstore.resources.import_states import OVER

CREDENTIALS = ("remote_username", "remote_password")
NEEDED = {
    "PowerStore": ("management_address", "data_network_latency"),
    "PowerProtect_DD": ("management_address", "name", "description", *CREDENTIALS, "ppdd_storage_unit_details"),
    "Universal": ("management_address", "name", "description", "data_connection_type"),
}
NEEDED_OTHERWISE = ("management_address", "name", "description", *CREDENTIALS)
CONNECTIONS = {
    "PS_Equallogic": {"iSCSI"},
    "NetApp": {"iSCSI"},
    "PowerMax_VMAX": {"FC"},
    "PowerProtect_DD": {"DD_Boost"},
}
NETWORK_GROUPS = (
    "add_powerstore_data_network_groups",
    "modify_powerstore_data_network_groups",
    "remove_powerstore_data_network_group_ids",
)
FILE_DETAILS = {
    "VNX": {"file_connection_address", "vnx_file_username", "vnx_file_password"},
    "Unity": {"unity_file_details"},
}
BASIC = {"description", "management_address", *CREDENTIALS}
CHANGEABLE = {
    "PowerStore": {"description", "management_address", "data_network_latency", *NETWORK_GROUPS},
    "PowerProtect_DD": {"management_address", "remote_password", "ppdd_storage_unit_details"},
    "PowerMax_VMAX": {*BASIC, "management_port"},
    "VNX": {"name", *BASIC, *FILE_DETAILS["VNX"]},
    "Unity": {"name", *BASIC, *FILE_DETAILS["Unity"]},
}
CHANGEABLE_OTHERWISE = {"name", *BASIC}
READABLE = (
    *("name", "description", "management_address", "type", "data_connection_type", "iscsi_addresses"),
    *("discovery_chap_mode", "session_chap_mode", "data_network_latency", "file_connection_address"),
    "vnx_file_username",
)


def create(call: Call) -> Effect:
    """A new remote system; an external one brings the object of its array."""
    world, body = call.world, call.body
    kind = body.get("type") or "PowerStore"
    for attribute in NEEDED.get(kind, NEEDED_OTHERWISE):
        if not body.get(attribute):
            text = f"{attribute} is required for a remote system of type {kind}."
            raise Refused(422, "0xE0201002000A", text, attribute)
    check_connection(kind, body)
    check_values(world, body)
    check_free(world, body.get("name"), body["management_address"], None)

    def effect() -> Json:
        system = world.new("remote_system", **{name: body[name] for name in READABLE if name in body})
        system.update(user_name=body.get("remote_username"))
        system["@password"] = body.get("remote_password")
        if kind == "PowerMax_VMAX":
            system["management_port"] = body.get("management_port", 5443)
        complete(world, system)
        world.store.add("remote_system", system)
        remote_discovery.discover(world, system)
        return {"id": system["id"]}

    return effect


def check_connection(kind: str, body: Json) -> None:
    """422 for a data connection that this type of system does not have, or that lacks what it needs."""
    given = body.get("data_connection_type")
    if kind == "PowerStore":
        for attribute in ("name", "data_connection_type", *CREDENTIALS):
            if body.get(attribute):
                text = f"{attribute} is only for remote systems that are no PowerStore."
                raise Refused(422, "0xE0201002000B", text, attribute)
        return
    allowed = CONNECTIONS.get(kind, {"iSCSI", "FC"})
    connection = given or ("iSCSI" if "iSCSI" in allowed else next(iter(allowed)))
    if connection not in allowed:
        text = f"A remote system of type {kind} can only be connected by {' or '.join(sorted(allowed))}."
        raise Refused(422, "0xE0201002000C", text, connection)
    if connection == "iSCSI" and not body.get("iscsi_addresses"):
        raise Refused(422, "0xE0201002004A", "iscsi_addresses are required for an iSCSI data connection.")
    if kind == "Universal" and connection == "FC" and not body.get("universal_details"):
        raise Refused(422, "0xE0201002000A", "universal_details are required for an FC data connection.")
    secured = [body.get(mode) for mode in ("discovery_chap_mode", "session_chap_mode")]
    if any(mode not in (None, "Disabled") for mode in secured) and not body.get("import_chap_info"):
        raise Refused(422, "0xE0201002000D", "import_chap_info is required unless CHAP is disabled.")
    if "management_port" in body and kind != "PowerMax_VMAX":
        raise Refused(422, "0xE0201002000E", "management_port is only for PowerMax/VMAX.", "management_port")


def check_values(world: ApplianceState, body: Json) -> None:
    """400 for names and descriptions that cannot be printed, and for addresses that are none."""
    name = body.get("name") or ""
    names.printable(name, "name")
    names.printable(body.get("description") or "", "description")
    if len(name) > names.MAXIMUM:
        raise Refused(400, "0xE0201002000F", f"The name is longer than {names.MAXIMUM} characters.", name)
    for attribute in ("management_address", "file_connection_address"):
        if body.get(attribute):
            check_address(body[attribute], attribute)
    for address in body.get("iscsi_addresses") or []:
        check_address(address, "iscsi_addresses")


def check_free(world: ApplianceState, name: str | None, address: str | None, own: str | None) -> None:
    """400 for a name, 422 for an address that another remote system has."""
    if name and names.others(world, "remote_system", name, own):
        raise Refused(400, "0xE02010020010", f"A remote system with the name {name} exists already.", name)
    same = [one for one in world.store.where("remote_system", "management_address", address) if one["id"] != own]
    if address and same:
        text = f"Remote system {same[0]['name']} has the management address {address} already."
        raise Refused(422, "0xE02010020011", text, address)


def modify(call: Call) -> Effect:
    """Change a remote system; which attributes can be changed depends on its type."""
    world, system, body = call.world, call.target, call.body
    for attribute in sorted(set(body) - CHANGEABLE.get(system["type"], CHANGEABLE_OTHERWISE)):
        text = f"{attribute} of a remote system of type {system['type']} cannot be changed."
        raise Refused(422, "0xE02010020012", text, attribute)
    groups = [attribute for attribute in NETWORK_GROUPS if attribute in body]
    if len(groups) > 1:
        raise Refused(422, "0xE02010020013", "Only one operation on data network groups is allowed at a time.")
    if groups:
        raise no_rules("remote_system", groups[0])
    check_values(world, body)
    check_free(world, body.get("name"), body.get("management_address"), system["id"])

    def effect() -> None:
        system.update({name: value for name, value in body.items() if name in system and name in READABLE})
        if "management_port" in body:
            system["management_port"] = body["management_port"]
        if "remote_username" in body:
            system["user_name"] = body["remote_username"]
        if "remote_password" in body:
            system["@password"] = body["remote_password"]

    return effect


def delete(call: Call) -> Effect:
    """Remove a remote system that no active import and no protection policy needs."""
    world, system = call.world, call.target
    name = system["name"]
    for kind, over in (("import_session", OVER), ("file_import_session", ENDED)):
        sessions = world.store.where(kind, "remote_system_id", system["id"])
        if all(one["state"] in over for one in sessions):
            continue
        raise Refused(422, "0xE02010020014", f"Remote system {name} has active import sessions.", name)
    for kind in ("replication_rule", "snapshot_rule", "replication_session"):
        if world.store.where(kind, "remote_system_id", system["id"]):
            text = f"Remote system {name} is in use by a {kind.replace('_', ' ')}."
            raise Refused(422, "0xE02010020015", text, name)
    return lambda: remove(world, system)


def remove(world: ApplianceState, system: Json) -> None:
    """Take a remote system out with all source objects found on it."""
    family = FAMILIES.get(system["type"])
    if family is not None:
        for kind in (family.volume, family.group):
            for entry in world.store.where(kind, family.system_key, system["id"]) if kind else []:
                world.store.remove(kind, entry["id"])
        if family.array:
            world.store.remove(family.array, system["id"])
    for entry in world.store.where("file_import_nas_server", "remote_system_id", system["id"]):
        world.store.remove("file_import_nas_server", entry["id"])
    world.store.remove("remote_system", system["id"])


def verify(call: Call) -> Effect:
    """Look again; a system that had changed is up to date afterwards."""
    if call.target["state"] == "Management_Connection_Lost":
        name = call.target["name"]
        raise Refused(422, "0xE02010020016", f"Remote system {name} does not answer.", name)

    def effect() -> None:
        if call.target["state"] == "Update_Needed":
            call.target["state"] = "OK"

    return effect


def query_appliances(call: Call) -> Effect:
    """The appliances of another cluster, as Dell's volume module reads them. There is one, and its name is made up."""
    system = call.target
    if system["type"] != "PowerStore":
        text = f"Remote system {system['name']} is of type {system['type']}; it has no appliances."
        raise Refused(422, "0xE02010020018", text, system["name"])
    if system["state"] == "Management_Connection_Lost":
        raise Refused(422, "0xE02010020016", f"Remote system {system['name']} does not answer.", system["name"])
    one = {"id": "A1", "name": f"{system['name']}-appliance-1", "model": "PowerStore 1200T"}
    return lambda: {"remote_appliances": [one]}


def discover(call: Call) -> Effect:
    """Find importable resources on an external system."""
    system = call.target
    if system["type"] not in FAMILIES:
        text = f"Remote system {system['name']} is of type {system['type']}; there is nothing to discover."
        raise Refused(422, "0xE02010020017", text, system["name"])
    if system["state"] == "Management_Connection_Lost":
        raise Refused(422, "0xE02010020016", f"Remote system {system['name']} does not answer.", system["name"])
    return lambda: remote_discovery.discover(call.world, system)


def discover_array(call: Call) -> Effect:
    """The deprecated way to discover, through the object of the array."""
    return discover(Call(call.world, call.world.find("remote_system", call.target["id"]), {}, call.user))


def complete(world: ApplianceState, system: Json) -> None:
    """Fill in what a connected remote system shows."""
    family = FAMILIES.get(system["type"] or "PowerStore")
    kind = system["type"] = system["type"] or "PowerStore"
    usual: Json = {
        "name": f"{kind}-{system['id'][:8]}",
        "state": "OK",
        "serial_number": f"EMU-{system['id'][:8]}",
        "data_connection_state": "OK",
        "data_connection_type": "TCP" if kind == "PowerStore" else "iSCSI",
        "iscsi_addresses": [],
        "discovery_chap_mode": "Disabled",
        "session_chap_mode": "Disabled",
        "data_connections": [],
        "capabilities": CAPABILITIES.get(kind, ["Block_Agentless_Import"] if family else []),
    }
    if kind == "PowerMax_VMAX":
        usual["data_connection_type"] = "FC"
    system.update({name: value for name, value in usual.items() if system.get(name) is None})


CAPABILITIES = {
    "PowerStore": [
        "Asynchronous_Block_Replication",
        "Synchronous_Block_Replication",
        "Block_Metro_Active_Active",
        "Asynchronous_File_Replication",
    ],
    "Unity": ["Block_Nondisruptive_Import", "Block_Agentless_Import"],
    "Storage_Center": ["Block_Nondisruptive_Import", "Block_Agentless_Import"],
    "PS_Equallogic": ["Block_Nondisruptive_Import", "Block_Agentless_Import"],
    "VNX": ["Block_Nondisruptive_Import", "Block_Agentless_Import"],
    "PowerProtect_DD": ["Remote_Backup"],
}

RULES = {
    "remote_system": Rules(
        {
            **{"create": create, "modify": modify, "delete": delete},
            **{"verify": verify, "discover": discover, "query_appliances": query_appliances},
        },
        complete,
        remove,
    ),
    **{family.array: Rules({"discover": discover_array}) for family in FAMILIES.values() if family.array},
}
