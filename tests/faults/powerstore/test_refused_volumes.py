# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the array refuses of volumes, the task refuses first: in check mode and in a run, with all mistakes at once."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.modules import volume
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner

Options = t.Dict[str, t.Any]
GIB = 1024**3


def new(**options: t.Any) -> Options:
    return {"name": "new", "size": "1GiB", **options}


def absent(name: str, **options: t.Any) -> Options:
    return {"name": name, "state": "absent", **options}


REFUSED: list[tuple[Options, list[str]]] = [
    # Deletions. Everything in the way is named at once.
    (
        absent("busy"),
        [
            "Volume busy is mapped to esx-cluster, linux01.",
            "with mapped_hosts: [] and mapped_host_groups: [], or name them with allow_detach: true.",
            "Volume busy is in volume group app01.",
            "Volume busy has protection policy gold.",
            'protection_policy: ""',
        ],
    ),
    (absent("web04"), ["web04 is mapped to linux01. Unmap it first, in a task of its own with mapped_hosts: [], or"]),
    ({**absent("web04"), "mapped_hosts": []}, ["Unmap it first, in a task of its own", "Nothing was written"]),
    (absent("held"), ["held has secure snapshots", "before they expire: locked", "immediate: false moves the volume"]),
    (absent("source"), ["source has snapshots that are mapped: seen"]),
    (absent("app01-data"), ["is in volume group app01", "(in app01-nightly)", "Delete the snapshot sets first"]),
    (absent("stretched"), ["stretched is a metro volume. End metro first, with volume_metro and state: absent."]),
    (absent("moving"), ["moving is being migrated to another appliance"]),
    (
        absent("copy"),
        ["copy is the destination of a replication from another array. Remove the protection policy from its"],
    ),
    # Changes.
    (
        {"name": "copy", "description": "x"},
        ["Volume copy is the destination of a replication", "this array does not change it"],
    ),
    ({"name": "copy", "mapped_hosts": [{"host": "linux01"}]}, ["Volume copy is the destination of a replication"]),
    ({"name": "web01", "size": "1GiB", "app_type_other": "x"}, ["can only grow", "ends in Other, not none"]),
    ({"name": "web01", "is_replication_destination": True}, ["can only be set to false"]),
    ({"name": "web01", "new_name": "WEB02"}, ["another volume has this name"]),
    (
        {"name": "web01", "appliance": "A2"},
        ["can be set only when it is created: appliance is 'emulated-appliance-1', asked for 'second'"],
    ),
    (new(app_type="Healthcare_Epic", app_type_other="x"), ["ends in Other, not Healthcare_Epic"]),
    (new(size="1MiB", min_size="1000000"), ["min_size must be a multiple of 8192 bytes"]),
    (new(size=9000, min_size="2"), ["size must be a multiple", "min_size must be a multiple"]),
    (new(immediate=True), ["immediate: true has an effect only with state: absent"]),
    # Mappings.
    (
        new(mapped_hosts=[{"host": "esx01"}, {"host": "esx02"}, {"host": "own"}]),
        ["hosts esx01, esx02 are in host group esx-cluster", "mapped_host_groups instead", "own is part of the array"],
    ),
    (
        new(
            mapped_hosts=[{"host": "linux01", "logical_unit_number": 5}],
            mapped_host_groups=[{"host_group": "esx-cluster", "logical_unit_number": 6}],
        ),
        [
            "mapped_hosts: volume web04 has logical_unit_number 5 on host linux01",
            "mapped_host_groups: volume busy has logical_unit_number 6 on host group esx-cluster",
            "so that the array chooses one",
        ],
    ),
    (
        {
            "name": "busy",
            "mapped_hosts": [{"host": "linux01", "logical_unit_number": 5}],
            "mapped_hosts_mode": "add",
            "allow_detach": True,
        },
        ["volume web04 has logical_unit_number 5 on host linux01"],
    ),
    (
        {"name": "busy", "mapped_hosts": [{"host": "linux01", "logical_unit_number": 8}], "mapped_hosts_mode": "add"},
        ["host linux01: logical_unit_number is 7, asked for 8", "allow_detach: true accepts that"],
    ),
    (
        new(mapped_hosts=[{"host": "linux1"}], mapped_host_groups=[{"host_group": "esx"}], protection_policy="golden"),
        ["no host linux1. Did you mean linux01", "no host group esx", "no protection policy golden"],
    ),
    (
        new(mapped_hosts=[{"host": "linux01", "logical_unit_number": 16384}, {"host": "LINUX01"}]),
        ["logical_unit_number must be at least 0 and at most 16383, not 16384", "LINUX01 is listed twice"],
    ),
]


@pytest.fixture(autouse=True)
def things_in_the_way(emulator: Emulator) -> None:
    """Volumes that cannot be deleted or changed, each for its own reason, and mappings."""
    emulator.change("appliance", create={"id": "A2", "name": "second"})
    emulator.change("host", create={"name": "own", "os_type": "ESXi", "type": "Internal", "host_initiators": []})
    made: dict[str, str] = {}
    named: list[tuple[str, Options]] = [
        ("busy", {"protection_policy_id": "name:gold"}),
        ("held", {}),
        ("source", {}),
        ("stretched", {"metro_replication_session_id": "m1"}),
        ("moving", {"migration_session_id": "m2"}),
        ("copy", {"is_replication_destination": True}),
    ]
    for name, more in named:
        made[name] = emulator.change("volume", create={"name": name, "size": GIB, **more})["id"]
    emulator.change(
        "volume_group", name="app01", set={"volume_ids": ["name:app01-data", "name:app01-log", "name:busy"]}
    )
    snapshots: list[tuple[str, str, Options]] = [
        ("locked", "held", {"is_secure": True, "expiration_timestamp": "2090-01-01T00:00:00Z"}),
        ("seen", "source", {}),
    ]
    for name, parent, more in snapshots:
        data = {"parent_id": made[parent], "source_id": made[parent], "family_id": made[parent], **more}
        emulator.change("volume", create={"name": name, "size": GIB, "type": "Snapshot", "protection_data": data})
    session = {"local_resource_id": made["copy"], "role": "Destination", "resource_type": "volume", "state": "OK"}
    emulator.change("replication_session", create=session)
    for name, side, lun in (
        ("busy", {"host_id": "name:linux01"}, 7),
        ("busy", {"host_group_id": "name:esx-cluster"}, 6),
        ("web04", {"host_id": "name:linux01"}, 5),
        ("seen", {"host_id": "name:linux01"}, 4),
    ):
        emulator.change("host_volume_mapping", create={"volume_id": f"name:{name}", "logical_unit_number": lun, **side})


def written(emulator: Emulator) -> list[str]:
    requests = emulator.requests()["requests"]
    return [one["path"] for one in requests if one["method"] != "GET" and not one["path"].endswith("/logout")]


@pytest.mark.parametrize("options, words", REFUSED, ids=[str(number) for number in range(len(REFUSED))])
def test_refused_before_anything_is_written(
    run: Runner, emulator: Emulator, options: Options, words: list[str]
) -> None:
    results = [run(volume.TASK, check=check, **options) for check in (True, False)]
    for result in results:
        assert result["failed"] and not result["changed"], result
        assert result["error"]["kind"] == "input", result["msg"]
        assert [word for word in words if word not in result["msg"]] == [], result["msg"]
    assert results[0]["msg"] == results[1]["msg"]
    assert written(emulator) == []


def test_secure_snapshots_go_to_the_recycle_bin(run: Runner, emulator: Emulator) -> None:
    result = run(volume.TASK, **absent("held", immediate=False))
    assert result["changed"] and not result.get("failed"), result
    assert result["plan"] == ["delete volume held with its snapshot (locked), immediate=false"]
    assert result["diff"]["before"]["snapshots"] == ["locked"]


def test_the_mark_of_a_destination_whose_session_is_gone_forbids_no_deletion(run: Runner, emulator: Emulator) -> None:
    emulator.change("volume", create={"name": "left", "size": GIB, "is_replication_destination": True})
    assert run(volume.TASK, **absent("left"))["changed"]


def test_what_makes_no_difference_is_not_sent(run: Runner, emulator: Emulator) -> None:
    """Not an equal size in another unit, nor what cannot be read, nor a node that the array has selected."""
    options: Options = {
        "size": "51200 MiB",
        "sector_size": 4096,
        "min_size": "1MiB",
        "node_affinity": "System_Select_At_Attach",
    }
    emulator.change("volume", name="web01", set={"node_affinity": "System_Selected_Node_B"})
    result = run(volume.TASK, name="WEB01", **options)
    assert not result["changed"] and not result.get("failed"), result
    assert written(emulator) == []
    assert {"wwn", "nguid", "nsid"} <= result["resource"].keys()


def test_a_lun_changes_with_consent(run: Runner, emulator: Emulator) -> None:
    options: Options = {"mapped_hosts": [{"host": "linux01", "logical_unit_number": 8}], "mapped_hosts_mode": "add"}
    result = run(volume.TASK, name="busy", allow_detach=True, **options)
    assert result["plan"] == ["detach host linux01 from volume busy", "attach host linux01 to volume busy"]
    luns = {
        row["host"] and row["host"]["name"]: row["logical_unit_number"] for row in result["resource"]["mapped_volumes"]
    }
    assert luns == {"linux01": 8, None: 6}
    again = run(volume.TASK, name="busy", **options)
    assert not again["changed"] and not again.get("failed"), again


def test_a_volume_is_deleted_with_what_the_task_names_only(run: Runner, emulator: Emulator) -> None:
    """With consent, mappings and a policy go first. What the task does not name stands in the way as ever."""
    run(volume.TASK, name="web04", protection_policy="gold")
    before = len(written(emulator))
    sees = [{"host": "LINUX01"}]
    refused = run(volume.TASK, **absent("web04", mapped_hosts=sees, allow_detach=True))
    assert "web04 has protection policy gold" in refused["msg"] and "mapped" not in refused["msg"]
    options: Options = {"mapped_hosts": [{"host": "linux02"}], "mapped_host_groups": [{"host_group": "linux01"}]}
    refused = run(volume.TASK, **absent("web04", protection_policy="Gold", allow_detach=True, **options))
    assert "web04 is mapped to linux01" in refused["msg"] and "policy gold" not in refused["msg"]
    assert "or name them with allow_detach: true" in refused["msg"]
    assert len(written(emulator)) == before
    done = run(volume.TASK, **absent("web04", mapped_hosts=sees, protection_policy="Gold", allow_detach=True))
    assert done["plan"] == [
        "change protection_policy of volume web04",
        "detach host linux01 from volume web04",
        "delete volume web04",
    ]
    assert not done.get("failed") and not done.get("warnings"), done
    assert not run(volume.TASK, **absent("web04", mapped_hosts=sees, allow_detach=True))["changed"]
