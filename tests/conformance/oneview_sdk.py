# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Uses the emulated OneView by the vendor's SDK, hpeOneView, in an environment that has it.

``python oneview_sdk.py HOST:PORT FLOW FILE [API_VERSION]``: one flow of ``FLOWS``; FILE is where a download goes. What
came of it goes to standard output as JSON; the SDK raises what it cannot deal with, and the process ends with 1.
"""

from __future__ import annotations

import importlib
import json
import sys
from typing import Any

ADMINISTRATOR = {"userName": "Administrator", "password": "Password123!"}


def users(client: Any, dummy: str) -> Any:
    """Create, log in as, find by role, change and delete a user."""
    facts = {
        "type": "UserAndPermissions",
        "userName": "sdk-user",
        "fullName": "Made by the SDK",
        "password": "Password456!",
        "enabled": True,
        "permissions": [{"roleName": "Read only", "scopeUri": None}],
    }
    made = client.users.create(dict(facts))
    login(client.connection._host, {"userName": "sdk-user", "password": "Password456!"}).connection.logout()
    by_role = [one["userName"] for one in client.users.get_user_by_role("Read only")]
    made.update({**made.data, "fullName": "Changed by the SDK"})
    changed = dict(client.users.get_by_userName("sdk-user").data)
    made.delete()
    role = {"found": "sdk-user" in by_role, "others": "Administrator" in by_role}
    return {"fullName": changed["fullName"], **role, "gone": client.users.get_by_userName("sdk-user") is None}


def networks(client: Any, dummy: str) -> Any:
    """Create, rename and delete an Ethernet network, an FC network and a network set; change a bandwidth."""
    facts = {"name": "sdk-net", "vlanId": 900, "purpose": "General", "smartLink": False, "privateNetwork": False}
    network = client.ethernet_networks.create({**facts, "ethernetNetworkType": "Tagged", "type": "ethernet-networkV4"})
    template = client.connection_templates.get_by_uri(network.data["connectionTemplateUri"])
    template.update({**template.data, "bandwidth": {"typicalBandwidth": 1000, "maximumBandwidth": 4000}})
    bandwidth = client.connection_templates.get_by_uri(network.data["connectionTemplateUri"]).data["bandwidth"]
    network.update({**network.data, "name": "sdk-renamed"})
    group = client.network_sets.create({"name": "sdk-set", "networkUris": [network.data["uri"]]})
    fabric = client.fc_networks.create({"name": "sdk-fc", "fabricType": "FabricAttach", "linkStabilityTime": 30})
    told = {"name": network.data["name"], "members": len(group.data["networkUris"]), "bandwidth": bandwidth}
    deleted = [one.delete() for one in (group, fabric, network)]
    pages = client.ethernet_networks.get_all(sort="name:descending")
    return {**told, "deleted": deleted, "names": [one["name"] for one in pages]}


def bulk(client: Any, dummy: str) -> Any:
    """Make networks in bulk as an idempotent caller does: look at the range, make the rest; delete them in bulk."""
    networks, prefix, counts = client.ethernet_networks, "sdk", []
    client.ethernet_networks.create({"name": "sdkXother", "vlanId": 302, "ethernetNetworkType": "Tagged"})
    for span in ("301-303", "301-303", "301-305"):
        there = networks.get_range(prefix, span)
        missing = set(networks.dissociate_values_or_ranges(span)) - {int(one["vlanId"]) for one in there}
        if missing:
            facts = {"namePrefix": prefix, "vlanIdRange": ",".join(map(str, sorted(missing))), "purpose": "General"}
            networks.create_bulk({**facts, "smartLink": False, "privateNetwork": False, "bandwidth": None})
        counts.append([len(there), len(missing)])
    names = [one["name"] for one in networks.get_range(prefix, "301-305")]
    networks.delete_bulk({"networkUris": [one["uri"] for one in networks.get_range(prefix, "301-305")]})
    fabric = client.fc_networks.create({"name": "sdk-fc", "fabricType": "FabricAttach"})
    client.fc_networks.delete_bulk({"networkUris": [fabric.data["uri"]]})
    left = [one["name"] for one in (*networks.get_all(), *client.fc_networks.get_all())]
    return {"counts": counts, "names": names, "left": [name for name in left if name.startswith("sdk")]}


def traps(client: Any, dummy: str) -> Any:
    """Make, find, move to another user and delete a destination of SNMPv3 traps."""
    users = client.appliance_device_snmp_v3_users
    facts = {"type": "Users", "securityLevel": "Authentication", "authenticationProtocol": "SHA256"}
    secret = {"authenticationPassphrase": "Passphrase1"}
    first, second = (users.create({**facts, **secret, "userName": name}) for name in ("sdk-one", "sdk-two"))
    destinations = client.appliance_device_snmp_v3_trap_destinations
    order = {"type": "Destination", "destinationAddress": "192.0.2.8", "port": 162, "userId": first.data["id"]}
    made = destinations.create({**order, "existingDestinations": ["192.0.2.9"]})
    found = destinations.get_by_name("192.0.2.8")
    found.update({"userId": second.data["id"], "userUri": second.data["uri"], "userName": "sdk-two"})
    user = destinations.get_by_name("192.0.2.8").data["userName"]
    refusal = ""
    try:
        destinations.create({**order, "existingDestinations": ["192.0.2.8"]})
    except importlib.import_module("hpeOneView.exceptions").HPEOneViewException as error:
        refusal = str(error)
    deleted = [made.delete(), first.delete(), second.delete()]
    return {"user": user, "refusal": refusal, "deleted": deleted, "left": len(destinations.get_all())}


def alerts(client: Any, dummy: str) -> Any:
    """Find alerts, clear one with a note, take the note back, delete one, then those that a filter leaves."""
    rows = client.alerts.get_all(filter="\"severity='Critical'\"", sort="created:descending")
    first = next(one for one in rows if one["alertState"] == "Active")
    change = {"uri": first["uri"], "alertState": "Cleared", "notes": "Replaced.", "eTag": first["eTag"]}
    cleared = client.alerts.update(change)
    client.alerts.delete_alert_change_log(cleared["changeLog"][0]["uri"])
    client.alerts.delete(client.alerts.get(first["uri"]))
    client.alerts.delete_all("severity EQ 'Critical'")
    left = client.alerts.get_all()
    told = {"state": cleared["alertState"], "notes": cleared["changeLog"][0]["notes"], "about": first["description"]}
    return {**told, "severities": sorted({one["severity"] for one in left})}


def profiles(client: Any, dummy: str) -> Any:
    """Make a server profile from a template, change it, bring it back, delete it; power its server."""
    template = client.server_profile_templates.get_by_name("web")
    server = client.server_hardware.get_by_name("encl1, bay 2")
    facts = {**template.get_new_profile(), "name": "sdk-profile", "serverHardwareUri": server.data["uri"]}
    profile = client.server_profiles.create(facts)
    told = [profile.data["templateCompliance"]]
    profile.update({**profile.data, "boot": {"manageBoot": True, "order": ["CD", "HardDisk", "PXE"]}})
    told.append(profile.data["templateCompliance"])
    profile.patch("replace", "/templateCompliance", "Compliant")
    told.append(client.server_profiles.get_by_name("sdk-profile").data["templateCompliance"])
    server.update_power_state({"powerState": "On", "powerControl": "MomentaryPress"})
    refusal = ""
    refused = importlib.import_module("hpeOneView.exceptions").HPEOneViewException
    try:
        profile.delete()
    except refused as error:
        refusal = str(error)
    server.update_power_state({"powerState": "Off", "powerControl": "PressAndHold"})
    return {"compliance": told, "refusal": refusal, "deleted": profile.delete()}


def backups(client: Any, path: str) -> Any:
    """Make a backup and download it."""
    made = client.backups.create()
    client.backups.download(made["downloadUri"], path)
    return {"status": made["status"], "size": made["backupSize"], "kept": len(client.backups.get_all())}


def scopes(client: Any, dummy: str) -> Any:
    """Put a network into a scope and take it out again; delete the scope."""
    network = client.ethernet_networks.get_by_name("mgmt")
    scope = client.scopes.create({"name": "sdk-scope", "description": "Made by the SDK"})
    scope.patch("add", "/addedResourceUris/-", network.data["uri"])
    put_in = client.scopes.get_by_name("sdk-scope").data["addedResourceUris"]
    scope.patch("replace", "/removedResourceUris", [network.data["uri"]])
    taken_out = client.scopes.get_by_name("sdk-scope").data["addedResourceUris"]
    return {"in": put_in == [network.data["uri"]], "out": taken_out, "deleted": scope.delete()}


def volumes(client: Any, dummy: str) -> Any:
    """Make, grow and delete a volume."""
    pool = client.storage_pools.get_by_name("CPG_FC").data["uri"]
    root = next(one for one in client.storage_volume_templates.get_all() if one["storagePoolUri"] == pool)
    properties = {"name": "sdk-volume", "size": 1024**3, "storagePool": pool, "provisioningType": "Thin"}
    volume = client.volumes.create({"properties": properties, "templateUri": root["uri"], "isPermanent": True})
    volume.update({**volume.data, "provisionedCapacity": str(2 * 1024**3)})
    return {"size": volume.data["provisionedCapacity"], "deleted": volume.delete()}


def login(host: str, credentials: dict[str, str], version: str | None = None) -> Any:
    """A client that is logged in, in the newest version of the API unless another one is given."""
    sdk = importlib.import_module("hpeOneView.oneview_client")
    return sdk.OneViewClient({"ip": host, "credentials": dict(credentials), "api_version": version})


FLOWS = {one.__name__: one for one in (users, networks, bulk, traps, alerts, profiles, backups, scopes, volumes)}


def main(host: str, flow: str, path: str, version: str | None = None) -> int:
    """Run one flow within a session."""
    client = login(host, ADMINISTRATOR, version)
    try:
        print(json.dumps(FLOWS[flow](client, path)))
    finally:
        client.connection.logout()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
