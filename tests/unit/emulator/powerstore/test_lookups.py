# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Look-ups by name, id or relation hand out the objects that they are about, however many there are.

Counted by a store that adds up every object that it hands out; an array with many groups must count as a small one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore import appliance_state
from jobwise_emulator.powerstore.store import Store
from tests.unit.emulator.powerstore.array import Array

FEW, MANY = 10, 400


class CountingStore(Store):
    """Adds up the objects that it hands out. An index is made once in the life of an array, so that does not count."""

    handed_out = 0

    def all(self, kind: str) -> list[Json]:
        found = super().all(kind)
        self.handed_out += len(found)
        return found

    def get(self, kind: str, key: str | None) -> Json | None:
        self.handed_out += 1
        return super().get(kind, key)

    def like(self, kind: str, path: str, value: object) -> list[Json]:
        found = super().like(kind, path, value)
        self.handed_out += len(found)
        return found


def read(path: str, **query: str) -> Callable[[Array], Any]:
    return lambda array: array.get(path, **query)


def write(method: str, path: str, body: Json | None = None) -> Callable[[Array], Any]:
    return lambda array: array.do(method, path, body)


INITIATOR = {"port_name": "iqn.new", "port_type": "iSCSI"}
WORK: dict[str, Callable[[Array], Any]] = {
    "group by name in the URL": read("volume_group/name:bulk0007", select="*,volumes(id,name)"),
    "group by filter": read("volume_group", name="eq.BULK0007", select="*,volumes(id,name),protection_policy(name)"),
    "groups by names": read("volume_group", name='in.(bulk0003,"bulk0004")'),
    "volume with its group": read("volume", name="eq.bulk0003", select="*,volume_groups(name),mapped_volumes(id)"),
    "volumes by names": read("volume", name="in.(bulk0003,bulk0004)", select="id,volume_groups(id,name)"),
    "policy with its groups": read("policy", name="eq.gold", select="*,volume_groups(id),volumes(id)"),
    "change": write("PATCH", "volume_group/name:bulk0002", {"description": "x", "protection_policy_id": "name:gold"}),
    "rename": write("PATCH", "volume_group/name:bulk0003", {"name": "renamed"}),
    "create": write("POST", "volume_group", {"name": "new", "volume_ids": ["name:web01"]}),
    "add": write("POST", "volume_group/name:bulk0004/add_members", {"volume_ids": ["name:web02"]}),
    "remove": write("POST", "volume_group/name:bulk0004/remove_members", {"volume_ids": ["name:bulk0007"]}),
    "snapshot": write("POST", "volume_group/name:bulk0005/snapshot", {"name": "set"}),
    "delete": write("DELETE", "volume_group/name:bulk0006", {"delete_members": True, "immediate": True}),
    "to the bin": write("DELETE", "volume_group/name:bulk0008", {"delete_members": True, "immediate": False}),
    "volume": write("POST", "volume", {"name": "new", "size": 1048576, "volume_group_id": "name:bulk0009"}),
    "volume change": write("PATCH", "volume/name:bulk0001", {"name": "renamed"}),
    "volume delete": write("DELETE", "volume/name:web03"),
    "initiator by name": read("initiator", port_name="eq.iqn.bulk3", select="id,host_id"),
    "host with its initiators": read("host", name="eq.bulk3", select="*,initiators(id,port_name),host_group(name)"),
    "host create": write("POST", "host", {"name": "new", "os_type": "Linux", "initiators": [INITIATOR]}),
    "host change": write("PATCH", "host/name:bulk4", {"remove_initiators": ["iqn.bulk4"]}),
    "policy delete": write("DELETE", "policy/name:silver"),
}


def counts(groups: int, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """How many objects each piece of work touches in an array with so many groups."""
    monkeypatch.setattr(appliance_state, "Store", CountingStore)
    array = Array(bulk={"volumes": 2 * groups, "groups": groups})
    store: Any = array.platform.world.store
    for number in range(groups):
        ports = [{"port_name": f"iqn.bulk{number}", "port_type": "iSCSI"}]
        array.platform.change({"type": "host", "create": {"name": f"bulk{number}", "host_initiators": ports}})
    found = {}
    for name, work in WORK.items():
        store.handed_out = 0
        work(array)
        found[name] = store.handed_out
        assert not store.stale()
    return found


def test_a_request_touches_as_many_objects_in_a_large_array(monkeypatch: pytest.MonkeyPatch) -> None:
    few, many = counts(FEW, monkeypatch), counts(MANY, monkeypatch)
    assert many == few


def test_an_object_that_no_index_would_follow_is_refused() -> None:
    with pytest.raises(TypeError, match="volume is no Record"):
        Store().add("volume", {"id": "1"})


def test_a_change_inside_an_object_leaves_an_index_stale() -> None:
    array = Array()
    store = array.platform.world.store
    group = store.named("volume_group", "app01")[0]
    assert store.where("volume_group", "@volumes", "x") == []
    group["@volumes"].append("x")
    assert store.stale() == ["volume_group.@volumes"]
    group["@volumes"] = list(group["@volumes"])
    assert (store.stale(), store.where("volume_group", "@volumes", "x")) == ([], [group])
