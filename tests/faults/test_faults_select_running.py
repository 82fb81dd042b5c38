# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""ONTAP Select Deploy: deployments, what runs after them, and backups, with failures on the way."""

from __future__ import annotations

import time
import typing as t
from datetime import datetime
from pathlib import Path

import pytest

from ansible_collections.jobwise.appliance.plugins.modules import (
    select_backup,
    select_cluster,
    select_deployment,
    select_node,
    select_power,
    select_resize,
)
from tests.emulator.process import Emulator

from .conftest import Runner

SECRET = "Sup3r!secret"
POOLS = [{"name": "datastore1", "capacity": 1024**4}]


@pytest.fixture(scope="session")
def running_emulator() -> t.Iterator[Emulator]:
    with Emulator("select", speed=20) as emulator:
        yield emulator


def make(emulator: Emulator, nodes: int = 2, **changes: t.Any) -> None:
    """Make a cluster that can be deployed, or that has been."""
    made = []
    for place in range(1, nodes + 1):
        host = f"esx0{place}.example.com"
        emulator.change("host", create={"name": host, "hypervisor_type": "ESX", "management_server": None})
        networks = {"mgmt": "VM Network", "data": "ONTAP-Data", "internal": "ONTAP-Internal"}
        one = {"host": host, "ip": f"192.0.2.1{place}", "instance_type": "small", "networks": networks, "pools": POOLS}
        made.append(one)
    address = {"ip": "192.0.2.10", "netmask": "255.255.255.0", "gateway": "192.0.2.1"}
    emulator.change("cluster", create={"name": "c1", **address, "nodes": made, **changes})


@pytest.fixture
def configured(emulator: Emulator) -> None:
    make(emulator)


@pytest.fixture
def deployed(emulator: Emulator) -> None:
    make(emulator, 4, is_deployed=True, state="powered_on", password=SECRET)


def deploy(run: Runner, check: bool = False, **options: t.Any) -> dict[str, t.Any]:
    return run(select_deployment.TASK, check, cluster="c1", **{"ontap_password": SECRET, **options})


def moment(exchange: dict[str, t.Any]) -> float:
    """Return when an exchange was answered, in seconds."""
    return datetime.fromisoformat(exchange["time"].replace("Z", "+00:00")).timestamp()


def sent(emulator: Emulator, method: str, words: str) -> int:
    return sum(one["method"] == method and words in one["path"] for one in emulator.requests()["requests"])


# Deployment


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


def test_a_deployment_of_30_seconds_is_watched_with_few_requests(
    run: Runner, emulator: Emulator, configured: None
) -> None:
    """Deploy holds its answers back until there is news; the end is noticed at once."""
    emulator.fault("job_slow", "POST", "clusters/*/deploy", seconds=30)
    assert deploy(run)["resource"]["is_deployed"]
    asked = emulator.requests()["requests"]
    begun = next(moment(one) for one in asked if one["method"] == "POST")
    looks = [moment(one) for one in asked if "/jobs/" in one["path"]]
    assert len(looks) <= 5
    assert 30.0 <= looks[-1] - begun <= 30.5


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
        assert words in result["msg"] and "Nothing half-configured is deployed" in result["msg"]
    planned = deploy(run, check=True, if_missing="plan")
    assert planned["plan"] == ["deploy cluster c1"] and words in planned["warnings"][0]
    assert sent(emulator, "POST", "deploy") == 0


def test_all_that_is_missing_is_told_at_once(run: Runner) -> None:
    run(select_cluster.TASK, name="c1", node_count=2, ip="192.0.2.10", netmask="255.255.255.0", gateway="192.0.2.1")
    result = deploy(run)
    lacks = "ip, host, network mgmt, network data, network internal, storage pools"
    assert result["msg"].startswith(f"Node c1-01 lacks {lacks}; node c1-02 lacks {lacks}.")


def test_a_cluster_that_does_not_exist(run: Runner) -> None:
    assert "There is no cluster c1. Make it with select_cluster" in deploy(run)["msg"]
    planned = deploy(run, check=True, if_missing="plan")
    assert planned["plan"] == ["deploy cluster c1"] and planned["changed"]
    failed = deploy(run, if_missing="plan")
    assert failed["error"]["kind"] == "input" and not failed["changed"]
    assert "takes ontap_password" in deploy(run, ontap_password=None, if_missing="plan")["msg"]


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
        run(select_node.TASK, cluster="c1", node=1, ip="192.0.2.99"),
        run(select_cluster.TASK, name="c1", gateway="192.0.2.9"),
        run(select_power.TASK, cluster="c1", state="powered_on"),
    ):
        assert "Remove it (select_cluster with state: absent)" in later["msg"]
    assert run(select_cluster.TASK, name="c1", state="absent")["changed"]


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


def test_a_wait_that_is_too_short_ends_in_time_and_the_next_run_adopts(
    run: Runner, emulator: Emulator, configured: None
) -> None:
    emulator.fault("job_slow", "POST", "clusters/*/deploy", seconds=5)
    start = time.monotonic()
    result = deploy(run, wait_timeout=1.5)
    assert result["error"]["kind"] == "wait_timeout" and result["changed"]
    assert time.monotonic() - start < 4
    assert deploy(run)["jobs"][0]["adopted"]


def test_partners_on_one_host_are_warned_of(run: Runner, emulator: Emulator, configured: None) -> None:
    run(select_node.TASK, cluster="c1", node=2, host_name="esx01.example.com", storage_pools=[])
    pools = [{"name": "datastore2", "capacity": "1TB"}]
    run(select_node.TASK, cluster="c1", node=2, storage_pools=pools)
    assert "c1-01 and c1-02 are HA partners on the same host" in deploy(run, check=True)["warnings"][0]


# Power


def test_a_cluster_is_switched_off_and_on(run: Runner, emulator: Emulator, deployed: None) -> None:
    checked = run(select_power.TASK, check=True, cluster="c1", state="powered_off")
    done = run(select_power.TASK, cluster="c1", state="powered_off")
    assert done["plan"] == checked["plan"] and done["diff"] == checked["diff"]
    assert done["diff"]["before"] == {"state": "powered_on"}
    assert done["changed"] and done["resource"]["state"] == "powered_off" and "warnings" not in done
    assert not run(select_power.TASK, cluster="c1", state="powered_off")["changed"]
    assert run(select_cluster.TASK, name="c1", state="absent")["changed"]


def test_a_node_that_does_not_answer_is_forced(run: Runner, emulator: Emulator, deployed: None) -> None:
    emulator.change("node", name="c1-02", set={"state": "unknown"})
    result = run(select_power.TASK, cluster="c1", state="powered_off")
    assert result["error"]["kind"] == "job_failed" and "does not answer" in result["msg"]
    assert run(select_power.TASK, cluster="c1", state="powered_off", force=True)["resource"]["state"] == "powered_off"


def test_a_switch_whose_answer_is_lost(run: Runner, emulator: Emulator, deployed: None) -> None:
    emulator.fault("lost_reply", "PATCH", "clusters/*")
    assert run(select_power.TASK, cluster="c1", state="powered_off")["resource"]["state"] == "powered_off"


def test_what_is_not_deployed_cannot_be_switched(run: Runner, emulator: Emulator, configured: None) -> None:
    assert "is not deployed yet" in run(select_power.TASK, cluster="c1", state="powered_off")["msg"]
    assert "There is no cluster c2." in run(select_power.TASK, cluster="c2", state="powered_off")["msg"]
    assert "is not deployed yet" in run(select_resize.TASK, cluster="c1", instance_type="medium")["msg"]


# Resize


def test_partners_are_resized_together(run: Runner, emulator: Emulator, deployed: None) -> None:
    options: dict[str, t.Any] = {"cluster": "c1", "instance_type": "medium", "nodes": [2, 1], "ontap_password": SECRET}
    checked = run(select_resize.TASK, check=True, **options)
    done = run(select_resize.TASK, **options)
    assert done["plan"] == checked["plan"] == ["make c1-01, c1-02 of cluster c1 medium"]
    assert done["diff"] == checked["diff"]
    assert [one["instance_type"] for one in done["resource"]["nodes"]] == ["medium", "medium", "small", "small"]
    assert not run(select_resize.TASK, **{**options, "ontap_password": None})["changed"]
    everything = run(select_resize.TASK, **{**options, "nodes": None})
    assert everything["plan"] == ["make c1-03, c1-04 of cluster c1 medium"]


@pytest.mark.parametrize(
    "options, words",
    [
        ({"nodes": [1]}, "Give nodes 1 and 2 together."),
        ({"nodes": [1, 5]}, "has 4 nodes, so there is no node 5"),
        ({"nodes": [0]}, "1 for the first, not 0"),
        ({"ontap_password": None}, "A resize takes ontap_password"),
    ],
)
def test_what_cannot_be_resized(
    run: Runner, emulator: Emulator, deployed: None, options: dict[str, t.Any], words: str
) -> None:
    given: dict[str, t.Any] = {"cluster": "c1", "instance_type": "medium", "ontap_password": SECRET, **options}
    result = run(select_resize.TASK, **given)
    assert result["error"]["kind"] == "input" and words in result["msg"]
    assert sent(emulator, "PATCH", "clusters") == 0


def test_nodes_never_shrink_and_have_to_be_on(run: Runner, emulator: Emulator, deployed: None) -> None:
    given: dict[str, t.Any] = {"cluster": "c1", "instance_type": "medium", "ontap_password": SECRET}
    emulator.change("node", name="c1-01", set={"instance_type": "large"})
    assert "nodes only grow" in run(select_resize.TASK, **given)["msg"]
    emulator.change("cluster", name="c1", set={"state": "powered_off"})
    assert "it has to be powered on" in run(select_resize.TASK, **given, nodes=[3, 4])["msg"]


def test_a_wrong_password_of_ontap(run: Runner, deployed: None) -> None:
    result = run(select_resize.TASK, cluster="c1", instance_type="medium", ontap_password="wrong-1")
    assert result["error"]["kind"] == "job_failed" and "does not accept the password" in result["msg"]
    assert "wrong-1" not in str(result)


@pytest.mark.parametrize("fault", [{"fault": "lost_reply"}, {"fault": "status", "status": 503}])
def test_a_resize_outlives_what_happens_on_the_way(
    run: Runner, emulator: Emulator, deployed: None, fault: dict[str, t.Any]
) -> None:
    emulator.fault(method="PATCH", path="clusters/*", **fault)
    result = run(select_resize.TASK, cluster="c1", instance_type="medium", ontap_password=SECRET)
    assert result["changed"] and not result.get("failed"), result
    assert {one["instance_type"] for one in result["resource"]["nodes"]} == {"medium"}


def test_a_deployed_cluster_is_removed_by_a_job_that_may_fail(run: Runner, emulator: Emulator, deployed: None) -> None:
    emulator.fault("job_fail", "DELETE", "clusters/*", messages=["Host esx02 does not answer."])
    result = run(select_cluster.TASK, name="c1", state="absent", force=True)
    assert "Host esx02 does not answer." in result["msg"] and not result["changed"]
    emulator.fault("lost_reply", "DELETE", "clusters/*")
    gone = run(select_cluster.TASK, name="c1", state="absent", force=True)
    assert gone["changed"] and gone["resource"] is None and not gone.get("failed"), gone


# Backup


def backup(run: Runner, dest: Path, check: bool = False, **options: t.Any) -> dict[str, t.Any]:
    return run(select_backup.TASK, check, dest=str(dest), **{"backup_password": SECRET, **options})


def test_a_backup_is_made_fetched_and_removed(run: Runner, emulator: Emulator, tmp_path: Path) -> None:
    dest = tmp_path / "b.bin"
    checked = backup(run, dest, check=True)
    done = backup(run, dest)
    assert done["plan"] == checked["plan"] and len(done["plan"]) == 3 and done["diff"] == checked["diff"]
    assert done["changed"] and done["resource"]["size"] == dest.stat().st_size == 65536
    assert dest.stat().st_mode & 0o777 == 0o600 and "warnings" not in done
    assert not backup(run, dest, backup_password=None)["changed"]
    first = dest.read_bytes()
    assert backup(run, dest, replace=True, keep=True)["changed"] and dest.read_bytes() != first
    assert [path.name for path in tmp_path.iterdir()] == ["b.bin"]
    assert sent(emulator, "DELETE", "backups") == 1 and sent(emulator, "POST", "backups") == 2


@pytest.mark.parametrize("method, path", [("POST", "backups"), ("DELETE", "backups/*")])
def test_a_backup_with_a_lost_answer_is_made_once(
    run: Runner, emulator: Emulator, tmp_path: Path, method: str, path: str
) -> None:
    emulator.fault("lost_reply", method, path)
    result = backup(run, tmp_path / "b.bin")
    assert result["changed"] and not result.get("failed"), result
    assert (tmp_path / "b.bin").stat().st_size == 65536
    assert sent(emulator, "POST", "backups") == 1


def test_a_backup_that_fails_leaves_no_file(run: Runner, emulator: Emulator, tmp_path: Path) -> None:
    emulator.fault("job_fail", "POST", "backups", messages=["The disk is full."])
    result = backup(run, tmp_path / "b.bin")
    assert "The disk is full." in result["msg"] and not result["changed"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("dest, words", [("", "is a folder"), ("no/b.bin", "There is no folder")])
def test_where_a_backup_cannot_go(run: Runner, emulator: Emulator, tmp_path: Path, dest: str, words: str) -> None:
    assert words in backup(run, tmp_path / dest)["msg"]
    assert emulator.requests()["requests"] == []


def test_a_backup_takes_a_password(run: Runner, tmp_path: Path) -> None:
    assert "takes backup_password" in backup(run, tmp_path / "b.bin", backup_password=None)["msg"]
