# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Clusters of ONTAP Select that run: switched, resized, removed."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.modules import (
    ontap_select_cluster,
    ontap_select_power,
    ontap_select_resize,
)
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner
from tests.faults.ontap_select.world import SECRET, sent


def test_a_cluster_is_switched_off_and_on(run: Runner, emulator: Emulator, deployed: None) -> None:
    checked = run(ontap_select_power.TASK, check=True, cluster="c1", state="powered_off")
    done = run(ontap_select_power.TASK, cluster="c1", state="powered_off")
    assert done["plan"] == checked["plan"] and done["diff"] == checked["diff"]
    assert done["diff"]["before"] == {"state": "powered_on"}
    assert done["changed"] and done["resource"]["state"] == "powered_off" and "warnings" not in done
    assert not run(ontap_select_power.TASK, cluster="c1", state="powered_off")["changed"]
    assert run(ontap_select_cluster.TASK, name="c1", state="absent")["changed"]


def test_a_node_that_does_not_answer_is_forced(run: Runner, emulator: Emulator, deployed: None) -> None:
    emulator.change("node", name="c1-02", set={"state": "unknown"})
    result = run(ontap_select_power.TASK, cluster="c1", state="powered_off")
    assert result["error"]["kind"] == "job_failed" and "does not answer" in result["msg"]
    assert (
        run(ontap_select_power.TASK, cluster="c1", state="powered_off", force=True)["resource"]["state"]
        == "powered_off"
    )


def test_a_switch_whose_answer_is_lost(run: Runner, emulator: Emulator, deployed: None) -> None:
    emulator.fault("lost_reply", "PATCH", "clusters/*")
    assert run(ontap_select_power.TASK, cluster="c1", state="powered_off")["resource"]["state"] == "powered_off"


def test_what_is_not_deployed_cannot_be_switched(run: Runner, emulator: Emulator, configured: None) -> None:
    assert "is not deployed yet" in run(ontap_select_power.TASK, cluster="c1", state="powered_off")["msg"]
    assert "There is no cluster c2." in run(ontap_select_power.TASK, cluster="c2", state="powered_off")["msg"]
    assert "is not deployed yet" in run(ontap_select_resize.TASK, cluster="c1", instance_type="medium")["msg"]


# Resize


def test_partners_are_resized_together(run: Runner, emulator: Emulator, deployed: None) -> None:
    options: dict[str, t.Any] = {"cluster": "c1", "instance_type": "medium", "nodes": [2, 1], "ontap_password": SECRET}
    checked = run(ontap_select_resize.TASK, check=True, **options)
    done = run(ontap_select_resize.TASK, **options)
    assert done["plan"] == checked["plan"] == ["make c1-01, c1-02 of cluster c1 medium"]
    assert done["diff"] == checked["diff"]
    assert [one["instance_type"] for one in done["resource"]["nodes"]] == ["medium", "medium", "small", "small"]
    assert not run(ontap_select_resize.TASK, **{**options, "ontap_password": None})["changed"]
    everything = run(ontap_select_resize.TASK, **{**options, "nodes": None})
    assert everything["plan"] == ["make c1-03, c1-04 of cluster c1 medium"]


@pytest.mark.parametrize(
    "options, words",
    [
        ({"nodes": [1]}, "Give nodes 1 and 2 together."),
        ({"nodes": [1, 5]}, "has 4 nodes, so there is no node 5"),
        ({"nodes": [0]}, "1 for the first, not 0"),
        ({"nodes": []}, "nodes is empty: give places of nodes, or leave it out for all."),
        ({"ontap_password": None}, "A resize needs ontap_password"),
    ],
)
def test_what_cannot_be_resized(
    run: Runner, emulator: Emulator, deployed: None, options: dict[str, t.Any], words: str
) -> None:
    given: dict[str, t.Any] = {"cluster": "c1", "instance_type": "medium", "ontap_password": SECRET, **options}
    result = run(ontap_select_resize.TASK, **given)
    assert result["error"]["kind"] == "input" and words in result["msg"]
    assert sent(emulator, "PATCH", "clusters") == 0


def test_nodes_never_shrink_and_have_to_be_on(run: Runner, emulator: Emulator, deployed: None) -> None:
    given: dict[str, t.Any] = {"cluster": "c1", "instance_type": "medium", "ontap_password": SECRET}
    emulator.change("node", name="c1-01", set={"instance_type": "large"})
    assert "nodes only grow" in run(ontap_select_resize.TASK, **given)["msg"]
    emulator.change("cluster", name="c1", set={"state": "powered_off"})
    assert "it must be powered on" in run(ontap_select_resize.TASK, **given, nodes=[3, 4])["msg"]


def test_a_wrong_password_of_ontap(run: Runner, deployed: None) -> None:
    result = run(ontap_select_resize.TASK, cluster="c1", instance_type="medium", ontap_password="wrong-1")
    assert result["error"]["kind"] == "job_failed" and "does not accept the password" in result["msg"]
    assert "wrong-1" not in str(result)


@pytest.mark.parametrize("fault", [{"fault": "lost_reply"}, {"fault": "status", "status": 503}])
def test_a_resize_outlives_what_happens_on_the_way(
    run: Runner, emulator: Emulator, deployed: None, fault: dict[str, t.Any]
) -> None:
    emulator.fault(method="PATCH", path="clusters/*", **fault)
    result = run(ontap_select_resize.TASK, cluster="c1", instance_type="medium", ontap_password=SECRET)
    assert result["changed"] and not result.get("failed"), result
    assert {one["instance_type"] for one in result["resource"]["nodes"]} == {"medium"}


def test_a_deployed_cluster_is_removed_by_a_job_that_may_fail(run: Runner, emulator: Emulator, deployed: None) -> None:
    emulator.fault("job_fail", "DELETE", "clusters/*", messages=["Host esx02 does not answer."])
    result = run(ontap_select_cluster.TASK, name="c1", state="absent", force=True)
    assert "Host esx02 does not answer." in result["msg"] and not result["changed"]
    emulator.fault("lost_reply", "DELETE", "clusters/*")
    gone = run(ontap_select_cluster.TASK, name="c1", state="absent", force=True)
    assert gone["changed"] and gone["resource"] is None and not gone.get("failed"), gone
