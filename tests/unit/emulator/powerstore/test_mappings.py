# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of mappings: a volume attached to hosts and host groups, from whichever side."""

from __future__ import annotations

from typing import Any

import pytest

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.resources import volume_hosts
from tests.unit.emulator.powerstore.array import Array

WEB, HOST, CLUSTER = "volume/name:web01", "host/name:linux01", "host_group/name:esx-cluster"
MIB = 1024**2


def luns(array: Array, side: str) -> dict[str, int]:
    """Name of the volume and LUN of every mapping of a host or host group."""
    relation = "mapped_hosts" if side.startswith("host/") else "mapped_host_groups"
    found = array.get(side, select=f"{relation}(logical_unit_number,volume(name))")[relation]
    return {one["volume"]["name"]: one["logical_unit_number"] for one in found}


def mapped(array: Array) -> Array:
    """The array with web01 at LUN 5 of the host and of the host group."""
    array.do("POST", f"{WEB}/attach", {"host_id": "name:linux01", "logical_unit_number": 5})
    array.do("POST", f"{WEB}/attach", {"host_group_id": "name:esx-cluster", "logical_unit_number": 5})
    return array


@pytest.mark.parametrize(
    ("path", "body", "refusal"),
    [
        (f"{WEB}/attach", {"host_id": "a", "host_group_id": "b"}, (500, "0xE0A080010052")),
        (f"{WEB}/detach", {"host_id": "a", "host_group_id": "b"}, (400, "0xE0A080010020")),
        (f"{WEB}/attach", {}, (400, "0xE0A080010021")),
        (f"{WEB}/detach", {}, (400, "0xE0A080010021")),
        (f"{WEB}/attach", {"host_id": "nobody"}, (404, "0xE0A010010003")),
        (f"{WEB}/attach", {"host_id": "name:linux01"}, (422, "0xE0A080010022")),
        (f"{HOST}/attach", {"volume_id": "name:web01"}, (422, "0xE0A080010022")),
        (f"{CLUSTER}/attach", {"volume_id": "name:web01"}, (422, "0xE0A080010022")),
        ("volume/name:web02/attach", {"host_id": "name:linux01", "logical_unit_number": 5}, (422, "0xE0A080010024")),
        (f"{HOST}/attach", {"volume_id": "name:web02", "logical_unit_number": 5}, (422, "0xE0A080010024")),
        (f"{CLUSTER}/attach", {"volume_id": "name:web02", "logical_unit_number": 5}, (422, "0xE0A080010024")),
        (f"{HOST}/attach", {"volume_id": "name:web02", "logical_unit_number": 16384}, (400, "0xE04040030001")),
        (f"{HOST}/attach", {"volume_id": "name:web02", "logical_unit_number": "6"}, (400, "0xE04040030001")),
        (f"{HOST}/attach", {"volume_id": "nothing"}, (404, "0xE0A07001000C")),
        ("volume/name:web02/attach", {"host_id": "name:esx01"}, (422, "0xE0A080010023")),
        ("host/name:esx01/attach", {"volume_id": "name:web02"}, (422, "0xE0A080010023")),
        ("volume/name:web02/detach", {"host_id": "name:linux01"}, (422, "0xE0A08001000F")),
        (f"{HOST}/detach", {"volume_id": "name:web02"}, (400, "0xE0A01001001E")),
        (f"{CLUSTER}/detach", {"volume_id": "name:web02"}, (400, "0xE0A03001001E")),
    ],
)
def test_a_mapping_is_refused(array: Array, path: str, body: Json, refusal: tuple[int, str]) -> None:
    assert mapped(array).code("POST", path, body) == refusal


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({"host_id": "name:linux01", "logical_unit_number": 5}, (422, "0xE0A080010024")),
        ({"host_id": "name:esx01"}, (422, "0xE0A080010023")),
        ({"host_id": "a", "host_group_id": "b"}, (400, "0xE0A080010020")),
    ],
)
@pytest.mark.parametrize("path", ["volume", f"{WEB}/clone"])
def test_a_new_volume_is_mapped_by_the_same_rules(array: Array, path: str, body: Json, refusal: Any) -> None:
    size = {"size": MIB} if path == "volume" else {}
    assert mapped(array).code("POST", path, {"name": "new", **size, **body}) == refusal


def test_a_lun_is_chosen_for_each_host_and_each_group(array: Array) -> None:
    """Everybody's first LUN is 1; one that is taken there is left out, one that is taken elsewhere is not."""
    for name in ("web01", "web02"):
        array.do("POST", f"{HOST}/attach", {"volume_id": f"name:{name}"})
        array.do("POST", f"volume/name:{name}/attach", {"host_group_id": "name:esx-cluster"})
    array.do("POST", f"{HOST}/attach", {"volume_id": "name:web03", "logical_unit_number": 0})
    assert luns(array, HOST) == {"web01": 1, "web02": 2, "web03": 0}
    assert luns(array, CLUSTER) == {"web01": 1, "web02": 2}
    array.do("POST", f"{HOST}/detach", {"volume_id": "name:web01"})
    array.do("POST", "volume", {"name": "new", "size": MIB, "host_id": "name:linux01"})
    assert luns(array, HOST) == {"new": 1, "web02": 2, "web03": 0}


def test_all_luns_taken(array: Array, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(volume_hosts, "LUNS", range(1, 3))
    for name in ("web01", "web02"):
        array.do("POST", f"{HOST}/attach", {"volume_id": f"name:{name}"})
    assert array.code("POST", f"{HOST}/attach", {"volume_id": "name:web03"}) == (422, "0xE0A080010025")


def test_a_lun_without_a_host_is_ignored(array: Array) -> None:
    array.do("POST", "volume", {"name": "new", "size": MIB, "logical_unit_number": 5})
    assert array.get("host_volume_mapping") == []


def test_a_mapping_is_one_row_and_gone_after_the_detach(array: Array) -> None:
    """One for a group, however many hosts it has, and either side may take it away."""
    mapped(array)
    rows = array.get("host_volume_mapping", select="host(name),host_group(name),volume(name)")
    assert rows == [
        {"host": {"name": "linux01"}, "host_group": None, "volume": {"name": "web01"}},
        {"host": None, "host_group": {"name": "esx-cluster"}, "volume": {"name": "web01"}},
    ]
    array.do("POST", f"{HOST}/detach", {"volume_id": "name:web01"})
    array.do("POST", f"{WEB}/detach", {"host_group_id": "name:esx-cluster"})
    assert array.get("host_volume_mapping") == []


def test_the_first_mapping_selects_the_node(array: Array) -> None:
    """It stays after the last one; a node that a user prefers stays, too."""
    array.do("PATCH", "volume/name:web02", {"node_affinity": "Preferred_Node_B"})
    for name in ("web01", "web02"):
        array.do("POST", f"{HOST}/attach", {"volume_id": f"name:{name}"})
        array.do("POST", f"{HOST}/detach", {"volume_id": f"name:{name}"})
    shown = [array.get(f"volume/name:{name}", select="node_affinity")["node_affinity"] for name in ("web01", "web02")]
    assert shown == ["System_Selected_Node_A", "Preferred_Node_B"]


def test_snapshots_are_mapped_like_volumes(array: Array) -> None:
    key = array.do("POST", f"{WEB}/snapshot", {"name": "s1"})["id"]
    array.do("POST", f"{HOST}/attach", {"volume_id": key})
    assert luns(array, HOST) == {"s1": 1}


def test_what_disappears_takes_its_mappings_along(array: Array) -> None:
    """Somebody else's change asks no rule, but it leaves no row that leads nowhere."""
    mapped(array)
    array.platform.change({"type": "host", "name": "linux01", "delete": True})
    assert len(array.get("host_volume_mapping")) == 1
    array.platform.change({"type": "volume", "name": "web01", "delete": True})
    assert array.get("host_volume_mapping") == []
