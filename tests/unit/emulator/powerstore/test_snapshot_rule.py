# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of snapshot rules."""

from __future__ import annotations

import pytest

from jobwise_emulator.exchange import Json
from tests.unit.emulator.powerstore.array import Array

HOURLY, DAILY = "snapshot_rule/name:hourly", "snapshot_rule/name:daily"
WEEK = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
YEAR = 8760
LATER = "2099-01-01T00:00:00Z"


def change(array: Array, name: str, **values: object) -> None:
    array.platform.change({"type": "snapshot_rule", "name": name, "set": values})


def vaults(array: Array) -> Array:
    """The array with two systems for remote snapshots, and rule "far" that uses the first."""
    for name in ("dd1", "dd2"):
        array.platform.change({"type": "remote_system", "create": {"name": name, "type": "PowerProtect_DD"}})
    body = {"name": "far", "interval": "One_Day", "desired_retention": 70 * YEAR, "remote_system_id": "name:dd1"}
    array.do("POST", "snapshot_rule", body)
    return array


def assign(array: Array, rule: str, volume: str = "web01") -> None:
    """A volume with a policy that holds the rule."""
    array.do("POST", "policy", {"name": "with-rule", "snapshot_rule_ids": [f"name:{rule}"]})
    array.do("PATCH", f"volume/name:{volume}", {"protection_policy_id": "name:with-rule"})


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({}, (400, "0xE02030010002")),
        ({"interval": "One_Hour", "time_of_day": "02:00"}, (400, "0xE02030010001")),
        ({"time_of_day": "24:00"}, (400, "0xE02030010003")),
        ({"time_of_day": "2:00"}, (400, "0xE02030010003")),
        ({"time_of_day": "02:60"}, (400, "0xE02030010003")),
        ({"time_of_day": "02:00:00"}, (400, "0xE02030010003")),
        ({"time_of_day": ""}, (400, "0xE02030010003")),
        ({"interval": "One_Hour", "desired_retention": YEAR + 1}, (400, "0xE02030010004")),
        ({"interval": "One_Hour", "desired_retention": 0}, (400, "0xE04040030001")),
        ({"interval": "One_Hour", "desired_retention": 70 * YEAR + 1}, (400, "0xE04040030001")),
        ({"interval": "One_Hour", "remote_system_id": "name:remote1"}, (422, "0xE02030010005")),
        ({"interval": "One_Hour", "remote_system_id": "nothing"}, (404, "0xE04040020009")),
        ({"interval": "One_Hour", "name": "HOURLY"}, (400, "0xE02030010015")),
        ({"interval": "One_Hour", "name": " "}, (400, "0xE0A020010002")),
        ({"interval": "One_Hour", "days_of_week": ["Someday"]}, (400, "0xE04040030001")),
    ],
)
def test_create_is_refused(array: Array, body: Json, refusal: tuple[int, str]) -> None:
    assert array.code("POST", "snapshot_rule", {"name": "new", "desired_retention": 24, **body}) == refusal


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ({"interval": "One_Hour"}, ("One_Hour", None, "UTC", WEEK)),
        ({"interval": "One_Hour", "timezone": "Europe__Paris"}, ("One_Hour", None, "UTC", WEEK)),
        ({"time_of_day": "02:00"}, (None, "02:00:00", "UTC", WEEK)),
        (
            {"time_of_day": "23:59", "timezone": "Europe__Paris", "days_of_week": ["Friday"]},
            (None, "23:59:00", "Europe__Paris", ["Friday"]),
        ),
    ],
)
def test_what_a_new_rule_has(array: Array, body: Json, shown: tuple[object, ...]) -> None:
    array.do("POST", "snapshot_rule", {"name": "new", "desired_retention": 24, **body})
    found = array.get("snapshot_rule/name:new", select="*")
    assert tuple(found[name] for name in ("interval", "time_of_day", "timezone", "days_of_week")) == shown
    rest = ("nas_access_type", "is_read_only", "is_secure", "is_replica", "managed_by", "desired_retention")
    assert [found[name] for name in rest] == ["Protocol", False, False, False, "User", 24]


def test_one_kind_of_schedule_takes_the_place_of_the_other(array: Array) -> None:
    array.do("PATCH", HOURLY, {"time_of_day": "03:30", "timezone": "Europe__Paris"})
    found = array.get(HOURLY, select="interval,time_of_day,timezone,desired_retention")
    assert tuple(found.values()) == (None, "03:30:00", "Europe__Paris", 24)
    array.do("PATCH", HOURLY, {"desired_retention": 48})
    assert tuple(array.get(HOURLY, select="time_of_day,desired_retention").values()) == ("03:30:00", 48)
    array.do("PATCH", HOURLY, {"interval": "Five_Minutes"})
    found = array.get(HOURLY, select="interval,time_of_day,timezone")
    assert tuple(found.values()) == ("Five_Minutes", None, "UTC")


def test_secure_snapshots_can_be_switched_off_again(array: Array) -> None:
    for secure in (True, False):
        array.do("PATCH", HOURLY, {"is_secure": secure})
        assert array.get(HOURLY, select="is_secure") == {"is_secure": secure}


@pytest.mark.parametrize(
    ("path", "body", "refusal"),
    [
        (HOURLY, {"interval": "One_Hour", "time_of_day": "02:00"}, (400, "0xE02030010001")),
        (HOURLY, {"time_of_day": "25:00"}, (400, "0xE02030010003")),
        (HOURLY, {"desired_retention": YEAR + 1}, (400, "0xE02030010004")),
        (HOURLY, {"name": "Daily"}, (400, "0xE02030010015")),
        (HOURLY, {"remote_system_id": "name:dd1"}, (422, "0xE02030010012")),
        (HOURLY, {"is_read_only": True}, (400, "0xE04040030001")),
        ("snapshot_rule/name:far", {"remote_system_id": "name:remote1"}, (422, "0xE02030010005")),
        ("snapshot_rule/name:far", {"remote_system_id": "name:dd2"}, (422, "0xE02030010014")),
        (f"{HOURLY}/clone", {"name": "DAILY"}, (400, "0xE02030010015")),
        (f"{HOURLY}/clone", {"name": "x" * 129}, (400, "0xE02030010006")),
    ],
)
def test_a_change_is_refused(array: Array, path: str, body: Json, refusal: tuple[int, str]) -> None:
    assign(vaults(array), "far")
    assert array.code("POST" if path.endswith("clone") else "PATCH", path, body) == refusal


def test_the_remote_system_changes_while_no_resource_uses_the_rule(array: Array) -> None:
    vaults(array).do("PATCH", "snapshot_rule/name:far", {"remote_system_id": "name:dd2"})
    found = array.get("snapshot_rule/name:far", select="remote_system(name)")
    assert found == {"remote_system": {"name": "dd2"}}


@pytest.mark.parametrize(
    ("mark", "method", "status"),
    [("is_read_only", "PATCH", 422), ("is_replica", "PATCH", 422), ("is_replica", "DELETE", 422)],
)
def test_rules_that_are_not_the_users(array: Array, mark: str, method: str, status: int) -> None:
    array.do("POST", "snapshot_rule", {"name": "new", "desired_retention": 24, "interval": "One_Hour"})
    change(array, "new", **{mark: True})
    body = {"desired_retention": 25} if method == "PATCH" else None
    code = {"is_read_only": "0xE02030010011", "is_replica": "0xE02030010013"}[mark]
    assert array.code(method, "snapshot_rule/name:new", body) == (status, code)


def test_a_read_only_rule_is_made_so_once_and_can_be_deleted(array: Array) -> None:
    body = {"name": "new", "desired_retention": 24, "interval": "One_Hour", "is_read_only": True}
    array.do("POST", "snapshot_rule", body)
    assert array.code("PATCH", "snapshot_rule/name:new", {"name": "x"})[0] == 422
    array.do("DELETE", "snapshot_rule/name:new")


def test_a_rule_in_use_stays_and_is_dropped_from_a_policy_that_is_not(array: Array) -> None:
    array.do("POST", "snapshot_rule", {"name": "new", "desired_retention": 24, "interval": "One_Hour"})
    assign(array, "new")
    assert array.code("DELETE", "snapshot_rule/name:new") == (422, "0xE02030010014")
    array.do("PATCH", "volume/name:web01", {"protection_policy_id": None})
    array.do("DELETE", "snapshot_rule/name:new")
    assert array.get("policy/name:with-rule", select="snapshot_rules") == {"snapshot_rules": []}


@pytest.mark.parametrize(("body", "left"), [(None, ["s1", "s2", "s3"]), ({"delete_snaps": True}, ["s2", "s3"])])
def test_the_snapshots_of_a_deleted_rule(array: Array, body: Json | None, left: list[str]) -> None:
    """They stay unless asked for; a secure one and one of somebody else stay anyway."""
    key = array.do("POST", "snapshot_rule", {"name": "new", "desired_retention": 24, "interval": "One_Hour"})["id"]
    secure = {"is_secure": True, "expiration_timestamp": LATER}
    for name, more in (("s1", {}), ("s2", secure), ("s3", {})):
        array.do("POST", "volume/name:web01/snapshot", {"name": name, **more})
    for name in ("s1", "s2"):
        data = {"protection_data": {"created_by_rule_id": key, "creator_type": "Scheduler"}}
        array.platform.change({"type": "volume", "name": name, "set": data})
    data = {"protection_data": {"created_by_rule_id": key}}
    array.platform.change({"type": "volume_group", "name": "app01-nightly", "set": data})
    array.do("DELETE", "snapshot_rule/name:new", body)
    assert array.names("volume", name="in.(s1,s2,s3)") == left
    assert ("app01-nightly" in array.names("volume_group")) == (body is None)


def test_a_clone_is_the_users(array: Array) -> None:
    change(array, "daily", managed_by="Replication", is_replica=True, is_read_only=True)
    assert array.code("POST", f"{DAILY}/clone", {"name": "copy"}) == (422, "0xE02030010016")
    array.do("POST", f"{DAILY}/clone", {"name": "copy", "force": True})
    found = array.get("snapshot_rule/name:copy", select="time_of_day,managed_by,is_replica,is_read_only")
    assert tuple(found.values()) == ("02:00:00", "User", False, False)
    array.do("PATCH", "snapshot_rule/name:copy", {"name": "copied"})
