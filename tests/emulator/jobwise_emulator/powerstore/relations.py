# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which objects a relation leads to (PowerStore REST 4.0: attributes with ``x-ref`` in the instance schemas).

A relation is followed along the first of these that exists:

1. ``<relation>_id`` in the object itself (to-one);
2. a foreign key in the related type that points back (to-many), chosen by ``BACK`` where several would do;
3. the hidden list ``@<relation>`` of the object, joined with the hidden lists of related objects that name it.
"""

from __future__ import annotations

from functools import cache

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.catalog import Catalog
from jobwise_emulator.powerstore.store import Store

BACK: dict[tuple[str, str], tuple[str, ...]] = {
    ("policy", "volumes"): ("protection_policy_id", "performance_policy_id"),
    ("policy", "qos_volumes"): ("qos_performance_policy_id",),
    ("policy", "volume_groups"): ("protection_policy_id",),
    ("policy", "qos_volume_groups"): ("qos_performance_policy_id",),
    ("job", "children"): ("parent_id",),
    ("job", "leafs"): ("parent_id",),
    ("virtual_volume", "child_virtual_volumes"): ("parent_id",),
    ("virtual_volume", "target_virtual_volumes"): ("source_id",),
    ("replication_group", "child_replication_groups"): ("parent_id",),
    ("replication_group", "target_replication_groups"): ("source_id",),
    ("virtual_machine", "children"): ("parent_id",),
    ("hardware", "children"): ("parent_id",),
    ("volume", "remote_snapshot_sessions"): ("volume_id",),
    ("volume", "current_remote_snapshot_sessions"): ("local_volume_snapshot_id",),
    ("volume_group", "remote_snapshot_sessions"): ("volume_group_id",),
    ("volume_group", "current_remote_snapshot_sessions"): ("local_volume_group_snapshot_id",),
}
HARDWARE_PORTS = ("node", "sfp", "io_module", "hardware_parent")


class Relations:
    """Relations of one catalog over one store."""

    def __init__(self, catalog: Catalog, store: Store) -> None:
        self.catalog = catalog
        self.store = store

    def follow(self, kind: str, entry: Json, name: str) -> list[Json]:
        """The related objects (at most one for a to-one relation); ids that lead nowhere are left out."""
        target: str = self.catalog.attributes(kind)[name]["relation"]
        found = (self.store.get(target, key) for key in self.keys(kind, entry, name))
        return [other for other in found if other is not None]

    def keys(self, kind: str, entry: Json, name: str) -> list[str]:
        """Ids of the related objects, without doubles."""
        facts = self.catalog.attributes(kind)[name]
        target: str = facts["relation"]
        foreign_key = f"{name}_id"
        if not facts["many"] and foreign_key in self.catalog.attributes(kind):
            return [entry[foreign_key]] if entry.get(foreign_key) else []
        back = foreign_keys(self.catalog, kind, name)
        found = [key for attribute in back for key in self.holders(target, attribute, entry)]
        found += entry.get(f"@{name}") or []
        for inverse in inverse_lists(self.catalog, kind, target):
            if inverse != name or kind != target:
                found += self.holders(target, f"@{inverse}", entry)
        return list(dict.fromkeys(found))

    def holders(self, kind: str, attribute: str, entry: Json) -> list[str]:
        """Ids of the objects of a type whose attribute is, or holds, the id of this one."""
        return [other["id"] for other in self.store.where(kind, attribute, entry["id"])]

    def set_keys(self, kind: str, entry: Json, name: str, keys: list[str]) -> None:
        """Make a relation that the object itself has no foreign key for lead to these objects, and no others."""
        target: str = self.catalog.attributes(kind)[name]["relation"]
        back = foreign_keys(self.catalog, kind, name)
        if len(back) == 1:
            for other in self.follow(kind, entry, name):
                if other["id"] not in keys:
                    other[back[0]] = None
            for key in keys:
                found = self.store.get(target, key)
                if found is not None:
                    found[back[0]] = entry["id"]
            return
        entry[f"@{name}"] = list(dict.fromkeys(keys))
        for inverse in inverse_lists(self.catalog, kind, target):
            for other in self.store.where(target, f"@{inverse}", entry["id"]):
                if (inverse != name or kind != target) and other["id"] not in keys:
                    other[f"@{inverse}"] = [key for key in other[f"@{inverse}"] if key != entry["id"]]

    def foreign_keys_to(self, kind: str) -> tuple[tuple[str, str], ...]:
        """Types and attributes that hold the id of an object of a type."""
        return keys_to(self.catalog, kind)


@cache
def keys_to(catalog: Catalog, kind: str) -> tuple[tuple[str, str], ...]:
    """Types and attributes that hold the id of an object of a type."""
    return tuple(
        (other, f"{name}_id")
        for other in catalog.types
        if f"{other}_instance" in catalog.structs
        for name, facts in catalog.attributes(other).items()
        if facts.get("relation") == kind and not facts["many"] and f"{name}_id" in catalog.attributes(other)
    )


@cache
def foreign_keys(catalog: Catalog, kind: str, name: str) -> tuple[str, ...]:
    """Foreign keys in the related type that say who belongs to this to-many relation."""
    target: str = catalog.attributes(kind)[name]["relation"]
    if (kind, name) in BACK:
        return BACK[(kind, name)]
    if kind == "hardware":
        return tuple(f"{prefix}_id" for prefix in HARDWARE_PORTS if name.startswith(f"{prefix}_"))
    others = catalog.attributes(target)
    candidates = [
        f"{other}_id"
        for other, facts in others.items()
        if facts.get("relation") == kind and not facts["many"] and f"{other}_id" in others
    ]
    exact = [candidate for candidate in candidates if candidate == f"{kind}_id"]
    return tuple(exact or candidates)


@cache
def inverse_lists(catalog: Catalog, kind: str, target: str) -> tuple[str, ...]:
    """To-many relations of the target that lead here and that no foreign key tells."""
    return tuple(
        other
        for other, facts in catalog.attributes(target).items()
        if facts.get("relation") == kind and (facts["many"] or f"{other}_id" not in catalog.attributes(target))
        if not (facts["many"] and foreign_keys(catalog, target, other))
    )
