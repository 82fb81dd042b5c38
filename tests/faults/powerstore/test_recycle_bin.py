# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The recycle bin: what a task refuses, what it says, and what it costs."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.modules import recycle_bin, volume
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner
from tests.faults.powerstore.test_refused_alike import written
from tests.faults.powerstore.test_volumes import sent

Options = t.Dict[str, t.Any]
PATH = "/api/rest/recycle_bin"


@pytest.fixture(autouse=True)
def binned(run: Runner, emulator: Emulator) -> None:
    """Two volumes and a group in the bin; the volumes had the same name."""
    emulator.change("settings", set={"bin_keeps_names": False})
    for dummy in range(2):
        run(volume.TASK, name="twice", size="1GiB", recover=False)
        run(volume.TASK, name="twice", state="absent", immediate=False)
    emulator.change("recycle_bin", create={"name": "twice", "resource_type": "volume_group"})
    run(volume.TASK, name="once", size="1GiB")
    run(volume.TASK, name="once", state="absent", immediate=False)
    run(volume.TASK, name="once", size="1GiB", recover=False)


@pytest.mark.parametrize(
    "options, words",
    [
        ({"state": "recovered", "name": "twice"}, ["more than one volume twice", "(deleted 20", "Give the id"]),
        ({"state": "expunged", "name": "Twice"}, ["more than one volume Twice"]),
        (
            {"state": "recovered", "name": "once"},
            ["The name once is taken by", "of type Primary", "Give that one anot"],
        ),
        ({"state": "recovered", "name": "never"}, ["no volume never, neither in the recycle bin nor on the array"]),
        ({"state": "recovered", "name": "never", "resource_type": "volume_group"}, ["no volume group never, neither"]),
        ({"state": "recovered"}, ["Give name or id"]),
        ({"state": "empty", "name": "once"}, ["it takes no name", "state: expunged deletes one"]),
        (
            {"state": "empty"},
            [
                "would delete 3 volumes (once, twice, twice) and 1 volume group (twice) permanently",
                "give confirm: true",
            ],
        ),
    ],
)
def test_refused_alike(run: Runner, emulator: Emulator, options: Options, words: list[str]) -> None:
    begin = len(written(emulator))
    results = [run(recycle_bin.TASK, check=check, **options) for check in (True, False)]
    for result in results:
        assert result["error"]["kind"] == "input" and not result["changed"], result
        assert [word for word in words if word not in result["msg"]] == [], result["msg"]
    assert results[0]["msg"] == results[1]["msg"] and len(written(emulator)) == begin


def test_what_tasks_cost(run: Runner, emulator: Emulator) -> None:
    """A repeated recovery reads the bin, and the object, which shows that it was recovered."""
    assert run(recycle_bin.TASK, state="expunged", name="once")["changed"]
    repeated: list[tuple[Options, dict[str, int]]] = [
        ({"state": "expunged", "name": "once"}, {"GET recycle_bin": 1}),
        ({"state": "recovered", "name": "once"}, {"GET recycle_bin": 1, "GET volume": 1}),
    ]
    for options, reads in repeated:
        begin = len(emulator.requests()["requests"])
        result = run(recycle_bin.TASK, **options)
        assert not result["changed"] and not result.get("failed"), result
        assert sent(emulator, begin) == reads


def test_a_lost_answer(run: Runner, emulator: Emulator) -> None:
    """The read shows whether the request had its effect."""
    key = run(recycle_bin.TASK, state="empty", check=True, confirm=True)["resource"]["items"][1]["id"]
    for options in ({"state": "recovered", "id": key}, {"state": "empty", "confirm": True}):
        emulator.fault("lost_reply", "POST", f"{PATH}/*", times=1)
        result = run(recycle_bin.TASK, **options)
        assert result["changed"] and not result.get("failed"), result
        again = run(recycle_bin.TASK, **options)
        assert not again["changed"] and not again.get("failed"), again


def test_a_release_without_a_recycle_bin(run: Runner, emulator: Emulator) -> None:
    body = {"messages": [{"code": "0x1", "severity": "Error", "message_l10n": "Unknown path.", "arguments": []}]}
    emulator.fault("status", "GET", "recycle_bin", status=404, body=body, times=1)
    result = run(recycle_bin.TASK, state="expunged", name="once")
    assert result["error"]["kind"] == "unsupported" and "PowerStoreOS 3.5 and later" in result["msg"], result
