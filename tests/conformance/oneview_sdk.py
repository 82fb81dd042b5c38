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
    """Create, log in as, change and delete a user."""
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
    made.update({**made.data, "fullName": "Changed by the SDK"})
    changed = dict(client.users.get_by_userName("sdk-user").data)
    made.delete()
    return {"fullName": changed["fullName"], "gone": client.users.get_by_userName("sdk-user") is None}


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


FLOWS = {one.__name__: one for one in (users, networks, profiles, backups, scopes, volumes)}


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
