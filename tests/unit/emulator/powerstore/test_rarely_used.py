# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Actions of virtual machines, of volumes to import, and of archives."""

from __future__ import annotations

from tests.unit.emulator.powerstore.array import Array

GROUP, VOLUMES = "import_universal_consistency_group", "import_universal_volume_ids"


def test_a_snapshot_of_a_machine_is_a_machine(array: Array) -> None:
    world = array.platform.world
    machine = world.new("virtual_machine", name="erp01", type="Virtual_Machine")
    world.store.add("virtual_machine", machine)
    made = array.do("POST", f"virtual_machine/{machine['id']}/snapshot", {"name": "before"})
    entry = array.get(f"virtual_machine/{made['id']}", select="name,type,parent_id")
    assert (entry["name"], entry["type"], entry["parent_id"]) == ("before", "Snapshot", machine["id"])


def test_volumes_join_and_leave_a_group_of_their_system(array: Array) -> None:
    world = array.platform.world
    volume = next(one for one in world.store.all("import_universal_volume") if one["name"] == "uvol01")
    other = next(one for one in world.store.all("remote_system") if one["id"] != volume["remote_system_id"])
    group = array.do("POST", GROUP, {"name": "billing", "remote_system_id": volume["remote_system_id"]})["id"]
    foreign = array.do("POST", GROUP, {"name": "other", "remote_system_id": other["id"]})["id"]
    body = {VOLUMES: [volume["id"]]}
    assert array.refused("POST", f"{GROUP}/{foreign}/add_members", body)[0] == 422
    assert array.refused("POST", f"{GROUP}/{group}/remove_members", body)[0] == 422
    array.do("POST", f"{GROUP}/{group}/add_members", body)
    assert volume["import_universal_consistency_group_id"] == group
    array.do("POST", f"{GROUP}/{group}/remove_members", body)
    assert volume["import_universal_consistency_group_id"] is None
    unknown = {VOLUMES: ["11111111-2222-3333-4444-555555555555"]}
    assert array.refused("POST", f"{GROUP}/{group}/add_members", unknown)[0] == 404


def test_archives_are_made(array: Array) -> None:
    assert array.do("POST", "keystore_archive/regenerate", None) == {"download_uri": "/download/keystore_archive"}
    made = array.do("POST", "metrics_archive/generate", {})
    assert [row["id"] for row in array.get("metrics_archive")] == made["ids"]
