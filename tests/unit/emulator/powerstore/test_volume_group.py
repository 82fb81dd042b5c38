# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of volume groups: create, modify, delete, members."""

from __future__ import annotations

from typing import Any

import pytest

from jobwise_emulator.exchange import Json
from tests.unit.emulator.powerstore.array import Array

ALL = "*,volumes(name),protection_policy(name),qos_performance_policy(name)"


def create(array: Array, **body: Any) -> str:
    return str(array.do("POST", "volume_group", {"name": "new", **body})["id"])


def show(array: Array, name: str) -> Json:
    found: Json = array.get(f"volume_group/name:{name}", select=ALL)
    return found


def members(array: Array, name: str) -> list[str]:
    return sorted(volume["name"] for volume in show(array, name)["volumes"])


def test_create_gives_a_primary_group_with_defaults(array: Array) -> None:
    key = create(array)
    found = show(array, "new")
    assert found["id"] == key
    expected: Json = {
        "type": "Primary",
        "description": None,
        "is_write_order_consistent": True,
        "is_protectable": True,
        "is_replication_destination": False,
        "placement_rule": "Same_Appliance",
        "protection_policy_id": None,
        "volumes": [],
        "location_history": None,
    }
    assert {name: found[name] for name in expected} == expected
    assert found["protection_data"]["family_id"] == key


def test_create_takes_every_attribute(array: Array) -> None:
    create(
        array,
        description="about it",
        is_write_order_consistent=False,
        volume_ids=["name:web01", array.key("volume", "web02")],
        protection_policy_id="name:silver",
        qos_performance_policy_id=array.key("policy", "bronze-qos"),
    )
    found = show(array, "new")
    assert found["description"] == "about it"
    assert found["is_write_order_consistent"] is False
    assert found["protection_policy"] == {"name": "silver"}
    assert found["qos_performance_policy"] == {"name": "bronze-qos"}
    assert members(array, "new") == ["web01", "web02"]


@pytest.mark.parametrize(
    ("body", "status", "text"),
    [
        ({}, 400, 'missing required properties (["name"])'),
        ({"name": "n", "colour": "red"}, 400, 'not allowed by the schema: ["colour"]'),
        ({"name": 7}, 400, 'Instance type (integer) does not match any allowed primitive type (allowed: ["string"])'),
        ({"name": None}, 400, "Instance type (null)"),
        ({"name": "n" * 129}, 400, "too long (length: 129, maximum allowed: 128)"),
        ({"name": ""}, 400, "too short"),
        ({"name": " "}, 400, "blank"),
        ({"name": "a<b"}, 400, "not allowed: <"),
        ({"name": "a\nb"}, 400, "unprintable"),
        ({"name": "n", "description": "d" * 257}, 400, "too long"),
        ({"name": "n", "description": "a\tb"}, 400, "unprintable"),
        ({"name": "n", "is_write_order_consistent": "yes"}, 400, "Instance type (string)"),
        ({"name": "n", "volume_ids": "web01"}, 400, "Instance type (string)"),
        ({"name": "n", "volume_ids": [1]}, 400, "/volume_ids/0"),
        ({"name": "APP01"}, 400, "already in use"),
        ({"name": "App01-Nightly"}, 400, "already in use"),
        ({"name": "n", "volume_ids": ["name:nope"]}, 404, "name:nope was not found"),
        ({"name": "n", "volume_ids": ["web01"]}, 404, "web01 was not found"),
        ({"name": "n", "volume_ids": ["name:app01-data"]}, 422, "part of another volume group, app01"),
        ({"name": "n", "volume_ids": ["name:app01-nightly.app01-data"]}, 422, "is a Snapshot"),
        ({"name": "n", "volume_ids": ["name:web01", "name:WEB01"]}, 400, "more than once"),
        ({"name": "n", "protection_policy_id": "name:nope"}, 404, "name:nope was not found"),
        ({"name": "n", "protection_policy_id": "name:bronze-qos"}, 422, "type QoS"),
        ({"name": "n", "qos_performance_policy_id": "name:gold"}, 422, "type Protection"),
        ({"name": "n", "protection_policy_id": ""}, 400, "too short"),
        ({"name": "n", "members": []}, 400, "members"),
    ],
)
def test_create_refuses(array: Array, body: Json, status: int, text: str) -> None:
    before = array.names("volume_group")
    found = array.refused("POST", "volume_group", body)
    assert found[0] == status
    assert text in found[1]
    assert array.refused("POST", "volume_group", body, is_async="true") == found
    assert array.names("volume_group") == before
    assert array.get("job") == []


@pytest.mark.parametrize(
    ("body", "text"), [(b"{", "not valid JSON"), (b"", "required"), (b"[]", "Instance type (array)")]
)
def test_bodies_that_are_no_objects(array: Array, body: bytes, text: str) -> None:
    assert text in array.refused("POST", "volume_group", body)[1]


def test_unknown_attribute_is_refused_with_the_observed_code(array: Array) -> None:
    reply = array.call("POST", "volume_group", {"name": "n", "x": 1})
    message = reply.body["messages"][0]
    assert message["code"] == "0xE04040030001"
    assert message["message_l10n"] == (
        'Validation failed: Object instance has properties which are not allowed by the schema: ["x"].'
    )
    assert message["arguments"] == [message["message_l10n"].removeprefix("Validation failed: ")]


def test_a_volume_that_a_replication_writes_to_joins_no_group(array: Array) -> None:
    array.platform.change({"type": "volume", "name": "web01", "set": {"is_replication_destination": True}})
    status, text = array.refused("POST", "volume_group", {"name": "n", "volume_ids": ["name:web01"]})[:2]
    assert (status, "destination of a replication" in text) == (422, True)


def test_members_must_share_an_appliance(array: Array) -> None:
    array.platform.change({"type": "appliance", "create": {"id": "A2", "name": "second"}})
    array.do("POST", "volume", {"name": "far", "size": 8192 * 256, "appliance_id": "A2"})
    assert (
        "same appliance"
        in array.refused("POST", "volume_group", {"name": "n", "volume_ids": ["name:far", "name:web01"]})[1]
    )
    create(array, volume_ids=["name:web01"])
    assert (
        "same appliance" in array.refused("POST", "volume_group/name:new/add_members", {"volume_ids": ["name:far"]})[1]
    )


@pytest.mark.parametrize(
    ("body", "attribute", "value"),
    [
        ({"name": "renamed"}, "name", "renamed"),
        ({"name": "APP01"}, "name", "APP01"),
        ({"description": "other"}, "description", "other"),
        ({"description": ""}, "description", None),
        ({"is_write_order_consistent": False}, "is_write_order_consistent", False),
        ({"protection_policy_id": "name:silver"}, "protection_policy", {"name": "silver"}),
        ({"protection_policy_id": ""}, "protection_policy_id", None),
        ({"protection_policy_id": None}, "protection_policy_id", None),
        ({"qos_performance_policy_id": "name:bronze-qos"}, "qos_performance_policy", {"name": "bronze-qos"}),
        ({"is_replication_destination": False}, "is_replication_destination", False),
        ({}, "name", "app01"),
    ],
)
def test_modify(array: Array, body: Json, attribute: str, value: object) -> None:
    key = array.key("volume_group", "app01")
    assert array.call("PATCH", "volume_group/name:app01", body).status == 204
    assert array.get(f"volume_group/{key}", select=ALL)[attribute] == value


@pytest.mark.parametrize(
    ("name", "body", "status", "text"),
    [
        ("app01", {"volume_ids": []}, 400, "not allowed by the schema"),
        ("app01", {"name": "app01-TEST"}, 400, "already in use"),
        ("app01", {"is_replication_destination": True}, 422, "only be set to false"),
        ("app01", {"expiration_timestamp": "2030-01-01T00:00:00Z"}, 422, "only valid for a snapshot set"),
        ("app01", {"is_secure": True}, 422, "only valid for a snapshot set"),
        ("app01-nightly", {"is_write_order_consistent": False}, 422, "only valid for a primary or clone"),
        ("app01-nightly", {"protection_policy_id": "name:gold"}, 422, "only valid for a primary or clone"),
        ("app01-nightly", {"expiration_timestamp": "2001-01-01T00:00:00Z"}, 422, "past"),
        ("app01-nightly", {"expiration_timestamp": "tomorrow"}, 400, "date format"),
        ("app01-nightly", {"is_secure": True}, 422, "needs an expiration"),
    ],
)
def test_modify_refuses(array: Array, name: str, body: Json, status: int, text: str) -> None:
    before = show(array, name)
    found = array.refused("PATCH", f"volume_group/name:{name}", body)
    assert found[0] == status
    assert text in found[1]
    assert show(array, name) == before


def test_snapshot_set_expiry_and_security(array: Array) -> None:
    path = "volume_group/name:app01-nightly"

    def data() -> Json:
        found: Json = array.get(path, select="protection_data")["protection_data"]
        return found

    array.do("PATCH", path, {"expiration_timestamp": "2030-01-01T00:00:00Z"})
    assert data()["expiration_timestamp"] == "2030-01-01T00:00:00Z"
    array.do("PATCH", path, {"expiration_timestamp": ""})
    assert data()["expiration_timestamp"] is None
    array.do("PATCH", path, {"expiration_timestamp": "2030-01-01T00:00:00Z", "is_secure": True})
    assert data()["is_secure"] is True
    assert "insecure" in array.refused("PATCH", path, {"is_secure": False})[1]
    assert "extended" in array.refused("PATCH", path, {"expiration_timestamp": "2029-01-01T00:00:00Z"})[1]
    assert "extended" in array.refused("PATCH", path, {"expiration_timestamp": None})[1]
    assert "secure" in array.refused("DELETE", path)[1]
    assert "secure" in array.refused("DELETE", "volume_group/name:app01")[1]
    array.do("PATCH", path, {"expiration_timestamp": "2031-01-01T00:00:00Z"})


def test_snapshot_set_goes_when_it_expires(array: Array) -> None:
    array.do(
        "POST", "volume_group/name:app01/snapshot", {"name": "short", "expiration_timestamp": "2025-06-16T00:00:00Z"}
    )
    assert "short" in array.names("volume_group")
    array.clock.advance(86400)
    array.login()
    assert "short" not in array.names("volume_group")
    assert array.names("volume", name="ilike.short*") == []


def test_add_and_remove_members(array: Array) -> None:
    create(array, volume_ids=["name:web01"])
    array.do("POST", "volume_group/name:new/add_members", {"volume_ids": ["name:web02", "name:web03"]})
    assert members(array, "new") == ["web01", "web02", "web03"]
    array.do("POST", "volume_group/name:new/remove_members", {"volume_ids": ["name:web01", "name:web02", "name:web03"]})
    assert members(array, "new") == []
    array.do("POST", "volume_group/name:app01-test/add_members", {"volume_ids": ["name:web01"]})


@pytest.mark.parametrize(
    ("name", "action", "volumes", "status", "text"),
    [
        ("app01", "add_members", [], 400, "must not be empty"),
        ("app01", "add_members", ["name:nope"], 404, "not found"),
        ("app01", "add_members", ["name:web01", "name:app01-log"], 422, "already part"),
        ("app01", "add_members", ["name:app01-test.app01-log"], 422, "part of another volume group, app01-test"),
        ("app01", "add_members", ["name:app01-nightly.app01-log"], 422, "is a Snapshot"),
        ("app01-nightly", "add_members", ["name:web01"], 422, "primary or clone"),
        ("app01", "remove_members", [], 400, "must not be empty"),
        ("app01", "remove_members", ["name:app01-log", "name:web01"], 422, "not part"),
        ("app01", "remove_members", ["name:nope"], 404, "not found"),
        ("app01-nightly", "remove_members", ["name:app01-nightly.app01-log"], 422, "primary or clone"),
    ],
)
def test_members_refused(array: Array, name: str, action: str, volumes: list[str], status: int, text: str) -> None:
    before = members(array, name)
    found = array.refused("POST", f"volume_group/name:{name}/{action}", {"volume_ids": volumes})
    assert found[0] == status
    assert text in found[1]
    assert members(array, name) == before
