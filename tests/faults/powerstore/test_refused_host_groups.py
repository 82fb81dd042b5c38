# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the array refuses of host groups, the task refuses first, and sends everything else in an order it accepts."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.modules import host, host_group
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner
from tests.faults.powerstore.test_refused_hosts import written

Options = t.Dict[str, t.Any]
METRO = "Metro_Optimize_Both"

REFUSED: list[tuple[Options, list[str]]] = [
    ({"name": "esx-cluster", "state": "absent"}, ["esx-cluster is mapped to 1 volume (web03)", "of the volume first"]),
    (
        {"name": "esx-cluster", "state": "absent", "delete_hosts": True},
        ["esx-cluster is mapped to 1 volume (web03)"],
    ),
    ({"name": "esx-cluster", "hosts": []}, ["esx-cluster would lose its last host, but is mapped to 1 volume (web03)"]),
    (
        {"name": "esx-cluster", "hosts": ["linux01", "busy", "own", "other"]},
        [
            "own is part of the array itself",
            "other (in others) is in another host group",
            "Remove it from there first",
            "busy (mapped to 2 volumes (web01, web02)) has volumes of its own",
            "esx-cluster has Local_Only",
            "linux01 has Metro_Optimize_Both",
            "Nothing was written.",
        ],
    ),
    (
        {"name": "esx-cluster", "hosts": ["esx01", "other", "nosuch"]},
        ["the array has no host nosuch", "other (in others) is in another host group"],
    ),
    ({"name": "new", "hosts": ["esx01", "esx02"]}, ["esx01 (in esx-cluster), esx02 (in esx-cluster) are in another"]),
    ({"name": "new", "hosts": ["linux01", "free"]}, ["linux01 has Metro_Optimize_Both and free has Local_Only"]),
    (
        {"name": "esx-cluster", "hosts": ["linux01"], "hosts_mode": "add", "host_connectivity": "Local_Only"},
        ["esx-cluster has Local_Only, but linux01 has Metro_Optimize_Both"],
    ),
    ({"name": "empty", "host_connectivity": METRO}, ["empty has no hosts and therefore no host_connectivity"]),
    (
        {"name": "others", "hosts": ["other"], "hosts_mode": "remove", "host_connectivity": METRO},
        ["others has no hosts and therefore no host_connectivity"],
    ),
    (
        {"name": "new", "hosts": ["free"], "hosts_mode": "remove"},
        ["Host group new does not exist, so nothing can be removed from it"],
    ),
    ({"name": "others", "delete_hosts": True}, ["delete_hosts: true has an effect only with state: absent"]),
    ({"name": "others", "state": "absent", "hosts": ["other"], "hosts_mode": "remove"}, ["hosts_mode"]),
]
IDS = [str(number) for number in range(len(REFUSED))]


@pytest.fixture(autouse=True)
def things_in_the_way(run: Runner, emulator: Emulator) -> None:
    """Add hosts that cannot join esx-cluster and one that can, an empty group, and volumes."""
    for name in ("busy", "other", "free"):
        initiator = {"port_name": f"iqn.2026-01.com.example:{name}", "port_type": "iSCSI"}
        run(host.TASK, name=name, os_type="Linux", initiators=[initiator])
    run(host.TASK, name="linux01", host_connectivity=METRO)
    run(host_group.TASK, name="others", hosts=["other"])
    run(host_group.TASK, name="empty", hosts=["free"])
    run(host_group.TASK, name="empty", hosts=[])
    emulator.change("host", create={"name": "own", "os_type": "ESXi", "type": "Internal", "host_initiators": []})
    for volume, side, name in (
        ("web01", "host_id", "name:busy"),
        ("web02", "host_id", "name:busy"),
        ("web03", "host_group_id", "name:esx-cluster"),
    ):
        emulator.change("host_volume_mapping", create={"volume_id": f"name:{volume}", side: name})


@pytest.mark.parametrize("options, words", REFUSED, ids=IDS)
def test_refused_before_anything_is_written(
    run: Runner, emulator: Emulator, options: Options, words: list[str]
) -> None:
    before = written(emulator)
    results = [run(host_group.TASK, check=check, **options) for check in (True, False)]
    for result in results:
        assert result["failed"] and not result["changed"], result
        assert result["error"]["kind"] == "input", result["msg"]
        assert [word for word in words if word not in result["msg"]] == [], result["msg"]
    assert results[0]["msg"] == results[1]["msg"]
    assert written(emulator) == before


def carried_out(run: Runner, **options: t.Any) -> list[str]:
    """Run a task in check mode, for real and once more; return its plan."""
    planned = run(host_group.TASK, check=True, **options)
    result = run(host_group.TASK, **options)
    assert result["changed"] and not result.get("failed") and not result.get("warnings"), result
    assert planned["plan"] == result["plan"] and planned["diff"] == result["diff"]
    again = run(host_group.TASK, **{"name": options.get("new_name"), **options} if "new_name" in options else options)
    assert not again["changed"] and not again.get("failed"), again
    return t.cast("list[str]", result["plan"])


def connectivity(run: Runner, *names: str) -> list[str]:
    return [run(host.TASK, check=True, name=name)["resource"]["host_connectivity"] for name in names]


def test_everything_at_once_is_sent_in_an_order_that_the_array_accepts(run: Runner) -> None:
    options = {"new_name": "cluster", "description": "x", "host_connectivity": METRO, "hosts": ["esx01", "linux01"]}
    assert carried_out(run, name="esx-cluster", **options) == [
        "rename host group esx-cluster to cluster, change description",
        "remove 1 host (esx02) from host group cluster",
        "change host_connectivity of host group cluster",
        "add 1 host (linux01) to host group cluster",
    ]
    assert connectivity(run, "esx01", "esx02", "linux01") == [METRO, "Local_Only", METRO]


def test_all_hosts_of_a_group_with_volumes_are_replaced(run: Runner) -> None:
    assert carried_out(run, name="esx-cluster", hosts=["linux01"], host_connectivity=METRO) == [
        "change host_connectivity of host group esx-cluster",
        "add 1 host (linux01) to host group esx-cluster",
        "remove 2 hosts (esx01, esx02) from host group esx-cluster",
    ]


def test_a_new_group_sets_only_the_connectivity_that_its_hosts_do_not_have(run: Runner) -> None:
    plan = carried_out(run, name="new", hosts=["linux01"], host_connectivity=METRO)
    assert plan == ["create host group new with 1 host (linux01)"]
    plan = carried_out(run, name="more", hosts=["free"], host_connectivity=METRO)
    assert plan[1:] == ["set host_connectivity of host group more"]
    assert connectivity(run, "free") == [METRO]


def test_hosts_stay_when_their_group_is_deleted_unless_the_task_deletes_them(run: Runner) -> None:
    plan = carried_out(run, name="others", state="absent")
    assert plan == ["remove 1 host (other) from host group others", "delete host group others"]
    assert run(host.TASK, name="other", state="absent")["changed"]
    run(host_group.TASK, name="new", hosts=["free"])
    plan = carried_out(run, name="new", state="absent", delete_hosts=True)
    assert plan == ["delete host group new with its host (free)"]
    assert not run(host.TASK, name="free", state="absent")["changed"]
