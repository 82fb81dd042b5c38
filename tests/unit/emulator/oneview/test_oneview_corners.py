# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules off the beaten path: bulk requests, what goes along with a delete, compliance, cancelled and failed work."""

from __future__ import annotations

import pytest

from tests.emulator.authority import Authority
from tests.emulator.exchange import Json
from tests.unit.emulator.oneview.client_in_process import Appliance

ETHERNET, SETS, SCOPES = "ethernet-networks", "network-sets", "scopes"
HARDWARE, PROFILES = "server-hardware", "server-profiles"
JANE = {"userName": "jane", "password": "Password456!", "permissions": [{"roleName": "Read only"}]}
ANY = {"if-match": "*"}


def names(appliance: Appliance, path: str) -> list[str]:
    return [one["name"] for one in appliance.get(path)["members"]]


def test_old_versions_have_roles_where_new_ones_have_permissions(appliance: Appliance) -> None:
    appliance.send("POST", "users", JANE)
    old = {"userName": "jane", "roles": ["Backup administrator"], "type": "UserAndRoles"}
    assert appliance.refused("PUT", "users", old) == (400, "REQUEST_DATA_READ_ERROR")
    assert appliance.send("PUT", "users", old, {"x-api-version": "300"}).status == 200
    roles = [one["roleName"] for one in appliance.get("users/jane")["permissions"]]
    assert roles == ["Read only", "Backup administrator"]


def test_several_users_are_deleted_by_a_query(appliance: Appliance) -> None:
    for name in ("jane", "joe"):
        appliance.send("POST", "users", {**JANE, "userName": name})
    reply = appliance.send("DELETE", "users", query="(loginname='jane') or (loginname='joe')")
    assert reply.status == 204
    assert appliance.send("POST", "users/validateLoginName/jane").body is False


def test_networks_in_bulk(appliance: Appliance) -> None:
    wide = {"typicalBandwidth": 100, "maximumBandwidth": 200}
    body = {"namePrefix": "lab", "vlanIdRange": "30-32,40", "purpose": "General", "bandwidth": wide}
    appliance.done("POST", f"{ETHERNET}/bulk", body)
    found = {one["name"]: one for one in appliance.get(ETHERNET)["members"] if one["name"].startswith("lab")}
    assert sorted(found) == ["lab_30", "lab_31", "lab_32", "lab_40"]
    assert appliance.get(found["lab_40"]["connectionTemplateUri"])["bandwidth"] == wide
    appliance.done("POST", f"{ETHERNET}/bulk-delete", {"networkUris": [one["uri"] for one in found.values()]})
    assert not any(name.startswith("lab") for name in names(appliance, ETHERNET))


def test_a_set_loses_a_member_that_is_gone(appliance: Appliance) -> None:
    uris = {one["name"]: one["uri"] for one in appliance.get(ETHERNET)["members"]}
    new = {"name": "s", "networkUris": [uris["vmotion"], uris["mgmt"]], "nativeNetworkUri": uris["mgmt"]}
    appliance.done("POST", SETS, new)
    before = appliance.named(SETS, "s")
    assert appliance.refused("DELETE", uris["mgmt"])[0] == 409
    appliance.done("DELETE", uris["mgmt"], force="true")
    after = appliance.get(before["uri"])
    assert (after["networkUris"], after["nativeNetworkUri"]) == ([uris["vmotion"]], None)
    assert after["eTag"] != before["eTag"]


def test_nothing_is_in_a_scope_that_is_gone(appliance: Appliance) -> None:
    scope = appliance.named(SCOPES, "Production")
    appliance.done("POST", ETHERNET, {"name": "n", "vlanId": 5, "initialScopeUris": [scope["uri"]]})
    network = appliance.named(ETHERNET, "n")
    assert "initialScopeUris" not in network
    assert appliance.get(network["scopesUri"])["scopeUris"] == [scope["uri"]]
    assert appliance.refused("DELETE", scope["uri"])[0] == 403
    appliance.done("DELETE", scope["uri"], headers=ANY)
    assert appliance.get(network["scopesUri"])["scopeUris"] == []


def test_power_that_is_locked_and_power_that_fails(appliance: Appliance) -> None:
    on, off = (appliance.named(HARDWARE, f"encl1, bay {bay}") for bay in (1, 2))
    appliance.platform.change({"type": HARDWARE, "name": off["name"], "set": {"powerLock": True}})
    assert appliance.refused("PUT", f"{off['uri']}/powerState", {"powerState": "On"}) == (409, "POWER_LOCKED")
    failed = appliance.done("PUT", f"{on['uri']}/powerState", {"powerState": "Off"}, fault={"fault": "job_fail"})
    assert (failed["taskState"], appliance.get(on["uri"])["powerState"]) == ("Error", "On")


def test_a_profile_is_brought_back_to_its_template(appliance: Appliance) -> None:
    appliance.done("PUT", f"{appliance.named(HARDWARE, 'encl1, bay 1')['uri']}/powerState", {"powerState": "Off"})
    profile = appliance.named(PROFILES, "web-01")
    order = {"manageBoot": True, "order": ["CD", "HardDisk", "PXE"]}
    appliance.done("PUT", profile["uri"], {**profile, "boot": order})
    assert appliance.get(profile["uri"])["templateCompliance"] == "NonCompliant"
    assert appliance.get(f"{profile['uri']}/compliance-preview")["automaticUpdates"]
    appliance.done("PATCH", profile["uri"], [{"op": "replace", "path": "/templateCompliance", "value": "Compliant"}])
    after = appliance.get(profile["uri"])
    assert (after["templateCompliance"], after["boot"]["order"]) == ("Compliant", profile["boot"]["order"])


def test_a_backup_is_cancelled(appliance: Appliance) -> None:
    appliance.start("POST", "backups")
    uri = appliance.get("backups")["members"][0]["uri"]
    assert appliance.refused("GET", uri.replace("backups/", "backups/archive/"))[0] == 409
    appliance.send("DELETE", uri)
    appliance.clock.advance(10)
    assert appliance.get(uri)["status"] == "CANCELED"
    assert appliance.refused("DELETE", uri) == (409, "BACKUP_NOT_IN_PROGRESS")


@pytest.mark.parametrize(
    "change",
    [{"scheduleTime": "25:00"}, {"scheduleDays": []}, {"scheduleInterval": "DAILY"}, {"remoteServerName": None}],
    ids=str,
)
def test_schedules_that_cannot_be(appliance: Appliance, change: Json) -> None:
    there = {"protocol": "SFTP", "remoteServerName": "h", "remoteServerPublicKey": "k", "userName": "u"}
    when = {"scheduleInterval": "WEEKLY", "scheduleDays": ["MO"], "scheduleTime": "02:00"}
    body = {"enabled": True, **there, "password": "secret", **when}
    assert appliance.refused("PUT", "backups/config", {**body, **change}, ANY)[0] == 400
    assert appliance.done("PUT", "backups/config", body, ANY)["taskState"] == "Completed"


def test_the_content_of_an_authority_is_shown_when_asked_for(appliance: Appliance) -> None:
    detail = {"aliasName": "lab", "base64Data": Authority("Lab CA").pem}
    body = {"type": "CertificateAuthorityInfo", "certificateDetails": detail}
    appliance.done("POST", "certificates/ca", body)
    assert not appliance.get("certificates/ca/lab")["certificateDetails"].get("base64Data")
    shown = appliance.send("GET", "certificates/ca/lab", headers={"if-req-certdetails": "true"}).body
    assert "BEGIN CERTIFICATE" in shown["certificateDetails"]["base64Data"]
