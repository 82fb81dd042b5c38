# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The node that a task means, and what its storage has to be like before anything is written."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.history import NEW_RUN
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.clusters.nodes import NodeHandler
from tests.unit.ontap_select.scripted import MakeDeploy, record, records

FIRST, SECOND = (f"9317b4d{one}-80d2-11ea-b7df-00505694379e" for one in (4, 5))
WANT: dict[str, t.Any] = {
    "cluster": "twin",
    "cluster_id": "c",
    "node": 1,
    "name": None,
    "ip": None,
    "host_name": None,
    "host_id": None,
    "instance_type": None,
    "passthrough_disks": None,
    "license": None,
    "is_storage_efficiency_enabled": None,
    "cpu_reservation_percentage": None,
    "networks": None,
    "storage_pools": None,
    "storage_disks": None,
    "remove_disk_labels": False,
    "if_missing": "fail",
    "if_deployed_differs": "fail",
    "wait_timeout": 5.0,
}
NOT_DEPLOYED = record({"id": "c", "name": "twin", "is_deployed": False, "state": None})
DEPLOYED = record({"id": "c", "name": "twin", "is_deployed": True, "state": "powered_on"})


def meant(deploy: MakeDeploy, place: int, name: str, *nodes: tuple[str, str]) -> str:
    """Return the id of the node that a task with this place and name is about."""
    rows = [{"id": id_, "name": one} for id_, one in nodes]
    subject = NodeHandler(deploy(records(*rows), NOT_DEPLOYED).client, {**WANT, "node": place, "name": name})
    return str((subject.read() or {})["id"])


@pytest.mark.parametrize(
    "nodes",
    [
        (("n1", "sel-a"), ("n2", "twin-02")),
        (("n1", "SEL-A"), ("n2", "twin-02")),
        ((FIRST, "sel-a"), (SECOND, "sel-b")),
        ((FIRST, "sel-a"), (SECOND, "alpha")),
    ],
)
def test_the_name_of_another_node_is_refused(deploy: MakeDeploy, nodes: tuple[tuple[str, str], ...]) -> None:
    with pytest.raises(InputError, match=r"^name sel-a already belongs to node 1 of cluster twin\."):
        meant(deploy, 2, "sel-a", *nodes)


@pytest.mark.parametrize("name", ["twin-01", "Twin-1"])
def test_the_name_that_deploy_gives_another_place_is_refused(deploy: MakeDeploy, name: str) -> None:
    """Even if nobody has it now: the next run would take the node for the other one."""
    with pytest.raises(InputError, match=f"{name} is what Deploy calls node 1"):
        meant(deploy, 2, name, ("n1", "other"), ("n2", "twin-02"))
    with pytest.raises(InputError, match="already belongs to node 1"):
        meant(deploy, 2, "twin-01", ("n1", "twin-01"), ("n2", "twin-02"))


@pytest.mark.parametrize("name", ["twin-01", "new"])
def test_a_place_that_is_not_there_is_refused_whatever_the_name(deploy: MakeDeploy, name: str) -> None:
    with pytest.raises(InputError, match="has 2 nodes, so there is no node 7"):
        meant(deploy, 7, name, ("n1", "twin-01"), ("n2", "twin-02"))


@pytest.mark.parametrize(
    "place, name, nodes, found",
    [
        (1, "zeta", (("n1", "zeta"), ("n2", "twin-02")), "n1"),
        (1, "zeta", ((FIRST, "zeta"), (SECOND, "alpha")), FIRST),
        # neither names nor ids tell the places: only the name does
        (1, "zeta", (("n1", "zeta"), ("n2", "alpha")), "n1"),
        (2, "Alpha", (("n1", "zeta"), ("n2", "alpha")), "n2"),
        (3, "zeta", (("n1", "zeta"), ("n2", "twin-02"), ("n3", "alpha")), "n1"),
        (2, "new", (("n1", "twin-01"), ("n2", "twin-02")), "n2"),
    ],
)
def test_a_renamed_node_is_found(
    deploy: MakeDeploy, place: int, name: str, nodes: tuple[tuple[str, str], ...], found: str
) -> None:
    assert meant(deploy, place, name, *nodes) == found


def planned(deploy: MakeDeploy, now: dict[str, t.Any], *answers: t.Any, **options: t.Any) -> list[str]:
    """Return what is planned for a node that is like this, with these answers about its storage."""
    it = deploy(records({"id": "n1", "name": "twin-01", **now}), *answers)
    subject = NodeHandler(it.client, {**WANT, **options})
    plan = subject.plan(subject.read(), NEW_RUN)
    assert "passthrough_disks" in it.queries[0]["fields"]
    assert len(it.talk) == len(answers) + 1, "no more requests than it takes"
    return plan.sentences() or list(plan.warnings)


HARDWARE, SOFTWARE = {"passthrough_disks": False}, {"passthrough_disks": True}
NEW_POOL = {"storage_pools": [{"name": "ds2", "capacity": None}]}
DISKS = {"storage_disks": ["sdb"]}
POOL = records({"id": "p1", "name": "ds1", "capacity": 5})


@pytest.mark.parametrize(
    "now, options, words",
    [
        (HARDWARE, NEW_POOL, "storage pool ds2 .*needs a capacity"),
        (SOFTWARE, {**NEW_POOL, **HARDWARE}, "storage pool ds2 .*needs a capacity"),
        (HARDWARE, DISKS, "storage_disks .*hardware RAID.*passthrough_disks: true"),
        (SOFTWARE, {**DISKS, **HARDWARE}, "storage_disks .*hardware RAID"),
    ],
)
def test_storage_that_hardware_raid_cannot_have_is_told_by_the_plan(
    deploy: MakeDeploy, now: dict[str, t.Any], options: dict[str, t.Any], words: str
) -> None:
    with pytest.raises(InputError, match=words):
        planned(deploy, now, POOL if "storage_pools" in options else records(), NOT_DEPLOYED, **options)


@pytest.mark.parametrize("now, options", [(SOFTWARE, {}), (HARDWARE, SOFTWARE), ({}, {})])
def test_a_raid_of_its_own_has_disks_and_pools_without_capacity(
    deploy: MakeDeploy, now: dict[str, t.Any], options: dict[str, t.Any]
) -> None:
    """What an older Deploy does not tell is left to it to judge."""
    answers = POOL, records(), NOT_DEPLOYED
    assert "attach 1 storage disk to node 1 of cluster twin" in planned(
        deploy, now, *answers, **NEW_POOL, **DISKS, **options
    )


def test_a_pool_that_stays_needs_no_capacity(deploy: MakeDeploy) -> None:
    assert planned(deploy, HARDWARE, POOL, storage_pools=[{"name": "ds1", "capacity": None}]) == []


def test_storage_of_a_deployed_cluster_is_warned_of_all_the_same(deploy: MakeDeploy) -> None:
    told = planned(deploy, HARDWARE, POOL, DEPLOYED, **NEW_POOL, if_deployed_differs="warn")
    assert "is deployed" in told[0] and "storage_pools" in told[0]


def test_a_node_that_is_not_there_yet_is_judged_by_what_is_asked(deploy: MakeDeploy) -> None:
    desired = {**WANT, "cluster_id": None, "if_missing": "plan", **NEW_POOL}
    with pytest.raises(InputError, match="needs a capacity"):
        NodeHandler(deploy().client, {**desired, **HARDWARE}).plan(None, NEW_RUN)
    assert NodeHandler(deploy().client, {**desired, **SOFTWARE}).plan(None, NEW_RUN).steps
