# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules off the beaten path: bulk requests, what goes along with a delete, compliance, cancelled and failed work."""

from __future__ import annotations

import pytest

from jobwise_emulator.authority import Authority
from jobwise_emulator.exchange import Json
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


@pytest.mark.parametrize(("path", "more"), [("fc-networks", {}), ("fcoe-networks", {"vlanId": 7})])
def test_networks_of_other_types_are_deleted_in_bulk(appliance: Appliance, path: str, more: Json) -> None:
    for name in ("a", "b", "c"):
        appliance.done("POST", path, {"name": name, **more})
    body = {"networkUris": [appliance.named(path, name)["uri"] for name in ("a", "c")]}
    task = appliance.done("POST", f"{path}/bulk-delete", body)
    assert (task["name"], task["taskState"]) == ("Delete", "Completed")
    assert [name for name in names(appliance, path) if len(name) == 1] == ["b"]
    other = {"networkUris": [appliance.named(ETHERNET, "mgmt")["uri"]]}
    assert appliance.refused("POST", f"{path}/bulk-delete", other) == (400, "RESOURCE_NOT_FOUND")


def test_a_server_hardware_type_is_renamed_but_never_made(appliance: Appliance) -> None:
    kind = appliance.named("server-hardware-types", "DL360 Gen10 1")
    body = {**kind, "name": "small", "description": "Rack"}
    appliance.send("PUT", kind["uri"], body)
    appliance.clock.advance(10)
    after = appliance.get(kind["uri"])
    assert (after["name"], after["description"], after["model"]) == ("small", "Rack", "DL360 Gen10")
    assert appliance.refused("POST", "server-hardware-types", {"name": "x"})[0] == 405


def test_firmware_of_all_servers(appliance: Appliance) -> None:
    rows = appliance.get("server-hardware/*/firmware", filter="\"serverName matches 'encl1%'\"")["members"]
    assert [one["serverName"] for one in rows] == [f"encl1, bay {bay}" for bay in range(1, 5)]


def test_a_trusted_certificate_has_the_category_of_what_a_server_shows(appliance: Appliance) -> None:
    pem = Authority("Lab CA").pem
    appliance.platform.change({"type": "settings", "set": {"remote_certificates": {"h.example.com:443": pem}}})
    shown = appliance.get("certificates/https/remote/h.example.com")
    detail = {"aliasName": "h.example.com", "base64Data": pem}
    appliance.done("POST", "certificates/servers", {"type": "CertificateInfoV2", "certificateDetails": [detail]})
    assert appliance.get("certificates/servers/h.example.com")["category"] == shown["category"] == "certificates"


def test_users_are_found_by_their_role(appliance: Appliance) -> None:
    rows = appliance.get("users/roles/users/Infrastructure administrator")["members"]
    assert [one["userName"] for one in rows] == ["Administrator", "admin"]
    assert "Password123!" not in str(rows)
    assert appliance.get("users/roles/users/Scope operator")["members"] == []
    assert appliance.refused("GET", "users/roles/users/Nobody")[0] == 404


def test_names_differ_by_case_only_where_appliances_have_that(appliance: Appliance) -> None:
    for name in ("EG", "eg"):
        assert appliance.send("POST", "enclosure-groups", {"name": name}).status in (201, 202), name
        appliance.clock.advance(10)
    assert {"EG", "eg"} <= set(names(appliance, "enclosure-groups"))
    assert appliance.refused("POST", "enclosure-groups", {"name": "EG"})[0] == 409
    assert appliance.refused("POST", ETHERNET, {"name": "MGMT", "vlanId": 9})[0] == 409


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (ETHERNET, {"name": "x"}),
        (ETHERNET, {"name": "x", "vlanId": None}),
        ("appliance/trap-destinations/validation", {"communityString": "public"}),
        ("appliance/snmpv3-trap-forwarding/destinations/validation", {}),
    ],
)
def test_there_are_no_details_about_what_is_missing(appliance: Appliance, path: str, body: Json) -> None:
    reply = appliance.send("POST", path, body)
    assert (reply.status, reply.body["details"]) == (400, None)


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
