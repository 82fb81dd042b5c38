# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers, profiles, backups and storage."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.emulator.oneview.client_in_process import Appliance

GIB = 1024**3


def new_profile(appliance: Appliance, server: str, **more: Any) -> dict[str, Any]:
    template = appliance.named("server-profile-templates", "web")
    facts: dict[str, Any] = appliance.get(f"{template['uri']}/new-profile")
    hardware = appliance.named("server-hardware", server)["uri"]
    return {**facts, "name": "new", "serverHardwareUri": hardware, **more}


def power(appliance: Appliance, server: str, state: str, control: str = "MomentaryPress") -> str:
    uri = appliance.named("server-hardware", server)["uri"]
    told = appliance.done("PUT", f"{uri}/powerState", {"powerState": state, "powerControl": control})
    return str(told["taskState"])


def test_profile_takes_a_server_and_gives_it_back(appliance: Appliance) -> None:
    told = appliance.done("POST", "server-profiles", new_profile(appliance, "encl1, bay 2"))
    profile = appliance.get(told["associatedResource"]["resourceUri"])
    assert (profile["templateCompliance"], profile["enclosureBay"], profile["state"]) == ("Compliant", 2, "Normal")
    assert [one["id"] for one in profile["connectionSettings"]["connections"]] == [1, 2, 3]
    assert all(one["mac"] for one in profile["connectionSettings"]["connections"])
    server = appliance.named("server-hardware", "encl1, bay 2")
    assert (server["serverProfileUri"], server["state"]) == (profile["uri"], "ProfileApplied")
    assert appliance.refused("DELETE", server["uri"])[1] == "SERVER_HAS_PROFILE"
    kept = {**profile, "serverHardwareUri": None}
    assert appliance.done("PUT", profile["uri"], kept)["taskErrors"][0]["errorCode"] == "ENCLOSURE_WITHOUT_SERVER"
    free = {name: value for name, value in kept.items() if name not in ("enclosureUri", "enclosureBay")}
    assert appliance.done("PUT", profile["uri"], free)["taskState"] == "Completed"
    assert appliance.named("server-hardware", "encl1, bay 2")["serverProfileUri"] is None


def test_refusals_of_profiles_come_as_tasks(appliance: Appliance) -> None:
    taken = appliance.done("POST", "server-profiles", new_profile(appliance, "encl1, bay 1"))
    assert (taken["taskState"], taken["taskErrors"][0]["errorCode"]) == ("Error", "SERVER_HAS_PROFILE")
    power(appliance, "encl1, bay 3", "On")
    running = appliance.done("POST", "server-profiles", new_profile(appliance, "encl1, bay 3"))
    assert "powered on" in running["taskErrors"][0]["message"]
    assert appliance.get("server-profiles")["total"] == 1


def test_a_profile_whose_server_is_on(appliance: Appliance) -> None:
    profile = appliance.named("server-profiles", "web-01")
    assert appliance.done("PUT", profile["uri"], {**profile, "description": "d"})["taskState"] == "Completed"
    profile = appliance.get(profile["uri"])
    order = {**profile, "boot": {"manageBoot": True, "order": ["CD", "HardDisk", "PXE"]}}
    assert appliance.done("PUT", profile["uri"], order)["taskErrors"][0]["errorCode"] == "ServerPoweredOn"
    assert appliance.done("DELETE", profile["uri"])["taskState"] == "Error"
    assert power(appliance, "encl1, bay 1", "Off") == "Completed"
    assert appliance.done("PUT", profile["uri"], order)["taskState"] == "Completed"
    changed = appliance.get(profile["uri"])
    assert (changed["boot"]["order"][0], changed["templateCompliance"]) == ("CD", "NonCompliant")
    comply = [{"op": "replace", "path": "/templateCompliance", "value": "Compliant"}]
    assert appliance.done("PATCH", profile["uri"], comply)["taskState"] == "Completed"
    assert appliance.get(profile["uri"])["boot"]["order"][0] == "PXE"


def test_a_template_that_changes_makes_profiles_differ(appliance: Appliance) -> None:
    template = appliance.named("server-profile-templates", "web")
    body = {**template, "boot": {"manageBoot": True, "order": ["HardDisk"]}}
    appliance.done("PUT", template["uri"], body)
    assert appliance.named("server-profiles", "web-01")["templateCompliance"] == "NonCompliant"
    assert appliance.done("DELETE", template["uri"])["taskErrors"][0]["errorCode"] == "TEMPLATE_IN_USE"


@pytest.mark.parametrize(
    "connection",
    [{"id": 1, "networkUri": "fc-networks/san-a"}, {"id": 1, "requestedMbps": "5"}],
    ids=["network of another kind", "bandwidth"],
)
def test_connections_that_cannot_be(appliance: Appliance, connection: dict[str, Any]) -> None:
    if "networkUri" in connection:
        path, dummy, name = connection["networkUri"].partition("/")
        connection = {**connection, "networkUri": appliance.named(path, name)["uri"]}
    body = new_profile(appliance, "encl1, bay 2", connectionSettings={"connections": [connection]})
    assert appliance.done("POST", "server-profiles", body)["taskState"] == "Error"


def test_power_shows_what_happens(appliance: Appliance) -> None:
    uri = appliance.named("server-hardware", "dl01.example.com")["uri"]
    assert appliance.refused("PUT", f"{uri}/powerState", {"powerState": "On", "powerControl": "Reset"})[0] == 409
    appliance.start("PUT", f"{uri}/powerState", {"powerState": "On"})
    assert appliance.get(uri)["powerState"] == "PoweringOn"
    appliance.clock.advance(3)
    assert appliance.get(uri)["powerState"] == "On"
    appliance.platform.change({"type": "server-hardware", "name": "dl01.example.com", "set": {"_ignores_press": True}})
    assert power(appliance, "dl01.example.com", "Off") == "Error"
    assert appliance.get(uri)["powerState"] == "On"
    assert power(appliance, "dl01.example.com", "Off", "PressAndHold") == "Completed"


def test_servers_are_added_refreshed_and_removed(appliance: Appliance) -> None:
    body = {"hostname": "ilo9.example.com", "username": "admin", "password": "secret-9", "licensingIntent": "OneView"}
    told = appliance.done("POST", "server-hardware", {**body, "configurationState": "Monitored"})
    uri = told["associatedResource"]["resourceUri"]
    assert (told["name"], appliance.get(uri)["state"]) == ("Add", "Monitored")
    appliance.start("PUT", f"{uri}/refreshState", {"refreshState": "RefreshPending"})
    assert appliance.get(uri)["refreshState"] == "Refreshing"
    appliance.clock.advance(3)
    assert appliance.get(uri)["refreshState"] == "NotRefreshing"
    light = [{"op": "replace", "path": "/uidState", "value": "On"}]
    appliance.done("PATCH", uri, light)
    assert appliance.get(uri)["uidState"] == "On"
    assert appliance.done("DELETE", uri)["name"] == "Remove"
    assert appliance.refused("PUT", uri, {})[0] == 405


def test_one_backup_with_an_extra_hop(appliance: Appliance) -> None:
    old = appliance.get("backups")["members"][0]
    uri = appliance.start("POST", "backups", {})
    running = appliance.get("backups")["members"]
    assert [(one["status"], one["downloadUri"]) for one in running] == [("IN_PROGRESS", None)]
    assert appliance.refused("POST", "backups", {})[1] == "BACKUP_IN_PROGRESS"
    appliance.clock.advance(5)
    backup = appliance.get(appliance.get(uri)["associatedResource"]["resourceUri"])
    assert (backup["status"], backup["created"] > old["created"]) == ("SUCCEEDED", True)
    content = appliance.send("GET", backup["downloadUri"])
    assert len(content.payload()) == backup["backupSize"] == 65536
    assert content.headers["Content-Disposition"].startswith("attachment; filename=")
    assert appliance.get("backups")["members"][0]["downloadStatus"] == "DOWNLOAD_REQUESTED"
    assert appliance.refused("DELETE", backup["uri"])[1] == "BACKUP_NOT_IN_PROGRESS"


def test_backup_that_fails(appliance: Appliance) -> None:
    told = appliance.done("POST", "backups", {}, fault={"fault": "job_fail"})
    assert told["taskState"] == "Error"
    backup = appliance.get("backups")["members"][0]
    assert (backup["status"], backup["downloadUri"]) == ("FAILED", None)


def test_backup_schedule_keeps_its_password_for_itself(appliance: Appliance) -> None:
    config = appliance.get("backups/config")
    remote = {"protocol": "SFTP", "remoteServerName": "b.example.com", "remoteServerPublicKey": "k", "userName": "u"}
    body = {**config, **remote, "enabled": True, "scheduleInterval": "DAILY", "scheduleTime": "03:00"}
    assert appliance.refused("PUT", "backups/config", body)[1] == "BACKUP_CONFIG_INCOMPLETE"
    assert appliance.done("PUT", "backups/config", {**body, "password": "secret"})["taskState"] == "Completed"
    config = appliance.get("backups/config")
    assert (config["password"], config["scheduleTime"]) == (None, "03:00")
    assert appliance.done("PUT", "backups/config", {**config, "scheduleTime": "04:00"})["taskState"] == "Completed"
    assert appliance.refused("PUT", "backups/config", {**config, "scheduleTime": "25:00", "eTag": "*"})[0] == 400


def test_storage_system_is_connected_then_managed(appliance: Appliance) -> None:
    body = {"hostname": "array02.example.com", "username": "3paradm", "password": "wrong", "family": "StoreServ"}
    assert appliance.done("POST", "storage-systems", body)["taskState"] == "Error"
    told = appliance.done("POST", "storage-systems", {**body, "password": "Password123!"})
    system = appliance.get(told["associatedResource"]["resourceUri"])
    own = system["deviceSpecificAttributes"]
    assert (system["state"], own["managedPools"], "password" in system["credentials"]) == ("Connected", [], False)
    chosen = {**own, "managedDomain": "TestDomain", "managedPools": own["discoveredPools"], "discoveredPools": []}
    appliance.done("PUT", system["uri"], {**system, "deviceSpecificAttributes": chosen})
    assert appliance.get(system["uri"])["state"] == "Managed"
    pools = appliance.get("storage-pools", filter=f"\"storageSystemUri='{system['uri']}'\"")["members"]
    assert [(one["name"], one["isManaged"]) for one in pools] == [("CPG_FC", True)]
    assert appliance.done("DELETE", system["uri"], headers={"if-match": "*"})["taskState"] == "Completed"
    assert appliance.get("storage-pools")["total"] == 2


def test_volumes_are_made_of_one_schema_and_read_in_another(appliance: Appliance) -> None:
    pool = appliance.named("storage-pools", "CPG_FC")
    properties = {"name": "v1", "size": GIB, "storagePool": pool["uri"]}
    told = appliance.done("POST", "storage-volumes", {"properties": properties, "isPermanent": True})
    volume = appliance.get(told["associatedResource"]["resourceUri"])
    assert (volume["provisionedCapacity"], volume["storagePoolUri"]) == (str(GIB), pool["uri"])
    assert appliance.refused("PUT", volume["uri"], {**volume, "properties": properties})[1] == "REQUEST_DATA_READ_ERROR"
    smaller = {**volume, "provisionedCapacity": "1"}
    assert appliance.refused("PUT", volume["uri"], smaller)[1] == "VOLUME_CANNOT_SHRINK"
    appliance.done("PUT", volume["uri"], {**volume, "provisionedCapacity": str(2 * GIB)})
    assert appliance.get(pool["uri"])["allocatedCapacity"] == str(2 * GIB)
    assert appliance.refused("DELETE", volume["uri"])[1] == "MISSING_ETAG_IN_REQUEST"
    appliance.done("DELETE", volume["uri"], headers={"if-match": "*"}, suppressDeviceUpdates="true")
    system = pool["storageSystemUri"]
    order = {"storageSystemUri": system, "deviceVolumeName": "v1", "name": "back", "isShareable": False}
    assert appliance.done("POST", "storage-volumes/from-existing", order)["taskState"] == "Completed"
    assert appliance.named("storage-volumes", "back")["provisionedCapacity"] == str(2 * GIB)


def test_locked_properties_of_a_template(appliance: Appliance) -> None:
    root = appliance.named("storage-volume-templates", "array01 CPG_FC root")
    full = {"type": "string", "default": "Full", "meta": {"locked": True}}
    body = {
        "name": "gold",
        "rootTemplateUri": root["uri"],
        "properties": {**root["properties"], "provisioningType": full},
    }
    template = appliance.send("POST", "storage-volume-templates", body).body
    order = {"properties": {"name": "v", "size": GIB, "provisioningType": "Thin"}, "templateUri": template["uri"]}
    assert appliance.refused("POST", "storage-volumes", order)[1] == "VOLUME_PROPERTY_LOCKED"
    del order["properties"]["provisioningType"]
    appliance.done("POST", "storage-volumes", order)
    assert appliance.named("storage-volumes", "v")["provisioningType"] == "Full"
