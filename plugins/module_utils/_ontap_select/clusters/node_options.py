# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of a node, checked before the first read.

Source: NetApp's documentation of the Deploy REST API, version 3, /clusters/{id}/nodes with networks, storage pools and
storage disks.
"""

from __future__ import annotations

import typing as t

from ..._engine.data import Json
from ..._engine.options.capacity import in_bytes
from ..._engine.options.mistakes import Mistakes
from . import clusters


def parsed_pools(given: t.Sequence[Json] | None, mistakes: Mistakes) -> dict[str, int | None] | None:
    """Return the capacity of each storage pool in bytes, None if not given, by name; note invalid entries."""
    if given is None:
        return None
    pools: dict[str, int | None] = {}
    for pool in given:
        name, capacity = pool["name"], pool.get("capacity")
        if not name.strip():
            mistakes.add("storage_pools has an entry without a name.")
        if name in pools:
            mistakes.add(f"storage_pools names {name} twice.")
        with mistakes.noted():
            pools[name] = None if capacity is None else in_bytes(capacity, f"capacity of storage pool {name}")
    return pools


def check_options(desired: Json) -> dict[str, int | None] | None:
    """Return the storage pools; raise InputError that names all options that no Deploy would accept."""
    mistakes = Mistakes()
    if desired["node"] < 1:
        mistakes.add(f"node is the place of the node in its cluster, 1 for the first, not {desired['node']}.")
    for name in ("cluster", "name", "host_name", "cluster_id", "host_id", "license"):
        if desired.get(name) is not None and not desired[name].strip():
            mistakes.add(f"{name} is empty.")
    clusters.check_addresses("ip", desired.get("ip"), mistakes)
    percentage = desired.get("cpu_reservation_percentage")
    if percentage is not None and not 0 <= percentage <= 100:
        mistakes.add(f"cpu_reservation_percentage must be from 0 to 100, not {percentage}.")
    for purpose, network in (desired["networks"] or {}).items():
        vlan, network_name = (network or {}).get("vlan_id"), (network or {}).get("name")
        if vlan is not None and not 0 <= vlan <= 4094:
            mistakes.add(f"networks: vlan_id of {purpose} must be from 0 to 4094, not {vlan}.")
        if network_name is not None and not network_name.strip():
            mistakes.add(f"networks: name of {purpose} is empty.")
    if any(not name.strip() for name in desired["storage_disks"] or ()):
        mistakes.add("storage_disks has an empty entry.")
    pools = parsed_pools(desired["storage_pools"], mistakes)
    mistakes.refuse()
    return pools
