# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of hosts and their initiators."""

from __future__ import annotations

import pytest

from jobwise_emulator.exchange import Json
from tests.unit.emulator.powerstore.array import Array

LINUX = "host/name:linux01"
IQN = "iqn.2026-01.com.example:linux01"
WWN = "21:00:00:24:FF:00:00:01"
SECRET = "Secret123456"


def iscsi(name: str = "iqn.new", **values: str) -> Json:
    return {"port_name": name, "port_type": "iSCSI", **values}


def fc(name: str = WWN, **values: str) -> Json:
    return {"port_name": name, "port_type": "FC", **values}


def nvme(name: str = "nqn.new", kind: str = "NVMe", **values: str) -> Json:
    return {"port_name": name, "port_type": kind, **values}


def chap(array: Array, mode: str) -> None:
    array.do("PATCH", "chap_config/0", {"mode": mode})


def ports(array: Array, path: str = LINUX) -> list[Json]:
    """The initiators of a host, which must be the same in all three places that show them."""
    found = array.get(path, select="id,host_initiators,initiators(port_name,port_type)")
    shown = "port_name,port_type,chap_single_username,chap_mutual_username"
    rows: list[Json] = array.get("initiator", host_id=f"eq.{found['id']}", select=shown)
    short = [{name: row[name] for name in ("port_name", "port_type")} for row in rows]
    assert found["initiators"] == short
    assert [one["port_name"] for one in found["host_initiators"]] == [one["port_name"] for one in short]
    return rows


@pytest.mark.parametrize(
    ("initiators", "refusal"),
    [
        ([fc("2100002400000001")], (400, "0xE0A01001002F")),
        ([fc("21-00-00-24-ff-00-00-01")], (400, "0xE0A01001002F")),
        ([iscsi("nqn.new")], (400, "0xE0A01001002F")),
        ([iscsi("linux")], (400, "0xE0A01001002F")),
        ([nvme("iqn.new")], (400, "0xE0A01001002F")),
        ([nvme("iqn.new", "NVMe_vVol")], (400, "0xE0A01001002F")),
        ([fc(), iscsi()], (422, "0xE0A010010023")),
        ([fc(), nvme()], (422, "0xE0A010010023")),
        ([fc(), fc(WWN.lower())], (400, "0xE0A01001000C")),
        ([iscsi(IQN)], (400, "0xE0A01001002D")),
        ([fc(chap_single_username="u")], (400, "0xE0A010010030")),
        ([nvme(chap_single_username="u")], (400, "0xE0A010010030")),
        ([iscsi(chap_single_password=SECRET)], (400, "0xE0A010010031")),
        ([iscsi(chap_single_username="u", chap_mutual_password=SECRET)], (400, "0xE0A010010031")),
        ([iscsi(chap_mutual_username="u")], (400, "0xE0A010010032")),
        ([iscsi(chap_single_username="u", chap_single_password="Secret 12345")], (400, "0xE0A010010033")),
        ([iscsi(chap_single_username="u", chap_single_password="Secret-12345")], (400, "0xE0A010010033")),
        ([iscsi(chap_single_username="u", chap_single_password="short")], (400, "0xE04040030001")),
        ([iscsi(chap_single_username="")], (400, "0xE04040030001")),
        ([iscsi(chap_single_username="u\t")], (400, "0xE0A020010001")),
    ],
)
def test_initiators_are_refused(array: Array, initiators: list[Json], refusal: tuple[int, str]) -> None:
    """The same for a new host and for one that has none yet."""
    assert array.code("POST", "host", {"name": "new", "os_type": "Linux", "initiators": initiators}) == refusal
    array.do("POST", "host", {"name": "empty", "os_type": "Linux", "initiators": []})
    assert array.code("PATCH", "host/name:empty", {"add_initiators": initiators}) == refusal


@pytest.mark.parametrize("initiators", [[fc(), fc("21:00:00:24:ff:00:00:0a")], [nvme()], [nvme(kind="NVMe_vVol")]])
def test_initiators_of_one_protocol(array: Array, initiators: list[Json]) -> None:
    array.do("POST", "host", {"name": "new", "os_type": "Linux", "initiators": initiators})
    assert [{name: one[name] for name in ("port_name", "port_type")} for one in ports(array, "host/name:new")] == (
        initiators
    )


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({"add_initiators": [iscsi()], "remove_initiators": [IQN]}, (400, "0xE0A010010020")),
        ({"add_initiators": [iscsi()], "modify_initiators": [{"port_name": IQN}]}, (400, "0xE0A010010020")),
        ({"remove_initiators": [IQN], "modify_initiators": [{"port_name": IQN}]}, (400, "0xE0A010010020")),
        ({"add_initiators": [iscsi(IQN)]}, (400, "0xE0A01001000C")),
        ({"add_initiators": [iscsi("iqn.2026-01.com.example:esx01")]}, (400, "0xE0A01001002D")),
        ({"remove_initiators": ["iqn.none"]}, (400, "0xE0A010010014")),
        ({"modify_initiators": [{"port_name": "iqn.none"}]}, (400, "0xE0A010010014")),
        ({"add_initiators": [fc()]}, (422, "0xE0A010010023")),
        ({"name": "ESX01"}, (400, "0xE0A010010022")),
        ({"name": " "}, (400, "0xE0A020010002")),
        ({"description": "a\tb"}, (400, "0xE0A020010001")),
        ({"os_type": "Linux"}, (400, "0xE04040030001")),
        ({"modify_initiators": [{"port_name": IQN, "chap_single_password": SECRET}]}, (400, "0xE0A010010031")),
        ({"modify_initiators": [{"port_name": IQN, "chap_mutual_username": "m"}]}, (400, "0xE0A010010032")),
    ],
)
def test_modify_is_refused(array: Array, body: Json, refusal: tuple[int, str]) -> None:
    assert array.code("PATCH", LINUX, body) == refusal


def test_initiators_change_one_kind_at_a_time_and_texts_go_along(array: Array) -> None:
    array.do("PATCH", LINUX, {"add_initiators": [iscsi(chap_single_username="u")], "description": "d"})
    array.do("PATCH", LINUX, {"remove_initiators": [IQN], "name": "renamed"})
    path = "host/name:renamed"
    change = {"port_name": "iqn.new", "chap_single_password": SECRET, "chap_mutual_username": "m"}
    array.do("PATCH", path, {"modify_initiators": [change]})
    assert ports(array, path) == [iscsi(chap_single_username="u", chap_mutual_username="m")]
    assert SECRET not in str(array.get(path, select="*"))


def test_wwns_ignore_case_and_keep_their_spelling(array: Array) -> None:
    array.do("POST", "host", {"name": "new", "os_type": "Linux", "initiators": [fc(), fc("21:00:00:24:ff:00:00:02")]})
    path = "host/name:new"
    assert array.code("PATCH", path, {"add_initiators": [fc(WWN.lower())]}) == (400, "0xE0A01001000C")
    array.do("PATCH", path, {"remove_initiators": [WWN.lower()]})
    assert [one["port_name"] for one in ports(array, path)] == ["21:00:00:24:ff:00:00:02"]


@pytest.mark.parametrize(
    ("mode", "given", "code"),
    [
        ("Disabled", {}, None),
        ("Single", {}, "0xE0A010010034"),
        ("Single", {"chap_single_username": "u"}, "0xE0A010010034"),
        ("Single", {"chap_single_username": "u", "chap_single_password": SECRET}, None),
        ("Mutual", {"chap_single_username": "u", "chap_single_password": SECRET}, "0xE0A010010034"),
        (
            "Mutual",
            {
                **{"chap_single_username": "u", "chap_single_password": SECRET},
                **{"chap_mutual_username": "m", "chap_mutual_password": SECRET},
            },
            None,
        ),
    ],
)
def test_the_chap_mode_asks_for_users_and_passwords(array: Array, mode: str, given: Json, code: str | None) -> None:
    chap(array, mode)
    array.do("POST", "host", {"name": "fibre", "os_type": "Linux", "initiators": [fc()]})
    body = {"name": "new", "os_type": "Linux", "initiators": [iscsi(**given)]}
    if code:
        assert array.code("POST", "host", body) == (400, code)
    else:
        array.do("POST", "host", body)


def test_a_mapped_host_keeps_an_initiator(array: Array) -> None:
    """Its own volumes and those of its group count."""
    for host, side, key in (("linux01", "host_id", "linux01"), ("esx01", "host_group_id", "esx-cluster")):
        array.do("POST", "volume/name:web01/attach", {side: f"name:{key}"})
        iqn = f"iqn.2026-01.com.example:{host}"
        assert array.code("PATCH", f"host/name:{host}", {"remove_initiators": [iqn]}) == (422, "0xE0A010010027")
        array.do("POST", "volume/name:web01/detach", {side: f"name:{key}"})
        array.do("PATCH", f"host/name:{host}", {"remove_initiators": [iqn]})
        assert ports(array, f"host/name:{host}") == []


def test_a_host_is_deleted_once_it_has_no_volume_and_no_group(array: Array) -> None:
    array.do("POST", "volume/name:web01/attach", {"host_id": "name:linux01"})
    assert array.code("DELETE", LINUX) == (422, "0xE0A010010024")
    array.do("POST", "volume/name:web01/detach", {"host_id": "name:linux01"})
    array.do("DELETE", LINUX)
    assert array.get("initiator", port_name=f"eq.{IQN}") == []
    assert array.code("DELETE", "host/name:esx01") == (422, "0xE0A010010025")
    array.do("PATCH", "host_group/name:esx-cluster", {"remove_host_ids": ["name:esx01"]})
    array.do("DELETE", "host/name:esx01")


def test_the_connectivity_of_a_group_is_changed_at_the_group(array: Array) -> None:
    body = {"host_connectivity": "Metro_Optimize_Local"}
    assert array.code("PATCH", "host/name:esx01", body) == (422, "0xE0A010010021")
    array.do("PATCH", "host/name:esx01", {"host_connectivity": "Local_Only"})
    array.do("PATCH", LINUX, body)
    assert array.get(LINUX, select="host_connectivity") == body


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", "", {"description": "x"}),
        ("DELETE", "", None),
        ("POST", "/attach", {"volume_id": "name:web01"}),
        ("POST", "/detach", {"volume_id": "name:web01"}),
    ],
)
def test_internal_hosts_are_the_systems(array: Array, method: str, path: str, body: Json | None) -> None:
    array.platform.change({"type": "host", "name": "linux01", "set": {"type": "Internal"}})
    assert array.code(method, LINUX + path, body) == (422, "0xE0A010010026")


def test_a_host_starts_with_local_connectivity_and_takes_another(array: Array) -> None:
    body = {"name": "new", "os_type": "Linux", "initiators": [iscsi()]}
    array.do("POST", "host", body)
    array.do("POST", "host", {**body, "name": "far", "initiators": [], "host_connectivity": "Metro_Optimize_Remote"})
    found = [array.get(f"host/name:{name}", select="type,host_connectivity") for name in ("new", "far")]
    assert found == [
        {"type": "External", "host_connectivity": "Local_Only"},
        {"type": "External", "host_connectivity": "Metro_Optimize_Remote"},
    ]
