# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What another array decides about a volume or a volume group, a task refuses, and names that array."""

from __future__ import annotations

import typing as t

import pytest

from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner
from tests.faults.powerstore.test_refused_alike import task_of, written

Options = t.Dict[str, t.Any]
GIB = 1024**3
METRO = "Metro_Active_Active"
REMOTE: Options = {"remote_system": "remote1"}


@pytest.fixture(autouse=True)
def copies(emulator: Emulator) -> None:
    """One group and one volume for each situation: replicated, left over, stretched, paused, the other side."""
    remote = emulator.change("remote_system", name="remote1", set={"description": "second site"})["id"]
    for kind in ("volume_group", "volume"):
        for name, role, state in (
            ("replica", "Destination", "OK"),
            ("left", "", ""),
            ("running", "Metro_Preferred", "OK"),
            ("paused", "Metro_Preferred", "Paused"),
            ("far", "Metro_Non_Preferred", "Paused"),
        ):
            marked = not role.startswith("Metro")
            plain: Options = {"size": GIB} if kind == "volume" else {"volume_ids": []}
            made = emulator.change(kind, create={"name": name, "is_replication_destination": marked, **plain})
            data = {"parent_id": made["id"], "source_id": made["id"], "family_id": made["id"]}
            for copy, copied in (("own", "Snapshot"), ("clone", "Clone")):
                emulator.change(
                    kind, create={"name": f"{copy}-{name}", "type": copied, "protection_data": data, **plain}
                )
            if not role:
                continue
            session = emulator.change(
                "replication_session",
                create={
                    "local_resource_id": made["id"],
                    "resource_type": kind,
                    "role": role,
                    "state": state,
                    "type": "Asynchronous" if marked else METRO,
                    "remote_system_id": remote,
                    "local_resource_state": "System_Defined",
                },
            )
            if not marked:
                emulator.change(kind, name=name, set={"metro_replication_session_id": session["id"]})
    stretched(emulator, remote)


def stretched(emulator: Emulator, remote: str) -> None:
    """A group under metro with its only member."""
    member = emulator.change("volume", create={"name": "member", "size": GIB})["id"]
    group = emulator.change("volume_group", create={"name": "stretched", "volume_ids": [member]})["id"]
    session = emulator.change(
        "replication_session",
        create={
            "local_resource_id": group,
            "resource_type": "volume_group",
            "role": "Metro_Preferred",
            "state": "OK",
            "type": METRO,
            "remote_system_id": remote,
            "local_resource_state": "System_Defined",
        },
    )["id"]
    for kind, key in (("volume", member), ("volume_group", group)):
        emulator.change(kind, id=key, set={"metro_replication_session_id": session})


def overwrite(name: str, **source: str) -> Options:
    return {"volume_group": name, "backup": False, **source}


def on_volume(name: str, **source: str) -> Options:
    return {"volume": name, "backup": False, **source}


REFUSED: list[tuple[str, Options, list[str]]] = [
    ("volume_group", {"name": "replica", "description": "x"}, ["destination of a replication from remote1", "against"]),
    ("volume_group", {"name": "replica", "volumes": ["web01"]}, ["destination of a replication from remote1"]),
    ("volume_group", {"name": "replica", "is_replication_destination": False}, ["a replication from remote1"]),
    ("volume_group", {"name": "replica", "state": "absent"}, ["remove the protection policy from its source on remo"]),
    (
        "volume_group",
        {"name": "left", "description": "x"},
        ["that has ended", "also give is_replication_destination: "],
    ),
    ("volume_group", {"name": "running", "description": "x"}, ["stretched to remote1", "paused, but", "in state OK"]),
    (
        "volume_group_snapshot",
        {"name": "new", "volume_group": "replica"},
        ["a replication from remote1, so this array does not take snapshots of it", "Run the task against remote1"],
    ),
    ("volume_group_clone", {"name": "new", "volume_group": "replica"}, ["from remote1", "does not clone it"]),
    (
        "volume_group_restore",
        overwrite("left", snapshot="own-left"),
        ["first run volume_group with is_replication_des"],
    ),
    ("volume_group_restore", overwrite("replica", snapshot="own-replica"), ["from remote1", "does not restore it"]),
    ("volume_group_refresh", overwrite("replica", source="clone-replica"), ["from remote1", "does not refresh it"]),
    (
        "volume_group_restore",
        overwrite("running", snapshot="own-running"),
        ["To restore it, its replication session must"],
    ),
    ("volume_group_refresh", overwrite("far", source="clone-far"), ["other side of metro with remote1", "data comes"]),
    ("volume_group_metro", {"volume_group": "replica", **REMOTE}, ["from remote1", "does not stretch it"]),
    ("volume_group_metro", {"volume_group": "far", "state": "absent"}, ["Run the task against remote1", "force: true"]),
    (
        "volume_snapshot",
        {"name": "new", "volume": "replica"},
        ["Volume replica is the destination of a replication from remote1, so this array does not take snapshots"],
    ),
    ("volume_clone", {"name": "new", "volume": "replica"}, ["from remote1", "does not clone it"]),
    ("volume_restore", on_volume("left", snapshot="own-left"), ["first run volume with is_replication_destination: "]),
    ("volume_restore", on_volume("replica", snapshot="own-replica"), ["from remote1", "does not restore it"]),
    (
        "volume_restore",
        on_volume("running", snapshot="own-running"),
        ["To restore it, its replication session must be paused or fractured, but it is in state OK"],
    ),
    ("volume_restore", on_volume("far", snapshot="own-far"), ["other side of metro with remote1", "against remote1"]),
    ("volume_refresh", on_volume("replica", source="clone-replica"), ["from remote1", "does not refresh it"]),
    ("volume_refresh", on_volume("far", source="clone-far"), ["other side of metro with remote1", "its data comes"]),
    ("volume_metro", {"volume": "replica", **REMOTE}, ["from remote1", "does not stretch it"]),
    ("volume_metro", {"volume": "far", "state": "absent"}, ["Run the task against remote1", "force: true"]),
    ("volume_group", {"name": "running", "volumes": ["web01"]}, ["stretched to remote1", "Pause the session"]),
    ("volume_group", {"name": "running", "state": "absent"}, ["is stretched to remote1", "volume_group_metro and sta"]),
    ("volume_group", {"name": "far", "volumes": ["web01"]}, ["other side of metro with remote1", "its members"]),
    ("volume", {"name": "replica", "description": "x"}, ["destination of a replication from remote1", "against"]),
    ("volume", {"name": "replica", "mapped_hosts": [{"host": "linux01"}]}, ["a replication from remote1"]),
    ("volume", {"name": "replica", "volume_group": "app01"}, ["Volume replica is the destination of a replication"]),
    ("volume", {"name": "replica", "state": "absent"}, ["Remove the protection policy from its source on remote1"]),
    ("volume", {"name": "running", "size": "2GiB"}, ["stretched to remote1", "paused or fractured, but", "state OK"]),
    ("volume", {"name": "running", "protection_policy": "gold"}, ["paused, but", "Pause the session"]),
    ("volume", {"name": "far", "performance_policy": "low"}, ["its performance policy can be changed only there"]),
    (
        "volume",
        {"name": "web01", "volume_group": "replica"},
        ["group replica is the destination of a replication from"],
    ),
    (
        "volume",
        {"name": "web01", "volume_group": "stretched"},
        ["group stretched is stretched to remote1", "in state OK"],
    ),
    (
        "volume",
        {"name": "new", "size": "1GiB", "volume_group": "stretched"},
        ["Volume group stretched is stretched to"],
    ),
    ("volume", {"name": "member", "volume_group": ""}, ["Volume group stretched is stretched to remote1"]),
    ("volume_group", {"name": "far", "new_name": "near"}, ["its name can be changed only there", "against remote1"]),
]


@pytest.mark.parametrize("module", sorted({row[0] for row in REFUSED}))
def test_the_other_array_is_named(run: Runner, emulator: Emulator, module: str) -> None:
    """Nothing is written, so all tasks of a module find the same array."""
    for options, words in [(options, words) for name, options, words in REFUSED if name == module]:
        results = [run(task_of(module), check=check, **options) for check in (True, False)]
        for result in results:
            assert result.get("failed") and not result["changed"], (options, result)
            assert result["error"]["kind"] == "input", (options, result["msg"])
            assert [word for word in words if word not in result["msg"]] == [], (options, result["msg"])
        assert results[0]["msg"] == results[1]["msg"]
    assert written(emulator) == []


@pytest.mark.parametrize(
    "module, options",
    [
        ("volume_group", {"name": "paused", "description": "x", "volumes": ["web01"]}),
        ("volume_group", {"name": "far", "description": "x"}),
        ("volume_group", {"name": "left", "is_replication_destination": False, "description": "x"}),
        ("volume_group", {"name": "left", "state": "absent"}),
        ("volume", {"name": "paused", "description": "x", "size": "2GiB"}),
        ("volume", {"name": "running", "mapped_hosts": [{"host": "linux01"}]}),
        ("volume", {"name": "paused", "new_name": "later"}),
        ("volume_group_restore", overwrite("paused", snapshot="own-paused")),
        ("volume_snapshot", {"name": "new", "volume": "running"}),
        ("volume_clone", {"name": "new", "volume": "left"}),
        ("volume_group_clone", {"name": "new", "volume_group": "left"}),
        ("volume_refresh", on_volume("paused", source="clone-paused")),
        ("volume_metro", {"volume": "far", "state": "absent", "force": True}),
    ],
)
def test_what_the_array_permits(run: Runner, module: str, options: Options) -> None:
    result = run(task_of(module), **options)
    assert result["changed"] and not result.get("failed"), result


def test_a_release_without_metro_of_groups(run: Runner, emulator: Emulator) -> None:
    text = "The attribute metro_replication_session_id is not known."
    body = {"messages": [{"code": "0x1", "severity": "Error", "message_l10n": text, "arguments": []}]}
    emulator.fault("status", "GET", "volume_group", status=400, body=body, times=1)
    result = run(task_of("volume_group"), name="app01", state="present")
    assert not result["changed"] and not result.get("failed"), result
