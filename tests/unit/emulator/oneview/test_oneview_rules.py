# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of users, networks, scopes, certificates and settings."""

from __future__ import annotations

from typing import Any

import pytest

from jobwise_emulator.authority import Authority
from tests.unit.emulator.oneview.client_in_process import PASSWORD, Appliance

ROLE = {"roleName": "Read only", "scopeUri": None}
NETWORKS = "ethernet-networks"


def user(name: str = "jane", **more: Any) -> dict[str, Any]:
    return {"userName": name, "password": "Password456!", "permissions": [ROLE], **more}


def test_user_from_start_to_end(appliance: Appliance) -> None:
    made = appliance.send("POST", "users", user())
    assert made.status == 201
    assert "password" not in made.body
    roles = [{"roleName": "Backup administrator", "scopeUri": None}]
    added = appliance.send("PUT", "users", {"userName": "jane", "permissions": roles}).body
    assert added["permissions"] == [ROLE, *roles]
    replaced = appliance.send("PUT", "users", {"userName": "jane", "permissions": roles, "replaceRoles": True}).body
    assert replaced["permissions"] == roles
    assert appliance.send("PUT", "users", {"userName": "jane", "password": "Password789!"}).status == 200
    assert appliance.login("jane", "Password456!").status == 400
    assert appliance.login("jane", "Password789!").status == 200
    appliance.login("Administrator")
    assert appliance.send("DELETE", "users/jane").status == 204
    assert appliance.refused("GET", "users/jane")[0] == 404


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (user("1jane"), "USER_INVALID_USERNAME"),
        (user(password="short"), "USER_INVALID_PASSWORD"),
        (user(password="with space 1"), "USER_INVALID_PASSWORD"),
        (user(mobilePhone="1" * 26), "USER_INVALID_MOBILEPHONE"),
        (user(permissions=[{"roleName": "read only"}]), "ROLE_NOT_FOUND"),
        (user("OPERATOR"), "USER_ALREADY_EXISTS"),
        (user(shoeSize=42), "REQUEST_DATA_READ_ERROR"),
        (user(permissions=[{"roleName": "Read only", "scopeUri": "/rest/scopes/0"}]), "RESOURCE_NOT_FOUND"),
    ],
)
def test_users_that_cannot_be(appliance: Appliance, body: dict[str, Any], code: str) -> None:
    assert appliance.refused("POST", "users", body)[1] == code


def test_own_account(appliance: Appliance) -> None:
    own = {"userName": "Administrator"}
    assert appliance.refused("PUT", "users", {**own, "password": "Password456!"})[1] == "USER_INVALID_CURRENT_PASSWORD"
    body = {**own, "password": "Password456!", "currentPassword": PASSWORD}
    assert appliance.send("PUT", "users", body).status == 200
    assert appliance.refused("PUT", "users", {**own, "permissions": [ROLE], "replaceRoles": True})[0] == 403
    assert appliance.refused("DELETE", "users/Administrator")[0] == 400


def test_password_is_changed_without_a_session(appliance: Appliance) -> None:
    appliance.platform.change({"type": "users", "name": "operator", "set": {"_must_change": True}})
    assert appliance.login("operator").body["errorCode"] == "PASSWORD_CHANGE_REQUIRED"
    body = {"userName": "operator", "oldPassword": PASSWORD, "newPassword": "Password456!"}
    assert appliance.send("POST", "users/changePassword", body, {"auth": ""}).status == 200
    assert appliance.login("operator", "Password456!").status == 200


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        (NETWORKS, {"name": "MGMT", "vlanId": 5}, "DUPLICATE_ETHERNET_NETWORK_NAME"),
        (NETWORKS, {"name": "x", "vlanId": 4095}, "INVALID_VLAN_ID"),
        (NETWORKS, {"name": "x", "ethernetNetworkType": "Untagged", "vlanId": 5}, "INVALID_VLAN_ID"),
        (NETWORKS, {"name": "x", "vlanId": 5, "purpose": "Fun"}, "REQUEST_DATA_READ_ERROR"),
        (NETWORKS, {"vlanId": 5}, "MISSING_ATTRIBUTE"),
        (NETWORKS, {"name": "x", "vlanId": 5, "type": "fc-networkV4"}, "REQUEST_DATA_READ_ERROR"),
        ("fc-networks", {"name": "x", "linkStabilityTime": 0}, "INVALID_LINK_STABILITY_TIME"),
        ("network-sets", {"name": "x", "networkUris": ["/rest/ethernet-networks/0"]}, "RESOURCE_NOT_FOUND"),
    ],
)
def test_networks_that_cannot_be(appliance: Appliance, path: str, body: dict[str, Any], code: str) -> None:
    assert appliance.refused("POST", path, body)[1] == code


def test_network_put_replaces_everything_but_what_is_fixed(appliance: Appliance) -> None:
    network = appliance.named(NETWORKS, "vmotion")
    body = {"name": "vmotion", "vlanId": 20, "eTag": network["eTag"]}
    appliance.done("PUT", network["uri"], body)
    assert appliance.get(network["uri"])["purpose"] == "General"
    network = appliance.get(network["uri"])
    assert appliance.refused("PUT", network["uri"], {**network, "vlanId": 21})[1] == "ATTRIBUTE_NOT_CHANGEABLE"
    assert appliance.refused("PUT", network["uri"], {**network, "uri": "/rest/x"})[1] == "READ_ONLY_ATTRIBUTE"


def test_bandwidth_comes_and_goes_with_its_network(appliance: Appliance) -> None:
    template = appliance.get(appliance.named(NETWORKS, "prod-101")["connectionTemplateUri"])
    wrong = {**template, "bandwidth": {"typicalBandwidth": 3000, "maximumBandwidth": 2000}}
    assert appliance.refused("PUT", template["uri"], wrong)[1] == "INVALID_BANDWIDTH"
    right = {**template, "bandwidth": {"typicalBandwidth": 1000, "maximumBandwidth": 2000}}
    assert appliance.send("PUT", template["uri"], right).body["bandwidth"]["typicalBandwidth"] == 1000
    uri = appliance.named(NETWORKS, "prod-101")["uri"]
    appliance.done("DELETE", uri)
    assert appliance.refused("GET", template["uri"])[0] == 404
    assert uri not in appliance.named("network-sets", "production")["networkUris"]


def test_scopes(appliance: Appliance) -> None:
    network = appliance.named(NETWORKS, "mgmt")
    scope = appliance.send("POST", "scopes", {"name": "s"}).body
    put_in = [{"op": "add", "path": "/addedResourceUris/-", "value": network["uri"]}]
    assert appliance.refused("PATCH", scope["uri"], put_in, {"if-match": "older"})[0] == 412
    assert appliance.done("PATCH", scope["uri"], put_in, {"if-match": scope["eTag"]})["taskState"] == "Completed"
    found = appliance.get("index/resources", query=f"scopeUris='{scope['uri']}'")["members"]
    assert [one["uri"] for one in found] == [network["uri"]]
    assert appliance.get(network["scopesUri"])["scopeUris"] == [scope["uri"]]
    assert appliance.get(NETWORKS, scopeUris=scope["uri"])["total"] == 1
    two = [*put_in, *put_in]
    assert appliance.refused("PATCH", scope["uri"], two, {"if-match": "*"})[1] == "REQUEST_DATA_READ_ERROR"
    assert appliance.refused("DELETE", scope["uri"])[1] == "MISSING_ETAG_IN_REQUEST"
    assert appliance.done("DELETE", scope["uri"], headers={"if-match": "*"})["taskState"] == "Completed"
    assert appliance.get(network["scopesUri"])["scopeUris"] == []


def test_certificates(appliance: Appliance) -> None:
    authority = Authority("Root")
    leaf = authority.issue("srv").certificate.partition("-----END CERTIFICATE-----")
    pem = leaf[0] + leaf[1]
    detail = {"type": "CertificateDetailV2", "aliasName": "srv", "base64Data": pem}
    body = {"type": "CertificateInfoV2", "certificateDetails": [detail]}
    assert appliance.done("POST", "certificates/servers", body)["taskState"] == "Completed"
    told = appliance.get("certificates/servers/srv")["certificateDetails"][0]
    assert told["base64Data"] != pem
    assert "".join(told["base64Data"].split()) == "".join(pem.split())
    assert told["commonName"] == "srv"
    assert appliance.refused("POST", "certificates/servers", body)[1] == "CERTIFICATE_ALIAS_EXISTS"
    broken = {**body, "certificateDetails": [{**detail, "base64Data": pem.replace("A", "B")}]}
    assert appliance.refused("POST", "certificates/servers", broken)[1] == "CERTIFICATE_INVALID"
    other = {"type": "CertificateAuthorityInfo", "certificateDetails": detail}
    assert appliance.refused("POST", "certificates/ca", other)[1] == "CERTIFICATE_NOT_CA"
    appliance.platform.change({"type": "settings", "set": {"remote_certificates": {"far.example.com:443": pem}}})
    found = appliance.get("certificates/https/remote/far.example.com")["certificateDetails"]
    assert found[0]["sha256Fingerprint"] == told["sha256Fingerprint"]
    assert appliance.refused("GET", "certificates/https/remote/near.example.com")[0] == 400


def test_time_is_set_by_a_post(appliance: Appliance) -> None:
    path = "appliance/configuration/time-locale"
    appliance.done("POST", path, {"timezone": "Europe/Berlin", "ntpServers": ["ntp.example.com"]})
    first = appliance.get(path)
    appliance.clock.advance(5)
    assert (first["timezone"], first["locale"]) == ("Europe/Berlin", "en_US.UTF-8")
    assert appliance.get(path)["dateTime"] > first["dateTime"]
    assert appliance.refused("PUT", path, first)[0] == 405
    assert appliance.refused("POST", path, {"timezone": "Mars/Olympus"})[1] == "INVALID_TIMEZONE"


def test_trap_destinations_have_the_number_that_the_client_chose(appliance: Appliance) -> None:
    path, body = "appliance/trap-destinations", {"destination": "192.0.2.1", "communityString": "public"}
    assert appliance.send("POST", f"{path}/7", body).status == 201
    assert appliance.get(f"{path}/7")["port"] == 162
    assert appliance.refused("POST", f"{path}/7", {**body, "destination": "192.0.2.2"})[1] == "TRAP_ID_EXISTS"
    assert appliance.refused("POST", f"{path}/8", body)[1] == "TRAP_DESTINATION_EXISTS"
    assert appliance.refused("POST", f"{path}/validation", body)[0] == 409
    assert appliance.refused("POST", f"{path}/0", body)[0] == 400
    assert appliance.send("DELETE", f"{path}/7").status == 204


def test_snmpv3(appliance: Appliance) -> None:
    path = "appliance/snmpv3-trap-forwarding"
    body = {"userName": "trap", "securityLevel": "Authentication", "authenticationProtocol": "SHA256"}
    assert appliance.refused("POST", f"{path}/users", body)[1] == "SNMPV3_USER_INCOMPLETE"
    made = appliance.send("POST", f"{path}/users", {**body, "authenticationPassphrase": "12345678"}).body
    assert made["authenticationPassphrase"] is None
    again = {**body, "authenticationPassphrase": "12345678"}
    assert appliance.refused("POST", f"{path}/users", again)[1] == "USER_ALREADY_EXIST"
    there = appliance.send("POST", f"{path}/destinations", {"destinationAddress": "192.0.2.1", "userName": "trap"}).body
    assert there["userUri"] == made["uri"]
    assert appliance.refused("DELETE", made["uri"])[1] == "USER_IN_USE"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"destinationAddress": "192.0.2.8"}, 200),
        ({"destinationAddress": "192.0.2.8", "existingDestinations": ["192.0.2.9"]}, 200),
        ({"destinationAddress": "HOST.example.com", "existingDestinations": ["host.example.com"]}, 409),
        ({"destinationAddress": "192.0.2.300"}, 400),
        ({"destinationAddress": "two words"}, 400),
    ],
)
def test_an_snmpv3_destination_is_validated_without_its_user(
    appliance: Appliance, body: dict[str, Any], status: int
) -> None:
    path = "appliance/snmpv3-trap-forwarding/destinations"
    assert appliance.send("POST", f"{path}/validation", body).status == status
    assert appliance.refused("POST", path, {"destinationAddress": "192.0.2.8"})[1] == "SNMPV3_USER_NOT_FOUND"
