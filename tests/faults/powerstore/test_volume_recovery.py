# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Volumes whose name lies in the recycle bin, and volumes that change their group."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.modules import volume, volume_group
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner
from tests.faults.powerstore.test_refused_alike import written

Options = t.Dict[str, t.Any]
RECOVER: Options = {
    "name": "LOST",
    "size": "2GiB",
    "recover": True,
    "description": "found",
    "appliance": "emulated-appliance-1",
    "volume_group": "app01",
    "protection_policy": "gold",
    "mapped_hosts": [{"host": "linux01", "logical_unit_number": 5}],
}
STEPS = [
    "recover volume lost from the recycle bin",
    "change description and size and protection_policy of volume lost",
    "add volume lost to volume group app01",
    "attach host linux01 to volume lost",
]


@pytest.fixture(autouse=True)
def lost(run: Runner, emulator: Emulator) -> str:
    """A volume in the recycle bin. Returns its id."""
    key = str(emulator.change("volume", create={"name": "lost", "size": 1024**3, "description": "old"})["id"])
    gone = run(volume.TASK, name="lost", state="absent", immediate=False)
    assert gone["changed"], gone
    emulator.change("volume_group", create={"name": "spare"})
    return key


def test_a_recovery_does_what_its_plan_says(run: Runner, emulator: Emulator, lost: str) -> None:
    begin = len(written(emulator))
    results = [run(volume.TASK, check=check, **RECOVER) for check in (True, False, False)]
    assert [result["changed"] for result in results] == [True, True, False], results
    assert results[0]["plan"] == results[1]["plan"] == STEPS and results[2]["plan"] == []
    assert results[0]["diff"]["before"]["state"] == "in the recycle bin"
    assert len(written(emulator)) - begin == len(STEPS)
    found = results[1]["resource"]
    assert (found["id"], found["description"], found["size"]) == (lost, "found", 2 * 1024**3)
    assert not results[1].get("warnings"), results[1]


@pytest.mark.parametrize(
    "task, options, words",
    [
        (volume.TASK, {"name": "Lost", "size": "1GiB"}, ["holds a volume lost, deleted 20", "recover: true takes it"]),
        (volume.TASK, {"name": "web01", "new_name": "lost"}, ["The recycle bin holds a volume lost"]),
        (volume.TASK, {**RECOVER, "size": "1MiB"}, ["size is 1 GiB and can only grow, asked for 1 MiB"]),
        (volume.TASK, {**RECOVER, "appliance": "A2"}, ["no appliance A2"]),
        (
            volume.TASK,
            {"name": "web01", "volume_group": "app01-nightly"},
            ["no volume group app01-nightly, but one of"],
        ),
        (volume_group.TASK, {"name": "binned"}, ["holds a volume group binned", "resource_type: volume_group and sta"]),
    ],
)
def test_a_name_in_the_bin_is_not_free(
    run: Runner, emulator: Emulator, task: t.Any, options: Options, words: list[str]
) -> None:
    emulator.change("recycle_bin", create={"name": "binned", "resource_type": "volume_group"})
    begin = len(written(emulator))
    results = [run(task, check=check, **options) for check in (True, False)]
    for result in results:
        assert result["error"]["kind"] == "input" and not result["changed"], result
        assert [word for word in words if word not in result["msg"]] == [], result["msg"]
    assert results[0]["msg"] == results[1]["msg"] and len(written(emulator)) == begin


def test_an_array_whose_bin_keeps_no_names(run: Runner, emulator: Emulator, lost: str) -> None:
    emulator.change("settings", set={"bin_keeps_names": False})
    made = run(volume.TASK, name="lost", size="1GiB", recover=False)
    assert made["changed"] and made["resource"]["id"] != lost


def test_a_release_without_a_recycle_bin(run: Runner, emulator: Emulator) -> None:
    text = "The path is not known."
    body = {"messages": [{"code": "0x1", "severity": "Error", "message_l10n": text, "arguments": []}]}
    emulator.fault("status", "GET", "recycle_bin", status=404, body=body, times=1)
    made = run(volume.TASK, name="new", size="1GiB")
    assert made["changed"] and not made.get("failed"), made


def test_a_volume_moves_from_group_to_group(run: Runner, emulator: Emulator) -> None:
    """It leaves one group before it joins the other, and a job of somebody else that does the same is adopted."""
    moved = run(volume.TASK, name="app01-log", volume_group="SPARE", new_name="spare-log")
    assert moved["plan"] == [
        "rename volume app01-log to spare-log",
        "remove volume spare-log from volume group app01",
        "add volume spare-log to volume group spare",
    ]
    body = {"volume_ids": [moved["resource"]["id"]]}
    group = moved["resource"]["volume_groups"][0]["id"]
    emulator.job("volume_group", "remove_members", resource_id=group, seconds=1, request=body)
    begin = len(written(emulator))
    out = run(volume.TASK, name="spare-log", volume_group="")
    assert out["changed"] and out["resource"]["volume_groups"] == [] and len(written(emulator)) == begin
    assert [job["adopted"] for job in out["jobs"]] == [True]
