# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Storage systems, pools, templates for volumes, and volumes."""

from __future__ import annotations

from typing import Any

import pytest

from jobwise_emulator.exchange import Json
from tests.unit.emulator.oneview.client_in_process import PASSWORD, Appliance

SYSTEMS, POOLS, VOLUMES = "storage-systems", "storage-pools", "storage-volumes"
TEMPLATES = "storage-volume-templates"
GIB = 2**30
ANY = {"if-match": "*"}
NEW = {"hostname": "array02.example.com", "username": "3paradm", "password": PASSWORD, "family": "StoreServ"}


def order(appliance: Appliance, **properties: Any) -> Json:
    pool = appliance.named(POOLS, "CPG_FC")["uri"]
    return {"properties": {"name": "v1", "size": GIB, "storagePool": pool, **properties}, "isPermanent": True}


def result(appliance: Appliance, method: str, path: str, body: object = None, headers: Json | None = None) -> Json:
    """The resource that came of a write that is a task."""
    task = appliance.done(method, path, body, headers)
    assert task["taskState"] == "Completed", task
    found: Json = appliance.get(task["associatedResource"]["resourceUri"])
    return found


def made(appliance: Appliance, **properties: Any) -> Json:
    return result(appliance, "POST", VOLUMES, order(appliance, **properties))


def pools(appliance: Appliance) -> dict[tuple[str, str], bool]:
    names = {one["uri"]: one["name"] for one in appliance.get(SYSTEMS)["members"]}
    rows = appliance.get(POOLS)["members"]
    return {(names[one["storageSystemUri"]], one["name"]): one["isManaged"] for one in rows}


def test_a_system_is_connected_first_and_managed_by_a_second_step(appliance: Appliance) -> None:
    system = result(appliance, "POST", SYSTEMS, NEW)
    attributes = system["deviceSpecificAttributes"]
    assert (system["state"], attributes["managedPools"]) == ("Connected", [])
    assert PASSWORD not in str(system)
    attributes.update(managedDomain="TestDomain", managedPools=attributes["discoveredPools"])
    system = result(appliance, "PUT", system["uri"], system)
    assert (system["state"], system["deviceSpecificAttributes"]["discoveredPools"]) == ("Managed", [])
    mine = {("array01", "CPG_FC"): True, ("array01", "CPG_SSD"): False}
    assert pools(appliance) == {**mine, ("array02", "CPG_FC"): True}


@pytest.mark.parametrize("change", [{"password": "wrong"}, {"hostname": "array99.example.com"}])
def test_a_system_that_does_not_answer_fails_its_task(appliance: Appliance, change: Json) -> None:
    task = appliance.done("POST", SYSTEMS, {**NEW, **change})
    assert (task["taskState"], task["taskErrors"][0]["errorCode"]) == ("Error", "STORAGE_SYSTEM_UNREACHABLE")
    assert appliance.get(SYSTEMS)["total"] == 1


def test_a_system_is_added_once_and_its_choice_has_to_make_sense(appliance: Appliance) -> None:
    twice = {**NEW, "hostname": "array01.example.com"}
    assert appliance.refused("POST", SYSTEMS, twice) == (409, "STORAGE_SYSTEM_EXISTS")
    system = appliance.named(SYSTEMS, "array01")
    own = system["deviceSpecificAttributes"]
    for odd, code in (
        ({"managedDomain": "OtherDomain"}, "STORAGE_DOMAIN_FIXED"),
        ({"managedDomain": "nothing"}, "STORAGE_DOMAIN_UNKNOWN"),
        ({"managedPools": [{"name": "nothing"}]}, "STORAGE_POOL_UNKNOWN"),
        ({"managedPools": "CPG_FC"}, "REQUEST_DATA_READ_ERROR"),
    ):
        body = {**system, "deviceSpecificAttributes": {**own, **odd}}
        assert appliance.refused("PUT", system["uri"], body) == (400, code)


def test_what_is_used_stays(appliance: Appliance) -> None:
    made(appliance)
    system, pool = appliance.named(SYSTEMS, "array01"), appliance.named(POOLS, "CPG_FC")
    assert appliance.refused("DELETE", system["uri"]) == (403, "MISSING_ETAG_IN_REQUEST")
    assert appliance.refused("DELETE", system["uri"], headers=ANY) == (409, "STORAGE_SYSTEM_IN_USE")
    assert appliance.refused("PUT", pool["uri"], {**pool, "isManaged": False}) == (409, "STORAGE_POOL_IN_USE")
    assert appliance.refused("POST", POOLS, {"name": "x"})[0] == 405
    assert appliance.refused("DELETE", pool["uri"])[0] == 405


def test_a_pool_is_managed_by_itself(appliance: Appliance) -> None:
    pool = appliance.named(POOLS, "CPG_SSD")
    assert appliance.refused("POST", VOLUMES, order(appliance, storagePool=pool["uri"]))[0] == 409
    appliance.done("PUT", pool["uri"], {**pool, "isManaged": True})
    assert appliance.named(SYSTEMS, "array01")["deviceSpecificAttributes"]["discoveredPools"] == []
    made(appliance, storagePool=pool["uri"])


def test_what_creates_a_volume_is_not_what_is_read(appliance: Appliance) -> None:
    volume = made(appliance, description="data")
    assert "properties" not in volume and "templateUri" not in volume
    told = {name: volume[name] for name in ("provisionedCapacity", "provisioningType", "description", "state")}
    assert told == {
        "provisionedCapacity": str(GIB),
        "provisioningType": "Thin",
        "description": "data",
        "state": "Managed",
    }
    both = {**volume, "properties": {"name": "v1"}}
    assert appliance.refused("PUT", volume["uri"], both) == (400, "REQUEST_DATA_READ_ERROR")
    assert appliance.refused("POST", VOLUMES, {"name": "v2"}) == (400, "REQUEST_DATA_READ_ERROR")
    assert appliance.refused("POST", VOLUMES, order(appliance))[0] == 409


@pytest.mark.parametrize(
    ("properties", "wanted"),
    [
        ({"size": 1}, (400, "INVALID_VOLUME_SIZE")),
        ({"size": None}, (400, "INVALID_VOLUME_SIZE")),
        ({"name": ""}, (400, "MISSING_ATTRIBUTE")),
        ({"storagePool": None}, (400, "MISSING_ATTRIBUTE")),
        ({"storagePool": "/rest/storage-pools/nothing"}, (400, "RESOURCE_NOT_FOUND")),
        ({"size": 2**50}, (409, "STORAGE_POOL_FULL")),
        ({"provisioningType": "Thick"}, (400, "REQUEST_DATA_READ_ERROR")),
    ],
)
def test_a_volume_that_cannot_be_created(appliance: Appliance, properties: Json, wanted: tuple[int, str]) -> None:
    assert appliance.refused("POST", VOLUMES, order(appliance, **properties)) == wanted


def test_a_volume_grows_and_never_shrinks(appliance: Appliance) -> None:
    volume = made(appliance)
    for text, code in ((str(GIB // 2), "VOLUME_CANNOT_SHRINK"), ("lots", "INVALID_VOLUME_SIZE")):
        body = {**volume, "provisionedCapacity": text}
        assert appliance.refused("PUT", volume["uri"], body) == (400, code)
    free = int(appliance.named(POOLS, "CPG_FC")["freeCapacity"])
    bigger = result(appliance, "PUT", volume["uri"], {**volume, "provisionedCapacity": str(3 * GIB)})
    assert bigger["provisionedCapacity"] == str(3 * GIB)
    assert int(appliance.named(POOLS, "CPG_FC")["freeCapacity"]) == free - 2 * GIB


def test_a_template_gives_defaults_and_locks_some(appliance: Appliance) -> None:
    pool = appliance.named(POOLS, "CPG_FC")["uri"]
    root = next(one for one in appliance.get(TEMPLATES)["members"] if one["storagePoolUri"] == pool)
    locked = {"default": True, "meta": {"locked": True}}
    rules = {**root["properties"], "isShareable": {**root["properties"]["isShareable"], **locked}}
    body = {"name": "shared", "rootTemplateUri": root["uri"], "properties": rules}
    template = appliance.send("POST", TEMPLATES, body).body["uri"]
    short = {"properties": {"name": "v1"}, "templateUri": template}
    volume = result(appliance, "POST", VOLUMES, short)
    assert (volume["isShareable"], volume["storagePoolUri"], volume["volumeTemplateUri"]) == (True, pool, template)
    odd = {**short, "properties": {"name": "v2", "isShareable": False}}
    assert appliance.refused("POST", VOLUMES, odd) == (400, "VOLUME_PROPERTY_LOCKED")
    assert appliance.refused("DELETE", root["uri"], headers=ANY) == (409, "ROOT_TEMPLATE")


def test_a_volume_left_on_the_array_can_be_taken_over_once(appliance: Appliance) -> None:
    volume, system = made(appliance), appliance.named(SYSTEMS, "array01")
    existing = {"storageSystemUri": system["uri"], "deviceVolumeName": "v1", "name": "again"}
    assert appliance.refused("DELETE", volume["uri"]) == (403, "MISSING_ETAG_IN_REQUEST")
    appliance.send("DELETE", volume["uri"], headers=ANY, suppressDeviceUpdates="true")
    assert appliance.refused("POST", f"{VOLUMES}/from-existing", existing)[0] == 400
    appliance.clock.advance(10)
    orders = (existing, {**existing, "name": "again, too"})
    replies = [appliance.send("POST", f"{VOLUMES}/from-existing", one) for one in orders]
    appliance.clock.advance(10)
    states = [appliance.get(one.headers["Location"])["taskState"] for one in replies]
    assert states == ["Completed", "Error"]
    assert appliance.named(VOLUMES, "again")["provisionedCapacity"] == str(GIB)


def test_a_volume_whose_removal_fails_is_not_left_over(appliance: Appliance) -> None:
    volume, system = made(appliance), appliance.named(SYSTEMS, "array01")
    place, keep = volume["uri"], {"suppressDeviceUpdates": "true"}
    task = appliance.done("DELETE", place, headers=ANY, fault={"fault": "job_fail"}, **keep)
    assert task["taskState"] == "Error"
    existing = {"storageSystemUri": system["uri"], "deviceVolumeName": "v1", "name": "again"}
    assert appliance.refused("POST", f"{VOLUMES}/from-existing", existing)[0] == 400


def test_snapshots(appliance: Appliance) -> None:
    volume = made(appliance)
    assert appliance.done("POST", volume["snapshotsUri"], {"name": "before"})["taskState"] == "Completed"
    snapshot = appliance.get(volume["snapshotsUri"])["members"][0]
    body = {"properties": {"name": "copy"}, "snapshotUri": snapshot["uri"]}
    assert result(appliance, "POST", f"{VOLUMES}/from-snapshot", body)["provisionedCapacity"] == str(GIB)
    assert appliance.refused("DELETE", snapshot["uri"])[0] == 403
    appliance.done("DELETE", snapshot["uri"], headers=ANY)
    assert appliance.get(volume["snapshotsUri"])["members"] == []


def test_volumes_are_seeded_and_made_by_others() -> None:
    row = {"storagePoolUri": "name:storage-pools/CPG_FC", "provisionedCapacity": str(5 * GIB)}
    appliance = Appliance(seed={"storage-volumes": [{"name": "seeded", **row}]})
    appliance.platform.change({"type": VOLUMES, "create": {"name": "theirs", **row, "isShareable": True}})
    found = {one["name"]: one["isShareable"] for one in appliance.get(VOLUMES)["members"]}
    assert found == {"seeded": False, "theirs": True}
    pool = appliance.named(POOLS, "CPG_FC")
    assert int(pool["totalCapacity"]) - int(pool["freeCapacity"]) == 10 * GIB
