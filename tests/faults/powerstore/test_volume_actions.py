# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Actions on volumes: what they cost, done once under faults, adopted while they run, and refused in plain words."""

from __future__ import annotations

import typing as t

import pytest

from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner
from tests.faults.powerstore.test_refused_alike import task_of, written

Options = t.Dict[str, t.Any]
GIB = 1024**3
LATER = "2090-01-01T00:00:00Z"
ACTIONS: dict[str, Options] = {
    "snapshot": {"name": "new", "volume": "web01", "expiration_timestamp": LATER, "is_secure": True},
    "clone": {"name": "new", "volume": "web01", "snapshot": "nightly", "protection_policy": "gold"},
    "restore": {"volume": "web01", "snapshot": "nightly", "backup_snapshot": "before"},
    "refresh": {"volume": "test", "source": "web01", "snapshot": "nightly", "backup_snapshot": "before"},
    "metro": {"volume": "web01", "remote_system": "remote1"},
}
WIRE = {"metro": "configure_metro"}
"""The action of the API, where it has another name than the module."""
LOOK_UPS = {"clone": ["policy", "recycle_bin"], "metro": ["remote_system"]}
"""What is looked up before the first write, once. A clone needs a name that is free in the recycle bin, too."""


@pytest.fixture(autouse=True)
def volumes(emulator: Emulator) -> None:
    """A family with a clone, snapshots of one name in two families, a secured one, and one in a set."""
    ids = {row: emulator.change("volume", name=row, set={"description": "x"})["id"] for row in ("web01", "web02")}
    made: list[tuple[str, str, str, Options]] = [
        ("nightly", "Snapshot", "web01", {}),
        ("nightly", "Snapshot", "web02", {}),
        ("theirs", "Snapshot", "web02", {}),
        ("test", "Clone", "web01", {}),
        ("held", "Snapshot", "web01", {"is_secure": True, "expiration_timestamp": LATER}),
        ("seen", "Snapshot", "web01", {}),
        ("gone-test", "Clone", "gone", {}),
        ("busy", "Clone", "web01", {}),
        ("of-busy", "Snapshot", "busy of web01", {"is_secure": True, "expiration_timestamp": LATER}),
    ]
    for name, kind, parent, more in made:
        key = ids.get(parent, "11111111-1111-4111-8111-111111111111")
        data = {"parent_id": key, "source_id": key, "family_id": key, **more}
        row = {"name": name, "type": kind, "size": GIB, "protection_data": data}
        ids[f"{name} of {parent}"] = emulator.change("volume", create=row)["id"]
    data = {"parent_id": ids["test of web01"], "source_id": ids["test of web01"], "family_id": ids["web01"]}
    emulator.change("volume", create={"name": "of-test", "type": "Snapshot", "size": GIB, "protection_data": data})
    for lun, name in enumerate(("seen", "busy")):
        side = {"volume_id": ids[f"{name} of web01"], "host_id": "name:linux01", "logical_unit_number": lun}
        emulator.change("host_volume_mapping", create=side)
    emulator.change("volume", name="busy", set={"protection_policy_id": "name:gold"})
    emulator.change("recycle_bin", create={"name": "old", "resource_type": "volume"})


def counted(emulator: Emulator, since: int = 0) -> list[str]:
    """Return the requests but for those of jobs and sessions: verb and type."""
    requests = emulator.requests()["requests"][since:]
    paths = [(one["method"], one["path"].split("/api/rest/")[-1].split("/")[0]) for one in requests]
    return [f"{verb} {name}" for verb, name in paths if name not in ("job", "logout")]


@pytest.mark.parametrize("name, options", ACTIONS.items(), ids=ACTIONS)
def test_done_once_and_converged_with_one_read(run: Runner, emulator: Emulator, name: str, options: Options) -> None:
    task = task_of(f"volume_{name}")
    checked = run(task, check=True, **options)
    assert checked["changed"] and written(emulator) == []
    before = len(emulator.requests()["requests"])
    done = run(task, **options)
    assert done["changed"] and (done["plan"], done["diff"]) == (checked["plan"], checked["diff"])
    look_ups = [f"GET {one}" for one in LOOK_UPS.get(name, ())]
    assert sorted(counted(emulator, before)) == sorted(["GET volume"] * 3 + ["POST volume", *look_ups])
    before = len(emulator.requests()["requests"])
    again = run(task, **options)
    assert not again["changed"] and not again.get("failed"), again
    assert counted(emulator, before) == ["GET volume"]


@pytest.mark.parametrize("fault, requests", [("lost_reply", 1), ("reset_before", 2)])
@pytest.mark.parametrize("name, options", ACTIONS.items(), ids=ACTIONS)
def test_a_lost_answer_makes_nothing_twice(
    run: Runner, emulator: Emulator, name: str, options: Options, fault: str, requests: int
) -> None:
    emulator.fault(fault, "POST", f"volume/*/{WIRE.get(name, name)}")
    result = run(task_of(f"volume_{name}"), **options)
    assert result["changed"] and not result.get("failed") and "warnings" not in result, result
    assert len(written(emulator)) == requests


@pytest.mark.parametrize("name", ["snapshot", "clone", "restore", "refresh"])
def test_one_that_is_being_done_is_adopted(run: Runner, emulator: Emulator, name: str) -> None:
    emulator.fault("job_slow", "POST", f"volume/*/{name}", seconds=2)
    task, options = task_of(f"volume_{name}"), ACTIONS[name]
    assert run(task, **options, wait=False)["changed"]
    result = run(task, **options)
    assert [job["adopted"] for job in result["jobs"]] == [True]
    assert len(written(emulator)) == 1


SNAPSHOT: Options = {"name": "new", "volume": "web01"}
RESTORE: Options = ACTIONS["restore"]
REFRESH: Options = ACTIONS["refresh"]
REFUSED: list[tuple[str, Options, list[str]]] = [
    ("snapshot", {**SNAPSHOT, "is_secure": True}, ["can only be secure if it expires", "Give expiration_timestamp"]),
    ("snapshot", {**SNAPSHOT, "name": ""}, ["name is empty: give the name of the snapshot."]),
    ("snapshot", {**SNAPSHOT, "name": "held", "expiration_timestamp": "2089-01-01T00:00:00Z"}, ["expire earlier"]),
    ("snapshot", {**SNAPSHOT, "name": "held", "expiration_timestamp": ""}, ["cannot expire earlier"]),
    ("snapshot", {**SNAPSHOT, "name": "held", "is_secure": False}, ["cannot be undone"]),
    ("snapshot", {**SNAPSHOT, "name": "held", "state": "absent"}, ["Snapshot held of volume web01 is secure", "2090"]),
    ("snapshot", {**SNAPSHOT, "volume": "theirs"}, ["no volume theirs", "theirs is a snapshot, and the array takes"]),
    ("snapshot", {**SNAPSHOT, "volume": "wbe01"}, ["There is no volume wbe01 to make", "Did you mean web01"]),
    ("snapshot", {**SNAPSHOT, "name": "OF-test"}, ["already, but of another volume than web01 in its family"]),
    (
        "snapshot",
        {**SNAPSHOT, "name": "seen", "state": "absent"},
        ["Snapshot seen of volume web01 is mapped to linux01", "Unmap it first"],
    ),
    (
        "snapshot",
        {"name": "app01-nightly.app01-data", "volume": "app01-data", "state": "absent"},
        ["part of snapshot set app01-nightly", "Delete the set with volume_group_snapshot"],
    ),
    (
        "clone",
        {"name": "new", "volume": "web01", "snapshot": "theirs"},
        ["no snapshot theirs of volume web01 to make the clone", "Known: held, nightly, seen"],
    ),
    ("clone", {"name": "new", "volume": "web01", "snapshot": "nigthly"}, ["no snapshot nigthly", "mean nightly"]),
    (
        "clone",
        {"name": "new", "volume": "wbe01", "protection_policy": "gld"},
        ["There is no volume wbe01 to make", "Did you mean web01", "no protection policy gld. Did you mean gold"],
    ),
    ("clone", {"name": "new", "volume": "theirs"}, ["theirs is a snapshot: give it as snapshot, and its volume as vo"]),
    ("clone", {"name": "old", "volume": "web01"}, ["recycle bin holds a volume old", "state: recovered takes it back"]),
    (
        "clone",
        {"name": "busy", "volume": "web01", "state": "absent"},
        [
            "Volume busy is mapped to linux01",
            "Unmap it first, with volume and mapped_hosts: []",
            "has protection policy gold",
            "has secure snapshots, which nobody can delete before they expire: of-busy",
        ],
    ),
    ("clone", {"name": "WEB02", "volume": "web01"}, ["already taken by web02", "volumes and clones share one set"]),
    ("clone", {"name": "test", "volume": "web02"}, ["clone test already, but of another volume than web02"]),
    ("clone", {"name": "gone-test", "volume": "gone", "state": "absent"}, ["nothing shows whether", "with volume and"]),
    ("restore", {**RESTORE, "backup_snapshot": None}, ["Give backup_snapshot, a name for the snapshot", "backup: fa"]),
    (
        "restore",
        {**RESTORE, "backup_snapshot": None, "snapshot": "nigthly"},
        ["Give backup_snapshot", "no snapshot nigthly of volume web01. Did you mean nightly?"],
    ),
    (
        "restore",
        {**RESTORE, "backup_snapshot": None, "snapshot": "of-test"},
        ["Give backup_snapshot", "is not a snapshot of volume web01 itself"],
    ),
    (
        "restore",
        {"volume": "wbe01", "snapshot": "nightly", "backup_snapshot": ""},
        ["Give backup_snapshot", "There is no volume wbe01 to restore. Did you mean web01"],
    ),
    ("restore", {**RESTORE, "volume": "web03"}, ["web03. Other volumes have one of this name. It has no snapshots"]),
    ("restore", {**RESTORE, "snapshot": "theirs"}, ["no snapshot theirs of volume web01. Other volumes have one"]),
    ("restore", {**RESTORE, "snapshot": "of-test"}, ["is not a snapshot of volume web01 itself", "volume_refresh"]),
    ("restore", {**RESTORE, "snapshot": "nosuch"}, ["there is no snapshot nosuch of volume web01", "Known: held, ni"]),
    ("restore", {**RESTORE, "volume": "theirs"}, ["no volume theirs to restore", "theirs is a snapshot, which keeps"]),
    (
        "restore",
        {**RESTORE, "backup_snapshot": "of-test"},
        ["not a snapshot of volume web01 but of another one of its family", "different"],
    ),
    ("restore", {**RESTORE, "backup_snapshot": "nightly"}, ["both as snapshot and as backup_snapshot"]),
    ("restore", {**RESTORE, "backup": False}, ["leave one of the two out"]),
    (
        "restore",
        {"volume": "app01-data", "snapshot": "app01-nightly.app01-data", "backup": False},
        ["in volume group app01, whose volumes the array overwrites only together", "Use volume_group_restore"],
    ),
    ("refresh", {**REFRESH, "source": "web02"}, ["nightly is not of the same family as volume test", "A family is"]),
    ("refresh", {**REFRESH, "volume": "tset"}, ["There is no volume tset to refresh", "Did you mean test"]),
    ("refresh", {**REFRESH, "source": "theirs"}, ["theirs is a snapshot: give it as snapshot, and its volume as sou"]),
    ("refresh", {**REFRESH, "source": "wbe01"}, ["source: there is no volume wbe01. Did you mean web01"]),
    (
        "refresh",
        {**REFRESH, "volume": "tset", "source": "wbe01"},
        ["There is no volume tset to refresh. Did you mean test", "no volume wbe01. Did you mean web01"],
    ),
    (
        "refresh",
        {**REFRESH, "volume": "tset", "snapshot": "nigthly"},
        ["There is no volume tset to refresh. Did you mean test", "of volume web01. Did you mean nightly"],
    ),
    ("refresh", {**REFRESH, "snapshot": "nosuch"}, ["there is no snapshot nosuch of volume web01. Known: held, nig"]),
    (
        "refresh",
        {**REFRESH, "source": "web02", "backup_snapshot": ""},
        ["Give backup_snapshot", "nightly is not of the same family as volume test"],
    ),
    ("refresh", {**REFRESH, "source": "test", "snapshot": None}, ["cannot be refreshed from itself", "volume_restore"]),
    ("refresh", {**REFRESH, "source": "test", "snapshot": "of-test"}, ["of-test is a snapshot of volume test itself"]),
    ("metro", {"volume": "app01-data", "remote_system": "remote1"}, ["app01-data is in volume group app01, and a gr"]),
    ("metro", {"volume": "wbe01", "remote_system": "remote1"}, ["no volume wbe01 to stretch", "Did you mean web01"]),
    ("metro", {"volume": "web01"}, ["Give remote_system, the PowerStore to stretch the volume to"]),
    ("metro", {"volume": "web01", "remote_system": "remte1"}, ["no remote system remte1. Did you mean remote1"]),
    (
        "metro",
        {"volume": "wbe01", "remote_system": "unity1"},
        ["no volume wbe01 to stretch. Did you mean web01", "unity1 is of type Unity, but metro needs a PowerStore"],
    ),
    (
        "metro",
        {"volume": "app01-data", "remote_system": "remte1"},
        ["app01-data is in volume group app01", "Did you mean remote1"],
    ),
    ("metro", {"volume": "theirs", "remote_system": "remote1"}, ["theirs is a snapshot, which stays on one array"]),
    ("metro", {"volume": "web01", "remote_system": "unity1"}, ["unity1 is of type Unity, but metro needs a PowerStor"]),
    ("metro", {"volume": "web01", "remote_system": "remote1", "force": True}, ["force: true", "state: absent"]),
]


@pytest.mark.parametrize("name", ACTIONS)
def test_refused_before_anything_is_written(run: Runner, emulator: Emulator, name: str) -> None:
    """Nothing is written, so all tasks of a module find the same volumes."""
    for options, words in [(options, words) for action, options, words in REFUSED if action == name]:
        results = [run(task_of(f"volume_{name}"), check=check, **options) for check in (True, False)]
        for result in results:
            assert result.get("failed") and not result["changed"], (options, result)
            assert result["error"]["kind"] == "input", (options, result["msg"])
            assert [word for word in words if word not in result["msg"]] == [], (options, result["msg"])
        assert results[0]["msg"] == results[1]["msg"]
    assert written(emulator) == []


def test_a_clone_outlives_its_snapshot(run: Runner, emulator: Emulator) -> None:
    """The snapshot that it was made of expires. The clone is left as it is, and can be removed."""
    options: Options = {"name": "new", "volume": "web01", "snapshot": "short"}
    assert run(task_of("volume_snapshot"), name="short", volume="web01")["changed"]
    assert run(task_of("volume_clone"), **options)["changed"]
    assert run(task_of("volume_snapshot"), name="short", volume="web01", state="absent")["changed"]
    again = run(task_of("volume_clone"), **options)
    assert not again["changed"] and not again.get("failed"), again
    assert run(task_of("volume_clone"), **options, state="absent")["changed"]


@pytest.mark.parametrize(
    "name, options",
    [
        pytest.param("snapshot", {"name": "theirs", "volume": "web01"}, id="a snapshot of another family"),
        pytest.param("snapshot", {"name": "web02", "volume": "web01"}, id="a volume"),
        pytest.param("snapshot", {"name": "web01", "volume": "web01"}, id="the volume itself"),
        pytest.param("clone", {"name": "theirs", "volume": "web01"}, id="a clone like a snapshot"),
        pytest.param("restore", {**RESTORE, "backup_snapshot": "theirs"}, id="a backup like theirs"),
    ],
)
def test_names_that_are_free(run: Runner, name: str, options: Options) -> None:
    """Snapshots and volumes do not take names from each other, nor does one family from another."""
    result = run(task_of(f"volume_{name}"), **options)
    assert result["changed"] and not result.get("failed"), result
    again = run(task_of(f"volume_{name}"), **options)
    assert not again["changed"] and not again.get("failed"), again
