# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sessions, versions, media types, eTags, collections, filters."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl

import pytest

from jobwise_emulator.exchange import Json
from tests.unit.emulator.oneview.client_in_process import PASSWORD, Appliance

NETWORKS = "ethernet-networks"


def settings(appliance: Appliance, **order: object) -> None:
    appliance.platform.change({"type": "settings", "set": order})


def test_version_is_told_to_anybody(appliance: Appliance) -> None:
    reply = appliance.send("GET", "version", headers={"auth": "", "x-api-version": ""})
    assert reply.body == {"currentVersion": 8600, "minimumVersion": 120}


@pytest.mark.parametrize("version", ["8800", "100", "new"])
def test_version_that_is_not_spoken(appliance: Appliance, version: str) -> None:
    assert appliance.refused("GET", NETWORKS, headers={"x-api-version": version})[0] == 412


def test_without_a_version_the_oldest_is_meant(appliance: Appliance) -> None:
    told = appliance.send("GET", "users/operator", headers={"x-api-version": ""}).body
    assert told["type"] == "UserAndRoles"
    assert told["roles"] == ["Read only"]
    assert appliance.get("users/operator")["permissions"] == [{"roleName": "Read only", "scopeUri": None}]


def test_session_is_checked_again_and_ended(appliance: Appliance) -> None:
    again = appliance.send("PUT", "login-sessions", b"null")
    assert json.loads(again.payload())["sessionID"] == appliance.session
    assert appliance.send("DELETE", "login-sessions", {}).status == 204
    assert appliance.refused("DELETE", "login-sessions") == (400, "AUTHN_LOGOUT_FAILED")
    assert appliance.refused("GET", NETWORKS) == (401, "AUTHORIZATION")


@pytest.mark.parametrize(
    ("user", "password", "domain", "code"),
    [
        ("admin", "wrong", "", "AUTHN_AUTH_FAIL"),
        ("nobody", PASSWORD, "LOCAL", "AUTHN_AUTH_FAIL"),
        ("former", PASSWORD, "local", "AUTHN_AUTH_FAIL"),
        ("admin", PASSWORD, "corp", "AUTHN_AUTH_DIR_FAIL"),
    ],
)
def test_login_fails(appliance: Appliance, user: str, password: str, domain: str, code: str) -> None:
    reply = appliance.login(user, password, authLoginDomain=domain)
    assert (reply.status, reply.body["errorCode"]) == (400, code)


def test_login_from_a_directory_after_the_message(appliance: Appliance) -> None:
    settings(appliance, directories={"corp": {"jane": "secret"}}, login_message=True)
    reply = appliance.login("jane", "secret", authLoginDomain="CORP")
    assert reply.body["errorCode"] == "AUTHN_LOGIN_MESSAGE_ACKNOWLEDGMENT_REQUIRED"
    assert appliance.login("jane", "secret", authLoginDomain="CORP", loginMsgAck=True).status == 200


def test_too_many_sessions_until_they_are_idle_for_a_day(appliance: Appliance) -> None:
    settings(appliance, session_limit=3)
    assert [appliance.login("admin").status for dummy in range(3)] == [200, 200, 400]
    assert appliance.login("admin").body["errorCode"] == "AUTHN_SESSION_CLIENT_LIMIT_CROSSED"
    appliance.clock.advance(86_401)
    assert appliance.login("admin").status == 200


def test_session_id_is_in_no_record(appliance: Appliance) -> None:
    reply = appliance.login("admin")
    assert reply.body is None
    assert appliance.session not in json.dumps(appliance.platform.sessions())


def test_roles_allow_writes(appliance: Appliance) -> None:
    appliance.login("operator")
    assert appliance.get(NETWORKS)["total"] == 5
    assert appliance.refused("POST", NETWORKS, {"name": "x", "vlanId": 5}) == (401, "INSUFFICIENT_PRIVILEGES")
    appliance.login("netadmin")
    assert appliance.send("POST", NETWORKS, {"name": "x", "vlanId": 5}).status == 202


def test_media_types(appliance: Appliance) -> None:
    assert appliance.refused("POST", NETWORKS, {"name": "x"}, {"content-type": "text/plain"})[0] == 415
    uri = appliance.named(NETWORKS, "mgmt")["uri"]
    assert appliance.refused("PATCH", uri, [], {"content-type": "application/json"})[0] == 415
    assert appliance.refused("POST", NETWORKS, b"{") == (400, "REQUEST_DATA_READ_ERROR")
    assert appliance.refused("POST", "version")[0] == 405
    assert appliance.refused("GET", "nothing")[0] == 404


def test_etag_comes_from_header_or_body(appliance: Appliance) -> None:
    network = appliance.named(NETWORKS, "mgmt")
    without = {name: value for name, value in network.items() if name != "eTag"}
    assert appliance.refused("PUT", network["uri"], without) == (403, "MISSING_ETAG_IN_REQUEST")
    stale = {**network, "eTag": "older"}
    assert appliance.refused("PUT", network["uri"], stale) == (412, "EtagPreconditionFailedException")
    for body, headers in ((network, {}), (without, {"if-match": "*"}), (stale, {"if-match": "*"})):
        assert appliance.done("PUT", network["uri"], body, headers)["taskState"] == "Completed"
        network = appliance.get(network["uri"])
    quoted = {"if-match": f'"{network["eTag"]}"'}
    assert appliance.done("PUT", network["uri"], without, quoted)["taskState"] == "Completed"
    assert appliance.get(network["uri"])["eTag"] != network["eTag"]


def test_not_modified(appliance: Appliance) -> None:
    uri = appliance.named(NETWORKS, "mgmt")["uri"]
    reply = appliance.send("GET", uri)
    again = appliance.send("GET", uri, headers={"if-none-match": reply.headers["ETag"]})
    assert (again.status, again.payload()) == (304, b"")


def test_pages_are_followed_to_the_end(appliance: Appliance) -> None:
    settings(appliance, page_size=2)
    names, uri = [], f"/rest/{NETWORKS}"
    page = appliance.get(uri, start="0", count="-1", sort="name:desc", filter="\"vlanId gt '10'\"")
    while True:
        names += [one["name"] for one in page["members"]]
        assert page["total"] == 4
        if not page["nextPageUri"]:
            break
        place, dummy, query = page["nextPageUri"].partition("?")
        page = appliance.get(place, **dict(parse_qsl(query)))
    assert names == ["vmotion", "prod-103", "prod-102", "prod-101"]
    assert page["prevPageUri"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("\"name='MGMT'\"", ["mgmt"]),
        ("\"name=='MGMT'\"", []),
        ("name matches 'prod-1_1'", ["prod-101"]),
        ("\"not name matches 'prod%'\"", ["mgmt", "vmotion"]),
        ("\"'name' regex '.*(motion|102)'\"", ["prod-102", "vmotion"]),
        ("\"vlanId le '20'\"", ["mgmt", "vmotion"]),
        ("\"smartLink='true'\"", ["mgmt", "prod-101", "prod-102", "prod-103", "vmotion"]),
        ("\"nowhere.at.all='x'\"", []),
        ("\"'name' regex '^PROD'\"", ["prod-101", "prod-102", "prod-103"]),
        ("\"'name' sregex '^PROD'\"", []),
        ("\"'name' regex '102$'\"", ["prod-102"]),
        ("\"'name' regex '(mgm|motio)'\"", ["mgmt", "vmotion"]),
        ("\"not name regex 'o'\"", ["mgmt"]),
        ("\"'name' matches 'prod'\"", []),
        ("NOT \"'name' = 'mgmt'\"", ["prod-101", "prod-102", "prod-103", "vmotion"]),
        ("NOT \"vlanId gt '20'\"", ["mgmt", "vmotion"]),
        ("\"'description' = NULL\"", ["mgmt", "prod-101", "prod-102", "prod-103", "vmotion"]),
        ("NOT \"'name' = NULL\"", ["mgmt", "prod-101", "prod-102", "prod-103", "vmotion"]),
        ("\"'description' = 'NULL'\"", []),
        ("\"'name' ne NULL\"", ["mgmt", "prod-101", "prod-102", "prod-103", "vmotion"]),
    ],
)
def test_filters(appliance: Appliance, text: str, names: list[str]) -> None:
    found = appliance.get(NETWORKS, filter=text, sort="name:ascending", fields="name")["members"]
    assert found == [{"name": name} for name in names]


@pytest.mark.parametrize(
    "query",
    [
        {"filter": "\"name='it's'\""},
        {"filter": "name is 'x'"},
        {"sort": "name:sideways"},
        {"start": "-1"},
        {"count": "many"},
        {"frobnicate": "1"},
        {"query": "(name eq 'x'"},
        {"query": "name in ('x'"},
        {"query": "name in ('x' 'y')"},
        {"query": "name in ('x',)"},
        {"query": "name in ()"},
        {"query": "description is empty"},
        {"query": "not name"},
        {"filter": "name in ('x')"},
        {"filter": "name like 'x'"},
        {"filter": "NOT name"},
    ],
)
def test_what_collections_refuse(appliance: Appliance, query: Json) -> None:
    assert appliance.send("GET", NETWORKS, **query).status == 400


def test_query_language(appliance: Appliance) -> None:
    text = "(name eq 'mgmt' or name eq 'vmotion') and vlanId gt 15"
    assert [one["name"] for one in appliance.get(NETWORKS, query=text)["members"]] == ["vmotion"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("name IN ('MGMT', 'vmotion')", ["mgmt", "vmotion"]),
        ("vlanId in (101,103)", ["prod-101", "prod-103"]),
        ("name like prod*", ["prod-101", "prod-102", "prod-103"]),
        ("name LIKE '%mo%'", ["vmotion"]),
        ("description IS NULL and vlanId lt 15", ["mgmt"]),
        ("name is null", []),
        ("NOT \"name EQ 'mgmt'\"", ["prod-101", "prod-102", "prod-103", "vmotion"]),
        ("\"not name in ('mgmt') and not name like prod*\"", ["vmotion"]),
        ("not (name eq 'mgmt' or vlanId gt 20)", ["vmotion"]),
    ],
)
def test_more_of_the_query_language(appliance: Appliance, text: str, names: list[str]) -> None:
    found = appliance.get(NETWORKS, query=text, sort="name:ascending")["members"]
    assert [one["name"] for one in found] == names


def test_a_value_of_a_list_may_hold_a_comma(appliance: Appliance) -> None:
    found = appliance.get("server-hardware", query="name in ('encl1, bay 2','dl01.example.com')")["members"]
    assert {one["name"] for one in found} == {"encl1, bay 2", "dl01.example.com"}


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        (r"a\_%", ["a_1"]),
        (r"a\%%", ["a%1"]),
        ("a_1", ["a%1", "a_1", "ax1"]),
        (r"b\%", []),
        (r"b\c%", [r"b\c"]),
    ],
)
def test_wildcards_are_escaped_by_a_backslash(appliance: Appliance, pattern: str, names: list[str]) -> None:
    for vlan, name in enumerate(("a_1", "a%1", "ax1", r"b\c"), 30):
        appliance.done("POST", NETWORKS, {"name": name, "vlanId": vlan})
    found = appliance.get(NETWORKS, filter=f"\"'name' matches '{pattern}'\"", sort="name:ascending")["members"]
    assert [one["name"] for one in found] == names


def test_starting_appliance(appliance: Appliance) -> None:
    settings(appliance, starting=True)
    assert appliance.refused("GET", NETWORKS) == (503, "APPLIANCE_STARTING")
    assert appliance.get("version")["currentVersion"] == 8600
