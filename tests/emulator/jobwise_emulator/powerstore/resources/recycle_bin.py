# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The recycle bin for volumes and volume groups.

Source: PowerStore REST 4.0, recycle_bin and its actions recover and empty, since 3.5.

While something is in the bin it is in no other collection. What went in together comes out together.
"""

from __future__ import annotations

from typing import Any

from jobwise_emulator.clock import iso
from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.jobs import Effect
from jobwise_emulator.powerstore.resources import names, protection, replication

DAY = 86400.0


def put_in_bin(world: ApplianceState, kind: str, entry: Json) -> None:
    """Move a volume or a group with its members, and all their snapshots, into the bin."""
    store = world.store
    groups = [entry] if kind == "volume_group" else []
    groups += snapshots_of(world, "volume_group", [group["id"] for group in groups])
    keys = list(dict.fromkeys(key for group in groups for key in group["@volumes"]))
    keys += [entry["id"]] if kind == "volume" else []
    own = [one for one in (store.get("volume", key) for key in keys) if one is not None]
    volumes = [*own, *(one for one in snapshots_of(world, "volume", keys) if one["id"] not in keys)]
    lists = [list(group["@volumes"]) for group in groups]
    mine = [one for one in volumes if one["type"] != "Snapshot"]
    days = (store.get("recycle_bin_config", "0") or {}).get("expiration_duration") or 0
    item = world.new(
        "recycle_bin",
        id=entry["id"],
        name=entry["name"],
        resource_type=kind,
        logical_provisioned=sum(volume["size"] for volume in mine),
        logical_used=sum(volume["logical_used"] or 0 for volume in mine),
        appliance_id=mine[0]["appliance_id"] if mine else None,
        deletion_timestamp=world.now(),
        expiration_timestamp=iso(world.clock.now() + days * DAY),
    )
    for one in [*groups, *volumes]:
        replication.forget(world, one)
    for one in groups:
        store.remove("volume_group", one["id"])
    for one in volumes:
        store.remove("volume", one["id"])
    for group, keys_of_group in zip(groups, lists, strict=True):
        group["@volumes"] = keys_of_group
    item["@held"] = [("volume", one) for one in volumes] + [("volume_group", one) for one in groups]
    item["@names"] = [one["name"] for dummy, one in item["@held"]]
    store.add("recycle_bin", item)


def snapshots_of(world: ApplianceState, kind: str, keys: list[Any]) -> list[Json]:
    """The snapshots taken of these objects."""
    found = [one for key in keys for one in world.store.where(kind, "protection_data.parent_id", key)]
    return [one for one in found if one["type"] == "Snapshot"]


def recover(call: Call) -> Effect:
    """Take something out of the bin again, without its protection policy; its name must still be free."""
    world, item = call.world, call.target
    if names.others(world, item["resource_type"], item["name"], item["id"]):
        text = f"The name {item['name']} is in use by now; the object cannot be recovered."
        raise Refused(422, "0xE0A0F0010001", text, item["name"])

    def effect() -> None:
        world.store.remove("recycle_bin", item["id"])
        for kind, entry in item["@held"]:
            entry["protection_policy_id"] = None
            world.store.add(kind, entry)

    return effect


def complete(dummy: ApplianceState, item: Json) -> None:
    """An item that the control interface puts into the bin holds nothing."""
    item.setdefault("@held", [])


def locked(world: ApplianceState, item: Json) -> bool:
    """Whether something in the bin holds a secure snapshot that has not expired."""
    return any(protection.locked(world, entry) for dummy, entry in item["@held"])


def delete(call: Call) -> Effect:
    """Delete something in the bin for good, unless a secure snapshot is in it."""
    world, item = call.world, call.target
    if locked(world, item):
        text = f"{item['name']} has a secure snapshot and cannot be deleted before that expires."
        raise Refused(422, "0xE0A0F0010002", text, item["name"])
    return lambda: world.store.remove("recycle_bin", item["id"])


def empty(call: Call) -> Effect:
    """Delete everything in the bin for good, except what holds a secure snapshot."""
    world = call.world

    def effect() -> None:
        for item in world.store.all("recycle_bin"):
            if not locked(world, item):
                world.store.remove("recycle_bin", item["id"])

    return effect


RULES = {"recycle_bin": Rules({"recover": recover, "delete": delete, "empty": empty}, complete=complete)}
