# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Deployments: once, complete, watched by long poll, and told with what is left when they fail."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.modules import (
    ontap_select_cluster,
    ontap_select_node,
    ontap_select_power,
)
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner
from tests.faults.ontap_select.world import SECRET, deploy, sent


def test_a_cluster_is_deployed_once(run: Runner, emulator: Emulator, configured: None) -> None:
    checked = deploy(run, check=True)
    assert sent(emulator, "POST", "deploy") == 0
    done = deploy(run)
    assert done["plan"] == checked["plan"] == ["deploy cluster c1"] and done["diff"] == checked["diff"]
    assert done["changed"] and done["resource"]["is_deployed"] and done["resource"]["state"] == "powered_on"
    assert SECRET not in str(done)
    again = deploy(run, ontap_password=None)
    assert not again["changed"] and again["plan"] == []
    assert sent(emulator, "POST", "deploy") == 1


@pytest.mark.parametrize(
    "kind, change, words",
    [
        ("node", {"host": None}, "Node c1-02 lacks host"),
        ("node", {"ip": None}, "Node c1-02 lacks ip"),
        ("node", {"passthrough_disks": True}, "Node c1-02 lacks storage disks"),
        ("cluster", {"gateway": None}, "Cluster c1 lacks gateway."),
    ],
)
def test_nothing_half_configured_is_deployed(
    run: Runner, emulator: Emulator, configured: None, kind: str, change: dict[str, t.Any], words: str
) -> None:
    emulator.change(kind, name="c1-02" if kind == "node" else "c1", set=change)
    for result in (deploy(run), deploy(run, check=True), deploy(run, if_missing="plan")):
        assert result["failed"] and result["error"]["kind"] == "input" and not result["changed"]
        assert words in result["msg"] and "Complete the configuration before you deploy the cluster" in result["msg"]
    planned = deploy(run, check=True, if_missing="plan")
    assert planned["plan"] == ["deploy cluster c1"] and words in planned["warnings"][0]
    assert sent(emulator, "POST", "deploy") == 0


def test_all_that_is_missing_is_told_at_once(run: Runner) -> None:
    run(
        ontap_select_cluster.TASK,
        name="c1",
        node_count=2,
        ip="192.0.2.10",
        netmask="255.255.255.0",
        gateway="192.0.2.1",
    )
    result = deploy(run)
    lacks = "ip, host, network mgmt, network data, network internal, storage pools"
    assert result["msg"].startswith(f"Node c1-01 lacks {lacks}; node c1-02 lacks {lacks}.")


def test_a_raid_of_a_nodes_own_takes_disks_and_a_pool(run: Runner, emulator: Emulator, configured: None) -> None:
    """Disks are for data; the node itself is in a pool."""
    disks = ["naa.5000c500a1b20201"]
    run(ontap_select_node.TASK, cluster="c1", node=2, passthrough_disks=True, storage_pools=[], storage_disks=disks)
    assert "Node c1-02 lacks storage pools." in deploy(run)["msg"]
    run(ontap_select_node.TASK, cluster="c1", node=2, storage_pools=[{"name": "datastore1"}])
    assert deploy(run)["changed"]


def test_a_cluster_that_does_not_exist(run: Runner) -> None:
    assert "There is no cluster c1. Make it with ontap_select_cluster" in deploy(run)["msg"]
    planned = deploy(run, check=True, if_missing="plan")
    assert planned["plan"] == ["deploy cluster c1"] and planned["changed"]
    failed = deploy(run, if_missing="plan")
    assert failed["error"]["kind"] == "input" and not failed["changed"]
    assert "needs ontap_password" in deploy(run, ontap_password=None, if_missing="plan")["msg"]


def test_a_deployment_that_is_rolled_back_tells_what_is_left(run: Runner, emulator: Emulator, configured: None) -> None:
    emulator.fault("job_fail", "POST", "clusters/*/deploy", percent=60, messages=["Host esx02 is out of memory."])
    result = deploy(run)
    assert result["failed"] and result["error"]["kind"] == "job_failed" and not result["changed"]
    assert "Host esx02 is out of memory." in result["msg"] and "(request-id " in result["msg"]
    left = "What is left: cluster c1, not deployed, its configuration, and its nodes c1-01 (no virtual machine), c1-02"
    assert left in result["msg"]
    assert deploy(run)["changed"], "a second try"


def test_a_deployment_that_is_not_rolled_back_has_to_be_cleaned_up(
    run: Runner, emulator: Emulator, configured: None
) -> None:
    emulator.fault("job_fail", "POST", "clusters/*/deploy", percent=60, messages=["No."])
    result = deploy(run, inhibit_rollback=True)
    assert "What is left: cluster c1, not deployed, state create_failed" in result["msg"]
    assert "c1-01 (powered_on)" in result["msg"]
    for later in (
        deploy(run),
        run(ontap_select_node.TASK, cluster="c1", node=1, ip="192.0.2.99"),
        run(ontap_select_cluster.TASK, name="c1", gateway="192.0.2.9"),
        run(ontap_select_power.TASK, cluster="c1", state="powered_on"),
    ):
        assert "Remove it (ontap_select_cluster with state: absent)" in later["msg"]
    assert run(ontap_select_cluster.TASK, name="c1", state="absent")["changed"]


def test_a_deployment_whose_answer_is_lost_is_found(run: Runner, emulator: Emulator, configured: None) -> None:
    emulator.fault("lost_reply", "POST", "clusters/*/deploy", job={"fault": "job_slow", "seconds": 3})
    result = deploy(run)
    assert result["changed"] and result["resource"]["is_deployed"]
    assert sent(emulator, "POST", "deploy") == 1


def test_a_deployment_that_somebody_else_has_started_is_adopted(
    run: Runner, emulator: Emulator, configured: None
) -> None:
    request = {"ontap_credential": {"password": SECRET}}
    emulator.job("cluster", "deploy", resource_name="c1", seconds=2, request=request)
    result = deploy(run)
    assert result["changed"] and result["jobs"][0]["adopted"] and result["resource"]["is_deployed"]
    assert sent(emulator, "POST", "deploy") == 0


def test_a_wait_that_is_too_short_ends_and_the_next_run_adopts(
    run: Runner, emulator: Emulator, configured: None
) -> None:
    emulator.fault("job_slow", "POST", "clusters/*/deploy", seconds=5)
    result = deploy(run, wait_timeout=1.5)
    assert result["error"]["kind"] == "wait_timeout" and result["changed"]
    assert deploy(run)["jobs"][0]["adopted"]


def test_partners_on_one_host_are_warned_of(run: Runner, emulator: Emulator, configured: None) -> None:
    run(ontap_select_node.TASK, cluster="c1", node=2, host_name="esx01.example.com", storage_pools=[])
    pools = [{"name": "datastore2", "capacity": "1TB"}]
    run(ontap_select_node.TASK, cluster="c1", node=2, storage_pools=pools)
    assert "c1-01 and c1-02 are HA partners on the same host" in deploy(run, check=True)["warnings"][0]


def test_a_deployment_whose_job_deploy_no_longer_knows(run: Runner, emulator: Emulator, configured: None) -> None:
    """The cluster does not show it, so nobody knows what became of it."""
    emulator.fault("job_hang", "POST", "clusters/*/deploy")
    emulator.fault("status", "GET", "jobs/*", status=404, times=0)
    result = deploy(run)
    assert (result["changed"], result["error"]["kind"]) == (True, "job_lost")
    assert result["error"]["job_id"] == result["jobs"][0]["id"]
    assert sent(emulator, "POST", "deploy") == 1
