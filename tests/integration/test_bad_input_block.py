# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What people get wrong with block storage, and each message as they see it: in check mode and in a run alike."""

from __future__ import annotations

import typing as t

import pytest

from jobwise_emulator.process import Emulator

from .conftest import Player, writes

Options = t.Dict[str, t.Any]
GIB = 1024**3
WWN = "10:00:00:90:fa:13:81:8c"


def mapped(host: str, lun: int | None = None, **more: t.Any) -> Options:
    """Return options that map web02 to a host."""
    return {"name": "web02", "mapped_hosts": [{"host": host, "logical_unit_number": lun}], **more}


def new_host(*ports: tuple[str, str]) -> Options:
    """Return the options of a new host with these ports, each with its protocol."""
    initiators = [{"port_name": name, "port_type": protocol} for name, protocol in ports]
    return {"name": "new", "os_type": "Linux", "initiators": initiators}


BAD: list[tuple[str, Options, str]] = [
    # Sizes
    (
        "volume",
        {"name": "web01", "size": "10GiB"},
        "Volume web01: size is 50 GiB and can only grow, asked for 10 GiB.",
    ),
    (
        "volume",
        {"name": "new", "size": "10737418241"},
        "size must be a multiple of 8192 bytes, not 10737418241 bytes. The next larger one is 10485768 KiB.",
    ),
    # LUNs
    (
        "volume",
        mapped("linux01", 5),
        "mapped_hosts: volume web01 has logical_unit_number 5 on host linux01. Give another one, or leave it out so "
        "that the array chooses one. Nothing was written.",
    ),
    (
        "volume",
        mapped("linux01", 16384),
        "mapped_hosts of linux01: logical_unit_number must be at least 0 and at most 16383, not 16384.",
    ),
    # Hosts and their initiators
    (
        "host",
        new_host(("10000090FA13818C", "FC")),
        f"initiators: {WWN} (host fibre) belongs to another host. Check the spelling, or remove it from there first. "
        "Nothing was written.",
    ),
    (
        "host",
        new_host(("iqn.1994-05.com.redhat:one", "iSCSI"), ("10000090fa138180", "FC")),
        "initiators: a host uses one protocol, not iSCSI and FC.",
    ),
    (
        "host",
        {"name": "linux01", "initiators": [{"port_name": "10000090fa138180", "port_type": "FC"}]},
        "Host linux01 uses iSCSI, and its new initiators FC. A host uses one protocol. Remove its present initiators "
        "in a task before this one, or add another host. Nothing was written.",
    ),
    (
        "volume",
        {**mapped("esx01"), "mapped_host_groups": [{"host_group": "esx-cluster"}]},
        "mapped_hosts: host esx01 is in host group esx-cluster, so the volume can be mapped only to the group. Give "
        "the group in mapped_host_groups instead. Nothing was written.",
    ),
    (
        "host_group",
        {"name": "new", "hosts": ["esx01"]},
        "hosts: esx01 (in esx-cluster) is in another host group. A host can be in one group only. Remove it from there "
        "first. Nothing was written.",
    ),
    (
        "host_group",
        {"name": "esx-cluster", "hosts": ["linux01"], "hosts_mode": "add"},
        "hosts: linux01 (mapped to 1 volume (web01)) has volumes of its own. The hosts of a group have the volumes of "
        "the group only. Unmap the volumes first, and map them to the group. Nothing was written.",
    ),
    # What is in use
    (
        "volume",
        {"name": "web01", "state": "absent"},
        "Volume web01 is mapped to linux01. Unmap it first, in a task of its own with mapped_hosts: [], or name them "
        "with allow_detach: true. Nothing was written.",
    ),
    (
        "host",
        {"name": "linux01", "state": "absent"},
        "Host linux01 is mapped to 1 volume (web01). Remove the host from mapped_hosts of the volume first. Nothing "
        "was written.",
    ),
    (
        "snapshot_rule",
        {"name": "hourly", "state": "absent"},
        "Snapshot rule hourly cannot be deleted: policy gold is assigned to volume group app01. First remove the "
        "policy from these resources, or the rule from the policy. Nothing was written.",
    ),
    (
        "protection_policy",
        {"name": "gold", "state": "absent"},
        "Protection policy gold cannot be deleted: it is assigned to volume group app01. First remove it from these "
        "resources. Nothing was written.",
    ),
    # Policies and rules
    (
        "qos_policy",
        {"name": "new", "io_limit_rule": ["bronze-limit", "other-limit"]},
        "io_limit_rule takes a single text, not a list.",
    ),
    (
        "snapshot_rule",
        {"name": "new", "interval": "One_Hour", "time_of_day": "03:30", "desired_retention": 24},
        "Give only one of interval and time_of_day.",
    ),
    (
        "io_limit_rule",
        {"name": "new", "type": "Absolute"},
        "I/O limit rule new does not exist; give max_iops or max_bw.",
    ),
    # Snapshots
    (
        "volume_snapshot",
        {"volume": "web01", "name": "new", "is_secure": True},
        "Snapshot new of volume web01 can only be secure if it expires. Give expiration_timestamp, too.",
    ),
    (
        "volume_snapshot",
        {"volume": "web03", "name": "held", "expiration_timestamp": "2080-01-01T00:00:00Z"},
        "Snapshot held of volume web03 is secure and expires at 2090-01-01T00:00:00Z. It cannot expire earlier. Give a "
        "later expiration_timestamp, or leave it out.",
    ),
    (
        "volume_group_snapshot",
        {"volume_group": "app01", "name": "new", "is_secure": True},
        "Snapshot set new can only be secure if it expires. Give expiration_timestamp, too.",
    ),
    (
        "volume_group_snapshot",
        {"volume_group": "app01", "name": "kept", "expiration_timestamp": "2080-01-01T00:00:00Z"},
        "Snapshot set kept is secure and expires at 2090-01-01T00:00:00Z. It cannot expire earlier. Give a later "
        "expiration_timestamp, or leave it out.",
    ),
]


def secure(emulator: Emulator, type_: str, name: str, of: str) -> None:
    """Add a secure snapshot that lasts until 2090."""
    parent = emulator.change(type_, name=of, set={"description": "has a secure snapshot"})["id"]
    data = {"parent_id": parent, "source_id": parent, "family_id": parent, "is_secure": True}
    data["expiration_timestamp"] = "2090-01-01T00:00:00Z"
    size = {"size": GIB} if type_ == "volume" else {}
    emulator.change(type_, create={"name": name, "type": "Snapshot", "protection_data": data, **size})


@pytest.fixture
def in_the_way(emulator: Emulator) -> None:
    """A mapping with a LUN, a host with a port, and secure snapshots."""
    place = {"volume_id": "name:web01", "host_id": "name:linux01", "logical_unit_number": 5}
    emulator.change("host_volume_mapping", create=place)
    port = {"port_name": WWN, "port_type": "FC"}
    emulator.change("host", create={"name": "fibre", "os_type": "Linux", "host_initiators": [port]})
    secure(emulator, "volume", "held", "web03")
    secure(emulator, "volume_group", "kept", "app01")


def test_each_message_is_the_one_of_check_mode(newest: Player, in_the_way: None) -> None:
    """At last, a new host with a WWN in other notations, of which the array takes one: these are no mistakes."""
    wrong = [
        {"name": f"{number} {mode}", f"jobwise.appliance.{module}": options, "check_mode": mode == "check"}
        for number, (module, options, *dummy) in enumerate(BAD)
        for mode in ("check", "run")
    ]
    wwns = ["10000090fa138199", "10:00:00:90:FA:13:81:99", "10-00-00-90-fa-13-81-99", "0x10000090fa138199"]
    right = [{"name": wwn, "jobwise.appliance.host": new_host((wwn, "FC"))} for wwn in wwns]
    run = newest.play([*({**task, "ignore_errors": True} for task in wrong), *right])
    assert run.returncode == 0, run.output
    found = [run.result(f"{number} check")["msg"] for number in range(len(BAD))]
    assert found == [message for *dummy, message in BAD]
    assert [run.result(f"{number} run")["msg"] for number in range(len(BAD))] == found
    assert {run.result(str(task["name"]))["error"]["kind"] for task in wrong} == {"input"}
    assert [run.result(wwn)["changed"] for wwn in wwns] == [True, False, False, False]
    (row,) = run.result(wwns[0])["resource"]["host_initiators"]
    assert row["port_name"] == "10:00:00:90:fa:13:81:99"
    assert [one["path"].rpartition("/")[-1] for one in writes(newest.emulator)] == ["host"]
