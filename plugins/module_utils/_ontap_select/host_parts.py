# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The networks and the storage of hypervisor hosts.

Tasks check them before the first write, because Deploy would refuse a wrong one only half-way.

Source: field use of the Deploy REST API, version 3: /hosts/{id}/networks, /hosts/{id}/storage/pools and
/hosts/{id}/storage/disks; invalidate_cache of /hosts.
"""

from __future__ import annotations

import contextlib
import typing as t
from urllib.parse import quote

from .._engine.data import Json
from .._engine.errors import Busy, Refused
from .._engine.options.mistakes import Mistakes
from .._engine.text.names import near
from .client import SelectClient

PATH = "hosts"
PARTS = {
    "network": ("networks", "name"),
    "storage pool": ("storage/pools", "id,name,available_capacity"),
    "storage disk": ("storage/disks", "name"),
}
"""By the name of a part: its collection below a host, and the fields to read."""
KVM = "KVM"
LARGE = "large"


def check_parts(
    client: SelectClient, host_id: str, host: str, kind: str, names: t.Sequence[str], mistakes: Mistakes
) -> dict[str, Json]:
    """Note the parts that the host lacks; return the parts that it has, by name.

    Nothing is noted if Deploy shows no parts at all: it shows none before it has logged in to the host.
    """
    rows = _parts(client, host_id, kind)
    if rows and not set(names) <= {row.get("name") for row in rows}:
        with contextlib.suppress(Refused):  # invalidate_cache is not documented
            client.query(PATH, "id", {"id": host_id}, invalidate_cache="true")
        rows = _parts(client, host_id, kind)
    found = {str(row.get("name")): row for row in rows}
    for name in names if rows else ():
        if name not in found:
            mistakes.add(f"Host {host} has no {kind} {name}.", near(name, found))
    return found


def check_capacities(
    host: str, found: t.Mapping[str, Json], asked: t.Mapping[str, int], held: t.Mapping[str, int], mistakes: Mistakes
) -> None:
    """Note the storage pools of a host that have less room than the task asks for.

    asked: bytes by pool name. held: bytes that the node already uses there and releases first.
    """
    for name, capacity in asked.items():
        room = found.get(name, {}).get("available_capacity")
        if isinstance(room, int) and capacity > room + held.get(name, 0):
            mistakes.add(f"Storage pool {name} of host {host} has {room} bytes left, but the task asks for {capacity}.")


def hosts_of(client: SelectClient, nodes: t.Iterable[Json]) -> dict[str, Json]:
    """Return the hosts of the nodes by id, with name and hypervisor_type."""
    ids = sorted({str((node.get("host") or {}).get("id") or "") for node in nodes} - {""})
    rows = client.query(PATH, "id,name,hypervisor_type", {"id": "|".join(ids)}) if ids else []
    return {str(row.get("id")): row for row in rows}


def check_size(node: str, host: Json, mistakes: Mistakes) -> None:
    """Note a large node on a KVM host, where Deploy supports no large nodes."""
    if host.get("hypervisor_type") == KVM:
        mistakes.add(
            f"{node} cannot be {LARGE}: its host {host.get('name')} runs KVM, and large nodes run on ESXi only."
        )


def _parts(client: SelectClient, host_id: str, kind: str) -> list[Json]:
    path, fields = PARTS[kind]
    try:
        return client.query(f"{PATH}/{quote(host_id, safe='')}/{path}", fields)
    except Busy:
        raise
    except Refused:
        return []
