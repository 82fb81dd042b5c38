# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Makes one plan for the four API resources that a node consists of. Pure."""

from __future__ import annotations

import dataclasses
import typing as t

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.mistakes import Mistakes
from ..._engine.planning.plan import Plan
from ..._engine.planning.steps import Request
from ..._engine.text.paths import ID_LATER, in_path

PURPOSES = ("mgmt", "data", "internal")
CONFIGURE = "configure"

ATTRIBUTES = {
    "name": "name",
    "ip": "ip",
    "host_name": "host",
    "instance_type": "instance_type",
    "passthrough_disks": "passthrough_disks",
    "license": "license",
    "is_storage_efficiency_enabled": "is_storage_efficiency_enabled",
    "cpu_reservation_percentage": "cpu_reservation_percentage",
}
"""Attributes of the API by option."""


@dataclasses.dataclass(frozen=True)
class Wanted:
    """The desired state of a node. None: the task does not ask for it.

    attributes: values by option, with host_id beside host_name. networks: name and vlan_id by purpose. pools:
    capacities in bytes by name. disks: names.
    """

    label: str
    attributes: Json
    networks: t.Mapping[str, Json]
    pools: t.Mapping[str, t.Optional[int]] | None
    disks: t.Sequence[str] | None


def plan_node(current: Json | None, desired: Wanted) -> Plan:
    """Return the steps that bring a node to the desired state: attributes, networks, then storage.

    If the node moves to another host, its storage is detached first.
    """
    there = current or {"path": f"clusters/{ID_LATER}/nodes/{ID_LATER}"}
    before: Json = {}
    after: Json = {}
    attributes = _attributes(there, desired, before, after)
    networks = _networks(current, there, desired, before, after)
    moved = any("host" in (step.body or {}) for step in attributes) and bool((there.get("host") or {}).get("id"))
    detached, attached = _storage(there, desired, moved, before, after)
    steps = [*detached, *attributes, *networks, *attached] if moved else [*attributes, *networks, *detached, *attached]
    return Plan(tuple(steps), before if current else {}, after)


def _attributes(there: Json, desired: Wanted, before: Json, after: Json) -> list[Request]:
    body: Json = {}
    changed = []
    for option, wire in ATTRIBUTES.items():
        if option not in desired.attributes:
            continue
        value = desired.attributes[option]
        now = there.get(wire)
        if wire in ("host", "license"):
            written = {"id": desired.attributes["host_id"] if wire == "host" else value}
            same = (now or {}).get("id") == written["id"]
            shown = there.get("host_name") or None if wire == "host" else (now or {}).get("id")
        else:
            written, same, shown = value, now == value, now
        before[option], after[option] = shown, shown if same else value
        if not same:
            body[wire] = written
            changed.append("host" if wire == "host" else option)
    if not body:
        return []
    return [Request(CONFIGURE, "PATCH", there["path"], body, f"set {', '.join(changed)} of {desired.label}")]


def _networks(current: Json | None, there: Json, desired: Wanted, before: Json, after: Json) -> list[Request]:
    steps = []
    now = {str(network.get("purpose")): network for network in there.get("networks") or ()}
    for purpose, asked in desired.networks.items():
        if current and purpose not in now:
            known = ", ".join(name for name in PURPOSES if name in now)
            hint = "A cluster of one node has no internal network." if purpose == "internal" else ""
            label = desired.label[:1].upper() + desired.label[1:]
            raise InputError(f"{label} has no network {purpose}; it has {known}.", hint=hint)
        network = now.get(purpose, {"id": ID_LATER})
        # Deploy may report 0 or null if there is no VLAN.
        body = {name: value for name, value in asked.items() if (network.get(name) or 0) != (value or 0)}
        before.setdefault("networks", {})[purpose] = {name: network.get(name) for name in asked}
        after.setdefault("networks", {})[purpose] = {
            name: value if name in body else network.get(name) for name, value in asked.items()
        }
        if body:
            path = f"{there['path']}/networks/{in_path(network['id'])}"
            on = " and ".join(f"{value}" if name == "name" else f"VLAN {value}" for name, value in body.items())
            summary = f"put the {purpose} network of {desired.label} on {on}"
            steps.append(Request(f"network {purpose}", "PATCH", path, body, summary))
    return steps


def _storage(
    there: Json, desired: Wanted, moved: bool, before: Json, after: Json
) -> tuple[list[Request], list[Request]]:
    """Return the steps that detach storage, and the steps that attach it."""
    detached: list[Request] = []
    attached: list[Request] = []
    place = f"{there['path']}/storage"
    if desired.pools is not None:
        pools = there.get("storage_pools") or []
        before["storage_pools"] = [{"name": pool["name"], "capacity": pool.get("capacity")} for pool in pools]
        kept = [] if moved else [pool for pool in pools if _fits(pool, desired.pools)]
        now = {pool["name"]: pool.get("capacity") for pool in kept}
        after["storage_pools"] = [
            {"name": name, "capacity": now.get(name) if capacity is None else capacity}
            for name, capacity in desired.pools.items()
        ]
        detached += _detach(place, "pool", [pool for pool in pools if pool not in kept], desired.label)
        missing = [name for name in desired.pools if name not in [pool["name"] for pool in kept]]
        bodies = [
            {"name": name, **({"capacity": desired.pools[name]} if desired.pools[name] else {})} for name in missing
        ]
        if bodies:
            summary = f"attach storage pool{'' if len(missing) == 1 else 's'} {', '.join(missing)} to {desired.label}"
            attached.append(Request("attach pools", "POST", f"{place}/pools", {"pool_array": bodies}, summary))
        _show_as_asked(before, after, "storage_pools", bool(missing) or len(kept) < len(pools))
    if desired.disks is not None:
        disks = there.get("storage_disks") or []
        before["storage_disks"] = sorted(str(disk["name"]) for disk in disks)
        after["storage_disks"] = sorted(desired.disks)
        kept = [] if moved else [disk for disk in disks if disk["name"] in desired.disks]
        detached += _detach(place, "disk", [disk for disk in disks if disk not in kept], desired.label)
        missing = [name for name in desired.disks if name not in [disk["name"] for disk in kept]]
        if missing:
            summary = f"attach {len(missing)} storage disk{'' if len(missing) == 1 else 's'} to {desired.label}"
            body = {"disks": [{"name": name} for name in missing]}
            attached.append(Request("attach disks", "POST", f"{place}/disks", body, summary))
    return detached, attached


def check_storage(current: Json | None, desired: Wanted, mistakes: Mistakes) -> None:
    """Note storage that a node on hardware RAID cannot have. Deploy would refuse it only half-way."""
    there = current or {}
    # If neither the task nor Deploy says which RAID the node uses, Deploy must decide.
    if desired.attributes.get("passthrough_disks", there.get("passthrough_disks")) is not False:
        return
    if desired.disks:
        mistakes.add(
            f"storage_disks of {desired.label} cannot be attached: the node is on hardware RAID.",
            "Give passthrough_disks: true to give the node its own RAID, or leave storage_disks out.",
        )
    moves = "host_id" in desired.attributes and desired.attributes["host_id"] != (there.get("host") or {}).get("id")
    kept = [] if moves else [pool["name"] for pool in there.get("storage_pools") or ()]
    for name, capacity in (desired.pools or {}).items():
        if capacity is None and name not in kept:
            mistakes.add(
                f"storage pool {name} of {desired.label} needs a capacity, because the node is on hardware RAID.",
                "Give its capacity, or passthrough_disks: true to give the node its own RAID.",
            )


def _fits(pool: Json, pools: t.Mapping[str, t.Optional[int]]) -> bool:
    """Return whether a pool can stay as it is. A desired capacity of None matches any capacity."""
    return pool["name"] in pools and pools[pool["name"]] in (None, pool.get("capacity"))


def _show_as_asked(before: Json, after: Json, name: str, changes: bool) -> None:
    """Show no difference if no step changes the attribute, for example if only the order differs."""
    if not changes:
        after[name] = before[name]


def _detach(place: str, kind: str, gone: t.Sequence[Json], label: str) -> list[Request]:
    return [
        Request(
            f"detach {kind} {part['name']}",
            "DELETE",
            f"{place}/{kind}s/{in_path(part['id'])}",
            None,
            f"detach storage {kind} {part['name']} from {label}",
        )
        for part in gone
    ]
