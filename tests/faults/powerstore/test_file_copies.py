# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Copies of file systems: what they cost, done once under faults, adopted as they run, and refused in plain words."""

from __future__ import annotations

import typing as t

import pytest

from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner
from tests.faults.powerstore.test_refused_alike import task_of, written
from tests.faults.powerstore.test_volume_actions import counted

Options = t.Dict[str, t.Any]
GIB = 1024**3
LATER = "2090-01-01T00:00:00Z"
HOME: Options = {"file_system": "home", "nas_server": "nas1"}
ACTIONS: dict[str, Options] = {
    "snapshot": {**HOME, "name": "new", "expiration_timestamp": LATER},
    "clone": {**HOME, "name": "new", "snapshot": "nightly", "protection_policy": "gold"},
    "restore": {**HOME, "snapshot": "nightly", "backup_snapshot": "before"},
    "refresh": {**HOME, "snapshot": "nightly", "if_older_than": "2026-01-01T00:00:00Z"},
}
OTHERS = {
    "clone": ["GET policy", "PATCH file_system"],
    "refresh": ["GET file_system"],
}
"""What else is sent. Before a refresh, one more read asks whether the snapshot is secure."""


@pytest.fixture(autouse=True)
def file_systems(emulator: Emulator) -> None:
    """Two NAS servers with a file system of the same name; one has snapshots, and clones of what is gone."""
    for name, more in (("nas1", {}), ("nas2", {}), ("empty", {}), ("away", {"is_production_mode_enabled": False})):
        emulator.change("nas_server", create={"name": name, **more})
    ids: dict[str, str] = {}
    retention = {"mode": "Compliance"}
    made: list[tuple[str, str, str, Options]] = [
        ("home", "nas1", "", {}),
        ("home", "nas2", "", {}),
        ("records", "nas1", "", {"flr_attributes": retention}),
        ("away", "away", "", {}),
        ("vms", "nas1", "", {"config_type": "VMware"}),
        ("nightly", "nas1", "home of nas1", {}),
        ("nightly", "nas2", "home of nas2", {}),
        ("theirs", "nas1", "records of nas1", {}),
        ("written", "nas1", "home of nas1", {"access_type": "Protocol", "is_modified": True}),
        ("of-away", "away", "away of away", {}),
        ("test", "nas1", "home of nas1", {"filesystem_type": "Primary"}),
        ("left-over", "nas1", "", {"parent_id": "00000000-0000-0000-0000-000000000000"}),
    ]
    for name, server, parent, more in made:
        row = {"name": name, "nas_server_id": f"name:{server}", "size_total": 3 * GIB, "filesystem_type": "Primary"}
        if parent:
            row.update(filesystem_type="Snapshot", parent_id=ids[parent])
        row.setdefault("creation_timestamp", "2025-01-01T00:00:00.000+00:00")
        ids[f"{name} of {server}"] = emulator.change("file_system", create={**row, **more})["id"]
    export = {"name": "written", "file_system_id": ids["written of nas1"], "path": "/written"}
    emulator.change("nfs_export", create=export)
    emulator.change("file_system", create={**row, "name": "kept", "parent_id": ids["test of nas1"], **SNAP})


SNAP: Options = {"filesystem_type": "Snapshot"}


@pytest.mark.parametrize("name, options", ACTIONS.items(), ids=ACTIONS)
def test_done_once_and_converged_with_one_read(run: Runner, emulator: Emulator, name: str, options: Options) -> None:
    task = task_of(f"file_system_{name}")
    checked = run(task, check=True, **options)
    assert checked["changed"] and written(emulator) == []
    before = len(emulator.requests()["requests"])
    done = run(task, **options)
    assert done["changed"] and (done["plan"], done["diff"]) == (checked["plan"], checked["diff"]), done
    usual = ["GET file_system"] * 3 + ["POST file_system"]
    assert sorted(counted(emulator, before)) == sorted([*usual, *OTHERS.get(name, ())])
    before = len(emulator.requests()["requests"])
    again = run(task, **options)
    assert not again["changed"] and not again.get("failed"), again
    assert counted(emulator, before) == ["GET file_system"]


@pytest.mark.parametrize("fault, requests", [("lost_reply", 1), ("reset_before", 2)])
@pytest.mark.parametrize("name", ["snapshot", "restore", "refresh"])
def test_a_lost_answer_makes_nothing_twice(
    run: Runner, emulator: Emulator, name: str, fault: str, requests: int
) -> None:
    emulator.fault(fault, "POST", f"file_system/*/{name}")
    result = run(task_of(f"file_system_{name}"), **ACTIONS[name])
    assert result["changed"] and not result.get("failed") and "warnings" not in result, result
    assert len(written(emulator)) == requests


@pytest.mark.parametrize("name", ["snapshot", "restore", "refresh"])
def test_one_that_is_being_done_is_adopted(run: Runner, emulator: Emulator, name: str) -> None:
    emulator.fault("job_slow", "POST", f"file_system/*/{name}", seconds=2)
    task = task_of(f"file_system_{name}")
    assert run(task, **ACTIONS[name], wait=False)["changed"]
    result = run(task, **ACTIONS[name])
    assert [job["adopted"] for job in result["jobs"]] == [True]
    assert len(written(emulator)) == 1


SNAPSHOT: Options = {**HOME, "name": "new"}
RESTORE, REFRESH = ACTIONS["restore"], ACTIONS["refresh"]
REFUSED: list[tuple[str, Options, list[str]]] = [
    ("snapshot", {**SNAPSHOT, "nas_server": None}, ["Give nas_server, too: file systems are identified by name and"]),
    ("snapshot", {**SNAPSHOT, "nas_server": " "}, ["nas_server is empty"]),
    ("snapshot", {**SNAPSHOT, "file_system": "hmoe"}, ["There is no file system hmoe to make", "Did you mean home?"]),
    ("snapshot", {**SNAPSHOT, "file_system": "test", "nas_server": "nas2"}, ["one of that name on NAS server nas1."]),
    ("snapshot", {**SNAPSHOT, "file_system": "new", "nas_server": "empty"}, ["NAS server empty has no file systems"]),
    ("snapshot", {**SNAPSHOT, "file_system": "new", "nas_server": "nsa1"}, ["no NAS server nsa1. Did you mean nas1"]),
    (
        "snapshot",
        {**SNAPSHOT, "file_system": "theirs"},
        ["theirs is a snapshot, and the array takes snapshots only of"],
    ),
    ("snapshot", {**SNAPSHOT, "name": "THEIRS"}, ["snapshot THEIRS already, but of another file system than home."]),
    ("snapshot", {**SNAPSHOT, "name": "records"}, ["taken by records", "type Primary", "snapshots of a NAS server sh"]),
    ("snapshot", {**SNAPSHOT, "is_smb_op_locks_enabled": True}, ["is_smb_op_locks_enabled needs access_type: Protoc"]),
    (
        "snapshot",
        {**SNAPSHOT, "name": "written", "state": "absent"},
        ["Snapshot written of file system home is shared by 1 NFS export (written)"],
    ),
    ("clone", {**SNAPSHOT, "snapshot": "nigthly"}, ["no snapshot nigthly of file system home to", "Did you mean nigh"]),
    (
        "clone",
        {**SNAPSHOT, "snapshot": "theirs"},
        ["no snapshot theirs of file system home", "Known: nightly, written"],
    ),
    ("clone", {**SNAPSHOT, "name": "test", "file_system": "records"}, ["clone test already, but of another file syst"]),
    ("clone", {**SNAPSHOT, "name": "nightly"}, ["taken by nightly", "type Snapshot"]),
    (
        "clone",
        {**SNAPSHOT, "file_system": "records"},
        ["records has flr_mode: Compliance", "Give accept_compliance: tr"],
    ),
    ("clone", {**SNAPSHOT, "file_system": "away", "nas_server": "away"}, ["away, the destination of a replication"]),
    (
        "clone",
        {**SNAPSHOT, "file_system": "vms", "is_smb_op_locks_enabled": False},
        ["config_type: VMware does not ta"],
    ),
    (
        "snapshot",
        {**SNAPSHOT, "file_system": "vms", "access_type": "Protocol", "file_events_publishing_mode": "All"},
        ["config_type: VMware does not take this value of file_events_publishing_mode"],
    ),
    ("clone", {**HOME, "name": "test", "state": "absent"}, ["Clone test has 1 snapshot (kept)"]),
    (
        "clone",
        {**HOME, "name": "left-over", "file_system": "gone", "state": "absent"},
        ["file system gone no longer exists", "with file_system and state: absent"],
    ),
    (
        "clone",
        {**HOME, "name": "left-over", "snapshot": "gone", "state": "absent"},
        ["Snapshot gone no longer exists", "nothing shows whether clone left-over"],
    ),
    ("restore", {**RESTORE, "backup_snapshot": None}, ["Give backup_snapshot, a name for the snapshot", "backup: fa"]),
    ("restore", {**RESTORE, "backup_snapshot": "x" * 256}, ["a name of 1 to 255 printable characters"]),
    ("restore", {**RESTORE, "snapshot": "nigthly"}, ["no snapshot nigthly of file system home. Did you mean nightly"]),
    ("restore", {**RESTORE, "snapshot": "theirs"}, ["theirs is not a snapshot of file system home.", "Known: nightly"]),
    ("restore", {**RESTORE, "file_system": "theirs"}, ["no file system theirs to restore", "a snapshot, which keeps"]),
    (
        "restore",
        {**RESTORE, "backup_snapshot": "records"},
        ["records is not a snapshot of file system home", "differe"],
    ),
    ("restore", {**RESTORE, "file_system": "records", "snapshot": "theirs"}, ["flr_mode: Compliance, so the array do"]),
    (
        "restore",
        {**RESTORE, "file_system": "away", "nas_server": "away", "snapshot": "of-away"},
        ["on NAS server away, the destination of a replication", "not restore it"],
    ),
    ("refresh", {**REFRESH, "if_older_than": LATER}, ["is not in the past, so every run would refresh"]),
    ("refresh", {**REFRESH, "if_older_than": "soon"}, ["if_older_than", "point in time"]),
    ("refresh", {**REFRESH, "if_older_than": ""}, ["if_older_than"]),
    (
        "refresh",
        {**REFRESH, "file_system": "hmoe"},
        ["There is no file system hmoe whose snapshot", "Did you mean home"],
    ),
    ("refresh", {**REFRESH, "snapshot": "theirs"}, ["theirs is not a snapshot of file system home. Known: nightly, w"]),
    ("refresh", {**REFRESH, "snapshot": "nigthly"}, ["no snapshot nigthly of file system home. Did you mean nightly"]),
    ("refresh", {**REFRESH, "snapshot": "written"}, ["was shared with write access", "file_system_snapshot"]),
    (
        "refresh",
        {**REFRESH, "file_system": "away", "nas_server": "away", "snapshot": "of-away"},
        ["of-away is on NAS server away, the destination of a replication"],
    ),
]


@pytest.mark.parametrize("name", ACTIONS)
def test_refused_before_anything_is_written(run: Runner, emulator: Emulator, name: str) -> None:
    """Nothing is written, so all tasks of a module find the same file systems."""
    for options, words in [(options, words) for action, options, words in REFUSED if action == name]:
        results = [run(task_of(f"file_system_{name}"), check=check, **options) for check in (True, False)]
        for result in results:
            assert result.get("failed") and not result["changed"], (options, result)
            assert result["error"]["kind"] == "input", (options, result["msg"])
            assert [word for word in words if word not in result["msg"]] == [], (options, result["msg"])
        assert results[0]["msg"] == results[1]["msg"]
    assert written(emulator) == []


def test_a_clone_outlives_its_snapshot(run: Runner) -> None:
    """The snapshot that it was made of expires. The clone is left as it is."""
    options: Options = {**HOME, "name": "new", "snapshot": "short"}
    assert run(task_of("file_system_snapshot"), **HOME, name="short")["changed"]
    assert run(task_of("file_system_clone"), **options)["changed"]
    assert run(task_of("file_system_snapshot"), **HOME, name="short", state="absent")["changed"]
    again = run(task_of("file_system_clone"), **options)
    assert not again["changed"] and not again.get("failed"), again


def test_a_clone_of_locked_files_takes_a_word(run: Runner) -> None:
    result = run(task_of("file_system_clone"), **{**SNAPSHOT, "file_system": "records"}, accept_compliance=True)
    assert result["changed"] and not result.get("failed"), result


def test_an_expiration_ends(run: Runner) -> None:
    task = task_of("file_system_snapshot")
    assert run(task, **ACTIONS["snapshot"])["changed"]
    for changed in (True, False):
        result = run(task, **{**SNAPSHOT, "expiration_timestamp": ""})
        assert result["changed"] is changed and result["resource"]["expiration_timestamp"] is None, result


def test_every_run_refreshes_unless_the_data_are_new(run: Runner, emulator: Emulator) -> None:
    for _dummy in range(2):
        assert run(task_of("file_system_refresh"), **{**REFRESH, "if_older_than": None})["changed"]
    assert len(written(emulator)) == 2
    by_id = emulator.change("file_system", name="test", set={"description": ""})["id"]
    assert run(task_of("file_system_refresh"), file_system=by_id, snapshot="kept")["changed"]


@pytest.fixture(name="newer")
def a_newer_array() -> t.Iterator[Emulator]:
    """An array whose release knows secure snapshots of file systems."""
    with Emulator("powerstore", speed=20, arguments=("--api-version", "4.1")) as emulator:
        emulator.change("nas_server", create={"name": "nas1"})
        size = {"size_total": 3 * GIB, "filesystem_type": "Primary"}
        emulator.change("file_system", create={"name": "home", "nas_server_id": "name:nas1", **size})
        yield emulator


def test_a_secure_snapshot_stays_as_it_is(newer: Emulator) -> None:
    run, held = Runner(newer), {**HOME, "name": "held"}
    task = task_of("file_system_snapshot")
    assert run(task, **held, is_secure=True, expiration_timestamp=LATER)["changed"]
    sent = len(written(newer))
    tries: list[tuple[str, Options, str]] = [
        ("snapshot", {**held, "state": "absent"}, "Snapshot held of file system home is secure, so nobody can delete"),
        ("snapshot", {**held, "expiration_timestamp": "2089-01-01T00:00:00Z"}, "It cannot expire earlier"),
        ("snapshot", {**held, "expiration_timestamp": ""}, "It cannot expire earlier"),
        ("snapshot", {**held, "is_secure": False}, "is secure, which cannot be undone"),
        ("refresh", {**HOME, "snapshot": "held"}, "is secure, so its data never change"),
    ]
    for name, options, words in tries:
        result = run(task_of(f"file_system_{name}"), **options)
        assert result.get("failed") and words in result["msg"], (options, result)
    assert len(written(newer)) == sent
    assert run(task, **held, expiration_timestamp="2091-01-01T00:00:00Z")["changed"]
