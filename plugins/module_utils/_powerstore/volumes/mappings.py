# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""New mappings of a volume: hosts that cannot be mapped, and LUNs that are taken.

Source: PowerStore REST API 4.0, volume (attach), host_volume_mapping. That a LUN is used once for each host, and that a
host in a group is mapped through its group, is what the vendor's clients take for granted.
"""

from __future__ import annotations

import typing as t

from ..._engine.data import Json
from ..._engine.lookup.references import Ref, Resolver
from ..._engine.options.mistakes import UNTOUCHED, Mistakes
from ..._engine.table.attribute import Attribute
from ..._engine.table.list_changes import Changes
from ..._engine.table.lists import List
from ..client import PowerStoreClient
from ..query import in_filters, one_of

LUN = "logical_unit_number"

Mapping = t.Tuple[Json, t.Optional[int]]
"""A host or host group with id and name, and the LUN that the task gives."""


def _side(list_: List) -> Attribute:
    """Return the attribute that names the host or the host group of a mapping."""
    return list_.item.key_attributes()[0]


def new_mappings(list_: List, changes: Changes, resolver: Resolver) -> list[Mapping]:
    """Return the mappings that a task adds, with those whose LUN it changes."""
    side = _side(list_)
    added = ((resolver.row(t.cast(Ref, side.ref), wanted[side.option]), wanted) for wanted in changes.add)
    replaced = ((row[side.option], wanted) for row, wanted, dummy in changes.replace)
    return [(row, wanted.get(LUN)) for row, wanted in (*added, *replaced) if row]


def check_hosts(list_: List, new: t.Sequence[Mapping], mistakes: Mistakes) -> None:
    """Add hosts that are in a group, and those that are part of the array."""
    grouped: dict[str, list[str]] = {}
    for row, dummy in new:
        if row.get("host_group"):
            group = str(row["host_group"].get("name") or row["host_group"]["id"])
            grouped.setdefault(group, []).append(str(row["name"]))
        elif row.get("type") == "Internal":
            mistakes.add(f"{list_.option}: host {row['name']} is part of the array itself and cannot be mapped.")
    for group, names in grouped.items():
        some = f"host {names[0]} is" if len(names) == 1 else f"hosts {', '.join(names)} are"
        mistakes.add(
            f"{list_.option}: {some} in host group {group}, so the volume can be mapped only to the group.",
            f"Give the group in mapped_host_groups instead. {UNTOUCHED}",
        )


def lun_taken(
    client: PowerStoreClient, list_: List, current: Json | None, new: t.Sequence[Mapping], mistakes: Mistakes
) -> None:
    """Add the LUNs that another volume has on the same host or host group."""
    wanted: dict[tuple[t.Any, t.Any], Json] = {(row["id"], lun): row for row, lun in new if lun is not None}
    luns = sorted({lun for dummy, lun in wanted})
    id_name = _side(list_).api_name
    for ids in in_filters(sorted({key for key, dummy in wanted})):
        query = {
            id_name: one_of(ids),
            LUN: one_of(map(str, luns)),
            "select": f"id,{id_name},{LUN},volume_id,volume(id,name)",
        }
        for row in client.query("host_volume_mapping", query):
            side = wanted.get((row.get(id_name), row.get(LUN)))
            if side is not None and row.get("volume_id") != (current or {}).get("id"):
                volume = (row.get("volume") or {}).get("name") or row.get("volume_id")
                mistakes.add(
                    f"{list_.option}: volume {volume} has {LUN} {row[LUN]} on {list_.item.noun} {side['name']}.",
                    f"Give another one, or leave it out so that the array chooses one. {UNTOUCHED}",
                )
