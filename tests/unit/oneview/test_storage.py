# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Storage systems and volumes: what is sent first and what later, what stays, and what cannot be."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.running.run_result import RunResult
from ansible_collections.jobwise.appliance.plugins.modules import oneview_storage_system, oneview_volume
from tests.unit.http.servers import Answer
from tests.unit.oneview.scripted import MakeAppliance, ScriptedAppliance, collection, error_from, options_of

SYSTEM, POOL, OTHER_POOL = "/rest/storage-systems/s1", "/rest/storage-pools/p1", "/rest/storage-pools/p2"
SYSTEM_ROW = {"uri": SYSTEM, "name": "array", "hostname": "array.example.com"}
ROOT, VOLUME = "/rest/storage-volume-templates/r1", "/rest/storage-volumes/v1"
POOLS = collection(
    {"uri": POOL, "name": "fast", "storageSystemUri": SYSTEM},
    {"uri": OTHER_POOL, "name": "fast", "storageSystemUri": "/x"},
)
ROOTS = collection(
    {"uri": "/rest/t", "isRoot": False, "storagePoolUri": POOL},
    {"uri": ROOT, "isRoot": True, "storagePoolUri": POOL},
)


def run(one: ScriptedAppliance, module: t.Any, **desired: t.Any) -> RunResult:
    """Return what a dry run records."""
    options = options_of(module.TASK, **desired)
    return one.bring_about(lambda client: module.make_handler(client, options), dry=True)


def volume(**changes: t.Any) -> dict[str, t.Any]:
    known = {"uri": VOLUME, "name": "erp", "eTag": "1", "provisionedCapacity": "2147483648", "isShareable": False}
    return {**known, "storagePoolUri": POOL, "deviceSpecificAttributes": {"snapshotPoolUri": POOL}, **changes}


def system(**changes: t.Any) -> dict[str, t.Any]:
    own = {
        "managedDomain": "D",
        "managedPools": [{"name": "a", "size": "1"}],
        "discoveredPools": [{"name": "b", "size": "2"}, {"name": "c", "size": "3"}],
    }
    ports = [{"name": "0:1:1", "mode": "Auto", "wwn": "1"}, {"name": "0:1:2", "mode": "Auto", "wwn": "2"}]
    known = {"uri": SYSTEM, "hostname": "array", "eTag": "1", "credentials": {"username": "u"}}
    return {**known, "deviceSpecificAttributes": own, "ports": ports, **changes}


def test_a_volume_is_made_in_the_pool_of_its_system_from_the_root_template(appliance: MakeAppliance) -> None:
    one = appliance(collection(), POOLS, ROOTS)
    record = run(one, oneview_volume, name="erp", size="2 GiB", storage_pool="fast", storage_system=SYSTEM)
    assert record.plan.requests[0].body == {
        "properties": {"name": "erp", "size": 2147483648, "storagePool": POOL},
        "isPermanent": True,
        "templateUri": ROOT,
    }


def test_a_volume_from_a_template_is_in_its_pool(appliance: MakeAppliance) -> None:
    template = "/rest/storage-volume-templates/t1"
    pool = Answer(200, {"uri": POOL, "name": "fast", "isManaged": True})
    one = appliance(collection(), Answer(200, {"uri": template, "name": "t", "storagePoolUri": POOL}), pool)
    record = run(one, oneview_volume, name="erp", size="2 GiB", template=template)
    properties = {"name": "erp", "size": 2147483648, "storagePool": POOL}
    assert record.plan.requests[0].body == {"properties": properties, "isPermanent": True, "templateUri": template}


def test_a_pool_of_which_there_are_two_is_asked_about(appliance: MakeAppliance) -> None:
    one = appliance(collection(), POOLS)
    error = error_from(lambda: run(one, oneview_volume, name="erp", size=2**31, storage_pool="fast"))
    assert isinstance(error, InputError) and "can be identified by the name fast alone: 2 have it" in str(error)


@pytest.mark.parametrize("asked, body", [(POOL, None), (OTHER_POOL, OTHER_POOL), ("", "null")])
def test_the_pool_of_snapshots(appliance: MakeAppliance, asked: str, body: str | None) -> None:
    """It stands in a structure of its own in the volume."""
    there = [Answer(200, {"uri": OTHER_POOL, "name": "fast"})] if asked == OTHER_POOL else []
    plan = run(appliance(collection(volume()), *there), oneview_volume, name="erp", snapshot_pool=asked).plan
    written = [(step.body or {})["deviceSpecificAttributes"]["snapshotPoolUri"] for step in plan.requests]
    assert written == ([] if body is None else [None if body == "null" else body])


@pytest.mark.parametrize("option", ["storage_pool", "snapshot_pool"])
@pytest.mark.parametrize("pools", [(), ({"uri": OTHER_POOL, "name": "fast", "storageSystemUri": "/x"},)])
def test_the_pool_of_another_system_is_not_taken(
    appliance: MakeAppliance, option: str, pools: tuple[dict[str, str], ...]
) -> None:
    system_, pool = collection(SYSTEM_ROW), Answer(200, {"uri": POOL, "name": "fast", "isManaged": True})
    answers = [ROOTS] if option == "snapshot_pool" else []
    one = appliance(collection(), collection(*pools), system_, *answers, pool)
    desired: dict[str, t.Any] = {"size": "2 GiB", "storage_system": "array", "storage_pool": POOL, option: "fast"}
    error = error_from(lambda: run(one, oneview_volume, name="erp", **desired))
    assert isinstance(error, InputError)
    assert error.message == f"{option}: storage_system array has no pool fast. Nothing was written."
    assert error.hint == ("Another storage system has a pool of this name." if pools else "")


@pytest.mark.parametrize("size", [2147483648, "2GiB", "2048 MiB"])
def test_a_size_is_a_size_however_it_is_written(appliance: MakeAppliance, size: t.Any) -> None:
    assert not run(appliance(collection(volume())), oneview_volume, name="erp", size=size).plan.steps


@pytest.mark.parametrize(
    "desired, words",
    [
        ({"size": "1GiB"}, "cannot shrink"),
        ({"provisioning_type": "Full"}, "can be set only when it is created"),
    ],
)
def test_what_cannot_be(appliance: MakeAppliance, desired: dict[str, t.Any], words: str) -> None:
    one = appliance(collection(volume(provisioningType="Thin")))
    error = error_from(lambda: run(one, oneview_volume, name="erp", **desired))
    assert isinstance(error, InputError) and words in str(error)


def test_what_is_no_size_is_refused_before_anything_is_asked(appliance: MakeAppliance) -> None:
    one = appliance()
    error = error_from(lambda: run(one, oneview_volume, name="erp", size="much"))
    assert isinstance(error, InputError) and "size is not a capacity" in str(error) and one.talk == []


def test_a_new_volume_needs_a_size_and_a_place(appliance: MakeAppliance) -> None:
    error = error_from(lambda: run(appliance(collection()), oneview_volume, name="erp", size=2**31))
    assert isinstance(error, InputError) and "give storage_pool or template, too" in str(error)


def test_a_volume_is_forgotten_only_where_it_is_said(appliance: MakeAppliance) -> None:
    gone = {"name": "erp", "state": "absent"}
    (step,) = run(appliance(collection(volume())), oneview_volume, **gone, keep_on_array=True).plan.requests
    assert step.path == f"{VOLUME}?suppressDeviceUpdates=true" and "keep its data on the array" in step.summary
    (step,) = run(appliance(collection(volume())), oneview_volume, **gone).plan.requests
    assert step.path == VOLUME


def test_pools_move_whole_from_one_list_to_the_other(appliance: MakeAppliance) -> None:
    one = appliance(collection(system()))
    (step,) = run(one, oneview_storage_system, hostname="array", managed_pools=["c", "b"]).plan.requests
    assert step.body is not None
    own = step.body["deviceSpecificAttributes"]
    assert own["managedPools"] == [{"name": "c", "size": "3"}, {"name": "b", "size": "2"}]
    assert own["discoveredPools"] == [{"name": "a", "size": "1"}]


def test_ports_that_are_not_named_stay(appliance: MakeAppliance) -> None:
    ports = [{"name": "0:1:2", "mode": "Ignore"}]
    plan = run(appliance(collection(system())), oneview_storage_system, hostname="array", ports=ports).plan
    assert plan.before["ports"] == [{"name": "0:1:2", "mode": "Auto"}]
    assert plan.requests[0].body is not None
    assert sorted(plan.requests[0].body["ports"], key=lambda port: str(port["name"])) == [
        {"name": "0:1:1", "mode": "Auto", "wwn": "1"},
        {"name": "0:1:2", "mode": "Ignore", "wwn": "2"},
    ]


def test_the_network_of_a_port_is_taken_away(appliance: MakeAppliance) -> None:
    there = [{"name": "0:1:1", "mode": "Auto", "expectedNetworkUri": "/rest/fc-networks/a"}, {"name": "0:1:2"}]
    desired: dict[str, t.Any] = {"hostname": "array", "ports": [{"name": "0:1:1", "expected_network": ""}]}
    plan = run(appliance(collection(system(ports=there))), oneview_storage_system, **desired).plan
    assert plan.requests[0].body is not None
    assert plan.requests[0].body["ports"] == [{**there[0], "expectedNetworkUri": None}, there[1]]
    assert plan.before["ports"] == [{"name": "0:1:1", "expectedNetworkUri": "/rest/fc-networks/a"}]
    assert plan.after["ports"] == [{"name": "0:1:1", "expectedNetworkUri": ""}]


@pytest.mark.parametrize("network", [{}, {"expectedNetworkUri": None}, {"expectedNetworkUri": ""}])
def test_a_port_without_a_network_has_none_to_take_away(
    appliance: MakeAppliance, network: dict[str, str | None]
) -> None:
    there = [{"name": "0:1:1", "mode": "Auto", **network}]
    ports = [{"name": "0:1:1", "expected_network": ""}]
    one = appliance(collection(system(ports=there)))
    assert not run(one, oneview_storage_system, hostname="array", ports=ports).plan.steps


@pytest.mark.parametrize("desired", [{"managed_pools": ["x"]}, {"ports": [{"name": "9"}]}])
def test_what_the_system_does_not_have(appliance: MakeAppliance, desired: dict[str, t.Any]) -> None:
    error = error_from(
        lambda: run(appliance(collection(system())), oneview_storage_system, hostname="array", **desired)
    )
    assert isinstance(error, InputError) and "Known: " in str(error)


def test_a_system_is_added_with_its_login_and_configured_then(appliance: MakeAppliance) -> None:
    desired = {"hostname": "array", "storage_username": "u", "storage_password": "Secret9", "managed_domain": "D"}
    plan = run(appliance(collection()), oneview_storage_system, **desired).plan
    assert plan.requests[0].body == {"hostname": "array", "username": "u", "password": "Secret9"}
    assert plan.sentences() == ["add storage system array", "set managed_domain of storage system array"]
    assert "Secret9" not in str((plan.before, plan.after))


def test_networks_of_ports_are_looked_up_before_anything_is_added(appliance: MakeAppliance) -> None:
    ports = [{"name": "0:1:1", "mode": "Managed", "expected_network": "no-such"}]
    desired = {"hostname": "array", "storage_username": "u", "storage_password": "Secret9", "ports": ports}
    error = error_from(
        lambda: run(appliance(collection(), collection(), collection()), oneview_storage_system, **desired)
    )
    assert isinstance(error, InputError) and "has no no-such among its fc networks" in str(error)
