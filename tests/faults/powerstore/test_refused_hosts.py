# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the array refuses of hosts, the task refuses first: in check mode and in a run, with all mistakes at once."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.modules import host
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner

Options = t.Dict[str, t.Any]
IQN = "iqn.2026-01.com.example:"


def initiator(name: str, **options: t.Any) -> Options:
    return {"port_name": f"{IQN}{name}", "port_type": "iSCSI", **options}


def new(*initiators: Options, **options: t.Any) -> Options:
    return {"name": "new", "os_type": "Linux", "initiators": list(initiators), **options}


REFUSED: list[tuple[Options, list[str]]] = [
    ({"name": "esx01", "state": "absent"}, ["esx01 is in host group esx-cluster", "from the group first"]),
    (
        {"name": "linux01", "state": "absent"},
        ["linux01 is mapped to 2 volumes (web01, web02)", "mapped_hosts of the volumes first"],
    ),
    ({"name": "linux01", "initiators": []}, ["lose its last initiator, but is mapped to 2 volumes (web01, web02)"]),
    ({"name": "esx01", "initiators": []}, ["lose its last initiator, but is mapped to 1 volume (web03)"]),
    (
        {"name": "linux01", "initiators": [initiator("linux01")], "initiators_mode": "remove"},
        ["lose its last initiator"],
    ),
    ({"name": "esx01", "host_connectivity": "Metro_Optimize_Both"}, ["group esx-cluster", "Change it at the group"]),
    ({"name": "own", "description": "x"}, ["own is part of the array itself"]),
    ({"name": "own", "state": "absent"}, ["own is part of the array itself"]),
    (new(initiator("esx01"), initiator("esx02")), [f"{IQN}esx01 (host esx01), {IQN}esx02 (host esx02) belong to"]),
    (new(initiator("ESX01")), [f"{IQN}esx01 (host esx01) belongs to another host"]),
    (new(initiator("one"), {"port_name": "10:00:00:90:fa:13:81:8c", "port_type": "FC"}), ["not iSCSI and FC"]),
    (
        {"name": "linux01", "initiators": [{"port_name": "10000090fa13818c", "port_type": "FC"}]},
        ["linux01 uses iSCSI, and its new initiators FC", "in a task before this one"],
    ),
    (
        {
            "name": "linux01",
            "initiators": [
                initiator("linux01", chap_single_password="long:enough:1"),
                initiator("esx01", chap_mutual_username="array"),
            ],
            "update_secrets": "always",
        },
        ["chap_mutual_username needs chap_single_username", "(host esx01) belongs to another host"],
    ),
    (new(initiator("one", chap_single_password="long:enough:1")), ["chap_single_password needs chap_single_username"]),
    ({"name": "linux01", "new_name": "ESX01"}, ["another host has this name"]),
]
IDS = [str(number) for number in range(len(REFUSED))]


@pytest.fixture(autouse=True)
def things_in_the_way(emulator: Emulator) -> None:
    """Map volumes to a host and to a group, and add a host that is part of the array."""
    emulator.change("host", create={"name": "own", "os_type": "ESXi", "type": "Internal", "host_initiators": []})
    for volume, side in (("web01", "host_id"), ("web02", "host_id"), ("web03", "host_group_id")):
        name = "name:linux01" if side == "host_id" else "name:esx-cluster"
        emulator.change("host_volume_mapping", create={"volume_id": f"name:{volume}", side: name})


def written(emulator: Emulator) -> list[str]:
    requests = emulator.requests()["requests"]
    return [one["path"] for one in requests if one["method"] != "GET" and not one["path"].endswith("/logout")]


def assert_refused(run: Runner, emulator: Emulator, options: Options, words: list[str]) -> None:
    results = [run(host.TASK, check=check, **options) for check in (True, False)]
    for result in results:
        assert result["failed"] and not result["changed"], result
        assert result["error"]["kind"] == "input", result["msg"]
        assert [word for word in words if word not in result["msg"]] == [], result["msg"]
        assert "long:enough:1" not in str(result)
    assert results[0]["msg"] == results[1]["msg"]
    assert written(emulator) == []


@pytest.mark.parametrize("options, words", REFUSED, ids=IDS)
def test_refused_before_anything_is_written(
    run: Runner, emulator: Emulator, options: Options, words: list[str]
) -> None:
    assert_refused(run, emulator, options, words)


def test_a_new_name_that_is_taken_of_a_host_given_by_id(run: Runner, emulator: Emulator) -> None:
    found = run(host.TASK, check=True, name="linux01")["resource"]["id"]
    assert_refused(run, emulator, {"id": found, "new_name": "Esx02"}, ["The name Esx02 is taken by esx02"])


@pytest.mark.parametrize(
    "mode, options, lacking",
    [
        ("Single", {}, "chap_single_username and chap_single_password"),
        ("Mutual", {"chap_single_username": "u", "chap_single_password": "long:enough:1"}, "chap_mutual_username and"),
    ],
)
def test_what_the_chap_mode_of_the_cluster_demands(
    run: Runner, emulator: Emulator, mode: str, options: Options, lacking: str
) -> None:
    emulator.change("chap_config", id="0", set={"mode": mode})
    words = [f"the CHAP mode of the cluster is {mode}: {IQN}one lacks {lacking}"]
    assert_refused(run, emulator, new(initiator("one", **options)), words)


def test_the_only_initiator_of_a_host_with_volumes_can_be_replaced(run: Runner, emulator: Emulator) -> None:
    result = run(host.TASK, name="linux01", initiators=[initiator("replaced")])
    assert result["changed"] and not result.get("failed"), result
    assert [one["port_name"] for one in result["resource"]["host_initiators"]] == [f"{IQN}replaced"]
    assert result["plan"] == [
        f"add 1 initiator ({IQN}replaced) to host linux01",
        f"remove 1 initiator ({IQN}linux01) from host linux01",
    ]


@pytest.mark.parametrize("create", [True, False])
def test_passwords_that_are_always_written_are_written_once(run: Runner, emulator: Emulator, create: bool) -> None:
    secret = initiator(
        "linux01" if not create else "one", chap_single_username="u", chap_single_password="long:enough:1"
    )
    options = new(secret) if create else {"name": "linux01", "initiators": [secret]}
    result = run(host.TASK, update_secrets="always", **options)
    assert result["changed"] and not result.get("failed") and not result.get("warnings"), result
    assert len(written(emulator)) == 1
    again = run(host.TASK, **options)
    assert not again["changed"] and not again.get("failed"), again
