# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Clusters of ONTAP Select Deploy before their deployment."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.modules import ontap_select_cluster
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner
from tests.faults.ontap_select.world import CLUSTER, writes


def test_a_cluster_is_planned_made_and_left_alone(run: Runner, emulator: Emulator) -> None:
    options: dict[str, t.Any] = {
        **CLUSTER,
        "dns_domains": ["example.com"],
        "dns_ips": ["192.0.2.3"],
        "ntp_servers": ["ntp"],
        "mtu": 9000,
    }
    checked = run(ontap_select_cluster.TASK, check=True, **options)
    assert writes(emulator) == [] and checked["changed"]
    made = run(ontap_select_cluster.TASK, **options)
    assert made["plan"] == checked["plan"] == ["make cluster c1 with 2 nodes"]
    assert made["diff"] == checked["diff"]
    assert [one["name"] for one in made["resource"]["nodes"]] == ["c1-01", "c1-02"]
    assert not run(ontap_select_cluster.TASK, **options)["changed"]
    assert not run(ontap_select_cluster.TASK, name="c1")["changed"]


def test_only_what_differs_is_written(run: Runner, emulator: Emulator, cluster: t.Any) -> None:
    run(ontap_select_cluster.TASK, name="c1", dns_domains=["example.com"], dns_ips=["192.0.2.3"])
    result = run(ontap_select_cluster.TASK, name="c1", gateway="192.0.2.254", dns_ips=["192.0.2.4"], ip="192.0.2.10")
    assert result["plan"] == ["change gateway, dns_ips of cluster c1"]
    assert result["resource"]["dns_info"] == {"domains": ["example.com"], "dns_ips": ["192.0.2.4"]}
    assert emulator.requests()["requests"][-2]["request"] == {
        "gateway": "192.0.2.254",
        "dns_info": {"domains": ["example.com"], "dns_ips": ["192.0.2.4"]},
    }
    assert not run(ontap_select_cluster.TASK, name="c1", ntp_servers=[])["changed"]


@pytest.mark.parametrize(
    "options, words",
    [
        ({"node_count": None}, "give node_count, too"),
        ({"ontap_image_version": "9.99"}, "Deploy has no ONTAP image 9.99; it has 9.14.1, 9.15.1, 9.16.1, 9.17.1."),
        ({"ip": "192.0.2.300"}, "ip takes IPv4 addresses, not '192.0.2.300'"),
        ({"dns_ips": ["a"]}, "dns_ips takes IPv4 addresses"),
        ({"mtu": 1500}, "mtu must be from 7500 to 9000"),
        ({"mtu": 9000, "node_count": 1}, "a cluster of one node has no such network"),
        ({"node_count": 0}, "node_count must be one of 1, 2, 4"),
        ({"name": " "}, "name is empty"),
    ],
)
def test_what_a_cluster_cannot_be(run: Runner, emulator: Emulator, options: dict[str, t.Any], words: str) -> None:
    result = run(ontap_select_cluster.TASK, **{**CLUSTER, **options})
    assert result["error"]["kind"] == "input" and words in result["msg"]
    assert writes(emulator) == []


def test_the_number_of_nodes_stays(run: Runner, cluster: t.Any) -> None:
    result = run(ontap_select_cluster.TASK, **{**CLUSTER, "node_count": 4})
    assert "Cluster c1 has 2 nodes, but the task asks for 4." in result["msg"]


def test_a_cluster_whose_answer_is_lost_is_made_once(run: Runner, emulator: Emulator) -> None:
    emulator.fault("lost_reply", "POST", "clusters")
    result = run(ontap_select_cluster.TASK, **CLUSTER)
    assert result["changed"] and result["resource"]["ip"] == "192.0.2.10"
    assert len(writes(emulator)) == 1


def test_a_cluster_that_is_not_deployed_is_removed_at_once(run: Runner, emulator: Emulator, cluster: t.Any) -> None:
    result = run(ontap_select_cluster.TASK, name="c1", state="absent")
    assert result["changed"] and result["resource"] is None
    assert result["plan"] == ["remove cluster c1, which is not deployed"]
    assert not run(ontap_select_cluster.TASK, name="c1", state="absent")["changed"]
