# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The order of the nodes in a cluster, and which nodes are HA partners.

Source: NetApp's documentation of the Deploy REST API, version 3: Deploy names the nodes of a cluster <cluster>-01,
<cluster>-02 and so on, and users can rename them. The first and the second node are HA partners, and so are the third
and the fourth.
"""

from __future__ import annotations

import re
import typing as t
import uuid

from ..._engine.data import Json


def in_order(nodes: t.Sequence[Json], cluster: str) -> list[Json]:
    """Return the nodes of a cluster in their order, whatever their names are.

    A node that still has Deploy's name has the place in that name. Renamed nodes fill the remaining places. If their
    ids contain times, they are ordered by these, which stay the same when another node is renamed; else by name.
    """
    places, others = _sorted_out(nodes, cluster)
    known = _ids_have_times(others)
    others.sort(
        key=lambda node: (_made(str(node.get("id"))) if known else 0, str(node.get("name")), str(node.get("id")))
    )
    free = (place for place in range(1, len(nodes) + 1) if place not in places)
    places.update(zip(free, others))
    return [places[place] for place in sorted(places)]


def in_doubt(nodes: t.Sequence[Json], cluster: str) -> list[Json]:
    """Return the nodes whose places are guessed from their names, which may change.

    Places are guessed if several nodes were renamed and their ids contain no times.
    """
    others = _sorted_out(nodes, cluster)[1]
    return [] if len(others) < 2 or _ids_have_times(others) else others


def default_place(name: str, cluster: str) -> int:
    """Return the place in a name that Deploy gave; 0 for any other name."""
    match = re.fullmatch(rf"{re.escape(cluster)}-(\d+)", name, re.IGNORECASE)
    return int(match.group(1)) if match else 0


def _sorted_out(nodes: t.Sequence[Json], cluster: str) -> tuple[dict[int, Json], list[Json]]:
    """Return the nodes whose names contain their place, by place, and the other nodes."""
    places: t.Dict[int, Json] = {}
    others: t.List[Json] = []
    for node in nodes:
        place = default_place(str(node.get("name")), cluster)
        if 1 <= place <= len(nodes) and place not in places:
            places[place] = node
        else:
            others.append(node)
    return places, others


def _ids_have_times(nodes: t.Sequence[Json]) -> bool:
    """Return whether the ids of the nodes show in which order Deploy made them."""
    times = [_made(str(node.get("id"))) for node in nodes]
    return None not in times and len(set(times)) == len(times)


def _made(node_id: str) -> int | None:
    """Return the time in a UUID of version 1; None for any other id, because ids are opaque."""
    try:
        parsed = uuid.UUID(node_id)
    except ValueError:
        return None
    return parsed.time if parsed.version == 1 else None


def partner(ordinal: int) -> int:
    """Return the place of a node's HA partner. ordinal: the place of the node, from 1."""
    return ordinal + 1 if ordinal % 2 else ordinal - 1


def host_id(node: Json) -> str:
    """Return the id of a node's host; "" if no host is set."""
    return str((node.get("host") or {}).get("id") or "")


def pairs_on_one_host(nodes: t.Sequence[Json]) -> list[str]:
    """Return a warning for each pair of HA partners on the same host. nodes: in their order."""
    return [
        pair_warning(str(first.get("name")), str(second.get("name")))
        for first, second in zip(nodes[::2], nodes[1::2])
        if host_id(first) and host_id(first) == host_id(second)
    ]


def pair_warning(first: str, second: str) -> str:
    """Return the warning that two HA partners run on the same host."""
    return f"{first} and {second} are HA partners on the same host: when it fails, both do."
